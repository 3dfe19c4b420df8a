"""Share what several kinds of tests need: a real browser, and a web server for a built folder."""

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests import madeup
from tests.content.shipped import has_shipped_records
from tests.sites import EXAMPLES, Project, lay_out

HOSTILE = Path(__file__).parent / "site" / "hostile" / "exemple-hostile.yml"
BROWSER_NAMES = ("chromium", "google-chrome", "google-chrome-stable")
BROWSER_ARGUMENTS = [
    "--no-sandbox",  # tests may run as root in a container
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",  # the tests count requests, and the network may be closed
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


HAS_SHIPPED_RECORDS = has_shipped_records()
collect_ignore = [] if HAS_SHIPPED_RECORDS else ["content"]


def pytest_report_header() -> str | None:
    """Say that the tests of the shipped records are left aside, where others have replaced them."""
    return None if HAS_SHIPPED_RECORDS else "tests/content: left aside, the shipped records have been replaced"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a person accept what the golden files of any folder should hold from now on."""
    parser.addoption("--rewrite-golden", action="store_true", help="write the golden files again instead of comparing")


@pytest.fixture(scope="session")
def rewrite_golden(request: pytest.FixtureRequest) -> bool:
    """Tell whether golden files are to be written again rather than compared."""
    return bool(request.config.getoption("--rewrite-golden"))


def browser_path() -> str:
    """Find the browser that `make test` names, else one on the PATH; fail the test when there is none."""
    for name in (os.environ.get("ANNUAIRE_CHROMIUM", ""), *BROWSER_NAMES):
        if name and (path := shutil.which(name)):
            return path
    pytest.fail("no Chromium or Chrome: run `make test`, or give its path in ANNUAIRE_CHROMIUM")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one headless Chromium for the session; each test opens its own context in it, and closes it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_path(), args=BROWSER_ARGUMENTS, headless=True)
        yield chromium
        chromium.close()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serve a folder as a static host does: nothing is logged, and a missing page shows the folder's 404.html."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: requests are judged in the browser."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with 404.html, at the top of the folder, when it exists."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        return None


class QuietServer(http.server.ThreadingHTTPServer):
    """Ignore a browser that hangs up early: it happens whenever a page is left before it is whole."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def serve_folder() -> Iterator[Callable[[Path], str]]:
    """Return a function that serves a folder on the loopback and gives its address, « http://127.0.0.1:PORT/ »."""
    servers: list[tuple[QuietServer, threading.Thread]] = []

    def serve(folder: Path) -> str:
        handler = functools.partial(QuietHandler, directory=os.fspath(folder))
        server = QuietServer(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    for server, thread in servers:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Build the Exemple site, an official publication, with one more record: every field of it is hostile."""
    project = lay_out(tmp_path_factory.mktemp("exemple"), EXAMPLES)
    shutil.copy(HOSTILE, project.enterprises)
    project.commit()
    project.build()
    return project


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Build a demonstration of many made-up records, over a real region."""
    project = madeup.demonstration(tmp_path_factory.mktemp("demonstration"))
    project.build()
    return project
