"""Name an image in the form: nothing of the file leaves the page, the message says to attach it, `apply` places it."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from PIL import Image
from playwright.sync_api import FilePayload
from tests import pictures
from tests.applying.test_apply import DAY, SLUG
from tests.sites import Project

from annuaire.intake.applying import Application, report

from .conftest import WIDTHS, Open
from .correcting import part
from .looking import overflow, violations

pytestmark = pytest.mark.browser


def test_an_image_is_named_then_attached_then_placed(site: str, visit: Open, project: Project) -> None:
    with visit(site, width=WIDTHS["narrow"]) as visited:
        page = visited.page
        visited.open(f"contribuer/?fiche={SLUG}")
        page.get_by_text("Compléter ma fiche").click()
        images = part(page, "images")
        images.locator("summary").first.click()
        assert images.get_by_text("sans l’avoir permis par écrit (Loi 25)").is_visible()
        images.get_by_role("button", name="Ajouter une image").click()
        received: FilePayload = {"name": "IMG 2034.JPEG", "mimeType": "image/jpeg", "buffer": pictures.placed()}
        images.locator("input[type=file]").set_input_files(files=[received])
        assert images.get_by_text("Image retenue : img-2034.jpg").is_visible()
        images.get_by_label("Genre").select_option("photo")
        images.get_by_label("Texte de remplacement").fill("La façade")
        images.get_by_label("Crédit").fill("Entretien Exemple")
        images.get_by_label("Consentement").select_option("sans-personne")
        page.get_by_role("button", name="Vérifier et envoyer").click()
        message = page.get_by_label("Message", exact=True).input_value()
        asked = "Joindre ce fichier au message\u00a0: img-2034.jpg."
        assert asked in message
        assert page.locator("strong", has_text=asked).is_visible()
        assert violations(page) == []
        assert overflow(page) == []
    mail = EmailMessage()
    mail["From"] = "exemple@example.org"
    mail.set_content(message)
    mail.add_attachment(pictures.placed(), maintype="image", subtype="jpeg", filename="IMG 2034.JPEG")
    path = project.root.parent / "courriel.eml"
    path.write_bytes(mail.as_bytes())
    application = Application(project.settings, DAY)
    outcomes = application.read([path])
    assert outcomes[0].is_accepted, report(outcomes)
    application.write(outcomes)
    with Image.open(project.root / "content" / "images" / SLUG / "img-2034.jpg") as placed:
        assert not placed.getexif()
