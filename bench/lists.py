"""Make up lists as they come, and count what an import makes of each with every guess accepted as it is.

No name is real. A ministry's workbook has title rows and headings on two lines; a foreign list names towns that Quebec
has too (none of its rows may enter); a childcare list has a row for each installation. With `--liste`, a real one too.

    .venv/bin/python -m bench.lists [--liste LISTE.csv]
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from annuaire import config
from annuaire.intake import importing
from annuaire.intake.importing import prepared
from annuaire.intake.workbooks import mapping_book

SEED = 2026
FOREIGN, PAIRS, ALONE, MINISTRY = 7272, 129, 200, 400
_SITE = (
    "site_name: Essai\nsite_url: https://exemple.org/\nextra:\n  annuaire:\n    publication: demonstration\n"
    "    regions: ['04']\n    contenu: content\n"
)
_TOWNS = ("Shawinigan", "TROIS-RIVIÈRES (Québec)", "La Tuque", "St-Tite", "Ville de Louiseville", "Ste-Thècle")
_ABROAD = (  # towns of elsewhere that a municipality of Quebec has the name of, or nearly
    ("Dundee", "DD1 4BJ"),
    ("Elgin", "IV30 1UX"),
    ("Huntingdon", "PE29 3SE"),
    ("Saint-Sévère", "36160"),
    ("Saint-Barnabé", "22600"),
    ("Saint-Paulin", "97130"),
    ("Champlain", "12919"),
    ("Charette", "38390"),
    ("Hampstead", "NW3 1QA"),
    ("Hull", "HU1 2AA"),
    ("Ottawa", "K1P 1J1"),
    ("Edmundston", "E3V 1A1"),
)
_WORDS = ("Atelier", "Maison", "Cuisine", "Ressourcerie", "Théâtre", "Jardin", "Relais", "Fabrique", "Club", "Halte")
_THEN = (
    "boréal",
    "des Pins",
    "du Plateau",
    "nordique",
    "des Érables",
    "riverain",
    "du Moulin",
    "de l’Anse",
    "du Phare",
)
_FORMS = ("OBNL", "Coop de travail", "coopérative de solidarité", "OSBL", "")
_SECTORS = ("Culture", "CPE", "Transport adapté", "Habitation", "Fanfares")


def ministry(path: Path, chance: random.Random) -> None:
    """Write a workbook with a title, a date, an empty row, then headings on two lines."""
    rows: list[Sequence[str]] = [
        ["Liste des organismes soutenus"],
        ["Données au 31 mars 2026"],
        [],
        ["Organisme", "", "Coordonnées", "", ""],
        ["Nom", "Forme juridique", "Municipalité", "Code postal", "Téléphone"],
    ]
    for number in range(MINISTRY):
        phone = f"(819) 555-{chance.randrange(100, 200):04d}"
        rows.append([_name(chance, number), chance.choice(_FORMS), chance.choice(_TOWNS), "G9N 1A1", phone])
    _book(path, rows)


def foreign(path: Path, chance: random.Random) -> None:
    """Write a list of elsewhere."""
    rows: list[Sequence[str]] = [["Nom", "Adresse", "Ville", "Code postal"]]
    for number in range(FOREIGN):
        town, code = chance.choice(_ABROAD)
        rows.append([_name(chance, number), f"{chance.randrange(1, 300)} High Street", town, code])
    _csv(path, rows)


def childcare(path: Path, chance: random.Random) -> None:
    """Write a list with a row for each installation: pairs of one centre, and centres of one installation."""
    rows: list[Sequence[str]] = [["Nom de l’installation", "Adresse", "Municipalité", "Code postal", "Type"]]
    for number in range(PAIRS + ALONE):
        name = f"CPE {_name(chance, number)}"
        for door in range(1, 3 if number < PAIRS else 2):
            rows.append([name, f"{number * 2 + door}, rue Exemple", chance.choice(_TOWNS), "G9N 1A1", "CPE"])
    _csv(path, rows)


def _name(chance: random.Random, number: int) -> str:
    return f"{chance.choice(_WORDS)} {chance.choice(_THEN)} Exemple {number}"


def _book(path: Path, rows: Iterable[Sequence[str]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    if isinstance(sheet, Worksheet):
        for row in rows:
            sheet.append(list(row))
    book.save(path)


def _csv(path: Path, rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def measured(source: Path, work: Path, *, regroups: bool = False) -> str:
    """Prepare, accept every guess, say that the list holds enterprises alone, and import in an empty site."""
    (work / "content" / "enterprises").mkdir(parents=True)
    (work / "mkdocs.yml").write_text(_SITE, encoding="utf-8")
    settings, book = config.load(work / "mkdocs.yml"), work / "correspondance.xlsx"
    started = time.perf_counter()
    mapping_book.prepare(source, book, settings)
    opened = openpyxl.load_workbook(book)
    wanted = {prepared.EVERY_ROW: "oui", **({prepared.REGROUPS: "oui"} if regroups else {})}
    for row in opened[prepared.SETTINGS].iter_rows(min_row=2):
        if row[0].value in wanted:
            row[1].value = wanted[str(row[0].value)]
    opened.save(book)
    report = importing.run(source, book, settings)
    spent = time.perf_counter() - started
    counts = ", ".join(f"{outcome.value} {count}" for outcome, count in report.counts.items() if count)
    records = len(list((work / "content" / "enterprises").glob("*.yml")))
    return f"{source.name} : {len(report.rows)} lignes; {counts}; {records} fiches; {spent:.1f} s"


def main() -> int:
    """Measure the lists, one line for each."""
    parser = argparse.ArgumentParser(prog="python -m bench.lists", description="Mesurer ce qu’une importation lit.")
    parser.add_argument("--liste", type=Path, help="une vraie liste, de plus")
    options = parser.parse_args()
    made: list[tuple[str, Callable[[Path, random.Random], None], bool]] = [
        ("ministere.xlsx", ministry, False),
        ("ailleurs.csv", foreign, False),
        ("garderies.csv", childcare, True),
    ]
    with tempfile.TemporaryDirectory(prefix="annuaire-listes.") as folder:
        for name, write, regroups in made:
            source = Path(folder) / name
            write(source, random.Random(SEED))
            print(measured(source, Path(folder) / f"site-{name}", regroups=regroups), flush=True)
        if options.liste:
            print(measured(options.liste, Path(folder) / "site-liste"), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
