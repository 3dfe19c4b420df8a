"""Read what a question may be instead of words: a NEQ, a telephone, a postal code, a site, an e-mail, a code."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.catalogue.supply import reach
from annuaire.places.vocabularies import Category
from annuaire.text.names import fold

_DOMAIN = re.compile(r"(?:https?://)?(?:[^\s@/]*@)?((?:(?:[^\W_]|-)+\.)+[^\W\d_]{2,})(?:[/?#]\S*)?", re.IGNORECASE)
_POSTAL = re.compile(r"([A-Za-z][0-9][A-Za-z])[ -]?([0-9][A-Za-z][0-9])")
_NUMBER = re.compile(
    r"(?:neq|t[ée]l(?:[ée]phone)?\.?|unspsc|code)?[\s:]*(\+?[0-9\s().-]{8,})(?:\s*(?:poste|#)\s*[0-9]+)?", re.IGNORECASE
)
_SEAO = re.compile(r"(?:seao|cat[ée]gorie)?\s*([a-z][0-9]{1,2})", re.IGNORECASE)
_HOST = re.compile(r"https?://([^/?#:]+)", re.IGNORECASE)
_NOT_DIGIT = re.compile(r"[^0-9]")
_TRUNK = re.compile(r"1(?=[0-9]{10}\Z)")
_ZEROS = re.compile(r"(?:00)+\Z")
_TELEPHONE, _UNSPSC = 10, 8  # digits; a NEQ has ten too


@dataclass(frozen=True, slots=True)
class Identified:
    """Hold who bears an identifier (ranks), or the categories (slugs) of a code: one of the two is None."""

    ranks: tuple[int, ...] | None = None
    categories: tuple[str, ...] | None = None


def identify(catalogue: Catalogue, text: str) -> Identified | None:
    """Find who or what a question identifies; None where it is made of words, or is a postal code nobody has."""
    words = text.strip()

    def those(bears: Callable[[Enterprise], bool]) -> Identified:
        return Identified(ranks=tuple(rank for rank, e in enumerate(catalogue.listed) if bears(e)))

    def coded(bears: Callable[[Category], bool]) -> Identified:
        return Identified(categories=tuple(slug for slug, c in catalogue.vocabularies.categories.items() if bears(c)))

    if postal := _POSTAL.fullmatch(words):
        code = f"{postal[1]} {postal[2]}".upper()
        found = those(lambda e: e.code_postal == code)
        return found if found.ranks else None  # else a place
    if seao := _SEAO.fullmatch(words):
        plain = _plain_code(seao[1].upper())
        found = coded(lambda c: _plain_code(c.seao) == plain)
        return found if found.categories else None
    if number := _NUMBER.fullmatch(words):
        digits = _TRUNK.sub("", _NOT_DIGIT.sub("", number[1]), count=1)
        if len(digits) == _TELEPHONE:
            return those(lambda e: e.neq == digits or _telephone_digits(reach(e)[0]) == digits)
        prefix = _ZEROS.sub("", digits)
        if len(digits) == _UNSPSC and prefix:
            return coded(lambda c: c.unspsc != "" and (c.unspsc.startswith(prefix) or _is_under(digits, c.unspsc)))
    if domain := _DOMAIN.fullmatch(words):
        host = _bare_host(domain[1])
        return those(lambda e: _host(e.site_web) == host or reach(e)[1].lower().endswith(f"@{host}"))
    return None


def _plain_code(code: str) -> str:
    """Write « G05 » as « G5 »: they are one code."""
    return re.sub(r"\A([A-Z])0+(?=[0-9])", r"\1", code)


def _is_under(digits: str, code: str) -> bool:
    """Tell whether a code of the UNSPSC is under another one, whose last pairs of zeros stand for anything."""
    return digits.startswith(_ZEROS.sub("", code))


def _telephone_digits(text: str) -> str:
    return _NOT_DIGIT.sub("", text.partition(" poste ")[0])[-_TELEPHONE:]


def _bare_host(host: str) -> str:
    return fold(host).removeprefix("www.")


def _host(address: str) -> str:
    found = _HOST.match(address)
    return _bare_host(found[1]) if found else ""
