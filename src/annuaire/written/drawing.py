"""Judge a picture in SVG: opened by itself, it is a page of the site, which no policy holds.

It is read as XML, as a browser does when it is opened so: what HTML would take for text may act there. Its tags are
then judged as those of a page are. A declaration of entities ends the reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from xml.parsers import expat

from annuaire.text.hypertext import flaws
from annuaire.text.problems import Finding, Problem
from annuaire.written.page import problem, too_large

MAX_BYTES = 1_000_000


def judge(file: str, data: bytes) -> tuple[Problem, ...]:
    """Judge the bytes of one SVG file, named `file`: the first fault of each of its tags."""
    if len(data) > MAX_BYTES:
        return (too_large(file, len(data), MAX_BYTES),)
    found: list[Problem] = []
    parser = expat.ParserCreate()

    def refuse(finding: Finding) -> None:
        found.append(problem(file, finding, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))

    def start(name: str, attributes: Mapping[str, str]) -> None:
        tag = "".join([f"<{name}", *(f' {key}="{escape(value)}"' for key, value in attributes.items()), ">"])
        for flaw in flaws(tag):
            refuse(flaw.finding)
            return

    def instruct(target: str, _: str) -> None:
        refuse(Finding("page-ecriture", values={"valeur": f"<?{target}"}))

    def declare(*_: object) -> None:
        raise _DeclaredError

    parser.StartElementHandler = start
    parser.ProcessingInstructionHandler = instruct
    parser.StartDoctypeDeclHandler = declare
    try:
        parser.Parse(data, True)
    except _DeclaredError:
        refuse(Finding("page-ecriture", values={"valeur": "<!DOCTYPE"}))
    except expat.ExpatError:
        refuse(Finding("page-illisible"))
    return tuple(sorted(found)[:20])


class _DeclaredError(Exception):
    """Stop at a document type, which may declare entities."""
