"""Needs: open ones by kind, the feed and the pages of the need only, the staff's file apart from the site."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from tests.sites import EXAMPLES, Project

from annuaire import config
from annuaire.catalogue import soundings
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.loading import Loader
from annuaire.catalogue.supply import supply_of
from annuaire.intake.workbooks import matching_book
from annuaire.text.problems import AnnuaireError

CLEANING = "entretien-de-trois-bibliotheques-exemple"
TODAY = date(2026, 11, 30)
SEEN = {"Entretien Exemple, entreprise d’insertion", "Atelier adapté Exemple", "Exemplaire"}  # who could answer


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """Load the Exemple site."""
    settings = config.load(EXAMPLES / "mkdocs.yml")
    return Loader(settings).load(TODAY).catalogue()


def page(example: Project, url: str) -> str:
    """Give the text of a page, its no-break spaces as others."""
    return (example.site / url / "index.html").read_text(encoding="utf-8").replace("\u00a0", " ")


def test_open_needs_by_kind_then_those_that_are_over(example: Project) -> None:
    text = page(example, "acheter/besoins/")
    in_order = (
        'id="sondage"',
        "non un appel d’offres",
        "Entretien ménager de trois bibliothèques",
        'id="je-cherche"',
        "Camion réfrigéré, deux jours",
        'id="je-partage"',
        "Salle de formation",
        'id="envoyer"',
        "contribuer/?nouvelle=besoins",
        'id="termines"',
        "Repas de semaine d’une popote",
    )
    places = [text.index(mark) for mark in in_order]
    assert places == sorted(places)


def test_a_need_says_what_where_how_much_until_when_and_the_function_to_reach(example: Project) -> None:
    text = page(example, f"acheter/besoins/{CLEANING}/")
    for words in (
        "Sondage de marché, non un appel d’offres.",
        "Entretien ménager de locaux",
        "13 000 m² par semaine",
        "La MRC des Grands-Exemples",
        "26 février 2027",
        "Service de l’approvisionnement",
        "mailto:achats@exempleville.example.org",
        f"contribuer/?fiche=besoins/{CLEANING}",
    ):
        assert words in text, words


def test_what_is_over_can_no_longer_be_answered(example: Project) -> None:
    text = page(example, "acheter/besoins/repas-de-la-popote-exemple/")
    assert "Ce besoin est comblé." in text
    assert "À qui répondre" not in text
    assert "mailto:info@pole.example.org?subject" not in text.partition("</main>")[0]  # the foot asks for an opinion


def test_the_feed_tells_the_needs_alone(example: Project) -> None:
    text = (example.site / "acheter/besoins/besoins.xml").read_text(encoding="utf-8")
    atom = "{http://www.w3.org/2005/Atom}"
    entries = ElementTree.fromstring(text).findall(f"{atom}entry")  # noqa: S314 - our own file
    assert len(entries) == 8
    summaries = {entry.findtext(f"{atom}summary") or "" for entry in entries}
    (own,) = [said.replace("\u00a0", " ") for said in summaries if "13" in said]
    assert own.startswith("Sondage de marché, non un appel d’offres.")
    assert "13 000 m² par semaine" in own
    assert "usqu’au 26 février 2027" in own
    assert all("/acheter/besoins/" in (entry.find(f"{atom}link").get("href") or "") for entry in entries)  # type: ignore[union-attr]


def test_no_page_of_needs_says_who_could_answer(example: Project) -> None:
    files = [*(example.site / "acheter/besoins").rglob("*.*"), *(example.site / "donnees").glob("besoins*")]
    assert len(files) > 8
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert not {name for name in SEEN if name in text}, path


def test_a_site_without_needs_says_so_and_how_to_send_one(demonstration: Project) -> None:
    text = page(demonstration, "acheter/besoins/")
    assert "Aucun besoin ouvert" in text
    assert "Personne n’a encore fait connaître de besoin ici." in text
    assert re.search(r'href="[^"]*contribuer/\?nouvelle=besoins"', text)


def test_who_could_answer_is_what_records_say(catalogue: Catalogue) -> None:
    found = {one.need.slug: one for one in soundings.answers(supply_of(catalogue), TODAY)}
    assert "repas-de-la-popote-exemple" not in found, "it is over"
    cleaning = found[CLEANING].suppliers
    assert cleaning is not None
    (combination,) = cleaning.combinations
    assert (combination.amount, combination.gap, combination.missing) == (12900, 100, frozenset())
    posting = found["envois-postaux-exemple"].suppliers
    assert posting is not None
    assert [c.gap for c in posting.combinations] == [0]
    assert [m.said for m in posting.uncounted] == [("4\u00a0000 bulletins",)]
    (match,) = found["cherche-camion-refrigere-exemple"].matches
    assert match.slug == "partage-camion-refrigere-exemple"
    assert found["partage-salle-de-formation-exemple"].matches == ()


def test_the_last_day_counts(catalogue: Catalogue) -> None:
    need = catalogue.item("besoins", CLEANING)
    assert need is not None
    assert soundings.is_open(need, date(2027, 2, 26))
    assert not soundings.is_open(need, date(2027, 2, 27))


def test_the_file_of_the_staff(catalogue: Catalogue, tmp_path: Path) -> None:
    found = list(soundings.answers(supply_of(catalogue), TODAY))
    lines = matching_book.write(tmp_path / "maillage.xlsx", catalogue, found)
    sheet = openpyxl.load_workbook(tmp_path / "maillage.xlsx")["Maillage"]
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == lines + 1
    answers = {(row[5], row[6]) for row in rows[1:]}
    assert ("Regroupement 1", "Exemplaire") in answers
    assert ("Personne", "") in answers or ("Personne", None) in answers
    assert ("Partage", "Camion réfrigéré libre du mardi au jeudi (exemple)") in answers
    assert matching_book.write(tmp_path / "maillage.csv", catalogue, found) == lines
    assert (tmp_path / "maillage.csv").read_text(encoding="utf-8").count("Regroupement 1") == 4


@pytest.mark.parametrize("folder", ["site", "site/donnees", "content", "content/besoins"])
def test_the_file_is_refused_on_the_site(folder: str) -> None:
    settings = config.load(EXAMPLES / "mkdocs.yml")
    with pytest.raises(AnnuaireError, match="l’écrire hors de"):
        matching_book.refuse(settings.root / folder / "maillage.csv", settings)
    matching_book.refuse(settings.root / "maillage.csv", settings)
