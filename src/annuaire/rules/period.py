"""Judge dates that may be known to the month or the year alone: days of the calendar, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.periods import span
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
FIELDS = ("debut", "fin")
CODES = ("fin-avant-debut", "jour-inexistant")
# Other writings, a thirteenth month among them, are the cell's own fault.
_WRITTEN = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?", re.ASCII)


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report a day that no calendar has, and an end before its start."""
    texts = {key: record.text(key) for key in FIELDS}
    for key, text in texts.items():
        if _WRITTEN.fullmatch(text) and span(text) is None:
            yield Finding("jour-inexistant", (key,), {"valeur": text})
    start, end = span(texts["debut"]), span(texts["fin"])
    if start and end:
        hours = [record.text(key) for key in ("heure_debut", "heure_fin")]
        if end.last < start.first or (end == start and all(hours) and hours[1] <= hours[0]):
            yield Finding("fin-avant-debut", ("fin",), {"valeur": texts["fin"], "debut": texts["debut"]})
    elif start and start.is_day and not texts["fin"] and record.text("heure_fin"):
        opens, closes = record.text("heure_debut"), record.text("heure_fin")
        if closes <= opens:
            yield Finding("fin-avant-debut", ("heure_fin",), {"valeur": closes, "debut": opens})
