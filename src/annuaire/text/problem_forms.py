"""Write problems for a forge and for programs; nothing is judged here, and what is printed is `annuaire.cli`'s.

File names and values come from outside: what could drive a terminal or forge a line is shown, not sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annuaire.text.french import NBSP, count
from annuaire.text.messages import inert
from annuaire.text.problems import Problem, Severity

_TITLES = {Severity.ERROR: "Erreur", Severity.WARNING: "Avertissement"}


def workflow_commands(problems: Sequence[Problem], judged: str) -> str:
    """Give workflow commands that GitHub shows beside the lines at fault, then the count among what was judged."""
    lines = []
    for problem in problems:
        place = problem.location
        properties = {
            "file": place.file,
            "line": str(place.line),
            "col": str(place.column),
            "title": f"{_TITLES[problem.severity]}{NBSP}: {problem.code}",
        }
        written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
        command = "error" if problem.severity is Severity.ERROR else "warning"
        lines.append(f"::{command} {written}::{_data(_sentence(problem))}")
    lines.append(summary(problems, judged))
    return "\n".join(lines)


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


def summary(problems: Sequence[Problem], judged: str) -> str:
    """Count errors and warnings: « 3 erreurs, 1 avertissement dans 412 fiches ».

    `judged` says what was judged, as `annuaire.records.collections.counted` does.
    """
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    found = [count(errors, "erreur")] if errors else []
    found += [count(warnings, "avertissement")] if warnings else []
    return f"{', '.join(found) or 'Aucune erreur'} dans {judged}"


def _sentence(problem: Problem) -> str:
    return f"{inert(problem.message)}\nConseil{NBSP}: {inert(problem.hint)}"


def _data(value: str) -> str:
    """Escape the message of a workflow command."""
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    """Escape a property of a workflow command."""
    return _data(inert(value)).replace(":", "%3A").replace(",", "%2C")
