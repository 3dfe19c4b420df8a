"""Read YAML as plain text values: every scalar a string, nothing expanded, nothing executed.

No other module parses YAML (except the formatter, which rewrites a file keeping its comments). Values,
depth and duplicate keys come from libyaml *events*: `compose` recurses and crashes on hostile nesting,
and YAML 1.1 typing turns `0012345671` into a number and `no` into False. Positions cost time, so they
are worked out by `locate` only once a problem has to be shown.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from sys import intern
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from annuaire.text.messages import phrase
from annuaire.text.problems import AnnuaireError, Finding, RecordPath
from annuaire.yamlfile import diagnosis

MAX_BYTES = 64 * 1024
MAX_DEPTH = 8
# Only events are asked of it. Without libyaml, PyYAML gives the same, slowly.
_LOADER: Any = yaml.cyaml.CParser if yaml.__with_libyaml__ else yaml.SafeLoader  # type: ignore[attr-defined]
# Control characters; and what readers cannot see: other line ends, empty spaces, marks that turn text around.
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
_NOTHING = frozenset({"~", "null", "Null", "NULL"})  # YAML's « nothing », when no quotes stand around it
_CARRIAGE = re.compile("\r")  # in a value, only an escape makes one: the ends of lines are read as \\n
_TAB = re.compile("\t")
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # what ends a line for YAML 1.1, hence for libyaml's numbers
_TAB_INDENT = re.compile(r"^[ ]*\t", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SourceFault:
    """Report a fault of the text itself, with its place (line and column from 1)."""

    finding: Finding
    line: int = 1
    column: int = 1


@dataclass(slots=True)
class Document:
    """Hold one file as read: its text, its values (strings, lists, mappings) and its faults.

    `values` is what could be read; it is empty when the syntax stops the reading.
    """

    path: Path
    text: str
    values: dict[str, Any]
    faults: list[SourceFault] = field(default_factory=list)


Known = Callable[[bytes], dict[str, Any] | None]


class _RefusedError(Exception):
    """Carry a fault that stops the reading of one document."""

    def __init__(self, code: str, event: Event | None = None, **values: str) -> None:
        super().__init__(code)
        mark = event.start_mark if event is not None else None
        self.fault = SourceFault(
            Finding(code, values=values), mark.line + 1 if mark else 1, mark.column + 1 if mark else 1
        )


def read(path: Path, *, max_bytes: int = MAX_BYTES, known: Known = lambda _: None) -> Document:
    """Read one record file; faults are gathered in the document, never raised.

    `known` gives the values of these very bytes where they were read before without a fault, or None.
    """
    try:
        status = os.lstat(path)  # pathlib takes three times as long
        if stat.S_ISLNK(status.st_mode):
            return Document(path, "", {}, [SourceFault(Finding("lien-symbolique"))])
        if not stat.S_ISREG(status.st_mode):  # a folder, or a pipe that would be read for ever
            return Document(path, "", {}, [SourceFault(Finding("lecture-impossible"))])
        size = status.st_size
        if size > max_bytes:
            values = {"taille": str(size // 1024), "maximum": str(max_bytes // 1024)}
            return Document(path, "", {}, [SourceFault(Finding("fichier-trop-gros", values=values))])
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
            data = file.read()
    except OSError as error:
        return Document(path, "", {}, [SourceFault(Finding("lecture-impossible", values={"detail": str(error.errno)}))])
    same = known(data)
    return parse_bytes(data, path) if same is None else Document(path, data.decode("utf-8"), same)


def parse_bytes(data: bytes, path: Path) -> Document:
    """Parse the bytes of one file, which must be UTF-8 without BOM or control characters."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line, column = _line_column(before, len(before))
        return Document(path, "", {}, [SourceFault(Finding("encodage"), line, column)])
    faults = list(_character_faults(text))
    if faults:
        return Document(path, text, {}, faults)
    return parse(text, path)


def parse(text: str, path: Path, *, lenient_tags: bool = False) -> Document:
    """Parse one YAML text into strings, lists and mappings.

    With `lenient_tags`, used for `mkdocs.yml` alone, a tagged value is kept as its text.
    """
    document = Document(path, text, {})
    tab = _TAB_INDENT.search(text) if "\t" in text else None
    if tab is not None:
        line, column = _line_column(text, tab.end() - 1)
        document.faults.append(SourceFault(Finding("tabulation"), line, column))
        return document
    try:
        root = _Builder(text, document.faults, lenient_tags).build()
    except _RefusedError as refused:
        document.faults.append(refused.fault)
        return document
    except yaml.YAMLError as error:
        document.faults.append(SourceFault(*diagnosis.explain(text, error)))
        return document
    except UnicodeEncodeError:  # a lone surrogate: cannot come from a file, may come from a caller
        document.faults.append(SourceFault(Finding("encodage")))
        return document
    if isinstance(root, dict):
        document.values = root
    elif root in (None, ""):
        document.faults.append(SourceFault(Finding("fichier-vide")))
    else:
        document.faults.append(SourceFault(Finding("racine")))
    return document


def parse_trusted(path: Path, *, lenient_tags: bool = False) -> dict[str, Any]:
    """Read one file of the project itself (vocabulary, configuration); raise AnnuaireError at its first fault."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise AnnuaireError(f"{path}\u00a0: ce fichier n’est pas écrit en UTF-8.") from error
    document = parse(text, path, lenient_tags=lenient_tags)
    if document.faults:
        fault = document.faults[0]
        raise AnnuaireError(
            f"{path}:{fault.line}:{fault.column}\u00a0: YAML illisible\u00a0: {_of_any_file(fault.finding)}."
        )
    return document.values


def _of_any_file(finding: Finding) -> str:
    """Say a fault of writing of a file that is no record; what to do is told unless it is for records alone."""
    sentence, remedy = phrase(finding)
    sentence = sentence.replace("la fiche ne peut pas être lue", "le fichier ne peut pas être lu")
    sentence = sentence.replace("plusieurs fiches séparées", "plusieurs documents séparés").replace(
        "la fiche", "le fichier"
    )
    is_of_records = "fiche" in remedy or "dictionnaire" in remedy or finding.code == "fichier-vide"
    return sentence if is_of_records else f"{sentence}; {remedy}"


class _Builder:
    """Turn events into values, without recursion, checking depth, keys, aliases and tags on the way."""

    def __init__(self, text: str, faults: list[SourceFault], lenient_tags: bool) -> None:
        self.text = text
        self.faults = faults
        self.lenient_tags = lenient_tags

    def build(self) -> Any:
        parser: Any = _LOADER(self.text)
        try:
            return self._built(parser.get_event)  # `yaml.parse` would ask for each event twice
        finally:
            parser.dispose()

    def _built(self, next_event: Callable[[], Any]) -> Any:
        root: Any = None
        top: Any = None  # the container being filled
        key: str | None = None  # of a mapping, what waits for its value
        around: list[Any] = []  # the containers that hold it, and None, which holds the first one
        documents = 0
        for event in iter(next_event, None):
            kind = type(event)
            if kind is ScalarEvent:
                if event.anchor is not None:
                    raise _RefusedError("alias", event)
                if event.tag is not None and not self.lenient_tags:
                    raise _RefusedError("etiquette", event, valeur=event.tag)
                value: Any = "" if event.value in _NOTHING and event.implicit[0] else event.value
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                value = self._container(event, kind, len(around))
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                top = around.pop()
                continue
            elif kind is AliasEvent:
                raise _RefusedError("alias", event)
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise _RefusedError("plusieurs-documents", event)
                continue
            else:
                continue
            if key is not None:
                top[key] = value
                key = None
            elif type(top) is dict:
                if type(value) is not str or value in top:
                    self._refuse_key(value, event)
                key = intern(value)  # the same few in all files
            elif top is None:
                root = value
            else:
                top.append(value)
            if kind is not ScalarEvent:
                around.append(top)
                top = value
        return root

    def _container(self, event: Any, kind: type, depth: int) -> dict[str, Any] | list[Any]:
        if event.anchor is not None:
            raise _RefusedError("alias", event)
        if event.tag is not None and not self.lenient_tags:
            raise _RefusedError("etiquette", event, valeur=event.tag)
        if depth >= MAX_DEPTH:
            raise _RefusedError("trop-profond", event, maximum=str(MAX_DEPTH))
        return {} if kind is MappingStartEvent else []

    def _refuse_key(self, value: Any, event: Any) -> None:
        """Stop at a key that is no text; report one that comes twice."""
        if type(value) is not str:
            raise _RefusedError("cle-complexe", event)
        mark = event.start_mark
        self.faults.append(SourceFault(Finding("cle-en-double", values={"cle": value}), mark.line + 1, mark.column + 1))


def locate(text: str) -> dict[RecordPath, tuple[tuple[int, int], tuple[int, int]]]:
    """Map each path of a readable text to the places of its key and of its value (lines, columns from 1)."""
    return {entry.path: (entry.start, entry.value) for entry in entries(text)}


@dataclass(slots=True)
class Entry:
    """Hold one value of a readable text: where it starts (its key, if it has one), where it and its value are.

    `end` is where a scalar or a bracketed list ends; None for a value whose end is that of its last item. Lines and
    columns are from 1. A block text (`|`, `>`) has `is_block`.
    """

    path: RecordPath
    start: tuple[int, int]
    value: tuple[int, int]
    end: tuple[int, int] | None = None
    is_block: bool = False


def entries(text: str) -> list[Entry]:
    """List the values of a readable text in the order of the file, the whole record first (its path is empty)."""
    found: list[Entry] = []
    stack: list[_Open] = []
    event: Any
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            closed = stack.pop()
            if closed.in_brackets:
                closed.entry.end = _place(event.end_mark)
            continue
        if not isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent)):
            continue
        here = _place(event.start_mark)
        if stack and stack[-1].mapping and stack[-1].key is None:
            stack[-1].key = str(getattr(event, "value", ""))
            stack[-1].key_place = here
            continue
        entry = Entry((), here, here)
        if stack:
            top = stack[-1]
            entry.path = (*top.entry.path, top.key if top.mapping else top.index)  # type: ignore[arg-type]
            entry.start = top.key_place if top.mapping else here
            top.key = None
            top.index += 1
        if isinstance(event, ScalarEvent):
            entry.end = _place(event.end_mark)
            entry.is_block = getattr(event, "style", "") in ("|", ">")
        else:
            stack.append(_Open(entry, isinstance(event, MappingStartEvent), bool(event.flow_style)))
        found.append(entry)
    return found


@dataclass(frozen=True, slots=True)
class Comment:
    """Hold one comment of a text, from its `#` on; `is_alone` when nothing stands before it on the line."""

    line: int
    column: int
    text: str
    is_alone: bool


def comments(text: str) -> list[Comment]:
    """List the comments of a readable text, in order.

    YAML events leave them out; they are what follows a `#` outside of every key and value.
    """
    lines = _BREAK.split(text)
    covered: dict[int, list[tuple[int, int]]] = {}  # line -> spans (from, to) of keys and values, from 0
    for event in yaml.parse(text, Loader=_LOADER):
        if not isinstance(event, ScalarEvent):
            continue
        (first, start), (last, end) = _place(event.start_mark), _place(event.end_mark)
        if getattr(event, "style", "") in ("|", ">"):
            first, start = first + 1, 1  # a comment may follow the mark itself
        for line in range(first, last + 1):
            to = end - 1 if line == last else len(lines[line - 1])
            covered.setdefault(line, []).append((start - 1 if line == first else 0, to))
    return [found for number, line in enumerate(lines, 1) if (found := _comment(number, line, covered.get(number, [])))]


def _comment(number: int, line: str, covered: list[tuple[int, int]]) -> Comment | None:
    at = line.find("#")
    while at >= 0:
        over = [to for start, to in covered if start <= at < to]
        if not over:
            return Comment(number, at + 1, line[at:].rstrip(), not line[:at].strip())
        at = line.find("#", max(over))
    return None


def _place(mark: Any) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


@dataclass(slots=True)
class _Open:
    entry: Entry
    mapping: bool
    in_brackets: bool
    key: str | None = None
    key_place: tuple[int, int] = (1, 1)
    index: int = 0


def _character_faults(text: str) -> Iterator[SourceFault]:
    has_mark = text.startswith("\ufeff")
    if has_mark:
        yield SourceFault(Finding("marque-bom"))
    found = CONTROL.search(text, int(has_mark))
    if found is not None:
        line, column = _line_column(text, found.start())
        code = "caractere-nul" if found.group() == "\x00" else "caractere-interdit"
        yield SourceFault(Finding(code, values={"valeur": f"U+{ord(found.group()):04X}"}), line, column)


def forbidden_character(value: str) -> str:
    """Give, as `U+001B`, the first forbidden character of a value (an escape between quotes can make one), or ""."""
    found = CONTROL.search(value) or _CARRIAGE.search(value) or ("\n" not in value and _TAB.search(value.strip()))
    return f"U+{ord(found.group()):04X}" if found else ""


def _line_column(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
