"""Give capitals back to a name written all in capitals, as in a sentence: the first word and the names of places.

Which other words are proper names cannot be known: the report says what was changed, and a person has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from annuaire.intake.importing.places import place_key

ACRONYMS = frozenset(
    {"ACEF", "AREQ", "CDC", "CDEC", "CIUSSS", "CPE", "CUMA", "HLM", "MRC", "OBNL", "OBV", "OSBL", "RPA"}
)
LONGEST_PLACE = 6  # words
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_VOWELS = re.compile(r"[AEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜŸŒÆ]")
_ABBREVIATIONS = frozenset({"MGR", "ST", "STS"})
_ROMAN = re.compile(r"[IVX]{2,}")


def is_shouted(name: str) -> bool:
    """Tell whether a name of two words or more is all in capitals; one word alone may well be a trade mark."""
    words = [word for word in _WORD.findall(name) if word.isalpha()]
    return len(words) > 1 and sum(map(len, words)) > 6 and name.upper() == name


def sentence_case(name: str, places: Iterable[str]) -> str:
    """Write a shouted name as in a sentence; known acronyms, words without a vowel and `places` keep theirs."""
    known = {tuple(place_key(place).split()): place for place in places}
    words = list(_WORD.finditer(name))
    written, at, rank = "", 0, 0
    while rank < len(words):
        start = words[rank].start()
        written += name[at:start].lower() if rank else name[at:start]
        length = _place_length([word.group() for word in words[rank : rank + LONGEST_PLACE]], known)
        last = words[rank + max(length, 1) - 1]
        if length:
            written += known[tuple(place_key(name[start : last.end()]).split())]
        else:
            is_bracketed = name[start - 1 : start] == "(" and name[last.end() : last.end() + 1] == ")"
            written += _word(last.group(), is_first=rank == 0, is_bracketed=is_bracketed)
        at, rank = last.end(), rank + max(length, 1)
    return written + name[at:]


def _place_length(words: list[str], known: dict[tuple[str, ...], str]) -> int:
    """Count the words, from the first, that make the longest known place; 0 if none."""
    lengths = range(len(words), 0, -1)
    return next((n for n in lengths if tuple(place_key(" ".join(words[:n])).split()) in known), 0)


def _word(word: str, *, is_first: bool, is_bracketed: bool) -> str:
    is_short_name = not _VOWELS.search(word) and word not in _ABBREVIATIONS and len(word) > 1
    is_acronym = word in ACRONYMS or is_short_name or (is_bracketed and len(word) <= 6)
    if is_acronym or _ROMAN.fullmatch(word) or any(character.isdigit() for character in word):
        return word
    return word.capitalize() if is_first or word in _ABBREVIATIONS else word.lower()
