"""Ask the real directory, in a browser, what it should know and what it should say it does not."""

from __future__ import annotations

import re

import pytest
from tests.browser.conftest import Open
from tests.browser.test_catalogue import show
from tests.browser.test_mode import MODE, asking, unfolded
from tests.browser.test_mode import ask as ask_mode
from tests.browser.test_search import ask

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("traiteur", r"Bouff|Café|traiteur"),
        ("cpe", r"^CPE "),
        ("entretien", r"domicile|Aide chez soi|entretien"),
        ("foresterie", r"forestière"),
        ("garderie trois-rivieres", r"CPE"),
        ("menage", r"domicile|Aide chez soi"),
    ],
)
def test_need_is_found_in_the_real_directory(words: str, expected: str, real: str, visit: Open) -> None:
    with visit(real) as visited:
        ask(visited, words)
        names = visited.names()
        assert [name for name in names[:6] if re.search(expected, name)], names


def test_unconfirmed_directory_says_so(real: str, visit: Open) -> None:
    with visit(real) as visited:
        page = show(visited, "?q=traiteur", "« traiteur »")
        assert visited.settled().startswith("0 confirmée · ")
        assert page.locator("[data-catalogue-rows] .rows > li > p a").count() > 0, "a way of reaching each that has one"
        assert not visited.names("offre-confirmee")
        assert page.locator("[data-catalogue-rows] .badge--ok").count() == 0
        assert page.locator(".facet input[name=confirme]:visible").count() == 0, "nothing to choose from"


def test_need_that_nobody_offers_is_said_beside_what_is_near(real: str, visit: Open) -> None:
    with visit(real) as visited:
        page = show(visited, "?q=imprimerie", "« imprimerie »")
        note = page.locator("[data-catalogue-note]").inner_text().replace("\u00a0", " ")
        assert "Aucune offre inscrite ne porte sur « Impression et reprographie »." in note
        assert visited.settled() == "0 confirmée · 0 à confirmer pour « imprimerie »"
        show(visited, "?q=taxi", "« taxi »")
        assert not page.locator("[data-catalogue-note]").is_visible()


@pytest.mark.parametrize("body", ["municipalite", "mrc", "organisme-public"])
def test_the_real_directory_shows_no_mode(real: str, visit: Open, body: str) -> None:
    with asking(real, visit) as visited:
        said = ask_mode(visited, organisme=body, contrat="services", montant="24000")
        municipal = body != "organisme-public"
        assert said == ("Seuil à vérifier auprès du MAMH" if municipal else "Seuil à vérifier")
        words = unfolded(visited.page)
        assert ("à partir de 121 200 $" in words) is municipal
        assert "du 7 octobre 2022 au 31 décembre 2023" in words or not municipal


def test_the_real_directory_uses_a_by_law_under_the_lowest_ceiling_it_knows(real: str, visit: Open) -> None:
    with asking(real, visit) as visited:
        question = {"organisme": "municipalite", "contrat": "services", "reglement": "110 000"}
        said = ask_mode(visited, **question, montant="101099")
        assert said == "Selon le montant que vous avez saisi : gré à gré"
        words = visited.page.locator("[data-mode-verdict]").inner_text()
        assert "Plafond légal et nouvelle loi non vérifiés ici." in words
        assert ask_mode(visited, **question, montant="101100") == "Seuil à vérifier auprès du MAMH"


def test_known_amounts_show_without_scripts(real: str, visit: Open) -> None:
    with visit(real, java_script_enabled=False) as visited:
        visited.open(MODE)
        words = visited.page.locator("main").inner_text().replace("\u00a0", " ")
        for amount in ("25 000 $", "101 100 $", "105 700 $", "121 200 $", "montant à vérifier"):
            assert amount in words
        assert "En vigueur" not in visited.page.locator(".rules .badge").all_inner_texts()
