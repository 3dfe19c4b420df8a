"""Run whole programs and measure them: seconds on the wall, seconds of processor, memory.

A ratio is quoted only between two programs run in turns, the one right after the other, on the same machine.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLE_SECONDS = 0.02


class FailedError(Exception):
    """Tell that a measured program failed; the message holds what it said."""


@dataclass(frozen=True)
class Program:
    """Describe a program to measure. `before` prepares each run, outside the time measured."""

    command: Sequence[str | Path]
    folder: Path
    environment: Mapping[str, str]
    before: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Run:
    """Hold one run: seconds on the wall and of processor, MB of the largest process and of all of them together."""

    seconds: float
    processor: float
    largest: float
    together: float = 0.0


@dataclass(frozen=True)
class Series:
    """Hold several runs of one program."""

    runs: tuple[Run, ...]

    @property
    def seconds(self) -> float:
        """Give the median time on the wall, in seconds."""
        return statistics.median(run.seconds for run in self.runs)

    @property
    def processor(self) -> float:
        """Give the median processor time, in seconds."""
        return statistics.median(run.processor for run in self.runs)

    @property
    def spread(self) -> tuple[float, float]:
        """Give the shortest and the longest time on the wall, in seconds."""
        times = [run.seconds for run in self.runs]
        return min(times), max(times)


def run(program: Program, *, with_memory: bool = False) -> Run:
    """Run a program once; `with_memory` also adds up the memory of its processes, which slows it a little."""
    program.before()
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in program.command],
        cwd=program.folder,
        env={**os.environ, **program.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    sampler = _Sampler(process.pid)
    if with_memory:
        sampler.start()
    said = process.stdout.read() if process.stdout else b""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    sampler.stop()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise FailedError(f"{' '.join(map(str, program.command))}\n{said.decode(errors='replace')[-4000:]}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, sampler.peak)


def series(program: Program, runs: int) -> Series:
    """Run a program several times."""
    return Series(tuple(run(program) for _ in range(runs)))


def in_turns(one: Program, other: Program, runs: int) -> tuple[Series, Series, float]:
    """Run two programs in turns; give both series and the median ratio of the first to the second, pair by pair."""
    pairs = []
    for number in range(runs):
        if number % 2:
            second = run(other)
            pairs.append((run(one), second))
        else:
            first = run(one)
            pairs.append((first, run(other)))
    ratio = statistics.median(a.seconds / b.seconds for a, b in pairs)
    return Series(tuple(a for a, _ in pairs)), Series(tuple(b for _, b in pairs)), ratio


class _Sampler(threading.Thread):
    """Add up, from time to time, the memory of a process and of all those it started.

    Pages shared by several processes are counted once (proportional set size).
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak = 0.0
        self._over = threading.Event()

    def run(self) -> None:
        """Sample until stopped."""
        while not self._over.wait(SAMPLE_SECONDS):
            self.peak = max(self.peak, sum(_proportional(pid) for pid in _family(self.pid)))

    def stop(self) -> None:
        """Stop sampling."""
        self._over.set()
        if self.is_alive():
            self.join()


def _family(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        try:
            tasks = list(Path(f"/proc/{parent}/task").iterdir())
            for task in tasks:
                found += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _proportional(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
