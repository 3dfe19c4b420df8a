"""Judge dates that may be known to the month or the year alone: days of the calendar, in order."""

from __future__ import annotations

from collections.abc import Iterator

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.periods import span
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
FIELDS = ("debut", "fin")
CODES = ("fin-avant-debut", "jour-inexistant")
_WRITTEN = ("####", "####-##", "####-##-##")  # other writings are the cell's own fault


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report a day that no calendar has, and an end before its start."""
    texts = {key: record.text(key) for key in FIELDS}
    for key, text in texts.items():
        if "".join("#" if c in "0123456789" else c for c in text) in _WRITTEN and span(text) is None:
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
