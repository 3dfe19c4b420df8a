"""Files made to be long to read: each is refused with one sentence, within a budget, and its neighbours are read."""

from __future__ import annotations

import resource
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from tests.applying.test_apply import SLUG, apply, correction, send
from tests.sites import Project

from annuaire.intake.applying import intake, message
from annuaire.intake.applying.proposal import Proposal
from annuaire.intake.importing import reading
from annuaire.records.collections import ENTERPRISES
from annuaire.schema import Schema, load
from annuaire.text.problems import AnnuaireError

pytestmark = pytest.mark.usefixtures("several_processes")

SECONDS = 3


def used() -> float:
    """Give the processor seconds of the processes that ended."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


def comments(path: Path) -> Path:
    """Write a mail in HTML of 75,000 comments that are never closed."""
    head = "From: a@example.org\nTo: b@example.org\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    path.write_text(head + "<!--" * 75_000, encoding="utf-8")
    return path


def starts(path: Path) -> Path:
    """Write a text with as many starts and ends of corrections as a message may hold."""
    path.write_text("[annuaire 1] " * 10_000 + "[fin] contrôle 00000000  " * 10_000, encoding="utf-8")
    return path


def bomb(path: Path) -> Path:
    """Write a workbook whose shared texts unpack to 190 MB."""
    plain = path.with_name("simple.xlsx")
    openpyxl.Workbook().save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in source.infolist():
            if item.filename != "xl/sharedStrings.xml":
                archive.writestr(item.filename, source.read(item))
        with archive.open("xl/sharedStrings.xml", "w") as part:
            part.write(b"<sst>")
            for _ in range(190):
                part.write(b"<si/>" * 200_000)
            part.write(b"</sst>")
    plain.unlink()
    return path


@pytest.mark.parametrize(
    ("make", "name", "words"),
    [
        (comments, "courriel.eml", "aucune correction"),
        (starts, "texte.txt", "a été changé en route"),
        (bomb, "classeur.xlsx", "trop gros une fois décompressé"),
    ],
)
def test_a_long_file_is_refused_within_its_budget(
    tmp_path: Path, make: Callable[[Path], Path], name: str, words: str
) -> None:
    path = make(tmp_path / name)
    assert reading.budget(path)[0] <= SECONDS + 1
    assert reading.budget(path)[1] < 320 * 1024 * 1024
    before = used()
    with pytest.raises(AnnuaireError, match=words):
        intake.read(
            path, {ENTERPRISES: load(ENTERPRISES)}, lambda book: intake.Received(notes=list(reading.sheet_names(book)))
        )
    assert used() - before < SECONDS


def test_a_file_past_its_budget_does_not_stop_its_neighbours(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    text = correction(project, {"etablissements.1.telephone": "819 555-0142"})
    paths = [send(project, "sans fin", "longue.txt"), send(project, text, "bonne.txt")]
    read = message.read

    def endless(text: str, schemas: Mapping[str, Schema]) -> list[Proposal]:
        while text == "sans fin":
            sum(range(1000))
        return read(text, schemas)

    monkeypatch.setattr(message, "read", endless)
    monkeypatch.setattr(reading, "LEAST_SECONDS", 1)
    long, good = apply(project, *paths)
    assert "trop de travail" in long.refusal
    assert good.is_accepted
    assert "819 555-0142" in project.record(SLUG).read_text(encoding="utf-8")


def test_a_long_list_has_more(tmp_path: Path) -> None:
    """A workbook of 50,000 rows of twelve columns weighs 3 MB and takes ten seconds."""
    path = tmp_path / "liste.xlsx"
    path.write_bytes(bytes(3 * 1024 * 1024))
    assert reading.budget(path)[0] > 30
