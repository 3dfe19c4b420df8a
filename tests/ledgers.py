"""Make ledgers of purchases up, the same each time: shapes that finance departments give, and what is true of each.

Suppliers of the directory are those given; all others are fictitious. What is expected is summed here, apart from the
code that is tested.
"""

from __future__ import annotations

import base64
import csv
import io
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from tests.exporting import NOW
from tests.node import Ask, asking
from tests.rules.corpus import TODAY
from tests.sites import EXAMPLES

from annuaire import config
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.loading import Loader
from annuaire.exports import ledger, purchase, texts
from annuaire.pages.reference import Version

Json = dict[str, Any]
PROGRAM = Path(__file__).parent / "unit" / "ledger.mjs"

WORDS = ("Pavage", "Plomberie", "Papeterie", "Garage", "Quincaillerie", "Toitures", "Soudure", "Excavation")
OBJECTS = ("Entretien ménager", "Papier", "Traiteur pour une réunion", "Réfection de rue", "Essence", "Honoraires")


@dataclass
class Truth:
    """Hold what a ledger says: cents and lines bought by NEQ of the directory, all of them, rows apart by reason."""

    confirmed: int = 0
    confirmed_lines: int = 0
    total: int = 0
    lines: int = 0
    credits: int = 0
    apart: dict[str, int] = field(default_factory=dict)
    days: list[str] = field(default_factory=list)

    def bought(self, cents: int, day: str, *, known: bool) -> None:
        """Add one purchase."""
        self.total += cents
        self.lines += 1
        self.credits += cents < 0
        self.days += [day]
        if known:
            self.confirmed += cents
            self.confirmed_lines += 1

    def aside(self, reason: str, count: int = 1) -> None:
        """Add rows that are no purchase."""
        self.apart[reason] = self.apart.get(reason, 0) + count


@dataclass(frozen=True)
class Purchase:
    """Hold one line: a supplier, its NEQ or nothing, an amount, a day, what was bought."""

    name: str
    neq: str
    cents: int
    day: date
    object: str


def purchases(rng: random.Random, known: Mapping[str, str], count: int) -> list[Purchase]:
    """Draw the lines of a year; `known` gives the names of the directory by their NEQ. One in twenty is a credit."""
    neqs = list(known)
    others = [f"{rng.choice(WORDS)} Inventé {n} inc." for n in range(count // 4 + 1)]
    found = []
    for _ in range(count):
        is_known = rng.random() < 0.3
        neq = rng.choice(neqs) if is_known else ""
        at = rng.randrange(len(others))
        name = known[neq] if is_known else others[at]
        cents = rng.randrange(100, 5_000_000) * (-1 if rng.random() < 0.05 else 1)
        day = date(2025, 1, 1) + timedelta(days=rng.randrange(365))
        found.append(Purchase(name, neq or f"11{90_000_000 + at}", cents, day, rng.choice(OBJECTS)))
    return found


def french(cents: int, *, held: bool = False, space: str = "\u00a0") -> str:
    """Write an amount as in Québec, « 1 234,56 »; below zero, with a sign or between brackets."""
    units, rest = divmod(abs(cents), 100)
    text = f"{units:,}".replace(",", space) + f",{rest:02d}"
    if cents >= 0:
        return text
    return f"({text})" if held else f"-{text}"


def general_ledger(rng: random.Random, known: Mapping[str, str], count: int) -> tuple[bytes, Truth]:
    """Print a general ledger: subtotals by supplier, titles said again, credits between brackets; Windows-1252."""
    truth, rows = Truth(), [["Grand livre, 2025"], ["Nom du fournisseur", "N.E.Q.", "Date", "Montant", "Description"]]
    truth.aside("titre", 2)
    lines = sorted(purchases(rng, known, count), key=lambda line: line.name)
    part = 0
    for rank, line in enumerate(lines):
        if rank % 40 == 39:
            rows.append(rows[1])
            truth.aside("titre")
        amount = f"{french(line.cents, held=True)} $"
        rows.append([line.name, line.neq, f"{line.day:%d/%m/%Y}", amount, line.object])
        truth.bought(line.cents, line.day.isoformat(), known=line.neq in known)
        part += line.cents
        if rank + 1 == len(lines) or lines[rank + 1].name != line.name:
            rows += [[f"Sous-total {line.name}", "", "", french(part, held=True), ""], [""]]
            truth.aside("total")
            truth.aside("vide")
            part = 0
    rows.append(["Total général", "", "", french(truth.total, held=True), ""])
    truth.aside("total")
    return separated(rows, ";").encode("cp1252"), truth


def published_contracts(rng: random.Random, known: Mapping[str, str], count: int) -> tuple[bytes, Truth]:
    """List contracts as public bodies publish them: `supplier, NEQ, amount`, commas, points, UTF-8 with its mark."""
    truth, rows = Truth(), [["supplier", "NEQ", "amount"]]
    truth.aside("titre")
    for line in purchases(rng, known, count):
        rows.append([line.name, line.neq, f"{line.cents / 100:,.2f}"])
        truth.bought(line.cents, "", known=line.neq in known)
    return separated(rows, ",").encode("utf-8-sig"), truth


def workbook(rng: random.Random, known: Mapping[str, str], count: int) -> tuple[bytes, Truth]:
    """Make a workbook: true dates and numbers, NEQ as numbers, a row of titles under two others, another sheet."""
    book, truth = Workbook(), Truth()
    sheet: Any = book.active
    sheet.title = "Achats 2025"
    sheet.append(["Municipalité d’Exemple"])
    sheet.append([])
    titles = ["Date de facture", "No facture", "Fournisseur", "Numéro d’entreprise (NEQ)", "Objet", "Total avec taxes"]
    sheet.append(titles)
    truth.aside("titre", 3)
    for rank, line in enumerate(purchases(rng, known, count)):
        sheet.append([line.day, f"F-{rank}", line.name, int(line.neq), line.object, line.cents / 100])
        truth.bought(line.cents, line.day.isoformat(), known=line.neq in known)
    sheet.append(["", "", "TOTAL", "", "", truth.total / 100])
    truth.aside("total")
    book.create_sheet("Notes").append(["Préparé pour l’exemple"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), truth


def old_export(rng: random.Random, known: Mapping[str, str], count: int) -> tuple[bytes, Truth]:
    """Export as an old program does: tabs, UTF-16, days without separators, minus last, objects on two lines."""
    truth, rows = Truth(), [["DATE", "FOURNISSEUR", "NO ENTREPRISE NEQ", "OBJET", "MONTANT NET"]]
    truth.aside("titre")
    for line in purchases(rng, known, count):
        amount = french(abs(line.cents), space="") + ("-" if line.cents < 0 else "")
        neq = f"{line.neq[:4]} {line.neq[4:7]} {line.neq[7:]}"
        rows.append([f"{line.day:%Y%m%d}", line.name.upper(), neq, f"{line.object},\nde l’année", amount])
        truth.bought(line.cents, line.day.isoformat(), known=line.neq in known)
    return separated(rows, "\t").encode("utf-16"), truth


SHAPES: Mapping[str, Callable[[random.Random, Mapping[str, str], int], tuple[bytes, Truth]]] = {
    "grand-livre": general_ledger,
    "contrats-publies": published_contracts,
    "classeur": workbook,
    "ancien-export": old_export,
}


def separated(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    """Write rows as a CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


# Thirty lines whose figures are worked out by hand in the tests.
THIRTY = """\
Ville d’Exemple, dépenses de 2025;;;;
Fournisseur;NEQ;Montant;Date;Description
Traiteur La Table d’Exemple;1100000102;1 250,00 $;2025-01-15;Traiteur pour la réunion du conseil
Traiteur La Table d’Exemple;1100000102;750,00;2025-02-12;Traiteur, fête des bénévoles
TRAITEUR LA TABLE D'EXEMPLE;;500,00;2025-03-12;Traiteur, inauguration
Traiteur La Table d’Exemple;1100000102;(250,00);2025-03-20;Traiteur, crédit
Sous-total Traiteur La Table d’Exemple;;2 250,00;;
Exemplaire;1100000103;3 400,50;2025-02-01;Impression du bulletin
Exemplaire;1100000103;1 599,50;2025-06-01;Impression de dépliants
Caisse d’Exemple;1100000106;120,00;2025-12-31;Frais
Atelier adapté Exemple;1100000125;880,00;2025-04-01;Destruction de documents
Épicerie communautaire Exemple du Cas-de-Figure;1100000152;75,25;2025-05-01;Denrées
NAVETTE EXEMPLE INC.;;600,00;2025-05-05;Transport adapté
Navette Exemple inc;;400,00;2025-06-05;Transport adapté
Ressourcerie Exmple;;310,00;2025-07-01;Déménagement
COOP FUNERAIRE D EXEMPLE;;90,00;2025-08-01;Location de salle
Papeterie Fictive inc.;1199999991;2 000,00;2025-04-04;Fournitures de bureau
Papeterie Fictive inc.;1199999991;500,00;2025-09-04;Fournitures de bureau
Nettoyage Inventé ltée;1199999992;4 000,00;2025-03-03;Entretien ménager de l’hôtel de ville
Nettoyage Inventé ltée;1199999992;-1 000,00;2025-03-30;Entretien ménager de l’hôtel de ville
Pavage Imaginaire inc.;;20 000,00;2025-08-08;Réfection de la rue des Modèles
9999-9999 Québec inc.;;3 274,75;2025-02-02;Honoraires
Total Énergie Fictive inc.;;1 500,00;2025-01-30;Mazout
;;;;
Fournisseur;NEQ;Montant;Date;Description
;;99,00;2025-10-10;Petite caisse
Garage Fictif;;;2025-10-11;Réparation
Garage Fictif;;à venir;2025-10-12;Réparation
Traiteur Inventé;123;45,00;2025-07-07;Buffet
Total général;;40 045,00;;
"""


@pytest.fixture(scope="module", name="exemple")
def exemple_catalogue() -> Catalogue:
    """Give the catalogue of the Exemple region."""
    return Loader(config.load(EXAMPLES / "mkdocs.yml")).load(TODAY).catalogue()


@pytest.fixture(scope="module", name="ask")
def ask_in_node(exemple: Catalogue) -> Iterator[Ask]:
    """Start the reader of ledgers in Node, with the data of the Exemple region."""
    data = purchase.content(exemple, config.load(EXAMPLES / "mkdocs.yml"), Version("0afba09aa1", NOW, 0, "0" * 64))
    with asking(PROGRAM) as found:
        found("load", data=data, texts=texts.content(exemple), extra=ledger.content(exemple))
        yield found


def read(ask: Ask, data: bytes | str) -> Json:
    """Read a file as the page does, its guess kept; give {guess, result, milliseconds, busy}."""
    raw = data.encode("utf-8") if isinstance(data, str) else data
    answer: Json = ask("whole", bytes=base64.b64encode(raw).decode("ascii"))
    return answer
