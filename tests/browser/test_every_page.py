"""Each kind of page, light and dark, narrow and wide: accessible, quiet, within its width, asking nothing of others.

The states of the form of corrections are in `test_form_states.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Page
from tests.sites import REPOSITORY

from .conftest import WIDTHS, Open, Visit

pytestmark = pytest.mark.browser

# What is set on a page is read with each document for nearly nothing; to send it to one takes a third of a look.
AXE = (REPOSITORY / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
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
NARROWEST = 320  # pixels: WCAG 2.2, success criterion 1.4.10
KINDS = {
    "home": "",
    "list": "entreprises/",
    "profile": "entreprises/entretien-exemple-entreprise-d-insertion/",
    "sparse profile": "entreprises/club-nautique-exemple-de-la-pointe/",
    "confidential profile": "entreprises/maison-l-eclaircie-d-exemple/",
    "long name": "entreprises/regroupement-des-organismes-des-cooperatives-et-des/",
    "several places": "entreprises/caisse-d-exemple/",
    "hostile profile": "entreprises/exemple-hostile/",
    "territories": "territoires/",
    "territory": "territoires/exempleville/",
    "territory and sector": "territoires/exempleville/secteurs/arts-culture/",
    "municipality": "territoires/les-grands-exemples/municipalites/exemple-les-bains/",
    "region": "regions/exemple/",
    "sectors": "secteurs/",
    "sector": "secteurs/arts-culture/",
    "forms": "formes/",
    "form": "formes/obnl/",
    "search": "recherche/",
    "results": "recherche/?q=entretien",
    "no result": "recherche/?q=zzzzqqqq",
    "catalogue": "acheter/catalogue/",
    "catalogue, results": "acheter/catalogue/?q=entretien&confirme=oui&pres=99503",
    "catalogue, table": "acheter/catalogue/?q=entretien&vue=tableau",
    "catalogue, map": "acheter/catalogue/?vue=carte",
    "catalogue, no result": "acheter/catalogue/?categorie=traiteur&forme=mutuelle&secteur=arts-culture",
    "statistics": "statistiques/",
    "data": "donnees/",
    "documents": "documents/",
    "dictionary": "donnees/dictionnaire/",
    "vocabularies": "donnees/vocabulaires/",
    "messages": "donnees/messages/",
    "about": "a-propos/",
    "privacy": "vie-privee/",
    "legal": "avis-legaux/",
    "accessibility": "accessibilite/",
    "summary in English": "en/",
    "contribute": "contribuer/",
    "mode": "acheter/mode/",
    "mode judged": "acheter/mode/?organisme=municipalite&contrat=services&montant=45000",
    "rotation": "acheter/rotation/",
    "initiative": "acheter/initiative/",
    "join": "acheter/participer/",
    "buyer's home": "acheter/",
    "categories": "acheter/categories/",
    "category": "acheter/categories/entretien-menager/",
    "category and territory": "acheter/categories/entretien-menager/exempleville/",
    "category served from elsewhere": "acheter/categories/location-salles/l-exemple-d-en-haut/",
    "gaps": "acheter/lacunes/",
    "selection": "acheter/selection/",
    "search record": "acheter/releve/?categorie=entretien-menager",
    "search record of nothing": "acheter/releve/",
    "verification": "acheter/verifier/",
    "ledger": "acheter/carnet/",
    "not found": "404.html",
}
DEMONSTRATION_KINDS = {
    "catalogue": "acheter/catalogue/?q=traiteur",
    "home": "",
    "list": "entreprises/",
    "territory": "territoires/shawinigan/",
    "results": "recherche/?q=traiteur",
    "about": "a-propos/",
    "mode": "acheter/mode/?organisme=municipalite&contrat=services&montant=45000",
    "new record": "contribuer/?nouvelle",
    "initiative": "acheter/initiative/",
    "buyer's home": "acheter/",
    "categories": "acheter/categories/",
    "category": "acheter/categories/services-garde/",
    "gaps": "acheter/lacunes/",
}


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
    """List the elements that make the page wider than its window."""
    found: list[str] = page.evaluate(
        """() => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        return [...document.querySelectorAll("body *")]
          .filter((e) => e.getBoundingClientRect().right > width + 1)
          .map((e) => `${e.tagName}.${e.className} ends at ${Math.round(e.getBoundingClientRect().right)} of ${width}`)
          .slice(0, 8);
        }"""
    )
    return found


def faults_everywhere(page: Page) -> list[str]:
    """Look at a page as it is in both colour schemes and at each width; list what axe finds and what sticks out.

    Every rule runs at each width and in each scheme, in two goes: wide and light, narrow and dark. Of the other two
    pairs only colours can be news, and only where the width changed what is seen.
    """
    found: list[str] = []

    def look(scheme: Literal["light", "dark"], width: str, *, again: bool = False) -> None:
        page.set_viewport_size({"width": WIDTHS[width], "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.locator(f'html[data-theme="{scheme}"]').wait_for()  # the change of media is told a moment later
        lines = violations(page, colours=again) if changed(page) or not again else []
        found.extend(f"{scheme}, {width}: {line}" for line in (*lines, *overflow(page)))

    look("light", "wide")
    look("light", "narrow", again=True)
    look("dark", "narrow")
    look("dark", "wide", again=True)
    page.set_viewport_size({"width": NARROWEST, "height": 700})
    return found + [f"{NARROWEST} px: {line}" for line in overflow(page)]


@pytest.fixture(scope="module")
def example_tab(site: str, visit: Open) -> Iterator[Visit]:
    """Open one tab for all the pages of the Exemple site: they are only looked at."""
    with visit(site, reduced_motion="reduce") as visited:  # or axe would see colours on their way to others
        visited.page.add_init_script(AXE)
        yield visited


@pytest.fixture(scope="module")
def demonstration_tab(made_up: str, visit: Open) -> Iterator[Visit]:
    """Open one tab for all the pages of the demonstration."""
    with visit(made_up, reduced_motion="reduce") as visited:
        visited.page.add_init_script(AXE)
        yield visited


def header_search(page: Page) -> dict[str, list[float]]:
    """Say where the search of the header is at each width: its place, then its size."""
    form = page.locator(".site-head form[role=search]")
    boxes = {}
    for name, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        boxes[name] = form.evaluate("e => ['x', 'y', 'width', 'height'].map((key) => e.getBoundingClientRect()[key])")
    return boxes


@pytest.fixture(scope="module")
def home_search(example_tab: Visit) -> dict[str, list[float]]:
    """Say where the search of the header is on the home page."""
    example_tab.open(KINDS["home"])
    return header_search(example_tab.page)


def check(tab: Visit, url: str) -> None:
    tab.page.set_viewport_size({"width": WIDTHS["wide"], "height": 900})
    tab.page.emulate_media(color_scheme="light")
    for heard in (tab.said, tab.asked_outside, tab.failed):
        heard.clear()
    tab.open(url)
    assert [*faults_everywhere(tab.page), *tab.faults()] == []
    assert tab.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0], "the next page would see it"


@pytest.mark.parametrize("kind", KINDS)
def test_page_of_the_exemple_site(kind: str, example_tab: Visit, home_search: dict[str, list[float]]) -> None:
    url, page = KINDS[kind], example_tab.page
    check(example_tab, url)
    assert header_search(page) == home_search, "it is at the same place on every page"
    action = page.locator(".site-head form[role=search]").evaluate("e => e.action").removeprefix(example_tab.origin)
    assert action == ("acheter/catalogue/" if url.startswith("acheter/") else "recherche/")


@pytest.mark.parametrize("kind", DEMONSTRATION_KINDS)
def test_page_of_a_demonstration(kind: str, demonstration_tab: Visit) -> None:
    check(demonstration_tab, DEMONSTRATION_KINDS[kind])


def test_axe_sees_a_fault(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open("a-propos/")
        visited.page.evaluate("document.querySelector('main').append(document.createElement('img'))")
        assert [line for line in violations(visited.page) if line.startswith("image-alt")]


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ("row.querySelector('a').textContent = ''", "link-name"),
        ("row.querySelector('a').style = 'color: #888; background: #777'", "color-contrast"),
        ("row.append(document.createElement('img'))", "image-alt"),
    ],
)
def test_axe_sees_a_fault_far_down_a_list_of_like_rows(fault: str, rule: str, made_up: str, visit: Open) -> None:
    with visit(made_up) as visited:
        visited.open("entreprises/")
        rows = "[...document.querySelectorAll('main li')].filter((one) => one.querySelector('a[href]'))"
        before = visited.page.content()
        assert violations(visited.page) == []
        assert visited.page.content() == before, "what was set aside came back where it was"
        visited.page.evaluate(f"() => {{ const row = {rows}.at(-2); {fault}; }}")
        assert {line.split(": ")[0] for line in violations(visited.page)} == {rule}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_fault_of_colours_is_seen_wherever_it_shows(scheme: str, width: str, site: str, visit: Open) -> None:
    hidden, pale = "display: none", "display: block; color: #777; background: #888"
    first, then = (pale, hidden) if width == "wide" else (hidden, pale)
    with visit(site, reduced_motion="reduce") as visited:
        visited.open("a-propos/")
        visited.page.evaluate(
            """(style) => {
            document.querySelector("main").insertAdjacentHTML("beforeend", "<p class='seen'>Exemple</p>");
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(style);
            document.adoptedStyleSheets.push(sheet);
            }""",
            f"""[data-theme={scheme}] .seen {{ {first} }}
            @media (max-width: 47.99rem) {{ [data-theme={scheme}] .seen {{ {then} }} }}""",
        )
        found = faults_everywhere(visited.page)
        assert [line.split(": ")[:2] for line in found] == [[f"{scheme}, {width}", "color-contrast"]]


def test_every_control_is_large_enough(site: str, visit: Open) -> None:
    """Targets are at least 44 pixels high on a telephone, those inside a sentence left aside (WCAG 2.2, 2.5.8)."""
    with visit(site, width=WIDTHS["narrow"]) as visited:
        for url in ("", "recherche/?q=entretien", "entreprises/entretien-exemple-entreprise-d-insertion/"):
            visited.open(url)
            small = visited.page.evaluate(
                """() => [...document.querySelectorAll("button, [type=search], .doors a, summary, .button")]
                .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 43.5)
                .map((e) => `${e.tagName} ${e.className} ${e.textContent.trim().slice(0, 30)}`)"""
            )
            assert small == [], url


def test_telephone_stays_on_one_line(site: str, visit: Open) -> None:
    with visit(site, width=NARROWEST) as visited:
        visited.open("entreprises/entretien-exemple-entreprise-d-insertion/")
        for link in visited.page.locator('a[href^="tel:"]').all():
            assert link.evaluate("e => e.getClientRects().length") == 1


def test_motion_stops_when_asked(site: str, visit: Open) -> None:
    with visit(site, reduced_motion="reduce") as visited:
        visited.open("")
        moving = visited.page.evaluate(
            """() => [...document.querySelectorAll("*")].filter((e) => {
              const style = getComputedStyle(e);
              return parseFloat(style.transitionDuration) > 0.01 || parseFloat(style.animationDuration) > 0.01;
            }).map((e) => e.className)"""
        )
        assert moving == []
