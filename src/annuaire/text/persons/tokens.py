"""Cut a text into the words that names are made of, and say what kind of text it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from annuaire.text.names import fold

LETTER = "A-Za-zÀ-ÖØ-öø-\u017f"  # as the form's own code reads them too
WORD = re.compile(
    rf"(?:[CDJLMNSTcdjlmnst]|[Qq]u)['’](?=[{LETTER}])|[{LETTER}]\.(?:-?[{LETTER}]\.)*|[{LETTER}]+(?:[-'’][{LETTER}]+)*"
)


class Kind(StrEnum):
    """Say what a text is meant to hold: words at will, a role, the name of a place, a street, an e-mail address."""

    FREE = "texte"
    FUNCTION = "fonction"
    NAME = "nom"
    STREET = "adresse"
    EMAIL = "courriel"


@dataclass(frozen=True, slots=True)
class Token:
    """Hold a word, an initial or an elision: as written, folded, where it is, and what stands before it."""

    text: str
    folded: str
    start: int
    end: int
    gap: str

    @property
    def is_initial(self) -> bool:
        """Tell « J. » and « J.-P. »."""
        return self.text.endswith(".")

    @property
    def is_elided(self) -> bool:
        """Tell « l’ » and « d’ »."""
        return self.folded.endswith("'")

    @property
    def is_capital(self) -> bool:
        """Tell whether it starts with a capital."""
        return self.text[0] != self.text[0].lower()


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text, in order."""
    end = 0
    for match in WORD.finditer(text):
        yield Token(match[0], fold(match[0]), match.start(), match.end(), text[end : match.start()])
        end = match.end()
