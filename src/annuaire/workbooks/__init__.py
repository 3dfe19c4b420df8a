"""Lay records out as workbooks that people fill: the template of records, the call sheet.

`annuaire.applying` reads them back.
"""
