"""Plan « Trouver de l’aide »: the question, and the crossed listings that say the same without a script.

Who answers is judged in `annuaire.catalogue.helping`; the browser judges the same records (`annuaire.exports.help`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from annuaire import schema, urls
from annuaire.catalogue.helping import (
    COLLECTIONS,
    INCOMPLETE,
    NEAR,
    ORGANISATIONS,
    OVER,
    PREMISES,
    PROGRAMMES,
    TOOLS,
    UNPLACED,
    Contact,
    Help,
    Helper,
    help_of,
    living,
)
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.items import Item
from annuaire.pages.collection import serves
from annuaire.pages.page import HOME_CRUMB, Link, Page, Plan
from annuaire.pages.reach import Reach, State, reach, record_link, stages_text, state_of
from annuaire.places.territories import Mrc
from annuaire.records.collections import BY_NAME, ENTERPRISES
from annuaire.text import french

TITLE = "Trouver de l’aide"
TAB = "aide"
HELP_CRUMB = Link(TITLE, urls.HELP)
GROUPS: Mapping[str, tuple[str, str]] = {  # group of answers -> its title, what is said of it
    ORGANISATIONS: ("Organismes", ""),
    PROGRAMMES: ("Programmes et financement", ""),
    TOOLS: ("Outils", ""),
    NEAR: ("Près de vous, à compléter", "Ils desservent ce territoire; nos sources ne disent pas comment les joindre."),
    UNPLACED: ("Territoire à confirmer", "Nos sources ne disent pas où ils servent\u00a0: à demander."),
    INCOMPLETE: ("À compléter", "Nos sources ne disent pas comment les joindre."),
    OVER: ("Fermés ou terminés", "Pour mémoire\u00a0: on ne peut plus s’en servir."),
}
NO_SHARED_PLACE = "Aucun lieu partagé n’est connu sur ce territoire\u00a0: demandez-le aussi à ceux qui suivent."
UNCHECKED = "La plupart de ces fiches viennent de documents publics et restent à confirmer\u00a0: appelez d’abord."
PROJECT_TITLE = "Mon projet est-il de l’économie sociale?"
SHARING = "Entreprise qui partage ou loue des locaux"
_EACH = "Chacun dit ce qu’il peut faire et comment le joindre."
_KINDS = {ORGANISATIONS: "genre", PROGRAMMES: "genre", TOOLS: "theme"}


@dataclass(frozen=True, slots=True)
class HelperRow:
    """Show who can help in a line: what for, where and when, and how to reach it.

    `town` is where it is, of one that nobody knows how to reach; `is_again` when the same page said it above: on paper
    its name is then enough.
    """

    link: Link
    kind: str
    where: str
    stages: str
    summary: str
    reach: Reach
    state: State | None
    town: str
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """Gather rows under a title; `note` says what sets them apart."""

    title: str
    anchor: str
    note: str
    rows: tuple[HelperRow, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """Fill `aide.html`: the choices of the question, then the listings; `territories` go by region."""

    crumbs: tuple[Link, ...]
    needs: Mapping[str, str]
    stages: Mapping[str, str]
    territories: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    by_need: tuple[Link, ...]
    by_territory: tuple[Link, ...]
    collections: tuple[tuple[Link, str], ...]
    has_picture: bool


@dataclass(frozen=True, slots=True)
class ProjectView:
    """Fill `mon-projet.html`, which holds the questions and the results: only the territories come from the site."""

    crumbs: tuple[Link, ...]
    territories: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class CrossedView:
    """Fill `aide-liste.html`: who helps with a need, or in a territory; `ask` are those to turn to for the rest."""

    title: str
    crumbs: tuple[Link, ...]
    lead: str
    count: str
    unchecked: str
    nothing: str
    groups: tuple[Answers, ...]
    ask: tuple[HelperRow, ...]
    asked: str
    others_title: str
    others: tuple[Link, ...]


def plans(catalogue: Catalogue) -> Iterator[Plan]:
    """Plan the question and its listings."""
    found = help_of(catalogue)
    yield Plan(urls.HELP, lambda: _question(catalogue, found))
    yield Plan(urls.PROJECT, lambda: _project(found))
    for need in found.needs:
        yield Plan(urls.help_need(need), partial(_by_need, catalogue, found, need))
    for mrc in found.mrcs:
        yield Plan(urls.help_in(mrc.slug), partial(_by_territory, catalogue, found, mrc))


def row_of(catalogue: Catalogue, one: Helper) -> HelperRow:
    """Make the row of a helper."""
    return _row(catalogue, one.collection, one.item, one.contact)


def helper_row(catalogue: Catalogue, collection: str, item: Item) -> HelperRow:
    """Make the row of a record that can help."""
    return _row(catalogue, collection, item, help_of(catalogue).contact(collection, item))


def _row(catalogue: Catalogue, collection: str, item: Item, contact: Contact) -> HelperRow:
    if collection == ENTERPRISES:
        kind = SHARING
    else:
        field = schema.load(collection).root.field(_KINDS[collection])
        kind = field.labels[getattr(item, field.name)]
    return HelperRow(
        link=record_link(collection, item),
        kind=kind,
        where=french.sentence(serves(catalogue, item.territoires_desservis)),
        stages=stages_text(help_of(catalogue).stages, item.stades),
        summary=item.resume,
        reach=reach(catalogue, contact),
        state=state_of(collection, item),
        town="" if contact.is_known else getattr(item, "municipalite", ""),
    )


def territory_choices(found: Help) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Give the territories of the question, by region: those of the site first."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for mrc in found.mrcs:
        groups.setdefault(found.catalogue.territories.regions[mrc.region].nom, []).append((mrc.code, mrc.titre))
    return tuple((region, tuple(choices)) for region, choices in groups.items())


def _question(catalogue: Catalogue, found: Help) -> Page:
    kinds = (*COLLECTIONS, "modeles", "evenements")
    shown = [(BY_NAME[name].pages, BY_NAME[name], catalogue.items[name]) for name in kinds]
    return Page(
        url=urls.HELP,
        tab=TAB,
        title=TITLE,
        description="Qui peut aider une entreprise collective ou un projet, avec quoi, à quel moment et où.",
        template="aide.html",
        view=QuestionView(
            crumbs=(HOME_CRUMB, Link(TITLE)),
            needs=found.needs,
            stages=found.stages,
            territories=territory_choices(found),
            by_need=_need_links(found),
            by_territory=_territory_links(found),
            collections=tuple(
                (Link(pages.title, pages.address, len(items)), pages.lead) for pages, _, items in shown if pages
            ),
            has_picture=bool(living(catalogue)),
        ),
    )


def _project(found: Help) -> Page:
    return Page(
        url=urls.PROJECT,
        tab=TAB,
        title=PROJECT_TITLE,
        description="Cinq questions tirées de l’article 3 de la Loi sur l’économie sociale, quatre réponses possibles.",
        template="mon-projet.html",
        view=ProjectView((HOME_CRUMB, HELP_CRUMB, Link(PROJECT_TITLE)), territory_choices(found)),
    )


def _need_links(found: Help) -> tuple[Link, ...]:
    return tuple(
        Link(label, urls.help_need(need), sum(one.fits(need) and one.group() in COLLECTIONS for one in found.helpers))
        for need, label in found.needs.items()
    )


@lru_cache(maxsize=1)
def _territory_links(found: Help) -> tuple[Link, ...]:
    return tuple(
        Link(
            mrc.titre,
            urls.help_in(mrc.slug),
            sum(one.fits(mrc=mrc.code) and one.group(mrc.code) in COLLECTIONS for one in found.helpers),
        )
        for mrc in found.mrcs
    )


def _by_need(catalogue: Catalogue, found: Help, need: str) -> Page:
    label = found.needs[need]
    answers = found.find(need)
    ready = [one for name in COLLECTIONS for one in answers.get(name, ())]
    title = f"Aide\u00a0: {label[:1].lower()}{label[1:]}"
    return Page(
        url=urls.help_need(need),
        tab=TAB,
        title=title,
        description=f"Organismes, programmes et outils pour ce besoin\u00a0: {label}.",
        template="aide-liste.html",
        view=CrossedView(
            title=title,
            crumbs=(HOME_CRUMB, HELP_CRUMB, Link(label)),
            lead=f"Organismes, programmes et outils, par territoire. {_EACH}",
            count=_count(ready),
            unchecked=UNCHECKED if ready else "",
            nothing="" if answers else "Aucune fiche ne répond encore à ce besoin.",
            groups=tuple(_filled(catalogue, (*_by_place(catalogue, ready), *_apart(answers)))),
            ask=(),
            asked=f"{urls.HELP}?besoin={need}",
            others_title="Autres besoins",
            others=tuple(link for link in _need_links(found) if link.text != label),
        ),
    )


def _by_place(catalogue: Catalogue, helpers: Sequence[Helper]) -> Iterator[tuple[str, str, list[Helper]]]:
    """Part helpers by where they serve, the nearest places first; one that names several MRCs stands under each."""
    for mrc in catalogue.mrcs:
        yield mrc.titre, "", [one for one in helpers if mrc.code in one.item.territoires_desservis]
    regions = french.enumeration([region.de for region in catalogue.regions])
    whole = [one for one in helpers if "region" in one.item.territoires_desservis]
    yield f"Toute la région {regions}", "", whole
    yield "Tout le Québec", "", [one for one in helpers if one.is_everywhere]
    elsewhere = [
        one for one in helpers if one.is_placed and not one.is_everywhere and not one.mrcs & catalogue.mrc_codes
    ]
    yield "Ailleurs au Québec", "", elsewhere
    yield "Territoire à confirmer", GROUPS[UNPLACED][1], [one for one in helpers if not one.is_placed]


def _by_territory(catalogue: Catalogue, found: Help, mrc: Mrc) -> Page:
    answers = found.find(mrc=mrc.code)
    ready = [one for name in COLLECTIONS for one in answers.get(name, ())]
    title = f"Trouver de l’aide {mrc.dans}"
    groups = []
    for need, label in found.needs.items():
        helpers = [one for one in ready if need in one.needs]
        has_place = need != PREMISES or any(one.is_shared_place for one in helpers)
        groups.append((label, "" if has_place else NO_SHARED_PLACE, helpers))
    return Page(
        url=urls.help_in(mrc.slug),
        tab=TAB,
        title=title,
        description=f"Organismes, programmes et outils pour une entreprise collective {mrc.dans}, par besoin.",
        template="aide-liste.html",
        view=CrossedView(
            title=title,
            crumbs=(HOME_CRUMB, HELP_CRUMB, Link(mrc.titre)),
            lead=f"Organismes, programmes et outils, par besoin. {_EACH}",
            count=_count(ready),
            unchecked=UNCHECKED if ready else "",
            nothing="" if answers else f"Aucune fiche ne dit encore qui peut aider {mrc.dans}.",
            groups=tuple(_filled(catalogue, (*groups, *_apart(answers)))),
            ask=tuple(helper_row(catalogue, ORGANISATIONS, item) for item in found.to_ask(mrc.code)),
            asked=urls.help_asked(mrc.code),
            others_title="Autres territoires",
            others=tuple(link for link in _territory_links(found) if link.text != mrc.titre),
        ),
    )


def _apart(answers: Mapping[str, Sequence[Helper]]) -> Iterator[tuple[str, str, Sequence[Helper]]]:
    """Give the groups that stand after the others, whatever the listing."""
    for group in (NEAR, INCOMPLETE, UNPLACED, OVER):
        yield *GROUPS[group], answers.get(group, ())


def _filled(catalogue: Catalogue, parts: Iterable[tuple[str, str, Sequence[Helper]]]) -> Iterator[Answers]:
    """Make the groups that hold something, or say something."""
    met: set[str] = set()
    for number, (title, note, helpers) in enumerate(parts, 1):
        if helpers or (note and note == NO_SHARED_PLACE):
            rows = [row_of(catalogue, one) for one in helpers]
            rows = [replace(row, is_again=row.link.url in met) for row in rows]
            met |= {row.link.url for row in rows}
            yield Answers(title, f"groupe-{number}", note, tuple(rows))


def _count(helpers: Sequence[Helper]) -> str:
    """Count helpers by kind: « 12 organismes, 8 programmes et 3 outils »."""
    counts = [(BY_NAME[name], sum(one.stands_with == name for one in helpers)) for name in COLLECTIONS]
    return french.enumeration([kind.counted(number) for kind, number in counts if number])
