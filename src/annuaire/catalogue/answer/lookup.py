"""Judge whether a question is the name of an enterprise.

It is when it holds nothing but words of the name and, where they may as well name a need, nearly all that the name
tells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from annuaire.catalogue.answer.places import is_place_word
from annuaire.catalogue.answer.vocabulary import columns_of, rarity, vocabulary_of
from annuaire.catalogue.index import Catalogue
from annuaire.text.names import fold
from annuaire.text.words import LETTERS, is_stop, name_words, root, roots, tokens

NEARLY_ALL = 0.8  # of what a name tells, where the question may as well name a need
OF_A_PLACE = 0.3  # what a place tells in a name
FEW = 2
_COMPOUND = re.compile(r"[^\W_]+(?:-[^\W_]+)+")


def lookup(catalogue: Catalogue, words: Sequence[str], *, is_need: bool) -> set[int]:
    """Give the ranks of those that a question (words, folded, places among them) looks up by name.

    `is_need` says that it names a purchase category exactly.
    """
    said = [word for word in words if not is_stop(word)]
    if not said:
        return set()
    squeezed = _by_squeezed(catalogue)
    found = set(squeezed.get("".join(words)) or squeezed.get("".join(said)) or ())
    keys = roots(said)
    columns, needs = columns_of(catalogue), vocabulary_of(catalogue).words
    first, *others = sorted(map(columns.names.having, keys), key=len)
    is_of_needs = all(key in needs or is_place_word(catalogue, key) for key in keys)
    if len(keys) == 1 and (is_of_needs or len(first) > FEW or len(columns.holders(keys[0])) > len(first)):
        return found
    is_doubtful = is_need or is_of_needs
    named = first.intersection(*others)
    return found | {rank for rank in named if not is_doubtful or _told(catalogue, rank, keys) >= NEARLY_ALL}


def _told(catalogue: Catalogue, rank: int, keys: Sequence[str]) -> float:
    """Say how much of what a name tells a question says."""
    said = total = 0.0
    for key in roots(name_words(catalogue.listed[rank].nom)):
        count = len(columns_of(catalogue).names.having(key))
        weight = rarity(count, len(catalogue.listed)) * (OF_A_PLACE if is_place_word(catalogue, key) else 1)
        total += weight
        said += weight if key in keys else 0
    return said / total if total else 0.0


@lru_cache(maxsize=1)
def _by_squeezed(catalogue: Catalogue) -> Mapping[str, list[int]]:
    """Index names without spaces nor punctuation, whole and without their words of no weight.

    What a hyphen joins in them counts too, unless it is a place or words of a need: « Multi-plus » is « multiplus ».
    """
    known: dict[str, list[int]] = {}
    needs = vocabulary_of(catalogue).words
    for rank, e in enumerate(catalogue.listed):
        keys = {"".join(tokens(e.nom)), "".join(name_words(e.nom)), "".join(LETTERS.findall(fold(e.nom)))}
        for compound in _COMPOUND.findall(e.nom):
            words = tokens(compound)
            if not all(is_place_word(catalogue, root(word)) or root(word) in needs for word in words):
                keys.add("".join(words))
        for key in filter(None, keys):
            known.setdefault(key, []).append(rank)
    return known
