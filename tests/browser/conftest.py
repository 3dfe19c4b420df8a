"""Open pages of the built sites in a real browser, and note all that should not happen there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request
from tests.sites import Project

WIDTHS = {"wide": 1280, "narrow": 390}
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}  # an option of a visit
# A policy that is broken says so in the console too, but only the event names what was refused.
NOTE_REFUSALS = """
window.refusals = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.refusals.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
# Whether the page waits to be asked for its map. The first search of the driver for an element costs half a page.
WAITS = """
() => document.querySelector("[data-catalogue-start]")?.checkVisibility({ visibilityProperty: true }) ?? false
"""
# The catalogue and the search page have answered once they say how many, of these words, and have laid their filters.
ANSWERED = """
(text) => {
  const rows = document.querySelector("[data-catalogue-rows]");
  const said = document.querySelector("[data-catalogue-count]").textContent.replace(/\\u00a0/g, " ");
  const hasAnswered = said.trim() !== "Résultats" && said.includes(text) && !rows.hasAttribute("aria-busy");
  return hasAnswered && document.querySelector(".facet") !== null;
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
    has_begun: bool = False  # the page of a former visit may still speak or ask before

    def say(self, words: str) -> None:
        """Note what the page says."""
        if self.has_begun:
            self.said.append(words)

    def note(self, request: Request) -> None:
        """Note a request that leaves the host."""
        self.has_begun = self.has_begun or request.is_navigation_request()
        if not self.has_begun:
            return
        if urlsplit(request.url).scheme not in ("data", "blob") and not request.url.startswith(self.origin):
            self.asked_outside.append(request.url)

    def note_failure(self, request: Request) -> None:
        """Note a request without an answer, those of a page that was left aside."""
        if self.has_begun and request.failure != "net::ERR_ABORTED":
            self.failed.append(f"failed: {request.url} {request.failure}")

    def refuse(self, dialog: Dialog) -> None:
        """Note a dialog, which no page of ours opens; leave where the browser itself asks whether to."""
        if dialog.type == "beforeunload":
            self.warned += 1
            dialog.accept()
            return
        self.said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def touch(self) -> None:
        """Give the first sign of a visitor, which data wait for; ask for the map where the page has one."""
        self.page.mouse.move(1, 1)  # in a page that has just come, this is no movement yet
        self.page.mouse.move(2, 2)
        if self.page.evaluate(WAITS):
            self.page.locator("[data-catalogue-start]").click()

    def open(self, url: str) -> None:
        """Open a page of the site, touch it and wait for it to be still."""
        self.page.goto(self.origin + url, wait_until="load")
        self.touch()
        if url.startswith("recherche/?"):
            self.settled()
        if url.startswith("acheter/catalogue/"):
            self.page.locator(".facet").first.wait_for(state="attached")
        if url.startswith(("carte/", "integre/carte/")):
            self.page.locator(".leaflet-map-pane").wait_for(state="attached")
        if url.startswith("contribuer/"):
            self.page.locator("[data-editor], [data-find], [data-failed]").filter(visible=True).first.wait_for()

    def settled(self, text: str = "") -> str:
        """Wait for the results of a search (which name a text, if given); return what they announce."""
        self.page.wait_for_function(ANSWERED, arg=text)
        return self.page.locator("[data-catalogue-count]").inner_text().replace("\u00a0", " ")

    def names(self, group: str = "") -> list[str]:
        """List the names of the results shown, in order; of one group only, if given (`offre`, `activite`…)."""
        within = f"[data-group={group}] " if group else "section[data-group] "
        return self.page.locator(f"{within}:is(h4, tbody th)").all_inner_texts()

    def number(self) -> int:
        """Count the enterprises that the numbers of the page tell: those that answer, else those that speak of it."""
        said = self.page.locator("[data-catalogue-said]").inner_text().partition(" pour «")[0]
        counts = [(int(count), what) for count, what in re.findall(r"(\d+)\s+([^;·]+)", said) if "secteur" not in what]
        answering = sum(count for count, what in counts if "parle" not in what)
        return answering or sum(count for count, _ in counts)

    def faults(self) -> list[str]:
        """List all that should not have happened."""
        refused: list[str] = self.page.evaluate("window.refusals ?? []")
        return [*self.said, *self.asked_outside, *self.failed, *refused]


Open = Callable[..., AbstractContextManager[Visit]]
Lend = Callable[..., AbstractContextManager["Tab"]]
MOST_KEPT = 4  # tabs, each with its context and its process
# Whether a page leaves nothing behind: no word that it keeps, no question to who leaves it. It takes another address: a
# browser that is given the same one again brings back what was typed there.
LEAVES_NOTHING = """
async () => {
  try {
    const databases = await indexedDB.databases();
    const isEmpty = !localStorage.length && !sessionStorage.length && !databases.length && !window.name;
    history.replaceState(null, "", "/-");
    return isEmpty && dispatchEvent(new Event("beforeunload", { cancelable: true }));
  } catch {
    return false; // of a page that may keep nothing, it cannot be told
  }
}
"""


class Tab:
    """Hold a page that serves again to visits with the same options, and the channel by which it is emptied."""

    def __init__(self, context: BrowserContext, options: Mapping[str, Any], scripts: Iterable[str] = ()) -> None:
        self.context = context
        self.options = options
        self.scripts = scripts
        self.page = context.new_page()
        for script in (NOTE_REFUSALS, *scripts):
            self.page.add_init_script(script)
        self.channel = BrowserContext.new_cdp_session(context, self.page)
        self.is_spent = False
        self._undo: dict[object, Callable[[], object]] = {}
        self._watch()
        # By a channel of its own, a test may set anything.
        context.new_cdp_session = self._spending(partial(BrowserContext.new_cdp_session, context))  # type: ignore[method-assign]

    def _watch(self) -> None:
        """Note what a test sets on the page for as long as it is open, and what takes it away."""
        page = self.page
        size, colours = self.options.get("viewport"), self.options.get("color_scheme", "light")

        def watch(name: str, undo: Callable[..., Callable[[], object]], *, each: bool = False) -> None:
            act = getattr(page, name)

            def acting(*arguments: Any, **options: Any) -> Any:
                done = act(*arguments, **options)
                self._undo[object() if each else name] = undo(done, *arguments)
                return done

            setattr(page, name, acting)

        set_size, set_media = page.set_viewport_size, page.emulate_media
        watch("add_init_script", lambda script, *_: script.close, each=True)
        watch("on", lambda _, kind, hear: partial(page.remove_listener, kind, hear), each=True)
        watch("route", lambda *_: page.unroute_all)
        watch("set_viewport_size", lambda *_: partial(set_size, size))
        watch("emulate_media", lambda *_: partial(set_media, media="null", color_scheme=colours))

    def _spending(self, act: Callable[..., Any]) -> Callable[..., Any]:
        def acting(*arguments: Any, **options: Any) -> Any:
            self.is_spent = True
            return act(*arguments, **options)

        return acting

    @contextmanager
    def heard(self, **hearers: Callable[[Any], object]) -> Iterator[None]:
        """Have each kind of event of the page heard, for a time."""
        for kind, hear in hearers.items():
            Page.on(self.page, kind, hear)
        try:
            yield
        finally:
            for kind, hear in hearers.items():
                self.page.remove_listener(kind, hear)

    def empty(self, origin: str) -> None:
        """Take away all that an origin keeps, but what its host says that a browser may."""
        self.channel.send("Storage.clearDataForOrigin", {"origin": origin.removesuffix("/"), "storageTypes": "all"})

    def leave(self) -> Tab:
        """Close what was opened; give the tab of this context that serves next: this one, if nothing is left in it.

        The last page stays there until the next visit opens its own: to go by an empty page takes as long as a page.
        """
        may_serve = not self.is_spent and not self.page.is_closed() and "://" in self.page.url
        if may_serve and self.page.evaluate(LEAVES_NOTHING):
            served = self
            while self._undo:
                self._undo.popitem()[1]()
            self.channel.send("Page.resetNavigationHistory")
        else:
            served = Tab(self.context, self.options, self.scripts)  # before the former is closed: its process would end
        for page in self.context.pages:
            if page is not served.page:
                page.close()
        return served


@pytest.fixture(scope="session")
def lend(browser: Browser) -> Iterator[Lend]:
    """Give what lends a tab where nothing of an origin is kept, but what its host says that a browser may keep.

    `at` stops its clock; each of its documents begins with `scripts`. One with the same options, scripts and clock
    serves again, unless it is to be `alone`: to start a context, its process, its fonts and its scripts takes twice as
    long as a page, and a page as long as what it shows.
    """
    kept: dict[str, Tab] = {}

    def start(at: str, scripts: Iterable[str], options: Mapping[str, Any]) -> Tab:
        context = browser.new_context(**options)
        if at:
            context.clock.set_fixed_time(at)
        return Tab(context, options, scripts)

    def take_back(name: str, tab: Tab) -> None:
        served = tab.leave()
        if name in kept or len(kept) == MOST_KEPT:
            kept.pop(name if name in kept else next(iter(kept))).context.close()
        kept[name] = served

    @contextmanager
    def lending(
        origin: str, at: str = "", *, scripts: tuple[str, ...] = (), alone: bool = False, **options: Any
    ) -> Iterator[Tab]:
        if alone:
            tab = start(at, scripts, options)
            with tab.context:
                yield tab
            return
        name = repr((at, hash(scripts), *sorted(options.items())))
        tab = kept.pop(name) if name in kept else start(at, scripts, options)
        tab.empty(origin)
        try:
            yield tab
        except BaseException:
            tab.is_spent = True  # nobody knows what it was doing
            raise
        finally:
            take_back(name, tab)

    yield lending
    for tab in kept.values():
        tab.context.close()


@pytest.fixture(scope="session")
def visit(lend: Lend) -> Open:
    """Give what opens a site as who never came there; leaving it fails the test if the page said or asked anything."""

    @contextmanager
    def visiting(
        origin: str,
        *,
        width: int = WIDTHS["wide"],
        scheme: Literal["light", "dark"] = "light",
        quiet: bool = True,
        **options: Any,
    ) -> Iterator[Visit]:
        viewport = {"width": width, "height": 900}
        with lend(origin, viewport=viewport, color_scheme=scheme, locale="fr-CA", **options) as tab:
            tab.page.set_default_timeout(30_000)
            found = Visit(tab.page, origin)
            with tab.heard(
                console=lambda message: found.say(f"{message.type}: {message.text}"),
                pageerror=lambda error: found.say(f"error: {error}"),
                dialog=found.refuse,
                request=found.note,
                requestfailed=found.note_failure,
            ):
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
