"""Ask the real directory, in a browser, what buyers ask, and judge the first five answers.

The questions and what must answer them are data: `tests/content/requetes.yml`. The tests and `make bench` share this.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page

from annuaire.places import vocabularies
from annuaire.yamlfile import source

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "tests" / "content" / "requetes.yml"
FIRST = 5
LEAST_SHARE = 0.9
_NEED = re.compile(r"Pour le besoin «\s*(.+?)\s*»")
_MEANT = re.compile(r"Vouliez-vous dire «\s*(.+?)\s*»")
# The search has answered once it announces a number and shows as many rows, twenty at most.
_ANSWERED = """
() => {
  const said = document.querySelector("[data-search-count]").textContent;
  const number = /^[\\d\\s]+/.exec(said)?.[0].replace(/\\s/g, "") ?? 0;
  const rows = document.querySelectorAll("[data-search-rows] h3").length;
  return said !== "Résultats" && rows === Math.min(20, Number(number));
}
"""
_LISTED = """
(words) => {
  const said = document.querySelector("[data-catalogue-count]").textContent;
  const rows = document.querySelectorAll("[data-catalogue-rows] h4").length;
  return said.includes(words) && (rows > 0 || said.startsWith("Aucune"));
}
"""


@dataclass(frozen=True)
class Question:
    """Hold a question and what must be answered; see the head of the file of questions for each part."""

    words: str
    kind: str
    records: tuple[str, ...]
    category: str
    need: str
    correction: str


@dataclass(frozen=True)
class Answer:
    """Hold the slugs of the records found, the labels of the needs named, the correction proposed (may be empty)."""

    slugs: tuple[str, ...]
    needs: tuple[str, ...]
    correction: str


Ask = Callable[[Page, str, str], Answer]


def load() -> list[Question]:
    """Read the questions."""
    return [
        Question(
            asked["requete"],
            asked["genre"],
            tuple(asked.get("fiches", ())),
            asked.get("categorie", ""),
            asked.get("besoin", ""),
            asked.get("correction", ""),
        )
        for asked in source.parse_trusted(FILE)["requetes"]
    ]


@cache
def records() -> dict[str, tuple[str, frozenset[str]]]:
    """Read the sector of each record, by slug, and the categories of its offers."""
    read = {path.stem: source.parse_trusted(path) for path in (ROOT / "content" / "enterprises").glob("*.yml")}
    return {
        slug: (values["secteur"], frozenset(offer["categorie"] for offer in values.get("offres", ())))
        for slug, values in read.items()
    }


def suppliers(category: str) -> set[str]:
    """Gather the slugs of the records that have an offer of a category."""
    return {slug for slug, (_, offered) in records().items() if category in offered}


def ask_directory(page: Page, origin: str, words: str) -> Answer:
    """Ask the page « Rechercher »."""
    page.goto(f"{origin}recherche/?q={quote(words)}", wait_until="load")
    page.wait_for_function(_ANSWERED)
    return _read(page, "[data-search-rows] h3 a", "[data-search-note]")


def ask_catalogue(page: Page, origin: str, words: str) -> Answer:
    """Ask the buyer's catalogue."""
    page.goto(f"{origin}acheter/catalogue/?q={quote(words)}", wait_until="load")
    page.wait_for_function(_LISTED, arg=words)
    return _read(page, "[data-catalogue-rows] h4 a", "[data-catalogue-note]")


PAGES: dict[str, Ask] = {"catalogue": ask_catalogue, "recherche": ask_directory}


def faults(page: Page, origin: str, ask: Ask) -> Iterator[tuple[Question, str]]:
    """Yield each question that is not well answered, and what is wrong."""
    for question in load():
        wrong = judge(question, ask(page, origin, question.words))
        if wrong:
            yield question, wrong


def judge(question: Question, answer: Answer) -> str:
    """Say what is wrong with an answer; nothing when it is right."""
    first = answer.slugs[:FIRST]
    absent = set(question.records) - set(first)
    if absent:
        return f"{', '.join(sorted(absent))} absent de {list(first)}"
    if question.category:
        able = suppliers(question.category)
        if not able or len(able & set(first)) < min(FIRST, len(able)):
            return f"{question.category} : {sorted(able & set(first))} dans {list(first)}"
    if question.need:
        category = vocabularies.load().categories[question.need]
        is_likely = first and all(records()[slug][0] in category.secteurs for slug in first)
        if not is_likely and (category.libelle not in answer.needs or first):
            return f"« {category.libelle} » attendu, {list(answer.needs)} nommé, {list(first)} trouvé"
    if question.correction != answer.correction and (question.correction or first):
        return f"« {question.correction} » attendu, « {answer.correction} » proposé"
    return ""


def _read(page: Page, links: str, note: str) -> Answer:
    """Read the answer shown: where the links lead, and what the note says."""
    addresses = page.locator(links).evaluate_all("(links) => links.map((link) => link.pathname)")
    said = page.locator(note)
    text = said.inner_text() if said.is_visible() else ""
    meant = _MEANT.search(text)
    slugs = tuple(address.rstrip("/").rpartition("/")[2] for address in addresses)
    return Answer(slugs, tuple(_NEED.findall(text)), meant[1] if meant else "")
