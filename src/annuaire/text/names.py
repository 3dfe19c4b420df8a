"""Compare and sort French names: folding, slugs, normalised names, collation.

It knows nothing of records or territories.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pyuca import Collator
from pyuca.collator import COLL_ELEMENT_PATTERN

from annuaire.shared import SHARED

LETTERS: Mapping[str, str] = SHARED["lettres"]  # what does not decompose
# With the lower-case letters of French; anything else takes the longer way.
_PLAIN = str.maketrans({c: unicodedata.normalize("NFD", c)[0] for c in "àâäáãçéèêëíîïìñóôöòõúùûüýÿ"} | dict(LETTERS))
_LONG = 500  # characters; what the letters of a longer text are is asked once for each, not once for each place
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_SAINT = re.compile(r"\b(s(?:ain)?t(e?)s?)\b\.?")
_COOP = re.compile(r"\bcoop(erative)?s?\b")
_LEGAL_ENDINGS = frozenset({"inc", "incorpore", "incorporee", "ltee", "enr", "senc", "obnl", "osbl"})
_ARTICLES = frozenset({"l", "d", "de", "des", "du", "la", "le", "les", "et", "a", "au", "aux", "en", "pour"})
_EMPTY_WORDS = _LEGAL_ENDINGS | _ARTICLES
LONGEST_SLUG: int = SHARED["plusLongSlug"]
_LEVELS = 4  # of the collation: letters, accents, case, the rest
_USUAL = re.compile(r"[\u0000-\u036f\u2000-\u206f]*")  # Latin letters, their marks and punctuation, decomposed


def fold(text: str) -> str:
    """Fold a text for comparison: lower case, no accent, ligatures unfolded, straight apostrophes."""
    folded, is_plain = folded_plainly(text) if len(text) < _LONG else (text.casefold(), False)
    if is_plain:
        return folded
    for letter in sorted({*folded}):  # what a letter becomes stands before it, or stays as it is
        if not letter.isascii() or letter == "`":
            folded = folded.replace(letter, _folded(letter))
    return folded


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


class _UsualCollator(Collator):  # type: ignore[misc]
    """Know the usual characters alone: to read the 31,000 lines of the table takes a fifth of a second."""

    def load(self, filename: str) -> None:
        """Read the lines of the table that begin with a usual character."""
        for line in Path(filename).read_text(encoding="utf-8").splitlines():
            if line[4:5] == " " and (line[:4] < "0370" or "2000" <= line[:4] < "2070"):
                characters, _, weights = line.partition("#")[0].partition(";")
                elements = [[int(weight, 16) for weight in found] for found in COLL_ELEMENT_PATTERN.findall(weights)]
                self.table.add([int(character, 16) for character in characters.split()], elements)


@lru_cache(maxsize=2)
def _collator(*, usual: bool) -> Collator:
    return _UsualCollator() if usual else Collator()


def _collator_of(decomposed: str) -> Collator:
    return _collator(usual=_USUAL.fullmatch(decomposed) is not None)


@lru_cache(maxsize=200_000)
def sort_key(text: str) -> tuple[tuple[int, ...], str]:
    """Give the key that sorts French texts as a reader expects (Unicode collation, then the text)."""
    decomposed = unicodedata.normalize("NFD", text)
    words = decomposed.split(" ")
    if any(word and unicodedata.combining(word[0]) for word in words):
        return tuple(_collator_of(decomposed).sort_key(text)), text  # a mark that belongs to the space before it
    weights = [_weights(words[0])]
    for word in words[1:]:
        weights += (_weights(" "), _weights(word))
    key: list[int] = []
    for level in range(_LEVELS):
        if level:
            key.append(0)
        for weight in weights:
            key += weight[level]
    return tuple(key), text


@lru_cache(maxsize=50_000)
def _weights(word: str) -> tuple[tuple[int, ...], ...]:
    """Give the weights of a word at each level. Names share most of their words; no contraction crosses a space."""
    elements = _collator_of(word).collation_elements(word)
    return tuple(
        tuple(element[level] for element in elements if len(element) > level and element[level])
        for level in range(_LEVELS)
    )
