"""Turn YAML records of enterprises into a validated, searchable, static public directory."""

__version__ = "0.2.0"
