"""Read what a workbook says of its rows and cells besides their values: rows it hides, links, formulas without result.

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
_LONGEST = 20_000  # bytes of what is looked for, a formula among them
MOST = 100_000  # marks of one sheet: more of them are left aside
_HIDDEN = re.compile(rb"<(?:\w+:)?row\b[^<>]*\bhidden=\"(?:1|true)\"[^<>]*>")
_LINK = re.compile(rb"<(?:\w+:)?hyperlink\b[^<>]*>")
# A formula that no spreadsheet has worked out yet: it has no value, and no type that says that its value is no letter.
_UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?c\b(?![^<>]*\bt=\"str\")[^<>]*>\s*<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^<>]*>")
_SPAN = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")


@dataclass(slots=True)
class Marks:
    """Hold the rows that are hidden, by number; by their name (« G5 »), the addresses behind cells, and the cells whose
    formula has no result in the file: another program than a spreadsheet wrote them.

    `merged` gives the last row of each cell that covers several, by its first row and its column's letters.
    """

    hidden: set[int] = field(default_factory=set)
    links: dict[str, str] = field(default_factory=dict)
    uncomputed: set[str] = field(default_factory=set)
    merged: dict[tuple[int, str], int] = field(default_factory=dict)


def read(path: Path, part: str) -> Marks:
    """Read the marks of one sheet, whose part of the archive is `part`; nothing where it has none."""
    marks = Marks()
    with zipfile.ZipFile(path) as archive:
        if part not in archive.namelist():
            return marks
        targets = _targets(archive, part)
        for pattern, tag in _tags(archive, part):
            if len(marks.hidden) + len(marks.links) + len(marks.uncomputed) + len(marks.merged) >= MOST:
                break
            name = _value(tag, b"r")
            if pattern is _LINK:
                address = targets.get(_value(tag, b"id"), "")
                name = _value(tag, b"ref").partition(":")[0]
                if address and name:
                    marks.links[name] = address
            elif pattern is _MERGED:
                span = _SPAN.fullmatch(_value(tag, b"ref"))
                if span and int(span[3]) > int(span[2]):
                    marks.merged[int(span[2]), span[1]] = int(span[3])
            elif pattern is _UNCOMPUTED:
                marks.uncomputed |= {name} - {""}
            elif name.isdigit():
                marks.hidden.add(int(name))
    return marks


def _tags(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[re.Pattern[bytes], bytes]]:
    """Yield what each pattern finds; a sheet may be far too large to hold at once."""
    kept = b""
    with archive.open(part) as file:
        while piece := file.read(_CHUNK):
            text = kept + piece
            end = 0
            for pattern in (_HIDDEN, _LINK, _UNCOMPUTED, _MERGED):
                for found in pattern.finditer(text):
                    end = max(end, found.end())
                    yield pattern, found.group()
            kept = text[max(end, len(text) - _LONGEST) :]


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
