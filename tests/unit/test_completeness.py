"""Measure records from the weights of the schema."""

from pathlib import Path

import pytest

from annuaire import schema
from annuaire.catalogue.completeness import completeness
from annuaire.records.collections import ENTERPRISES
from annuaire.records.reading import Record, from_document
from annuaire.yamlfile import source

ENTERPRISE = schema.load(ENTERPRISES)
EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "content" / ENTERPRISES).glob("*.yml"))


def record(text: str) -> Record:
    return from_document(source.parse(text, Path("a.yml")), "a.yml", ENTERPRISE)


def test_empty_record_lacks_every_weight_heaviest_first() -> None:
    found = completeness(record("x: y\n"))
    weighted = [field for table in ENTERPRISE.tables for field in table.fields if field.weight]
    assert found.score == 0
    assert len(found.missing) == len(weighted)
    points = [missing.points for missing in found.missing]
    assert points == sorted(points, reverse=True)
    assert all(missing.title for missing in found.missing)


def test_each_value_adds_and_nothing_passes_a_hundred() -> None:
    text, before = "x: y\n", 0
    for line in ("nom: Coop", "mission: Aider.", "retombees: {sociales: Oui}", "territoires_desservis: [region]"):
        text += line + "\n"
        score = completeness(record(text)).score
        assert score > before
        before = score
    assert all(0 <= completeness(record(path.read_text(encoding="utf-8"))).score <= 100 for path in EXAMPLES)


@pytest.mark.parametrize(
    "text", ["nom: ''", "nom: '  '", "nom: [ ]", "nom: {a: b}", "etablissements: texte", "offres: [a, b]"]
)
def test_what_holds_nothing_adds_nothing(text: str) -> None:
    assert completeness(record(f"x: y\n{text}\n")).score == 0


def test_one_item_that_holds_a_field_is_enough() -> None:
    one = completeness(record("etablissements:\n  - municipalite: A\n  - telephone: B\n"))
    assert not {"etablissements.municipalite", "etablissements.telephone"} & {m.field for m in one.missing}


def test_a_confidential_address_is_not_missing() -> None:
    shown, hidden = (completeness(record(f"adresse_confidentielle: {word}\n")) for word in ("non", "oui"))
    gone = {m.field for m in shown.missing} - {m.field for m in hidden.missing}
    assert gone == {"etablissements.adresse", "etablissements.code_postal", "etablissements.latitude"}


def test_a_record_that_lacks_nothing_has_a_hundred() -> None:
    full = {table.key: {".".join(f.path): f for f in table.fields if f.weight} for table in ENTERPRISE.tables}
    text = ""
    for path in full[""]:
        if "." not in path:
            text += f"{path}: x\n"
    for group, names in ENTERPRISE.root.groups.items():
        held = [name for name in names if f"{group}.{name}" in full[""]]
        if held:
            text += f"{group}: {{{', '.join(f'{name}: x' for name in held)}}}\n"
    for key, fields in full.items():
        if key and fields:
            text += f"{key}: [{{{', '.join(f'{path}: x' for path in fields)}}}]\n"
    found = completeness(record(text))
    assert (found.score, found.missing) == (100, ())
