"""Searching as people do: by need, without accents, in the plural, by keyboard, and finding a way out of nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.documents import read
from tests.sites import Project

from .conftest import WIDTHS, Open, Visit

pytestmark = pytest.mark.browser

HOSTILE_QUERIES = (
    "<img src=x onerror=window.pirate=1>",
    '"><script>window.pirate=1</script>',
    "javascript:window.pirate=1",
    "' onfocus=window.pirate=1 autofocus '",
    "%3Cscript%3Ewindow.pirate=1%3C/script%3E",
    "{{ 7*7 }} ${7*7}",
    "__proto__ constructor",
    "\u202e\u0000 a\u0301 🦫",
    "a" * 5000,
)


def ask(visited: Visit, words: str) -> str:
    """Ask from the search page; return what it announces."""
    visited.open("recherche/")
    visited.page.fill("#q", words)
    visited.page.press("#q", "Enter")
    return visited.settled()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("ménage", "Aide à domicile des Grands-Exemples"),
        ("menage", "Aide à domicile des Grands-Exemples"),
        ("ménages", "Aide à domicile des Grands-Exemples"),
        ("MÉNAGE", "Aide à domicile des Grands-Exemples"),
        ("traiteur", "Traiteur La Table d’Exemple"),
        ("traiteurs", "Traiteur La Table d’Exemple"),
        ("trait", "Traiteur La Table d’Exemple"),
        ("d'impression", "Exemplaire"),
        ("d’impression", "Exemplaire"),
        ("l’entretien", "Entretien Exemple, entreprise d’insertion"),
        ("l'entretien", "Entretien Exemple, entreprise d’insertion"),
        ("oeuvre", "Théâtre de l’Œuvre-Exemple"),
        ("œuvre", "Théâtre de l’Œuvre-Exemple"),
        ("l’oeuvre", "Théâtre de l’Œuvre-Exemple"),
        ("aequilibre", "Coopérative de santé Æquilibre d’Exemple"),
        ("nino", "La Casa del Niño-Exemple, centre interculturel"),
        ("garderie", "CPE Les Petits Exemples"),
        ("cpe", "CPE Les Petits Exemples"),
        ("nettoyage de bureaux", "Entretien Exemple, entreprise d’insertion"),
        ("impression à Exempleville", "Exemplaire"),
    ],
)
def test_need_is_found(words: str, name: str, site: str, visit: Open) -> None:
    with visit(site) as visited:
        announced = ask(visited, words)
        assert re.match(r"\d+ entreprises? pour «", announced), announced
        assert name in visited.names()[:3]


def test_accents_do_not_count(site: str, visit: Open) -> None:
    with visit(site) as visited:
        found = {}
        for words in ("ménage", "menage", "Ménages"):
            ask(visited, words)
            found[words] = visited.names()
        assert found["menage"] == found["ménage"] == found["Ménages"]


def test_result_leads_to_its_profile(site: str, visit: Open) -> None:
    with visit(site) as visited:
        ask(visited, "impression")
        visited.page.get_by_role("link", name="Exemplaire", exact=True).click()
        visited.page.wait_for_url("**/entreprises/exemplaire/")
        assert visited.page.locator("h1").inner_text() == "Exemplaire"


def test_site_in_a_folder_of_its_host(
    example: Project, tmp_path: Path, serve_folder: Callable[[Path], str], visit: Open
) -> None:
    (tmp_path / "repertoire").symlink_to(example.site)
    with visit(serve_folder(tmp_path)) as visited:
        visited.open("repertoire/recherche/")
        visited.page.fill("#q", "impression")
        visited.page.press("#q", "Enter")
        visited.settled()
        link = visited.page.get_by_role("link", name="Exemplaire", exact=True)
        assert link.evaluate("e => e.href") == f"{visited.origin}repertoire/entreprises/exemplaire/"


def test_header_searches_by_keyboard(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open("entreprises/exemplaire/")
        page = visited.page
        for _ in range(6):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == "q":
                break
        assert page.evaluate("document.activeElement.name") == "q"
        page.keyboard.type("traiteur")
        page.keyboard.press("Enter")
        page.wait_for_url("**/recherche/?q=traiteur")
        assert "«" in visited.settled()
        assert page.input_value("#q") == "traiteur"
        assert "Traiteur La Table d’Exemple" in visited.names()


def test_results_are_announced(site: str, visit: Open) -> None:
    with visit(site) as visited:
        assert ask(visited, "traiteur") == "4 entreprises pour « traiteur »"
        count = visited.page.locator("[data-search-count]")
        assert count.get_attribute("aria-live") == "polite"
        assert count.inner_text().count("\u00a0") == 3


def test_facets_by_keyboard_with_counts(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        ask(visited, "entretien")
        before = len(visited.names())
        box = page.locator("[data-search-facets] input[name=territoire]").first
        label = box.locator("xpath=..")
        expected = int(label.locator(".facet__count").inner_text())
        value = box.get_attribute("value")
        assert 0 < expected < before
        page.focus("#q")
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == "territoire":
                break
        page.keyboard.press("Space")
        visited.settled(f"{expected}\u00a0entreprise")
        assert len(visited.names()) == expected
        assert page.evaluate("document.activeElement.value") == value, "the box that was used keeps the focus"
        assert page.evaluate("document.activeElement.checked")
        assert f"territoire={value}" in page.evaluate("decodeURIComponent(location.search)")
        chip = page.get_by_role("button", name=f"Enlever le filtre {value}")
        chip.focus()
        page.keyboard.press("Enter")
        visited.settled(f"{before}\u00a0entreprises")
        assert len(visited.names()) == before
        assert page.evaluate("document.activeElement.id") == "q", "the focus is not lost with the filter"


def test_counts_of_facets_are_true(site: str, visit: Open) -> None:
    """Each box promises a number of results: choosing it alone gives as many."""
    with visit(site) as visited:
        ask(visited, "entretien")
        promised = visited.page.evaluate(
            """() => [...document.querySelectorAll("[data-search-facets] label")].map((label) =>
                [label.querySelector("input").name, label.querySelector("input").value, label.lastChild.textContent])"""
        )
        assert {name for name, _, _ in promised} >= {"territoire", "secteur", "forme", "verification"}
        for name, value, count in promised[::4]:
            visited.open(
                "recherche/?"
                + visited.page.evaluate("p => String(new URLSearchParams(p))", [["q", "entretien"], [name, value]])
            )
            assert visited.settled().split(" ")[0] == count, (name, value)


def test_no_answer_leaves_no_box_of_another_one(site: str, visit: Open) -> None:
    with visit(site) as visited:
        panel = visited.page.locator("[data-search-facets]")
        visited.open("recherche/?q=zzzzqqqq")
        visited.settled()
        assert not panel.is_visible(), "there is nothing to filter by"
        ask(visited, "entretien")
        assert panel.is_visible()
        visited.page.fill("#q", "zzzzqqqq")
        visited.page.press("#q", "Enter")
        visited.settled("zzzzqqqq")
        assert not panel.is_visible()
        assert panel.locator("input").count() == 0
        edges = visited.page.evaluate(
            "['h1', '#resultats'].map((at) => document.querySelector(at).getBoundingClientRect().x)"
        )
        assert edges[0] == edges[1], "what is said begins where the page does"
        visited.open("recherche/?q=zzzzqqqq&verification=Confirm%C3%A9e")
        visited.settled()
        assert panel.locator("input:checked").count() == 1, "what was chosen can be taken back"


def test_facets_are_a_sheet_on_a_telephone(site: str, visit: Open) -> None:
    with visit(site, width=WIDTHS["narrow"]) as visited:
        ask(visited, "entretien")
        box = visited.page.locator("[data-search-facets] input[name=territoire]").first
        assert not box.is_visible()
        visited.page.get_by_text("Filtrer les résultats").click()
        assert box.is_visible()


def test_back_button_restores(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open("recherche/?q=entretien")
        every = visited.names()
        page.locator("[data-search-facets] input[name=secteur]").first.check()
        page.wait_for_function("n => document.querySelectorAll('[data-search-rows] h3').length !== n", arg=len(every))
        some = visited.names()
        page.locator("[data-search-rows] a").first.click()
        page.wait_for_url("**/entreprises/**")
        page.go_back()
        visited.settled()
        page.wait_for_function("n => document.querySelectorAll('[data-search-rows] h3').length === n", arg=len(some))
        assert visited.names() == some
        assert page.locator("[data-search-facets] input[name=secteur]:checked").count() == 1
        page.go_back()
        page.wait_for_function("n => document.querySelectorAll('[data-search-rows] h3').length === n", arg=len(every))
        assert visited.names() == every
        assert page.input_value("#q") == "entretien"


def test_nothing_found_offers_a_way_out(site: str, visit: Open) -> None:
    with visit(site) as visited:
        assert ask(visited, "zzzzqqqq") == "Aucune entreprise pour « zzzzqqqq »"
        assert "vérifiez l’orthographe" in visited.page.locator("[data-search-note]").inner_text()
        assert visited.page.locator("#par-secteur").is_visible()
        assert visited.page.locator("#par-territoire").is_visible()


def test_unknown_word_is_named_and_left_out(site: str, visit: Open) -> None:
    with visit(site) as visited:
        ask(visited, "traiteur zzzzqqqq")
        note = visited.page.locator("[data-search-note]").inner_text().replace("\u00a0", " ")
        assert "« zzzzqqqq »" in note
        assert "Traiteur La Table d’Exemple" in visited.names()


def test_filters_that_leave_nothing_say_so(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open("recherche/?q=traiteur&secteur=Arts+et+culture&forme=Mutuelle+d%E2%80%99assurance")
        note = visited.page.locator("[data-search-note]").inner_text()
        assert "Sans les filtres" in note
        visited.page.get_by_role("button", name="Tout effacer").click()
        visited.page.locator("[data-search-rest]").wait_for(state="visible")
        assert visited.page.evaluate("location.search") == ""


def test_name_of_a_record_is_only_text(site: str, example: Project, visit: Open) -> None:
    with visit(site) as visited:
        ask(visited, "pirate")
        names = visited.names()
        profile = read(example.pages()["entreprises/exemple-hostile/"])
        assert profile.one("h1").text in names
        assert (
            visited.page.locator(
                "[data-search-rows] :is(script, img, svg:not(.row__select *), iframe, style, b)"
            ).count()
            == 0
        )
        assert visited.page.evaluate("window.pirate") is None


@pytest.mark.parametrize("words", HOSTILE_QUERIES, ids=lambda words: words[:20].encode("ascii", "replace").decode())
def test_question_is_only_text(words: str, site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        elements = "document.querySelectorAll('script, img, iframe, object, style, link, base').length"
        visited.open("recherche/")
        before = page.evaluate(elements)
        query = page.evaluate("q => String(new URLSearchParams({q, territoire: q}))", words)
        visited.open(f"recherche/?{query}")
        page.wait_for_timeout(100)
        assert page.evaluate("window.pirate") is None
        assert page.evaluate(elements) == before + page.evaluate(
            "document.querySelectorAll('link[rel=modulepreload]').length"
        )
        assert "49" not in page.locator("[data-search-count]").inner_text().replace(words, "")


def test_hostile_profile_runs_nothing(site: str, example: Project, visit: Open) -> None:
    with visit(site) as visited:
        for url in ("entreprises/exemple-hostile/", "entreprises/", "", "secteurs/arts-culture/", "donnees/"):
            visited.open(url)
            assert visited.page.evaluate("window.pirate") is None
            assert visited.page.locator("main :is(iframe, object, embed, img, style, script:not([type]))").count() == 0
            handlers = (
                "[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(n => /^on/.test(n))"
            )
            assert visited.page.evaluate(handlers) == []


def test_without_javascript_the_lists_are_there(site: str, visit: Open) -> None:
    with visit(site, java_script_enabled=False) as visited:
        visited.open("")
        visited.page.fill("#q", "traiteur")
        visited.page.press("#q", "Enter")
        visited.page.wait_for_url("**/recherche/?q=traiteur")
        assert "La recherche demande JavaScript" in visited.page.locator("main").inner_text()
        assert not visited.page.locator("[data-search-found]").is_visible()
        visited.page.locator("#listes + ul").get_by_role("link").first.click()
        assert visited.page.locator("h1").is_visible()


def test_index_that_does_not_come_is_told(site: str, visit: Open) -> None:
    with visit(site, quiet=False) as visited:
        visited.page.route("**/pagefind/**", lambda route: route.abort())
        visited.open("recherche/")
        visited.page.fill("#q", "traiteur")
        visited.page.press("#q", "Enter")
        assert "n’a pas pu démarrer" in visited.settled()
        assert visited.page.locator("#par-secteur").is_visible()
