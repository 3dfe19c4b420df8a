"""Know the files that records name: those of the folder `fichiers` of the pages written by hand, with their size.

They are judged there as all that stands in that folder (`annuaire.written`: names, kinds that a browser never runs, no
links), and the theme engine publishes them as they are. Nothing here opens one.
"""

from __future__ import annotations

from collections.abc import Mapping

from annuaire.config import Settings

FOLDER = "fichiers"
MAX_BYTES = 5_000_000  # what a telephone downloads on the road


def sizes(settings: Settings) -> Mapping[str, int]:
    """List the files there are by name, with their size in bytes; links are left out, whatever they lead to."""
    folder = settings.pages / FOLDER
    found = sorted(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else ()
    return {path.name: path.stat().st_size for path in found if path.is_file() and not path.is_symlink()}
