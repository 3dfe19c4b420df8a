"""Say who answers a question, and how: the only place where it is judged.

Pages, exports, records and draws show what is said here and judge nothing again. The browser says the same
(`theme/js/common/answer/answer.js`), and tests compare them.

An enterprise answers at one level, the first of these that holds:

- `nom`: the question is its name, or what identifies it (NEQ, telephone, postal code, site, e-mail);
- `offre`: an offer of its own is of a category that the question names, or has the words of the question;
- `lieu`: the question is a place alone, and it is there or serves it;
- `activite`: its name, activity, mission, description or offers speak of it: nothing says that it offers it;
- `secteur`: its sector might answer the category named: nothing says that it does.

It is confirmed when an offer that answers is (level `offre`), or when its record is (`nom`, `lieu`); never otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from annuaire.catalogue.answer.corrections import correct
from annuaire.catalogue.answer.identifiers import identify
from annuaire.catalogue.answer.lookup import lookup
from annuaire.catalogue.answer.places import Place, centres, farness, farness_by_code, nearness
from annuaire.catalogue.answer.question import LEAST, Need, read_question, share
from annuaire.catalogue.answer.vocabulary import columns_of, is_acronym, vocabulary_of
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.supply import is_confirmed, supply_of

SCATTERED = 0.3  # of what the words tell: who answers some of them, when nobody answers better
LEADING = 2000  # weight of a word that leads (`rarity`): « coop de taxis » asks for taxis
RARE = 0.05  # of the records: a phrase that more of them say speaks of something else
_FEW = 3  # records that a phrase is always rare in
_OUTSIDE_THE_NAME = 0.8  # of what is spoken of, what it is worth where the name does not say it
SHADES = 10  # how finely closeness orders
_MOST = 2.25  # what an offer scores at most: of its category, of all the words, of what it is for (a quarter)


class Level(StrEnum):
    """Say how an enterprise answers, the best first."""

    NAME = "nom"
    OFFER = "offre"
    PLACE = "lieu"
    ACTIVITY = "activite"
    SECTOR = "secteur"


_LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class Result:
    """Hold how one enterprise answers.

    `offers` are the ranks, among its own, of the offers that answer; `is_sure` tells whether it is confirmed for them;
    `close`, from 0 to 1, how closely it answers; `near`, from 0 to 3, and `far`, in km, are those of `places`.
    """

    level: Level
    offers: tuple[int, ...]
    is_sure: bool
    close: float
    near: int = 0
    far: float = math.inf


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold who answers a question, the best first, by slug.

    `bare` is the question without its places; `categories` gives those named, by slug, and how closely; `unmet`, those
    named exactly that nobody offers; `unknown`, words that nothing holds; with `is_scattered`, all that is answered is
    some of the words; `correction` is a writing that is better answered, or an empty text.
    """

    results: Mapping[str, Result]
    places: tuple[Place, ...]
    bare: str
    categories: Mapping[str, float]
    unmet: tuple[str, ...]
    unknown: tuple[str, ...]
    is_scattered: bool
    correction: str


def answer_to(catalogue: Catalogue, words: str) -> Answer:
    """Answer a question, among the listed enterprises."""
    found = _Judgement(catalogue, words)
    return Answer(
        results={catalogue.listed[rank].slug: found.results[rank] for rank in found.ranked},
        places=found.places,
        bare=found.question.bare if found.places else words,
        categories=found.categories,
        unmet=found.unmet,
        unknown=found.unknown,
        is_scattered=found.is_scattered,
        correction=_correction(found),
    )


def is_answered(catalogue: Catalogue, words: str) -> bool:
    """Tell whether an enterprise listed answers a question, otherwise than by its sector alone or some of the words.

    `answer_to` says the same of its results; this one stops as soon as it knows.
    """
    return _Judgement(catalogue, words, is_brief=True).is_answered


class _Judgement:
    """Judge one question; enterprises and offers are named by their ranks in the catalogue.

    With `is_brief`, nothing more is looked for once somebody answers.
    """

    def __init__(self, catalogue: Catalogue, words: str, *, is_brief: bool = False) -> None:
        self.catalogue = catalogue
        self.is_brief = is_brief
        self.columns = columns_of(catalogue)
        self.question = read_question(catalogue, words)
        self.results: dict[int, Result] = {}
        self.categories: dict[str, float] = {}
        self.is_scattered = False
        self.identified = identify(catalogue, words)
        self._judge()
        if self.places and not is_brief:
            self._locate()

    def _judge(self) -> None:
        needs, identified = self.question.needs, self.identified
        for rank in identified.ranks or () if identified else ():
            self._put(rank, Level.NAME, 1)
        if identified and identified.categories is not None:
            self.categories = dict.fromkeys(identified.categories, 1.0)
            self._by_need(Need({}, {}, self.categories, {}))
        elif identified is None or (not identified.ranks and needs):
            for category, close in (pair for need in needs for pair in need.named.items()):
                self.categories[category] = max(close, self.categories.get(category, 0))
            for need in needs:
                self._by_need(need)
                if self.is_brief and self.is_answered:
                    return
            self._by_name()
            if not needs and self.question.places:
                self._by_place()
            if not self.is_answered:
                self._by_any_word()

    def _locate(self) -> None:
        """Say of each result how near it is to the places asked."""
        around = centres(self.catalogue, self.places)
        for rank, result in self.results.items():
            offers = [self.catalogue.listed[rank].offres[offer] for offer in result.offers]
            near = nearness(self.catalogue, rank, self.places, offers)
            far = farness_by_code(self.catalogue, rank, self.places, farness(self.catalogue, rank, around))
            self.results[rank] = replace(result, near=near, far=far)

    @property
    def places(self) -> tuple[Place, ...]:
        """Give the places asked, but where the question identifies somebody."""
        return () if self.identified is not None and self.identified.ranks else self.question.places

    @property
    def unmet(self) -> tuple[str, ...]:
        """List the categories named exactly that nobody offers."""
        offered = supply_of(self.catalogue).by_category
        return tuple(slug for slug, close in self.categories.items() if close == 1 and slug not in offered)

    @property
    def unknown(self) -> tuple[str, ...]:
        """List the words that nothing holds, but where somebody is looked up."""
        is_found = self.identified is not None or any(r.level is Level.NAME for r in self.results.values())
        return () if is_found else self.question.unknown

    @property
    def is_answered(self) -> bool:
        """Tell whether somebody answers otherwise than by its sector, or than some of the words."""
        return not self.is_scattered and any(result.level is not Level.SECTOR for result in self.results.values())

    @property
    def is_exact(self) -> bool:
        """Tell whether a category is named by all the words of the question and no others."""
        return 1 in self.categories.values()

    @property
    def standing(self) -> int:
        """Rank the best level of the answer, 0 being the best."""
        best = min((_order(result.level) for result in self.results.values()), default=len(_LEVELS))
        return len(_LEVELS) if self.is_scattered else best

    @property
    def ranked(self) -> list[int]:
        """List who answers, in order.

        By level; where a place is asked, who is there or serves it; the confirmed; the closest; the nearest; then by
        name, which is the order of the catalogue.
        """

        def key(rank: int) -> tuple[float, ...]:
            own = self.results[rank]
            is_away = bool(self.places) and own.near == 0
            return _order(own.level), is_away, not own.is_sure, -_shade(own.close), -own.near, own.far, rank

        return sorted(self.results, key=key)

    def _put(self, rank: int, level: Level, close: float, offers: Sequence[int] = ()) -> None:
        """Keep the better of two answers of one enterprise; `offers` are ranks among its own.

        Offers that answer the question said otherwise (an acronym, its long form) answer it too.
        """
        e = self.catalogue.listed[rank]
        before = self.results.get(rank)
        is_more = before is not None and before.level is level is Level.OFFER
        if before is not None and is_more:
            offers, close = sorted({*before.offers, *offers}), max(close, before.close)
        if level is Level.OFFER:
            is_sure = any(is_confirmed(e, e.offres[offer]) for offer in offers)
        else:
            is_sure = level in (Level.NAME, Level.PLACE) and e.verification.is_confirmed
        if before is None or is_more or (_order(level), -close) < (_order(before.level), -before.close):
            self.results[rank] = Result(level, tuple(offers) or (before.offers if before else ()), is_sure, close)

    def _by_need(self, need: Need) -> None:
        """Find by offers, of a category named or by their words; then by what records speak of; then by sector."""
        own: dict[int, list[int]] = {}
        close: dict[int, float] = {}
        speaking: dict[int, float] = {}
        for item in self._concerned(need):
            rank = self.columns.owners[item]
            level, score = self._score(item, need)
            if level is Level.OFFER:
                own.setdefault(rank, []).append(item - self.columns.first[rank])
                close[rank] = max(score, close.get(rank, 0))
            elif level is Level.ACTIVITY:
                speaking[rank] = max(score, speaking.get(rank, 0))
        for rank, offers in own.items():
            self._put(rank, Level.OFFER, close[rank], offers)
        if self.is_brief and own:
            return
        for rank, score in self._speaking(need):
            speaking[rank] = max(score, speaking.get(rank, 0))
        for rank, score in speaking.items():
            self._put(rank, Level.ACTIVITY, score)
        self._by_sector(need)

    def _concerned(self, need: Need) -> list[int]:
        """List the offers that hold a word of a need, or are of one of its categories."""
        found: set[int] = set()
        for key in (*need.head, *need.tail):
            found |= self.columns.offers.having(key) | self.columns.details.having(key)
        for category in (*need.named, *need.near):
            found.update(self.columns.by_category.get(category, ()))
        return sorted(found)

    def _score(self, item: int, need: Need) -> tuple[Level | None, float]:
        """Say at which level an offer answers, and how closely; None when it does not."""
        offers, details = self.columns.offers, self.columns.details
        name = share(need.head, lambda key: item in offers.having(key))
        said = share(need.head, lambda key: item in offers.having(key) or item in details.having(key))
        extra = share(need.tail, lambda key: item in offers.having(key) or item in details.having(key)) / 4
        category = self.columns.categories[item]
        if category in need.named:
            return Level.OFFER, (need.named[category] + said + extra) / _MOST
        # By words alone, an offer has the first that tells something: « cinéma en plein air » is no « plein air ».
        lead = next((key for key, own in need.head.items() if own >= LEADING), next(iter(need.head), ""))
        is_led = not need.named and (item in offers.having(lead) or item in details.having(lead))
        if is_led and name >= LEAST:
            return Level.OFFER, (name + extra) / _MOST
        if is_led and said >= LEAST and name > 0:
            return Level.OFFER, (said / 2 + extra) / _MOST
        if said >= LEAST or category in need.near:
            return Level.ACTIVITY, max(said, need.near.get(category, 0)) / 2
        return None, 0

    def _speaking(self, need: Need) -> Iterator[tuple[int, float]]:
        """Give who speaks of a need, by its words or by a phrase of its categories that few records say."""
        holders = self.columns.holders
        for rank in set().union(*map(holders, need.head)):
            told = share(need.head, lambda key: rank in holders(key))  # noqa: B023 - called at once
            if told >= LEAST:
                is_in_name = any(rank in self.columns.names.having(key) for key in need.head)
                yield rank, told * (1 if is_in_name else _OUTSIDE_THE_NAME)
        for category in need.named:
            for phrase in vocabulary_of(self.catalogue).categories[category].phrases:
                if len(phrase) == 1 and phrase[0] not in need.head and not is_acronym(self.catalogue, phrase[0]):
                    continue  # « boucher » alone is a family as well; an acronym is not
                said = {column.owner(item) for column in self.columns.every for item in column.saying(phrase)}
                if len(said) <= max(_FEW, RARE * self.columns.size):
                    yield from ((rank, 0.5) for rank in said)

    def _by_sector(self, need: Need) -> None:
        """Find who is of a sector that may answer a category named or, where none is, whose words the question says.

        Who is of a sector called by its own name has it for activity.
        """
        known, categories = vocabulary_of(self.catalogue), self.catalogue.vocabularies.categories
        likely = (sector for category in need.named for sector in categories[category].secteurs)
        levels = {sector: Level.SECTOR for sector in likely if sector in known.sectors}
        if not levels and need.head:
            for sector, label in known.labels.items():
                if need.head.keys() <= known.sectors[sector].all:
                    levels[sector] = Level.ACTIVITY if need.head.keys() <= label else Level.SECTOR
        for rank, e in enumerate(self.catalogue.listed) if levels else ():
            for sector in levels.keys() & self.catalogue.sectors_of(e):
                self._put(rank, levels[sector], 0)

    def _by_name(self) -> None:
        words = [word.word for word in self.question.spelling]
        found = lookup(self.catalogue, words, is_need=self.is_exact)
        # The name of one asks for no other: « CPE Exemple » for no other CPE.
        for rank, result in self.results.items() if found and not self.is_exact else ():
            if rank not in found and result.level is Level.OFFER:
                self.results[rank] = replace(result, level=Level.ACTIVITY, offers=(), is_sure=False)
        for rank in found:
            self._put(rank, Level.NAME, 1)

    def _by_place(self) -> None:
        for rank, e in enumerate(self.catalogue.listed):
            if nearness(self.catalogue, rank, self.question.places, e.offres) > 0:
                self._put(rank, Level.PLACE, 1)

    def _by_any_word(self) -> None:
        """When nothing speaks of it all, find who speaks of some of it."""
        holders = self.columns.holders
        for need in self.question.needs[:1]:
            words = {**need.head, **need.tail}
            for rank in set().union(*map(holders, words)):
                told = share(words, lambda key: rank in holders(key))  # noqa: B023 - called at once
                if told >= SCATTERED:
                    self.is_scattered = True
                    self._put(rank, Level.ACTIVITY, told / 2)


def _order(level: Level) -> int:
    return _LEVELS.index(level)


def _shade(close: float) -> int:
    """Round as scripts do, halves up."""
    shades = close * SHADES
    return math.floor(shades) + (shades - math.floor(shades) >= 1 / 2)


def _correction(found: _Judgement) -> str:
    """Give a writing that answers at a better level: never a detour for its own sake."""
    text = correct(found.catalogue, found.question) if found.unknown else ""
    if not text:
        return ""
    other = _Judgement(found.catalogue, text)
    is_better = other.standing < found.standing or (other.is_exact and not found.is_exact)
    return text if is_better and not other.unknown else ""
