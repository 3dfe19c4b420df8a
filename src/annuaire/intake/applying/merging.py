"""Lay what is proposed over a record: what it changes, what is done already, what the record no longer allows.

A proposal names values by where they stood in the text it started from. The record may have changed since: items are
followed where they went, and a value that someone else changed in the meantime is a conflict, never replaced.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annuaire.catalogue import differences
from annuaire.intake.applying.proposal import Proposal, Setting, heading_of, put, value_at
from annuaire.rules.confidentiality import SECRET
from annuaire.schema import Schema, Table
from annuaire.text import french

Values = dict[str, Any]


@dataclass(slots=True)
class Merged:
    """Hold the values that a record takes, where its items come from (see `formatter.rewrite`), and the conflicts."""

    values: Values
    ranks: dict[str, list[int]] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)


def merge(proposal: Proposal, base: Values, current: Values, schema: Schema) -> Merged:
    """Apply a proposal that started from `base` to a record that now holds `current`."""
    merged = Merged(copy.deepcopy(current))
    for setting in proposal.settings:
        if not setting.target.table:
            _set(setting, base, current, merged.values, merged, None)
    for key, table in schema.children.items():
        settings = [setting for setting in proposal.settings if setting.target.table == key]
        if settings or key in proposal.orders:
            _List(table, base, current, merged).apply(settings, proposal.orders.get(key))
    return merged


def _set(
    setting: Setting,
    base: Mapping[str, Any],
    current: Mapping[str, Any],
    values: Values,
    merged: Merged,
    table: Table | None,
) -> None:
    path = setting.target.field.path
    old, now = value_at(base, path), value_at(current, path)
    if _same(now, setting.value):
        return
    if old != now:
        merged.conflicts.append(f"{heading_of(table, setting)}\u00a0: changé depuis dans la fiche{_asked(setting)}")
        return
    put(values, path, setting.value)


def _asked(setting: Setting) -> str:
    """Say what was asked, so that a person may decide; never where a place is, which may be confidential."""
    if setting.target.field.path[-1] in SECRET:
        return ""
    value = " | ".join(setting.value) if isinstance(setting.value, list) else setting.value
    return (
        " (demandé\u00a0: " + ("le retirer" if value is None else f"«\u00a0{french.shorten(value, 120)}\u00a0»") + ")"
    )


def _same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same but for their spaces, which a message does not keep."""
    return bool(_flat(one) == _flat(other))


def _flat(value: Any) -> Any:
    if isinstance(value, list):
        return [_flat(item) for item in value]
    return "\n".join(" ".join(line.split()) for line in value.split("\n")).strip() if isinstance(value, str) else value


class _List:
    """Apply what is proposed for one list of mappings."""

    def __init__(self, table: Table, base: Values, current: Values, merged: Merged) -> None:
        self.table = table
        self.merged = merged
        self.base = items(base.get(table.key))
        self.current = items(current.get(table.key))
        if self.base == self.current:
            self.where = {rank: rank for rank in range(len(self.base))}
        else:
            self.where = differences.match(self.base, self.current)  # rank in the base -> rank now

    def apply(self, settings: Sequence[Setting], order: Sequence[str] | None) -> None:
        """Write the new list in the merged values."""
        items: dict[str, Values] = {}
        for setting in settings:
            name = setting.target.item
            rank = int(name) - 1 if name.isdigit() else None
            if rank is None:
                put(items.setdefault(name, {}), setting.target.field.path, setting.value)
            elif rank >= len(self.base):
                self._conflict(f"{heading_of(self.table, setting)}\u00a0: la fiche n’a pas cet élément")
            elif rank not in self.where:
                self._conflict(f"{heading_of(self.table, setting)}\u00a0: cet élément n’est plus dans la fiche")
            else:
                now = self.current[self.where[rank]]
                item = items.setdefault(name, copy.deepcopy(now))
                _set(setting, self.base[rank], now, item, self.merged, self.table)
        names = self._names(items, order)
        found = [self._item(name, items) for name in names]
        kept = [(item, rank) for item, rank in found if item]
        key = self.table.key
        if kept:
            self.merged.values[key] = [item for item, _ in kept]
            self.merged.ranks[key] = [rank for _, rank in kept]
        else:
            self.merged.values.pop(key, None)

    def _conflict(self, words: str) -> None:
        self.merged.conflicts.append(words)

    def _item(self, name: str, items: Mapping[str, Values]) -> tuple[Values, int]:
        """Give an item by its name, and its rank in the record as it stands (0 for a new one)."""
        if name.startswith("="):
            rank = int(name[1:])
            return self.current[rank], rank + 1
        if name.isdigit():
            rank = self.where[int(name) - 1]
            return items.get(name, self.current[rank]), rank + 1
        return items.get(name, {}), 0

    def _names(self, items: Mapping[str, Values], order: Sequence[str] | None) -> list[str]:
        """List the items in their new order: `3` for one of the base, `=2` for one added since, `nouveau 1`."""
        back = {now: rank for rank, now in self.where.items()}
        standing = [str(back[now] + 1) if now in back else f"={now}" for now in range(len(self.current))]
        fresh = [name for name in items if not name.isdigit() and not self._is_there(items[name])]
        if order is None:
            return [*standing, *fresh]
        wanted = []
        for name in order:
            if not name.isdigit():
                if name in fresh:
                    wanted.append(name)
                elif name not in items:
                    self._conflict(f"{self.table.title}\u00a0: un élément ajouté est vide")
            elif int(name) - 1 in self.where:
                wanted.append(name)
            elif int(name) > len(self.base):
                self._conflict(f"{self.table.title}\u00a0: la fiche n’a pas d’élément {name}")
        is_moved = self._is_moved([name for name in wanted if name.isdigit()], standing)
        gone = [str(rank + 1) for rank in range(len(self.base)) if str(rank + 1) not in order]
        for name in gone:
            rank = int(name) - 1
            if rank in self.where and self.base[rank] != self.current[self.where[rank]]:
                self._conflict(f"{self.table.title} {name}\u00a0: à retirer, mais changé depuis dans la fiche")
                wanted.append(name)
        if not is_moved:
            # Nothing moves: what was added since stays where it is, what is new goes after what it followed.
            merged = [name for name in standing if name in wanted or name.startswith("=")]
            for at, name in enumerate(wanted):
                if name in fresh:
                    after = merged.index(wanted[at - 1]) + 1 if at else 0
                    merged.insert(after, name)
            return merged
        return [*wanted, *(name for name in standing if name.startswith("="))]

    def _is_moved(self, asked: Sequence[str], standing: Sequence[str]) -> bool:
        """Tell whether items of the base are to change places: neither where they stand so, nor where others moved."""
        before, now = sorted(asked, key=int), [name for name in standing if name in asked]
        if asked in (before, now):
            return False
        if now != before:
            self._conflict(f"{self.table.title}\u00a0: l’ordre a changé depuis dans la fiche")
            return False
        return True

    def _is_there(self, item: Values) -> bool:
        """Tell whether a new item is one that was added since: the same proposal was applied before."""
        return any(alike(item, self.current[now]) for now in set(range(len(self.current))) - set(self.where.values()))


def alike(one: Any, other: Any) -> bool:
    """Tell whether two records, items or values are the same but for their spaces and the order of their keys."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(alike(*pair) for pair in zip(one, other, strict=True))
    return bool(_same(one, other))


def items(value: Any) -> list[Values]:
    """List the mappings of a list, nothing when there is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
