"""Show one enterprise on one line of a listing: name, town, what it sells, badges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.pages.page import Link
from annuaire.pages.pictures import Shown, pictures
from annuaire.places.territories import Municipality
from annuaire.places.vocabularies import TO_SPECIFY
from annuaire.text import french
from annuaire.text.names import filed_name, fold
from annuaire.text.sites import site_text

T = TypeVar("T")
PER_PAGE = 250
SUMMARY_LENGTH = 140


@dataclass(frozen=True, slots=True)
class Badge:
    """Hold a short label; `kind` is `confirme`, `a-confirmer`, `membre`, `jachete`, `certification` or `ferme`."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Row:
    """Show one enterprise in a listing. `summary` may be empty; `distance` is filled only among neighbours.

    `town` is empty on the page of that very town. `address` (of the first place), `phone` and `site` are for paper:
    each is empty when it is not known, `address` when it is confidential. `picture` is its logo, or else a photograph:
    most have none.
    """

    name: str
    url: str
    town: str
    sector: str
    form: str
    summary: str
    badges: tuple[Badge, ...]
    address: str
    phone: str
    site: str
    distance: str = ""
    picture: Shown | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Gather rows under a title; `anchor` is the id of its heading, `url` leads to its own page where it has one."""

    title: str
    anchor: str
    rows: tuple[Row, ...]
    url: str = ""
    total: int = 0


@dataclass(frozen=True, slots=True)
class Pagination:
    """Place a page among those of one listing: `links` holds (number, address); addresses from the root."""

    current: int
    links: tuple[tuple[int, str], ...]
    previous: str = ""
    next: str = ""

    @property
    def is_needed(self) -> bool:
        """Tell whether there is more than one page."""
        return len(self.links) > 1


def row(catalogue: Catalogue, enterprise: Enterprise, distance: float | None = None, here: str = "") -> Row:
    """Make the line of one enterprise; `distance` is in km, `here` names the town or territory the page is about."""
    line = _row(catalogue, enterprise.slug)
    if here and line.town == here:
        return _row_without_town(catalogue, enterprise.slug)
    if distance is None:
        return line
    shown = (line.name, line.url, line.town, line.sector, line.form, line.summary, line.badges)
    paper = (line.address, line.phone, line.site)
    return Row(*shown, *paper, french.kilometres(distance), line.picture)  # `replace` takes five times as long


@lru_cache(maxsize=16_384)
def _row(catalogue: Catalogue, slug: str) -> Row:
    enterprise = catalogue.by_slug[slug]
    vocabularies = catalogue.vocabularies
    sector = enterprise.secteur
    form = enterprise.forme_juridique
    place = enterprise.lieu
    street = "" if enterprise.adresse_confidentielle else place.adresse
    several = len({p.municipalite for p in enterprise.etablissements}) > 1
    return Row(
        name=enterprise.nom,
        url=urls.enterprise(enterprise.slug),
        town=towns(catalogue, enterprise),
        sector="" if sector == TO_SPECIFY else vocabularies.sectors[sector].libelle,
        form="" if form == TO_SPECIFY else vocabularies.forms[form].libelle,
        summary=summary(enterprise),
        badges=badges(enterprise),
        address=f"{street}, {place.municipalite}" if street and several else street,
        phone=place.telephone.replace(" ", french.NBSP),
        site=site_text(enterprise.site_web, catalogue.shared_hosts),
        picture=pictures(catalogue, slug).first,
    )


@lru_cache(maxsize=16_384)
def _row_without_town(catalogue: Catalogue, slug: str) -> Row:
    return replace(_row(catalogue, slug), town="")


def towns(catalogue: Catalogue, enterprise: Enterprise) -> str:
    """Name the towns where an enterprise has a place: the first two, then how many more."""
    names = list(dict.fromkeys(p.municipalite for p in enterprise.etablissements))
    more = f" et {len(names) - 2} autres lieux" if len(names) > 3 else f" et {names[2]}" if len(names) == 3 else ""
    return (" et ".join(names[:2]) if len(names) == 2 else ", ".join(names[:2])) + more


def is_alone(catalogue: Catalogue, mrc: str) -> bool:
    """Tell whether a territory is a single municipality: its page then is that of the municipality too."""
    return len(catalogue.territories.municipalities_of(mrc)) == 1


def town_url(catalogue: Catalogue, municipality: Municipality) -> str:
    """Give the address of the enterprises of a municipality of the site."""
    mrc = catalogue.territories.mrcs[municipality.mrc]
    if is_alone(catalogue, mrc.code):
        return urls.territory(mrc.slug)
    return urls.municipality(mrc.slug, municipality.slug)


def summary(enterprise: Enterprise) -> str:
    """Say in a line what the enterprise sells, else its activity or its mission, else nothing."""
    if enterprise.offres:
        return french.shorten(", ".join(o.nom for o in enterprise.offres), SUMMARY_LENGTH)
    return french.shorten(enterprise.en_bref, SUMMARY_LENGTH)


def badges(enterprise: Enterprise) -> tuple[Badge, ...]:
    """Give the badges of a listing: closed, verified, in the initiative, member (unless only inferred)."""
    found: list[Badge] = []
    if enterprise.is_closed:
        found.append(Badge("Fermée", "ferme"))
    if enterprise.verification.is_confirmed:
        found.append(Badge("Fiche vérifiée", "confirme"))
    if enterprise.jachete:
        found.append(Badge("J’achète!", "jachete"))
    is_sure = "adhesion" not in enterprise.verification.deduits
    if is_sure and enterprise.adhesion in ("regulier", "accompagnateur", "solidaire"):
        found.append(Badge("Membre du Pôle", "membre"))
    return tuple(found)


def waiting_note(enterprises: Sequence[Enterprise]) -> str:
    """Say once, for a whole list, how many of its records nobody has verified, and what that means; nothing when none.

    The lines then say only who was verified.
    """
    total = len(enterprises)
    waiting = sum(not e.verification.is_confirmed for e in enterprises)
    if not waiting:
        return ""
    if total == 1:
        who = "Cette fiche est"
    elif waiting == total:
        who = f"Ces {french.number(total)} fiches sont"
    else:
        who = f"{french.count(waiting, 'fiche')} sur {french.number(total)} {'est' if waiting == 1 else 'sont'}"
    source = "elle vient" if waiting == 1 else "elles viennent"
    them = "l’a" if waiting == 1 else "les a"
    others = " Les autres portent la mention «\u00a0Fiche vérifiée\u00a0»." if waiting < total else ""
    return (
        f"{who} à confirmer{french.NBSP}: {source} de sources publiques et personne ne {them} encore "
        f"{'vérifiée' if waiting == 1 else 'vérifiées'} auprès de l’entreprise.{others}"
    )


@lru_cache(maxsize=16_384)
def letter(name: str) -> str:
    """Give the letter a name stands under in an A-Z listing: `A`…`Z`, or `0-9` for everything else."""
    first = fold(filed_name(name))[:1].upper()
    return first if "A" <= first <= "Z" else "0-9"


def by_letter(catalogue: Catalogue, enterprises: Iterable[Enterprise], here: str = "") -> tuple[Group, ...]:
    """Group enterprises, already sorted, by letter; `here` names the town or territory the page is about."""
    groups: dict[str, list[Row]] = {}
    for enterprise in enterprises:
        groups.setdefault(letter(enterprise.nom), []).append(row(catalogue, enterprise, here=here))
    return tuple(Group(title, anchor(title), tuple(rows), total=len(rows)) for title, rows in sorted(groups.items()))


def letter_links(enterprises: Sequence[Enterprise], base: str) -> tuple[Link, ...]:
    """Link each letter of a listing, sorted by name, to its heading on the first page that has it."""
    size = page_size(enterprises)
    first: dict[str, int] = {}
    for rank, enterprise in enumerate(enterprises):
        first.setdefault(letter(enterprise.nom), rank)
    return tuple(
        Link(title, f"{urls.page(base, rank // size + 1)}#{anchor(title)}") for title, rank in sorted(first.items())
    )


def anchor(title: str) -> str:
    """Give the id of a letter's heading."""
    return f"lettre-{title.lower()}"


def paginate(items: Sequence[T], base: str, number: int) -> tuple[Sequence[T], Pagination]:
    """Cut one page out of a listing whose pages start at address `base`."""
    pages = page_count(items)
    links = tuple((n, urls.page(base, n)) for n in range(1, pages + 1))
    size = page_size(items)
    return (
        items[(number - 1) * size : number * size],
        Pagination(
            current=number,
            links=links,
            previous=links[number - 2][1] if number > 1 else "",
            next=links[number][1] if number < pages else "",
        ),
    )


def page_count(items: Sequence[object]) -> int:
    """Count the pages of a listing: at least one."""
    return max(1, -(-len(items) // PER_PAGE))


def page_size(items: Sequence[object]) -> int:
    """Give the most lines one page holds, the pages of a listing being of like length (255 make 128 and 127)."""
    return max(1, -(-len(items) // page_count(items)))
