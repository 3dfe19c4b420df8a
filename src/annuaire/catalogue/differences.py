"""Say in words what differs between two states of one record: label, what was there, what is there now.

Values are read raw, so that a record at fault is compared too; a list of mappings (offers, places) is compared item by
item, an item being followed when it moves or is reworded. Nothing is judged here, and where a confidential place is
is never quoted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from rapidfuzz import fuzz

from annuaire.places.territories import Territories
from annuaire.places.vocabularies import EVERYWHERE, Category, Certification, LegalForm, Sector, Vocabularies
from annuaire.records.collections import ENTERPRISES
from annuaire.records.reading import Record, as_day
from annuaire.rules.cells import MASKED, hides
from annuaire.rules.confidentiality import SECRET
from annuaire.schema import Field, Table, load
from annuaire.text import french
from annuaire.text.problems import RecordPath
from annuaire.text.whereabouts import tells

Item = dict[str, Any]
_Entry = Sector | LegalForm | Category | Certification
LONGEST = 240  # characters of a value that is shown
_SAME_ITEM = 60.0  # of 100: below, two items are one taken away and one added
_MOST_PAIRS = 10_000  # items of one side times items of the other; above, they are followed by rank
_EVERYWHERE = {code: label[:1].lower() + label[1:] for code, label in EVERYWHERE.items()}
_AROUND = 40  # characters kept on each side of what changed in a long text


class Kind(StrEnum):
    """Say what happened to a value."""

    ADDED = "ajout"
    REMOVED = "retrait"
    CHANGED = "changement"
    MOVED = "ordre"


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold one change: where (in the newer record, or the older one if taken away), its label, before and after."""

    kind: Kind
    path: RecordPath
    label: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Wording:
    """Say values as a reader knows them: labels of choices and vocabularies, dates in words."""

    vocabularies: Vocabularies
    territories: Territories
    regions: tuple[str, ...] = ()  # codes of those of the site, where a proposal may be made of them

    def value(self, field: Field | None, value: Any) -> str:
        """Word a raw value of a field; what has no better writing is given as it is."""
        if isinstance(value, list):
            return ", ".join(self.value(field, item) for item in value)
        if isinstance(value, dict):
            return "; ".join(f"{key}\u00a0: {self.value(None, item)}" for key, item in value.items())
        text = " ".join(str(value).split())
        if field is None:
            return text
        if field.labels:
            return field.labels.get(text, text)
        if field.type == "date" and (day := as_day(text)):
            return french.day(day)
        return self._label(field.vocabulary, text) or text

    def _label(self, vocabulary: str, code: str) -> str:
        own: Mapping[str, Mapping[str, _Entry]] = {
            "secteurs": self.vocabularies.sectors,
            "formes": self.vocabularies.forms,
            "categories": self.vocabularies.categories,
            "certifications": self.vocabularies.certifications,
        }
        if vocabulary in own:
            entry = own[vocabulary].get(code)
            return entry.libelle if entry else ""
        if vocabulary in ("territoires", "mrc"):
            mrc = self.territories.mrc_by_code.get(code)
            return mrc.titre if mrc else _EVERYWHERE.get(code, "")
        if vocabulary == "champs":
            return _title_of_field(code)
        return ""


def _title_of_field(name: str) -> str:
    """Give the title of a field by its name, by its path, or of a list; nothing when there is none."""
    schema = load(ENTERPRISES)
    key, _, inner = name.partition(".")
    table = schema.children.get(key)
    if table is None:
        return next((f.title for f in schema.root.fields if name in (f.name, ".".join(f.path))), "")
    field = table.by_path.get(tuple(inner.split("."))) if inner else None
    return f"{field.title} ({table.title})" if field else "" if inner else table.title


def differences(before: Record, after: Record, wording: Wording, *, hidden: bool = False) -> list[Difference]:
    """Compare two states of a record, in the order of the schema; keys that it does not know come last.

    With `hidden`, where its places are is quoted of neither, even if neither says that it is confidential.
    """
    return list(_Comparison(before, after, wording, hidden).run())


@dataclass(frozen=True, slots=True)
class _Comparison:
    before: Record
    after: Record
    wording: Wording
    hidden: bool

    def run(self) -> Iterator[Difference]:
        schema, old, new = self.after.schema, self.before.values, self.after.values
        for key in _keys(schema.key_order, old, new):
            table = schema.children.get(key)
            if table is None:
                yield from self._values(schema.root, old, new, (key,), ())
            elif _is_table(old.get(key, [])) and _is_table(new.get(key, [])):
                yield from self._items(table, old.get(key, []), new.get(key, []))
            else:
                yield from self._one(None, old.get(key), new.get(key), (key,), table.title, masked=self._hides)

    @property
    def _hides(self) -> bool:
        return self.hidden or hides(self.before) or hides(self.after)

    def _values(
        self, table: Table, old: Mapping[str, Any], new: Mapping[str, Any], step: tuple[str, ...], at: RecordPath
    ) -> Iterator[Difference]:
        """Compare one key of two mappings, and what is under it when it is a group."""
        key, names = step[-1], table.groups.get(step[0], ())
        one, other = old.get(key), new.get(key)
        if len(step) == 1 and names and _is_group(one) and _is_group(other):
            one, other = one or {}, other or {}
            for name in _keys(names, one, other):
                yield from self._values(table, one, other, (key, name), (*at, key))
            return
        field = table.by_path.get(step)
        label = field.title if field else f"«\u00a0{'.'.join(step)}\u00a0» (champ inconnu)"
        yield from self._one(field, one, other, (*at, key), label, masked=bool(table.key) and self._is_secret(key))

    def _one(
        self, field: Field | None, old: Any, new: Any, path: RecordPath, label: str, *, masked: bool
    ) -> Iterator[Difference]:
        if old == new:
            return
        kind = Kind.ADDED if old is None else Kind.REMOVED if new is None else Kind.CHANGED
        before, after = ("" if value is None else self.wording.value(field, value) for value in (old, new))
        if masked or (self._hides and (tells(before) or tells(after))):
            before, after = (MASKED if text else "" for text in (before, after))
        elif before == after and old is not None and new is not None:
            label += " (mise en forme)"  # line breaks or spaces only
        before, after = contrast(before, after)
        yield Difference(kind, path, label, before, after)

    def _is_secret(self, key: str) -> bool:
        return key in SECRET and self._hides

    def _items(self, table: Table, old: Sequence[Item], new: Sequence[Item]) -> Iterator[Difference]:
        if old == new:
            return
        pairs = match(old, new)
        for rank, item in enumerate(old):
            if rank not in pairs:
                text = self._described(table, item)
                yield Difference(Kind.REMOVED, (table.key, rank), table.title, before=text)
        followed = {to: rank for rank, to in pairs.items()}
        for rank, item in enumerate(new):
            if rank not in followed:
                yield Difference(Kind.ADDED, (table.key, rank), table.title, after=self._described(table, item))
                continue
            former = old[followed[rank]]
            heading = f"{table.title}, {heading_of(table, former, self.wording)}"
            for key in _keys(table.top_keys, former, item):
                for found in self._values(table, former, item, (key,), (table.key, rank)):
                    yield replace(found, label=f"{heading}\u00a0: {found.label}")
        order = [to for _, to in sorted(pairs.items())]
        if order != sorted(order):
            yield Difference(Kind.MOVED, (table.key,), table.title, *self._orders(table, old, new))

    def _orders(self, table: Table, old: Sequence[Item], new: Sequence[Item]) -> tuple[str, str]:
        before, after = (", ".join(heading_of(table, item, self.wording) for item in items) for items in (old, new))
        return french.shorten(before, LONGEST), french.shorten(after, LONGEST)

    def _described(self, table: Table, item: Mapping[str, Any]) -> str:
        parts = []
        for path, value in _leaves(item, table):
            field = table.by_path.get(path)
            label = field.title if field else ".".join(path)
            said = self.wording.value(field, value)
            is_secret = self._is_secret(path[-1]) or (self._hides and tells(said))
            shown = MASKED if is_secret else french.shorten(said, 120)
            parts.append(f"{label}\u00a0: {shown}")
        return french.shorten("; ".join(parts), 3 * LONGEST)


def heading_of(table: Table, item: Mapping[str, Any], wording: Wording) -> str:
    """Name an item of a list by its name, or by its first required field."""
    for field in (*(f for f in table.fields if f.path == ("nom",)), *table.required_fields):
        value = item.get(field.path[0]) if len(field.path) == 1 else None
        if isinstance(value, str) and value:
            return f"«\u00a0{french.shorten(wording.value(field, value), 80)}\u00a0»"
    return "sans nom"


def match(old: Sequence[Item], new: Sequence[Item]) -> dict[int, int]:
    """Pair the items of two lists (rank before -> rank after): equal ones first, then the most alike."""
    pairs: dict[int, int] = {}
    free = list(range(len(new)))
    if len(old) * len(new) > _MOST_PAIRS:
        return {rank: rank for rank in range(min(len(old), len(new)))}
    for rank, item in enumerate(old):
        equal = next((to for to in free if new[to] == item), None)
        if equal is not None:
            pairs[rank] = equal
            free.remove(equal)
    left = [rank for rank in range(len(old)) if rank not in pairs]
    scored = sorted(
        ((-_likeness(old[rank], new[to]), rank, to) for rank in left for to in free), key=lambda entry: entry
    )
    taken: set[int] = set()
    for score, rank, to in scored:
        if -score >= _SAME_ITEM and rank not in pairs and to not in taken:
            pairs[rank] = to
            taken.add(to)
    if len(old) == len(new) == 1:
        pairs.setdefault(0, 0)  # the only place of an enterprise that moves is still its only place
    return pairs


def contrast(before: str, after: str) -> tuple[str, str]:
    """Shorten two texts to where they differ, with a few words around; a short text is left whole."""
    if max(len(before), len(after)) <= LONGEST or not before or not after:
        return french.shorten(before, LONGEST), french.shorten(after, LONGEST)
    shortest = min(len(before), len(after))
    start = next((at for at in range(shortest) if before[at] != after[at]), shortest)
    tail = next((at for at in range(shortest - start) if before[-1 - at] != after[-1 - at]), shortest - start)
    return _window(before, start, tail), _window(after, start, tail)


def _window(text: str, start: int, tail: int) -> str:
    first, last = max(0, start - _AROUND), min(len(text), len(text) - tail + _AROUND)
    if first:
        first = text.rfind(" ", 0, first) + 1
    inside = text[first:last]
    cut = inside if len(inside) <= 2 * LONGEST else inside[: 2 * LONGEST] + "…"
    return ("…" if first else "") + cut + ("…" if last < len(text) and not cut.endswith("…") else "")


def _likeness(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """Give how alike two items are, of 100: names count most, then the values they share."""
    keys = {*one, *other}
    shared = 100 * sum(one.get(key) == other.get(key) for key in keys) / len(keys) if keys else 0
    names = [str(item.get("nom") or item.get("libelle") or item.get("adresse") or "")[:200] for item in (one, other)]
    return max(shared, fuzz.ratio(*names) if all(names) else 0)


def _leaves(item: Mapping[str, Any], table: Table) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key in _keys(table.top_keys, item, {}):
        value = item[key]
        if key in table.groups and isinstance(value, dict):
            yield from (((key, name), value[name]) for name in _keys(table.groups[key], value, {}))
        else:
            yield (key,), value


def _keys(known: Sequence[str], old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    held = [key for key in known if key in old or key in new]
    return held + [key for key in dict.fromkeys((*old, *new)) if key not in known]


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _is_group(value: Any) -> bool:
    return value is None or isinstance(value, dict)


def worded(difference: Difference) -> str:
    """Say one difference: « Téléphone : « 819 555-0100 » → « 819 555-0142 » »."""
    before, after = f"«\u00a0{difference.before}\u00a0»", f"«\u00a0{difference.after}\u00a0»"
    label = f"{difference.label}\u00a0:"
    if difference.kind is Kind.ADDED:
        return f"{label} ajout de {after}"
    if difference.kind is Kind.REMOVED:
        return f"{label} retrait de {before}"
    if difference.kind is Kind.MOVED:
        return f"{label} ordre changé, {before} → {after}"
    return f"{label} {before} → {after}"


def as_data(difference: Difference) -> dict[str, Any]:
    """Give a difference as a program reads it, and as a person does (`phrase`)."""
    return {
        "genre": str(difference.kind),
        "chemin": list(difference.path),
        "libelle": difference.label,
        "avant": difference.before,
        "apres": difference.after,
        "phrase": worded(difference),
    }
