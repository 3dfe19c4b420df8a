"""Filter random catalogues in the browser's own code and in a plain reference: both find, count and order alike.

The reference is written from the rules at the top of `facets.js`, one enterprise and one value at a time.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.catalogues import DAY, SECTORS, Ask, Json, columns
from tests.examples import examples

FRESH = ("2025-12-30", "2025-06-30", "2024-06-30")
CATEGORIES = ("traiteur", "menage", "transport")
FORMS = ("a-preciser", "obnl", "coop")
CERTIFICATIONS = ("bio", "carboneutre")
KINDS = ("rbq", "assurance")
MEMBERSHIPS = ("regulier", "non-membre")
PLACES = ("370", "371", "372", "940")
TOWNS = ("37010", "37105", "94001")
OWN_FACETS = ("categorie", "dessert", "confirme")
LEVELS = ("nom", "offre", "lieu", "activite", "secteur")
GROUPS = (
    *("nom", "offre-confirmee", "offre", "lieu-confirmee", "lieu", "ailleurs", "activite"),
    *("confirmee", "a-confirmer"),
)


def some(values: Sequence[Any], least: int = 0) -> st.SearchStrategy[list[Any]]:
    """Draw different values, in any order."""
    return st.lists(st.sampled_from(values), unique=True, min_size=least, max_size=len(values))


def optional(count: int) -> st.SearchStrategy[int]:
    """Draw a rank, or -1 where nothing is known."""
    return st.integers(-1, count - 1)


DATES = st.sampled_from(["", "2024-01-15", "2025-07-01", "2026-06-30", "2026-01-31"])
DOCUMENTS = st.lists(
    st.tuples(
        st.integers(0, 1), st.sampled_from(["", "2026-06-29", "2026-06-30", "2027-01-01"]), st.just(""), st.just("")
    ).map(list),
    max_size=3,
)
ENTERPRISES = st.fixed_dictionaries(
    {
        "secteur": st.integers(0, 2),
        "autres_secteurs": some(range(3)).map(lambda found: found or 0),
        "forme": st.integers(0, 2),
        "adhesion": optional(2),
        "mrc": some(range(4), 1),
        "municipalite": st.integers(0, 3),
        "lat": st.sampled_from([465_600, 467_300, 474_400]),
        "lon": st.sampled_from([-727_500, -725_600]),
        "desserte": optional(5),
        "certifications": some(range(2)).map(lambda found: found or 0),
        "conformite": DOCUMENTS.map(lambda found: found or 0),
        "confirmee": st.integers(0, 1),
        "date": DATES,
    }
).flatmap(lambda e: st.sampled_from([e, e, e, e | {"lat": None, "lon": None}]))
OFFERS = st.lists(
    st.fixed_dictionaries({"categorie": st.integers(0, 2), "confirmee": st.integers(0, 1), "desserte": optional(5)}),
    max_size=3,
)
CATALOGUES = st.lists(st.tuples(ENTERPRISES, OFFERS), min_size=1, max_size=12).map(
    lambda rows: columns([e for e, _ in rows], [o for _, o in rows])
)


def choice(values: Sequence[str]) -> st.SearchStrategy[list[str]]:
    """Draw what a facet may ask: mostly nothing, else values, one of them unknown at times."""
    return st.one_of(st.just([]), st.just([]), st.lists(st.sampled_from([*values, "inconnu"]), unique=True, max_size=2))


SEARCHES = st.fixed_dictionaries(
    {
        "q": st.just(""),
        "categorie": choice(CATEGORIES),
        "secteur": choice(SECTORS),
        "mrc": choice(PLACES),
        "dessert": choice(PLACES),
        "forme": choice(FORMS),
        "adhesion": choice(MEMBERSHIPS),
        "certification": choice(CERTIFICATIONS),
        "conformite": choice([f"{kind}:{value}" for kind in KINDS for value in ("oui", "non", "inconnu")]),
        "confirme": choice(["oui", "non"]),
        "depuis": st.sampled_from(["", "", "2025-07-01", "2026-06-30"]),
        "pres": st.sampled_from(["", "", "", *TOWNS, "37201", "00000"]),
        "rayon": st.sampled_from(["10", "25", "100"]),
        "tri": st.sampled_from(["pertinence", "distance", "nom", "fraicheur"]),
        "vue": st.just("cartes"),
    }
)


@st.composite
def answers(draw: st.DrawFn, data: Json) -> Json:
    """Draw what words may have found: for some enterprises a level, and offers where they answer by them."""
    own = data["offres"]
    results = []
    for rank in draw(some(range(len(data["entreprises"]["slug"])))):
        offers = [o for o, owner in enumerate(own["entreprise"]) if owner == rank]
        level = draw(st.sampled_from(LEVELS if offers else [level for level in LEVELS if level != "offre"]))
        answering = sorted(draw(some(offers, 1))) if level == "offre" else draw(some(offers)) if offers else []
        sure = {
            "offre": any(own["confirmee"][o] for o in answering),
            "nom": data["entreprises"]["confirmee"][rank] == 1,
            "lieu": data["entreprises"]["confirmee"][rank] == 1,
        }
        near = draw(st.integers(0, 3))
        result = {"level": level, "offers": answering, "isSure": sure.get(level, False), "near": near}
        results.append([rank, result])
    return {"results": results, "ranked": [rank for rank, _ in results], "places": draw(st.sampled_from([[], [{}]]))}


class Reference:
    """Judge enterprises one by one."""

    def __init__(self, data: Json, search: Json, said: Json | None) -> None:
        self.data, self.search, self.said = data, search, said
        self.results = dict(said["results"]) if said else {}
        self.entreprises = data["entreprises"]
        self.size = len(self.entreprises["slug"])

    def recorded(self, rank: int) -> list[tuple[int, int, int, int]]:
        """List (offer, category, area, confirmed) of an enterprise; one line without offer when it has none."""
        offers = self.data["offres"]
        own = self.entreprises["desserte"][rank]
        found = [
            (
                o,
                offers["categorie"][o],
                offers["desserte"][o] if offers["desserte"][o] >= 0 else own,
                offers["confirmee"][o],
            )
            for o, owner in enumerate(offers["entreprise"])
            if owner == rank
        ]
        return found or [(-1, -1, own, self.entreprises["confirmee"][rank])]

    def units(self, rank: int) -> list[tuple[int, int, int, int]]:
        """List the same, confirmed for what is asked."""
        found = self.recorded(rank)
        result = self.results.get(rank)
        if result is not None and result["level"] != "offre":  # a record looked up vouches, who only speaks of it never
            return [(*unit[:3], int(result["isSure"])) for unit in found]
        return found

    def served(self, area: int) -> set[str]:
        """Give the codes of the MRCs of an area."""
        if area < 0:
            return set()
        places = self.data["dessertes"][area]
        return set(PLACES) if places == "quebec" else {PLACES[place] for place in places}

    def values(self, rank: int, key: str) -> set[str]:
        """Give what an enterprise answers to one of its own facets."""
        e = {name: column[rank] for name, column in self.entreprises.items()}
        if key.startswith("conformite:"):
            kind = key.partition(":")[2]
            own = [until for type_, until, *_ in e["conformite"] or [] if KINDS[type_] == kind]
            return {f"{kind}:{'inconnu' if not own else 'oui' if any(not u or u >= DAY for u in own) else 'non'}"}
        return {
            "secteur": lambda: {SECTORS[e["secteur"]], *(SECTORS[s] for s in e["autres_secteurs"] or [])},
            "mrc": lambda: {PLACES[place] for place in e["mrc"]},
            "forme": lambda: {FORMS[e["forme"]]},
            "adhesion": lambda: {MEMBERSHIPS[e["adhesion"]]} if e["adhesion"] >= 0 else set(),
            "certification": lambda: {CERTIFICATIONS[c] for c in e["certifications"] or []},
        }[key]()

    def own_values(self, unit: tuple[int, int, int, int], key: str) -> set[str]:
        """Give what an offer answers to one of the facets of offers."""
        _, category, area, confirmed = unit
        if key == "categorie":
            return {CATEGORIES[category]} if category >= 0 else set()
        return self.served(area) if key == "dessert" else {"oui" if confirmed else "non"}

    def distance(self, rank: int) -> float:
        """Measure to the place asked, in km, with the haversine formula."""
        towns = {town[0]: town for town in self.data["municipalites"]}
        lat, lon = self.entreprises["lat"][rank], self.entreprises["lon"][rank]
        town = towns.get(self.search["pres"])
        if town is None or town[3] is None or lat is None:
            return math.inf
        a, b, c, d = (math.radians(v / 10_000) for v in (lat, lon, town[3], town[4]))
        half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
        return 2 * 6371.0088 * math.asin(math.sqrt(half))

    def filters(self) -> dict[str, list[str]]:
        """List the filters in use, by name; conformity makes one by kind of document."""
        found = {}
        for key in ("categorie", "secteur", "mrc", "dessert", "forme", "adhesion", "certification", "confirme"):
            if self.search[key]:
                found[key] = self.search[key]
        for value in self.search["conformite"]:
            found.setdefault(f"conformite:{value.partition(':')[0]}", []).append(value)
        if self.search["q"]:
            found["q"] = [self.search["q"]]
        for key in ("depuis", "pres"):
            if self.search[key]:
                found[key] = [self.search[key]]
        return found

    def passes(self, rank: int, filters: dict[str, list[str]]) -> list[tuple[int, int, int, int]]:
        """List the units of an enterprise that satisfy all these filters; empty when it is not found."""
        for key, wanted in filters.items():
            if key in OWN_FACETS:
                continue
            if key == "q":
                right = self.said is None or self.results.get(rank, {}).get("level", "secteur") != "secteur"
            elif key == "depuis":
                right = self.entreprises["date"][rank] >= wanted[0]
            elif key == "pres":
                right = self.distance(rank) <= float(self.search["rayon"])
            else:
                known = self.values(rank, key) if key != "conformite:inconnu" else set()
                right = bool(known & set(wanted))
            if not right:
                return []
        own = {key: set(wanted) for key, wanted in filters.items() if key in OWN_FACETS}
        units = self.units(rank)
        if "q" in filters and self.results.get(rank, {}).get("level") == "offre":
            units = [u for u in units if u[0] in self.results[rank]["offers"]]
        return [u for u in units if all(self.own_values(u, key) & wanted for key, wanted in own.items())]

    def group(self, rank: int, units: list[tuple[int, int, int, int]]) -> str:
        """Name the group of an enterprise that is found."""
        sure = any(u[3] for u in units)
        if self.said is None:
            return "confirmee" if sure else "a-confirmer"
        result = self.results[rank]
        if result["level"] == "offre" and self.said["places"] and result["near"] == 0:
            return "ailleurs"
        return f"{result['level']}-confirmee" if result["level"] in ("offre", "lieu") and sure else result["level"]

    def sector(self) -> list[int]:
        """List who answers by its sector alone and passes the other filters."""
        if self.said is None:
            return []
        rest = {key: value for key, value in self.filters().items() if key != "q"}
        return [r for r, found in self.results.items() if found["level"] == "secteur" and self.passes(r, rest)]

    def found(self) -> list[int]:
        """List what is found, in order."""
        filters = self.filters()
        units = {rank: kept for rank in range(self.size) if (kept := self.passes(rank, filters))}
        dates = self.entreprises["date"]
        near = bool(self.search["pres"])
        how = self.search["tri"]

        def place(rank: int) -> tuple[Any, ...]:
            if how == "fraicheur":
                day = dates[rank]
                return tuple(-ord(letter) for letter in day) or (0,), rank
            if how == "distance" and near:
                return self.distance(rank), rank
            if how != "nom" and self.said is not None:
                return (self.said["ranked"].index(rank),)
            return (self.distance(rank), rank) if how != "nom" and near else (rank,)

        return sorted(units, key=lambda rank: (GROUPS.index(self.group(rank, units[rank])), *place(rank)))

    def counted(self) -> set[int]:
        """Give who is told by the numbers: who answers, else who speaks of it."""
        levels = {rank: found["level"] for rank, found in self.results.items()}
        if self.said is None:
            return set(range(self.size))
        answering = {rank for rank, level in levels.items() if level in ("nom", "offre", "lieu")}
        return answering or {rank for rank, level in levels.items() if level == "activite"}

    def count(self, key: str, value: str) -> int:
        """Count what would be found if a facet held one value alone."""
        name = f"conformite:{value.partition(':')[0]}" if key == "conformite" else key
        return sum(bool(self.passes(rank, self.filters() | {name: [value]})) for rank in self.counted())

    def drops(self) -> dict[tuple[str, ...], int]:
        """List the smallest sets of filters whose absence gives results, and how many."""
        filters = self.filters()
        for size in range(1, len(filters) + 1):
            found = {}
            for names in itertools.combinations(filters, size):
                rest = {key: value for key, value in filters.items() if key not in names}
                if count := sum(bool(self.passes(rank, rest)) for rank in range(self.size)):
                    found[tuple(sorted(names))] = count
            if found:
                return found
        return {}

    def hidden(self) -> set[str]:
        """List the facets that too few records answer."""
        known: dict[str, Callable[[int], bool]] = {
            key: lambda rank, k=key: bool(self.values(rank, k))  # type: ignore[misc]
            for key in ("secteur", "mrc", "adhesion", "certification")
        }
        known |= {
            f"conformite:{kind}": lambda rank, k=kind: f"{k}:inconnu" not in self.values(rank, f"conformite:{k}")  # type: ignore[misc]
            for kind in KINDS
        }
        known |= {
            key: lambda rank, k=key: any(self.own_values(u, k) for u in self.units(rank))  # type: ignore[misc]
            for key in ("categorie", "dessert")
        }
        known["forme"] = lambda rank: self.values(rank, "forme") != {"a-preciser"}
        known["conformite"] = lambda rank: bool(self.entreprises["conformite"][rank])
        known["depuis"] = lambda rank: bool(self.entreprises["date"][rank])
        known["pres"] = lambda rank: self.entreprises["lat"][rank] is not None
        few = {key for key, has in known.items() if 5 * sum(has(rank) for rank in range(self.size)) < self.size}
        if len({u[3] for rank in range(self.size) for u in self.recorded(rank)}) == 1:
            few.add("confirme")
        used = set(self.filters())
        used |= {"conformite"} if any(key.startswith("conformite") for key in used) else set()
        return few - used


VALUES = {
    "categorie": CATEGORIES,
    "secteur": SECTORS,
    "mrc": PLACES,
    "dessert": PLACES,
    "forme": FORMS,
    "adhesion": MEMBERSHIPS,
    "certification": CERTIFICATIONS,
    "conformite": tuple(f"{kind}:{value}" for kind in KINDS for value in ("oui", "non", "inconnu")),
    "confirme": ("oui", "non"),
    "depuis": FRESH,
}


@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=CATALOGUES, searches=st.lists(SEARCHES, min_size=1, max_size=4), draw=st.data())
def test_browser_and_reference_agree(ask: Ask, data: Json, searches: list[Json], draw: st.DataObject) -> None:
    ask("load", data=data)
    for search in searches:
        said = draw.draw(st.one_of(st.none(), answers(data)))
        asked = search | {"q": "" if said is None else "mots"}
        answer = ask("evaluate", search=asked, said=said)
        reference = Reference(data, asked, said)
        filters = reference.filters()
        found = reference.found()
        units = {rank: reference.passes(rank, filters) for rank in found}
        assert answer["found"] == found
        groups = {rank: reference.group(rank, units[rank]) for rank in found}
        assert {rank: key for key, ranks in answer["groups"].items() for rank in ranks} == groups
        assert sorted(answer["sector"]) == sorted(reference.sector())
        counted = [rank for rank in found if groups[rank] not in ("ailleurs", "activite")]
        sure = [rank for rank in counted if any(u[3] for u in units[rank])]
        assert answer["headline"] == {"sure": len(sure), "others": len(counted) - len(sure)}
        offers = {str(rank): sorted(u[0] for u in units[rank] if u[0] >= 0) for rank in found}
        assert {rank: sorted(own) for rank, own in answer["offers"].items()} == offers
        counts = {key: {v: n for v in values if (n := reference.count(key, v))} for key, values in VALUES.items()}
        assert answer["counts"] == counts
        assert set(answer["hidden"]) == reference.hidden()
        drops = {} if found else reference.drops()
        given_ways = {
            tuple(
                sorted(
                    f["key"] if f["key"] != "conformite" else f"conformite:{f['values'][0].partition(':')[0]}"
                    for f in way["filters"]
                )
            ): way["count"]
            for way in answer["drop"]
        }
        assert given_ways.items() <= drops.items()
        best = sorted(drops.values(), reverse=True)
        most = len(best) if best and all(len(names) == 1 for names in drops) else 3
        assert [way["count"] for way in answer["drop"]] == best[:most]
