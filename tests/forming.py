"""Start the form's own code in Node, with the data of a site of Mauricie, and list the records it is tried on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.madeup import made_up
from tests.node import Ask, asking
from tests.rules.corpus import cases, context, schema
from tests.sites import EXAMPLES, REPOSITORY

from annuaire.catalogue.index import Catalogue
from annuaire.config import Settings
from annuaire.exports import form
from annuaire.records.collections import BY_NAME, COLLECTIONS, ENTERPRISES, Collection
from annuaire.records.reading import Record, from_file

PROGRAM = REPOSITORY / "tests" / "unit" / "form.mjs"
SCHEMA = schema(ENTERPRISES)
EVERY_TEXT = {
    **made_up(50),
    **{p.stem: p.read_text(encoding="utf-8") for p in sorted((EXAMPLES / "content" / ENTERPRISES).glob("*.yml"))},
}


# What a form cannot meet, and why. Every other code of reach `fiche` must be found by both.
OF_THE_TEXT = "a fault of the text itself: the form starts from a record that was read, and writes its own text"
OF_THE_SHAPE = "the form writes the keys of the schema alone, each with a value of its kind"
OTHER_COLLECTION = "about records of other collections, whose rules the command line alone has"
NOT_MET = {
    **dict.fromkeys(
        (
            "lecture-impossible",
            "lien-symbolique",
            "fichier-extension",
            "dossier-imbrique",
            "fichier-trop-gros",
            "encodage",
            "marque-bom",
            "caractere-nul",
            "tabulation",
            "espace-insecable",
            "conflit-git",
            "syntaxe-yaml",
            "guillemet-mal-ferme",
            "deux-points-colle",
            "fichier-vide",
            "racine",
            "plusieurs-documents",
            "alias",
            "etiquette",
            "trop-profond",
            "cle-complexe",
            "cle-en-double",
            "texte-coupe",
        ),
        OF_THE_TEXT,
    ),
    **dict.fromkeys(
        ("champ-inconnu", "champ-mal-place", "champ-premier-niveau", "valeur-vide", "structure"), OF_THE_SHAPE
    ),
    **dict.fromkeys(
        (
            "mrc-inconnue",
            "region-inconnue",
            "seuil-sans-source",
            "seuil-non-verifie",
            "plafond-hors-reglement",
            "plafond-et-montant",
            "exemption-sans-forme",
            "reglement-sans-organisme",
            "montants-inverses",
            "periode-inversee",
            "territoire-fichier",
            "territoire-hors-region",
        ),
        OTHER_COLLECTION,
    ),
}


@pytest.fixture(scope="module", name="ask")
def ask_the_form() -> Iterator[Ask]:
    """Start the form's code in Node, with the data of a site of Mauricie; give what asks it one question."""
    with asking(PROGRAM) as found:
        found("load", data=data(), polygons=form.polygons(context(REPOSITORY).settings))
        yield found


def data(collection: str = ENTERPRISES) -> dict[str, Any]:
    """Make the data file of the form of a collection, for the site that judges the corpus."""
    here = context(REPOSITORY)
    catalogue = Catalogue([], [], here.territories, here.vocabularies, here.settings.regions, REPOSITORY)
    return form_data(catalogue, here.settings, BY_NAME[collection])


def form_data(
    catalogue: Catalogue, settings: Settings, collection: Collection = BY_NAME[ENTERPRISES]
) -> dict[str, Any]:
    """Give the two data files of the form of a collection as one, as the form joins them."""
    laid, judged = map(json.loads, form.to_json(catalogue, settings, collection))
    return laid | judged | {"regles": laid["regles"] | judged["regles"]}


def of_collections() -> dict[str, list[Record]]:
    """List the readable records of the cases, by collection that anybody may correct, enterprises aside."""
    found: dict[str, list[Record]] = {}
    for case in (one.path for one in cases() if one.path.is_dir()):
        for collection in COLLECTIONS:
            if not collection.is_open or collection.name == ENTERPRISES:
                continue
            for path in sorted((case / collection.name).glob("*.yml")):
                record = from_file(path, f"{case.name}/{path.name}", schema(collection.name))
                if record.is_readable and record.values:
                    found.setdefault(collection.name, []).append(record)
    return found
