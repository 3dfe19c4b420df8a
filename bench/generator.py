"""Make up a directory of any size: the same seed and size give the same bytes, and no record has an error.

The mix follows what a Pôle really has: one record in two comes from a list and holds little more than a name,
an address and a site; one in three was completed by the enterprise; one in six fills nearly every field. Territories
are skewed: the most populous one holds `HEAVIEST` of the records, the others follow their population.
"""

from __future__ import annotations

import csv
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from annuaire.places import territories, vocabularies
from annuaire.places.territories import Municipality, Territories
from annuaire.text import names
from bench import words

SEED = 2026
HEAVIEST = 2700 / 11200  # of the records, in the most populous territory
SPARSE, COMPLETED = 0.50, 0.35  # of the records; the others are rich
FIRST_DAY, LAST_DAY = date(2025, 6, 1), date(2026, 6, 30)
REFERENCE_DATE = date(2026, 7, 1)  # pages of a made-up directory are dated with this day
_PLAIN = re.compile(r"[A-Za-zÀ-ÿŒœ][^:#\n\"'’«»{}\[\]&*!|>%@`\\]*", re.ASCII)
_RESERVED = frozenset({"oui", "non", "yes", "no", "true", "false", "null", "on", "off"})
Values = dict[str, Any]


@dataclass(frozen=True)
class Mix:
    """Count the records of each kind and the fields that are filled, to say what was measured."""

    records: int
    bytes: int
    fields: Mapping[str, int]
    largest_territory: int


@dataclass(frozen=True)
class Towns:
    """Hold towns that are drawn as often as they have people."""

    towns: tuple[Municipality, ...]

    def draw(self, source: random.Random, count: int) -> list[Municipality]:
        """Draw `count` towns."""
        return source.choices(self.towns, [t.population for t in self.towns], k=count) if count else []


class Generator:
    """Draw records, one after the other, over some regions (all of Québec if none is named)."""

    def __init__(self, regions: tuple[str, ...] = (), seed: int = SEED) -> None:
        self.random = random.Random(seed)
        self.territories: Territories = territories.load()
        self._heaviest, self._others, self._share = _towns(self.territories, regions)
        self._offer_names = {
            slug: re.split(" et |, | [(]", category.libelle)[0]
            for slug, category in vocabularies.load().categories.items()
        }
        self._sectors = list(words.TRADES)
        self._shares = [trade.share for trade in words.TRADES.values()]
        self._slugs: set[str] = set()

    def records(self, count: int) -> Iterator[tuple[str, Values]]:
        """Draw `count` records as (slug, values)."""
        heaviest = round(count * self._share)
        towns = self._heaviest.draw(self.random, heaviest) + self._others.draw(self.random, count - heaviest)
        self.random.shuffle(towns)
        for rank, town in enumerate(towns):
            yield self._record(rank, town)

    def _record(self, rank: int, town: Municipality) -> tuple[str, Values]:
        r = self.random
        sector = r.choices(self._sectors, self._shares)[0]
        nom, slug = self._name(words.TRADES[sector])
        form = r.choice(words.TRADES[sector].forms)
        draw = r.random()
        is_sparse, is_rich = draw < SPARSE, draw >= SPARSE + COMPLETED
        is_closed = r.random() < 0.02
        values: Values = {"nom": nom}
        if r.random() < 0.03:
            values["anciens_slugs"] = [f"{slug[:60]}-ancien"]
        if r.random() < (0.6 if is_sparse else 0.9):
            values["neq"] = f"{'11' if form == 'obnl' else r.choice(('11', '88'))}{10_000_000 + rank * 7:08d}"
        unknown_sector = is_sparse and r.random() < 0.15
        values["forme_juridique"] = "a-preciser" if is_sparse and r.random() < 0.2 else form
        if not is_sparse:
            values["annee_fondation"] = str(r.randint(1938, 2024))
            values["adhesion"] = r.choices(("regulier", "accompagnateur", "solidaire", "non-membre"), (5, 1, 1, 3))[0]
        values["statut"] = "fermee" if is_closed else "inconnu" if is_sparse else "active"
        if is_closed:
            values["date_fermeture"] = self._day()
        values["secteur"] = "a-preciser" if unknown_sector else sector
        if is_rich:
            others = r.sample(self._sectors, r.randint(0, 2))
            if set(others) - {sector}:
                values["secteurs_secondaires"] = [s for s in others if s != sector]
        shelters = sector in ("sante-services-sociaux", "action-communautaire") and r.random() < 0.08
        hidden = shelters or sector == "habitation"  # members live there
        self._activity(values, sector, town, is_sparse=is_sparse, is_rich=is_rich)
        if is_rich:
            self._benefits(values)
        if hidden:
            values["adresse_confidentielle"] = "oui"
        more = r.choices((0, 1, 2, 4), (55, 25, 12, 8))[0] if is_rich else int(r.random() < 0.05)
        places = [self._place(town, rank, is_sparse=is_sparse, hidden=hidden)]
        for number in range(more):
            other = r.choice(self._neighbours(town))
            place = self._place(other, rank, is_sparse=is_sparse, hidden=hidden)
            places.append({"nom": f"Point de service Exemple {number + 2}", **place})
        values["etablissements"] = places
        if r.random() < (0.6 if is_sparse else 0.85):
            values["site_web"] = f"https://{slug}.example.org/"
        if is_rich:
            self._contacts(values, slug, town)
        self._verification(values, is_sparse=is_sparse, unknown_sector=unknown_sector)
        return slug, values

    def _name(self, trade: words.Trade) -> tuple[str, str]:
        r = self.random
        while True:
            kind, noun, quality = r.choice(trade.kinds), r.choice(words.NOUNS), r.choice(words.QUALITIES)
            nom = f"{kind} Exemple {'Les ' if r.random() < 0.6 else ''}{noun} {quality}"
            slug = names.slugify(nom)
            if slug not in self._slugs:
                self._slugs.add(slug)
                return nom, slug

    def _activity(self, values: Values, sector: str, town: Municipality, *, is_sparse: bool, is_rich: bool) -> None:
        r = self.random
        if is_sparse:
            if r.random() < 0.05:
                values["mission"] = r.choice(words.AIMS) + "."
            return
        if r.random() < 0.95:
            values["mission"] = f"{r.choice(words.AIMS)}, {r.choice(words.MEANS)}."
        if is_rich:
            values["description"] = "\n\n".join(r.sample(words.PARAGRAPHS, r.randint(2, 4)))
        offers = self._offers(sector, town, r.randint(3, 8) if is_rich else r.randint(0, 3), is_rich=is_rich)
        if offers:
            values["offres"] = offers
        if r.random() < 0.7:
            values["territoires_desservis"] = self._served(town)

    def _offers(self, sector: str, town: Municipality, count: int, *, is_rich: bool) -> list[Values]:
        r = self.random
        offers: dict[tuple[str, str], Values] = {}
        for _ in range(count):
            category = r.choice(words.TRADES[sector].categories)
            nom = f"{self._offer_names[category]} {r.choice(words.COMPLEMENTS)}".strip()
            offer: Values = {"nom": nom, "categorie": category}
            if is_rich or r.random() < 0.4:
                offer["description"] = r.choice(words.DETAILS)
            if is_rich and r.random() < 0.5:
                offer["prix_indicatif"] = r.choice(words.PRICES)
            if is_rich and r.random() < 0.5:
                offer["delai"] = r.choice(words.DELAYS)
            if is_rich and r.random() < 0.4:
                offer["capacite"] = r.choice(words.CAPACITIES)
            if is_rich and r.random() < 0.3:
                offer["territoires_desservis"] = self._served(town)
            if is_rich and r.random() < 0.6:
                offer["verification"] = {"statut": "confirmee", "date": self._day(), "source": "Site Exemple"}
            offers.setdefault((category, nom), offer)
        return list(offers.values())

    def _served(self, town: Municipality) -> list[str]:
        r = self.random
        draw = r.random()
        if draw < 0.1:
            return ["quebec"]
        if draw < 0.3:
            return ["region"]
        near = self.territories.neighbours.get(town.mrc, ())
        return [town.mrc, *r.sample(near, min(len(near), r.randint(0, 3)))]

    def _benefits(self, values: Values) -> None:
        r = self.random
        values["retombees"] = {
            "sociales": r.choice(words.SOCIAL),
            "economiques": r.choice(words.ECONOMIC),
            "environnementales": r.choice(words.ENVIRONMENTAL),
        }
        values["indicateurs"] = [
            {
                "libelle": label,
                "valeur": str(r.randint(3, 900)),
                "unite": unit,
                "annee": "2025",
                "source": "Rapport annuel Exemple",
            }
            for label, unit in r.sample(words.INDICATORS, r.randint(1, 4))
        ]
        values["certifications"] = r.sample(("iso-14001", "eesad", "ecologo", "b-corp"), r.randint(1, 2))
        values["conformite"] = [
            {
                "type": kind,
                "numero": f"{r.randint(1000, 9999)}-{r.randint(1000, 9999)}-01",
                "valide_jusqua": f"{r.randint(2032, 2036)}-03-31",
                "source": "Registre public Exemple",
            }
            for kind in r.sample(("rbq", "amp", "revenu-quebec", "cnesst"), r.randint(1, 3))
        ]
        if r.random() < 0.4:
            year = r.randint(2019, 2025)
            values["jachete"] = {"depuis": str(year), "cohorte": f"Cohorte Exemple {year}"}

    def _contacts(self, values: Values, slug: str, town: Municipality) -> None:
        r = self.random
        networks = r.sample(("facebook", "instagram", "linkedin"), r.randint(1, 3))
        values["reseaux"] = {
            name: f"https://www.{name}.com/{slug}" for name in ("facebook", "instagram", "linkedin") if name in networks
        }
        values["contact_achats"] = {
            "fonction": "Service aux entreprises",
            "telephone": self._phone(town),
            "courriel": f"achats@{slug}.example.org",
        }

    def _place(self, town: Municipality, rank: int, *, is_sparse: bool, hidden: bool) -> Values:
        r = self.random
        place: Values = {}
        if not hidden:
            number = r.randint(1, 900) * 11 + rank % 11
            place["adresse"] = f"{number}, {r.choice(words.STREET_KINDS)} {r.choice(words.STREETS)}"
        place["municipalite"] = town.nom
        if len(self.territories.by_name[town.nom]) > 1:
            place["municipalite_code"] = town.code
        if not hidden:
            place["code_postal"] = self._postal_code(town)
            if town.latitude is not None and town.longitude is not None and r.random() < 0.9:
                place["latitude"] = f"{r.gauss(town.latitude, 0.006):.5f}"
                place["longitude"] = f"{r.gauss(town.longitude, 0.008):.5f}"
        if not is_sparse:
            place["telephone"] = self._phone(town)
            if r.random() < 0.8:
                place["courriel"] = f"info@exemple-{rank}.example.org"
            if r.random() < 0.5:
                place["heures"] = r.choice(words.HOURS)
        return place

    def _neighbours(self, town: Municipality) -> tuple[Municipality, ...]:
        same = (m for m in self.territories.municipality_by_code.values() if m.mrc == town.mrc and m.population)
        return tuple(same) or (town,)

    def _postal_code(self, town: Municipality) -> str:
        r = self.random
        area = _postal_areas().get(town.code)
        if area is None:
            region = self.territories.regions[self.territories.mrc_by_code[town.mrc].region]
            area = f"{region.lettres_postales[0]}{r.randint(0, 9)}{r.choice('ABCEGHJKLMNPRSTVWXYZ')}"
        return f"{area} {r.randint(0, 9)}{r.choice('ABCEGHJKLMNPRSTVWXYZ')}{r.randint(0, 9)}"

    def _phone(self, town: Municipality) -> str:
        region = self.territories.mrc_by_code[town.mrc].region
        return f"{_area_codes()[region]} 555-{self.random.randint(0, 9999):04d}"

    def _verification(self, values: Values, *, is_sparse: bool, unknown_sector: bool) -> None:
        r = self.random
        if is_sparse:
            verification: Values = {"statut": "a-confirmer", "par": "import", "source": r.choice(words.SOURCES)}
            inferred = [name for name, known in (("secteur", not unknown_sector), ("forme_juridique", True)) if known]
            verification["deduits"] = inferred
        elif r.random() < 0.75:
            verification = {"statut": "confirmee", "date": self._day(), "par": r.choice(("entreprise", "pole"))}
        else:
            verification = {"statut": "a-confirmer", "par": "pole", "source": r.choice(words.SOURCES)}
        values["verification"] = verification

    def _day(self) -> str:
        return (FIRST_DAY + timedelta(days=self.random.randint(0, (LAST_DAY - FIRST_DAY).days))).isoformat()


def mix(records: list[tuple[str, Values]], size: int) -> Mix:
    """Describe records and the bytes they take as files."""
    fields: Counter[str] = Counter()
    territory: Counter[str] = Counter()
    known = territories.load()
    for _, values in records:
        fields.update(values.keys())
        fields["plusieurs lieux"] += len(values["etablissements"]) > 1
        place = values["etablissements"][0]
        town = known.municipality(place["municipalite"], place.get("municipalite_code", ""))
        territory[town.mrc if town else ""] += 1
    return Mix(len(records), size, dict(fields), max(territory.values()))


def write(values: Values) -> str:
    """Write one record as people do: block style, texts quoted only where YAML would misread them."""
    return "".join(_lines(values, ""))


def write_records(folder: Path, records: list[tuple[str, Values]]) -> int:
    """Write one file per record; return the bytes written."""
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    for slug, values in records:
        data = write(values).encode()
        (folder / f"{slug}.yml").write_bytes(data)
        size += len(data)
    return size


def _lines(values: Values, indent: str) -> Iterator[str]:
    for key, value in values.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:\n"
            yield from _lines(value, indent + "  ")
        elif isinstance(value, list) and isinstance(value[0], dict):
            yield f"{indent}{key}:\n"
            for item in value:
                first, *rest = _lines(item, indent + "    ")
                yield f"{indent}  - {first.strip(' ')}"
                yield from rest
        elif isinstance(value, list):
            yield f"{indent}{key}: [{', '.join(_scalar(item) for item in value)}]\n"
        elif "\n" in value:
            yield f"{indent}{key}: |-\n"
            yield from (f"{indent}  {line}\n" if line else "\n" for line in value.split("\n"))
        else:
            yield f"{indent}{key}: {_scalar(value)}\n"


@lru_cache(maxsize=50_000)
def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and text == text.strip() and text not in _RESERVED and "," not in text:
        return text
    if text.startswith("https://") and text.isascii():
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _towns(known: Territories, regions: tuple[str, ...]) -> tuple[Towns, Towns, float]:
    """Give the towns of the most populous territory of some regions, those of the others, and the first's share."""
    mrcs = {m.code for m in known.mrc_by_code.values() if not regions or m.region in regions}
    towns = [m for m in known.municipality_by_code.values() if m.mrc in mrcs and m.population]
    people: Counter[str] = Counter()
    for town in towns:
        people[town.mrc] += town.population
    heaviest = max(people, key=lambda code: (people[code], code))
    share = HEAVIEST if not regions else people[heaviest] / sum(people.values())
    return (
        Towns(tuple(t for t in towns if t.mrc == heaviest)),
        Towns(tuple(t for t in towns if t.mrc != heaviest)),
        share,
    )


@lru_cache(maxsize=1)
def _postal_areas() -> Mapping[str, str]:
    text = resources.files("annuaire.data").joinpath("municipalites.csv").read_text(encoding="utf-8")
    return {row["code"]: row["code_postal"][:3] for row in csv.DictReader(text.splitlines()) if row["code_postal"]}


@lru_cache(maxsize=1)
def _area_codes() -> Mapping[str, str]:
    """Give one area code of each region (any that the Canadian numbering plan gives it)."""
    return {
        **dict.fromkeys(("04", "05", "07", "08", "10", "17"), "819"),
        **dict.fromkeys(("01", "02", "03", "09", "11", "12"), "418"),
        **dict.fromkeys(("13", "14", "15", "16"), "450"),
        "06": "514",
    }
