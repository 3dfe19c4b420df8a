"""Read back the workbook of `annuaire registre`: what a person chose to take of the register, line by line.

A line that cannot be used is set aside and told; the others are applied.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annuaire.catalogue.sources import LISTED
from annuaire.intake.applying.intake import Received
from annuaire.intake.applying.place import line_of
from annuaire.intake.applying.proposal import NEW_ITEM, Proposal, Setting, Target, is_slug, unguessed
from annuaire.intake.importing import cleaning, reading
from annuaire.intake.registry.observing import ACTIVITY, LICENCE, SOURCE, TITLES, Kind
from annuaire.intake.workbooks.columns import SLUG, VERSION, Columns, normal
from annuaire.intake.workbooks.registry_book import CHECK, DECISION, KEEP, KIND, NAME, PROPOSED, SHEET, TAKE, VALUE
from annuaire.intake.workbooks.registry_book import SOURCE as REGISTRY
from annuaire.records.reading import as_day
from annuaire.text import french
from annuaire.text.french import NBSP
from annuaire.text.names import fold
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile import source

_FIELDS = {
    Kind.EVENT: ("fusionnee_avec",),
    Kind.OTHER_NEQ: ("neq",),
    Kind.ABSENT_NEQ: ("neq",),
    Kind.CANDIDATE: ("neq",),
    Kind.NAME: ("nom",),
    Kind.FORM: ("forme_juridique",),
    Kind.YEAR: ("annee_fondation",),
    Kind.ACTIVITY: ACTIVITY,
}
_STATUS, _CLOSED_ON = ("statut",), ("date_fermeture",)
_CLOSED = "fermee"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}$", re.ASCII)


@dataclass(slots=True)
class _Taken:
    """Hold what is taken for one record: the text it started from, and a setting by the path of its field."""

    base: str
    name: str
    day: str  # of what the register says
    from_register: list[str] = field(default_factory=list)  # names of the fields whose value is the register's own
    settings: dict[tuple[str, ...], Setting] = field(default_factory=dict)
    rows: list[str] = field(default_factory=list)  # where each was taken


def read(path: Path, columns: Columns, text_of: Callable[[str, str], str | None]) -> Received:
    """Read the decisions; raise AnnuaireError when the sheet has lost a column that links it to the records."""
    sheet = reading.read(path, SHEET)
    missing = [title for title in (SLUG, VERSION, KIND, DECISION, VALUE) if title not in sheet.columns]
    if missing:
        raise AnnuaireError(
            f"la feuille «\u00a0{SHEET}\u00a0» n’a plus sa colonne «\u00a0{missing[0]}\u00a0»\u00a0: la refaire "
            "(annuaire registre)"
        )
    received = Received(stands_by_row=True)
    taken: dict[str, _Taken] = {}
    undecided = 0
    for line in sheet.rows:
        cells = {title: normal(text) for title, text in line.cells.items()}
        here = line_of(SHEET, line.number)
        name = f"{cells.get(NAME) or cells[SLUG]}, {_title(cells[KIND])}"
        said = fold(cells[DECISION])
        if not said and not line.fault:
            undecided += 1
        elif said == KEEP and not line.fault:
            received.said.append(f"gardé tel quel{NBSP}: {name}")
        elif said == fold(CHECK) and not line.fault:
            received.notes.append(f"à vérifier{NBSP}: {name}")
        else:
            try:
                if line.fault:
                    raise AnnuaireError(line.fault)
                if said != TAKE and cleaning.yes_no(said).value != "oui":  # as call sheets say it
                    raise AnnuaireError(f"«\u00a0{DECISION}\u00a0» doit être {TAKE}, {KEEP}, {CHECK}, ou vide")
                _take(taken, cells, columns, here)
            except AnnuaireError as error:
                received.notes.append(f"{here} ({name}), mise de côté{NBSP}: {error}")
    if undecided:
        received.said.append(f"sans décision, rien ne change{NBSP}: {french.count(undecided, 'ligne')}")
    received.proposals += _proposals(taken, columns, text_of, received)
    return received


def _proposals(
    taken: dict[str, _Taken], columns: Columns, text_of: Callable[[str, str], str | None], received: Received
) -> Iterator[Proposal]:
    for slug, one in taken.items():
        text = text_of(slug, one.base)
        if text is None:
            received.notes.append(
                f"{', '.join(one.rows)} ({one.name}), mise de côté{NBSP}: sa fiche a changé depuis, et sa version de "
                "départ est inconnue\u00a0: refaire le classeur (annuaire registre)"
            )
            continue
        values = source.parse(text, Path(f"{slug}.yml")).values
        settings = [*one.settings.values()]
        guesses = unguessed(columns.schema, values, settings)
        said = _provenance(one, columns)
        yield Proposal(slug, one.base, (*settings, *guesses, *said), is_from_staff=True)


def _provenance(one: _Taken, columns: Columns) -> list[Setting]:
    """Say that the register gave what is taken of it, as a source that a record names."""
    if not one.from_register:
        return []
    by_path = columns.schema.children[LISTED].by_path
    said: dict[str, str | list[str]] = {
        "champs": one.from_register,
        "source": SOURCE,
        "date": one.day,
        "licence": LICENCE,
    }
    return [Setting(Target(by_path[(name,)], LISTED, f"{NEW_ITEM} 1"), value) for name, value in said.items() if value]


def _take(taken: dict[str, _Taken], cells: dict[str, str], columns: Columns, here: str) -> None:
    """Add what one line takes; raise AnnuaireError when it cannot be used."""
    slug = cells[SLUG]
    if not is_slug(slug) or not cells[VERSION]:
        raise AnnuaireError("sa fiche n’est plus dite\u00a0: refaire le classeur (annuaire registre)")
    settings = dict(_settings(cells, columns, here))
    day = _DAY.search(cells.get(REGISTRY, ""))
    one = taken.setdefault(slug, _Taken(cells[VERSION], cells.get(NAME) or slug, day[0] if day else ""))
    for path, setting in settings.items():
        former = one.settings.get(path)
        if former is not None and None not in (former.value, setting.value) and former.value != setting.value:
            raise AnnuaireError("une autre ligne de la même fiche prend une autre valeur\u00a0: n’en reprendre qu’une")
    one.rows.append(here)
    for path, setting in settings.items():
        if setting.value is not None or path not in one.settings:  # a proposed NEQ stands for the one taken away
            one.settings[path] = setting
            name = setting.target.field.name
            is_own = setting.value is not None and cells.get(PROPOSED, cells[VALUE]) == cells[VALUE]
            if is_own and name not in one.from_register:
                one.from_register.append(name)


def _settings(cells: dict[str, str], columns: Columns, here: str) -> Iterator[tuple[tuple[str, ...], Setting]]:
    kind, value = _kind(cells[KIND]), cells[VALUE]
    origin = f"{here}, {VALUE}"
    if kind is Kind.STRUCK_OFF:
        if value and as_day(value) is None:
            raise AnnuaireError(f"«\u00a0{VALUE}\u00a0» doit être la date de fermeture, comme 2026-05-31, ou rien")
        yield _STATUS, _setting(columns, _STATUS, _CLOSED, origin)
        if value:
            yield _CLOSED_ON, _setting(columns, _CLOSED_ON, value, origin)
        return
    if kind not in _FIELDS:
        raise AnnuaireError(f"ce constat ne s’écrit pas dans une fiche\u00a0: choisir {KEEP} ou {CHECK}")
    path = _FIELDS[kind]
    if not value and kind is not Kind.OTHER_NEQ:
        raise AnnuaireError(f"il n’y a rien à reprendre\u00a0: remplir «\u00a0{VALUE}\u00a0»")
    if kind is Kind.EVENT:
        yield _STATUS, _setting(columns, _STATUS, _CLOSED, origin)
    yield path, _setting(columns, path, value, origin)


def _setting(columns: Columns, path: tuple[str, ...], value: str, origin: str) -> Setting:
    column = next((column for column in columns.root if column.field.path == path), None)
    if column is None:
        raise AnnuaireError("les fiches n’ont pas ce champ")
    return Setting(Target(column.field), value or None, origin)


def _kind(code: str) -> Kind:
    try:
        return Kind(code)
    except ValueError:
        raise AnnuaireError("son constat n’est plus dit\u00a0: refaire le classeur (annuaire registre)") from None


def _title(code: str) -> str:
    return TITLES[Kind(code)] if code in list(Kind) else "constat inconnu"
