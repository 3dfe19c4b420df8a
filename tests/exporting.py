"""Give made-up enterprises of every kind, hostile ones included, and readers of what was exported."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from annuaire.catalogue.model import (
    Benefits,
    Conformity,
    Enterprise,
    Guest,
    Indicator,
    Initiative,
    Networks,
    Offer,
    Place,
    PurchaseContact,
    Room,
    Verification,
)
from annuaire.config import Pole, Settings
from annuaire.timeline.history import Change

NOW = datetime(2026, 11, 22, 15, 4, 5, tzinfo=UTC)
HOSTILE = (
    "=HYPERLINK(\"https://mal.exemple\";'x')<script>alert(1)</script>]]>&amp;{{ 7*7 }}\r\n,;|\\\x00\x07\u2028\ud800é"
)
ATOM = "{http://www.w3.org/2005/Atom}"

RICH = Enterprise(
    slug="coop-exemple",
    nom="Coopérative Exemple, « la bonne »",
    forme_juridique="obnl",
    statut="active",
    secteur="services-aux-entreprises",
    etablissements=(
        Place(
            municipalite="La Tuque",
            municipalite_code="90012",
            nom="Siège",
            adresse="1250, rue Exemple",
            code_postal="G9X 2E8",
            latitude=47.43777,
            longitude=-72.78283,
            telephone="819 555-0142",
            courriel="-info+a@coop.example.org",
            heures="De 8 h à 17 h",
        ),
        Place(municipalite="Shawinigan"),
    ),
    verification=Verification("confirmee", date(2026, 3, 15), "entreprise", "Site web", ("secteur", "forme_juridique")),
    anciens_slugs=("coop-ancienne", "coop-plus-ancienne"),
    neq="1142934315",
    annee_fondation=1998,
    adhesion="regulier",
    secteurs_secondaires=("arts-culture",),
    mission="-12 degrés\nOffrir des « repas ».",
    description="@membres, **oui**\n\n- un\n- deux",
    offres=(
        Offer("Entretien, ménager", "entretien-menager", "Bureaux", "38 $", "5 jours", "2 000 m²", ("350", "region")),
        Offer(
            "Vitres",
            "entretien-menager",
            verification=Verification("confirmee", date(2026, 1, 2), source="Appel"),
        ),
    ),
    territoires_desservis=("350", "quebec"),
    retombees=Benefits("Douze personnes", "+ 12 emplois", "Trente tonnes"),
    indicateurs=(Indicator("Personnes", "-12", "personnes", 2025, "Rapport"), Indicator("Ventes", "+3,5")),
    certifications=("entreprise-insertion",),
    conformite=(Conformity("rbq", "5555-1234-01", date(2027, 3, 31), "Registre"),),
    jachete=Initiative(2024, "Cohorte Exemple"),
    site_web="https://coop.example.org/",
    reseaux=Networks(facebook="https://www.facebook.com/coopexemple"),
    contact_achats=PurchaseContact("Service aux entreprises", "819 555-0142", "achats@coop.example.org"),
    locaux=(Room("Salle, du haut", "salle", "@vingt places"),),
    heberges=(Guest("a", "Reliure"), Guest("Atelier Exemple")),
)
POOR = Enterprise(
    "a", "Ateliers Exemple", "obnl", "inconnu", "a-preciser", (Place("La Tuque"),), Verification("a-confirmer")
)
SHELTER = replace(RICH, slug="maison-exemple", nom="Maison Exemple", anciens_slugs=(), adresse_confidentielle=True)
CLOSED = replace(POOR, slug="fermee-exemple", nom="Fermée", statut="fermee", date_fermeture=date(2026, 1, 31))
MERGED = replace(POOR, slug="fusionnee-exemple", nom="Fusionnée", fusionnee_avec="coop-exemple")
LONGEST = replace(POOR, slug="longue", nom="=" + "x" * 199, mission="+" + "é" * 599)
NASTY = replace(
    RICH,
    slug="hostile",
    nom=HOSTILE.replace("\r\n", ""),
    anciens_slugs=(),
    mission=HOSTILE,
    description=HOSTILE,
    offres=(Offer(HOSTILE, "entretien-menager", HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
    retombees=Benefits(HOSTILE, HOSTILE, HOSTILE),
    indicateurs=(Indicator(HOSTILE, HOSTILE[:40], HOSTILE[:40], 2025, HOSTILE),),
    conformite=(Conformity("rbq", HOSTILE[:60], None, HOSTILE),),
    locaux=(Room(HOSTILE, "salle", HOSTILE),),
    heberges=(Guest(HOSTILE, HOSTILE),),
    jachete=Initiative(2024, HOSTILE[:80]),
    contact_achats=PurchaseContact(HOSTILE),
    etablissements=(Place("La Tuque", nom=HOSTILE, adresse=HOSTILE, latitude=47.4, longitude=-72.7, heures=HOSTILE),),
    verification=Verification("confirmee", date(2026, 3, 15), "pole", HOSTILE),
)
ALL = (RICH, POOR, SHELTER, CLOSED, MERGED, LONGEST, NASTY)
PUBLIC = {"coop-exemple", "a", "maison-exemple", "fermee-exemple", "longue", "hostile"}


def day(number: int) -> datetime:
    """Give a moment of January 2026."""
    return datetime(2026, 1, number, 12, tzinfo=UTC)


CHANGES = {
    "coop-exemple": Change(day(1), day(9)),
    "hostile": Change(day(5), day(5)),
    "fusionnee-exemple": Change(day(6), day(6)),
    "a": Change(day(2), day(2)),
    "absente": Change(day(7), day(7)),
}


def make_settings(**changed: Any) -> Settings:
    """Give the settings of a made-up site."""
    settings = Settings(
        root=Path("/exemple"),
        config_file=Path("/exemple/mkdocs.yml"),
        site_name="Répertoire « Exemple » & cie",
        site_url="https://exemple.org/repertoire/",
        site_dir=Path("/exemple/site"),
        pages=Path("/exemple/pages"),
        content=Path("/exemple/content"),
        publication="officielle",
        regions=("04",),
        pole=Pole(nom="Pôle Exemple", courriel="pole@exemple.org", telephone="819 555-0100"),
        data_licence="CC BY 4.0",
        repository="",
        edit_prefix="",
    )
    return replace(settings, **changed)


def table(out: Path, name: str) -> list[dict[str, str]]:
    """Read one published table."""
    text = (out / "donnees" / f"{name}.csv").read_bytes().decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def row(out: Path, name: str, slug: str, order: str = "1") -> dict[str, str]:
    """Give one row of a published table."""
    return next(r for r in table(out, name) if r["entreprise"] == slug and r.get("ordre", "1") == order)
