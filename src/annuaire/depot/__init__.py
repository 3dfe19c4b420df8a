"""What the repository of a Pôle is made of, and that it need not hold: its default pages, and all that `init` writes.

What enters is a folder of a site, or the name of a region; what leaves is a list of files. A Pôle's own page of the
same path takes the place of a default one: `defaults` says which are left. Nothing here judges a record.
"""
