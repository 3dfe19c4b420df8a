"""Index the finished pages with Pagefind's own program; the browser then searches without any server.

Pagefind's Python interface sleeps between pages, so its command is run on the folder (tried).
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from annuaire.problems import AnnuaireError

FOLDER = "pagefind"
INTERFACES = ("*ui.*", "*ui-*", "pagefind-highlight.js", "pagefind-modular*")  # Pagefind's own, which no page uses


def index(site: Path) -> None:
    """Index every page of a folder that has a `data-pagefind-body`; raise AnnuaireError if the program fails."""
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-subdir", FOLDER, "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AnnuaireError(f"L’index de recherche n’a pas pu être fait\u00a0:\n{(done.stderr or done.stdout).strip()}")
    for pattern in INTERFACES:
        for path in (site / FOLDER).glob(pattern):
            path.unlink()
