"""Tell which value of a record each comment goes with, so that it follows when keys change places.

A round trip through ruamel.yaml would hang a comment on the value *before* it, and moving keys would part them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annuaire.text.problems import RecordPath
from annuaire.yamlfile import source


@dataclass(slots=True)
class Beside:
    """Hold the comments of one value, and whether an empty line sets it apart from what precedes."""

    before: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)  # after its last item
    gap: bool = False


@dataclass(slots=True)
class Notes:
    """Hold the comments of a text by the path of the value they go with."""

    header: list[str] = field(default_factory=list)
    footer: list[str] = field(default_factory=list)
    beside: dict[RecordPath, Beside] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> Notes:
        """Gather the comments of a readable text."""
        notes = cls()
        entries = _places(text)
        alone: list[source.Comment] = []
        for comment in source.comments(text):
            if comment.is_alone:
                alone.append(comment)
            else:
                owner = _owner(comment, entries)
                (notes.at(owner).inline if owner else notes.header).append(comment.text)
        notes._attach(alone, entries, text.split("\n"))
        return notes

    def at(self, path: RecordPath) -> Beside:
        """Give what stands beside a value."""
        return self.beside.setdefault(path, Beside())

    def follow(self, ranks: Mapping[str, Sequence[int]]) -> Notes:
        """Move the comments of the items of some lists with them.

        For each list, `ranks` gives the rank that each item had in the text, from 1, or 0 for a new one; the comments
        of an item that is gone go with it.
        """
        beside: dict[RecordPath, Beside] = {}
        for path, notes in self.beside.items():
            if len(path) == 1 or path[0] not in ranks:
                beside[path] = notes
                continue
            for index, rank in enumerate(ranks[str(path[0])]):
                if isinstance(path[1], int) and rank == path[1] + 1:
                    beside[(path[0], index, *path[2:])] = notes
        return Notes(self.header, self.footer, beside)

    def _attach(self, alone: Sequence[source.Comment], entries: Sequence[_Place], lines: Sequence[str]) -> None:
        """Give each comment that has a line of its own to the value below, or above when it is set deeper."""
        starts = {entry.line: entry for entry in reversed(entries)}  # the outermost value of each line
        groups: dict[int, list[source.Comment]] = {}  # comments before each line where a value starts, 0 for the end
        upcoming = sorted(starts)
        for comment in alone:
            below = next((line for line in upcoming if line > comment.line), 0)
            groups.setdefault(below, []).append(comment)
        first = upcoming[0] if upcoming else 0
        tops = dict(zip(starts, starts, strict=True))  # where each value starts, its own comments included
        for below, comments in groups.items():
            entry = starts.get(below)
            for comment in comments:
                container = _container(comment, entries, entry.column if entry else 1) if below != first else None
                if container is not None:
                    self.at(container).tail.append(comment.text)
                elif entry is None:
                    self.footer.extend(_with_gap(comment, lines, bool(self.footer)))
                else:
                    before = self.at(entry.path).before
                    before.extend(_with_gap(comment, lines, bool(before)))
                    tops[below] = min(tops[below], comment.line)
        for line, top in tops.items():
            if top > 1 and not lines[top - 2].strip():
                self.at(starts[line].path).gap = True
        if first:
            self._take_header(self.at(starts[first].path), is_apart=first > 1 and not lines[first - 2].strip())

    def _take_header(self, top: Beside, *, is_apart: bool) -> None:
        """Keep at the head of the file what stands there, but for a last group that touches the first value."""
        cut = len(top.before)
        if "" in top.before and not is_apart:
            cut = len(top.before) - 1 - top.before[::-1].index("")
        self.header.extend(top.before[:cut])
        top.gap = cut < len(top.before) or is_apart
        top.before = top.before[cut + 1 :]


class _Place:
    """Say where a value starts, the dash of a list's item included: line and column, from 1."""

    def __init__(self, entry: source.Entry, text: str) -> None:
        self.path = entry.path
        self.line, self.column = entry.start
        self.end = entry.end
        self.is_in_brackets = False
        if isinstance(entry.path[-1], int):
            line = text.split("\n", self.line)[self.line - 1][: self.column - 1]
            if line.strip() == "-":
                self.column = line.index("-") + 1


def _places(text: str) -> list[_Place]:
    """List where the values of a text start, the whole record left out."""
    places = [_Place(entry, text) for entry in source.entries(text) if entry.path]
    ended = {place.path for place in places if place.end is not None}  # a list that ends itself has brackets
    for place in places:
        place.is_in_brackets = any(place.path[:length] in ended for length in range(1, len(place.path)))
    return places


def _owner(comment: source.Comment, entries: Sequence[_Place]) -> RecordPath:
    """Find the value that a comment at the end of a line goes with; an empty path if none comes before."""
    here = (comment.line, comment.column)
    before = [entry for entry in entries if (entry.line, entry.column) < here]
    if not before:
        return ()
    last = before[-1]
    for entry in before:  # a whole bracketed list rather than its last item
        if last.path[: len(entry.path)] == entry.path and entry.end is not None and entry.end <= here:
            return entry.path
    return last.path


def _container(comment: source.Comment, entries: Sequence[_Place], floor: int) -> RecordPath | None:
    """Find the list or mapping that ends with a comment set deeper than what follows; None if there is none."""
    above = [e for e in entries if e.line < comment.line and e.column <= comment.column and not e.is_in_brackets]
    return above[-1].path[:-1] if above and above[-1].column > floor else None


def _with_gap(comment: source.Comment, lines: Sequence[str], wanted: bool) -> list[str]:
    has_gap = wanted and comment.line > 1 and not lines[comment.line - 2].strip()
    return ["", comment.text] if has_gap else [comment.text]
