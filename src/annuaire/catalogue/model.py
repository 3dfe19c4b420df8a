"""Hold a judged record of an enterprise as immutable, typed values, in the words of the record and of the columns.

Nothing is computed twice: what derives from a record is a property. Names of places and vocabularies are
resolved by `annuaire.catalogue.index`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from annuaire.records.reading import Record

T = TypeVar("T")
CONFIRMED = "confirmee"
LOGO, PHOTO = "logo", "photo"  # kinds of images


@dataclass(frozen=True, slots=True)
class Verification:
    """Say when a person vouched for a record or an offer; `deduits` names the fields inferred, not read."""

    statut: str = ""
    date: date | None = None
    par: str = ""
    source: str = ""
    deduits: tuple[str, ...] = ()

    @property
    def is_confirmed(self) -> bool:
        """Tell whether a person vouched for it."""
        return self.statut == CONFIRMED


@dataclass(frozen=True, slots=True)
class Offer:
    """Describe one product or service; territories are MRC codes, `region` or `quebec`."""

    nom: str
    categorie: str
    description: str = ""
    prix_indicatif: str = ""
    delai: str = ""
    capacite: str = ""
    territoires_desservis: tuple[str, ...] = ()
    verification: Verification = Verification()


@dataclass(frozen=True, slots=True)
class Indicator:
    """Hold one published measure of the benefits."""

    libelle: str
    valeur: str
    unite: str = ""
    annee: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Conformity:
    """Hold one authorisation or proof, valid until a day where it has one."""

    type: str
    numero: str = ""
    valide_jusqua: date | None = None
    source: str = ""


APPROXIMATE = "municipalite"  # the precision of a point that is the middle of its municipality


@dataclass(frozen=True, slots=True)
class Place:
    """Describe one place of service; `municipalite` is an official name."""

    municipalite: str
    municipalite_code: str = ""
    nom: str = ""
    adresse: str = ""
    code_postal: str = ""
    latitude: float | None = None
    longitude: float | None = None
    precision: str = ""
    telephone: str = ""
    courriel: str = ""
    heures: str = ""

    @property
    def position(self) -> tuple[float, float] | None:
        """Give latitude and longitude in degrees, or None: the middle of the municipality is not where a place is."""
        if self.latitude is None or self.longitude is None or self.precision == APPROXIMATE:
            return None
        return self.latitude, self.longitude


@dataclass(frozen=True, slots=True)
class Provenance:
    """Say which fields came from which source; `date` is that of the source: a day, a month or a year."""

    champs: tuple[str, ...]
    source: str
    licence: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """Describe premises that the enterprise shares or lets; `genre` is one of the choices of the schema."""

    nom: str
    genre: str = ""
    precisions: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """Name an image of the record: `genre` is LOGO or PHOTO, `alternative` says it to who does not see it."""

    fichier: str
    genre: str
    alternative: str
    credit: str
    consentement: str
    legende: str = ""


@dataclass(frozen=True, slots=True)
class Guest:
    """Name an enterprise under the same roof, by its slug or, without a record, by its name."""

    nom: str
    activite: str = ""


@dataclass(frozen=True, slots=True)
class Benefits:
    """Hold the benefits in the enterprise's words."""

    sociales: str = ""
    economiques: str = ""
    environnementales: str = ""

    def __bool__(self) -> bool:
        return bool(self.sociales or self.economiques or self.environnementales)


@dataclass(frozen=True, slots=True)
class Networks:
    """Hold the addresses of the enterprise's pages on social networks."""

    facebook: str = ""
    instagram: str = ""
    linkedin: str = ""
    youtube: str = ""
    tiktok: str = ""


@dataclass(frozen=True, slots=True)
class PurchaseContact:
    """Hold how to reach the purchasing contact: a role, never a person's name."""

    fonction: str = ""
    telephone: str = ""
    courriel: str = ""

    def __bool__(self) -> bool:
        return bool(self.fonction or self.telephone or self.courriel)


@dataclass(frozen=True, slots=True)
class Initiative:
    """Say since when, and in which cohort, the enterprise is in « L'économie sociale, j'achète! »."""

    depuis: int | None = None
    cohorte: str = ""

    def __bool__(self) -> bool:
        return bool(self.depuis or self.cohorte)


@dataclass(frozen=True, slots=True)
class Enterprise:
    """Hold one enterprise as its record states it."""

    slug: str
    nom: str
    forme_juridique: str
    statut: str
    secteur: str
    etablissements: tuple[Place, ...]
    verification: Verification
    anciens_slugs: tuple[str, ...] = ()
    neq: str = ""
    annee_fondation: int | None = None
    adhesion: str = ""
    date_fermeture: date | None = None
    fusionnee_avec: str = ""
    secteurs_secondaires: tuple[str, ...] = ()
    activite: str = ""
    mission: str = ""
    description: str = ""
    offres: tuple[Offer, ...] = ()
    territoires_desservis: tuple[str, ...] = ()
    retombees: Benefits = Benefits()
    indicateurs: tuple[Indicator, ...] = ()
    certifications: tuple[str, ...] = ()
    conformite: tuple[Conformity, ...] = ()
    jachete: Initiative = Initiative()
    adresse_confidentielle: bool = False
    site_web: str = ""
    reseaux: Networks = Networks()
    contact_achats: PurchaseContact = PurchaseContact()
    locaux: tuple[Room, ...] = ()
    heberges: tuple[Guest, ...] = ()
    provenances: tuple[Provenance, ...] = ()
    images: tuple[Image, ...] = ()

    @property
    def lieu(self) -> Place:
        """Give the main place."""
        return self.etablissements[0]

    @property
    def en_bref(self) -> str:
        """Say in a sentence what the enterprise does: its activity, else its mission, else nothing."""
        return self.activite or self.mission

    @property
    def is_closed(self) -> bool:
        """Tell whether the enterprise is closed."""
        return self.statut == "fermee"

    @property
    def position(self) -> tuple[float, float] | None:
        """Give the position of the main place, or None; never one of a confidential address."""
        return None if self.adresse_confidentielle else self.lieu.position

    @property
    def code_postal(self) -> str:
        """Give the postal code of the main place; never one of a confidential address."""
        return "" if self.adresse_confidentielle else self.lieu.code_postal


def enterprise(record: Record) -> Enterprise:
    """Build an enterprise from a record without errors, once."""
    if record.model is None:
        record.model = made_of(record.slug, record.values)
    found: Enterprise = record.model
    return found


def made_of(slug: str, v: Mapping[str, Any]) -> Enterprise:
    """Build an enterprise from the values of a record without errors: what is not written there is what fields say."""
    return Enterprise(slug=slug, **_made(v, _OF_ENTERPRISE))


def _made(v: Mapping[str, Any], makers: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    """Give the values of a mapping, made into what some of its fields hold."""
    return {key: makers[key](value) if key in makers else value for key, value in v.items()}


def _verification(v: dict[str, Any]) -> Verification:
    return Verification(**_made(v, {"date": _day, "deduits": tuple}))


def _initiative(v: dict[str, Any]) -> Initiative:
    return Initiative(**_made(v, {"depuis": _whole}))


def _every(make: Callable[..., T], makers: Mapping[str, Callable[[Any], Any]]) -> Callable[[Any], tuple[T, ...]]:
    return lambda items: tuple(make(**_made(item, makers)) for item in items)


def _whole(text: str | None) -> int | None:
    return int(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


_OF_ENTERPRISE: Mapping[str, Callable[[Any], Any]] = {
    "anciens_slugs": tuple,
    "annee_fondation": _whole,
    "date_fermeture": _day,
    "secteurs_secondaires": tuple,
    "territoires_desservis": tuple,
    "certifications": tuple,
    "adresse_confidentielle": lambda text: text == "oui",
    "verification": _verification,
    "jachete": _initiative,
    "retombees": lambda v: Benefits(**v),
    "reseaux": lambda v: Networks(**v),
    "contact_achats": lambda v: PurchaseContact(**v),
    "etablissements": _every(Place, {"latitude": float, "longitude": float}),
    "offres": _every(Offer, {"territoires_desservis": tuple, "verification": _verification}),
    "indicateurs": _every(Indicator, {"annee": _whole}),
    "conformite": _every(Conformity, {"valide_jusqua": _day}),
    "locaux": _every(Room, {}),
    "heberges": _every(Guest, {}),
    "provenances": _every(Provenance, {"champs": tuple}),
    "images": _every(Image, {}),
}
