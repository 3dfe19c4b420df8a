"""Judge `fusionnee_avec`: it must lead, in the end, to the record of an enterprise that still exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz, process

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach

REACH = Reach.CATALOGUE
FIELDS = ("fusionnee_avec",)
CODES = ("fusion-inconnue", "fusion-cycle", "fusion-fermee")
_PATH = ("fusionnee_avec",)


def check(records: Sequence[Record], context: Context) -> Iterator[tuple[Record, Finding]]:
    """Report a merger with no known record, with oneself (even through others), or with a closed enterprise."""
    by_slug = {record.slug: record for record in records}
    renamed: dict[str, str] | None = None
    for record in records:
        target = record.text(*_PATH)
        if not target:
            continue
        values = {"valeur": target}
        if target not in by_slug:
            renamed = _renamed(records) if renamed is None else renamed
            close = renamed.get(target) or _closest(target, by_slug)
            yield record, Finding("fusion-inconnue", _PATH, {**values, "suggestion": close})
        elif _turns(record.slug, by_slug):
            yield record, Finding("fusion-cycle", _PATH, values)
        elif by_slug[target].text("statut") == "fermee" and not by_slug[target].text(*_PATH):
            yield record, Finding("fusion-fermee", _PATH, {**values, "nom": by_slug[target].text("nom")})


def _renamed(records: Sequence[Record]) -> dict[str, str]:
    """Map each old slug to the current one."""
    found: dict[str, str] = {}
    for record in records:
        old = record.values.get("anciens_slugs")
        found |= {slug: record.slug for slug in (old if isinstance(old, list) else ()) if isinstance(slug, str)}
    return found


def _closest(slug: str, by_slug: Mapping[str, Record]) -> str:
    found = process.extractOne(slug, by_slug.keys(), scorer=fuzz.ratio, score_cutoff=75)
    return found[0] if found else ""


def _turns(slug: str, by_slug: Mapping[str, Record]) -> bool:
    """Tell whether following mergers from a record comes back to it (each record of a cycle is told, once)."""
    seen: set[str] = set()
    here = by_slug[slug].text(*_PATH)
    while here in by_slug and here not in seen:
        if here == slug:
            return True
        seen.add(here)
        here = by_slug[here].text(*_PATH)
    return False
