"""Propose another writing of words that nothing holds: the nearest word of records, vocabularies or places."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from annuaire.catalogue.answer.question import Question
from annuaire.catalogue.answer.vocabulary import columns_of, phrases_of, sentences, vocabulary_of
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.supply import supply_of
from annuaire.text.words import LETTERS, distance, is_stop, telling, tokens

SHORTEST = 6  # letters of a word worth correcting: « lait » is no « fait »
_LONG = 11  # letters of a word where two may be wrong: « réfection » is no « réception »
_VOWELS = frozenset("aeiouy")
_MOST_COMMON = 0.9  # what being common spares at most


@dataclass(frozen=True, slots=True)
class Spelling:
    """Hold a word as it is written, and how often it is."""

    shown: str
    count: int


def correct(catalogue: Catalogue, question: Question) -> str:
    """Write the whole question with its unknown words replaced; an empty text when none has a near one."""
    strange = list(dict.fromkeys(word for text in question.unknown for word in tokens(text)))
    # Two words changed much make another question: « pompes funèbres » is no « pompon fenêtres ».
    most = 1 if len(strange) > 1 else 2
    better = {word: shown for word in strange if (shown := _nearest(catalogue, word, most))}
    if not better:
        return ""
    kept = set(telling(word.word for word in question.spelling))
    known = _lexicon(catalogue)
    words = [word for word in question.spelling if word.word in kept]
    usual = [known[word.word].shown if word.word in known else word.typed for word in words]
    text = " ".join(dict.fromkeys(better.get(word.word, other) for word, other in zip(words, usual, strict=True)))
    return "" if text == question.bare else text


def _nearest(catalogue: Catalogue, word: str, limit: int) -> str:
    if len(word) < SHORTEST:
        return ""
    most = 1 if len(word) < _LONG else limit
    best: tuple[float, str] | None = None
    for other, known in _lexicon(catalogue).items():
        steps = distance(word, other, most) if word[0] == other[0] else 0
        if steps == 0 or steps > most or _is_said_otherwise(word, other):
            continue
        cost = steps - min(_MOST_COMMON, math.log10(known.count + 1) / 3)
        best = min(best or (cost, known.shown), (cost, known.shown))
    return best[1] if best else ""


def _is_said_otherwise(one: str, other: str) -> bool:
    """Tell whether a vowel stands for a consonant, before the last letter: « tracteur » is no « traiteur »."""
    changed = [rank for rank, letter in enumerate(one) if len(one) == len(other) and letter != other[rank]]
    return len(changed) == 1 and changed[0] < len(one) - 1 and len({one[changed[0]], other[changed[0]]} & _VOWELS) == 1


@lru_cache(maxsize=1)
def _lexicon(catalogue: Catalogue) -> Mapping[str, Spelling]:
    """List every word, folded: as it is written the first time, and how often. Made at the first word mistyped only."""
    counts = Counter(word for column in columns_of(catalogue).every for word in column.words())
    towns = (word for town in supply_of(catalogue).towns for word in tokens(town.nom))
    for word in (*vocabulary_of(catalogue).spoken, *towns):
        counts.setdefault(word, 1)
    spellings: dict[str, str] = {}
    seen: set[str] = set()
    for text in _texts(catalogue):
        for typed in LETTERS.findall(text.lower()):
            if typed not in seen:
                seen.add(typed)
                for word in tokens(typed)[:1]:
                    spellings.setdefault(word, typed)
    return {
        word: Spelling(spellings.get(word, word), count)
        for word, count in counts.items()
        if len(word) >= SHORTEST - 1 and not is_stop(word) and not (word.isdecimal() and word.isascii())
    }


def _texts(catalogue: Catalogue) -> Iterator[str]:
    for _, phrases in phrases_of(catalogue.vocabularies):
        yield from phrases
    for sector in catalogue.vocabularies.sectors.values():
        yield from (sector.libelle, *sector.synonymes)
    for town in supply_of(catalogue).towns:
        yield town.nom
    listed = catalogue.listed
    offers = [offer for e in listed for offer in e.offres]
    yield from (e.nom for e in listed)
    yield from (offer.nom for offer in offers)
    yield from (offer.description for offer in offers)
    yield from map(sentences, listed)
