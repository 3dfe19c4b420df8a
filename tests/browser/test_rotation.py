"""The rotation: least recently invited first, a draw that Python finds again, a register that leaves and comes back."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.sites import Project

from .conftest import WIDTHS, Open
from .looking import overflow, violations
from .selecting import (
    BREWERY,
    CAMP,
    CATERER,
    CLEANING,
    FUNERALS,
    GONE,
    HALL,
    HOME_HELP,
    PRINTER,
    ROOMS,
    THEATRE,
    UNSURE,
    catalogue,
    choose,
    kept_for,
    tab_to,
)

pytestmark = pytest.mark.browser

ROTATION = "acheter/rotation/"
NEED = "2026-041, salle du conseil"
NOON = "2026-11-22T12:00:00-05:00"


def wait(page: Page) -> None:
    """Touch the page, and wait for the names of the catalogue."""
    page.mouse.move(1, 1)
    page.mouse.move(9, 9)
    page.locator("#rotation-noms option").first.wait_for(state="attached")


def stored(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.evaluate("localStorage.getItem('annuaire-rotation')"))
    return found


def drawn(page: Page) -> list[str]:
    """List the names of the last draw, in order."""
    return page.locator("[data-draws] .draw").first.locator("tbody tr td:nth-child(2) a").all_inner_texts()


def expected(site: Path, number: int, last: dict[str, str], *chosen: tuple[str, str]) -> list[str]:
    """Draw in plain Python, as the page says."""
    dataset = catalogue(site)["version"]["sha256"]

    def fingerprint(slug: str) -> str:
        return hashlib.sha256(f"{NEED}|{dataset}|{number}|{slug}".encode()).hexdigest()

    return [name for slug, name in sorted(chosen, key=lambda c: (last.get(c[0], ""), fingerprint(c[0])))]


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_draw_by_keyboard_alone(site: str, example: Project, visit: Open, width: int) -> None:
    sure = (HALL, THEATRE, FUNERALS)
    with visit(site, width=width, at=NOON) as visited:
        page = visited.page
        choose(page, *sure, UNSURE, GONE)
        visited.open(ROTATION)
        wait(page)
        page.locator("[data-need]").focus()
        page.keyboard.type(NEED)
        page.keyboard.press("Tab")
        page.keyboard.type(ROOMS)
        tab_to(page, "Ajouter ma sélection (5)")
        page.keyboard.press("Enter")
        assert page.locator("[data-candidates] tbody tr").count() == 5
        page.locator("[data-candidates] .badge--ok").first.wait_for()
        assert "2\u00a0n’entreront pas dans le tirage" in page.locator("[data-candidates]").inner_text()
        tab_to(page, "Établir l’ordre")
        page.keyboard.press("Enter")
        page.locator("[data-draws] .draw").wait_for()
        assert drawn(page) == expected(example.site, 1, {}, *sure)
        assert page.evaluate("document.activeElement.textContent").startswith("Tirage no")
        words = page.locator("[data-draws]").inner_text()
        assert f"Pour «\u00a0{ROOMS}\u00a0»" in words
        assert f"Hors tirage\u00a0: {UNSURE[1]} (rien dans sa fiche n’y répond aujourd’hui)" in words
        assert f"{GONE[1]} (hors répertoire)" in words

        # The two first are written down as invited today: the third comes first from then on.
        tab_to(page, "Inscrire l’invitation des 2 premiers")
        page.keyboard.press("Enter")
        first = stored(page)["tirages"][0]["ordre"]
        last = {line["slug"]: "2026-11-22" for line in first[:2]}
        assert {(i["slug"], i["date"], i["besoin"]) for i in stored(page)["invitations"]} == {
            (slug, "2026-11-22", NEED) for slug in last
        }
        page.fill("#rotation-motif", "Un fournisseur s’est désisté")
        page.keyboard.press("Enter")
        assert page.locator("[data-draws] .draw").count() == 2
        assert drawn(page) == expected(example.site, 2, last, *sure)
        assert drawn(page)[0] == first[2]["nom"]
        assert "Un fournisseur s’est désisté" in page.locator("[data-draws]").inner_text()
        assert overflow(page) == []
        assert violations(page) == []

        page.reload()
        wait(page)
        assert drawn(page) == expected(example.site, 2, last, *sure)
        assert page.input_value("[data-need]") == NEED


def test_only_an_offer_confirmed_for_what_is_bought_enters_a_draw(site: str, example: Project, visit: Open) -> None:
    """To confirm, saying nothing of it, of the same sector: each is refused, and the page says why."""
    data = catalogue(example.site)
    hall = data["entreprises"]["slug"].index(HALL[0])
    rooms = [row[0] for row in data["categories"]].index("location-salles")
    owners, categories = data["offres"]["entreprise"], data["offres"]["categorie"]
    data["offres"]["confirmee"] = [
        0 if (owner, category) == (hall, rooms) else sure
        for owner, category, sure in zip(owners, categories, data["offres"]["confirmee"], strict=True)
    ]
    with visit(site) as visited:
        page = visited.page
        page.route("**/acheter/catalogue.json", lambda route: route.fulfill(json=data))
        choose(page, HALL, THEATRE, CATERER, CAMP)
        visited.open(ROTATION)
        wait(page)
        page.fill("[data-need]", NEED)
        page.locator("[data-from-selection]").click()
        page.fill("[data-bought]", ROOMS)
        page.press("[data-bought]", "Tab")
        page.locator("[data-candidates] .badge--ok").wait_for()
        said = page.locator("[data-candidates] tbody td:nth-child(2)").all_inner_texts()
        assert said == [
            "Offre à confirmer",
            "Offre confirmée",
            "Rien dans sa fiche n’y répond aujourd’hui",
            "Même secteur seulement, aucune offre pour ce besoin",
        ]
        assert "3\u00a0n’entreront pas dans le tirage" in page.locator("[data-candidates]").inner_text()
        page.locator("[data-draw]").click()
        page.locator("[data-draws] .draw").wait_for()
        assert drawn(page) == [THEATRE[1]]
        left = stored(page)["tirages"][0]["hors"]
        assert [(item["slug"], item["raison"].split(",")[0]) for item in left] == [
            (HALL[0], "offre à confirmer"),
            (CATERER[0], "rien dans sa fiche n’y répond aujourd’hui"),
            (CAMP[0], "même secteur seulement"),
        ]


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_brewery_kept_for_catering_is_never_drawn(site: str, visit: Open, width: int) -> None:
    """Its beer is confirmed; catering is what is bought. The need that the selection was kept for is proposed."""
    with visit(site, width=width) as visited:
        page = visited.page
        choose(page, kept_for(BREWERY, "traiteur", "secteur"), kept_for(CATERER, "traiteur", "offre"))
        visited.open(ROTATION)
        wait(page)
        page.fill("[data-need]", NEED)
        page.locator("[data-from-selection]").click()
        assert page.input_value("[data-bought]") == "traiteur"
        page.locator("[data-candidates] .badge--ok").wait_for()
        assert overflow(page) == []
        assert violations(page) == []
        page.locator("[data-draw]").click()
        page.locator("[data-draws] .draw").wait_for()
        assert drawn(page) == [CATERER[1]]
        drawing = page.locator(".draw").inner_text()
        assert f"{BREWERY[1]} (même secteur seulement, aucune offre pour ce besoin)" in drawing
        page.fill("[data-bought]", "bière")
        page.press("[data-bought]", "Tab")
        page.get_by_role("row", name=BREWERY[1]).get_by_text("Offre confirmée").wait_for()
        page.reload()
        wait(page)
        assert page.input_value("[data-bought]") == "bière"


def test_two_tabs_keep_every_invitation(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(ROTATION)
        other = page.context.new_page()
        other.goto(page.url)
        for tab, name in ((page, CLEANING[1]), (other, PRINTER[1]), (page, HOME_HELP[1])):
            wait(tab)
            tab.fill("#registre-nom", name)
            tab.fill("#registre-date", "2026-03-01")
            tab.press("#registre-date", "Enter")
            for seen in (page, other):
                seen.locator("[data-register]").get_by_text(name).wait_for()
        assert {item["nom"] for item in stored(page)["invitations"]} == {CLEANING[1], PRINTER[1], HOME_HELP[1]}
        other.close()


def test_a_redraw_needs_a_reason_and_a_draw_needs_a_need(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(ROTATION)
        wait(page)
        draw = page.locator("[data-draw]")
        draw.click()
        assert "référence" in page.locator("[data-draw-fault]").inner_text()
        page.fill("[data-need]", NEED)
        draw.click()
        assert "Écrivez ce qui est acheté" in page.locator("[data-draw-fault]").inner_text()
        page.fill("[data-bought]", ROOMS)
        draw.click()
        page.locator("[data-draw-fault]", has_text="rien à tirer").wait_for()
        page.fill("#rotation-nom", "Entreprise d’ailleurs")
        page.press("#rotation-nom", "Enter")
        assert "Hors répertoire" in page.locator("[data-candidates]").inner_text()
        draw.click()
        assert page.locator("[data-draws] .draw").count() == 0
        page.fill("#rotation-nom", HALL[1])
        page.press("#rotation-nom", "Enter")
        draw.click()
        page.locator("[data-draws] .draw").wait_for()
        assert drawn(page) == [HALL[1]]
        draw.click()
        assert page.locator("[data-draws] .draw").count() == 1, "a redraw says why"


def test_register_leaves_and_comes_back(site: str, visit: Open, tmp_path: Path) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(ROTATION)
        wait(page)
        for name, day in ((CLEANING[1], "2026-03-01"), ("=cmd; ailleurs", "2025-02-03")):
            page.fill("#registre-nom", name)
            page.fill("#registre-date", day)
            page.press("#registre-date", "Enter")
        kept = stored(page)["invitations"]
        files = {}
        for kind in ("csv", "json"):
            with page.expect_download() as waiting:
                page.locator(f"[data-export={kind}]").click()
            files[kind] = tmp_path / f"registre.{kind}"
            waiting.value.save_as(files[kind])
        text = files["csv"].read_text(encoding="utf-8-sig")
        assert text.splitlines()[0] == "fiche,nom,date,besoin"
        assert "'=cmd" in text
        for path in files.values():
            page.locator("[data-erase]").click()
            page.locator("[data-erase-yes]").click()
            assert page.evaluate("localStorage.getItem('annuaire-rotation')") is None
            page.set_input_files("[data-import]", path)
            page.locator("[data-register] tbody tr").nth(1).wait_for()
            assert stored(page)["invitations"] == kept
        wrong = tmp_path / "autre.json"
        wrong.write_text('{"format": 9}', encoding="utf-8")
        page.set_input_files("[data-import]", wrong)
        page.wait_for_function(
            "() => document.querySelector('[data-draw-fault]').textContent.includes('pas un registre')"
        )
        assert stored(page)["invitations"] == kept


def test_without_scripts_the_recipe_stays(site: str, visit: Open) -> None:
    with visit(site, java_script_enabled=False) as visited:
        visited.open(ROTATION)
        words = visited.page.locator("main").inner_text()
        assert "sha256sum" in words
        assert "numéro du tirage" in words
        assert not visited.page.locator("[data-rotation-tool]").is_visible()


def test_a_draw_says_when_and_is_computed_again(site: str, visit: Open, tmp_path: Path) -> None:
    with visit(site, timezone_id="America/Toronto", at="2026-11-22T02:00:00-05:00") as visited:
        page = visited.page
        choose(page, HALL, THEATRE, FUNERALS)
        visited.open(ROTATION)
        wait(page)
        page.fill("[data-need]", NEED)
        page.fill("[data-bought]", ROOMS)
        page.locator("[data-from-selection]").click()
        page.locator("[data-draw]").click()
        draw = page.locator("[data-draws] .draw")
        assert "Fait le 22 novembre 2026 à 2 h 00" in draw.inner_text().replace("\u00a0", " ")
        assert "mêmes empreintes, même ordre" in draw.inner_text()

        kept = stored(page)
        for name, change in {
            "order": lambda lines: lines.insert(0, lines.pop()),
            "hash": lambda lines: lines[0].update(empreinte="0" * 64),
            "supplier": lambda lines: lines[0].update(slug="autre-exemple"),
            "missing": lambda lines: lines[0].update(derniere="2026-01-01"),
        }.items():
            other = json.loads(json.dumps(kept))
            change(other["tirages"][0]["ordre"])
            path = tmp_path / f"{name}.json"
            path.write_text(json.dumps(other), encoding="utf-8")
            page.locator("[data-erase]").click()
            page.locator("[data-erase-yes]").click()
            page.set_input_files("[data-import]", path)
            draw.wait_for()
            assert "Ce tirage a été modifié ou abîmé" in draw.inner_text(), name
            assert f"pour le tirage no\u00a01 ({NEED})" in page.locator("[data-draw-fault]").inner_text(), name
            assert "1\u00a0tirage lu et recalculé" in page.locator("[data-rotation-said]").inner_text(), name
