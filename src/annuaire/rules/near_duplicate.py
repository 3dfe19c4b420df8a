"""Judge records two by two: the same enterprise may have been written twice.

One address or one telephone alone says nothing: several enterprises live under one roof, and a web address that several
records share belongs to a network. Two different NEQs are two enterprises, whatever their names. `annuaire duplicates`
lists the same pairs, and weaker ones, with a score.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annuaire.records.likeness import Likeness, Names, compared
from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach, RecordPath

REACH = Reach.CATALOGUE
FIELDS = ("etablissements",)
CODES = (
    "doublon-nom",
    "doublon-nom-proche",
    "doublon-adresse",
    "doublon-telephone",
    "doublon-site",
    "doublon-coordonnees",
)


def check(records: Sequence[Record], context: Context) -> Iterator[tuple[Record, Finding]]:
    """Report, on the later record of a pair, that it looks like the earlier one, with the strongest reason."""
    for likeness in compared(records):
        code, path = reason(likeness)
        if code:
            one, other = likeness.one.record, likeness.other.record
            yield other, Finding(code, path, {"nom": one.text("nom"), "fiche": one.file, "valeur": other.text(*path)})


def reason(likeness: Likeness) -> tuple[str, RecordPath]:
    """Tell why two records look like one, the strongest reason first; an empty code if they do not."""
    if likeness.same_neq or likeness.other_neq:
        return "", ()  # equal NEQs are an error of their own
    names, same_town = likeness.names, likeness.same_town
    if same_town and names is Names.SLIP:
        return "doublon-nom-proche", ("nom",)
    if names is Names.SAME:
        is_one = same_town or likeness.same_phone or likeness.same_site
        return ("doublon-nom", ("nom",)) if is_one else ("", ())
    is_shared = likeness.same_address or likeness.same_phone or likeness.same_site
    if not is_shared or likeness.bodies:
        return "", ()
    is_close = names is not Names.OTHER
    if likeness.same_address and is_close:
        return "doublon-adresse", ("nom",)
    if likeness.same_phone and is_close:
        return "doublon-telephone", ("nom",)
    if likeness.same_site and (is_close or same_town):
        return "doublon-site", ("site_web",)
    return ("doublon-coordonnees", ("nom",)) if likeness.same_address and likeness.same_phone else ("", ())
