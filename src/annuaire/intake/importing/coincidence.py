"""Find, among the rows of a list and the records that stand, what is at the address of a confidential place.

The address is known for as long as the row is read; it is compared in memory and written nowhere, not even as a hash:
addresses are few enough to be tried one by one. What is told is the names of the two enterprises.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from annuaire.intake.importing.identity import Group
from annuaire.intake.importing.places import Keys, where
from annuaire.records.reading import Record
from annuaire.rules.cells import hides
from annuaire.rules.confidentiality import SECRET


def coincidences(
    groups: Sequence[Group], slugs: Mapping[int, str], records: Iterable[Record], towns: Mapping[str, str]
) -> Iterator[str]:
    """Say which enterprises are at the address of a confidential one of the list; `slugs` gives the record of a row.

    `towns` gives the code of a municipality by its name.
    """
    secret = [group for group in groups if group.is_confidential]
    hidden = [(group, keys) for group in secret if (keys := frozenset().union(*(row.where for row in group.rows)))]
    if not hidden:
        return
    of_records = [
        (record, keys) for record in records if not hides(record) and (keys := _keys_of_record(record, towns))
    ]
    for group, keys in hidden:
        mine = slugs.get(group.first.number, "")
        name = f"ligne {group.first.number} «\u00a0{group.first.name}\u00a0»"
        told = {mine}
        for other in groups:
            if not other.is_confidential and any(keys & row.where for row in other.rows):
                told.add(slugs.get(other.first.number, ""))
                yield f"{name} et ligne {other.first.number} «\u00a0{other.first.name}\u00a0»"
        for record, theirs in of_records:
            if record.slug not in told and keys & theirs:
                yield f"{name} et la fiche {record.slug} «\u00a0{record.text('nom')}\u00a0»"


def _keys_of_record(record: Record, towns: Mapping[str, str]) -> Keys:
    places = (place for place in record.items("etablissements") if any(place.get(key) for key in SECRET))
    return frozenset().union(
        *(
            where(place, str(place.get("municipalite_code") or towns.get(str(place.get("municipalite")), "")))
            for place in places
        )
    )
