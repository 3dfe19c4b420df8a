"""Look at a page in both colour schemes, at each width and with larger letters: what axe finds, and what sticks out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from playwright.sync_api import CDPSession, Page, ViewportSize
from tests.sites import REPOSITORY

from .conftest import WIDTHS, Visit

Scheme = Literal["light", "dark"]
NARROWEST = 320  # pixels: WCAG 2.2, success criterion 1.4.10
# As one of the scripts of a visit, it costs half of what it does to send it to a page.
AXE = (REPOSITORY / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
# Options of a visit that is looked at; axe would see colours on their way to others.
LOOKED_AT: dict[str, Any] = {"scripts": (AXE,), "reduced_motion": "reduce"}
SAME_SHAPE = 3  # of neighbours of one shape, as many are looked at: a list of 300 rows says no more than of three
# Two elements have one shape when their tags, classes, attributes and what is inside do: the words and the values are
# left aside, not that there are none (a link without a name). What is set aside comes back where it was. What the page
# draws again meanwhile (the list of a map that follows its new width) keeps its new drawing, and is looked at again.
RUN_AXE = """
async function run([only, most, times = 3]) {
  const shapes = new Map();
  const numbers = new Map(); // of what an element shows, so that nothing is quoted twice
  const shape = (element) => {
    if (shapes.has(element)) return shapes.get(element);
    const worn = [...element.attributes].map((one) => one.name + (one.value.trim() ? "" : "=''")).sort();
    const says = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const inside = [...element.children].map(shape);
    const text = JSON.stringify([element.tagName, element.classList.value, worn, says, [...new Set(inside)]]);
    if (!numbers.has(text)) numbers.set(text, numbers.size);
    shapes.set(element, numbers.get(text));
    return shapes.get(element);
  };
  const aside = [];
  const part = (parent) => {
    const seen = new Map();
    for (const child of [...parent.children]) {
      const count = (seen.get(shape(child)) ?? 0) + 1;
      seen.set(shape(child), count);
      if (count <= most || child.contains(document.activeElement)) part(child);
      else aside.push([child, child.nextSibling, parent]);
    }
  };
  part(document.body);
  for (const [child] of aside) child.remove();
  const drawn = new Set();
  const note = (changes) => changes.forEach(({ target }) => drawn.add(target));
  const observer = new MutationObserver(note);
  observer.observe(document.body, { childList: true, subtree: true });
  const rules = { "color-contrast-enhanced": { enabled: false } }; // of level AAA
  const asked = { resultTypes: ["violations"], preload: false, rules };
  const where = only ? { include: window.changed.filter((element) => element.isConnected) } : document;
  const found = only && !where.include.length ? { violations: [] }
    : await axe.run(where, only ? { ...asked, runOnly: [only] } : asked);
  note(observer.takeRecords());
  observer.disconnect();
  for (const [child, next, parent] of aside.reverse()) if (!drawn.has(parent)) parent.insertBefore(child, next);
  if (drawn.size && times > 1) return run([only, most, times - 1]);
  const line = (id, { html, target }) => `${id}: ${html.slice(0, 160)} ${target}`;
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => line(id, node)));
}
"""
# Contrast depends on these; what it must be, on whether the text is large (WCAG 2.2, 1.4.3).
NOTE_CHANGED = """
() => {
  const former = window.looks;
  window.looks = new Map();
  window.changed = [...document.body.querySelectorAll("*")].filter((element) => {
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const look = element.checkVisibility() && [style.color, style.backgroundColor, style.backgroundImage, large].join();
    window.looks.set(element, look);
    return look && look !== former?.get(element);
  });
  return window.changed.length > 0;
}
"""
# Styles follow the colours of the visitor's system a moment after these changed.
WEARS = """
async (scheme) => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  for (let left = 600; document.documentElement.dataset.theme !== scheme; left -= 1) {
    if (!left) throw new Error(`the page does not become ${scheme}`);
    await frame();
  }
}
"""
# What makes a page wider than its window, and how wide.
WIDER = """
() => {
  const width = document.documentElement.clientWidth;
  const found = document.documentElement.scrollWidth;
  if (found <= width) return [];
  return [`${found} of ${width} px`, ...[...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > width + 1)
    .map((e) => `${e.tagName}.${e.className} ends at ${Math.round(e.getBoundingClientRect().right)}`)
    .slice(0, 8)];
}
"""
# As a script may under our policy, which refuses a style written in the page.
ADD_STYLE = """
(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
"""
# The place and the size of the search of the header, where it asks: of a page that has one.
HEADER_SEARCH = """
() => {
  const form = document.querySelector(".site-head form[role=search]");
  const box = form?.getBoundingClientRect();
  return form && [["x", "y", "width", "height"].map((key) => box[key]), form.action];
}
"""


def violations(page: Page, *, colours: bool = False) -> list[str]:
    """Run axe on the page as it is, without the rows that are like their neighbours; list what it finds, one line each.

    `colours` asks only for that of colours, where something looks otherwise than at the former call of `changed`.
    """
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN_AXE, ["cat.color" if colours else None, SAME_SHAPE])
    return found


def changed(page: Page) -> bool:
    """Tell whether text shows, or its colours or size do, otherwise than at the former call: all does at the first."""
    return bool(page.evaluate(NOTE_CHANGED))


def overflow(page: Page) -> list[str]:
    """Say how wide the page is if it is wider than its window, and list the elements that make it so."""
    found: list[str] = page.evaluate(WIDER)
    return found


def size(page: Page, width: int, height: int = 900) -> None:
    """Give the window of a page this size; to say again the one that it has would draw it again."""
    wanted: ViewportSize = {"width": width, "height": height}
    if page.viewport_size != wanted:
        page.set_viewport_size(wanted)


def faults_everywhere(page: Page, beside: Callable[[str], object] = str) -> list[str]:
    """Look at a page as it is in both colour schemes and at each width; list what axe finds and what sticks out.

    Every rule runs at each width and in each scheme, in two goes: wide and light, narrow and dark. Of the other two
    pairs only colours can be news, and only where the width changed what is seen. What is looked at `beside` is told
    each width, once the page has it.
    """
    found: list[str] = []

    def look(scheme: Scheme, width: str, *, again: bool = False) -> None:
        page.evaluate(WEARS, scheme)
        lines = violations(page, colours=again) if changed(page) or not again else []
        found.extend(f"{scheme}, {width}: {line}" for line in (*lines, *overflow(page)))

    page.emulate_media(color_scheme="light")
    size(page, WIDTHS["wide"])
    look("light", "wide")
    beside("wide")
    size(page, WIDTHS["narrow"])
    look("light", "narrow", again=True)
    beside("narrow")
    page.emulate_media(color_scheme="dark")
    look("dark", "narrow")
    size(page, WIDTHS["wide"])
    look("dark", "wide", again=True)
    size(page, NARROWEST, 700)
    return found + [f"{NARROWEST} px: {line}" for line in overflow(page)]


def sticks_out_enlarged(page: Page, channel: CDPSession) -> list[str]:
    """List what sticks out at each width when letters are twice as large (WCAG 2.2, success criterion 1.4.4).

    It is the reader's own size, which the `channel` of the page tells the browser, then the page enlarged by itself.
    """
    found: list[str] = []

    def measure(how: str, *widths: int) -> None:
        for width in widths:
            size(page, width)
            found.extend(f"{how}, {width} px: {line}" for line in overflow(page))

    channel.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    measure("reader", NARROWEST, WIDTHS["narrow"], WIDTHS["wide"])
    channel.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    page.evaluate(ADD_STYLE, "html { font-size: 200% }")
    measure("page", WIDTHS["wide"], WIDTHS["narrow"], NARROWEST)
    return found


def check(tab: Visit, url: str) -> dict[str, list[Any]]:
    """Open a page and look at it in every way; say where the search of its header is at each width, and asks."""
    for heard in (tab.said, tab.asked_outside, tab.failed):
        heard.clear()
    size(tab.page, WIDTHS["wide"])
    tab.open(url)
    searches: dict[str, list[Any]] = {}
    found = faults_everywhere(tab.page, lambda width: searches.update({width: tab.page.evaluate(HEADER_SEARCH)}))
    faults = [*found, *tab.faults()]
    assert not faults, "\n".join(faults)
    assert tab.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0], "the next page would see it"
    return searches
