"""Write records one way: keys in the order of the schema, quotes where they matter, comments kept.

The text is rebuilt from its values; each comment goes back where it belongs (`annuaire.yamlfile.comments`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from annuaire.schema import Schema
from annuaire.text.messages import phrase
from annuaire.text.problems import AnnuaireError, RecordPath
from annuaire.yamlfile import source
from annuaire.yamlfile.comments import Beside, Notes

EDITOR = "# yaml-language-server: $schema="  # begins what every record says to editors
WIDTH = 100
# A plain text starts with a letter and holds nothing that YAML, of any version, reads otherwise.
_PLAIN = re.compile(r"(?:(?!: | #)[^\n\t\\])*(?<![:\s])")
_BRACKET_PLAIN = re.compile(r"[a-z][a-z_-]*")
_WORDS_OF_YAML = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_FOLD = re.compile(r"(?<=\S) (?=\S)")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def header_of(schema: Schema) -> str:
    """Give the line that tells editors which schema a record follows."""
    return f"{EDITOR}../../schemas/{schema.kind}.schema.json"


def for_form(schema: Schema) -> dict[str, Any]:
    """Give what the form, which writes records too, knows of this writing: texts, numbers and patterns."""
    return {
        "entete": header_of(schema),
        "largeur": WIDTH,
        "ordinaire": _PLAIN,
        "ordinaireEntreCrochets": _BRACKET_PLAIN,
        "motsDeYaml": sorted(_WORDS_OF_YAML),
    }


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
    notes = Notes.of(text)
    written = _Writer(schema, notes).write(document.values)
    if source.parse(written, Path(name)).values != document.values:
        raise AnnuaireError(f"{name}\u00a0: la mise en forme changerait des valeurs; le fichier reste tel quel.")
    return written


def rewrite(
    text: str,
    values: Mapping[str, Any],
    schema: Schema,
    name: str = "la fiche",
    ranks: Mapping[str, Sequence[int]] | None = None,
) -> str:
    """Give the canonical text of a record with other values, and the comments of the text it had.

    `ranks` says, for a list whose items moved, the rank that each had in the text, from 1, and 0 for a new one.
    Raise AnnuaireError if the values cannot be written so that they are read back the same.
    """
    notes = Notes.of(text.replace("\r\n", "\n")).follow(ranks or {})
    written = _Writer(schema, notes).write(values)
    if source.parse(written, Path(name)).values != values:
        raise AnnuaireError(f"{name}\u00a0: ces valeurs ne peuvent pas être écrites dans la fiche.")
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
    return _Writer(schema, Notes(header=[header_of(schema)])).write(values)


class _Writer:
    """Write values with their comments."""

    def __init__(self, schema: Schema, notes: Notes) -> None:
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

    def _beside(self, path: RecordPath) -> Beside:
        return self.notes.beside.get(path, Beside())

    def _stands_apart(self, path: RecordPath) -> bool:
        """Tell whether an item has comments, or an empty line that is kept: none is before the first item."""
        beside = self._beside(path)
        return bool(beside.before or beside.inline or beside.tail) or (beside.gap and path[-1] != 0)

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
        yield from (f"{indent}{line}" for line in self._beside(path).tail)

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
                yield from (f"{indent}  {line}" for line in beside.tail)
        else:
            yield from _value(value, indent, mark, tail)

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
        if self._beside(path).tail or any(self._stands_apart((*path, index)) for index in range(len(items))):
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
    plain = text[:1].isalpha() and _PLAIN.fullmatch(text) and _is_printable(text)
    return text if plain and text.casefold() not in _WORDS_OF_YAML else _quoted(text)


def _quoted(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(c) or (c if _is_printable(c) else _escape(c)) for c in text) + '"'


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
