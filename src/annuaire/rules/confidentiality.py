"""Judge what a record tells of a place that must not be found: shelters, transition houses, homes.

Git keeps every version of a record, so once the address is said confidential, the street, the postal code, the point,
who shares the roof and photographs are refused in the file itself, and what says them in a text or a comment; the
municipality stays, and a logo. A name that announces such a place (`data/lieux_confidentiels.yml`) asks that a person
say oui or non.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.names import fold
from annuaire.text.problems import Finding, Reach
from annuaire.text.whereabouts import FOUND, tells, words
from annuaire.yamlfile.remarks import remarks
from annuaire.yamlfile.source import parse_trusted

REACH = Reach.RECORD
FIELDS = ("adresse_confidentielle",)
CODES = ("adresse-confidentielle", "adresse-a-proteger", "adresse-dans-texte")
SECRET = ("adresse", "code_postal", "latitude", "longitude")
ROOF = ("locaux", "heberges")  # lists that say who else is at the same address
IMAGES, PHOTO = "images", "photo"  # what shows the place
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_COOP = re.compile(r"\bcoops?\b")
_COOPERATIVE = "cooperative"


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report what tells where a confidential place is, or what may be one; the message never quotes it."""
    stated = record.text("adresse_confidentielle")
    shown = [
        (("etablissements", index, key), key)
        for index in range(record.count("etablissements"))
        for key in SECRET
        if record.text("etablissements", index, key)
    ]
    if stated == "oui":
        for path, key in shown:
            yield Finding("adresse-confidentielle", path, {"champ": key}, on_key=True)
        for key in ROOF:
            if record.count(key):
                yield Finding("adresse-confidentielle", (key,), {"champ": key}, on_key=True)
        for index in range(record.count(IMAGES)):
            if record.text(IMAGES, index, "genre") == PHOTO:
                yield Finding("adresse-confidentielle", (IMAGES, index, "genre"), {"champ": IMAGES}, on_key=True)
        yield from _told(record)
    elif stated != "non" and shown:
        names = (record.text("etablissements", i, "nom") for i in range(record.count("etablissements")))
        reason = next((found for name in (record.text("nom"), *names) if (found := reason_to_hide(name))), "")
        if reason:
            path, key = shown[0]
            yield Finding("adresse-a-proteger", path, {"champ": key, "raison": reason}, on_key=True)


def _told(record: Record) -> Iterator[Finding]:
    """Report the texts and the comments that say where the places are; the examples of a template are nobody's."""
    for cell in record.cells:
        if cell.field.is_free and cell.path[-1] not in SECRET and tells(cell.value):
            yield Finding("adresse-dans-texte", cell.path, {"champ": cell.field.name})
    for remark in remarks(record.document.text):
        text = words(remark.text)
        for example in _examples(record):
            text = text.replace(example, " ")
        if tells(text):
            yield Finding("adresse-dans-texte", (), {"champ": "commentaire"}, at=remark.place)


def _examples(record: Record) -> Iterator[str]:
    tables = (record.schema.root, *record.schema.children.values())
    fields = (field for table in tables for field in table.fields if field.path and field.path[-1] in SECRET)
    return (words(field.example) for field in fields)


def for_form() -> dict[str, Any]:
    """Give what the rule of the same name of the form knows (see `annuaire.rules`)."""
    return {
        "secrets": SECRET,
        "toit": ROOF,
        "images": IMAGES,
        "photo": PHOTO,
        "lieux": [(p.contains, p.begins, p.excepted, reason) for p, reason in patterns()],
        "horsMot": _NOT_WORD,
        "dit": FOUND,
        "coop": _COOP,
        "cooperative": _COOPERATIVE,
    }


@dataclass(frozen=True, slots=True)
class NamePattern:
    """Hold words that a name may hold (or begin with), and those that say it means something else."""

    contains: tuple[str, ...]
    begins: tuple[str, ...]
    excepted: tuple[str, ...]

    @classmethod
    def of(cls, entry: dict[str, Any]) -> NamePattern:
        """Read the keys `contient`, `commence` and `sauf` of a rule; each is a text or a list of texts."""
        return cls(*(_phrases(entry.get(key, [])) for key in ("contient", "commence", "sauf")))

    def applies(self, name: str) -> bool:
        """Tell whether a name, already reduced by `phrase`, falls under the pattern."""
        padded = f" {name} "
        if any(f" {words} " in padded for words in self.excepted):
            return False
        return any(f" {words} " in padded for words in self.contains) or any(
            padded.startswith(f" {words} ") for words in self.begins
        )


def phrase(text: str) -> str:
    """Reduce a text to words without case, accent or punctuation; « coop » is read « coopérative »."""
    words = _NOT_WORD.sub(" ", fold(text)).strip()
    return _COOP.sub(_COOPERATIVE, words) if "coop" in words else words


@lru_cache(maxsize=50_000)  # several rules ask it of each record in turn, and a preview at each change
def reason_to_hide(name: str) -> str:
    """Say in words why the address of an enterprise of this name is to be hidden; nothing if it is not."""
    words = phrase(name)
    if not _any_words().search(f" {words} "):
        return ""
    return next((reason for pattern, reason in patterns() if pattern.applies(words)), "")


@lru_cache(maxsize=1)
def _any_words() -> re.Pattern[str]:
    """Give what finds the words that a name must hold to fall under a pattern: nearly all names hold none."""
    phrases = {words for pattern, _ in patterns() for words in (*pattern.contains, *pattern.begins)}
    return re.compile(rf" (?:{'|'.join(sorted(phrases))}) ")


@lru_cache(maxsize=1)
def patterns() -> tuple[tuple[NamePattern, str], ...]:
    """Load the names of places to protect, each with its reason."""
    with resources.as_file(resources.files("annuaire.data").joinpath("lieux_confidentiels.yml")) as path:
        entries = parse_trusted(Path(path))
    return tuple((NamePattern.of(entry), str(entry["raison"])) for entry in entries.values())


def _phrases(words: Any) -> tuple[str, ...]:
    found: Iterable[Any] = words if isinstance(words, list) else [words]
    return tuple(phrase(str(word)) for word in found)
