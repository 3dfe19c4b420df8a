"""What each enterprise was kept for, said and judged on the data of today; the same sector is kept by an act only."""

from __future__ import annotations

import pytest

from .conftest import WIDTHS, Open
from .looking import LOOKED_AT, overflow, violations
from .selecting import (
    BREWERY,
    CAMP,
    CATERER,
    CLEANING,
    FUNERALS,
    HALL,
    ROOMS,
    SELECTION,
    choose,
    kept,
    kept_for,
    shown_table,
)

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_same_sector_is_kept_by_an_act_that_says_so(site: str, visit: Open, width: int) -> None:
    with visit(site, width=width, **LOOKED_AT) as visited:
        page = visited.page
        visited.open("acheter/catalogue/?q=traiteur")
        page.locator("[data-group=activite]").wait_for()
        for everyone in page.get_by_role("button", name="Tout retenir dans ma sélection").all():
            everyone.click()
        assert kept(page)[CATERER[0]] == ("traiteur", "offre")
        assert kept(page)[CAMP[0]] == ("traiteur", "activite")
        assert BREWERY[0] not in kept(page)
        assert "secteur" not in {level for _, level in kept(page).values()}, "« Tout retenir » leaves them alone"

        page.locator(".same-sector summary").click()
        label = f"Retenir malgré tout\u00a0: {BREWERY[1]}, même secteur, aucune offre pour ce besoin"
        button = page.get_by_role("button", name=label, exact=True)
        assert button.inner_text() == "Retenir malgré tout"
        assert overflow(page) == []
        assert violations(page) == []
        button.focus()
        page.keyboard.press("Enter")
        assert kept(page)[BREWERY[0]] == ("traiteur", "secteur")
        row = page.locator(".same-sector .rows > li", has_text=BREWERY[1])
        assert row.get_by_role("button").inner_text() == "Retenue malgré tout"

        visited.open(SELECTION)
        page.locator(".compare__screen").wait_for()
        said = {row.get_attribute("data-slug"): row.inner_text() for row in page.locator("[data-chosen] li").all()}
        assert "Pour «\u00a0traiteur\u00a0»\u00a0: offre confirmée." in said[CATERER[0]]
        assert "Confirmée pour ce besoin" in said[CATERER[0]]
        assert "Pour «\u00a0traiteur\u00a0»\u00a0: en parle, sans offre pour ce besoin." in said[CAMP[0]]
        sector = "même secteur seulement, aucune offre pour ce besoin."
        assert f"Pour «\u00a0traiteur\u00a0»\u00a0: {sector}" in said[BREWERY[0]]
        assert "À confirmer" in said[BREWERY[0]], "its beer is confirmed; what it was kept for is not"
        table = shown_table(page)
        columns = [table[0].index(name) for name in ("Besoin", "Répond par", "Offres correspondantes")]
        compared = {row[0]: [row[column] for column in columns] for row in table[1:]}
        assert compared[CATERER[1]] == ["traiteur", "Une offre inscrite, confirmée", "Buffets froids et chauds"]
        assert compared[BREWERY[1]] == ["traiteur", "Son secteur seulement", ""]
        assert overflow(page) == []


def test_what_is_kept_from_a_category_is_kept_for_it(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open("acheter/categories/location-salles/")
        page.get_by_role("button", name=f"Retenir\u00a0: {HALL[1]}").click()
        visited.open("acheter/catalogue/?categorie=location-salles")
        page.get_by_role("button", name=f"Retenir\u00a0: {FUNERALS[1]}").click()
        visited.open(f"entreprises/{CLEANING[0]}/")
        page.locator(".page-head [data-selection]").click()
        assert kept(page) == {
            HALL[0]: (ROOMS, "offre"),
            FUNERALS[0]: (ROOMS, "offre"),
            CLEANING[0]: ("", ""),
        }
        visited.open(SELECTION)
        page.locator(".compare__screen").wait_for()
        rows = page.locator("[data-chosen] li").all_inner_texts()
        assert [f"Pour «\u00a0{ROOMS}\u00a0»\u00a0: offre confirmée." in text for text in rows] == [True, True, False]


def test_a_level_follows_the_data_of_today(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        choose(page, kept_for(CAMP, "traiteur", "offre"), kept_for(CATERER, "licorne", "offre"))
        visited.open(SELECTION)
        page.locator(".compare__screen").wait_for()
        first, second = (text.replace("\u00a0", " ") for text in page.locator("[data-chosen] li").all_inner_texts())
        assert "en parle, sans offre pour ce besoin" in first
        assert "elle répondait par : une offre inscrite" in first
        assert "rien dans sa fiche n’y répond aujourd’hui" in second


def test_a_need_that_cannot_be_judged_confirms_nobody(site: str, visit: Open) -> None:
    with visit(site, quiet=False) as visited:
        page = visited.page
        page.route("**/textes.json", lambda route: route.fulfill(status=500))
        choose(page, kept_for(CATERER, "traiteur", "offre"))
        visited.open(SELECTION)
        page.locator(".compare__screen").wait_for()
        assert "offre à confirmer" in page.locator("[data-chosen] li").inner_text()
        assert "n’ont pas pu être lus" in page.locator(".contact__group").inner_text()
        assert page.get_by_role("link", name="Ouvrir dans mon courriel").count() == 0
