"""Answer the question of `annuaire apply` on a real terminal."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.applying.test_apply import SLUG, correction, send
from tests.sites import Project, clean_environment, tool

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs the terminals of Unix")
INTERRUPT = b"\x03"
QUESTION = "Écrire ces changements? (oui ou non) "


def answer(project: Project, file: Path, *lines: bytes) -> tuple[int, str]:
    """Run `annuaire apply` with a terminal of its own, each line typed once the question is asked again."""
    ours, theirs = os.openpty()
    command = subprocess.Popen(
        [str(tool("annuaire")), "apply", str(file)],
        cwd=project.root,
        env=clean_environment(),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=_take_terminal,
    )
    os.close(theirs)
    said = b""
    left = list(lines)
    typed = b""
    while True:
        if typed == INTERRUPT and not select.select([ours], [], [], 2)[0]:
            os.write(ours, typed)  # one that comes just before the program waits is lost: a person presses again
            continue
        try:
            part = os.read(ours, 4096)
        except OSError:  # what Linux says once the other end is closed
            break
        said += part
        if left and said.count(QUESTION.encode()) > len(lines) - len(left):
            typed = left.pop(0)
            os.write(ours, typed)
    os.close(ours)
    assert not left, said.decode()
    return command.wait(timeout=60), said.decode()


def _take_terminal() -> None:
    """Make the terminal that of the new session, so that ^C reaches it."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    # What a shell starts in the background inherits that ^C is ignored, and Python then lets it be.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("words", [[b"oui\n"], [b"O\n"], [b"peut-\xc3\xaatre\n", b"\n", b"oui\n"]])
def test_a_yes_writes(project: Project, words: list[bytes]) -> None:
    file = send(project, correction(project, {"site_web": None}))
    code, said = answer(project, file, *words)
    assert (code, said.count(QUESTION)) == (0, len(words))
    assert said.index("- Site web") < said.index(QUESTION)
    assert "1\u00a0fiche écrite." in said
    assert "site_web" not in project.record(SLUG).read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [[b"non\n"], [b"n\n"], [INTERRUPT], [b"\x04"], [b"yes\n", b"NON\n"]])
def test_anything_else_writes_nothing(project: Project, words: list[bytes]) -> None:
    before = project.record(SLUG).read_bytes()
    file = send(project, correction(project, {"site_web": None}))
    code, said = answer(project, file, *words)
    assert code == 1
    assert said.rstrip().endswith("Rien n’a été écrit.")
    assert project.record(SLUG).read_bytes() == before


def test_nothing_is_asked_when_nothing_changes(project: Project) -> None:
    file = send(project, correction(project, {"statut": "active"}))
    code, said = answer(project, file)
    assert (code, QUESTION in said) == (0, False)
