"""Find a browser for the tests, or fetch Playwright's own where the distribution has none."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "tools" / "browser.sh"
TOOLS = ("bash", "cat", "dirname", "env", "grep", "id", "mkdir", "readlink")
CHROMIUM = "#!/bin/sh\necho Chromium 150.0\n"
# What Playwright would do: say where its Chromium is, and put it there when asked.
PYTHON = """#!/bin/sh
echo "$*" >>"{log}"
case "$*" in
  *"playwright install"*) {install} ;;
  *executable_path*) echo "{browser}" ;;
esac
"""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Lay a machine without any browser, and nothing to install one with."""
    for folder in ("bin", "depot/tools", "depot/.venv/bin", "navigateur"):
        (tmp_path / folder).mkdir(parents=True)
    for name in TOOLS:
        (tmp_path / "bin" / name).symlink_to(str(shutil.which(name)))
    shutil.copy(SCRIPT, tmp_path / "depot" / "tools")
    return tmp_path


def program(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def find(machine: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [machine / "bin" / "bash", machine / "depot" / "tools" / "browser.sh"],
        env={"PATH": str(machine / "bin")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_browser_of_the_distribution_comes_first(machine: Path) -> None:
    program(machine / "bin" / "chromium", CHROMIUM)
    done = find(machine)
    assert (done.returncode, done.stdout.strip()) == (0, str(machine / "bin" / "chromium")), done.stderr
    assert done.stderr == ""


def test_the_chromium_of_playwright_is_fetched_once(machine: Path) -> None:
    own, log = machine / "navigateur" / "chrome", machine / "demandes"
    fetch = f'printf \'{CHROMIUM.encode("unicode_escape").decode()}\' >"{own}" && /bin/chmod +x "{own}"'
    program(machine / "depot/.venv/bin/python", PYTHON.format(log=log, install=fetch, browser=own))
    done = find(machine)
    assert (done.returncode, done.stdout.strip()) == (0, str(own)), done.stderr
    assert log.read_text(encoding="utf-8").count("playwright install") == 1
    assert find(machine).stdout.strip() == str(own)
    assert log.read_text(encoding="utf-8").count("playwright install") == 1


def test_without_any_the_script_says_what_to_do(machine: Path) -> None:
    program(machine / "depot/.venv/bin/python", PYTHON.format(log=machine / "log", install="exit 1", browser="absent"))
    done = find(machine)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "ANNUAIRE_CHROMIUM" in done.stderr
