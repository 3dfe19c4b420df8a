"""What hosts do to a site: one refuses a kind of file, another is no host at all but a disk."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser
from tests.browser.conftest import Open
from tests.sites import Project

# Pages of each kind; those of records, one of each collection, are added to them.
KINDS = (
    *(
        "",
        "recherche",
        "entreprises",
        "territoires",
        "secteurs",
        "regions/exemple",
        "carte",
        "contribuer",
        "aide",
        "en",
    ),
    *("acheter", "acheter/catalogue", "acheter/selection", "acheter/carnet", "acheter/mode", "acheter/rotation"),
    *("evenements", "statistiques", "donnees", "integrer", "accessibilite"),
)
# Where each link of the page leads on this disk; those of drawings are not like the others.
LINKS = """() => [...document.querySelectorAll("a[href]")]
    .map((a) => new URL(a.getAttribute("href"), document.baseURI).href).filter((href) => href.startsWith("file:"))"""
UNREAD = "Le catalogue n’a pas pu être lu"
REFUSED = (
    ("recherche/?q=traiteur", "acheter/catalogue.json", UNREAD),
    ("recherche/?q=traiteur", "acheter/textes.json", "La recherche par mots n’a pas pu démarrer"),
    ("recherche/?q=traiteur", "recherche/fiches.json", "Seules les entreprises ont pu être cherchées"),
    ("acheter/catalogue/", "acheter/catalogue.json", UNREAD),
    ("acheter/ensemble/", "acheter/catalogue.json", "n’ont pas pu être lues"),
    ("acheter/rotation/", "acheter/catalogue.json", "n’ont pas pu être lues"),
    ("acheter/carnet/", "acheter/carnet.json", "n’ont pas pu être lues"),
    ("carte/?q=traiteur", "acheter/catalogue.json", UNREAD),
    ("carte/?q=traiteur", "carte/carte.json", "La carte n’a pas pu être lue"),
    ("integre/liste/?mrc=995", "acheter/catalogue.json", "Le répertoire n’a pas pu être lu"),
    ("contribuer/", "contribuer/fiches.json", "n’a pas pu être chargé"),
)
RECORD = "contribuer/?fiche=caisse-d-exemple"


def _few(example: Project) -> list[Path]:
    """Give the first page below each kind of listing."""
    kinds = ("entreprises", "territoires", "secteurs", "acheter/categories", "aide/organismes", "evenements")
    return [min((example.site / kind).glob("*/index.html")) for kind in kinds]


def test_a_file_that_a_host_refuses_is_not_said_to_be_absent(site: str, visit: Open) -> None:
    with visit(site, quiet=False) as visited:
        visited.page.route("**/contribuer/fiches/*.yml", lambda route: route.fulfill(status=404))
        visited.open(RECORD)
        told = visited.page.locator("[data-failed]")
        told.wait_for(timeout=20_000)
        assert "n’a pas pu être lu" in told.inner_text()
        assert "n’existe pas" not in told.inner_text()


@pytest.mark.parametrize(("url", "refused", "words"), REFUSED)
def test_a_page_says_what_it_could_not_read(site: str, visit: Open, url: str, refused: str, words: str) -> None:
    with visit(site, quiet=False) as visited:
        visited.page.route(f"**/{refused}", lambda route: route.fulfill(status=403, body="Forbidden"))
        visited.page.goto(f"{site}{url}")
        visited.page.wait_for_load_state("networkidle")
        visited.page.mouse.move(1, 1)  # some data wait for the first touch
        visited.page.mouse.move(9, 9)
        told = visited.page.locator("main").get_by_text(words)
        told.first.wait_for(timeout=20_000)
        assert "n’existe pas" not in visited.page.locator("main").inner_text()


def test_a_form_that_a_host_refuses_is_not_said_to_be_absent(site: str, visit: Open) -> None:
    with visit(site, quiet=False) as visited:
        visited.page.route("**/contribuer/formulaire*.json", lambda route: route.fulfill(status=404))
        visited.open("contribuer/?nouvelle=")
        told = visited.page.locator("[data-failed]")
        told.wait_for(timeout=20_000)
        assert "n’a pas pu être lu" in told.inner_text()


def test_a_copy_opened_from_a_disk_leads_to_pages_and_says_its_limits(browser: Browser, example: Project) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((example.site / "index.html").as_uri())
        assert "demandent un serveur" in page.get_by_role("status").first.inner_text()
        page.get_by_role("navigation", name="Rubriques").get_by_role("link", name="Entreprises").click()
        assert page.url == (example.site / "entreprises/index.html").as_uri()
        for url in (*KINDS, *sorted(path.parent.relative_to(example.site).as_posix() for path in _few(example))):
            page.goto((example.site / url / "index.html").as_uri())
            assert "demandent un serveur" in page.get_by_role("status").first.inner_text(), url
            assert [one for one in page.evaluate(LINKS) if not Path(unquote(urlsplit(one).path)).is_file()] == [], url
