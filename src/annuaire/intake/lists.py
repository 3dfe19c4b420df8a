"""Receive lists where everyone can read: prepare their mapping, or import them with the one that came along.

What is kept there says nothing of a row: no example, no word that may name somebody, no cell in the report. A list is
read within a budget of work, nothing in it is run, and the mapping of a stranger is a workbook, never YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from annuaire import files
from annuaire.config import Settings
from annuaire.intake import importing
from annuaire.intake.applying import mail
from annuaire.intake.applying.intake import ARCHIVE
from annuaire.intake.importing import prepared, reading
from annuaire.intake.importing.preparing import Preparation, Word
from annuaire.intake.importing.report import LABELS, ImportReport, Outcome
from annuaire.intake.importing.targets import TOWN
from annuaire.intake.workbooks import call_sheet, mapping_book, registry_book
from annuaire.intake.workbooks.columns import own_sheets
from annuaire.records import registry_files
from annuaire.text import french
from annuaire.text.french import NBSP
from annuaire.text.messages import inert
from annuaire.text.names import slugify
from annuaire.text.persons import Kind, suspects
from annuaire.text.problems import AnnuaireError

KINDS = (".csv", ".xlsx", *reading.OTHER_KINDS)
SUFFIX = "-correspondance"
_MOST_NAMED = 30
_QUOTED = re.compile("«[^»]*»")


def receive(paths: Sequence[Path], settings: Settings) -> list[str]:
    """Prepare or import the lists among received files and take them away; say what was done, in lines.

    A list `membres.xlsx` is imported with the mapping `membres-correspondance.xlsx` that came with it. What is
    neither a list nor a mapping is left to `annuaire.intake.applying`.
    """
    mappings, lists, said = {}, [], []
    for path in paths:
        if registry_files.is_of_archive(path):
            said += [inert(path.name), f"  refusé{NBSP}: {ARCHIVE}."]
            path.unlink()
            continue
        kind = _kind(path)
        if kind == prepared.SETTINGS:
            mappings[path.stem.removesuffix(SUFFIX)] = path
        elif kind:
            lists.append(path)
    for path in lists:
        said.append(inert(path.name))
        given = mappings.pop(path.stem, None)
        try:
            told = list(_import(path, given, settings) if given else _prepare(path, settings))
        except AnnuaireError as error:
            told = [f"refusé{NBSP}: {inert(str(error))}"]
        said += [f"  {line}" for line in told]
        for done in (path, given):
            if done is not None:
                done.unlink()
    for stem, path in mappings.items():
        said += [inert(path.name), f"  refusé{NBSP}: déposer aussi sa liste, «{NBSP}{inert(stem)}{NBSP}»."]
        path.unlink()
    return said


def _kind(path: Path) -> str:
    """Tell a mapping (`prepared.SETTINGS`) from a list (its ending); nothing for any other file."""
    kind = path.suffix.lower() if path.is_file() and not path.is_symlink() else ""
    if kind != ".xlsx":
        is_mail = kind == ".csv" and mail.looks_like_mail(path.read_bytes())
        return kind if kind in KINDS and not is_mail else ""
    try:
        names = reading.sheet_names_within(path)
    except AnnuaireError:
        return ""
    if {prepared.COLUMNS, prepared.SETTINGS} <= set(names):
        return prepared.SETTINGS
    return "" if {*own_sheets(), call_sheet.SHEET, registry_book.SHEET} & set(names) else kind


def _prepare(path: Path, settings: Settings) -> Iterator[str]:
    output = _mapping_of(path, settings)
    files.complete(settings.cache)
    output.parent.mkdir(parents=True, exist_ok=True)
    yield from mapping_book.prepare(path, output, settings, public).split("\n")
    yield f"Corriger ce classeur, puis redéposer ensemble la liste et «{NBSP}{path.stem}{SUFFIX}.xlsx{NBSP}»."


def _import(path: Path, given: Path, settings: Settings) -> Iterator[str]:
    output = _mapping_of(path, settings)
    output.parent.mkdir(parents=True, exist_ok=True)
    files.save(output, given.read_bytes())
    yield from _told(importing.run(path, output, settings))


def _told(report: ImportReport) -> Iterator[str]:
    """Say what became of the rows: how many, and why some are refused, by their numbers and nothing that they hold."""
    yield from report.read_at.split("\n")
    for outcome, count in report.counts.items():
        if count:
            yield f"{french.number(count)} {LABELS[outcome][count > 1]}"
    reasons: dict[str, list[str]] = {}
    for row in report.rows:
        if row.outcome is Outcome.REFUSED:
            reasons.setdefault(_QUOTED.sub(f"«{NBSP}…{NBSP}»", row.reason), []).append(str(row.number))
    for reason, numbers in [*reasons.items()][:_MOST_NAMED]:
        where = f"{'ligne' if len(numbers) < 2 else 'lignes'} {', '.join(numbers[:_MOST_NAMED])}"
        yield inert(f"refusé, {where}{NBSP}: {reason}")
    if report.waiting:
        every = f"«{NBSP}{prepared.EVERY_ROW}{NBSP}»"
        yield f"Sans décision{NBSP}: mettre des x sous «{NBSP}{prepared.KEPT}{NBSP}», ou dire oui à {every}."


def _mapping_of(path: Path, settings: Settings) -> Path:
    return settings.content / "import" / f"{slugify(path.stem) or 'liste'}{SUFFIX}.xlsx"


def public(found: Preparation) -> Preparation:
    """Keep of a preparation what may be read by all: no example, and only words that could name nobody."""
    guesses = tuple(replace(guess, examples=()) for guess in found.guesses)
    return replace(found, guesses=guesses, words=tuple(word for word in found.words if _is_public(word)))


def _is_public(word: Word) -> bool:
    if word.why == "sûr":
        return True
    if not word.path or word.path == TOWN or any(character.isdigit() or character == "@" for character in word.word):
        return False
    return not any(suspects(word.word, Kind.NAME))
