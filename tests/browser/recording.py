"""Make the record of a search in the browser, seal one as anyone may, have one verified."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from .conftest import Open
from .selecting import CLEANING, PRINTER, RECORD, choose

QUERY = "?categorie=entretien-menager&categorie=location-salles&tri=nom"
SURE, ALTERED = "Le relevé est entier", "Le relevé a été modifié ou abîmé"


def canonical(value: Any) -> bytes:
    """Write a value as RFC 8785 does: keys in the order of their UTF-16 units, nothing escaped that need not be."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return b"{" + b",".join(canonical(key) + b":" + canonical(value[key]) for key in keys) + b"}"
    if isinstance(value, list):
        return b"[" + b",".join(map(canonical, value)) + b"]"
    assert value is None or isinstance(value, str | bool | int), value
    return json.dumps(value, ensure_ascii=False).encode()


def sealed(record: dict[str, Any]) -> bytes:
    """Seal a record as whoever wants to deceive would."""
    body = {key: value for key, value in record.items() if key != "empreinte"}
    seal = {
        "algorithme": "SHA-256",
        "forme": "RFC 8785",
        "valeur": hashlib.sha256(canonical(body)).hexdigest(),
    }
    return canonical({**body, "empreinte": seal})


def download(page: Page) -> bytes:
    """Download the record with the keyboard."""
    page.locator("[data-record-download]").focus()
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    page.locator("[data-record-said]:not(:empty)").wait_for()
    return Path(waiting.value.path()).read_bytes()


def verify(page: Page, data: bytes, name: str = "releve.json") -> str:
    """Give a file to the page that verifies; return its verdict."""
    page.evaluate("document.querySelector('[data-verdict]').replaceChildren()")
    page.set_input_files("#fichier-releve", {"name": name, "mimeType": "application/json", "buffer": data})
    page.locator("[data-verdict] strong").wait_for()
    return page.locator("[data-verdict]").inner_text()


def recorded(site: str, visit: Open) -> bytes:
    """Make the record of a search in the browser."""
    with visit(site, timezone_id="America/Toronto") as visited:
        page = visited.page
        choose(page, CLEANING, PRINTER)
        visited.open(RECORD + QUERY)
        page.locator("[data-record-found] li").first.wait_for()
        page.fill("#releve-reference", "2027-04")
        page.fill("#releve-besoin", "Entretien de l’hôtel de ville \U0001f9f9 \u20ac")
        for field in page.locator("[data-record] .found input").all():
            field.fill('Répond "au besoin" \\ é')
        return download(page)
