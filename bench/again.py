"""Time a site published again by a fresh program after one record changed, in the folder where it was built before."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annuaire.records import known
from annuaire.site import stock
from bench.measure import FailedError, Program, Run, Series, run

MOST = 8.0  # seconds
_TELEPHONE = re.compile(r"(?m)^( +telephone: ).*$")


@dataclass(frozen=True)
class Again:
    """Hold the runs, the memory of one of them, and the size in bytes of what is kept for it."""

    series: Series
    memory: Run
    kept: int


def measure(program: Program, site: Path, runs: int) -> Again:
    """Change one telephone number and run the program, several times; what it keeps comes from its last run."""
    numbers = _changes(site)
    run(program)
    changing = Program(program.command, program.folder, program.environment, lambda: next(numbers))
    series = Series(tuple(run(changing) for _ in range(runs)))
    memory = run(changing, with_memory=True)
    files = [site / ".annuaire" / known.FILE, *(site / ".annuaire" / stock.FOLDER).iterdir()]
    return Again(series, memory, sum(path.stat().st_size for path in files))


def forget(site: Path) -> None:
    """Take away what a build keeps of records and pages: the next one starts from nothing."""
    shutil.rmtree(site / ".annuaire" / stock.FOLDER, ignore_errors=True)
    (site / ".annuaire" / known.FILE).unlink(missing_ok=True)


def _changes(site: Path) -> Iterator[None]:
    """Write another telephone number in one record after the other, which has one."""
    paths = sorted((site / "content/enterprises").glob("*.yml"))
    for number, path in enumerate(paths[len(paths) // 3 :]):
        text = path.read_text(encoding="utf-8")
        if _TELEPHONE.search(text):
            path.write_text(_TELEPHONE.sub(rf'\g<1>"819 555-01{number % 90 + 10}"', text, count=1), encoding="utf-8")
            yield
    raise FailedError("no more records with a telephone number")
