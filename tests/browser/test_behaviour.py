"""What a page does besides showing: keyboard, theme, print, without scripts, former addresses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from .conftest import WIDTHS, Open
from .looking import overflow
from .selecting import CLEANING, choose

pytestmark = pytest.mark.browser

PROFILE = "entreprises/entretien-exemple-entreprise-d-insertion/"
CHROME = (".site-head", ".skip", ".crumbs", ".no-print", ".site-foot nav")
# The element with the focus is drawn with an outline, a shadow, or (a territory of the map) a thick line.
MARKED = """
() => {
  const element = document.activeElement;
  const marked = (part) => {
    const style = getComputedStyle(part);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none"
      || (style.stroke !== "none" && parseFloat(style.strokeWidth) >= 2);
  };
  const parts = [element, element.querySelector("path")].filter(Boolean);
  return element === document.body || (element.getBoundingClientRect().width > 0 && parts.some(marked));
}
"""


def test_skip_link_comes_first_and_leads_to_the_content(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open(PROFILE)
        page = visited.page
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
        box = page.locator(".skip").bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["height"] > 20
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "contenu"
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_focus_is_always_seen(site: str, visit: Open, scheme: str) -> None:
    with visit(site, scheme=scheme, reduced_motion="reduce") as visited:
        visited.open("")
        page = visited.page
        for _ in range(30):
            page.keyboard.press("Tab")
            assert page.evaluate(MARKED), page.evaluate("document.activeElement.outerHTML")


def test_everything_is_reached_by_keyboard_in_order(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open(PROFILE)
        positive = visited.page.evaluate(
            'document.querySelectorAll(\'[tabindex]:not([tabindex="0"], [tabindex="-1"])\').length'
        )
        assert positive == 0


def test_theme_is_remembered(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open("")
        html = page.locator("html")
        button = page.get_by_role("button", name="Affichage sombre")
        assert html.get_attribute("data-theme") == "light"
        assert button.get_attribute("aria-pressed") == "false"
        button.focus()
        page.keyboard.press("Enter")
        assert html.get_attribute("data-theme") == "dark"
        assert button.get_attribute("aria-pressed") == "true"
        background = page.evaluate("getComputedStyle(document.body).backgroundColor")
        visited.open(PROFILE)
        assert html.get_attribute("data-theme") == "dark"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == background
        page.emulate_media(color_scheme="dark")
        page.emulate_media(color_scheme="light")
        assert html.get_attribute("data-theme") == "dark", "the visitor's choice outlives the system's"


def test_theme_follows_the_system_until_chosen(site: str, visit: Open) -> None:
    with visit(site, scheme="dark") as visited:
        visited.open("")
        assert visited.page.locator("html").get_attribute("data-theme") == "dark"
        visited.page.emulate_media(color_scheme="light")
        visited.page.wait_for_selector("html[data-theme=light]", state="attached")


def test_theme_works_where_storage_is_refused(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.page.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } });"
        )
        visited.open("")
        visited.page.get_by_role("button", name="Affichage sombre").click()
        assert visited.page.locator("html").get_attribute("data-theme") == "dark"


def test_nothing_is_kept_of_the_visitor(site: str, visit: Open) -> None:
    """« Vie privée » says so: no cookie, and nothing stored before the visitor chooses a theme."""
    with visit(site) as visited:
        visited.open("recherche/?q=traiteur")
        visited.open(PROFILE)
        assert visited.page.context.cookies() == []
        assert visited.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
        assert visited.page.evaluate("indexedDB.databases().then(all => all.length)") == 0


def test_a_visit_finds_nothing_of_the_former_one(site: str, visit: Open) -> None:
    """The context of a visit serves again: what one leaves would tell the next."""
    for _ in range(2):
        with visit(site) as visited:
            visited.open("a-propos/")
            page = visited.page
            assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
            assert page.evaluate("indexedDB.databases().then(all => all.length)") == 0
            page.evaluate("localStorage.x = sessionStorage.x = 1, document.cookie = 'x=1'")
            page.evaluate("new Promise((done) => { indexedDB.open('x').onsuccess = () => done() })")


@pytest.mark.parametrize(
    "act",
    [
        lambda page: page.add_init_script("window.former = 1"),
        lambda page: page.on("domcontentloaded", lambda page: page.evaluate("window.former = 1")),
        lambda page: page.route("**/a-propos/", lambda route: route.fulfill(body="<p>former</p>")),
        lambda page: page.set_viewport_size({"width": 390, "height": 900}),
        lambda page: page.emulate_media(media="print", color_scheme="dark"),
        lambda page: page.context.new_cdp_session(page).send("Emulation.setScriptExecutionDisabled", {"value": True}),
        lambda page: page.locator("[type=search]").first.fill("former"),
        lambda page: page.evaluate("addEventListener('beforeunload', (event) => event.preventDefault())"),
    ],
    ids=["script", "hearer", "route", "width", "media", "channel", "typed", "asks"],
)
def test_a_visit_finds_nothing_that_the_former_one_set(act: Callable[[Page], object], site: str, visit: Open) -> None:
    """So does its tab, where that may be: it opens the same page again, as who never came there."""
    seen = """() => [window.former, document.querySelector('[type=search]').value, innerWidth,
        matchMedia("print").matches, document.documentElement.dataset.theme]"""
    found = []
    for _ in range(2):
        with visit(site) as visited:
            visited.open("a-propos/")
            found.append(visited.page.evaluate(seen))
            act(visited.page)
            assert visited.warned == 0
    assert found[0] == found[1]


def test_print_drops_chrome_and_shows_addresses(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(PROFILE)
        page.emulate_media(media="print")
        for selector in CHROME:
            for element in page.locator(selector).all():
                assert not element.is_visible(), selector
        assert page.locator("h1").is_visible()
        shown = page.evaluate(
            """() => [...document.querySelectorAll('main a[href^="http"]')]
            .filter((e) => e.checkVisibility())
            .filter((e) => !e.closest(".reach__list, .badges")) // these say their address, or need none
            .map((e) => getComputedStyle(e, "::after").content)"""
        )
        assert shown
        assert all("attr(href)" in text or "http" in text for text in shown), shown
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"


def test_print_from_the_dark_theme_is_black_on_white(site: str, visit: Open) -> None:
    with visit(site, scheme="dark") as visited:
        visited.open(PROFILE)
        visited.page.emulate_media(media="print", color_scheme="dark")
        colours = visited.page.evaluate(
            """() => ["h1", "main p", ".reach a", "dd"].map((s) => getComputedStyle(document.querySelector(s)).color)
            .concat(getComputedStyle(document.body).backgroundColor)"""
        )
        for colour in colours[:-1]:
            assert max(int(part) for part in colour[4:-1].split(",")) < 120, colours
        assert colours[-1] in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"), colours


def test_pages_work_without_javascript(site: str, visit: Open) -> None:
    with visit(site, java_script_enabled=False, width=WIDTHS["narrow"]) as visited:
        visited.open("")
        page = visited.page
        assert not page.locator(".theme-toggle").is_visible(), "a button that does nothing must not show"
        page.locator("#secteurs").scroll_into_view_if_needed()
        page.locator("header").get_by_role("link", name="Entreprises", exact=True).click()
        page.get_by_role("link", name="Exemplaire", exact=True).click()
        assert page.locator("h1").inner_text() == "Exemplaire"


def test_former_address_leads_to_the_present_one(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.page.goto(visited.origin + "entreprises/exemple-hostile-avant/")
        visited.page.wait_for_url("**/entreprises/exemple-hostile/")


def test_unknown_address_shows_the_site(site: str, visit: Open) -> None:
    with visit(site, quiet=False) as visited:
        for url in ("nulle-part/", "entreprises/nulle/part/tres/loin/"):
            visited.open(url)
            assert visited.page.locator("h1").inner_text() == "Page introuvable"
            visited.page.get_by_role("link", name="Chercher dans le répertoire").click()
            visited.page.wait_for_url("**/recherche/")
        assert [line for line in visited.said if "404" not in line] == []


def test_map_leads_to_territories(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open("")
        shapes = visited.page.locator(".map__link")
        assert shapes.count() == 5
        shapes.first.focus()
        visited.page.keyboard.press("Enter")
        visited.page.wait_for_url("**/territoires/*/")


def test_vcard_is_downloaded(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open(PROFILE)
        link = visited.page.get_by_role("link", name="Ajouter à mes contacts")
        answer = visited.page.request.get(link.evaluate("e => e.href"))
        assert answer.ok
        assert answer.text().startswith("BEGIN:VCARD\r\n")


@pytest.mark.parametrize("width", [768, 960])
def test_the_name_of_the_site_stays_on_two_lines(site: str, visit: Open, width: int) -> None:
    """Beside the search and the link to a selection, which give way first."""
    for chosen in ((), (CLEANING,)):
        with visit(site, width=width) as visited:
            if chosen:
                choose(visited.page, *chosen)
            for url in (PROFILE, "recherche/", "acheter/selection/"):
                visited.open(url)
                lines = visited.page.evaluate(
                    """() => {
                    const name = document.querySelector(".brand__name");
                    return name.offsetHeight / parseFloat(getComputedStyle(name).lineHeight);
                    }"""
                )
                assert round(lines) <= 2, (url, chosen)
                assert overflow(visited.page) == []


def test_few_colours_keep_what_colours_say(site: str, visit: Open) -> None:
    """Where the system imposes its colours: the current door, the edge of the button, the view chosen."""
    colour = "(e, side) => getComputedStyle(e)[`border${side}Color`]"
    with visit(site, forced_colors="active") as visited:
        page = visited.page
        visited.open("acheter/catalogue/?categorie=entretien-menager")
        doors = [door.evaluate(f"(e) => ({colour})(e, 'BlockEnd')") for door in page.locator(".doors a").all()]
        assert doors.count(doors[0]) == 1, "the current one alone is marked"
        edge = "(e) => parseFloat(getComputedStyle(e).borderRightWidth)"
        assert page.locator(".searchbar button").first.evaluate(edge) > 0
        views = page.locator(".catalogue__views span")
        grounds = [view.evaluate("(e) => getComputedStyle(e).backgroundColor") for view in views.all()]
        assert grounds.count(grounds[0]) == 1, "the chosen one alone is filled"
