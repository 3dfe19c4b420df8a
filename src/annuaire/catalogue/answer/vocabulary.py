"""Say what the words of a question may name: purchase categories and sectors, and where the records hold a word.

Phrases are those of the vocabularies and, at question time only, the buyers' words, acronyms and the usual English
words. A phrase is a list of roots (`annuaire.text.words`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, chain

from annuaire.catalogue.answer.columns import Column
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.places.buyer_words import words_of
from annuaire.places.vocabularies import TO_SPECIFY, Vocabularies
from annuaire.text.words import is_stop, root, singular, terms, tokens

_OF_CATEGORIES = 100  # one category in a hundred counts for one record in a hundred
_MOST_VARIANTS = 6
_WHOLE = 1000  # weights are whole, so that sums are the same in any order and in the browser
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Hold the phrases that name a category or a sector, whole or (`narrow`) in part; `every` has the roots of both."""

    phrases: tuple[Phrase, ...]
    narrow: tuple[Phrase, ...]
    all: frozenset[str]
    every: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Hold what names each category and each sector, by slug.

    `labels` are the roots of the labels of sectors; `words`, all roots; `needed`, those of categories; `spoken`, all
    the words as they are written; `acronyms`, each with its long form.
    """

    categories: Mapping[str, Named]
    sectors: Mapping[str, Named]
    labels: Mapping[str, frozenset[str]]
    words: frozenset[str]
    needed: frozenset[str]
    spoken: tuple[str, ...]
    acronyms: tuple[tuple[str, Phrase], ...]


class Columns:
    """Hold what is read in the listed records: names, offers (their name; their description), and sentences.

    Offers are ranked one enterprise after the other: `first` is the rank of the first one of each, `owners` and
    `categories` are those of each offer.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        listed = catalogue.listed
        self.size = len(listed)
        self.owners = [rank for rank, e in enumerate(listed) for _ in e.offres]
        self.first = list(accumulate((len(e.offres) for e in listed), initial=0))
        offers = [offer for e in listed for offer in e.offres]
        self.categories = [offer.categorie for offer in offers]
        self.names = Column([e.nom for e in listed])
        self.offers = Column([offer.nom for offer in offers], self.owners)
        self.details = Column([offer.description for offer in offers], self.owners)
        self.texts = Column([sentences(e) for e in listed])
        self.every = (self.names, self.offers, self.details, self.texts)
        self._holders: dict[str, frozenset[int]] = {}

    @cached_property
    def by_category(self) -> Mapping[str, list[int]]:
        """Index the offers by category."""
        found: dict[str, list[int]] = {}
        for item, category in enumerate(self.categories):
            found.setdefault(category, []).append(item)
        return found

    def holders(self, key: str) -> frozenset[int]:
        """Give the ranks of the enterprises that hold a word anywhere."""
        known = self._holders.get(key)
        if known is None:
            found = (column.owner(item) for column in self.every for item in column.having(key))
            known = self._holders[key] = frozenset(found)
        return known


@lru_cache(maxsize=1)
def columns_of(catalogue: Catalogue) -> Columns:
    """Give the columns of a catalogue, made once."""
    return Columns(catalogue)


def sentences(e: Enterprise) -> str:
    """Give all that a record says in sentences, its offers aside."""
    benefits = e.retombees
    texts = (e.activite, e.mission, e.description, benefits.sociales, benefits.economiques, benefits.environnementales)
    return " ".join(" ".join(texts).split())


def phrases_of(vocabularies: Vocabularies) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the phrases that name each category: its slug; its label, synonyms, words of buyers and parts."""
    own = words_of(vocabularies).categories
    for slug, category in vocabularies.categories.items():
        phrases = (category.libelle, *category.synonymes, *(own[slug].phrases if slug in own else ()))
        yield slug, (*phrases, *category.parties)


def vocabulary_of(catalogue: Catalogue) -> Vocabulary:
    """Give the vocabulary of a catalogue, made once."""
    return _vocabulary(catalogue.vocabularies)


@lru_cache(maxsize=1)
def _vocabulary(known: Vocabularies) -> Vocabulary:
    by_category = dict(phrases_of(known))
    by_sector = {s.slug: (s.libelle, *s.synonymes) for s in known.sectors.values()}
    categories = {slug: _named(phrases, known.categories[slug].parties) for slug, phrases in by_category.items()}
    sectors = {slug: _named(() if slug == TO_SPECIFY else phrases) for slug, phrases in by_sector.items()}
    labels = {slug: _named(phrases[:1]).all for slug, phrases in by_sector.items() if slug != TO_SPECIFY}
    texts = chain.from_iterable((*by_category.values(), *by_sector.values()))
    spoken = (word for text in texts for word in tokens(text))
    needed = frozenset().union(*(named.every for named in categories.values()))
    pairs = (("".join(tokens(short)), tuple(tokens(long))) for short, long in words_of(known).acronyms.items())
    return Vocabulary(
        categories,
        sectors,
        labels,
        words=needed.union(*(named.every for named in sectors.values())),
        needed=needed,
        spoken=tuple(dict.fromkeys(spoken)),
        acronyms=tuple((short, long) for short, long in pairs if short and not all(map(is_stop, long))),
    )


def _named(texts: Iterable[str], parts: Iterable[str] = ()) -> Named:
    narrow = _phrases(parts)
    phrases = tuple(phrase for phrase in _phrases(texts) if phrase not in narrow)
    every = frozenset(key for phrase in phrases for key in phrase)
    return Named(phrases, narrow, every, every.union(*narrow))


def _phrases(texts: Iterable[str]) -> tuple[Phrase, ...]:
    return tuple(filter(None, map(_phrase, texts)))


@lru_cache(maxsize=10_000)
def _phrase(text: str) -> Phrase:
    return tuple(map(root, terms(text)))


def weight(catalogue: Catalogue, key: str) -> int:
    """Say what a word tells: the rarer, the more. What many categories say tells little, though no record says it."""
    size = columns_of(catalogue).size
    saying = sum(key in named.every for named in vocabulary_of(catalogue).categories.values())
    return rarity(max(len(columns_of(catalogue).holders(key)), saying * size / _OF_CATEGORIES), size)


def rarity(count: float, size: int) -> int:
    """Weigh what `count` of `size` records hold."""
    return math.floor(_WHOLE * math.log(1 + 1 / (count / max(1, size) + 0.004)) + 0.5)


def is_known(catalogue: Catalogue, key: str) -> bool:
    """Tell whether a record or a vocabulary holds a word."""
    return key in vocabulary_of(catalogue).words or bool(columns_of(catalogue).holders(key))


def is_acronym(catalogue: Catalogue, word: str) -> bool:
    """Tell whether a word is an acronym whose long form is known."""
    return any(root(short) == root(word) for short, _ in vocabulary_of(catalogue).acronyms)


def variants(catalogue: Catalogue, words: Sequence[str]) -> list[list[str]]:
    """Say a question otherwise: an acronym for its long form, and the other way. The question itself comes first."""
    every = [list(words)]
    for short, long in vocabulary_of(catalogue).acronyms:
        if len(every) >= _MOST_VARIANTS:
            break
        at = next((rank for rank, word in enumerate(words) if singular(word) == short), None)
        if at is not None:
            every.append([*words[:at], *long, *words[at + 1 :]])
        span = _span(words, [root(word) for word in long if not is_stop(word)])
        if span is not None:
            every.append([*words[: span[0]], short, *words[span[1] :]])
    return every


def _span(words: Sequence[str], keys: Sequence[str]) -> tuple[int, int] | None:
    """Give where a long form stands in a question, its words of no weight aside."""
    for start in range(len(words)):
        at, rank = start, 0
        while at < len(words) and rank < len(keys):
            is_next = root(words[at]) == keys[rank]
            if not is_next and (rank == 0 or not is_stop(words[at])):
                break
            rank += is_next
            at += 1
        if rank == len(keys):
            return start, at
    return None
