"""Try the mutants of a module of the package with mutmut, on a copy of it: one process that forks for each mutant."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.mutants.result import ROOT, WORK, Result, Survivor

PACKAGE = Path("src", "annuaire")
SETTINGS = """\
[mutmut]
source_paths=src
only_mutate={path}
pytest_add_cli_args=
    --import-mode=importlib
    -p
    no:cacheprovider
pytest_add_cli_args_test_selection=
    {tests}
"""
SURVIVED = 0
UNTRIED = 33  # no test calls it


def run(name: str, path: str, tests: Sequence[str]) -> Result:
    """Try every mutant of the module at `path`; raise CalledProcessError when mutmut itself fails."""
    folder = WORK / name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / PACKAGE, folder / PACKAGE, ignore=shutil.ignore_patterns("theme", "__pycache__"))
    for test in tests:
        (folder / test).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / test, folder / test)
    (folder / "setup.cfg").write_text(SETTINGS.format(path=path, tests="\n    ".join(tests)), encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")  # else the options of the whole suite are found
    _mutmut(folder, "run", "--max-children", "1", output=sys.stderr)
    meta = json.loads((folder / "mutants" / f"{path}.meta").read_text(encoding="utf-8"))
    codes: dict[str, int] = meta["exit_code_by_key"]
    source = (ROOT / path).read_text(encoding="utf-8").split("\n")
    survivors = [mutant for mutant, code in codes.items() if code in (SURVIVED, UNTRIED, None)]
    return Result(len(codes), tuple(_found(path, source, m, _mutmut(folder, "show", m)) for m in survivors))


def _mutmut(folder: Path, *words: str, output: object = subprocess.PIPE) -> str:
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "mutmut", *words]
    done = subprocess.run(command, cwd=folder, env=environment, check=True, stdout=output, text=True)  # type: ignore[call-overload]
    return str(done.stdout or "")


def _found(path: str, source: Sequence[str], mutant: str, shown: str) -> Survivor:
    """Find in the module what a mutant changes; its name tells the place when the line cannot."""
    was, now = ([line[1:].strip() for line in shown.split("\n")[3:] if line.startswith(sign)] for sign in "-+")
    lines = [str(number) for number, line in enumerate(source, start=1) if was and line.strip() == was[0]]
    return Survivor(f"{path}:{'|'.join(lines) or mutant}", " ".join(was), " ".join(now))
