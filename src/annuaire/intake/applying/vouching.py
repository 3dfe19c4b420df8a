"""Say what a confirmation writes in a record, and set aside one that no longer holds.

An enterprise confirms what it read: a record, or an offer, that others have changed since is not what it confirmed.
Whoever confirms, the staff still accepts; nothing here judges a record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from annuaire.catalogue import differences
from annuaire.catalogue.sources import LISTED
from annuaire.intake.applying.merging import items
from annuaire.intake.applying.proposal import Proposal, Setting, Target, is_item, value_at
from annuaire.records.collections import COLLECTIONS
from annuaire.records.reading import as_day
from annuaire.schema import Schema
from annuaire.shared import SHARED
from annuaire.text.problems import AnnuaireError

_FORM: Mapping[str, Any] = SHARED["correction"]
SENDER: str = _FORM["qui"]  # the path of the line that says who writes
CONFIRMED: str = _FORM["confirme"]  # that of the line that says what is confirmed, and on which day
_IN_THE_NAME: str = _FORM["auNom"]
ROLES: Sequence[str] = _FORM["fonctions"]  # never a text of its own: nobody can write a name there
RECORD: str = _FORM["laFiche"]
_OFFER = re.compile(r"offres\.(.{1,20})")
_GROUP = "verification"
_OWN_WORDS = ("statut", "anciens_slugs", "fusionnee_avec", "adhesion")  # said by the team, not by a list
_LISTS = ("etablissements",)  # an offer names its own source
UNSAID = "conditions non précisées"  # the terms of a source of which only the name was kept


def sender_of(said: str) -> str:
    """Read who writes (`au nom de l’entreprise, direction`); raise AnnuaireError on what the form cannot say."""
    own: dict[str, str] = {}
    for one in COLLECTIONS:
        owner = f"{_IN_THE_NAME} {one.of_the}"
        own |= {owner: one.the, **{f"{owner}, {role}": f"{one.the} ({role})" for role in ROLES}}
    if said not in own:
        raise AnnuaireError(
            "qui écrit n’y est pas dit comme le formulaire le dit\u00a0: demander de nouveau la correction"
        )
    return own[said]


def source_of(sender: str) -> str:
    """Name the source of what an enterprise confirmed with the form."""
    return f"Formulaire du site, au nom de {sender}"


def of_record(schema: Schema, day: str, by: str, source: str = "", origin: str = "") -> Iterator[Setting]:
    """Yield what a record takes when somebody vouches for it: nothing in it is a guess any more."""
    root = schema.root
    yield Setting(Target(root.field("verification_statut")), "confirmee")
    yield Setting(Target(root.field("verification_date")), day, origin)
    yield Setting(Target(root.field("verification_par")), by)
    if source:
        yield Setting(Target(root.field("verification_source")), source)
    yield Setting(Target(root.field("verification_deduits")), None)


def of_offer(schema: Schema, item: str, day: str, source: str) -> Iterator[Setting]:
    """Yield what an offer takes when somebody vouches for it; `item` is its name in a proposal."""
    by_path = schema.children["offres"].by_path
    for name, value in (("statut", "confirmee"), ("date", day), ("source", source)):
        yield Setting(Target(by_path[(_GROUP, name)], "offres", item), value)


def settings_of(said: str, sender: str, schema: Schema) -> list[Setting]:
    """Read the line of the form that confirms (`2026-11-29 | fiche | offres.2`); raise AnnuaireError on another one."""
    day, *parts = said.split(_FORM["separateur"])
    if (
        not schema.root.by_path.get((_GROUP, "statut"))
        or as_day(day) is None
        or not parts
        or not sender
        or len(set(parts)) < len(parts)
    ):
        raise _unreadable()
    found: list[Setting] = []
    for part in parts:
        offer = _OFFER.fullmatch(part)
        if part == RECORD:
            found += of_record(schema, day, "entreprise", source_of(sender))
        elif offer and is_item(offer.group(1)):
            found += of_offer(schema, offer.group(1), day, source_of(sender))
        else:
            raise _unreadable()
    return found


def _unreadable() -> AnnuaireError:
    return AnnuaireError(
        "ce qu’elle confirme n’est pas écrit comme le formulaire l’écrit\u00a0: demander de nouveau la correction"
    )


def keep_source(before: Mapping[str, Any], after: dict[str, Any], schema: Schema) -> bool:
    """Name in the provenances of `after`, changed in place, what vouched for a record that is confirmed by now.

    It stays the source of what did not change and that no other source is said to have given; tell if it was named.
    """
    former, source = before.get(_GROUP), _source(before)
    if not source or _is_confirmed(before) or not _is_confirmed(after) or _source(after) in ("", source):
        return False
    listed = items(after.get(LISTED))
    credited = {name for item in listed for name in item.get("champs", ()) if isinstance(name, str)}
    own = [f.name for f in schema.root.fields if f.path and f.path[0] not in (_GROUP, *_OWN_WORDS)]
    deduced = former.get("deduits") if isinstance(former, dict) else None
    guessed = deduced if isinstance(deduced, list) else []
    names = [
        name
        for name in (*own, *_LISTS)
        if name not in credited
        and name not in guessed
        and (held := schema.held(after, name)) not in ([], [None], None)
        and held == schema.held(before, name)
    ]
    if names:
        after[LISTED] = [*listed, {"champs": names, "source": source, "licence": UNSAID}]
    return bool(names)


def _source(values: Mapping[str, Any]) -> str:
    group = values.get(_GROUP)
    found = group.get("source") if isinstance(group, dict) else ""
    return found if isinstance(found, str) else ""


def still_holding(
    proposal: Proposal, base: Mapping[str, Any], current: Mapping[str, Any]
) -> tuple[Proposal, list[str]]:
    """Give a proposal without what it confirms of a record that others changed since, and say so in a list."""
    if proposal.is_from_staff or not any(_is_own(setting) for setting in proposal.settings):
        return proposal, []
    now = items(current.get("offres"))
    changed = [str(rank) for rank, offer in enumerate(items(base.get("offres")), start=1) if offer not in now]
    is_same = _bare(base) == _bare(current) and base.get(_GROUP) == current.get(_GROUP)
    said = _already_said(proposal, base, current)
    kept = tuple(
        setting
        for setting in proposal.settings
        if not _is_own(setting)
        or setting.target.item in said
        or (setting.target.item not in changed if setting.target.table else is_same)
    )
    if kept == proposal.settings:
        return proposal, []
    told = "la confirmation\u00a0: la fiche a changé depuis ce qui a été lu; la redemander à l’entreprise"
    return replace(proposal, settings=kept), [told]


def _already_said(proposal: Proposal, base: Mapping[str, Any], current: Mapping[str, Any]) -> set[str]:
    """Name the items, the record being `""`, of which what is confirmed stands already: it was applied before."""
    offers, now = items(base.get("offres")), items(current.get("offres"))
    where = differences.match(offers, now)
    said: dict[str, bool] = {}
    for setting in filter(_is_own, proposal.settings):
        item = setting.target.item
        rank = where.get(int(item) - 1) if item.isdigit() else None
        holder = (now[rank] if rank is not None else {}) if setting.target.table else current
        said[item] = said.get(item, True) and value_at(holder, setting.target.field.path) == setting.value
    return {item for item, is_said in said.items() if is_said}


def unconfirmed(values: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Give values without the confirmations that they add to those of `before`."""
    found = dict(values)
    if _is_confirmed(values) and values.get(_GROUP) != before.get(_GROUP):
        found[_GROUP] = before.get(_GROUP, {"statut": "a-confirmer"})
    former = [(offer.get("nom"), offer.get(_GROUP)) for offer in items(before.get("offres"))]
    offers = [
        {key: value for key, value in offer.items() if key != _GROUP}
        if _is_confirmed(offer) and (offer.get("nom"), offer[_GROUP]) not in former
        else offer
        for offer in items(values.get("offres"))
    ]
    return {**found, "offres": offers} if offers else found


def _is_confirmed(item: Mapping[str, Any]) -> bool:
    group = item.get(_GROUP)
    return isinstance(group, dict) and group.get("statut") == "confirmee"


def _is_own(setting: Setting) -> bool:
    return setting.target.field.path[0] == _GROUP


def _bare(value: Any) -> Any:
    """Leave out what says who vouched for a record, and for its offers."""
    if isinstance(value, dict):
        return {key: _bare(inner) for key, inner in value.items() if key != _GROUP}
    return [_bare(inner) for inner in value] if isinstance(value, list) else value
