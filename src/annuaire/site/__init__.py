"""Pour pages into the shells of a theme, then let them be found: the folder of a site, made beside the present one.

What enters: planned pages of `annuaire.pages`, pages written by hand (`handwritten`), shells that a theme engine
rendered once (`engine`, `complaint`, `shells`). What leaves: a site whose links were checked (`stamp`), its index and
its list of words (`search`, `lexicon`). Never reads a record.
"""
