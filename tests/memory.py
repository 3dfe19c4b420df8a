"""Keep what tests write in memory, where the machine has room for it."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - only a folder of pytest's own, made there under another name each time
ROOM = 6 * 2**30  # bytes; a whole run writes a third of that


def write_in_memory() -> None:
    """Have temporary files made in memory, unless somebody chose where, or the machine is small.

    A run makes and throws away some hundred thousand small files. On ext4, which looks for an inode that was not freed
    a moment ago, that takes a third of the processor.
    """
    if "TMPDIR" not in os.environ and _has_room():
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # asked for again


def _has_room() -> bool:
    try:
        found = os.statvfs(MEMORY)
        available = re.search(r"MemAvailable: +(\d+) kB", Path("/proc/meminfo").read_text(encoding="ascii"))
    except OSError:
        return False
    runs = not found.f_flag & os.ST_NOEXEC  # tests install programs there
    is_free = found.f_bavail * found.f_frsize >= ROOM and bool(available) and int(available[1]) * 1024 >= ROOM  # type: ignore[index]
    return runs and is_free and os.access(MEMORY, os.W_OK)
