"""Open pages of the built sites in a real browser, and note all that should not happen there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request
from tests.sites import Project

WIDTHS = {"wide": 1280, "narrow": 390}
# A policy that is broken says so in the console too, but only the event names what was refused.
NOTE_REFUSALS = """
window.refusals = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.refusals.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
# The search has answered once it announces a number and shows as many rows, twenty at most.
ANSWERED = """
(text) => {
  const said = document.querySelector("[data-search-count]").textContent;
  const number = /^[\\d\\s]+/.exec(said)?.[0].replace(/\\s/g, "") ?? 0;
  const rows = document.querySelectorAll("[data-search-rows] h3").length;
  return said !== "Résultats" && said.includes(text) && rows === Math.min(20, Number(number));
}
"""


@dataclass
class Visit:
    """Hold a page being visited: its host, what its console said, what it asked of other hosts."""

    page: Page
    origin: str
    said: list[str] = field(default_factory=list)
    asked_outside: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    warned: int = 0

    def note(self, request: Request) -> None:
        """Note a request that leaves the host."""
        if urlsplit(request.url).scheme not in ("data", "blob") and not request.url.startswith(self.origin):
            self.asked_outside.append(request.url)

    def note_failure(self, request: Request) -> None:
        """Note a request without an answer, those of a page that was left aside."""
        if request.failure != "net::ERR_ABORTED":
            self.failed.append(f"failed: {request.url} {request.failure}")

    def refuse(self, dialog: Dialog) -> None:
        """Note a dialog, which no page of ours opens; leave where the browser itself asks whether to."""
        if dialog.type == "beforeunload":
            self.warned += 1
            dialog.accept()
            return
        self.said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open(self, url: str) -> None:
        """Open a page of the site and wait for it to be still."""
        self.page.goto(self.origin + url, wait_until="load")
        if url.startswith("recherche/?"):
            self.settled()
        if url.startswith("acheter/catalogue/"):
            self.page.locator(".facet").first.wait_for(state="attached")
        if url.startswith("contribuer/"):
            self.page.locator("[data-editor], [data-find], [data-failed]").filter(visible=True).first.wait_for()

    def settled(self, text: str = "") -> str:
        """Wait for the search to answer (with a text, if given) and to show its rows; return what it announces."""
        count = self.page.locator("[data-search-count]")
        self.page.wait_for_function(ANSWERED, arg=text)
        return count.inner_text().replace("\u00a0", " ")

    def names(self) -> list[str]:
        """List the names of the results shown."""
        return self.page.locator("[data-search-rows] h3").all_inner_texts()

    def faults(self) -> list[str]:
        """List all that should not have happened."""
        refused: list[str] = self.page.evaluate("window.refusals ?? []")
        return [*self.said, *self.asked_outside, *self.failed, *refused]


Open = Callable[..., AbstractContextManager[Visit]]


@pytest.fixture(scope="session")
def visit(browser: Browser) -> Open:
    """Give what opens a site in a context of its own; leaving it fails the test if the page said or asked anything."""

    @contextmanager
    def visiting(
        origin: str,
        *,
        width: int = WIDTHS["wide"],
        scheme: Literal["light", "dark"] = "light",
        quiet: bool = True,
        **options: Any,
    ) -> Iterator[Visit]:
        with browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, locale="fr-CA", **options
        ) as context:
            page = context.new_page()
            page.set_default_timeout(15_000)
            page.add_init_script(NOTE_REFUSALS)
            found = Visit(page, origin)
            page.on("console", lambda message: found.said.append(f"{message.type}: {message.text}"))
            page.on("pageerror", lambda error: found.said.append(f"error: {error}"))
            page.on("dialog", found.refuse)
            page.on("request", found.note)
            page.on("requestfailed", found.note_failure)
            yield found
            if quiet and options.get("java_script_enabled", True):
                assert found.faults() == []

    return visiting


@pytest.fixture(scope="session")
def site(example: Project, serve_folder: Callable[[Path], str]) -> str:
    """Serve the Exemple site; give its address."""
    return serve_folder(example.site)


@pytest.fixture(scope="session")
def made_up(demonstration: Project, serve_folder: Callable[[Path], str]) -> str:
    """Serve the demonstration of made-up records; give its address."""
    return serve_folder(demonstration.site)
