"""Judge whether an e-mail address is a person's: a public directory holds general addresses only.

Source: Loi sur la protection des renseignements personnels dans le secteur privé (RLRQ, c. P-39.1): a name is
personal information. No list of first names is used: an address is suspect when it is built like a name and holds
no word of the enterprise, of its town or of a service.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import Any

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.names import fold
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
CODES = ("courriel-personnel",)
# Addresses given to persons by their provider: only the part before the @ can tell.
PERSONAL_HOSTS = re.compile(
    r"(gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|proton|protonmail|gmx|videotron|sympatico"
    r"|bell|cgocable|cogeco|globetrotter|xplornet|telus|oricom|sogetel|derytele|bellnet)\.(qc\.)?(ca|com|net|fr|me|org)"
)
_LETTERS = re.compile(r"[a-z]+")
_NAME_PARTS = re.compile(r"[a-z]+(?:[._\-][a-z]+){1,2}[0-9]{0,4}")
_SHORTEST = 5  # fewer letters are initials as often as a name
_SERVICES = ("info", "coop", "admin", "cpe")  # what begins so names a service too: `infocoop`


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report an address that looks like `prenom.nom@…`, or a private mailbox without a word of the enterprise."""
    known: _Words | None = None
    for cell in record.cells:
        if cell.field.code != "courriel-invalide":
            continue
        local, _, host = cell.value.lower().rpartition("@")
        parts = _LETTERS.findall(local)
        if any(is_service(part) for part in parts):
            continue
        known = known or _Words(record)
        is_private = PERSONAL_HOSTS.fullmatch(host) and len("".join(parts)) >= _SHORTEST
        is_name = _NAME_PARTS.fullmatch(local) and max(map(len, parts)) > 2
        if (is_private or is_name) and not known.are_in(parts):
            yield Finding("courriel-personnel", cell.path, {"valeur": cell.value})


def for_form() -> dict[str, Any]:
    """Give what the rule of the same name of the form knows (see `annuaire.rules`)."""
    return {
        "boites": PERSONAL_HOSTS,
        "lettres": _LETTERS,
        "nom": _NAME_PARTS,
        "plusCourt": _SHORTEST,
        "debutsDeService": _SERVICES,
        "services": sorted(services()),
    }


@lru_cache(maxsize=1)
def services() -> frozenset[str]:
    """Load the words, folded and singular, that name a service or a body in an address."""
    text = resources.files("annuaire.data").joinpath("mots_courriel.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


def is_service(part: str) -> bool:
    """Tell whether a part of an address names a service (`ventes`, `infocoop`), singular or plural."""
    known = services()
    return part in known or part.rstrip("sx") in known or part.startswith(_SERVICES)


class _Words:
    """Hold the words and the initials of an enterprise and of its towns, for comparison with an address."""

    def __init__(self, record: Record) -> None:
        towns = [record.text("etablissements", i, "municipalite") for i in range(record.count("etablissements"))]
        names = [record.text("etablissements", i, "nom") for i in range(record.count("etablissements"))]
        words = [_LETTERS.findall(fold(text)) for text in (record.text("nom"), *names, *towns)]
        self.words = {word for found in words for word in found if len(word) > 2}
        self.initials = tuple("".join(word[0] for word in found) for found in words if found)
        self.short_initials = tuple("".join(word[0] for word in found if len(word) > 2) for found in words)

    def are_in(self, parts: list[str]) -> bool:
        """Tell whether an address holds a word of four letters or more, or the initials, of the enterprise."""
        whole = "".join(parts)
        if any(part in self.words for part in parts) or any(len(w) > 3 and w in whole for w in self.words):
            return True
        initials = (*self.initials, *self.short_initials)
        return any(part in known for part in (*parts, whole) if len(part) > 1 for known in initials) or any(
            len(known) > 2 and known in whole for known in initials
        )
