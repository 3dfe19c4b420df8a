"""Lay out « Prospectus territorial »: the social economy of one MRC, in numbers, on a map and in a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.config import Settings
from annuaire.pages.profile import benefits
from annuaire.pages.purchase import STEPS
from annuaire.places.territories import Mrc
from annuaire.places.vocabularies import TO_SPECIFY
from annuaire.print import outline
from annuaire.print.entries import Data, by_sector, contribute, correcting, frame, page_code, waiting
from annuaire.text import french
from annuaire.text.french import NBSP
from annuaire.text.markup import paragraphs
from annuaire.text.names import sort_key

_MEMBERS = frozenset({"regulier", "accompagnateur", "solidaire"})
# The law is quoted in short; its text alone counts (see the page « À propos »).
_DEFINITION = {
    "avant": [
        "La Loi sur l’économie sociale (2013) définit l’entreprise d’économie sociale à son article 3. En résumé, "
        "elle vend ou échange des biens ou des services, et elle est exploitée par une coopérative, une mutuelle ou "
        "une association dotée de la personnalité juridique. Elle suit ces principes\u00a0:"
    ],
    "principes": [
        "elle a pour but de répondre aux besoins de ses membres ou de la collectivité;",
        "elle est autonome et n’est pas dirigée par un organisme public;",
        "ses règles prévoient une gouvernance démocratique par ses membres;",
        "elle vise la viabilité économique;",
        "elle ne partage pas ses surplus, ou ne les distribue à ses membres qu’en proportion de leur usage de "
        "l’entreprise;",
        "si elle est dissoute, ce qui reste va à une autre personne morale dont la mission est semblable.",
    ],
    "source": "Source\u00a0: Loi sur l’économie sociale, chapitre E-1.1.1, article 3. Le texte de la loi fait foi.",
}


def data(catalogue: Catalogue, settings: Settings, mrc: Mrc, title: str, day: date) -> Data:
    """Say all that the leaflet of one MRC says; `day` is that of its last change."""
    found = catalogue.by_mrc.get(mrc.code, ())
    note = catalogue.notes.get(mrc.code)
    return frame(settings, title, day) | {
        "sous-titre": f"{french.count(len(found), 'entreprise')}, {_sectors_phrase(catalogue, found)}",
        "definition": _DEFINITION,
        "titre-chiffres": f"L’économie sociale {mrc.dans}, en chiffres",
        "presentation": list(paragraphs(note.presentation)) if note else [],
        "presentation-source": f"Source{NBSP}: {note.source}." if note and note.source else "",
        "comptes": [{"nom": name, "texte": french.number(count)} for name, count in counts(catalogue, mrc, found)],
        "chiffres": figures(catalogue, mrc),
        "graphiques": list(charts(catalogue, found)),
        "carte": outline.draw(catalogue, mrc),
        "avant-liste": waiting(found),
        "groupes": by_sector(catalogue, found),
        "retombees": [
            {"nom": e.nom, "lignes": [{"nom": name, "texte": text} for name, text in said]}
            for e in found
            if (said := benefits(e))
        ],
        "achat": [{"nom": name, "texte": text} for name, text, *_ in STEPS],
        "correction": correcting(settings),
        "codes": {
            "territoire": page_code(settings, urls.territory(mrc.slug), "La liste à jour"),
            "achat": page_code(settings, urls.BUY, "Acheter d’une entreprise d’économie sociale"),
            "contribuer": contribute(settings),
        },
    }


def counts(catalogue: Catalogue, mrc: Mrc, found: Sequence[Enterprise]) -> Iterator[tuple[str, int]]:
    """Count what the directory holds of an MRC: what each number is, then the number."""
    yield "Entreprises qui y ont un lieu", len(found)
    yield "Fiches relues par l’entreprise ou par le Pôle", sum(e.verification.is_confirmed for e in found)
    yield "Offres (produits et services) décrites", sum(len(e.offres) for e in found)
    yield (
        "Municipalités où il y en a",
        sum(m.code in catalogue.by_municipality for m in catalogue.territories.municipalities_of(mrc.code)),
    )
    members = sum(e.adhesion in _MEMBERS for e in found)
    if members:
        yield "Membres du Pôle", members


def figures(catalogue: Catalogue, mrc: Mrc) -> list[Data]:
    """Give what is known of a territory: each figure with its year and its source."""
    note = catalogue.notes.get(mrc.code)
    return [
        {
            "nom": one.libelle,
            "valeur": f"{one.valeur}{NBSP}{one.unite}".rstrip(),
            "annee": str(one.annee),
            "source": f"Source{NBSP}: {one.source}",
        }
        for one in (note.chiffres if note else ())
    ]


def charts(catalogue: Catalogue, found: Sequence[Enterprise]) -> Iterator[Data]:
    """Lay out the charts: enterprises by main sector, by legal form."""
    words = catalogue.vocabularies
    sectors = Counter(e.secteur for e in found)
    forms = Counter(e.forme_juridique for e in found)
    labels = {slug: sector.libelle for slug, sector in words.sectors.items()}
    yield _chart("Par secteur d’activité principal", sectors, labels)
    yield _chart("Par forme juridique", forms, {slug: form.libelle for slug, form in words.forms.items()})


def _chart(title: str, numbers: Counter[str], labels: dict[str, str]) -> Data:
    ranked = sorted(numbers, key=lambda slug: (slug == TO_SPECIFY, -numbers[slug], sort_key(labels[slug])))
    rows = [{"nom": labels[s], "nombre": numbers[s], "texte": french.number(numbers[s])} for s in ranked]
    return {"titre": title, "unite": "Entreprises", "lignes": rows}


def _sectors_phrase(catalogue: Catalogue, found: Iterable[Enterprise]) -> str:
    known = {e.secteur for e in found} - {TO_SPECIFY}
    return f"dans {french.count(len(known), 'secteur')} d’activité"
