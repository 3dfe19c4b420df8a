"""Lay out sites to print, and read again what was printed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from tests.exporting import CHANGES, NOW, RICH, make_settings

from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.items import Item
from annuaire.catalogue.model import Benefits, Enterprise
from annuaire.pages import Site
from annuaire.pages.reference import Version
from annuaire.places import territories, vocabularies
from annuaire.print.documents import Draft, Drafts
from annuaire.print.typesetting import pdf
from annuaire.records.collections import TERRITORIES

TOWNS = ("La Tuque", "La Bostonnais", "Lac-Édouard")
SECTORS = ("alimentation-restauration", "arts-culture", "habitation", "services-aux-entreprises", "transport")
FIGURE = {"libelle": "Emplois", "valeur": "480", "unite": "emplois", "annee": 2025, "source": "Portrait Exemple"}


def site(
    enterprises: Iterable[Enterprise],
    folder: Path = Path("/exemple"),
    *,
    presentation: str = "Un **grand** territoire.",
    source: str = "",
    **settings: Any,
) -> Site:
    """Give a site of Mauricie that holds some enterprises, and words on La Tuque."""
    note = Item(
        {
            "mrc": "900",
            "presentation": presentation,
            "source": source,
            "chiffres": (Item(FIGURE),),
            "partenaires": (),
            "liens": (),
        },
        "lt",
    )
    items = {TERRITORIES: (note,)}
    catalogue = Catalogue(enterprises, items, territories.load(), vocabularies.load(), ("04",))
    made = make_settings(root=folder, config_file=folder / "mkdocs.yml", **settings)
    return Site(made, catalogue, Version("abc", NOW, 1, ""))


def many(count: int) -> list[Enterprise]:
    """Give enterprises of La Tuque, of several names, sectors and telephones; the first alone tells of its benefits."""
    return [
        replace(
            RICH,
            slug=f"coop-{number}",
            nom=f"Coopérative Exemple numéro {number:03}",
            anciens_slugs=(),
            secteur=SECTORS[number % len(SECTORS)],
            secteurs_secondaires=(),
            retombees=Benefits("" if number else "Douze personnes"),
            etablissements=(
                replace(
                    RICH.lieu, municipalite=TOWNS[number % 3], municipalite_code="", telephone=f"819 555-{number:04}"
                ),
            ),
        )
        for number in range(count)
    ]


def drafts(of: Site, *words: str) -> list[Draft]:
    """List the documents of a site."""
    return Drafts(of, CHANGES).of(words)


def printed(draft: Draft) -> bytes:
    """Make a document."""
    return pdf(draft.template, draft.data())


def pages(content: bytes) -> list[str]:
    """Give the text of each page, spaces put together, words that a line breaks whole again."""
    texts = (page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return [re.sub(r"\s+", " ", re.sub(r"[-\u00ad\u2010]\n", "", text)) for text in texts]


def bookmarks(content: bytes) -> list[tuple[int, str, int, float, float]]:
    """List the bookmarks: how deep, the text, the page, how far from its left and from its foot, in points."""
    reader = PdfReader(io.BytesIO(content))

    def walk(found: Sequence[Any], depth: int) -> Iterator[tuple[int, str, int, float, float]]:
        for one in found:
            if isinstance(one, list):
                yield from walk(one, depth + 1)
            else:
                page = reader.get_destination_page_number(one) or 0
                yield depth, str(one.title), page, float(one.left or 0), float(one.top or 0)

    return list(walk(reader.outline, 1))
