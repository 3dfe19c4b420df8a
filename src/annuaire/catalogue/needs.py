"""Check that each need the home page suggests finds a record: one that finds nothing embarrasses the Pôle.

The search itself belongs to Pagefind and to the browser (`theme/js/common/words/words.js`, which leaves out the same
words of no weight). This looks for the words of a need in what a record says and in the labels and
synonyms of its codes, more generously than the search does: it reports a need only when no record can answer it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from annuaire.config import Settings
from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.messages import phrase, wordings
from annuaire.text.names import fold
from annuaire.text.problems import Finding, Location, Problem
from annuaire.text.words import ELISION, NEVER_WEAK, STOP, WEAK
from annuaire.yamlfile import source

CODE = "exemple-sans-fiche"
_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 4
_CLOSED = "fermee"
_PATH = ("extra", "annuaire", "exemples")


def check(records: Iterable[Record], context: Context) -> list[Problem]:
    """Report each need of the settings that no record open to the public can answer."""
    settings = context.settings
    if not settings.examples:
        return []
    said = _said(context)
    places = _place_words(context)
    wanted = {rank: _patterns(text, places) for rank, text in enumerate(settings.examples)}
    for record in records:
        if not wanted:
            return []
        if record.is_readable and record.values.get("statut") != _CLOSED:
            text = fold(" ".join(_texts(record.values, said)))
            wanted = {rank: words for rank, words in wanted.items() if not all(w.search(text) for w in words)}
    return [_problem(settings, rank) for rank in wanted]


def telling_words(text: str) -> list[str]:
    """Give the words of a need that tell something; those of no weight only when there are no others."""
    every = list(dict.fromkeys(_WORD.findall(ELISION.sub("", fold(text)))))
    telling = [word for word in every if word not in STOP and len(word) > 1]
    strong = [word for word in telling if not {word, _singular(word)} & WEAK or word in NEVER_WEAK]
    return strong or telling or every


def _patterns(text: str, places: frozenset[str]) -> list[re.Pattern[str]]:
    """Give what to look for: words that begin like each word; where is left aside, since the search looks around."""
    words = telling_words(text)
    words = [word for word in words if word not in places] or words
    return [re.compile(rf"\b{re.escape(_root(word))}") for word in words]


def _singular(word: str) -> str:
    if len(word) < _SHORTEST:
        return word
    if word.endswith(("eaux", "eux")):
        return word[:-1]
    if word.endswith("aux"):
        return f"{word[:-3]}al"
    return word[:-1] if word.endswith(("s", "x")) else word


def _root(word: str) -> str:
    """Write a word without what its plural and feminine add, so that all its forms begin like it."""
    one = _singular(word)
    one = one[:-1] if len(one) > _SHORTEST and one.endswith("al") else one  # « municipal » and « municipaux »
    return one[:-1] if len(one) > _SHORTEST + 1 and one.endswith("e") else one


def _texts(value: Any, said: Mapping[str, str]) -> Iterator[str]:
    """Give every text of a record, and what its codes are called."""
    if isinstance(value, str):
        yield value
        yield said.get(value, "")
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item, said)


def _said(context: Context) -> Mapping[str, str]:
    """Say each code in words: labels and the public's words; of a municipality, its MRC."""
    vocabularies, territories = context.vocabularies, context.territories
    said = {m.nom: territories.mrc_by_code[m.mrc].titre for m in territories.municipality_by_code.values()}
    said |= {slug: form.libelle for slug, form in vocabularies.forms.items()}
    said |= {slug: certification.libelle for slug, certification in vocabularies.certifications.items()}
    for sector in vocabularies.sectors.values():
        said[sector.slug] = " ".join((sector.libelle, *sector.synonymes))
    for category in vocabularies.categories.values():  # a few have the slug of a sector
        said[category.slug] = " ".join((said.get(category.slug, ""), category.libelle, *category.synonymes))
    return said


def _place_words(context: Context) -> frozenset[str]:
    mrcs = {mrc.code: mrc for mrc in context.territories.mrcs_of(context.settings.regions)}
    towns = (m.nom for m in context.territories.municipality_by_code.values() if m.mrc in mrcs)
    names = (*towns, *(mrc.nom for mrc in mrcs.values()))
    return frozenset(word for name in names for word in _WORD.findall(fold(name)))


def _problem(settings: Settings, rank: int) -> Problem:
    finding = Finding(CODE, (*_PATH, rank), {"valeur": settings.examples[rank]})
    sentence, hint = phrase(finding)
    places = source.locate(settings.config_file.read_text(encoding="utf-8"))
    line, column = places.get(finding.path, ((1, 1), (1, 1)))[1]
    where = Location(settings.relative(settings.config_file), line, column)
    return Problem(where, CODE, sentence, hint, wordings()[CODE].severity, "", finding.path)
