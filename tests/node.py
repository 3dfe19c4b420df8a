"""Run a program of the theme's own code in Node, and ask it questions: one line of JSON each way."""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

Ask = Callable[..., Any]
REPOSITORY = Path(__file__).parent.parent  # of its own: nothing of the site is imported to ask a question


@cache
def node() -> str:
    """Find the Node of the development environment, else the machine's."""
    found = shutil.which("node", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    assert found is not None
    return found


@cache
def folder() -> Path:
    """Make the folder of the bundled programs, which goes with the tests."""
    made = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@cache
def bundled(program: Path) -> Path:
    """Bundle a program as the scripts of the site are, with the rules that the form finds; give what Node runs."""
    out = folder() / f"{program.stem}.mjs"
    words = [node(), str(REPOSITORY / "tools" / "bundle.mjs"), str(program), str(out)]
    made = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)
    assert made.returncode == 0, made.stderr
    return out


@cache
def scripted(script: str) -> Path:
    """Bundle a module written as a text, which imports the theme's own code from its absolute path."""
    program = folder() / f"script-{hashlib.sha256(script.encode()).hexdigest()[:12]}.js"
    program.write_text(script, encoding="utf-8")
    return bundled(program)


@contextmanager
def asking(program: Path) -> Iterator[Ask]:
    """Start a program that answers each line; give what asks it one question (`ask` names it, the rest is its data)."""
    with subprocess.Popen(
        [node(), str(bundled(program))], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:

        def ask(what: str, **question: Any) -> Any:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps({"ask": what, **question}) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
            assert line, "the program stopped"
            return json.loads(line)

        yield ask
        assert process.stdin is not None
        process.stdin.close()
