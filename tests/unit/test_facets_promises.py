"""Hold each sentence at the top of `facets.js` by a small example: without its code, one of these fails."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tests.catalogues import Ask, Json, columns

MEKINAC, SHAWINIGAN = 1, 2  # ranks in « dessertes »: Mékinac alone; Shawinigan and Les Chenaux
QUEBEC, NOWHERE = 0, -1
TRAITEUR, MENAGE, TRANSPORT = 0, 1, 2
SAINT_TITE, SHAWINIGAN_TOWN, LA_TUQUE = (467_300, -725_600), (465_600, -727_500), (474_400, -727_800)


def enterprise(at: tuple[int, int] | None = SHAWINIGAN_TOWN, **fields: Any) -> Json:
    """Make an enterprise of which little is known."""
    lat, lon = at or (None, None)
    usual = {
        "secteur": 0,
        "autres_secteurs": 0,
        "forme": 1,
        "adhesion": -1,
        "mrc": [1],
        "municipalite": 1,
        "lat": lat,
        "lon": lon,
        "desserte": NOWHERE,
        "certifications": 0,
        "conformite": 0,
        "confirmee": 0,
        "date": "",
    }
    return usual | fields


def offer(category: int, area: int = NOWHERE, *, confirmed: bool = False) -> Json:
    """Make an offer; without an area of its own, it has that of its enterprise."""
    return {"categorie": category, "desserte": area, "confirmee": int(confirmed)}


def search(**fields: Any) -> Json:
    """Ask for nothing but what is given."""
    lists = ("categorie", "secteur", "mrc", "dessert", "forme", "adhesion", "certification", "conformite", "confirme")
    usual = {"q": "", "depuis": "", "pres": "", "rayon": "25", "tri": "pertinence", "vue": "cartes"}
    return {name: [] for name in lists} | usual | fields


def result(rank: int, level: str, offers: Sequence[int] = (), *, sure: bool = False, near: int = 0) -> list[Any]:
    """Say how an enterprise answers words."""
    return [rank, {"level": level, "offers": list(offers), "isSure": sure, "near": near}]


def said(*results: list[Any], placed: bool = False) -> Json:
    """Answer words, in this order; `placed` where they name a place."""
    return {"results": list(results), "ranked": [rank for rank, _ in results], "places": [{}] if placed else []}


class Catalogue:
    """Ask a catalogue of a few enterprises."""

    def __init__(self, ask: Ask, *rows: tuple[Json, list[Json]]) -> None:
        self.ask = ask
        ask("load", data=columns([e for e, _ in rows], [o for _, o in rows]))

    def __call__(self, said: Json | None = None, *, mirror: bool = False, **asked: Any) -> Json:
        """Give the whole answer; `said` answers words.

        With `mirror`, sorting compares two enterprises the other way round, as another browser may.
        """
        words = search(q="" if said is None else "mots", **asked)
        answer: Json = self.ask("evaluate", search=words, said=said, mirror=mirror)
        return answer

    def found(self, **asked: Any) -> list[int]:
        """Give what is found."""
        found: list[int] = self(**asked)["found"]
        return found


def test_values_of_a_facet_add_up(ask: Ask) -> None:
    catalogue = Catalogue(ask, *((enterprise(secteur=rank, mrc=[rank]), [offer(rank, MEKINAC)]) for rank in range(3)))
    assert catalogue.found(secteur=["alimentation", "services"]) == [0, 1]
    assert catalogue.found(categorie=["traiteur", "transport"]) == [0, 2]
    assert catalogue.found(mrc=["371", "372"]) == [1, 2]


def test_facets_narrow_each_other(ask: Ask) -> None:
    catalogue = Catalogue(ask, (enterprise(secteur=0, forme=1), []), (enterprise(secteur=0, forme=2), []))
    assert catalogue.found(secteur=["alimentation"]) == [0, 1]
    assert catalogue.found(secteur=["alimentation"], forme=["coop"]) == [1]
    assert catalogue.found(secteur=["culture"], forme=["coop"]) == []


def test_one_facet_per_kind_of_document(ask: Ask) -> None:
    licence, insurance = [0, "", "", ""], [1, "", "", ""]
    catalogue = Catalogue(
        ask, *((enterprise(conformite=documents), []) for documents in ([licence], [insurance], [licence, insurance]))
    )
    assert catalogue.found(conformite=["rbq:oui"]) == [0, 2]
    assert catalogue.found(conformite=["rbq:oui", "assurance:oui"]) == [2]
    assert catalogue.found(conformite=["rbq:oui", "rbq:inconnu"]) == [0, 1, 2]


def test_one_same_offer_satisfies_category_and_territory(ask: Ask) -> None:
    """A firm that cleans offices in Mékinac and cooks meals in Shawinigan does not cook in Mékinac."""
    catalogue = Catalogue(ask, (enterprise(), [offer(MENAGE, MEKINAC), offer(TRAITEUR, SHAWINIGAN)]))
    assert catalogue.found(categorie=["menage"], dessert=["370"]) == [0]
    assert catalogue.found(categorie=["traiteur"], dessert=["370"]) == []
    assert catalogue.found(categorie=["traiteur"], dessert=["371"]) == [0]


def test_one_same_offer_is_confirmed_and_of_the_category(ask: Ask) -> None:
    catalogue = Catalogue(ask, (enterprise(), [offer(MENAGE, confirmed=True), offer(TRAITEUR)]))
    assert catalogue.found(categorie=["menage"], confirme=["oui"]) == [0]
    assert catalogue.found(categorie=["traiteur"], confirme=["oui"]) == []
    assert catalogue.found(categorie=["traiteur"], confirme=["non"]) == [0]
    answer = catalogue(categorie=["traiteur"])
    assert answer["sure"] == []
    assert answer["offers"] == {"0": [1]}


def test_the_territory_of_an_offer_is_its_own_else_that_of_its_enterprise(ask: Ask) -> None:
    catalogue = Catalogue(
        ask,
        (enterprise(desserte=SHAWINIGAN), [offer(MENAGE, MEKINAC)]),
        (enterprise(desserte=MEKINAC), [offer(MENAGE)]),
    )
    assert catalogue.found(dessert=["370"]) == [0, 1]
    assert catalogue.found(dessert=["371"]) == []


def test_all_of_quebec_is_served_and_an_unknown_territory_is_not(ask: Ask) -> None:
    catalogue = Catalogue(ask, (enterprise(), [offer(MENAGE, QUEBEC)]), (enterprise(), [offer(MENAGE)]))
    assert catalogue.found(dessert=["940"]) == [0]


def test_an_enterprise_without_offers_is_judged_on_itself(ask: Ask) -> None:
    sure, unsure = enterprise(desserte=MEKINAC, confirmee=1), enterprise(desserte=SHAWINIGAN)
    catalogue = Catalogue(ask, (sure, []), (unsure, []))
    assert catalogue.found(dessert=["370"]) == [0]
    assert catalogue.found(confirme=["oui"]) == [0]
    assert catalogue.found(confirme=["non"]) == [1]
    assert catalogue.found(categorie=["traiteur", "menage", "transport"]) == []
    answer = catalogue()
    assert (answer["sure"], answer["offers"]) == ([0], {"0": [], "1": []})


def test_a_confirmed_record_does_not_confirm_its_offers(ask: Ask) -> None:
    catalogue = Catalogue(ask, (enterprise(confirmee=1), [offer(MENAGE)]))
    assert catalogue.found(confirme=["oui"]) == []
    assert catalogue()["sure"] == []


@pytest.mark.parametrize(
    ("asked", "fields"),
    [
        ({"secteur": ["services"]}, {"secteur": 1}),
        ({"secteur": ["services"]}, {"autres_secteurs": [2, 1]}),
        ({"mrc": ["372"]}, {"mrc": [0, 2]}),
        ({"forme": ["coop"]}, {"forme": 2}),
        ({"adhesion": ["regulier"]}, {"adhesion": 0}),
        ({"certification": ["carboneutre"]}, {"certifications": [0, 1]}),
        ({"conformite": ["rbq:oui"]}, {"conformite": [[0, "2026-06-30", "", ""]]}),
        ({"conformite": ["rbq:non"]}, {"conformite": [[0, "2026-06-29", "", ""]]}),
        ({"depuis": "2025-07-01"}, {"date": "2025-07-01"}),
        ({"pres": "37010", "rayon": "10"}, {"at": SAINT_TITE}),
    ],
)
def test_the_other_facets_speak_of_the_enterprise(ask: Ask, asked: Json, fields: Json) -> None:
    catalogue = Catalogue(ask, (enterprise(), []), (enterprise(**fields), []))
    assert catalogue.found(**asked) == [1]


def test_one_facet_failed_is_enough_to_be_left_out(ask: Ask) -> None:
    """One that a single choice would find is counted, and not found; one that two would find is neither."""
    catalogue = Catalogue(
        ask, (enterprise(secteur=0, forme=1), []), (enterprise(secteur=1, forme=1), []), (enterprise(secteur=1), [])
    )
    answer = catalogue(secteur=["alimentation"], forme=["obnl"], certification=["bio"])
    assert (answer["found"], answer["counts"]["secteur"]) == ([], {})
    answer = catalogue(secteur=["alimentation"])
    assert (answer["found"], answer["counts"]["secteur"]) == ([0], {"alimentation": 1, "services": 2})


def test_an_offer_that_satisfies_confirms_its_enterprise(ask: Ask) -> None:
    catalogue = Catalogue(ask, (enterprise(), [offer(MENAGE), offer(TRAITEUR, confirmed=True), offer(MENAGE)]))
    assert catalogue()["sure"] == [0]
    assert catalogue(categorie=["menage"])["sure"] == []
    assert catalogue(categorie=["traiteur"])["sure"] == [0]
    assert catalogue(categorie=["traiteur"])["levels"] == {"0": "offre"}, "a category asks for its offers"


@pytest.mark.parametrize(
    ("answering", "sure"),
    [([0], False), ([1], True), ([0, 1], True)],
)
def test_the_offers_that_answer_alone_are_judged(ask: Ask, answering: list[int], sure: bool) -> None:
    """One who asks for a meal is not told « confirmed » because a cleaning offer of the same firm is."""
    catalogue = Catalogue(ask, (enterprise(confirmee=1), [offer(TRAITEUR), offer(MENAGE, confirmed=True)]))
    answer = catalogue(said(result(0, "offre", answering, sure=sure)))
    assert (answer["found"], answer["offers"]) == ([0], {"0": answering})
    assert answer["headline"] == {"sure": int(sure), "others": int(not sure)}
    assert catalogue(said(result(0, "offre", [0])), confirme=["oui"])["found"] == []


def test_who_only_speaks_of_it_is_never_confirmed_nor_counted(ask: Ask) -> None:
    catalogue = Catalogue(ask, (enterprise(confirmee=1), [offer(MENAGE, confirmed=True)]))
    answer = catalogue(said(result(0, "activite")))
    assert (answer["groups"], answer["headline"], answer["sure"]) == ({"activite": [0]}, {"sure": 0, "others": 0}, [])
    assert catalogue(said(result(0, "activite")), confirme=["oui"])["found"] == []


def test_who_is_of_the_same_sector_is_never_found(ask: Ask) -> None:
    catalogue = Catalogue(ask, (enterprise(secteur=0), []), (enterprise(secteur=1), []))
    answer = catalogue(said(result(0, "secteur"), result(1, "secteur")), secteur=["alimentation"])
    assert (answer["found"], answer["sector"], answer["groups"]) == ([], [0], {})


def test_offers_from_elsewhere_stand_apart_where_a_place_is_asked(ask: Ask) -> None:
    catalogue = Catalogue(ask, *((enterprise(), [offer(TRAITEUR)]) for _ in range(2)))
    two = (result(0, "offre", [0]), result(1, "offre", [1], near=1))
    assert catalogue(said(*two, placed=True))["groups"] == {"offre": [1], "ailleurs": [0]}
    assert catalogue(said(*two, placed=True))["headline"] == {"sure": 0, "others": 1}
    assert catalogue(said(*two))["groups"] == {"offre": [0, 1]}


def test_who_is_looked_up_leads_and_its_record_vouches(ask: Ask) -> None:
    catalogue = Catalogue(ask, (enterprise(), [offer(TRAITEUR, confirmed=True)]), (enterprise(confirmee=1), []))
    answer = catalogue(said(result(0, "offre", [0], sure=True), result(1, "nom", sure=True)))
    assert list(answer["groups"].items()) == [("nom", [1]), ("offre-confirmee", [0])]
    assert answer["sure"] == [1, 0]


def test_each_enterprise_has_its_own_offers(ask: Ask) -> None:
    catalogue = Catalogue(ask, *((enterprise(), [offer(MENAGE), offer(TRAITEUR)]) for _ in range(3)))
    assert catalogue()["offers"] == {"0": [0, 1], "1": [2, 3], "2": [4, 5]}
    assert catalogue(categorie=["menage"])["offers"] == {"0": [0], "1": [2], "2": [4]}


def test_offers_that_answer_come_first(ask: Ask) -> None:
    catalogue = Catalogue(ask, (enterprise(), [offer(MENAGE), offer(TRAITEUR), offer(TRANSPORT), offer(TRAITEUR)]))
    assert catalogue(said(result(0, "nom", [1, 3])))["offers"] == {"0": [1, 3, 0, 2]}
    assert catalogue(said(result(0, "nom")))["offers"] == {"0": [0, 1, 2, 3]}


ORDERED = (
    (enterprise(at=LA_TUQUE, date="2026-01-31"), []),
    (enterprise(at=SAINT_TITE, confirmee=1, date="2024-01-15"), []),
    (enterprise(at=SHAWINIGAN_TOWN, date="2026-06-30"), []),
    (enterprise(at=LA_TUQUE, confirmee=1, date="2026-01-31"), []),
    (enterprise(at=SHAWINIGAN_TOWN, confirmee=1, date="2026-01-31"), []),
    (enterprise(at=SAINT_TITE), []),
)
BY_NAME = [1, 3, 4, 0, 2, 5]
NEAR_SAINT_TITE = [1, 4, 3, 5, 2, 0]
BY_DATE = [3, 4, 1, 2, 0, 5]
BY_WORDS = [4, 3, 1, 5, 2, 0]
NEAR = {"pres": "37010", "rayon": "500"}
BY_NAME_SAID = said(*(result(rank, "lieu", sure=rank in (1, 3, 4)) for rank in (5, 4, 3, 2, 1, 0)))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, BY_NAME),
        ({"tri": "nom"}, BY_NAME),
        ({"tri": "distance"}, BY_NAME),
        ({"tri": "fraicheur"}, BY_DATE),
        ({"said": BY_NAME_SAID}, BY_WORDS),
        ({"said": BY_NAME_SAID, "tri": "distance"}, BY_WORDS),
        ({"said": BY_NAME_SAID, "tri": "nom"}, BY_NAME),
        ({"said": BY_NAME_SAID, "tri": "fraicheur"}, BY_DATE),
        (NEAR, NEAR_SAINT_TITE),
        (NEAR | {"tri": "nom"}, BY_NAME),
        (NEAR | {"tri": "fraicheur"}, BY_DATE),
        (NEAR | {"tri": "distance", "said": BY_NAME_SAID}, NEAR_SAINT_TITE),
        (NEAR | {"said": BY_NAME_SAID}, BY_WORDS),
    ],
)
def test_confirmed_ones_lead_whatever_the_order_asked(ask: Ask, asked: Json, expected: list[int]) -> None:
    catalogue = Catalogue(ask, *ORDERED)
    for mirror in (False, True):
        answer = catalogue(**asked, mirror=mirror)
        assert (answer["found"], len(answer["sure"])) == (expected, 3)


def test_equal_dates_and_distances_keep_the_order_of_names(ask: Ask) -> None:
    same = [(enterprise(at=SAINT_TITE, date="2026-01-31"), []) for _ in range(4)]
    for asked in ({"tri": "fraicheur"}, NEAR, NEAR | {"tri": "distance"}):
        for mirror in (False, True):
            assert Catalogue(ask, *same)(**asked, mirror=mirror)["found"] == [0, 1, 2, 3]


def test_distances_are_told_when_near_a_place_only(ask: Ask) -> None:
    catalogue = Catalogue(ask, (enterprise(at=SAINT_TITE), []), (enterprise(at=None), []))
    assert catalogue()["distances"] == {}
    assert catalogue(pres="37010")["distances"] == {"0": 0}
    assert catalogue.found(pres="37010") == [0], "where no point is known, no distance is"


def test_a_count_holds_this_value_alone_and_the_other_facets_as_they_are(ask: Ask) -> None:
    catalogue = Catalogue(
        ask,
        (enterprise(secteur=0, forme=1), [offer(TRAITEUR)]),
        (enterprise(secteur=1, forme=1), [offer(TRAITEUR), offer(MENAGE)]),
        (enterprise(secteur=1, forme=2), [offer(MENAGE)]),
    )
    counts = catalogue(secteur=["alimentation"], forme=["obnl"])["counts"]
    assert counts["secteur"] == {"alimentation": 1, "services": 1}, "the sector asked does not narrow its own facet"
    assert counts["forme"] == {"obnl": 1}, "the sector asked narrows the others; zeros are left out"
    assert counts["categorie"] == {"traiteur": 1}
    assert catalogue(categorie=["traiteur"])["counts"]["categorie"] == {"traiteur": 2, "menage": 2}


def test_an_enterprise_counts_once_for_a_value_of_its_offers(ask: Ask) -> None:
    offers = [offer(TRAITEUR, MEKINAC, confirmed=True), offer(TRAITEUR, SHAWINIGAN), offer(TRAITEUR, SHAWINIGAN)]
    catalogue = Catalogue(ask, (enterprise(), offers), (enterprise(), [offer(TRAITEUR, MEKINAC)]))
    counts = catalogue(dessert=["370"], confirme=["oui"])["counts"]
    assert counts["dessert"] == {"370": 1}, "only what is confirmed, wherever it serves"
    assert counts["confirme"] == {"oui": 1, "non": 1}, "only what serves Mékinac, confirmed or not"
    counts = catalogue(dessert=["371"])["counts"]
    assert counts["categorie"] == {"traiteur": 1}
    assert counts["dessert"] == {"370": 2, "371": 1, "372": 1}
    assert counts["confirme"] == {"non": 1}


def test_a_facet_known_for_under_one_in_five_is_hidden_unless_in_use(ask: Ask) -> None:
    def hidden(known: int, size: int = 10, **asked: Any) -> list[str]:
        rows = [(enterprise(certifications=[0] if rank < known else 0), []) for rank in range(size)]
        found: list[str] = Catalogue(ask, *rows)(**asked)["hidden"]
        return found

    assert "certification" in hidden(1)
    assert "certification" not in hidden(2), "one in five is enough"
    assert "certification" in hidden(2, 11)
    assert "certification" not in hidden(1, certification=["bio"])


def test_confirmed_is_hidden_where_every_offer_is_or_none(ask: Ask) -> None:
    def hidden(*confirmed: bool, **asked: Any) -> bool:
        rows = [(enterprise(), [offer(MENAGE, confirmed=sure)]) for sure in confirmed]
        return "confirme" in Catalogue(ask, *rows)(**asked)["hidden"]

    assert hidden(True, True)
    assert hidden(False, False)
    assert not hidden(True, False)
    assert not hidden(True, True, confirme=["oui"])


def test_what_to_take_away_is_told_when_nothing_is_found_only(ask: Ask) -> None:
    catalogue = Catalogue(ask, (enterprise(secteur=0, forme=2), []), (enterprise(secteur=1), []))
    assert catalogue(secteur=["alimentation"])["drop"] == []
    ways = catalogue(secteur=["culture"], forme=["coop"])["drop"]
    assert ways == [{"filters": [{"key": "secteur", "values": ["culture"]}], "count": 1}]


def test_dates_proposed_are_the_latest_first(ask: Ask) -> None:
    assert Catalogue(ask, (enterprise(), []))()["fresh"] == ["2025-12-30", "2025-06-30", "2024-06-30"]
