"""Compare and sort French names: folding, slugs, normalised names, collation.

It knows nothing of records or territories.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pyuca
from pyuca import Collator
from pyuca.collator import COLL_ELEMENT_PATTERN

from annuaire.shared import SHARED

LETTERS: Mapping[str, str] = SHARED["lettres"]  # what does not decompose
# With the lower-case letters of French; anything else takes the longer way.
_PLAIN = str.maketrans({c: unicodedata.normalize("NFD", c)[0] for c in "àâäáãçéèêëíîïìñóôöòõúùûüýÿ"} | dict(LETTERS))
_ASCII = bytes(range(128))
_LONG = 500  # characters; what the letters of a longer text are is asked once for each, not once for each place
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_SAINT = re.compile(r"\b(s(?:ain)?t(e?)s?)\b\.?")
_COOP = re.compile(r"\bcoop(erative)?s?\b")
_LEGAL_ENDINGS = frozenset({"inc", "incorpore", "incorporee", "ltee", "enr", "senc", "obnl", "osbl"})
_ARTICLES = frozenset({"l", "d", "de", "des", "du", "la", "le", "les", "et", "a", "au", "aux", "en", "pour"})
_EMPTY_WORDS = _LEGAL_ENDINGS | _ARTICLES
LONGEST_SLUG: int = SHARED["plusLongSlug"]
# Latin letters, their marks and punctuation, decomposed: each weighs by itself, but in the two that follow.
_USUAL = re.compile(r"[\u0000-\u036f\u2000-\u2064\u2066-\u206f]*")
_JOINED = ("l\u00b7", "L\u00b7")
_USUAL_LINE = re.compile(r"\n(0[0-2]..|03[0-6].|20[0-6].) *;([^#\n]*)")  # of its table


def fold(text: str) -> str:
    """Fold a text for comparison: lower case, no accent, ligatures unfolded, straight apostrophes."""
    folded, is_plain = folded_plainly(text) if len(text) < _LONG else (text.casefold(), False)
    if is_plain:
        return folded
    for letter in ("`", *beyond_ascii(folded)):  # what a letter becomes stands before it, or stays as it is
        folded = folded.replace(letter, _folded(letter))
    return folded


def beyond_ascii(text: str) -> list[str]:
    """List the characters of a text that are not ASCII, in order, each once: it may be very long."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return sorted({*rest.decode("utf-8", "surrogatepass")})


@lru_cache(maxsize=10_000)
def _folded(letter: str) -> str:
    """Fold one character, which may be read as several."""
    decomposed = unicodedata.normalize("NFKD", letter.translate(_PLAIN))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def folded_plainly(text: str) -> tuple[str, bool]:
    """Fold the letters of French alone; tell whether that is all, no other character being there to decompose."""
    folded = text.casefold()
    if not folded.isascii() or "`" in folded:
        folded = folded.translate(_PLAIN)
    return folded, folded.isascii()


def slugify(text: str, longest: int = LONGEST_SLUG) -> str:
    """Make an address-safe slug (`a-z0-9-`) of at most `longest` characters, cut between words."""
    slug = _NOT_WORD.sub("-", fold(text)).strip("-")
    if len(slug) > longest:
        slug = slug[: longest + 1].rsplit("-", 1)[0][:longest].strip("-")
    return slug


@lru_cache(maxsize=50_000)  # several rules ask it of each record, and a preview at each change
def normalise_name(name: str) -> str:
    """Reduce a name to what tells two enterprises apart: no case, accent, article or legal ending.

    `Saint`, `St`, `Ste` become `st`, `ste`; `Coop` and `Coopérative` are one word.
    """
    words = _NOT_WORD.sub(" ", fold(name)).strip()
    if "st" in words or "saint" in words:
        words = _SAINT.sub(lambda m: "st" + m.group(2), words)
    if "coop" in words:
        words = _COOP.sub("coop", words)
    return " ".join(word for word in words.split() if word not in _EMPTY_WORDS)


def filed_name(name: str) -> str:
    """Give a name as it is filed: without the quotes and punctuation before its first letter or digit.

    « Mon toit » stands at M, both in the order of a listing and under its letters.
    """
    for index, character in enumerate(name):
        if character.isalnum():
            return name[index:]
    return name


@lru_cache(maxsize=200_000)
def sort_key(text: str) -> tuple[str, str]:
    """Give the key that sorts French texts as a reader expects: its weights (Unicode collation), then the text.

    The weights are those of the collation, in its order, each written as the character of that number.
    """
    decomposed = unicodedata.normalize("NFD", text)
    if not _USUAL.fullmatch(decomposed) or any(joined in decomposed for joined in _JOINED):
        return "".join(map(chr, _whole_collator().sort_key(text))), text
    return "".join([decomposed.translate(level) + "\0" for level in _levels()]), text  # no weight at the fourth level


@lru_cache(maxsize=1)
def _levels() -> tuple[dict[int, str], ...]:
    """Give what each usual character weighs at each level: letters, accents, case.

    Only the lines of these are read: to read the 31,000 of the table takes a fifth of a second.
    """
    table = Path(pyuca.__file__).with_name(f"allkeys-{Collator.UCA_VERSION}.txt")
    levels: tuple[dict[int, str], ...] = ({}, {}, {})
    for characters, weights in _USUAL_LINE.findall(table.read_text(encoding="utf-8")):
        elements = [[int(weight, 16) for weight in found] for found in COLL_ELEMENT_PATTERN.findall(weights)]
        for level, known in enumerate(levels):
            known[int(characters, 16)] = "".join(chr(one[level]) for one in elements if one[level])
    return levels


@lru_cache(maxsize=1)
def _whole_collator() -> Collator:
    return Collator()
