"""Ask the real directory, in a browser, what buyers ask, and judge the leading answers.

The questions and what must answer them are data: `tests/content/requetes.yml`. The tests and `make bench` share this.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page

from annuaire.places import vocabularies
from annuaire.yamlfile import source

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "tests" / "content" / "requetes.yml"
FIRST = 3
LEAST_SHARE = 0.95  # of each kind, on each page
_QUOTED = re.compile(r"«\s*(.+?)\s*»")
_MEANT = re.compile(r"Vouliez-vous dire «\s*(.+?)\s*»")
# A page has answered once it says how many, of these words.
_ANSWERED = """
(words) => {
  const said = document.querySelector("[data-catalogue-count]").textContent;
  const isBusy = document.querySelector("[data-catalogue-rows]").hasAttribute("aria-busy");
  return said.trim() !== "Résultats" && said.includes(words) && !isBusy;
}
"""
_LEADING = ("nom", "offre-confirmee", "offre", "lieu-confirmee", "lieu")


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


def _ask(path: str, page: Page, origin: str, words: str) -> Answer:
    """Ask a page; read where the links of its leading block lead, and what its note says."""
    page.goto(f"{origin}{path}?q={quote(words)}", wait_until="load")
    page.wait_for_function(_ANSWERED, arg=words)
    links = ", ".join(f"section[data-group={group}] h4 a" for group in _LEADING)
    addresses = page.locator(links).evaluate_all("(links) => links.map((link) => link.pathname)")
    note = page.locator("[data-catalogue-note]")
    text = note.inner_text() if note.is_visible() else ""
    meant = _MEANT.search(text)
    slugs = tuple(address.rstrip("/").rpartition("/")[2] for address in addresses)
    return Answer(slugs, tuple(_QUOTED.findall(text)), meant[1] if meant else "")


PAGES: dict[str, Ask] = {"catalogue": partial(_ask, "acheter/catalogue/"), "recherche": partial(_ask, "recherche/")}


def faults(ask: Callable[[str], Answer], asked: Iterable[Question]) -> Iterator[tuple[Question, str]]:
    """Yield each question that is not well answered, and what is wrong."""
    for question in asked:
        wrong = judge(question, ask(question.words))
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
