"""Time `annuaire serve`: one record edited, until its new page is on the disk."""

from __future__ import annotations

import os
import re
import select
import signal
import socket
import subprocess
import time
from pathlib import Path

from bench.measure import FailedError

PATIENCE = 120.0  # seconds
PAUSE = 1.0


def edits(program: Path, site: Path, environment: dict[str, str], count: int) -> list[float]:
    """Start the preview of a site, edit `count` records in turn; give the seconds until each new page is written."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [str(program), "serve", "--port", str(port)],
        cwd=site,
        env={**os.environ, **environment, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait_for(process, "visible")
        records = sorted((site / "content/enterprises").glob("*.yml"))
        step = max(1, len(records) // (count + 1))
        chosen = [record for record in records[step // 2 :: step] if "statut: fermee" not in record.read_text("utf-8")]
        times = []
        for number, record in enumerate(chosen[:count]):
            time.sleep(PAUSE)
            times.append(_edit(site, record, f"Exemple modifié {number}"))
            _wait_for(process, "à jour")
        return times
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _edit(site: Path, record: Path, words: str) -> float:
    """Change the name in a record; wait for the page to show it."""
    page = site / ".annuaire/apercu/entreprises" / record.stem / "index.html"
    text = record.read_text(encoding="utf-8")
    changed = re.sub(r"(?m)^nom: .*$", f'nom: "{words}"', text, count=1)
    start = time.perf_counter()
    record.write_text(changed, encoding="utf-8")
    while not (page.is_file() and words in page.read_text(encoding="utf-8", errors="replace")):
        if time.perf_counter() - start > PATIENCE:
            raise FailedError(f"annuaire serve: {page} never showed the change")
        time.sleep(0.002)
    return time.perf_counter() - start


def _wait_for(process: subprocess.Popen[bytes], words: str) -> None:
    """Read what the program says until a line holds `words`."""
    assert process.stdout is not None  # noqa: S101 - asked for above
    heard = b""
    end = time.perf_counter() + PATIENCE
    while words.encode() not in heard:
        ready, _, _ = select.select([process.stdout], [], [], max(0.0, end - time.perf_counter()))
        chunk = os.read(process.stdout.fileno(), 65536) if ready else b""
        if not chunk:
            raise FailedError(f"annuaire serve: did not say « {words} »\n{heard.decode(errors='replace')[-2000:]}")
        heard += chunk
