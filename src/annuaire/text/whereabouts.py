"""Find in a text what says where a place is: a civic number and a street, a postal code, a street that is known.

It is asked of the texts of a record whose address is confidential. It guesses from how addresses are written in Québec;
a street without its number says less, and passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from annuaire.text.names import fold

NOT_WORD = re.compile(r"[^a-z0-9]+")
_WAYS = (
    "rue|avenue|av|ave|boulevard|boul|blvd|chemin|rang|route|cote|montee|allee|impasse|ruelle|square|quai|sentier|"
    "street|road"
)
# In a text that `words` reduced: « 77 rue », « 12 a 14 rue », « 10 2e avenue », « g9n 1a1 ».
FOUND = re.compile(rf" (?:[0-9]+[a-z]{{0,2}} )+(?:a [0-9]+ )?(?:{_WAYS}) | [a-z][0-9][a-z] ?[0-9][a-z][0-9] ")
_SHORTEST = 3  # letters of a word of a street that names it


def tells(text: str, streets: Iterable[str] = ()) -> bool:
    """Tell whether a text says where a place is: an address of any kind, or the number and name of one of `streets`."""
    said = words(text)
    return FOUND.search(said) is not None or any(_names(said, words(street)) for street in streets)


def words(text: str) -> str:
    """Reduce a text to words without case, accent or punctuation, a space on each side of each."""
    return f" {NOT_WORD.sub(' ', fold(text)).strip()} "


def _names(said: str, street: str) -> bool:
    parts = street.split()
    numbers = [part for part in parts[:1] if part[0].isdigit()]
    named = [part for part in parts if len(part) >= _SHORTEST and not re.fullmatch(rf"[0-9].*|{_WAYS}", part)]
    if not numbers or not named:
        return bool(parts) and street in said
    return all(f" {part} " in said for part in (numbers[0], max(named, key=len)))
