"""Describe the open data for a portal that gathers catalogues, such as Données Québec (CKAN): DCAT 3 as JSON-LD.

One data set, the directory, and its files as distributions. It says what the page « Données » says, in the words of
https://www.w3.org/TR/vocab-dcat-3/, with all that DCAT-AP 3 asks for (its SHACL shapes), and holds nothing that this
page does not. A place and a format are things that have a name there, not texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annuaire import urls
from annuaire.config import Settings
from annuaire.exports.datapackage import licence
from annuaire.exports.feed import moment
from annuaire.pages.reference import Version
from annuaire.places.territories import Region

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_TYPES = "https://www.iana.org/assignments/media-types/"
# By the extension of a file: the media type that IANA registers.
MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "ics": "text/calendar",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/atom+xml",
}
_DESCRIPTION = "Entreprises d’économie sociale, ce qu’elles offrent, où elles sont et comment les joindre."
_LANGUAGE = {"@id": "http://publications.europa.eu/resource/authority/language/FRA"}
_KEYWORDS = ("économie sociale", "entreprises", "organismes sans but lucratif", "coopératives", "achat responsable")


@dataclass(frozen=True, slots=True)
class Distribution:
    """Describe one file of the data set: its name, its address from the root of the site, its size in bytes."""

    name: str
    url: str
    format: str
    description: str
    size: int


def catalog(
    settings: Settings, version: Version, regions: Sequence[Region], files: Sequence[Distribution]
) -> dict[str, Any]:
    """Describe the catalogue of a site: one data set and its files. What is not known is left out."""
    page = settings.site_url + urls.DATA
    publisher = _filled(
        {"@type": ["foaf:Agent", "foaf:Organization"], "foaf:name": settings.pole.nom or settings.site_name}
    )
    if settings.pole.site_web:
        publisher["foaf:homepage"] = {"@id": settings.pole.site_web}
    dated = {"dct:modified": {"@type": "xsd:dateTime", "@value": moment(version.date)}}
    terms = licence(settings.data_licence).get("path", "") if settings.data_licence else ""
    own = {"dct:license": {"@id": terms}} if terms else {}
    contact = {
        "@type": ["vcard:Kind", "vcard:Organization"],
        "vcard:fn": settings.pole.nom,
        "vcard:hasEmail": {"@id": f"mailto:{settings.pole.courriel}"},
    }
    dataset = {
        "@id": page + "#jeu",
        "@type": "dcat:Dataset",
        "dct:identifier": page,
        "dct:title": _french(settings.site_name),
        "dct:description": _french(_DESCRIPTION),
        "dct:publisher": publisher,
        **dated,
        "dct:language": _LANGUAGE,
        "dct:spatial": [{"@type": "dct:Location", "skos:prefLabel": _french(region.nom)} for region in regions],
        "dcat:version": version.commit,
        "dcat:keyword": [_french(word) for word in _KEYWORDS],
        "dcat:landingPage": {"@id": page},
        "dcat:contactPoint": contact if settings.pole.nom and settings.pole.courriel else "",
        **own,
        "dcat:distribution": [_distribution(settings, file, own | dated) for file in files],
    }
    return {
        "@context": _CONTEXT,
        "@id": settings.site_url + urls.DCAT,
        "@type": "dcat:Catalog",
        "dct:title": _french(settings.site_name),
        "dct:description": _french(_DESCRIPTION),
        "dct:language": _LANGUAGE,
        "dct:publisher": publisher,
        "foaf:homepage": {"@id": settings.site_url},
        **dated,
        "dcat:dataset": [_filled(dataset)],
    }


def _distribution(settings: Settings, file: Distribution, shared: Mapping[str, Any]) -> dict[str, Any]:
    address = settings.site_url + file.url
    kind = MEDIA_TYPES.get(file.url.rpartition(".")[2], "")
    return _filled(
        {
            "@id": address,
            "@type": "dcat:Distribution",
            "dct:title": _french(file.name),
            "dct:description": _french(file.description),
            "dct:format": {"@type": "dct:MediaTypeOrExtent", "rdfs:label": file.format},
            "dcat:mediaType": {"@id": _TYPES + kind} if kind else "",
            "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(file.size)},
            "dcat:accessURL": {"@id": address},
            "dcat:downloadURL": {"@id": address},
            **shared,
        }
    )


def _filled(members: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in members.items() if value not in ("", [])}


def _french(text: str) -> dict[str, str]:
    return {"@language": "fr", "@value": text}
