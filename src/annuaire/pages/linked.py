"""Describe pages to machines: JSON-LD of an enterprise and of the breadcrumb (schema.org)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise, Place
from annuaire.config import Settings
from annuaire.pages.page import Link

_TYPES = {"cooperative-de-services-financiers": "FinancialService", "obnl": "NGO"}


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
    position = e.position
    if position is not None:
        data["location"] = {
            "@type": "Place",
            "geo": {"@type": "GeoCoordinates", "latitude": position[0], "longitude": position[1]},
        }
    networks = [url for url in (getattr(e.reseaux, n) for n in ("facebook", "instagram", "linkedin", "youtube")) if url]
    if networks:
        data["sameAs"] = networks
    if e.offres:
        data["makesOffer"] = [{"@type": "Offer", "itemOffered": {"@type": "Service", "name": o.nom}} for o in e.offres]
    return data, crumbs_data(settings, crumbs)


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
