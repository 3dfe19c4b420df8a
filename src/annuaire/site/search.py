"""Index the finished pages with Pagefind's own program; the browser then searches without any server.

Pagefind's Python interface sleeps between pages, so its command is run on the folder (tried).
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from annuaire import urls
from annuaire.text.problems import AnnuaireError

FOLDER = urls.INDEX.rstrip("/")
# Profiles alone are indexed: reading the listings to leave them out takes a quarter of the memory.
PROFILES = f"{urls.ENTERPRISES}*/index.html"
LANGUAGE = "und"  # words as they are: by its French stems, « communication » gave « communautaire » (tried)
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
        raise AnnuaireError(f"L’index de recherche n’a pas pu être fait\u00a0:\n{said.strip()}")
    for pattern in INTERFACES:
        for path in (site / FOLDER).glob(pattern):
            path.unlink()
