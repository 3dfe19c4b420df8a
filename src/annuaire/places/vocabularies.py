"""Hold the shared vocabularies: sectors, legal forms, purchase categories, certifications.

They are package data; a site may add or replace entries, by slug, with files of the same name in
`content/vocabularies/`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from annuaire.shared import SHARED
from annuaire.text.addresses import judge_web, refused
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile.source import parse_trusted

TO_SPECIFY: str = SHARED["aPreciser"]
EVERYWHERE: Mapping[str, str] = SHARED["partout"]  # what is served besides MRCs: code -> label
WHOLE_REGION, WHOLE_PROVINCE = EVERYWHERE
T = TypeVar("T")
_SLUG = re.compile(SHARED["slug"])
_ADDRESSES = frozenset({"site_web"})  # they reach pages as links
_NESTED = frozenset({"groupes", "categories", "sigles"})  # their entries are one level down
_LISTS = frozenset({"synonymes", "parties", "scian", "secteurs"})


@dataclass(frozen=True, slots=True)
class Sector:
    """Describe a sector of activity; `scian` lists two-digit SCIAN codes, `synonymes` the public's words."""

    slug: str
    libelle: str
    description: str = ""
    synonymes: tuple[str, ...] = ()
    scian: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LegalForm:
    """Describe a legal form; `source` is the law that defines it."""

    slug: str
    libelle: str
    pluriel: str = ""
    description: str = ""
    famille: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """Describe a purchase category, with its SEAO category and its UNSPSC code where one fits.

    `parties` are words that name only a part of it: who offers another part is no supplier of these. `secteurs` lists
    the slugs of sectors whose enterprises may well answer, for who finds no offer.
    """

    slug: str
    libelle: str
    groupe: str
    synonymes: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    secteurs: tuple[str, ...] = ()
    seao: str = ""
    seao_libelle: str = ""
    unspsc: str = ""
    unspsc_libelle: str = ""


@dataclass(frozen=True, slots=True)
class Certification:
    """Describe a certification and the body that grants it."""

    slug: str
    libelle: str
    organisme: str = ""
    site_web: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabularies:
    """Hold every vocabulary, each by slug and in the order of its file; two loads are never equal (hashable).

    `overrides` is the folder of the site's own entries, for what is read later (`buyer_words`).
    """

    sectors: Mapping[str, Sector]
    forms: Mapping[str, LegalForm]
    groups: Mapping[str, str]
    categories: Mapping[str, Category]
    certifications: Mapping[str, Certification]
    overrides: Path | None = None


def load(overrides: Path | None = None) -> Vocabularies:
    """Load the vocabularies, entries of `overrides` added or replaced; raise AnnuaireError if one is wrong."""
    sectors = merged("secteurs.yml", overrides)
    forms = merged("formes.yml", overrides)
    categories = merged("categories.yml", overrides)
    certifications = merged("certifications.yml", overrides)
    groups = categories["groupes"]
    for slug, label in groups.items():
        if not _SLUG.fullmatch(slug) or not isinstance(label, str):
            raise _wrong("categories.yml", slug)
    loaded = Vocabularies(
        sectors={slug: _entry(Sector, slug, entry, "secteurs.yml") for slug, entry in sectors.items()},
        forms={slug: _entry(LegalForm, slug, entry, "formes.yml") for slug, entry in forms.items()},
        groups=dict(groups),
        categories={
            slug: _entry(Category, slug, entry, "categories.yml") for slug, entry in categories["categories"].items()
        },
        certifications={
            slug: _entry(Certification, slug, entry, "certifications.yml") for slug, entry in certifications.items()
        },
        overrides=overrides,
    )
    for category in loaded.categories.values():
        if category.groupe not in groups:
            raise AnnuaireError(
                f"categories.yml\u00a0: l’entrée «\u00a0{category.slug}\u00a0» nomme un groupe qui n’existe pas, "
                f"«\u00a0{category.groupe}\u00a0»."
            )
    return loaded


def merged(name: str, overrides: Path | None) -> dict[str, Any]:
    """Read one vocabulary of the package, entries of its namesake in `overrides` added or replaced, whole."""
    with resources.as_file(resources.files("annuaire.data").joinpath(name)) as path:
        values = parse_trusted(path)
    own = overrides / name if overrides else None
    if own is not None and own.is_file():
        for key, entry in parse_trusted(own).items():
            if key in _NESTED and isinstance(values.get(key), dict):
                if not isinstance(entry, dict):
                    raise AnnuaireError(f"{name}\u00a0: «\u00a0{key}\u00a0» n’a pas les clés attendues.")
                values[key].update(entry)
            else:
                values[key] = entry
    return values


def _entry(kind: Callable[..., T], slug: str, entry: Any, name: str) -> T:
    """Make one entry; a slug becomes an address and a folder, so it may hold nothing else."""
    if not _SLUG.fullmatch(slug) or not isinstance(entry, dict):
        raise _wrong(name, slug)
    for key in _ADDRESSES & entry.keys():
        fault = refused(str(entry[key]), judge_web(str(entry[key])))
        if fault:
            raise AnnuaireError(f"{name}\u00a0: «\u00a0{slug}.{key}\u00a0»\u00a0: {fault}")
    if not all(_is_text_or_list(value, is_list=key in _LISTS) for key, value in entry.items()):
        raise _wrong(name, slug)
    try:
        return kind(slug, **{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()})
    except TypeError as error:
        raise _wrong(name, slug) from error


def _is_text_or_list(value: Any, *, is_list: bool) -> bool:
    if is_list:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, str)


def _wrong(name: str, slug: str) -> AnnuaireError:
    return AnnuaireError(
        f"{name}\u00a0: l’entrée «\u00a0{slug}\u00a0» n’a pas les clés attendues, ou son nom n’est pas fait de "
        "minuscules sans accent, de chiffres et de traits d’union."
    )
