"""Write what « Trouver de l’aide » reads in the browser, `/aide/aide.json`: who can help, and whom to ask for the rest.

A record holds short keys: `n` name, `u` address, `g` kind, `w` where, `q` stages in words, `r` its sentence; `c`
collection, `b` needs, `d` stages, `t` territories (1 for all of Québec, 0 when nobody said where), `e`, `f` its state,
`l` when it is a shared place, `j` how to reach it, `v` its town when nobody knows how, `p` through whom, `s` the
territories around it when nobody said which it serves. How it is judged is `theme/js/help/judge.js`.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from annuaire.catalogue.helping import GROUPS, ORGANISATIONS, PREMISES, Helper, help_of
from annuaire.catalogue.index import Catalogue
from annuaire.exports.purchase import compact
from annuaire.pages import help as pages
from annuaire.pages.page import Outside
from annuaire.text.typography import plain

FORMAT = 1
EVERYWHERE, NOWHERE_SAID = 1, 0
COMMUNITY = "cdc"  # the kind of organisation to which community action turns


def to_json(catalogue: Catalogue) -> str:
    """Write the helpers as one JSON object."""
    return compact(content(catalogue)) + "\n"


def content(catalogue: Catalogue) -> dict[str, Any]:
    """Gather the helpers, the words of groups, and whom to ask in each territory."""
    found = help_of(catalogue)
    asked = {mrc.code: found.to_ask(mrc.code) for mrc in found.mrcs}
    near = {mrc.code: tuple(found.serving(COMMUNITY, mrc.code)) for mrc in found.mrcs}
    known = list({item.slug: item for items in (*asked.values(), *near.values()) for item in items}.values())
    ranks = {item.slug: rank for rank, item in enumerate(known)}
    return {
        "format": FORMAT,
        "groupes": [[group, *pages.GROUPS[group]] for group in GROUPS],
        "prudence": pages.UNCHECKED,
        "absence": {"besoin": PREMISES, "phrase": pages.NO_SHARED_PLACE},
        "territoires": {
            mrc.code: {
                "titre": mrc.titre,
                "dans": mrc.dans,
                "demander": [ranks[item.slug] for item in asked[mrc.code]],
                "cdc": [ranks[item.slug] for item in near[mrc.code]],
            }
            for mrc in found.mrcs
        },
        "fiches": [_helper(catalogue, one, set(asked)) for one in found.helpers],
        "repondants": [_shown(pages.helper_row(catalogue, ORGANISATIONS, item)) for item in known],
    }


def _helper(catalogue: Catalogue, one: Helper, asked: Set[str]) -> dict[str, Any]:
    where: Any = EVERYWHERE if one.is_everywhere else sorted(one.mrcs) if one.is_placed else NOWHERE_SAID
    own = {"c": one.stands_with, "b": one.needs, "t": where}
    if one.stages:
        own["d"] = one.stages
    if not one.is_placed and one.maybe is not None:
        own["s"] = sorted(one.maybe & asked)
    if one.is_shared_place:
        own["l"] = 1
    return _shown(pages.row_of(catalogue, one)) | own


def _shown(row: pages.HelperRow) -> dict[str, Any]:
    contact = row.reach
    links: dict[str, Outside | None] = {"tel": contact.phone, "courriel": contact.email, "site": contact.site}
    reach: dict[str, Any] = {key: [link.text, link.href] for key, link in links.items() if link}
    if contact.file:
        reach["fichier"] = [plain(contact.file.text), contact.file.url]
    if contact.address:
        reach["adresse"] = plain(contact.address)
    words: dict[str, Any] = {
        "n": plain(row.link.text),
        "u": row.link.url,
        "g": row.kind,
        "w": plain(row.where),
        "q": row.stages,
        "r": plain(row.summary),
        "j": reach,
        "v": row.town,
        "p": [plain(contact.through.text), contact.through.url] if contact.through else None,
    }
    if row.state and row.state.kind == "closed":
        words |= {"e": row.state.kind, "f": plain(row.state.sentence)}
    return {key: value for key, value in words.items() if value}
