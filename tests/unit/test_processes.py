"""Shared work: the same answers whatever the number of processes, and no process left behind."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from annuaire import processes
from annuaire.processes import GoOn, share
from annuaire.records import reading as records
from annuaire.schema import load
from annuaire.text.problems import AnnuaireError


def squares(part: Sequence[int], go_on: GoOn) -> tuple[int, list[int]]:
    go_on(len(part))
    return os.getpid(), [n * n for n in part]


@pytest.fixture(params=[1, 2, 3])
def count(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(processes.os, "cpu_count", lambda: request.param)
    return int(request.param)


def test_every_item_is_done_once(count: int) -> None:
    told: list[int] = []
    parts = share(range(10), squares, told.append, fewest=2)
    assert sorted(n for _, found in parts for n in found) == [n * n for n in range(10)]
    assert len({pid for pid, _ in parts}) == len(parts) == count
    assert told == [10]
    assert multiprocessing.active_children() == []


def test_little_work_stays_here() -> None:
    assert share([3], squares, lambda _: None, fewest=2) == [(os.getpid(), [9])]


def test_a_fault_anywhere_is_raised_here(count: int) -> None:
    def fail(part: Sequence[int], _: GoOn) -> None:
        if 1 in part:
            raise AnnuaireError("un")

    with pytest.raises(AnnuaireError, match=r"^un$"):
        share(range(4), fail, lambda _: None, fewest=2)
    assert multiprocessing.active_children() == []


def test_a_stopped_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes.os, "cpu_count", lambda: 2)
    here = os.getpid()

    def vanish(part: Sequence[int], _: GoOn) -> None:
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
    parts = share(range(10), squares, lambda _: None, fewest=2, block=3)
    assert sorted(n for _, found in parts for n in found) == [n * n for n in range(10)]
    expected = {1: [[*range(10)]], 2: [[0, 1, 2, 6, 7, 8], [3, 4, 5, 9]], 3: [[0, 1, 2, 9], [3, 4, 5], [6, 7, 8]]}
    assert [found for _, found in parts] == [[n * n for n in part] for part in expected[count]]
