"""Remember what is to be asked of an enterprise because it was left out: the field and why, never what was left out.

`content/a-demander.csv` has one line per question: the record, the place of the field, the code of what was found, and
the start of the SHA-256 of what the record holds there (empty: nothing). A question is open as long as that has not
changed; the call sheet asks it, and whoever writes the file drops the others.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annuaire import files
from annuaire.records.reading import Record
from annuaire.schema import Field, Schema, Table
from annuaire.text.problems import AnnuaireError, Problem

FILE_NAME = "a-demander.csv"
COLUMNS = ("fiche", "champ", "code", "base")
_LENGTH = 8  # characters of the hash, as elsewhere
_TELEPHONE = "telephone-dans-texte"
_WHERE = "adresse-dans-texte"


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """Hold one question: what was found (`code`) in a field (`path`, ranks from 1) of a record.

    `slug` names the record as messages do (`annuaire.records.collections.reference`).
    """

    slug: str
    path: str
    code: str
    base: str = ""

    def is_open(self, records: Mapping[str, Record]) -> bool:
        """Tell whether the record still holds what it held."""
        record = records.get(self.slug)
        return record is not None and base_of(record.values, self.path) == self.base


def question(slug: str, problem: Problem, standing: Mapping[str, Any]) -> Question:
    """Make the question that what was left out of a record asks."""
    path = ".".join(str(step + 1) if isinstance(step, int) else step for step in problem.path)
    return Question(slug, path, problem.code, base_of(standing, path))


def base_of(values: Any, path: str) -> str:
    """Name what stands at the place of a field, nothing when it is empty."""
    for step in path.split("."):
        if isinstance(values, list):
            values = values[int(step) - 1] if step.isdigit() and 0 < int(step) <= len(values) else None
        else:
            values = values.get(step) if isinstance(values, Mapping) else None
    return hashlib.sha256(str(values).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH] if values else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold the questions of a site as its file says them, and the text that was read there (None: no file)."""

    path: Path
    text: str | None
    questions: frozenset[Question]

    def writings(self, more: Iterable[Question], records: Mapping[str, Record]) -> list[files.Writing]:
        """Say what to write with the records, once they stand as given, of these questions and more.

        Only those that are open are kept; nothing is to be written when the file would not change.
        """
        kept = frozenset(one for one in self.questions.union(more) if one.is_open(records))
        if kept == self.questions:
            return []
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((one.slug, one.path, one.code, one.base) for one in sorted(kept))
        return [files.Writing(self.path, buffer.getvalue(), self.text)]


def read(content: Path) -> Asked:
    """Read the questions of a site; raise AnnuaireError when the file is not what it should be."""
    path = content / FILE_NAME
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return Asked(path, None, frozenset())
    except UnicodeDecodeError as error:
        raise AnnuaireError(f"{FILE_NAME}\u00a0: ce fichier n’est pas écrit en UTF-8.") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise AnnuaireError(f"{FILE_NAME}\u00a0: les colonnes doivent être {', '.join(COLUMNS)}.")
    rows = (Question(row["fiche"] or "", row["champ"] or "", row["code"] or "", row["base"] or "") for row in reader)
    return Asked(path, text, frozenset(rows))


def words(found: Iterable[Question], schema: Schema) -> Iterator[str]:
    """Say what to ask, each thing once, in the order of the fields."""
    yield from dict.fromkeys(_words(one, schema) for one in sorted(found))


def title_of(path: str, schema: Schema) -> str:
    """Name the field at a place of a record, with the rank of its item, and nothing that the item holds."""
    if not path:
        return "Commentaire"  # beside the fields
    table, field = _found(path, schema)
    title = field.title if field else path
    return f"{title} ({table.title}, {path.split('.')[1]})" if table else title


def _words(one: Question, schema: Schema) -> str:
    _, field = _found(one.path, schema)
    if field is not None and field.code == "courriel-invalide":
        return "Demander un courriel général"
    if field is not None and field.nature == "fonction":
        return "Demander une fonction plutôt qu’un nom" if one.code != _TELEPHONE else "Demander un téléphone général"
    whats = {_TELEPHONE: "sans numéro de téléphone", _WHERE: "qui ne dit pas où est le lieu"}
    what = whats.get(one.code, "sans nom ni adresse d’une personne")
    return f"Demander un texte {what}\u00a0: {title_of(one.path, schema)}"


def _found(path: str, schema: Schema) -> tuple[Table | None, Field | None]:
    key, *steps = path.split(".")
    table = schema.children.get(key)
    return table, table.by_path.get(tuple(steps[1:])) if table else schema.root.by_path.get((key, *steps))
