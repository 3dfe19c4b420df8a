"""Write the template of the staff's log: an empty sheet with its lists, and how to fill it."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from annuaire.config import Settings
from annuaire.intake.journal import entries
from annuaire.intake.workbooks import laying
from annuaire.places import territories, vocabularies
from annuaire.text import french

MANUAL = "Mode d’emploi"
_WIDTHS = (12, 12, 28, 30, 44, 34, 30, 22)
_NOTES = {
    entries.DAY: "Le jour de l’intervention, comme 2026-04-01.",
    entries.FILE: "Un numéro ou un code, jamais un nom. Le même chaque fois que l’on revient au même dossier.",
    entries.FROM: "Qui a demandé l’aide, ou envoyé le dossier.",
    entries.TO: "À qui le dossier est référé. Plusieurs\u00a0: les séparer par une barre droite ( | ).",
    entries.SUBJECTS: "Un ou plusieurs, séparés par une barre droite ( | ). D’autres que ceux de la liste conviennent.",
    entries.SECTOR: "Le secteur, comme dans le répertoire.",
    entries.MRC: "La MRC ou le territoire équivalent; «\u00a0Ailleurs\u00a0» hors de la région.",
    entries.PROMOTERS: "Qui représente le groupe.",
}
_MANUAL = (
    "Ce journal reste à l’équipe. Le garder hors du dossier du répertoire, qui est public.",
    "Une ligne par intervention. Date et Dossier sont à remplir; le reste, quand on le sait.",
    "Aucun nom de personne, aucun courriel\u00a0: un dossier est un numéro.",
    "Ne pas changer les titres de la feuille «\u00a0Journal\u00a0». Ajouter des colonnes à droite ne nuit pas.",
    "Pour compter l’année\u00a0: annuaire bilan ../journal.xlsx --since 2026-04-01 --until 2027-03-31",
)


def write(path: Path, settings: Settings) -> None:
    """Write the template, with the sectors and the territories of the site in its lists."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):  # a new workbook has one
        sheet = book.create_sheet()
    sheet.title = entries.SHEET
    lists = laying.Lists(book)
    places = territories.load(settings.own_tables).mrcs_of(settings.regions)
    offered = {
        entries.FROM: entries.SENDERS,
        entries.SUBJECTS: entries.USUAL_SUBJECTS,
        entries.SECTOR: tuple(s.libelle for s in vocabularies.load(settings.own_tables).sectors.values()),
        entries.MRC: (*(french.sentence(m.titre) for m in places), entries.ELSEWHERE),
        entries.PROMOTERS: entries.WHO,
    }
    for number, title in enumerate(entries.COLUMNS, start=1):
        laying.heading(sheet, number, title, _NOTES[title], required=title in entries.REQUIRED)
        if title in offered:
            laying.choose(sheet, number, lists.formula(offered[title]), laying.SPARE_ROWS)
    laying.finish(sheet, dict(enumerate(_WIDTHS, start=1)), frozen="C2")
    manual = book.create_sheet(MANUAL)
    manual.column_dimensions["A"].width = 90
    for row, line in enumerate(_MANUAL, start=1):
        laying.put(manual, row, 1, line).alignment = Alignment(wrap_text=True, vertical="top")
    laying.save(book, path)
