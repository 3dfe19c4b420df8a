"""Judge records: each module of this package is one rule, found automatically.

A rule module states `CODES` (what it may report), `REACH`, and one function: `check(record, context)` yields findings
about one record (`fiche`); `check(records, context)` needs them all (`catalogue`) and yields pairs of a record and a
finding. A rule that the form of corrections has too may give `for_form()`: its constants by French name (texts,
numbers, lists, compiled patterns), which travel with the data of the form, so that they are written here alone.

A rule judges every collection, unless the description of one says otherwise (`without_rules`). It may state `FIELDS`,
names of the schema (see `Schema.names`), and judges then only collections that have them all; or `TRAIT`, and judges
only those whose description has it.

This module adds the place and the words. A `fiche` rule never sees a record whose text cannot be read; it may
see one whose values are wrong, which other rules report.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from annuaire import schema
from annuaire.config import Settings
from annuaire.photos.decoding import Measured
from annuaire.places.outlines import distance_to_mrc_km
from annuaire.places.territories import Territories
from annuaire.places.vocabularies import Vocabularies
from annuaire.records.collections import BY_NAME, ENTERPRISES
from annuaire.records.reading import Record
from annuaire.text.messages import phrase, wordings
from annuaire.text.problems import Finding, Location, Problem, Reach
from annuaire.yamlfile.source import locate


@dataclass(frozen=True)
class Context:
    """Give rules what they may know besides the records; `today` is the day freshness is judged by.

    `slugs` are those of the records of each collection, once they are known: what names a record of another one;
    `hidden` are those of the enterprises whose address is confidential; `attachments`, the files that records may name,
    with their size in bytes, `images`, those of records, by slug then by name, as measured (None: the folder was not
    read).
    """

    settings: Settings
    territories: Territories
    vocabularies: Vocabularies
    today: date
    slugs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    attachments: Mapping[str, int] | None = None
    images: Mapping[str, Mapping[str, Measured]] | None = None

    def knowing(self, records: Mapping[str, Sequence[Record]]) -> Context:
        """Add what is known once the records of each collection, by its name, were read."""
        slugs = {name: frozenset(record.slug for record in found) for name, found in records.items()}
        said = (r for r in records.get(ENTERPRISES, ()) if r.text("adresse_confidentielle") == "oui")
        return replace(self, slugs=slugs, hidden=frozenset(record.slug for record in said))

    def km_from_mrc(self, position: tuple[float, float], mrc: str) -> float | None:
        """Give how far a point (latitude, longitude) lies from an MRC, in km: 0 inside, None without polygon."""
        return distance_to_mrc_km(position, mrc, self._own_tables)

    @cached_property
    def _own_tables(self) -> Path:
        return self.settings.own_tables


Check = Callable[..., Iterable[Any]]


@lru_cache(maxsize=1)
def rules() -> tuple[ModuleType, ...]:
    """List the rule modules, in the order of their names."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    return tuple(importlib.import_module(f"{__name__}.{name}") for name in names)


@cache
def checks(collection: str, reach: Reach) -> tuple[Check, ...]:
    """List the checks of one reach for a collection."""
    return tuple(rule.check for rule in rules_of(collection) if rule.REACH is reach)


@cache
def rules_of(collection: str) -> tuple[ModuleType, ...]:
    """List the rules that judge a collection."""
    described, named = BY_NAME[collection], frozenset(schema.load(collection).names)
    return tuple(
        rule
        for rule in rules()
        if name_of(rule) not in described.without_rules
        and named.issuperset(getattr(rule, "FIELDS", ()))
        and getattr(rule, "TRAIT", None) in (None, *described.traits)
    )


def name_of(rule: ModuleType) -> str:
    """Name a rule, as the descriptions of collections and the form do."""
    return rule.__name__.rpartition(".")[2]


def judge(records: Sequence[Record], context: Context) -> list[Problem]:
    """Apply every rule to the records of one collection; return the problems, sorted by place.

    Catalogue rules see every record, those that cannot be read too (without values): their names are taken.
    """
    problems = [problem for record in records for problem in _judge_record(record, context)]
    found: dict[int, tuple[Record, list[Finding]]] = {}
    for check in checks(records[0].schema.name, Reach.CATALOGUE) if records else ():
        for record, finding in check(records, context):
            found.setdefault(id(record), (record, []))[1].append(finding)
    for record, findings in found.values():
        problems.extend(place(record, findings))
    return sorted(problems)


def judge_record(record: Record, context: Context) -> list[Problem]:
    """Apply the rules that need one record only."""
    return sorted(_judge_record(record, context))


def examine(record: Record, context: Context) -> list[Finding]:
    """Apply the rules that need one record only, once: the record keeps what they found."""
    if record.findings is None:
        record.findings = list(record.shape)
        if record.is_readable:
            for check in checks(record.schema.name, Reach.RECORD):
                record.findings.extend(check(record, context))
    return record.findings


def _judge_record(record: Record, context: Context) -> Iterator[Problem]:
    for fault in record.document.faults:
        yield _problem(record, fault.finding, fault.line, fault.column)
    if examine(record, context):
        yield from place(record, record.findings or ())


def place(record: Record, findings: Iterable[Finding]) -> Iterator[Problem]:
    """Give findings their place in the record's file and their words."""
    places = locate(record.document.text) if record.is_readable else {}
    for finding in findings:
        path = finding.path
        while path and path not in places:
            path = path[:-1]
        key_place, value_place = places.get(path, ((1, 1), (1, 1)))
        line, column = finding.at or (key_place if finding.on_key else value_place)
        yield _problem(record, finding, line, column)


def _problem(record: Record, finding: Finding, line: int, column: int) -> Problem:
    sentence, hint = phrase(finding)
    severity = wordings()[finding.code].severity
    return Problem(
        Location(record.file, line, column),
        finding.code,
        sentence,
        hint,
        severity,
        record.slug,
        finding.path,
        finding.values.get("valeur", ""),
        finding.values,
    )
