"""Check the shared tables and vocabularies against each other and, when given, against their sources.

Usage: python tools/donnees/verifier.py [DOSSIER_SOURCE]

Prints one line per fault and a count at the end; the exit code is 1 when there is a fault. With DOSSIER_SOURCE (which
holds seao-categories.csv, unspsc-classes-fr.csv and secteurs-achats-france.csv), the codes of the purchase categories
and the words taken from their labels are looked up too. It corrects nothing.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tableaux import Row, read_table

from annuaire.places import buyer_words, outlines, vocabularies
from annuaire.text.words import STOP, tokens

DATA = Path(__file__).resolve().parents[2] / "src" / "annuaire" / "data"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FAMILIES = frozenset({"cooperative", "mutuelle", "obnl", "autre"})
COUNTS = {"regions": 17, "mrc": 104, "municipalites": 1285}


def repeated(values: Iterable[str]) -> list[str]:
    """List the values found more than once."""
    return sorted(value for value, times in Counter(values).items() if times > 1)


def territory_faults(tables: dict[str, list[Row]]) -> Iterator[str]:
    """Yield what is wrong in the tables of territories: counts, uniqueness, references, symmetry."""
    for name, expected in COUNTS.items():
        rows = tables[name]
        if len(rows) != expected:
            yield f"{name}: {len(rows)} rows, {expected} expected"
        yield from (f"{name}: code {code} twice" for code in repeated(row["code"] for row in rows))
        yield from (f"{name}: slug of {row['code']}" for row in rows if not SLUG.fullmatch(row["slug"]))
    for name in ("regions", "mrc"):
        yield from (f"{name}: slug {slug} twice" for slug in repeated(row["slug"] for row in tables[name]))
    towns = tables["municipalites"]
    yield from (f"slug twice: {slug}" for slug in repeated(f"{town['mrc']}/{town['slug']}" for town in towns))
    regions, mrcs, codes = ({row["code"] for row in tables[name]} for name in COUNTS)
    yield from (f"mrc {row['code']}: region {row['region']}" for row in tables["mrc"] if row["region"] not in regions)
    yield from (f"municipality {town['code']}: mrc {town['mrc']}" for town in towns if town["mrc"] not in mrcs)
    former = tables["anciennes_municipalites"]
    yield from (f"former {row['nom']}: code" for row in former if row["municipalite_code"] not in codes)
    yield from (f"former {nom} twice" for nom in repeated(row["nom"] for row in former))
    names = {town["nom"] for town in towns}
    yield from (f"former {row['nom']} is also a municipality of today" for row in former if row["nom"] in names)
    pairs = {(row["mrc"], row["voisin"]) for row in tables["voisins"]}
    yield from (f"neighbours {one}-{two}: one way only" for one, two in sorted(pairs) if (two, one) not in pairs)
    yield from (f"neighbours {one}-{two}: wrong" for one, two in sorted(pairs) if not {one, two} <= mrcs or one == two)
    numbers = Counter(town["mrc"] for town in towns)
    for row in tables["mrc"]:
        if int(row["nb_municipalites"]) != numbers[row["code"]]:
            yield f"mrc {row['code']}: number of municipalities"


def place_faults(towns: list[Row]) -> Iterator[str]:
    """Yield the municipalities whose point is more than 1 km out of the polygon of their territory."""
    for town in towns:
        if town["latitude"]:
            position = (float(town["latitude"]), float(town["longitude"]))
            if (outlines.distance_to_mrc_km(position, town["mrc"]) or 0.0) > 1.0:
                yield f"municipality {town['code']} {town['nom']}: point out of its territory"


def vocabulary_faults(words: vocabularies.Vocabularies) -> Iterator[str]:
    """Yield the entries of vocabularies that miss a label, a group, a description, or repeat a synonym."""
    for form in words.forms.values():
        if not (form.pluriel and form.description and form.source) or form.famille not in FAMILIES:
            yield f"form {form.slug}"
    for sector in words.sectors.values():
        if not sector.description or repeated(sector.synonymes):
            yield f"sector {sector.slug}: {repeated(sector.synonymes)}"
        yield from (f"sector {sector.slug}: scian {code}" for code in sector.scian if not re.fullmatch(r"\d\d", code))
    for category in words.categories.values():
        if (
            category.groupe not in words.groups
            or not 4 <= len(category.synonymes) <= 12
            or repeated(category.synonymes)
        ):
            yield f"category {category.slug}: {repeated(category.synonymes)}"
        yield from (f"category {category.slug}: sector {s}" for s in category.secteurs if s not in words.sectors)
        if bool(category.seao) != bool(category.seao_libelle) or bool(category.unspsc) != bool(category.unspsc_libelle):
            yield f"category {category.slug}: a code without its label"
    for kind in (words.sectors, words.forms, words.categories, words.certifications):
        yield from (f"slug {slug}" for slug in kind if not SLUG.fullmatch(slug))


def code_faults(words: vocabularies.Vocabularies, source: Path) -> Iterator[str]:
    """Yield the SEAO and UNSPSC codes that their source does not hold."""
    seao = {row["code"]: row["libelle"] for row in read_table(source / "seao-categories.csv")}
    classes = {row["code"] for row in read_table(source / "unspsc-classes-fr.csv") if row["niveau"] == "class"}
    for category in words.categories.values():
        if category.seao and seao.get(category.seao) != category.seao_libelle:
            yield f"category {category.slug}: SEAO {category.seao}"
        if category.unspsc and category.unspsc not in classes:
            yield f"category {category.slug}: UNSPSC {category.unspsc}"


def word_faults(words: vocabularies.Vocabularies, source: Path) -> Iterator[str]:
    """Yield the phrases said to come from a table when no label of it holds their words, whatever the endings."""
    classes, sectors = read_table(source / "unspsc-classes-fr.csv"), read_table(source / "secteurs-achats-france.csv")
    labels = {
        "seao": [row["libelle"] for row in read_table(source / "seao-categories.csv")],
        # Cleaned classes are often cut, cleaned segments never; those mended here stand in the categories.
        "unspsc": [row["libelle_fr"] for row in classes if row["qualite_fr"] == "ok" or row["niveau"] == "segment"]
        + [category.unspsc_libelle for category in words.categories.values()],
        "france": [f"{row['secteur']} {row['slug']}" for row in sectors] + [row["groupe"] for row in sectors],
    }
    for slug, entry in buyer_words.load(words.categories).categories.items():
        for name, known in labels.items():
            for phrase in getattr(entry, name):
                if not any(_holds(label, phrase) for label in known):
                    yield f"category {slug}: « {phrase} » is in no label of {name}"


def _holds(label: str, phrase: str) -> bool:
    roots = [word[: max(3, len(word) - 3)] for word in _words(phrase)]
    return all(any(word.startswith(root) for word in _words(label)) for root in roots)


def _words(text: str) -> list[str]:
    return [word for word in tokens(text) if word not in STOP]


def main(arguments: list[str]) -> int:
    """Print every fault and return the exit code."""
    tables = {name: read_table(DATA / f"{name}.csv") for name in (*COUNTS, "anciennes_municipalites", "voisins")}
    words = vocabularies.load()
    faults = [*territory_faults(tables), *place_faults(tables["municipalites"]), *vocabulary_faults(words)]
    if arguments:
        faults += [*code_faults(words, Path(arguments[0])), *word_faults(words, Path(arguments[0]))]
    for fault in faults:
        print(fault)
    sizes = ", ".join(f"{name} {len(rows)}" for name, rows in tables.items())
    print(
        f"{len(faults)} faults; {sizes}; sectors {len(words.sectors)}, forms {len(words.forms)}, "
        f"groups {len(words.groups)}, categories {len(words.categories)}, certifications {len(words.certifications)}"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
