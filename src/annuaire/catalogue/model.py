"""Hold a judged record of an enterprise as immutable, typed values, in the words of the record and of the columns.

Nothing is computed twice: what derives from a record is a property. Names of places and vocabularies are
resolved by `annuaire.catalogue.index`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from annuaire.records.reading import Record

CONFIRMED = "confirmee"


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
    """Build an enterprise from the values of a record without errors."""
    return Enterprise(
        slug=slug,
        nom=v["nom"],
        forme_juridique=v["forme_juridique"],
        statut=v["statut"],
        secteur=v["secteur"],
        etablissements=tuple(_place(p) for p in v["etablissements"]),
        verification=_verification(v["verification"]),
        anciens_slugs=tuple(v.get("anciens_slugs", ())),
        neq=v.get("neq", ""),
        annee_fondation=_whole(v.get("annee_fondation")),
        adhesion=v.get("adhesion", ""),
        date_fermeture=_day(v.get("date_fermeture")),
        fusionnee_avec=v.get("fusionnee_avec", ""),
        secteurs_secondaires=tuple(v.get("secteurs_secondaires", ())),
        activite=v.get("activite", ""),
        mission=v.get("mission", ""),
        description=v.get("description", ""),
        offres=tuple(_offer(o) for o in v.get("offres", ())),
        territoires_desservis=tuple(v.get("territoires_desservis", ())),
        retombees=Benefits(**v["retombees"]) if "retombees" in v else Benefits(),
        indicateurs=tuple(Indicator(**{**i, "annee": _whole(i.get("annee"))}) for i in v.get("indicateurs", ())),
        certifications=tuple(v.get("certifications", ())),
        conformite=tuple(_conformity(c) for c in v.get("conformite", ())),
        jachete=_initiative(v["jachete"]) if "jachete" in v else Initiative(),
        adresse_confidentielle=v.get("adresse_confidentielle") == "oui",
        site_web=v.get("site_web", ""),
        reseaux=Networks(**v["reseaux"]) if "reseaux" in v else Networks(),
        contact_achats=PurchaseContact(**v["contact_achats"]) if "contact_achats" in v else PurchaseContact(),
        locaux=tuple(Room(**room) for room in v.get("locaux", ())),
        heberges=tuple(Guest(**guest) for guest in v.get("heberges", ())),
        provenances=tuple(Provenance(**{**p, "champs": tuple(p["champs"])}) for p in v.get("provenances", ())),
    )


def _verification(v: dict[str, Any]) -> Verification:
    return Verification(
        v.get("statut", ""),
        _day(v.get("date")),
        v.get("par", ""),
        v.get("source", ""),
        tuple(v.get("deduits", ())),
    )


def _offer(v: dict[str, Any]) -> Offer:
    nested = {"territoires_desservis", "verification"}
    return Offer(
        **{key: value for key, value in v.items() if key not in nested},
        territoires_desservis=tuple(v.get("territoires_desservis", ())),
        verification=_verification(v.get("verification", {})),
    )


def _conformity(v: dict[str, Any]) -> Conformity:
    return Conformity(**{**v, "valide_jusqua": _day(v.get("valide_jusqua"))})


def _initiative(v: dict[str, Any]) -> Initiative:
    return Initiative(_whole(v.get("depuis")), v.get("cohorte", ""))


def _place(v: dict[str, Any]) -> Place:
    degrees: dict[str, Any] = {key: float(v[key]) for key in ("latitude", "longitude") if key in v}
    return Place(**{**v, **degrees})


def _whole(text: str | None) -> int | None:
    return int(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
