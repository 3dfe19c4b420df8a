"""Make up persons and write them as lists do: usual first names and surnames, taken as parts, then a way of writing.

Nobody in particular is named: both parts are drawn at random. A fifth of the surnames, and some first names, are in no
list of the package, since real ones will not be either. Telephone numbers are fictitious (555-01xx).
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from annuaire.text.persons import Kind

FIRST = (
    *("Marie", "Marie-Ève", "Jean-François", "Ginette", "Réjean", "Guylaine", "Mélanie", "Stéphane", "Lise", "Normand"),
    *("Josée", "Marc-André", "Élyse", "Karine", "Yvon", "Chantal", "Ghislain", "Anne-Marie", "Benoit", "Nathalie"),
    *("Jocelyne", "Daniel", "Pierre-Luc", "Sylvie", "Gaétan", "Johanne", "François", "Valérie", "Mathieu", "Denise"),
    *("Pierre", "France", "Claude", "Rose", "Guy", "Joannie", "Kim", "Mahée", "Djénéba", "Marie-Soleil"),
)
LAST = (
    *("Tremblay", "Gagnon", "St-Pierre", "Bouchard", "Côté", "Gélinas", "Lafrenière", "Roy", "Trépanier", "Bellemare"),
    *(
        "Lévesque",
        "Héroux",
        "L'Heureux",
        "Massicotte",
        "Pelletier",
        "Lavoie",
        "Boisvert",
        "Frigon",
        "St-Onge",
        "Boucher",
    ),
    *(
        "Gauthier-Dubé",
        "Ouellet",
        "Cossette",
        "Bédard",
        "Dufresne",
        "Langlois",
        "Marcotte",
        "Veillette",
        "Leblanc",
        "Caron",
    ),
    *("Quirion", "Plouffe", "Nguyen", "Kouamé", "Gobeil", "Raîche", "Bizier", "Haddad", "Poudrier", "Lapensée"),
)
DOMAINS = ("coop.example.org", "organisme.example", "asso.example.net")
MAILBOXES = ("gmail.com", "hotmail.com", "videotron.ca", "outlook.com", "sympatico.ca")
# {F} first name, {L} surname, {i} initial, {l} initial of the surname, {t} telephone
WAYS = {
    Kind.FUNCTION: (
        *("Mme {F} {L}, dir. gén.", "{L} {F}", "resp. : {F} {l}.", "contact {F} au {t}", "{F} {L}", "{L}, {F}"),
        *("M. {L}", "{i}. {L}, coordonnateur", "Directrice générale : {F} {L}", "{F} {L} (adjointe)", "Dre {F} {L}"),
        *("{F}, à l’accueil", "Madame {L}", "Responsable des achats, {F} {L}, {t} poste 12", "Mr {F} {L}"),
    ),
    Kind.FREE: (
        *("Pour réserver, contactez {F} au {t}.", "La coopérative a été fondée par {F} {L} en 1998."),
        *("Demander M. {L} à l’accueil.", "{F} {L} vous accueille du lundi au vendredi.", "Appeler Mme {F} {L}."),
        *("Personne-ressource : {L}, {F}", "Atelier donné avec {F} {L} et son équipe.", "Me {L}, notaire, y siège."),
        *("Le projet de l’abbé {L} a vingt ans.", "Responsable : {i}. {L}", "Notre président, {F} {L}, est élu."),
        *("Coordination : {F} {l}., sur rendez-vous", "Soins de la Dre {L}, sur place"),
    ),
    Kind.NAME: ("{F} {L}", "Bureau ({F} {L})", "M. {F} {L}", "{L}, {F}", "Point de service - {F} {L}", "Mme {L}"),
    Kind.STREET: ("a/s Mme {F} {L}, 10, rue Principale", "M. {L}, 12, chemin du Lac"),
    Kind.EMAIL: (
        *(
            "{f}.{n}@{d}",
            "{i}{n}@{d}",
            "{f}@{d}",
            "{f}{n}@{m}",
            "{n}.{f}@{d}",
            "{i}.{n}@{d}",
            "{f}_{n}@{d}",
            "{n}{i}@{m}",
        ),
        *("{f}{n}@{d}", "{f}-{n}@{m}"),
    ),
}
PORTIONS = {Kind.FUNCTION: 65, Kind.FREE: 65, Kind.NAME: 20, Kind.STREET: 6, Kind.EMAIL: 44}


@dataclass(frozen=True)
class Written:
    """Hold what a list says of somebody, and the kind of field it stands in."""

    text: str
    kind: Kind


def made_up(seed: int) -> Iterator[Written]:
    """Write 200 made-up persons and addresses; the same seed gives the same ones."""
    chance = random.Random(seed)
    for kind, count in PORTIONS.items():
        for number in range(count):
            yield Written(_written(chance, WAYS[kind][number % len(WAYS[kind])], kind), kind)


def _written(chance: random.Random, way: str, kind: Kind) -> str:
    first, last = chance.choice(FIRST), chance.choice(LAST)
    telephone = chance.choice(
        ("819 555-01{}", "(819) 555-01{}", "819-555-01{}", "819.555.01{}", "81955501{}", "+1 819 555-01{}")
    )
    if kind is Kind.EMAIL:
        first, last = (bare(part).lower().replace("-", "").replace("'", "") for part in (first, last))
    text = way.format(
        F=first,
        L=last,
        f=first,
        n=last,
        i=first[0],
        l=last[0],
        t=telephone.format(chance.randint(10, 99)),
        d=chance.choice(DOMAINS),
        m=chance.choice(MAILBOXES),
    )
    manner = chance.random()
    if kind is Kind.EMAIL or manner < 0.6:
        return text
    if manner < 0.75:
        return bare(text)
    if manner < 0.9 or kind not in (Kind.FUNCTION,):
        return text.upper()
    return text.lower()


def bare(text: str) -> str:
    """Lose the accents of a text."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
