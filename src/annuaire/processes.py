"""Share work between processes, or bound it in one, by forking: nothing is sent to them, all is inherited.

Where the system cannot fork, or where there is little to share, the work is done here. This module knows nothing of
records or pages.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import pickle
import signal
import struct
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from annuaire.text.problems import AnnuaireError

if TYPE_CHECKING:  # Windows has none
    from multiprocessing.context import ForkProcess

T = TypeVar("T")
R = TypeVar("R")


class TooMuchWorkError(AnnuaireError):
    """Stop bounded work that goes past its limits; its words follow the name of a file."""

    def __init__(self) -> None:
        super().__init__("sa lecture demande trop de travail pour sa taille\u00a0: le refaire, plus simple")


GoOn = Callable[[int], None]  # the work calls it from time to time with the number of items done
MOST = 8  # processes at once
_BLOCK = struct.Struct("<II")  # first item, end
_MOST_BLOCKS = 2048  # what a pipe holds unread, on any system
_PATIENCE = 20  # times the processor seconds that may go by on the clock: the machine may be busy


def share(
    items: Sequence[T],
    work: Callable[[Iterable[T], GoOn], R],
    progress: GoOn,
    *,
    fewest: int,
    block: int = 1,
    aside: Callable[[], object] = lambda: None,
) -> list[R]:
    """Do `work` on all the items; return a result for each process: each took its next `block` when it could.

    A block is as many items that follow one another, and what they have in common one process alone then makes; those
    at the end are smaller, so that all processes end together. Who did which is not the same from one run to the next.
    `progress` is told about how many items are done; `aside` is something else to do here once the others have begun,
    which is left undone where there are none. Below `fewest` items, starting processes costs more than it saves. Raise
    what the work raised in any process, AnnuaireError if a process was stopped.
    """
    count = min(_processors(), len(items))
    if len(items) < fewest or count <= 1:
        return [work(items, progress)]
    reader = _heap(_blocks(len(items), count, block))
    helpers = [_start(_taken(items, reader), work) for _ in range(1, count)]
    try:
        aside()
        mine = work(_taken(items, reader), lambda done: progress(min(done * count, len(items))))
        return [mine, *(_receive(receiver) for _, receiver in helpers)]
    finally:
        os.close(reader)
        for process, _ in helpers:
            process.terminate()  # it has ended already, unless the work failed here
            process.join()


def _processors() -> int:
    return min(os.cpu_count() or 1, MOST) if hasattr(os, "fork") else 1


def _blocks(total: int, count: int, block: int) -> list[tuple[int, int]]:
    """Cut so many items into blocks, (first, end) each: the last two of each process are cut in twenty."""
    block = max(block, -(-total // (_MOST_BLOCKS // 2)))
    blocks, start = [], 0
    while start < total:
        size = block if total - start > 2 * count * block else max(1, block // 20)
        blocks.append((start, min(start + size, total)))
        start += size
    return blocks


def _heap(blocks: Sequence[tuple[int, int]]) -> int:
    """Pile blocks where several processes can take the next one: the reading end of a pipe, whose reads are whole."""
    reader, writer = os.pipe()
    os.write(writer, b"".join(_BLOCK.pack(*block) for block in blocks))
    os.close(writer)
    return reader


def _taken(items: Sequence[T], reader: int) -> Iterator[T]:
    while block := os.read(reader, _BLOCK.size):
        start, end = _BLOCK.unpack(block)
        yield from items[start:end]


@contextmanager
def meanwhile(work: Callable[[], R]) -> Iterator[Callable[[], R]]:
    """Do some work in another process; give what waits for it and returns its result, or raises what it raised.

    Where the system cannot, the work is done when its result is asked for. It stops with the block.
    """
    if _processors() == 1:
        yield work
        return
    process, receiver = _start((), lambda *_: work())
    try:
        yield lambda: _receive(receiver)
    finally:
        process.terminate()  # it has ended already, unless something failed here
        process.join()


def limited(work: Callable[[], R], seconds: int, memory: int, shared: Sequence[object] = ()) -> R:
    """Do some work in a process that may use so many seconds of processor and more bytes of memory; return its result.

    Raise what the work raised, TooMuchWorkError when it goes past its limits. Where the system has no such limits,
    the work is left alone after as many seconds on the clock. The result is a copy, but for what it holds of `shared`.
    """
    if not hasattr(os, "fork"):
        return _timed(work, seconds)
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = _forked(_bounded, work, sender, seconds, memory, shared)
    sender.close()
    try:
        if not receiver.poll(seconds * _PATIENCE):
            raise TooMuchWorkError
        result = _unpacked(receiver.recv_bytes(), shared)
    except EOFError:
        process.join()
        if process.exitcode in (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGSEGV, -signal.SIGABRT):
            raise TooMuchWorkError from None
        raise AnnuaireError("sa lecture a été interrompue\u00a0: relancer la commande") from None
    finally:
        process.kill()  # it has ended already, unless time ran out
        process.join()
        receiver.close()
    if isinstance(result, MemoryError):
        raise TooMuchWorkError
    if isinstance(result, Exception):
        raise result
    done: R = result[0]
    return done


def _bounded(work: Callable[[], R], sender: Connection, seconds: int, memory: int, shared: Sequence[object]) -> None:
    import resource  # the systems that fork have it

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    held = _held()
    if held:
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (held + memory, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer: tuple[R] | Exception = (work(),)
    except Exception as error:  # noqa: BLE001 - carried to the parent process, which raises it
        answer = error
    try:
        sender.send_bytes(_packed(answer, shared))
    except MemoryError:
        sender.send_bytes(_packed(MemoryError(), ()))
    finally:
        sender.close()


def _packed(result: object, shared: Sequence[object]) -> bytes:
    """Pickle a result; what both processes hold is named by its rank."""
    if not shared:
        return pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
    ranks = {id(one): rank for rank, one in enumerate(shared)}
    data = io.BytesIO()
    pickler = pickle.Pickler(data, pickle.HIGHEST_PROTOCOL)
    pickler.persistent_id = lambda one: ranks.get(id(one))  # type: ignore[method-assign]
    pickler.dump(result)
    return data.getvalue()


def _unpacked(data: bytes, shared: Sequence[object]) -> Any:
    unpickler = pickle.Unpickler(io.BytesIO(data))  # noqa: S301 - what a process of ours has just written
    unpickler.persistent_load = lambda rank: shared[rank]  # type: ignore[method-assign]
    return unpickler.load()


def _held() -> int:
    """Give the bytes of address space of this process; 0 where the system does not say (it then bounds none)."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _timed(work: Callable[[], R], seconds: int) -> R:
    """Do some work in a thread, which ends with the command when it takes too long."""
    found: list[tuple[R] | Exception] = []

    def run() -> None:
        try:
            found.append((work(),))
        except Exception as error:  # noqa: BLE001 - raised below, by the thread that asked
            found.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if not found or isinstance(found[0], MemoryError):
        raise TooMuchWorkError
    if isinstance(found[0], Exception):
        raise found[0]
    return found[0][0]


def _start(items: Iterable[T], work: Callable[[Iterable[T], GoOn], R]) -> tuple[ForkProcess, Connection]:
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = _forked(_work, items, work, sender, os.getpid())
    sender.close()
    return process, receiver


def _forked(target: Callable[..., None], *arguments: object) -> ForkProcess:
    """Start a process. An interruption waits until it is there: what Python does around a fork would swallow it."""
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    process = multiprocessing.get_context("fork").Process(target=_awake, args=(held, target, arguments))
    try:
        process.start()
    finally:
        try:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
        except KeyboardInterrupt:
            process.terminate()
            process.join()
            raise
    return process


def _awake(held: set[signal.Signals], target: Callable[..., None], arguments: Sequence[object]) -> None:
    signal.pthread_sigmask(signal.SIG_SETMASK, held)
    target(*arguments)


def _receive(receiver: Connection) -> Any:
    try:
        result = receiver.recv()
    except EOFError as error:
        raise AnnuaireError("Une partie du travail a été interrompue; relancer la commande.") from error
    if isinstance(result, Exception):
        raise result
    return result


def _work(items: Iterable[T], work: Callable[[Iterable[T], GoOn], R], sender: Connection, parent: int) -> None:
    def go_on(_: int) -> None:
        if os.getppid() != parent:  # killed: nobody wants this any more
            sys.exit(1)

    try:
        sender.send(work(items, go_on))
    except Exception as error:  # noqa: BLE001 - carried to the parent process, which raises it
        sender.send(error)
    finally:
        sender.close()
