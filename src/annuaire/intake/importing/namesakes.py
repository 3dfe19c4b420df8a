"""Give back to each row the record it made, among the rows of one name and one municipality.

Their keys only number them in reading order, which any edit of the list changes: what their records say tells them
apart first. A NEQ stays sure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from annuaire.intake.importing.identity import Group
from annuaire.intake.importing.places import street_key
from annuaire.intake.importing.rows import name_key
from annuaire.intake.importing.state import Written
from annuaire.intake.importing.targets import PLACE
from annuaire.records.reading import Record

_RANK = re.compile(r" \([0-9]+\)$")
_OF_PLACE = ("telephone", "courriel", "code_postal")
_OF_RECORD = ("neq", "site_web", "forme_juridique", "secteur")
Facts = frozenset[tuple[str, str]]
Made = Callable[[Written], Record | None]


def relabelled(groups: Sequence[Group], before: Mapping[str, Written], made: Made) -> dict[str, Written]:
    """Give the state with each entry under the present key of the row that made it; `made` gives its record."""
    found = dict(before)
    keys = {row.key for group in groups for row in group.rows}
    families: dict[str, list[Group]] = {}
    for group in groups:
        is_sure = group.first.key in before and _RANK.sub("", group.first.key) != group.first.name_key
        if not is_sure:
            families.setdefault(group.first.name_key, []).append(group)
    sure = {group.first.key for group in groups} - {g.first.key for family in families.values() for g in family}
    entries: dict[str, list[str]] = {}
    for key, written in before.items():
        for name in {_RANK.sub("", key), *_names(made(written))} if key not in sure else ():
            entries.setdefault(name, []).append(key)
    for name, family in families.items():
        known = [key for key in entries.get(name, ()) if key in found]
        if known and max(len(known), len(family)) > 1:
            mine = tuple(_assigned(family, {key: _facts(made(before[key])) for key in known}))
            for key in known:
                del found[key]
            found |= {group.first.key: before[key] for group, key in mine}
            given = {key for _, key in mine}
            for key in (key for key in known if key not in given):
                found[_free(key, name, keys | set(found))] = before[key]
    return found


def _assigned(family: Sequence[Group], known: Mapping[str, Facts]) -> Iterator[tuple[Group, str]]:
    """Pair rows with the entries whose record says the most of what they say, each once."""
    ranked = []
    for group in family:
        mine = _said(group)
        for key, facts in known.items():
            if len({value for name, value in mine | facts if name == "neq"}) < 2:  # two NEQ are two enterprises
                ranked.append((-len(mine & facts), key != group.first.key, group.first.number, key, group))
    ranked.sort(key=lambda pair: pair[:4])
    rows: set[int] = set()
    keys: set[str] = set()
    is_edit = len(family) == len(known)  # none came, none left: what shares nothing was edited
    for shared, is_other_key, number, key, group in ranked:
        if number not in rows and key not in keys and (shared or not is_other_key or is_edit):
            rows.add(number)
            keys.add(key)
            yield group, key


def _said(group: Group) -> Facts:
    paths = (*_OF_RECORD, *(f"{PLACE}.{name}" for name in _OF_PLACE))
    told = {(path.rpartition(".")[2], row.values[path]) for row in group.rows for path in paths if path in row.values}
    return frozenset(told | {("adresse", row.street) for row in group.rows if row.street})


def _facts(record: Record | None) -> Facts:
    if record is None:
        return frozenset()
    places = record.items(PLACE)
    told = {(name, record.text(name)) for name in _OF_RECORD}
    told |= {(name, str(place.get(name, ""))) for place in places for name in _OF_PLACE}
    told |= {("adresse", street_key(str(place.get("adresse", "")))) for place in places}
    return frozenset((name, value) for name, value in told if value)


def _names(record: Record | None) -> Iterable[str]:
    if record is None:
        return ()
    return {name_key(record.text("nom"), str(place.get("municipalite", ""))) for place in record.items(PLACE)}


def _free(key: str, name: str, taken: set[str]) -> str:
    """Keep the entry of a row that left the list under a key that no row has."""
    rank = 2
    while key in taken:
        key, rank = f"{name} ({rank})", rank + 1
    return key
