"""Files are written whole or not at all, and one that is replaced stays what it was but for its content."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from annuaire import files
from annuaire.text.problems import AnnuaireError


def mode(path: Path) -> int:
    """Give who may read, write or run a file."""
    return stat.S_IMODE(path.stat().st_mode)


def test_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("avant", encoding="utf-8")
    for wanted in (0o640, 0o604):
        path.chmod(wanted)
        files.save(path, "après\n")
        assert (path.read_bytes(), mode(path)) == ("après\n".encode(), wanted)
    assert list(tmp_path.iterdir()) == [path]


def test_new_file_takes_the_usual_mode_and_its_folders_are_made(tmp_path: Path) -> None:
    usual = tmp_path / "usuel"
    usual.touch()
    path = tmp_path / "un" / "deux" / "a.yml"
    files.save(path, b"\xff")
    assert (path.read_bytes(), mode(path)) == (b"\xff", mode(usual))


def test_nothing_is_seen_before_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("avant", encoding="utf-8")
    with files.replacing(path) as beside:
        beside.write_text("après", encoding="utf-8")
        assert beside.parent == tmp_path
        assert beside.name.startswith("."), "a reader of the folder passes by"
        assert path.read_text(encoding="utf-8") == "avant"
    assert path.read_text(encoding="utf-8") == "après"


@pytest.mark.parametrize("failing", ["write_bytes", "replace"])
@pytest.mark.parametrize(
    "write",
    [files.save, lambda path, text: files.write(path.parent, path.name, text, again=True)],
    ids=["save", "write again"],
)
def test_former_file_stays_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str, write: Callable[[Path, str], None]
) -> None:
    path = tmp_path / "a.yml"
    path.write_text("avant", encoding="utf-8")

    def full(target: Path, *_: object) -> None:
        target.touch()
        raise OSError(28, "plein")

    monkeypatch.setattr(Path, failing, full)
    with pytest.raises(OSError, match="plein"):
        write(path, "après")
    assert path.read_text(encoding="utf-8") == "avant"
    assert os.listdir(tmp_path) == [path.name]  # noqa: PTH208 - hidden names too


def test_two_pages_of_one_address_are_refused(tmp_path: Path) -> None:
    files.write(tmp_path, "a/index.html", "un")
    with pytest.raises(AnnuaireError, match="Deux pages veulent la même adresse, «\u00a0/a/\u00a0»"):
        files.write(tmp_path, "a/index.html", "deux")
    files.write(tmp_path, "a/index.html", "trois", again=True)
    assert (tmp_path / "a" / "index.html").read_text(encoding="utf-8") == "trois"


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/a"])
def test_name_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(AnnuaireError, match="sortirait du dossier"):
        files.write(tmp_path / "site", name, "x", again=True)
