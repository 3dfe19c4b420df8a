"""Lay out letters to enterprises, one page each: what we know of it, boxes to tick, how to answer.

Nothing in it but what the site publishes, and the name of no person. Whom to write is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.config import Settings
from annuaire.pages.vouched import verification
from annuaire.places.vocabularies import TO_SPECIFY
from annuaire.print.entries import Data
from annuaire.print.typesetting import code
from annuaire.text import french
from annuaire.text.french import NBSP
from annuaire.text.sites import site_text

TEMPLATE = "lettres"
SUBJECT = "Votre fiche dans le répertoire de l’économie sociale est-elle exacte?"
_LONGEST = 240  # characters of a value
_OFFERS = 8


def data(
    catalogue: Catalogue, settings: Settings, enterprises: Sequence[Enterprise], day: date, warning: str = ""
) -> Data:
    """Say all that the letters say, of a day; a warning stands at the head of each."""
    pole = settings.pole
    return {
        "titre": f"Lettres aux entreprises, {french.day(day)}",
        "auteur": pole.nom,
        "jour": [day.year, day.month, day.day],
        "avertissement": warning,
        "date": f"Le {french.day(day)}",
        "objet": SUBJECT,
        "expediteur": [line for line in (pole.nom, pole.adresse, pole.telephone.replace(" ", NBSP)) if line],
        "retour": list(_answers(settings)),
        "lettres": [_letter(catalogue, settings, e) for e in enterprises],
    }


def address(catalogue: Catalogue, e: Enterprise) -> tuple[str, str, str]:
    """Give where a letter goes: street, town with the province, postal code; each may be empty.

    A confidential place has none, whatever its record holds.
    """
    if e.adresse_confidentielle:
        return "", "", ""
    return e.lieu.adresse, f"{catalogue.municipality(e.lieu).nom} (Québec)", e.lieu.code_postal


def form(settings: Settings, e: Enterprise) -> str:
    """Give the complete address of the form, open at the record."""
    return settings.site_url + urls.correct(e.slug)


def known(catalogue: Catalogue, e: Enterprise) -> Iterator[tuple[str, str]]:
    """Yield what we know of an enterprise, in words: a title, and a text that is empty when we do not."""
    words = catalogue.vocabularies
    street, town, postal = address(catalogue, e)
    yield "Nom", e.nom
    yield "Adresse", ", ".join(filter(None, (street, town, postal.replace(" ", NBSP))))
    yield "Téléphone", e.lieu.telephone.replace(" ", NBSP)
    yield "Courriel général", e.lieu.courriel
    yield "Site web", site_text(e.site_web, catalogue.shared_hosts)
    yield "Secteur", "" if e.secteur == TO_SPECIFY else words.sectors[e.secteur].libelle
    yield "Forme juridique", "" if e.forme_juridique == TO_SPECIFY else words.forms[e.forme_juridique].libelle
    yield "Ce que vous faites", e.en_bref
    offers = [offer.nom for offer in e.offres]
    more = f" et {french.count(len(offers) - _OFFERS, 'autre')}" if len(offers) > _OFFERS else ""
    yield "Ce que vous offrez", "; ".join(offers[:_OFFERS]) + more


def introduction(settings: Settings, e: Enterprise) -> str:
    """Say why we write, and from where what we know comes."""
    return (
        f"Le site «{NBSP}{settings.site_name}{NBSP}» publie une fiche sur votre entreprise, que des acheteurs et des "
        f"gens d’ici consultent. {verification(e).sentence} Dites-nous ce qui est exact et ce qui ne l’est "
        f"plus{NBSP}: cela prend quelques minutes."
    )


def _letter(catalogue: Catalogue, settings: Settings, e: Enterprise) -> Data:
    street, town, postal = address(catalogue, e)
    return {
        "nom": french.shorten(e.nom, _LONGEST // 2),
        "adresse": [street, f"{town}{NBSP}{NBSP}{postal.replace(' ', NBSP)}"],
        "texte": introduction(settings, e),
        "lignes": [{"nom": name, "texte": french.shorten(text, _LONGEST)} for name, text in known(catalogue, e)],
        "code": code(form(settings, e), "Répondre en ligne"),
        "fiche": e.slug,
    }


def _answers(settings: Settings) -> Iterator[str]:
    """Say each way to answer besides the form."""
    pole = settings.pole
    if pole.telephone:
        yield f"Par téléphone{NBSP}: {pole.telephone.replace(' ', NBSP)}."
    if pole.courriel:
        yield f"Par courriel{NBSP}: {pole.courriel}."
    if pole.adresse:
        yield f"Par la poste, en retournant cette page{NBSP}: {pole.nom}, {pole.adresse}."
