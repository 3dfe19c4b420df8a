"""Read what a workbook says of its rows and cells besides their values: rows that it hides, links behind words.

The library that reads the values of large workbooks leaves these aside. Nothing is judged here.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path, PurePosixPath

_CHUNK = 1024 * 1024  # bytes read at once
_LONGEST_TAG = 4096
MOST = 100_000  # marks of one sheet: more of them are left aside
_HIDDEN = re.compile(rb"<(?:\w+:)?row\b[^<>]*\bhidden=\"(?:1|true)\"[^<>]*>")
_LINK = re.compile(rb"<(?:\w+:)?hyperlink\b[^<>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")


@dataclass(slots=True)
class Marks:
    """Hold the rows that are hidden, by number, and the addresses behind cells, by their name (« G5 »)."""

    hidden: set[int] = field(default_factory=set)
    links: dict[str, str] = field(default_factory=dict)


def read(path: Path, part: str) -> Marks:
    """Read the marks of one sheet, whose part of the archive is `part`; nothing where it has none."""
    marks = Marks()
    with zipfile.ZipFile(path) as archive:
        if part not in archive.namelist():
            return marks
        targets = _targets(archive, part)
        for tag in _tags(archive, part):
            if len(marks.hidden) + len(marks.links) >= MOST:
                break
            if b"hyperlink" in tag:
                address = targets.get(_value(tag, b"id"), "")
                name = _value(tag, b"ref").partition(":")[0]
                if address and name:
                    marks.links[name] = address
            elif (number := _value(tag, b"r")).isdigit():
                marks.hidden.add(int(number))
    return marks


def _tags(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield the tags of hidden rows and of links; a sheet may be far too large to hold at once."""
    kept = b""
    with archive.open(part) as file:
        while piece := file.read(_CHUNK):
            text = kept + piece
            end = 0
            for pattern in (_HIDDEN, _LINK):
                for found in pattern.finditer(text):
                    end = max(end, found.end())
                    yield found.group()
            kept = text[max(end, len(text) - _LONGEST_TAG) :]


def _targets(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    place = PurePosixPath(part)
    name = str(place.parent / "_rels" / f"{place.name}.rels")
    if name not in archive.namelist():
        return {}
    tags = _RELATION.findall(archive.read(name))
    return {_value(tag, b"Id"): _value(tag, b"Target") for tag in tags if b"External" in tag}


def _value(tag: bytes, name: bytes) -> str:
    """Give the value of an attribute, whatever its prefix."""
    found = re.search(rb"[\s:]" + name + rb"=\"([^\"]*)\"", tag)
    return unescape(found.group(1).decode("utf-8", "replace")) if found else ""
