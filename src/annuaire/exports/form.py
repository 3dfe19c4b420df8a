"""Write what the form of corrections reads: its fields, words and vocabularies, and which records there are.

The form judges what is typed with the rules of the command line: it takes all that they know from here, so that both
say the same thing in the same words. Each rule gives its own constants (`for_form`), which are written nowhere else.
Nothing here judges a record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from types import ModuleType
from typing import Any

from annuaire import urls
from annuaire.catalogue import derived
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.config import Settings
from annuaire.pages.collection import serves
from annuaire.places.meanings import usual_names
from annuaire.places.outlines import outlines
from annuaire.places.samples import localised
from annuaire.records.collections import BY_NAME, COLLECTIONS, ENTERPRISES, Collection, parted
from annuaire.records.template import NAMES
from annuaire.rules import name_of, rules_of
from annuaire.rules.confidentiality import SECRET
from annuaire.schema import FREE, Field, Schema, Table, load
from annuaire.text import french
from annuaire.text.messages import LONGER, LONGEST_VALUE, wordings
from annuaire.text.names import sort_key
from annuaire.text.problems import Reach
from annuaire.yamlfile import formatter
from annuaire.yamlfile.remarks import remarks

Row = tuple[str, str, str, list[str]]
# What only a record that is judged asks for: a blank form is laid without.
_JUDGING = frozenset({"messages", "municipalites", "anciennes", "polygones", "ecriture", "juges"})
_JUDGING_RULES = frozenset({"person", "foreign", "telephone", "web_address", "markup", "vocabulary"})


def addresses_of(collection: Collection) -> tuple[str, str]:
    """Give the addresses of the two data files of a collection."""
    name = "" if collection.name == ENTERPRISES else collection.name
    return urls.form_data(name), urls.form_rules(name)


def to_json(catalogue: Catalogue, settings: Settings, collection: Collection = BY_NAME[ENTERPRISES]) -> tuple[str, str]:
    """Write the two data files of a collection: what lays the form, then what judges a record.

    Each part is on one line; lists of pairs stand for tables. They hold the vocabularies that the fields of the
    collection ask for, and no other.
    """
    schema = localised(load(collection.name), catalogue.territories, settings.regions)
    rules = _rules(collection.name)
    asked = {field.vocabulary for table in schema.tables for field in table.fields}
    parts: Mapping[str, Any] = {
        "collection": _collection(collection, schema),
        "ordre": schema.key_order,
        "tables": [_table(table) for table in schema.tables],
        "messages": _messages(rules),
        **dict(_vocabularies(catalogue, settings, asked)),
        "regionsDuSite": settings.regions,
        "libre": FREE,
        "coupes": {"valeur": LONGEST_VALUE, "autres": LONGER},
        "derives": derived.for_form(),
        "ecriture": formatter.for_form(schema),
        "juges": [name_of(rule) for rule in rules],
    }
    known = {name_of(rule): rule.for_form() for rule in rules if hasattr(rule, "for_form")}
    laid = {key: value for key, value in parts.items() if key not in _JUDGING}
    judged = {key: value for key, value in parts.items() if key in _JUDGING}
    laid["regles"] = {name: value for name, value in known.items() if name not in _JUDGING_RULES}
    judged["regles"] = {name: value for name, value in known.items() if name in _JUDGING_RULES}
    return _lines(laid), _lines(judged)


def _lines(parts: Mapping[str, Any]) -> str:
    return "{" + ",\n".join(f'"{key}":{_line(value)}' for key, value in parts.items()) + "}\n"


def _collection(collection: Collection, schema: Schema) -> dict[str, Any]:
    """Say of a collection what the form says to people, and where its records are shown."""
    known = {field.name for field in schema.root.fields if field.path}
    pages = collection.pages
    return {
        "nom": collection.name,
        **_words(collection),
        "du": french.of_the(collection.one, is_feminine=collection.is_feminine),
        "leMeme": collection.the_same,
        "intitule": next(name for name in (*NAMES, *schema.root.top_keys) if name in known),
        "adresse": urls.ENTERPRISES if collection.name == ENTERPRISES else pages.address if pages else "",
        "resume": pages.summary if pages else "",
    }


def _words(collection: Collection) -> dict[str, Any]:
    return {
        "un": collection.one,
        "feminin": collection.is_feminine,
    }


def _vocabularies(catalogue: Catalogue, settings: Settings, asked: Set[str]) -> Iterator[tuple[str, Any]]:
    """Give the parts of the data file for the vocabularies that fields ask for."""
    vocabularies, territories = catalogue.vocabularies, catalogue.territories
    usual = usual_names(vocabularies)
    if "secteurs" in asked:
        yield (
            "secteurs",
            [
                (s.slug, s.libelle, (*s.synonymes, *usual["secteurs"].get(s.slug, ())))
                for s in vocabularies.sectors.values()
            ],
        )
    if "formes" in asked:
        yield "formes", [(f.slug, f.libelle, usual["formes"].get(f.slug, ())) for f in vocabularies.forms.values()]
    if "categories" in asked:
        yield "groupes", list(vocabularies.groups.items())
        yield (
            "categories",
            [(c.slug, c.libelle, (*c.synonymes, *c.parties), c.groupe) for c in vocabularies.categories.values()],
        )
    if "certifications" in asked:
        yield "certifications", [(c.slug, c.libelle) for c in vocabularies.certifications.values()]
    if asked & {"territoires", "mrc", "regions", "municipalites"}:
        yield "regions", [(r.code, r.nom, r.de, r.lettres_postales) for r in territories.regions.values()]
        yield "mrc", [(m.code, m.nom, m.titre, m.slug, m.de, m.region) for m in territories.mrc_by_code.values()]
    if "municipalites" in asked:
        yield "municipalites", [(m.code, m.nom, m.mrc) for m in territories.municipality_by_code.values()]
        yield "anciennes", list(territories.former.items())
        yield "polygones", sorted(outlines(settings.own_tables))


def texts(catalogue: Catalogue, own: Mapping[str, str]) -> dict[str, str]:
    """Keep, of the texts of records by reference, those that may be published: the form starts from them.

    A record that says its address confidential and yet holds it stops the build; should the rule that refuses it be
    broken, its text stays inside. So does that of such a record with a comment, where anything may be written. One
    merged into another has no page: it is the other that people correct.
    """
    kept = {}
    for named, text in own.items():
        collection, slug = parted(named)
        e = catalogue.by_slug[slug] if collection == ENTERPRISES else None
        if e is None or (not _tells(e, text) and catalogue.successor(e) is None):
            kept[named] = text
    return kept


def records(catalogue: Catalogue, kept: Iterable[str]) -> str:
    """Write the records that can be corrected, of those references, collection by collection, enterprises first.

    Each collection has its words and its records by name: slug, name, where it is or serves, old slugs.
    """
    by_collection: dict[str, set[str]] = {}
    for collection, slug in map(parted, kept):
        by_collection.setdefault(collection, set()).add(slug)
    shown = sorted((c for c in COLLECTIONS if c.is_open), key=lambda c: c.name != ENTERPRISES)
    return "[" + ",\n".join(_listed(catalogue, c, by_collection.get(c.name, set())) for c in shown) + "]\n"


def _listed(catalogue: Catalogue, collection: Collection, slugs: Set[str]) -> str:
    rows = _enterprises(catalogue, slugs) if collection.name == ENTERPRISES else _items(catalogue, collection, slugs)
    head = _line({"nom": collection.name, **_words(collection)}).removesuffix("}")
    found = sorted(rows, key=lambda row: (sort_key(row[1]), row[0]))
    return f'{head},"fiches":[' + ",\n".join(_line(row) for row in found) + "]}"


def _enterprises(catalogue: Catalogue, slugs: Set[str]) -> Iterator[Row]:
    """List enterprises; among the old slugs of one are those of the records merged into it."""
    old = {slug: list(catalogue.by_slug[slug].anciens_slugs) for slug in slugs}
    for e in catalogue.enterprises:
        successor = catalogue.successor(e)
        if successor is not None and successor.slug in old:
            old[successor.slug] += [e.slug, *e.anciens_slugs]
    for e in catalogue.enterprises:
        if e.slug in old:
            yield e.slug, e.nom, catalogue.municipality(e.lieu).nom, old[e.slug]


def _items(catalogue: Catalogue, collection: Collection, slugs: Set[str]) -> Iterator[Row]:
    for item in catalogue.published(collection.name):
        if item.slug in slugs:
            where = serves(catalogue, getattr(item, collection.territories)) if collection.territories else ""
            yield item.slug, item.name, where, list(getattr(item, "anciens_slugs", ()))


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


def _messages(rules: Iterable[ModuleType]) -> dict[str, dict[str, str]]:
    """Give the words of every code that rules may report of one record."""
    shape = {"champ-manquant"}  # reported when a record is laid against its schema, before any rule
    codes = shape | {code for rule in rules for code in rule.CODES}
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
    return {code: _line(shape) + "\n" for code, shape in outlines(settings.own_tables).items()}


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_pattern)


def _pattern(value: Any) -> dict[str, str]:
    """Write a compiled pattern for a browser, which reads `\\w`, `\\b` and named groups otherwise: rules do without."""
    if not isinstance(value, re.Pattern):
        raise TypeError(f"a rule gives the form what JSON cannot hold: {value!r}")
    options = ("" if value.flags & re.ASCII else "u") + ("i" if value.flags & re.IGNORECASE else "")
    return {"motif": value.pattern, "options": options}
