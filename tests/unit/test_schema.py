"""Hold the data packages: valid Table Schemas, complete in French, read as frictionless reads them."""

import copy
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package
from frictionless import Schema as TableSchema
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.strategies import TERRITORIES, VOCABULARIES

from annuaire.records.collections import EVERY
from annuaire.records.reading import from_document
from annuaire.rules import web_address
from annuaire.rules.vocabulary import words
from annuaire.schema import Field, Schema, Table, described, load, plain
from annuaire.text.messages import wordings
from annuaire.yamlfile import source

SCHEMAS = [load(name) for name in EVERY]
TABLES = [table for schema in SCHEMAS for table in schema.tables]
FIELDS = [(table, field) for table in TABLES for field in table.fields]
NAMES = [f"{table.name}.{field.name}" for table, field in FIELDS]
SAMPLES = [
    "",
    " ",
    "Coop Exemple",
    "coop-exemple",
    "coop--exemple",
    "Coop",
    "a",
    "???",
    "7/7",
    "Œuvre",
    "é",
    "🍁",
    "a\nb",
    "a\n",
    "1142934315",
    "0012345671",
    "22",
    "1142934315 ",
    "11\u0664\u0662\u0669\u0663\u0664\u0663\u0661\u0665",
    "90012",
    "9001",
    "G9X 2E8",
    "g9x 2e8",
    "G9D 2E8",
    "G9X2E8",
    "819 555-0142",
    "819 555-0142 poste 12",
    "819-555-0142",
    "819\xa0555-0142",
    "info@coop.example.org",
    "info@coop",
    "a b@c.org",
    "é@c.org",
    "https://example.org/",
    "http://example.org",
    "ftp://example.org/",
    "https://a b",
    "https://a\u2028b",
    "https://example.org/é",
    "https://exa\ufeffmple.org/",
    "https://example.org/\x1c",
    'https://example.org/"',
    "https://x",
    "https://www.facebook.com/coop",
    "https://facebook.com/",
    "https://www.facebook.com.example.org/coop",
    "https://youtu.be/x",
    "https://www.tiktok.com/@coop",
    "https://ca.linkedin.com/company/coop",
    "46.34",
    "-72.5",
    "1e3",
]


def test_packages_are_valid() -> None:
    for schema in SCHEMAS:
        assert Package.validate_descriptor(dict(schema.descriptor)).valid


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=NAMES)
def test_every_field_is_told_in_french(table: Table, field: Field) -> None:
    assert field.title
    assert field.help.endswith(".")
    assert field.example
    assert field.code in wordings()
    assert field.is_list or set(field.labels) == set(field.constraints.get("enum", ()))
    for text in (field.title, field.help):
        assert not re.search(r"[a-zé]'[a-zé]| [;!?]", text)


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=NAMES)
def test_a_field_that_leads_somewhere_is_judged_as_an_address(table: Table, field: Field) -> None:
    is_address = field.example.startswith("http") or field.name.rpartition("_")[2] in ("web", "url", "lien")
    assert is_address is (field.code in web_address.ADDRESSES)


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=NAMES)
def test_examples_are_allowed(table: Table, field: Field) -> None:
    for example in field.example.split("|") if field.is_list else [field.example]:
        assert field.faults(example) is None
        if field.item_pattern is not None:
            assert field.item_pattern.fullmatch(example)
        if field.is_list and field.labels:
            assert example in field.labels
        if field.vocabulary == "municipalites":
            assert example in TERRITORIES.by_name
        elif field.vocabulary not in ("", "entreprises"):
            assert words(field.vocabulary, VOCABULARIES, TERRITORIES).get(example) == example


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=NAMES)
def test_cells_are_read_as_frictionless_reads_them(table: Table, field: Field) -> None:
    if field.is_list:
        return  # items are texts, judged one by one
    schema = TableSchema.from_descriptor(dict(table.descriptor["schema"]))
    reader = schema.get_field(field.name).create_cell_reader()
    for sample in (*SAMPLES, field.example):
        assert field.faults(sample) == field.make_reader()(sample)[1] == reader(sample)[1]
    assert field.is_plain(field.example), "or nearly all records would wait for frictionless"


@given(st.data())
def test_what_is_plainly_right_is_right_for_frictionless(data: st.DataObject) -> None:
    _, field = data.draw(st.sampled_from(FIELDS))
    near = data.draw(st.sampled_from((*SAMPLES, *field.example.split("|"), "2028-02-29", "-90", "1e3", "0")))
    at = data.draw(st.integers(0, len(near)))
    value = near[:at] + data.draw(st.text(max_size=3)) + near[at + data.draw(st.integers(0, 2)) :]
    assert not field.is_plain(value) or field.make_reader()(value)[1] is None


def test_a_constraint_that_is_new_here_is_left_to_frictionless() -> None:
    for raw in ({"type": "integer", "constraints": {"exclusiveMinimum": 3}}, {"type": "string", "format": "uri"}):
        assert not plain.test_of(raw)("7")


def test_dates_and_words_are_judged() -> None:
    day = load("enterprises").root.field("date_fermeture")
    assert day.faults("2026-02-28") is None
    assert day.faults("2026-02-30")
    secret = load("enterprises").root.field("adresse_confidentielle")
    assert (secret.faults("oui"), secret.faults("non")) == (None, None)
    assert secret.faults("true")


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_keys_have_one_order(schema: Schema) -> None:
    assert sorted(schema.key_order) == sorted({*schema.root.top_keys, *schema.children})
    assert len(set(schema.key_order)) == len(schema.key_order)
    assert schema.key_order[0] in ("nom", "mrc", "titre")


def test_weights_tell_what_matters() -> None:
    assert sum(field.weight for _, field in FIELDS) > 90
    assert all(field.weight >= 0 for _, field in FIELDS)


def patterns() -> list[tuple[str, str]]:
    found = [
        (name, f.constraints["pattern"])
        for name, (_, f) in zip(NAMES, FIELDS, strict=True)
        if "pattern" in f.constraints
    ]
    items = [(name, f.item_pattern.pattern) for name, (_, f) in zip(NAMES, FIELDS, strict=True) if f.item_pattern]
    return sorted({pattern: name for name, pattern in found + items}.items())


def test_patterns_are_anchored_and_plain() -> None:
    for pattern, name in patterns():
        assert pattern.startswith("^"), name
        assert pattern.endswith("$"), name
        alike = not re.search(r"\\[dwsbDWSB]|\(\?|(?<!\\)\.", re.sub(r"\[[^\]]*\]", "", pattern))
        assert alike, f"{name}: Python and JavaScript read this differently"


def test_patterns_mean_the_same_in_javascript() -> None:
    """Samples go to Node as JSON; each pattern is compiled with the `v` flag, as a page of the site does."""
    node = shutil.which("node")
    assert node, "Node is part of the development environment"
    script = (
        "const [patterns, samples] = JSON.parse(require('fs').readFileSync(0));"
        "console.log(JSON.stringify(patterns.map(p => samples.map(s => new RegExp(p, 'v').test(s)))))"
    )
    sources = [pattern for pattern, _ in patterns()]
    samples = [sample for sample in SAMPLES if "\n" not in sample]  # Python's $ also stands before a last line break
    found = run_node(node, script, [sources, samples])
    for pattern, answers in zip(sources, found, strict=True):
        expected = [re.search(pattern, sample) is not None for sample in samples]
        assert answers == expected, pattern


def run_node(node: str, script: str, values: Any) -> Any:
    done = subprocess.run([node, "-e", script], input=json.dumps(values), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_any_collection_may_have_images_with_credit_consent_and_alternative_text() -> None:
    """A word of the description is enough; the table is described once."""
    package = copy.deepcopy(dict(load("outils").descriptor))
    package["annuaire"]["images"] = 2
    own = described("outils", package)
    assert list(Package.metadata_validate(package)) == []
    image = {"fichier": "facade.jpg", "genre": "photo", "alternative": "Une façade", "credit": "Exemple"}
    image["consentement"] = "sans-personne"
    record: dict[str, Any] = {"nom": "Outil", "theme": "finances", "statut": "disponible", "resume": "Compter."}
    record["sources"] = [{"titre": "Rapport d’Exemple"}]

    def codes(*images: dict[str, str]) -> list[str]:
        document = source.parse(json.dumps(record | {"images": list(images)}), Path("outil.yml"))
        return [finding.code for finding in from_document(document, "outil.yml", own).shape]

    assert codes(image) == []
    assert codes({**image, "legende": "Un matin."}, image) == []
    for name in ("genre", "alternative", "credit", "consentement"):
        assert codes({key: value for key, value in image.items() if key != name}) == ["champ-manquant"]
    assert codes(image, image, image) == ["liste-trop-longue"]
