"""Judge where the web addresses of a record lead: a public host, by its name, without a password.

The writing itself (scheme, forbidden characters) is judged with the other cells; how an address is judged, wherever it
stands, is in `annuaire.text.addresses`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from annuaire.records.reading import Cell, Record
from annuaire.rules import Context
from annuaire.rules.markup import MARKDOWN
from annuaire.text import addresses
from annuaire.text.addresses import EXAMPLE, judge
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
CODES = ("url-non-ascii", "url-identifiants", "url-adresse-ip", "url-hote-local", "url-hote-invalide")
ADDRESSES = ("url-invalide", "reseau-invalide")
_ORDINARY = re.compile(r"https?://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:ca|com|org|coop|net|quebec)(?:/[!-~]*)?")


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report an address that leads to no public site, in a field of its own or in a link of a text."""
    for cell in record.cells:
        if cell.field.code in ADDRESSES and not _ORDINARY.fullmatch(cell.value):
            code, suggestion = judge(cell.value)
            if code and cell.field.faults(cell.value) is None:  # one fault for one value: the writing comes first
                values = {"valeur": cell.value, "suggestion": suggestion, "exemple": cell.field.example}
                yield Finding(code, cell.path, values)
        elif len(cell.path) == 1 and cell.path[0] in MARKDOWN and "](" in cell.value:
            yield from _links(cell)


def for_form() -> dict[str, Any]:
    """Give what the rule of the same name of the form knows (see `annuaire.rules`)."""
    return {"champs": ADDRESSES, "exemple": EXAMPLE, **addresses.for_form()}


def _links(cell: Cell) -> Iterator[Finding]:
    from annuaire.text.markup import links  # the Markdown parser is loaded once a text has a link

    for address in links(cell.value):
        code, suggestion = judge(address)
        if code:
            yield Finding(code, cell.path, {"valeur": address, "suggestion": suggestion, "exemple": EXAMPLE})
            return
