"""Keep the line of an enterprise once it is rendered: listings, neighbours and similar ones show it ten times or so.

The template alone says what a line looks like; only the distance, which changes, is put in afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from operator import attrgetter
from typing import Any

from markupsafe import Markup, escape

from annuaire.pages.rows import Row
from annuaire.text.markup import join

_MARK = "\x00"  # where the distance stands; no record can hold this character
_shown = attrgetter("name", "town", "sector", "form", "summary", "badges", "address", "phone", "site", "picture")


class Lines:
    """Render lines with a template's macro, each one once for a depth and a way to show it."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], tuple[Any, list[Markup]]] = {}

    def __call__(
        self,
        macro: Callable[..., Markup],
        root: str,
        rows: Iterable[Row],
        level: int,
        with_sector: bool,
        on_paper: bool,
    ) -> Markup:
        """Render rows, one after the other; `macro` takes the same arguments for one row."""
        lines: list[Markup] = []
        for row in rows:
            key = (root, level, with_sector, on_paper, row.distance == "", row.town == "", row.url)
            shown = _shown(row)
            known = self._known.get(key)
            if known is None or known[0] != shown:
                html = macro(root, replace(row, distance=_MARK) if row.distance else row, level, with_sector, on_paper)
                known = self._known[key] = (shown, html.split(_MARK) if row.distance else [html])
            before, *after = known[1]
            lines.append(before)
            if after:
                lines += (escape(row.distance), *after)
        return join(lines)


class SupplierLines:
    """Render suppliers with a template's macro, each one once: the pages of nearby territories show the same ones."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, Hashable], Markup] = {}

    def __call__(self, macro: Callable[..., Markup], root: str, suppliers: Iterable[Hashable]) -> Markup:
        """Render suppliers, one after the other; `macro` takes the root and one of them."""
        lines: list[Markup] = []
        for supplier in suppliers:
            line = self._known.get((root, supplier))
            if line is None:
                line = self._known[root, supplier] = macro(root, supplier)
            lines.append(line)
        return join(lines)
