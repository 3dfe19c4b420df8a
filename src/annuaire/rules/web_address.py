"""Judge where web addresses lead: a public host, by its name, without a password.

The writing itself (scheme, forbidden characters) is judged with the other cells. Sources: RFC 3986 (§3.2.1 user
information), RFC 6761 (names that never are public), RFC 5890 (names with accents).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from annuaire.records.collections import EVERY
from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
COLLECTIONS = EVERY
CODES = ("url-non-ascii", "url-identifiants", "url-adresse-ip", "url-hote-local", "url-hote-invalide")
_FIELDS = ("url-invalide", "reseau-invalide")
_LOCAL = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "test", "invalid", "onion")
_ORDINARY = re.compile(r"https?://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:ca|com|org|coop|net|quebec)(?:/[!-~]*)?")
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?:xn--[a-z0-9-]{1,59}|[a-z]{2,24})\.?")
_NUMBERS = re.compile(r"\[.*|(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}\.?")  # every way to write an IP
_KEPT = "!#$%&'()*+,/:;=?@[]~"
_LONGEST_HOST = 253


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report an address that leads to no public site."""
    for cell in record.cells:
        if cell.field.code in _FIELDS and not _ORDINARY.fullmatch(cell.value):
            code, suggestion = judge(cell.value)
            if code and cell.field.read(cell.value)[1] is None:  # one fault for one value: the writing comes first
                values = {"valeur": cell.value, "suggestion": suggestion, "exemple": cell.field.example}
                yield Finding(code, cell.path, values)


def for_form() -> dict[str, Any]:
    """Give what the rule of the same name of the form knows (see `annuaire.rules`)."""
    return {
        "champs": _FIELDS,
        "locaux": _LOCAL,
        "hote": _HOST,
        "nombres": _NUMBERS,
        "gardes": _KEPT,
        "plusLongHote": _LONGEST_HOST,
    }


def judge(address: str) -> tuple[str, str]:
    """Give the code of the fault of an `http` address and a corrected writing; two empty texts if it has none."""
    if not address.startswith(("http://", "https://")):
        return "", ""  # the cell's own fault
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
        _ = parts.port
    except ValueError:
        return "url-hote-invalide", ""
    if not address.isascii():
        return "url-non-ascii", _ascii(parts, host)
    if "@" in parts.netloc:
        return "url-identifiants", urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    if parts.netloc.startswith("[") or _NUMBERS.fullmatch(host):
        return "url-adresse-ip", ""
    if "." not in host.strip(".") or host.rstrip(".").rpartition(".")[2] in _LOCAL:
        return "url-hote-local", ""
    return ("", "") if _HOST.fullmatch(host) and len(host) <= _LONGEST_HOST else ("url-hote-invalide", "")


def _ascii(parts: SplitResult, host: str) -> str:
    """Write an address with accents as machines want it; an empty text if the host has no such form."""
    try:
        plain = host.encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (UnicodeError, ValueError):
        return ""
    path, query, fragment = (quote(text, safe=_KEPT) for text in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, plain + port, path, query, fragment))
