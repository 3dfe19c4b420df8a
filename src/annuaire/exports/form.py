"""Write what the form of corrections reads: its fields, words and vocabularies, and which records there are.

The form judges what is typed with the rules of the command line: it takes all that they know from here, so that both
say the same thing in the same words. Each rule gives its own constants (`for_form`), which are written nowhere else.
Nothing here judges a record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from importlib import resources
from types import ModuleType
from typing import Any

from annuaire.catalogue import derived
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.config import Settings
from annuaire.places.boundaries import FILE as POLYGONS
from annuaire.places.meanings import usual_names
from annuaire.places.samples import localised
from annuaire.records.collections import ENTERPRISES
from annuaire.rules import name_of, rules_of
from annuaire.rules.confidentiality import SECRET
from annuaire.schema import FREE, Field, Table, load
from annuaire.text.messages import LONGER, LONGEST_VALUE, wordings
from annuaire.text.names import sort_key
from annuaire.text.problems import Reach
from annuaire.yamlfile import formatter
from annuaire.yamlfile.remarks import remarks


def to_json(catalogue: Catalogue, settings: Settings) -> str:
    """Write the data file of the form, each of its parts on one line; lists of pairs stand for tables."""
    vocabularies, territories = catalogue.vocabularies, catalogue.territories
    schema = localised(load(ENTERPRISES), territories, settings.regions)
    usual = usual_names(vocabularies)
    parts: Mapping[str, Any] = {
        "ordre": schema.key_order,
        "tables": [_table(table) for table in schema.tables],
        "messages": _messages(ENTERPRISES),
        "secteurs": [
            (s.slug, s.libelle, (*s.synonymes, *usual["secteurs"].get(s.slug, ())))
            for s in vocabularies.sectors.values()
        ],
        "formes": [(f.slug, f.libelle, usual["formes"].get(f.slug, ())) for f in vocabularies.forms.values()],
        "groupes": list(vocabularies.groups.items()),
        "categories": [
            (c.slug, c.libelle, (*c.synonymes, *c.parties), c.groupe) for c in vocabularies.categories.values()
        ],
        "certifications": [(c.slug, c.libelle) for c in vocabularies.certifications.values()],
        "regions": [(r.code, r.nom, r.de, r.lettres_postales) for r in territories.regions.values()],
        "mrc": [(m.code, m.nom, m.titre, m.slug, m.de, m.region) for m in territories.mrc_by_code.values()],
        "municipalites": [(m.code, m.nom, m.mrc) for m in territories.municipality_by_code.values()],
        "anciennes": list(territories.former.items()),
        "regionsDuSite": settings.regions,
        "polygones": sorted(_shapes(settings)),
        "libre": FREE,
        "coupes": {"valeur": LONGEST_VALUE, "autres": LONGER},
        "derives": derived.for_form(),
        "ecriture": formatter.for_form(schema),
        "regles": {name_of(rule): rule.for_form() for rule in _rules(ENTERPRISES) if hasattr(rule, "for_form")},
    }
    return "{" + ",\n".join(f'"{key}":{_line(value)}' for key, value in parts.items()) + "}\n"


def texts(catalogue: Catalogue, own: Mapping[str, str]) -> dict[str, str]:
    """Keep, of the texts of records by slug, those that may be published: the form starts from them.

    A record that says its address confidential and yet holds it stops the build; should the rule that refuses it be
    broken, its text stays inside. So does that of such a record with a comment, where anything may be written. One
    merged into another has no page: it is the other that people correct.
    """
    kept = {}
    for slug, text in own.items():
        e = catalogue.by_slug[slug]
        if not _tells(e, text) and catalogue.successor(e) is None:
            kept[slug] = text
    return kept


def records(catalogue: Catalogue, kept: Iterable[str]) -> str:
    """Write the records that can be corrected, of those slugs, by name: slug, name, municipality, old slugs.

    Among the old slugs are those of the records merged into it.
    """
    old = {slug: list(catalogue.by_slug[slug].anciens_slugs) for slug in kept}
    for e in catalogue.enterprises:
        successor = catalogue.successor(e)
        if successor is not None and successor.slug in old:
            old[successor.slug] += [e.slug, *e.anciens_slugs]
    found = sorted((e for e in catalogue.enterprises if e.slug in old), key=lambda e: sort_key(e.nom))
    rows = (_line((e.slug, e.nom, catalogue.municipality(e.lieu).nom, old[e.slug])) for e in found)
    return "[" + ",\n".join(rows) + "]\n"


def _tells(e: Enterprise, text: str) -> bool:
    """Tell whether a record may hold an address that it says confidential."""
    if not e.adresse_confidentielle:
        return False
    secrets = (getattr(place, name) for place in e.etablissements for name in SECRET)
    return any(secret not in ("", None) for secret in secrets) or any(remarks(text))


def _table(table: Table) -> dict[str, Any]:
    found = {
        "cle": table.key,
        "titre": table.title,
        "requis": table.required,
        "maximum": table.maximum,
        "champs": [_field(field) for field in table.fields],
    }
    return {key: value for key, value in found.items() if value}


def _field(field: Field) -> dict[str, Any]:
    """Describe a field as the rules know it; what is empty is left out."""
    found: dict[str, Any] = {
        "nom": field.name,
        "type": field.type,
        "titre": field.title,
        "aide": field.help,
        "exemple": field.example,
        "requis": field.required,
        "chemin": field.path,
        "vocabulaire": field.vocabulary,
        "code": field.code,
        "motifElement": field.item_pattern.pattern if field.item_pattern else "",
        "libelles": list(field.labels.items()),
        "poids": field.weight,
        "nature": field.nature,
        "derive": list(field.derived_from),
        "contraintes": {key: value for key, value in field.constraints.items() if key != "required"},
    }
    return {key: value for key, value in found.items() if value not in ("", (), [], {}, 0, False)}


def _rules(collection: str) -> list[ModuleType]:
    """List the rules that may report something of one record of a collection."""
    return [rule for rule in rules_of(collection) if rule.REACH is Reach.RECORD]


def _messages(collection: str) -> dict[str, dict[str, str]]:
    """Give the words of every code that a rule may report of one record of a collection."""
    shape = {"champ-manquant"}  # reported when a record is laid against its schema, before any rule
    codes = shape | {code for rule in _rules(collection) for code in rule.CODES}
    return {
        code: {
            "gravite": wording.severity.value,
            "phrase": wording.sentence,
            "remede": wording.remedy,
            "suggere": wording.remedy_with_suggestion,
            "formulaire": wording.form_remedy,
            "formulaireSuggere": wording.form_remedy_with_suggestion,
        }
        for code, wording in wordings().items()
        if code in codes
    }


def polygons(settings: Settings) -> dict[str, str]:
    """Write the polygon of each MRC by code, as lists of rings (longitude, latitude): the form asks for few of them."""
    return {code: _line(shape) + "\n" for code, shape in _shapes(settings).items()}


def _shapes(settings: Settings) -> dict[str, Any]:
    files = [resources.files("annuaire.data").joinpath(POLYGONS), settings.own_tables / POLYGONS]
    found: dict[str, Any] = {}
    for file in files:
        if file.is_file():
            for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
                shape = feature["geometry"]["coordinates"]
                found[feature["properties"]["code"]] = [shape] if feature["geometry"]["type"] == "Polygon" else shape
    return found


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_pattern)


def _pattern(value: Any) -> dict[str, str]:
    """Write a compiled pattern for a browser, which reads `\\w`, `\\b` and named groups otherwise: rules do without."""
    if not isinstance(value, re.Pattern):
        raise TypeError(f"a rule gives the form what JSON cannot hold: {value!r}")
    options = ("" if value.flags & re.ASCII else "u") + ("i" if value.flags & re.IGNORECASE else "")
    return {"motif": value.pattern, "options": options}
