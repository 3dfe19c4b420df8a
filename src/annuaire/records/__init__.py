"""One file laid against its schema: what it holds, cell by cell, and what stands where it should not.

What enters: documents of `annuaire.yamlfile` and the schemas. What leaves: `Record`s, the names of the collections,
the template of a new one, and what two records have in common. Never judges a value: that is for `annuaire.rules`.
"""
