"""Write where suppliers are missing as CSV: each category, then each sector, in each territory of the site."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from annuaire.catalogue.supply import Supply
from annuaire.exports.tables import NO, YES, safe

COLUMNS = (
    *("genre", "code", "libelle", "groupe", "mrc", "territoire", "region", "situes", "situes_confirmes"),
    *("desservent", "desservent_confirmes", "total", "total_confirmes", "fournisseur_unique"),
)


def rows(supply: Supply) -> Iterator[tuple[str | int, ...]]:
    """Yield the header, then one line for each need and territory.

    `situes` counts the suppliers located there, `desservent` those who come from elsewhere, each once; a supplier is
    confirmed when one of its offers of the category is, or when its record is, for a sector.
    """
    yield COLUMNS
    yield from _rows(supply)


def to_csv(supply: Supply) -> str:
    """Write these lines for a terminal (RFC 4180, `\\n` between lines)."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows(supply))
    return buffer.getvalue()


def _rows(supply: Supply) -> Iterator[tuple[str | int, ...]]:
    vocabularies, territories = supply.catalogue.vocabularies, supply.catalogue.territories
    for gap in supply.gaps:
        label, group = vocabularies.sectors[gap.slug].libelle if gap.kind == "secteur" else "", ""
        if gap.kind == "categorie":
            category = vocabularies.categories[gap.slug]
            label, group = category.libelle, vocabularies.groups[category.groupe]
        mrc, tally = territories.mrcs[gap.mrc], gap.tally
        yield (
            *(gap.kind, gap.slug, safe(label), safe(group), gap.mrc),
            *(safe(mrc.titre), safe(territories.regions[mrc.region].nom)),
            *(tally.located, tally.located_confirmed, tally.serving, tally.serving_confirmed),
            *(tally.total, tally.confirmed, YES if tally.is_single else NO),
        )
