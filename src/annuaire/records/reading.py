"""Read a folder of records and lay each one against its schema, before any rule judges it.

A `Record` holds raw text values. `cells` lists every scalar (or list of scalars) that stands where the
schema expects it; `shape` lists what does not.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from annuaire.places.territories import Municipality, Territories
from annuaire.processes import GoOn, share
from annuaire.records.collections import reference
from annuaire.records.known import Known
from annuaire.schema import Field, Schema, Table
from annuaire.text.messages import inert
from annuaire.text.names import fold
from annuaire.text.problems import Finding, RecordPath
from annuaire.yamlfile import source

_SPACES = " \u00a0\u2007\u202f"  # what a key keeps of the spaces beside it: the ordinary one, if another stands by
EXTENSION = ".yml"
_LOOKS_LIKE_RECORD = (".yml", ".yaml", ".txt", ".json")  # anything else (notes, an editor's leavings) is left aside
SHARE_FROM = 300  # records; below, starting processes costs more than it saves
CLOSE = 75  # of 100: below, two names of fields have nothing to do with each other
Examine = Callable[["Record"], object]
Aside = Callable[[], object]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Cell(NamedTuple):
    """Hold one value at its place: `value` is a text, or a list of texts for a field of type list."""

    field: Field
    path: RecordPath
    value: Any


@dataclass(slots=True)
class Record:
    """Hold one record file as read: its slug (the file's stem), values, cells and faults of shape."""

    slug: str
    file: str
    document: source.Document
    schema: Schema
    cells: list[Cell] = field(default_factory=list)
    shape: list[Finding] = field(default_factory=list)
    findings: list[Finding] | None = None  # what the `fiche` rules said, once they have judged
    model: Any = None  # what `annuaire.catalogue.model` made of it, kept for a preview, which asks at each change

    @property
    def reference(self) -> str:
        """Name it among the records of all collections (see `annuaire.records.collections`)."""
        return reference(self.schema.name, self.slug)

    @property
    def name(self) -> str:
        """Give the name that it gives itself; "" when it gives none."""
        return self.text("nom") or self.text("titre")

    @property
    def values(self) -> dict[str, Any]:
        """Give the raw values, empty when the text cannot be read."""
        return self.document.values

    @property
    def is_readable(self) -> bool:
        """Tell whether the text could be read without a fault."""
        return not self.document.faults

    def text(self, *path: str | int) -> str:
        """Give the text at a path, or an empty text where there is none."""
        value: Any = self.document.values
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return ""
        return value if isinstance(value, str) else ""

    def day(self, *path: str | int) -> date | None:
        """Give the day written at a path, or None where there is none or its writing is not a date."""
        return as_day(self.text(*path))

    def count(self, key: str) -> int:
        """Count the items of a list, whatever they are."""
        value = self.values.get(key)
        return len(value) if isinstance(value, list) else 0

    def municipality(self, index: int, territories: Territories) -> Municipality | None:
        """Find the municipality of a place by the place's rank, or None if it is unknown or ambiguous."""
        here = ("etablissements", index)
        return territories.municipality(self.text(*here, "municipalite"), self.text(*here, "municipalite_code"))

    @property
    def former_slugs(self) -> list[str]:
        """List the old addresses that an enterprise declares (`anciens_slugs`)."""
        old = self.values.get("anciens_slugs")
        return [slug for slug in old if isinstance(slug, str)] if isinstance(old, list) else []

    def items(self, key: str) -> list[dict[str, Any]]:
        """Give the mappings of a list of mappings, leaving out what is not one."""
        value = self.values.get(key)
        return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def as_day(text: str) -> date | None:
    """Read a date written as AAAA-MM-JJ; None when it is not one."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def from_document(document: source.Document, file: str, schema: Schema) -> Record:
    """Lay a read document against a schema."""
    record = Record(inert(document.path.stem), inert(file), document, schema)  # a name may not be UTF-8
    if document.values:
        record.shape.extend(_Walk(record.cells, schema, document.values).root())
    return record


def from_file(path: Path, file: str, schema: Schema, known: Known | None = None) -> Record:
    """Read one file of a folder of records; what is not a `.yml` file is a record that cannot be read.

    One that is `known`, and that nobody needs to judge again, comes with its verdict and without its cells.
    """
    fault = ""
    if path.suffix != EXTENSION:
        fault = "dossier-imbrique" if path.is_dir() else "fichier-extension"
    if fault:
        return unreadable(path, file, schema, fault)
    if known is None:
        return from_document(source.read(path), file, schema)
    document = source.read(path, known=partial(known.values, path.name))
    if known.is_clean(document):
        return Record(inert(path.stem), inert(file), document, schema, findings=[])
    return from_document(document, file, schema)


def unreadable(path: Path, file: str, schema: Schema, code: str) -> Record:
    """Make the record of what stands among records and is none: a folder, a file of another kind."""
    values = {"suggestion": inert(path.name).split(".")[0] + EXTENSION}
    document = source.Document(path, "", {}, [source.SourceFault(Finding(code, values=values))])
    return Record(inert(path.name), inert(file), document, schema)


def looks_like_record(name: str, *, is_folder: bool) -> bool:
    """Tell whether what stands in a folder of records is judged; notes and an editor's leavings are left aside."""
    return not name.startswith(".") and (is_folder or name.lower().endswith(_LOOKS_LIKE_RECORD))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself, that reading will refuse
        return False


class Folder:
    """Read the records of one folder, again only those that changed since the last reading."""

    def __init__(self, path: Path, root: Path, schema: Schema) -> None:
        self.path = path
        self.root = root
        self.schema = schema
        self._kept: dict[str, tuple[tuple[int, int, int], Record]] = {}

    def read(
        self, examine: Examine | None = None, known: Known | None = None, aside: Aside = lambda: None
    ) -> list[Record]:
        """Read the folder, sorted by file name; folders and misnamed files are records that cannot be read.

        `examine` judges each record just read, by itself; many are then read and judged by several processes, and come
        without their cells; `aside` is done here meanwhile. What is `known` is neither parsed nor judged again. Raise
        OSError if the folder itself cannot be listed.
        """
        kept: dict[str, tuple[tuple[int, int, int], Record]] = {}
        fresh: dict[str, tuple[int, int, int]] = {}
        for entry in sorted(os.scandir(self.path), key=lambda e: e.name) if self.path.is_dir() else ():
            if not looks_like_record(entry.name, is_folder=_is_folder(entry)):
                continue
            stat = entry.stat(follow_symlinks=False)
            signature = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            before = self._kept.get(entry.name)
            if before is not None and before[0] == signature:
                kept[entry.name] = before
            else:
                fresh[entry.name] = signature
        for record in self._read(tuple(fresh), examine, known, aside):
            name = record.document.path.name
            kept[name] = (fresh[name], record)
        self._kept = dict(sorted(kept.items()))
        return [record for _, record in self._kept.values()]

    def _read(
        self, names: Sequence[str], examine: Examine | None, known: Known | None, aside: Aside
    ) -> Iterator[Record]:
        prefix = self._prefix()

        def read(name: str) -> Record:
            return from_file(self.path / name, prefix + name, self.schema, known)

        if examine is None:
            yield from map(read, names)
            return

        def work(part: Iterable[str], _: GoOn) -> list[Any]:
            found = []
            for record in map(read, part):
                examine(record)
                read_as = record.document  # in pieces: a path takes longer to send than all that it leads to
                pieces = read_as.path.name, read_as.text, read_as.values, read_as.faults
                found.append((record.slug, record.file, pieces, record.findings))
            return found

        judged = [name for name in names if known is not None and known.is_judged(name)]
        for record in map(read, judged):  # no more than a look at each file: processes would cost more
            examine(record)
            yield record
        others = sorted({*names} - {*judged})
        for part in share(others, work, lambda _: None, fewest=SHARE_FROM, aside=aside):
            for slug, file, (name, *pieces), findings in part:
                yield Record(slug, file, source.Document(self.path / name, *pieces), self.schema, findings=findings)

    def _prefix(self) -> str:
        inside = self.path.is_relative_to(self.root)
        folder = self.path.relative_to(self.root).as_posix() if inside else self.path.as_posix()
        return "" if folder == "." else folder + "/"


@dataclass(slots=True)
class _Walk:
    """Walk through the values of one record beside its schema."""

    cells: list[Cell]
    schema: Schema
    values: dict[str, Any]

    def root(self) -> Iterator[Finding]:
        values, schema = self.values, self.schema
        known = (*schema.root.top_keys, *schema.children)
        yield from self._mapping(values, schema.root, (), known, schema)
        for key, table in schema.children.items():
            if key in values:
                yield from self._table(values[key], table, (key,))
            elif table.required:
                yield Finding("champ-manquant", (), {"champ": key, "exemple": f"{key}: [{{{_first(table)}}}]"})

    def _table(self, value: Any, table: Table, path: RecordPath) -> Iterator[Finding]:
        if not isinstance(value, list):
            yield _shape(path, table.key, "une liste d’éléments précédés d’un tiret", value, f"- {_first(table)}")
            return
        if not value:
            yield Finding("valeur-vide", path, {"champ": table.key})
        if table.maximum and len(value) > table.maximum:
            values = {"champ": table.key, "nombre": str(len(value)), "maximum": str(table.maximum)}
            yield Finding("liste-trop-longue", path, values)
        for index, item in enumerate(value[: table.maximum or None]):
            if isinstance(item, dict):
                yield from self._mapping(item, table, (*path, index), table.top_keys, None)
            else:
                yield _shape((*path, index), table.key, "des lignes « clé: valeur »", item, _first(table))

    def _mapping(
        self, values: dict[str, Any], table: Table, path: RecordPath, known: tuple[str, ...], schema: Schema | None
    ) -> Iterator[Finding]:
        for key, value in values.items():
            here = (*path, key)
            if schema is not None and key in schema.children:
                continue
            if key in table.groups:
                yield from self._group(value, table, key, here)
                continue
            field = table.by_path.get((key,))
            if field is None:
                yield self._unknown(key, here, known)
            else:
                yield from self._cell(field, here, value)
        for field in table.required_fields:
            if not _present(values, field.path):
                yield _missing(field, path, values)

    def _group(self, value: Any, table: Table, key: str, path: RecordPath) -> Iterator[Finding]:
        names = table.groups[key]
        if not isinstance(value, dict):
            if value == "":
                yield Finding("valeur-vide", path, {"champ": key}, on_key=True)
            else:
                example = table.by_path[(key, names[0])].example
                yield _shape(path, key, "des lignes « clé: valeur »", value, f"{names[0]}: {example}")
            return
        for name, item in value.items():
            field = table.by_path.get((key, name))
            if field is None:
                yield self._unknown(name, (*path, name), names)
            else:
                yield from self._cell(field, (*path, name), item)

    def _cell(self, field: Field, path: RecordPath, value: Any) -> Iterator[Finding]:
        if value == "" or value == []:
            yield Finding("valeur-vide", path, {"champ": str(path[-1])}, on_key=True)
        elif field.is_list:
            if not isinstance(value, list):
                yield _shape(path, str(path[-1]), "une liste", value, f"[{field.example.split('|')[0]}]")
                return
            texts = [item for item in value if isinstance(item, str) and item]
            for index, item in enumerate(value):
                if not isinstance(item, str) or not item:
                    yield _shape((*path, index), str(path[-1]), "un texte", item, field.example.split("|")[0])
            if len(texts) == len(value):
                self.cells.append(Cell(field, path, value))
        elif isinstance(value, str):
            self.cells.append(Cell(field, path, value))
        else:
            yield _shape(path, str(path[-1]), "un texte", value, field.example)

    def _unknown(self, key: str, path: RecordPath, known: tuple[str, ...]) -> Finding:
        """Say of an unknown key which one is close to it here, or where else in a record it belongs."""
        if key.strip(_SPACES) != key.strip(" "):
            return Finding("espace-insecable", path, {"champ": key.strip(_SPACES)}, on_key=True)
        folded = fold(key)
        if folded not in known:
            home = next((home for home in self._homes(folded) if home[0] != path[0] or len(path) == 1), None)
            if home is not None:
                return _misplaced(key, path, *home)
        close = process.extractOne(folded, known, scorer=fuzz.ratio, score_cutoff=CLOSE)
        longer = [name for name in known if folded and name.startswith(f"{folded}_")]
        suggestion = close[0] if close else longer[0] if longer else ""
        return Finding("champ-inconnu", path, {"champ": key, "suggestion": suggestion}, on_key=True)

    def _homes(self, name: str) -> Iterator[tuple[str, Field, Table | None]]:
        """List where a field of this name stands: what it is under (nothing for the first level), and its table."""
        root, tables = self.schema.root, self.schema.children.values()
        if (name,) in root.by_path and name not in self.values:
            yield "", root.by_path[(name,)], None
        for table in sorted(tables, key=lambda table: not table.required):
            if (name,) in table.by_path:
                yield table.key, table.by_path[(name,)], table
        for group, names in root.groups.items():
            if name in names:
                yield group, root.by_path[(group, name)], None


def _misplaced(key: str, path: RecordPath, parent: str, field: Field, table: Table | None) -> Finding:
    line = f"{field.path[-1]}: {field.example.split('|')[0]}"
    if not parent:
        values = {"champ": key, "parent": str(path[0]), "exemple": line}
        return Finding("champ-premier-niveau", path, values, on_key=True)
    first = f"- {_first(table)}" if table and not line.startswith(_first(table)) else ""
    values = {
        "champ": key,
        "parent": parent,
        "suggestion": first,
        "exemple": f"- {line}" if table and not first else line,
    }
    return Finding("champ-mal-place", path, values, on_key=True)


def _missing(field: Field, path: RecordPath, values: dict[str, Any]) -> Finding:
    line = f"{field.path[-1]}: {field.example}"
    if len(field.path) == 1:
        return Finding("champ-manquant", path, {"champ": field.path[0], "exemple": line})
    group = field.path[0]
    if isinstance(values.get(group), dict):
        return Finding("champ-manquant", (*path, group), {"champ": ".".join(field.path), "exemple": line}, on_key=True)
    return Finding("champ-manquant", path, {"champ": ".".join(field.path), "exemple": f"{group}: {{{line}}}"})


def _present(values: dict[str, Any], path: tuple[str, ...]) -> bool:
    value: Any = values
    for step in path:
        if not isinstance(value, dict) or step not in value:
            return False
        value = value[step]
    return True


def _shape(path: RecordPath, key: str, expected: str, value: Any, example: str) -> Finding:
    kinds: dict[type, str] = {dict: "des lignes « clé: valeur »", list: "une liste"}
    found = kinds.get(type(value), "un simple texte")
    return Finding("structure", path, {"champ": key, "attendu": expected, "trouve": found, "exemple": example})


def _first(table: Table) -> str:
    field = next((f for f in table.fields if f.required and f.path), table.fields[-1])
    return f"{field.path[0]}: {field.example}"
