"""Read and judge everything a site is made from, before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from annuaire import exceptions, model, schema, territories, vocabularies
from annuaire.config import Settings
from annuaire.problems import AnnuaireError, Problem, Severity
from annuaire.records import ENTERPRISES, TERRITORIES, Folder, Record
from annuaire.rules import Context, examine, judge

if TYPE_CHECKING:
    from annuaire.catalogue import Catalogue

VOCABULARY_FOLDER = "vocabularies"
# What is said of the Pôle is written as in a record: setting -> table and field of the schema.
_POLE_FIELDS = {
    "courriel": ("etablissements", "courriel"),
    "telephone": ("etablissements", "telephone"),
    "site_web": ("", "site_web"),
}


@dataclass(frozen=True)
class Loaded:
    """Hold what was read: records of both collections, problems sorted by place, and who is at fault."""

    context: Context
    enterprises: tuple[Record, ...]
    notes: tuple[Record, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """List the problems that stop a build."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)

    @property
    def wrong_files(self) -> frozenset[str]:
        """Name the files that have errors."""
        return frozenset(p.location.file for p in self.errors)

    @property
    def sha256(self) -> str:
        """Give the hash of every record's text, in the order of file names: it names a version of the data."""
        digest = hashlib.sha256()
        for record in (*self.enterprises, *self.notes):
            digest.update(f"{record.file}\0{record.document.text}\0".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def catalogue(self) -> Catalogue:
        """Build the catalogue from the records without errors."""
        from annuaire.catalogue import Catalogue  # and its arrays, 0.1 s: judging does without them

        wrong = self.wrong_files
        return Catalogue(
            (model.enterprise(r) for r in self.enterprises if r.file not in wrong),
            (model.territory_note(r) for r in self.notes if r.file not in wrong),
            self.context.territories,
            self.context.vocabularies,
            self.context.settings.regions,
            self.context.settings.content / VOCABULARY_FOLDER,
        )


class WrongRecordsError(AnnuaireError):
    """Stop a build because records have errors; `loaded` holds them all."""

    def __init__(self, loaded: Loaded) -> None:
        super().__init__(
            "Des fiches contiennent des erreurs\u00a0: rien n’a été publié, le dernier site reste en place."
        )
        self.loaded = loaded


class Loader:
    """Read a site's content, again only what changed since the last time."""

    def __init__(self, settings: Settings) -> None:
        for folder in (settings.content, settings.content / ENTERPRISES):
            if folder.exists() and not folder.is_dir():
                raise AnnuaireError(f"«\u00a0{settings.relative(folder)}\u00a0» doit être un dossier.")
            if not folder.exists():  # an empty site must never take the place of the last good one
                raise AnnuaireError(f"Le dossier des fiches «\u00a0{settings.relative(folder)}\u00a0» est introuvable.")
        own = settings.content / VOCABULARY_FOLDER
        self.settings = settings
        self.territories = territories.load(own)
        self.vocabularies = vocabularies.load(own)
        unknown = sorted(set(settings.regions) - set(self.territories.regions))
        if unknown:
            raise AnnuaireError(
                f"mkdocs.yml\u00a0: la région «\u00a0{unknown[0]}\u00a0» n’existe pas; écrire un code à deux chiffres."
            )
        _check_pole(settings)
        self._enterprises = Folder(settings.content / ENTERPRISES, settings.root, schema.load(ENTERPRISES))
        self._notes = Folder(settings.content / TERRITORIES, settings.root, schema.load(TERRITORIES))

    def load(self, today: date) -> Loaded:
        """Read and judge every record; `today` is the day freshness and expiry are judged by."""
        context = Context(self.settings, self.territories, self.vocabularies, today)
        enterprises = self._enterprises.read(lambda record: examine(record, context))
        notes = self._notes.read()
        problems = [*judge(enterprises, context), *judge(notes, context)]
        slugs = {record.slug for record in (*enterprises, *notes)}
        kept = exceptions.apply(problems, self.settings.content / "exceptions.yml", self.settings, slugs)
        return Loaded(context, tuple(enterprises), tuple(notes), tuple(sorted(kept)))


def _check_pole(settings: Settings) -> None:
    enterprises = schema.load(ENTERPRISES)
    for name, (table, field_name) in _POLE_FIELDS.items():
        value = getattr(settings.pole, name)
        field = (enterprises.children[table] if table else enterprises.root).field(field_name)
        if value and field.read(value)[1] is not None:
            raise AnnuaireError(
                f"{settings.config_file.name}\u00a0: «\u00a0{value}\u00a0» ne convient pas à «\u00a0pole.{name}\u00a0»"
                f"; écrire par exemple «\u00a0{field.example}\u00a0»."
            )


def select(loaded: Loaded, paths: Iterable[Path]) -> tuple[tuple[Problem, ...], int, int]:
    """Keep the problems of some files or folders only, all of them when none is named.

    Then give how many records of enterprises and of territories these files are.
    """
    names = [loaded.context.settings.relative(path) for path in paths]

    def is_named(file: str) -> bool:
        return not names or any(name in (file, ".") or file.startswith(f"{name.rstrip('/')}/") for name in names)

    return (
        tuple(problem for problem in loaded.problems if is_named(problem.location.file)),
        sum(is_named(record.file) for record in loaded.enterprises),
        sum(is_named(record.file) for record in loaded.notes),
    )
