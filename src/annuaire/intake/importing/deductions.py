"""Deduce a sector, a legal form or the need for a hidden address from a name, by rules that a person can read.

A rule lists words or phrases; it never judges whether a row is an enterprise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from annuaire.places.vocabularies import Vocabularies
from annuaire.rules.confidentiality import NamePattern, phrase
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile.source import parse_trusted

_KEYS = {"contient", "commence", "sauf", "secteur", "forme_juridique", "confidentiel", "raison"}


@dataclass(frozen=True, slots=True)
class NameRule:
    """Hold one rule: what a name must hold, and what is then known of the enterprise."""

    pattern: NamePattern
    sector: str
    form: str
    confidential: bool


@dataclass(frozen=True, slots=True)
class Deduction:
    """Hold what a name tells: a sector and a legal form (empty if nothing), and whether to hide the address."""

    sector: str = ""
    form: str = ""
    confidential: bool = False


def deduce(name: str, rules: Sequence[NameRule]) -> Deduction:
    """Apply the rules in order: the first that gives a sector or a form wins; one is enough to hide the address."""
    words = phrase(name)
    found = [rule for rule in rules if rule.pattern.applies(words)]
    return Deduction(
        sector=next((rule.sector for rule in found if rule.sector), ""),
        form=next((rule.form for rule in found if rule.form), ""),
        confidential=any(rule.confidential for rule in found),
    )


def load(path: Path, vocabularies: Vocabularies) -> tuple[NameRule, ...]:
    """Read a rule file; raise AnnuaireError at its first wrong key, sector or legal form."""
    rules = []
    for name, entry in parse_trusted(path).items():
        where = f"{path.name}, règle « {name} »"
        if not isinstance(entry, dict) or set(entry) - _KEYS:
            raise AnnuaireError(f"{where} : les clés permises sont {', '.join(sorted(_KEYS))}.")
        rule = NameRule(
            pattern=NamePattern.of(entry),
            sector=str(entry.get("secteur", "")),
            form=str(entry.get("forme_juridique", "")),
            confidential=entry.get("confidentiel") == "oui",
        )
        if not rule.pattern.contains and not rule.pattern.begins:
            raise AnnuaireError(f"{where} : il faut « contient » ou « commence ».")
        if rule.sector and rule.sector not in vocabularies.sectors:
            raise AnnuaireError(f"{where} : le secteur « {rule.sector} » n’existe pas.")
        if rule.form and rule.form not in vocabularies.forms:
            raise AnnuaireError(f"{where} : la forme juridique « {rule.form} » n’existe pas.")
        rules.append(rule)
    return tuple(rules)
