"""Time the directory beside Hugo and beside the plain way, and write what was found in bench/RESULTS.md.

`python bench` measures everything (about ten minutes); `python bench --quick` gives an idea in one. Every program is
started cold, as a person would, and writes into an empty folder. Sites are laid out in memory where the machine has
such a place, so that the disk, which weighs the same on all, does not blur the comparison.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)  # `python bench` puts this folder there

from bench.results import FILE, report  # noqa: E402
from bench.trial import Trial  # noqa: E402

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - where Linux keeps files in memory
ROOM_BYTES = 4 * 1024**3
SIZES = (400, 2500, 11200)


def main() -> int:
    """Measure, show and write."""
    options = _options()
    place = options.dossier or _place()
    work = Path(tempfile.mkdtemp(prefix="annuaire-bench.", dir=place))
    try:
        trial = Trial(
            work,
            options.runs,
            quick=options.quick,
            say=lambda text: print(text, file=sys.stderr, flush=True),
            judgements=options.lighthouse,
        )
        found = trial.measure(tuple(sorted(options.sizes)))
    finally:
        if options.garder:
            print(f"Les sites sont restés dans {work}", file=sys.stderr)
        else:
            shutil.rmtree(work, ignore_errors=True)
    text = report(found, on_disk=place != IN_MEMORY)
    print(text)
    if not options.quick or options.ecrire:
        FILE.write_text(text, encoding="utf-8")
        print(f"Écrit dans {FILE.relative_to(FILE.parent.parent)}", file=sys.stderr)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python bench", description="Mesurer les temps, à côté de Hugo et de MkDocs seul."
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), metavar="N", help="nombres de fiches")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="essais de chaque mesure (médiane)")
    parser.add_argument(
        "--lighthouse", type=int, default=3, metavar="N", help="jugements de chaque page (médiane; dix minutes chacun)"
    )
    parser.add_argument(
        "--quick", action="store_true", help="400 fiches, peu d’essais, rien n’est écrit dans RESULTS.md"
    )
    parser.add_argument("--ecrire", action="store_true", help="écrire RESULTS.md même avec --quick")
    parser.add_argument("--dossier", type=Path, help="où faire les sites (sinon en mémoire, si la machine le permet)")
    parser.add_argument("--garder", action="store_true", help="ne pas effacer les sites")
    options = parser.parse_args()
    if options.quick:
        options.sizes, options.runs = [400], min(options.runs, 2)
    return options


def _place() -> Path:
    if IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM_BYTES:
        return IN_MEMORY
    return Path(tempfile.gettempdir())


if __name__ == "__main__":
    sys.exit(main())
