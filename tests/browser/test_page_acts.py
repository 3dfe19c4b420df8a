"""What one does with a page that was read: its display, its link, an opinion, paper, a workbook of its list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.sites import Project

from .conftest import CLIPBOARD, WIDTHS, Open

pytestmark = pytest.mark.browser
TERRITORY = "territoires/exempleville/"


def test_display_is_light_dark_or_that_of_the_device(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        page.emulate_media(color_scheme="dark")
        visited.open("a-propos/")
        theme = "document.documentElement.dataset.theme"
        assert page.evaluate(theme) == "dark"
        choice = page.locator("[data-display] select")
        assert choice.input_value() == ""
        choice.select_option(label="Clair")
        assert page.evaluate(theme) == "light"
        visited.open("vie-privee/")
        assert page.evaluate(theme) == "light", "it is remembered"
        page.locator("[data-display] select").select_option(label="Selon l’appareil")
        assert page.evaluate(theme) == "dark"
        page.emulate_media(color_scheme="light")
        page.wait_for_function("() => document.documentElement.dataset.theme === 'light'")


def test_the_link_and_the_opinion_name_the_page(site: str, visit: Open) -> None:
    with visit(site, **CLIPBOARD) as visited:
        page = visited.page
        visited.open(TERRITORY)
        page.get_by_role("button", name="Copier le lien").click()
        page.get_by_text("Lien copié.").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == site + TERRITORY
        href = page.get_by_role("link", name="Cette page vous a-t-elle aidé?").get_attribute("href") or ""
        assert href.startswith("mailto:info@pole.example.org?subject=")
        assert "exempleville" in href
        page.get_by_role("link", name="Haut de page").click()
        page.wait_for_function("() => scrollY === 0")


def test_paper_says_where_it_comes_from(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open(TERRITORY)
        visited.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        foot = visited.page.locator(".site-foot__printed")
        assert (foot.text_content() or "").startswith(f"{site}{TERRITORY} (imprimé le ")
        assert not foot.is_visible()
        visited.page.emulate_media(media="print")
        assert foot.is_visible()
        assert visited.page.locator(".tabular .jumps").is_visible(), "how many of each sector, first"
        assert not visited.page.locator(".tabular .badges").first.is_visible()


def test_a_list_is_taken_away_as_a_workbook(site: str, visit: Open, tmp_path: Path) -> None:
    with visit(site) as visited:
        visited.open(TERRITORY)
        shown = [
            name.strip() for name in visited.page.locator(".tabular .rows > li > :is(h2, h3, h4)").all_text_contents()
        ]
        with visited.page.expect_download() as taken:
            visited.page.get_by_role("button", name="Excel", exact=True).click()
        taken.value.save_as(tmp_path / "liste.xlsx")
    with pytest.warns(UserWarning, match="default style"):
        sheet = load_workbook(tmp_path / "liste.xlsx").active
    assert sheet is not None
    header, *rows = sheet.iter_rows(values_only=True)
    assert header[:2] == ("Secteur", "Entreprise")
    assert [row[1] for row in rows] == shown
    assert all(row[0] for row in rows)


def test_a_telephone_may_keep_the_site(example: Project) -> None:
    manifest = json.loads((example.site / "site.webmanifest").read_text(encoding="utf-8"))
    assert manifest["name"] == "Répertoire de l’économie sociale d’Exemple"
    assert all((example.site / icon["src"]).is_file() for icon in manifest["icons"])
    head = (example.site / "index.html").read_text(encoding="utf-8")
    for named in ("icone.ico", "icone-180.png", "site.webmanifest", 'name="theme-color"'):
        assert named in head


# Where what may be pressed stands: what is in the window at the first call is followed.
PRESSABLE = """
() => {
  window.pressed ??= [...document.querySelectorAll("a[href], button, input, select, summary, label, textarea")]
    .filter((e) => e.checkVisibility() && e.getBoundingClientRect().top < innerHeight);
  return window.pressed.map((e) => [e.textContent.trim().slice(0, 40) || e.name, e.isConnected && e.checkVisibility(),
    Math.round(e.getBoundingClientRect().x), Math.round(e.getBoundingClientRect().y)]);
}
"""
GIVES_WAY = "Afficher les filtres"  # to these, which take its room


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("url", ["acheter/catalogue/", "recherche/", "contribuer/", "carte/", "integrer/", "aide/"])
def test_what_may_be_pressed_stays_there_at_the_first_touch(url: str, width: int, site: str, visit: Open) -> None:
    """Data wait for it, and come as somebody presses."""
    with visit(site, width=width, reduced_motion="reduce") as visited:
        page = visited.page
        page.goto(visited.origin + url, wait_until="networkidle")
        before = page.evaluate(PRESSABLE)
        assert len(before) > 10
        page.mouse.move(1, 1)
        page.mouse.move(2, 2)
        come = "performance.getEntriesByType('resource').filter((e) => e.responseEnd).length"
        counts = [0, page.evaluate(come)]
        while counts[-1] != counts[-2]:
            page.wait_for_timeout(400)
            counts.append(page.evaluate(come))
        moved = [pair for pair in zip(before, page.evaluate(PRESSABLE), strict=True) if pair[0] != pair[1]]
        assert [pair for pair in moved if pair[0][0] != GIVES_WAY] == []
