"""« Quel mode d’achat? » by keyboard and on a telephone: a mode only from rules in force, suppliers around a town."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Page
from tests.sites import Project

from .conftest import WIDTHS, Open, Visit
from .selecting import catalogue
from .test_every_page import overflow, violations

pytestmark = pytest.mark.browser

MODE = "acheter/mode/"
NOON = "2026-11-22T12:00:00-05:00"
AFTER = "2028-06-01T12:00:00-04:00"  # every rule of the Exemple site has run out
TOWN = "Exempleville"
OTHER_TOWN = "Exemple-les-Bains (MRC des Grands-Exemples)"
CLEANER = "Entretien Exemple, entreprise d’insertion"


@contextmanager
def asking(origin: str, visit: Open, when: str = NOON, **options: Any) -> Iterator[Visit]:
    """Visit the site on a fixed day."""
    with visit(origin, **options) as visited:
        visited.page.clock.set_fixed_time(when)
        yield visited


def ask(visited: Visit, **fields: str) -> str:
    """Ask through the address; return the title of the judgement."""
    visited.open(f"{MODE}?{urlencode(fields)}")
    return title(visited.page)


def title(page: Page) -> str:
    """Give the judgement, once it shows."""
    found: str = page.locator("[data-mode-verdict] h2").inner_text()
    return found.replace("\u00a0", " ")


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_question_by_keyboard_alone(site: str, visit: Open, width: int) -> None:
    with asking(site, visit, width=width) as visited:
        page = visited.page
        visited.open(MODE)
        page.locator("input[name=organisme]").first.focus()
        page.keyboard.press("ArrowDown")
        assert page.locator("input[name=organisme]:checked").get_attribute("value") == "mrc"
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Tab")
        page.keyboard.type(OTHER_TOWN)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")  # the by-law is left empty
        page.keyboard.press("ArrowUp")
        assert page.locator("input[name=contrat]:checked").get_attribute("value") == "biens"
        page.keyboard.press("Tab")
        page.keyboard.type("45 000 $")
        page.keyboard.press("Enter")
        assert title(page) == "Mode d’achat : appel d’offres sur invitation"
        assert page.evaluate("document.activeElement.matches('[data-mode-verdict]')")
        asked = parse_qs(urlsplit(page.url).query)
        assert (asked["organisme"], asked["contrat"], asked["montant"]) == (["municipalite"], ["biens"], ["45 000 $"])
        words = page.locator("[data-mode-verdict]").inner_text().replace("\u00a0", " ")
        assert "à partir de 30 000 $" in words
        assert "Période : du 1er janvier 2026 au 31 décembre 2027" in words
        assert "Vérifié le 15 octobre 2026" in words
        assert "Au moins 2 fournisseurs doivent être invités." in words
        assert "pas un avis juridique" in words
        assert overflow(page) == []
        assert violations(page) == []


def test_address_says_the_question_and_back_works(site: str, visit: Open) -> None:
    with asking(site, visit) as visited:
        page = visited.page
        said = ask(visited, organisme="municipalite", contrat="biens", montant="20000")
        assert said == "Mode d’achat : gré à gré"
        page.fill("#mode-montant", "500 000")
        page.press("#mode-montant", "Enter")
        assert title(page) == "Mode d’achat : appel d’offres public"
        page.go_back()
        page.wait_for_function("() => document.querySelector('#verdict').textContent.includes('gré à gré')")
        assert page.input_value("#mode-montant") == "20000"
        page.get_by_role("button", name="Recommencer").click()
        assert not page.locator("[data-mode-verdict]").is_visible()


@pytest.mark.parametrize("amount", ["10", "45000", "5000000"])
def test_expired_rules_give_no_mode(site: str, visit: Open, amount: str) -> None:
    with asking(site, visit, AFTER) as visited:
        said = ask(visited, organisme="municipalite", contrat="services", montant=amount, lieu=TOWN)
        assert said == "Seuil à vérifier auprès du MAMH"
        words = visited.page.locator("[data-mode-verdict]").inner_text().replace("\u00a0", " ")
        assert "Mode d’achat" not in words
        assert "Dernière valeur connue :" in words
        assert "à partir de 130 000 $" in words
        assert "Expiré" in words
        assert "Source : Règlement d’Exemple" in words


def test_by_law_comes_first(site: str, visit: Open) -> None:
    question = {"organisme": "municipalite", "contrat": "biens", "montant": "45000"}
    with asking(site, visit) as visited:
        assert ask(visited, **question, lieu=TOWN) == "Mode d’achat : gré à gré"
        words = visited.page.locator("[data-mode-verdict]").inner_text()
        assert "Règlement 12-2026" in words
        assert "seuil de l’appel public" in words
        assert ask(visited, **question, lieu=OTHER_TOWN).endswith("invitation")
        assert ask(visited, **question, lieu="exemple-les-bains").endswith("invitation")
        assert ask(visited, **question, lieu=OTHER_TOWN, reglement="50 000").endswith("gré à gré")
        assert ask(visited, **question, lieu=OTHER_TOWN, reglement="45 000").endswith("invitation")


def test_exemption_needs_a_confirmed_form(site: str, visit: Open) -> None:
    question = {"organisme": "municipalite", "contrat": "services", "montant": "200000"}
    with asking(site, visit) as visited:
        assert ask(visited, **question) == "Mode d’achat : appel d’offres public"
        assert ask(visited, **question, fournisseur=CLEANER) == "Mode d’achat : gré à gré"
        assert "Selon une exemption" in visited.page.locator("[data-mode-verdict]").inner_text()
        unsure = ask(visited, **question, fournisseur="Fringues & Cie l’Exemple")
        assert unsure == "Mode d’achat : appel d’offres public"
        unknown = ask(visited, **question, fournisseur="Une entreprise inconnue")
        assert unknown == "Mode d’achat : appel d’offres public"
        words = visited.page.locator("[data-mode-verdict]").inner_text().replace("\u00a0", " ")
        assert "n’est pas confirmée : aucune exemption n’est examinée" in words
        assert ask(visited, **(question | {"contrat": "biens"}), fournisseur=CLEANER).endswith("appel d’offres public")


def test_a_name_that_two_enterprises_bear_confirms_no_form(site: str, example: Project, visit: Open) -> None:
    data = catalogue(example.site)
    names = data["entreprises"]["nom"]
    names[(names.index(CLEANER) + 1) % len(names)] = CLEANER
    with asking(site, visit) as visited:
        visited.page.route("**/acheter/catalogue.json", lambda route: route.fulfill(json=data))
        question = {"organisme": "municipalite", "contrat": "services", "montant": "200000"}
        assert ask(visited, **question, fournisseur=CLEANER) == "Mode d’achat : appel d’offres public"


@pytest.mark.parametrize("amount", ["abc", "-5", "1e3"])
def test_an_address_without_an_amount_gives_no_mode(site: str, visit: Open, amount: str) -> None:
    with asking(site, visit) as visited:
        said = ask(visited, organisme="municipalite", contrat="services", montant=amount)
        assert said == "Indiquez la dépense prévue"


def test_a_by_law_without_a_threshold_in_force_gives_no_mode(site: str, visit: Open) -> None:
    with asking(site, visit, AFTER) as visited:
        question = {"organisme": "municipalite", "contrat": "biens", "lieu": OTHER_TOWN}
        assert ask(visited, **question, montant="45000", reglement="60000") == "Seuil à vérifier auprès du MAMH"
        assert (
            "il faut d’abord connaître celui d’aujourd’hui" in visited.page.locator("[data-mode-verdict]").inner_text()
        )


def expected(data: dict[str, Any], category: str, mrc: str) -> dict[str, set[str]]:
    """Sort, in plain Python, the enterprises that offer a category around an MRC; unconfirmed ones under « autres »."""
    wanted = [row[0] for row in data["categories"]].index(category)
    home = [row[0] for row in data["mrc"]].index(mrc)
    neighbours = set(data["mrc"][home][7])
    enterprises, offers = data["entreprises"], data["offres"]
    found: dict[str, set[str]] = {"ici": set(), "voisins": set(), "ailleurs": set(), "autres": set()}
    for index, name in enumerate(enterprises["nom"]):
        own = [
            rank
            for rank, owner in enumerate(offers["entreprise"])
            if owner == index and offers["categorie"][rank] == wanted
        ]
        sure = [rank for rank in own if offers["confirmee"][rank]]
        served = False
        for rank in sure or own:
            area = offers["desserte"][rank] if offers["desserte"][rank] >= 0 else enterprises["desserte"][index]
            served |= area >= 0 and (data["dessertes"][area] == "quebec" or home in data["dessertes"][area])
        places = set(enterprises["mrc"][index])
        near = "ici" if home in places else "voisins" if places & neighbours else "ailleurs" if served else ""
        if own and near:
            found[near if sure else "autres"].add(name)
    return found


def test_suppliers_around_a_town(site: str, example: Project, visit: Open) -> None:
    data = catalogue(example.site)
    with asking(site, visit) as visited:
        for category in ("publipostage", "entretien-menager", "location-salles", "formation"):
            ask(visited, organisme="municipalite", contrat="services", montant="45000", lieu=TOWN, categorie=category)
            section = visited.page.locator("[data-mode-suppliers]")
            section.locator("h2").wait_for()
            shown = {
                place: set(section.locator(f"[data-place={place}] .row__name").all_inner_texts())
                for place in ("ici", "voisins", "ailleurs", "autres")
            }
            wanted = expected(data, category, "997")
            assert shown == wanted
            sure = sum(len(wanted[place]) for place in ("ici", "voisins", "ailleurs"))
            words = section.inner_text().replace("\u00a0", " ")
            assert ("Inviter au moins 2 fournisseurs est possible." in words) is (sure >= 2)
            assert violations(visited.page) == []


def test_wrong_amount_and_place_are_said(site: str, visit: Open) -> None:
    with asking(site, visit) as visited:
        page = visited.page
        visited.open(MODE)
        page.fill("#mode-montant", "beaucoup")
        page.press("#mode-montant", "Enter")
        assert "montant en dollars" in page.locator("#mode-montant").evaluate("e => e.validationMessage")
        assert not page.locator("[data-mode-verdict]").is_visible()
        page.fill("#mode-montant", "1000")
        page.fill("#mode-lieu", "Nulle part")
        page.press("#mode-lieu", "Enter")
        assert "de la liste" in page.locator("#mode-lieu").evaluate("e => e.validationMessage")


def test_all_the_rules_show_without_scripts(site: str, visit: Open) -> None:
    with visit(site, java_script_enabled=False) as visited:
        visited.open(MODE)
        assert "pas un avis juridique" in visited.page.locator("main").inner_text()
        assert not visited.page.locator("[data-mode-form]").is_visible()
        states = visited.page.locator(".rules .badge").all_inner_texts()
        assert {"En vigueur", "Expiré"} <= set(states)
        assert "personne n’a vérifié" not in visited.page.locator("main").inner_text(), "unchecked: unpublished"


@pytest.mark.parametrize("url", ["acheter/initiative/", "acheter/participer/"])
def test_a_demonstration_speaks_for_nobody(site: str, made_up: str, visit: Open, url: str) -> None:
    with visit(made_up) as visited:
        visited.open(url)
        assert "ne parle pas au nom d’un Pôle" in visited.page.locator("main").inner_text()
        assert visited.page.locator("main a[href^='mailto:']").count() == 0
    with visit(site) as visited:
        visited.open(url)
        assert visited.page.locator("main a[href='mailto:info@pole.example.org']").count() == 1
