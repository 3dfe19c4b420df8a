"""Say what the picture to share of a page says: a name, a place, what is there, and the Pôle's own words.

Nothing of an address below the municipality, and no benefit but one that names its source. `annuaire.sharing` draws it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.config import Settings
from annuaire.pages.page import Picture
from annuaire.pages.rows import towns
from annuaire.places.territories import Mrc
from annuaire.places.vocabularies import TO_SPECIFY, Sector
from annuaire.text import french
from annuaire.text.french import NBSP
from annuaire.text.names import sort_key
from annuaire.text.typography import plain

WIDTH, HEIGHT = 1200, 630  # what Open Graph readers show whole
ENTERPRISES, TERRITORIES, SECTORS = "entreprises", "territoires", "secteurs"
_OFFERS, _LISTED = 3, 3
_ENDS = (".", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class Card:
    """Hold the texts of a picture; any but the title may be empty. `source` says where `benefit` comes from."""

    title: str
    place: str
    lines: tuple[str, ...]
    benefit: str
    source: str
    campaign: str
    signature: str
    address: str
    warning: str

    @property
    def alt(self) -> str:
        """Say the whole picture in words."""
        said = (self.title, self.place, *self.lines, f"{self.benefit} ({self.source})" if self.benefit else "")
        sentences = (" ".join(text.split()) for text in (*said, self.campaign, self.signature))
        return " ".join(text if text.endswith(_ENDS) else f"{text}." for text in sentences if text)

    @property
    def texts(self) -> tuple[object, ...]:
        """List all that is drawn."""
        return astuple(self)


def picture(url: str, card: Card) -> Picture:
    """Give what a page says of its picture."""
    return Picture(urls.shared_picture(url), card.alt, WIDTH, HEIGHT)


def cards(catalogue: Catalogue, settings: Settings) -> Iterator[tuple[str, Card]]:
    """List the pictures that the settings ask for, each with the address of its page."""
    for e in catalogue.listed:
        if card := of_enterprise(catalogue, settings, e):
            yield urls.enterprise(e.slug), card
    for mrc in catalogue.mrcs:
        if card := of_territory(catalogue, settings, mrc):
            yield urls.territory(mrc.slug), card
    for slug, sector in catalogue.vocabularies.sectors.items():
        if slug in catalogue.by_sector and (card := of_sector(catalogue, settings, sector)):
            yield urls.sector(slug), card


def of_enterprise(catalogue: Catalogue, settings: Settings, e: Enterprise) -> Card | None:
    """Say what the picture of an enterprise says; one that is closed has none."""
    if ENTERPRISES not in settings.shared_pictures or not catalogue.is_listed(e):
        return None
    sector = "" if e.secteur == TO_SPECIFY else catalogue.vocabularies.sectors[e.secteur].libelle
    names = list(dict.fromkeys(offer.nom for offer in e.offres))
    lines = tuple(names[:_OFFERS]) if names else (e.activite,) if e.activite else ()
    sourced = next((one for one in e.indicateurs if one.source), None)
    benefit = f"{sourced.libelle}{NBSP}: {sourced.valeur}{NBSP}{sourced.unite}".rstrip() if sourced else ""
    year = f" ({sourced.annee})" if sourced and sourced.annee else ""
    return _card(
        settings,
        e.nom,
        " · ".join(filter(None, (towns(catalogue, e), sector))),
        lines,
        benefit + year,
        f"Source{NBSP}: {sourced.source}" if sourced else "",
    )


def of_territory(catalogue: Catalogue, settings: Settings, mrc: Mrc) -> Card | None:
    """Say what the picture of an MRC says: how many enterprises, in which sectors above all."""
    found = catalogue.by_mrc.get(mrc.code, ())
    if TERRITORIES not in settings.shared_pictures or not found:
        return None
    sectors = catalogue.vocabularies.sectors
    lines = _ranked(sectors[e.secteur].libelle for e in found if e.secteur != TO_SPECIFY)
    count = french.count(len(found), "entreprise")
    return _card(settings, f"L’économie sociale {mrc.dans}", count, lines)


def of_sector(catalogue: Catalogue, settings: Settings, sector: Sector) -> Card | None:
    """Say what the picture of a sector says: how many enterprises, in which territories above all."""
    found = catalogue.by_sector.get(sector.slug, ())
    if SECTORS not in settings.shared_pictures or not found:
        return None
    mrcs = catalogue.territories.mrcs
    lines = _ranked(mrcs[code].titre for e in found if (code := catalogue.mrc(e.lieu).code) in catalogue.mrc_codes)
    place = f"{french.count(len(found), 'entreprise')} d’économie sociale"
    return _card(settings, sector.libelle, place, lines)


def _ranked(names: Iterable[str]) -> tuple[str, ...]:
    """Count names, the most frequent first."""
    counts = Counter(names)
    ranked = sorted(counts, key=lambda name: (-counts[name], sort_key(name)))
    return tuple(f"{name}{NBSP}: {french.number(counts[name])}" for name in ranked[:_LISTED])


def _card(
    settings: Settings, title: str, place: str, lines: tuple[str, ...], benefit: str = "", source: str = ""
) -> Card:
    return Card(
        plain(title),
        plain(place),
        tuple(map(plain, lines)),
        plain(benefit),
        plain(source),
        plain(settings.campaign),
        plain(settings.pole.nom or settings.site_name),
        settings.site_url.partition("://")[2].removeprefix("www.").rstrip("/"),
        "Démonstration" if settings.is_demonstration else "",
    )
