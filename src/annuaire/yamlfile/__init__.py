"""A YAML file as text: its values with their place, its comments, its faults explained in French, its usual form.

What enters: the text of one file. What leaves: a `Document` (values that are all texts, lines and columns), or the
text written again. Never knows what a record means: fields and their types are for `annuaire.records`. Only `source`
parses.
"""
