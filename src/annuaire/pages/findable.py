"""Say what the search index holds of an enterprise, besides the text of its page.

Pagefind knows neither synonyms nor ligatures, and loses a word that follows a typographic apostrophe (tried):
the buyers' words for what it offers, the public's for its sector, and its own texts respelled go in fields that no
page shows; what it offers weighs more than its sector. The index itself is made by `annuaire.site.search`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.catalogue.supply import supply_of
from annuaire.pages.rows import badges, summary
from annuaire.places.vocabularies import TO_SPECIFY
from annuaire.text.names import fold
from annuaire.text.words import APOSTROPHES, ELISION

CONFIRMED = "Fiche vérifiée"
UNCONFIRMED = "À confirmer"

# What Pagefind does not take as a reader types it.
_RESPELLED = {"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae"} | dict.fromkeys(APOSTROPHES, "'")
_HARD = re.compile(f"[{''.join(_RESPELLED)}]")
_ONE_LETTER = re.compile(r"(?<![\w-])[^\W\d_](?![\w-])")


@dataclass(frozen=True, slots=True)
class IndexView:
    """Hold the facets of an enterprise (labels as the search page shows them), its line there, its rank, its words.

    `sector` and `summary` may be empty; `order` sorts by name; `spelling` (its name respelled, empty when no need be),
    `needs` (its offers and their categories) and `words` (all the rest) are searched and never shown;
    `badges` are labels with a bar between; `phone` is empty unless the first place has one.
    """

    sector: str
    summary: str
    territories: tuple[str, ...]
    served: tuple[str, ...]
    sectors: tuple[str, ...]
    form: str
    verification: str
    order: str
    spelling: str
    needs: str
    words: str
    badges: str
    phone: str


def index_view(catalogue: Catalogue, e: Enterprise) -> IndexView:
    """Gather what the index holds of an enterprise."""
    vocabularies = catalogue.vocabularies
    return IndexView(
        sector="" if e.secteur == TO_SPECIFY else vocabularies.sectors[e.secteur].libelle,
        summary=summary(e),
        territories=tuple(dict.fromkeys(catalogue.mrc(place).titre for place in e.etablissements)),
        served=_served(catalogue, e),
        sectors=tuple(vocabularies.sectors[slug].libelle for slug in catalogue.sectors_of(e)),
        form=vocabularies.forms[e.forme_juridique].libelle,
        verification=CONFIRMED if e.verification.is_confirmed else UNCONFIRMED,
        order=f"{fold(e.nom)} {e.slug}",
        spelling=respell(e.nom) if _HARD.search(e.nom) else "",
        needs=respell(", ".join(dict.fromkeys(_needs(catalogue, e)))),
        words=respell(", ".join(dict.fromkeys(_words(catalogue, e)))),
        badges="|".join(badge.text for badge in badges(e)),
        phone=e.etablissements[0].telephone,
    )


def respell(text: str) -> str:
    """Write a text as the index takes it: ligatures unfolded, neither elisions nor apostrophes, no letter alone."""
    for hard, plain in _RESPELLED.items():  # many times faster than `translate`, which looks at each character
        if hard in text:
            text = text.replace(hard, plain)
    if "'" in text:
        text = ELISION.sub("", text).replace("'", " ")
    return _ONE_LETTER.sub("", text)


def _served(catalogue: Catalogue, e: Enterprise) -> tuple[str, ...]:
    """Name every territory of the site that is served: a buyer of one MRC also finds who serves them all."""
    area = supply_of(catalogue).whole_area(e)
    return tuple(mrc.titre for mrc in catalogue.mrcs if area.covers(mrc.code)) if area else ()


def _needs(catalogue: Catalogue, e: Enterprise) -> Iterator[str]:
    for offer in e.offres:
        category = catalogue.vocabularies.categories[offer.categorie]
        yield category.libelle
        yield from category.synonymes
        yield from (text for text in (offer.nom, offer.description) if _HARD.search(text))


def _words(catalogue: Catalogue, e: Enterprise) -> Iterator[str]:
    for slug in catalogue.sectors_of(e):
        yield from catalogue.vocabularies.sectors[slug].synonymes
    yield from (text for text in (e.mission, e.description) if _HARD.search(text))
