"""Show the site on this machine and bring it up to date at each change.

A changed record is read alone; every page whose view did not change is left as it is, and the page of the
changed record is written first. Shells are rendered again only when pages, theme or configuration change.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import http.server
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from watchfiles import watch

from annuaire import build, config, exports, files, making, pages, urls
from annuaire.catalogue.loading import Loaded, Loader
from annuaire.config import Settings
from annuaire.depot import defaults
from annuaire.pages.documents import Document
from annuaire.pages.page import DataFile, Page
from annuaire.pages.redirect import redirects
from annuaire.print import documents
from annuaire.records.collections import EVERY
from annuaire.sharing import writing as sharing
from annuaire.site import engine, gate, policy, shells, stamp
from annuaire.steps import Progress, Summary
from annuaire.text import french
from annuaire.text.problems import AnnuaireError
from annuaire.timeline.days import Days, days
from annuaire.timeline.history import Change
from annuaire.written import folder as written_pages

Say = Callable[[str], None]
GoesOn = Callable[[], bool]  # no: something else changed, which is worth more than what is being done


@dataclass
class Preview:
    """Hold the site being shown: what was read, the shells, and the pages as last written."""

    settings: Settings
    command: str
    skip_invalid: bool
    out: Path
    report: Callable[[Loaded], None]
    loader: Loader = field(init=False)
    frames: shells.Shells | None = None
    files: tuple[DataFile, ...] = ()
    documents: tuple[Document, ...] = ()
    gathered: tuple[pages.Site, dict[str, Change]] | None = None
    days: Days = field(default_factory=Days)
    written: dict[str, Page] = field(default_factory=dict)
    indexed: dict[str, date | None] = field(default_factory=dict)
    is_late: bool = False  # something that all the records make is older than `gathered`

    def __post_init__(self) -> None:
        self.loader = Loader(self.settings)

    @property
    def shell_folder(self) -> Path:
        """Give the folder where the shells of the preview are kept, apart from those of a build."""
        return self.settings.cache / "apercu.gabarits"

    def start(self, progress: Progress = lambda *_: None) -> Summary:
        """Build everything once, as `annuaire build` does, into the preview's folder."""
        summary = build.build(
            self.settings,
            command=self.command,
            out=self.out,
            shell_folder=self.shell_folder,
            skip_invalid=self.skip_invalid,
            progress=progress,
        )
        self._load_shells(summary.shells)
        return summary

    def refresh_shells(self) -> None:
        """Render the shells again, publish the pages written by hand and forget the others, to be made anew.

        Nothing is rendered while a page is refused: `refresh` says why.
        """
        if written_pages.check(self.settings):
            return
        before = set(self.frames.finished) if self.frames else set()
        running = engine.start(self.settings, self.command, self.shell_folder)
        try:
            frames = self._load_shells(running.wait())
            stamp.copy_shell_files(frames, self.out, stamp.Written(), self.days, again=True)
        finally:
            running.stop()
        for url in before - set(frames.finished):
            (self.out / urls.output_path(url)).unlink(missing_ok=True)

    def _load_shells(self, rendered: Path) -> shells.Shells:
        gate.refuse(rendered, self.settings)
        self.frames = shells.load(rendered, policy.exceptions(self.settings))
        self.written = {}
        return self.frames

    def refresh(self, changed: Iterable[str] = (), goes_on: GoesOn = lambda: True) -> int | None:
        """Bring pages up to date; return how many were written, or None when records have errors.

        `changed` names the slugs of records just edited: their pages are written first. The others wait for
        `catch_up` once `goes_on` says no.
        """
        loaded = self.loader.load(config.judging_date(self.settings.root), with_needs=False)
        if loaded.errors:
            self.report(loaded.with_needs())
            if loaded.wrong_pages or not self.skip_invalid:
                return None
        self.gathered = making.gather(self.settings, loaded)
        site, changes = self.gathered
        self.days = days(self.settings, site.catalogue, changes)
        self.is_late = True
        first = {urls.enterprise(slug) for slug in changed}
        return self._write(self._with_what_is_written(site), first, goes_on)

    def catch_up(self, goes_on: GoesOn = lambda: True) -> None:
        """Write again what all the records make: data files and the page that lists them, old addresses, sitemap.

        Stop as soon as `goes_on` says no: the next call goes on.
        """
        if self.gathered is None or not self.is_late or not goes_on():
            return
        site, changes = self.gathered
        tables = exports.write(site, self.out, changes, goes_on, again=True)
        if not goes_on():
            return
        self.files = tables
        self.documents = documents.write(site, self.out, changes, again=True)
        sharing.write(site.catalogue, self.settings, self.out, again=True)
        self._write(self._with_what_is_written(site), set(), goes_on)
        if not goes_on():
            return
        for url, html in redirects(site.catalogue, self.settings):
            files.write(self.out, urls.output_path(url), html, again=True)
        exports.write_indexes(site, self.out, self.indexed, again=True)
        self.is_late = not goes_on()

    def _with_what_is_written(self, site: pages.Site) -> pages.Site:
        """Give the same site, with the files that its pages lead to, as last written."""
        return pages.with_documents(pages.with_files(site, self.files), self.documents)

    def _write(self, site: pages.Site, first: set[str], goes_on: GoesOn) -> int:
        """Write the pages that changed, those of `first` before the others; return how many."""
        if self.frames is None:
            raise AnnuaireError("Les gabarits ne sont pas prêts.")
        stamper = stamp.Stamper(self.frames, self.settings, self.out, self.days, again=True)
        plans = sorted(pages.plans(site), key=lambda plan: plan.url not in first)
        done, count = stamp.Written(indexed=self.indexed), 0
        for plan in plans:
            if plan.url not in first and not goes_on():
                return count
            page = plan.build()
            if page != self.written.get(plan.url):
                stamper.write(page, done)
                self.written[plan.url] = page
                count += 1
        for url in set(self.written) - {plan.url for plan in plans}:
            for file in (urls.output_path(url), *(name for name, _ in self.written[url].files)):
                (self.out / file).unlink(missing_ok=True)
            del self.written[url]
            self.indexed.pop(url, None)
        return count


def reserve(preview: Preview, port: int) -> http.server.ThreadingHTTPServer:
    """Take a port of this machine before anything is built; raise AnnuaireError when another program has it."""
    handler = functools.partial(_Handler, directory=str(preview.out))
    try:
        return _Server(("127.0.0.1", port), handler)
    except PermissionError as error:
        raise AnnuaireError(f"Le port {port} est refusé\u00a0: en choisir un autre avec --port.") from error
    except OSError as error:
        raise AnnuaireError(f"Le port {port} est déjà pris\u00a0: en choisir un autre avec --port.") from error


def serve(preview: Preview, server: http.server.ThreadingHTTPServer, say: Say) -> None:
    """Show the preview at http://127.0.0.1:PORT/ until interrupted."""
    settings = preview.settings
    own = (settings.content, settings.pages, settings.config_file)
    watched = [path for path in (*own, defaults.PAGES, engine.THEME) if path.exists()]
    inbox: queue.SimpleQueue[set[Path]] = queue.SimpleQueue()
    over = threading.Event()
    # Before all is read again, which takes longer than to begin listening: a change made meanwhile is not missed.
    threading.Thread(target=_listen, args=(watched, inbox, over), daemon=True).start()
    try:
        preview.refresh()
        preview.catch_up()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        gc.freeze()  # what stays until the end need not be looked at after each change
        gc.enable()
        say(f"Le site est visible à http://127.0.0.1:{server.server_port}/ (Ctrl+C pour arrêter)")
        with contextlib.suppress(KeyboardInterrupt):
            while changed := inbox.get():
                while not inbox.empty():
                    changed |= inbox.get()
                _update(preview, changed, say, inbox.empty)
    finally:
        over.set()
    server.shutdown()


def _listen(watched: list[Path], inbox: queue.SimpleQueue[set[Path]], over: threading.Event) -> None:
    """Put each set of changed files in the inbox; an empty set tells that no more will come."""
    try:
        for changes in watch(*watched, debounce=100, step=20, stop_event=over, raise_interrupt=False):
            inbox.put({Path(path) for _, path in changes})
    finally:
        inbox.put(set())


def _update(preview: Preview, changed: set[Path], say: Say, goes_on: GoesOn) -> None:
    settings = preview.settings
    records = tuple(settings.content / name for name in EVERY)
    try:
        if not all(any(path.is_relative_to(folder) for folder in records) for path in changed):
            if settings.config_file in changed:
                preview.settings = config.load(settings.config_file)
            preview.loader = Loader(preview.settings)
            if any(p.is_relative_to(settings.pages) or not p.is_relative_to(settings.content) for p in changed):
                preview.refresh_shells()
        count = preview.refresh([p.stem for p in changed], goes_on)
        if count is not None:
            say(f"{french.count(count, 'page')} à jour")
        preview.catch_up(goes_on)
    except (AnnuaireError, OSError) as error:
        say(str(error))


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that leaves a page before it is whole, which happens at every reload."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal for what matters."""

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """Show no list of files: a folder without a page is an unknown address, as on a host."""
        self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer an unknown address with the site's own page."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
