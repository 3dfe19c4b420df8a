"""Place the images that come with a correction: clean, under the name that the record gives, or not at all."""

from __future__ import annotations

import io
from email.message import EmailMessage
from pathlib import Path

import pytest
from PIL import Image
from tests import pictures
from tests.applying.test_apply import DAY, SLUG, correction
from tests.sites import Project

from annuaire.intake.applying import Application, FileOutcome, report
from annuaire.intake.applying.images import plain_name
from annuaire.text.problems import AnnuaireError

FACADE = {
    "images.nouveau 1.fichier": "img-2034.jpg",
    "images.nouveau 1.genre": "photo",
    "images.nouveau 1.alternative": "La façade, un matin d’hiver",
    "images.nouveau 1.credit": "Entretien Exemple",
    "images.nouveau 1.consentement": "sans-personne",
}


def mail(project: Project, *attached: tuple[str, bytes]) -> Path:
    """Save a mail that asks for an image, with files attached."""
    message = EmailMessage()
    message["From"], message["Subject"] = "exemple@example.org", "Correction"
    message.set_content(correction(project, dict(FACADE), {"images": ["nouveau 1"]}))
    for name, data in attached:
        message.add_attachment(data, maintype="image", subtype="jpeg", filename=name)
    path = project.root.parent / "courriel.eml"
    path.write_bytes(message.as_bytes())
    return path


def apply(project: Project, path: Path, *images: Path) -> FileOutcome:
    """Apply a file as the command does, with images beside it."""
    application = Application(project.settings, DAY, images)
    outcomes = application.read([path])
    application.write(outcomes)
    return outcomes[0]


def placed(project: Project) -> Path:
    """Give where the image goes."""
    return project.root / "content" / "images" / SLUG / "img-2034.jpg"


def test_an_attached_image_is_placed_without_what_the_camera_added(project: Project) -> None:
    """The place where it was taken never enters the repository."""
    outcome = apply(project, mail(project, ("signature.png", b"rien"), ("IMG 2034.JPEG", pictures.placed(6))))
    assert outcome.is_accepted, report([outcome])
    data = placed(project).read_bytes()
    assert b"Exif" not in data
    assert Image.open(io.BytesIO(data)).size == (600, 800)
    assert "fichier: img-2034.jpg" in project.record(SLUG).read_text(encoding="utf-8")
    assert f"content/images/{SLUG}/img-2034.jpg" in report([outcome])
    assert [path.name for path in placed(project).parent.iterdir()] == ["img-2034.jpg"]


def test_an_image_beside_the_message_is_placed_too(project: Project) -> None:
    beside = project.root.parent / "IMG_2034.jpg"
    beside.write_bytes(pictures.picture())
    outcome = apply(project, mail(project), beside)
    assert outcome.is_accepted
    assert placed(project).is_file()
    again = apply(project, mail(project), beside)
    assert not again.changed


def test_without_its_image_the_correction_is_refused(project: Project) -> None:
    before = project.record(SLUG).read_text(encoding="utf-8")
    outcome = apply(project, mail(project))
    assert not outcome.is_accepted
    assert "img-2034.jpg" in report([outcome])
    assert project.record(SLUG).read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pictures.bomb(), "est trop grande"),
        (b"<svg/>", "ne se lit pas"),
        (pictures.picture()[:900], "ne se lit pas"),
    ],
)
def test_a_hostile_image_is_refused_with_what_names_it(project: Project, data: bytes, words: str) -> None:
    outcome = apply(project, mail(project, ("img-2034.jpg", data)))
    assert not outcome.is_accepted
    assert words in report([outcome])
    assert not placed(project).parent.exists()


def test_an_image_alone_is_told_what_to_do(project: Project) -> None:
    path = project.root.parent / "facade.jpg"
    path.write_bytes(pictures.picture())
    assert "--image" in apply(project, path).refusal
    with pytest.raises(AnnuaireError, match="introuvable"):
        Application(project.settings, DAY, [path.with_name("absente.jpg")])


def test_names_are_made_plain() -> None:
    assert plain_name("IMG 2034.JPEG") == "img-2034.jpg"
    assert plain_name("C:\\Photos\\Façade d’été.PNG") == "facade-d-ete.png"
    assert plain_name("../../☃.webp") == "image.webp"
