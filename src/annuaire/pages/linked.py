"""Describe pages to machines: JSON-LD of an enterprise, of an event and of the breadcrumb (schema.org)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annuaire import urls
from annuaire.catalogue.events import CANCELLED, PLANNED, Event
from annuaire.catalogue.helping import ORGANISATIONS
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise, Place
from annuaire.config import Settings
from annuaire.pages.page import DataFile, Link
from annuaire.pages.pictures import NONE, Shown, pictures
from annuaire.pages.record import named
from annuaire.text.hours import openings

_TYPES = {"cooperative-de-services-financiers": "FinancialService", "obnl": "NGO"}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EVENT_STATUS = {PLANNED: "https://schema.org/EventScheduled", CANCELLED: "https://schema.org/EventCancelled"}


def enterprise_data(
    catalogue: Catalogue, settings: Settings, e: Enterprise, crumbs: tuple[Link, ...]
) -> tuple[Mapping[str, Any], ...]:
    """Describe an enterprise as an Organization; what is not known, or is confidential, is left out."""
    address = settings.site_url + urls.enterprise(e.slug)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(e.forme_juridique, "Organization"),
        "@id": address + "#organisation",
        "name": e.nom,
        "url": e.site_web or address,
        "address": [_address(catalogue, e, place) for place in e.etablissements],
    }
    if e.en_bref:
        data["description"] = e.en_bref
    if e.lieu.telephone and not e.is_closed:
        data["telephone"] = e.lieu.telephone
    if e.lieu.courriel and not e.is_closed:
        data["email"] = e.lieu.courriel
    if e.neq:
        data["identifier"] = {"@type": "PropertyValue", "propertyID": "NEQ", "value": e.neq}
    if e.annee_fondation:
        data["foundingDate"] = str(e.annee_fondation)
    if e.date_fermeture:
        data["dissolutionDate"] = e.date_fermeture.isoformat()
    if place := _place(e):
        data["location"] = {"@type": "Place", **place}
    networks = [url for url in (getattr(e.reseaux, n) for n in ("facebook", "instagram", "linkedin", "youtube")) if url]
    if networks:
        data["sameAs"] = networks
    shown = pictures(catalogue, e.slug) if catalogue.is_listed(e) else NONE
    if shown.logo:
        data["logo"] = _image(settings, shown.logo)
    if shown.photos:
        data["image"] = [_image(settings, photo) for photo in shown.photos]
    if e.offres:
        data["makesOffer"] = [{"@type": "Offer", "itemOffered": {"@type": "Service", "name": o.nom}} for o in e.offres]
    return data, crumbs_data(settings, crumbs)


def _image(settings: Settings, shown: Shown) -> dict[str, str]:
    """Describe an image by the larger of its sizes."""
    data = {"@type": "ImageObject", "contentUrl": settings.site_url + shown.large}
    said = {"caption": shown.caption or shown.alt, "creditText": shown.credit}
    return data | {key: text for key, text in said.items() if text}


def _place(e: Enterprise) -> dict[str, Any]:
    """Describe the main place: its point where it is public, its hours where they are surely read and it is open."""
    found: dict[str, Any] = {}
    if e.position is not None:
        found["geo"] = {"@type": "GeoCoordinates", "latitude": e.position[0], "longitude": e.position[1]}
    hours = () if e.is_closed or e.adresse_confidentielle else openings(e.lieu.heures)
    if hours:
        found["openingHoursSpecification"] = [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": [f"https://schema.org/{_DAYS[day]}" for day in one.days],
                "opens": one.opens,
                "closes": one.closes,
            }
            for one in hours
        ]
    return found


def dataset_data(settings: Settings, catalogue: Catalogue, day: str, files: Sequence[DataFile]) -> Mapping[str, Any]:
    """Describe the open data as a Dataset of the day (AAAA-MM-JJ), with a download for each file."""
    address = settings.site_url + urls.DATA
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": address + "#jeu",
        "name": settings.site_name,
        "description": "Entreprises d’économie sociale, ce qu’elles offrent, où elles sont et comment les joindre.",
        "url": address,
        "inLanguage": "fr-CA",
        "isAccessibleForFree": True,
        "dateModified": day,
        "creator": {"@type": "Organization", "name": settings.pole.nom or settings.site_name},
        "spatialCoverage": [{"@type": "AdministrativeArea", "name": region.nom} for region in catalogue.regions],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.name,
                "encodingFormat": file.format,
                "contentUrl": settings.site_url + file.url,
            }
            for file in files
        ],
    }
    if settings.data_licence:
        data["license"] = settings.data_licence
    return data


def event_data(catalogue: Catalogue, settings: Settings, event: Event) -> Mapping[str, Any]:
    """Describe an event; what is not known is left out. A whole day has no hour, and a month no day."""
    item = event.item
    address = settings.site_url + urls.event(item.slug)
    opening, closing = event.opening, event.closing
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": address + "#evenement",
        "name": item.name,
        "url": address,
        "inLanguage": "fr-CA",
        "startDate": opening.isoformat() if opening else item.debut,
    }
    if closing:
        data["endDate"] = closing.isoformat()
    elif opening is None and event.end:
        data["endDate"] = item.fin
    if item.resume:
        data["description"] = item.resume
    if item.statut in _EVENT_STATUS:
        data["eventStatus"] = _EVENT_STATUS[item.statut]
    where = _event_place(catalogue, event)
    if where:
        data["location"] = where
    if item.organisateur:
        data["organizer"] = {"@type": "Organization", **_organiser(catalogue, settings, item.organisateur)}
    return data


def _event_place(catalogue: Catalogue, event: Event) -> Mapping[str, Any]:
    item, mrc = event.item, event.mrc(catalogue)
    address = {"@type": "PostalAddress", "addressRegion": "QC", "addressCountry": "CA"}
    if item.adresse:
        address["streetAddress"] = item.adresse
    if item.municipalite:
        address["addressLocality"] = item.municipalite
    name = item.lieu or item.municipalite or (mrc.titre if mrc else "")
    return {"@type": "Place", "name": name, "address": address} if name else {}


def _organiser(catalogue: Catalogue, settings: Settings, written: str) -> Mapping[str, str]:
    found = named(catalogue, ORGANISATIONS, written)
    return {"name": found.text, "url": settings.site_url + found.url} if found.url else {"name": found.text}


def crumbs_data(settings: Settings, crumbs: tuple[Link, ...]) -> Mapping[str, Any]:
    """Describe a breadcrumb."""
    items: list[dict[str, Any]] = []
    for position, crumb in enumerate(crumbs, start=1):
        item: dict[str, Any] = {"@type": "ListItem", "position": position, "name": crumb.text}
        if position < len(crumbs):
            item["item"] = settings.site_url + crumb.url
        items.append(item)
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def _address(catalogue: Catalogue, e: Enterprise, place: Place) -> dict[str, str]:
    municipality = catalogue.municipality(place)
    data = {
        "@type": "PostalAddress",
        "addressLocality": municipality.nom,
        "addressRegion": "QC",
        "addressCountry": "CA",
    }
    if not e.adresse_confidentielle:
        if place.adresse:
            data["streetAddress"] = place.adresse
        if place.code_postal:
            data["postalCode"] = place.code_postal
    return data
