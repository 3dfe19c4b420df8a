"""« Répondre à plusieurs » by keyboard and on a telephone: combinations from records, the gap, a message to copy."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import pytest
from playwright.sync_api import Page
from tests.sites import Project

from .conftest import CLIPBOARD, WIDTHS, Open, Visit
from .looking import LOOKED_AT, check, overflow, violations
from .selecting import catalogue
from .test_help import MOST_SHIFT, SHIFTS

pytestmark = pytest.mark.browser

URL = "acheter/ensemble/"
POSTING = [("categorie", "publipostage"), ("dessert", "995"), ("dessert", "996")]
QUANTITY = [("quantite", "30 000"), ("unite", "envois/semaine")]


KINDS = {
    "needs": "acheter/besoins/",
    "need": "acheter/besoins/entretien-de-trois-bibliotheques-exemple/",
    "need that is over": "acheter/besoins/repas-de-la-popote-exemple/",
    "hostile need": "acheter/besoins/exemple-hostile/",
    "together": URL,
    "new need": "contribuer/?nouvelle=besoins",
}


@pytest.fixture(scope="module")
def tab(site: str, visit: Open) -> Iterator[Visit]:
    """Open one tab for pages that are only looked at."""
    with visit(site, **LOOKED_AT) as visited:
        yield visited


@pytest.mark.parametrize("kind", KINDS)
def test_page(kind: str, tab: Visit) -> None:
    check(tab, KINDS[kind])
    assert tab.page.evaluate("window.pirate") is None


def words(page: Page) -> str:
    """Give what the answer says, once it shows."""
    found: str = page.locator("[data-together-answer]").inner_text()
    return found.replace("\u00a0", " ")


def ask(visited: Visit, *fields: tuple[str, str]) -> str:
    """Ask through the address; return what the answer says."""
    visited.open(f"{URL}?{urlencode(fields)}")
    visited.page.locator("#ensemble").wait_for()
    return words(visited.page)


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_question_by_keyboard_alone(site: str, visit: Open, width: int) -> None:
    with visit(site, width=width) as visited:
        page = visited.page
        visited.open(URL)
        page.locator("[data-together-form]").wait_for()
        page.locator("#ensemble-categorie").focus()
        page.keyboard.type("Publipostage")
        boxes = page.locator("[name=dessert]")
        for rank in range(boxes.count()):
            page.keyboard.press("Tab")
            if boxes.nth(rank).get_attribute("value") in ("995", "996"):
                page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.type("30 000")
        page.keyboard.press("Tab")
        page.keyboard.type("envois par semaine")
        page.keyboard.press("Enter")
        said = words(page)
        assert "Aucune entreprise seule : 1 regroupement couvrirait ce besoin" in said
        assert "Capacité dite, additionnée : 35 000 sur 30 000 envois par semaine." in said
        assert "Rien ne manque, selon les fiches." in said
        assert page.evaluate("document.activeElement.matches('[data-together-answer]')")
        assert page.locator("[data-together-answer]").bounding_box()["y"] < page.locator("form.ask").bounding_box()["y"]  # type: ignore[index]
        asked = parse_qs(urlsplit(page.url).query)
        assert (asked["categorie"], sorted(asked["dessert"])) == (["publipostage"], ["995", "996"])
        assert overflow(page) == []
        assert violations(page) == []


def test_the_gap_that_stays_and_who_is_not_counted_are_said(site: str, visit: Open) -> None:
    with visit(site) as visited:
        said = ask(visited, *POSTING, ("quantite", "50000"), ("unite", "envois par semaine"))
        assert "aucun regroupement, ne couvre tout" in said
        assert "Il manque encore : 15 000 envois par semaine." in said
        visited.page.get_by_text("sans capacité qui se compte").click()
        assert "4 000 bulletins" in words(visited.page)
        said = ask(visited, ("categorie", "pause-cafe"), ("dessert", "995"), ("dessert", "997"), ("dessert", "999"))
        assert "Il manque encore : personne dans la MRC de La Haute-Vallée" in said


@pytest.mark.parametrize("query", ["", f"?{urlencode([*POSTING, *QUANTITY])}"], ids=["empty", "asked"])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_what_scripts_bring_moves_nothing(site: str, visit: Open, query: str, width: int) -> None:
    with visit(site, width=width) as visited:
        visited.page.add_init_script(SHIFTS)
        visited.open(URL + query)
        visited.page.locator(".is-ready").wait_for()
        visited.page.wait_for_timeout(200)
        assert visited.page.evaluate("window.shifts") < MOST_SHIFT


def test_a_page_whose_script_never_comes_shows_all_the_same(site: str, visit: Open) -> None:
    with visit(site, quiet=False) as visited:
        visited.page.route("**/together.js", lambda route: route.abort())
        visited.page.goto(site + URL)
        visited.page.locator(".hint").get_by_text("rien n’est envoyé").wait_for(timeout=8000)


def test_who_covers_alone_needs_nobody(site: str, visit: Open) -> None:
    with visit(site) as visited:
        said = ask(visited, *POSTING, ("quantite", "18000"), ("unite", "envois par semaine"))
        assert "Une entreprise dit couvrir seule ce besoin" in said
        assert "Regroupement" not in said


def test_a_message_to_form_a_group_is_copied_or_opened(site: str, visit: Open) -> None:
    with visit(site, **CLIPBOARD) as visited:
        page = visited.page
        ask(visited, *POSTING, *QUANTITY)
        page.locator("summary", has_text="Message pour former un groupe").click()
        text = page.locator("textarea").input_value().replace("\u00a0", " ")
        assert "Quantité : 30 000 envois/semaine" in text
        assert "Exemplaire" in text
        assert "Atelier adapté Exemple" in text
        assert "ni une invitation à soumissionner" in text
        page.get_by_role("button", name="Copier le message").click()
        page.get_by_text("Message copié.").wait_for()
        assert page.evaluate("navigator.clipboard.readText()").replace("\u00a0", " ") == text
        href = unquote(page.get_by_role("link", name="Écrire dans mon courriel").get_attribute("href") or "")
        assert href.startswith("mailto:?bcc=")
        assert "prix@exemplaire.example" in href
        assert violations(page) == []


@pytest.mark.parametrize(
    ("fields", "name", "said"),
    [
        ([("dessert", "995"), ("categorie", "lune")], "categorie", "« lune », qui n’est pas un choix"),
        ([("dessert", "000"), ("categorie", "formation")], "dessert", "« 000 », qui n’est pas un choix"),
        ([*POSTING, ("quantite", "beaucoup"), ("unite", "envois")], "quantite", "écrivez un nombre entier"),
        ([*POSTING, ("quantite", "30")], "unite", "écrivez ce que compte la quantité"),
        ([*POSTING, ("unite", "envois")], "quantite", "écrivez la quantité"),
    ],
)
def test_a_fault_is_said_at_its_field(
    site: str, visit: Open, fields: list[tuple[str, str]], name: str, said: str
) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(f"{URL}?{urlencode(fields)}")
        page.locator("[data-together-faults] li").first.wait_for()
        fault = page.locator(f"#ensemble-{name}-faute").inner_text().replace("\u00a0", " ")
        assert said in fault
        assert page.locator(f"[name={name}]").first.get_attribute("aria-invalid") == "true"
        assert not page.locator("[data-together-answer]").is_visible()
        assert violations(page) == []


def test_the_press_of_the_button_says_what_is_missing(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(URL)
        page.get_by_role("button", name="Voir qui pourrait répondre").click()
        assert page.evaluate("document.activeElement.matches('[data-together-faults]')")
        assert len(page.locator("[data-together-faults] li").all()) == 2


def test_the_catalogue_proposes_it(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open("acheter/catalogue/?categorie=pause-cafe&dessert=995&dessert=997")
        note = page.locator("[data-catalogue-note]")
        note.locator("a").wait_for()
        assert "Aucune entreprise ne dit desservir seule tout ce territoire." in note.inner_text()
        note.locator("a").click()
        page.locator("#ensemble").wait_for()
        assert "2 entreprises" in words(page)
        visited.open("acheter/catalogue/?categorie=formation&dessert=995")
        note.locator("a").wait_for()
        assert "Une quantité à couvrir?" in note.inner_text()
        visited.open("acheter/catalogue/?categorie=formation")
        assert not note.is_visible()


def test_those_who_do_not_say_where_they_serve_are_told_apart(site: str, example: Project, visit: Open) -> None:
    """Most real records say no territory: who is there is shown, and counts for nothing."""
    data = catalogue(example.site)
    data["entreprises"]["desserte"] = [-1] * len(data["entreprises"]["desserte"])
    data["offres"]["desserte"] = [-1] * len(data["offres"]["desserte"])
    with visit(site) as visited:
        visited.page.route("**/acheter/catalogue.json", lambda route: route.fulfill(json=data))
        said = ask(visited, ("categorie", "formation"), ("dessert", "997"))
        assert "Aucune fiche ne permet de proposer un regroupement" in said
        assert "3 entreprises situées là offrent cette catégorie sans dire quel territoire elles desservent" in said
        assert "Coop Octet" in said
        assert violations(visited.page) == []


def test_data_that_cannot_be_read_are_said(site: str, visit: Open) -> None:
    with visit(site, quiet=False) as visited:
        visited.page.route("**/acheter/catalogue.json", lambda route: route.abort())
        visited.open(URL)
        visited.page.get_by_text("n’ont pas pu être lues").wait_for()


def test_without_scripts_the_lists_are_named(site: str, visit: Open) -> None:
    with visit(site, java_script_enabled=False) as visited:
        visited.open(URL)
        assert visited.page.locator("noscript a, .hint a").first.is_visible()
        assert not visited.page.locator("form.ask").is_visible()
