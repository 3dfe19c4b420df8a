"""Print problems for a person, for GitHub or for a program; nothing is judged here.

Each reporter takes the problems, already sorted, and the numbers of records judged by collection, and gives one text
without a last line break. File names and values come from outside: what could drive a terminal or forge a line is
shown, not sent.
"""

from __future__ import annotations

import json as jsonlib
import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from annuaire.cli.console import started
from annuaire.records.collections import counted
from annuaire.text import problem_forms
from annuaire.text.french import NBSP, count
from annuaire.text.messages import inert
from annuaire.text.problems import Problem

if TYPE_CHECKING:
    from annuaire.steps import Summary


def text(problems: Sequence[Problem], counts: Mapping[str, int]) -> str:
    """Give two lines per problem, « file:line:col: erreur : sentence [code] » and its remedy, then the count."""
    lines: list[str] = []
    for problem in problems:
        place = inert(str(problem.location))
        lines.append(f"{place}: {problem.severity}{NBSP}: {inert(problem.message)} [{problem.code}]")
        lines.append(f"    conseil{NBSP}: {inert(problem.hint)}")
    lines.append(problem_forms.summary(problems, counted(counts)))
    return "\n".join(lines)


def github(problems: Sequence[Problem], counts: Mapping[str, int]) -> str:
    """Give workflow commands that GitHub shows beside the lines at fault, then the count."""
    return problem_forms.workflow_commands(problems, counted(counts))


def usual(problems: Sequence[Problem], counts: Mapping[str, int]) -> str:
    """Give the form that suits where the command runs: GitHub's on its machines, else the one for a person."""
    return (github if os.environ.get("GITHUB_ACTIONS") == "true" else text)(problems, counts)


def json(problems: Sequence[Problem], counts: Mapping[str, int]) -> str:
    """Give a list of objects, one per problem; `chemin` leads to the value in the record."""
    return jsonlib.dumps(
        [problem_forms.as_data(problem) for problem in problems],
        ensure_ascii=True,  # also keeps control characters and half characters of file names inert
        indent=2,
    )


def built(summary: Summary) -> str:
    """Say what a build did: the seconds of each step, what was left out, how many pages."""
    lines = [f"  {name:<36}{f'{seconds:.2f}'.replace('.', ',')} s" for name, seconds in summary.steps]
    if summary.left_out:
        lines.append(f"Fiches laissées de côté{NBSP}:")
        lines += [inert(f"  {problem.location}{NBSP}: {problem.message}") for problem in summary.left_out]
    if summary.warnings:
        lines.append(f"{count(len(summary.warnings), 'avertissement')} (les lire{NBSP}: {started('validate')})")
    total = sum(seconds for _, seconds in summary.steps)
    lines.append(
        f"{count(summary.records, 'fiche')}, {count(summary.pages, 'page')} "
        f"en {f'{total:.1f}'.replace('.', ',')} s{NBSP}: {summary.site}"
    )
    return "\n".join(lines)


FORMATS: Mapping[str, Callable[[Sequence[Problem], Mapping[str, int]], str]] = {
    "text": text,
    "github": github,
    "json": json,
}
