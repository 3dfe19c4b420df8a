"""Try the mutants of a module of the theme with Stryker, which runs our own tests on a copy of it."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from tools.mutants.result import ROOT, WORK, Result, Survivor

PROGRAM = ROOT / "tools" / "mutants" / "node_modules" / "@stryker-mutator" / "core" / "bin" / "stryker.js"
SEEN = {"Killed", "Timeout", "RuntimeError", "CompileError"}
# Nothing that a test of one module does without: each mutant starts pytest again.
PYTEST = "-q -x --noconftest -p tests.catalogues -p no:cacheprovider -o addopts=--import-mode=importlib"


def run(name: str, path: str, tests: Sequence[str]) -> Result:
    """Try every mutant of the module at `path`; raise CalledProcessError when Stryker itself fails."""
    WORK.mkdir(exist_ok=True)
    report, options = WORK / f"{name}.report.json", WORK / f"{name}.stryker.json"
    options.write_text(
        json.dumps(
            {
                "mutate": [path],
                "testRunner": "command",
                "commandRunner": {"command": shlex.join([sys.executable, "-m", "pytest", *PYTEST.split(), *tests])},
                "ignorePatterns": ["*", "!src/annuaire/theme/js/**", "!tests/*.py", "!tests/unit/*", "!pyproject.toml"],
                "tempDirName": str(WORK / "sandbox"),
                "concurrency": 1,
                "coverageAnalysis": "off",
                "plugins": [],
                "reporters": ["json", "progress-append-only"],
                "jsonReporter": {"fileName": str(report)},
                "timeoutMS": 20_000,
                "logLevel": "warn",
                "allowConsoleColors": False,
            }
        ),
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    subprocess.run(["node", PROGRAM, "run", options], cwd=ROOT, env=environment, check=True, stdout=sys.stderr)
    (found,) = json.loads(report.read_text(encoding="utf-8"))["files"].values()
    mutants = found["mutants"]
    lines = found["source"].split("\n")
    survivors = [mutant for mutant in mutants if mutant["status"] not in SEEN]
    return Result(len(mutants), tuple(_found(path, lines, mutant) for mutant in survivors))


def _found(path: str, lines: Sequence[str], mutant: dict[str, Any]) -> Survivor:
    """Find in the module what a mutant changes; of a change that spans lines, the first is given."""
    start, end = mutant["location"]["start"], mutant["location"]["end"]
    last = end["column"] - 1 if end["line"] == start["line"] else None
    was = lines[start["line"] - 1][start["column"] - 1 : last]
    return Survivor(f"{path}:{start['line']}:{start['column']}", was, " ".join(mutant["replacement"].split()))
