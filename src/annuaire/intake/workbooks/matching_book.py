"""Write who could answer each open need, for the staff alone: a workbook or a table, never on the site.

It names enterprises beside the needs of buyers before any purchase. So it is refused below the site and below the
records, and holds nothing that the records do not say.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from annuaire import files
from annuaire.catalogue import soundings
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.items import Item
from annuaire.catalogue.soundings import Answers
from annuaire.catalogue.supply import reach
from annuaire.catalogue.together import Combination, Member
from annuaire.config import Settings
from annuaire.exports.tables import safe
from annuaire.intake.workbooks import laying
from annuaire.pages.collection import serves
from annuaire.schema import load
from annuaire.text import french
from annuaire.text.problems import AnnuaireError

SHEET = "Maillage"
_COLUMNS = (
    ("Besoin", 34, "Sondage de marché\u00a0: ce n’est pas un appel d’offres. L’équipe décide à qui elle écrit."),
    ("Genre", 18, ""),
    ("Échéance", 18, ""),
    ("Territoire", 28, ""),
    ("Quantité", 22, ""),
    ("Réponse", 22, "Seule, en regroupement, en partie, ou l’autre côté d’un partage."),
    ("Qui", 34, ""),
    ("Offre", 14, "Confirmée par une personne, ou à confirmer."),
    ("Dessert", 28, "Les territoires demandés que sa fiche dit desservir."),
    ("Capacité dite", 28, ""),
    ("Capacité comptée", 18, "Seulement quand la fiche la dit dans l’unité du besoin."),
    ("Ce qui manque", 34, ""),
    ("Fonction", 22, ""),
    ("Téléphone", 18, ""),
    ("Courriel", 30, ""),
)
Row = tuple[str, ...]


def refuse(path: Path, settings: Settings) -> None:
    """Raise AnnuaireError for a path that would put the file on the site, or among its records."""
    whole = path.resolve()
    for folder in (settings.site_dir, settings.content):
        if whole.is_relative_to(folder.resolve()):
            where = settings.relative(folder)
            raise AnnuaireError(f"Ce fichier dit qui pourrait répondre\u00a0: l’écrire hors de «\u00a0{where}\u00a0».")


def write(path: Path, catalogue: Catalogue, found: Sequence[Answers]) -> int:
    """Write the file, an Excel workbook or a CSV by its ending; return how many lines it has."""
    rows = [row for one in found for row in rows_of(catalogue, one)]
    if path.suffix.lower() == ".csv":
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow([title for title, _, _ in _COLUMNS])
        writer.writerows([safe(text) for text in row] for row in rows)
        files.save(path, buffer.getvalue())
    else:
        _write_book(path, rows)
    return len(rows)


def rows_of(catalogue: Catalogue, one: Answers) -> Iterator[Row]:
    """Yield the lines of a need: who answers alone; else the combinations; then who is not counted; or nobody."""
    head = _head(catalogue, one.need)
    lines = [*_of_suppliers(catalogue, one), *(_of_match(other) for other in one.matches)]
    for line in lines or [("Personne", "", "", "", "", "", "", "", "", "")]:
        yield (*head, *line)


def _head(catalogue: Catalogue, need: Item) -> Row:
    labels = load("besoins").root.field("genre").labels
    quantity = f"{french.number(need.quantite)} {need.unite}" if need.quantite else ""
    where = french.sentence(serves(catalogue, need.territoires_desservis))
    return need.name, labels[need.genre], french.day(need.echeance), where, quantity


def _of_suppliers(catalogue: Catalogue, one: Answers) -> Iterator[Row]:
    if one.suppliers is None:
        return
    shown: set[str] = set()
    for member in one.suppliers.alone:
        shown.add(member.slug)
        yield _member(catalogue, "Seule", member, "")
    for rank, combination in enumerate(one.suppliers.combinations, start=1):
        is_group = len(combination.members) > 1
        kind = f"Regroupement {rank}" if is_group else "En partie"
        for member in combination.members:
            shown.add(member.slug)
            yield _member(catalogue, kind, member, _left(catalogue, one.need, combination))
    for member in one.suppliers.uncounted:
        if member.slug not in shown:
            yield _member(catalogue, "Capacité non comptée", member, "")
    for slug in one.silent:
        yield _member(catalogue, "Territoire non dit", Member(slug, is_confirmed=False, mrcs=frozenset()), "")


def _left(catalogue: Catalogue, need: Item, combination: Combination) -> str:
    """Say the gap that stays; "Rien" where the records cover all."""
    names = french.enumeration([catalogue.territories.mrcs[code].dans for code in sorted(combination.missing)])
    parts = [
        f"{french.number(combination.gap)} {need.unite}" if combination.gap > 0 else "",
        f"personne {names}" if names else "",
    ]
    return "; ".join(part for part in parts if part) or "Rien, selon les fiches"


def _member(catalogue: Catalogue, kind: str, member: Member, left: str) -> Row:
    enterprise = catalogue.by_slug[member.slug]
    phone, email = reach(enterprise)
    return (
        kind,
        enterprise.nom,
        ("Confirmée" if member.is_confirmed else "À confirmer") if member.mrcs else "",
        french.enumeration([catalogue.territories.mrcs[code].titre for code in sorted(member.mrcs)]),
        "; ".join(member.said),
        "" if member.amount is None else french.number(member.amount),
        left,
        enterprise.contact_achats.fonction,
        phone,
        email,
    )


def _of_match(other: Item) -> Row:
    kind = "Partage" if other.genre == soundings.SHARES else "Cherche"
    quantity = f"{french.number(other.quantite)} {other.unite}" if other.quantite else ""
    who = f"{other.name} ({other.demandeur})" if other.demandeur else other.name
    contact = other.contact
    return kind, who, "", "", quantity, "", "", contact.fonction, contact.telephone, contact.courriel


def _write_book(path: Path, rows: Iterable[Row]) -> None:
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):  # a new workbook has one
        sheet = book.create_sheet()
    sheet.title = SHEET
    for number, (title, _, note) in enumerate(_COLUMNS, start=1):
        laying.heading(sheet, number, title, note)
    for rank, row in enumerate(rows, start=2):
        for number, text in enumerate(row, start=1):
            cell = laying.put(sheet, rank, number, text)
            cell.border = laying.BOX
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    laying.finish(sheet, {number: width for number, (_, width, _) in enumerate(_COLUMNS, start=1)}, frozen="B2")
    laying.save(book, path)
