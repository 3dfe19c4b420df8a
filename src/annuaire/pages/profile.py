"""Plan the profiles: what an enterprise does and sells, where, for whom, how to reach it, when it was verified."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from annuaire import urls
from annuaire.catalogue.helping import ORGANISATIONS, help_of
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.items import Item
from annuaire.catalogue.model import APPROXIMATE, Enterprise, Indicator, Place
from annuaire.config import Settings
from annuaire.pages import card
from annuaire.pages.around import Around, AroundView
from annuaire.pages.checks import CHECKS, Check
from annuaire.pages.contact import email, phone
from annuaire.pages.documents import SHEET, Document
from annuaire.pages.linked import enterprise_data
from annuaire.pages.offers import OfferView, offered, served
from annuaire.pages.page import HOME_CRUMB, Link, Outside, Page, Plan
from annuaire.pages.pictures import NONE, Pictures, pictures
from annuaire.pages.reach import record_link
from annuaire.pages.record import Told, named
from annuaire.pages.rows import Badge, Row, badges, row, town_url
from annuaire.pages.vcard import vcard
from annuaire.pages.vouched import ConformityView, VerificationView, conformity, verification
from annuaire.places.vocabularies import TO_SPECIFY
from annuaire.records.collections import ENTERPRISES
from annuaire.schema import load
from annuaire.text import french
from annuaire.text.markup import markdown
from annuaire.text.sites import site_text

NETWORKS = (
    ("facebook", "Facebook"),
    ("instagram", "Instagram"),
    ("linkedin", "LinkedIn"),
    ("youtube", "YouTube"),
    ("tiktok", "TikTok"),
)


@dataclass(frozen=True, slots=True)
class PlaceView:
    """Show one place: any text may be empty; `phone` and `email` are ready links.

    `is_approximate` says that its published point is only the middle of its municipality.
    """

    name: str
    street: str
    town: Link
    postal_code: str
    phone: Outside | None
    email: Outside | None
    hours: str
    is_approximate: bool


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """Say how to correct the record: the form, the Pôle's e-mail and telephone, then the forge's page.

    A demonstration may have none of them.
    """

    form: str
    email: Outside | None
    phone: Outside | None
    edit: Outside | None


@dataclass(frozen=True, slots=True)
class ProfileView:
    """Fill `profil.html`. Empty texts and tuples mean that nothing is known: the template then shows no heading.

    `notice` says that the enterprise is closed or merged: no one is invited to reach it then; `merged` links to the
    record that replaces it.
    `facts` are (label, link) pairs: sector, form, year, NEQ. `served` is a sentence on the territory served; `housed`
    are those whose roof it is under, `rooms` (name, kind, details) the premises it shares, `guests` who is under its
    roof, `help` leads to who can help in its territory. `pictures` are its own images, `shared` leads to the picture
    that goes with the page when it is shared. `checks` are where a buyer checks what the record says, with
    its `neq`; `day` is the one that expiry is judged at, where there is any.
    """

    slug: str
    name: str
    crumbs: tuple[Link, ...]
    badges: tuple[Badge, ...]
    town: str
    notice: str
    merged: Link | None
    activity: str
    mission: str
    description: Markup
    facts: tuple[tuple[str, Link], ...]
    offers: tuple[OfferView, ...]
    served: str
    confidential: bool
    main_place: PlaceView
    other_places: tuple[PlaceView, ...]
    website: Outside | None
    networks: tuple[Outside, ...]
    purchase_contact: tuple[str, Outside | None, Outside | None] | None
    benefits: tuple[tuple[str, str], ...]
    indicators: tuple[Indicator, ...]
    certifications: tuple[Outside, ...]
    conformity: tuple[ConformityView, ...]
    day: str
    neq: str
    checks: tuple[Check, ...]
    verification: VerificationView
    is_sparse: bool
    near: tuple[Row, ...]
    similar: tuple[Row, ...]
    correction: CorrectionView
    housed: tuple[Link, ...]
    rooms: tuple[tuple[str, str, str], ...]
    guests: tuple[Told, ...]
    help: str
    vcard: str
    around: AroundView
    sheet: Document | None
    pictures: Pictures
    shared: str


def plans(
    catalogue: Catalogue, settings: Settings, today: str, around: Around, documents: Sequence[Document] = ()
) -> Iterator[Plan]:
    """Plan every profile, save those of merged enterprises, whose address leads to the one that replaces them.

    `today` is the reference date (AAAA-MM-JJ) that expiry is judged by; `documents` are those to print.
    """
    sheets = {one.key: one for one in documents if one.kind == SHEET}
    # Those of one territory follow one another: they show the same neighbours.
    for enterprise in sorted(catalogue.enterprises, key=lambda e: catalogue.mrc(e.lieu).code):
        if catalogue.successor(enterprise) is not None:
            continue  # see `annuaire.pages.redirect`
        yield Plan(
            urls.enterprise(enterprise.slug),
            lambda e=enterprise: profile(catalogue, settings, e, today, around, sheets.get(e.slug)),  # type: ignore[misc]
            _besides(catalogue, enterprise, today, around, sheets.get(enterprise.slug)),
        )


def _besides(catalogue: Catalogue, e: Enterprise, today: str, around: Around, sheet: Document | None) -> str:
    """Give what a profile shows besides what records say: the day, where it judges by it, and what is around."""
    return f"{today if e.conformite else ''}\n{around.told(catalogue.mrc(e.lieu))}\n{sheet}"


def profile(
    catalogue: Catalogue,
    settings: Settings,
    enterprise: Enterprise,
    today: str,
    around: Around | None = None,
    sheet: Document | None = None,
) -> Page:
    """Build the profile of one enterprise; `sheet` is the same on one page to print, where the site has it."""
    e = enterprise
    said = card.of_enterprise(catalogue, settings, e)
    crumbs = _crumbs(catalogue, e)
    places = tuple(_place(catalogue, e, p) for p in e.etablissements)
    view = ProfileView(
        slug=e.slug,
        name=e.nom,
        crumbs=crumbs,
        badges=badges(e),
        town=catalogue.municipality(e.lieu).nom,
        notice=notice(e),
        merged=_merged(catalogue, e),
        activity=e.activite,
        mission=e.mission,
        description=markdown(e.description) if e.description else Markup(),
        facts=facts_of(catalogue, e),
        offers=tuple(offered(catalogue, e, o) for o in e.offres),
        served=served(catalogue, e.territoires_desservis, e),
        confidential=e.adresse_confidentielle,
        main_place=places[0],
        other_places=places[1:],
        website=Outside(site_text(e.site_web, catalogue.shared_hosts), e.site_web) if e.site_web else None,
        networks=tuple(Outside(label, getattr(e.reseaux, key)) for key, label in NETWORKS if getattr(e.reseaux, key)),
        purchase_contact=_purchase_contact(e),
        benefits=benefits(e),
        indicators=e.indicateurs,
        certifications=_certifications(catalogue, e),
        conformity=tuple(conformity(c, today) for c in e.conformite),
        day=french.day(date.fromisoformat(today)) if e.conformite else "",
        neq=e.neq,
        checks=() if _is_past(e) else CHECKS,
        verification=verification(e),
        is_sparse=not (e.offres or e.en_bref or e.description),
        near=tuple(row(catalogue, other, km) for other, km in catalogue.near(e)),
        similar=tuple(row(catalogue, other) for other in catalogue.similar(e)),
        correction=_correction(settings, e),
        housed=tuple(_home(home) for home in help_of(catalogue).homes.get(e.slug, ())),
        rooms=_rooms(e),
        guests=tuple(Told(named(catalogue, ENTERPRISES, guest.nom), guest.activite) for guest in e.heberges),
        help=urls.help_asked(catalogue.mrc(e.lieu).code),
        vcard="" if _is_past(e) else urls.vcard(e.slug),
        around=_around(catalogue, e, around) if around else AroundView(),
        sheet=sheet,
        pictures=NONE if _is_past(e) else pictures(catalogue, e.slug),
        shared=urls.shared_picture(urls.enterprise(e.slug)) if said else "",
    )
    return Page(
        url=urls.enterprise(e.slug),
        tab="entreprises",
        title=e.nom,
        description=_description(catalogue, e),
        template="profil.html",
        view=view,
        data=enterprise_data(catalogue, settings, e, crumbs),
        indexed=not _is_past(e),
        files=() if _is_past(e) else ((urls.vcard(e.slug), vcard(catalogue, e, settings.site_url)),),
        picture=card.picture(urls.enterprise(e.slug), said) if said else None,
    )


def _around(catalogue: Catalogue, e: Enterprise, around: Around) -> AroundView:
    mrc = catalogue.mrc(e.lieu)
    is_here = mrc.code in catalogue.mrc_codes and not _is_past(e)
    return around.in_mrc(mrc) if is_here else AroundView()


def _is_past(e: Enterprise) -> bool:
    return e.is_closed or bool(e.fusionnee_avec)


def _crumbs(catalogue: Catalogue, e: Enterprise) -> tuple[Link, ...]:
    mrc = catalogue.mrc(e.lieu)
    here = Link(e.nom)
    if mrc.code not in catalogue.mrc_codes:
        return HOME_CRUMB, Link("Entreprises", urls.ENTERPRISES), here
    return HOME_CRUMB, Link("Entreprises", urls.ENTERPRISES), Link(mrc.titre, urls.territory(mrc.slug)), here


def _description(catalogue: Catalogue, e: Enterprise) -> str:
    sector = "" if e.secteur == TO_SPECIFY else catalogue.vocabularies.sectors[e.secteur].libelle
    place = catalogue.municipality(e.lieu).a
    if e.en_bref:
        return f"{french.shorten(e.en_bref, 160)} {french.sentence(place)}."
    return f"{sector}, {place}." if sector else f"Entreprise d’économie sociale {place}."


def _home(home: Item | Enterprise) -> Link:
    if isinstance(home, Enterprise):
        return Link(home.nom, urls.enterprise(home.slug))
    return record_link(ORGANISATIONS, home)


def _rooms(e: Enterprise) -> tuple[tuple[str, str, str], ...]:
    kinds = load(ENTERPRISES).children["locaux"].field("genre").labels
    return tuple((room.nom, kinds.get(room.genre, ""), room.precisions) for room in e.locaux)


def notice(e: Enterprise) -> str:
    """Say that an enterprise is closed or merged; nothing when it is neither."""
    if e.fusionnee_avec:
        return "Cette entreprise a fusionné avec une autre."
    if not e.is_closed:
        return ""
    when = f" le {french.day(e.date_fermeture)}" if e.date_fermeture else ""
    return f"Cette entreprise a cessé ses activités{when}. Sa fiche reste en ligne pour mémoire."


def _merged(catalogue: Catalogue, e: Enterprise) -> Link | None:
    other = catalogue.by_slug.get(e.fusionnee_avec)
    return Link(other.nom, urls.enterprise(other.slug)) if other else None


def facts_of(catalogue: Catalogue, e: Enterprise) -> tuple[tuple[str, Link], ...]:
    """Say what an enterprise is: sectors, form, year, NEQ, membership, each with the page it leads to."""
    vocabularies = catalogue.vocabularies
    facts: list[tuple[str, Link]] = []
    for rank, slug in enumerate(catalogue.sectors_of(e)):
        if slug != TO_SPECIFY:
            url = urls.sector(slug) if slug in catalogue.by_sector else ""
            facts.append(("Autre secteur" if rank else "Secteur", Link(vocabularies.sectors[slug].libelle, url)))
    if e.forme_juridique != TO_SPECIFY:
        url = urls.form(e.forme_juridique) if e.forme_juridique in catalogue.by_form else ""
        facts.append(("Forme juridique", Link(vocabularies.forms[e.forme_juridique].libelle, url)))
    if e.annee_fondation:
        facts.append(("Fondée en", Link(str(e.annee_fondation))))
    if e.neq:
        facts.append(("NEQ", Link(f"{e.neq[:4]}{french.NBSP}{e.neq[4:7]}{french.NBSP}{e.neq[7:]}")))
    if e.adhesion:
        label = load("enterprises").root.field("adhesion").labels[e.adhesion]
        doubt = " (à confirmer)" if "adhesion" in e.verification.deduits else ""
        facts.append(("Adhésion", Link(label + doubt)))
    if e.jachete:
        since = f"depuis {e.jachete.depuis}" if e.jachete.depuis else ""
        facts.append(
            (
                "L’économie sociale, j’achète!",
                Link(french.sentence(", ".join(t for t in (since, e.jachete.cohorte) if t))),
            )
        )
    return tuple(facts)


def _place(catalogue: Catalogue, e: Enterprise, place: Place) -> PlaceView:
    municipality = catalogue.municipality(place)
    mrc = catalogue.territories.mrcs[municipality.mrc]
    is_listed = catalogue.is_listed(e) and mrc.code in catalogue.mrc_codes
    hidden = e.adresse_confidentielle
    return PlaceView(
        name=place.nom,
        street="" if hidden else place.adresse,
        town=Link(municipality.nom, town_url(catalogue, municipality) if is_listed else ""),
        postal_code="" if hidden else place.code_postal,
        phone=phone(place.telephone),
        email=email(place.courriel),
        hours=place.heures,
        is_approximate=not hidden and place.latitude is not None and place.precision == APPROXIMATE,
    )


def _purchase_contact(e: Enterprise) -> tuple[str, Outside | None, Outside | None] | None:
    contact = e.contact_achats
    if not contact:
        return None
    return contact.fonction or "Achats et soumissions", phone(contact.telephone), email(contact.courriel)


def benefits(e: Enterprise) -> tuple[tuple[str, str], ...]:
    """Give what an enterprise says of its benefits, each under its title."""
    found = (
        ("Pour les personnes", e.retombees.sociales),
        ("Pour l’économie locale", e.retombees.economiques),
        ("Pour l’environnement", e.retombees.environnementales),
    )
    return tuple((title, text) for title, text in found if text)


def _certifications(catalogue: Catalogue, e: Enterprise) -> tuple[Outside, ...]:
    known = (catalogue.vocabularies.certifications[slug] for slug in e.certifications)
    return tuple(Outside(one.libelle, one.site_web) for one in known)


def _correction(settings: Settings, e: Enterprise) -> CorrectionView:
    pole = settings.pole
    edit = f"{settings.edit_prefix.rstrip('/')}/enterprises/{e.slug}.yml" if settings.edit_prefix else ""
    return CorrectionView(
        form=urls.correct(e.slug),
        email=email(pole.courriel, f"Correction de la fiche de {e.nom}"),
        phone=phone(pole.telephone),
        edit=Outside("proposer une modification en ligne", edit) if edit else None,
    )
