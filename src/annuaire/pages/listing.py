"""Plan the plain listings: all enterprises A-Z, one municipality, one legal form, one sector in one MRC."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.pages.page import HOME_CRUMB, Link, Page, Plan
from annuaire.pages.rows import Group, Pagination, by_letter, is_alone, letter_links, page_count, paginate, waiting_note
from annuaire.places.territories import Mrc, Municipality
from annuaire.places.vocabularies import TO_SPECIFY, LegalForm
from annuaire.text import french


@dataclass(frozen=True, slots=True)
class ListingView:
    """Fill `liste.html`: a title, a count, an introduction, groups of rows, links to narrower or wider lists.

    `waiting` says how many of the whole list are to confirm, or nothing. `related` holds titled series of links (title,
    links). `letters` leads to each letter, whatever page it is on.
    """

    title: str
    crumbs: tuple[Link, ...]
    count: str
    intro: str
    waiting: str
    groups: tuple[Group, ...]
    pagination: Pagination
    letters: tuple[Link, ...]
    related: tuple[tuple[str, tuple[Link, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """Name one listing before it is cut into pages; `here` is the town or territory that its lines need not say."""

    base: str
    tab: str
    title: str
    heading: str
    crumbs: tuple[Link, ...]
    intro: str
    description: str
    enterprises: Sequence[Enterprise]
    related: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    here: str = ""


def plans(catalogue: Catalogue) -> Iterator[Plan]:
    """Plan every plain listing of the site."""
    yield from _plans(catalogue, lambda: _all(catalogue), urls.ENTERPRISES, catalogue.listed)
    yield Plan(urls.FORMS, lambda: _forms(catalogue))
    for slug, form in catalogue.vocabularies.forms.items():
        found = catalogue.by_form.get(slug, ())
        if found:
            yield from _plans(catalogue, _later(_form, catalogue, form, found), urls.form(slug), found)
    for mrc in catalogue.mrcs:
        for municipality in () if is_alone(catalogue, mrc.code) else catalogue.territories.municipalities_of(mrc.code):
            found = catalogue.by_municipality.get(municipality.code, ())
            if found:
                base = urls.municipality(mrc.slug, municipality.slug)
                yield from _plans(catalogue, _later(_municipality, catalogue, mrc, municipality, found), base, found)
        for slug in catalogue.vocabularies.sectors:
            found = catalogue.by_mrc_sector.get((mrc.code, slug), ())
            if found:
                base = urls.territory_sector(mrc.slug, slug)
                yield from _plans(catalogue, _later(_mrc_sector, catalogue, mrc, slug, found), base, found)


def _later(make: Callable[..., Listing], *arguments: object) -> Callable[[], Listing]:
    return lambda: make(*arguments)


def _plans(
    catalogue: Catalogue, make: Callable[[], Listing], base: str, enterprises: Sequence[Enterprise]
) -> Iterator[Plan]:
    # Once for all the pages of a listing.
    listing, waiting = cache(make), cache(lambda: waiting_note(enterprises))
    letters = cache(lambda: letter_links(enterprises, base))

    def page(number: int) -> Page:
        return _page(catalogue, listing(), number, letters(), waiting())

    for number in range(1, page_count(enterprises) + 1):
        yield Plan(urls.page(base, number), partial(page, number), "")


def _page(catalogue: Catalogue, listing: Listing, number: int, letters: tuple[Link, ...], waiting: str) -> Page:
    shown, pagination = paginate(listing.enterprises, listing.base, number)
    suffix = f" (page {number})" if number > 1 else ""
    return Page(
        url=urls.page(listing.base, number),
        tab=listing.tab,
        title=listing.title + suffix,
        description=listing.description,
        template="liste.html",
        view=ListingView(
            title=listing.heading + suffix,
            crumbs=listing.crumbs,
            count=french.count(len(listing.enterprises), "entreprise"),
            intro=listing.intro,
            waiting=waiting,
            groups=by_letter(catalogue, shown, listing.here),
            pagination=pagination,
            letters=letters,
            related=listing.related,
        ),
        indexed=number == 1,
    )


def _all(catalogue: Catalogue) -> Listing:
    count = french.count(len(catalogue.listed), "entreprise")
    return Listing(
        base=urls.ENTERPRISES,
        tab="entreprises",
        title="Toutes les entreprises, de A à Z",
        heading="Toutes les entreprises",
        crumbs=(HOME_CRUMB, Link("Entreprises")),
        intro="Le répertoire complet, par ordre alphabétique.",
        description=f"{count} d’économie sociale, par ordre alphabétique.",
        enterprises=catalogue.listed,
        related=(("Par forme juridique", form_links(catalogue)),),
    )


def form_links(catalogue: Catalogue) -> tuple[Link, ...]:
    """Link the legal forms that have enterprises."""
    return tuple(
        Link(form.pluriel or form.libelle, urls.form(slug), len(catalogue.by_form[slug]))
        for slug, form in catalogue.vocabularies.forms.items()
        if slug in catalogue.by_form
    )


@dataclass(frozen=True, slots=True)
class FormsView:
    """Fill `formes.html`: each legal form in use with its description, the law it comes from and its count."""

    crumbs: tuple[Link, ...]
    forms: tuple[tuple[Link, str, str], ...]


def _forms(catalogue: Catalogue) -> Page:
    forms = catalogue.vocabularies.forms
    described = tuple(
        (link, forms[slug].description, forms[slug].source)
        for slug, link in zip((s for s in forms if s in catalogue.by_form), form_links(catalogue), strict=True)
    )
    return Page(
        url=urls.FORMS,
        tab="entreprises",
        title="Formes juridiques",
        description="Coopératives, mutuelles et organismes à but non lucratif\u00a0: les entreprises par forme.",
        template="formes.html",
        view=FormsView((HOME_CRUMB, Link("Entreprises", urls.ENTERPRISES), Link("Formes juridiques")), described),
    )


def _form(catalogue: Catalogue, form: LegalForm, found: Sequence[Enterprise]) -> Listing:
    name = form.pluriel or form.libelle
    return Listing(
        base=urls.form(form.slug),
        tab="entreprises",
        title=name,
        heading=name,
        crumbs=(
            HOME_CRUMB,
            Link("Entreprises", urls.ENTERPRISES),
            Link("Formes juridiques", urls.FORMS),
            Link(name),
        ),
        intro=form.description,
        description=f"{name}{french.NBSP}: {french.count(len(found), 'entreprise')} d’économie sociale.",
        enterprises=found,
    )


def _municipality(catalogue: Catalogue, mrc: Mrc, municipality: Municipality, found: Sequence[Enterprise]) -> Listing:
    title = f"Entreprises d’économie sociale {municipality.a}"
    related = tuple(
        Link(m.nom, urls.municipality(mrc.slug, m.slug), len(catalogue.by_municipality[m.code]))
        for m in catalogue.territories.municipalities_of(mrc.code)
        if m.code in catalogue.by_municipality and m.code != municipality.code
    )
    return Listing(
        base=urls.municipality(mrc.slug, municipality.slug),
        tab="territoires",
        title=title,
        heading=municipality.nom,
        crumbs=(*territory_crumbs(mrc), Link(municipality.nom)),
        intro=f"Les entreprises d’économie sociale qui ont un lieu {municipality.a}.",
        description=f"{title}{french.NBSP}: {french.count(len(found), 'entreprise')}.",
        enterprises=found,
        related=((f"Ailleurs {mrc.dans}", related),) if related else (),
        here=municipality.nom,
    )


def _mrc_sector(catalogue: Catalogue, mrc: Mrc, slug: str, found: Sequence[Enterprise]) -> Listing:
    sector = catalogue.vocabularies.sectors[slug]
    elsewhere = tuple(link for code, link in _sector_links(catalogue, slug) if code != mrc.code)
    title = f"{sector.libelle} {mrc.dans}" if slug != TO_SPECIFY else f"Secteur à préciser {mrc.dans}"
    return Listing(
        base=urls.territory_sector(mrc.slug, slug),
        tab="territoires",
        title=title,
        heading=title,
        crumbs=(*territory_crumbs(mrc), Link(sector.libelle)),
        intro=sector.description,
        description=f"{title}{french.NBSP}: {french.count(len(found), 'entreprise')} d’économie sociale.",
        enterprises=found,
        related=(("Le même secteur ailleurs", elsewhere),) if elsewhere else (),
        here=mrc.nom,
    )


@lru_cache(maxsize=32)
def _sector_links(catalogue: Catalogue, slug: str) -> tuple[tuple[str, Link], ...]:
    """Link one sector in each MRC that has it, by code; every page of the sector shows them all but its own."""
    return tuple(
        (m.code, Link(m.titre, urls.territory_sector(m.slug, slug), len(catalogue.by_mrc_sector[m.code, slug])))
        for m in catalogue.mrcs
        if (m.code, slug) in catalogue.by_mrc_sector
    )


def territory_crumbs(mrc: Mrc) -> tuple[Link, ...]:
    """Lead to an MRC or equivalent from the home page."""
    return (HOME_CRUMB, Link("Territoires", urls.TERRITORIES), Link(mrc.titre, urls.territory(mrc.slug)))
