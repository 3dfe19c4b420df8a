"""Bounded work: past its processor or its memory it ends with one sentence, and nothing of it is left behind."""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
from pathlib import Path

import pytest

from annuaire import processes
from annuaire.processes import TooMuchWorkError, limited
from annuaire.text.problems import AnnuaireError

MB = 1024 * 1024


def spin() -> None:
    """Never end."""
    while True:
        time.process_time()


def test_the_work_is_done_elsewhere_and_given_back() -> None:
    process, words = limited(lambda: (os.getpid(), ["é"]), 2, 100 * MB)
    assert process != os.getpid()
    assert words == ["é"]
    assert multiprocessing.active_children() == []


def test_what_both_hold_is_not_copied() -> None:
    held = [object(), lambda: 1]
    found = limited(lambda: {"un": held[1], "autre": [held[0]]}, 2, 100 * MB, held)
    assert found["un"] is held[1]
    assert found["autre"] == [held[0]]


def test_its_limits_are_set() -> None:
    def told() -> tuple[int, int]:
        return resource.getrlimit(resource.RLIMIT_CPU)[0], resource.getrlimit(resource.RLIMIT_AS)[0]

    seconds, memory = limited(told, 2, 100 * MB)
    assert seconds == 2
    assert memory > 100 * MB or not Path("/proc/self/statm").exists()
    assert told()[0] != 2, "the limits are those of the child alone"


def test_processor_time_is_bounded() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    with pytest.raises(TooMuchWorkError, match="trop de travail"):
        limited(spin, 1, 100 * MB)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 3
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system does not bound memory")
def test_memory_is_bounded() -> None:
    with pytest.raises(TooMuchWorkError, match="trop de travail"):
        limited(lambda: len(bytearray(200 * MB)), 2, 50 * MB)


def test_a_fault_is_raised_here() -> None:
    def fail() -> None:
        raise AnnuaireError("illisible")

    with pytest.raises(AnnuaireError, match=r"^illisible$"):
        limited(fail, 2, 100 * MB)


def test_work_that_waits_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_PATIENCE", 0.2)
    with pytest.raises(TooMuchWorkError):
        limited(lambda: time.sleep(20), 1, 100 * MB)
    assert multiprocessing.active_children() == []


def test_without_forking_the_clock_bounds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert limited(lambda: "lu", 2, MB) == "lu"
    with pytest.raises(TooMuchWorkError):
        limited(lambda: time.sleep(5), 1, MB)
