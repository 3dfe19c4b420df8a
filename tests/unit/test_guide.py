"""The guide's examples are copied as they are: they must be right."""

import re
from datetime import date
from pathlib import Path

from tests.rules.corpus import context

from annuaire import rules, schema
from annuaire.catalogue import thresholds
from annuaire.records import reading as records
from annuaire.text.messages import wordings
from annuaire.yamlfile import source

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(r"```yaml\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL)
CONTEXT = context(ROOT, regions=())  # the examples are of no Pôle


def test_the_example_of_a_record_is_valid() -> None:
    text = next(block for block in BLOCKS if block.startswith("nom:"))
    document = source.parse(text, Path("cooperative-de-solidarite-exemple.yml"))
    record = records.from_document(document, "exemple.yml", schema.load("enterprises"))
    assert [problem.code for problem in rules.judge([record], CONTEXT)] == []


def test_the_example_of_a_threshold_is_valid_and_published() -> None:
    text = next(block for block in BLOCKS if block.startswith("titre:"))
    document = source.parse(text, Path("appel-public-municipal-2026.yml"))
    record = records.from_document(document, "exemple.yml", schema.load("thresholds"))
    assert [problem.code for problem in rules.judge([record], CONTEXT)] == []
    own = thresholds.threshold(record)
    assert own.is_published
    assert own.state(date(2026, 11, 22)) == thresholds.CURRENT


def test_the_example_of_an_exception_names_a_warning_that_exists() -> None:
    text = next(block for block in BLOCKS if block.startswith("exceptions:"))
    entry = source.parse(text, Path("exceptions.yml")).values["exceptions"][0]
    assert wordings()[entry["code"]].severity.value == "avertissement"
