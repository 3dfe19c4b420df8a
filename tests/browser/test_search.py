"""Searching as people do: by need, without accents, in the plural, by keyboard, and finding a way out of nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route
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


NUMBERS = re.compile(r"\d+ confirmées? · \d+ à confirmer")
PAGES = ("recherche/", "acheter/catalogue/")


def ask(visited: Visit, words: str) -> str:
    """Ask from the search page; return what it announces."""
    visited.open("recherche/")
    visited.page.fill("#q", words)
    visited.page.press("#q", "Enter")
    return visited.settled(words)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("ménage", "Entretien Exemple, entreprise d’insertion"),
        ("MENAGES", "Entretien Exemple, entreprise d’insertion"),
        ("traiteurs", "Traiteur La Table d’Exemple"),
        ("traiteu", "Traiteur La Table d’Exemple"),
        ("d'impression", "Exemplaire"),
        ("l’entretien", "Entretien Exemple, entreprise d’insertion"),
        ("oeuvre", "Théâtre de l’Œuvre-Exemple"),
        ("l’œuvre", "Théâtre de l’Œuvre-Exemple"),
        ("aequilibre", "Coopérative de santé Æquilibre d’Exemple"),
        ("nino", "La Casa del Niño-Exemple, centre interculturel"),
        ("cpe", "CPE Les Petits Exemples"),
        ("nettoyage de bureaux", "Entretien Exemple, entreprise d’insertion"),
        ("impression à Exempleville", "Exemplaire"),
    ],
)
def test_need_is_found(words: str, name: str, site: str, visit: Open) -> None:
    with visit(site) as visited:
        ask(visited, words)
        assert name in visited.names()[:4]


def test_both_pages_give_the_same_firms(site: str, visit: Open) -> None:
    with visit(site) as visited:
        for words in ("traiteur", "entretien ménager", "Exempleville", "zzzz", "culture et repas", "pour une réunion"):
            found = []
            for page in PAGES:
                visited.open(f"{page}?q={words}")
                said = NUMBERS.findall(visited.settled(words))  # of enterprises, beside what else is found
                found.append((said, visited.names(), visited.number()))
            assert found[0] == found[1], words


def test_the_headline_counts_offers_alone(site: str, example: Project, visit: Open) -> None:
    """Four firms of one sector are no four caterers: the page of the category and the search say the same."""
    suppliers = read(example.pages()["acheter/categories/traiteur/"])
    with visit(site) as visited:
        assert ask(visited, "traiteur").startswith("1 confirmée · 0 à confirmer")
        assert visited.names("offre-confirmee") == [
            name.text for name in suppliers.elements if name.tag == "h4" and name.path[-1:] == ("li",)
        ]
        fold = visited.page.locator("details[data-group=secteur]")
        assert fold.locator("h4").count() == 0, "folded, and nothing of it laid"
        fold.locator("summary").click()
        fold.locator("h4").first.wait_for()
        others = fold.locator("h4").all_inner_texts()
        assert others
        assert not set(others) & set(visited.names())
        assert "aucune offre ne le dit" in fold.inner_text()


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
        assert page.input_value("[data-catalogue-form] [name=q]") == "traiteur"
        assert "Traiteur La Table d’Exemple" in visited.names()


def test_results_are_announced(site: str, visit: Open) -> None:
    with visit(site) as visited:
        ask(visited, "traiteur")
        said = visited.page.locator("[data-catalogue-said]")
        assert said.get_attribute("role") == "status"
        text = said.inner_text().replace("\u00a0", " ")
        assert text.startswith("1 confirmée · 0 à confirmer; ")
        assert text.endswith("du même secteur pour « traiteur »")


def test_few_filters_are_asked_and_no_file_is_kept(site: str, visit: Open) -> None:
    with visit(site) as visited:
        ask(visited, "entretien")
        page = visited.page
        assert set(page.locator(".facet input").evaluate_all("all => all.map(({ name }) => name)")) <= {
            *("mrc", "dessert", "secteur", "forme", "confirme", "genre")
        }
        before = visited.number()
        page.locator(".facet", has=page.locator("input[name=mrc]")).locator("summary").click()
        box = page.locator(".facet li:not([hidden]) input[name=mrc]").first
        promised = int(box.locator("xpath=..").locator(".facet__count").text_content() or 0)
        box.check()
        assert visited.number() == promised < before
        assert page.locator("[data-catalogue-export]").count() == 0


def test_lists_rest_until_something_is_asked(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open("recherche/")
        rest, found = (visited.page.locator(f"[data-catalogue-{name}]") for name in ("rest", "found"))
        assert rest.is_visible()
        assert not found.is_visible()
        visited.page.evaluate(
            "(form) => { form.q.value = 'traiteur'; form.requestSubmit(); }",
            visited.page.query_selector("[data-catalogue-form]"),
        )  # at once: what is typed slowly leaves no step to come back to
        visited.settled("traiteur")
        assert found.is_visible()
        assert not rest.is_visible()
        visited.page.go_back()
        rest.wait_for(state="visible")
        assert not found.is_visible()


def test_words_submitted_while_the_results_come_are_one_step(site: str, visit: Open) -> None:
    """Two steps, the page that answers and the one that the form would fetch, would need « Précédent » twice."""
    with visit(site) as visited:
        held: list[Route] = []
        visited.page.route(re.compile(r"/bundles/results\b"), lambda route: held.append(route))  # not `append` itself
        visited.open("recherche/")
        visited.page.fill("#q", "traiteur")
        visited.page.press("#q", "Enter")
        while not held:
            visited.page.wait_for_timeout(20)
        held[0].continue_()
        visited.settled("traiteur")
        assert visited.page.url.endswith("recherche/?q=traiteur")
        visited.page.go_back()
        visited.page.locator("[data-catalogue-rest]").wait_for(state="visible")
        assert visited.page.url.endswith("recherche/")
        assert visited.page.input_value("#q") == ""


def test_facets_are_a_sheet_on_a_telephone(site: str, visit: Open) -> None:
    with visit(site, width=WIDTHS["narrow"]) as visited:
        ask(visited, "entretien")
        facet = visited.page.locator(".facet:not([hidden])").first
        assert not facet.is_visible()
        visited.page.get_by_role("button", name="Filtrer").click()
        assert facet.is_visible()


def test_back_button_restores(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open("recherche/?q=entretien")
        every = visited.names()
        page.locator(".facet", has=page.locator("input[name=secteur]")).locator("summary").click()
        page.locator(".facet li:not([hidden]) input[name=secteur]").first.check()
        some = visited.names()
        assert 0 < len(some) < len(every)
        page.locator("section[data-group] h4 a").first.click()
        page.wait_for_url("**/entreprises/**")
        page.go_back()
        visited.settled("entretien")
        assert visited.names() == some
        page.go_back()
        page.wait_for_function("() => location.search === '?q=entretien'")
        assert visited.names() == every
        assert page.input_value("[data-catalogue-form] [name=q]") == "entretien"


def test_nobody_offers_it_and_what_can_be_done_is_said(site: str, visit: Open) -> None:
    with visit(site) as visited:
        assert ask(visited, "plombier à Exempleville").startswith("0 confirmée · 0 à confirmer")
        note = visited.page.locator("[data-catalogue-note]")
        assert (
            "Aucune offre inscrite ne porte sur « Plomberie, chauffage et ventilation » (Exempleville)."
            in note.inner_text().replace("\u00a0", " ")
        )
        note.get_by_text("Demander au Pôle").click()
        message = note.get_by_label("Message au Pôle").input_value().replace("\u00a0", " ")
        assert "besoin suivant : plombier." in message
        assert "Lieu : Exempleville" in message
        assert "Date souhaitée" in message
        note.get_by_label("Message au Pôle").fill("Bonjour")
        note.get_by_role("button", name="Copier le message").click()
        note.get_by_text(re.compile("copié|sélectionné")).wait_for()


def test_nothing_found_leads_to_lists(site: str, visit: Open) -> None:
    with visit(site) as visited:
        assert ask(visited, "zzzzqqqq") == "0 confirmée · 0 à confirmer pour « zzzzqqqq »"
        note = visited.page.locator("[data-catalogue-note]").inner_text().replace("\u00a0", " ")
        assert "Aucune fiche ne contient « zzzzqqqq »" in note
        assert visited.page.locator("#par-secteur").is_visible()
        assert visited.page.locator("#par-territoire").is_visible()


def test_unknown_word_is_named_and_weighs_little(site: str, visit: Open) -> None:
    with visit(site) as visited:
        ask(visited, "traiteur zzzzqqqq")
        note = visited.page.locator("[data-catalogue-note]").inner_text().replace("\u00a0", " ")
        assert "« zzzzqqqq »" in note
        assert "Traiteur La Table d’Exemple" in visited.names()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_a_place_is_a_chip_to_take_away_or_widen(site: str, visit: Open, width: int) -> None:
    with visit(site, width=width) as visited:
        ask(visited, "impression à Exemple-les-Bains")
        chips = visited.page.locator("[data-catalogue-places-asked] button")
        assert chips.first.inner_text().startswith("Exemple-les-Bains")
        chips.nth(1).focus()
        visited.page.keyboard.press("Enter")
        visited.page.wait_for_function("() => !location.search.includes('Bains')")
        wider = visited.settled("impression ")
        assert "Exemple-les-Bains" not in wider
        assert visited.page.evaluate("document.activeElement.id") == "resultats"
        chips.first.click()
        assert visited.settled("« impression »").endswith("pour « impression »")
        assert chips.count() == 0


def test_name_of_a_record_is_only_text(site: str, example: Project, visit: Open) -> None:
    with visit(site) as visited:
        ask(visited, "pirate")
        profile = read(example.pages()["entreprises/exemple-hostile/"])
        assert profile.one("h1").text in visited.names()
        rows = visited.page.locator("[data-catalogue-rows] :is(script, img, iframe, style, b)")
        assert rows.count() == 0
        assert visited.page.evaluate("window.pirate") is None


@pytest.mark.parametrize("words", HOSTILE_QUERIES, ids=lambda words: words[:20].encode("ascii", "replace").decode())
def test_question_is_only_text(words: str, site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        elements = "document.querySelectorAll('script, img, iframe, object, style, link, base').length"
        visited.open("recherche/")
        before = page.evaluate(elements)
        query = page.evaluate("q => String(new URLSearchParams({q, mrc: q}))", words)
        visited.open(f"recherche/?{query}")
        assert page.evaluate("window.pirate") is None
        assert page.evaluate(elements) == before
        assert "49" not in page.locator("[data-catalogue-count]").inner_text().replace(words, "")


def test_hostile_profile_runs_nothing(site: str, example: Project, visit: Open) -> None:
    with visit(site) as visited:
        for url in ("entreprises/exemple-hostile/", "entreprises/", "", "secteurs/arts-culture/", "donnees/"):
            visited.open(url)
            assert visited.page.evaluate("window.pirate") is None
            acting = "iframe, object, embed, style, script:not([type]), img:not(.row__picture[src*='/images/'][alt=''])"
            assert visited.page.locator(f"main :is({acting})").count() == 0
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
        assert not visited.page.locator("[data-catalogue-found]").is_visible()
        visited.page.locator("#listes + ul").get_by_role("link").first.click()
        assert visited.page.locator("h1").is_visible()


@pytest.mark.parametrize("path", PAGES)
def test_words_that_cannot_be_looked_for_are_told(path: str, site: str, visit: Open) -> None:
    """Nothing says how many « pour … » when nobody looked; the filters and the lists go on."""
    with visit(site, quiet=False) as visited:
        visited.page.route("**/textes.json", lambda route: route.abort())
        visited.open(f"{path}?q=traiteur")
        said = visited.settled()
        assert "traiteur" not in said
        assert "répondent" not in visited.page.locator("[data-catalogue-sentence]").inner_text()
        note = visited.page.locator("[data-catalogue-note]")
        assert "n’a pas pu démarrer" in note.inner_text()
        note.get_by_role("link", name="Catégories d’achat").click()
        visited.page.wait_for_url("**/acheter/categories/")


@pytest.mark.parametrize("path", PAGES)
def test_a_strict_host_answers_too(
    path: str, example: Project, strict_host: Callable[[Path], str], visit: Open
) -> None:
    """One that refuses unknown extensions, and whose own policy forbids what is not of the site."""
    with visit(strict_host(example.site), quiet=False) as visited:
        visited.open(f"{path}?q=traiteur")
        assert visited.settled("traiteur").startswith("1 confirmée")


@pytest.mark.parametrize("path", PAGES)
def test_what_is_typed_before_the_page_is_ready_is_kept(path: str, site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        waiting = []
        page.route("**/catalogue.json", lambda route: waiting.append(route))
        page.goto(visited.origin + path)
        page.locator("[data-catalogue-form] [name=q]").fill("traiteur")
        while not waiting:
            page.wait_for_timeout(20)
        for route in waiting:
            route.continue_()
        assert visited.settled("traiteur").startswith("1 confirmée")
        assert page.input_value("[data-catalogue-form] [name=q]") == "traiteur"
