"""Ask git for the states of one file through its names, and read them; nothing is checked out, no author is asked.

The history is read along its first parents, so that each state is compared with the one published before it, and a
merged proposal is one change. Names of files are given to git as they are, after `--`, never as patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from annuaire.git import Entry, Repository
from annuaire.records.reading import EXTENSION, Record, from_document
from annuaire.schema import Schema
from annuaire.text.names import normalise_name
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile import source

MOST_STEPS = 2000
_HEADER = b"\x01"
_NO_FILE = re.compile(r"0+")
_REGULAR = ("100644", "100755")
_SUFFIXES = (EXTENSION, ".yaml")
# %D names the commits where a shallow clone is cut (« grafted »); no reference can pass for one, all are left out.
RAW_LOG = (
    *("log", "-z", "--first-parent", "-m", "--raw", "--no-abbrev", "--no-renames", "--no-color"),
    *("--no-show-signature", "--no-ext-diff", "--no-textconv", "--decorate-refs=refs/none/", "--format=%x01%H %cI %D"),
)
# Files as alike as that may be one that moved; among too many, git looks for equal ones only.
_MOVES = (
    *("diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--no-commit-id"),
    *("-M50%", "-l2000", "--diff-filter=R"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """Hold one change of a file: its commit and day (None if unreadable), whether a shallow clone is cut there.

    `path` is from the top of the repository; `id` is empty where the file was taken away.
    """

    commit: str
    day: date | None
    is_cut: bool
    status: str
    path: str
    mode: str
    id: str


class Past(Repository):
    """Follow one record back through the history of the repository that holds `root`."""

    def __init__(self, root: Path, schema: Schema) -> None:
        super().__init__(root)
        self.schema = schema
        self.has_commits = self._run("rev-parse", "--verify", "-q", "HEAD") is not None
        self.is_cut = (self._run("rev-parse", "--is-shallow-repository") or b"").strip() == b"true"
        self._top = _text((self._run("rev-parse", "--show-toplevel") or b".").removesuffix(b"\n"))

    def steps(self, folder: str, slug: str) -> list[Step]:
        """List the changes of a record of a folder (from `root`), the newest first, through its former names."""
        if not self.has_commits:
            return []
        inside = f"{self.prefix}{folder}"
        start, path = "HEAD", f"{inside}/{slug}{EXTENSION}"
        found: list[Step] = []
        while path and len(found) < MOST_STEPS:  # each name begins before the next one: this ends
            start, path = self._follow(found, start, path, inside)
        return found[:MOST_STEPS]

    def records(self, steps: Sequence[Step]) -> list[Record | None]:
        """Read the states: None for one that was taken away, is a link or a folder, or is too large."""
        contents = self.texts(steps)
        return [self._record(step, contents) for step in steps]

    def texts(self, steps: Iterable[Step]) -> Mapping[str, bytes]:
        """Give the bytes of the states by their identifier, but those of what is no file, or too large."""
        wanted = sorted({step.id for step in steps if step.id and step.mode in _REGULAR})
        small = [Entry("", "", name, size) for name, size in self._sizes(wanted) if size <= source.MAX_BYTES]
        return self.contents(small) if small else {}

    def named(self, step: Step) -> str:
        """Give the path of a state from `root`."""
        return self._named(step.path)

    def _follow(self, found: list[Step], start: str, path: str, inside: str) -> tuple[str, str]:
        """Add the changes of one name of the file; give the commit where another name took over, and that name."""
        for step in self._log(start, path):
            if found and step.commit == found[-1].commit:
                continue  # the former name taken away in the commit that made the next one
            found.append(step)
            former = self._former(step, inside) if step.status == "A" and not step.is_cut else ""
            if former:
                return step.commit, former
        return start, ""

    def _record(self, step: Step, contents: Mapping[str, bytes]) -> Record | None:
        if step.id not in contents or step.mode not in _REGULAR:
            return None
        document = source.parse_bytes(contents[step.id], Path(step.path))
        return from_document(document, self.named(step), self.schema)

    def _log(self, start: str, path: str) -> Iterator[Step]:
        answer = self._run("-C", self._top, *RAW_LOG, start, "--", path)
        if answer is None:
            raise AnnuaireError(
                "git n’a pas pu lire l’histoire de cette fiche\u00a0: relancer «\u00a0git fetch\u00a0»."
            )
        yield from (step for step in steps_of(answer) if step.path == path)  # a folder of that name holds other files

    def _former(self, step: Step, inside: str) -> str:
        """Find the file that this one was before it was made; an empty text when it was new."""
        (record,) = self.records([step])
        for old in record.former_slugs if record is not None else ():
            path = f"{inside}/{old}{EXTENSION}"
            if path != step.path and self._before(step, path) is not None:
                return path
        moved, is_kept = self._moved(step)
        before = self._before(step, moved) if moved else None
        if before is None or PurePosixPath(moved).suffix not in _SUFFIXES:
            return ""
        (other,) = self.records([before])
        return moved if is_kept or (record and other and is_same(record, other)) else ""

    def _before(self, step: Step, path: str) -> Step | None:
        """Give the last state of a file before a commit."""
        return next((s for s in self._log(step.commit, path) if s.commit != step.commit and s.id), None)

    def _moved(self, step: Step) -> tuple[str, bool]:
        """Ask which file, taken away in the same commit, this one was made from, and whether not one byte changed."""
        fields = iter((self._run(*_MOVES, f"{step.commit}^1", step.commit) or b"").split(b"\0"))
        for field in fields:
            facts = field.decode("ascii", "replace").split(" ")
            if len(facts) == 5 and facts[4].startswith("R"):
                former, present = _text(next(fields, b"")), _text(next(fields, b""))
                if present == step.path:
                    return former, facts[4] == "R100"
        return "", False

    def _sizes(self, names: Sequence[str]) -> Iterator[tuple[str, int]]:
        given = "".join(f"{name}\n" for name in names).encode("ascii")
        answer = self._run("cat-file", "--batch-check=%(objectname) %(objecttype) %(objectsize)", given=given) or b""
        for line in answer.decode("ascii", "replace").splitlines():
            facts = line.split(" ")
            if len(facts) == 3 and facts[1] == "blob" and facts[2].isdecimal():
                yield facts[0], int(facts[2])


def steps_of(answer: bytes) -> Iterator[Step]:
    """Read what git answers to `RAW_LOG`: one step for each file that each commit changed."""
    fields = iter(answer.split(b"\0"))
    commit, stamp, notes = "", "", ""
    for field in fields:
        if field.startswith(_HEADER):
            commit, stamp, notes = [*field[1:].decode("utf-8", "replace").split(" ", 2), "", ""][:3]
            continue
        facts = field.strip(b"\n").decode("ascii", "replace").removeprefix(":").split(" ")
        if len(facts) != 5:
            continue
        path = _text(next(fields, b""))
        identifier = "" if _NO_FILE.fullmatch(facts[3]) else facts[3]
        yield Step(commit, _day(stamp), "grafted" in notes, facts[4][:1], path, facts[1], identifier)


def is_same(one: Record, other: Record) -> bool:
    """Tell whether two records are about one body: by their NEQ if both have one, else by their name."""
    if one.text("neq") and other.text("neq"):
        return one.text("neq") == other.text("neq")
    return bool(one.name) and normalise_name(one.name) == normalise_name(other.name)


def _day(stamp: str) -> date | None:
    try:
        return date.fromisoformat(stamp[:10])
    except ValueError:  # a commit may bear any number of seconds
        return None


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")
