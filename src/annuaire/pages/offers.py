"""Show what an enterprise sells, and where it serves, in the words of a page."""

from __future__ import annotations

from dataclasses import dataclass

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise, Offer
from annuaire.catalogue.supply import is_confirmed
from annuaire.pages.page import Link
from annuaire.places.territories import Mrc
from annuaire.text import french


@dataclass(frozen=True, slots=True)
class OfferView:
    """Show one product or service: `category` leads to its suppliers, `details` are (label, value) pairs."""

    name: str
    category: Link
    description: str
    details: tuple[tuple[str, str], ...]
    confirmed: bool


def offered(catalogue: Catalogue, e: Enterprise, offer: Offer) -> OfferView:
    """Show an offer of an enterprise; its category leads to its suppliers where the enterprise is listed."""
    details = [
        ("Prix indicatif", offer.prix_indicatif),
        ("Délai", offer.delai),
        ("Capacité", offer.capacite),
        ("Territoires desservis", territory_names(catalogue, e, offer.territoires_desservis)),
    ]
    return OfferView(
        name=offer.nom,
        category=Link(
            catalogue.vocabularies.categories[offer.categorie].libelle,
            urls.category(offer.categorie) if catalogue.is_listed(e) else "",
        ),
        description=offer.description,
        details=tuple((label, value) for label, value in details if value),
        confirmed=is_confirmed(e, offer),
    )


def territory_names(catalogue: Catalogue, e: Enterprise, codes: tuple[str, ...]) -> str:
    """Name the territories an enterprise serves as in a sentence: MRCs, the whole of its region, or all of Québec."""
    if "quebec" in codes:
        return "tout le Québec"
    if "region" in codes:
        region = catalogue.territories.regions[catalogue.mrc(e.lieu).region]
        others = [_with_article(catalogue.territories.mrcs[c]) for c in codes if c != "region"]
        return french.enumeration([f"toute la région {region.de}", *others])
    return french.enumeration([_with_article(catalogue.territories.mrcs[c]) for c in codes])


def _with_article(mrc: Mrc) -> str:
    return f"la {mrc.titre}" if mrc.is_mrc else mrc.nom


def served(catalogue: Catalogue, codes: tuple[str, ...], e: Enterprise) -> str:
    """Say in a sentence which territory the enterprise serves, or nothing when it is not known."""
    names = territory_names(catalogue, e, codes)
    return f"Dessert {names}." if names else ""
