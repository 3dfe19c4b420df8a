"""Read images that may be hostile: what is wrong is said, what is kept is pixels alone, in bounded time."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests import pictures
from tests.examples import examples

from annuaire.photos import decoding, measuring
from annuaire.photos.decoding import Measured, measure, written

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
WHOLE = pictures.picture()
HOSTILE = {
    "text": ("a.jpg", b"rien", "illisible"),
    "empty": ("a.png", b"", "illisible"),
    "svg": ("a.png", SVG, "illisible"),
    "gif": ("a.png", pictures.animated("GIF"), "illisible"),
    "truncated": ("a.jpg", WHOLE[: len(WHOLE) // 2], "illisible"),
    "truncated png": ("a.png", pictures.picture("PNG")[:-200], "illisible"),
    "other ending": ("a.png", WHOLE, "deguisee"),
    "other ending again": ("a.jpg", pictures.picture("WEBP"), "deguisee"),
    "moving png": ("a.png", pictures.animated("PNG"), "animee"),
    "moving webp": ("a.webp", pictures.animated("WEBP"), "animee"),
    "bomb": ("a.png", pictures.bomb(), "immense"),
    "less of a bomb": ("a.png", pictures.bomb(10_000, 9_500), "immense"),
    "wide": ("a.png", pictures.bomb(40_000, 2), "immense"),
    "heavy": ("a.jpg", b"\xff" * (decoding.MAX_BYTES + 1), "immense"),
    "placed": ("a.jpg", pictures.placed(), "situee"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_wrong_is_said(name: str) -> None:
    file, data, fault = HOSTILE[name]
    assert measure(file, data).fault == fault


@pytest.mark.parametrize(("ending", "kind"), [("jpg", "JPEG"), ("png", "PNG"), ("webp", "WEBP")])
def test_three_formats_are_read(ending: str, kind: str) -> None:
    assert measure(f"a.{ending}", pictures.picture(kind)) == Measured("", 800, 600, "jpg")


def test_what_is_seen_through_stays_so() -> None:
    data = pictures.picture("PNG", mode="RGBA")
    assert measure("a.png", data).ending == "png"
    ending, made = written(data, 320)
    assert (ending, Image.open(io.BytesIO(made)).mode) == ("png", "RGBA")


def test_a_picture_of_a_telephone_is_one_picture() -> None:
    """Some JPEG files hold a second view (MPO): it is left out."""
    made = io.BytesIO()
    one = Image.new("RGB", (60, 40), "#123456")
    one.save(made, "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40))])
    assert measure("a.jpg", made.getvalue()) == Measured("", 60, 40, "jpg")
    assert getattr(Image.open(io.BytesIO(written(made.getvalue(), 320)[1])), "n_frames", 1) == 1


@pytest.mark.parametrize("data", [pictures.placed(), pictures.telling()], ids=["photo", "png"])
@pytest.mark.parametrize("side", [decoding.SMALL, decoding.LARGE])
def test_only_pixels_are_written(data: bytes, side: int) -> None:
    made = written(data, side)[1]
    image = Image.open(io.BytesIO(made))
    assert not image.getexif()
    assert not {*image.info} & {"exif", "comment", "icc_profile", "xmp", "Auteur"}
    assert not any(word in made for word in (b"Exif", b"secret", b"Exemple", b"Personne"))
    assert max(image.size) <= side


@pytest.mark.parametrize("ending", ["jpg", "png", "webp"])
def test_what_the_repository_keeps_says_nothing_either(ending: str) -> None:
    data = pictures.placed(kind=decoding.KINDS[ending]) if ending == "jpg" else pictures.picture(decoding.KINDS[ending])
    kept = decoding.cleaned(f"a.{ending}", data)
    assert measure(f"a.{ending}", kept) == Measured("", 800, 600, "jpg")
    assert b"Exif" not in kept


def test_a_picture_is_turned_as_it_says() -> None:
    """Orientation 6: the camera was held on its side; the dark half, left in the file, is at the top."""
    data = pictures.turned(6)
    measured = measure("a.jpg", data)
    assert (measured.width, measured.height) == (600, 800)
    image = Image.open(io.BytesIO(written(data, decoding.LARGE)[1])).convert("L")
    assert image.size == (600, 800)
    assert image.getpixel((300, 60)) < 100 < image.getpixel((300, 740))


def test_the_size_written_is_the_size_said() -> None:
    for size in ((800, 600), (333, 1000), (3, 2000), (50, 40)):
        data = pictures.picture(size=size)
        for side in (decoding.SMALL, decoding.LARGE):
            made = Image.open(io.BytesIO(written(data, side)[1]))
            assert made.size == measure("a.jpg", data).within(side)


def test_the_same_bytes_give_the_same_bytes() -> None:
    assert written(WHOLE, 320) == written(WHOLE, 320)


@settings(max_examples=examples(60), deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=40))
def test_no_bytes_stop_the_program(place: int, noise: bytes) -> None:
    data = WHOLE[:place] + noise + WHOLE[place + len(noise) :]
    found = measure("a.jpg", data)
    assert found.fault in {"", "illisible", "deguisee", "immense", "situee", "animee"}


def test_a_folder_is_measured_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "content" / measuring.FOLDER / "coop-exemple"
    folder.mkdir(parents=True)
    (folder / "facade.jpg").write_bytes(WHOLE)
    (folder / "ailleurs.jpg").symlink_to("/etc/hostname")
    (folder.parent / "autre").symlink_to(folder)
    found = measuring.of_folder(tmp_path / "content", tmp_path / ".annuaire")
    assert found == {"coop-exemple": {"facade.jpg": Measured("", 800, 600, "jpg")}}

    def never(name: str, data: bytes) -> Measured:
        raise AssertionError(name)

    monkeypatch.setattr(measuring, "measure", never)
    assert measuring.of_folder(tmp_path / "content", tmp_path / ".annuaire") == found
    index = tmp_path / ".annuaire" / "images" / "mesures.json"
    assert len(json.loads(index.read_text())) == 1
    index.write_text("[1")  # not ours any more
    with pytest.raises(AssertionError, match="facade"):
        measuring.of_folder(tmp_path / "content", tmp_path / ".annuaire")


def test_no_folder_costs_nothing(tmp_path: Path) -> None:
    assert measuring.of_folder(tmp_path, tmp_path / ".annuaire") == {}
    assert not (tmp_path / ".annuaire").exists()


def test_a_bounded_process_decodes() -> None:
    assert measuring.measure("a.png", pictures.bomb()).fault == "immense"
    assert measuring.written(WHOLE, 320) == written(WHOLE, 320)
    with pytest.raises(ValueError, match="unreadable"):
        measuring.written(b"rien", 320)
