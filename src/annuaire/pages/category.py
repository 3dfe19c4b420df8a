"""Plan the pages of purchase categories: one category by MRC, one category in one MRC.

A category without any offer has no page, nor has one in an MRC where nobody is located and which nobody names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.supply import Line, Supply
from annuaire.config import Settings
from annuaire.pages.linked import crumbs_data
from annuaire.pages.page import BUY_CRUMB, HOME_CRUMB, Link, Page, Plan
from annuaire.pages.rows import Pagination, page_count, paginate
from annuaire.pages.suppliers import Entry, GroupTitle, Part, count_phrase, entries, parts, sector_links
from annuaire.places.territories import Mrc
from annuaire.places.vocabularies import Category
from annuaire.text import french

LOCATED, SERVING, EVERYWHERE = "situes", "desservent", "partout"
FEW = 12  # suppliers of all Québec that the page of an MRC lists; beyond, it leads to the category's own page


@dataclass(frozen=True, slots=True)
class CategoryView:
    """Fill `categorie.html`: one category, in the whole site or in one MRC.

    `need` is what an enterprise kept from the page is kept for, in words that the search reads; `asked` is the same
    as the address of a search.
    `count` says how many suppliers; `words` are what else the need is called; `codes` are (label, code) pairs of
    other catalogues. `territories` and `neighbours` link to narrower and nearby pages; `sectors` to the enterprises
    that may answer; `more` to those that serve all of Québec when they are many; `search` to the buyer's catalogue,
    where there is one. `nearest` is false where nobody is located.
    """

    title: str
    need: str
    asked: str
    crumbs: tuple[Link, ...]
    count: str
    words: str
    codes: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    pagination: Pagination
    territories: tuple[Link, ...]
    neighbours: tuple[Link, ...]
    sectors: tuple[Link, ...]
    sectors_title: str
    more: Link | None
    search: Link | None
    is_here: bool


def plans(supply: Supply, settings: Settings, known: frozenset[str]) -> Iterator[Plan]:
    """Plan every page of a category; `known` are the addresses of the site's other pages."""
    for slug, lines in supply.by_category.items():
        category = supply.catalogue.vocabularies.categories[slug]
        for number in range(1, page_count(_entries(supply, lines)) + 1):
            yield Plan(
                urls.page(urls.category(slug), number),
                lambda c=category, n=number: _category(supply, settings, c, n, known),  # type: ignore[misc]
                "",
            )
        for mrc in supply.catalogue.mrcs:
            if supply.is_answered(slug, mrc.code):
                # Lines are never fewer than suppliers: only long ones need to be gathered to be counted.
                size = len(supply.located(slug, mrc.code)) + len(supply.serving(slug, mrc.code)) + FEW
                pages = page_count(_local_entries(supply, slug, mrc)) if size > 1 and page_count(range(size)) > 1 else 1
                for number in range(1, pages + 1):
                    yield Plan(
                        urls.page(urls.category_territory(slug, mrc.slug), number),
                        lambda c=category, m=mrc, n=number: _local(supply, c, m, n, known),  # type: ignore[misc]
                        "",
                    )


def _category(supply: Supply, settings: Settings, category: Category, number: int, known: frozenset[str]) -> Page:
    catalogue = supply.catalogue
    every = _entries(supply, supply.by_category[category.slug])
    base = urls.category(category.slug)
    shown, pagination = paginate(every, base, number)
    suffix = f" (page {number})" if number > 1 else ""
    count = count_phrase(every)

    def titles(code: str) -> GroupTitle:
        mrc = catalogue.territories.mrcs[code]
        answered = supply.is_answered(category.slug, code)
        url = urls.category_territory(category.slug, mrc.slug) if answered else ""
        return GroupTitle(mrc.titre, mrc.slug, url, mrc.nom)

    crumbs = (HOME_CRUMB, BUY_CRUMB, Link("Catégories", urls.CATEGORIES), Link(category.libelle))
    return Page(
        url=urls.page(base, number),
        tab="acheter",
        title=category.libelle + suffix,
        description=f"{category.libelle}{french.NBSP}: {count}, par territoire.",
        template="categorie.html",
        view=CategoryView(
            title=category.libelle + suffix,
            need=category.libelle,
            asked=f"categorie={category.slug}",
            crumbs=crumbs,
            count=count,
            words=_words(category),
            codes=_codes(category),
            parts=parts(supply, shown, every, titles),
            pagination=pagination,
            territories=tuple(
                _territory_link(supply, category, mrc)
                for mrc in catalogue.mrcs
                if supply.is_answered(category.slug, mrc.code)
            ),
            neighbours=(),
            sectors=sector_links(catalogue, category),
            sectors_title="Des entreprises de ces secteurs peuvent aussi répondre",
            more=None,
            search=_search(known, f"categorie={category.slug}"),
            is_here=True,
        ),
        data=(crumbs_data(settings, crumbs), _list_data(settings, category, every)) if number == 1 else (),
        indexed=number == 1,
    )


def _entries(supply: Supply, lines: tuple[Line, ...]) -> tuple[Entry, ...]:
    catalogue = supply.catalogue
    order = [m.code for m in catalogue.mrcs]
    return entries(lines, lambda line: catalogue.mrc(line.enterprise.lieu).code, order)


def _local(supply: Supply, category: Category, mrc: Mrc, number: int, known: frozenset[str]) -> Page:
    catalogue = supply.catalogue
    every = _local_entries(supply, category.slug, mrc)
    everywhere = supply.everywhere(category.slug, mrc.code)
    base = urls.category_territory(category.slug, mrc.slug)
    shown, pagination = paginate(every, base, number)
    suffix = f" (page {number})" if number > 1 else ""
    title = f"{category.libelle} {mrc.dans}"
    titles = {
        LOCATED: GroupTitle(f"Situés {mrc.dans}", LOCATED, here=mrc.nom),
        SERVING: GroupTitle(f"D’ailleurs, desservent {_with_article(mrc)}", SERVING),
        EVERYWHERE: GroupTitle("D’ailleurs, desservent tout le Québec", EVERYWHERE),
    }
    crumbs = (
        *(HOME_CRUMB, BUY_CRUMB, Link("Catégories", urls.CATEGORIES)),
        *(Link(category.libelle, urls.category(category.slug)), Link(mrc.titre)),
    )
    others = len({line.enterprise.slug for line in everywhere})
    count = count_phrase(every)
    return Page(
        url=urls.page(base, number),
        tab="acheter",
        title=title + suffix,
        description=f"{title}{french.NBSP}: {count}.",
        template="categorie.html",
        view=CategoryView(
            title=title + suffix,
            need=category.libelle,
            asked=f"categorie={category.slug}",
            crumbs=crumbs,
            count=count,
            words="",
            codes=(),
            parts=parts(supply, shown, every, titles.__getitem__),
            pagination=pagination,
            territories=(),
            neighbours=tuple(
                _territory_link(supply, category, catalogue.territories.mrcs[code])
                for code in catalogue.territories.neighbours.get(mrc.code, ())
                if code in catalogue.mrc_codes and supply.is_answered(category.slug, code)
            ),
            sectors=sector_links(catalogue, category, mrc),
            sectors_title=f"Peuvent aussi répondre {mrc.dans}",
            more=Link(
                f"{french.count(others, 'autre fournisseur', 'autres fournisseurs')} desservent tout le Québec",
                urls.category(category.slug),
            )
            if others > FEW
            else None,
            search=_search(known, f"categorie={category.slug}&mrc={mrc.code}"),
            is_here=bool(supply.located(category.slug, mrc.code)),
        ),
        indexed=number == 1,
    )


def _local_entries(supply: Supply, slug: str, mrc: Mrc) -> tuple[Entry, ...]:
    everywhere = supply.everywhere(slug, mrc.code)
    if len({line.enterprise.slug for line in everywhere}) > FEW:
        everywhere = ()
    serving = supply.serving(slug, mrc.code)
    group = {id(line): EVERYWHERE for line in everywhere} | {id(line): SERVING for line in serving}
    lines = (*supply.located(slug, mrc.code), *serving, *everywhere)
    return entries(lines, lambda line: group.get(id(line), LOCATED), (LOCATED, SERVING, EVERYWHERE))


def _territory_link(supply: Supply, category: Category, mrc: Mrc) -> Link:
    count = supply.tally("categorie", category.slug, mrc.code).total
    return Link(mrc.titre, urls.category_territory(category.slug, mrc.slug), count)


def _with_article(mrc: Mrc) -> str:
    return f"la {mrc.titre}" if mrc.is_mrc else mrc.nom


def _words(category: Category) -> str:
    """List what else the need is called, its own label left out."""
    return ", ".join(word for word in category.synonymes if word.lower() != category.libelle.lower())


def _codes(category: Category) -> tuple[tuple[str, str], ...]:
    found = (
        ("SEAO", " ".join(t for t in (category.seao, category.seao_libelle) if t)),
        ("UNSPSC", " ".join(t for t in (category.unspsc, category.unspsc_libelle) if t)),
    )
    return tuple(pair for pair in found if pair[1])


def _search(known: frozenset[str], query: str) -> Link | None:
    """Lead to the buyer's catalogue with the same need, where there is one."""
    if urls.CATALOGUE not in known:
        return None
    return Link("Filtrer et comparer dans le catalogue", f"{urls.CATALOGUE}?{query}")


def _list_data(settings: Settings, category: Category, every: tuple[Entry, ...]) -> Mapping[str, Any]:
    """Describe the suppliers whose offer was confirmed as a list (schema.org)."""
    slugs = list(dict.fromkeys(entry.enterprise.slug for entry in every if entry.is_confirmed))
    return {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": category.libelle,
        "numberOfItems": len(slugs),
        "itemListElement": [
            {"@type": "ListItem", "position": place, "url": settings.site_url + urls.enterprise(slug)}
            for place, slug in enumerate(slugs[:50], start=1)
        ],
    }


def category_links(catalogue: Catalogue, supply: Supply) -> Mapping[str, tuple[Link, ...]]:
    """Link the categories that have an offer, by group, each with its number of suppliers."""
    found: dict[str, tuple[Link, ...]] = {}
    for slug, lines in supply.by_category.items():
        category = catalogue.vocabularies.categories[slug]
        count = len({line.enterprise.slug for line in lines})
        found[category.groupe] = (*found.get(category.groupe, ()), Link(category.libelle, urls.category(slug), count))
    return found
