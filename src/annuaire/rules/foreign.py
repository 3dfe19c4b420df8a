"""Judge what another program left in a text: letters decoded wrongly, a formula's error, quotes around the whole.

What no eye sees in the text of a file (no-break spaces, marks of git) is found where it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
CODES = ("texte-mal-decode", "erreur-de-formule", "guillemets-typographiques")
# What a formula that fails shows, in the English and the French of spreadsheets.
FORMULA_ERROR = re.compile(
    r"#(?:DIV/0!|N/A|REF!|SPILL!|CALC!|NAME\?|NULL!|NUM!|VALUE!|NOM[ \u00a0]?\?|NUL!|NOMBRE!|VALEUR!|PROPAGATION!)"
)
_QUOTED = re.compile("“([^“”]+)”|„([^„“”]+)[“”]|‘([^‘’]+)’|«\\s*([^«»]+?)\\s*»")
_LETTERS = "àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÔÖÙÛÜŒÆñÑ’‘“–—…«»°€•\u00a0\u202f"


def _misread() -> Mapping[str, str]:
    """List what the bytes of letters in UTF-8 look like when they are read as Windows-1252."""
    found = {letter.encode("utf-8").decode("cp1252", "ignore"): letter for letter in _LETTERS}
    return {seen: letter for seen, letter in found.items() if len(seen) == len(letter.encode("utf-8"))}


MISREAD = _misread()
_MISREAD = re.compile("|".join(map(re.escape, sorted(MISREAD, key=len, reverse=True))))


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report each text that holds such a trace, with what it should be where that is known."""
    for cell in record.cells:
        value = cell.value
        if not isinstance(value, str) or (value.isascii() and not value.startswith("#")):
            continue
        values = {"champ": cell.field.name, "valeur": value}
        quoted = _QUOTED.fullmatch(value)
        if FORMULA_ERROR.fullmatch(value):
            yield Finding("erreur-de-formule", cell.path, values)
        elif _MISREAD.search(value):
            yield Finding("texte-mal-decode", cell.path, {**values, "suggestion": repaired(value)})
        elif quoted is not None:
            inside = next(text for text in quoted.groups() if text is not None)
            yield Finding("guillemets-typographiques", cell.path, {**values, "suggestion": inside})


def repaired(text: str) -> str:
    """Give a text with the letters that were read wrongly as they were meant."""
    return _MISREAD.sub(lambda found: MISREAD[found.group()], text)


def for_form() -> dict[str, Any]:
    """Give what the rule of the same name of the form knows (see `annuaire.rules`)."""
    return {"formule": FORMULA_ERROR, "guillemets": _QUOTED, "malLu": _MISREAD, "lettres": MISREAD}
