"""Pairs of records that may be one enterprise: their score, the reasons, what a person already examined."""

import csv
import io
import json
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from bench.generator import Generator
from tests.rules.corpus import context
from tests.sites import EXAMPLES, lay_out

from annuaire.catalogue import exceptions
from annuaire.cli.duplicates import APART, COLUMNS, FORMATS, LEAST, Pair, find
from annuaire.records.likeness import compared
from annuaire.records.reading import Record, from_document
from annuaire.rules import judge
from annuaire.schema import load
from annuaire.yamlfile import source


def record(slug: str, nom: str, *, ville: str = "La Tuque", **values: str) -> Record:
    """Make a record of one place; telephone and address belong to the place."""
    place = {"municipalite": ville} | {key: values.pop(key) for key in ("telephone", "adresse") if key in values}
    held: dict[str, Any] = {"nom": nom, "statut": "active", **values, "etablissements": [place]}
    return from_document(source.Document(Path(f"{slug}.yml"), "x", held, []), f"{slug}.yml", load("enterprises"))


def pair(one: dict[str, str], other: dict[str, str]) -> Pair | None:
    """Compare two records, given by their values."""
    found = find([record("a", **one), record("b", **other)], {}, 1)  # type: ignore[arg-type]
    assert len(found) <= 1
    return found[0] if found else None


PHONE, ADDRESS, SITE = {"telephone": "819 555-0142"}, {"adresse": "1, rue A"}, {"site_web": "https://coop.example.org"}
ALL = PHONE | ADDRESS | SITE
FOREST = ("Coopérative forestière du Haut St-Maurice", "Coopérative forestière du Bas Saint-Maurice")
BAKERY = {"nom": "Boulangerie du Pont"}


@pytest.mark.parametrize(
    ("one", "other", "score", "codes"),
    [
        (BAKERY | {"neq": "1142934315"}, {"nom": "Autre chose", "neq": "1142934315", "ville": "Québec"}, 100, "neq"),
        (BAKERY, {"nom": "La boulangerie du pont inc."} | {"ville": "Québec"}, 50, "nom"),
        (BAKERY, {"nom": "La boulangerie du pont inc."}, 65, "nom municipalite"),
        (BAKERY | PHONE, BAKERY | PHONE, 95, "nom telephone municipalite"),
        (BAKERY | ALL, BAKERY | ALL, 95, "nom telephone adresse site"),
        (BAKERY, {"nom": "Boulengerie du Pont"}, 60, "nom-presque-pareil municipalite"),
        (BAKERY | ADDRESS, {"nom": "Boulangerie du Pont de La Tuque"} | ADDRESS, 55, "nom-proche adresse"),
        (BAKERY | ADDRESS | PHONE, {"nom": "Théâtre"} | ADDRESS | PHONE, 55, "telephone adresse"),
        (BAKERY | ADDRESS, {"nom": "Théâtre"} | ADDRESS, 25, "adresse"),
        (BAKERY | SITE, {"nom": "Théâtre"} | SITE, LEAST, "site municipalite"),
    ],
)
def test_score_and_reasons(one: dict[str, str], other: dict[str, str], score: int, codes: str) -> None:
    found = pair(one, other)
    assert found is not None
    assert (found.score, [code for code, _ in found.reasons]) == (score, codes.split())


def test_different_neqs_closed_and_merged_are_no_pair() -> None:
    assert pair(BAKERY | ALL | {"neq": "1142934315"}, BAKERY | ALL | {"neq": "1145028693"}) is None
    assert pair(BAKERY | ALL | {"statut": "fermee"}, BAKERY | ALL) is None
    assert pair(BAKERY | ALL | {"fusionnee_avec": "b"}, BAKERY | ALL) is None


@pytest.mark.parametrize("shared", [PHONE, ADDRESS, SITE, ALL])
def test_high_and_low_are_never_certain(shared: dict[str, str]) -> None:
    found = pair({"nom": FOREST[0]} | shared, {"nom": FOREST[1]} | shared)
    assert found is not None
    assert found.score <= APART
    assert found.level == "à regarder"
    assert found.doubts == (("nom-distinct", "les noms se distinguent par «\u00a0haut\u00a0» et «\u00a0bas\u00a0»"),)


def test_high_and_low_that_share_nothing_are_not_shown() -> None:
    assert find([record("a", FOREST[0]), record("b", FOREST[1])], {}) == []


def test_a_foundation_is_not_its_museum() -> None:
    found = pair({"nom": "Musée Exemple"} | ALL, {"nom": "Fondation du Musée Exemple"} | ALL)
    assert found is not None
    assert found.score == APART
    assert "fondation" in found.doubts[0][1]


def test_every_pair_that_a_rule_reports_is_shown(tmp_path: Path) -> None:
    project = lay_out(tmp_path, EXAMPLES)
    schema = load("enterprises")
    records = [from_document(source.read(path), path.name, schema) for path in sorted(project.enterprises.glob("*"))]
    records += [record(f"z{rank}", nom, **shared) for rank, (nom, shared) in enumerate(  # type: ignore[arg-type]
        [("Café Exemple", ALL), ("Cafe exemple inc", ALL), ("Café Exmeple", PHONE), ("Bar", ADDRESS | PHONE)]
    )]  # fmt: skip
    judged = judge(records, context(tmp_path))
    reported = {p.slug for p in judged if p.code.startswith("doublon")}
    shown = {pair.other.slug for pair in find(records, {})}
    assert reported
    assert reported <= shown


def test_examined_pairs_come_last_with_their_reason(tmp_path: Path) -> None:
    records = [record("a", **BAKERY), record("b", **BAKERY), record("c", **BAKERY)]
    path = tmp_path / "exceptions.yml"
    path.write_text(
        "exceptions:\n  - fiche: b\n    code: doublon-nom\n    raison: Deux ponts.\n  - fiche: c\n", "utf-8"
    )
    accepted = exceptions.accepted(path)
    assert accepted == {("b", "doublon-nom"): "Deux ponts."}
    found = find(records, accepted)
    assert [(p.one.slug, p.other.slug, p.examined) for p in found] == [
        ("a", "c", ""),
        ("b", "c", ""),
        ("a", "b", "Deux ponts."),
    ]
    text = FORMATS["text"](found, 1)
    assert "(déjà examiné)" in text
    assert "Déjà examiné\u00a0: Deux ponts." in text
    assert "3\u00a0paires, dont 1 déjà examinée." in text
    assert "1\u00a0fiche n’a pas pu être lue ni comparée" in text
    assert exceptions.accepted(tmp_path / "absent.yml") == {}
    path.write_text("exceptions: [", encoding="utf-8")
    assert exceptions.accepted(path) == {}


def test_formats_are_inert() -> None:
    hostile = '=HYPERLINK("x")\x1b[31m\u202e"'
    found = find([record("a", hostile, telephone="819 555-0142"), record("b", hostile, telephone="819 555-0142")], {})
    assert all(c.isprintable() or c in "\n\u00a0" for c in FORMATS["text"](found, 0))
    (row,) = csv.DictReader(io.StringIO(FORMATS["csv"](found, 0)))
    assert tuple(row) == COLUMNS
    assert row["nom_1"].startswith("'=")
    assert "\x1b" not in row["nom_1"]
    data = json.loads(FORMATS["json"](found, 0))
    assert data["paires"][0]["raisons"] == ["nom", "telephone", "municipalite"]
    assert "\x1b" not in FORMATS["json"](found, 0)
    assert FORMATS["text"]((), 0) == "Aucune paire de fiches ne se ressemble assez."


def test_no_record_is_compared_with_every_other() -> None:
    schema = load("enterprises")
    drawn = [
        from_document(source.Document(Path(f"{slug}.yml"), "x", values, []), f"{slug}.yml", schema)
        for slug, values in Generator().records(2000)
    ]
    assert sum(1 for _ in compared(drawn)) < 10 * len(drawn)
    start = time.perf_counter()
    found = find(drawn, {})
    assert time.perf_counter() - start < 2
    assert all(one.score >= other.score for one, other in pairwise(found))


def test_command(tmp_path: Path) -> None:
    project = lay_out(tmp_path, EXAMPLES, records=False)
    for slug in ("boulangerie-du-pont", "la-boulangerie"):
        project.record(slug).write_text(
            "nom: Boulangerie du Pont\nforme_juridique: obnl\nstatut: active\nsecteur: agriculture\n"
            "etablissements:\n  - municipalite: Exempleville\nverification:\n  statut: a-confirmer\n",
            encoding="utf-8",
        )
    project.record("illisible").write_text("nom: [", encoding="utf-8")
    done = project.call("duplicates")
    assert done.returncode == 0, done.stderr
    assert " 65  à regarder\n" in done.stdout
    assert "Même nom, même municipalité" in done.stdout
    assert "1\u00a0fiche n’a pas pu être lue" in done.stdout
    assert json.loads(project.call("duplicates", "--format", "json").stdout)["paires"][0]["score"] == 65
    assert project.call("duplicates", "--format", "csv", "--minimum", "66").stdout == ",".join(COLUMNS) + "\n"
    refused = project.call("duplicates", "--minimum", "mille")
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
