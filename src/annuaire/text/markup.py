"""Make the only HTML that is not escaped: limited Markdown, cleaned, and JSON for data blocks.

No other module and no template marks a text as safe; a test looks for others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

SCHEMES = {"https", "http", "mailto", "tel"}
TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "br"}
_BREAKS = {"softbreak", "hardbreak"}
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_ESCAPES = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
_MARKDOWN = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False}).enable(
    ["list", "emphasis", "link", "newline", "escape", "entity", "backticks", "autolink"]
)


def links(text: str) -> Iterator[str]:
    """Yield the addresses of the links of a limited Markdown text, in order."""
    for block in _MARKDOWN.parse(text):
        for token in block.children or ():
            if token.type == "link_open":
                yield str(token.attrGet("href") or "")


def paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a limited Markdown text as plain text, those of its lists after a bullet."""
    depth = 0
    for block in _MARKDOWN.parse(text):
        depth += {"list_item_open": 1, "list_item_close": -1}.get(block.type, 0)
        if block.type == "inline":
            plain = "".join(" " if one.type in _BREAKS else one.content for one in block.children or ())
            yield f"• {plain}" if depth else plain


def dropped_link(text: str) -> str:
    """Give the first link of a limited Markdown text that `markdown` shows as mere text, or ""."""
    return next((address for address in links(text) if address.partition(":")[0].lower() not in SCHEMES), "")


@lru_cache(maxsize=4096)
def markdown(text: str) -> Markup:
    """Render limited Markdown: paragraphs, lists, bold, italic and https links; everything else is shown as text."""
    html = _MARKDOWN.render(text)
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        url_relative="deny",  # it would lead to a page of this site, or, after `//`, anywhere
        link_rel="noopener nofollow ugc",
    )
    return Markup(clean)  # noqa: S704 - cleaned by nh3


def json_block(data: Any) -> Markup:
    """Write data as JSON that can stand in a `<script type="application/ld+json">` element."""
    text = _JSON.encode(data)
    for character, written in _ESCAPES.items():
        text = text.replace(character, written)
    return Markup(text)  # noqa: S704 - no character of it can end the element


def join(pieces: Iterable[Markup]) -> Markup:
    """Join pieces of HTML, each of them safe already; `Markup.join` would look at each of them once more."""
    return Markup("".join(pieces))  # noqa: S704 - made of safe pieces only
