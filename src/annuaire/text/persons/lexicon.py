"""Load the words that tell persons: first names, surnames, civilities, what comes before a name, what bears one.

`prenoms.txt` comes from a dictionary (MPL-2.0), `personnes.txt` and `mots_courriel.txt` are written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from annuaire.text.names import fold

_FIRST = "prenoms"
_SAINTS = ("st-", "ste-", "saint-", "sainte-")
_NEVER_LAST = ("institutions", "qualificatifs", "liaisons", "amorces")


@lru_cache(maxsize=1)
def lists() -> Mapping[str, frozenset[str]]:
    """Give the lists by their name in `personnes.txt`, folded; `prenoms` holds those of the dictionary too."""
    found: dict[str, set[str]] = {_FIRST: set()}
    current = found[_FIRST]
    for line in (*_lines("prenoms.txt"), *_lines("personnes.txt")):
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), set())
        else:
            current.update(word.rstrip(".") for word in fold(line).split())
    found["services"] = set(" ".join(_lines("mots_courriel.txt")).split())
    found[_FIRST] |= found["prenoms-mots"]
    found["noms"] |= found["noms-mots"]
    return {name: frozenset(words) for name, words in found.items()}


def for_form() -> dict[str, Any]:
    """Give the lists as the form reads them (each one text), and what it makes of them."""
    return {
        "listes": {name: " ".join(sorted(words)) for name, words in lists().items()},
        "saints": _SAINTS,
        "jamaisNoms": _NEVER_LAST,
    }


def _lines(name: str) -> Iterator[str]:
    text = resources.files("annuaire.data").joinpath(name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def is_first(word: str) -> bool:
    """Tell whether a folded word is a first name, simple or made of several."""
    first = lists()[_FIRST]
    return word in first or ("-" in word and all(part in first for part in word.split("-")))


def is_plain_first(word: str) -> bool:
    """Tell whether a folded word is a first name and nothing else."""
    return is_first(word) and word not in lists()["prenoms-mots"]


def is_last(word: str) -> bool:
    """Tell whether a folded word is a usual surname."""
    last = lists()["noms"]
    return word in last or word.startswith(_SAINTS) or ("-" in word and any(part in last for part in word.split("-")))


def is_plain_last(word: str) -> bool:
    """Tell whether a folded word is a usual surname and nothing else: saints are places too."""
    return is_last(word) and word not in lists()["noms-mots"] and not word.startswith(_SAINTS)


@lru_cache(maxsize=1)
def always_told() -> frozenset[str]:
    """List the words that may tell a person by themselves, wherever they stand."""
    known = lists()
    return known[_FIRST] | known["civilites"] | known["titres"]


@lru_cache(maxsize=1)
def glued_last() -> frozenset[str]:
    """List the usual surnames as an address writes them, without hyphen or apostrophe."""
    return frozenset(word.replace("-", "").replace("'", "") for word in lists()["noms"])


@lru_cache(maxsize=1)
def never_last() -> frozenset[str]:
    """List the words that are no surname after a first name, even with a capital."""
    known = lists()
    return frozenset().union(*(known[name] for name in _NEVER_LAST))


def singular(word: str) -> str:
    """Take the mark of the plural off a folded word."""
    return word.rstrip("sx") or word


@lru_cache(maxsize=1)
def bearers() -> frozenset[str]:
    """List the words that often bear a person's name, in the singular as `singular` makes it."""
    return frozenset(singular(word) for word in lists()["institutions"])
