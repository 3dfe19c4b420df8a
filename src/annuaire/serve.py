"""Show the site on this machine and bring it up to date at each change.

A changed record is read alone; every page whose view did not change is left as it is, and the page of the
changed record is written first. Shells are rendered again only when pages, theme or configuration change.
"""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from watchfiles import watch

from annuaire import build, config, engine, french, pages, search, shells, stamp, urls
from annuaire.config import Settings
from annuaire.loading import Loaded, Loader
from annuaire.pages.page import Page
from annuaire.problems import AnnuaireError

Say = Callable[[str], None]


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
    written: dict[str, Page] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.loader = Loader(self.settings)

    def start(self, progress: build.Progress = lambda *_: None) -> build.Summary:
        """Build everything once, as `annuaire build` does, into the preview's folder."""
        summary = build.build(
            self.settings, command=self.command, out=self.out, skip_invalid=self.skip_invalid, progress=progress
        )
        self.refresh_shells(rendered=True)
        return summary

    def refresh_shells(self, *, rendered: bool = False) -> None:
        """Render the shells again and forget every written page, so that all are made anew."""
        folder = self.settings.cache / "gabarits" if rendered else engine.start(self.settings, self.command).wait()
        version = config.reference_date(self.settings.root)
        self.frames = shells.load(folder, french.day(version.date()))
        self.written = {}

    def refresh(self, changed: Iterable[str] = ()) -> int | None:
        """Bring pages up to date; return how many were written, or None when records have errors.

        `changed` names the slugs of records just edited: their pages are written first.
        """
        loaded = self.loader.load(config.judging_date(self.settings.root))
        if loaded.errors:
            self.report(loaded)
            if not self.skip_invalid:
                return None
        site, _ = build.gather(self.settings, loaded)
        if self.frames is None:
            raise AnnuaireError("Les gabarits ne sont pas prêts.")
        stamper = stamp.Stamper(self.frames, self.settings, self.out)
        first = {urls.enterprise(slug) for slug in changed}
        plans = sorted(pages.plans(site), key=lambda plan: plan.url not in first)
        done, count = stamp.Written(), 0
        for plan in plans:
            page = plan.build()
            if page != self.written.get(plan.url):
                stamper.write(page, done)
                self.written[plan.url] = page
                count += 1
        for url in set(self.written) - {plan.url for plan in plans}:
            (self.out / urls.output_path(url)).unlink(missing_ok=True)
            del self.written[url]
        return count


def serve(preview: Preview, port: int, say: Say) -> None:
    """Show the preview at http://127.0.0.1:PORT/ until interrupted."""
    preview.refresh()
    handler = functools.partial(_Handler, directory=str(preview.out))
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise AnnuaireError(f"Le port {port} est déjà pris : en choisir un autre avec --port.") from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(f"Le site est visible à http://127.0.0.1:{port}/ (Ctrl+C pour arrêter)")
    settings = preview.settings
    watched = [p for p in (settings.content, settings.pages, settings.config_file, _theme()) if p.exists()]
    try:
        for changes in watch(*watched, debounce=100, step=20, raise_interrupt=False):
            _update(preview, [Path(path) for _, path in changes], say)
    finally:
        server.shutdown()


def _update(preview: Preview, changed: list[Path], say: Say) -> None:
    records = preview.settings.content
    only_records = all(p.is_relative_to(records) and not p.is_relative_to(preview.settings.pages) for p in changed)
    try:
        if not only_records:
            if preview.settings.config_file in changed:
                preview.settings = config.load(preview.settings.config_file)
            preview.loader = Loader(preview.settings)
            preview.refresh_shells()
        count = preview.refresh(p.stem for p in changed)
        if count:
            say(f"{count} page{'s' if count > 1 else ''} à jour")
            search.index(preview.out)
    except AnnuaireError as error:
        say(str(error))


def _theme() -> Path:
    return Path(__file__).parent / "theme"


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal for what matters."""

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
