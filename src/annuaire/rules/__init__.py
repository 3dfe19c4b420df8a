"""Judge records: each module of this package is one rule, found automatically.

A rule module states `CODES` (what it may report), `REACH` and one function: `check(record, context)` when
it judges one record (`fiche`), `check(records, context)` when it needs them all (`catalogue`). It yields
findings; this module adds the place and the words. A rule never sees a record whose text cannot be read.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import ModuleType

from annuaire.config import Settings
from annuaire.messages import phrase, wordings
from annuaire.problems import Finding, Location, Problem, Reach
from annuaire.records import ENTERPRISES, Record
from annuaire.source import locate
from annuaire.territories import Territories
from annuaire.vocabularies import Vocabularies


@dataclass(frozen=True, slots=True)
class Context:
    """Give rules what they may know besides the records; `today` is the day freshness is judged by."""

    settings: Settings
    territories: Territories
    vocabularies: Vocabularies
    today: date


@lru_cache(maxsize=1)
def rules() -> tuple[ModuleType, ...]:
    """List the rule modules, in the order of their names."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    return tuple(importlib.import_module(f"{__name__}.{name}") for name in names)


def judge(records: Sequence[Record], context: Context) -> list[Problem]:
    """Apply every rule to the records of one collection; return the problems, sorted by place."""
    problems = [problem for record in records for problem in _judge_record(record, context)]
    readable = [record for record in records if record.is_readable]
    for rule in rules():
        if rule.REACH is Reach.CATALOGUE and applies(rule, readable):
            for record, finding in rule.check(readable, context):
                problems.extend(place(record, (finding,)))
    return sorted(problems)


def judge_record(record: Record, context: Context) -> list[Problem]:
    """Apply the rules that need one record only."""
    return sorted(_judge_record(record, context))


def applies(rule: ModuleType, records: Sequence[Record]) -> bool:
    """Tell whether a rule is meant for the collection of these records (enterprises unless it says so)."""
    return bool(records) and records[0].schema.name in getattr(rule, "COLLECTIONS", (ENTERPRISES,))


def _judge_record(record: Record, context: Context) -> Iterator[Problem]:
    name = record.file
    for fault in record.document.faults:
        sentence, hint = phrase(fault.finding)
        severity = wordings()[fault.finding.code].severity
        yield Problem(
            Location(name, fault.line, fault.column), fault.finding.code, sentence, hint, severity, record.slug
        )
    if record.findings is None:
        record.findings = list(record.shape)
        if record.is_readable:
            for rule in rules():
                if rule.REACH is Reach.RECORD and applies(rule, (record,)):
                    record.findings.extend(rule.check(record, context))
    if record.findings:
        yield from place(record, record.findings)


def place(record: Record, findings: Iterable[Finding]) -> Iterator[Problem]:
    """Give findings their place in the record's file and their words."""
    places = locate(record.document.text) if record.is_readable else {}
    for finding in findings:
        path = finding.path
        while path and path not in places:
            path = path[:-1]
        key_place, value_place = places.get(path, ((1, 1), (1, 1)))
        line, column = key_place if finding.on_key else value_place
        sentence, hint = phrase(finding)
        location = Location(record.file, line, column)
        severity = wordings()[finding.code].severity
        yield Problem(location, finding.code, sentence, hint, severity, record.slug, finding.path)
