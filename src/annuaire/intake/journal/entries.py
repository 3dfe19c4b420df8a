"""Read the log of the staff: one line for each time they helped, in words or as the template offers them.

A line names a file by a number, never a person. What cannot be understood is told with its place, all of it at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from annuaire.config import Settings
from annuaire.intake.importing import cleaning, headings, reading
from annuaire.intake.importing.reading import SourceRow
from annuaire.intake.plain import broken_formula
from annuaire.places import territories, vocabularies
from annuaire.places.meanings import usual_names
from annuaire.records.reading import as_day
from annuaire.text import french
from annuaire.text.names import fold
from annuaire.text.problems import AnnuaireError

SHEET = "Journal"
DAY, FILE, FROM, TO = "Date", "Dossier", "Reçu de", "Référé à"
SUBJECTS, SECTOR, MRC, PROMOTERS = "Sujets", "Secteur", "MRC", "Promoteurs"
COLUMNS = (DAY, FILE, FROM, TO, SUBJECTS, SECTOR, MRC, PROMOTERS)
REQUIRED = (DAY, FILE)
ELSEWHERE = "Ailleurs"
SENDERS = ("Promoteur ou entreprise", "MRC ou organisme mandataire", "Autre partenaire")
WHO = ("Femmes", "Hommes", "Femmes et hommes", "Autre ou non dit")
# Those of the report of 2017-2018 of the Pôle of Centre-du-Québec; any other may be written.
USUAL_SUBJECTS = (
    "Programmes et outils financiers",
    "Outils de gestion",
    "Gouvernance",
    "Information générale et référencement",
    "Suivi des aides financières",
)
LONGEST = 80
_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one line: its day and file, then labels; "" or nothing for what is not said."""

    day: date
    file: str
    sender: str
    referred: tuple[str, ...]
    subjects: tuple[str, ...]
    sector: str
    mrc: str
    promoters: str


class _Words:
    """Know the labels that a log may hold, by what people write."""

    def __init__(self, settings: Settings) -> None:
        words = vocabularies.load(settings.own_tables)
        usual = usual_names(words).get("secteurs", {})
        self.sectors = {fold(word): words.sectors[slug].libelle for slug, each in usual.items() for word in each}
        self.sectors |= {fold(name): s.libelle for s in words.sectors.values() for name in (s.slug, s.libelle)}
        mrcs = territories.load(settings.own_tables).mrc_by_code.values()
        self.mrcs = {
            fold(name): french.sentence(m.titre)
            for m in mrcs
            for name in (m.code, m.slug, m.nom, m.titre, f"MRC de {m.nom}", f"Ville de {m.nom}")
        } | {fold(ELSEWHERE): ELSEWHERE}
        self.senders = {fold(word): word for word in SENDERS}
        self.promoters = {fold(word): word for word in WHO}


def read(path: Path, settings: Settings, today: date) -> tuple[Entry, ...]:
    """Read a log, in a process that is bounded; raise AnnuaireError with its faults, each with its place."""
    sheet_name = "" if path.suffix.lower() == ".csv" else SHEET
    sheet = reading.read_within(path, sheet_name, headings.finder(REQUIRED))
    missing = [title for title in COLUMNS if title not in sheet.columns]
    if missing:
        raise AnnuaireError(
            f"{path.name}\u00a0: il manque la colonne «\u00a0{missing[0]}\u00a0»; partir du journal que donne "
            "«\u00a0annuaire bilan --modele\u00a0»."
        )
    words = _Words(settings)
    faults: list[str] = []
    found = [entry for row in sheet.rows if (entry := _entry(row, words, today, faults)) is not None]
    if faults:
        told = faults[:_MOST_TOLD]
        if len(faults) > _MOST_TOLD:
            told.append(f"et {french.count(len(faults) - _MOST_TOLD, 'autre faute', 'autres fautes')}")
        raise AnnuaireError(f"{path.name}\u00a0: rien n’est compté.\n  " + "\n  ".join(told))
    return tuple(found)


def _entry(row: SourceRow, words: _Words, today: date, faults: list[str]) -> Entry | None:
    """Read a line; None for one that holds nothing, or that is at fault."""
    before = len(faults)

    def fault(title: str, what: str) -> None:
        faults.append(f"ligne {row.number}, colonne «\u00a0{title}\u00a0»\u00a0: {what}")

    def choice(title: str, known: Mapping[str, str]) -> str:
        text = cells[title]
        label = known.get(fold(text), "")
        if text and not label:
            close = get_close_matches(fold(text), known, 1)
            hint = f"vouliez-vous dire «\u00a0{known[close[0]]}\u00a0»?" if close else "choisir dans la liste"
            fault(title, f"«\u00a0{_short(text)}\u00a0» n’est pas connu; {hint}")
        return label

    cells = {title: " ".join(row.cells[title].split()) for title in COLUMNS}
    broken = row.fault or broken_formula(cells)
    if broken:
        faults.append(f"ligne {row.number}\u00a0: {broken}")
        return None
    if not any(cells.values()):
        return None
    day, wrong = _day(cells[DAY], today)
    if wrong:
        fault(DAY, wrong)
    if not cells[FILE]:
        fault(FILE, "à remplir\u00a0: un numéro, le même chaque fois que l’on y revient")
    for title in (FILE, TO, SUBJECTS):
        if "@" in cells[title]:
            fault(title, "une adresse de courriel n’y a pas sa place")
        if any(len(part) > LONGEST for part in _parts(cells[title])):
            fault(title, f"plus de {LONGEST} caractères")
    entry = Entry(
        day or today,
        cells[FILE],
        choice(FROM, words.senders),
        _parts(cells[TO]),
        _parts(cells[SUBJECTS]),
        choice(SECTOR, words.sectors),
        choice(MRC, words.mrcs),
        choice(PROMOTERS, words.promoters),
    )
    return entry if len(faults) == before else None


def _day(text: str, today: date) -> tuple[date | None, str]:
    """Read a day; give what is wrong with it, "" when nothing is."""
    if not text:
        return None, "à remplir, comme 2026-04-01"
    cleaned = cleaning.day(text)
    day = as_day(cleaned.value)
    if day is None:
        return None, cleaned.fault or "ce n’est pas une date"
    return (None, f"le {french.day(day)} est à venir") if day > today else (day, "")


def _parts(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.replace(";", "|").split("|") if part.strip()))


def _short(text: str) -> str:
    return french.shorten(text, LONGEST)
