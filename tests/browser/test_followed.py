"""What a browser or a file kept of a record renamed or merged since follows it, and the page says so."""

from __future__ import annotations

import json

import pytest

from .conftest import Open
from .recording import sealed, verify
from .selecting import CLEANING, HOME_HELP, RECORD, SELECTION, VERIFY, choose, kept_for, names, ready
from .test_rotation import NEED, ROTATION, wait

pytestmark = pytest.mark.browser

RENAMED = ("taxi-coop-exemple", "Taxi-coop Exemple")
TODAY = ("navette-exemple", "Navette Exemple")
MERGED = ("la-ruche-exemple", "La Ruche Exemple")
SUCCESSOR = ("100-exemple-cooperative-de-producteurs", "100 % Exemple, coopérative de producteurs")
CARERS = ("centre-d-action-benevole-des-grands-exemples", "Centre d’action bénévole des Grands-Exemples")
MOVED = ("menage-exemple", CLEANING[1])  # another address, the same name


def test_a_selection_follows_and_says_so(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        choose(page, RENAMED, HOME_HELP, MERGED, MOVED)
        visited.open(SELECTION)
        ready(page)
        assert names(page) == [TODAY[1], HOME_HELP[1], SUCCESSOR[1], CLEANING[1]]
        rows = [text.replace("\u00a0", " ") for text in page.locator("[data-chosen] li").all_inner_texts()]
        assert f"« {RENAMED[1]} », que vous aviez retenue, a changé de nom ou s’est jointe à une autre" in rows[0]
        assert "retenue" not in rows[1]
        assert f"« {MERGED[1]} », que vous aviez retenue" in rows[2]
        assert "L’adresse de cette fiche a changé" in rows[3]
        page.reload()
        ready(page)
        assert RENAMED[1] in page.locator("[data-chosen] li").first.inner_text(), "it stays said"
        visited.open(f"entreprises/{TODAY[0]}/")
        assert page.get_by_role("button", name=f"Retenue\u00a0: {TODAY[1]}").is_visible()


def test_two_that_became_one_are_one(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        choose(page, MERGED, HOME_HELP, SUCCESSOR, ("miellerie-de-lac-a-l-exemple", "Miellerie"))
        visited.open(SELECTION)
        ready(page)
        assert names(page) == [SUCCESSOR[1], HOME_HELP[1]]
        said = page.locator("[data-chosen] li").first.inner_text()
        assert MERGED[1] in said
        assert "Miellerie" in said


def test_two_that_became_one_keep_the_first_need(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        choose(page, kept_for(MERGED, "miel", "offre"), kept_for(SUCCESSOR, "jus", "offre"))
        visited.open(SELECTION)
        ready(page)
        row = page.locator("[data-chosen] li")
        assert "Pour «\u00a0miel\u00a0»" in row.inner_text()
        assert "jus" not in row.inner_text()


def test_reasons_follow_in_a_record(site: str, visit: Open) -> None:
    draft = {"format": 1, "brouillons": [["releve:q=navette", {f"raison:{RENAMED[0]}": "Trop loin"}]]}
    with visit(site) as visited:
        page = visited.page
        page.add_init_script(f"localStorage.setItem('annuaire-brouillons', {json.dumps(json.dumps(draft))})")
        visited.open(f"{RECORD}?q=navette")
        row = page.locator(".found__item", has=page.get_by_role("link", name=TODAY[1], exact=True))
        assert row.locator("input").input_value() == "Trop loin"


def test_a_record_read_again_follows(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(f"{RECORD}?q=navette")
        page.locator(".found__item").first.wait_for()
        with page.expect_download() as waiting:
            page.locator("[data-record-download]").click()
        value = json.loads(waiting.value.path().read_bytes())
        line = next(line for line in value["trouvees"] if line["slug"] == TODAY[0])
        line["slug"], line["nom"] = RENAMED
        visited.open(VERIFY)
        verify(page, sealed(value))
        page.locator("[data-changes] section").first.wait_for()
        assert "La même recherche trouve les mêmes entreprises" in page.locator("[data-changes-said]").inner_text()


def test_who_was_invited_under_an_old_name_was_invited(site: str, visit: Open) -> None:
    kept = {
        "format": 1,
        "besoin": NEED,
        "achat": "transport adapté",
        "candidats": [{"slug": RENAMED[0], "nom": RENAMED[1]}, {"slug": CARERS[0], "nom": CARERS[1]}],
        "invitations": [{"slug": RENAMED[0], "nom": RENAMED[1], "date": "2026-03-01", "besoin": ""}],
    }
    with visit(site) as visited:
        page = visited.page
        page.add_init_script(f"localStorage.setItem('annuaire-rotation', {json.dumps(json.dumps(kept))})")
        visited.open(ROTATION)
        wait(page)
        assert page.locator("[data-candidates] tbody a").all_inner_texts() == [TODAY[1], CARERS[1]]
        page.locator("[data-draw]").click()
        page.locator("[data-draws] .draw").wait_for()
        assert page.locator("[data-draws] tbody a").all_inner_texts() == [CARERS[1], TODAY[1]]
        invited = page.locator("[data-register] tbody a")
        assert invited.inner_text() == RENAMED[1], "the register stays as it was written"
        assert str(invited.get_attribute("href")).endswith(f"/entreprises/{TODAY[0]}/")
