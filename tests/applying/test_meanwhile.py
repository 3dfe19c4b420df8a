"""Apply what was received while others work: nothing of theirs is lost, and a place that moved loses its point."""

from __future__ import annotations

import pytest
from tests.applying import mailing
from tests.applying.test_apply import DAY, SLUG, apply, correction, diff, send
from tests.sites import Project

from annuaire.intake.applying import Application, report
from annuaire.text.problems import AnnuaireError


def test_what_a_colleague_saved_meanwhile_is_not_overwritten(project: Project) -> None:
    """While « Écrire ces changements? » waits, the record is saved by somebody else: nothing is written."""
    path = project.record(SLUG)
    application = Application(project.settings, DAY)
    outcomes = application.read([send(project, correction(project, {"site_web": None}))])
    theirs = path.read_text(encoding="utf-8").replace("Grand ménage après travaux", "Grand ménage")
    path.write_text(theirs, encoding="utf-8")
    with pytest.raises(AnnuaireError, match=rf"{SLUG}\.yml.* a changé pendant ce temps"):
        application.write(outcomes)
    assert path.read_text(encoding="utf-8") == theirs


def test_a_file_dropped_again_meanwhile_is_kept(project: Project) -> None:
    folder = project.root / "reception"
    folder.mkdir(exist_ok=True)
    file = folder / "message.txt"
    file.write_text(correction(project, {"site_web": None}), encoding="utf-8")
    application = Application(project.settings, DAY)
    outcomes = application.read([file])
    application.write(outcomes)
    file.write_text("un autre message", encoding="utf-8")
    assert "il a changé" in application.remove([file], outcomes)[0]
    assert file.read_text(encoding="utf-8") == "un autre message"


def test_a_place_that_moved_loses_its_point(project: Project) -> None:
    before = project.record(SLUG).read_text(encoding="utf-8")
    moved: dict[str, mailing.Value] = {"etablissements.1.adresse": "1500, avenue de l’Exemple"}
    (outcome,) = apply(project, send(project, correction(project, moved)))
    assert outcome.is_accepted, report([outcome])
    gone = [line for line in diff(before, project.record(SLUG).read_text(encoding="utf-8")) if line.startswith("-")]
    assert [line.split(":")[0].strip("- ") for line in gone] == ["adresse", "latitude", "longitude"], (
        "of that place alone"
    )
    assert any("le point de la carte" in note for note in outcome.records[0].notes)
