"""Read built pages with an HTML parser of its own, apart from what the product knows of its pages."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
UNSEEN = frozenset({"script", "style", "template", "title", "noscript"})
REFERENCES = frozenset({"href", "src", "action", "poster", "data", "srcset", "formaction", "xlink:href"})


@dataclass
class Element:
    """Hold one element: its name, attributes and the text it holds, its children's included."""

    tag: str
    attributes: dict[str, str]
    parts: list[str] = field(default_factory=list)
    path: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Give its text, runs of ordinary spaces as one."""
        return " ".join("".join(self.parts).split(" ")).strip()


class Document(HTMLParser):
    """Hold every element of a page, in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.comments: list[str] = []
        self.unbalanced: list[str] = []
        self.seen: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        element = Element(tag, {key: value or "" for key, value in attrs}, path=tuple(e.tag for e in self.open))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that closes itself."""
        self.elements.append(Element(tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if self.open and self.open[-1].tag == tag:
            self.open.pop()
        else:
            self.unbalanced.append(f"</{tag}> where <{self.open[-1].tag if self.open else ''}> is open")

    def handle_data(self, data: str) -> None:
        """Give text to every open element."""
        for element in self.open:
            element.parts.append(data)
        if not any(element.tag in UNSEEN for element in self.open):
            self.seen.append(data)

    def handle_comment(self, data: str) -> None:
        """Keep comments: marks would be there."""
        self.comments.append(data)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """List the elements of a name whose attributes have these values (`_` stands for `-`)."""
        wanted = {key.strip("_").replace("_", "-"): value for key, value in attributes.items()}
        return [e for e in self.elements if e.tag == tag and all(e.attributes.get(k) == v for k, v in wanted.items())]

    def one(self, tag: str, **attributes: str) -> Element:
        """Give the only such element; fail if there is none or more than one."""
        found = self.all(tag, **attributes)
        if len(found) != 1:
            raise AssertionError(f"{len(found)} elements <{tag}> {attributes}")
        return found[0]

    def meta(self, name: str) -> str:
        """Give the content of a `<meta name>` or `<meta property>`, or an empty text."""
        found = self.all("meta", name=name) or self.all("meta", property=name)
        return found[0].attributes["content"] if found else ""

    @property
    def title(self) -> str:
        """Give the text of `<title>` in the head."""
        titles = [e for e in self.all("title") if e.path == ("html", "head")]
        if len(titles) != 1:
            raise AssertionError(f"{len(titles)} titles")
        return titles[0].text

    @property
    def text(self) -> str:
        """Give the text a reader sees, without the scripts."""
        return "".join(self.seen)

    @property
    def ids(self) -> list[str]:
        """List the ids."""
        return [e.attributes["id"] for e in self.elements if "id" in e.attributes]

    @property
    def data(self) -> list[dict[str, Any]]:
        """Give the JSON-LD objects."""
        return [json.loads("".join(e.parts)) for e in self.all("script", type="application/ld+json")]

    @property
    def references(self) -> list[str]:
        """List every address the page names, as written."""
        named = [(k, v) for e in self.elements for k, v in e.attributes.items() if k in REFERENCES]
        found = [v for k, v in named if k != "srcset"]
        found += [one.split()[0] for k, v in named if k == "srcset" for one in v.split(",")]
        refreshes = [e.attributes["content"] for e in self.all("meta", http_equiv="refresh")]
        return [*found, *(text.partition("url=")[2] for text in refreshes)]


@lru_cache(maxsize=4096)
def read(path: Path) -> Document:
    """Read one page, once."""
    return Document(path.read_text(encoding="utf-8"))
