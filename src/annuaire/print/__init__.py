"""Put the catalogue on paper: leaflets, directories, the list of financing, one-page sheets, all PDF made by Typst.

What enters: a `Site` and when its records changed. What leaves: documents, each made again only when what it says
changed. The templates (`templates/*.typ`) are the package's own; a record reaches them as JSON texts, never as Typst.
Nothing here chooses an enterprise, judges a record or knows a page.
"""
