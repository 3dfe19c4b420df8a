"""Write records that were read before: together, never over what somebody else wrote, completed after a kill."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annuaire import files
from annuaire.files import Writing
from annuaire.records.collections import ENTERPRISES
from annuaire.records.reading import Folder
from annuaire.schema import load
from annuaire.text.problems import AnnuaireError


class Killed(BaseException):
    """Stop a run where it stands, as a power cut would: no handler of the package may catch it."""


def laid(folder: Path, count: int = 4) -> list[Writing]:
    """Lay out records and what each must become; the last one is new."""
    wanted = []
    for rank in range(count):
        path = folder / f"fiche-{rank}.yml"
        path.write_text(f"nom: Avant {rank}\n", encoding="utf-8")
        wanted.append(Writing(path, f"nom: Après {rank}\n", f"nom: Avant {rank}\n"))
    return [*wanted, Writing(folder / "nouvelle.yml", "nom: Nouvelle\n", None)]


def held(folder: Path) -> dict[str, str]:
    """Read every file of a folder, hidden ones too."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if path.is_file()}


def whole(wanted: list[Writing]) -> dict[str, str]:
    """Give what the folder holds once all is written, and nothing else."""
    return {each.path.name: each.text for each in wanted}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give an empty folder of records."""
    made = tmp_path / "enterprises"
    made.mkdir()
    return made


def stop_at(monkeypatch: pytest.MonkeyPatch, number: int, what: BaseException) -> None:
    """Stop at the n-th replacement of a record, the first being 0."""
    swap: Callable[[Path], None] = files._swap
    done = [0]

    def swapping(path: Path) -> None:
        if done[0] == number:
            raise what
        done[0] += 1
        swap(path)

    monkeypatch.setattr(files, "_swap", swapping)


@pytest.mark.parametrize("number", range(5))
def test_stopped_at_any_replacement_the_next_run_completes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    wanted = laid(folder)
    with monkeypatch.context() as patch:
        stop_at(patch, number, Killed())
        with pytest.raises(Killed):
            files.write_all(wanted, tmp_path / "cache")
    shown = {name: text for name, text in held(folder).items() if not name.startswith(".")}
    before = {each.path.name: each.read for each in wanted if each.read is not None}
    assert all(text in (before.get(name), whole(wanted)[name]) for name, text in shown.items()), "each is whole"
    assert files.complete(tmp_path / "cache") == len(wanted) - number
    assert held(folder) == whole(wanted)
    assert files.complete(tmp_path / "cache") == 0


def test_what_somebody_wrote_since_a_kill_stays(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = laid(folder)
    with monkeypatch.context() as patch:
        stop_at(patch, 1, Killed())
        with pytest.raises(Killed):
            files.write_all(wanted, tmp_path / "cache")
    wanted[2].path.write_text("nom: Corrigé à la main\n", encoding="utf-8")
    files.complete(tmp_path / "cache")
    assert held(folder) == {**whole(wanted), wanted[2].path.name: "nom: Corrigé à la main\n"}


@pytest.mark.parametrize("rank", range(5))
def test_one_that_changed_since_it_was_read_stops_all(folder: Path, tmp_path: Path, rank: int) -> None:
    wanted = laid(folder)
    wanted[rank].path.write_text("nom: D’une collègue\n", encoding="utf-8")
    before = held(folder)
    with pytest.raises(AnnuaireError, match=rf"{wanted[rank].path.name}.* a (changé|été ajouté) pendant"):
        files.write_all(wanted, tmp_path / "cache")
    assert held(folder) == before


def test_one_that_was_removed_since_it_was_read_stops_all(folder: Path, tmp_path: Path) -> None:
    wanted = laid(folder)
    wanted[1].path.unlink()
    before = held(folder)
    with pytest.raises(AnnuaireError, match="fiche-1"):
        files.write_all(wanted, tmp_path / "cache")
    assert held(folder) == before


def test_no_room_left_leaves_everything_as_it_was(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = laid(folder)
    before = held(folder)
    write: Callable[..., Any] = Path.write_bytes

    def refuse(path: Path, data: bytes) -> int:
        if path.name == ".fiche-2.yml.nouveau":
            write(path, data[:3])
            raise OSError(28, "No space left on device")
        return int(write(path, data))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", refuse)
        with pytest.raises(OSError, match="No space"):
            files.write_all(wanted, tmp_path / "cache")
    assert held(folder) == before
    files.write_all(wanted, tmp_path / "cache")
    assert held(folder) == whole(wanted)


def test_what_a_killed_run_was_writing_is_swept(folder: Path, tmp_path: Path) -> None:
    wanted = laid(folder)
    (folder / ".autre-fiche.yml.nouveau").write_text("nom: à moi", encoding="utf-8")
    files.write_all(wanted, tmp_path / "cache")
    assert held(folder) == whole(wanted)


def test_a_journal_that_is_not_ours_is_thrown_away(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    for text in ("[", "[1]", '[{"fichier": "x"}]', "null"):
        (cache / "ecriture.json").write_text(text, encoding="utf-8")
        assert files.complete(cache) == 0
        assert not (cache / "ecriture.json").exists()


def test_the_mode_of_a_file_is_kept(folder: Path, tmp_path: Path) -> None:
    wanted = laid(folder)
    wanted[0].path.chmod(0o640)
    files.write_all(wanted, tmp_path / "cache")
    assert wanted[0].path.stat().st_mode & 0o777 == 0o640


def _add_one(path: str, cache: str, times: int) -> None:
    """Add one to a number in a file, as a command does: read, then write what was read plus one, or start again."""
    done = 0
    while done < times:
        read = Path(path).read_text(encoding="utf-8")
        try:
            files.write_all([Writing(Path(path), f"{int(read) + 1}", read)], Path(cache))
            done += 1
        except AnnuaireError:
            continue


@pytest.mark.skipif(os.name != "posix", reason="needs the locks of Unix")
def test_two_commands_at_once_never_undo_each_other(tmp_path: Path) -> None:
    path = tmp_path / "compte.yml"
    path.write_text("0", encoding="utf-8")
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_add_one, args=(str(path), str(tmp_path / "cache"), 40)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=120)
        assert worker.exitcode == 0
    assert path.read_text(encoding="utf-8") == "80"


def test_a_command_that_keeps_on_writing_is_told(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_PATIENCE", 0)
    with files._alone(tmp_path / "cache"), pytest.raises(AnnuaireError, match="Une autre commande"):
        files.write_all(laid(folder), tmp_path / "cache")


def test_a_clock_set_back_hides_no_change(folder: Path, tmp_path: Path) -> None:
    """Files of the future, then written today: what is read again is what was written."""
    schema = load(ENTERPRISES)
    path = folder / "exemple.yml"
    path.write_text("nom: Avant\n", encoding="utf-8")
    os.utime(path, (4_000_000_000, 4_000_000_000))
    records = Folder(folder, tmp_path, schema)
    (before,) = records.read()
    files.write_all([Writing(path, "nom: Après\n", before.document.text)], tmp_path / "cache")
    (after,) = records.read()
    assert (before.text("nom"), after.text("nom")) == ("Avant", "Après")
