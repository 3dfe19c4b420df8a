"""Draw records with hypothesis: valid ones, made from the schema, and things that look like records."""

import json
import re
import string
from datetime import date
from typing import Any

from hypothesis import strategies as st
from tests.rules.corpus import TODAY

from annuaire.places import territories, vocabularies
from annuaire.places.boundaries import boundaries
from annuaire.schema import Field, Schema, Table, load
from annuaire.shared import SHARED
from annuaire.text.persons import Kind, suspects

TERRITORIES = territories.load()
VOCABULARIES = vocabularies.load()
ENTERPRISES = load("enterprises")
# What a person may type: letters of several writings, punctuation that YAML reads, spaces of French.
ALPHABET = (
    string.ascii_letters + string.digits + "éèêàçÉŒœïñßαЖ家🍁" + " \u00a0\u202f'’«»()[]{}:;,.!?#&*%@`|>-_=+/\\~\"$^"
)
WORDS = st.text(ALPHABET, min_size=2, max_size=40).filter(lambda t: t == t.strip() and any(c.isalpha() for c in t))
SLUG = re.compile(SHARED["slug"])
LETTERS = st.sampled_from(string.ascii_lowercase + string.digits)
SLUGS = st.lists(st.text(LETTERS, min_size=1, max_size=8), min_size=1, max_size=3).map("-".join)
DAYS = st.dates(date(2025, 1, 1), TODAY).map(date.isoformat)
PHONES = st.integers(2000000, 9999999).map(lambda n: f"819 {n // 10000}-{n % 10000:04d}")


def sentences(longest: int) -> st.SearchStrategy[str]:
    """Draw a free text: several lines where the field may hold paragraphs."""
    line = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
    text = st.lists(line, min_size=1, max_size=4).map("\n\n".join) if longest >= 600 else line
    return text.filter(
        lambda t: len(t) <= longest and "<" not in t and "&" not in t and any(c.isascii() and c.isalpha() for c in t)
    ).filter(_names_nobody)


def _names_nobody(text: str) -> bool:
    """Tell whether a text holds no person, wherever it stands: « MLLE B » is drawn at times."""
    return not any(any(suspects(text, kind)) for kind in Kind if kind is not Kind.EMAIL)


def cell(field: Field) -> st.SearchStrategy[Any]:
    """Draw a valid value of one field."""
    words = {
        "secteurs": VOCABULARIES.sectors,
        "formes": VOCABULARIES.forms,
        "categories": VOCABULARIES.categories,
        "certifications": VOCABULARIES.certifications,
        "territoires": ("350", "360", "region", "quebec"),
        "champs": ENTERPRISES.key_order,
    }
    by_code = {
        "neq-invalide": st.integers(1100000000, 1199999999).map(str),
        "annee-invalide": st.integers(2012, TODAY.year).map(str),
        "date-invalide": DAYS,
        "oui-non": st.just("non"),
        "telephone-invalide": PHONES,
        "courriel-invalide": SLUGS.map(lambda slug: f"info@{slug}.example.org"),
        "url-invalide": SLUGS.map(lambda slug: f"https://www.{slug}.example.org/page?q={slug}#a"),
        "reseau-invalide": SLUGS.map(lambda slug: f"https://www.{field.name.removeprefix('reseaux_')}.com/{slug}"),
        "ancien-nom-invalide": SLUGS.map(lambda slug: f"ancien-{slug}"),
        "code-postal-invalide": st.just("G9X 2E8"),
    }
    if field.name == "fichier":
        return SLUGS.map(lambda slug: f"{slug}.jpg")
    if field.is_list:
        items = st.sampled_from(list(words[field.vocabulary])) if field.vocabulary else by_code[field.code]
        return st.lists(items, min_size=1, max_size=field.constraints.get("maxLength", 4), unique=True)
    if field.vocabulary:
        return st.sampled_from(list(words[field.vocabulary]))
    if "enum" in field.constraints:
        return st.sampled_from(field.constraints["enum"])
    if field.code in by_code:
        return by_code[field.code]
    text = sentences(field.constraints["maxLength"])
    if field.refers_to:  # what is written as a slug would have to be that of a record
        return text.filter(lambda words: not SLUG.fullmatch(words))
    return text


def mapping(table: Table, *, drop: frozenset[str] = frozenset()) -> st.SearchStrategy[dict[str, Any]]:
    """Draw the keys of one table, nested as in a record; required ones are always there."""
    required, optional = {}, {}
    for key in table.top_keys:
        if key in drop:
            continue
        names = table.groups.get(key)
        if names is None:
            field = table.by_path[(key,)]
            (required if field.required else optional)[key] = cell(field)
        else:
            fields = [table.by_path[key, name] for name in names]
            needed = {f.path[1]: cell(f) for f in fields if f.required}
            others = {f.path[1]: cell(f) for f in fields if not f.required}
            group = st.fixed_dictionaries(needed, optional=others).filter(bool)
            (required if needed else optional)[key] = group
    return st.fixed_dictionaries(required, optional=optional)


def _settle(record: dict[str, Any]) -> dict[str, Any]:
    """Take out what contradicts something else."""
    record["statut"] = "active"
    if "secteurs_secondaires" in record:
        record["secteurs_secondaires"] = [s for s in record["secteurs_secondaires"] if s != record["secteur"]]
        if not record["secteurs_secondaires"]:
            del record["secteurs_secondaires"]
    for index, offer in enumerate(record.get("offres", ())):
        offer["nom"] = f"{offer['nom'][:140]} {index}"
    for index, place in enumerate(record["etablissements"]):
        place["heures"] = f"Lieu {index}"
    for key in ("indicateurs", "conformite"):
        for index, item in enumerate(record.get(key, ())):
            item["source"] = f"Document {index}"
    for index, image in enumerate(record.get("images", ())):
        image.update(fichier=f"image-{index}.jpg", genre="photo" if index else "logo")
    for holder in (record, *record.get("offres", ())):
        verification = holder.get("verification", {})
        if verification.get("statut") == "confirmee":
            verification.setdefault("date", TODAY.isoformat())
            if "par" in verification:
                verification["par"] = "pole"
    return record


def _content(item: dict[str, Any]) -> str:
    """Give what two items of a list may not share: a line written twice is a fault, whatever the order of its keys."""
    return json.dumps(item, sort_keys=True)


def _place() -> st.SearchStrategy[dict[str, Any]]:
    drop = frozenset({"municipalite", "municipalite_code", "latitude", "longitude"})
    table = ENTERPRISES.children["etablissements"]
    return st.builds(lambda place: {"municipalite": "La Tuque", **place}, mapping(table, drop=drop))


def records(schema: Schema = ENTERPRISES) -> st.SearchStrategy[dict[str, Any]]:
    """Draw the values of a valid enterprise record, keys in any order."""
    drop = frozenset({"date_fermeture", "fusionnee_avec", "anciens_slugs"})
    tables = {
        key: st.lists(mapping(table), min_size=1, max_size=3, unique_by=_content)
        for key, table in schema.children.items()
        if key != "etablissements"
    }
    whole = st.builds(
        lambda root, lists, places: _settle({**lists, **root, "etablissements": places}),
        mapping(schema.root, drop=drop),
        st.fixed_dictionaries({}, optional=tables),
        st.lists(_place(), min_size=1, max_size=3),
    )
    return whole.flatmap(lambda values: st.permutations(list(values)).map(lambda keys: {k: values[k] for k in keys}))


KEYS = sorted(
    {key for table in ENTERPRISES.tables for path in table.by_path for key in path} | set(ENTERPRISES.children)
)
SCALARS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", "oui", "1142934315", "La Tuque", "2026-01-01", "350", "https://example.org/", "a-preciser", "nan"]
    ),
)


def shapes() -> st.SearchStrategy[Any]:
    """Draw nested lists and mappings whose keys are often those of a record."""
    keys = st.one_of(st.sampled_from(KEYS), st.text(max_size=5))
    return st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=8),
        max_leaves=30,
    )


assert boundaries()  # the tables are read once, here, and not under a test's clock
