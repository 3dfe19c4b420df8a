"""Fill what a standing record leaves empty with what the list says; never replace a value, never put one back.

What an earlier import wrote and is no longer there was removed by a person: it stays out. What is only deduced from
the name is left out too, and `verification` stays as the person wrote it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annuaire.intake.importing.places import door_key, place_key, way_key
from annuaire.intake.importing.targets import PLACE
from annuaire.places.vocabularies import TO_SPECIFY
from annuaire.rules.confidentiality import SECRET, reason_to_hide

_POINT = ("latitude", "longitude")
_LEFT = ("verification", PLACE, "nom")
NOT_THERE = "rien ne dit que c’est le même lieu; à vérifier"
_SAYS_NOTHING = ("inconnu", TO_SPECIFY)  # what an import writes for a cell left empty


@dataclass(frozen=True, slots=True)
class Filling:
    """Hold the values once filled, what was added and what was not put back in words, and the paths added."""

    values: Mapping[str, Any]
    added: tuple[str, ...]
    left: tuple[str, ...]
    paths: frozenset[str]


def fill(standing: Mapping[str, Any], proposed: Mapping[str, Any], written: frozenset[str]) -> Filling:
    """Fill the empty fields of a record; `written` holds the paths that imports already wrote to it.

    A place is filled from the place of the list in the same municipality; when their addresses differ, none of it is,
    and what it lacks is told. Nothing tells where a place to protect is.
    """
    values = copy.deepcopy(dict(standing))
    added: list[str] = []
    left: list[str] = []
    paths: list[str] = []
    for path, shown_path, target, key, value in _gaps(values, proposed, written):
        shown = ", ".join(value) if isinstance(value, list) else value
        if path in written:
            left.append(f"{shown_path}\u00a0: retiré par une personne, pas remis")
        elif target is None:
            left.append(f"{shown_path}\u00a0: «\u00a0{shown}\u00a0» laissé, {NOT_THERE}")
        else:
            target[key] = value
            added.append(f"{shown_path}\u00a0: ajouté «\u00a0{shown}\u00a0»")
            paths.append(path)
    for name in [name for name, value in values.items() if value == {}]:
        del values[name]
    return Filling(values, tuple(added), tuple(left), frozenset(paths))


def said(proposed: Mapping[str, Any], standing: Mapping[str, Any]) -> dict[str, Any]:
    """Give what the list itself says, without what stands for its empty cells where the record says something.

    Its places stand at the rank of those of the record that they are, those that it has not after them.
    """
    found = {k: value for k, value in proposed.items() if value not in _SAYS_NOTHING or value == standing.get(k)}
    theirs, ours = _places(proposed), _places(standing)
    if max(len(theirs), len(ours)) > 1:
        same = [_same_place(place, standing) for place in theirs]
        ranked = [next((p for p, s in zip(theirs, same, strict=True) if s is one), {}) for one in ours]
        rest = [place for place in theirs if not any(place is one for one in ranked)]
        found[PLACE] = [*ranked, *rest]
    return found


def paths_of(values: Any, prefix: str = "") -> Iterator[str]:
    """List the paths of the values of a record, places numbered from 1: `etablissements[1].telephone`."""
    for key, value in values.items():
        path = f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from paths_of(value, f"{path}.")
        elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
            for rank, item in enumerate(value, start=1):
                yield from paths_of(item, f"{path}[{rank}].")
        else:
            yield path


def _gaps(
    values: dict[str, Any], proposed: Mapping[str, Any], written: frozenset[str]
) -> Iterator[tuple[str, str, dict[str, Any] | None, str, Any]]:
    """Yield each value that the list gives and the record lacks: its path in each, and where to put it (or nowhere)."""
    deduced = proposed.get("verification", {}).get("deduits", ())
    for key, value in proposed.items():
        if key in _LEFT or key in deduced or not _is_fit(key, value, values):
            continue
        if not isinstance(value, Mapping):
            if not values.get(key):
                yield key, key, values, key, value
            continue
        target = values[key] = values.get(key) or {}
        for name, text in value.items() if isinstance(target, dict) else ():
            if not target.get(name):
                yield f"{key}.{name}", f"{key}.{name}", target, name, text
    hides = _hides(values, proposed)
    for rank, place in enumerate(proposed[PLACE], start=1):
        target = _same_place(place, values)
        street, other = str(target.get("adresse", "")), place.get("adresse", "")
        is_elsewhere = bool(street and other) and door_key(street) != door_key(other)
        shown = next((at for at, one in enumerate(_places(values), start=1) if one is target), rank)
        for name in _place_gaps(place, target, f"{PLACE}[{rank}].", written, hides=hides) if target else ():
            where = None if is_elsewhere else target
            yield f"{PLACE}[{rank}].{name}", f"{PLACE}[{shown}].{name}", where, name, place[name]


def _is_fit(key: str, value: Any, values: Mapping[str, Any]) -> bool:
    if key == "adresse_confidentielle":
        return value == "oui" and not any(place.get(name) for place in _places(values) for name in SECRET)
    return value not in _SAYS_NOTHING


def _place_gaps(
    place: Mapping[str, str], target: Mapping[str, Any], prefix: str, written: frozenset[str], *, hides: bool
) -> list[str]:
    """List the fields of a place that may be filled."""
    was_removed = not target.get("adresse") and f"{prefix}adresse" in written
    street, other = str(target.get("adresse", "")), place.get("adresse", "")
    is_elsewhere = bool(street) and way_key(street) != way_key(other)
    gaps = [name for name in place if not target.get(name) and name != "municipalite_code"]
    if hides or is_elsewhere:
        gaps = [name for name in gaps if name not in SECRET]
    elif was_removed:  # where the place is was taken away: its address is named as removed, the rest stays out
        gaps = [name for name in gaps if name not in SECRET or f"{prefix}{name}" in written]
    return gaps if set(_POINT) <= set(gaps) else [name for name in gaps if name not in _POINT]


def _hides(values: Mapping[str, Any], proposed: Mapping[str, Any]) -> bool:
    stated = values.get("adresse_confidentielle")
    if "oui" in (stated, proposed.get("adresse_confidentielle")):
        return True
    return stated != "non" and bool(reason_to_hide(str(values.get("nom", ""))))


def _same_place(place: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, Any]:
    """Find the one place of the record that a place of the list is; an empty mapping when it cannot be told."""
    town = place_key(place.get("municipalite", ""))
    found = [one for one in _places(values) if place_key(str(one.get("municipalite", ""))) == town]
    exact = [one for one in found if way_key(str(one.get("adresse", ""))) == way_key(place.get("adresse", ""))]
    return exact[0] if len(exact) == 1 else found[0] if len(found) == 1 else {}


def _places(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    places = values.get(PLACE)
    return [one for one in places if isinstance(one, dict)] if isinstance(places, list) else []
