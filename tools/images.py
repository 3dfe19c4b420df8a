"""Take again the pictures of docs/images from the product's own screens: the Exemple site, and a new empty repository.

The last three are pages of what it prints.

Usage: ANNUAIRE_CHROMIUM="$(bash tools/browser.sh)" python tools/images.py
"""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from annuaire import config, files, making
from annuaire.catalogue.loading import Loader
from annuaire.print import documents, letter, typesetting

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
PROGRAM = Path(sys.executable).parent / "annuaire"
WIDTH, HEIGHT = 1280, 900
# What each picture shows: the address, on the Exemple site or on that of a new repository.
EXAMPLE = {
    "fiche.png": "entreprises/entretien-exemple-entreprise-d-insertion/",
    "catalogue.png": "acheter/catalogue/?q=entretien+m%C3%A9nager&dessert=997",
    "formulaire.png": "contribuer/?fiche=entretien-exemple-entreprise-d-insertion",
    "statistiques.png": "statistiques/#mrc",
    "carte.png": "carte/",
}
NEW = {"accueil-vide.png": ""}
# The document of the Exemple site, and its page; the letter is to who has no e-mail.
PRINTED = {"prospectus.png": 1, "prospectus-carte.png": 4, "lettre.png": 1}
MRC, LETTER = "prospectus-les-grands-exemples", "lettre.png"
PIXELS = 64  # an inch


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serve a folder and log nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; give its address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def take(browser: Browser, config: Path, site: Path, pictures: dict[str, str]) -> None:
    """Build a site and take its pictures."""
    subprocess.run([PROGRAM, "--config", config, "build", "--out", site], check=True, stdout=subprocess.DEVNULL)
    with served(site) as address:
        for name, url in pictures.items():
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce")
            page.goto(address + url, wait_until="networkidle")
            page.screenshot(path=IMAGES / name)
            page.close()
            print(f"docs/images/{name}")


def typeset(names: Iterable[str]) -> None:
    """Typeset the documents of the Exemple site and keep a page of each."""
    settings = config.load(ROOT / "examples" / "mkdocs.yml")
    day = config.reference_date(ROOT).date()
    site, changes = making.gather(settings, Loader(settings).load(day))
    draft = next(one for one in documents.Drafts(site, changes).leaflets() if one.name == MRC)
    posted = [e for e in site.catalogue.listed if e.lieu.code_postal and not e.lieu.courriel]
    made = {
        MRC: (draft.template, draft.data()),
        LETTER: (letter.TEMPLATE, letter.data(site.catalogue, settings, posted, day)),
    }
    for name in names:
        template, data = made[LETTER if name == LETTER else MRC]
        pages = typesetting.compiler(template, data).compile(format="png", ppi=PIXELS)
        page = pages[PRINTED[name] - 1] if isinstance(pages, list) else pages
        files.save(IMAGES / name, page)
        print(f"docs/images/{name}")


def main(names: list[str]) -> None:
    """Take the pictures whose names are given, or all."""
    wanted = [{name: url for name, url in every.items() if not names or name in names} for every in (EXAMPLE, NEW)]
    if names and not any(wanted):
        typeset(name for name in PRINTED if name in names)
        return
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=os.environ["ANNUAIRE_CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
        )
        if wanted[0]:
            take(browser, ROOT / "examples" / "mkdocs.yml", Path(folder) / "exemple", wanted[0])
        if wanted[1]:
            new = Path(folder) / "nouveau"
            words = ("init", new, "--region", "Centre-du-Québec")
            subprocess.run([PROGRAM, *words], check=True, stdout=subprocess.DEVNULL)
            take(browser, new / "mkdocs.yml", Path(folder) / "vide", wanted[1])
        browser.close()
    typeset(name for name in PRINTED if not names or name in names)


if __name__ == "__main__":
    main(sys.argv[1:])
