"""What hosts do to a site: one refuses a kind of file, another is no host at all but a disk."""

from __future__ import annotations

from playwright.sync_api import Browser
from tests.browser.conftest import Open
from tests.sites import Project

RECORD = "contribuer/?fiche=caisse-d-exemple"


def test_a_file_that_a_host_refuses_is_not_said_to_be_absent(site: str, visit: Open) -> None:
    with visit(site, quiet=False) as visited:
        visited.page.route("**/contribuer/fiches/*.yml", lambda route: route.fulfill(status=404))
        visited.open(RECORD)
        told = visited.page.locator("[data-failed]")
        told.wait_for(timeout=5000)
        assert "n’a pas pu être lu" in told.inner_text()
        assert "n’existe pas" not in told.inner_text()


def test_a_form_that_a_host_refuses_is_not_said_to_be_absent(site: str, visit: Open) -> None:
    with visit(site, quiet=False) as visited:
        visited.page.route("**/contribuer/formulaire*.json", lambda route: route.fulfill(status=404))
        visited.open("contribuer/?nouvelle=")
        told = visited.page.locator("[data-failed]")
        told.wait_for(timeout=5000)
        assert "n’a pas pu être lu" in told.inner_text()


def test_a_copy_opened_from_a_disk_leads_to_pages_and_says_its_limits(browser: Browser, example: Project) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((example.site / "index.html").as_uri())
        assert "demandent un serveur" in page.get_by_role("status").first.inner_text()
        page.get_by_role("navigation", name="Rubriques").get_by_role("link", name="Entreprises").click()
        assert page.url == (example.site / "entreprises/index.html").as_uri()
        own = [a.get_attribute("href") for a in page.locator("a").all()]
        assert [href for href in own if href and href.startswith("file:") and href.endswith("/")] == []
        page.goto((example.site / "recherche/index.html").as_uri())
        assert "demandent un serveur" in page.get_by_role("status").first.inner_text()
