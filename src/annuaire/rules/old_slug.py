"""Judge old slugs together: each leaves a redirect page, so it must be free and lead to one record only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach

REACH = Reach.CATALOGUE
FIELDS = ("anciens_slugs",)
CODES = ("ancien-nom-actuel", "ancien-nom-en-double")


def check(records: Sequence[Record], context: Context) -> Iterator[tuple[Record, Finding]]:
    """Report an old slug that is the current one of a record, or that two records claim."""
    current = {record.slug: record for record in records}
    claimed: dict[str, Record] = {}
    for record in records:
        old = record.values.get("anciens_slugs")
        for index, slug in enumerate(old if isinstance(old, list) else ()):
            if not isinstance(slug, str):
                continue
            path = ("anciens_slugs", index)
            if slug in current:
                yield record, Finding("ancien-nom-actuel", path, {"valeur": slug, "fiche": current[slug].file})
            elif claimed.setdefault(slug, record) is not record:
                yield record, Finding("ancien-nom-en-double", path, {"valeur": slug, "fiche": claimed[slug].file})
