"""Seeded mutations of what is received: e-mails, workbooks, vocabularies. 2,000 of each with the profile `long`.

Whatever comes out: no exception but AnnuaireError, whose sentence names no type of Python; an acceptance proposes
changes to the record that was named. The figures (tried, refused, accepted) are in the report of the tests (junit).
"""

from __future__ import annotations

import random
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.applying.test_apply import SLUG, correction
from tests.examples import examples
from tests.sites import EXAMPLES, Project

from annuaire.intake.applying import Application
from annuaire.places import territories, vocabularies
from annuaire.text.problems import AnnuaireError

EACH = examples(100)
MAILS = Path(__file__).parent / "courriels"
PYTHON = re.compile(r"\b(?:NoneType|KeyError|ValueError|TypeError|Traceback|codec|object at 0x)\b")
FOREIGN = (b"\x00", b"<!--", b"=?utf-8?q?=FF?=", b'"', b"\r\n\r\n", b"]]>", b"\xc2\xa0", b",", b"|")
TABLES = EXAMPLES / "content" / "vocabularies"


def mutate(data: bytes, draw: random.Random) -> bytes:
    """Change a few places of some bytes: taken away, repeated, swapped, made foreign."""
    changed = bytearray(data)
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(max(1, len(changed)))
        length = draw.choice((1, 1, 3, 20, 200))
        kind = draw.randrange(5)
        if kind == 0:
            del changed[at : at + length]
        elif kind == 1:
            changed[at:at] = changed[at : at + length] * draw.choice((1, 2, 30))
        elif kind == 2:
            changed[at : at + 1] = bytes([draw.randrange(256)])
        elif kind == 3:
            changed[at:at] = draw.choice(
                (b"\x00", b"<!--", b"=?utf-8?q?=FF?=", b'"', b"\r\n\r\n", b"]]>", b"\xc2\xa0", b",", b"|")
            )
        else:
            other = draw.randrange(max(1, len(changed)))
            changed[at : at + length], changed[other : other + length] = (
                changed[other : other + length],
                changed[at : at + length],
            )
    return bytes(changed)


def tally(record_property: Callable[[str, object], None], refused: int) -> None:
    """Note what became of them all; a set that is all refused, or all accepted, tries little."""
    record_property("essayés, refusés, acceptés", (EACH, refused, EACH - refused))
    assert refused > 0
    assert refused < EACH


def said(words: str) -> str:
    """Check a refusal: one sentence in French, no type of Python."""
    assert words.strip()
    assert not PYTHON.search(words), words
    return words


def refuses(application: Application, path: Path) -> bool:
    """Read one file that was changed; tell whether it was refused, in a sentence."""
    application.records = dict(application.found)
    (outcome,) = application.read([path])
    refusals = [outcome.refusal, *(record.refusal for record in outcome.records)]
    for words in filter(None, refusals):
        said(words)
    for record in outcome.changed:
        assert record.reference == SLUG, "no mutation reaches another record"
    return not outcome.is_accepted


def test_mails(
    application: Application, project: Project, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    text = correction(project, {"site_web": None, "etablissements.1.telephone": "819 555-0199"})
    head = "From: a@example.org\r\nTo: b@example.org\r\nSubject: Correction\r\nMIME-Version: 1.0\r\n"
    plain = (head + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text.replace("\n", "\r\n")).encode()
    bases = [plain, plain, *(path.read_bytes() for path in sorted(MAILS.glob("*.eml")))]
    refused = 0
    for seed in range(EACH):
        draw = random.Random(f"courriel {seed}")
        path = tmp_path / "recu.eml"
        path.write_bytes(mutate(draw.choice(bases), draw))
        refused += refuses(application, path)
    tally(record_property, refused)


def test_workbooks(application: Application, tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    original = tmp_path / "original.xlsx"
    application.template(original, [SLUG])
    with zipfile.ZipFile(original) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    refused = 0
    for seed in range(EACH):
        draw = random.Random(f"classeur {seed}")
        name = draw.choice(
            [name for name in parts if "sheet" in name or "shared" in name.lower() or draw.random() < 0.2]
        )
        path = tmp_path / "recu.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for each, data in parts.items():
                archive.writestr(each, mutate(data, draw) if each == name else data)
        refused += refuses(application, path)
    tally(record_property, refused)


def test_vocabularies(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    refused = 0
    sources = [path for path in sorted(TABLES.iterdir()) if path.suffix in (".csv", ".yml")]
    for seed in range(EACH):
        draw = random.Random(f"vocabulaire {seed}")
        own = tmp_path / "vocabularies"
        shutil.rmtree(own, ignore_errors=True)
        shutil.copytree(TABLES, own)
        changed = own / draw.choice(sources).name
        changed.write_bytes(mutate(changed.read_bytes(), draw))
        try:
            territories.load(own)
            vocabularies.load(own)
        except AnnuaireError as error:
            said(str(error))
            refused += 1
    tally(record_property, refused)


def test_the_unchanged_is_accepted(application: Application, project: Project, tmp_path: Path) -> None:
    path = tmp_path / "recu.txt"
    path.write_text(correction(project, {"site_web": None}), encoding="utf-8")
    assert not refuses(application, path)
