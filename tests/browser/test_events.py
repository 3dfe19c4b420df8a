"""The calendar, an event and the ecosystem in a real browser: accessible, by keyboard, on a telephone and on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from .conftest import WIDTHS, Open
from .looking import LOOKED_AT, faults_everywhere, overflow

pytestmark = pytest.mark.browser

KINDS = {
    "calendar": "evenements/",
    "event": "evenements/visite-de-la-microbrasserie-exemple/",
    "cancelled event": "evenements/maillage-annule-exemple/",
    "hostile event": "evenements/exemple-hostile/",
    "ecosystem": "aide/ecosysteme/",
    "ecosystem of an MRC": "aide/ecosysteme/les-grands-exemples/",
}
# The texts that stick out of the box they stand in, and those that overlap another text.
MISPLACED = """
() => {
  const drawing = [...document.querySelectorAll("svg.ecosystem")].find((svg) => svg.checkVisibility());
  const texts = [...drawing.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
  const boxes = [...drawing.querySelectorAll("rect")].map((rect) => rect.getBoundingClientRect());
  const holds = (box, t) =>
    box.left <= t.left && t.right <= box.right + 0.5 && box.top <= t.top + 1 && t.bottom <= box.bottom + 1;
  const starts = (box, t) => box.left <= t.left && t.left <= box.right && box.top <= t.top + 1 && t.top <= box.bottom;
  const faults = [];
  for (const [words, text] of texts) {
    const around = boxes.filter((box) => starts(box, text));
    const [smallest] = around.sort((a, b) => a.width * a.height - b.width * b.height);
    if (!smallest || !holds(smallest, text)) faults.push(`out: ${words}`);
  }
  texts.forEach(([words, a], index) => {
    for (const [other, b] of texts.slice(index + 1)) {
      const across = a.left < b.right - 1 && b.left < a.right - 1;
      if (across && a.top < b.bottom - 3 && b.top < a.bottom - 3) faults.push(`over: ${words} / ${other}`);
    }
  });
  return texts.length > 0 ? faults : ["nothing is drawn"];
}
"""


@pytest.mark.parametrize("url", KINDS.values(), ids=KINDS)
def test_without_a_fault_in_both_schemes_and_widths(site: str, visit: Open, url: str) -> None:
    with visit(site, **LOOKED_AT) as visited:
        visited.open(url)
        assert faults_everywhere(visited.page) == []
        assert visited.page.evaluate("window.pirate") is None


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("url", ["aide/ecosysteme/", "aide/ecosysteme/les-grands-exemples/"])
def test_no_word_of_the_picture_lies_on_another(site: str, visit: Open, url: str, width: int) -> None:
    with visit(site, width=width) as visited:
        visited.open(url)
        assert visited.page.evaluate(MISPLACED) == []
        assert overflow(visited.page) == []
        assert visited.page.locator("svg.ecosystem").filter(visible=True).count() == 1


def test_picture_is_one_letter_page(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open("aide/ecosysteme/")
        paper = visited.page.pdf(format="Letter", prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) == 1


def focused(page: Page) -> str:
    """Give the words of what has the focus."""
    words: str = page.evaluate("document.activeElement.textContent.trim()")
    return words.replace("\u00a0", " ")


def test_calendar_by_keyboard_on_a_telephone(site: str, visit: Open) -> None:
    with visit(site, width=WIDTHS["narrow"]) as visited:
        page = visited.page
        visited.open("evenements/")
        page.locator(".jumps a").first.focus()
        assert focused(page) == "À venir"
        page.keyboard.press("Tab")
        assert focused(page) == "2026"
        page.keyboard.press("Enter")
        assert page.url.endswith("#annee-2026")
        page.keyboard.press("Tab")
        assert focused(page) == "Assemblée annuelle du Pôle Exemple"
        page.keyboard.press("Enter")
        page.wait_for_url("**/evenements/assemblee-exemple-2026/")


def test_an_event_is_kept_by_keyboard(site: str, visit: Open) -> None:
    with visit(site, width=WIDTHS["narrow"]) as visited:
        page = visited.page
        visited.open(KINDS["event"])
        page.get_by_role("link", name="S’inscrire en ligne").focus()
        page.keyboard.press("Tab")
        assert focused(page) == "Ajouter à mon agenda"
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        text = download.value.path().read_text(encoding="utf-8")
        assert "SUMMARY:Visite de la Microbrasserie" in text
