"""Prepare new records: valid once the municipality is written, and whatever comment line is taken in."""

import re
from pathlib import Path

import pytest
from tests.rules.corpus import context
from tests.rules.strategies import VOCABULARIES

from annuaire import formatter, source, template
from annuaire.problems import Problem
from annuaire.records import from_document
from annuaire.rules import judge
from annuaire.schema import load

SCHEMA = load("enterprises")
CONTEXT = context(Path("contenu"))
FRESH = template.new_record("Coopérative de l’Essai", SCHEMA, VOCABULARIES)
FILLED = FRESH.replace("municipalite:\n", "municipalite: La Tuque\n")
OPTIONAL = [n for n, line in enumerate(FILLED.splitlines()) if re.match(r" *# (?!yaml-)", line)]
# A closing day contradicts an active enterprise, half a point says nothing, the example of a merger does not exist.
CONTRADICTIONS = {"date-sans-fermeture", "fusion-inconnue", "point-incomplet"}


def judged(text: str) -> list[Problem]:
    record = from_document(source.parse(text, Path("coop-essai.yml")), "coop-essai.yml", SCHEMA)
    return judge([record], CONTEXT)


def with_lines(numbers: list[int]) -> str:
    lines = FILLED.splitlines(keepends=True)
    for number in numbers:
        lines[number] = lines[number].replace("# ", "", 1)
    return "".join(lines)


def test_fresh_record_waits_for_its_municipality() -> None:
    assert [(p.code, p.path) for p in judged(FRESH)] == [("valeur-vide", ("etablissements", 0, "municipalite"))]
    assert judged(FILLED) == []


@pytest.mark.parametrize("number", OPTIONAL, ids=lambda number: FILLED.splitlines()[number].strip(" #").split(":")[0])
def test_any_line_may_be_taken_in(number: int) -> None:
    text = with_lines([number])
    assert {problem.code for problem in judged(text)} <= CONTRADICTIONS
    formatted = formatter.format_text(text, SCHEMA)
    assert source.parse(formatted, Path("x")).values == source.parse(text, Path("x")).values


def test_every_field_is_offered_with_its_name() -> None:
    whole = source.parse(with_lines(OPTIONAL), Path("x"))
    assert whole.faults == []
    record = from_document(whole, "x", SCHEMA)
    offered = {cell.field.name for cell in record.cells}
    assert offered == {field.name for table in SCHEMA.tables for field in table.by_path.values()}
    explained = " ".join(" ".join(line.strip(" #") for line in FRESH.splitlines() if "##" in line).split())
    for table in SCHEMA.tables:
        for field in table.by_path.values():
            assert field.title in explained


def test_comments_survive_the_formatter() -> None:
    formatted = formatter.format_text(with_lines(OPTIONAL), SCHEMA)
    assert FRESH.count("## ") == formatted.count("## ")
    assert formatter.format_text(formatted, SCHEMA) == formatted


@pytest.mark.parametrize("nom", ["Coop : « l’essai » #1", "No", "1234567890", 'Le "Café"', "@coop", "a\nb\x1b"])
def test_any_name_is_written(nom: str) -> None:
    text = template.new_record(nom, SCHEMA, VOCABULARIES)
    assert source.parse(text, Path("x")).values["nom"] == nom
    assert "\x1b" not in text
