"""Say and draw the pictures to share: what they hold, what they never hold, the same bytes, and that they fit."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageDraw
from tests import pictures
from tests.exporting import CLOSED, LONGEST, MERGED, NASTY, RICH, SHELTER, make_settings

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise, Indicator
from annuaire.config import SHARED, Settings
from annuaire.pages import card, render
from annuaire.pages.card import HEIGHT, WIDTH, Card
from annuaire.pages.head import head
from annuaire.pages.profile import profile
from annuaire.photos.decoding import LARGE, SMALL, Measured
from annuaire.places import territories, vocabularies
from annuaire.sharing import drawing, lettering, writing

MEASURED = {"facade.jpg": Measured("", 800, 600), "logo.png": Measured("", 400, 100, "png")}


def catalogue(*enterprises: Enterprise) -> Catalogue:
    images = {e.slug: MEASURED for e in enterprises}
    return Catalogue(enterprises, {}, territories.load(), vocabularies.load(), ("04",), images=images)


def settings(folder: Path = Path("/exemple"), **changed: Any) -> Settings:
    asked = {"shared_pictures": SHARED, "campaign": "Achetons ici!", "content": folder, "root": folder}
    return make_settings(**asked | changed)


def said(e: Enterprise, **changed: Any) -> Card:
    found = card.of_enterprise(catalogue(e), settings(**changed), e)
    assert found is not None
    return found


def test_a_card_says_who_where_and_what() -> None:
    found = said(RICH)
    assert found.title == RICH.nom
    assert found.place == "La Tuque et Shawinigan · Services aux entreprises"
    assert found.lines == ("Entretien, ménager", "Vitres")
    assert found.campaign == "Achetons ici!"
    assert RICH.nom in found.alt
    assert ".." not in found.alt


def test_a_benefit_without_a_source_is_on_no_picture() -> None:
    assert said(RICH).benefit.startswith("Personnes")
    assert said(RICH).source == "Source\u00a0: Rapport"
    bare = replace(RICH, indicateurs=(Indicator("Ventes", "+3,5"),))
    assert (said(bare).benefit, said(bare).source) == ("", "")
    texts = str(said(bare).texts)
    assert not any(text in texts for text in ("3,5", "Douze personnes", "12 emplois", "Trente tonnes"))


@pytest.mark.parametrize("e", [RICH, SHELTER], ids=lambda e: e.slug)
def test_no_picture_says_a_street_nor_a_postal_code(e: Enterprise) -> None:
    place = e.lieu
    assert not any(text in str(said(e).texts) for text in (place.adresse, place.code_postal, place.telephone))


def test_who_is_closed_has_none() -> None:
    for e in (CLOSED, MERGED):
        assert card.of_enterprise(catalogue(e), settings(), e) is None


def test_only_what_the_settings_ask_for_is_drawn() -> None:
    found = catalogue(RICH)
    for kind, start in zip(SHARED, (urls.ENTERPRISES, urls.TERRITORIES, urls.SECTORS), strict=True):
        named = [url for url, _ in card.cards(found, settings(shared_pictures=(kind,)))]
        assert named
        assert all(url.startswith(start) for url in named)
    assert not [*card.cards(found, settings(shared_pictures=()))]


def test_a_territory_and_a_sector_count_their_enterprises() -> None:
    found = dict(card.cards(catalogue(RICH, replace(RICH, slug="b")), settings()))
    tuque = found["territoires/la-tuque/"]
    assert (tuque.title, tuque.place) == ("L’économie sociale à La Tuque", "2\u00a0entreprises")
    assert tuque.lines == ("Services aux entreprises\u00a0: 2",)
    sector = found["secteurs/arts-culture/"]
    assert sector.place == "2\u00a0entreprises d’économie sociale"
    assert sector.lines == ("La Tuque\u00a0: 2",)


def test_the_page_gives_its_picture_to_who_shares_it() -> None:
    own = settings()
    page = profile(catalogue(RICH), own, RICH, "2026-11-22")
    html = head(page, own)
    url = "entreprises/coop-exemple/coop-exemple.png"
    assert f'<meta property="og:image" content="{own.site_url}{url}">' in html
    assert '<meta property="og:image:width" content="1200">' in html
    assert '<meta property="og:image:height" content="630">' in html
    assert '<meta property="og:image:alt" content="Coopérative Exemple, « la bonne ».' in html
    assert '<meta name="twitter:card" content="summary_large_image">' in html
    none = settings(shared_pictures=())
    assert "og:image" not in head(profile(catalogue(RICH), none, RICH, "2026-11-22"), none)


HARD = {
    "rich": RICH,
    "long": LONGEST,
    "hostile": NASTY,
    "words": replace(RICH, nom="Regroupement des organismes d’économie sociale d’Exemple " * 5),
    "letters": replace(RICH, nom="W" * 200, offres=(), activite="W" * 300),
}


@pytest.mark.parametrize("name", HARD)
def test_everything_fits(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is drawn past the margins, nor over the band at the foot."""
    boxes: list[tuple[int, int, int, int]] = []
    write = drawing._write

    def seen(image: Image.Image, at: tuple[int, int], letters: lettering.Letters, line: str, ink: int) -> None:
        left, top, right, bottom = letters.draw(line).getbbox() or (0, 0, 0, 0)
        boxes.append((at[0] + left, at[1] + top, at[0] + right, at[1] + bottom))
        write(image, at, letters, line, ink)

    monkeypatch.setattr(drawing, "_write", seen)
    found = said(HARD[name], campaign="m" * 80)
    data = drawing.draw(found)
    assert Image.open(io.BytesIO(data)).size == (WIDTH, HEIGHT)
    assert len(data) < 60_000
    edge = HEIGHT - 156
    for left, top, right, bottom in boxes:
        assert left >= 60
        assert right <= WIDTH - 56
        assert bottom <= (edge + 6 if top < edge else HEIGHT)


def test_the_same_card_gives_the_same_bytes() -> None:
    assert drawing.draw(said(RICH)) == drawing.draw(said(RICH))
    assert drawing.draw(said(RICH)) != drawing.draw(said(RICH, campaign="Autres mots"))


def test_letters_drawn_one_by_one_are_those_of_the_library() -> None:
    text = "Àgé, « œuvre » j’achète! 12 345 $ AVTo"
    letters = lettering.letters_of(lettering.BOLD, 54)
    drawn = letters.draw(text)
    whole = Image.new("L", drawn.size)
    ImageDraw.Draw(whole).text((0, 0), text, fill=255, font=letters.font)
    assert letters.length(text) == letters.font.getlength(text)
    assert ImageChops.difference(drawn, whole).getextrema()[1] < 16  # where two letters touch


def test_french_letters_are_all_drawn() -> None:
    text = "àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ«»’–—…°²³½$€&@"
    assert lettering.drawable(text) == text
    assert lettering.drawable(unicodedata.normalize("NFD", text)) == text
    assert lettering.drawable("a\u202fb\nc ☃ ᐃ") == "a\u00a0b c  □"


def test_pictures_are_made_once_and_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "images" / RICH.slug
    folder.mkdir(parents=True)
    (folder / "facade.jpg").write_bytes(pictures.placed())
    (folder / "logo.png").write_bytes(pictures.picture("PNG", (400, 100), "RGBA"))
    own, found = settings(tmp_path), catalogue(RICH)
    count = writing.write(found, own, tmp_path / "un")
    kept = {path.name for path in (own.cache / writing.FOLDER).iterdir()}
    assert count == len(kept) == len([*card.cards(found, own)]) + 4
    copies = [
        urls.image(RICH.slug, name, side, ending)
        for name, ending in (("facade.jpg", "jpg"), ("logo.png", "png"))
        for side in (SMALL, LARGE)
    ]
    sizes = [Image.open(io.BytesIO((tmp_path / "un" / url).read_bytes())).size for url in copies]
    assert sizes == [(320, 240), (800, 600), (320, 80), (400, 100)]
    assert not any(b"Exif" in (tmp_path / "un" / url).read_bytes() for url in copies)

    def never(*what: Any) -> bytes:
        raise AssertionError(what)

    monkeypatch.setattr(writing, "_draw", never)  # everything is there already
    monkeypatch.setattr(writing, "_copy", never)
    writing.write(found, own, tmp_path / "deux")
    for path in (tmp_path / "un").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "deux" / path.relative_to(tmp_path / "un")).read_bytes()
    writing.write(found, replace(own, shared_pictures=()), tmp_path / "trois")
    assert len([*(own.cache / writing.FOLDER).iterdir()]) == 4


def test_a_hidden_place_has_no_photograph(tmp_path: Path) -> None:
    page = profile(catalogue(SHELTER), settings(), SHELTER, "2026-11-22")
    shown: Any = page.view
    assert shown.pictures.photos == ()
    assert shown.pictures.logo is not None


def test_images_keep_their_room_and_words_before_they_come() -> None:
    """Width and height are written, so that nothing moves; photographs come late; who has none shows no trace of it."""
    found = catalogue(RICH, replace(RICH, slug="sans", images=()))
    html = render(profile(found, settings(), RICH, "2026-11-22"))
    small = urls.image(RICH.slug, "facade.jpg", SMALL, "jpg")
    shown = next(line for line in html.split("<img ") if small in line and "srcset" in line)
    assert 'width="800" height="600" alt="La façade" loading="lazy"' in shown
    assert "Photographie\u00a0: =Exemple" in shown
    assert html.index("<h1>") < html.index('id="images"')
    assert 'width="320" height="80" alt="Le logo, « rond »"' in html
    bare = render(profile(found, settings(), found.by_slug["sans"], "2026-11-22"))
    assert not any(word in bare for word in ("En images", 'class="logo"', "page-head__signed"))
    line = bare.split('<li class="row--pictured">')[1]  # its only neighbour
    assert 'width="320" height="80" alt="" loading="lazy"' in line
