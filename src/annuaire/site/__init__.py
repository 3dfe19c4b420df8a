"""Pour pages into the shells of a theme: the folder of a site, made beside the present one.

What enters: planned pages of `annuaire.pages`, pages written by hand (`handwritten`), shells that a theme engine
rendered once (`engine`, `complaint`, `shells`). What leaves: a site whose links were checked (`stamp`). Never reads a
record.
"""
