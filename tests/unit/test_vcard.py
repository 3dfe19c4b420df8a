"""A card is read by telephones: it must hold to RFC 2426 whatever a record says."""

from dataclasses import replace
from datetime import date

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise, Place, Verification
from annuaire.pages.vcard import LONGEST_LINE, escape, fold, vcard
from annuaire.places import territories, vocabularies

SITE = "https://exemple.org/repertoire/"
HOSTILE = "=1+1;<b>,\\\r\nEND:VCARD\nTEL:1\u2028X:1\x85\x0b\x00\x07\ud800 {{ 7 }} javascript:alert(1) \"'é"
COOP = Enterprise(
    slug="coop-exemple",
    nom="Coopérative Exemple; la « bonne », et l’autre",
    forme_juridique="obnl",
    statut="active",
    secteur="a-preciser",
    etablissements=(
        Place(
            municipalite="La Tuque",
            adresse="1250, rue Exemple",
            code_postal="G9X 2E8",
            latitude=47.43777,
            longitude=-72.78283,
            telephone="819 555-0142 poste 12",
            courriel="info@coop.example.org",
        ),
        Place(municipalite="Shawinigan", telephone="819 555-0142 poste 12"),
    ),
    verification=Verification("confirmee", date(2026, 3, 15)),
    mission="Offrir des repas, à prix juste.\nEt livrer; partout.",
    site_web="https://coop.example.org/é?a=1&b=2",
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue((COOP,), (), territories.load(), vocabularies.load(), ("04",))


def lines_of(card: str) -> list[str]:
    """Unfold a card into its content lines, after judging its physical ones."""
    assert card.endswith("\r\n")
    physical = card.encode("utf-8")[:-2].split(b"\r\n")
    assert all(len(line) <= LONGEST_LINE for line in physical)
    for line in physical:
        line.decode("utf-8")  # no character is cut
    unfolded = card[:-2].replace("\r\n ", "")
    found = unfolded.split("\r\n")
    assert found == unfolded.splitlines(), "a reader may take another character for a line break"
    return found


def test_card_of_an_enterprise(catalogue: Catalogue) -> None:
    assert lines_of(vcard(catalogue, COOP, SITE)) == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:Coopérative Exemple\\; la « bonne »\\, et l’autre;;;;",
        "FN:Coopérative Exemple\\; la « bonne »\\, et l’autre",
        "ORG:Coopérative Exemple\\; la « bonne »\\, et l’autre",
        "X-ABSHOWAS:COMPANY",
        "ADR;TYPE=WORK,PREF:;;1250\\, rue Exemple;La Tuque;QC;G9X 2E8;Canada",
        "ADR;TYPE=WORK:;;;Shawinigan;QC;;Canada",
        "TEL;TYPE=WORK,VOICE:819 555-0142 poste 12",
        "EMAIL;TYPE=INTERNET:info@coop.example.org",
        "URL:https://coop.example.org/%C3%A9?a=1&b=2",
        "URL:https://exemple.org/repertoire/entreprises/coop-exemple/",
        "GEO:47.43777;-72.78283",
        "CATEGORIES:Économie sociale",
        "NOTE:Offrir des repas\\, à prix juste.\\nEt livrer\\; partout.",
        "REV:2026-03-15T00:00:00Z",
        "END:VCARD",
    ]


def test_another_program_reads_the_card(catalogue: Catalogue) -> None:
    card = vobject.readOne(vcard(catalogue, COOP, SITE))
    assert card.validate(raiseException=True)
    assert (card.version.value, card.fn.value, card.n.value.family) == ("3.0", COOP.nom, COOP.nom)
    assert card.org.value == [COOP.nom]
    assert (card.tel.value, card.tel.params["TYPE"]) == ("819 555-0142 poste 12", ["WORK", "VOICE"])
    assert card.email.value == "info@coop.example.org"
    town = card.adr.value
    assert (town.street, town.city, town.region, town.code) == ("1250, rue Exemple", "La Tuque", "QC", "G9X 2E8")
    assert card.note.value == COOP.mission


def test_a_confidential_address_gives_the_town_only(catalogue: Catalogue) -> None:
    card = vcard(catalogue, replace(COOP, adresse_confidentielle=True), SITE)
    assert "ADR;TYPE=WORK,PREF:;;;La Tuque;QC;;Canada\r\n" in card
    for secret in ("rue Exemple", "G9X", "GEO", "47.4"):
        assert secret not in card


def test_a_poor_record_gives_a_whole_card(catalogue: Catalogue) -> None:
    poor = Enterprise("x", "X", "obnl", "inconnu", "a-preciser", (Place("La Tuque"),), Verification("a-confirmer"))
    assert [line.partition(":")[0] for line in lines_of(vcard(catalogue, poor, SITE))] == [
        *("BEGIN", "VERSION", "N", "FN", "ORG", "X-ABSHOWAS", "ADR;TYPE=WORK,PREF", "URL", "CATEGORIES", "END"),
    ]


@pytest.mark.parametrize("text", [HOSTILE, "\r\nBEGIN:VCARD", "\\", "\\n", ";" * 200, "é" * 200, "\r", "javascript:x"])
def test_hostile_texts_add_no_property(catalogue: Catalogue, text: str) -> None:
    place = replace(COOP.lieu, adresse=text, code_postal=text, telephone=text, courriel=text, nom=text, heures=text)
    hostile = replace(COOP, nom=text, mission=text, description=text, site_web=text, etablissements=(place,))
    names = [line.partition(":")[0].partition(";")[0] for line in lines_of(vcard(catalogue, hostile, SITE))]
    assert names == [
        *("BEGIN", "VERSION", "N", "FN", "ORG", "X-ABSHOWAS", "ADR", "TEL", "EMAIL", "URL", "GEO", "CATEGORIES"),
        *("NOTE", "REV", "END"),
    ]


def test_a_hostile_web_address_stays_on_its_line(catalogue: Catalogue) -> None:
    card = vcard(catalogue, replace(COOP, site_web='https://exemple.org/\r\nEND:VCARD\n\x00"<é'), SITE)
    assert "URL:https://exemple.org/%0D%0AEND:VCARD%0A%00%22%3C%C3%A9" in lines_of(card)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_from_a_folded_line(text: str) -> None:
    line = lines_of(fold(f"NOTE:{escape(text)}"))
    assert len(line) == 1
    assert line[0] == f"NOTE:{escape(text)}"
    assert not any(ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 for c in line[0])
