"""Read and judge everything a site is made from, before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from annuaire import keeping, schema
from annuaire.catalogue import exceptions, items, thresholds
from annuaire.config import Settings
from annuaire.photos import measuring
from annuaire.places import samples, territories, vocabularies
from annuaire.processes import meanwhile
from annuaire.records import attachments, known
from annuaire.records.collections import ENTERPRISES, EVERY, THRESHOLDS
from annuaire.records.known import Known
from annuaire.records.reading import Folder, Record
from annuaire.rules import Context, examine, judge
from annuaire.text.messages import wordings
from annuaire.text.problems import AnnuaireError, Problem, Severity, WrongRecordsError
from annuaire.written import folder as written_pages

if TYPE_CHECKING:
    from annuaire.catalogue.index import Catalogue
    from annuaire.catalogue.model import Enterprise
    from annuaire.catalogue.sources import Source

T = TypeVar("T")
# What is said of the Pôle is written as in a record: setting -> table and field of the schema.
_POLE_FIELDS = {
    "courriel": ("etablissements", "courriel"),
    "telephone": ("etablissements", "telephone"),
    "site_web": ("", "site_web"),
}


@dataclass(frozen=True)
class Loaded:
    """Hold what was read: records of each collection by its name, problems sorted by place, and who is at fault.

    `pages` are those of the problems that hand-written pages have.
    """

    context: Context
    records: Mapping[str, tuple[Record, ...]]
    problems: tuple[Problem, ...]
    pages: tuple[Problem, ...] = ()

    @property
    def enterprises(self) -> tuple[Record, ...]:
        """List the records of enterprises."""
        return self.records[ENTERPRISES]

    @property
    def counts(self) -> dict[str, int]:
        """Count the records of each collection."""
        return {name: len(found) for name, found in self.records.items()}

    @property
    def errors(self) -> tuple[Problem, ...]:
        """List the problems that stop a build."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)

    @property
    def wrong_pages(self) -> tuple[Problem, ...]:
        """List the errors of hand-written pages: no build may leave a page out, since others lead to it."""
        return tuple(p for p in self.pages if p.severity is Severity.ERROR)

    def refusal(self) -> WrongRecordsError:
        """Give what stops a work that needs all of it without errors."""
        are_pages_all = len(self.wrong_pages) == len(self.errors)
        what = "Des pages" if are_pages_all else "Des fiches et des pages" if self.wrong_pages else "Des fiches"
        return WrongRecordsError(self.problems, self.counts, what)

    @property
    def files(self) -> frozenset[str]:
        """Name the files of all the records."""
        return frozenset(record.file for record in self._every_record())

    @property
    def wrong_files(self) -> frozenset[str]:
        """Name the files that have errors."""
        return frozenset(p.location.file for p in self.errors)

    @property
    def sha256(self) -> str:
        """Give the hash of every record's text, in the order of file names: it names a version of the data."""
        digest = hashlib.sha256()
        for record in self._every_record():
            digest.update(f"{record.file}\0{record.document.text}\0".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def catalogue(self, wrong: frozenset[str] | None = None) -> Catalogue:
        """Build the catalogue from the records without errors, or from all but those of `wrong` files."""
        # Judging does without these.
        from annuaire.catalogue import model, sources
        from annuaire.catalogue.index import Catalogue

        wrong = self.wrong_files if wrong is None else wrong
        excluded = self.context.settings.excluded_sources

        def published(record: Record) -> Enterprise:
            """Build an enterprise from what the sources of this site gave."""
            values = sources.without(record.values, excluded, record.schema) if excluded else record.values
            return model.enterprise(record) if values is record.values else model.made_of(record.slug, values)

        def made(name: str, make: Callable[[Record], T]) -> Iterator[T]:
            return (make(record) for record in self.records[name] if record.file not in wrong)

        return Catalogue(
            made(ENTERPRISES, published),
            {name: made(name, items.item) for name in EVERY if name not in (ENTERPRISES, THRESHOLDS)},
            self.context.territories,
            self.context.vocabularies,
            self.context.settings.regions,
            self.context.settings.own_tables,
            thresholds=made(THRESHOLDS, thresholds.threshold),
            attachments=self.context.attachments,
            images=self.context.images,
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """List the sources that the records without errors name, excluded ones too."""
        from annuaire.catalogue import model, sources

        wrong = self.wrong_files
        return sources.sources_of(model.enterprise(r) for r in self.enterprises if r.file not in wrong)

    def unmet_needs(self, wrong: frozenset[str] | None = None) -> list[Problem]:
        """Report the needs of the settings that no record answers, but those of `wrong` files (else, at fault)."""
        settings = self.context.settings
        if not settings.examples:
            return []
        from annuaire.catalogue import needs  # with all that a catalogue loads

        return needs.check(self.catalogue(wrong), settings)

    def with_needs(self) -> Loaded:
        """Add the needs that no record answers to the problems."""
        return replace(self, problems=tuple(sorted([*self.problems, *self.unmet_needs()])))

    def wrong_alone(self) -> frozenset[str]:
        """Name the files of the records that are at fault whatever the others say."""
        words = wordings()
        return frozenset(
            record.file
            for record in self._every_record()
            if record.document.faults
            or any(words[found.code].severity is Severity.ERROR for found in examine(record, self.context))
        )

    def _every_record(self) -> Iterator[Record]:
        for name in EVERY:
            yield from self.records[name]


class Loader:
    """Read a site's content, again only what changed since the last time."""

    def __init__(self, settings: Settings) -> None:
        for folder in (settings.content, settings.content / ENTERPRISES):
            if folder.exists() and not folder.is_dir():
                raise AnnuaireError(f"«\u00a0{settings.relative(folder)}\u00a0» doit être un dossier.")
            if not folder.exists():  # an empty site must never take the place of the last good one
                raise AnnuaireError(f"Le dossier des fiches «\u00a0{settings.relative(folder)}\u00a0» est introuvable.")
        self.settings = settings
        self.territories = territories.load(settings.own_tables)
        self.vocabularies = vocabularies.load(settings.own_tables)
        unknown = sorted(set(settings.regions) - set(self.territories.regions))
        if unknown:
            raise AnnuaireError(
                f"mkdocs.yml\u00a0: la région «\u00a0{unknown[0]}\u00a0» n’existe pas; écrire un code à deux chiffres."
            )
        _check_pole(settings, self.schema(ENTERPRISES))
        self._folders = {name: Folder(settings.content / name, settings.root, self.schema(name)) for name in EVERY}
        self._has_read = False

    def schema(self, name: str) -> schema.Schema:
        """Give the schema of a collection, its examples taken from the regions of the site."""
        return samples.localised(schema.load(name), self.territories, self.settings.regions)

    def load(self, today: date, *, with_needs: bool = True, aside: Callable[[], object] = lambda: None) -> Loaded:
        """Read and judge every record; `today` is the day freshness and expiry are judged by.

        The needs that the settings suggest, which only warn, are judged unless `with_needs` says no. `aside` is done
        while other processes read, where many records are to be read.
        """
        context = self.context(today)
        same = None if self._has_read else self._known(context)  # afterwards, the folders themselves know what changed
        records = {
            name: tuple(
                folder.read(lambda record: examine(record, context), same, aside)
                if name == ENTERPRISES
                else folder.read()
            )
            for name, folder in self._folders.items()
        }
        self._has_read = True
        read = Loaded(context.knowing(records), records, ())
        wrong = read.wrong_alone() if with_needs else frozenset()
        # Needs are asked here, where the enterprises that are made for it serve again afterwards.
        besides = meanwhile if with_needs else nullcontext
        with besides(partial(_verdict_kept, read, same)) as told:
            pages = written_pages.check(self.settings)
            needs = read.unmet_needs(wrong) if with_needs else []
            loaded = replace(read, problems=told())
        # Two records may be at fault together that are not alone, and a person of the Pôle may let a fault through:
        # needs are then asked again, of the records that stand.
        if with_needs and loaded.wrong_files & read.files != wrong:
            needs = loaded.unmet_needs()
        return replace(loaded, problems=tuple(sorted([*loaded.problems, *needs, *pages])), pages=pages)

    def _known(self, context: Context) -> Known:
        """Give the records that need not be read again: the mark holds all that rules know but the day."""
        settings = self.settings
        besides = (settings.told, repr(context.attachments), repr(context.images))
        mark = partial(keeping.mark, ENTERPRISES, *besides, *keeping.tree(settings.own_tables))
        return Known(settings.cache / known.FILE, mark, context.today.isoformat())

    def read(self, name: str) -> list[Record]:
        """Read the records of one collection without judging them."""
        return self._folders[name].read(lambda record: None)

    def context(self, today: date) -> Context:
        """Give what rules may know besides the records."""
        return Context(
            self.settings,
            self.territories,
            self.vocabularies,
            today,
            attachments=attachments.sizes(self.settings),
            images=measuring.of_folder(self.settings.content, self.settings.cache),
        )


def judged(records: Mapping[str, tuple[Record, ...]], context: Context) -> Loaded:
    """Judge records already read, those of each collection by its name, wherever they were read."""
    read = Loaded(context.knowing(records), records, ())
    return replace(read, problems=_verdict(read))


def _verdict_kept(read: Loaded, same: Known | None) -> tuple[Problem, ...]:
    """Give what is wrong with records, and let those without a fault of their own be known the next time."""
    found = _verdict(read)
    if same:
        same.keep(r.document for r in read.enterprises if r.is_readable and r.findings == [])
    return found


def _verdict(read: Loaded) -> tuple[Problem, ...]:
    """Give what is wrong with records, alone and together."""
    records, settings = read.records, read.context.settings
    problems = [problem for found in records.values() for problem in judge(found, read.context)]
    slugs = {record.slug for found in records.values() for record in found}
    return tuple(sorted(exceptions.apply(problems, settings.content / "exceptions.yml", settings, slugs)))


def _check_pole(settings: Settings, enterprises: schema.Schema) -> None:
    for name, (table, field_name) in _POLE_FIELDS.items():
        value = getattr(settings.pole, name)
        field = (enterprises.children[table] if table else enterprises.root).field(field_name)
        if value and field.faults(value) is not None:
            raise AnnuaireError(
                f"{settings.config_file.name}\u00a0: «\u00a0{value}\u00a0» ne convient pas à «\u00a0pole.{name}\u00a0»"
                f"; écrire par exemple «\u00a0{field.example}\u00a0»."
            )


def select(loaded: Loaded, paths: Iterable[Path]) -> tuple[tuple[Problem, ...], dict[str, int]]:
    """Keep the problems of some files or folders only, all of them when none is named.

    Then give how many records of each collection these files are.
    """
    names = [loaded.context.settings.relative(path) for path in paths]

    def is_named(file: str) -> bool:
        return not names or any(name in (file, ".") or file.startswith(f"{name.rstrip('/')}/") for name in names)

    return (
        tuple(problem for problem in loaded.problems if is_named(problem.location.file)),
        {name: sum(is_named(record.file) for record in found) for name, found in loaded.records.items()},
    )
