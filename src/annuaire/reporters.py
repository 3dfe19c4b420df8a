"""Print problems for a person, for GitHub or for a program; nothing is judged here.

Each reporter takes the problems, already sorted, and the numbers of records judged by collection, and gives one text
without a last line break. File names and values come from outside: what could drive a terminal or forge a line is
shown, not sent.
"""

from __future__ import annotations

import json as jsonlib
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from annuaire.french import count, enumeration
from annuaire.messages import inert
from annuaire.problems import Problem, Severity
from annuaire.records import COLLECTIONS, ENTERPRISES

if TYPE_CHECKING:
    from annuaire.build import Summary

_NBSP = "\u00a0"
_TITLES = {Severity.ERROR: "Erreur", Severity.WARNING: "Avertissement"}


def text(problems: Sequence[Problem], counts: Mapping[str, int]) -> str:
    """Give two lines per problem, « file:line:col: erreur : sentence [code] » and its remedy, then the count."""
    lines: list[str] = []
    for problem in problems:
        place = inert(str(problem.location))
        lines.append(f"{place}: {problem.severity}{_NBSP}: {inert(problem.message)} [{problem.code}]")
        lines.append(f"    conseil{_NBSP}: {inert(problem.hint)}")
    lines.append(summary(problems, counts))
    return "\n".join(lines)


def github(problems: Sequence[Problem], counts: Mapping[str, int]) -> str:
    """Give workflow commands that GitHub shows beside the lines at fault, then the count."""
    lines = []
    for problem in problems:
        place = problem.location
        properties = {
            "file": place.file,
            "line": str(place.line),
            "col": str(place.column),
            "title": f"{_TITLES[problem.severity]}{_NBSP}: {problem.code}",
        }
        written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
        command = "error" if problem.severity is Severity.ERROR else "warning"
        lines.append(f"::{command} {written}::{_data(_sentence(problem))}")
    lines.append(summary(problems, counts))
    return "\n".join(lines)


def json(problems: Sequence[Problem], counts: Mapping[str, int]) -> str:
    """Give a list of objects, one per problem; `chemin` leads to the value in the record."""
    return jsonlib.dumps(
        [as_data(problem) for problem in problems],
        ensure_ascii=True,  # also keeps control characters and half characters of file names inert
        indent=2,
    )


def as_data(problem: Problem) -> dict[str, Any]:
    """Give a problem as an object of JSON."""
    return {
        "fichier": problem.location.file,
        "ligne": problem.location.line,
        "colonne": problem.location.column,
        "gravite": str(problem.severity),
        "code": problem.code,
        "message": problem.message,
        "conseil": problem.hint,
        "fiche": problem.slug,
        "chemin": list(problem.path),
    }


def summary(problems: Sequence[Problem], counts: Mapping[str, int]) -> str:
    """Count errors and warnings: « 3 erreurs, 1 avertissement dans 412 fiches ».

    Kinds of records are named where others than enterprises were judged.
    """
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    found = [count(errors, "erreur")] if errors else []
    found += [count(warnings, "avertissement")] if warnings else []
    return f"{', '.join(found) or 'Aucune erreur'} dans {_judged(counts)}"


def built(summary: Summary) -> str:
    """Say what a build did: the seconds of each step, what was left out, how many pages."""
    lines = [f"  {name:<36}{f'{seconds:.2f}'.replace('.', ',')} s" for name, seconds in summary.steps]
    if summary.left_out:
        lines.append(f"Fiches laissées de côté{_NBSP}:")
        lines += [inert(f"  {problem.location}{_NBSP}: {problem.message}") for problem in summary.left_out]
    if summary.warnings:
        lines.append(f"{count(len(summary.warnings), 'avertissement')} (les lire{_NBSP}: annuaire validate)")
    total = sum(seconds for _, seconds in summary.steps)
    lines.append(
        f"{count(summary.records, 'fiche')}, {count(summary.pages, 'page')} "
        f"en {f'{total:.1f}'.replace('.', ',')} s{_NBSP}: {summary.site}"
    )
    return "\n".join(lines)


FORMATS: Mapping[str, Callable[[Sequence[Problem], Mapping[str, int]], str]] = {
    "text": text,
    "github": github,
    "json": json,
}


def _judged(counts: Mapping[str, int]) -> str:
    named = [count(counts[c.name], c.one, c.many) for c in COLLECTIONS if counts.get(c.name)]
    only_enterprises = not any(number for name, number in counts.items() if name != ENTERPRISES)
    return count(counts.get(ENTERPRISES, 0), "fiche") if only_enterprises else enumeration(named)


def _sentence(problem: Problem) -> str:
    return f"{inert(problem.message)}\nConseil{_NBSP}: {inert(problem.hint)}"


def _data(value: str) -> str:
    """Escape the message of a workflow command."""
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    """Escape a property of a workflow command."""
    return _data(inert(value)).replace(":", "%3A").replace(",", "%2C")
