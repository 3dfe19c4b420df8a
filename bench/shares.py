"""Say what the bytes of a built site are: by kind of file, then by part of page.

A program of its own, `python -m bench.shares SITE`. A part may stand inside another one (badges are in rows): the
lines do not add up.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import Path

STEP = 10  # one page out of as many is read: what all of them hold is worked out
MIB = 2**20
PARTS = {
    "head": r"<head>.*?</head>",
    "head : JSON-LD": r'<script type="application/ld\+json">.*?</script>',
    "head : og:": r'<meta property="og:[^>]*>',
    "head : liens": r"<link [^>]*>",
    "en-tête": r'<header class="site-head">.*?</header>',
    "pied": r"<footer.*?</footer>",
    "main": r"<main.*</main>",
    "lignes": r'<ul class="rows.*?</ul>\n?(?=</section>|</div>)',
    "étiquettes": r'<ul class="badges.*?</ul>',
    "liens comptés": r'<ul class="counts.*?</ul>',
    "« Où vérifier »": r'<details class="checks">.*?</details>',
    "class": r' class="[^"]*"',
    "href": r' href="[^"]*"',
    "aria-": r' aria-[a-z]+="[^"]*"',
    "retours de ligne": r"\n",
}


def main() -> int:
    """Count and print, in MiB."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.shares", description="Dire ce que sont les octets d’un site."
    )
    parser.add_argument("site", type=Path, help="dossier d’un site construit")
    site: Path = parser.parse_args().site
    files = sorted(path for path in site.rglob("*") if path.is_file())
    sizes, counts = Counter[str](), Counter[str]()
    for path in files:
        sizes[path.suffix] += path.stat().st_size
        counts[path.suffix] += 1
    print(f"{sizes.total() / MIB:.1f} Mio, {len(files)} fichiers")
    for suffix, size in sizes.most_common(10):
        print(f"{suffix or '(sans)':20}{counts[suffix]:8}{size / MIB:9.2f}")
    pages = [path for path in files if path.suffix == ".html"][::STEP]
    found = Counter[str]()
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for name, pattern in PARTS.items():
            found[name] += sum(len(match.group().encode()) for match in re.finditer(pattern, text, re.DOTALL))
    print(f"\nParties de page (une page sur {STEP} est lue)")
    for name, size in found.most_common():
        print(f"{name:28}{size * STEP / MIB:9.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
