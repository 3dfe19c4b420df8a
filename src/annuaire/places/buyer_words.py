"""Hold the words with which buyers ask for a purchase category, and what acronyms stand for.

They are package data (`data/mots_acheteurs.yml`, which names its sources), read when a question is to be understood;
records and their search texts never hold them. It does not understand questions: the scripts of the pages do.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from annuaire.places.vocabularies import Vocabularies, merged
from annuaire.text.names import fold
from annuaire.text.problems import AnnuaireError

FILE = "mots_acheteurs.yml"
_PARTS = frozenset({"categories", "sigles"})


@dataclass(frozen=True, slots=True)
class CategoryWords:
    """Hold the phrases that name one category, of one to four words, by source; a phrase counts by all its words.

    `seao`, `unspsc` and `france` come from the labels of the tender system of Québec, of the UNSPSC and of a French
    directory; `quebec` and `anglais` from usage.
    """

    seao: tuple[str, ...] = ()
    unspsc: tuple[str, ...] = ()
    france: tuple[str, ...] = ()
    quebec: tuple[str, ...] = ()
    anglais: tuple[str, ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        """Give every phrase, in the order of the fields."""
        return tuple(phrase for field in fields(self) for phrase in getattr(self, field.name))


@dataclass(frozen=True, slots=True, eq=False)
class BuyerWords:
    """Hold the words of each category, by slug, and what each acronym stands for, the acronym folded (« eesad »)."""

    categories: Mapping[str, CategoryWords]
    acronyms: Mapping[str, str]


@lru_cache(maxsize=4)
def words_of(vocabularies: Vocabularies) -> BuyerWords:
    """Give the words of the categories of a site, read once; raise AnnuaireError if an entry is wrong."""
    return load(vocabularies.categories, vocabularies.overrides)


def load(known: Container[str], overrides: Path | None = None) -> BuyerWords:
    """Load the words of the categories whose slug is `known`, the others being passed over.

    The entries of `overrides` (`content/vocabularies/`) are added or replaced. Raise AnnuaireError if one is wrong.
    """
    values = merged(FILE, overrides)
    for part in sorted(values.keys() | _PARTS):
        if part not in _PARTS or not isinstance(values.get(part), dict):
            raise AnnuaireError(
                f"{FILE}\u00a0: «\u00a0{part}\u00a0» n’y est pas comme il faut. Le fichier contient "
                "«\u00a0categories\u00a0» et «\u00a0sigles\u00a0», chacun avec ses entrées."
            )
    words = {slug: _category(slug, entry) for slug, entry in values["categories"].items()}
    return BuyerWords(
        categories={slug: entry for slug, entry in words.items() if slug in known},
        acronyms=dict(_acronym(short, meaning) for short, meaning in values["sigles"].items()),
    )


def _category(slug: str, entry: Any) -> CategoryWords:
    lists = [field.name for field in fields(CategoryWords)]
    if not isinstance(entry, dict) or not all(key in lists and _is_phrases(value) for key, value in entry.items()):
        raise AnnuaireError(
            f"{FILE}\u00a0: l’entrée «\u00a0{slug}\u00a0» n’est pas faite de listes de mots nommées {', '.join(lists)}."
        )
    return CategoryWords(**{key: tuple(value) for key, value in entry.items()})


def _acronym(short: str, meaning: Any) -> tuple[str, str]:
    if not isinstance(meaning, str) or not meaning.strip():
        raise AnnuaireError(f"{FILE}\u00a0: le sigle «\u00a0{short}\u00a0» n’est pas suivi de ce qu’il veut dire.")
    return fold(short), meaning


def _is_phrases(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(phrase, str) and phrase.strip() for phrase in value)
