"""Lay out one enterprise on one page, whatever its record holds: what does not fit is said to be on the site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.config import Settings
from annuaire.pages.contact import phone
from annuaire.pages.profile import benefits, facts_of, notice, served
from annuaire.pages.rows import towns
from annuaire.pages.vouched import verification
from annuaire.print.entries import Data, frame, page_code
from annuaire.text import french
from annuaire.text.french import NBSP
from annuaire.text.sites import site_text

_OFFERS, _NAME, _TEXT = 8, 90, 130  # what a page holds, offers and characters
_ABOUT, _BENEFIT, _FACT = 420, 220, 160


def data(catalogue: Catalogue, settings: Settings, e: Enterprise, day: date) -> Data:
    """Say on one page who an enterprise is, what it offers and how to reach it."""
    shown = e.offres[:_OFFERS]
    more = len(e.offres) - len(shown)
    base = frame(settings, e.nom, day)
    return base | {
        "titre": french.shorten(e.nom, 120),
        "pied": french.shorten(base["pied"], 110),
        "sous-titre": french.shorten(towns(catalogue, e), 100),
        "avertissement": base["avertissement"] or notice(e),
        "texte": [french.shorten(e.en_bref, _ABOUT)] if e.en_bref else [],
        "offres": [{"nom": french.shorten(o.nom, _NAME), "texte": french.shorten(o.description, _TEXT)} for o in shown],
        "reste": f"Et {french.count(more, 'autre')}, sur la fiche en ligne." if more else "",
        "retombees": [{"nom": name, "texte": french.shorten(text, _BENEFIT)} for name, text in benefits(e)],
        "joindre": [{"nom": name, "texte": french.shorten(text, _FACT)} for name, text in _reach(catalogue, e) if text],
        "faits": [{"nom": name, "texte": french.shorten(text, _FACT)} for name, text in _facts(catalogue, e) if text],
        "codes": {"fiche": page_code(settings, urls.enterprise(e.slug), "La fiche en ligne, à jour")},
        "colophon": [f"{verification(e).sentence} {base['version']}."],
    }


def _reach(catalogue: Catalogue, e: Enterprise) -> Iterator[tuple[str, str]]:
    place = e.lieu
    town = catalogue.municipality(place).nom
    if e.adresse_confidentielle:
        yield "Adresse", f"Confidentielle ({town})"
    else:
        yield "Adresse", ", ".join(filter(None, (place.adresse, town, place.code_postal.replace(" ", NBSP))))
    telephone = phone(place.telephone)
    yield "Téléphone", telephone.text if telephone else ""
    yield "Courriel", place.courriel
    yield "Site", site_text(e.site_web, catalogue.shared_hosts)
    yield "Heures", place.heures


def _facts(catalogue: Catalogue, e: Enterprise) -> Iterator[tuple[str, str]]:
    yield from ((name, link.text) for name, link in facts_of(catalogue, e))
    yield "Territoire desservi", served(catalogue, e.territoires_desservis, e)
    labels = (catalogue.vocabularies.certifications[slug].libelle for slug in e.certifications)
    yield "Certifications", french.enumeration(tuple(labels))
