"""Make the pictures of the site: those that go with a page when it is shared, and clean copies of those of records.

What a picture says, and where it stands, comes from `annuaire.pages`; here it is drawn or copied, kept in the cache of
the site under the hash of all that made it, and written. The same site gives the same bytes.
"""
