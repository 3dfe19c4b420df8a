"""Plan the buyer's home page and the list of purchase categories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from annuaire import urls
from annuaire.catalogue.supply import Supply
from annuaire.config import Settings
from annuaire.pages import category
from annuaire.pages.category import category_links
from annuaire.pages.page import BUY_CRUMB, HOME_CRUMB, Link, Page, Plan
from annuaire.pages.readiness import Readiness, readiness
from annuaire.pages.suppliers import sector_links, suppliers_phrase

# The steps of a purchase file, in order: title, what one does there, the page and what its link says.
STEPS = (
    (
        "Chercher qui peut répondre",
        "Par besoin, par territoire desservi, par attestation ou par distance. L’adresse d’une recherche se partage.",
        urls.CATALOGUE,
        "Ouvrir le catalogue",
    ),
    (
        "Retenir et comparer",
        "Gardez vos fournisseurs dans une ou plusieurs sélections, comparez-les, préparez la prise de contact et le "
        "document à présenter au conseil. Rien ne quitte votre navigateur.",
        urls.SELECTION,
        "Voir ma sélection",
    ),
    (
        "Vérifier le mode d’achat",
        "Gré à gré, invitation ou appel public\u00a0: ce que disent votre règlement, les exemptions et les seuils, "
        "avec leurs sources.",
        urls.MODE,
        "Trouver le mode d’achat",
    ),
    (
        "Inviter à tour de rôle",
        "Qui a été invité le moins récemment, et un tirage que chacun peut refaire.",
        urls.ROTATION,
        "Préparer la rotation",
    ),
    (
        "Garder la preuve de la recherche",
        "Un relevé daté dit ce qui a été cherché, dans quelles données, ce qui a été trouvé et pourquoi chacun est "
        "resté. Plus tard, on le vérifie.",
        urls.SEARCH_RECORD,
        "Faire un relevé",
    ),
)
_THEN = {urls.SEARCH_RECORD: (urls.VERIFY, "Vérifier un relevé")}  # what a step leads to next
_MOVEMENT = (
    (urls.INITIATIVE, "L’initiative, pour un conseil municipal"),
    (urls.JOIN, "Participer, pour une entreprise"),
    (urls.GAPS, "Où il manque des fournisseurs"),
    (urls.LEDGER, "Carnet d’achats, votre part d’achats collectifs"),
    (urls.NEEDS, "Besoins à combler"),
    (urls.TOGETHER, "Répondre à plusieurs"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """Hold one step of a purchase file: its title, what one does there, the links to its pages in order."""

    title: str
    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CategoryGroup:
    """Hold one group of categories: its label, the id of its heading, its categories, its number of suppliers."""

    title: str
    anchor: str
    categories: tuple[Link, ...]
    suppliers: int


@dataclass(frozen=True, slots=True)
class BuyView:
    """Fill `acheter.html`. `search` is where the search field leads; `count` says how many suppliers offer what.

    `today` says which steps work with the records of the day, or nothing when all do.
    """

    crumbs: tuple[Link, ...]
    search: str
    count: str
    today: tuple[Readiness, ...]
    steps: tuple[Step, ...]
    groups: tuple[CategoryGroup, ...]
    movement: tuple[Link, ...]
    is_demonstration: bool


@dataclass(frozen=True, slots=True)
class CategoriesView:
    """Fill `categories.html`: categories that have an offer, by group; `others` have none (label, sectors)."""

    crumbs: tuple[Link, ...]
    count: str
    groups: tuple[CategoryGroup, ...]
    others: tuple[tuple[str, tuple[Link, ...]], ...]


def plans(supply: Supply, settings: Settings, known: frozenset[str], day: date) -> Iterator[Plan]:
    """Plan the buyers' static pages; `known` are the addresses of the site's other pages: only these are linked.

    `day` is the reference date that rules are judged by.
    """
    yield Plan(urls.BUY, lambda: _buy(supply, settings, known, day))
    yield Plan(urls.CATEGORIES, lambda: _categories(supply))
    yield from category.plans(supply, settings, known)


def _buy(supply: Supply, settings: Settings, known: frozenset[str], day: date) -> Page:
    return Page(
        url=urls.BUY,
        tab="acheter",
        title="Acheter",
        description="Trouver une entreprise d’économie sociale qui répond à un besoin, et monter son dossier d’achat.",
        template="acheter.html",
        view=BuyView(
            crumbs=(HOME_CRUMB, Link("Acheter")),
            search=urls.CATALOGUE if urls.CATALOGUE in known else urls.SEARCH,
            count=_count(supply),
            today=readiness(supply, day),
            steps=tuple(_steps(known)),
            groups=_groups(supply),
            movement=tuple(Link(words, url) for url, words in _MOVEMENT if url in known),
            is_demonstration=settings.is_demonstration,
        ),
    )


def _steps(known: frozenset[str]) -> Iterator[Step]:
    for title, text, url, words in STEPS:
        if url in known:
            then = [Link(said, after) for step, (after, said) in _THEN.items() if step == url and after in known]
            yield Step(title, text, (Link(words, url), *then))


def _categories(supply: Supply) -> Page:
    catalogue = supply.catalogue
    others = (
        (known.libelle, sector_links(catalogue, known))
        for slug, known in catalogue.vocabularies.categories.items()
        if slug not in supply.by_category
    )
    return Page(
        url=urls.CATEGORIES,
        tab="acheter",
        title="Catégories d’achat",
        description="Ce qu’offrent les entreprises d’économie sociale, par catégorie d’achat.",
        template="categories.html",
        view=CategoriesView(
            crumbs=(HOME_CRUMB, BUY_CRUMB, Link("Catégories")),
            count=_count(supply),
            groups=_groups(supply),
            others=tuple((label, links) for label, links in others if links),
        ),
    )


def _count(supply: Supply) -> str:
    """Say how many suppliers have an offer, or nothing when none has."""
    confirmed: dict[str, bool] = {}
    for line in supply.lines:
        slug = line.enterprise.slug
        confirmed[slug] = confirmed.get(slug, False) or line.is_confirmed
    return suppliers_phrase(len(confirmed), sum(confirmed.values())) if confirmed else ""


def _groups(supply: Supply) -> tuple[CategoryGroup, ...]:
    found = category_links(supply.catalogue, supply)
    categories = supply.catalogue.vocabularies.categories
    suppliers: dict[str, set[str]] = {}
    for slug, lines in supply.by_category.items():
        suppliers.setdefault(categories[slug].groupe, set()).update(line.enterprise.slug for line in lines)
    return tuple(
        CategoryGroup(label, f"groupe-{slug}", found[slug], len(suppliers[slug]))
        for slug, label in supply.catalogue.vocabularies.groups.items()
        if slug in found
    )
