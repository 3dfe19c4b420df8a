"""Find telephone numbers in a text, however Québec writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_AREA = "204|226|236|249|250|263|289|306|343|354|365|367|368|382|403|416|418|428|431|437|438|450|468|474|506|514|519"
_AREA += "|548|579|581|584|587|604|613|639|647|672|683|705|709|742|753|778|780|782|807|819|825|833|844|855|866|867"
_AREA += "|873|877|879|888|800|902|905|942"
_EXTENSION = r"(?:[ ,(]{0,3}(?:postes?|p\.|ext\.?|x|#)[ :#.]{0,3}[0-9]{1,6})?"
_START, _END = r"(?:^|[^0-9A-Za-z/=_])", r"(?![0-9A-Za-z])"
_MARKED = r"\(?[2-9][0-9]{2}\)?[ ]{0,2}[-.)/–][ ]{0,2}[2-9][0-9]{2}[ ]{0,2}[-. –]?[ ]{0,2}[0-9]{4}"
_SPACED = rf"\(?(?:{_AREA})\)?[ ]{{0,2}}[2-9][0-9]{{2}}[ ]{{0,2}}[-.–]?[ ]{{0,2}}[0-9]{{4}}"
_SEVEN = re.compile(r"[2-9][0-9]{2}[-. –]{0,5}[0-9]{4}")  # every number holds that much, and most texts do not
_NUMBER = re.compile(rf"{_START}((?:\+?1[ .-]{{0,3}})?(?:{_MARKED}|{_SPACED}){_EXTENSION}){_END}", re.IGNORECASE)
_SAID = r"t[ée]l(?:[ée]phone)?|cell(?:ulaire)?|t[ée]l[ée]copieur|fax|pagette"
_LOCAL = re.compile(
    rf"(?:^|[^A-Za-zÀ-ÿ])(?:{_SAID})[ .:]{{0,4}}([2-9][0-9]{{2}}[-. ][0-9]{{4}}{_EXTENSION}){_END}", re.IGNORECASE
)


def for_form() -> dict[str, Any]:
    """Give the patterns of numbers to the form: what every number holds, then the ways to write one."""
    return {"sept": _SEVEN, "manieres": [_NUMBER, _LOCAL]}


def found(text: str) -> Iterator[str]:
    """Yield the telephone numbers of a text as it writes them, those without an area code only where it says so."""
    if not _SEVEN.search(text):
        return
    for pattern in (_NUMBER, _LOCAL):
        yield from (match[1].strip() for match in pattern.finditer(text))
