"""Find the points of addresses: what is asked of a geocoder, what of its answers may enter a record.

A confidential place is never asked for, nor one that its name says may be. A point outside the polygon of its MRC is
told, not written. Where no geocoder answers, the point of the municipality stands in, marked approximate; a later run
asks again for these. `nominatim` asks the network; here nothing does.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from annuaire import files
from annuaire.catalogue import loading
from annuaire.catalogue.model import APPROXIMATE
from annuaire.catalogue.sources import LISTED
from annuaire.places.territories import Municipality
from annuaire.records.reading import Record
from annuaire.rules import Context, confidentiality
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile import formatter

EXACT, STREET = "adresse", "rue"
SOURCE, LICENCE = "OpenStreetMap", "ODbL 1.0"  # of what Nominatim finds, whoever serves it
POINT_FIELDS = ("etablissements.latitude", "etablissements.longitude")
_DECIMALS = 5  # of a degree: about a metre


class NoNetworkError(AnnuaireError):
    """Say that no geocoder answers, after some patience."""


class BusyError(AnnuaireError):
    """Say that the geocoder asks to be left alone: going on would be rude."""


@dataclass(frozen=True, slots=True)
class Point:
    """Hold what a geocoder found: degrees, and whether it is the door or only its street."""

    latitude: float
    longitude: float
    precision: str


class Geocoder(Protocol):
    """Answer where an address is."""

    def find(self, street: str, town: str) -> Point | None:
        """Give the point of an address, None when it is unknown.

        Raise NoNetworkError when nobody answers, BusyError when no more may be asked, AnnuaireError for an answer that
        cannot be read.
        """


class Fate(StrEnum):
    """Say what became of one place."""

    FOUND = "trouvé"
    APPROXIMATE = "approximatif"
    UNKNOWN = "introuvable"
    OUTSIDE = "hors de sa MRC"
    WRONG = "réponse illisible"
    LEFT = "à reprendre"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Say what became of a place of a record, `order` being its rank from 1."""

    file: str
    order: int
    fate: Fate
    said: str


@dataclass(slots=True)
class Run:
    """Hold what a run found, and what is to be written."""

    outcomes: list[Outcome] = field(default_factory=list)
    writings: list[files.Writing] = field(default_factory=list)
    confidential: int = 0
    stopped: str = ""  # why the geocoder was asked no more
    is_busy: bool = False  # it is there, and asks to be left alone


@dataclass(frozen=True, slots=True)
class _Asked:
    record: Record
    rank: int
    street: str
    town: Municipality
    has_point: bool


def run(loaded: loading.Loaded, folder: Path, geocoder: Geocoder | None, wanted: Sequence[str] = ()) -> Run:
    """Look for the points that records lack, those of the slugs `wanted` or of all; without a geocoder, approximate.

    Nothing is written: that is for `files.write_all`.
    """
    unknown = next((slug for slug in wanted if slug not in {record.slug for record in loaded.enterprises}), "")
    if unknown:
        raise AnnuaireError(
            f"La fiche «\u00a0{unknown}\u00a0» n’existe pas; l’écrire comme dans la colonne «\u00a0Fiche\u00a0»."
        )
    found = Run()
    for record in loaded.enterprises:
        if (wanted and record.slug not in wanted) or not record.is_readable or record.text("statut") == "fermee":
            continue
        if _is_confidential(record, loaded.context):
            found.confidential += 1
            continue
        values: dict[str, Any] = copy.deepcopy(record.values)
        for asked in _asked(record, loaded.context):
            point, fate, geocoder = _look(asked, geocoder, found)
            if point is not None and _is_outside(point, asked.town, loaded.context):
                point, fate = None, Fate.OUTSIDE
            if fate is Fate.APPROXIMATE and asked.has_point:
                continue  # it stands there already
            if point is not None:
                values["etablissements"][asked.rank] |= {
                    "latitude": f"{point.latitude:.{_DECIMALS}f}",
                    "longitude": f"{point.longitude:.{_DECIMALS}f}",
                    "precision": point.precision,
                }
            found.outcomes.append(Outcome(record.file, asked.rank + 1, fate, _said(point, asked)))
        if values != record.values:
            _credit(values, [o.order for o in found.outcomes if o.file == record.file and o.fate is Fate.FOUND], loaded)
            text = formatter.rewrite(record.document.text, values, record.schema, record.file)
            found.writings.append(files.Writing(folder / f"{record.slug}.yml", text, record.document.text))
    return found


def _credit(values: dict[str, Any], orders: Sequence[int], loaded: loading.Loaded) -> None:
    """Say in a record that points come from OpenStreetMap, when any was found there."""
    if not orders:
        return
    listed = values.setdefault(LISTED, [])
    own = next((item for item in listed if item.get("source") == SOURCE), None)
    if own is None:
        own = {"champs": [], "source": SOURCE, "date": "", "licence": LICENCE}
        listed.append(own)
    own["champs"] = list(dict.fromkeys([*own["champs"], *POINT_FIELDS]))
    own["date"] = loaded.context.today.isoformat()


def _look(asked: _Asked, geocoder: Geocoder | None, found: Run) -> tuple[Point | None, Fate, Geocoder | None]:
    """Ask for one address; give the geocoder to go on with, None once it answers no more."""
    if found.is_busy:
        return None, Fate.LEFT, geocoder
    if geocoder is not None:
        try:
            point = geocoder.find(asked.street, asked.town.nom)
        except NoNetworkError as error:
            found.stopped, geocoder = str(error), None
        except BusyError as error:
            found.stopped, found.is_busy = str(error), True
            return None, Fate.LEFT, geocoder
        except AnnuaireError:
            return None, Fate.WRONG, geocoder
        else:
            return point, Fate.FOUND if point else Fate.UNKNOWN, geocoder
    if asked.town.latitude is None or asked.town.longitude is None:
        return None, Fate.UNKNOWN, geocoder
    return Point(asked.town.latitude, asked.town.longitude, APPROXIMATE), Fate.APPROXIMATE, geocoder


def _asked(record: Record, context: Context) -> Iterator[_Asked]:
    """Yield the places that have an address and no point of their own."""
    for rank in range(record.count("etablissements")):
        here = ("etablissements", rank)
        street, town = record.text(*here, "adresse"), record.municipality(rank, context.territories)
        has_point = any(record.text(*here, key) for key in ("latitude", "longitude"))
        if street and town is not None and (not has_point or record.text(*here, "precision") == APPROXIMATE):
            yield _Asked(record, rank, street, town, has_point)


def _is_confidential(record: Record, context: Context) -> bool:
    """Tell whether a record hides its address, or may have to."""
    return record.text("adresse_confidentielle") == "oui" or any(confidentiality.check(record, context))


def _is_outside(point: Point, town: Municipality, context: Context) -> bool:
    distance = context.km_from_mrc((point.latitude, point.longitude), town.mrc)
    return distance is not None and distance > 0


def _said(point: Point | None, asked: _Asked) -> str:
    if point is None:
        return f"{asked.street}, {asked.town.nom}"
    return f"{point.latitude:.{_DECIMALS}f}, {point.longitude:.{_DECIMALS}f}"
