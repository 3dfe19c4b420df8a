"""Read what people write for an entry of a vocabulary or a choice: its code, its label, one of its usual names.

The one place where a word of a list, a workbook or a record is given its code. It never guesses: a word that is close,
or that fits several entries, has no code here (`annuaire.rules.vocabulary.closest` proposes one).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from annuaire.places.territories import Territories
from annuaire.places.vocabularies import EVERYWHERE, Vocabularies, merged
from annuaire.schema import Field
from annuaire.text.names import fold

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_LETTERS = re.compile(r"\b(?:[a-z] ){1,9}[a-z]\b")  # « o b n l », once the dots are gone
_LINKS = frozenset({"l", "d", "de", "des", "du", "la", "le", "les", "et", "a", "au", "aux", "en", "pour"})
USUAL_NAMES = "noms_usuels.yml"


def word_key(text: str) -> str:
    """Reduce a word of a vocabulary: no case, accent, mark, article or plural; « coop » is « coopérative »."""
    words = _NOT_WORD.sub(" ", fold(text)).strip()
    words = _LETTERS.sub(lambda found: found.group().replace(" ", ""), words)
    kept = [word for word in words.split() if word not in _LINKS] or words.split()
    return " ".join("cooperative" if word in ("coop", "coops") else _singular(word) for word in kept)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


class Meanings:
    """Hold what each word stands for, field by field; made once for a command."""

    def __init__(self, vocabularies: Vocabularies, territories: Territories) -> None:
        self._vocabularies = vocabularies
        self._territories = territories
        self._known: dict[str, Mapping[str, str]] = {}

    def choices(self, field: Field) -> Mapping[str, str]:
        """Map the codes that a field may hold to their labels, in order; nothing where any text may stand."""
        if field.constraints.get("enum"):
            return {code: field.labels.get(code, code) for code in field.constraints["enum"]}
        return _labels(field.vocabulary, self._vocabularies, self._territories)

    def code(self, field: Field, text: str) -> str:
        """Give the code that a text stands for in a field that has choices, an empty text when it is none of them."""
        name = field.vocabulary or field.name
        if name not in self._known:
            self._known[name] = dict(self._words(name, self.choices(field)))
        return self._known[name].get(word_key(text), "")

    def _words(self, name: str, choices: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Yield every word with its code: what comes last wins, and a label wins over an usual name."""
        if name == "territoires":
            yield from ((word_key(mrc.nom), mrc.code) for mrc in self._territories.mrc_by_code.values())
        for code, words in usual_names(self._vocabularies).get(name, {}).items():
            if code in choices:
                yield from ((word_key(word), code) for word in words)
        labels = [word_key(label) for label in choices.values()]
        yield from ((word_key(label), code) for code, label in choices.items() if labels.count(word_key(label)) == 1)
        yield from ((word_key(code), code) for code in choices)


@lru_cache(maxsize=8)
def usual_names(vocabularies: Vocabularies) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Map each vocabulary to the usual names of its entries, by code; a site may replace them (`noms_usuels.yml`)."""
    found = merged(USUAL_NAMES, vocabularies.overrides)
    return {name: {code: tuple(map(str, words)) for code, words in entry.items()} for name, entry in found.items()}


def _labels(vocabulary: str, words: Vocabularies, territories: Territories) -> Mapping[str, str]:
    if vocabulary == "territoires":
        return {**EVERYWHERE, **{mrc.code: mrc.titre for mrc in territories.mrc_by_code.values()}}
    entries = {
        "secteurs": words.sectors,
        "formes": words.forms,
        "categories": words.categories,
        "certifications": words.certifications,
    }.get(vocabulary, {})
    return {code: entry.libelle for code, entry in entries.items()}  # type: ignore[attr-defined]
