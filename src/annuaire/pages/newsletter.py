"""Write the events of a month for a newsletter: plain text, and HTML that e-mail programs keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from annuaire import urls
from annuaire.catalogue.events import Event, events
from annuaire.catalogue.helping import ORGANISATIONS
from annuaire.catalogue.index import Catalogue
from annuaire.config import Settings
from annuaire.pages.calendar import place as place_of
from annuaire.pages.record import named
from annuaire.places.territories import Mrc
from annuaire.text import french, periods
from annuaire.text.names import fold
from annuaire.text.problems import AnnuaireError
from annuaire.text.typography import plain


@dataclass(frozen=True, slots=True)
class Told:
    """Tell one event: its address is complete, since an e-mail stands on no site."""

    name: str
    url: str
    when: str
    where: str
    by: str
    summary: str
    register: str
    form: str
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class MonthView:
    """Fill `courriel_agenda.html`: the events of a month, and where the others are."""

    title: str
    site: str
    nothing: str
    told: tuple[Told, ...]
    all: str


def chosen(text: str, today: date) -> periods.Span:
    """Read a month (AAAA-MM); the one after `today` when none is asked."""
    asked = text or f"{today.year + today.month // 12:04}-{today.month % 12 + 1:02}"
    found = periods.span(asked)
    if found is None or found.precision != periods.MONTH:
        raise AnnuaireError(
            f"«\u00a0{text}\u00a0» n’est pas un mois; écrire l’année et le mois, par exemple «\u00a02027-03\u00a0»."
        )
    return found


def place(catalogue: Catalogue, asked: str) -> Mrc | None:
    """Find an MRC of the site by its code, its name or its address; None when none is asked."""
    if not asked:
        return None
    for mrc in catalogue.mrcs:
        if fold(asked) in (mrc.code, mrc.slug, fold(mrc.nom), fold(mrc.titre)):
            return mrc
    known = french.enumeration([mrc.nom for mrc in catalogue.mrcs])
    raise AnnuaireError(f"Il n’y a pas de MRC «\u00a0{asked}\u00a0» ici; écrire l’un de ces noms\u00a0: {known}.")


def month(catalogue: Catalogue, settings: Settings, span: periods.Span, mrc: Mrc | None) -> MonthView:
    """Tell what a month holds, known to the month at least, for the whole site or one MRC."""
    found = [
        e
        for e in events(catalogue)
        if e.start.precision != periods.YEAR
        and e.start.first <= span.last
        and e.last >= span.first
        and (mrc is None or e.concerns(catalogue, mrc))
    ]
    when = french.month(span.first)
    where = f" {mrc.dans}" if mrc else ""
    return MonthView(
        title=f"Évènements {french.of(when)}{where}",
        site=settings.site_name,
        nothing="" if found else f"Aucun évènement annoncé en {when}{where}.",
        told=tuple(_told(catalogue, settings, e) for e in found),
        all=settings.site_url + urls.EVENTS,
    )


def html(view: MonthView) -> str:
    """Write it for e-mail programs: tables, styles beside what they dress, complete addresses."""
    from annuaire.pages import environment

    return environment().get_template("courriel_agenda.html").render(v=view, racine="") + "\n"


def text(view: MonthView) -> str:
    """Write it as plain text."""
    blocks = [view.title, view.nothing, *(_block(told) for told in view.told)]
    return "\n\n".join([*filter(None, blocks), f"Tous les évènements{french.NBSP}: {view.all}"])


def _block(told: Told) -> str:
    lines = (
        f"ANNULÉ{french.NBSP}: {told.name}" if told.is_cancelled else told.name,
        told.when,
        told.where,
        f"Organisé par{french.NBSP}: {told.by}" if told.by else "",
        told.summary,
        f"Inscription{french.NBSP}: {told.register}" if told.register else "",
        f"S’inscrire{french.NBSP}: {told.form}" if told.form else "",
        told.url,
    )
    return "\n".join(filter(None, lines))


def _told(catalogue: Catalogue, settings: Settings, event: Event) -> Told:
    item = event.item
    return Told(
        name=plain(item.name),
        url=settings.site_url + urls.event(item.slug),
        when=french.sentence(event.when),
        where=plain(place_of(catalogue, event)),
        by=plain(named(catalogue, ORGANISATIONS, item.organisateur).text) if item.organisateur else "",
        summary=plain(item.resume),
        register="" if event.is_cancelled else plain(item.inscription),
        form="" if event.is_cancelled else item.inscription_url,
        is_cancelled=event.is_cancelled,
    )
