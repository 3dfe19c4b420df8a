"""Lay out small catalogues for the browser's own code, and ask it in Node what it makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.node import Ask, asking

PROGRAM = Path(__file__).parent / "unit" / "evaluate.mjs"
DAY = "2026-06-30"
SECTORS = ("alimentation", "services", "culture")
Json = dict[str, Any]


@pytest.fixture(scope="module", name="ask")
def ask_in_node() -> Iterator[Ask]:
    """Start the browser's code in Node; give what asks it one question."""
    with asking(PROGRAM) as ask:
        yield ask


def vocabularies() -> Json:
    """Lay out the part of the data file that does not change from one catalogue to another."""
    return {
        "format": 2,
        "version": {"commit": "abc", "date": f"{DAY}T12:00:00Z", "fiches": 0, "sha256": ""},
        "groupes": [["tout", "Tout"]],
        "categories": [
            ["traiteur", "Traiteur et buffet", 0, ["repas", "boîtes à lunch"], [0], "", ""],
            [
                "menage",
                "Entretien ménager de locaux",
                0,
                ["ménage", "conciergerie", "nettoyage de bureaux"],
                [1],
                "",
                "",
            ],
            ["transport", "Transport de personnes", 0, ["taxi", "autobus"], [1], "", ""],
        ],
        "secteurs": [[slug, slug.title(), []] for slug in SECTORS],
        "formes": [
            ["a-preciser", "À préciser", "autre"],
            ["obnl", "OBNL", "obnl"],
            ["coop", "Coopérative", "cooperative"],
        ],
        "certifications": [["bio", "Biologique"], ["carboneutre", "Carboneutre"]],
        "conformites": [["rbq", "Licence RBQ"], ["assurance", "Assurance responsabilité"]],
        "adhesions": [["regulier", "Membre régulier"], ["non-membre", "Non-membre"]],
        "regions": [["04", "Mauricie", "en Mauricie", [0, 1, 2]], ["17", "Ailleurs", "ailleurs", [3]]],
        "mrc": [
            [
                "370",
                "mekinac",
                "Mékinac",
                "MRC de Mékinac",
                "dans la MRC de Mékinac",
                "de la MRC de Mékinac",
                0,
                [1],
                1,
            ],
            ["371", "shawinigan", "Shawinigan", "Shawinigan", "à Shawinigan", "de Shawinigan", 0, [0, 2], 1],
            ["372", "les-chenaux", "Les Chenaux", "MRC des Chenaux", "dans la MRC des Chenaux", "", 0, [1], 1],
            ["940", "la-tuque", "La Tuque", "La Tuque", "à La Tuque", "de La Tuque", 1, [0], 0],
        ],
        "anciens_noms": [],
        "municipalites": [
            ["37010", "Saint-Tite", 0, 467_300, -725_600],
            ["37105", "Shawinigan", 1, 465_600, -727_500],
            ["94001", "La Tuque", 3, 474_400, -727_800],
            ["37201", "Sans-Point", 2, None, None],
        ],
        "dessertes": ["quebec", [0], [1, 2], [0, 1, 2], [3]],
    }


def columns(enterprises: Sequence[Json], offers: Sequence[Sequence[Json]]) -> Json:
    """Turn enterprises and the offers of each into the columns of the data file."""
    keys = (
        *("secteur", "autres_secteurs", "forme", "adhesion", "mrc", "municipalite", "lat", "lon", "desserte"),
        *("certifications", "conformite", "confirmee", "date"),
    )
    data: Json = {key: [e[key] for e in enterprises] for key in keys}
    size = len(enterprises)
    data |= {"slug": [f"e{i}" for i in range(size)], "nom": [f"E{i}" for i in range(size)]}
    data["code_postal"] = [""] * size
    flat = [{"entreprise": rank, **offer} for rank, own in enumerate(offers) for offer in own]
    listed = {key: [o[key] for o in flat] for key in ("entreprise", "categorie", "confirmee", "desserte")}
    return {**vocabularies(), "entreprises": data, "offres": listed}
