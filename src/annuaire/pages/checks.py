"""Say where a buyer checks an enterprise before giving it a contract, and what each register tells.

Nothing is asked of these registers here: the pages lead to them. The list is `verifications` of
`data/communs.json`, which the scripts of the purchase file read too.
"""

from __future__ import annotations

from dataclasses import dataclass

from annuaire.shared import SHARED


@dataclass(frozen=True, slots=True)
class Check:
    """Hold one register: its name, its address, what it tells in a sentence."""

    name: str
    href: str
    tells: str


CHECKS = tuple(Check(one["nom"], one["adresse"], one["dit"]) for one in SHARED["verifications"])
