"""Show the first results of the catalogue before its data are read: those, and in the words, of its script.

The script (`theme/js/common/results/`) takes these rows for its own and goes on from them; a test compares them with
those that it writes itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.catalogue.supply import confirmed_on, is_confirmed, joined, reach
from annuaire.pages.contact import phone
from annuaire.pages.page import Outside
from annuaire.pages.pictures import Shown, pictures
from annuaire.places.vocabularies import TO_SPECIFY
from annuaire.shared import SHARED
from annuaire.text import french
from annuaire.text.sites import site_text
from annuaire.text.typography import plain

MOST = 30  # rows
MOST_OFFERS = 3  # of one enterprise, in its row
ACTIVITY_LENGTH = 160
CONFIRMED, WAITING = "confirmee", "a-confirmer"


@dataclass(frozen=True, slots=True)
class FoundOffer:
    """Show an offer: its name, its category where it says more, and whether it alone, of those shown, is to confirm."""

    name: str
    category: str
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class FoundRow:
    """Show an enterprise that the catalogue finds; `reach` is its telephone, else its site.

    `more` counts the offers that are not shown; `text`, its activity, is for who shows none; `confirmed` says when.
    """

    name: str
    url: str
    town: str
    form: str
    reach: Outside | None
    offers: tuple[FoundOffer, ...]
    more: str
    text: str
    confirmed: str
    has_joined: bool
    picture: Shown | None


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """Gather the rows of who is confirmed, or to confirm; `count` is of all of them, `note` what a buyer must know."""

    key: str
    title: str
    note: str
    count: str
    rows: tuple[FoundRow, ...]


@dataclass(frozen=True, slots=True)
class FirstResults:
    """Hold the headline, the first rows by group, and whether there are more."""

    headline: str
    groups: tuple[FoundGroup, ...]
    has_more: bool


def first_results(catalogue: Catalogue) -> FirstResults:
    """Give what the catalogue finds when nothing is asked, confirmed first, each in order of name."""
    sure, others = confirmed_first(catalogue)
    shown = sure[:MOST], others[: max(0, MOST - len(sure))]
    titles = (CONFIRMED, "Offres et fiches confirmées", ""), (WAITING, "À confirmer", SHARED["enAttente"])
    groups = tuple(
        FoundGroup(key, title, note, french.number(len(found)), tuple(_row(catalogue, e) for e in rows))
        for (key, title, note), found, rows in zip(titles, (sure, others), shown, strict=True)
        if rows
    )
    headline = f"{french.count(len(sure), 'confirmée')} · {french.number(len(others))}{french.NBSP}à confirmer"
    return FirstResults(headline, groups, len(catalogue.listed) > MOST)


def confirmed_first(catalogue: Catalogue) -> tuple[list[Enterprise], list[Enterprise]]:
    """Give what a search that asks nothing finds: who is confirmed, then who is not, each in order of name."""
    sure = [e for e in catalogue.listed if _is_sure(e)]
    kept = {e.slug for e in sure}
    return sure, [e for e in catalogue.listed if e.slug not in kept]


def _is_sure(e: Enterprise) -> bool:
    return any(is_confirmed(e, offer) for offer in e.offres) if e.offres else e.verification.is_confirmed


def _row(catalogue: Catalogue, e: Enterprise) -> FoundRow:
    telephone, _ = reach(e)
    site = site_text(e.site_web, catalogue.shared_hosts)
    more = len(e.offres) - MOST_OFFERS
    return FoundRow(
        name=plain(e.nom),
        url=urls.enterprise(e.slug),
        town=catalogue.municipality(e.lieu).nom,
        form=_form(catalogue, e),
        reach=phone(telephone) or (Outside(site, e.site_web) if site else None),
        offers=_offers(catalogue, e),
        more=f"et {french.count(more, 'autre offre', 'autres offres')}" if more > 0 else "",
        text="" if e.offres else plain(french.shorten(e.en_bref, ACTIVITY_LENGTH)),
        confirmed=_confirmed(e) if _is_sure(e) else "",
        has_joined=bool(joined(e)),
        picture=pictures(catalogue, e.slug).first,
    )


def _form(catalogue: Catalogue, e: Enterprise) -> str:
    """Name a legal form, which nobody may have confirmed."""
    if e.forme_juridique == TO_SPECIFY:
        return ""
    label = catalogue.vocabularies.forms[e.forme_juridique].libelle
    is_known = "forme_juridique" not in e.verification.deduits and e.verification.is_confirmed
    return label if is_known or "à préciser" in label else f"{label} (à confirmer)"


def _offers(catalogue: Catalogue, e: Enterprise) -> tuple[FoundOffer, ...]:
    is_mixed = any(is_confirmed(e, offer) for offer in e.offres)
    found = []
    for offer in e.offres[:MOST_OFFERS]:
        name, label = plain(offer.nom), catalogue.vocabularies.categories[offer.categorie].libelle
        found.append(FoundOffer(name, "" if label == name else label, is_mixed and not is_confirmed(e, offer)))
    return tuple(found)


def _confirmed(e: Enterprise) -> str:
    """Say when what is found was confirmed: the first offer that was, else the record."""
    day = next((found for offer in e.offres if (found := confirmed_on(e, offer))), None)
    day = day or (e.verification.date if e.verification.is_confirmed else None)
    return f"Confirmé le {french.day(day)}" if day else "Confirmé"
