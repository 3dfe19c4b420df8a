"""Find persons' names in a text, however lists and people write them.

A first name before a surname tells a person; so do a civility and an initial. What bears a person's name (a centre, a
street, a foundation) is no person: the words before the name say so. Where a text is to name a role, a first name or a
usual surname is enough.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from annuaire.text.names import fold
from annuaire.text.persons import lexicon
from annuaire.text.persons.addresses import Own
from annuaire.text.persons.tokens import LETTER, WORD, Kind, Token, tokens

_LETTERS = re.compile(rf"[{LETTER}]+")
_INITIAL = re.compile(rf"\.(?<=[{LETTER}]\.)(?<![{LETTER}][{LETTER}]\.)")  # from its dot: few are looked at
_NEAR = re.compile(r"[ \n*_]{1,6}")  # marks of Markdown between two words
_AFTER_CIVILITY = re.compile(r"\.?[ \n*_]{1,5}|\.")
_AFTER_CUE = re.compile(r"[ .:,(\n*–—-]{1,6}")
_PARTED = re.compile(r"[,;:()/|–—]| - |\n")
_STOPPED = re.compile(r"[,;:.()!?/|–—\n]| - ")
_ALWAYS_NAMED = ("abbe", "mgr", "monseigneur", "chanoine")
_SAINTS = ("st", "ste", "saint", "sainte")
_PARTICLES = (*_SAINTS, "de", "du", "des", "la", "le", "van", "von", "mc", "mac", "ben", "el", "al")
_ANYWHERE = ("m", "mm", "mme", "mmes", "mlle", "mlles", "mr")  # civilities that nothing but a person bears
_LINKS = ("est", "avec", "de", "des", "la", "le", "les", "l'", "d'", "general", "generale", "adjoint", "adjointe")
_FURTHEST_CUE = 3  # words before the name
_LONGEST_NAME = 3  # words after a civility
_MOST_INITIALS = 2  # more are those of a body
_RANK = re.compile(r"[ivx]+")  # « Jean XXIII »


@dataclass(frozen=True, slots=True)
class _Span:
    """Hold the ranks of the first and the last words of a name."""

    first: int
    last: int
    is_certain: bool = False


def found(text: str, kind: Kind, own: Own) -> Iterator[tuple[str, bool]]:
    """Yield the names of persons, as the text writes them, and whether each is certain; the words of `own` pass."""
    if not _may_name(text, kind):
        return
    reader = _Reader(text, kind)
    for span in reader.spans():
        if not reader.is_own(span, own.words):
            words = text[reader.tokens[span.first].start : reader.tokens[span.last].end]
            yield " ".join(words.split()), span.is_certain or kind is Kind.FUNCTION


def _may_name(text: str, kind: Kind) -> bool:
    """Tell whether a text holds a word that a name needs: most hold none, and reading them whole takes long."""
    lower, known = text.lower(), lexicon.lists()
    words = set(_LETTERS.findall(lower))
    if not lower.isascii():
        words = {word if word.isascii() else _folded(word) for word in words}
    if not words.isdisjoint(lexicon.always_told()):
        return True
    is_told = kind is Kind.FUNCTION or not words.isdisjoint(known["amorces"])
    return bool(_INITIAL.search(lower)) or (is_told and not words.isdisjoint(known["noms"]))


def for_form() -> dict[str, Any]:
    """Give what the form, which reads names as this module does, knows of them: patterns, words and limits."""
    return {
        "mot": WORD,
        "pres": _NEAR,
        "apresCivilite": _AFTER_CIVILITY,
        "apresAmorce": _AFTER_CUE,
        "separe": _PARTED,
        "arrete": _STOPPED,
        "rang": _RANK,
        "toujoursNommes": _ALWAYS_NAMED,
        "partout": _ANYWHERE,
        "saints": _SAINTS,
        "particules": _PARTICLES,
        "liens": _LINKS,
        "amorceLaPlusLoin": _FURTHEST_CUE,
        "nomLePlusLong": _LONGEST_NAME,
        "plusInitiales": _MOST_INITIALS,
    }


@lru_cache(maxsize=10_000)
def _folded(word: str) -> str:
    return fold(word)


class _Reader:
    """Read the words of one text."""

    def __init__(self, text: str, kind: Kind) -> None:
        self.kind = kind
        self.is_shouted = text == text.upper()
        self.is_loose = kind is Kind.FUNCTION
        self.tokens = tuple(tokens(text))

    def spans(self) -> Iterator[_Span]:
        """Yield the names in order; one that holds the one before it takes its place (« Tremblay, Marie »)."""
        held: _Span | None = None
        rank = 0
        while rank < len(self.tokens):
            span = self.name_at(rank)
            rank = max(rank, span.last) + 1 if span else rank + 1
            if span is not None:
                if held is not None and span.first > held.last:
                    yield held
                held = span
        if held is not None:
            yield held

    def name_at(self, rank: int) -> _Span | None:
        """Find the name that starts at a word, or whose first name stands there after the surname."""
        span = self._civil(rank)
        if span is None and self.kind is Kind.STREET:
            return self._cued(rank) if self._is_first(rank) else None
        if span is None and (self.kind is not Kind.NAME or self._starts(rank)):
            span = self._named(rank)
        return span

    def is_own(self, span: _Span, own: Collection[str]) -> bool:
        """Tell whether every word of a name is one of the enterprise's."""
        parts = [
            part
            for token in self.tokens[span.first : span.last + 1]
            if not token.is_initial and token.folded not in lexicon.lists()["civilites"]
            for part in re.split(r"[-']", token.folded)
        ]
        return bool(parts) and all(part in own for part in parts if part)

    def _civil(self, rank: int) -> _Span | None:
        """Read a civility or a title, and the name after it."""
        known = lexicon.lists()
        word = self.tokens[rank].folded.rstrip(".")
        is_title = word in known["titres"]
        if not (is_title or word in known["civilites"]) or rank + 1 == len(self.tokens):
            return None
        here, after = self.tokens[rank], self.tokens[rank + 1]
        if (after.gap and not _AFTER_CIVILITY.fullmatch(after.gap)) or after.folded.count(".") > _MOST_INITIALS:
            return None
        if here.is_initial and rank and self._is_near(rank) and self._is_first(rank - 1):
            return None  # « Marie M. Tremblay »
        if is_title and self.kind is Kind.STREET:
            return None  # « 2900, Mgr Exemple »
        if (is_title or word not in _ANYWHERE) and self._is_borne(rank):
            return None
        is_known = lexicon.is_first(after.folded) or lexicon.is_last(after.folded) or after.is_initial
        is_word = after.folded in lexicon.never_last() or after.folded.startswith("tout")
        if is_title:
            holds = after.is_capital and (is_known or (word in _ALWAYS_NAMED and not is_word))
            holds = holds and after.folded not in known["titres-sans-nom"]
        elif len(word) <= 2 and not (self.is_loose and here.is_initial):
            holds = after.is_capital or (self.is_loose and is_known)
            holds = holds and not is_word and self._is_short_civility(here, word, is_known=is_known)
        else:
            is_told = after.is_capital or (self.is_loose and word == "m")
            holds = (is_told and not is_word) or (is_known and not after.is_initial)
        if not holds and after.is_elided and after.is_capital and rank + 2 < len(self.tokens):
            holds = self.tokens[rank + 2].is_capital and (not is_title or word in _ALWAYS_NAMED)
        return _Span(rank, self._end_of_name(rank + 1), is_certain=not is_title) if holds else None

    def _is_short_civility(self, here: Token, word: str, *, is_known: bool) -> bool:
        """Tell « M. », « Me », « Dr » from an initial, a pronoun, a word in capitals."""
        if word == "me":
            return here.text == "Me" if not self.is_shouted else is_known
        if word == "m":
            return (here.is_initial and here.is_capital) or is_known
        return here.is_capital or is_known

    def _end_of_name(self, rank: int) -> int:
        last = rank
        while (
            last + 1 < len(self.tokens)
            and last - rank < _LONGEST_NAME
            and self._is_near(last + 1)
            and (self._is_first(last + 1) or self._surname(last + 1) is not None)
        ):
            found = self._surname(last + 1)
            last = found[0] if found else last + 1
        return last

    def _named(self, rank: int) -> _Span | None:
        """Read a first name or an initial and its surname, in either order."""
        here = self.tokens[rank]
        if here.is_initial:
            return self._initialled(rank)
        if self._is_first(rank):
            return self._first_named(rank)
        is_cued = here.is_capital and self._is_cued(rank)
        after = self._surname_near(rank + 1) if is_cued else None
        if after is not None and after[1] and self._surname(rank) is not None:  # « présidente, Xxx Tremblay »
            return _Span(rank, after[0])
        is_told = self.is_loose or is_cued
        is_alone = is_told and len(here.folded) > 3 and lexicon.is_plain_last(here.folded)
        return _Span(rank, rank) if is_alone and not self._is_borne(rank) else None

    def _initialled(self, rank: int) -> _Span | None:
        here, after = self.tokens[rank], self._surname_near(rank + 1)
        if after is None or self._is_borne(rank) or here.folded.count(".") > _MOST_INITIALS:
            return None
        is_double = "-" in here.folded
        is_told = self.is_loose or self._is_cued(rank) or (is_double and not self.is_shouted)
        holds = after[1] or (is_told and self.tokens[after[0]].is_capital)
        return _Span(rank, after[0]) if holds and (here.is_capital or self.is_loose) else None

    def _first_named(self, rank: int) -> _Span | None:
        here = self.tokens[rank]
        if self._is_borne(rank):
            return None
        is_plain = lexicon.is_plain_first(here.folded)
        follower = rank + 1
        if follower + 1 < len(self.tokens) and self.tokens[follower].is_initial and self._is_near(follower):
            follower += 1  # « Marie J. Tremblay »
        after = self._surname_near(follower)
        if after is not None and self._is_pair(rank, after, is_plain=is_plain):
            end = self._end_of_name(after[0])
            return None if self._bears_after(end + 1) else _Span(rank, end)
        if follower > rank + 1 or self._is_initial_near(rank + 1):  # « Marie T. »
            is_told = self._is_cued(rank) or (is_plain and (here.is_capital or self.is_loose))
            return _Span(rank, rank + 1) if is_told else None
        is_whole = (
            self.is_loose and here.is_capital and self._starts(rank) and self._ends(rank)
        )  # « Rose, à l’accueil »
        return self._inverted(rank) or (_Span(rank, rank) if is_whole else self._cued(rank))

    def _is_pair(self, rank: int, after: tuple[int, bool], *, is_plain: bool) -> bool:
        """Tell whether a first name and the word after it are a person."""
        here, last = self.tokens[rank], self.tokens[after[0]]
        if here.is_capital and last.is_capital:
            is_role = self.is_loose and self._starts(rank) and len(last.folded) > 2
            return after[1] or is_role or (is_plain and len(last.folded) > 2)
        return after[1] and is_plain and (self.is_loose or lexicon.is_plain_last(last.folded))

    def _inverted(self, rank: int) -> _Span | None:
        """Read « Tremblay, Marie » and « TREMBLAY Marie »."""
        if rank == 0:
            return None
        here, before = self.tokens[rank], self.tokens[rank - 1]
        is_near, is_parted = self._is_near(rank), here.gap.strip() == "," and len(here.gap) < 4
        if not (is_near or is_parted) or self._is_borne(rank - 1) or not (here.is_capital or self.is_loose):
            return None
        if self.kind is Kind.NAME and not self._starts(rank - 1):
            return None
        is_plain = lexicon.is_plain_first(here.folded)
        first = rank - 2 if rank > 1 and self.tokens[rank - 2].is_elided else rank - 1
        last = "".join(token.folded for token in self.tokens[first:rank])  # « L’Heureux »
        is_cued = self._is_cued(first)
        if lexicon.is_last(last) and (before.is_capital or self.is_loose):
            holds = is_plain or is_cued or lexicon.is_plain_last(last) or (self.is_loose and is_parted)
        else:
            is_shouted = before.text == before.text.upper() and len(before.text) > 2 and not self.is_shouted
            is_alone = (self._starts(first) or is_cued) and self._ends(rank)
            holds = is_parted and (is_plain or is_cued) and (is_shouted or is_alone)
            holds = holds and self._surname(rank - 1) is not None
        return _Span(first, rank) if holds else None

    def _cued(self, rank: int) -> _Span | None:
        """Read a first name alone where a person is announced (« contact : Marie »), or where only a role may stand."""
        here = self.tokens[rank]
        if not lexicon.is_plain_first(here.folded) or not (here.is_capital or self.is_loose):
            return None
        return _Span(rank, rank) if (self.is_loose and len(here.folded) > 2) or self._is_cued(rank) else None

    def _is_cued(self, rank: int) -> bool:
        """Tell whether the words just before announce a person."""
        for before in range(rank - 1, max(-1, rank - 1 - _FURTHEST_CUE), -1):
            if not _AFTER_CUE.fullmatch(self.tokens[before + 1].gap or " "):
                return False
            if self.tokens[before].folded.rstrip(".") in lexicon.lists()["amorces"]:
                return True
            if self.tokens[before].folded not in _LINKS:
                return False
        return False

    def _surname_near(self, rank: int) -> tuple[int, bool] | None:
        return self._surname(rank) if rank < len(self.tokens) and self._is_near(rank) else None

    def _surname(self, rank: int) -> tuple[int, bool] | None:
        """Read a surname: the rank of its last word, and whether it is a usual one."""
        here = self.tokens[rank]
        if here.is_initial:
            return None
        if here.is_elided or here.folded in _PARTICLES:
            if rank + 1 == len(self.tokens) or not (here.is_elided or self._is_near(rank + 1)):
                return None
            last = self.tokens[rank + 1]
            is_usual = lexicon.is_last(here.folded + last.folded) or lexicon.is_last(last.folded)
            is_usual = is_usual or here.folded in _SAINTS
            holds = last.is_capital and (is_usual or (here.is_capital and not self.is_shouted))
            return (rank + 1, is_usual) if holds or (self.is_loose and is_usual) else None
        if lexicon.is_last(here.folded):
            return rank, True
        is_word = here.folded in lexicon.never_last() or lexicon.singular(here.folded) in lexicon.bearers()
        is_name = here.is_capital and len(here.folded) > 2 and not is_word and not _RANK.fullmatch(here.folded)
        return (rank, False) if is_name else None

    def _is_borne(self, rank: int) -> bool:
        """Tell whether the words before a name say that something bears it: « centre communautaire Marie Exemple »."""
        reaches = self.kind is Kind.NAME or self.is_shouted
        known = lexicon.lists()
        for before in range(rank - 1, -1, -1):
            here = self.tokens[before]
            if _STOPPED.search(self.tokens[before + 1].gap):
                return False
            if lexicon.singular(here.folded) in lexicon.bearers():
                return True
            if any(here.folded in known[name] for name in ("amorces", "civilites", "ruptures")):
                return False
            is_word = here.folded in known["liaisons"] or here.folded in known["qualificatifs"]
            if not (reaches or is_word or here.is_capital):
                return False
        return False

    def _bears_after(self, rank: int) -> bool:
        """Tell whether the word after a name bears it, as English has it: « Marie Exemple Museum »."""
        is_near = rank < len(self.tokens) and self._is_near(rank)
        return is_near and self.kind is Kind.NAME and lexicon.singular(self.tokens[rank].folded) in lexicon.bearers()

    def _starts(self, rank: int) -> bool:
        """Tell whether a word is the first of a name or of one of its parts: « Boutique (Marie Exemple) »."""
        return rank == 0 or bool(_PARTED.search(self.tokens[rank].gap))

    def _ends(self, rank: int) -> bool:
        return rank + 1 == len(self.tokens) or bool(_PARTED.search(self.tokens[rank + 1].gap))

    def _is_first(self, rank: int) -> bool:
        return lexicon.is_first(self.tokens[rank].folded)

    def _is_initial_near(self, rank: int) -> bool:
        return rank < len(self.tokens) and self.tokens[rank].is_initial and self._is_near(rank)

    def _is_near(self, rank: int) -> bool:
        gap, before = self.tokens[rank].gap, self.tokens[rank - 1]
        return bool(_NEAR.fullmatch(gap)) or (gap == "" and (before.is_initial or before.is_elided))
