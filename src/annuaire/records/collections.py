"""Name the kinds of records that a site holds; how one is read, judged or shown is elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from annuaire.text.french import count, enumeration

ENTERPRISES = "enterprises"
TERRITORIES = "territories"
THRESHOLDS = "thresholds"
BUYERS = "buyers"
COHORTS = "cohorts"


@dataclass(frozen=True, slots=True)
class Collection:
    """Name one kind of records: its folder under `content/`, which is also its schema's name, and its French words.

    `kind` names the schema that editors read (`schemas/<kind>.schema.json`).
    """

    name: str
    kind: str
    one: str
    many: str


COLLECTIONS = (
    Collection(ENTERPRISES, "entreprise", "fiche d’entreprise", "fiches d’entreprises"),
    Collection(TERRITORIES, "territoire", "fiche de territoire", "fiches de territoires"),
    Collection(THRESHOLDS, "seuil", "fiche de seuil", "fiches de seuils"),
    Collection(BUYERS, "acheteur", "fiche d’acheteur", "fiches d’acheteurs"),
    Collection(COHORTS, "cohorte", "fiche de cohorte", "fiches de cohortes"),
)
EVERY = tuple(collection.name for collection in COLLECTIONS)  # for a rule that judges records of any kind


def counted(counts: Mapping[str, int]) -> str:
    """Say how many records, kinds named where others than enterprises were judged; `counts` goes by collection."""
    named = [count(counts[c.name], c.one, c.many) for c in COLLECTIONS if counts.get(c.name)]
    only_enterprises = not any(number for name, number in counts.items() if name != ENTERPRISES)
    return count(counts.get(ENTERPRISES, 0), "fiche") if only_enterprises else enumeration(named)
