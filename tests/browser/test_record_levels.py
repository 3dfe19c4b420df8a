"""What a record says of each answer: its level, the offers that answer, every caveat of the screen; older records."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .conftest import WIDTHS, Open
from .looking import LOOKED_AT, overflow, violations
from .recording import ALTERED, SURE, canonical, download, recorded, sealed, verify
from .selecting import BREWERY, CAMP, CATERER, CLEANING, PRINTER, RECORD, VERIFY, choose, kept_for

pytestmark = pytest.mark.browser


@pytest.fixture
def record(site: str, visit: Open) -> bytes:
    """Give the record of a search, made in the browser."""
    return recorded(site, visit)


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_record_says_by_what_each_answers(site: str, visit: Open, width: int) -> None:
    """« Confirmée » is for what is asked; who is of the same sector only is in no list, even chosen."""
    with visit(site, width=width, **LOOKED_AT) as visited:
        page = visited.page
        choose(page, kept_for(BREWERY, "traiteur", "secteur"), kept_for(PRINTER, "affiches", "offre"))
        visited.open(f"{RECORD}?q=traiteur")
        page.locator("[data-record-found] li").first.wait_for()
        titles = page.locator("[data-record-found] h3").all_inner_texts()
        assert [title.replace("\u00a0", " ") for title in titles] == [
            "Offrent « Traiteur et buffets », offre confirmée 1",
            "En parlent, à demander 1",
        ]
        counted = page.locator("[data-record-counted]").inner_text().replace("\u00a0", " ")
        assert counted.startswith("1 confirmée · 0 à confirmer; 1 en parle")
        ranks = page.evaluate(
            "[...document.querySelectorAll('[data-record-found] .found')].map((l) => l.children.length)"
        )
        assert ranks == [1, 1]
        assert BREWERY[1] not in page.locator("[data-record]").inner_text()
        assert (
            "1\u00a0entreprise de votre sélection est du même secteur seulement"
            in page.locator("[data-record-left]").inner_text()
        )
        outside = page.locator("[data-record-others-list] li").inner_text()
        assert "Pour «\u00a0affiches\u00a0»\u00a0: une offre inscrite" in outside
        assert overflow(page) == []
        assert violations(page) == []

        value = json.loads(download(page))
        assert value["version"] == 2
        assert value["decompte"] == {"confirmees": 1, "a_confirmer": 0}
        lines = {line["slug"]: (line["niveau"], line["confirmee"], line["offres"]) for line in value["trouvees"]}
        assert lines[CATERER[0]] == ("offre", True, ["Buffets froids et chauds"])
        assert lines[CAMP[0]] == ("activite", False, []), "its record is confirmed, not that it caters"
        assert {level for level, *_ in lines.values()} == {"offre", "activite"}
        assert [(line["slug"], line["besoin"], line["niveau"]) for line in value["autres"]] == [
            (PRINTER[0], "affiches", "offre")
        ]
        assert BREWERY[0] not in json.dumps(value)


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        (
            "q=traiteurr",
            [
                "Aucune fiche ne contient « traiteurr »",
                "Vouliez-vous dire « traiteur »?",
                "Aucune offre inscrite ne porte sur",
            ],
        ),
        (
            "q=vélo électrique",
            ["personne n’a encore confirmé ces renseignements", "rien ne dit qu’elles offrent exactement ce besoin"],
        ),
        ("q=entretien ménager de locaux à Baie-Modèle", ["rien n’indique qu’elles desservent ce territoire"]),
        ("q=récolte vitrail", ["Aucune offre inscrite", "aucune fiche ne répond à tous ces mots à la fois"]),
        ("categorie=couture-confection", ["personne n’a encore confirmé"]),
        ("categorie=papeterie", ["Aucune entreprise ne répond à cette recherche."]),
        ("q=salle&pres=00000", ["Ces données ne connaissent pas le lieu « 00000 »."]),
    ],
)
def test_a_record_carries_every_caveat_of_the_screen(site: str, visit: Open, query: str, texts: list[str]) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(f"acheter/catalogue/?{query}")
        page.locator("[data-catalogue-found]").wait_for()
        shown = [
            *page.locator("[data-catalogue-note] > div > p:not(.links)").all_inner_texts(),
            *page.locator("[data-catalogue-rows] section > .hint").all_inner_texts(),
        ]
        visited.open(f"{RECORD}?{query}")
        page.locator("[data-record]").wait_for()
        printed = page.locator("[data-record-caveats] li").all_inner_texts()
        kept = json.loads(download(page))["mises_en_garde"]
        assert kept == printed
        said = "\n".join(kept).replace("\u00a0", " ")
        for text in texts:
            assert text in said
        for text in shown:
            own = text.replace("\u00a0", " ")
            assert own[1:] in said


def first_version(record: bytes) -> dict[str, Any]:
    """Write a record as version 1 did: no level, no caveat, `confirmee` of the whole record of an enterprise."""
    value = json.loads(record)
    for key in ("decompte", "mises_en_garde"):
        del value[key]
    for line in value["trouvees"]:
        del line["niveau"]
        line["confirmee"] = not line["confirmee"]
    value["autres"] = [{key: line[key] for key in ("slug", "nom", "raison")} for line in value["autres"]]
    return {**value, "version": 1}


def test_a_record_of_the_first_version_is_read(site: str, visit: Open, record: bytes) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(VERIFY)
        old = first_version(record)
        assert verify(page, sealed(old)).startswith(SURE)
        page.locator("[data-changes] section").first.wait_for()
        said = page.locator("[data-changes-said]").inner_text()
        assert said.endswith("La même recherche trouve les mêmes entreprises."), "what it did not say has not changed"
        assert CLEANING[1] in page.locator("[data-verified-facts]").inner_text()
        old["reference"] = "2027-05"
        assert verify(
            page, canonical({**old, "empreinte": json.loads(sealed(first_version(record)))["empreinte"]})
        ).startswith(ALTERED)


def test_changes_of_level_are_told(site: str, visit: Open, record: bytes) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(VERIFY)
        value = json.loads(record)
        first, second = value["trouvees"][:2]
        first["confirmee"] = not first["confirmee"]
        second["niveau"], second["confirmee"] = "activite", False
        assert verify(page, sealed(value)).startswith(SURE)
        group = page.locator("[data-changes] section", has_text="Répondent autrement (2)")
        group.wait_for()
        assert "2\u00a0entreprises y répondent autrement." in page.locator("[data-changes-said]").inner_text()
        told = group.inner_text().replace("\u00a0", " ")
        before, after = ("confirmée", "à confirmer") if first["confirmee"] else ("à confirmer", "confirmée")
        assert f"{first['nom']} : Une offre inscrite, {before}, puis Une offre inscrite, {after}" in told
        assert f"{second['nom']} : Son activité, à demander, puis Une offre inscrite" in told
        value["recherche"]["adresse"] = "q=traiteur"
        value["trouvees"] = [{**first, "slug": BREWERY[0], "nom": BREWERY[1], "rang": 1}]
        assert verify(page, sealed(value)).startswith(SURE)
        gone = page.locator("[data-changes] section", has_text="Disparues (1)")
        gone.wait_for()
        assert "ne répond plus que par son secteur" in gone.inner_text()
