"""Hold the committed decisions of Mauricie to what they promise: complete, explained, and silent on addresses."""

import re
from pathlib import Path

import pytest

from annuaire.intake.importing import decisions, deductions, mapping, state
from annuaire.intake.importing.decisions import Decision
from annuaire.intake.importing.rows import name_key
from annuaire.places import territories, vocabularies
from annuaire.places.meanings import Meanings
from annuaire.rules.confidentiality import reason_to_hide
from annuaire.schema import load
from annuaire.text.names import slugify
from annuaire.yamlfile import source

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "content" / "import"
POSTAL_CODE = re.compile(r"\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b")
STREET = re.compile(r"\d+,? (\d+e )?(rue|avenue|av\.|boul|ch\.|chemin|rang|place|route|terrasse)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def table() -> list[Decision]:
    found = decisions.load(FOLDER / "mauricie-decisions.csv", vocabularies.load(), territories.load())
    return list(found.values())


def test_every_row_of_the_list_has_its_decision(table: list[Decision]) -> None:
    assert len(table) == 412
    assert all(decision.raison and decision.source for decision in table)


def test_a_sole_trader_is_never_published(table: list[Decision]) -> None:
    traders = [decision for decision in table if decision.cle.startswith("22")]
    assert traders
    assert not any(decision.is_published for decision in traders)


def test_keys_are_a_neq_or_a_name_and_a_municipality(table: list[Decision]) -> None:
    for decision in table:
        if not re.fullmatch(r"\d{10}", decision.cle):
            assert decision.cle.removesuffix(" (2)") == name_key(decision.nom, decision.municipalite)


def test_what_is_said_to_come_from_a_rule_does(table: list[Decision]) -> None:
    rules = deductions.load(FOLDER / "mauricie-regles.yml", vocabularies.load())
    for decision in table:
        found = deductions.deduce(decision.nom_publie or decision.nom, rules)
        if decision.secteur_source == "regle":
            assert decision.secteur == found.sector, decision.nom
        if decision.forme_source == "regle":
            assert decision.forme_juridique == found.form, decision.nom
        assert decision.confidentiel or not found.confidential, decision.nom
        assert decision.confidentiel or decision.adresse_publique or not reason_to_hide(decision.nom), decision.nom


def test_published_rows_say_what_is_not_known(table: list[Decision]) -> None:
    for decision in table:
        if decision.is_published and not decision.fusion:
            assert decision.secteur, decision.nom
            assert decision.forme_juridique, decision.nom
            assert (decision.secteur == "a-preciser") == (decision.secteur_source == ""), decision.nom
            assert (decision.forme_juridique == "a-preciser") == (decision.forme_source == ""), decision.nom


@pytest.mark.parametrize(
    "path", [path for path in sorted(FOLDER.iterdir()) if path.suffix != ".xlsx"], ids=lambda path: path.name
)
def test_no_companion_of_the_import_holds_an_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not POSTAL_CODE.search(text)
    assert not STREET.search(text)


def test_the_mapping_is_readable_and_its_state_too() -> None:
    found = mapping.load(
        FOLDER / "mauricie.yml", load("enterprises"), Meanings(vocabularies.load(), territories.load())
    )
    for written in state.load(state.read(found.state), found.state.name).values():
        assert written.slug == slugify(written.slug, 80)
        assert re.fullmatch(r"[0-9a-f]{64}", written.digest)


def test_deduced_offers_say_where_they_come_from_and_no_more() -> None:
    """Nobody was asked: what a name states is to be confirmed, and has neither price nor territory."""
    offers = [
        offer
        for path in sorted((FOLDER.parent / "enterprises").glob("*.yml"))
        for offer in source.parse_trusted(path).get("offres", ())
        if offer.get("verification", {}).get("source", "").startswith("Nom ")
    ]
    assert offers
    for offer in offers:
        if offer["verification"]["statut"] == "a-confirmer":
            assert offer.keys() == {"nom", "categorie", "verification"}, offer
