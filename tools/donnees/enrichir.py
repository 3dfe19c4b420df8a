"""Write into records the facts that a person has read in a table of sources and kept.

    enrichir.py SOURCES.csv FAITS.csv CONTENT

`SOURCES.csv` (columns slug, field, value, source, source_date, licence) holds what was found, and is not kept in this
repository. `FAITS.csv` (columns fiche, champ, valeur, categorie, ligne) says what of it goes into which record: `ligne`
is the `field` of the line that supports it. An activity and an offer are in a person's own words; anything else is the
very value of the line, but for a code that stands for it (a certification). A value that a record already holds is
never replaced, unless it says nothing (`a-preciser`), was only guessed, or is one that a line corrects
(`neq_corrige`). Each value keeps its source, and stays to be confirmed. This script fetches and decides nothing.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from annuaire import files
from annuaire.places.vocabularies import TO_SPECIFY
from annuaire.schema import Schema, load
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile import formatter, source

Row = Mapping[str, str]
# How the pages name a source: never by who copied it.
REGISTER = "Registre des entreprises du Québec, extrait de la Mauricie"
_COPY = re.compile(r"data/REQ/")
LONGEST = 300  # characters of a source, as the schema has it
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_OWN_WORDS = frozenset({"activite", "offres", "certifications"})
_TELEPHONE = "etablissements.telephone"


class Facts:
    """Hold the lines of sources by (record, field), and apply facts to the values of a record."""

    def __init__(self, lines: Iterable[Row]) -> None:
        self.lines: dict[tuple[str, str], Row] = {}
        for line in lines:
            self.lines.setdefault((line["slug"], line["field"]), line)

    def apply(self, values: dict[str, Any], facts: Sequence[Row]) -> list[str]:
        """Change the values of a record in place; give the facts left aside, and why."""
        aside = []
        for fact in facts:
            line = self.lines.get((fact["fiche"], fact["ligne"]))
            if line is None:
                raise AnnuaireError(f"{fact['fiche']}: no line « {fact['ligne']} » in the table of sources")
            if fact["champ"] not in _OWN_WORDS and fact["valeur"] != line["value"]:
                raise AnnuaireError(f"{fact['fiche']}: « {fact['valeur']} » is not what the line says")
            reason = _put(values, fact, line)
            if reason:
                aside.append(f"{fact['fiche']}, {fact['champ']}: {reason}")
            else:
                _keep_source(values, fact["champ"], line)
        return aside


def _put(values: dict[str, Any], fact: Row, line: Row) -> str:
    """Put one value; say why when it may not be."""
    field, value = fact["champ"], fact["valeur"]
    if field == "offres":
        offers = values.setdefault("offres", [])
        if any(offer["nom"] == value or offer["categorie"] == fact["categorie"] for offer in offers):
            return "an offer of this name or category is there"
        vouched = {"statut": "a-confirmer", "source": name_of(line)}
        offers.append({"nom": value, "categorie": fact["categorie"], "verification": vouched})
    elif field == "certifications":
        if value in values.setdefault("certifications", []):
            return "it is there"
        values["certifications"].append(value)
    elif field == _TELEPHONE:
        if values["etablissements"][0].get("telephone"):
            return "a telephone is there"
        values["etablissements"][0]["telephone"] = value
    else:
        guessed = values["verification"].get("deduits", [])
        is_free = values.get(field, TO_SPECIFY) == TO_SPECIFY or field in guessed
        if not is_free and fact["ligne"] != "neq_corrige":
            return f"« {values[field]} » is there"
        values[field] = value
        if field in guessed:
            values["verification"]["deduits"] = [name for name in guessed if name != field]
            if not values["verification"]["deduits"]:
                del values["verification"]["deduits"]
    return ""


def _keep_source(values: dict[str, Any], field: str, line: Row) -> None:
    date = _DATE.fullmatch(line["source_date"])
    said = {"source": name_of(line), **({"date": date[0]} if date else {}), "licence": _typed(line["licence"])}
    listed = values.setdefault("provenances", [])
    same = next((item for item in listed if {k: v for k, v in item.items() if k != "champs"} == said), None)
    if same is None:
        listed.append({"champs": [field], **said})
    elif field not in same["champs"]:
        same["champs"].append(field)


def name_of(line: Row) -> str:
    """Name the source of a line as the pages do; of several addresses too long together, the first."""
    if _COPY.search(line["source"]):
        return REGISTER
    every = line["source"].strip()
    return every if len(every) <= LONGEST else every.split(" ; ")[0]


def _typed(text: str) -> str:
    return text.replace(" :", "\u00a0:")


def texts(facts: Facts, rows: Iterable[Row], folder: Path, schema: Schema) -> tuple[list[files.Writing], list[str]]:
    """Give the records to write, comments and order kept, and what was left aside."""
    by_record: dict[str, list[Row]] = {}
    for row in rows:
        by_record.setdefault(row["fiche"], []).append(row)
    wanted, aside = [], []
    for slug, own in sorted(by_record.items()):
        path = folder / f"{slug}.yml"
        document = source.read(path)
        if document.faults:
            raise AnnuaireError(f"{path.name} cannot be read")
        values = document.values
        aside += facts.apply(values, own)
        text = formatter.rewrite(document.text, values, schema, path.name)
        if text != document.text:
            wanted.append(files.Writing(path, text, document.text))
    return wanted, aside


def main(arguments: Sequence[str]) -> int:
    """Apply the facts; say how many records changed and what was left aside."""
    if len(arguments) != 3:
        print("usage: enrichir.py SOURCES.csv FAITS.csv CONTENT", file=sys.stderr)
        return 2
    lines, rows, content = map(Path, arguments)
    facts = Facts(_read(lines))
    wanted, aside = texts(facts, _read(rows), content / "enterprises", load("enterprises"))
    files.write_all(wanted, content.parent / ".annuaire")
    print(*aside, f"{len(wanted)} records written", sep="\n")
    return 0


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
