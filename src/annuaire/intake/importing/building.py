"""Build the values of a record from the rows of one enterprise.

Values read in the source win over values deduced from the name; the first row wins over the rows merged
with it, and what they said otherwise is told, field by field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from annuaire.intake.importing import offers, status
from annuaire.intake.importing.cleaning import SEPARATOR
from annuaire.intake.importing.deductions import NameRule, deduce
from annuaire.intake.importing.filling import NOT_THERE
from annuaire.intake.importing.identity import Group
from annuaire.intake.importing.mapping import ImportMapping
from annuaire.intake.importing.places import door_key, has_generic
from annuaire.intake.importing.rows import POINT, PRIVATE, STREET, Candidate
from annuaire.intake.importing.targets import OFFERS, PLACE, TERRITORY
from annuaire.places.territories import Territories
from annuaire.places.vocabularies import TO_SPECIFY
from annuaire.text.names import fold

A_FEW_METRES = 0.002  # degrees
_OTHERS = "secteurs_secondaires"
_VERIFICATION = "verification."
_BARE = re.compile(r"^https?://(www\.)?")
Values = dict[str, Any]


def build(
    group: Group,
    mapping: ImportMapping,
    rules: Sequence[NameRule],
    territories: Territories,
    categories: offers.Categories,
    lists: frozenset[str] = frozenset(),
) -> tuple[Values, dict[int, list[str]]]:
    """Give the record of a group, and what each merged row said otherwise (by row number).

    `lists` names the paths whose value is a list.
    """
    held, conflicts = _merged(group)
    flat = held[group.first.number]
    flat["nom"] = group.first.published_name
    notes = _complete(flat, mapping.constants)
    deduced = _deduced(flat, group, rules, mapping)
    if group.is_confidential:
        flat["adresse_confidentielle"] = "oui"
        flat = {path: value for path, value in flat.items() if path not in PRIVATE}
    elif any(row.decision and row.decision.adresse_publique for row in group.rows):
        flat["adresse_confidentielle"] = "non"
    places = [_place(group.first, flat, territories)]
    places += [_place(row, _of_place(row, held[row.number], group), territories) for row in group.places]
    if group.is_confidential:
        places = [{name: value for name, value in place.items() if name not in _hidden()} for place in places]
    root: Values = {path: value for path, value in flat.items() if not path.startswith((PLACE + ".", OFFERS + "."))}
    root |= {path: value.split(SEPARATOR) for path, value in flat.items() if path in root and path in lists}
    _drop_repeated(root)
    nested: Values = {PLACE: places}
    conflicts.setdefault(group.first.number, []).extend(notes)
    offered = _offers(group, mapping, categories, lists, conflicts)
    if offered:
        nested[OFFERS] = offered
    for path, value in root.items():
        key, _, name = path.partition(".")
        if name:
            nested.setdefault(key, {})[name] = value
        else:
            nested[key] = value
    if deduced:
        nested.setdefault("verification", {})["deduits"] = deduced
    return nested, conflicts


def _offers(
    group: Group,
    mapping: ImportMapping,
    categories: offers.Categories,
    lists: frozenset[str],
    conflicts: dict[int, list[str]],
) -> list[dict[str, Any]]:
    """Unite the offers of every row, each once; tell, by row number, what was left of them."""
    said = {path: value for path, value in mapping.constants.items() if path.startswith(f"{OFFERS}.")}
    column = next((column for column, path in mapping.columns.items() if path == f"{OFFERS}.nom"), "")
    found: dict[tuple[str, str], dict[str, Any]] = {}

    def category(word: str) -> tuple[str, str]:
        return categories(mapping.meant(column, word) or word)

    for row in (group.first, *group.others):
        offered, unsaid = offers.read({**said, **row.values}, mapping.title, category, lists)
        for offer in offered:
            found.setdefault((fold(offer["nom"]), offer["categorie"]), offer)
        conflicts.setdefault(row.number, []).extend(unsaid)
    return list(found.values())


def _complete(flat: dict[str, str], constants: Mapping[str, str]) -> list[str]:
    """Give what the mapping says of every record where the list says nothing; tell what a list may not say."""
    notes = status.settle(flat, constants.get(status.STATUS, ""))
    for path, value in constants.items():
        if path.startswith(_VERIFICATION) and flat.get(path, value) != value:  # who checked is not for a list to say
            notes.append(f"{path}\u00a0: «\u00a0{value}\u00a0» gardé, «\u00a0{flat.pop(path)}\u00a0» laissé")
        if path != TERRITORY:
            flat.setdefault(path, value)
    return notes


def _drop_repeated(root: Values) -> None:
    """Take the main sector out of the others."""
    others = [sector for sector in root.pop(_OTHERS, ()) if sector != root.get("secteur")]
    if others:
        root[_OTHERS] = others


def _merged(group: Group) -> tuple[dict[int, dict[str, str]], dict[int, list[str]]]:
    """Fill the gaps of the first row and of each place, by row number; list, by row number, what others say otherwise.

    What is of a place goes to the place it is said of. Offers are left aside: they add up.
    """
    hidden = frozenset(PRIVATE) if group.is_confidential else frozenset()
    held = {
        row.number: {path: value for path, value in row.values.items() if path not in hidden}
        for row in (group.first, *group.places)
    }
    flat = held[group.first.number]
    conflicts: dict[int, list[str]] = {}
    for row in group.others:
        notes = conflicts.setdefault(row.number, [])
        values = {path: value for path, value in row.values.items() if path != "nom" and path not in hidden}
        values = {path: value for path, value in values.items() if not path.startswith(f"{OFFERS}.")}
        of_place = {path: values.pop(path) for path in list(values) if path.startswith(f"{PLACE}.")}
        if row not in group.places:  # what is of its place stays there
            host = _host(row, group)
            if host is None:
                notes.extend(_left(flat, of_place, row, group.first))
            else:
                _fill(held[host.number], of_place, notes)
        _fill(flat, values, notes)
    return held, conflicts


def _host(row: Candidate, group: Group) -> Candidate | None:
    """Find the row whose place a merged row speaks of: same town and street; None when it says another, or any."""
    there = [one for one in (group.first, *group.places) if one.municipality == row.municipality]
    said = row.values.get(STREET, "")
    same = [one for one in there if door_key(one.values.get(STREET, "")) == door_key(said)]
    same = same or [one for one in there if not said or not one.values.get(STREET)]
    return same[0] if len(same) == 1 or (same and said) else None


def _fill(flat: dict[str, str], values: Mapping[str, str], notes: list[str]) -> None:
    """Fill the gaps of a record or of a place with what a merged row says of it; note what it says otherwise."""
    kept, said = flat.get(STREET, ""), values.get(STREET, "")
    if said and not has_generic(kept):
        flat[STREET] = said
    for path, value in values.items():
        if path not in flat:
            flat[path] = value
        elif path != STREET and _differ(path, flat[path], value):
            name = path.removeprefix(f"{PLACE}.")
            notes.append(f"{name}\u00a0: «\u00a0{flat[path]}\u00a0» gardé, «\u00a0{value}\u00a0» laissé")


def _left(flat: Mapping[str, str], values: Mapping[str, str], row: Candidate, first: Candidate) -> Iterator[str]:
    """Tell what is left of a merged row that speaks of another place than those of its enterprise, or of any."""
    kept, said = flat.get(STREET, ""), values.get(STREET, "")
    town = row.municipality.nom if row.municipality else ""
    if row.municipality != first.municipality and first.municipality is not None:
        yield f"municipalite\u00a0: «\u00a0{first.municipality.nom}\u00a0» gardée, «\u00a0{town}\u00a0» laissée"
    if kept and said:
        yield f"adresse\u00a0: «\u00a0{kept}\u00a0» gardée, «\u00a0{said}\u00a0» laissée"
    for path, value in values.items():
        name = path.removeprefix(f"{PLACE}.")
        is_told = path == STREET and bool(kept)
        if is_told or path in POINT or (path in flat and not _differ(path, flat[path], value)):
            continue
        yield f"{name}\u00a0: «\u00a0{value}\u00a0» laissé, {NOT_THERE}"


def _differ(path: str, one: str, other: str) -> bool:
    """Tell whether two values of a field are worth telling apart: not « www. », nor a few metres."""
    if path in POINT:
        return abs(float(one) - float(other)) > A_FEW_METRES
    return _BARE.sub("", one).rstrip("/") != _BARE.sub("", other).rstrip("/")


def _deduced(flat: dict[str, str], group: Group, rules: Sequence[NameRule], mapping: ImportMapping) -> list[str]:
    """Fill the sector and the legal form; list the fields that were deduced rather than read."""
    found = deduce(flat["nom"], rules)
    decision = group.first.decision
    settled = {
        "secteur": (decision.secteur, decision.secteur_source) if decision else ("", ""),
        "forme_juridique": (decision.forme_juridique, decision.forme_source) if decision else ("", ""),
    }
    deduced = sorted(name for name in mapping.interpreted if name in flat)
    for name, guess in (("forme_juridique", found.form), ("secteur", found.sector)):
        value, origin = settled[name]
        if value:
            flat[name] = value
            is_read = origin == "source"
        else:
            is_read = name in flat
            flat.setdefault(name, guess or TO_SPECIFY)
        if not is_read and flat[name] != TO_SPECIFY:
            deduced.append(name)
    return deduced


def _of_place(row: Candidate, held: Mapping[str, str], group: Group) -> dict[str, str]:
    """Give the values of a row that is one more place, which has a name when it is not that of the enterprise."""
    own = row.values.get(f"{PLACE}.nom", "") or row.published_name
    values = {path: value for path, value in held.items() if path != f"{PLACE}.nom"}
    return values if own == group.first.published_name else {**values, f"{PLACE}.nom": own}


def _place(row: Candidate, flat: Mapping[str, str], territories: Territories) -> dict[str, str]:
    place = {path.removeprefix(PLACE + "."): value for path, value in flat.items() if path.startswith(PLACE + ".")}
    if row.municipality is not None:
        place["municipalite"] = row.municipality.nom
        if len(territories.by_name[row.municipality.nom]) > 1:
            place["municipalite_code"] = row.municipality.code
    return place


def _hidden() -> frozenset[str]:
    return frozenset(path.removeprefix(PLACE + ".") for path in PRIVATE)
