"""Plan the pages on how to buy: which mode of purchase, whose turn it is.

The table of rules is complete without scripts. The browser judges a purchase itself, on its own day, from the same
rules; this page says only what each one is worth on the reference date of the site.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.thresholds import AHEAD, BY_LAW, CURRENT, EXEMPTION, EXPIRED, UNSURE, Threshold
from annuaire.pages.page import BUY_CRUMB, HOME_CRUMB, Link, Page, Plan
from annuaire.pages.reference import Version
from annuaire.records.collections import THRESHOLDS
from annuaire.schema import load
from annuaire.text import french
from annuaire.text.markup import json_block
from annuaire.text.names import sort_key

TITLE = "Quel mode d’achat?"
ROTATION_TITLE = "Rotation des fournisseurs"
STATES: Mapping[str, tuple[str, str]] = {  # state -> its words, the kind of its badge
    CURRENT: ("En vigueur", "ok"),
    AHEAD: ("À venir", "plain"),
    EXPIRED: ("Expiré", "closed"),
    UNSURE: ("À vérifier", "wait"),
}
_EXAMPLES = {  # kinds of buyers who would not know themselves by their label
    "organisme-public": "Centre de services scolaire, cégep, hôpital…",
}
_GROUPS = (
    ("seuil", "Seuils", "Aucun seuil n’est inscrit."),
    (EXEMPTION, "Exemptions", "Aucune exemption n’est inscrite\u00a0: l’équipe les entre avec leur source."),
    (
        BY_LAW,
        "Règlements de gestion contractuelle",
        "Aucun règlement n’est inscrit\u00a0: vous pouvez indiquer le vôtre.",
    ),
)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """Hold one rule in words; `state` is what it is worth on the reference date: words and kind of badge."""

    title: str
    who: str
    mode: str
    contracts: str
    amount: str
    invites: str
    condition: str
    period: str
    state: tuple[str, str]
    reference: str
    source: str
    href: str
    checked: str
    note: str


@dataclass(frozen=True, slots=True)
class ModeView:
    """Fill `mode.html`; `data` serves the script.

    `bodies` are kinds of buyers (slug, label, examples by which they recognise themselves); `places` are municipalities
    and MRCs (label, municipality, MRC).
    """

    crumbs: tuple[Link, ...]
    bodies: tuple[tuple[str, str, str], ...]
    contracts: Mapping[str, str]
    places: tuple[tuple[str, str, str], ...]
    categories: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    groups: tuple[tuple[str, str, tuple[RuleRow, ...]], ...]
    date: str
    data: str


@dataclass(frozen=True, slots=True)
class RotationView:
    """Fill `rotation.html`: the version of the data is part of the seed."""

    crumbs: tuple[Link, ...]
    version: Version


def plans(catalogue: Catalogue, version: Version) -> Iterator[Plan]:
    """Plan both pages."""
    yield Plan(urls.MODE, lambda: _mode(catalogue, version))
    yield Plan(urls.ROTATION, lambda: _rotation(version))


def _mode(catalogue: Catalogue, version: Version) -> Page:
    day = version.date.date()
    rows = [(rule, _row(rule, day)) for rule in catalogue.thresholds]
    data = {
        "regles": [_data(rule, row, catalogue) for rule, row in rows],
        "modes": _labels("mode"),
        "organismes": _labels("organismes"),
        "contrats": _labels("contrats"),
        "etats": {state: list(words) for state, words in STATES.items()},
        "formes": {form.slug: form.libelle for form in catalogue.vocabularies.forms.values()},
    }
    return Page(
        url=urls.MODE,
        tab="acheter",
        title=TITLE,
        description="Gré à gré, invitation ou appel public\u00a0: ce que disent règlement, exemptions et seuils.",
        template="mode.html",
        view=ModeView(
            crumbs=(HOME_CRUMB, BUY_CRUMB, Link(TITLE)),
            bodies=tuple((slug, label, _EXAMPLES.get(slug, "")) for slug, label in _labels("organismes").items()),
            contracts=_labels("contrats"),
            places=tuple(_places(catalogue)),
            categories=tuple(offered(catalogue)),
            groups=tuple(
                (title, none, tuple(row for rule, row in rows if rule.genre == kind)) for kind, title, none in _GROUPS
            ),
            date=french.day(day),
            data=json_block(data),
        ),
    )


def _rotation(version: Version) -> Page:
    return Page(
        url=urls.ROTATION,
        tab="acheter",
        title=ROTATION_TITLE,
        description="Inviter d’abord qui l’a été le moins récemment, avec un tirage que chacun peut refaire.",
        template="rotation.html",
        view=RotationView((HOME_CRUMB, BUY_CRUMB, Link(ROTATION_TITLE)), version),
    )


def _labels(name: str) -> Mapping[str, str]:
    return load(THRESHOLDS).root.field(name).labels


def _places(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """List the municipalities of the site, then its MRCs, each under one label that names nothing else.

    A city that is its own territory stands once, as the municipality: its name alone must find its by-law.
    """
    found = []
    for mrc in catalogue.mrcs:
        towns = [town for town in catalogue.territories.municipality_by_code.values() if town.mrc == mrc.code]
        found += [
            (town.nom if town.nom == mrc.titre else f"{town.nom} ({mrc.titre})", town.code, mrc.code) for town in towns
        ]
        if all(town.nom != mrc.titre for town in towns):
            found.append((mrc.titre, "", mrc.code))
    named: dict[str, int] = {}
    for label, _, _ in found:
        named[label] = named.get(label, 0) + 1
    for text, code, mrc_code in sorted(found, key=lambda place: (not place[1], sort_key(place[0]), place[1])):
        aside = f", {catalogue.territories.municipality_by_code[code].designation}" if code and named[text] > 1 else ""
        yield text + aside, code, mrc_code


def offered(catalogue: Catalogue) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """List the categories that have an offer, by group."""
    offered = {offer.categorie for enterprise in catalogue.listed for offer in enterprise.offres}
    words = catalogue.vocabularies
    for group, label in words.groups.items():
        own = [c for c in words.categories.values() if c.groupe == group and c.slug in offered]
        if own:
            yield label, tuple((c.slug, c.libelle) for c in sorted(own, key=lambda c: sort_key(c.libelle)))


def _row(rule: Threshold, day: date) -> RuleRow:
    bodies, contracts = _labels("organismes"), _labels("contrats")
    return RuleRow(
        title=rule.titre,
        who=french.enumeration([bodies[body] for body in rule.organismes]),
        mode=_labels("mode")[rule.mode],
        contracts=french.enumeration([contracts[kind] for kind in rule.contrats]),
        amount=_amount(rule),
        invites=f"au moins {french.count(rule.invites, 'fournisseur')}" if rule.invites else "",
        condition=rule.condition,
        period=period(rule),
        state=STATES[rule.state(day)],
        reference=rule.reference,
        source=rule.source or rule.source_url,
        href=rule.source_url,
        checked=french.day(rule.verifie_le) if rule.verifie_le else "",
        note=rule.note,
    )


def _amount(rule: Threshold) -> str:
    """Write the amount: « à partir de 25 000 $ », « moins de 60 000 $ »; an exemption may have none."""
    low, high = (None if value is None else dollars(value) for value in (rule.a_partir_de, rule.moins_de))
    if rule.plafond:
        named = "sous le seuil décrété par le ministre"
        return f"à partir de {low}, {named}" if low else named
    if low and high:
        return f"de {low} à moins de {high}"
    if low or high:
        return f"à partir de {low}" if low else f"moins de {high}"
    return "" if rule.genre == EXEMPTION else "montant à vérifier"


def dollars(value: int) -> str:
    """Write an amount in whole dollars: « 25 000 $ »."""
    return f"{french.number(value)}{french.NBSP}$"


def period(rule: Threshold) -> str:
    """Say when a rule is in force: « du 7 octobre 2022 au 31 décembre 2023 », « de 2018 à 2020 »."""
    start, end = rule.en_vigueur_du, rule.en_vigueur_au
    if not start and not end:
        return "dates d’entrée en vigueur à vérifier"
    if not end:
        return f"depuis le {_day(start)}" if len(start) > 4 else f"depuis {start}"
    last = f"{'au' if len(end) > 4 else 'à'} {_day(end)}"
    if not start:
        return f"jusqu’{last}"
    return f"{'du' if len(start) > 4 else 'de'} {_day(start)} {last}"


def _day(text: str) -> str:
    return french.day(date.fromisoformat(text)) if len(text) > 4 else text


def _data(rule: Threshold, row: RuleRow, catalogue: Catalogue) -> dict[str, Any]:
    """Give one rule as the script reads it: its own fields, its municipality's code, and its words."""
    fields = {key: value for key, value in asdict(rule).items() if value not in (None, "", ())}
    town = catalogue.territories.municipality(rule.municipalite, rule.municipalite_code) if rule.municipalite else None
    if town is not None:
        fields["commune"] = town.code
    if rule.verifie_le is not None:
        fields["verifie_le"] = rule.verifie_le.isoformat()
    checked = f"Vérifié le {row.checked}" if row.checked else "Jamais vérifié à la source"
    words = {"montant": row.amount, "periode": row.period, "verifie": checked, "source": row.source}
    return {**fields, "texte": words}
