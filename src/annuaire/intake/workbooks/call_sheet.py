"""Choose the records to confirm by telephone and lay them out as a call sheet, to print and to fill.

Those that have a telephone come first, then those nobody ever confirmed, then those whose offers have the fewest
confirmed suppliers, which buyers need, then the oldest. Nothing in it but what is public, and the name of no person.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.catalogue.supply import supply_of
from annuaire.intake import asking
from annuaire.intake.asking import Question
from annuaire.intake.workbooks import laying
from annuaire.intake.workbooks.columns import SLUG, VERSION
from annuaire.rules.freshness import MONTHS, months_before
from annuaire.schema import Schema
from annuaire.text import french
from annuaire.text.french import NBSP
from annuaire.text.names import sort_key

SHEET = "Appels"
CONFIRMED = "Confirmé le"
OFFERS = "Offres confirmées"
PHONE = "Nouveau téléphone"
CLOSED = "Fermé"
SILENT = "Ne répond pas"
CORRECTIONS = "Corrections"
ALL_OFFERS = "toutes"
_SHOWN = (
    ("Entreprise", 30, ""),
    ("Municipalité", 18, ""),
    ("MRC", 14, ""),
    ("Téléphone", 14, ""),
    ("À confirmer", 52, ""),
    (
        CONFIRMED,
        12,
        "La date de l’appel (2026-11-22 ou 22/11/2026), ou «\u00a0ok\u00a0» pour le jour où la feuille est entrée"
        "\u00a0: la fiche devient confirmée par le Pôle.",
    ),
    (
        OFFERS,
        12,
        "Les numéros des offres confirmées (1, 3), ou «\u00a0toutes\u00a0».",
    ),
    (PHONE, 15, "Le numéro général, s’il manque ou s’il a changé."),
    (CLOSED, 12, "Un x, ou la date de fermeture (AAAA-MM-JJ), avec la date de l’appel dans «\u00a0Confirmé le\u00a0»."),
    (SILENT, 12, "Un x\u00a0: rien ne change, l’entreprise est à rappeler."),
    (CORRECTIONS, 34, "Ce qui est à corriger, en mots. La fiche reste à confirmer tant que ce n’est pas fait."),
)
_PHONE = re.compile(r"(?<=[0-9]{3})-(?=[0-9]{4}(?![0-9]))", re.ASCII)
_FIRST_ANSWER = 6
_ANSWER = PatternFill("solid", fgColor="FFF8E1")


@dataclass(frozen=True, slots=True)
class Call:
    """Hold one line of the call sheet."""

    slug: str
    name: str
    town: str
    mrc: str
    phone: str
    questions: tuple[str, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """Give what is printed before the answers."""
        return self.name, self.town, self.mrc, self.phone, "\n".join(self.questions)


def choose(
    catalogue: Catalogue,
    schema: Schema,
    today: date,
    enterprises: Iterable[Enterprise],
    asked: Iterable[Question] = (),
) -> list[Call]:
    """List the calls to make to these enterprises, in order; `asked` is what was left out of what was received."""
    questions: dict[str, list[Question]] = {}
    for one in asked:
        questions.setdefault(one.slug, []).append(one)
    limit = months_before(today, MONTHS)
    confirmed = _confirmed_suppliers(catalogue)
    chosen = []
    for e in enterprises:
        day = e.verification.date if e.verification.is_confirmed else None
        is_old = day is None or day < limit or not all(offer.verification.is_confirmed for offer in e.offres)
        if is_old or e.slug in questions:
            rank = (not e.lieu.telephone, day is not None, _need(e, confirmed), day or date.min, sort_key(e.nom))
            chosen.append((rank, e))
    chosen.sort(key=lambda entry: entry[0])
    return [_call(e, catalogue, schema, limit, questions.get(e.slug, ())) for _, e in chosen]


def _confirmed_suppliers(catalogue: Catalogue) -> Mapping[str, int]:
    """Count the confirmed offers of each purchase category that is offered."""
    found = supply_of(catalogue).by_category
    return {slug: sum(line.is_confirmed for line in lines) for slug, lines in found.items()}


def _need(e: Enterprise, confirmed: Mapping[str, int]) -> float:
    """Rank what buyers miss: the fewest confirmed suppliers among the categories it offers and did not confirm."""
    waiting = (confirmed.get(offer.categorie, 0) for offer in e.offres if not offer.verification.is_confirmed)
    return min(waiting, default=inf)


def _call(e: Enterprise, catalogue: Catalogue, schema: Schema, limit: date, asked: Iterable[Question]) -> Call:
    town = catalogue.municipality(e.lieu)
    mrc = catalogue.territories.mrc_by_code[town.mrc]
    questions = (*asking.words(asked, schema), *_questions(e, catalogue, schema, limit))
    return Call(e.slug, e.nom, town.nom, mrc.nom, e.lieu.telephone, questions)


def _questions(e: Enterprise, catalogue: Catalogue, schema: Schema, limit: date) -> Iterator[str]:
    """Say what to ask, shortest first."""
    words = catalogue.vocabularies
    if not e.verification.is_confirmed or e.verification.date is None:
        yield "Jamais confirmée\u00a0: toujours en activité?"
    elif e.verification.date < limit:
        yield f"Confirmée le {french.day(e.verification.date)}{NBSP}: toujours juste?"
    said = {"secteur": words.sectors[e.secteur].libelle, "forme_juridique": words.forms[e.forme_juridique].libelle}
    for name in e.verification.deduits:
        if name in said:
            yield f"{schema.root.field(name).title} (déduit){NBSP}: {said[name]}"
    missing = [
        title
        for title, value in (
            ("téléphone", e.lieu.telephone),
            ("courriel", e.lieu.courriel),
            ("site web", e.site_web),
            ("activité", e.en_bref),
        )
        if not value
    ]
    if missing:
        yield f"Manque{NBSP}: {', '.join(missing)}"
    if not e.lieu.telephone and e.site_web:
        yield f"Numéro à trouver sur {e.site_web}"
    for rank, offer in enumerate(e.offres, start=1):
        if not offer.verification.is_confirmed:
            yield f"Offre {rank}{NBSP}: {offer.nom}"


def write(path: Path, calls: Sequence[Call], version: Callable[[str], str], title: str) -> None:
    """Write the call sheet; `version` names the text of a record."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):  # a new workbook has one
        sheet = book.create_sheet()
    sheet.title = SHEET
    for number, (name, _, note) in enumerate((*_SHOWN, (SLUG, 0, ""), (VERSION, 0, "")), start=1):
        laying.heading(sheet, number, name, note)
    last = len(_SHOWN)
    for row, call in enumerate(calls, start=2):
        for number in range(1, last + 1):
            text = call.cells[number - 1] if number < _FIRST_ANSWER else ""
            cell = laying.put(sheet, row, number, text)
            cell.border = laying.BOX
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number >= _FIRST_ANSWER:
                cell.fill = _ANSWER
        laying.put(sheet, row, last + 1, call.slug)
        laying.put(sheet, row, last + 2, version(call.slug))
        sheet.row_dimensions[row].height = 15 * max(
            2, *(_lines(*pair) for pair in zip(call.cells, _SHOWN, strict=False))
        )
    laying.finish(sheet, {number: width for number, (_, width, _) in enumerate(_SHOWN, start=1)}, frozen="B2")
    for number in (last + 1, last + 2):
        sheet.column_dimensions[get_column_letter(number)].hidden = True
    _print(sheet, last, title)
    laying.save(book, path)


def _lines(text: str, shown: tuple[str, int, str]) -> int:
    """Count the lines that a text takes in its column, a little more than less."""
    return sum(1 + len(line) // (shown[1] - 2) for line in text.split("\n"))


def _print(sheet: Worksheet, last: int, title: str) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 1  # letter
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{get_column_letter(last)}{max(sheet.max_row, 2)}"
    for part, words in ((sheet.oddHeader, title.replace("&", "&&")), (sheet.oddFooter, "Page &P de &N")):
        if part is not None:
            part.center.text = words


def as_html(calls: Sequence[Call], title: str) -> str:
    """Write the call sheet as a page to print, which needs nothing else."""
    rows = "\n".join(_row(call) for call in calls)
    whole = sum(width for _, width, _ in _SHOWN)
    columns = "".join(f'<col style="width: {100 * width / whole:.1f}%">' for _, width, _ in _SHOWN)
    heads = "".join(f'<th scope="col">{html.escape(name)}</th>' for name, _, _ in _SHOWN)
    return f"""<!DOCTYPE html>
<html lang="fr-CA">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{html.escape(title)}</title>
<style>
@page {{ size: letter landscape; margin: 12mm }}
body {{ font: 8.5pt/1.3 sans-serif; margin: 1em }}
@media print {{ body {{ margin: 0 }} }}
h1 {{ font-size: 14pt }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ border: 1px solid #777; padding: 3px 4px; text-align: left; vertical-align: top }}
td:nth-child({_FIRST_ANSWER - 1}) {{ overflow-wrap: anywhere }}
thead {{ display: table-header-group }}
tr {{ break-inside: avoid }}
</style>
</head>
<body>
<h1>{html.escape(title)}</h1>
<table>
<colgroup>{columns}</colgroup>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</body>
</html>
"""


def _row(call: Call) -> str:
    name, *shown = (_PHONE.sub("\u2011", text) for text in call.cells)  # no line of the page breaks at its hyphen
    cells = "".join(f"<td>{html.escape(text).replace(chr(10), '<br>')}</td>" for text in shown)
    return f'<tr><th scope="row">{html.escape(name)}</th>{cells}{"<td></td>" * (len(_SHOWN) - len(call.cells))}</tr>'
