"""The Word document of a purchase file: made in the browser, read again here, harmless whatever the records hold."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from playwright.sync_api import Page
from tests.sites import Project

from .conftest import WIDTHS, Open
from .selecting import (
    CATERER,
    CLEANING,
    HALL,
    HOME_HELP,
    HOSTILE,
    PRINTER,
    RECORD,
    SELECTION,
    catalogue,
    choose,
    kept_for,
    ready,
)

pytestmark = pytest.mark.browser

SEARCH = "categorie=traiteur"
OF_ANOTHER = "[à compléter\u00a0: confirmer que ce tirage est celui de cet achat]"
CHAPTERS = [
    "1. Décision sommaire",
    "2. Besoin",
    "3. Recherche",
    "4. Fournisseurs trouvés et retenus",
    "5. Comparaison",
    "6. Mode d’achat et sa source",
    "7. Rotation des fournisseurs",
    "8. Vérifications avant d’attribuer",
    "Mises en garde",
    "9. Projet de résolution",
    "10. Lettre d’invitation (projet)",
]


def make(page: Page, folder: Path) -> tuple[Path, Document]:
    """Make the document with the keyboard; give its path and what python-docx reads of it."""
    button = page.locator("[data-dossier-make]")
    button.focus()
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    page.get_by_text("Document prêt").wait_for()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path, docx.Document(str(path))


def texts(document: Document) -> list[str]:
    """List every paragraph, those of tables among them."""
    cells = [p.text for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    return [p.text for p in document.paragraphs] + cells


def blanks(document: Document) -> list[str]:
    """List the runs that are highlighted in yellow."""
    return [
        "".join(t.text or "" for t in run.iter(qn("w:t")))
        for run in document.element.body.iter(qn("w:r"))
        if any(mark.get(qn("w:val")) == "yellow" for mark in run.iter(qn("w:highlight")))
    ]


def alter(page: Page, data: dict[str, Any]) -> None:
    """Serve other data of the catalogue than those of the site."""
    page.route(
        "**/acheter/catalogue.json",
        lambda route: route.fulfill(body=json.dumps(data), content_type="application/json"),
    )


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_document_for_a_council(site: str, visit: Open, tmp_path: Path, width: int) -> None:
    """By keyboard: a search, reasons in its record, a mode kept, the document; nothing is asked of another host."""
    with visit(site, width=width) as visited:
        page = visited.page
        visited.open(f"acheter/catalogue/?{SEARCH}")
        page.locator("[data-catalogue-rows] [data-selection]").first.focus()
        page.keyboard.press("Enter")
        visited.open(f"{RECORD}?{SEARCH}")
        page.locator("[data-record-found] input").first.fill("Répond au besoin et livre ici")
        visited.open("acheter/mode/?organisme=municipalite&contrat=services&montant=45000")
        page.locator("[data-mode-verdict] h2").wait_for()
        answer = page.locator("[data-mode-verdict] h2").inner_text()
        page.get_by_role("button", name="Verser cette réponse").focus()
        page.keyboard.press("Enter")
        page.get_by_text("Réponse gardée dans ce navigateur").wait_for()
        visited.open(SELECTION)
        ready(page)
        page.fill("#contact-signature", "Ville d’Exempleville")
        page.fill("#contact-besoin", "Dîner de 40 personnes")
        path, document = make(page, tmp_path)

    assert path.name.startswith("dossier-achat-ma-selection-traiteur-et-buffets-20")
    chapters = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert chapters == CHAPTERS
    (title,) = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Title"]
    assert title == document.core_properties.title == "Dossier d’achat\u00a0: Dîner de 40 personnes"
    assert "Données du 2026-11-02" in document.core_properties.comments
    language = {e.get(qn("w:val")) for e in document.styles.element.iter(qn("w:lang"))}
    assert language == {"fr-CA"}
    assert [p.text for p in document.paragraphs if not p.text.strip()] == [], "no empty paragraph makes room"
    for table in document.tables:
        assert table.rows[0]._tr.trPr is not None
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None, "the header comes again on each page"

    said = "\n".join(texts(document))
    for words in (
        "Fournisseurs de traiteur et buffets",
        "données du 2\u00a0novembre\u00a02026",
        "Répond au besoin et livre ici",
        "Une offre inscrite, confirmée",
        "De 18\u00a0$ à 34\u00a0$ par personne",
        answer,
        "Source\u00a0:",
        "IL EST PROPOSÉ PAR ",
        "Ville d’Exempleville",
        "au moins huit jours",
        "Aucun tirage de ce navigateur",
    ):
        assert words in said, words
    found = blanks(document)
    assert found
    assert all(text.startswith("[à compléter\u00a0: ") and text.endswith("]") for text in found)
    assert said.count("[à compléter") == len(found), "every blank is highlighted"


def test_nothing_is_invented(site: str, visit: Open, tmp_path: Path) -> None:
    """Kept from profiles, without search, mode nor draw: what is not known is a blank."""
    with visit(site) as visited:
        page = visited.page
        choose(page, PRINTER, CLEANING)
        visited.open(SELECTION)
        ready(page)
        _, document = make(page, tmp_path)
    found = "\n".join(blanks(document))
    for what in (
        "objet de l’achat",
        "comment les fournisseurs ont été cherchés",
        "gré à gré, invitation",
        "article de la loi",
        "invitations passées",
        "raison",
    ):
        assert what in found, what
    assert "Retenue depuis sa fiche" in "\n".join(texts(document))


def test_a_draw_is_told_and_computed_again(site: str, visit: Open, tmp_path: Path) -> None:
    with visit(site) as visited:
        page = visited.page
        choose(page, kept_for(CATERER, "traiteur", "offre"))
        visited.open("acheter/rotation/")
        page.fill("[data-need]", "2027-04")
        page.fill("[data-bought]", "traiteur")
        page.locator("[data-bought]").blur()
        page.locator("[data-from-selection]").click()
        page.locator("[data-candidates] .badge--ok").first.wait_for()
        page.locator("[data-draw]").click()
        page.locator("[data-draws] h3").wait_for()
        visited.open(SELECTION)
        ready(page)
        _, document = make(page, tmp_path)
        said = "\n".join(texts(document))
        assert "Tirage no\u00a01" in said
        assert "mêmes empreintes, même ordre" in said
        assert blanks(document).count(OF_ANOTHER) == 3, "its reference is not that of this purchase, which has none"
        page.fill("#contact-reference", "2027-04")
        _, document = make(page, tmp_path)
        assert OF_ANOTHER not in blanks(document)
        page.evaluate(
            """() => {
            const state = JSON.parse(localStorage.getItem("annuaire-rotation"));
            state.tirages[0].ordre[0].empreinte = "0".repeat(64);
            localStorage.setItem("annuaire-rotation", JSON.stringify(state));
            }"""
        )
        _, document = make(page, tmp_path)
        assert "Ce tirage a été modifié ou abîmé" in "\n".join(texts(document))
        assert "[à compléter\u00a0: comment]" in blanks(document), "no resolution rests on a draw that was altered"


def test_an_answer_without_a_mode_is_no_mode(site: str, visit: Open, tmp_path: Path) -> None:
    """It is told in its chapter; decision and resolution keep their blanks. Another selection does not hold it."""
    with visit(site) as visited:
        page = visited.page
        visited.open("acheter/mode/?organisme=organisme-public&contrat=services&montant=45000")
        page.locator("[data-mode-verdict] h2").wait_for()
        page.get_by_role("button", name="Verser cette réponse").click()
        page.get_by_text("Réponse gardée dans ce navigateur").wait_for()
        visited.open(f"acheter/catalogue/?{SEARCH}")
        page.locator("[data-catalogue-rows] [data-selection]").first.click()
        visited.open("acheter/catalogue/?q=entretien+menager")
        for _ in range(2):
            page.locator("[data-catalogue-rows] [data-selection]").filter(has_text="Retenir").first.click()
        visited.open(SELECTION)
        ready(page)
        _, document = make(page, tmp_path)
        said, found = "\n".join(texts(document)), blanks(document)
        assert "Seuil à vérifier" in said
        assert "jugé ainsi" not in said
        assert "[à compléter\u00a0: mode d’achat]" in found
        assert sum("gré à gré, invitation ou appel public" in text for text in found) == 2
        assert f"{HOME_HELP[1]} (à confirmer)" in said
        (cell,) = [row.cells[1] for row in document.tables[0].rows if row.cells[0].text == "Fournisseurs trouvés"]
        assert [" : " in p.text.replace("\u00a0", " ") for p in cell.paragraphs] == [True, True], (
            "which search found whom"
        )
        targets = {str(rel.target_ref) for rel in document.part.rels.values() if rel.is_external}
        assert "https://pole.example.org/reglement-d-exemple" in targets, "the source of a rule is a link"

        page.locator("[data-list-new]").click()
        page.fill("#nom-selection", "Autre achat")
        page.keyboard.press("Enter")
        visited.open("acheter/catalogue/?q=entretien+menager")
        page.locator("[data-catalogue-rows] [data-selection]").first.click()
        visited.open(SELECTION)
        ready(page)
        _, document = make(page, tmp_path)
        assert "Aucune réponse de la page" in "\n".join(texts(document))


def test_hostile_records_are_only_texts(example: Project, site: str, visit: Open, tmp_path: Path) -> None:
    data = catalogue(example.site)
    firms = data["entreprises"]
    rank = firms["slug"].index(HALL[0])
    name = '<w:p/>]]>&"\'=HYPERLINK("http://pirate.example") \u0007\ufffe{ DDEAUTO cmd } \u202egro'
    firms["nom"][rank] = name
    firms["site_web"][rank] = "javascript:alert(1)"
    firms["courriel"][rank] = "a@b.example?bcc=pirate@pirate.example"
    with visit(site) as visited:
        page = visited.page
        alter(page, data)
        choose(page, kept_for(HALL, "<b>salle</b> [à compléter", "offre"), HOSTILE, HOME_HELP)
        visited.open(SELECTION)
        ready(page)
        path, document = make(page, tmp_path)
        assert page.evaluate("window.pirate") is None
    said = texts(document)
    assert any('<w:p/>]]>&"\'=HYPERLINK("http://pirate.example")' in text for text in said)
    with zipfile.ZipFile(path) as archive:
        assert sorted(n for n in archive.namelist() if n.endswith((".bin", ".vml", ".js"))) == []
        targets = "\n".join(archive.read(n).decode() for n in archive.namelist() if n.endswith(".rels"))
        main = archive.read("word/document.xml").decode()
    assert 'Target="javascript:' not in targets
    assert "bcc" not in targets
    assert "instrText" not in main
    outside = [str(rel.target_ref) for rel in document.part.rels.values() if rel.is_external]
    assert outside
    assert all(target.startswith(("http://", "https://", "mailto:")) for target in outside)


def test_the_writer_comes_only_when_it_is_asked_for(site: str, visit: Open, tmp_path: Path) -> None:
    with visit(site) as visited:
        page = visited.page
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        choose(page, CLEANING)
        visited.open(SELECTION)
        ready(page)
        assert not any("/document." in url or "/workbook." in url for url in asked)
        make(page, tmp_path)
        assert [url for url in asked if "/document." in url]
