"""Count a log: files opened, received and referred, by subject, sector, territory and promoters.

An intervention is a line; a file is opened the first day that the log names it. No file and no person is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from annuaire.intake.journal.entries import SENDERS, Entry
from annuaire.text import french
from annuaire.text.figures import Column, Kind, Table, Value, leading, share
from annuaire.text.names import fold, sort_key

UNSAID = "Non précisé"
COUNTED = ("intervention", "interventions")
NBSP = french.NBSP


@dataclass(frozen=True, slots=True)
class Report:
    """Hold the entries counted, how many of their files were opened then, and the period in words."""

    entries: tuple[Entry, ...]
    opened: int
    period: str

    @property
    def terms(self) -> str:
        """Say what is counted."""
        return (
            "Une intervention est une ligne du journal; un dossier est ouvert le premier jour où le journal le nomme. "
            "Une intervention qui a plusieurs sujets, ou plusieurs références, compte une fois pour chacun."
        )

    def tables(self) -> tuple[Table, ...]:
        """Give all the tables, in the order of a report."""
        return (
            self._whole(),
            self._by("sujets", "Sujets", "Sujet", "sujets", lambda e: e.subjects),
            self._by("secteurs", "Secteurs", "Secteur", "secteurs", lambda e: (e.sector,)),
            self._by("territoires", "Territoires", "Territoire", "territoires", lambda e: (e.mrc,)),
            self._by("promoteurs", "Promoteurs", "Groupe représenté par", "groupes", lambda e: (e.promoters,)),
            self._by("recus", "Reçus", "Reçu de", "provenances", lambda e: (e.sender,), is_feminine=True),
            self._by("referes", "Référés", "Référé à", "partenaires", lambda e: e.referred, with_unsaid=False),
        )

    def _whole(self) -> Table:
        files = _files(self.entries)
        received = _files(e for e in self.entries if e.sender in SENDERS[1:])
        referred = _files(e for e in self.entries if e.referred)
        rows: tuple[tuple[Value, ...], ...] = (
            ("dossiers", "Dossiers différents", files),
            ("ouverts", "dont ouverts dans la période", self.opened),
            ("recus", "Dossiers reçus d’une MRC, d’un organisme ou d’un partenaire", received),
            ("referes", "Dossiers référés à un partenaire", referred),
            ("interventions", "Interventions", len(self.entries)),
        )
        columns = (
            Column("code", "Code", Kind.TEXT),
            Column("libelle", "Mesure", Kind.TEXT),
            Column("valeur", "Nombre"),
        )
        if not self.entries:
            return Table("ensemble", "Dossiers", f"{self.period}, aucune intervention au journal.", columns, rows)
        said = (
            f"{self.period}, l’équipe a fait {french.count(len(self.entries), *COUNTED)} dans "
            f"{french.count(files, 'dossier')}, dont {french.number(self.opened)} "
            f"{'ouvert' if self.opened < 2 else 'ouverts'} dans la période; {french.number(received)} "
            f"{'venait' if received < 2 else 'venaient'} d’une MRC, d’un organisme ou d’un partenaire, et "
            f"{french.number(referred)} {'a été référé' if referred < 2 else 'ont été référés'}."
        )
        return Table("ensemble", "Dossiers", said, columns, rows)

    def _by(
        self,
        code: str,
        title: str,
        noun: str,
        nouns: str,
        read: Callable[[Entry], Sequence[str]],
        *,
        is_feminine: bool = False,
        with_unsaid: bool = True,
    ) -> Table:
        """Count interventions and files by what one or several columns say, the most numerous first."""
        labels: dict[str, str] = {}  # the first writing is kept
        groups: dict[str, list[Entry]] = {}
        for entry in self.entries:
            said = [label for label in read(entry) if label]
            for label in said or ([UNSAID] if with_unsaid else []):
                groups.setdefault(fold(label), []).append(entry)
                labels.setdefault(fold(label), label)
        keys = sorted(groups, key=lambda key: (-len(groups[key]), key == fold(UNSAID), sort_key(labels[key])))
        rows = tuple(
            (labels[key], len(groups[key]), _files(groups[key]), share(len(groups[key]), len(self.entries)))
            for key in keys
        )
        columns = (
            Column("libelle", noun, Kind.TEXT),
            Column("interventions", "Interventions"),
            Column("dossiers", "Dossiers"),
            Column("part", "Part des interventions", Kind.SHARE),
        )
        made = Table(code, title, "", columns, rows)
        first = leading(made, "interventions", nouns, COUNTED, whole=len(self.entries), feminine=is_feminine)
        return Table(code, title, first or "Rien au journal.", columns, rows)


def report(entries: Sequence[Entry], since: date | None, until: date | None) -> Report:
    """Count the entries of a period, both days included; without days, all of them."""
    kept = tuple(e for e in entries if (since is None or e.day >= since) and (until is None or e.day <= until))
    first: dict[str, date] = {}
    for entry in entries:
        key = fold(entry.file)
        first[key] = min(first.get(key, entry.day), entry.day)
    opened = sum((since is None or d >= since) and (until is None or d <= until) for d in first.values())
    return Report(kept, opened, _period(kept, since, until))


def _files(entries: Iterable[Entry]) -> int:
    return len({fold(entry.file) for entry in entries})


def _period(entries: Sequence[Entry], since: date | None, until: date | None) -> str:
    days = [entry.day for entry in entries]
    start, end = since or min(days, default=None), until or max(days, default=None)
    if start is None or end is None:
        return "Pour tout le journal"
    return f"Le {french.day(start)}" if start == end else f"Du {french.day(start)} au {french.day(end)}"
