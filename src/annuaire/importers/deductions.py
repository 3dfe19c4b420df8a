"""Deduce a sector, a legal form or the need for a hidden address from a name, by rules that a person can read.

A rule lists words or phrases; it never judges whether a row is an enterprise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annuaire.names import fold
from annuaire.problems import AnnuaireError
from annuaire.source import parse_trusted
from annuaire.vocabularies import Vocabularies

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_COOP = re.compile(r"\bcoops?\b")
_KEYS = {"contient", "commence", "sauf", "secteur", "forme_juridique", "confidentiel", "raison"}


@dataclass(frozen=True, slots=True)
class NameRule:
    """Hold one rule: it applies when the name holds (or begins with) one phrase and none of `excepted`."""

    contains: tuple[str, ...]
    begins: tuple[str, ...]
    excepted: tuple[str, ...]
    sector: str
    form: str
    confidential: bool

    def applies(self, name: str) -> bool:
        """Tell whether a name, already reduced by `phrase`, falls under the rule."""
        padded = f" {name} "
        if any(f" {words} " in padded for words in self.excepted):
            return False
        return any(f" {words} " in padded for words in self.contains) or any(
            padded.startswith(f" {words} ") for words in self.begins
        )


@dataclass(frozen=True, slots=True)
class Deduction:
    """Hold what a name tells: a sector and a legal form (empty if nothing), and whether to hide the address."""

    sector: str = ""
    form: str = ""
    confidential: bool = False


def deduce(name: str, rules: Sequence[NameRule]) -> Deduction:
    """Apply the rules in order: the first that gives a sector or a form wins; one is enough to hide the address."""
    words = phrase(name)
    found = [rule for rule in rules if rule.applies(words)]
    return Deduction(
        sector=next((rule.sector for rule in found if rule.sector), ""),
        form=next((rule.form for rule in found if rule.form), ""),
        confidential=any(rule.confidential for rule in found),
    )


def phrase(text: str) -> str:
    """Reduce a text to words without case, accent or punctuation; « coop » is read « coopérative »."""
    return _COOP.sub("cooperative", _NOT_WORD.sub(" ", fold(text)).strip())


def load(path: Path, vocabularies: Vocabularies) -> tuple[NameRule, ...]:
    """Read a rule file; raise AnnuaireError at its first wrong key, sector or legal form."""
    rules = []
    for name, entry in parse_trusted(path).items():
        where = f"{path.name}, règle « {name} »"
        if not isinstance(entry, dict) or set(entry) - _KEYS:
            raise AnnuaireError(f"{where} : les clés permises sont {', '.join(sorted(_KEYS))}.")
        rule = NameRule(
            contains=_phrases(entry.get("contient", [])),
            begins=_phrases(entry.get("commence", [])),
            excepted=_phrases(entry.get("sauf", [])),
            sector=str(entry.get("secteur", "")),
            form=str(entry.get("forme_juridique", "")),
            confidential=entry.get("confidentiel") == "oui",
        )
        if not rule.contains and not rule.begins:
            raise AnnuaireError(f"{where} : il faut « contient » ou « commence ».")
        if rule.sector and rule.sector not in vocabularies.sectors:
            raise AnnuaireError(f"{where} : le secteur « {rule.sector} » n’existe pas.")
        if rule.form and rule.form not in vocabularies.forms:
            raise AnnuaireError(f"{where} : la forme juridique « {rule.form} » n’existe pas.")
        rules.append(rule)
    return tuple(rules)


def _phrases(words: Any) -> tuple[str, ...]:
    found: Iterable[Any] = words if isinstance(words, list) else [words]
    return tuple(phrase(str(word)) for word in found)
