"""Write an enterprise as a vCard 3.0 (RFC 2426), for « Ajouter à mes contacts ».

Version 3.0, because what people have reads it: Outlook and older telephones refuse or misread 4.0.

Texts are escaped and freed of control characters, web addresses are percent-encoded: no record can add a line
to its card. A street, a postal code and a point of a confidential address are never written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise, Place
from annuaire.places.vocabularies import TO_SPECIFY
from annuaire.text.typography import plain

LONGEST_LINE = 75  # octets, the line break left out (RFC 2426, section 2.6)
_FIELD = "Économie sociale"
_WEB = re.compile(r"https?://[^/]", re.IGNORECASE)
# Some readers take each of these for a line break.
_BREAKS = {ord(c): "\\n" for c in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"}
_CONTROLS: dict[int, str | None] = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)))
_ESCAPES = _CONTROLS | _BREAKS | {ord("\t"): " ", ord("\\"): "\\\\", ord(","): "\\,", ord(";"): "\\;"}
_SPECIAL = re.compile(f"[{''.join(re.escape(chr(code)) for code in _ESCAPES)}]")


def vcard(catalogue: Catalogue, enterprise: Enterprise, site_url: str) -> str:
    """Write the card of an enterprise: lines of at most 75 octets, each ended by CRLF."""
    return "".join(fold(line) for line in _lines(catalogue, enterprise, site_url))


def fold(line: str) -> str:
    """Fold a content line at 75 octets, never inside a character; end it with CRLF."""
    if line.isascii() and len(line) <= LONGEST_LINE:
        return line + "\r\n"
    data = line.encode("utf-8")
    if len(data) <= LONGEST_LINE:
        return line + "\r\n"
    parts = []
    start, room = 0, LONGEST_LINE
    while start < len(data):
        end = min(start + room, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(data[start:end].decode("utf-8"))
        start, room = end, LONGEST_LINE - 1  # the space that starts a continued line counts
    return "\r\n ".join(parts) + "\r\n"


def escape(text: str) -> str:
    """Escape a text value: no comma, semicolon, backslash or line break is left to be read as structure.

    It is written with one apostrophe and one dash, as on the page.
    """
    text = plain(text)
    return text.replace("\r\n", "\n").translate(_ESCAPES) if _SPECIAL.search(text) else text


def _lines(catalogue: Catalogue, e: Enterprise, site_url: str) -> Iterator[str]:
    name = escape(e.nom).strip() or e.slug
    page = site_url + urls.enterprise(e.slug)
    # A body, not a person: the name stands whole where a family name would, and Apple is told to show the body.
    yield from ("BEGIN:VCARD", "VERSION:3.0", f"N:{name};;;;", f"FN:{name}", f"ORG:{name}", "X-ABSHOWAS:COMPANY")
    for rank, place in enumerate(e.etablissements):
        yield _address(catalogue, e, place, preferred=rank == 0)
    # « 819 555-0142 poste 12 », as it is read: few programs know the extension of a `tel:` address.
    yield from dict.fromkeys(f"TEL;TYPE=WORK,VOICE:{escape(p.telephone)}" for p in e.etablissements if p.telephone)
    yield from dict.fromkeys(f"EMAIL;TYPE=INTERNET:{escape(p.courriel)}" for p in e.etablissements if p.courriel)
    if _WEB.match(e.site_web):
        yield f"URL:{_uri(e.site_web)}"
    yield f"URL:{_uri(page)}"
    if e.position is not None:
        yield "GEO:{};{}".format(*e.position)
    yield f"CATEGORIES:{','.join(escape(category) for category in _categories(catalogue, e))}"
    if e.en_bref:
        yield f"NOTE:{escape(e.en_bref)}"
    if e.verification.is_confirmed and e.verification.date is not None:
        yield f"REV:{e.verification.date:%Y-%m-%d}T00:00:00Z"
    yield "END:VCARD"


def _address(catalogue: Catalogue, e: Enterprise, place: Place, *, preferred: bool) -> str:
    street, code = ("", "") if e.adresse_confidentielle else (escape(place.adresse), escape(place.code_postal))
    town = escape(catalogue.municipality(place).nom)
    first = ",PREF" if preferred else ""
    return f"ADR;TYPE=WORK{first}:;;{street};{town};QC;{code};Canada"


def _categories(catalogue: Catalogue, e: Enterprise) -> Iterator[str]:
    yield _FIELD
    for slug in catalogue.sectors_of(e):
        if slug != TO_SPECIFY:
            yield catalogue.vocabularies.sectors[slug].libelle


def _uri(address: str) -> str:
    return quote(address, safe="%/:?#[]@!$&'()*+,;=~", errors="replace")
