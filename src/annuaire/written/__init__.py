"""Judge what people write by hand in `content/pages`: what enters is a folder, or the bytes of one file of it.

What leaves are problems, each with its file, its line, a sentence and a remedy, before any engine has run: a page may
say anything, but not act, nor ask anything of another site. `page` judges one text, `drawing` an SVG picture, `folder`
all that stands there. Nothing here makes a page of the site: the engine does, and what comes out of it is judged again,
by the same rules, in `annuaire.site.gate`.
"""
