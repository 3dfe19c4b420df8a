"""Judge whether an e-mail address is a person's, and find the addresses of a text.

An address is suspect when it is built like a name (`prenom.nom`, `pnom`, a first name alone) or stands at a provider of
private mailboxes, and holds no word of the enterprise, of its town or of a service.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from annuaire.text.names import fold
from annuaire.text.persons import lexicon

# Addresses given to persons by their provider: only the part before the @ can tell.
PERSONAL_HOSTS = re.compile(
    r"(gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|proton|protonmail|gmx|videotron|sympatico"
    r"|bell|cgocable|cogeco|globetrotter|xplornet|telus|oricom|sogetel|derytele|bellnet)\.(qc\.)?(ca|com|net|fr|me|org)"
)
_LETTERS = re.compile(r"[a-z]+")
_NAME_PARTS = re.compile(r"[a-z]+(?:[._\-][a-z]+){1,2}[0-9]{0,4}")
_ADDRESS = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,8}")
_SHORTEST = 5  # fewer letters are initials as often as a name
_LONGEST_TEXT = 200  # characters of an address; what is longer is none
_SERVICES = ("info", "coop", "admin", "cpe")  # what begins so names a service too: `infocoop`


class Own:
    """Hold the words and the initials that are the enterprise's, to compare with what a text says."""

    def __init__(self, texts: Iterable[str], others: Iterable[str] = ()) -> None:
        """Take the names of the enterprise and of its towns, then those that an address alone may hold."""
        self._texts, self._others = tuple(texts), tuple(others)

    @cached_property
    def words(self) -> frozenset[str]:
        """Give the words of the names of the enterprise and of its towns."""
        return frozenset(word for text in self._texts for word in _LETTERS.findall(fold(text)))

    @cached_property
    def _parted(self) -> list[list[str]]:
        return [_LETTERS.findall(fold(text)) for text in (*self._texts, *self._others)]

    @cached_property
    def long(self) -> frozenset[str]:
        """Give the words of three letters or more that an address may hold."""
        return frozenset(word for words in self._parted for word in words if len(word) > 2)

    @cached_property
    def initials(self) -> tuple[str, ...]:
        """Give the initials of each name, then those of its longer words alone."""
        every = ("".join(word[0] for word in words) for words in self._parted if words)
        return (*every, *("".join(word[0] for word in words if len(word) > 2) for words in self._parted))

    def are_in(self, parts: list[str]) -> bool:
        """Tell whether an address holds a word of four letters or more, or the initials, of the enterprise."""
        whole = "".join(parts)
        if any(part in self.long for part in parts) or any(len(w) > 3 and w in whole for w in self.long):
            return True
        return any(part in known for part in (*parts, whole) if len(part) > 1 for known in self.initials) or any(
            len(known) > 2 and known in whole for known in self.initials
        )


def for_form() -> dict[str, Any]:
    """Give what the form knows of addresses: patterns, limits and words."""
    return {
        "adresse": _ADDRESS,
        "boites": PERSONAL_HOSTS,
        "lettres": _LETTERS,
        "nom": _NAME_PARTS,
        "plusCourt": _SHORTEST,
        "plusLong": _LONGEST_TEXT,
        "debutsDeService": _SERVICES,
    }


def found(text: str) -> Iterator[str]:
    """Yield the addresses of a text."""
    if "@" in text:
        yield from (match[0].strip(".-") for match in _ADDRESS.finditer(text))


def is_personal(address: str, own: Own) -> bool:
    """Tell whether an address looks like a person's, or is a private mailbox without a word of the enterprise."""
    local, _, host = fold(address[:_LONGEST_TEXT]).rpartition("@")
    parts = _LETTERS.findall(local)
    if any(is_service(part) for part in parts):
        return False
    is_private = PERSONAL_HOSTS.fullmatch(host) and len("".join(parts)) >= _SHORTEST
    is_built = _NAME_PARTS.fullmatch(local) and max(map(len, parts)) > 2
    is_first = len(parts) == 1 and len(parts[0]) > 2 and lexicon.is_first(parts[0])
    is_name = is_built or is_first or any(_is_name(part) for part in parts)
    return bool(is_private or is_name) and not own.are_in(parts)


def is_service(part: str) -> bool:
    """Tell whether a part of an address names a service (`ventes`, `infocoop`), singular or plural."""
    known = lexicon.lists()["services"]
    return part in known or lexicon.singular(part) in known or part.startswith(_SERVICES)


def _is_name(part: str) -> bool:
    """Tell whether a part of an address is a first name or a surname, or a surname after an initial or a first name."""
    if (len(part) > 2 and lexicon.is_plain_first(part)) or lexicon.is_plain_last(part):
        return True
    if any(lexicon.is_first(part[:at]) and lexicon.is_first(part[at:]) for at in range(3, len(part) - 2)):
        return True
    for at in range(1, len(part) - 3):
        if _is_last(part[at:]) and (at == 1 or any(lexicon.is_first(part[:to]) for to in range(3, at + 1))):
            return True
        if at > 2 and _is_last(part[:at]) and (at == len(part) - 1 or lexicon.is_first(part[at:])):
            return True
    return bool(_is_last(part[:-1])) and len(part) > _SHORTEST


def _is_last(word: str) -> bool:
    """Tell whether a word without a hyphen is a usual surname of four letters or more."""
    is_saint = word.startswith("st") and lexicon.is_first(word[2:].removeprefix("e"))
    return len(word) > 3 and (is_saint or word in lexicon.glued_last())
