"""Everything that is known, judged and resolved: records become one immutable catalogue in memory.

What enters: folders of records, judged by `annuaire.rules`. What leaves: `Catalogue` (`index`), who offers what
(`supply`), what a rule of purchasing is worth on a day (`thresholds`), what differs between two states of a record.
Never writes a file and knows no page.
"""
