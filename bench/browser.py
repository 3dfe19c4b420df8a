"""Serve a built site on the loopback and open it in a headless Chromium."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def opened(site: Path) -> Iterator[tuple[Browser, str]]:
    """Give a browser and the address of a built folder; raise SystemExit when there is no browser."""
    path = next(
        (found for name in (os.environ.get("ANNUAIRE_CHROMIUM", ""), *NAMES) if (found := shutil.which(name))), ""
    )
    if not path:
        raise SystemExit("bench: no Chromium or Chrome; run `make bench`, or give its path in ANNUAIRE_CHROMIUM")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=os.fspath(site)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS, headless=True)
            try:
                yield browser, f"http://127.0.0.1:{server.server_port}/"
            finally:
                browser.close()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
