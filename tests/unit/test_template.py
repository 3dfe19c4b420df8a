"""Prepare new records: valid once the municipality is written, and whatever comment line or block is taken in."""

import re
from pathlib import Path

import pytest
from tests.rules.corpus import context
from tests.rules.strategies import VOCABULARIES

from annuaire.records import template
from annuaire.records.reading import from_document
from annuaire.rules import judge
from annuaire.schema import load
from annuaire.text.problems import Problem
from annuaire.yamlfile import formatter, source

SCHEMA = load("enterprises")
CONTEXT = context(Path("contenu"))
FRESH = template.new_record("Coopérative de l’Essai", SCHEMA, VOCABULARIES)
FILLED = FRESH.replace("municipalite:\n", "municipalite: La Tuque\n")
OPTIONAL = [n for n, line in enumerate(FILLED.splitlines()) if re.match(r" *# (?!yaml-)", line)]
BLOCK = re.compile(r"#(?: {3,}\S|# )")  # what follows the first line of a block: more of it, or an explanation
# A closing day contradicts an enterprise that is not said closed, half a point says nothing, the example of a merger
# does not exist.
CONTRADICTIONS = {"date-sans-fermeture", "fusion-inconnue", "point-incomplet", "provenance-sans-valeur"}


def judged(text: str) -> list[Problem]:
    record = from_document(source.parse(text, Path("coop-essai.yml")), "coop-essai.yml", SCHEMA)
    return judge([record], CONTEXT)


def blocks() -> list[list[int]]:
    """List the lines that are taken in together: a field alone, or a group or a list with all it holds."""
    lines = FILLED.splitlines()
    found: list[list[int]] = []
    for number in OPTIONAL:
        is_inside = bool(re.match(r"# {3,}\S", lines[number]))
        between = range(found[-1][-1] + 1, number) if found else ()
        if is_inside and all(BLOCK.match(lines[line]) for line in between):
            found[-1].append(number)
        else:
            assert not is_inside, f"line {number} of the template hangs in the air"
            found.append([number])
    return found


BLOCKS = blocks()


def with_lines(numbers: list[int]) -> str:
    lines = FILLED.splitlines(keepends=True)
    for number in numbers:
        lines[number] = lines[number].replace("# ", "", 1)
    return "".join(lines)


def test_fresh_record_waits_for_its_municipality() -> None:
    assert [(p.code, p.path) for p in judged(FRESH)] == [("valeur-vide", ("etablissements", 0, "municipalite"))]
    assert judged(FILLED) == []


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: FILLED.splitlines()[block[0]].strip(" #").split(":")[0])
def test_any_line_or_block_may_be_taken_in(block: list[int]) -> None:
    text = with_lines(block)
    assert {problem.code for problem in judged(text)} <= CONTRADICTIONS
    formatted = formatter.format_text(text, SCHEMA)
    assert source.parse(formatted, Path("x")).values == source.parse(text, Path("x")).values


def test_a_group_may_be_taken_in_by_its_first_line_and_another() -> None:
    for block in BLOCKS:
        key = FILLED.splitlines()[block[0]].strip(" #:")
        if len(block) > 1 and key in SCHEMA.root.groups:
            for number in block[1:]:
                assert {problem.code for problem in judged(with_lines([block[0], number]))} <= CONTRADICTIONS


def test_a_block_stays_valid_when_an_editor_uncomments_it_whole() -> None:
    for block in BLOCKS:
        lines = FILLED.splitlines(keepends=True)
        for number in range(block[0], block[-1] + 1):
            lines[number] = re.sub(r"#(?: |(?=#))", "", lines[number], count=1)
        assert {problem.code for problem in judged("".join(lines))} <= CONTRADICTIONS


def test_examples_agree_with_each_other() -> None:
    whole = source.parse(with_lines(OPTIONAL), Path("x")).values
    assert whole["statut"] == "inconnu"
    assert whole["conformite"][0]["type"] == "rbq"
    assert "RBQ" in whole["conformite"][0]["source"]


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
