"""Index the finished pages with Pagefind's own program; the browser then searches without any server.

Pagefind's Python interface sleeps between pages, so its command is run on the folder (tried).
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from annuaire import urls
from annuaire.text import french
from annuaire.text.messages import inert
from annuaire.text.problems import AnnuaireError
from annuaire.text.refusal import refusal

FOLDER = urls.INDEX.rstrip("/")
# Profiles alone are indexed: reading the listings to leave them out takes a quarter of the memory.
PROFILES = f"{urls.ENTERPRISES}*/index.html"
LANGUAGE = "und"  # words as they are: by its French stems, « communication » gave « communautaire » (tried)
_REFUSED = re.compile(r"(?:os error |code: |Errno )([0-9]{1,3})\b")
_LONGEST = 300
_LOOK_SECONDS = 0.1
INTERFACES = ("*ui.*", "*ui-*", "pagefind-highlight.js", "pagefind-modular*")  # Pagefind's own, which no page uses


def index(site: Path, goes_on: Callable[[], bool] = lambda: True) -> None:
    """Index every profile of a folder that has a `data-pagefind-body`; raise AnnuaireError if the program fails.

    The program is stopped, and the folder left half indexed, as soon as `goes_on` says no.
    """
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-subdir", FOLDER, "--quiet"]
    command += ["--glob", PROFILES]
    command += ["--force-language", LANGUAGE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        said = None
        while said is None:
            try:
                said, _ = process.communicate(timeout=_LOOK_SECONDS)
            except subprocess.TimeoutExpired:
                if not goes_on():
                    process.kill()
                    return
            except BaseException:
                process.kill()
                raise
    if process.returncode != 0:
        raise AnnuaireError(f"L’index de recherche n’a pas pu être fait\u00a0: {_reason(process.returncode, said)}")
    for pattern in INTERFACES:
        for path in (site / FOLDER).glob(pattern):
            path.unlink()


def _reason(code: int, said: str) -> str:
    """Say why Pagefind stopped, from what it printed in English: what the machine refused it, or its last line."""
    found = _REFUSED.search(said)
    if found is not None:
        return refusal(OSError(int(found.group(1)), ""))
    lines = [line for line in said.splitlines() if line.strip()]
    if not lines:
        return f"le programme a été arrêté (code {code})."
    return f"il a dit, en anglais, «\u00a0{inert(french.shorten(lines[-1].strip(), _LONGEST))}\u00a0»."
