"""Judge one page written by hand: its front matter, then what its Markdown becomes.

The verdict is about the HTML that comes out, since Markdown has many ways to write a link; the line is then looked for
in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path

from rapidfuzz import process

from annuaire.text.hypertext import Flaw, flaws
from annuaire.text.messages import phrase, wordings
from annuaire.text.problems import Finding, Location, Problem
from annuaire.written import rendering
from annuaire.yamlfile import source

CONTENT_MARK = "<!--annuaire:contenu-->"
MARKS = frozenset({CONTENT_MARK})
MAX_BYTES = 64 * 1024
# The keys that the theme reads. Engines read others, which can change the template of a page or what it loads.
KEYS = ("title", "description", "chapeau", "gabarit", "onglet", "script", "formulaire", "demande", "joindre", "langue")
# The theme's bundles that a page may name.
SCRIPTS = ("catalogue", "embed", "form", "help", "ledger", "mode", "purchase", "rotation", "selection", "together")
_MOST = 20  # faults told of one page: who wrote more than that knows
# As MkDocs reads them: a block between lines of dashes, or else lines « key: value » at the very top.
_FRONT = re.compile(r"-{3}[ \t]*\n(.*?\n)?(?:\.{3}|-{3})[ \t]*(?:\n|$)", re.DOTALL)
_BARE_KEY = re.compile(r" {0,3}[A-Za-z0-9_-]+:")
_TEMPLATE = re.compile(r"\{\{|\{%")


@lru_cache(maxsize=512)
def judge(file: str, data: bytes) -> tuple[Problem, ...]:
    """Judge the bytes of one page, named `file`; give its problems by place, `_MOST` of them at most."""
    if len(data) > MAX_BYTES:
        return (too_large(file, len(data), MAX_BYTES),)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        return (problem(file, Finding("encodage"), data.count(b"\n", 0, error.start) + 1),)
    front = _FRONT.match(text)
    before = front.group().count("\n") if front else 0
    body = text[front.end() :] if front else text
    found = [problem(file, *placed) for placed in _front(front[1] or "" if front else "", text)]
    found += [problem(file, *placed) for placed in _templates(text)]
    found += [problem(file, finding, line + before, column) for finding, line, column in _body(body)]
    return tuple(sorted(found))


def too_large(file: str, size: int, most: int) -> Problem:
    """Say that a file weighs more bytes than what is read of its kind."""
    return problem(
        file, Finding("fichier-trop-gros", values={"taille": str(size // 1024), "maximum": str(most // 1024)})
    )


def problem(file: str, finding: Finding, line: int = 1, column: int = 1) -> Problem:
    """Give a finding its place and its words."""
    sentence, hint = phrase(finding)
    severity = wordings()[finding.code].severity
    return Problem(Location(file, line, column), finding.code, sentence, hint, severity)


def _front(written: str, text: str) -> Iterator[tuple[Finding, int, int]]:
    """Judge what stands between the lines of dashes, whose first line is the second of the text."""
    if not _FRONT.match(text):
        if text.startswith("---") or _BARE_KEY.match(text):
            yield Finding("page-entete-forme"), 1, 1
        else:
            yield Finding("page-titre"), 1, 1
        return
    if not written.strip():
        yield Finding("page-titre"), 1, 1
        return
    document = source.parse(written, Path())
    if not document.faults and document.values.get("title", "") == "":
        yield Finding("page-titre"), 1, 1
    for fault in document.faults:
        is_of_a_record = "fiche" in phrase(fault.finding)[0]  # a sentence that a page has no use for
        yield Finding("page-entete-forme") if is_of_a_record else fault.finding, fault.line + 1, fault.column
    places = source.locate(written) if document.values else {}
    for key, value in document.values.items():
        (line, column), (value_line, value_column) = places.get((key,), ((1, 1), (1, 1)))
        if key not in KEYS:
            close = process.extractOne(key, KEYS, score_cutoff=70)
            values = {"champ": key, "liste": ", ".join(KEYS), "suggestion": close[0] if close else ""}
            yield Finding("page-entete", values=values), line + 1, column
        elif not isinstance(value, str):
            yield Finding("page-entete-forme"), line + 1, column
        elif key == "script" and value not in SCRIPTS:
            values = {"valeur": value, "liste": ", ".join(SCRIPTS)}
            yield Finding("page-programme", values=values), value_line + 1, value_column


def _templates(text: str) -> Iterator[tuple[Finding, int, int]]:
    """Report what an engine with macros would run while it makes the page."""
    for number, line in enumerate(text.split("\n"), 1):
        found = _TEMPLATE.search(line)
        if found:
            yield Finding("page-modele", values={"valeur": found.group()}), number, found.start() + 1


def _body(body: str) -> Iterator[tuple[Finding, int, int]]:
    try:
        every = tuple(flaws(rendering.render(body), marks=MARKS))
    except rendering.UnreadablePageError:
        yield Finding("page-illisible"), 1, 1
        return
    totals, ranks = Counter(map(_kind, every)), Counter[tuple[str, str, str]]()
    for flaw in every[:_MOST]:
        kind = _kind(flaw)
        ranks[kind] += 1
        place = rendering.find(body, (flaw.tag, flaw.value), ranks[kind], totals[kind], partial(_made, kind))
        yield flaw.finding, *place


def _made(kind: tuple[str, str, str], text: str) -> int:
    """Count what a text makes of one kind."""
    return _kinds(text)[kind]


@lru_cache(maxsize=64)  # the faults of one page are looked for in the same pieces of it
def _kinds(text: str) -> Counter[tuple[str, str, str]]:
    try:
        return Counter(map(_kind, flaws(rendering.render(text), marks=MARKS)))
    except rendering.UnreadablePageError:
        return Counter()


def _kind(flaw: Flaw) -> tuple[str, str, str]:
    return flaw.finding.code, flaw.tag, flaw.value
