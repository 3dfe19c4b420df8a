"""Each kind of page, light and dark, narrow and wide: accessible, quiet, within its width, asking nothing of others.

The states of the form of corrections are in `test_form_states.py`.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page
from tests.sites import REPOSITORY

from .conftest import WIDTHS, Open

pytestmark = pytest.mark.browser

AXE = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
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
    "data": "donnees/",
    "dictionary": "donnees/dictionnaire/",
    "vocabularies": "donnees/vocabulaires/",
    "messages": "donnees/messages/",
    "about": "a-propos/",
    "privacy": "vie-privee/",
    "legal": "avis-legaux/",
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


def violations(page: Page) -> list[str]:
    """Run axe on the page as it is; list what it finds, one line per element."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text(encoding="utf-8"))
    answer: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{v['id']}: {node['html'][:160]} {node['target']}" for v in answer["violations"] for node in v["nodes"]]


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
    """Look at a page as it is in both colour schemes and at each width; list what axe finds and what sticks out."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for name, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 900})
            where = f"{scheme}, {name}"
            page.locator(f'html[data-theme="{scheme}"]').wait_for()  # the change of media is told a moment later
            found += [f"{where}: {line}" for line in (*violations(page), *overflow(page))]
    page.set_viewport_size({"width": NARROWEST, "height": 700})
    return found + [f"{NARROWEST} px: {line}" for line in overflow(page)]


def check(origin: str, url: str, visit: Open) -> None:
    with visit(origin, reduced_motion="reduce") as visited:  # or axe would see colours on their way to others
        visited.open(url)
        assert faults_everywhere(visited.page) == []


@pytest.mark.parametrize("kind", KINDS)
def test_page_of_the_exemple_site(kind: str, site: str, visit: Open) -> None:
    check(site, KINDS[kind], visit)


@pytest.mark.parametrize("kind", DEMONSTRATION_KINDS)
def test_page_of_a_demonstration(kind: str, made_up: str, visit: Open) -> None:
    check(made_up, DEMONSTRATION_KINDS[kind], visit)


def test_axe_sees_a_fault(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open("a-propos/")
        visited.page.evaluate("document.querySelector('main').append(document.createElement('img'))")
        assert [line for line in violations(visited.page) if line.startswith("image-alt")]


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
