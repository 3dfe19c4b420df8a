"""Ask the real directory, in a browser, what buyers ask, and judge the leading answers.

The questions and what must answer them are data: `tests/content/requetes.yml`. The tests and `make bench` share this.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page

from annuaire.places import vocabularies
from annuaire.yamlfile import source

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "tests" / "content" / "requetes.yml"
FIRST = 3
LEAST_SHARE = 0.95  # of each kind, on each page
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


class Kind(StrEnum):
    """Tell the two kinds of questions, scored apart: what must be found, what must not be claimed."""

    FOUND = "trouve"
    SILENT = "tait"


@dataclass(frozen=True)
class Question:
    """Hold a question and what must be answered; see the head of the file of questions for each part.

    `records` and `category` say what must be found; `never` holds slugs of records and of sectors.
    """

    words: str
    theme: str
    records: tuple[str, ...] = ()
    category: str = ""
    never: tuple[str, ...] = ()
    nobody: bool = False
    need: str = ""
    correction: str = ""

    @property
    def kind(self) -> Kind:
        """Tell the kind, by what must be answered."""
        return Kind.FOUND if self.records or self.category else Kind.SILENT


@dataclass(frozen=True)
class Answer:
    """Hold what a page answers.

    `slugs` names the records of the leading block in their order, `needs` the labels of the needs named, `correction`
    the words proposed instead (may be empty).
    """

    slugs: tuple[str, ...]
    needs: tuple[str, ...]
    correction: str


Ask = Callable[[Page, str, str], Answer]


def load() -> list[Question]:
    """Read the questions."""
    return [
        Question(
            words=asked["requete"],
            theme=asked["genre"],
            records=tuple(asked.get("fiches", ())),
            category=asked.get("categorie", ""),
            never=tuple(asked.get("jamais", ())),
            nobody=asked.get("personne", "") == "oui",
            need=asked.get("besoin", ""),
            correction=asked.get("correction", ""),
        )
        for asked in source.parse_trusted(FILE)["requetes"]
    ]


def scores(missed: Iterable[Question]) -> dict[Kind, tuple[int, int]]:
    """Score each kind apart: how many questions are well answered, of how many."""
    asked = Counter(question.kind for question in load())
    wrong = Counter(question.kind for question in missed)
    return {kind: (asked[kind] - wrong[kind], asked[kind]) for kind in Kind}


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
    claimed = [slug for slug in answer.slugs if question.nobody or {slug, records()[slug][0]} & set(question.never)]
    if claimed:
        return f"{', '.join(claimed)} en tête"
    if question.need:
        label = vocabularies.load().categories[question.need].libelle
        if label not in answer.needs:
            return f"« {label} » attendu, {list(answer.needs)} nommé"
    if question.correction != answer.correction:
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
