"""Compare the records with the Registraire's open archive, on the machine of the person who has it.

`archive` reads the six tables (or an extract) row by row, and only the columns named there: never an address, never the
NEQ of an individual. `gathering` keeps what is said of the NEQs and the names that are sought, whatever the size of the
archive; `naming` tells which registered names may be those of a record. `observing` compares and says what differs;
`annuaire.intake.workbooks.registry_book` lays that out for a person to decide, and `annuaire.intake.applying.decisions`
reads what was decided. Nothing is written in a record here.
"""
