"""Say which needs are open, and who could answer one: known to the staff alone, never on a page.

A need is a market sounding of a buyer (which is no call for tenders), or what an enterprise looks for or shares. It is
open until its last day, by the reference date of who asks. What answers is only what records say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.items import Item
from annuaire.catalogue.supply import Supply
from annuaire.catalogue.together import Together, members, together, unplaced
from annuaire.places.vocabularies import WHOLE_PROVINCE, WHOLE_REGION
from annuaire.records.collections import COLLECTIONS, Collection

TRAIT = "besoin"  # of the collection whose records are needs
OPEN = "ouvert"
SOUNDING, SEEKS, SHARES = "sondage", "je-cherche", "je-partage"
_OTHER_SIDE = {SEEKS: SHARES, SHARES: SEEKS}


@dataclass(frozen=True, slots=True)
class Answers:
    """Say who could answer a need: enterprises (`suppliers`), or needs of the other side that meet it (`matches`).

    `silent` are the slugs of those who are there and offer it, but do not say where they serve.
    """

    need: Item
    wanted: frozenset[str]
    suppliers: Together | None
    matches: tuple[Item, ...]
    silent: tuple[str, ...] = ()


def collection() -> Collection | None:
    """Give the collection of needs."""
    return next((one for one in COLLECTIONS if TRAIT in one.traits), None)


def is_open(need: Item, today: date) -> bool:
    """Tell whether one may still answer a need."""
    return bool(need.statut == OPEN and need.echeance >= today)


def needs(catalogue: Catalogue) -> tuple[Item, ...]:
    """List the needs of a site, the nearest last day first."""
    described = collection()
    return catalogue.items[described.name] if described else ()


def wanted(catalogue: Catalogue, need: Item) -> frozenset[str]:
    """Give the codes of the MRCs where a need is: those of the site, where it is said to be everywhere."""
    codes = set(need.territoires_desservis)
    if codes & {WHOLE_REGION, WHOLE_PROVINCE}:
        codes |= catalogue.mrc_codes
    return frozenset(codes - {WHOLE_REGION, WHOLE_PROVINCE})


def answers(supply: Supply, today: date) -> Iterator[Answers]:
    """Yield who could answer each open need."""
    catalogue = supply.catalogue
    still = [one for one in needs(catalogue) if is_open(one, today)]
    for need in still:
        places = wanted(catalogue, need)
        if need.genre == SOUNDING:
            found = members(supply, need.categorie, places, need.unite)
            silent = unplaced(supply, need.categorie, places)
            yield Answers(need, places, together(found, places, need.quantite), (), silent)
        else:
            yield Answers(need, places, None, tuple(o for o in still if _meets(need, o, places, wanted(catalogue, o))))


def _meets(need: Item, other: Item, places: frozenset[str], others: frozenset[str]) -> bool:
    is_opposite = other.genre == _OTHER_SIDE[need.genre] and other.ressource == need.ressource
    return is_opposite and bool(places & others)
