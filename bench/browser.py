"""Serve a built site on the loopback, compressed as hosts do, and open it in a headless Chromium."""

from __future__ import annotations

import functools
import gzip
import http.server
import io
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
TEXTS = {".html", ".css", ".js", ".json", ".svg", ".xml", ".webmanifest"}
LEVEL = 6  # of gzip, what hosts use on the fly
SLOWER = 4  # times, the processor of a modest telephone
LATENCY = 400  # ms, and bits a second below: the slow 4G of Lighthouse
BITS = 1_600_000


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection for many files, as hosts keep it

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def send_head(self) -> Any:
        """Compress what is a text, for who can read it so."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        is_asked = "gzip" in self.headers.get("Accept-Encoding", "")
        if path.suffix not in TEXTS or not path.is_file() or not is_asked:
            return super().send_head()
        body = _compressed(path, path.stat().st_mtime_ns)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        return io.BytesIO(body)


@functools.lru_cache(maxsize=64)
def _compressed(path: Path, _written: int) -> bytes:
    return gzip.compress(path.read_bytes(), LEVEL)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder; give its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=os.fspath(site)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def program() -> str:
    """Find a browser; raise SystemExit when there is none."""
    path = next(
        (found for name in (os.environ.get("ANNUAIRE_CHROMIUM", ""), *NAMES) if (found := shutil.which(name))), ""
    )
    if not path:
        raise SystemExit("bench: no Chromium or Chrome; run `make bench`, or give its path in ANNUAIRE_CHROMIUM")
    return path


@contextmanager
def opened(site: Path) -> Iterator[tuple[Browser, str]]:
    """Give a browser and the address of a built folder; raise SystemExit when there is no browser."""
    path = program()
    with served(site) as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS, headless=True)
        try:
            yield browser, origin
        finally:
            browser.close()


def as_slow_phone(page: Page) -> CDPSession:
    """Make the processor and the network of a page those of a modest telephone; give the session that did it."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    speed = {"downloadThroughput": BITS / 8, "uploadThroughput": BITS / 8}
    session.send("Network.emulateNetworkConditions", {"offline": False, "latency": LATENCY, **speed})
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return session
