"""Share what several kinds of tests need: a real browser, and a web server for a built folder."""

import fcntl
import functools
import gc
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
from tests.examples import choose_profile
from tests.memory import write_in_memory
from tests.sites import EXAMPLES, Project, lay_out

from annuaire import processes
from annuaire.intake.applying import intake
from annuaire.intake.importing import reading
from annuaire.photos import measuring
from annuaire.places import territories, vocabularies
from annuaire.site import kept
from annuaire.site.hosting import AGAIN, FOR_EVER

choose_profile()
write_in_memory()
gc.set_threshold(100_000)  # as the program, which never looks for cycles: a tenth of the time goes there
Prepare = Callable[[str, Callable[[Path], object]], Project]

HERE = Path(__file__).parent
READERS = (intake, reading, measuring)  # modules that bound their work
# Where nine tenths of the time go, as measured, longest first: whole builds, a real browser, programs and scripts that
# are started for good. `make quick` does not even read these, but for the files of QUICK: it keeps the units, the rules
# and their corpus, the layers, the French, the commands, the golden files, with the one build these last need.
SLOW = (
    "site/test_again.py",
    "site/test_build.py",
    "site/test_installed.py",
    "site/test_other_systems.py",
    "site/test_init.py",
    "browser",
    "content",
    "applying",
    "site",
    "coach",
    "geocoding",
    "rules/test_fuzz.py",
    "rules/test_mutations.py",
    "unit/exports/test_tables.py",
    "unit/test_answers_alike.py",
    "unit/test_bench_generator.py",
    "unit/test_escaping.py",
    "unit/test_formatter.py",
    "unit/test_frame.py",
    "unit/test_import_again.py",
    "unit/test_import_coincidence.py",
    "unit/test_import_deciding.py",
    "unit/test_import_filling.py",
    "unit/test_import_merged.py",
    "unit/test_import_namesakes.py",
    "unit/test_import_normalising.py",
    "unit/test_import_protection.py",
    "unit/test_import_told.py",
    "unit/test_journal.py",
    "unit/test_json_schema.py",
    "unit/test_known.py",
    "unit/test_ledger_files.py",
    "unit/test_limits.py",
    "unit/test_needs.py",
    "unit/test_preparing.py",
    "unit/test_print.py",
    "unit/test_print_documents.py",
    "unit/test_releases.py",
    "unit/test_starts.py",
    "unit/test_thresholds.py",
    "unit/test_timeline.py",
    "unit/test_workflows.py",
)
QUICK = ("site/test_commands.py", "site/test_french.py")
HOSTILE = HERE / "site" / "hostile" / "exemple-hostile.yml"
BROWSER_NAMES = ("chromium-headless-shell", "chromium", "google-chrome", "google-chrome-stable")
BROWSER_ARGUMENTS = [
    "--no-sandbox",  # tests may run as root in a container
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",  # the tests count requests, and the network may be closed
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    # The pages of a context share one process, whatever their site: starting one costs as much as a page.
    "--renderer-process-limit=1",
    "--disable-site-isolation-trials",
    "--js-flags=--no-opt --no-maglev",  # a page lives a second: its scripts never earn what compiling them twice costs
]


HAS_SHIPPED_RECORDS = has_shipped_records()
collect_ignore = [] if HAS_SHIPPED_RECORDS else ["content"]


def pytest_report_header() -> str | None:
    """Say that the tests of the shipped records are left aside, where others have replaced them."""
    return None if HAS_SHIPPED_RECORDS else "tests/content: left aside, the shipped records have been replaced"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a person accept what the golden files of any folder should hold from now on."""
    parser.addoption("--rewrite-golden", action="store_true", help="write the golden files again instead of comparing")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Run more processes than there are processors: tests wait for a browser, for a disk, for a program."""
    count = os.cpu_count() or 1
    return min(2 * count, count + 2)


@functools.cache  # a file has thousands of tests
def rank(path: Path) -> int:
    """Give the place of a file among the slow ones; past them all, it is none."""
    place = path.relative_to(HERE)
    return next((number for number, name in enumerate(SLOW) if place.is_relative_to(name)), len(SLOW))


def is_slow(path: Path) -> bool:
    """Tell whether the quick run leaves a file out."""
    return rank(path) < len(SLOW) and path.relative_to(HERE).as_posix() not in QUICK


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out what no test would be kept of: reading it takes a tenth of the quick run."""
    is_out = "not slow" in config.option.markexpr and collection_path.suffix == ".py" and is_slow(collection_path)
    return True if is_out else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, and start with it: no processor is left alone with a long file at the end."""
    items.sort(key=lambda item: rank(item.path))
    for item in items:
        if is_slow(item.path):
            item.add_marker("slow")


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
    """Serve a folder as a static host does: nothing is logged, and a missing page shows the folder's 404.html.

    What the site says that a browser may keep, it keeps; all the rest is given again, whatever the hour of its files.
    """

    def send_head(self) -> Any:
        """Never answer that a file is the same: one written twice within a second has the same hour."""
        del self.headers["If-Modified-Since"]
        return super().send_head()

    def end_headers(self) -> None:
        """Say what may be kept, as the site asks of its host."""
        self.send_header("Cache-Control", FOR_EVER if self.path.startswith("/assets/bundles/") else AGAIN)
        super().end_headers()

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


class StrictHandler(QuietHandler):
    """Refuse the extensions that an old server does not know, and allow only what is of the site, as some hosts do."""

    known = frozenset({"", ".html", ".css", ".js", ".json", ".xml", ".txt", ".svg", ".png", ".ico", ".csv", ".pdf"})

    def send_head(self) -> Any:
        """Answer 404 to an unknown extension."""
        if Path(self.path.partition("?")[0]).suffix not in self.known:
            return self.send_error(HTTPStatus.NOT_FOUND)
        return super().send_head()

    def end_headers(self) -> None:
        """Add the policy and the order not to guess types."""
        self.send_header("Content-Security-Policy", "default-src 'self'; object-src 'none'")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()


class QuietServer(http.server.ThreadingHTTPServer):
    """Ignore a browser that hangs up early: it happens whenever a page is left before it is whole."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def serve_folder() -> Iterator[Callable[[Path], str]]:
    """Return a function that serves a folder on the loopback and gives its address, « http://127.0.0.1:PORT/ »."""
    servers: list[tuple[QuietServer, threading.Thread]] = []

    def serve(folder: Path, handling: type[QuietHandler] = QuietHandler) -> str:
        handler = functools.partial(handling, directory=os.fspath(folder))
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
def strict_host(serve_folder: Callable[..., str]) -> Callable[[Path], str]:
    """Return a function that serves a folder as a strict host does."""
    return functools.partial(serve_folder, handling=StrictHandler)


@pytest.fixture(scope="session")
def prepare(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Prepare:
    """Give what makes a folder once for all the processes of this run: the first that asks for it."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def preparing(name: str, make: Callable[[Path], object]) -> Project:
        with (shared / f"{name}.lock").open("a+", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # until the file is closed
            lock.seek(0)
            if not lock.read():
                make(shared / name)
                lock.write("made")
        return Project(shared / name)

    return preparing


@pytest.fixture(scope="session", autouse=True)
def shells_rendered_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[None]:
    """Keep for all the folders of this run the shells that a build in this process keeps for its own."""
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "gabarits"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "MOST", 1000)
        patch.setattr(kept, "place", lambda _: shared)
        yield


def remembering(load: Callable[[Path | None], object]) -> Callable[[Path | None], object]:
    """Load the tables of a folder once for all those that hold the same files."""
    known: dict[tuple[tuple[str, bytes], ...], object] = {}

    def loading(overrides: Path | None = None) -> object:
        paths = sorted(overrides.iterdir()) if overrides and overrides.is_dir() else ()
        held = tuple((path.name, path.read_bytes()) for path in paths if path.is_file())
        if held not in known:
            known[held] = load(overrides)
        return known[held]

    return loading


@pytest.fixture(scope="session", autouse=True)
def tables_read_once() -> Iterator[None]:
    """Read the tables of the program once in each process: nearly all sites of the tests have the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(territories, "_load", remembering(territories._load))
        patch.setattr(vocabularies, "load", remembering(vocabularies.load))
        yield


@pytest.fixture(scope="session", autouse=True)
def one_process() -> Iterator[None]:
    """Work in this process: those of this run have the processors, and starting more of so large a one takes long.

    A file that is received is read in a process of its own where bounds are what is tested (`several_processes`).
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processes, "MOST", 1)
        for module in READERS:
            patch.setattr(module, "limited", lambda work, *_, **__: work())
        yield


@pytest.fixture
def several_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Share the work, and bound the reading of what is received, as the commands do."""
    monkeypatch.setattr(processes, "MOST", 8)
    for module in READERS:
        monkeypatch.setattr(module, "limited", processes.limited)


@pytest.fixture(scope="session")
def demonstration(prepare: Prepare) -> Project:
    """Build a demonstration of many made-up records, over a real region."""

    def make(folder: Path) -> None:
        madeup.demonstration(folder).build()

    return prepare("demonstration", make)


@pytest.fixture(scope="session")
def example(prepare: Prepare) -> Project:
    """Build the Exemple site, an official publication, with one more record of each collection: every field is hostile.

    No test may change it, nor `demonstration`: all look at the same.
    """

    def make(folder: Path) -> None:
        project = lay_out(folder, EXAMPLES)
        shutil.copy(HOSTILE, project.enterprises)
        for path in sorted(HOSTILE.parent.glob(f"*/{HOSTILE.name}")):
            shutil.copy(path, project.root / "content" / path.parent.name)
        project.commit()
        project.build()

    return prepare("exemple-hostile", make)


@pytest.fixture(scope="session")
def laid(prepare: Prepare) -> Project:
    """Lay out the Exemple site, everything in one commit, for tests to copy."""
    return prepare("exemple", lambda folder: lay_out(folder, EXAMPLES).commit())


@pytest.fixture(scope="session")
def built(prepare: Prepare, laid: Project) -> Project:
    """Build the Exemple site, for tests to copy."""
    return prepare("exemple-construit", lambda folder: laid.copy(folder).build())


@pytest.fixture
def project(laid: Project, tmp_path: Path) -> Project:
    """Give a test an Exemple site of its own, not built yet, everything in one commit."""
    return laid.copy(tmp_path / "site")


@pytest.fixture
def published(built: Project, tmp_path: Path) -> Project:
    """Give a test an Exemple site of its own, built."""
    return built.copy(tmp_path / "site")
