"""Find suppliers as a buyer does: by need, by filters, by keyboard, on a telephone; share the search and come back."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.sites import Project

from annuaire.exports import packing

from .conftest import WIDTHS, Open, Visit
from .looking import LOOKED_AT, overflow, violations

pytestmark = pytest.mark.browser

URL = "acheter/catalogue/"
PROMISES = """
() => [...document.querySelectorAll(".facet:not([hidden]) li:not([hidden]) label")].map((label) =>
  [label.querySelector("input").name, label.querySelector("input").value, Number(label.lastChild.textContent)])
"""


def show(visited: Visit, query: str = "", text: str = "") -> Page:
    """Open the catalogue at a search."""
    visited.open(URL + query)
    visited.settled(text)
    return visited.page


def tab_to(page: Page, wanted: str, most: int = 120) -> None:
    """Press Tab until what has the focus answers an expression (of `e`)."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"((e) => {wanted})(document.activeElement)"):
            return
    pytest.fail(f"the keyboard does not reach {wanted}")


def test_a_row_shows_the_logo_of_who_has_one(site: str, visit: Open) -> None:
    """As on the pages that need no script: for the eye alone, at its size, and rows without one keep no room for it."""
    with visit(site) as visited:
        page = show(visited, "?q=traiteur", "confirmée")
        row = page.locator(".rows > li", has_text="La Table d’Exemple").first
        logo = row.locator("img.row__picture")
        assert logo.get_attribute("alt") == ""
        assert logo.get_attribute("loading") == "lazy"
        page.wait_for_function("document.querySelector('img.row__picture').naturalWidth === 320")
        assert (
            page.locator(".row--pictured").count()
            == page.locator(".rows > li img").count()
            < page.locator(".rows > li").count()
        )


def test_everything_is_listed_confirmed_first(site: str, example: Project, visit: Open) -> None:
    with visit(site) as visited:
        page = show(visited)
        total = len(packing.read(example.site)["entreprises"]["slug"])
        assert visited.number() == total
        assert len(visited.names()) == 30
        headings = page.locator("[data-catalogue-rows] h3").all_inner_texts()
        assert headings[0].startswith("Offres et fiches confirmées")
        page.get_by_role("button", name="Voir plus").click()
        assert len(visited.names()) == total
        assert page.evaluate("document.activeElement.closest('.rows > li') !== null"), (
            "the focus is on the first new row"
        )
        headings = page.locator("[data-catalogue-rows] h3").all_inner_texts()
        assert headings[1].startswith("À confirmer")
        apart = page.locator("section[data-group]").nth(1)
        assert "Personne n’a encore confirmé" in apart.inner_text()
        assert apart.locator(".badges > .icon--check").count() == 0
        assert page.locator("section[data-group]").first.locator(".badges > .icon--wait").count() == 0


ROWS = """
() => [...document.querySelectorAll("[data-catalogue-rows] section")].map((section) => [
  section.dataset.group, section.querySelector("h3").textContent.trim(), section.querySelector(".hint")?.textContent,
  ...[...section.querySelectorAll(".rows > li")].map((row) => [...row.children]
    .filter((part) => !part.matches("button"))
    .map((part) => [part.tagName, part.className, part.textContent.replace(/\\s+/g, ""),
      ...[...part.querySelectorAll("a")].map((link) => link.href.replace(/[-+]/g, ""))]))])
"""


def test_the_first_rows_have_the_page_without_scripts_and_filters_to_come_with_them(site: str, visit: Open) -> None:
    wide = "(page) => document.querySelector(page).getBoundingClientRect().width"
    with visit(site, java_script_enabled=False) as visited:
        visited.page.goto(site + URL)
        page = visited.page
        assert page.evaluate(wide, ".catalogue .rows") > page.evaluate(wide, "main .page-body") * 0.9
        assert not page.get_by_role("button", name="Afficher les filtres").is_visible()
    with visit(site) as visited:
        visited.page.goto(site + URL)
        visited.page.get_by_role("button", name="Afficher les filtres").click()
        visited.page.locator("[data-catalogue-side] .facet").first.wait_for()
        assert not visited.page.get_by_role("button", name="Afficher les filtres").is_visible()


def test_the_first_rows_are_those_of_the_script(site: str, visit: Open) -> None:
    """What the page comes with, before it is touched, then as its script writes it; and the data wait for a touch."""
    asked: list[str] = []
    with visit(site) as visited:
        page = visited.page
        page.on("request", lambda request: asked.append(request.url))
        page.goto(site + URL, wait_until="networkidle")
        before, said = page.evaluate(ROWS), page.locator("[data-catalogue-count]").inner_text()
        assert sum(len(rows) - 3 for _, *rows in before) == 29
        assert not [url for url in asked if url.endswith(".json")]
        visited.touch()
        page.locator(".facet").first.wait_for(state="attached")
        assert page.evaluate(ROWS) == before, "the same rows, which nothing wrote again"
        visited.open(f"{URL}?vue=cartes")
        after = page.evaluate(ROWS)
        assert [(one, other) for one, other in zip(chain(*before), chain(*after), strict=True) if one != other] == []
        assert page.locator("[data-catalogue-count]").inner_text() == said


def test_need_by_keyboard_then_a_filter(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = show(visited)
        tab_to(page, "e.id === 'q'", 30)
        page.keyboard.type("entretien")
        page.keyboard.press("Enter")
        assert visited.settled("« entretien »") == "2 confirmées · 1 à confirmer pour « entretien »"
        assert page.evaluate("location.search") == "?q=entretien"
        before = visited.number()
        tab_to(page, "e.name === 'dessert'")
        value = page.evaluate("document.activeElement.value")
        promised = int(page.evaluate("document.activeElement.parentElement.lastChild.textContent"))
        page.keyboard.press("Space")
        assert visited.number() == promised <= before
        assert page.evaluate("[document.activeElement.value, document.activeElement.checked]") == [value, True]
        assert page.evaluate("location.search") == f"?q=entretien&dessert={value}"
        tab_to(page, "(e.getAttribute('aria-label') ?? '').startsWith('Enlever le filtre Dessert')")
        page.keyboard.press("Enter")
        assert visited.number() == before
        assert page.evaluate("location.search") == "?q=entretien"
        assert page.evaluate("document.activeElement.id") == "resultats", "the focus stays by the results"


def test_filters_are_a_sheet_on_a_telephone(site: str, visit: Open) -> None:
    with visit(site, width=WIDTHS["narrow"]) as visited:
        page = show(visited)
        before = visited.number()
        assert not page.locator(".facet").first.is_visible()
        tab_to(page, "e.dataset.catalogueOpen !== undefined", 40)
        page.keyboard.press("Enter")
        page.locator("dialog[open]").wait_for()
        assert page.evaluate("document.activeElement.closest('dialog') !== null")
        tab_to(page, "e.name === 'categorie'", 20)
        page.keyboard.press("Space")
        after = visited.number()
        assert after < before
        assert f"Voir {after}" in page.locator("[data-catalogue-show]").inner_text().replace("\u00a0", " ")
        page.keyboard.press("Escape")
        page.locator("dialog[open]").wait_for(state="detached")
        assert page.evaluate("document.activeElement.dataset.catalogueOpen") is not None
        assert page.locator("[data-catalogue-open]").inner_text() == "Filtrer (1)"
        assert page.locator(".active-filters button").count() == 1
        small = page.evaluate(
            """() => [...document.querySelectorAll("main :is(button, select, summary, .button, input[type=search])")]
            .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 43.5)
            .map((e) => `${e.tagName} ${e.className} ${e.textContent.trim().slice(0, 30)}`)"""
        )
        assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sheet_is_accessible(scheme: Any, site: str, visit: Open) -> None:
    with visit(site, width=WIDTHS["narrow"], scheme=scheme, **LOOKED_AT) as visited:
        page = show(visited, "?conformite=rbq:oui&pres=99503")
        page.locator("[data-catalogue-open]").click()
        while (facet := page.locator(".facet:not([open]):not([hidden]) > summary").first).count():
            facet.click()
        assert [*violations(page), *overflow(page)] == []


def test_shared_link_gives_the_same_screen(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = show(visited, "?q=entretien", "« entretien »")
        page.locator(".facet input[name=confirme][value=oui]").check()
        page.locator("[name=vue][value=tableau]").check()
        page.locator("#tri").select_option("nom")
        address, shown, said = page.evaluate("location.search"), visited.names(), visited.settled()
    assert address == "?q=entretien&confirme=oui&tri=nom&vue=tableau"
    with visit(site) as visited:
        page = show(visited, address, "« entretien »")
        assert (visited.names(), visited.settled()) == (shown, said)
        assert page.locator(".facet input:checked").evaluate_all("boxes => boxes.map(b => b.value)") == ["oui"]
        assert page.locator("#tri").input_value() == "nom"
        assert page.locator("[name=vue]:checked").input_value() == "tableau"


def test_back_restores_each_step(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = show(visited)
        every = visited.names()
        page.locator(".facet input[name=categorie]").first.check()
        some = visited.names()
        page.locator("[data-catalogue-rows] h4 a").first.click()
        page.wait_for_url("**/entreprises/**")
        page.go_back()
        visited.settled()
        assert visited.names() == some
        page.go_back()
        page.wait_for_function("() => !location.search")
        assert visited.names() == every
        assert page.locator(".facet input:checked").count() == 0
        page.go_forward()
        page.wait_for_function("() => location.search !== ''")
        assert visited.names() == some


def test_back_returns_to_the_row_that_was_left(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = show(visited)
        page.get_by_role("button", name="Voir plus").click()
        page.locator("[data-catalogue-rows] h4 a").nth(32).scroll_into_view_if_needed()
        left = page.evaluate("scrollY")
        assert left > 0
        page.locator("[data-catalogue-rows] h4 a").nth(32).click()
        page.wait_for_url("**/entreprises/**")
        page.go_back()
        visited.settled()
        page.wait_for_function("left => Math.abs(scrollY - left) < 60", arg=left)


def test_typing_leaves_one_step(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = show(visited)
        steps = page.evaluate("history.length")
        page.type("#q", "traiteur", delay=20)
        visited.settled("« traiteur »")
        assert page.evaluate("[location.search, history.length]") == ["?q=traiteur", steps]


def test_counts_are_those_that_one_gets(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = show(visited, "?q=entretien", "« entretien »")
        promises = page.evaluate(PROMISES)
        assert {name for name, _, _ in promises} >= {"categorie", "dessert", "mrc", "secteur", "forme", "confirme"}
        for name, value, count in promises[::6]:
            query = page.evaluate("p => String(new URLSearchParams(p))", [["q", "entretien"], [name, value]])
            show(visited, f"?{query}", "« entretien »")
            assert visited.number() == count, (name, value)


def test_no_result_names_what_to_take_away(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = show(visited, "?categorie=traiteur&secteur=finance-assurances&forme=obnl", "0 confirmée · 0 à confirmer")
        ways = page.locator("[data-catalogue-none] button")
        assert ways.count() >= 1
        text = ways.first.inner_text().replace("\u00a0", " ")
        found = re.fullmatch(r"Enlever .+ : (\d+) entreprises?", text)
        assert found, text
        ways.first.focus()
        page.keyboard.press("Enter")
        assert visited.number() == int(found[1])
        assert not page.locator("[data-catalogue-none]").is_visible()
        assert page.evaluate("document.activeElement.id") == "resultats"


@pytest.mark.parametrize(("typed", "meant"), [("traitteur", "traiteur"), ("entretein", "entretien")])
def test_misspelt_need_is_corrected(typed: str, meant: str, site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = show(visited, f"?q={typed}", f"« {typed} »")
        assert visited.names() == []
        page.get_by_role("button", name=f"«\u00a0{meant}\u00a0»").click()
        visited.settled(f"« {meant} »")
        assert visited.names()
        assert page.evaluate("location.search") == f"?q={meant}"


@pytest.mark.parametrize("words", ["ménage", "menage", "MÉNAGES", "d'entretien ménager", "d’entretien ménager"])
def test_category_that_is_named_comes_first(words: str, site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = show(visited)
        page.fill("#q", words)
        page.press("#q", "Enter")
        visited.settled(f"« {words} »")
        assert "Entretien Exemple, entreprise d’insertion" in visited.names()[:3]
        row = page.locator("[data-catalogue-rows] .rows > li", has_text="Entretien Exemple").first
        assert "Entretien ménager" in row.locator(".offers-found li").first.inner_text()


def test_near_a_town_by_distance(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = show(visited)
        page.get_by_text("Près de", exact=True).click()
        page.fill("#pres", "exemple les bains")
        page.press("#pres", "Enter")
        visited.settled()
        assert "pres=99503" in page.evaluate("location.search")
        assert page.locator("#tri").input_value() == "distance"
        section = page.locator("section[data-group]").first
        shown = re.findall(r"à (moins de 1|\d+)\u00a0km", section.inner_text())
        distances = [0 if text.startswith("moins") else int(text) for text in shown]
        assert distances == sorted(distances)
        assert max(distances) <= 25
        chip = page.locator(".active-filters button").first.inner_text().replace("\u00a0", " ")
        assert chip.startswith("À 25 km ou moins d’Exemple-les-Bains")
        page.locator("#rayon").select_option("100")
        assert "rayon=100" in page.evaluate("location.search")
        page.fill("#pres", "Nullepart")
        page.press("#pres", "Enter")
        assert "n’est pas connue" in page.locator(".facet", has=page.locator("#pres")).inner_text()


def test_outline_filters_by_territory(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = show(visited, "?vue=carte")
        place = page.locator("[data-catalogue-places] a").first
        count = int(place.locator("b").inner_text())
        place.focus()
        page.keyboard.press("Enter")
        assert visited.number() == count
        assert page.evaluate("location.search").startswith("?mrc=")
        chosen = page.locator(".map__land.is-chosen")
        assert chosen.count() == 1
        assert "(filtre actif)" in (chosen.locator("xpath=..").get_attribute("aria-label") or "")
        page.locator(".map__link:has(.is-chosen)").click()
        assert page.evaluate("location.search") == "?vue=carte"


def test_results_enter_the_selection(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = show(visited, "?q=traiteur", "« traiteur »")
        kept = "JSON.parse(localStorage.getItem('annuaire-selections'))?.listes[0].fiches.map(({nom}) => nom) ?? []"
        first = page.locator("[data-catalogue-rows] .rows > li").first
        add = first.get_by_role("button", name="Retenir")
        add.focus()
        page.keyboard.press("Enter")
        assert page.evaluate(kept) == visited.names()[:1]
        assert first.get_by_role("button", name="Retenue").is_visible()
        group = page.locator("section[data-group]").first
        group.get_by_role("button", name="Tout retenir").click()
        assert page.evaluate(kept) == group.locator("h4").all_inner_texts()
        assert "selection" not in page.evaluate("location.href")
        page.reload()
        visited.settled("« traiteur »")
        assert first.get_by_role("button", name="Retenue").is_visible()


def test_conformity_comes_with_its_proof(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = show(visited, "?conformite=rbq:oui")
        assert visited.number() > 0
        texts = page.locator("[data-catalogue-rows] .rows > li").all_inner_texts()
        assert all(re.search(r"Licence RBQ\u00a0: .*valide jusqu’au \d", text) for text in texts)
        assert any(re.search(r"Licence RBQ\u00a0: .*source\u00a0: \w", text) for text in texts)
        page = show(visited, "?conformite=rbq:oui&conformite=assurance-responsabilite:oui")
        assert 0 < visited.number() < 3, "both documents are wanted"


def test_a_document_is_judged_on_the_reader_s_day(site: str, visit: Open) -> None:
    with visit(site, at="2045-01-01T12:00:00-05:00") as visited:
        page = show(visited, "?conformite=rbq:non")
        texts = page.locator("[data-catalogue-rows] .rows > li").all_inner_texts()
        assert all(re.search(r"Licence RBQ\u00a0: .*échéance dépassée le \d", text) for text in texts)
        assert visited.number() == len(texts) > 1
        show(visited, "?conformite=rbq:oui")
        assert visited.number() == 0


def test_nothing_found_leads_to_lists(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = show(visited, "?q=zzzzqqqq")
        note = page.locator("[data-catalogue-note]")
        lists = ["Catégories d’achat", "Toutes les entreprises", "Secteurs"]
        assert note.get_by_role("link").all_inner_texts() == lists
        note.get_by_role("link", name="Catégories d’achat").click()
        page.wait_for_url("**/acheter/categories/")


def test_export_and_record_are_those_of_the_screen(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = show(visited, "?categorie=entretien-menager&tri=fraicheur")
        page.get_by_text("Choisir les colonnes exportées").click()
        page.get_by_label("Courriel").uncheck()
        page.get_by_label("NEQ").check()
        with page.expect_download() as download:
            page.get_by_role("button", name="Exporter (CSV)").click()
        text = Path(download.value.path()).read_text(encoding="utf-8-sig")
        header = text.splitlines()[0].split(";")
        assert "NEQ" in header
        assert "Courriel" not in header
        assert [line.split(";")[0].strip('"') for line in text.splitlines()[1:]] == visited.names()
        address = page.locator("[data-catalogue-record]").evaluate("e => e.href")
        assert address == f"{visited.origin}acheter/releve/?categorie=entretien-menager&tri=fraicheur"
