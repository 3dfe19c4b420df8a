"""Confirm a record with the form, offer by offer; see in it only what is an enterprise's to say, in a few screens."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Page
from tests.sites import Project

from annuaire.yamlfile import source

from .conftest import WIDTHS, Open
from .correcting import FORM, NEW, RECORD, SLUG, applied, part, plain, tab_to, typed
from .looking import LOOKED_AT, faults_everywhere
from .test_form_states import open_all, send

pytestmark = pytest.mark.browser
MOST_SCREENS = 8.5  # the last half: a logo and photographs
SCREEN = 900  # pixels: what a visit shows at once
TO_CONFIRM = "club-nautique-exemple-de-la-pointe"  # nobody vouches for it yet
SECTORS = "[data-parts] fieldset:has(#champ-secteurs_secondaires-recherche)"


def say_owner(page: Page, role: str = "Direction") -> None:
    """Say in whose name one writes."""
    page.get_by_label("J’écris au nom de l’entreprise").check()
    page.get_by_label("À quel titre?").select_option(label=role)


def add_offer(page: Page) -> None:
    """Add an offer, after the others."""
    part(page, "offre").locator("summary").first.click()
    page.get_by_role("button", name="Ajouter un produit ou un service").click()
    added = part(page, "offre").locator(".item").last
    added.get_by_label("Produit ou service").first.fill("Ramassage de feuilles")
    added.get_by_label("Catégorie d’achat (obligatoire)").fill("Déneigement")


def message_of(page: Page) -> str:
    """Ask for the last check; give the message."""
    send(page)
    page.get_by_role("heading", name="Votre proposition est prête").wait_for()
    return page.locator("#message-texte").input_value()


def test_an_untouched_record_is_confirmed_by_keyboard(site: str, visit: Open, project: Project) -> None:
    with visit(site, width=WIDTHS["narrow"], **LOOKED_AT) as visited:
        page = visited.page
        visited.open(FORM)
        owner = page.get_by_label("J’écris au nom de l’entreprise")
        assert page.get_by_label("Tout est exact, je confirme").is_hidden(), "asked of who writes for the enterprise"
        tab_to(page, owner)
        page.keyboard.press("Space")
        page.get_by_label("À quel titre?").select_option(label="Direction")
        exact = page.get_by_label("Tout est exact, je confirme")
        tab_to(page, exact)
        page.keyboard.press("Space")
        assert page.locator(".confirm__offers input:checked").count() == 8
        message = message_of(page)
        page.mouse.move(0, 0)
        assert faults_everywhere(page) == []
        assert "• Qui écrit [qui] : « au nom de l’entreprise, direction »" in plain(message)
        offers = " | ".join(f"offres.{rank}" for rank in range(1, 9))
        said = re.search(r"\[confirme\] : « ([0-9]{4}-[0-9]{2}-[0-9]{2}) \| fiche \| ([^»]*) »", plain(message))
        assert said is not None, message
        assert said.group(2) == offers
        assert message.count("•") == 2, "nothing else is proposed"
        assert "la fiche devient « confirmée par l’entreprise »" in plain(page.locator(".send__changes").inner_text())
        with page.expect_download() as download:
            page.get_by_role("button", name="Télécharger la fiche").click()
        written = source.parse(download.value.path().read_text(encoding="utf-8"), RECORD).values
        applied(project, message)
        path = project.record(SLUG)
        values = source.parse(path.read_text(encoding="utf-8"), path).values
        assert values == written, "the message and the file say the same"
        assert values["verification"]["par"] == "entreprise"
        assert values["verification"]["source"] == "Formulaire du site, au nom de l’entreprise (direction)"
        assert {offer["verification"]["statut"] for offer in values["offres"]} == {"confirmee"}
        assert date.fromisoformat(said.group(1))


def test_a_guess_and_an_unknown_state_are_no_more(site: str, visit: Open, project: Project) -> None:
    """Message and file agree on what a confirmation takes away, and on what it says of one not known active."""
    path = project.record(TO_CONFIRM)
    before = source.parse(path.read_text(encoding="utf-8"), path).values
    assert "deduits" in before["verification"]
    with visit(site) as visited:
        page = visited.page
        visited.open(f"contribuer/?fiche={TO_CONFIRM}")
        say_owner(page, "Non précisé")
        page.get_by_label("Tout est exact, je confirme").check()
        message = message_of(page)
        with page.expect_download() as download:
            page.get_by_role("button", name="Télécharger la fiche").click()
        written = source.parse(download.value.path().read_text(encoding="utf-8"), path).values
    applied(project, message)
    values = source.parse(path.read_text(encoding="utf-8"), path).values
    kept = values.pop("provenances")  # what the confirmation would have erased: `apply` adds it to a file too
    assert [each["source"] for each in kept] == [before["verification"]["source"]]
    assert values == written
    assert "deduits" not in values["verification"]
    assert values["statut"] == "active"
    assert values["verification"]["source"] == "Formulaire du site, au nom de l’entreprise"


def test_an_offer_is_left_out_of_what_is_confirmed(site: str, visit: Open, project: Project) -> None:
    """One that says nothing of itself is confirmed with its record: the form says that it is not."""
    with visit(site) as visited:
        page = visited.page
        visited.open(FORM)
        say_owner(page)
        page.get_by_label("Tout est exact, je confirme").check()
        page.locator(".confirm__offers input").nth(4).uncheck()
        add_offer(page)
        message = plain(message_of(page))
        assert "offres.4 | offres.6 | offres.7 | offres.8 »" in message
        applied(project, message)
        path = project.record(SLUG)
        values = source.parse(path.read_text(encoding="utf-8"), path).values
        assert values["verification"]["statut"] == "confirmee"
        states = [offer["verification"]["statut"] for offer in values["offres"]]
        assert [rank for rank, state in enumerate(states, start=1) if state == "a-confirmer"] == [5, 9]


def test_one_offer_alone_is_confirmed_with_a_change_and_survives_a_reload(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(FORM)
        say_owner(page, "Ventes ou service à la clientèle")
        page.locator(".confirm__offers input").nth(2).check()
        page.reload()
        assert visited.warned == 1
        page.locator("[data-hint]").wait_for()
        assert page.locator(".confirm__offers input").nth(2).is_checked()
        typed(page).fill("Une mission toute neuve.")
        add_offer(page)
        page.locator(".confirm__offers").get_by_label("Ramassage de feuilles").check()
        message = plain(message_of(page))
        assert re.search(r"\[confirme\] : « \S+ \| offres\.3 \| offres\.nouveau 1 »", message), message
        assert "[mission] : « Une mission toute neuve. »" in message
        assert "verification" not in message
        page.get_by_label("J’écris au nom de l’entreprise").uncheck()
        assert "confirme]" not in message_of(page), "who does not write for the enterprise confirms nothing"


def test_only_an_enterprise_s_own_fields_are_asked(site: str, visit: Open) -> None:
    with visit(site, width=WIDTHS["narrow"], **LOOKED_AT) as visited:
        page = visited.page
        visited.open(FORM)
        typed(page).fill("Une mission toute neuve.")
        open_all(page)
        others = ("Latitude", "Longitude", "Code de la municipalité", "Cohorte", "Vérifiée par", "Adhésion au Pôle")
        for label in (*others, "Date de fermeture", "Vérification de l’offre"):
            assert page.get_by_label(label).filter(visible=True).count() == 0, label
        inside = page.locator("#partie-completer")
        for name in ("retombees", "preuves", "reseaux", "histoire"):
            assert inside.locator(f"#partie-{name}").count() == 1, name
        page.get_by_label("Statut (obligatoire)").select_option(label="Fermée")
        page.get_by_label("Date de fermeture").wait_for()
        page.get_by_role("button", name="Tous les champs").click()
        open_all(page)
        for label in others:
            assert page.get_by_label(label).filter(visible=True).count() > 0, label
        assert page.get_by_label("Mission", exact=True).input_value() == "Une mission toute neuve."
        page.mouse.move(0, 0)
        assert faults_everywhere(page) == []


def test_the_whole_form_is_a_few_screens_long(site: str, visit: Open) -> None:
    """Everything is open, on a telephone: one place and one offer, which a new record has at most to begin with."""
    with visit(site, width=WIDTHS["narrow"], reduced_motion="reduce") as visited:
        page = visited.page
        visited.open(NEW)
        part(page, "offre").get_by_role("button", name="Ajouter").click()
        open_all(page)
        page.get_by_label("J’écris au nom de l’entreprise").check()
        height = page.locator("[data-edit]").evaluate("e => e.getBoundingClientRect().height")
        assert height <= MOST_SCREENS * SCREEN, f"{height / SCREEN:.1f} screens"
        page.goto(f"{site}contribuer/?fiche={TO_CONFIRM}")
        page.locator("[data-editor]").wait_for()
        open_all(page)
        height = page.locator("[data-edit]").evaluate("e => e.getBoundingClientRect().height")
        assert height <= MOST_SCREENS * SCREEN, f"{height / SCREEN:.1f} screens"


def test_sectors_are_searched_by_keyboard(site: str, visit: Open) -> None:
    with visit(site, width=WIDTHS["narrow"], **LOOKED_AT) as visited:
        page = visited.page
        visited.open(FORM)
        open_all(page)
        sectors = page.locator(SECTORS)
        search = sectors.get_by_role("searchbox")
        search.focus()
        page.keyboard.type("trans")
        shown = sectors.locator("label").filter(visible=True)
        assert "Transport" in shown.all_inner_texts()
        assert shown.count() < 10
        assert "choix" in sectors.locator("[role=status]").inner_text()
        page.keyboard.press("Enter")
        assert page.locator("[data-send]").is_hidden(), "Enter searches, and sends nothing"
        tab_to(page, shown.first.locator("input"))
        page.keyboard.press("Space")
        search.fill("zzzz")
        assert sectors.locator("label").filter(visible=True).count() == 1, "what is chosen stays in sight"
        assert "Aucun choix" in sectors.locator("[role=status]").inner_text()
        search.fill("")
        sectors.get_by_role("button", name="Voir les").click()
        assert sectors.locator("label").filter(visible=True).count() > 20
        page.mouse.move(0, 0)
        assert faults_everywhere(page) == []
        assert "[secteurs_secondaires]" in message_of(page)
