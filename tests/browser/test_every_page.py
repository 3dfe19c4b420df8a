"""Each kind of page, light and dark, narrow and wide, enlarged: accessible, quiet, within its width, asking nothing.

The states of the form of corrections are in `test_form_states.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession

from .conftest import WIDTHS, Open, Visit
from .looking import (
    HEADER_SEARCH,
    LOOKED_AT,
    NARROWEST,
    check,
    faults_everywhere,
    size,
    sticks_out_enlarged,
    violations,
)

pytestmark = pytest.mark.browser

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


@pytest.fixture(scope="module")
def example_tab(site: str, visit: Open) -> Iterator[Visit]:
    """Open one tab for all the pages of the Exemple site: they are only looked at."""
    with visit(site, **LOOKED_AT) as visited:
        yield visited


@pytest.fixture(scope="module")
def demonstration_tab(made_up: str, visit: Open) -> Iterator[Visit]:
    """Open one tab for all the pages of the demonstration."""
    with visit(made_up, **LOOKED_AT) as visited:
        yield visited


@pytest.fixture(scope="module")
def example_channel(example_tab: Visit) -> CDPSession:
    """Open what tells the browser of that tab how large its reader wants letters."""
    channel = example_tab.page.context.new_cdp_session(example_tab.page)
    channel.send("Page.enable")
    return channel


@pytest.fixture(scope="module")
def home_search(example_tab: Visit) -> dict[str, list[float]]:
    """Say where the search of the header is on the home page, at each width."""
    example_tab.open(KINDS["home"])
    boxes = {}
    for name, width in WIDTHS.items():
        size(example_tab.page, width)
        boxes[name] = example_tab.page.evaluate(HEADER_SEARCH)[0]
    return boxes


@pytest.mark.parametrize("kind", KINDS)
def test_page_of_the_exemple_site(
    kind: str, example_tab: Visit, example_channel: CDPSession, home_search: dict[str, list[float]]
) -> None:
    url = KINDS[kind]
    searches = check(example_tab, url)
    assert {width: box for width, (box, _) in searches.items()} == home_search, "it is at the same place on every page"
    actions = {action.removeprefix(example_tab.origin) for _, action in searches.values()}
    assert actions == {"acheter/catalogue/" if url.startswith("acheter/") else "recherche/"}
    assert sticks_out_enlarged(example_tab.page, example_channel) == []


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
    with visit(site, **LOOKED_AT) as visited:
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
