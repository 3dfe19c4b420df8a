"""Write numbers, dates, counts and lists as a French reader in Québec expects them.

Thousands and « : » take a no-break space; months are in words. Official names are never touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

NBSP = "\u00a0"
_ELIDED = frozenset("aâàeéèêiîoôuûyhœ")  # a noun that begins so takes « d’ »
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def number(value: int) -> str:
    """Write a whole number with no-break spaces between thousands: 11 200."""
    return f"{value:,}".replace(",", NBSP)


def count(value: int, singular: str, plural: str = "") -> str:
    """Write a count and its noun: « 1 entreprise », « 12 entreprises », « aucune » being the caller's case."""
    noun = singular if abs(value) < 2 else plural or singular + "s"
    return f"{number(value)}{NBSP}{noun}"


def day(value: date) -> str:
    """Write a date: « 1er mars 2026 », « 22 novembre 2026 »."""
    first = "1er" if value.day == 1 else str(value.day)
    return f"{first}{NBSP}{MONTHS[value.month - 1]}{NBSP}{value.year}"


def month(value: date) -> str:
    """Write a month: « novembre 2026 »."""
    return f"{MONTHS[value.month - 1]}{NBSP}{value.year}"


def kilometres(value: float) -> str:
    """Write a distance: « moins de 1 km », « 7 km »."""
    return f"moins de 1{NBSP}km" if value < 1 else f"{round(value)}{NBSP}km"


def enumeration(items: Sequence[str]) -> str:
    """Join texts: « a », « a et b », « a, b et c »."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} et {items[-1]}"


def of(noun: str) -> str:
    """Say « de » before a noun: « de programme », « d’organisation » (an « h » is taken for a mute one)."""
    return f"d’{noun}" if is_elided(noun) else f"de {noun}"


def the(noun: str, *, is_feminine: bool) -> str:
    """Say « le » before a noun: « le programme », « la foire », « l’organisation »."""
    return f"l’{noun}" if is_elided(noun) else f"{'la' if is_feminine else 'le'} {noun}"


def is_elided(noun: str) -> bool:
    """Tell whether « le » and « de » lose their vowel before a noun."""
    return noun[:1].lower() in _ELIDED


def of_the(noun: str, *, is_feminine: bool) -> str:
    """Say « de » and the article before a noun: « du programme », « de la cohorte », « de l’organisation »."""
    is_contracted = not is_feminine and not is_elided(noun)
    return f"du {noun}" if is_contracted else f"de {the(noun, is_feminine=is_feminine)}"


def sentence(text: str) -> str:
    """Start a text with a capital."""
    return text[:1].upper() + text[1:]


def size(bytes_: int) -> str:
    """Write the size of a file: « 12 ko », « 1,4 Mo »."""
    if bytes_ < 1_000_000:
        return f"{max(1, round(bytes_ / 1000))}{NBSP}ko"
    return f"{bytes_ / 1_000_000:.1f}".replace(".", ",") + f"{NBSP}Mo"


def shorten(text: str, longest: int) -> str:
    """Cut a text between words, with an ellipsis, at `longest` characters at most."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"
