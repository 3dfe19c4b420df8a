"""Judge the name of a record's file: it becomes the address of the page (`/entreprises/<slug>/`).

Two names that differ by case alone cannot both pass, since capitals are refused: file systems that ignore case would
keep one of the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.names import slugify
from annuaire.text.problems import Finding, Reach
from annuaire.urls import PAGED_SLUG, RESERVED_SLUGS, is_reserved

REACH = Reach.RECORD
CODES = ("fichier-nom", "nom-reserve")
_EXAMPLE = "nom-de-l-entreprise"
# No file of Windows can bear these names, whatever its extension (Microsoft, « Naming Files, Paths, and Namespaces »).
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))})


def is_refused(slug: str) -> bool:
    """Tell whether a slug is kept by the site or by a system."""
    return slug in DEVICES or is_reserved(slug)


def for_form() -> dict[str, Any]:
    """Give what the rule of the same name of the form knows (see `annuaire.rules`)."""
    return {"exemple": _EXAMPLE, "reserves": sorted(DEVICES | RESERVED_SLUGS), "pages": PAGED_SLUG}


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report a file name that is no slug, and slugs, current or old, that the site or a system keeps for itself."""
    slug, key = record.slug, record.schema.root.fields[0]
    if key.faults(slug) or slug != slug.strip():
        suggestion = slugify(record.text("nom") or record.text("titre")) or _EXAMPLE
        yield Finding("fichier-nom", (), {"valeur": slug, "suggestion": suggestion})
    elif is_refused(slug):
        yield Finding("nom-reserve", (), {"valeur": slug})
    old = record.values.get("anciens_slugs")
    for index, item in enumerate(old if isinstance(old, list) else ()):
        if isinstance(item, str) and is_refused(item):
            yield Finding("nom-reserve", ("anciens_slugs", index), {"valeur": item})
