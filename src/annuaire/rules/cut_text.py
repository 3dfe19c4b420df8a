"""Judge texts that « # » cuts: YAML takes what follows it for a comment, and the page would say half a sentence.

Source: YAML 1.2.2 (§6.6): a comment begins at a « # » that a space precedes, unless quotes protect it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.rules.cells import masked
from annuaire.text.problems import Finding, Reach
from annuaire.yamlfile.source import comments, entries

REACH = Reach.RECORD
CODES = ("texte-coupe",)
_MAYBE = re.compile(r"#(?<=[ \t]#)")  # most records have none: the rest costs time


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report a comment on the line of a free text without quotes: it may be the end of the text."""
    text = record.document.text
    if not _MAYBE.search(text):
        return
    free = {cell.path for cell in record.cells if cell.field.is_free}
    lines = text.split("\n")
    plain = {}  # line where a free text without quotes ends -> its path
    for entry in entries(text):
        line, column = entry.value
        if entry.path in free and entry.end and not entry.is_block and lines[line - 1][column - 1] not in "\"'":
            plain[entry.end[0]] = entry.path
    for comment in comments(text):
        if not comment.is_alone and comment.line in plain:
            path = plain[comment.line]
            finding = Finding("texte-coupe", path, {"champ": str(path[-1]), "valeur": comment.text})
            yield masked(finding, record)
