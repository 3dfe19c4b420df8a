"""Hold what became of the mutants of one module."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / ".mutants"


@dataclass(frozen=True, slots=True)
class Result:
    """Count the mutants tried and those that a test saw, a mutant that never ends among them; word the others."""

    tried: int
    killed: int
    survivors: tuple[str, ...]
