"""Say what a build is doing, and what it did."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from annuaire.text.problems import Problem

Progress = Callable[[str, int, int], None]  # name of the step, what is done of it, of how many (0: nobody knows)


@dataclass
class Summary:
    """Say what a build did: seconds by step, counts, problems and what was left out, where its shells stand."""

    steps: list[tuple[str, float]] = field(default_factory=list)
    pages: int = 0
    records: int = 0
    warnings: tuple[Problem, ...] = ()
    left_out: tuple[Problem, ...] = ()
    site: Path = Path()
    shells: Path = Path()

    @contextmanager
    def step(self, name: str, progress: Progress) -> Iterator[None]:
        """Time one step and announce it."""
        progress(name, 0, 0)
        start = time.perf_counter()
        yield
        self.steps.append((name, time.perf_counter() - start))
