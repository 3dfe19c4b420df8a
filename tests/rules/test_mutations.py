"""Two thousand seeded mutations, usually, of valid records, of the Exemple region and of a made-up directory.

Whatever comes out: no exception; a refusal has a place and a remedy; an acceptance goes through the formatter with its
values, twice with the same text, and becomes the same model again, shown on a page. A failure names its seed.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.examples import examples
from tests.madeup import COUNT, REGION, made_up
from tests.rules.corpus import TODAY, settings
from tests.rules.mutations import KINDS, Base
from tests.rules.test_fuzz import hold
from tests.sites import EXAMPLES

from annuaire.catalogue import items, model, thresholds
from annuaire.catalogue.index import Catalogue
from annuaire.pages.profile import profile
from annuaire.places import territories, vocabularies
from annuaire.records.collections import ENTERPRISES, EVERY, THRESHOLDS
from annuaire.records.reading import Cell, Record, from_document
from annuaire.rules import Context, judge
from annuaire.schema import load
from annuaire.text.problems import AnnuaireError, Severity
from annuaire.yamlfile import formatter, source

EACH = examples(250)  # of each kind, on each set of records: 2,000 with the profile `ci`
EXEMPLE = EXAMPLES / "content"
REGIONS = {"exemple": "99", "inventees": "04"}  # where the records of each set are; those of the second are made up
MODELS: dict[str, Callable[[Record], Any]] = {
    **dict.fromkeys(EVERY, items.item),
    ENTERPRISES: model.enterprise,
    THRESHOLDS: thresholds.threshold,
}


@cache
def context(name: str) -> Context:
    own = settings(EXEMPLE if name == "exemple" else REGION, (REGIONS[name],))
    return Context(own, territories.load(own.own_tables), vocabularies.load(own.own_tables), TODAY)


def files(name: str) -> Iterator[tuple[str, Path, bytes]]:
    """Yield the records of a set: collection, path, bytes."""
    if name == "exemple":
        for collection in EVERY:
            for path in sorted((EXEMPLE / collection).glob("*.yml")):
                yield collection, path, path.read_bytes()
    else:
        for slug, text in made_up().items():
            yield ENTERPRISES, Path(f"{slug}.yml"), text.encode()


@cache
def bases(name: str) -> tuple[Base, ...]:
    """List the records that are valid by themselves (one that names another, merged or renamed, may not be)."""
    found = []
    for collection, path, data in files(name):
        record = read(data, path, collection)
        if not errors(record, name):
            found.append(Base(path, collection, record.document.text, record.values, tuple(record.cells)))
    return tuple(found)


def read(data: bytes, path: Path, collection: str) -> Record:
    return from_document(source.parse_bytes(data, Path(path.name)), path.name, load(collection))


def errors(record: Record, name: str) -> list[Any]:
    return [p for p in judge([record], context(name)) if p.severity is Severity.ERROR]


def show(record: Record, name: str) -> Any:
    """Make the model of an accepted record, its page if it has one, and its line of open data."""
    found = MODELS[record.schema.name](record)
    if record.schema.name == ENTERPRISES:
        around = context(name)
        catalogue = Catalogue([found], (), around.territories, around.vocabularies, around.settings.regions)
        page = profile(catalogue, around.settings, found, TODAY.isoformat())
        assert page.title == found.nom
        assert catalogue.successor(found) is None
    return found


def is_plain(cell: Cell) -> bool:
    """Tell, without the rules, whether a value is written in the one way its type has: nothing is lost in the model."""
    field, value = cell.field, cell.value
    if field.is_list:
        return all(item == item.strip() != "" for item in value)
    if field.type == "date":
        return date.fromisoformat(value).isoformat() == value
    if field.type == "integer":
        return str(int(value)) == value
    if field.type == "number":
        return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value) is not None and math.isfinite(float(value))
    return not field.labels or value in field.labels


def check(data: bytes, base: Base, name: str) -> bool:
    """Judge a mutation as a site would, then as `annuaire format` would; tell whether it is accepted."""
    text = data.decode("utf-8", "replace")
    record = read(data, base.path, base.collection)
    problems = judge([record], context(name))
    hold(problems, text)
    assert all(p.location.file == base.path.name and p.hint.strip() and p.message.strip() for p in problems)
    twin = read(base.text.encode(), Path(f"avant-{base.path.name}"), base.collection)
    both = judge([twin, record], context(name))  # the rules that compare records
    for one, own_text in ((twin, base.text), (record, text)):
        hold([p for p in both if p.location.file == one.file], own_text)
    is_accepted = not any(p.severity is Severity.ERROR for p in problems)
    own = load(base.collection)
    if not record.is_readable:
        assert not is_accepted
        with pytest.raises(AnnuaireError, match=r"\S"):
            formatter.format_text(data.decode("utf-8", "surrogateescape"), own)
        return False
    try:
        once = formatter.format_text(text, own)
    except AnnuaireError:
        assert not is_accepted, "what is accepted can be formatted"
        return False
    assert formatter.format_text(once, own) == once
    again = read(once.encode(), base.path, base.collection)
    assert again.values == record.values
    if is_accepted:
        assert all(is_plain(cell) for cell in record.cells)
        assert not errors(again, name)
        assert show(again, name) == show(record, name)
    return is_accepted


@pytest.mark.parametrize("name", REGIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_mutations(kind: str, name: str) -> None:
    every = bases(name)
    accepted = 0
    for number in range(EACH):
        seed = f"{name} {kind} {number}"
        draw = random.Random(seed)
        # Two of three are enterprises; the small collections get their share.
        collection = draw.choice(EVERY) if draw.randrange(3) == 0 else ENTERPRISES
        base = draw.choice([base for base in every if base.collection == collection] or every)
        data = KINDS[kind](base, draw, every)
        try:
            accepted += check(data, base, name)
        except Exception as error:
            error.add_note(f"seed « {seed} », {base.path}:\n{data[:3000]!r}")
            raise
    assert 0 < accepted < EACH, "some are accepted, some refused"


def test_there_is_something_to_mutate() -> None:
    assert len(bases("exemple")) > 30
    assert len(bases("inventees")) == COUNT
    exemplified = {name for name in EVERY if (EXEMPLE / name).is_dir()}
    assert {ENTERPRISES, THRESHOLDS} <= {base.collection for base in bases("exemple")} <= exemplified
    for name in REGIONS:
        for base in bases(name)[:20]:
            assert check(base.text.encode(), base, name)
