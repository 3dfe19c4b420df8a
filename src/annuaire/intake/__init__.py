"""What people send: lists to import, corrections to apply, the workbooks and call sheets that they fill.

What enters: files made by others, each of them hostile until read. What leaves: records written whole or not at all,
and a report that names every row. Never publishes anything, never decides for a person: what is in doubt waits and is
told.
"""
