"""Read and say searches in the browser's own code: one offer for all filters, addresses, sentences, towns."""

from __future__ import annotations

import pytest
from tests.catalogues import Ask, Json, columns

CLEANER = {"categorie": 1, "confirmee": 1, "desserte": 1}  # offices cleaned in Mékinac
CATERER = {"categorie": 0, "confirmee": 0, "desserte": 2}  # meals cooked in Shawinigan
FIRM: Json = {
    "secteur": 1,
    "autres_secteurs": 0,
    "forme": 1,
    "adhesion": 0,
    "mrc": [1],
    "municipalite": 1,
    "lat": 465_600,
    "lon": -727_500,
    "desserte": 0,
    "certifications": 0,
    "conformite": 0,
    "confirmee": 1,
    "date": "2026-05-01",
}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("categorie=menage&dessert=370", [0]),
        ("categorie=traiteur&dessert=370", []),  # each is true of an offer, never both of the same
        ("categorie=traiteur&confirme=oui", []),
        ("categorie=menage&confirme=oui", [0]),
        ("dessert=940", [1]),  # without offers, the enterprise's own territory: all of Québec
        ("dessert=940&categorie=menage", []),
        ("confirme=non", [0]),
    ],
)
def test_one_same_offer_satisfies(ask: Ask, query: str, found: list[int]) -> None:
    ask("load", data=columns([FIRM, FIRM], [[CLEANER, CATERER], []]))
    search = ask("query", text=query)["search"]
    assert ask("evaluate", search=search, said=None)["found"] == found


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("", ""),
        ("vue=cartes&tri=pertinence&rayon=25", ""),
        ("categorie=b&q=%20a%20%20b%20&categorie=a&categorie=b", "q=a+b&categorie=a&categorie=b"),
        ("tri=nimporte&vue=x&depuis=2026-02-30&rayon=-4", ""),
        ("rayon=50", ""),
        ("pres=37010&rayon=50&tri=distance&vue=carte", "pres=37010&rayon=50&tri=distance&vue=carte"),
        ("conformite=rbq:oui&depuis=2026-02-28", "conformite=rbq%3Aoui&depuis=2026-02-28"),
        ("selection=a,b&utm_source=x", ""),
    ],
)
def test_search_is_written_one_way(ask: Ask, text: str, canonical: str) -> None:
    answer = ask("query", text=text)
    assert answer["text"] == canonical
    assert ask("query", text=canonical) == answer


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Entreprises d’économie sociale"),
        (
            "categorie=menage&mrc=370&confirme=oui&tri=nom",
            "Fournisseurs d’entretien ménager de locaux situés dans la MRC de Mékinac, offres ou fiches "
            "confirmées, triés par nom",
        ),
        (
            "categorie=menage&categorie=traiteur&dessert=370&dessert=371",
            "Fournisseurs d’entretien ménager de locaux ou de traiteur et buffet qui desservent la MRC de Mékinac ou "
            "Shawinigan",
        ),
        (
            "q=ménage&pres=94001&rayon=50&depuis=2026-01-01",
            "Entreprises d’économie sociale à 50 km ou moins de La Tuque, qui répondent à « ménage », fiches vérifiées "
            "depuis le 1er janvier 2026, triées par pertinence",
        ),
        ("q=ménage", "Entreprises d’économie sociale qui répondent à « ménage », triées par pertinence"),
        (
            "q=ménage&dessert=370",
            "Entreprises d’économie sociale qui desservent la MRC de Mékinac et qui répondent à « ménage », triées par "
            "pertinence",
        ),
        (
            "conformite=rbq:oui&conformite=rbq:non",
            "Entreprises d’économie sociale, Licence RBQ : échéance dépassée ou valide",
        ),
    ],
)
def test_search_is_said_in_french(ask: Ask, query: str, said: str) -> None:
    ask("load", data=columns([FIRM], [[]]))
    assert ask("sentence", text=query).replace("\u00a0", " ") == said


def test_a_word_of_an_address_is_no_property_of_an_object(ask: Ask) -> None:
    ask("load", data=columns([FIRM], [[]]))
    said = ask("sentence", text="conformite=rbq:constructor&conformite=__proto__:toString&confirme=valueOf")
    assert "function" not in said
    assert "constructor" in said
    search = ask("query", text="conformite=rbq:constructor")["search"]
    assert ask("evaluate", search=search, said=None)["found"] == []


@pytest.mark.parametrize(
    ("text", "code", "near"),
    [
        ("Saint-Tite", "37010", None),
        ("saint tite", "37010", None),
        ("SHAWI", "37105", None),
        ("la tuque", "94001", None),
        ("Shawinigaan", "", ["Shawinigan"]),
        ("Sans-Point", "", []),  # nobody knows where it is
        ("", "", None),
    ],
)
def test_town_is_found_as_it_is_typed(ask: Ask, text: str, code: str, near: list[str] | None) -> None:
    ask("load", data=columns([FIRM], [[]]))
    answer = ask("town", text=text)
    assert answer["code"] == code
    if near is not None:
        assert answer["near"] == near
