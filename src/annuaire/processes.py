"""Share work between as many processes as there are processors, by forking: nothing is sent to them, all is inherited.

Where the system cannot fork, or where there is little to do, the work is done here. This module knows nothing of
records or pages.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Any, TypeVar

from annuaire.text.problems import AnnuaireError

T = TypeVar("T")
R = TypeVar("R")
GoOn = Callable[[int], None]  # the work calls it from time to time with the number of items done
MOST = 8


def share(items: Sequence[T], work: Callable[[Sequence[T], GoOn], R], progress: GoOn, *, fewest: int) -> list[R]:
    """Do `work` on all the items; return a result for each process: the n-th had each n-th item out of that many.

    `progress` is told about how many items are done. Below `fewest` items, starting processes costs more than it saves.
    Raise what the work raised in any process, AnnuaireError if a process was stopped.
    """
    count = min(os.cpu_count() or 1, MOST)
    if len(items) < fewest or count == 1 or not hasattr(os, "fork"):
        return [work(items, progress)]
    helpers = [_start(items[rank::count], work) for rank in range(1, count)]
    try:
        mine = work(items[::count], lambda done: progress(min(done * count, len(items))))
        return [mine, *(_receive(receiver) for _, receiver in helpers)]
    finally:
        for process, _ in helpers:
            process.terminate()  # it has ended already, unless the work failed here
            process.join()


def _start(items: Sequence[T], work: Callable[[Sequence[T], GoOn], R]) -> tuple[ForkProcess, Connection]:
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(items, work, sender, os.getpid()))
    process.start()
    sender.close()
    return process, receiver


def _receive(receiver: Connection) -> Any:
    try:
        result = receiver.recv()
    except EOFError as error:
        raise AnnuaireError("Une partie du travail a été interrompue; relancer la commande.") from error
    if isinstance(result, Exception):
        raise result
    return result


def _work(items: Sequence[T], work: Callable[[Sequence[T], GoOn], R], sender: Connection, parent: int) -> None:
    def go_on(_: int) -> None:
        if os.getppid() != parent:  # killed: nobody wants this any more
            sys.exit(1)

    try:
        sender.send(work(items, go_on))
    except Exception as error:  # noqa: BLE001 - carried to the parent process, which raises it
        sender.send(error)
    finally:
        sender.close()
