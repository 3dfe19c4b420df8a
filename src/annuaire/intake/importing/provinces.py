"""Tell by the column of a list that says a province, a state or a country whether a row is of Québec."""

from __future__ import annotations

import re

from annuaire.text.names import fold

_CERTAIN = frozenset(("province", "prov", "pays", "country", "province etat", "etat province", "province ou etat"))
_DOUBTFUL = frozenset(("etat", "state"))  # « État » is also that of a file: its values must name a place
_OURS = frozenset(("quebec", "qc", "que", "pq", "p", "q", "canada", "ca", "can", "province", "prov", "de", "du"))
_ELSEWHERE = frozenset(
    fold(name)
    for name in (
        *("Alberta", "Colombie-Britannique", "British Columbia", "Île-du-Prince-Édouard", "Manitoba", "Ontario"),
        *("Nouveau-Brunswick", "New Brunswick", "Nouvelle-Écosse", "Nova Scotia", "Saskatchewan", "Terre-Neuve"),
        *("Terre-Neuve-et-Labrador", "Yukon", "Nunavut", "Connecticut", "Floride", "Florida", "Illinois", "Louisiane"),
        *("Louisiana", "Maine", "Massachusetts", "Michigan", "New Hampshire", "New York", "Ohio", "Pennsylvanie"),
        *("Pennsylvania", "Rhode Island", "Texas", "Vermont", "Kentucky", "Californie", "California"),
    )
)
_CODE = re.compile(r"[A-Z]{2}", re.ASCII)


def is_elsewhere(title: str, text: str) -> bool:
    """Tell whether a cell, under its title, says a province, a state or a country that is not ours."""
    named = _key(title)
    words = _key(text).split()
    if not words or _OURS.issuperset(words):
        return False
    return named in _CERTAIN or (
        named in _DOUBTFUL and (fold(text.strip()) in _ELSEWHERE or bool(_CODE.fullmatch(text.strip())))
    )


def _key(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))
