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
_COMPOUND = re.compile(r"[^\W_]+(?:[-'\u2018\u2019\u02bc][^\W_]+)+")


def lookup(catalogue: Catalogue, words: Sequence[str], *, is_need: bool) -> set[int]:
    """Give the ranks of those that a question (words, folded, places among them) looks up by name.

    `is_need` says that it names a purchase category exactly.
    """
    said = [word for word in words if not is_stop(word)]
    if not said:
        return set()
    columns, needs = columns_of(catalogue), vocabulary_of(catalogue).words
    names, compounds = _squeezed(catalogue)
    whole = "".join(words)
    found = set(names.get(whole) or names.get("".join(said)) or ())
    if not is_need:
        found.update(compounds.get(root(whole), ()), columns.names.having(root(whole)) if len(words) > 1 else ())
    keys = roots(said)
    first, *others = sorted((columns.names.having(key).union(compounds.get(key, ())) for key in keys), key=len)
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
def _squeezed(catalogue: Catalogue) -> tuple[Mapping[str, list[int]], Mapping[str, list[int]]]:
    """Index names without spaces nor punctuation, whole and without their words of no weight.

    Then, by its root, what a hyphen or an apostrophe joins in them, unless it is a place: « Multi-plus » is
    « multiplus », « Bouff’Elles » is « bouffelles ».
    """
    names: dict[str, list[int]] = {}
    compounds: dict[str, list[int]] = {}
    for rank, e in enumerate(catalogue.listed):
        for key in {"".join(tokens(e.nom)), "".join(name_words(e.nom)), "".join(LETTERS.findall(fold(e.nom)))}:
            names.setdefault(key, []).append(rank)
        for compound in _COMPOUND.findall(e.nom):
            words = tokens(compound)
            if len(words) > 1 and not all(is_place_word(catalogue, root(word)) for word in words):
                compounds.setdefault(root("".join(words)), []).append(rank)
    return names, compounds
