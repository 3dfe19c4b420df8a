"""Know the official territories: regions, MRCs and equivalents, municipalities (MAMH codes and names).

The shared tables are package data; a site may add or replace rows, by code, with files of the same name in
`content/vocabularies/`. Polygons and distances belong to `annuaire.places.geo`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from annuaire.shared import SHARED
from annuaire.text.addresses import judge_web, refused
from annuaire.text.names import fold, sort_key
from annuaire.text.problems import AnnuaireError

_SLUG = re.compile(SHARED["slug"])
_SITE = "site_web"
_IN_ADDRESSES = frozenset({"code", "slug", "mrc", "region", "voisin", "municipalite_code"})


@dataclass(frozen=True, slots=True)
class Region:
    """Describe an administrative region; `en` and `de` are its forms in a sentence.

    `indicatif` is one of its telephone area codes, for examples alone: a region has several.
    """

    code: str
    nom: str
    slug: str
    en: str
    de: str
    population: int
    lettres_postales: str
    indicatif: str


@dataclass(frozen=True, slots=True)
class Mrc:
    """Describe an MRC or a *territoire équivalent*: `titre`, `dans` and `de` are its forms in a sentence."""

    code: str
    nom: str
    slug: str
    type: str
    titre: str
    dans: str
    de: str
    region: str
    population: int
    nb_municipalites: int

    @property
    def is_mrc(self) -> bool:
        """Tell an MRC from a *territoire équivalent*."""
        return self.type == "MRC"


@dataclass(frozen=True, slots=True)
class Municipality:
    """Describe a municipality; latitude and longitude (degrees) are None where the source has none.

    `code_postal` is that of its town hall.
    """

    code: str
    nom: str
    slug: str
    designation: str
    mrc: str
    population: int
    latitude: float | None
    longitude: float | None
    source_coord: str
    code_postal: str
    site_web: str

    @property
    def a(self) -> str:
        """Give the name after « à »: « à Batiscan », « au Bic », « aux Escoumins », « à La Tuque »."""
        for article, form in (("Le ", "au "), ("Les ", "aux ")):
            if self.nom.startswith(article):
                return form + self.nom[len(article) :]
        return "à " + self.nom


class Territories:
    """Index the official territories; build it with `load`."""

    def __init__(
        self,
        regions: Iterable[Region],
        mrcs: Iterable[Mrc],
        municipalities: Iterable[Municipality],
        former: Mapping[str, str],
        neighbours: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.regions = {r.code: r for r in sorted(regions, key=lambda r: r.code)}
        self.mrc_by_code: Mapping[str, Mrc] = {m.code: m for m in mrcs}
        self.municipality_by_code: Mapping[str, Municipality] = {
            m.code: m for m in sorted(municipalities, key=lambda m: m.code)
        }
        self.former = former
        self.neighbours = neighbours

    # French order costs a quarter of a second (the collation tables): judging records does without it.
    @cached_property
    def mrcs(self) -> Mapping[str, Mrc]:
        """List MRCs and equivalents by code, in French order of their names."""
        return {m.code: m for m in sorted(self.mrc_by_code.values(), key=lambda m: sort_key(m.nom))}

    @cached_property
    def municipalities(self) -> Mapping[str, Municipality]:
        """List municipalities by code, in French order of their names."""
        found = sorted(self.municipality_by_code.values(), key=lambda m: (sort_key(m.nom), m.code))
        return {m.code: m for m in found}

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Municipality, ...]]:
        """Index municipalities by exact official name; homonyms are several."""
        index: dict[str, list[Municipality]] = {}
        for municipality in self.municipality_by_code.values():
            index.setdefault(municipality.nom, []).append(municipality)
        return {name: tuple(found) for name, found in index.items()}

    @cached_property
    def by_folded_name(self) -> Mapping[str, tuple[Municipality, ...]]:
        """Index municipalities by folded name (no case, no accent), former names included."""
        index: dict[str, list[Municipality]] = {}
        for municipality in self.municipality_by_code.values():
            index.setdefault(fold(municipality.nom), []).append(municipality)
        for name, code in self.former.items():
            index.setdefault(fold(name), []).append(self.municipality_by_code[code])
        return {name: tuple(dict.fromkeys(found)) for name, found in index.items()}

    def municipality(self, nom: str, code: str = "") -> Municipality | None:
        """Find a municipality by official name, and by code among homonyms; None if unknown or ambiguous."""
        found = self.by_name.get(nom, ())
        if code:
            found = tuple(m for m in found if m.code == code)
        return found[0] if len(found) == 1 else None

    def mrcs_of(self, regions: Iterable[str]) -> tuple[Mrc, ...]:
        """List the MRCs of some regions, of all of them if none is named."""
        wanted = set(regions)
        return tuple(m for m in self.mrcs.values() if not wanted or m.region in wanted)

    @lru_cache(maxsize=2048)  # noqa: B019 - one instance lives as long as the run
    def municipalities_of(self, mrc: str) -> tuple[Municipality, ...]:
        """List the municipalities of an MRC, in French order."""
        return tuple(m for m in self.municipalities.values() if m.mrc == mrc)


def load(overrides: Path | None = None) -> Territories:
    """Load the tables, rows of `overrides` (a folder) added or replaced; raise AnnuaireError if one is wrong."""
    try:
        return _load(overrides)
    except (KeyError, TypeError, ValueError, csv.Error) as error:
        raise AnnuaireError(
            f"{overrides}\u00a0: une ligne des tables de territoires est incomplète ou contient un nombre mal écrit."
        ) from error


def regions(overrides: Path | None = None) -> dict[str, Region]:
    """Load the regions alone, by code, as `load` does with all the rest."""
    try:
        return {region.code: region for region in _regions(overrides)}
    except (KeyError, TypeError, ValueError, csv.Error) as error:
        raise AnnuaireError(
            f"{overrides}\u00a0: une ligne de regions.csv est incomplète ou contient un nombre mal écrit."
        ) from error


def _regions(overrides: Path | None) -> list[Region]:
    return [
        Region(**{**row, "population": _whole(row["population"])}) for row in _rows("regions.csv", ("code",), overrides)
    ]


def _load(overrides: Path | None) -> Territories:
    regions = _regions(overrides)
    mrcs = [
        Mrc(**{**row, "population": _whole(row["population"]), "nb_municipalites": _whole(row["nb_municipalites"])})
        for row in _rows("mrc.csv", ("code",), overrides)
    ]
    municipalities = [
        Municipality(
            code=row["code"],
            nom=row["nom"],
            slug=row["slug"],
            designation=row["designation"],
            mrc=row["mrc"],
            population=_whole(row["population"]),
            latitude=float(row["latitude"]) if row["latitude"] else None,
            longitude=float(row["longitude"]) if row["longitude"] else None,
            source_coord=row["source_coord"],
            code_postal=row["code_postal"],
            site_web=row["site_web"],
        )
        for row in _rows("municipalites.csv", ("code",), overrides)
    ]
    former = {row["nom"]: row["municipalite_code"] for row in _rows("anciennes_municipalites.csv", ("nom",), overrides)}
    neighbours: dict[str, list[str]] = {}
    for row in _rows("voisins.csv", ("mrc", "voisin"), overrides):
        neighbours.setdefault(row["mrc"], []).append(row["voisin"])
    known, codes = {r.code for r in regions}, {m.code for m in mrcs}
    towns = {m.code for m in municipalities}
    wanted = [(m.region, known) for m in mrcs] + [(m.mrc, codes) for m in municipalities]
    wanted += [(code, towns) for code in former.values()] + [(n, codes) for found in neighbours.values() for n in found]
    for code, among in wanted:
        if code not in among:
            raise AnnuaireError(f"{overrides}\u00a0: le code de territoire «\u00a0{code}\u00a0» n’existe pas.")
    return Territories(regions, mrcs, municipalities, former, {k: tuple(v) for k, v in neighbours.items()})


def _rows(name: str, key: tuple[str, ...], overrides: Path | None) -> list[dict[str, Any]]:
    text = resources.files("annuaire.data").joinpath(name).read_text(encoding="utf-8")
    rows: dict[tuple[str, ...], dict[str, Any]] = {
        tuple(row[k] for k in key): row for row in csv.DictReader(text.splitlines())
    }
    path = overrides / name if overrides else None
    if path is not None and path.is_file():
        try:
            reader = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
        except UnicodeDecodeError as error:
            raise AnnuaireError(f"{path}\u00a0: ce fichier n’est pas écrit en UTF-8.") from error
        expected = text.splitlines()[0].split(",")
        if reader.fieldnames != expected:
            raise AnnuaireError(f"{path}\u00a0: les colonnes doivent être {', '.join(expected)}.")
        for row in reader:
            if None in row or None in row.values() or not all(_is_safe(k, v) for k, v in row.items()):
                raise AnnuaireError(
                    f"{path}:{reader.line_num}\u00a0: cette ligne n’a pas une valeur par colonne, "
                    "ou son code ou son «\u00a0slug\u00a0» est mal écrit."
                )
            site = row.get(_SITE, "")
            if site and (fault := refused(site, judge_web(site))):
                raise AnnuaireError(f"{path}:{reader.line_num}\u00a0: «\u00a0{_SITE}\u00a0»\u00a0: {fault}")
            rows[tuple(row[k] for k in key)] = row
    return list(rows.values())


def _is_safe(column: str, value: str) -> bool:
    """Tell whether a value may become part of an address, for the columns that do."""
    return column not in _IN_ADDRESSES or _SLUG.fullmatch(value) is not None


def _whole(text: str) -> int:
    return int(text) if text else 0
