"""Give capitals back to a name written all in capitals, as in a sentence: the first word, places, persons, acronyms.

Which other words are proper names cannot be known: the report says what was changed, and a person has the last word
(`casse: garder` in a mapping leaves names as they are).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from annuaire.intake.importing.places import place_key
from annuaire.text.names import fold
from annuaire.text.persons import lexicon

ACRONYMS = frozenset(
    [
        "ACEF",
        "AFEAS",
        "AREQ",
        "CAB",
        "CALACS",
        "CAVAC",
        "CDC",
        "CDEC",
        "CEEC",
        "CFER",
        "CISSS",
        "CIUSSS",
        "CJE",
        "CLSC",
        "CHSLD",
        "CPE",
        "CRSBP",
        "CSQ",
        "CTA",
        "CUMA",
        "DI",
        "EESAD",
        "FADOQ",
        "FTQ",
        "HLM",
        "ICI",
        "ITSS",
        "MRC",
        "OBNL",
        "OBV",
        "OMH",
        "OSBL",
        "RPA",
        "SADC",
        "SAE",
        "SCFP",
        "TSA",
        "UPA",
        "UQAM",
        "UQTR",
        "VTT",
        "YMCA",
        "YWCA",
        "ZEC",
        "ZIP",
    ]
)
PROPER = frozenset(
    ["Colomb", "Desjardins", "Lions", "Optimiste", "Richelieu", "Rotary", "Kiwanis", "Internet", "Noël", "Pâques"]
)
LONGEST_PLACE = 6  # words
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_VOWELS = re.compile(r"[AEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜŸŒÆ]")
_TITLES = frozenset({"DR", "DRE", "MGR", "MME", "SR"})  # before the name of a person
_ABBREVIATIONS = _TITLES | {"ST", "STS"}
# Two consonants that begin a word of French; a short word that begins with two others is read letter by letter.
_BEGINNINGS = frozenset(
    f"{first}{second}"
    for firsts, second in (("BCFGPSK", "L"), ("BCDFGKPTV", "R"), ("CPRSTKW", "H"), ("GPKS", "N"))
    for first in firsts
) | {"LL", "PS", "SC", "SK", "SM", "SP", "SQ", "ST", "SV", "SW", "TS"}
_SPELT = 4  # letters at most of what is read so
_INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}[^\W\d_]?(?![^\W_])")
_SAINTED = re.compile(r"(?:S(?:AIN)?TE?S?|NOTRE-DAME)-[^\W_]+(?:[-'’][^\W_]+)*")
_PARTICLES = frozenset(
    ["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "par", "pour", "sous", "sur"]
)
_LONGEST_NAME = 500  # characters: what is longer is no name
_ROMAN = re.compile(r"[IVX]{2,}")


def is_shouted(name: str) -> bool:
    """Tell whether a name of two words or more is all in capitals; one word alone may well be a trade mark."""
    words = [word for word in _WORD.findall(name) if word.isalpha()]
    return len(words) > 1 and sum(map(len, words)) > 6 and name.upper() == name


def sentence_case(name: str, places: Iterable[str]) -> str:
    """Write a shouted name as in a sentence; acronyms, initials, names of persons and `places` keep theirs."""
    if len(name) > _LONGEST_NAME:
        return name
    known = {tuple(place_key(place).split()): place for place in places}
    words = list(_WORD.finditer(name))
    whole = {found.start(): found.group() for found in _INITIALS.finditer(name)}
    whole |= {found.start(): _saint(found.group()) for found in _SAINTED.finditer(name)}
    written, at, rank = "", 0, 0
    is_after_first_name = False
    while rank < len(words):
        start = words[rank].start()
        written += name[at:start].lower() if rank else name[at:start]
        length = _place_length([word.group() for word in words[rank : rank + LONGEST_PLACE]], known)
        if not length and start in whole:
            written += whole[start]
            at = start + len(whole[start])
            rank = next((later for later in range(rank, len(words)) if words[later].start() >= at), len(words))
            continue
        last = words[rank + max(length, 1) - 1]
        if length:
            is_after_first_name = False
            written += known[tuple(place_key(name[start : last.end()]).split())]
        else:
            is_bracketed = name[max(start - 2, 0) : start] in ("(", " (") and name[last.end() : last.end() + 1] == ")"
            joined = [word.group() for word in words[rank + 1 : rank + 1 + LONGEST_PLACE]]
            is_hyphened = name[last.end() : last.end() + 1] == "-" and bool(joined)
            leads = is_hyphened and bool(_place_length(joined, known))
            leads_first = is_hyphened and lexicon.is_plain_first(fold(joined[0]))
            folded = fold(last.group())
            is_joined = name[start - 1 : start] == "-"
            is_first = lexicon.is_plain_first(folded) or (leads_first and lexicon.is_first(folded))
            is_name = folded not in _PARTICLES and (leads or is_first or is_after_first_name)
            written += _word(last.group(), is_first=rank == 0 or is_name, is_bracketed=is_bracketed)
            is_after_first_name = (is_first and (is_joined or not is_after_first_name)) or last.group() in _TITLES
        at, rank = last.end(), rank + max(length, 1)
    return written + name[at:]


def _place_length(words: list[str], known: dict[tuple[str, ...], str]) -> int:
    """Count the words, from the first, that make the longest known place; 0 if none."""
    lengths = range(len(words), 0, -1)
    return next((n for n in lengths if tuple(place_key(" ".join(words[:n])).split()) in known), 0)


def _word(word: str, *, is_first: bool, is_bracketed: bool) -> str:
    is_unsayable = not _VOWELS.search(word) or (
        len(word) <= _SPELT and not _VOWELS.search(word[:2]) and word[:2] not in _BEGINNINGS
    )
    is_short_name = is_unsayable and word not in _ABBREVIATIONS and len(word) > 1
    is_acronym = word in ACRONYMS or is_short_name or (is_bracketed and len(word) <= 6)
    if is_acronym or _ROMAN.fullmatch(word) or any(character.isdigit() for character in word):
        return word
    if word.capitalize() in PROPER or is_first or word in _ABBREVIATIONS:
        return word.capitalize()
    return word.lower()


def _saint(name: str) -> str:
    """Write the name of a saint, a parish or a school: « Sainte-Marie », « Notre-Dame-du-Cap »."""
    parts = re.split(r"([-'’])", name.lower())
    return "".join(part if part in _PARTICLES else part.capitalize() for part in parts)
