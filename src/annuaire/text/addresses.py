"""Judge where an address leads, wherever it comes from: a record, a setting, a vocabulary, a page.

What a site may lead to is a public host by its name and without a password, a mailbox, a telephone, or one of its own
pages. Nothing else ever reaches an `href`. Sources: RFC 3986 (§3.2.1 user information), RFC 6761 (names that never are
public), RFC 5890 (names with accents); WHATWG URL (browsers drop tabs and line ends, and read `\\` as `/`).
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from annuaire.text.messages import said

EXAMPLE = "https://www.exemple.org/"  # what a sentence proposes where no field has an example of its own
_WEB = ("http://", "https://")
_LOCAL = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "test", "invalid", "onion")
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?:xn--[a-z0-9-]{1,59}|[a-z]{2,24})\.?")
_NUMBERS = re.compile(r"\[.*|(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}\.?")  # every way to write an IP
_LONGEST_HOST = 253
_KEPT = "!#$%&'()*+,/:;=?@[]~"
# What no address holds as it is: spaces, what cannot be seen, and what could end the attribute it stands in.
_REFUSED = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\"<>\\^`{|}]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")


def for_form() -> dict[str, Any]:
    """Give what the form needs to judge an address as `judge` does."""
    return {
        "locaux": _LOCAL,
        "hote": _HOST,
        "nombres": _NUMBERS,
        "gardes": _KEPT,
        "plusLongHote": _LONGEST_HOST,
    }


def judge(address: str) -> tuple[str, str]:
    """Give the code of the fault of an `http` address and a corrected writing; two empty texts if it has none.

    One that is not `http` has no fault here: it is judged by its field's pattern, or by `judge_link`.
    """
    if not address.startswith(_WEB):
        return "", ""
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


def judge_web(address: str) -> tuple[str, str]:
    """Judge an address that must be of the web: `url-invalide` when it is not, else as `judge` does."""
    return judge(address) if address.startswith(_WEB) and is_plain(address) else ("url-invalide", "")


def refused(address: str, judged: tuple[str, str]) -> str:
    """Say in French why an address is refused and what to write, for what is no record; nothing if it is not."""
    code, suggestion = judged
    return said(code, valeur=address, suggestion=suggestion, exemple=EXAMPLE) if code else ""


def judge_link(address: str) -> tuple[str, str]:
    """Judge an address that a person may follow: of the web, `mailto:`, `tel:`, or of this site.

    Give `adresse-refusee` when it is of none of these kinds, else what `judge` says.
    """
    if is_inside(address):
        return "", ""
    scheme = _SCHEME.match(address)
    if scheme is None or not is_plain(address):
        return "adresse-refusee", ""
    if scheme[1].lower() in ("mailto", "tel"):
        return ("", "") if len(address) > len(scheme[0]) else ("adresse-refusee", "")
    return judge(address) if address.startswith(_WEB) else ("adresse-refusee", "")


def is_inside(address: str) -> bool:
    """Tell whether an address stays on the site that shows it, whatever reads it."""
    return is_plain(address) and not (_SCHEME.match(address) or address.startswith("//"))


def is_plain(address: str) -> bool:
    """Tell whether an address holds no space, nothing unseen, and nothing that could end the attribute it stands in."""
    return not _REFUSED.search(address)


def _ascii(parts: SplitResult, host: str) -> str:
    """Write an address with accents as machines want it; an empty text if the host has no such form."""
    try:
        plain = host.encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (UnicodeError, ValueError):
        return ""
    path, query, fragment = (quote(text, safe=_KEPT) for text in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, plain + port, path, query, fragment))
