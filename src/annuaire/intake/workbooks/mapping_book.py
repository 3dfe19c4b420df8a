"""Write the workbook of a mapping: where each column of a list goes, what its words mean, for a person to correct.

`annuaire.intake.importing.prepared` reads it back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from annuaire.config import Settings
from annuaire.intake import importing
from annuaire.intake.importing import prepared, preparing
from annuaire.intake.importing.preparing import Preparation
from annuaire.intake.importing.targets import OFFERS, TOWN, labels, paths
from annuaire.intake.workbooks import laying
from annuaire.places import territories as places_of
from annuaire.places import vocabularies
from annuaire.places.meanings import Meanings
from annuaire.places.samples import localised
from annuaire.records.collections import ENTERPRISES
from annuaire.schema import Schema, load
from annuaire.text import french
from annuaire.text.french import NBSP
from annuaire.text.messages import inert
from annuaire.text.names import sort_key

MANUAL = "Mode d’emploi"
_ANSWER = PatternFill("solid", fgColor="FFF8E1")
_YES_NO = ("oui", "non")
_LINES = (
    "Ce classeur dit ce que contient chaque colonne de votre liste. Corrigez les cases jaunes, enregistrez, puis "
    f"redonnez-le{NBSP}: annuaire import LISTE --mapping CE-CLASSEUR.xlsx --dry-run",
    f"«{NBSP}{prepared.COLUMNS}{NBSP}»{NBSP}: choisissez où va chaque colonne; une case vide la laisse de côté. Le "
    "nom et la municipalité sont nécessaires.",
    f"«{NBSP}{prepared.WORDS}{NBSP}»{NBSP}: choisissez ce que veut dire chaque mot. Une case vide le laisse à "
    f"préciser. «{NBSP}{prepared.PROPOSAL}{NBSP}» n’est qu’une ressemblance{NBSP}: elle ne compte que si "
    "vous la recopiez.",
    f"«{NBSP}{prepared.KEPT}{NBSP}»{NBSP}: un x devant les mots dont les lignes sont des entreprises d’économie "
    f"sociale. Sans aucun x, et si «{NBSP}{prepared.EVERY_ROW}{NBSP}» n’est pas oui, chaque ligne attend une décision.",
    f"«{NBSP}{prepared.SETTINGS}{NBSP}»{NBSP}: ce qui vaut pour toute la liste. «{NBSP}{prepared.CONSTANT}{NBSP}» "
    f"donne la même valeur à toutes les fiches dont la liste n’en dit pas{NBSP}: une municipalité, une offre et sa "
    "catégorie d’achat.",
)


def prepare(
    source: Path,
    output: Path,
    settings: Settings,
    shown: Callable[[Preparation], Preparation] = lambda found: found,
) -> str:
    """Write the workbook that guesses what a list holds; give what was read of it, in words.

    `shown` takes away what the workbook may not hold. Raise AnnuaireError when the list cannot be read.
    """
    overrides = settings.own_tables
    words, territories = vocabularies.load(overrides), places_of.load(overrides)
    schema = localised(load(ENTERPRISES), territories, settings.regions)
    found = shown(preparing.prepare(source, schema, words, territories, settings.regions))
    own = {mrc.code for mrc in territories.mrcs_of(settings.regions)}
    towns = sorted({m.nom for m in territories.municipality_by_code.values() if m.mrc in own}, key=sort_key)
    write(output, found, schema, Meanings(words, territories), towns)
    return "\n".join(_told(found, schema, output))


def _told(found: Preparation, schema: Schema, output: Path) -> Iterator[str]:
    titles = labels(schema)
    yield f"{inert(found.file)}{NBSP}: {french.count(len(found.sheet.rows), 'ligne')}"
    yield inert(importing.told_where(found.sheet))
    if found.other_sheets:
        yield inert(f"Feuilles laissées{NBSP}: {', '.join(found.other_sheets)}")
    for guess in found.guesses:
        yield inert(
            f"  {guess.column} → {titles[guess.path]} ({guess.why})"
            if guess.path
            else f"  {guess.column}{NBSP}: laissée, {guess.why}"
        )
    unsure = [word for word in found.words if word.path and word.why != "sûr"]
    if unsure:
        yield f"{french.count(len(unsure), 'mot')} à vérifier dans la feuille «{NBSP}{prepared.WORDS}{NBSP}»."
    for path in found.missing:
        other = (
            f", ou sa valeur pour toute la liste (feuille «{NBSP}{prepared.SETTINGS}{NBSP}»)" if path == TOWN else ""
        )
        yield f"À choisir{NBSP}: la colonne qui donne «{NBSP}{titles[path]}{NBSP}»{other}."
    yield f"Correspondance préparée{NBSP}: {inert(str(output))}. La corriger, puis la donner à --mapping."


def write(path: Path, prepared_list: Preparation, schema: Schema, meanings: Meanings, towns: Sequence[str]) -> None:
    """Write the workbook whole or not at all; `towns` are the municipalities offered for a town that is not known."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):  # a new workbook has one
        sheet = book.create_sheet()
    sheet.title = prepared.COLUMNS
    lists = laying.Lists(book)
    _columns(sheet, prepared_list, schema, lists)
    if prepared_list.words:
        _words(book.create_sheet(prepared.WORDS), prepared_list, schema, meanings, towns, lists)
    _settings(book.create_sheet(prepared.SETTINGS), prepared_list, schema, meanings, towns, lists)
    manual = book.create_sheet(MANUAL)
    manual.column_dimensions["A"].width = 110
    for row, line in enumerate(_LINES, start=1):
        laying.put(manual, row, 1, line).alignment = Alignment(wrap_text=True, vertical="top")
    book.move_sheet(laying.LISTS, offset=len(book.sheetnames))
    laying.save(book, path)


def _columns(sheet: Worksheet, found: Preparation, schema: Schema, lists: laying.Lists) -> None:
    titles = labels(schema)
    for number, title in enumerate((prepared.COLUMN, "Exemples", prepared.GOES_TO, "Pourquoi"), start=1):
        laying.heading(sheet, number, title)
    for row, guess in enumerate(found.guesses, start=2):
        laying.put(sheet, row, 1, guess.column)
        laying.put(sheet, row, 2, " | ".join(guess.examples))
        laying.put(sheet, row, 3, titles.get(guess.path, "")).fill = _ANSWER
        laying.put(sheet, row, 4, guess.why)
    _offer(sheet, f"C2:C{len(found.guesses) + 1}", lists.formula(tuple(titles.values())))
    laying.finish(sheet, {1: 30, 2: 60, 3: 34, 4: 44}, frozen="B2")


def _words(
    sheet: Worksheet,
    found: Preparation,
    schema: Schema,
    meanings: Meanings,
    towns: Sequence[str],
    lists: laying.Lists,
) -> None:
    known = paths(schema)
    titles = (prepared.COLUMN, prepared.WORD, "Lignes", prepared.MEANS, prepared.PROPOSAL, prepared.KEPT, "Pourquoi")
    for number, title in enumerate(titles, start=1):
        laying.heading(sheet, number, title)
    for row, word in enumerate(found.words, start=2):
        told = (word.column, word.word, str(word.rows), word.means, word.guess, "", word.why)
        for number, text in enumerate(told, start=1):
            laying.put(sheet, row, number, text)
        sheet.cell(row=row, column=6).fill = _ANSWER
        if word.path:
            sheet.cell(row=row, column=4).fill = _ANSWER
            field = known[word.path]
            choices = tuple(meanings.choices(field).values()) or (tuple(towns) if word.path == TOWN else _YES_NO)
            _offer(sheet, f"D{row}", lists.formula(choices))
    laying.finish(sheet, {1: 26, 2: 44, 3: 9, 4: 40, 5: 40, 6: 10, 7: 44}, frozen="C2")


def _settings(
    sheet: Worksheet,
    found: Preparation,
    schema: Schema,
    meanings: Meanings,
    towns: Sequence[str],
    lists: laying.Lists,
) -> None:
    titles = labels(schema)
    laying.heading(sheet, 1, prepared.SETTING)
    laying.heading(sheet, 2, prepared.VALUE)
    category = f"{OFFERS}.categorie"
    lines = [
        (prepared.TITLE, found.file, ()),
        (prepared.SHEET, found.sheet.name, ()),
        (prepared.EVERY_ROW, "", _YES_NO),
        (prepared.REGROUPS, "", _YES_NO),
        (prepared.KEEPS_CASE, "", _YES_NO),
        (prepared.NOTHING, "; ".join(found.empty_words), ()),
        (f"{prepared.CONSTANT}{NBSP}: {titles[TOWN]}", "", tuple(towns)),
        (f"{prepared.CONSTANT}{NBSP}: {titles[f'{OFFERS}.nom']}", "", ()),
        (
            f"{prepared.CONSTANT}{NBSP}: {titles[category]}",
            "",
            tuple(meanings.choices(paths(schema)[category]).values()),
        ),
    ]
    for row, (name, value, choices) in enumerate(lines, start=2):
        laying.put(sheet, row, 1, name)
        laying.put(sheet, row, 2, value).fill = _ANSWER
        if choices:
            _offer(sheet, f"B{row}", lists.formula(choices))
    laying.finish(sheet, {1: 58, 2: 60}, frozen="A2")


def _offer(sheet: Worksheet, cells: str, formula: str) -> None:
    """Offer a list in some cells without holding to it."""
    validation = DataValidation(type="list", formula1=formula, allow_blank=True)
    validation.showErrorMessage = False
    validation.add(cells)
    sheet.add_data_validation(validation)
