"""Judge markup in free texts: pages show HTML as text, leave images out and keep whole links alone.

Texts allow paragraphs, lists, bold, italics and links in Markdown, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from annuaire.records.reading import Cell, Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
CODES = ("texte-html", "texte-image", "texte-lien")
MARKDOWN = ("description", "presentation")  # of a record itself; other texts are shown as they are
_HTML = re.compile(r"</?[A-Za-z][^<>]{0,200}>|<!--|&(?:[A-Za-z]{2,31}|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});")
_IMAGE = re.compile(r"!\[[^\]]*\][(\[]")


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report tags, entities and images in free texts, and links that lead nowhere."""
    for cell in record.cells:
        field, value = cell.field, cell.value
        if not field.is_free or not ("<" in value or "&" in value or "[" in value):
            continue
        html, image = _HTML.search(value), _IMAGE.search(value)
        if html is not None:
            yield Finding("texte-html", cell.path, {"champ": field.name, "valeur": html.group()})
        if image is not None:
            yield Finding("texte-image", cell.path, {"champ": field.name})
        if "](" in value and len(cell.path) == 1 and cell.path[0] in MARKDOWN:
            yield from _link(cell)


def for_form() -> dict[str, Any]:
    """Give what the rule of the same name of the form knows (see `annuaire.rules`)."""
    from annuaire.text.markup import SCHEMES  # as below

    return {"champs": MARKDOWN, "html": _HTML, "image": _IMAGE, "protocoles": sorted(SCHEMES)}


def _link(cell: Cell) -> Iterator[Finding]:
    from annuaire.text.markup import dropped_link  # the Markdown parser is loaded once a text has a link

    link = dropped_link(cell.value)
    if link:
        yield Finding("texte-lien", cell.path, {"champ": cell.field.name, "valeur": link})
