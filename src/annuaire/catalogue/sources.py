"""Say which sources gave the values of records, and take out of the catalogue those that a site has excluded.

A record says, in `provenances`, which of its fields came from which source; an offer says it in its own
`verification.source`. A value leaves when every source that is said to have given it is excluded: pages, search and
exports, which read the catalogue, then know nothing of it. The files of records keep it.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date as as_day
from pathlib import Path
from typing import Any

from annuaire.catalogue.model import Enterprise
from annuaire.config import OFFICIAL, Settings
from annuaire.records.template import DEFAULTS
from annuaire.schema import Schema
from annuaire.text import french
from annuaire.text.problems import AnnuaireError
from annuaire.text.sites import host_of
from annuaire.yamlfile import formatter, source

UNSURE = "à confirmer"  # in a licence: nobody has read its terms at the source
LISTED = "provenances"


def short_name(name: str) -> str:
    """Name a source in a few words: addresses by their hosts, anything else as it is written."""
    hosts = [host_of(part) for part in name.split(" ; ")]
    return french.enumeration(list(dict.fromkeys(hosts))) if all(hosts) else name


def is_among(name: str, named: Collection[str]) -> bool:
    """Tell whether a source is one of those that a setting names: by its name, or by what stands before a comma in it.

    « Registre des entreprises du Québec » names « Registre des entreprises du Québec, extrait de la Mauricie » too: who
    leaves a source out means all of it.
    """
    return bool(name) and any(name == one or name.startswith(f"{one},") for one in named)


def day_text(date: str) -> str:
    """Write the date of a source: « 7 juin 2025 », « juin 2018 », « 2019 »; nothing for none."""
    if len(date) <= len("2019"):
        return date
    first = as_day.fromisoformat(date if date.count("-") > 1 else f"{date}-01")
    return french.day(first) if date.count("-") > 1 else french.month(first)


@dataclass(frozen=True, slots=True)
class Source:
    """Describe a source in use; `dates` are texts as records write them (a day, a month, a year), sorted.

    `records` counts the enterprises that hold a value from it.
    """

    name: str
    dates: tuple[str, ...]
    licences: tuple[str, ...]
    records: int

    @property
    def is_unsure(self) -> bool:
        """Tell whether its terms are still to be confirmed."""
        return any(UNSURE in licence.casefold() for licence in self.licences)


def sources_of(enterprises: Iterable[Enterprise]) -> tuple[Source, ...]:
    """List the sources that records name, those that gave the most first."""
    dates: dict[str, set[str]] = {}
    licences: dict[str, set[str]] = {}
    holders: dict[str, set[str]] = {}
    for e in enterprises:
        for provenance in e.provenances:
            dates.setdefault(provenance.source, set()).update(filter(None, [provenance.date]))
            licences.setdefault(provenance.source, set()).add(provenance.licence)
            holders.setdefault(provenance.source, set()).add(e.slug)
    found = [
        Source(name, tuple(sorted(dates[name])), tuple(sorted(licences[name])), len(slugs))
        for name, slugs in holders.items()
    ]
    return tuple(sorted(found, key=lambda found: (-found.records, found.name)))


def check(named: Iterable[Source], settings: Settings) -> None:
    """Raise AnnuaireError on a setting that names no source, or on an official publication of unsure terms."""
    known = {each.name: each for each in named}
    where = f"{settings.config_file.name}{french.NBSP}:"
    for key, names in (("sources_exclues", settings.excluded_sources), ("sources_gardees", settings.kept_sources)):
        unknown = next((name for name in names if not any(is_among(one, (name,)) for one in known)), "")
        if unknown:
            listed = "; ".join(sorted(known)) or "aucune"
            raise AnnuaireError(
                f"{where} «\u00a0{key}\u00a0» nomme «\u00a0{unknown}\u00a0», qu’aucune fiche ne cite. "
                f"Sources citées\u00a0: {listed}."
            )
    if settings.publication != OFFICIAL:
        return
    settled = {*settings.excluded_sources, *settings.kept_sources}
    for each in known.values():
        if each.is_unsure and not is_among(each.name, settled):
            raise AnnuaireError(
                f"{where} une publication officielle ne peut pas reprendre «\u00a0{each.name}\u00a0» "
                f"({', '.join(each.licences)}) avant que le Pôle en ait décidé\u00a0: lire sa licence à la source, "
                "puis nommer cette source sous «\u00a0sources_gardees\u00a0» ou «\u00a0sources_exclues\u00a0»."
            )


def without(values: Mapping[str, Any], excluded: Iterable[str], schema: Schema) -> Mapping[str, Any]:
    """Give the values of a record without those that excluded sources alone gave.

    What a record cannot do without says that it is not known (`a-preciser`, `inconnu`); its name and its
    municipality stay, since it would not be one without them.
    """
    refused = frozenset(excluded)
    given = _items(values, LISTED)
    offers = _items(values, "offres")
    if not any(_is_refused(item, refused) for item in given) and not any(_came_from(o, refused) for o in offers):
        return values
    kept: dict[str, Any] = copy.deepcopy(dict(values))
    gone = [name for item in given if _is_refused(item, refused) for name in item.get("champs", ())]
    staying = {name for item in given if not _is_refused(item, refused) for name in item.get("champs", ())}
    for name in gone:
        if name not in staying:
            _take_out(kept, name, schema)
    if offers:
        _put(kept, "offres", [offer for offer in kept.get("offres", ()) if not _came_from(offer, refused)])
    _put(kept, LISTED, [item for item in kept[LISTED] if not _is_refused(item, refused)] if given else [])
    return kept


def published_text(text: str, name: str, excluded: Collection[str], schema: Schema) -> str:
    """Give the text of a record as the form may start from: what excluded sources alone gave is not in it."""
    if not excluded:
        return text
    values = source.parse(text, Path(name)).values
    kept = without(values, excluded, schema)
    if kept is values:
        return text
    ranks = {
        "offres": [rank for rank, item in enumerate(_items(values, "offres"), 1) if not _came_from(item, excluded)],
        LISTED: [rank for rank, item in enumerate(_items(values, LISTED), 1) if not _is_refused(item, excluded)],
    }
    return formatter.rewrite(text, kept, schema, name, ranks)


def drop_changed(before: Mapping[str, Any], after: dict[str, Any], schema: Schema) -> bool:
    """Take out of the provenances of `after`, changed in place, the fields whose value has changed; tell if any was.

    What a person writes did not come from the source of what stood there. What a proposal says anew of a source stays.
    """
    known = _items(before, LISTED)
    kept, is_changed = [], False
    for item in _items(after, LISTED):
        names = item.get("champs", [])
        left = [n for n in names if item not in known or schema.held(before, n) == schema.held(after, n)]
        is_changed = is_changed or left != names
        if left:
            kept.append({**item, "champs": left})
    if is_changed:
        _put(after, LISTED, kept)
    return is_changed


def _came_from(offer: Mapping[str, Any], refused: Collection[str]) -> bool:
    return _is_refused(offer.get("verification", {}), refused)


def _is_refused(item: Mapping[str, Any], refused: Collection[str]) -> bool:
    return is_among(str(item.get("source", "")), refused)


def _take_out(kept: dict[str, Any], name: str, schema: Schema) -> None:
    key, _, inner = name.partition(".")
    table = schema.children.get(key)
    if table is not None:
        if inner:
            path = table.field(inner).path
            if not table.field(inner).required:
                for item in kept.get(key, ()):
                    _delete(item, path)
        elif key != "offres" and not table.required:  # offers say it one by one
            kept.pop(key, None)
        return
    fields = [f for f in schema.root.fields if f.path and name in (f.name, f.path[0])]
    for field in fields:
        if not field.required:
            _delete(kept, field.path)
        elif field.name in DEFAULTS and field.name != "verification_statut":
            kept[field.path[0]] = DEFAULTS[field.name]


def _delete(holder: dict[str, Any], path: tuple[str, ...]) -> None:
    if len(path) == 1:
        holder.pop(path[0], None)
    elif isinstance(holder.get(path[0]), dict):
        holder[path[0]].pop(path[1], None)
        if not holder[path[0]]:
            del holder[path[0]]


def _put(kept: dict[str, Any], key: str, items: list[Any]) -> None:
    if items:
        kept[key] = items
    else:
        kept.pop(key, None)


def _items(values: Mapping[str, Any], key: str) -> list[Any]:
    value = values.get(key)
    return value if isinstance(value, list) else []
