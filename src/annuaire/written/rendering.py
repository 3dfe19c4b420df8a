"""Turn the Markdown of a page into HTML as the engines do, and find which line of it made something.

Both engines that are tried here (MkDocs and Zensical) use Python-Markdown, with extensions that the site names. Those
below are the ones of our `mkdocs.yml` and the ones an engine adds by itself; what another would make of a page is seen
when the engine has run.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown import Markdown

_EXTENSIONS = ("attr_list", "def_list", "fenced_code", "md_in_html", "tables", "toc")
# What Python-Markdown and the standard parser under it raise on texts that nobody writes in good faith.
_BROKEN = (AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_CODE = re.compile(r"^(```|~~~).*?^\1|(?<!`)(`+)(?!`).+?(?<!`)\2(?!`)", re.DOTALL | re.MULTILINE)
_BRACKETS = re.compile(r"(?P<blank>\n[ \t]*\n)|(?P<link>\]\()|(?P<one>[\[\])])")
_MOST_OPEN = 40


class UnreadablePageError(ValueError):
    """Say that no engine could make anything of a text."""


def render(text: str) -> str:
    """Turn Markdown into HTML; raise UnreadablePageError when the parser gives up, or would take for ever."""
    if _is_endless(text):
        raise UnreadablePageError
    try:
        html: str = _markdown().reset().convert(text)
    except _BROKEN as error:
        raise UnreadablePageError from error
    return html


def _is_endless(text: str) -> bool:
    """Tell whether a paragraph opens many more brackets than it closes: Python-Markdown then takes the cube of them."""
    square = round_ = 0
    for found in _BRACKETS.finditer(text):
        if found["blank"]:
            square = round_ = 0
        elif found["link"]:
            square, round_ = max(square - 1, 0), round_ + 1
        else:
            square = max(square + (found["one"] == "[") - (found["one"] == "]"), 0)
            round_ = max(round_ - (found["one"] == ")"), 0)
        if max(square, round_) > _MOST_OPEN:
            return True
    return False


@lru_cache(maxsize=1)
def _markdown() -> Markdown:
    from markdown import Markdown  # 0.1 s, which a run that judges no page does without

    return Markdown(extensions=list(_EXTENSIONS))


def find(text: str, writings: tuple[str, ...], rank: int, total: int, made: Callable[[str], int]) -> tuple[int, int]:
    """Find the line and the column, from 1, of the `rank`-th of `total` like things that a text makes.

    A thing that is written in the text as often as it is made stands where it is written (`writings`, the surest first;
    what is in code is passed over). Otherwise the text is cut shorter and shorter: the line looked for is the one
    without which `made` (how many a text makes) counts one less.
    """
    bare = _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code.group()), text)
    for writing in writings:
        if writing and bare.count(writing) == total:
            at = -1
            for _ in range(rank):
                at = bare.index(writing, at + 1)
            return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1
    lines = text.split("\n")
    low, high = 0, len(lines)
    while high - low > 1:
        middle = (low + high) // 2
        if made("\n".join(lines[:middle])) < rank:
            low = middle
        else:
            high = middle
    return high, len(lines[high - 1]) - len(lines[high - 1].lstrip()) + 1
