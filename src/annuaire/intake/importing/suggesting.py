"""Suggest a decision for each row that waits for one: the class, sector and form that its name tells.

The reason stays empty: the decision table refuses a row without one, so a person has read each before it counts.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path

from annuaire.intake.importing import decisions, prepared
from annuaire.intake.importing.deductions import NameRule, deduce
from annuaire.intake.importing.mapping import ImportMapping
from annuaire.intake.importing.reading import Sheet
from annuaire.intake.importing.report import without_formula
from annuaire.intake.importing.rows import Candidate
from annuaire.intake.importing.targets import PLACE, TERRITORY
from annuaire.rules.confidentiality import NamePattern, phrase
from annuaire.yamlfile.source import parse_trusted

FILE_NAME = "a-classer.csv"
_FEW = 30  # values of a column that sorts rows
_SHORT = 60  # characters of such a value
_MOST_NAMED = 4
UNDECIDED = "a-decider"
BY_RULE = "règle\u00a0: nom"


def as_csv(candidates: Iterable[Candidate], rules: Sequence[NameRule]) -> str:
    """Write the rows that wait with the columns of the decision table; no column holds a street."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, decisions.COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for candidate in candidates:
        found = deduce(candidate.published_name, rules)
        suggested = suggested_class(candidate.published_name)
        sector = "" if "secteur" in candidate.given else found.sector
        form = "" if "forme_juridique" in candidate.given else found.form
        row = {
            "cle": candidate.key,
            "nom": candidate.name,
            "municipalite": candidate.municipality.nom if candidate.municipality else "",
            "classe": suggested,
            "source": BY_RULE if suggested != UNDECIDED else "",
            "secteur": sector,
            "secteur_source": "regle" if sector else "",
            "forme_juridique": form,
            "forme_source": "regle" if form else "",
            "confidentiel": "oui" if candidate.confidential else "",
            "nom_publie": candidate.written_name,
        }
        writer.writerow({column: without_formula(cell) for column, cell in row.items()})
    return buffer.getvalue()


def suggested_class(name: str) -> str:
    """Give the class that a name tells, `a-decider` if it tells none."""
    words = phrase(name)
    return next((found for found, pattern in _classes() if pattern.applies(words)), UNDECIDED)


def how_to_decide(sheet: Sheet, mapping: ImportMapping) -> str:
    """Say where a decision is written: the mapping and the columns that could tell, or the decision table."""
    told = [(column, value) for column in sheet.columns if (value := _most_said(sheet, column, mapping))]
    column, value = told[0] if told else ("Colonne", "valeur")
    names = f" (colonnes qui s’y prêtent\u00a0: {', '.join(name for name, _ in told[:_MOST_NAMED])})" if told else ""
    if mapping.is_book:
        every = f"oui à «\u00a0{prepared.EVERY_ROW}\u00a0» (feuille «\u00a0{prepared.SETTINGS}\u00a0»)"
        if not mapping.has_words:
            return f"Pour décider\u00a0: dans {mapping.file}, répondre {every} si c’est bien le cas."
        return (
            f"Pour décider\u00a0: dans {mapping.file}, mettre un x sous «\u00a0{prepared.KEPT}\u00a0» (feuille "
            f"«\u00a0{prepared.WORDS}\u00a0») devant les mots dont les lignes sont des entreprises d’économie sociale"
            f"{names}, ou {every}."
        )
    table = mapping.decisions.name if mapping.decisions else ""
    other = table or f"une table que {mapping.file} nomme («\u00a0decisions: décisions.csv\u00a0»)"
    return (
        f"Pour décider\u00a0: écrire dans {mapping.file} quelles lignes sont des entreprises d’économie sociale, comme "
        f"«\u00a0garder: {{{column}: {value}}}\u00a0»{names}, ou classer chacune dans {other}."
    )


def _most_said(sheet: Sheet, column: str, mapping: ImportMapping) -> str:
    """Give the value that a column of few values says most often; nothing for a column of names, numbers or places."""
    path = mapping.columns.get(column, "")
    if path == TERRITORY or path.startswith(f"{PLACE}."):
        return ""
    said = Counter(value for row in sheet.rows if not mapping.is_empty(value := row.cells.get(column, "").strip()))
    tells = 1 < len(said) <= _FEW and said.total() > 2 * len(said) and all(len(value) <= _SHORT for value in said)
    return said.most_common(1)[0][0] if tells else ""


def free_path(path: Path, text: str) -> Path:
    """Give where to write a text without losing a file that a person may be filling in."""
    count = 1
    wanted = path
    while wanted.exists() and wanted.read_bytes() != text.encode():
        count += 1
        wanted = path.with_name(f"{path.stem}-{count}{path.suffix}")
    return wanted


@lru_cache(maxsize=1)
def _classes() -> tuple[tuple[str, NamePattern], ...]:
    with resources.as_file(resources.files("annuaire.data").joinpath("classes_suggerees.yml")) as path:
        entries = parse_trusted(Path(path))
    return tuple((name, NamePattern.of(entry)) for name, entry in entries.items())
