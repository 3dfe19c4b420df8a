"""Write the places that have a public point as GeoJSON (RFC 7946)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import APPROXIMATE, Enterprise
from annuaire.exports.nested import document
from annuaire.schema import load


def to_geojson(catalogue: Catalogue, enterprises: Iterable[Enterprise], site_url: str) -> str:
    """Write one point (longitude, latitude, WGS 84) for each place that has one and is not confidential.

    `precision` says which are only the middle of a municipality, and `remarque` says it in words.
    """
    return document({"type": "FeatureCollection"}, "features", _features(catalogue, enterprises, site_url))


def _features(catalogue: Catalogue, enterprises: Iterable[Enterprise], site_url: str) -> Iterator[Mapping[str, Any]]:
    for e in enterprises:
        if e.adresse_confidentielle:
            continue
        for order, place in enumerate(e.etablissements, start=1):
            latitude, longitude = place.latitude, place.longitude
            if latitude is None or longitude is None:
                continue
            municipality = catalogue.municipality(place)
            properties = {
                "entreprise": e.slug,
                "ordre": order,
                "nom": e.nom,
                "etablissement": place.nom,
                "statut": e.statut,
                "secteur": e.secteur,
                "forme_juridique": e.forme_juridique,
                "adresse": place.adresse,
                "municipalite": municipality.nom,
                "municipalite_code": municipality.code,
                "mrc": municipality.mrc,
                "code_postal": place.code_postal,
                "precision": place.precision,
                "remarque": _labels()[APPROXIMATE] if place.precision == APPROXIMATE else "",
                "fiche": site_url + urls.enterprise(e.slug),
            }
            yield {
                "type": "Feature",
                "id": f"{e.slug}/{order}",
                "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
                "properties": {key: value for key, value in properties.items() if value},
            }


def _labels() -> Mapping[str, str]:
    return load("enterprises").children["etablissements"].field("precision").labels
