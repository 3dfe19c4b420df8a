"""Say in a few words where a web address leads, and whose site it is when it is not the enterprise's own.

A host that several records share, or that of a known platform, is nobody's name here: « page sur facebook.com ». The
scripts of the pages say the same (`theme/js/common/catalogue/sites.js`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from annuaire.shared import SHARED

_SITES = SHARED["sites"]
_PLATFORMS: tuple[str, ...] = tuple(_SITES["plateformes"].split())
_LONGEST_PATH: int = _SITES["cheminLePlusLong"]  # characters
_ADDRESS = re.compile(_SITES["adresse"], re.IGNORECASE | re.ASCII)


def host_of(address: str) -> str:
    """Give the host of a web address in lower case, without « www. »; nothing when it is no web address."""
    found = _ADDRESS.match(address)
    return found[1].lower() if found else ""


def shared_hosts(addresses: Iterable[str]) -> frozenset[str]:
    """Give the hosts that several addresses have in common, one address for each record."""
    counts = Counter(map(host_of, addresses))
    return frozenset(host for host, count in counts.items() if host and count > 1)


def site_text(address: str, shared: frozenset[str]) -> str:
    """Show a web address by its host and a short path, or say on whose site the page is; nothing for no web address.

    `shared` holds the hosts that several records have (`shared_hosts`).
    """
    found = _ADDRESS.match(address)
    if not found:
        return ""
    host = found[1].lower()
    platform = next((name for name in _PLATFORMS if f".{host}".endswith(f".{name}")), "")
    if platform or host in shared:
        return f"page sur {platform or host}"
    path = found[2].rstrip("/")
    return host + (path if len(path) <= _LONGEST_PATH and not found[3] else "")
