"""Judge where an enterprise is beside the regions of the site.

One place in the regions is enough: an enterprise may also serve people elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
FIELDS = ("etablissements",)
CODES = ("municipalite-hors-region",)


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report an enterprise none of whose places is in the site's regions: no listing by territory shows it."""
    wanted = context.settings.regions
    if not wanted:
        return
    territories = context.territories
    found = [record.municipality(index, territories) for index in range(record.count("etablissements"))]
    known = [municipality for municipality in found if municipality is not None]
    regions = [territories.mrc_by_code[municipality.mrc].region for municipality in known]
    if known and len(known) == len(found) and not set(regions) & set(wanted):
        values = {"valeur": known[0].nom, "region": territories.regions[regions[0]].nom}
        yield Finding("municipalite-hors-region", ("etablissements", 0, "municipalite"), values)
