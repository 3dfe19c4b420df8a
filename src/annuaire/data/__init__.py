"""Official tables, lists of words and polygons, as files; README.md says where each comes from. Nothing runs here."""
