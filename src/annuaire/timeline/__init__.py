"""A record's story, from git alone: when it was made, what changed and when.

What enters: commits, asked of `annuaire.git`. What leaves: dates of records (`history`), the story of one (`story`)
and its words (`writing`). Never asks who wrote a change, and never tells where a confidential place is.
"""
