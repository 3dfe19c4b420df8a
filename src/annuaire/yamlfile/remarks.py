"""Read the comments of a record as texts: lines of comments that follow one another are one remark.

They say nothing of the record, but they are published with it, and git keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annuaire.yamlfile.formatter import EDITOR
from annuaire.yamlfile.source import Comment, comments

_HEADER = re.compile(rf"{re.escape(EDITOR)}\S+")


@dataclass(frozen=True, slots=True)
class Remark:
    """Hold the comments that make one remark, in order; there is at least one."""

    comments: tuple[Comment, ...]

    @property
    def place(self) -> tuple[int, int]:
        """Give where it begins: line and column, from 1."""
        return self.comments[0].line, self.comments[0].column

    @property
    def text(self) -> str:
        """Give its words, without the marks of comments."""
        return "\n".join(comment.text.lstrip("# ") for comment in self.comments)


def remarks(text: str) -> Iterator[Remark]:
    """Yield the remarks of a readable text, what it says to editors left aside."""
    if "#" not in text.replace(EDITOR, ""):
        return  # as in most records: the rest costs time
    held: list[Comment] = []
    for comment in comments(text):
        if held and not (comment.is_alone and held[-1].is_alone and comment.line == held[-1].line + 1):
            yield Remark(tuple(held))
            held = []
        if not _HEADER.fullmatch(comment.text):
            held.append(comment)
    if held:
        yield Remark(tuple(held))
