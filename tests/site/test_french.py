"""What people read follows the typography of Québec.

No space before ; ! ? and a no-break space before : and inside guillemets, in the pages written by hand, the templates,
the scripts, the messages and the words of the schema. What records say is theirs.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.documents import read
from tests.sites import PAGES, REPOSITORY, Project

PACKAGE = REPOSITORY / "src" / "annuaire"
RULES = (
    (re.compile(r"\w*[\w»)…%$]\s+[;!?](?![\w=])"), "a space before ; ! or ?"),
    (re.compile(r"[\w»)…%$’*] :(?=\s|$)"), "an ordinary space before :"),
    (re.compile(r"[a-zà-ÿ»)]:(?=\s+\S)(?<!https:)"), "no space before :"),
    (re.compile(r"« | »|«(?![\s\u00a0])|(?<![\s\u00a0])»"), "an ordinary space, or none, inside « »"),
    (
        re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|aujourd)'(?=[a-zà-ÿA-ZÀ-Ý])", re.IGNORECASE),
        "a straight apostrophe",
    ),
    (re.compile(r"\.\.\."), "three points for …"),
)


CODE = re.compile(r"«\u00a0(?:- )?[a-zé_]+:[^»]*\u00a0»")  # a line of YAML to copy, as YAML has it


def faults(text: str) -> list[str]:
    """List what is wrong in a text, with its surroundings."""
    text = CODE.sub("X", text)
    return [
        f"{name}: {text[max(0, m.start() - 30) : m.end() + 30]!r}"
        for pattern, name in RULES
        for m in pattern.finditer(text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Oui ?",
        "Ici : là",
        "Ici: là",
        "« mot »",
        "«mot»",
        "l'eau",
        "Attendez...",
        "un ; deux",
        "«\u00a0mot\u00a0» ;",
        "fin !",
    ],
)
def test_fault_is_seen(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize(
    "text", ["Oui? Non! Un; deux", "Ici\u00a0: là", "«\u00a0mot\u00a0»", "l’eau…", "à 12:30", "https://x.example/?a=1"]
)
def test_right_text_is_left_alone(text: str) -> None:
    assert faults(text) == []


def markdown(path: Path) -> Iterator[str]:
    """Yield the prose of a page written by hand: no code, no address, no attribute."""
    text = path.read_text(encoding="utf-8")
    head, _, body = text.removeprefix("---\n").partition("\n---\n")
    for value in (yaml.safe_load(head) or {}).values():
        if isinstance(value, str):
            yield value
    body = re.sub(r"(?s)```.*?```|`[^`]*`|<!--.*?-->|<[^>]+>|\]\([^)]*\)|\{:?[^}]*\}", "", body)
    yield from body.split("\n\n")


def template(path: Path) -> Iterator[str]:
    """Yield the words of a template: text between tags, and attributes that people read or hear."""
    text = re.sub(r"(?s)\{#.*?#\}|<script.*?</script>|<style.*?</style>", "", path.read_text(encoding="utf-8"))
    for value in re.findall(r'(?:aria-label|placeholder|title|alt|content)="([^"]*)"', text):
        yield unescape(re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "X", value))
    for piece in re.split(r"(?s)\{%.*?%\}|<[^>]+>", text):
        yield unescape(re.sub(r"\{\{.*?\}\}", "X", piece))
    for value in re.findall(r"\{[{%].*?[%}]\}", text):
        yield from re.findall(r'"([^"]*\s[^"]*)"', value)


def script(path: Path) -> Iterator[str]:
    """Yield the French texts of a script."""
    text = re.sub(r"(?m)^\s*//.*$", "", path.read_text(encoding="utf-8"))
    for value in re.findall(r'"((?:[^"\\\n]|\\.)*)"|`([^`]*)`', text):
        words = re.sub(r"\$\{NBSP\}", "\u00a0", "".join(value))
        if re.search(r"[A-ZÀ-Ý][a-zà-ÿ’]+ [a-zà-ÿ]", words):
            yield re.sub(r"\$\{[^}]*\}", "X", words)


def python(path: Path) -> Iterator[str]:
    """Yield the texts of a module, docstrings left aside: those speak English to programmers."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = []
            for part in node.values:
                if isinstance(part, ast.Constant):
                    parts.append(str(part.value))
                else:
                    name = ast.unparse(part).strip("f'\"{}")
                    parts.append("\u00a0" if name.rpartition(".")[2].strip("_") == "NBSP" else "X")
            yield "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings | inside:
            yield node.value


def words(value: Any) -> Iterator[str]:
    """Yield every text of a file of data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from words(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in NOT_OURS:
                yield from words(item)


NOT_OURS = ("synonymes", "pattern", "seao_libelle", "unspsc_libelle")  # searched and not shown; code; official words
FRENCH = re.compile(r"[a-zà-ÿ]{2,}[ \u00a0].*[a-zà-ÿ]{2,}|[;:!?]$")
SPOKEN = re.compile(r"[éèêàùçôîœÉÀ«»’]| (?:le|la|les|de|du|des|un|une|est|pas) ")
MARKDOWN = sorted(PAGES.rglob("*.md"))
TEMPLATES = sorted((PACKAGE / "pages" / "templates").glob("*.html")) + sorted((PACKAGE / "theme").rglob("*.html"))
SCRIPTS = sorted((PACKAGE / "theme" / "js").rglob("*.js"))
MODULES = sorted(PACKAGE.rglob("*.py"))
JSON = (PACKAGE / "schema" / "messages.fr.json", *sorted((PACKAGE / "schema").rglob("datapackage.json")))
VOCABULARIES = sorted((PACKAGE / "data").glob("*.yml"))
# Said apart: an example of code, an official name that is written so.
LEFT_ALONE = re.compile(r"nom: …|clé: valeur|^[\^(\\]|\\p\{|\[\^")


def named(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


@pytest.mark.parametrize("path", MARKDOWN, ids=named)
def test_pages_written_by_hand(path: Path) -> None:
    assert [f for text in markdown(path) for f in faults(text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_templates(path: Path) -> None:
    assert [f for text in template(path) for f in faults(text)] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=named)
def test_scripts(path: Path) -> None:
    assert [f for text in script(path) for f in faults(text)] == []


def test_messages_of_modules() -> None:
    found = []
    for path in MODULES:
        if path.name == "template.py":  # it makes its spaces no-break as it writes
            continue
        for text in python(path):
            if FRENCH.search(text) and SPOKEN.search(text) and not LEFT_ALONE.search(text):
                found += [f"{named(path)}: {fault}" for fault in faults(text)]
    assert found == []


@pytest.mark.parametrize("path", JSON, ids=named)
def test_schema_and_messages(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    texts = [t for t in words(data) if SPOKEN.search(t) and not LEFT_ALONE.search(t)]
    assert [f for text in texts for f in faults(text)] == []


@pytest.mark.parametrize("path", VOCABULARIES, ids=named)
def test_vocabularies(path: Path) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert [f for text in words(data) if SPOKEN.search(text) for f in faults(text)] == []


def test_built_pages_that_no_record_fills(example: Project) -> None:
    """What comes out is right too: pieces put together by templates, on pages that show no record."""
    for url in ("404.html", "a-propos/", "donnees/", "donnees/messages/", "recherche/", "secteurs/", "territoires/"):
        page = read(example.pages()[url])
        seen = re.sub(r"\s*\n\s*", "\n", page.text)
        code = [e.text for tag in ("code", "pre") for e in page.all(tag)]
        for text in code:
            seen = seen.replace(text, "X")
        seen = seen.replace("'", "’")  # official names of territories are written as they are
        assert faults(seen) == [], url
