"""Lay out « Répertoire »: the whole by sector, one territory by municipality, one sector by territory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise, Place
from annuaire.config import Settings
from annuaire.places.territories import Mrc
from annuaire.places.vocabularies import Sector
from annuaire.print.entries import Data, by_sector, contribute, correcting, frame, groups, waiting
from annuaire.text import french


def whole(catalogue: Catalogue, settings: Settings, title: str, day: date) -> Data:
    """List every enterprise by sector, with an index of the names."""
    listed = catalogue.listed
    return _data(settings, (title, day), "Les entreprises, par secteur", listed, by_sector(catalogue, listed)) | {
        "index": True,
        "ordre": [e.nom for e in listed],  # the French one: Typst has another
    }


def territory(catalogue: Catalogue, settings: Settings, mrc: Mrc, title: str, day: date) -> Data:
    """List the enterprises of an MRC by municipality: one that has places in several stands under each."""
    found = catalogue.by_mrc[mrc.code]
    towns = catalogue.territories.municipalities_of(mrc.code)
    named = {m.nom: catalogue.by_municipality.get(m.code, ()) for m in towns}
    return _data(settings, (title, day), "Les entreprises, par municipalité", found, groups(catalogue, named))


def sector(catalogue: Catalogue, settings: Settings, one: Sector, title: str, day: date) -> Data:
    """List the enterprises of a sector, main or other, by the territory of their main place."""
    found = catalogue.by_sector[one.slug]
    named: dict[str, list[Enterprise]] = {mrc.titre: [] for mrc in catalogue.territories.mrcs.values()}
    for e in found:
        named[_title(catalogue, e.lieu)].append(e)
    laid = _data(settings, (title, day), "Les entreprises, par territoire", found, groups(catalogue, named))
    return laid | {"sous-titre": f"{laid['sous-titre']}. {one.description}".removesuffix(". ")}


def _title(catalogue: Catalogue, place: Place) -> str:
    return catalogue.mrc(place).titre


def _data(
    settings: Settings,
    head: tuple[str, date],
    heading: str,
    found: Sequence[Enterprise],
    laid: Iterable[Mapping[str, object]],
) -> Data:
    return frame(settings, *head) | {
        "sous-titre": french.count(len(found), "entreprise"),
        "titre-liste": heading,
        "avant-liste": waiting(found),
        "correction": correcting(settings),
        "groupes": list(laid),
        "index": False,
        "ordre": [],
        "codes": {"contribuer": contribute(settings)},
    }
