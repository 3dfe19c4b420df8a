"""Find who a text may name: a person, a telephone number or an address that would be published by inattention.

One truth for all that judges a text: the rule `person` (and its twin of the form), the import, `apply`, the coach. It
knows no record: it is given a text, what kind of text it is, and the words that the enterprise itself bears. It guesses
from how names are written and from lists of first names; it never says who a person is.

Source: Loi sur la protection des renseignements personnels dans le secteur privé (RLRQ, c. P-39.1): a name is personal
information, and so is a way to reach a person.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from annuaire.text.persons import addresses, lexicon, names, telephones
from annuaire.text.persons.addresses import Own
from annuaire.text.persons.tokens import Kind

__all__ = ["NOBODY", "Kind", "Own", "Reason", "Suspect", "for_form", "suspects"]
NOBODY = Own(())
_PLAIN = (("\u00a0", " "), ("\u202f", " "), ("\t", " "), ("\u2010", "-"), ("\u2011", "-"))


class Reason(StrEnum):
    """Say what a suspect is; `PERSON` is certain enough to stop a build, `MAYBE` is not."""

    PERSON = "personne-nommee"
    MAYBE = "personne-possible"
    TELEPHONE = "telephone-dans-texte"
    ADDRESS = "courriel-personnel"


@dataclass(frozen=True, slots=True)
class Suspect:
    """Hold what was found: the words themselves, as the text writes them, and why they are suspect."""

    reason: Reason
    words: str


def suspects(text: str, kind: Kind, own: Own = NOBODY) -> Iterator[Suspect]:
    """Yield the persons, telephone numbers and personal addresses of a text, in that order.

    `own` holds the names that are the enterprise's: its own, those of its places and of its towns.
    """
    if kind is Kind.EMAIL:
        if addresses.is_personal(text, own):
            yield Suspect(Reason.ADDRESS, text)
        return
    plain = plain_text(text)
    bare = plain
    for address in addresses.found(plain):
        bare = bare.replace(address, " ; ")
        if addresses.is_personal(address, own):
            yield Suspect(Reason.ADDRESS, address)
    for words, is_certain in names.found(bare, kind, own):
        yield Suspect(Reason.PERSON if is_certain else Reason.MAYBE, words)
    for number in telephones.found(bare):
        yield Suspect(Reason.TELEPHONE, number)


def plain_text(text: str) -> str:
    """Write a text with composed letters, ordinary spaces and ordinary hyphens."""
    if text.isascii():
        return text.replace("\t", " ")
    plain = unicodedata.normalize("NFC", text)
    for odd, ordinary in _PLAIN:
        plain = plain.replace(odd, ordinary)
    return plain


def for_form() -> dict[str, Any]:
    """Give what the form, which looks for persons too, knows of them: texts, numbers, lists and patterns."""
    return {
        "ordinaires": _PLAIN,
        "mots": lexicon.for_form(),
        "noms": names.for_form(),
        "adresses": addresses.for_form(),
        "telephones": telephones.for_form(),
    }


def codes() -> Collection[str]:
    """List the codes of what may be found."""
    return tuple(reason.value for reason in Reason)
