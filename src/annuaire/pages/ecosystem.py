"""Plan the picture of the ecosystem: who helps, by role and by the territory they serve, around the enterprise.

Whole and for each MRC. The list beneath the picture says the same in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from annuaire import schema, urls
from annuaire.catalogue.helping import ORGANISATIONS, living
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.items import Item
from annuaire.pages.drawing import Drawing, Frame, draw
from annuaire.pages.help import HELP_CRUMB, TAB
from annuaire.pages.page import HOME_CRUMB, Link, Page, Plan
from annuaire.places.territories import Mrc
from annuaire.records.collections import BY_NAME, Pages
from annuaire.text import french

MRC, REGION, QUEBEC, ELSEWHERE, UNKNOWN = "mrc", "region", "quebec", "ailleurs", "a-preciser"
DRAWN = (MRC, REGION, QUEBEC)  # from the nearest to the widest


@dataclass(frozen=True, slots=True)
class Role:
    """Gather the organisations of one role."""

    title: str
    organisations: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """Gather the roles of those who serve territories of one width; `anchor` is the id of its title."""

    anchor: str
    title: str
    count: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class EcosystemView:
    """Fill `ecosysteme.html`: the picture, for a wide and a narrow page, what it says in a sentence, the list."""

    title: str
    crumbs: tuple[Link, ...]
    lead: str
    said: str
    wide: Drawing
    narrow: Drawing
    levels: tuple[Level, ...]
    others: tuple[Link, ...]
    address: str


def plans(catalogue: Catalogue) -> Iterator[Plan]:
    """Plan the picture of the site and those of its MRCs; none without organisations."""
    described = BY_NAME.get(ORGANISATIONS)
    if described is None or described.pages is None or not living(catalogue):
        return
    yield Plan(urls.ECOSYSTEM, partial(_page, catalogue, described.pages, None))
    for mrc in catalogue.mrcs:
        yield Plan(urls.ecosystem(mrc.slug), partial(_page, catalogue, described.pages, mrc))


def reach(catalogue: Catalogue, organisation: Item, mrc: Mrc | None = None) -> str:
    """Say how wide a territory an organisation serves, seen from the site or from one of its MRCs."""
    codes = set(organisation.territoires_desservis)
    if not codes:
        return UNKNOWN
    if "quebec" in codes:
        return QUEBEC
    if "region" in codes or (len(catalogue.mrc_codes) > 1 and codes >= catalogue.mrc_codes):
        return REGION
    here = {mrc.code} if mrc else catalogue.mrc_codes
    return MRC if codes & here else ELSEWHERE


def _page(catalogue: Catalogue, pages: Pages, mrc: Mrc | None) -> Page:
    shown = (*DRAWN, *(() if mrc else (ELSEWHERE, UNKNOWN)))
    levels = tuple(_levels(catalogue, pages, mrc, shown))
    drawn = [level for level in levels if level.anchor in DRAWN]
    frames = [Frame(level.anchor, f"{level.title} ({level.count})", _cards(level)) for level in drawn]
    title = f"Qui aide les entreprises {mrc.dans}" if mrc else "L’écosystème de l’économie sociale"
    url = urls.ecosystem(mrc.slug) if mrc else urls.ECOSYSTEM
    here = Link(mrc.titre) if mrc else Link("Écosystème")
    said = "; ".join(f"{level.title}, {level.count}" for level in drawn)
    return Page(
        url=url,
        tab=TAB,
        title=title,
        description=f"{title}{french.NBSP}: les organismes par rôle et par territoire, en image et en liste.",
        template="ecosysteme.html",
        view=EcosystemView(
            title=title,
            crumbs=(HOME_CRUMB, HELP_CRUMB, *((Link("Écosystème", urls.ECOSYSTEM),) if mrc else ()), here),
            lead="Les organismes par rôle, du plus proche au plus large. Leur liste complète suit l’image.",
            said=f"Autour de l’entreprise{french.NBSP}: {said}." if said else "Aucun organisme connu ici.",
            wide=draw(frames, width=760, columns=3),
            narrow=draw(frames, width=360, columns=1),
            levels=levels,
            others=tuple(Link(m.titre, urls.ecosystem(m.slug)) for m in catalogue.mrcs if m != mrc),
            address=url,
        ),
    )


def _levels(catalogue: Catalogue, pages: Pages, mrc: Mrc | None, shown: Sequence[str]) -> Iterator[Level]:
    region = french.enumeration([f"la région {r.de}" for r in catalogue.regions]) if len(catalogue.regions) == 1 else ""
    titles = {
        MRC: french.sentence(mrc.titre) if mrc else "Une MRC ou quelques-unes",
        REGION: french.sentence(f"toute {region}" if region else "toute une région"),
        QUEBEC: "Tout le Québec",
        ELSEWHERE: "Ailleurs au Québec",
        UNKNOWN: "Territoire à préciser",
    }
    labels = schema.load(ORGANISATIONS).root.field("genre").labels
    for level in shown:
        found = [one for one in living(catalogue) if reach(catalogue, one, mrc) == level]
        roles = (
            (label, tuple(Link(o.name, urls.item(pages.address, o.slug)) for o in found if o.genre == value))
            for value, label in labels.items()
        )
        if found:
            count = french.count(len(found), "organisme")
            yield Level(level, titles[level], count, tuple(Role(label, own) for label, own in roles if own))


def _cards(level: Level) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((role.title, tuple(link.text for link in role.organisations)) for role in level.roles)
