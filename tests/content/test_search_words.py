"""Asking the real directory in plain words: what must be found, what must not, what is proposed instead."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from urllib.parse import quote

import pytest
from tests.browser.conftest import Open, Visit
from tests.sites import Project

from annuaire import urls
from annuaire.pages.findable import respell
from annuaire.site import lexicon
from annuaire.text.names import fold

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Expected:
    """Hold what a question must give: bounds of its count, a name among the first three, words of the note."""

    words: str
    least: int
    most: int
    name: str = ""
    note: str = ""


MAY = "ces secteurs peuvent y répondre"
MEANT = "Vouliez-vous dire"
TABLE = (
    Expected("logement", 25, 35, "habitation"),
    Expected("logements", 25, 35, "habitation"),
    Expected("loyer", 25, 35, "habitation"),
    Expected("habitation", 25, 35, "[Hh]abitation"),
    Expected("d’habitation", 25, 35, "[Hh]abitation"),
    Expected("d'habitation", 25, 35, "[Hh]abitation"),
    Expected("coopérative d’habitation", 25, 35, "[Hh]abitation"),
    Expected("communication", 8, 15, "communication"),
    Expected("communications", 8, 15, "communication"),
    Expected("bâtiment", 1, 5),
    Expected("batiments", 1, 5),
    Expected("financement", 8, 20),
    Expected("placement", 8, 30),
    Expected("eau", 5, 15, "Eau|eau"),
    Expected("l’eau", 5, 15, "Eau|eau"),
    Expected("assistance", 0, 0, note="Aide à domicile"),
    Expected("vente", 5, 15),
    Expected("garderie", 30, 36, "CPE"),
    Expected("garderies", 30, 36, "CPE"),
    Expected("halte-garderie", 30, 36, "CPE"),
    Expected("haltes-garderies", 30, 36, "CPE"),
    Expected("CPE", 30, 36, "CPE"),
    Expected("garderie trois-rivieres", 10, 25),
    Expected("traiteur", 6, 10, "Bouff|Café|brassicole"),
    Expected("service de traiteur", 6, 10, "Bouff|Café|brassicole"),
    Expected("j’ai besoin d’un traiteur", 6, 10),
    Expected("traiteur près de Shawinigan", 1, 10),
    Expected("traiteur à proximité de Shawinigan", 1, 10),
    Expected("un traiteur pas cher dans la MRC de Maskinongé", 1, 10, note="d’ailleurs"),
    Expected("qui fait du ménage cette semaine", 6, 10, "domicile|Aide chez soi"),
    Expected("menage", 6, 10, "domicile|Aide chez soi"),
    Expected("service de ménage", 6, 10, "domicile|Aide chez soi"),
    Expected("services d'aide à domicile", 6, 12, "domicile|Aide chez soi"),
    Expected("préposées", 6, 10, "domicile|Aide chez soi"),
    Expected("entreprise", 1, 255),
    Expected("main-d’œuvre", 1, 15),
    Expected("main-d'oeuvre", 1, 15),
    Expected("document", 0, 0, note=MAY),
    Expected("drone", 0, 0, note=MAY),
    Expected("dragage", 0, 0, note="vérifiez l’orthographe"),
    Expected("destruction de documents", 0, 0, note="Destruction de documents"),
    Expected("mobilier de bureau", 0, 0, note="« bureau »"),
    Expected("impression", 0, 0, note="Médias et communications"),
    Expected("imprimeur", 0, 0, note="Médias et communications"),
    Expected("dépliants", 0, 0, note="« dépliants »"),
    Expected("déneigement", 0, 0, note=MAY),
    Expected("tonte de pelouse", 0, 0, note="Tonte et entretien de terrains"),
    Expected("traitteur", 0, 0, note=f"{MEANT} « traiteur »"),
    Expected("gardrie", 0, 0, note=f"{MEANT} « garderie »"),
    Expected("déneigment", 0, 0, note=f"{MEANT} « déneigement »"),
    Expected("entretein menager", 6, 12, note=f"{MEANT} « entretien ménager »"),
    Expected("traiteur zzzzqqqq", 6, 10, note="Aucune fiche ne contient « zzzzqqqq »"),
    Expected("zzzzqqqq", 0, 0, note="Toutes les entreprises"),
    Expected("d", 0, 0),
    Expected("constructor", 0, 0),
    Expected("__proto__ toString", 0, 0),
    Expected("<b>eau</b>", 5, 15),
)


def answer(visited: Visit, words: str) -> tuple[int, list[str], str]:
    """Ask by the address; return the count, the first names and the note."""
    visited.open(f"recherche/?q={quote(words)}")
    said = visited.settled()
    number = re.match(r"[\d\s]+", said)
    note = visited.page.locator("[data-search-note]")
    text = note.inner_text().replace("\u00a0", " ") if note.is_visible() else ""
    return int(number[0].replace(" ", "")) if number else 0, visited.names()[:3], text


def test_plain_words(real: str, visit: Open) -> None:
    faults = []
    with visit(real) as visited:
        for expected in TABLE:
            count, names, note = answer(visited, expected.words)
            if not expected.least <= count <= expected.most:
                faults.append(f"{expected.words}: {count} results, {note}")
            if not re.search(expected.name, " ".join(names)):
                faults.append(f"{expected.words}: {names}")
            if expected.note not in note or (not expected.note and expected.least > 0 and note):
                faults.append(f"{expected.words}: {note!r}")
    assert faults == []


def test_correction_is_a_button(real: str, visit: Open) -> None:
    with visit(real) as visited:
        answer(visited, "traitteur")
        visited.page.get_by_role("button", name="traiteur").focus()
        visited.page.keyboard.press("Enter")
        assert "« traiteur »" in visited.settled("traiteur\u00a0»")
        visited.page.wait_for_url("**/recherche/?q=traiteur")
        assert visited.page.evaluate("document.activeElement.id") == "q"


def test_way_out_leads_to_a_sector(real: str, visit: Open) -> None:
    with visit(real) as visited:
        answer(visited, "impression")
        visited.page.locator("[data-search-note]").get_by_role("link", name="Médias et communications").click()
        visited.page.wait_for_url("**/secteurs/medias-communications/")


def test_word_being_typed_is_waited_for(real: str, visit: Open) -> None:
    with visit(real) as visited:
        visited.open("recherche/")
        visited.page.locator("#q").press_sequentially("xz")
        visited.page.wait_for_timeout(1500)
        assert not visited.page.locator("[data-search-found]").is_visible()
        visited.page.fill("#q", "garder")
        assert visited.settled("garder\u00a0»").startswith("3")


def test_line_says_why(real: str, visit: Open) -> None:
    with visit(real) as visited:
        answer(visited, "loyer")
        lines = visited.page.locator("[data-search-rows] > li")
        text = lines.first.inner_text().replace("\u00a0", " ")
        assert "Secteur correspondant : Habitation" in text
        answer(visited, "habitation la tuque")
        assert "Secteur correspondant" not in lines.first.inner_text()


def test_synonyms_find_their_sector(real: str, directory: Project, visit: Open) -> None:
    """Each of the public's words for a sector in use is in the list of words, and finds a record of that sector."""
    table = json.loads((directory.site / urls.INDEX_WORDS).read_text(encoding="utf-8"))
    known = {fold(word) for word in table["mots"]}
    assert all(len(word) > 1 for word in known)
    asked = []
    for sector in table["secteurs"].values():
        for synonym in sector["mots"]:
            found = [word for word in lexicon.words(respell(synonym)) if len(word) > 1]
            assert {fold(word) for word in found} <= known, synonym
            asked.append((" ".join(found), sector["libelle"]))
    with visit(real) as visited:
        visited.open("recherche/")
        missing = visited.page.evaluate(
            """async (asked) => {
                const pagefind = await import(new URL("../pagefind/pagefind.js", location.href).href);
                await pagefind.init();
                const missing = [];
                for (const [words, secteur] of asked) {
                    const { results } = await pagefind.search(words, { filters: { secteur } });
                    if (results.length === 0) missing.push(`${secteur}: ${words}`);
                }
                return missing;
            }""",
            asked,
        )
    assert missing == []
    assert len(asked) > 200


def test_every_word_of_the_list_is_found(real: str, directory: Project, visit: Open) -> None:
    """The list promises a number of records for each word: the index gives them all."""
    words = json.loads((directory.site / urls.INDEX_WORDS).read_text(encoding="utf-8"))["mots"]
    with visit(real) as visited:
        visited.open("recherche/")
        short = visited.page.evaluate(
            """async (words) => {
                const pagefind = await import(new URL("../pagefind/pagefind.js", location.href).href);
                await pagefind.init();
                const short = [];
                for (const [word, count] of Object.entries(words)) {
                    const { results } = await pagefind.search(word);
                    if (results.length < count) short.push(word);
                }
                return short;
            }""",
            words,
        )
    assert short == []
