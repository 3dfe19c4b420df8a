"""Time the matching of a year of purchases in Node, with the browser's own code: `python -m bench.ledger_speed`.

The directory is made up, as large as Québec's; the ledger has as many suppliers as lines, one in five of the directory,
half of these by their name alone, some misspelled: the most that a matching can be asked.
"""

from __future__ import annotations

import base64
import random
import statistics
import subprocess
import sys

from tests.exporting import NOW, make_settings
from tests.node import asking

from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise, Offer, Place, Verification
from annuaire.exports import ledger, purchase, texts
from annuaire.pages.reference import Version
from annuaire.places import territories, vocabularies
from bench import sites
from bench.generator import SEED, Generator

ENTERPRISES = 11_200
LINES = 50_000
MOST = 3_000.0  # ms, from the columns to the shares
ROUNDS = 3
_PROGRAM = sites.ROOT / "tests" / "unit" / "ledger.mjs"
_TRADES = ("Pavage", "Plomberie", "Papeterie", "Garage", "Toitures", "Soudure", "Groupe", "Services", "Location")
_OBJECTS = ("Entretien ménager", "Papier", "Traiteur pour une réunion", "Réfection de rue", "Honoraires")


def directory() -> Catalogue:
    """Make up the directory of all Québec."""
    places = territories.load()
    found = []
    for slug, values in Generator(tuple(places.regions)).records(ENTERPRISES):
        towns = tuple(Place(e["municipalite"], e.get("municipalite_code", "")) for e in values["etablissements"])
        offers = tuple(Offer(offer["nom"], offer["categorie"]) for offer in values.get("offres", ()))
        form, sector, neq = values["forme_juridique"], values["secteur"], values.get("neq", "")
        seen = Verification("a-confirmer")
        one = Enterprise(slug, values["nom"], form, "active", sector, towns, seen, neq=neq, offres=offers)
        found.append(one)
    return Catalogue(found, (), places, vocabularies.load(), tuple(places.regions))


def drawn(catalogue: Catalogue) -> bytes:
    """Draw the ledger."""
    rng = random.Random(SEED)
    lines = ["Fournisseur;NEQ;Montant;Date;Objet"]
    for number in range(LINES):
        firm = rng.choice(catalogue.enterprises)
        drawn_at = rng.random()
        name, neq = f"{rng.choice(_TRADES)} Fictif {number:x} inc.", f"11{90_000_000 + number}"
        if drawn_at < 0.1:
            name, neq = firm.nom.upper(), firm.neq
        elif drawn_at < 0.2:
            cut = rng.randrange(len(firm.nom))
            name, neq = firm.nom[:cut] + firm.nom[cut + 1 :], ""
        amount = f"{rng.randrange(10, 99_999)},{rng.randrange(100):02d}"
        day = f"2025-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        lines.append(f'"{name}";{neq};"{amount}";{day};{rng.choice(_OBJECTS)}')
    return "\n".join(lines).encode("utf-8")


def main() -> int:
    """Print the times; tell by the code whether the budget is held."""
    catalogue = directory()
    settings = make_settings(regions=tuple(catalogue.territories.regions))
    data = purchase.content(catalogue, settings, Version("0afba09aa1", NOW, 0, "0" * 64))
    sent = base64.b64encode(drawn(catalogue)).decode("ascii")
    with asking(_PROGRAM) as ask:
        ask("load", data=data, texts=texts.content(catalogue), extra=ledger.content(catalogue))
        answers = [ask("whole", bytes=sent) for _ in range(ROUNDS)]
    times = [answer["milliseconds"] for answer in answers]
    result = answers[0]["result"]
    said = ", ".join(f"{one['milliseconds']:.0f} ms ({one['busy']:.0f} de processeur)" for one in answers)
    print(f"{ENTERPRISES} entreprises, {LINES} lignes, {result['total']['suppliers']} fournisseurs : {said}")
    print(f"confirmés {result['confirmed']['suppliers']}, à confirmer {result['pending']['suppliers']}")
    return 0 if statistics.median(times) <= MOST else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        sys.exit(str(error))
