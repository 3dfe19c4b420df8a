"""Hold what is counted of one enterprise, today or in a state of the history, and what stood at the end of a month.

`annuaire.catalogue.statistics` counts them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import CONFIRMED, Enterprise
from annuaire.places.territories import Territories
from annuaire.records.reading import as_day

ELSEWHERE = "ailleurs"  # the code of what is in none of the territories of the site


@dataclass(frozen=True, slots=True)
class Facts:
    """Hold what is counted of one enterprise: codes, the main one first; days are None when unknown."""

    slug: str
    mrcs: tuple[str, ...]
    sectors: tuple[str, ...]
    form: str
    membership: str
    is_listed: bool
    closed: date | None
    is_confirmed: bool
    verified: date | None


@dataclass(frozen=True, slots=True)
class Month:
    """Count the enterprises listed at the end of a month, and those whose record was confirmed by then."""

    day: date
    listed: int
    confirmed: int


def facts(catalogue: Catalogue, e: Enterprise) -> Facts:
    """Give what is counted of an enterprise of the catalogue."""
    return Facts(
        slug=e.slug,
        mrcs=tuple(dict.fromkeys(catalogue.mrc(place).code for place in e.etablissements)),
        sectors=catalogue.sectors_of(e),
        form=e.forme_juridique,
        membership=e.adhesion,
        is_listed=catalogue.is_listed(e),
        closed=e.date_fermeture,
        is_confirmed=e.verification.is_confirmed,
        verified=e.verification.date,
    )


def facts_of(slug: str, values: Mapping[str, Any], territories: Territories) -> Facts:
    """Give what is counted of the values of a past record, whatever they are: no rule of today judged them."""

    def text(value: Any) -> str:
        return value if isinstance(value, str) else ""

    places = values.get("etablissements")
    mappings = [place for place in places if isinstance(place, dict)] if isinstance(places, list) else []
    towns = [territories.municipality(text(p.get("municipalite")), text(p.get("municipalite_code"))) for p in mappings]
    others = values.get("secteurs_secondaires")
    held = values.get("verification")
    verification = held if isinstance(held, dict) else {}
    return Facts(
        slug=slug,
        mrcs=tuple(dict.fromkeys(town.mrc for town in towns if town is not None)) or (ELSEWHERE,),
        sectors=(text(values.get("secteur")), *(map(text, others) if isinstance(others, list) else ())),
        form=text(values.get("forme_juridique")),
        membership=text(values.get("adhesion")),
        is_listed=text(values.get("statut")) != "fermee" and not values.get("fusionnee_avec"),
        closed=as_day(text(values.get("date_fermeture"))),
        is_confirmed=text(verification.get("statut")) == CONFIRMED,
        verified=as_day(text(verification.get("date"))),
    )
