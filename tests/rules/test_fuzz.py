"""Throw anything at the reader and the rules: no exception, and every problem has a place, words and a remedy."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.rules.corpus import context
from tests.rules.corpus import settings as site_settings
from tests.rules.strategies import records, shapes

from annuaire.catalogue import exceptions
from annuaire.cli import reporters
from annuaire.records.collections import EVERY
from annuaire.records.reading import Record, from_document
from annuaire.rules import judge
from annuaire.schema import load
from annuaire.text.messages import wordings
from annuaire.text.problems import AnnuaireError, Problem, Severity
from annuaire.yamlfile import formatter, source

CONTEXT = context(Path("contenu"))
MARKS = ("\t", "- ", ": ", "\n", "  ", "[", "{", '"', "&a ", "*a", "!!", "|", "#", "\r")
COLLECTIONS = EVERY
COMPLETE = Path(__file__).parents[2] / "examples" / "content" / "enterprises"


def read(data: bytes, name: str = "essai.yml", collection: str = "enterprises") -> Record:
    return from_document(source.parse_bytes(data, Path(name)), name, load(collection))


def hold(problems: list[Problem], text: str) -> None:
    """Check what every report must have."""
    lines = text.count("\n") + text.count("\r") + 2
    for problem in problems:
        assert problem.code in wordings()
        assert 1 <= problem.location.line <= lines
        assert problem.location.column >= 1
        assert problem.message
        assert problem.hint
    for report in reporters.FORMATS.values():
        assert all(c.isprintable() or c in "\n\u00a0\u202f" for c in report(problems, {"enterprises": 1}))


@given(st.binary(max_size=400), st.sampled_from(COLLECTIONS))
def test_any_bytes(data: bytes, collection: str) -> None:
    problems = judge([read(data, collection=collection)], CONTEXT)
    assert problems
    hold(problems, data.decode("utf-8", "replace"))


@given(st.text(max_size=300), st.sampled_from(COLLECTIONS))
def test_any_text(text: str, collection: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    hold(judge([read(data, collection=collection)], CONTEXT), text)


@given(shapes(), st.sampled_from(COLLECTIONS), st.text(max_size=10).filter(lambda t: "/" not in t and "\0" not in t))
def test_any_shape(shape: Any, collection: str, slug: str) -> None:
    text = json.dumps(shape, ensure_ascii=False)
    twice = [read(text.encode("utf-8", "surrogatepass"), f"{name}.yml", collection) for name in (f"a{slug}", "b")]
    hold(judge(twice, CONTEXT), text)


@given(st.data())
def test_any_damage(data: st.DataObject) -> None:
    """A whole record of the Exemple region, with some of its text cut, doubled or replaced."""
    path = data.draw(st.sampled_from(sorted(COMPLETE.glob("*.yml"))))
    text = path.read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        to = data.draw(st.integers(at, min(len(text), at + 30)))
        put = data.draw(
            st.text(max_size=6) | st.sampled_from(["\t", "- ", ": ", "\n", "  ", "[", "{", '"', "&a ", "*a", "!!", "|"])
        )
        text = text[:at] + put + text[to:]
    record = read(text.encode("utf-8", "surrogatepass"), path.name)
    hold(judge([record], CONTEXT), text)
    try:
        formatted = formatter.format_text(text, load("enterprises"))
    except AnnuaireError:
        assert not record.is_readable
    else:
        assert source.parse(formatted, path).values == record.values


@settings(max_examples=examples(40))  # whole records are the slowest to draw
@given(records())
def test_valid_records_have_no_error(values: dict[str, Any]) -> None:
    text = formatter.dump(values, load("enterprises"))
    found = judge([read(text.encode(), "coop-exemple.yml")], CONTEXT)
    assert [problem for problem in found if problem.severity is Severity.ERROR] == []


@given(shape=shapes())
def test_any_exception_list(shape: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("contenu", numbered=True)
    path = folder / "exceptions.yml"
    text = json.dumps({"exceptions": shape}, ensure_ascii=False)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    hold(exceptions.apply([], path, site_settings(folder), {"coop"}), text)
