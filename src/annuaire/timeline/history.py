"""Tell when each record was first published and last changed, from the project's history alone.

One `git log` answers for a whole folder. A record that is not in the history (not committed yet, no git, no
repository) is absent rather than dated by guess; so is one that a shallow clone knows only from its oldest
commit, where every file looks new. Nothing here reads a record.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from annuaire import git

_HEADER = b"\x01"
# %D names the commits where a shallow clone is cut (« grafted »); no reference can pass for one, all are left out.
_LOG = (
    "log",
    "-z",
    "--no-renames",
    "--name-status",
    "--no-color",
    "--no-show-signature",
    "--no-ext-diff",
    "--decorate-refs=refs/none/",
    "--format=%x01%ct %D",
    "--relative",
)
_SUFFIXES = frozenset({".yml", ".yaml"})


@dataclass(frozen=True, slots=True)
class Change:
    """Date a record, in UTC: the commit that created it and the last one that changed it.

    `told` names what that one changed, where it is known (`annuaire.timeline.recent`).
    """

    created: datetime
    modified: datetime
    told: tuple[str, ...] = ()

    @property
    def is_new(self) -> bool:
        """Tell a record that has not changed since it was created."""
        return self.created == self.modified


def changes(root: Path, folder: Path) -> dict[str, Change]:
    """Date the records (`.yml` files) of a folder, by slug, from its history; a renamed file is a new one.

    `root` is the project's folder, where git runs. What git cannot tell gives an empty mapping, never an error.
    """
    base = root if folder.is_relative_to(root) else folder
    inside = PurePosixPath(folder.relative_to(base).as_posix())
    return _dates(_entries(git.answer(base, *_LOG, "--", str(inside))), inside)


def files(root: Path, folder: Path, suffix: str) -> dict[Path, datetime]:
    """Date the files of a folder and of those below it, by their path inside it: the last commit that changed each.

    What git cannot tell is absent, as for `changes`.
    """
    if not folder.is_relative_to(root):
        return {}
    inside = folder.relative_to(root)
    dated: dict[Path, datetime] = {}
    gone: set[Path] = set()
    for seconds, cut, status, name in _entries(git.answer(root, *_LOG, "--", inside.as_posix())):
        path = Path(name)
        if path.suffix != suffix or not path.is_relative_to(inside) or path in gone:
            continue
        if status == "D" or cut:
            gone.add(path)
        else:
            dated.setdefault(path.relative_to(inside), _moment(seconds))
    return dated


def latest(changes: Mapping[str, Change]) -> list[str]:
    """List slugs, the record modified last first; equal dates follow the slug."""
    return sorted(changes, key=lambda slug: (-changes[slug].modified.timestamp(), slug))


def news(changes: Mapping[str, Change]) -> list[str]:
    """List what changed last, as `latest` does, but what more than half the records share is no news.

    Such a date is that of the first import, or of a rewriting of them all.
    """
    shared = Counter(change.modified for change in changes.values())
    return [slug for slug in latest(changes) if shared[changes[slug].modified] * 2 <= len(changes)]


def _entries(log: bytes) -> Iterator[tuple[int, bool, str, str]]:
    """Yield (seconds since 1970, whether the clone is cut there, status letter, path), the newest commit first.

    Fields end with NUL. A path comes right after its status, so that no file name passes for a header.
    """
    fields = iter(log.split(b"\0"))
    seconds, cut = 0, False
    for field in fields:
        if field.startswith(_HEADER):
            stamp, _, notes = field[1:].decode("utf-8", "replace").partition(" ")
            seconds, cut = int(stamp), "grafted" in notes
            continue
        status = field.strip(b"\n").decode("ascii", "replace")
        if status:
            yield seconds, cut, status, os.fsdecode(next(fields, b""))


def _dates(entries: Iterable[tuple[int, bool, str, str]], inside: PurePosixPath) -> dict[str, Change]:
    modified: dict[str, int] = {}
    created: dict[str, int] = {}
    closed: set[str] = set()  # deleted since, or created at a commit already seen: what is older was another record
    for seconds, cut, status, path in entries:
        name = PurePosixPath(path)
        slug = name.stem
        if slug in closed or name.suffix not in _SUFFIXES or name.parent != inside:
            continue
        if status == "D" or (cut and slug not in modified):
            closed.add(slug)
            continue
        modified.setdefault(slug, seconds)
        created[slug] = min(seconds, modified[slug])
        if status == "A":
            closed.add(slug)
    return {slug: Change(_moment(created[slug]), _moment(modified[slug])) for slug in sorted(modified)}


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
