"""Where things are: official territories, polygons, distances, and the words of vocabularies.

What enters: the tables of `annuaire.data` and those that a site adds in `content/vocabularies/`. What leaves: objects
to ask (`Territories`, `Vocabularies`). Never reads a record, never asks a network.
"""
