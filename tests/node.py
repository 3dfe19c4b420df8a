"""Run a program of the theme's own code in Node, and ask it questions: one line of JSON each way."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Ask = Callable[..., Any]


@contextmanager
def asking(program: Path) -> Iterator[Ask]:
    """Start a program that answers each line; give what asks it one question (`ask` names it, the rest is its data)."""
    node = shutil.which("node", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    assert node is not None
    with subprocess.Popen(
        [node, str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
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
