"""Weigh the first view of a page: its HTML and all that it asks for at once, compressed as a host would send it."""

from __future__ import annotations

import gzip
import posixpath
import re
import statistics
from dataclasses import dataclass
from pathlib import Path

_ASKED = re.compile(
    r"<(?:script|img|source|iframe)\b[^>]*\bsrc=\"([^\"#]+)\"|<link\b[^>]*\brel=\"(?:stylesheet|icon|preload|modulepreload"
    r"|manifest)\"[^>]*\bhref=\"([^\"#]+)\""
)
_IN_STYLE = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s*[\"']([^\"']+)")
_IN_SCRIPT = re.compile(r"(?:^|[;\s}])import(?:\s*[\w*{][^;\"'`]*?\bfrom)?\s*[\"'](\.[^\"']+)[\"']")
LEVEL = 6  # of gzip, what hosts use on the fly; Brotli gains about 15 % more


@dataclass(frozen=True)
class Weight:
    """Hold the weight in bytes of the median page, and what every page shares, by file."""

    html: int
    largest_html: int
    files: dict[str, int]

    @property
    def total(self) -> int:
        """Give the first view of the median page."""
        return self.html + sum(self.files.values())

    @property
    def largest(self) -> int:
        """Give the first view of the heaviest page."""
        return self.largest_html + sum(self.files.values())


def profiles(site: Path) -> Weight:
    """Weigh the profiles of a built site."""
    pages = sorted((site / "entreprises").glob("*/index.html"))
    pages = [
        page
        for page in pages
        if not page.parent.name.startswith("page-") and b'http-equiv="refresh"' not in page.read_bytes()
    ]
    sizes = [len(gzip.compress(page.read_bytes(), LEVEL)) for page in pages]
    files: dict[str, int] = {}
    for page in (pages[0], pages[-1]):
        for address in _asked(page):
            _weigh(site, address, files)
    return Weight(round(statistics.median(sizes)), max(sizes), files)


def _asked(page: Path) -> list[str]:
    folder = f"entreprises/{page.parent.name}"
    found = [one or other for one, other in _ASKED.findall(page.read_text(encoding="utf-8"))]
    return [posixpath.normpath(posixpath.join(folder, name)) for name in found if "://" not in name]


def _weigh(site: Path, name: str, files: dict[str, int]) -> None:
    """Add a file, and those it asks for at once, to the weights."""
    path = site / name
    if name in files or not path.is_file():
        return
    data = path.read_bytes()
    files[name] = len(gzip.compress(data, LEVEL))
    pattern = {".css": _IN_STYLE, ".js": _IN_SCRIPT}.get(path.suffix)
    if pattern is None:
        return
    for found in pattern.findall(data.decode()):
        address = found if isinstance(found, str) else found[0] or found[1]
        if not address.startswith(("data:", "#")) and "://" not in address:
            _weigh(site, posixpath.normpath(posixpath.join(posixpath.dirname(name), address)), files)
