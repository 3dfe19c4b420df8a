"""Judge a territory's own words: the file bears the name of its MRC, which is one of the site's."""

from __future__ import annotations

from collections.abc import Iterator

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
TRAIT = "territoire"
CODES = ("territoire-fichier", "territoire-hors-region")


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report a file whose name is not its MRC's slug, and an MRC outside the regions of the site."""
    mrc = context.territories.mrc_by_code.get(record.text("mrc"))
    if mrc is None:
        return
    if record.slug != mrc.slug:
        values = {"valeur": record.slug, "titre": mrc.titre, "suggestion": mrc.slug}
        yield Finding("territoire-fichier", ("mrc",), values)
    if context.settings.regions and mrc.region not in context.settings.regions:
        yield Finding("territoire-hors-region", ("mrc",), {"titre": mrc.titre})
