"""Write the values of a record as canonical YAML: keys in order, texts quoted only where they must be.

Only records that no person has touched are written with it: it keeps no comment.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HEADER = "# yaml-language-server: $schema=../../schemas/entreprise.schema.json\n"
# A text that starts with a letter and holds nothing YAML could read otherwise needs no quotes.
_PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ .,;!?'’()&/+=@~%°«»–_\u00a0-]|:(?=\S)|(?<=\S)#)*(?<=\S)")
_WORDS_OF_YAML = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def text_of(values: Mapping[str, Any]) -> str:
    """Give the text of a record file, from values already in order (texts, lists of texts, mappings, tables)."""
    return HEADER + "".join(f"{line}\n" for line in _lines(values, ""))


def digest(text: str) -> str:
    """Give the SHA-256 of a record file, whatever its line endings."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8")).hexdigest()


def save(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".nouveau")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)


def _lines(values: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield f"{indent}{key}:"
            yield from _lines(value, indent + "  ")
        elif isinstance(value, list) and all(isinstance(item, Mapping) for item in value):
            yield f"{indent}{key}:"
            for item in value:
                yield from _item(item, indent + "  ")
        elif isinstance(value, list):
            yield f"{indent}{key}: [{', '.join(_in_list(item) for item in value)}]"
        else:
            yield f"{indent}{key}: {_scalar(value)}"


def _item(item: Mapping[str, Any], indent: str) -> Iterator[str]:
    for index, line in enumerate(_lines(item, "")):
        yield f"{indent}{'  ' if index else '- '}{line}"


def _in_list(text: str) -> str:
    return text if re.fullmatch(r"[a-z][a-z_-]*", text) and text not in _WORDS_OF_YAML else _quoted(text)


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS_OF_YAML:
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'
