"""Open the form of corrections, move in it by keyboard, and know what it must write. Nothing here asserts anything."""

from __future__ import annotations

import difflib
import hashlib

import pytest
from playwright.sync_api import Locator, Page
from tests.sites import EXAMPLES, Project

from annuaire.records.collections import ENTERPRISES

SLUG = "entretien-exemple-entreprise-d-insertion"
RECORD = EXAMPLES / "content" / ENTERPRISES / f"{SLUG}.yml"
NAME = "Entretien Exemple, entreprise d’insertion"
FORM = f"contribuer/?fiche={SLUG}"
NEW = "contribuer/?nouvelle"
MOST_TABS = 120


def tab_to(page: Page, target: Locator) -> None:
    """Go to an element with the Tab key alone. It is looked for again only when the form has made it anew."""
    element = target.element_handle()
    for _ in range(MOST_TABS):
        has_focus = element.evaluate("e => e.isConnected ? e === document.activeElement : null")
        if has_focus is None:
            element = target.element_handle()
            continue
        if has_focus:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"not reached by Tab: {target}")


def type_over(page: Page, text: str) -> None:
    """Replace what the field in hand holds."""
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def part(page: Page, name: str) -> Locator:
    """Give one part of the form."""
    return page.locator(f"#partie-{name}")


def message_of(*lines: str, text: str, introduction: str, slug: str = SLUG, base: str = "") -> str:
    """Write the message as the form must."""
    base = base or hashlib.sha256(text.encode()).hexdigest()[:8]
    body = [f"[annuaire 1] fiche {slug}, base {base}", *lines]
    control = hashlib.sha256(" ".join(" ".join(body).split()).encode()).hexdigest()[:8]
    return "\n".join(["Bonjour,", "", introduction, "", *body, f"[fin] contrôle {control}", ""])


def last_line(text: str) -> str:
    """Write the last line of the file that is downloaded, which names the text it started from."""
    return f"# annuaire 1, fiche {SLUG}, base {hashlib.sha256(text.encode()).hexdigest()[:8]}\n"


def plain(text: str) -> str:
    """Take no-break spaces for spaces."""
    return text.replace("\u00a0", " ")


def typed(page: Page) -> Locator:
    """Give the field that tests of keeping type in, its part opened."""
    mission = page.get_by_label("Mission", exact=True)
    if not mission.is_visible():
        part(page, "presentation").locator("summary").click()
    return mission


def applied(project: Project, message: str) -> list[str]:
    """Apply a message to a fresh Exemple site with the commands, validate it, list the lines that change."""
    before = {path.name: path.read_text(encoding="utf-8") for path in project.enterprises.iterdir()}
    received = project.root.parent / "message.txt"
    received.write_text(message, encoding="utf-8")
    for words in (["apply", str(received), "--yes"], ["validate"]):
        done = project.call(*words)
        if done.returncode != 0:
            pytest.fail(f"{words[0]}: {done.stdout}{done.stderr}")
    found: list[str] = []
    for path in sorted(project.enterprises.iterdir()):
        lines = before.get(path.name, "").splitlines(), path.read_text(encoding="utf-8").splitlines()
        changed = [line for line in difflib.unified_diff(*lines, n=0, lineterm="") if not line.startswith("@@")][2:]
        found += [path.name, *changed] if changed else []
    return found
