"""Hold what became of the mutants of one module, and which of them change nothing that a person could see."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / ".mutants"
ALIKE = Path(__file__).with_name("alike.toml")


@dataclass(frozen=True, slots=True)
class Survivor:
    """Hold a mutant that no test saw: where it is, what stood there and what takes its place, each on one line."""

    place: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Result:
    """Count the mutants tried and hold those that no test saw; one that never ends is seen."""

    tried: int
    survivors: tuple[Survivor, ...]


def alike(name: str) -> set[tuple[str, str]]:
    """List the mutants of a module that alike.toml explains: what stood there and what takes its place."""
    entries = tomllib.loads(ALIKE.read_text(encoding="utf-8")).get(name, [])
    return {(entry["was"], entry["now"]) for entry in entries}
