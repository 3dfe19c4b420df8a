"""The guide of the Pôle is followed word for word: its commands run, and what it quotes is what is said."""

from __future__ import annotations

import re
import shlex

from bench import registry
from tests.applying import mailing
from tests.applying.test_apply import SLUG, correction, send
from tests.pictures import picture
from tests.sites import REPOSITORY, Project
from tests.unit.test_preparing import as_book

GUIDE = REPOSITORY / "docs" / "guide-du-pole.md"
TEXT = GUIDE.read_text(encoding="utf-8").replace("\u00a0", " ")
BLOCKS = re.findall(r"^ *```\w*\n(.*?)^ *```", TEXT, re.DOTALL | re.MULTILINE)
LINES = [line.strip() for block in BLOCKS for line in block.splitlines()]
COMMANDS = [line for line in LINES if line.startswith("./annuaire ")]
LIST = [
    ["Organisme", "Ville", "Forme"],
    ["Coop Exemple", "Exempleville", "OBNL"],
    ["Halte Exemple", "Exempleville", "OBNL"],
]
OURS = {"entretien-exemple,": f"{SLUG},", "Mékinac": "Exempleville", "traiteur": "deneigement"}  # what is asked here


def test_every_command_of_the_guide_runs(project: Project) -> None:
    (project.root / "reception").mkdir()
    dropped = project.root / "reception" / "correction.txt"
    message = send(project, correction(project, {"site_web": None}))
    message.replace(project.root / "message.txt")
    dropped.write_text((project.root / "message.txt").read_text(encoding="utf-8"), encoding="utf-8")
    registry.write(project.root.parent / "JeuxDonnees.zip", 50)
    as_book(project.root / "membres.xlsx", LIST)
    for name, kind in (("facade.jpg", "JPEG"), ("logo.png", "PNG")):
        (project.root / name).write_bytes(picture(kind))
    assert len(COMMANDS) >= 12
    for command in COMMANDS:
        for theirs, ours in OURS.items():
            command = command.replace(theirs, ours)
        done = project.call(*shlex.split(command)[1:])
        assert done.returncode == 0, (command, done.stdout, done.stderr)
    assert "site_web" not in project.record(SLUG).read_text(encoding="utf-8")
    assert not dropped.exists()


def test_the_guide_quotes_what_is_said() -> None:
    folder = REPOSITORY / "src" / "annuaire"
    files = [*sorted((folder / "intake/applying").glob("*.py")), folder / "intake/importing/reading.py"]
    code = "".join(path.read_text(encoding="utf-8") for path in files)
    code = re.sub(r'"\s*\n\s*f?"', "", code)
    rows = re.findall(r"^\| « ([^»]*) » \|", TEXT, re.MULTILINE)
    assert len(rows) >= 8
    for row in rows:
        for part in row.split(" … "):
            assert part in code, part


def test_the_message_of_the_guide_has_the_form_of_the_contract() -> None:
    block = next(block for block in BLOCKS if "[annuaire 1]" in block)
    written = mailing.compose(
        "entretien-exemple", "3f2a9c1d", {"etablissements.1.telephone": "819 555-0142"}, label="Téléphone"
    )
    written = mailing.plain_spaces(written).replace("« avant »", "« 819 555-0100 »")
    shown = block[block.index("[annuaire") : block.index("[fin]")]
    assert shown in written
