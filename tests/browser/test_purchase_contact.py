"""Writing to the suppliers that were kept: to whom, for which need, and what when the message is too long."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Page
from tests.sites import Project

from .conftest import CLIPBOARD, WIDTHS, Open
from .selecting import (
    BREWERY,
    CAMP,
    CATERER,
    CLEANING,
    FUNERALS,
    HALL,
    HOME_HELP,
    PRINTER,
    ROOMS,
    SELECTION,
    UNSURE,
    catalogue,
    choose,
    kept_for,
    ready,
)
from .test_purchase_exports import alter

pytestmark = pytest.mark.browser

LONGEST_HREF = 1900


def fill(page: Page, **values: str) -> None:
    """Type in the form of the first contact."""
    for name, value in values.items():
        page.locator(f"[data-contact] [name={name}]").fill(value)


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_first_contact(site: str, visit: Open, width: int) -> None:
    with visit(site, width=width) as visited:
        page = visited.page
        choose(page, CLEANING, HOME_HELP, UNSURE)
        visited.open(SELECTION)
        ready(page)
        section = page.locator("section", has=page.locator("#contact"))
        assert "n’est pas un appel d’offres sur invitation" in section.inner_text()
        assert "573.1" in section.inner_text()
        page.locator("#contact-besoin").focus()
        page.keyboard.type("Entretien de l’hôtel de ville & du garage?")
        fill(page, date="2027-01-15", comment="Par courriel à achats@ville.example.org.", reference="2027-04")
        fill(page, signature="Ville d’Exempleville")
        text = page.locator("[data-contact-text]").input_value()
        assert "au plus tard le 15\u00a0janvier\u00a02027" in text
        assert "par courriel à achats@ville.example.org?" in text
        assert "ni une invitation à soumissionner" in text

        link = page.get_by_role("link", name="Ouvrir dans mon courriel")
        href = link.get_attribute("href") or ""
        assert len(href) <= LONGEST_HREF
        parts = urlsplit(href)
        assert (parts.scheme, parts.path) == ("mailto", "")
        query = parse_qs(parts.query, strict_parsing=True)
        assert set(query) == {"bcc", "subject", "body"}
        assert query["bcc"] == ["soumissions@entretien.example.org,ententes@aide-exemple.example"]
        assert query["body"][0].replace("\r\n", "\n") == text
        assert "2027-04" in query["subject"][0]

        groups = {g.locator("h3").inner_text(): g.inner_text() for g in page.locator(".contact__group").all()}
        assert [title.split(" (")[0] for title in groups] == [
            "Recevront le message",
            "À confirmer d’abord",
        ]
        assert UNSURE[1] in groups["À confirmer d’abord (1)"]

        page.reload()
        ready(page)
        assert page.locator("[data-contact-text]").input_value() == text, "what was typed outlives the page"


def test_a_long_message_is_copied(site: str, visit: Open) -> None:
    with visit(site, **CLIPBOARD) as visited:
        page = visited.page
        choose(page, CLEANING)
        visited.open(SELECTION)
        ready(page)
        lengths = []
        for count in range(20, 1000, 60):
            fill(page, besoin="é" * count)
            link = page.get_by_role("link", name="Ouvrir dans mon courriel")
            if link.count() == 0:
                break
            lengths.append(len(link.get_attribute("href") or ""))
        assert lengths
        assert max(lengths) <= LONGEST_HREF
        assert page.get_by_role("link", name="Ouvrir dans mon courriel").count() == 0
        page.get_by_role("button", name="Copier le texte").focus()
        page.keyboard.press("Enter")
        page.get_by_text("Texte copié.").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == page.locator("[data-contact-text]").input_value()
        page.get_by_role("button", name="Copier les adresses").click()
        page.get_by_text("Adresses copiées.").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == "soumissions@entretien.example.org"


def test_only_what_is_confirmed_is_written_to(example: Project, site: str, visit: Open) -> None:
    """A record or offers to confirm, an address that would add recipients, no e-mail: each in its own list."""
    data = catalogue(example.site)
    firms, offers = data["entreprises"], data["offres"]

    def rank(slug: str) -> int:
        return int(firms["slug"].index(slug))

    firms["confirmee"][rank(HOME_HELP[0])] = 0
    for index, owner in enumerate(offers["entreprise"]):
        if owner == rank(CLEANING[0]):
            offers["confirmee"][index] = 0
    firms["courriel"][rank(PRINTER[0])] = ""
    others = [slug for slug in ("le-carrefour-exemple", "caisse-d-exemple") if firms["confirmee"][rank(slug)]]
    firms["courriel"][rank(others[0])] = "a@exemple.test&bcc=pirate@exemple.test"
    firms["courriel"][rank(others[1])] = "ok@exemple.test"
    chosen = [HOME_HELP[0], CLEANING[0], PRINTER[0], *others]
    with visit(site) as visited:
        page = visited.page
        alter(page, data)
        choose(page, *((slug, firms["nom"][rank(slug)]) for slug in chosen))
        visited.open(SELECTION)
        ready(page)
        groups = {
            g.locator("h3").inner_text(): g.locator("li a[href*=entreprises]").all_inner_texts()
            for g in page.locator(".contact__group").all()
        }
        assert groups == {
            "Recevront le message (1)": [firms["nom"][rank(others[1])]],
            "À joindre par téléphone (2)": [PRINTER[1], firms["nom"][rank(others[0])]],
            "À confirmer d’abord (2)": [HOME_HELP[1], CLEANING[1]],
        }
        href = page.get_by_role("link", name="Ouvrir dans mon courriel").get_attribute("href") or ""
        assert "pirate" not in unquote(href)
        phones = page.locator(".contact__group a[href^=tel]").all_inner_texts()
        assert firms["telephone"][rank(PRINTER[0])] in phones


def groups(page: Page) -> dict[str, list[str]]:
    """List the enterprises of each group of the first contact, by its title."""
    found = page.locator(".contact__group").all()
    return {g.locator("h3").inner_text(): g.locator("li a[href*=entreprises]").all_inner_texts() for g in found}


def test_who_is_confirmed_for_something_else_is_not_written_to(example: Project, site: str, visit: Open) -> None:
    """Each is judged on what it was kept for, on the data of today; the need that they share is proposed."""
    data = catalogue(example.site)
    firms, offers = data["entreprises"], data["offres"]
    hall = firms["slug"].index(HALL[0])
    rooms = [row[0] for row in data["categories"]].index("location-salles")
    for index, (owner, category) in enumerate(zip(offers["entreprise"], offers["categorie"], strict=True)):
        if (owner, category) == (hall, rooms):
            offers["confirmee"][index] = 0  # since it was kept
    with visit(site) as visited:
        page = visited.page
        alter(page, data)
        choose(
            page,
            *(kept_for(firm, ROOMS, "offre") for firm in (HALL, FUNERALS, BREWERY)),
            kept_for(CAMP, ROOMS, "secteur"),
        )
        visited.open(SELECTION)
        page.locator("[data-contact-lists] h3").first.wait_for()
        assert groups(page) == {
            "Recevront le message (2)": [FUNERALS[1], BREWERY[1]],
            "À confirmer d’abord (2)": [HALL[1], CAMP[1]],
        }
        assert page.input_value("#contact-besoin") == ROOMS
        assert ROOMS in page.locator("[data-contact-text]").input_value()
        page.fill("#contact-besoin", "Salle de 40 places")
        page.reload()
        page.locator("[data-contact-lists] h3").first.wait_for()
        assert page.input_value("#contact-besoin") == "Salle de 40 places", "what was typed is left alone"


def test_two_needs_propose_none(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        choose(page, kept_for(CATERER, "traiteur", "offre"), kept_for(HALL, ROOMS, "offre"))
        visited.open(SELECTION)
        page.locator("[data-contact-lists] h3").first.wait_for()
        assert page.input_value("#contact-besoin") == ""
        assert groups(page) == {"Recevront le message (2)": [CATERER[1], HALL[1]]}
