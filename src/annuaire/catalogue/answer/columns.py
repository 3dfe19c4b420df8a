"""Look for words in texts without an index: folded once, all in one, each answer remembered."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from annuaire.text.names import beyond_ascii, fold
from annuaire.text.words import LETTERS, root, stem, undotted, whole

NEAR = 40  # characters between the words of a phrase
_SAINT = re.compile(r"st(?<![^\W_]st)e?s?(?![^\W_])")
_ASCII = [chr(code) for code in range(1, 128)]  # but the null character, which no record holds
_MARK = "\ufeff"  # a space for scripts
_BEYOND = "\uffff"  # a script would count for two each character that comes after


_root = lru_cache(maxsize=50_000)(root)  # most words come again and again


def _spaced_where(text: str, is_space: Callable[[str], bool]) -> str:
    """Write a space for some characters of a text: one pass for each is faster than one that looks at each place."""
    for character in filter(is_space, (*_ASCII, *beyond_ascii(text))):
        text = text.replace(character, " ")
    return text


class Occurrences(NamedTuple):
    """Hold where a word stands, in order: the items, and the positions in the whole text."""

    items: list[int]
    positions: list[int]


class Column:
    """Hold one text for each item; `owners` gives the rank of the enterprise of each, the item itself without it."""

    def __init__(self, texts: Sequence[str], owners: Sequence[int] | None = None) -> None:
        self._texts = texts
        self._owners = range(len(texts)) if owners is None else owners
        self._known: dict[str, Occurrences] = {}
        self._having: dict[str, frozenset[int]] = {}

    @cached_property
    def _folded(self) -> str:
        # No record holds a null character: all the texts are read at once, and each stays on a line of its own.
        joined = _spaced_where("\0".join(self._texts), lambda c: c.isspace() or c == _MARK)
        while "  " in joined:
            joined = joined.replace("  ", " ")
        folded = fold(undotted(joined).replace("\0", "\n"))
        return _spaced_where(_SAINT.sub(lambda match: whole(match[0]), folded), lambda c: c > _BEYOND)

    @cached_property
    def _spaced(self) -> str:
        """Give the whole text with one space for each character that is no letter: a word then begins after one."""
        return _spaced_where(f" {self._folded}", lambda c: not c.isalnum())

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self._folded))]

    def _occurrences(self, key: str) -> Occurrences:
        """Find a word, whatever its plural or its gender."""
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._find(key)
        return known

    def _find(self, key: str) -> Occurrences:
        found = Occurrences([], [])
        text, start = self._spaced, f" {stem(key)}"
        at = text.find(start)
        while at >= 0:
            end = text.find(" ", at + 1)
            if _root(text[at + 1 : end if end > 0 else len(text)]) == key:
                found.items.append(bisect_right(self._starts, at) - 1)
                found.positions.append(at)
            at = text.find(start, at + 1)
        return found

    def owner(self, item: int) -> int:
        """Give the rank of the enterprise of an item."""
        return self._owners[item]

    def having(self, key: str) -> frozenset[int]:
        """Give the items that hold a word, by its root."""
        known = self._having.get(key)
        if known is None:
            known = self._having[key] = frozenset(self._occurrences(key).items)
        return known

    def saying(self, keys: Sequence[str]) -> set[int]:
        """Give the items that hold all the words of a phrase, by their roots, close together."""
        first, *others = map(self._occurrences, keys)
        return {
            item
            for item, at in zip(*first, strict=True)
            if all(self._is_near(positions, item, at) for _, positions in others)
        }

    def _is_near(self, positions: Sequence[int], item: int, at: int) -> bool:
        """Tell whether one of the positions of a word is in an item, near a place of it."""
        found = bisect_left(positions, max(at - NEAR, self._starts[item]))
        after = self._starts[item + 1] if item + 1 < len(self._starts) else len(self._folded)
        return found < len(positions) and positions[found] <= at + NEAR and positions[found] < after

    def words(self) -> Iterator[str]:
        """Yield every word, folded, as often as it is there: for corrections alone."""
        return (match[0] for match in LETTERS.finditer(self._folded))
