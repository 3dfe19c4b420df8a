"""Say what an enterprise may do, and who vouched for its record: with a date, a source, or plainly that nobody has."""

from __future__ import annotations

from dataclasses import dataclass

from annuaire.catalogue.model import Conformity, Enterprise, Provenance
from annuaire.catalogue.sources import day_text, short_name
from annuaire.schema import load
from annuaire.text import french


@dataclass(frozen=True, slots=True)
class ConformityView:
    """Show one authorisation: `validity` is a phrase; `expired` is judged at the site's reference date."""

    label: str
    number: str
    validity: str
    expired: bool
    source: str


@dataclass(frozen=True, slots=True)
class VerificationView:
    """Say when a person vouched for the record, in a sentence; `inferred` names the fields that were guessed.

    `given` says which fields came from which source, and of when.
    """

    confirmed: bool
    sentence: str
    source: str
    inferred: tuple[str, ...]
    given: tuple[str, ...]


def conformity(c: Conformity, today: str) -> ConformityView:
    """Show an authorisation; `today` is the reference date of the site, as AAAA-MM-JJ."""
    label = load("enterprises").children["conformite"].field("type").labels[c.type]
    expired = c.valide_jusqua is not None and c.valide_jusqua.isoformat() < today
    validity = ""
    if c.valide_jusqua is not None:
        validity = f"{'Échéance passée depuis le' if expired else 'Valide jusqu’au'} {french.day(c.valide_jusqua)}"
    return ConformityView(label, c.numero, validity, expired, c.source)


def verification(e: Enterprise) -> VerificationView:
    """Say who vouched for a record, and where its values came from."""
    v, schema = e.verification, load("enterprises")
    inferred = tuple(_lower(schema.title_of(name)) for name in v.deduits if name in schema.names)
    given = tuple(_given(provenance) for provenance in e.provenances)
    if v.is_confirmed and v.date is not None:
        by = {"entreprise": " par l’entreprise", "pole": " par le Pôle"}.get(v.par, "")
        return VerificationView(True, f"Fiche vérifiée{by} le {french.day(v.date)}.", v.source, inferred, given)
    whence = "de sources publiques" if given else "d’une liste publique"
    sentence = (
        f"Fiche à confirmer{french.NBSP}: ces renseignements viennent {whence} et personne ne les a encore vérifiés."
    )
    return VerificationView(False, sentence, v.source, inferred, given)


def _given(provenance: Provenance) -> str:
    """Say what a source gave: « Forme juridique et activité : Registre d’Exemple, 7 juin 2026 (CC BY 4.0) »."""
    titles = [_lower(load("enterprises").title_of(name)) for name in provenance.champs]
    day = day_text(provenance.date)
    source = short_name(provenance.source) + (f", {day}" if day else "")
    return f"{french.sentence(french.enumeration(titles))}{french.NBSP}: {source} ({provenance.licence})"


def _lower(title: str) -> str:
    """Start a title with a small letter, but for an acronym."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
