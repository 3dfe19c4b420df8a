"""Compare and sort French names: folding, slugs, normalised names, collation.

It knows nothing of records or territories.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pyuca import Collator

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l"})
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})  # noqa: RUF001
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_SAINT = re.compile(r"\b(s(?:ain)?t(e?)s?)\b\.?")
_LEGAL_TAIL = re.compile(r"\b(inc|incorporee?|ltee|enr|senc|obnl|osbl)\b")
_NOISE = re.compile(r"\b(l|d|de|des|du|la|le|les|et|a|au|aux|en|pour)\b")


def fold(text: str) -> str:
    """Fold a text for comparison: lower case, no accent, ligatures unfolded, straight apostrophes."""
    text = text.translate(_LIGATURES).translate(_APOSTROPHES)
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def slugify(text: str, longest: int = 60) -> str:
    """Make an address-safe slug (`a-z0-9-`) of at most `longest` characters, cut between words."""
    slug = _NOT_WORD.sub("-", fold(text)).strip("-")
    if len(slug) > longest:
        slug = slug[: longest + 1].rsplit("-", 1)[0][:longest].strip("-")
    return slug


def normalise_name(name: str) -> str:
    """Reduce a name to what tells two enterprises apart: no case, accent, article or legal ending.

    `Saint`, `St`, `Ste` become `st`, `ste`; `Coop` and `Coopérative` are one word.
    """
    words = _NOT_WORD.sub(" ", fold(name)).strip()
    words = _SAINT.sub(lambda m: "st" + m.group(2), words)
    words = re.sub(r"\bcoop(erative)?s?\b", "coop", words)
    words = _LEGAL_TAIL.sub(" ", words)
    words = _NOISE.sub(" ", words)
    return " ".join(words.split())


@lru_cache(maxsize=1)
def _collator() -> Collator:
    return Collator()


@lru_cache(maxsize=200_000)
def sort_key(text: str) -> tuple[tuple[int, ...], str]:
    """Give the key that sorts French texts as a reader expects (Unicode collation, then the text)."""
    return tuple(_collator().sort_key(text)), text
