"""Shared work: the same answers whatever the number of processes, and no process left behind."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from annuaire import processes
from annuaire.processes import GoOn, share
from annuaire.records import reading as records
from annuaire.schema import load
from annuaire.text.problems import AnnuaireError

pytestmark = pytest.mark.usefixtures("several_processes")


def squares(part: Iterable[int], go_on: GoOn) -> tuple[int, list[int]]:
    found = [n * n for n in part]
    go_on(len(found))
    return os.getpid(), found


@pytest.fixture(params=[1, 2, 3])
def count(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(processes.os, "cpu_count", lambda: request.param)
    return int(request.param)


def test_every_item_is_done_once(count: int) -> None:
    told: list[int] = []
    parts = share(range(10), squares, told.append, fewest=2)
    assert sorted(n for _, found in parts for n in found) == [n * n for n in range(10)]
    assert len({pid for pid, _ in parts}) == len(parts) == count
    assert len(told) == 1
    assert told[0] <= 10
    assert multiprocessing.active_children() == []


def test_little_work_stays_here() -> None:
    assert share([3], squares, lambda _: None, fewest=2) == [(os.getpid(), [9])]


def test_a_fault_anywhere_is_raised_here(count: int) -> None:
    def fail(part: Iterable[int], _: GoOn) -> None:
        if 1 in part:
            raise AnnuaireError("un")

    with pytest.raises(AnnuaireError, match=r"^un$"):
        share(range(4), fail, lambda _: None, fewest=2)
    assert multiprocessing.active_children() == []


def test_a_stopped_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes.os, "cpu_count", lambda: 2)
    here = os.getpid()

    def vanish(part: Iterable[int], _: GoOn) -> None:
        if os.getpid() != here:
            os._exit(9)

    with pytest.raises(AnnuaireError, match="interrompue"):
        share(range(4), vanish, lambda _: None, fewest=2)


def test_records_read_apart_are_those_read_here(count: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(records, "SHARE_FROM", 2)
    for number in range(7):
        (tmp_path / f"coop-{number}.yml").write_text(f"nom: Coop Exemple {number}\nnom: deux\n", encoding="utf-8")
    (tmp_path / "note.txt").write_text("x", encoding="utf-8")
    folder = records.Folder(tmp_path, tmp_path, load("enterprises"))
    alone = records.Folder(tmp_path, tmp_path, load("enterprises")).read()

    def examine(record: records.Record) -> None:
        record.findings = list(record.shape)

    found = folder.read(examine)
    assert [(r.slug, r.file, r.document, r.findings) for r in found] == [
        (r.slug, r.file, r.document, r.shape) for r in alone
    ]
    assert [id(r) for r in folder.read(examine)] == [id(r) for r in found]


def test_what_follows_one_another_stays_together(count: int) -> None:
    parts = share(range(100), squares, lambda _: None, fewest=2, block=20)
    assert sorted(n for _, found in parts for n in found) == [n * n for n in range(100)]
    who = {n: rank for rank, (_, found) in enumerate(parts) for n in found}
    for first, end in processes._blocks(100, count, 20):
        assert len({who[n * n] for n in range(first, end)}) == 1


def test_the_last_blocks_are_small_and_their_number_is_bounded() -> None:
    assert processes._blocks(100, 2, 10)[5:8] == [(50, 60), (60, 61), (61, 62)]
    assert processes._blocks(3, 2, 1) == [(0, 1), (1, 2), (2, 3)]
    for total in (10_000, 3_000_000):
        blocks = processes._blocks(total, processes.MOST, 1)
        assert len(blocks) <= processes._MOST_BLOCKS
        assert [n for first, end in blocks for n in (first, end)][1:-1:2] == [first for first, _ in blocks[1:]]
        assert (blocks[0][0], blocks[-1][1]) == (0, total)


def test_who_is_slow_takes_less(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes.os, "cpu_count", lambda: 2)
    here = os.getpid()

    def slow(part: Iterable[int], _: GoOn) -> int:
        return sum(time.sleep(0.01 if os.getpid() == here else 0) is None for _ in part)

    mine, other = share(range(200), slow, lambda _: None, fewest=2)
    assert mine < other
    assert mine + other == 200
