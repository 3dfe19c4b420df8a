"""Write records one way: keys in the order of the schema, quotes where they matter, comments kept.

The text is rebuilt from its values; each comment goes back before, beside or after the value it stood with. (A
round trip through ruamel.yaml would hang comments on the value *before* them, and reordered keys would part.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annuaire import source
from annuaire.messages import phrase
from annuaire.problems import AnnuaireError, RecordPath
from annuaire.schema import Schema

HEADERS = {"enterprises": "# yaml-language-server: $schema=../../schemas/entreprise.schema.json"}
WIDTH = 100
# A plain text starts with a letter and holds nothing that YAML, of any version, reads otherwise.
_PLAIN = re.compile(r"[^\W\d_](?:(?!: | #)[^\n\t\\])*(?<![:\s])")
_BRACKET_PLAIN = re.compile(r"[a-z][a-z_-]*")
_WORDS_OF_YAML = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_FOLD = re.compile(r"(?<=\S) (?=\S)")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def format_text(text: str, schema: Schema, name: str = "la fiche") -> str:
    """Rewrite a record in canonical form; values stay equal and no comment is lost.

    Raise AnnuaireError, with the line, when the text cannot be read: nothing is guessed.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    document = source.parse_bytes(text.encode("utf-8", "surrogatepass"), Path(name))
    if document.faults:
        fault = document.faults[0]
        sentence, hint = phrase(fault.finding)
        where = f"{name}, ligne {fault.line}" if fault.line > 1 else name
        raise AnnuaireError(f"{where}\u00a0: {sentence}. Avant de mettre en forme, {hint}.")
    if not document.values:
        return text
    notes = _Notes.of(text)
    written = _Writer(schema, notes).write(document.values)
    if source.parse(written, Path(name)).values != document.values:
        raise AnnuaireError(f"{name}\u00a0: la mise en forme changerait des valeurs; le fichier reste tel quel.")
    return written


def format_file(path: Path, schema: Schema, name: str = "") -> tuple[str, str]:
    """Read a file and give its text before and after; raise AnnuaireError when it cannot be read."""
    document = source.read(path)
    if document.faults and not document.text:
        sentence, _ = phrase(document.faults[0].finding)
        raise AnnuaireError(f"{name or path}\u00a0: {sentence}.")
    return document.text, format_text(document.text, schema, name or str(path))


def dump(values: Mapping[str, Any], schema: Schema) -> str:
    """Give the text of a new record from its values (texts, lists of texts, mappings, lists of mappings)."""
    header = HEADERS.get(schema.name, "")
    return _Writer(schema, _Notes(header=[header] if header else [])).write(values)


@dataclass(slots=True)
class _Beside:
    """Hold the comments of one value, and whether an empty line sets it apart from what precedes."""

    before: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    gap: bool = False


@dataclass(slots=True)
class _Notes:
    """Hold the comments of a text by the path of the value they go with."""

    header: list[str] = field(default_factory=list)
    footer: list[str] = field(default_factory=list)
    beside: dict[RecordPath, _Beside] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> _Notes:
        """Gather the comments of a readable text."""
        notes = cls()
        entries = [_Place(entry, text) for entry in source.entries(text) if entry.path]
        alone: list[source.Comment] = []
        for comment in source.comments(text):
            if comment.is_alone:
                alone.append(comment)
            else:
                owner = _owner(comment, entries)
                (notes.at(owner).inline if owner else notes.header).append(comment.text)
        notes._attach(alone, entries, text.split("\n"))
        return notes

    def at(self, path: RecordPath) -> _Beside:
        """Give what stands beside a value."""
        return self.beside.setdefault(path, _Beside())

    def _attach(self, alone: Sequence[source.Comment], entries: Sequence[_Place], lines: Sequence[str]) -> None:
        """Give each comment that has a line of its own to the value below, or above when it is set deeper."""
        starts = {entry.line: entry for entry in reversed(entries)}  # the outermost value of each line
        groups: dict[int, list[source.Comment]] = {}  # comments before each line where a value starts, 0 for the end
        upcoming = sorted(starts)
        for comment in alone:
            below = next((line for line in upcoming if line > comment.line), 0)
            groups.setdefault(below, []).append(comment)
        first = upcoming[0] if upcoming else 0
        for below, comments in groups.items():
            entry = starts.get(below)
            deeper = [c for c in comments if entry is not None and below != first and c.column > entry.column]
            for comment in deeper if entry is not None else comments:
                above = [e for e in entries if e.line < comment.line and e.column <= comment.column]
                if entry is None and (comment.column == 1 or not above):
                    self.footer.extend(_with_gap(comment, lines, bool(self.footer)))
                else:
                    self.at(above[-1].path if above else entries[0].path).after.append(comment.text)
            if entry is not None:
                own = [c for c in comments if c not in deeper]
                target = self.at(entry.path).before
                for comment in own:
                    target.extend(_with_gap(comment, lines, bool(target)))
        for line, entry in starts.items():
            top = min((c.line for c in groups.get(line, ()) if c.column <= entry.column), default=line)
            if top > 1 and not lines[top - 2].strip():
                self.at(entry.path).gap = True
        if first:
            self._take_header(self.at(starts[first].path), is_apart=first > 1 and not lines[first - 2].strip())

    def _take_header(self, top: _Beside, *, is_apart: bool) -> None:
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
        if isinstance(entry.path[-1], int):
            line = text.split("\n", self.line)[self.line - 1][: self.column - 1]
            if line.strip() == "-":
                self.column = line.index("-") + 1


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


def _with_gap(comment: source.Comment, lines: Sequence[str], wanted: bool) -> list[str]:
    has_gap = wanted and comment.line > 1 and not lines[comment.line - 2].strip()
    return ["", comment.text] if has_gap else [comment.text]


class _Writer:
    """Write values with their comments."""

    def __init__(self, schema: Schema, notes: _Notes) -> None:
        self.schema = schema
        self.notes = notes

    def write(self, values: Mapping[str, Any]) -> str:
        """Give the whole text, one line break at its end."""
        lines = list(self.notes.header)
        body = list(self._mapping(values, (), ""))
        top = next(iter(self._ordered(values, ())), None)
        if lines and top is not None and self._beside((top,)).gap:
            lines.append("")
        footer = self.notes.footer
        return "".join(f"{line}\n" for line in (*lines, *body, *([""] if footer and body else []), *footer))

    def _beside(self, path: RecordPath) -> _Beside:
        return self.notes.beside.get(path, _Beside())

    def _ordered(self, values: Mapping[str, Any], path: RecordPath) -> Sequence[str]:
        """List the keys of a mapping in the order of the schema, unknown ones last, as they come."""
        known: Sequence[str] = ()
        root, children = self.schema.root, self.schema.children
        if not path:
            known = self.schema.key_order
        elif len(path) == 1:
            known = root.groups.get(str(path[0]), ())
        elif path[0] in children:
            table = children[str(path[0])]
            known = table.top_keys if len(path) == 2 else table.groups.get(str(path[2]), ())
        rank = {key: place for place, key in enumerate(known)}
        return sorted(values, key=lambda key: rank.get(key, len(rank)))

    def _mapping(self, values: Mapping[str, Any], path: RecordPath, indent: str) -> Iterator[str]:
        for place, key in enumerate(self._ordered(values, path)):
            here = (*path, key)
            yield from self._entry(values[key], here, indent, f"{scalar(key)}:", first=place == 0)

    def _entry(self, value: Any, path: RecordPath, indent: str, mark: str, *, first: bool) -> Iterator[str]:
        """Write one value after its mark (`key:` or `-`), with the comments that stand around it."""
        beside = self._beside(path)
        if beside.gap and not first:
            yield ""
        yield from (f"{indent}{line}".rstrip() for line in beside.before)
        yield from (f"{indent}{line}" for line in beside.inline[1:])
        tail = f"  {beside.inline[0]}" if beside.inline else ""
        if isinstance(value, Mapping) and value:
            yield from self._nested(value, path, indent, mark, tail)
        elif isinstance(value, list) and value:
            brackets = self._brackets(value, path, f"{indent}{mark} ")
            if brackets:
                yield f"{indent}{mark} {brackets}{tail}"
            else:
                yield f"{indent}{mark}{tail}"
                for index, item in enumerate(value):
                    yield from self._entry(item, (*path, index), indent + "  ", "-", first=index == 0)
        else:
            yield from _value(value, indent, mark, tail)
        yield from (f"{indent}{line}" for line in beside.after)

    def _nested(self, value: Mapping[str, Any], path: RecordPath, indent: str, mark: str, tail: str) -> Iterator[str]:
        if mark != "-":
            yield f"{indent}{mark}{tail}"
            yield from self._mapping(value, path, indent + "  ")
            return
        lines = list(self._mapping(value, path, indent + "  "))
        at = next(i for i, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
        yield from (line[2:] for line in lines[:at])  # comments of the first key go above the dash
        if tail:
            yield f"{indent}{tail.strip()}"
        yield f"{indent}- {lines[at][len(indent) + 2 :]}"
        yield from lines[at + 1 :]

    def _brackets(self, items: Sequence[Any], path: RecordPath, before: str) -> str:
        """Write a short list of texts between brackets, or nothing when it needs lines of its own."""
        if not all(isinstance(item, str) for item in items):
            return ""
        if any((*path, index) in self.notes.beside for index in range(len(items))):
            return ""
        written = ", ".join(item if _is_bracket_plain(item) else _quoted(item) for item in items)
        return f"[{written}]" if len(before) + len(written) + 2 <= WIDTH else ""


def _value(value: Any, indent: str, mark: str, tail: str) -> Iterator[str]:
    """Write a text, or an empty list or mapping."""
    if not isinstance(value, str):
        yield f"{indent}{mark} {'{}' if isinstance(value, Mapping) else '[]'}{tail}"
    elif value == "":
        yield f"{indent}{mark}{tail}" if mark != "-" else f'{indent}- ""{tail}'
    elif _is_paragraphs(value):
        yield f"{indent}{mark} {'|' if value.endswith(chr(10)) else '|-'}{tail}"
        yield from (f"{indent}  {line}".rstrip() for line in value.removesuffix("\n").split("\n"))
    elif _is_long(value, indent + mark) and mark != "-":
        yield f"{indent}{mark} >-{tail}"
        yield from _folded(value, indent + "  ")
    else:
        yield f"{indent}{mark} {scalar(value)}{tail}"


def _is_printable(text: str) -> bool:
    return not source.forbidden_character(text) and "\t" not in text and "\r" not in text


def _is_paragraphs(text: str) -> bool:
    """Tell whether a text of several lines can stand as a block (`|`) and be read back the same."""
    if "\n" not in text or not _is_printable(text) or text.endswith("\n\n"):
        return False
    lines = text.removesuffix("\n").split("\n")
    return lines[0] == lines[0].strip() != "" and all(line == line.rstrip() for line in lines)


def _is_long(text: str, before: str) -> bool:
    fits = len(before) + 1 + len(text) <= WIDTH
    return not fits and "\n" not in text and _is_printable(text) and text == text.strip() and " " in text


def _folded(text: str, indent: str) -> Iterator[str]:
    """Cut a long text at single spaces, in lines of at most WIDTH where words allow."""
    line = ""
    for word in _FOLD.split(text):
        if line and len(indent) + len(line) + 1 + len(word) > WIDTH:
            yield indent + line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield indent + line


def _is_bracket_plain(text: str) -> bool:
    return bool(_BRACKET_PLAIN.fullmatch(text)) and text not in _WORDS_OF_YAML


def scalar(text: str) -> str:
    """Write one text on one line, in double quotes unless it can only be read as itself."""
    plain = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS_OF_YAML and _is_printable(text)
    return text if plain else _quoted(text)


def _quoted(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(c) or (c if _is_printable(c) else _escape(c)) for c in text) + '"'


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
