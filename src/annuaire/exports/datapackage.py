"""Describe the published tables as a Data Package (datapackage.org, version 2): fields, sizes, hashes, terms.

The descriptor is the schema's own, with what only a publication knows. Constraints of texts leave room for the
apostrophe that makes a cell safe in a spreadsheet (see `annuaire.exports.tables`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from annuaire import urls
from annuaire.catalogue.sources import Source
from annuaire.config import Settings
from annuaire.exports.feed import moment
from annuaire.exports.tables import RISKY, Laid
from annuaire.pages.reference import SourceRow, Version, source_rows
from annuaire.schema import Schema
from annuaire.text.names import slugify

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_DIALECT = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True}
_KEPT = ("chemin", "vocabulaire", "libelles")  # what a reader of the tables can use; the rest serves the rules
_FIRST = re.compile(r"\^(\.|\[\^?[^\]]+\])")  # the first character that a pattern allows
_LICENCES = {
    "cc by 4.0": ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/deed.fr"),
    "cc by-sa 4.0": ("CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/deed.fr"),
    "cc0 1.0": ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/deed.fr"),
    "odbl 1.0": ("ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
}
_SAFE_CELLS = (
    "Une cellule de texte qui commencerait par =, +, - ou @ est précédée d’une apostrophe, pour qu’un tableur ne "
    "l’exécute pas."
)
_DEMONSTRATION = "Démonstration faite à partir de sources publiques\u00a0: ce n’est pas une publication du Pôle."
SOURCES = (
    {
        "title": "Répertoire des municipalités du Québec, ministère des Affaires municipales et de l’Habitation "
        "(MAMH), CC BY 4.0",
        "path": "https://www.donneesquebec.ca/recherche/dataset/repertoire-des-municipalites-du-quebec",
    },
    {
        "title": "Découpages administratifs, ministère des Ressources naturelles et des Forêts (MRNF), CC BY 4.0",
        "path": "https://www.donneesquebec.ca/recherche/dataset/decoupages-administratifs",
    },
    {
        "title": "Tracé des territoires sur les cartes, ministère de l’Énergie et des Ressources naturelles (MERN), "
        "géométrie simplifiée de 2018 environ, CC BY 4.0",
    },
    {"title": "Catégories du Système électronique d’appel d’offres du Québec (SEAO), données ouvertes"},
)


def descriptor(
    schema: Schema,
    settings: Settings,
    version: Version,
    files: Sequence[tuple[Laid, bytes]],
    named: Sequence[Source] = (),
) -> dict[str, Any]:
    """Describe the tables of `files`, each with the bytes of its CSV; `created` is the data's date.

    `schema` is that of enterprises, which names the package; `named` is the sources that records name.
    """
    own = schema.descriptor
    remarks = [own["description"], _SAFE_CELLS, *([_DEMONSTRATION] if settings.is_demonstration else [])]
    pole = settings.pole
    package: dict[str, Any] = {
        "$schema": PROFILE,
        "name": own["name"],
        "title": f"{own['title']} ({settings.site_name})",
        "description": " ".join(remarks),
        "homepage": settings.site_url + urls.DATA,
        "version": _version(version),
        "created": moment(version.date),
    }
    if pole.nom:
        contact = {"path": pole.site_web, "email": pole.courriel}
        package["contributors"] = [
            {"title": pole.nom, "roles": ["publisher"]} | {key: value for key, value in contact.items() if value}
        ]
    if settings.data_licence:
        package["licenses"] = [licence(settings.data_licence)]
    package["sources"] = [*SOURCES, *({"title": _source(row)} for row in source_rows(named))]
    package["annuaire"] = {
        "schema": own["version"],
        "reference": version.commit,
        "fiches": version.records,
        "sha256": version.sha256,
    }
    package["resources"] = [_resource(laid, data) for laid, data in files]
    return package


def _source(row: SourceRow) -> str:
    """Credit a source as the page « Données » does: its name, its date, its terms."""
    return ", ".join(filter(None, (row.name, row.dates, row.licences)))


def _version(version: Version) -> str:
    """Number the data by its date, as semantic versions are written: « 2026.11.22+0afba09aa1 »."""
    day = version.date
    return f"{day.year}.{day.month}.{day.day}" + (f"+{version.commit}" if version.commit else "")


def licence(text: str) -> dict[str, str]:
    """Name a licence as the standard wants: its code and address where it is known, else what is written of it."""
    known = _LICENCES.get(" ".join(text.lower().replace("cc-", "cc ").split()))
    if known is not None:
        return {"name": known[0], "path": known[1], "title": text}
    address = re.search(r"https://[^\s<>\"]+", text)
    return {"path": address.group(), "title": text} if address else {"name": slugify(text) or "licence", "title": text}


def _resource(laid: Laid, data: bytes) -> dict[str, Any]:
    own = laid.table.descriptor
    resource = {key: value for key, value in own.items() if key not in ("annuaire", "schema")}
    return resource | {
        "dialect": _DIALECT,
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {**own["schema"], "fields": _fields(laid.descriptors)},
    }


def _fields(fields: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for raw in fields:
        field = dict(raw)
        extra = {key: raw["annuaire"][key] for key in _KEPT if key in raw["annuaire"]} if "annuaire" in raw else {}
        field.pop("annuaire", None)
        if extra:
            field["annuaire"] = extra
        if raw["type"] == "string" and "constraints" in raw:
            field["constraints"] = _constraints(raw["constraints"])
        found.append(field)
    return found


def _constraints(own: Mapping[str, Any]) -> dict[str, Any]:
    """Let a text hold one apostrophe more, where its constraints let it start with what a spreadsheet runs."""
    constraints = dict(own)
    pattern = own.get("pattern", "^.")
    first = _FIRST.match(pattern)
    if first is None or not any(re.match(first.group(1), character) for character in RISKY):
        return constraints
    if "pattern" in own:
        constraints["pattern"] = "^'?" + pattern.removeprefix("^")
    if "maxLength" in own:
        constraints["maxLength"] = own["maxLength"] + 1
    return constraints
