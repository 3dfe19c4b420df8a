"""Lay records out as workbooks that people fill: the template of records, the call sheet.

`annuaire.intake.applying` reads them back.
"""
