"""Judge hostile cells: quickly, and without telling what is to be hidden."""

import time
from pathlib import Path

import pytest
from tests.rules.corpus import context

from annuaire.records.reading import Record, from_document
from annuaire.rules import judge_record
from annuaire.schema import load
from annuaire.yamlfile import source

CONTEXT = context(Path("contenu"))
TEXT = """\
nom: {nom}
neq: "{value}"
annee_fondation: "{value}"
forme_juridique: obnl
statut: active
secteur: petite-enfance
{stated}etablissements:
  - municipalite: La Tuque
    adresse: "{value}"
    code_postal: "{value}"
    latitude: "{value}"
    longitude: "{value}"
    telephone: "{value}"
    courriel: "{value}"
site_web: "{value}"
verification:
  statut: a-confirmer
  date: "{value}"
"""


def record(value: str, stated: str = "", nom: str = "Coop") -> Record:
    text = TEXT.format(value=value, stated=stated, nom=nom)
    return from_document(source.parse(text, Path("a.yml")), "a.yml", load("enterprises"))


@pytest.mark.parametrize(
    "value",
    [
        "819" + " " * 30_000 + "z",
        "819" + " ;," * 10_000 + "poste z",
        "1" * 30_000 + "z",
        "a." * 15_000 + "!",
        "819 555-0142 " * 2_500 + "z",
        "x 1 " * 7_500 + "z",
    ],
)
def test_a_hostile_cell_is_judged_at_once(value: str) -> None:
    start = time.perf_counter()
    assert judge_record(record(value), CONTEXT)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("stated", "nom"),
    [
        ("adresse_confidentielle: oui\n", "Coop"),
        ("adresse_confidentielle: Oui\n", "Coop"),
        ("", "Maison d’aide et d’hébergement pour femmes"),
    ],
)
@pytest.mark.parametrize("value", ["g9a5k8", "46,34567", " 77 rue Secrète", "77 rue\\nSecrète", "G1A 1A1", "77\\x01"])
def test_what_is_to_be_hidden_is_never_quoted(stated: str, nom: str, value: str) -> None:
    only = TEXT.split("    telephone")[0] + "verification:\n  statut: a-confirmer\n"
    lines = [line for line in only.splitlines(keepends=True) if not line.startswith(("neq", "annee"))]
    text = "".join(lines).format(value=value, stated=stated, nom=nom)
    judged = from_document(source.parse(text, Path("a.yml")), "a.yml", load("enterprises"))
    problems = judge_record(judged, CONTEXT)
    assert problems
    for written in (value, value.upper(), "G9A 5K8", "46.34567", "Secrète", "G1A"):
        assert not any(written in p.message or written in p.hint for p in problems), problems


@pytest.mark.parametrize("place", ["code_postal: H2X 1X1", "adresse: 77 rue # Secrète"])
def test_other_rules_do_not_quote_it_either(place: str) -> None:
    text = TEXT.split("    adresse")[0].format(value="2001", stated="adresse_confidentielle: oui\n", nom="Coop")
    judged = from_document(source.parse(f"{text}    {place}\n", Path("a.yml")), "a.yml", load("enterprises"))
    problems = judge_record(judged, CONTEXT)
    assert {"code-postal-region", "texte-coupe"} & {p.code for p in problems}
    assert not any(word in p.message + p.hint for p in problems for word in ("H2X", "Secrète"))


def test_what_is_public_is_quoted() -> None:
    problems = judge_record(record("g9a5k8", "adresse_confidentielle: non\n"), CONTEXT)
    assert any("g9a5k8" in p.message and "G9A 5K8" in p.hint for p in problems)
