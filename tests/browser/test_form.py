"""Correct a record and write a new one, by keyboard, on a telephone; what is typed is kept, what is sent is exact."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from tests.rules.corpus import context
from tests.sites import EXAMPLES, Project

from annuaire.records.collections import ENTERPRISES
from annuaire.records.reading import from_document
from annuaire.rules import examine
from annuaire.schema import load
from annuaire.yamlfile import source
from annuaire.yamlfile.formatter import format_text

from .conftest import CLIPBOARD, WIDTHS, Open
from .correcting import (
    FORM,
    NAME,
    RECORD,
    SLUG,
    applied,
    last_line,
    message_of,
    part,
    plain,
    tab_to,
    type_over,
    typed,
)
from .looking import overflow, violations

pytestmark = pytest.mark.browser


def test_from_a_profile_to_the_record_by_keyboard(site: str, visit: Open, project: Project) -> None:
    with visit(site, width=WIDTHS["narrow"], **CLIPBOARD) as visited:
        page = visited.page
        visited.open(f"entreprises/{SLUG}/")
        page.get_by_role("link", name="Corriger cette fiche").focus()
        page.keyboard.press("Enter")
        title = page.get_by_role("heading", name=f"Corriger la fiche « {NAME} »")
        title.and_(page.locator(":focus")).wait_for()  # a few keys from there to the telephone
        asked = page.evaluate("performance.getEntriesByType('resource').map((e) => e.name)")
        assert not [url for url in asked if url.endswith("fiches.json")]  # long in a large directory

        tab_to(page, part(page, "lieux").locator("summary").first)
        page.keyboard.press("Enter")
        tab_to(page, part(page, "lieux").locator(".item__summary").first)
        page.keyboard.press("Enter")
        telephone = part(page, "lieux").get_by_label("Téléphone").first
        tab_to(page, telephone)
        type_over(page, "1 819 555-0142")

        tab_to(page, part(page, "offre").locator("summary").first)
        page.keyboard.press("Enter")
        tab_to(page, page.get_by_role("button", name="Ajouter un produit ou un service"))
        page.keyboard.press("Enter")
        added = part(page, "offre").locator(".item").last
        assert added.get_by_label("Produit ou service").first.evaluate("e => e === document.activeElement")
        page.keyboard.type("Ramassage de feuilles")
        page.keyboard.press("Tab")
        page.keyboard.type("Déneigement")

        tab_to(page, page.get_by_role("button", name="Vérifier et envoyer"))
        page.keyboard.press("Enter")
        faults = page.locator("[data-faults]")
        assert faults.evaluate("e => e === document.activeElement")
        assert "1 réponse à corriger" in plain(faults.inner_text())
        assert "« 1 819 555-0142 » n’est pas un numéro de téléphone" in plain(faults.inner_text())
        assert violations(page) == []
        assert overflow(page) == []
        tab_to(page, faults.get_by_role("link", name="Lieu 1, téléphone"))
        page.keyboard.press("Enter")
        assert telephone.evaluate("e => e === document.activeElement")
        assert telephone.get_attribute("aria-invalid") == "true"
        described = telephone.get_attribute("aria-describedby") or ""
        said = " ".join(page.locator(f"#{name}").inner_text() for name in described.split())
        assert "Écrire « 819 555-0142 »" in plain(said)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # the button that writes it right
        assert telephone.input_value() == "819 555-0142"
        assert telephone.get_attribute("aria-invalid") is None
        assert faults.is_hidden()

        tab_to(page, page.get_by_role("button", name="Vérifier et envoyer"))
        page.keyboard.press("Enter")
        send = page.locator("[data-send]")
        assert send.get_by_role("heading", name="Votre proposition est prête").evaluate(
            "e => e === document.activeElement"
        )
        assert violations(page) == []
        assert overflow(page) == []
        expected = message_of(
            "• Ordre [offres] : « 1, 2, 3, 4, 5, 6, 7, 8, nouveau 1 »",
            "• Produit ou service [offres.nouveau 1.nom] : « Ramassage de feuilles »",
            "• Catégorie d’achat [offres.nouveau 1.categorie] : « deneigement »",
            "• Téléphone [etablissements.1.telephone] : « 819 555-0142 » (était « 819 555-0110 »)",
            text=RECORD.read_text(encoding="utf-8"),
            introduction=f"Voici ce que je propose de changer dans la fiche « {NAME} ».",
        )
        tab_to(page, send.get_by_role("button", name="Copier le message"))
        page.keyboard.press("Enter")
        page.get_by_text("Message copié.").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert plain(copied) == expected
        assert applied(project, copied) == [
            f"{SLUG}.yml",
            "+  - nom: Ramassage de feuilles",
            "+    categorie: deneigement",
            '-    telephone: "819 555-0110"',
            '+    telephone: "819 555-0142"',
        ]
        address = send.get_by_role("link", name="Ouvrir dans mon courriel").get_attribute("href") or ""
        assert address.startswith("mailto:info@pole.example.org?subject=Correction%20de%20la%20fiche")
        assert plain(parse_qs(urlsplit(address).query)["body"][0]).replace("\r\n", "\n") == expected

        with page.expect_download() as download:
            page.get_by_role("button", name="Télécharger la fiche").click()
        assert download.value.suggested_filename == f"{SLUG}.yml"
        written = Path(download.value.path()).read_text(encoding="utf-8")
        before = RECORD.read_text(encoding="utf-8")
        served = 'territoires_desservis: ["995", "996", "997", "998"]\nretombees'
        assert written == before.replace(
            'telephone: "819 555-0110"\n    courriel', 'telephone: "819 555-0142"\n    courriel'
        ).replace(served, f"  - nom: Ramassage de feuilles\n    categorie: deneigement\n{served}") + last_line(before)
        page.reload()  # sent: leaving asks nothing
        assert visited.warned == 0


def test_a_new_enterprise(site: str, visit: Open, project: Project) -> None:
    with visit(site, width=WIDTHS["narrow"], **CLIPBOARD) as visited:
        page = visited.page
        visited.open("contribuer/")
        page.get_by_label("Nom de l’entreprise").fill("zzzz")
        assert "Aucune fiche" in page.locator("[data-find-said]").inner_text()
        page.get_by_role("link", name="Ajouter une entreprise").press("Enter")
        page.locator("[data-editor]").wait_for()
        page.get_by_role("button", name="Vérifier et envoyer").press("Enter")
        faults = page.locator("[data-faults]")
        faults.wait_for()  # what judges a new record comes at the first touch
        assert "4 réponses à corriger" in plain(faults.inner_text())
        page.get_by_label("Nom (obligatoire)").fill("Entretien Exemple, entreprise d’insertion")
        page.get_by_label("Forme juridique").select_option(label="Organisme à but non lucratif")
        namesake = page.get_by_role("link", name="Corriger sa fiche")
        assert namesake.get_attribute("href") == f"?fiche={SLUG}"
        page.get_by_label("Secteur (obligatoire)").select_option(label="Insertion et employabilité")
        page.get_by_label("Municipalité (obligatoire)").fill("Ville d’Exempleville (Québec)")
        page.get_by_label("Municipalité (obligatoire)").press("Tab")
        assert page.get_by_label("Municipalité (obligatoire)").input_value() == "Exempleville"
        assert "Municipalité : écrit « Exempleville »" in plain(page.locator("[data-said]").inner_text())
        page.get_by_role("button", name="Vérifier et envoyer").press("Enter")
        assert page.get_by_role("heading", name="Votre proposition est prête").is_visible(), faults.inner_text()
        slug = f"{SLUG}-exempleville"
        expected = message_of(
            "• Nom [nom] : « Entretien Exemple, entreprise d’insertion »",
            "• Forme juridique [forme_juridique] : « obnl »",
            "• Statut [statut] : « active »",
            "• Secteur [secteur] : « insertion-emploi »",
            "• Ordre [etablissements] : « nouveau 1 »",
            "• Municipalité [etablissements.nouveau 1.municipalite] : « Exempleville »",
            "• Vérification [verification.statut] : « a-confirmer »",
            text="",
            introduction="Voici une nouvelle fiche pour le répertoire : « Entretien Exemple, entreprise d’insertion ».",
            slug=slug,
            base="nouvelle",
        )
        assert plain(page.locator("#message-texte").input_value()) == expected
        page.get_by_role("button", name="Copier le message").press("Enter")
        page.get_by_text("Message copié.").wait_for()
        made = applied(project, page.evaluate("navigator.clipboard.readText()"))
        with page.expect_download() as download:
            page.get_by_role("button", name="Télécharger la fiche").click()
        text = Path(download.value.path()).read_text(encoding="utf-8")
        assert download.value.suggested_filename == f"{slug}.yml"
        assert text.endswith(f"\n# annuaire 1, fiche {slug}, base nouvelle\n")
        text = text[: text.index("# annuaire 1, ")]
        assert made == [f"{slug}.yml", *(f"+{line}" for line in text.splitlines())]
        assert format_text(text, load(ENTERPRISES)) == text
        record = from_document(source.parse(text, Path(f"{slug}.yml")), f"{slug}.yml", load(ENTERPRISES))
        assert record.is_readable
        assert {f.code for f in examine(record, context(EXAMPLES))} <= {"municipalite-inconnue"}  # Exemple is invented


def test_what_is_typed_survives_a_reload_and_a_closed_tab(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(FORM)
        typed(page).fill("Une mission toute neuve.")
        page.reload()
        assert visited.warned == 1
        page.locator("[data-hint]").wait_for()
        assert "Nous avons repris ce que vous aviez écrit le" in page.locator("[data-hint]").inner_text()
        assert typed(page).input_value() == "Une mission toute neuve."
        page.close()

        other = visited.page = page.context.new_page()
        other.goto(f"{site}contribuer/")
        other.get_by_role("link", name="Entretien Exemple").click()
        other.locator("[data-hint]").wait_for()
        assert typed(other).input_value() == "Une mission toute neuve."
        other.locator("[data-hint]").get_by_role("button", name="Recommencer").click()
        assert typed(other).input_value().startswith("Former au métier")
        assert other.evaluate("localStorage.length") == 0
        other.get_by_role("button", name="Reprendre ce que j’avais écrit").click()
        assert typed(other).input_value() == "Une mission toute neuve."
        other.get_by_role("button", name="Vérifier et envoyer").click()
        assert "Mission" in other.locator(".send__changes").inner_text()


def test_a_record_that_changed_since_keeps_what_was_typed(site: str, visit: Open) -> None:
    """Message and file name the text they started from; the forge, which would undo others' changes, is not offered."""
    with visit(site) as visited:
        page = visited.page
        visited.open(FORM)
        typed(page).fill("Une mission toute neuve.")
        text = RECORD.read_text(encoding="utf-8")
        changed = text.replace("819 555-0110", "819 555-0177")
        page.route("**/fiches/*.yml", lambda route: route.fulfill(body=changed, content_type="text/yaml"))
        page.reload()
        page.locator("[data-hint]").wait_for()
        assert "La fiche a changé depuis" in page.locator("[data-hint]").inner_text()
        assert typed(page).input_value() == "Une mission toute neuve."
        page.get_by_role("button", name="Vérifier et envoyer").click()
        message = page.locator("#message-texte").input_value()
        assert f"base {hashlib.sha256(text.encode()).hexdigest()[:8]}" in message
        assert "telephone" not in message
        with page.expect_download() as download:
            page.get_by_role("button", name="Télécharger la fiche").click()
        file = Path(download.value.path()).read_text(encoding="utf-8")
        assert "819 555-0110" in file
        assert file.endswith(last_line(text))
        assert page.get_by_role("heading", name="Ou proposer vous-même").count() == 0
        page.get_by_role("button", name="Recommencer").last.click()
        part(page, "lieux").locator("summary").first.click()
        assert "819 555-0177" in part(page, "lieux").locator(".part__note").inner_text()


def test_what_was_accepted_is_proposed_no_more(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(FORM)
        part(page, "lieux").locator("summary").first.click()
        part(page, "lieux").locator(".item__summary").first.click()
        part(page, "lieux").get_by_label("Téléphone").first.fill("819 555-0142")
        changed = RECORD.read_text(encoding="utf-8").replace("819 555-0110", "819 555-0142", 1)
        page.route("**/fiches/*.yml", lambda route: route.fulfill(body=changed, content_type="text/yaml"))
        page.reload()
        page.locator("[data-editor]").wait_for()
        assert page.locator("[data-hint]").is_hidden()
        assert page.evaluate("localStorage.length") == 0


def test_who_writes_is_said_in_the_message(site: str, visit: Open, project: Project) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(FORM)
        typed(page).fill("Une mission toute neuve.")
        page.get_by_label("J’écris au nom de l’entreprise").check()
        page.get_by_role("button", name="Vérifier et envoyer").click()
        message = page.locator("#message-texte").input_value()
        assert "• Qui écrit [qui] : « au nom de l’entreprise »" in plain(message)
        assert "confirme]" not in message
        address = page.get_by_role("link", name="Ouvrir dans mon courriel").get_attribute("href") or ""
        assert "au nom de l’entreprise" in unquote(address)
        assert applied(project, message)[0] == f"{SLUG}.yml"


def test_items_move_by_keyboard_and_keep_the_focus(site: str, visit: Open) -> None:
    with visit(site, width=WIDTHS["narrow"]) as visited:
        page = visited.page
        visited.open(FORM)
        part(page, "lieux").locator("summary").first.press("Enter")
        items = part(page, "lieux").locator(".item")
        items.nth(1).locator("summary").first.press("Enter")
        up = items.nth(1).get_by_role("button", name="Monter")
        up.press("Enter")
        assert page.evaluate("document.activeElement.textContent") == "Descendre"  # the first one goes no higher
        assert "Point de départ" in items.first.inner_text()
        assert "1 sur 2" in plain(page.locator("[data-said]").inner_text())
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # « Retirer »
        assert items.count() == 1
        assert page.evaluate("document.activeElement.matches('.item__summary')")
        assert items.first.get_by_role("button", name="Retirer").count() == 0  # a record has one place at least
        back = part(page, "lieux").get_by_role("button", name="Remettre « Point de départ")
        back.press("Enter")
        assert page.evaluate("document.activeElement.textContent").startswith("Point de départ")
        assert items.first.inner_text().startswith("Point de départ")
        page.keyboard.press("Enter")
        items.first.get_by_role("button", name="Retirer").press("Enter")
        assert items.count() == 1
        page.get_by_role("button", name="Vérifier et envoyer").press("Enter")
        assert "Ordre [etablissements] : « 1 »" in plain(page.locator("#message-texte").input_value())
        assert "1 de moins (Point de départ des équipes" in plain(page.locator(".send__changes").inner_text())


def test_a_long_message_gives_way_to_the_file(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(FORM)
        part(page, "presentation").locator("summary").click()
        page.get_by_label("Description").fill("Un mot de plus. " * 140)
        page.get_by_role("button", name="Vérifier et envoyer").click()
        send = page.locator("[data-send]")
        assert "c’est trop pour un courriel" in send.inner_text()
        assert send.get_by_role("link", name="Ouvrir dans mon courriel").count() == 0
        assert send.locator(".send__way h4").first.inner_text() == "Télécharger la fiche"


def test_an_e_mail_stays_under_its_length(site: str, visit: Open) -> None:
    """With one more character than an e-mail opened from here carries, none is."""
    with visit(site) as visited:
        page = visited.page
        visited.open(FORM)
        page.get_by_label("J’écris au nom de l’entreprise").check()
        part(page, "presentation").locator("summary").click()
        link = page.get_by_role("link", name="Ouvrir dans mon courriel")
        message = page.get_by_label("Message", exact=True)

        def propose(length: int) -> None:
            page.get_by_label("Description").fill("x" * length)
            message.wait_for(state="hidden")  # a moment later, and what is below it has moved
            page.get_by_role("button", name="Vérifier et envoyer").click()
            message.wait_for()

        propose(1000)
        most = 1000 + 1799 - len(message.input_value())
        propose(most)
        assert link.count() == 1
        assert len(message.input_value()) == 1799
        propose(most + 1)
        assert link.count() == 0


def test_the_last_drafts_are_kept(site: str, visit: Open) -> None:
    """When more records were begun than are kept, the oldest goes, never what is being typed."""
    old = {"root": {}, "items": {}, "texte": "", "base": "", "nom": "Ancien", "date": "2026-01-01T00:00:00Z"}
    kept = json.dumps({"format": 1, "brouillons": [[f"ancien-{number}", old] for number in range(12)]})
    with visit(site) as visited:
        page = visited.page
        visited.open("contribuer/")
        page.evaluate("(text) => localStorage.setItem('annuaire-formulaire', text)", kept)
        visited.open(FORM)
        part(page, "presentation").locator("summary").click()
        page.get_by_label("Description").fill("Ce que je viens d’écrire.")
        page.reload()
        page.locator("[data-editor]").wait_for()
        part(page, "presentation").locator("summary").click()
        assert page.get_by_label("Description").input_value() == "Ce que je viens d’écrire."
        names = page.evaluate(
            "JSON.parse(localStorage.getItem('annuaire-formulaire')).brouillons.map(([name]) => name)"
        )
        assert len(names) == 12
        assert "ancien-0" not in names
