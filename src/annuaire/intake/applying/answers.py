"""Read back the call sheet: what each call confirms, closes, or leaves to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from annuaire.intake.applying import vouching
from annuaire.intake.applying.intake import Received
from annuaire.intake.applying.place import line_of, refusal
from annuaire.intake.applying.proposal import Proposal, Setting, Target, is_slug
from annuaire.intake.importing import cleaning, reading
from annuaire.intake.workbooks.call_sheet import (
    ALL_OFFERS,
    CLOSED,
    CONFIRMED,
    CORRECTIONS,
    OFFERS,
    PHONE,
    SHEET,
    SILENT,
)
from annuaire.intake.workbooks.columns import SLUG, VERSION, normal
from annuaire.schema import Schema
from annuaire.text.names import fold
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile import source

BY_TELEPHONE = "Appel du Pôle à l’entreprise"
_EVERY = (ALL_OFFERS, "tout", "tous")
_RANKS = re.compile(r"[0-9]{1,4}", re.ASCII)


def read(path: Path, schema: Schema, text_of: Callable[[str, str], str | None], today: date) -> Received:
    """Read the answers of a call sheet: a row that cannot be read is set aside, named, and the others stand.

    `today` is the day of a call that was answered « ok ». Raise AnnuaireError with the first faults, each with its
    place, when no row can be read.
    """
    sheet = reading.read(path, SHEET)
    missing = [title for title in (SLUG, VERSION, CONFIRMED) if title not in sheet.columns]
    if missing:
        raise AnnuaireError(
            f"la feuille «\u00a0{SHEET}\u00a0» n’a plus sa colonne «\u00a0{missing[0]}\u00a0»\u00a0: la refaire"
        )
    received = Received(stands_by_row=True)
    faults: list[str] = []
    silent: list[str] = []
    for line in sheet.rows:
        cells = {title: normal(text) for title, text in line.cells.items()}
        try:
            if line.fault:
                raise AnnuaireError(line.fault)
            is_silent = _flag(cells, SILENT)
            proposal = _proposal(line.number, cells, schema, text_of, today)
        except AnnuaireError as error:
            name = cells.get("Entreprise", "") or cells[SLUG]
            faults.append(f"{line_of(SHEET, line.number)}, {name}\u00a0: {error}")
            continue
        if is_silent:
            silent.append(cells.get("Entreprise", "") or cells[SLUG])
        if proposal:
            received.proposals.append(proposal)
    if faults and not (received.proposals or silent):
        raise refusal(faults)
    received.notes += [f"laissé de côté, {fault}" for fault in faults]
    received.notes += [f"rappeler {name}" for name in silent]
    return received


def _proposal(
    number: int, cells: dict[str, str], schema: Schema, text_of: Callable[[str, str], str | None], today: date
) -> Proposal | None:
    """Say what one call changes, None when it has no answer."""
    slug, base = cells[SLUG], cells[VERSION]
    answers = [cells.get(title, "") for title in (CONFIRMED, OFFERS, PHONE, CLOSED, CORRECTIONS)]
    if not any(answers):
        return None
    if not slug:
        raise AnnuaireError("cette ligne n’est celle d’aucune fiche\u00a0: ajouter l’entreprise avec le formulaire")
    if not is_slug(slug):
        raise AnnuaireError("«\u00a0Fiche\u00a0» a été modifié\u00a0: refaire la feuille et y reporter les réponses")
    text = text_of(slug, base)
    if text is None:
        raise AnnuaireError("la fiche a changé depuis, et sa version de départ est inconnue\u00a0: refaire la feuille")
    values = source.parse(text, Path(f"{slug}.yml")).values
    settings = list(_settings(line_of(SHEET, number), cells, schema, values, today))
    corrections, others = cells.get(CORRECTIONS, ""), cleaning.telephone(cells.get(PHONE, "")).others
    notes = [f"corriger à la main, puis confirmer\u00a0: {corrections}"] if corrections else []
    if others:
        notes.append(f"laissé de côté, {line_of(SHEET, number)}, {PHONE}\u00a0: «\u00a0{others}\u00a0»")
    return Proposal(slug, base, tuple(settings), notes=tuple(notes), is_from_staff=True)


def _settings(
    here: str, cells: dict[str, str], schema: Schema, values: dict[str, Any], today: date
) -> Iterator[Setting]:
    root = schema.root
    day, closed = _day_of(cells.get(CONFIRMED, ""), today), cells.get(CLOSED, "")
    if not day and (_is_closed(closed) or cells.get(OFFERS, "")):
        raise AnnuaireError(f"écrire aussi la date de l’appel dans «\u00a0{CONFIRMED}\u00a0»")
    phone = cells.get(PHONE, "")
    if (day or _is_closed(closed)) and _flag(cells, SILENT):
        raise AnnuaireError(f"«\u00a0{CONFIRMED}\u00a0» et «\u00a0{SILENT}\u00a0» se contredisent")
    if phone:
        cleaned = cleaning.telephone(phone)
        field = schema.children["etablissements"].by_path[("telephone",)]
        yield Setting(Target(field, "etablissements", "1"), cleaned.value or phone, f"{here}, {PHONE}")
    if _is_closed(closed):
        yield Setting(Target(root.field("statut")), "fermee")
        if cleaning.day(closed).value:
            yield Setting(Target(root.field("date_fermeture")), cleaning.day(closed).value, f"{here}, {CLOSED}")
    elif cells.get(CORRECTIONS, ""):
        return  # what is known to be wrong is not confirmed
    elif day and values.get("statut") == "inconnu":
        yield Setting(Target(root.field("statut")), "active")
    if day:
        yield from vouching.of_record(schema, day, "pole", origin=f"{here}, {CONFIRMED}")
    yield from _offers(cells.get(OFFERS, ""), day, schema, values)


def _offers(said: str, day: str, schema: Schema, values: dict[str, Any]) -> Iterator[Setting]:
    offers = values.get("offres")
    count = len(offers) if isinstance(offers, list) else 0
    is_every = fold(said) in _EVERY or (not said.isdecimal() and cleaning.yes_no(said).value == "oui")
    ranks = range(1, count + 1) if is_every else map(int, _RANKS.findall(said))
    if said and not (is_every or re.fullmatch(r"[0-9 ,;]+|[0-9]+( et [0-9]+)?", said)):
        raise AnnuaireError(f"«\u00a0{OFFERS}\u00a0» doit être «\u00a0toutes\u00a0» ou des numéros, comme 1, 3")
    for rank in ranks:
        if not 0 < rank <= count:
            raise AnnuaireError(f"la fiche n’a pas d’offre {rank}")
        yield from vouching.of_offer(schema, str(rank), day, BY_TELEPHONE)


def _day_of(said: str, today: date) -> str:
    """Give the day of the call that a cell says, nothing when it says that there was none."""
    meant = cleaning.yes_no(said).value
    if not said or meant == "non":
        return ""
    if meant == "oui":
        return today.isoformat()
    found = cleaning.day(said)
    if found.fault:
        raise AnnuaireError(f"«\u00a0{CONFIRMED}\u00a0» doit être la date de l’appel, comme 2026-11-22 ({found.fault})")
    return found.value


def _is_closed(said: str) -> bool:
    meant = cleaning.yes_no(said).value
    if not said or meant == "non":
        return False
    if meant == "oui" or cleaning.day(said).value:
        return True
    raise AnnuaireError(f"«\u00a0{CLOSED}\u00a0» doit être un x ou la date de fermeture, comme 2026-05-31")


def _flag(cells: dict[str, str], title: str) -> bool:
    said = cells.get(title, "")
    meant = cleaning.yes_no(said).value
    if not said or meant == "non":
        return False
    if meant == "oui":
        return True
    raise AnnuaireError(f"«\u00a0{title}\u00a0» doit être un x, ou rien")
