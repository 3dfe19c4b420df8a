"""Read what a question asks for: places, words and how much each tells, the purchase categories that they name."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from annuaire.catalogue.answer.places import Place, leave_elsewhere, read_places
from annuaire.catalogue.answer.vocabulary import (
    Phrase,
    columns_of,
    is_acronym,
    is_known,
    variants,
    vocabulary_of,
    weight,
)
from annuaire.catalogue.index import Catalogue
from annuaire.text.words import (
    Word,
    head_and_tail,
    is_circumstance,
    is_stop,
    nouns_of,
    parts,
    root,
    roots,
    spelled,
    telling,
    undotted,
    without_articles,
)

LEAST = 0.6  # of what the words of a question tell: the share that answers it
_PARTLY = 1 / 3  # of it: the share that speaks of it
_HALF = 0.5  # of a phrase: enough to name it, where no other is as near
_CLOSE = 0.2  # of a phrase: the least that a question says of it
_BEYOND = 0.25  # what a word weighs after a phrase of several words, which it only makes precise
_STRANGE = 4000  # what a word that nothing holds weighs (see `rarity`)
_STRANGE_BEFORE = 500  # the same before a phrase of several words: « rédiger des procès-verbaux »
_SHORTEST = 4  # letters of a word begun
_PART = 3  # letters of each part of a word split
_EMPTY = re.compile(r"\(\s*\)")
_CLOSING = re.compile(r"\A\s*\)")
_SPACES = re.compile(r"[\s\ufeff]+")
_EDGES = re.compile(r"\A[\s,;]+|[\s,;]+\Z")
Weights = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Need:
    """Hold one way of saying a question: roots and weights of what is asked (`head`) and of what it is for (`tail`).

    `named` gives the categories named, by slug, and how closely, from 0 to 1; `near`, those named in part.
    """

    head: Weights
    tail: Weights
    named: Mapping[str, float]
    near: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Question:
    """Hold a question as it was read; `bare` is its text without its places, `unknown` what nothing holds, as typed."""

    places: tuple[Place, ...]
    bare: str
    spelling: tuple[Word, ...]
    needs: tuple[Need, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Rated:
    """Hold how well a category is named: `covered`, what is asked that it covers; `told`, what its phrase tells.

    `first` is the place of its first phrase among the words; `is_part` says that only a part of it is named,
    `is_begun`, that all the words are those of a phrase, with its first.
    """

    category: str
    covered: float
    close: float
    told: int
    is_whole: bool
    is_part: bool
    first: int
    is_begun: bool


def read_question(catalogue: Catalogue, text: str) -> Question:
    """Read a question, written to its end."""
    words = undotted(text)
    spelling = spelled(words)
    needed = vocabulary_of(catalogue).needed

    def is_need(word: str) -> bool:
        return root(word) in needed

    places, rest = read_places(catalogue, spelling, is_need)
    rest, elsewhere = leave_elsewhere(catalogue, rest, is_need)
    respelling = _respell(catalogue, without_articles(rest), lambda word: word is spelling[-1])
    own = [word.word for word in respelling]
    ways = variants(catalogue, own) if own else []
    needs = [_read_need(catalogue, one, parts(respelling) if rank == 0 else ()) for rank, one in enumerate(ways)]
    typed = {word.word: word.typed for word in spelling}
    return Question(
        places=tuple(places),
        bare=without(words, places),
        spelling=tuple(spelling),
        needs=tuple(needs) if needs and needs[0].head else (),
        unknown=(
            *(
                typed.get(word, word)
                for word in telling(own)
                if needs and root(word) in needs[0].head and not _is_said(catalogue, word)
            ),
            *(
                words[town[0].start : town[-1].end]
                for town in elsewhere
                if not all(is_stop(one.word) or _is_said(catalogue, one.word) for one in town)
            ),
        ),
    )


def _is_said(catalogue: Catalogue, word: str) -> bool:
    return is_known(catalogue, root(word)) or is_acronym(catalogue, word)


def without(words: str, places: Iterable[Place]) -> str:
    """Take its places away from the text of a question."""
    text = words
    for place in sorted(places, key=lambda place: -place.start):
        taken, rest = text[place.start : place.end], text[place.end :]
        text = text[: place.start] + (_CLOSING.sub("", rest) if "(" in taken else rest)  # « Shawinigan (Québec) »
    return _EDGES.sub("", _SPACES.sub(" ", _EMPTY.sub(" ", text)))


def _respell(catalogue: Catalogue, words: Sequence[Word], is_last: Callable[[Word], bool]) -> list[Word]:
    """Turn verbs into nouns, join or split words as the records and the vocabularies have them.

    The last one may only be begun.
    """
    found: list[Word] = []
    needed = vocabulary_of(catalogue).needed
    at = 0
    while at < len(words):
        one = words[at]
        following = words[at + 1] if at + 1 < len(words) else None
        at += 1
        noun = next((n for n in nouns_of(one.word) if root(n) in needed), "") if root(one.word) not in needed else ""
        if noun:
            found.append(replace(one, word=noun))
            continue
        is_new = not is_known(catalogue, root(one.word))
        if (
            following is not None
            and (is_new or following.joint == "-" or not is_known(catalogue, root(following.word)))
            and is_known(catalogue, root(one.word + following.word))
        ):
            found.append(replace(one, word=one.word + following.word))
            at += 1
        elif not is_new or len(one.word) < _SHORTEST:
            found.append(one)
        elif two := _split(catalogue, one.word):
            found += [replace(one, word=word, joint="" if rank else one.joint) for rank, word in enumerate(two)]
        else:
            found.append(replace(one, word=_completed(catalogue, one.word)) if is_last(one) else one)
    return found


def _split(catalogue: Catalogue, word: str) -> tuple[str, str] | None:
    """Part a word in two that one name holds."""
    names = columns_of(catalogue).names
    for cut in range(_PART, len(word) - _PART + 1):
        one, two = word[:cut], word[cut:]
        if not names.having(root(one)).isdisjoint(names.having(root(two))):
            return one, two
    return None


def _completed(catalogue: Catalogue, word: str) -> str:
    """End a word begun as most records do; else the shortest way."""
    columns = columns_of(catalogue)
    every = chain(columns.names.words(), columns.offers.words(), vocabulary_of(catalogue).spoken)
    begun = {other for other in every if other.startswith(word)}
    return min(begun, key=lambda other: (-len(columns.holders(root(other))), len(other), other), default=word)


def _read_need(catalogue: Catalogue, words: Sequence[str], several: Sequence[Sequence[str]]) -> Need:
    asked, aside = _without_circumstances(catalogue, *head_and_tail(words))
    head = _weigh(catalogue, asked)
    tail = {key: own for key, own in _weigh(catalogue, aside).items() if key not in head}
    named, near = _rate(catalogue, head, tail)
    if len(several) > 1 and 1 not in named.values():
        each = [_rate(catalogue, _weigh(catalogue, head_and_tail(part)[0]), {})[0] for part in several]
        # « entretien ménager et déneigement » are two things, even where the first names a category alone.
        if not named or all(1 in own.values() for own in each):
            named = {category: close for own in each for category, close in own.items()}
    return Need(head, tail, named, near)


def _without_circumstances(
    catalogue: Catalogue, asked: Sequence[str], aside: Sequence[str]
) -> tuple[Sequence[str], Sequence[str]]:
    """Put aside how or when something is needed, but where a phrase says it: « hébergement d’urgence »."""
    said = telling(asked)
    if not any(map(is_circumstance, said)) or all(map(is_circumstance, said)):
        return asked, aside
    keys = {*roots(telling(asked)), *roots(telling(aside))}
    every = (p for own in vocabulary_of(catalogue).categories.values() for p in (*own.phrases, *own.narrow))
    bound = {key for p in every if len(p) > 1 and keys.issuperset(p) for key in p}
    apart = [word for word in asked if is_circumstance(word) and root(word) not in bound]
    return [word for word in asked if word not in apart], [*apart, *aside]


def _weigh(catalogue: Catalogue, words: Sequence[str]) -> dict[str, int]:
    """Give the words that tell something, in order, and how much.

    A word that nothing holds tells much: « eau embouteillée » is not any water, « bottes de travail » no work.
    """
    return {key: weight(catalogue, key) if is_known(catalogue, key) else _STRANGE for key in roots(telling(words))}


def share(words: Weights, has: Callable[[str], bool]) -> float:
    """Give what some of the words tell, of what they all tell."""
    every = sum(words.values())
    return sum(own for key, own in words.items() if has(key)) / every if every else 0.0


def _rate(catalogue: Catalogue, head: Weights, tail: Weights) -> tuple[dict[str, float], dict[str, float]]:
    """Give the categories that words name, then those that they name in part.

    One is named when a phrase of it stands whole among them, or when all of them are words of it; the phrase that comes
    first wins, then the one that tells most. What is left over must not tell too much more, and words that name a part
    of a category name it in part.
    """
    weights, order = {**head, **tail}, list(head)
    strange = {key for key in head if not is_known(catalogue, key)}
    rated: list[_Rated] = []
    categories = {s: own for s, own in vocabulary_of(catalogue).categories.items() if not own.every.isdisjoint(head)}
    parts_said = [{*p} for own in categories.values() for p in _said(own.narrow, head, weights)]
    for category, own in categories.items():
        told_of = _said(own.phrases, head, weights)
        # « abattage d’arbres » is more than trees: a longer part leaves the phrase in it aside.
        whole = [p for p in told_of if not any({*p} < part for part in parts_said)]
        said = [*told_of, *_said(own.narrow, head, weights)]
        covered = share(_beyond(head, said, strange), own.every.__contains__)
        close = max(sum(key in head for key in p) / max(len(head), len({*p})) for p in own.phrases)
        told = max((sum(weights[key] for key in phrase) for phrase in whole), default=0)
        if covered >= _PARTLY and (said or (covered == 1 and close >= _CLOSE)):
            is_part = not whole and bool(said or not head.keys() <= own.all)
            first = min((order.index(key) for phrase in said for key in phrase if key in head), default=len(order))
            is_begun = _is_begun(head, own.phrases)
            rated.append(_Rated(category, covered, close, told, bool(whole), is_part, first, is_begun))
    first = min((one.first for one in rated), default=0)
    named = _best([one for one in rated if one.covered >= LEAST and not one.is_part and one.first == first])
    return (
        {one.category: one.close for one in named},
        {one.category: one.close for one in rated if one not in named},
    )


def _said(phrases: Iterable[Phrase], head: Weights, weights: Weights) -> list[Phrase]:
    """List the phrases that stand whole among some words, one of them at least being asked."""
    return [p for p in phrases if not head.keys().isdisjoint(p) and weights.keys() >= {*p}]


def _is_begun(head: Weights, phrases: Iterable[Phrase]) -> bool:
    """Tell whether some words are those of a phrase and have its first: « aréna » is no « gestion d’aréna ».

    One word is not enough: « médaille » is no « médaille de chien ».
    """
    return len(head) > 1 and any(p[0] in head and head.keys() <= {*p} for p in phrases)


def _beyond(head: Weights, said: Sequence[Phrase], strange: Container[str]) -> Weights:
    """Weigh less what stands around a phrase of several words, which it only makes precise.

    That is what comes after (« captation vidéo des séances »), and what nothing holds before (« rédiger des
    procès-verbaux »).
    """
    order = list(head)
    places = [order.index(key) for phrase in said if len(phrase) > 1 for key in phrase if key in head]
    if not places:
        return head
    first, last = min(places), max(places)
    return {
        key: math.floor(own * _BEYOND + 0.5)
        if rank > last
        else _STRANGE_BEFORE
        if rank < first and key in strange
        else own
        for rank, (key, own) in enumerate(head.items())
    }


def _best(rated: Sequence[_Rated]) -> list[_Rated]:
    """Keep those of a phrase said exactly; else those whose phrase tells most.

    Several words that are only some of a phrase, with its first, name it when no other category has as many.
    """
    exact = [one for one in rated if one.close == 1]
    if exact:
        return exact
    whole = [one for one in rated if one.is_whole]
    if whole:
        most = max(one.told for one in whole)
        return [one for one in whole if one.told == most]
    nearest = [one for one in rated if one.close >= _HALF]
    return nearest if len(nearest) == 1 and nearest[0].is_begun else []
