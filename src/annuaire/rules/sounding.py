"""Judge needs: each says what is asked, can be answered, and is no longer said to be open after its last day."""

from __future__ import annotations

from collections.abc import Iterator

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
TRAIT = "besoin"
CODES = (
    "besoin-sans-categorie",
    "besoin-sans-ressource",
    "besoin-sans-unite",
    "besoin-sans-contact",
    "besoin-echu",
)


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report what keeps people from understanding a need or from answering it."""
    kind = record.text("genre")
    if kind == "sondage" and not record.text("categorie"):
        yield Finding("besoin-sans-categorie", ("genre",))
    if kind in ("je-cherche", "je-partage") and not record.text("ressource"):
        yield Finding("besoin-sans-ressource", ("genre",))
    if record.text("quantite") and not record.text("unite"):
        yield Finding("besoin-sans-unite", ("quantite",), {"valeur": record.text("quantite")})
    if not record.text("contact", "telephone") and not record.text("contact", "courriel"):
        yield Finding("besoin-sans-contact", ("contact",))
    day = record.day("echeance")
    if record.text("statut") == "ouvert" and day and day < context.today:
        yield Finding("besoin-echu", ("statut",), {"valeur": record.text("echeance")})
