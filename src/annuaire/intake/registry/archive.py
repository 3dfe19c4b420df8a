"""Read the tables of the Registraire's open archive, a row at a time: a zip, a folder, or an extract in one CSV.

Only the columns named in `COLUMNS` leave this module: the domicile of a body, which may be a home, is never among them,
nor the street of a place. Rows whose NEQ begins with 22 (individuals) are skipped before anything is done with them.
Format: « Registre des entreprises », Données Québec, guide IN-537.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

from annuaire.records.registry_files import TABLES, table_of
from annuaire.text.names import fold
from annuaire.text.problems import AnnuaireError

COLUMNS = {
    "Entreprise": ("NEQ", "COD_STAT_IMMAT", "DAT_STAT_IMMAT", "COD_FORME_JURI", "DAT_CONSTI", "DESC_ACT_ECON_ASSUJ"),
    "Nom": ("NEQ", "NOM_ASSUJ", "STAT_NOM", "TYP_NOM_ASSUJ"),
    "Etablissements": ("NEQ", "LIGN2_ADR", "LIGN3_ADR"),  # where the town stands, one line or the next
    "FusionScissions": ("NEQ", "NEQ_ASSUJ_REL", "DENOMN_SOC", "COD_RELA_ASSUJ", "DAT_EFCTVT"),
    "ContinuationsTransformations": ("NEQ", "COD_TYP_CHANG", "DAT_EFCTVT"),
    "DomaineValeur": ("TYP_DOM_VAL", "COD_DOM_VAL", "VAL_DOM_FRAN"),
}
OPTIONAL = {"Entreprise": ("DAT_CESS_PREVU", "IND_FAIL")}  # read where they are: an archive without them is one
EXTRACT = ("neq", "nom", "municipalite", "activite_declaree", "forme_req")
NEEDED = ("Entreprise", "Nom")
NEEDED_OF_EXTRACT = 2  # the first columns
INDIVIDUAL = "22"
LONGEST_FIELD = (
    8 * 1024 * 1024
)  # characters; a purpose (OBJET_SOC) may fill hundreds of pages, a lost quote all the rest
_DAY = re.compile(r"(20[0-9]{2})[-_]?(0[1-9]|1[0-2])[-_]?(0[1-9]|[12][0-9]|3[01])(?![0-9])", re.ASCII)
_NOTHING = ("", "-")


@dataclass(slots=True)
class Archive:
    """Hold an archive that is being read: its name, its date, whether it is an extract, and what was read of it.

    `rows` counts the rows of each table, `individuals` those that were skipped, `odd` those too short to be read, also
    by table: an extract is read twice.
    """

    name: str
    day: date
    is_extract: bool
    tables: dict[str, Callable[[], BinaryIO]]
    rows: Counter[str] = field(default_factory=Counter)
    individuals: Counter[str] = field(default_factory=Counter)
    odd: Counter[str] = field(default_factory=Counter)
    told: Callable[[str, int], None] = lambda table, rows: None

    def read(self, table: str) -> Iterator[tuple[str, ...]]:
        """Yield what `COLUMNS`, then `OPTIONAL`, name of each row of a table, nothing of one that is not there.

        What an optional column that is not there says is the NEQ.

        Raise AnnuaireError when the table is damaged.
        """
        if table in self.tables:
            with self._lines(table) as reader:
                yield from self._read(table, reader, self._columns(table, next(reader, [])))

    def _read(self, table: str, reader: Iterator[list[str]], at: Sequence[int]) -> Iterator[tuple[str, ...]]:
        take, last, count = itemgetter(*at), max(at), 0
        self.individuals[table] = self.odd[table] = 0
        neq = at[0]  # of the values of a domain, it is the name of the domain
        for row in reader:
            count += 1
            if not count & 0xFFFF:
                self.told(table, count)
            if len(row) <= last:
                self.odd[table] += bool(row)
                continue
            if row[neq][:2] == INDIVIDUAL:
                self.individuals[table] += 1
                continue
            yield take(row)
        self.rows[table] = count

    def _columns(self, table: str, titles: list[str]) -> list[int]:
        known = {fold(title.strip().lstrip("\ufeff")): at for at, title in enumerate(titles)}
        wanted = EXTRACT if self.is_extract else (*COLUMNS[table], *OPTIONAL.get(table, ()))
        missing = [t for t in wanted if fold(t) not in known and t not in OPTIONAL.get(table, ())]
        if self.is_extract and not set(missing) & set(EXTRACT[:NEEDED_OF_EXTRACT]):
            return [known.get(title, known["neq"]) for title in wanted]
        if missing:
            raise AnnuaireError(
                f"{self.name}, {table}\u00a0: il manque la colonne «\u00a0{missing[0]}\u00a0»\u00a0: ce n’est pas "
                "l’archive du Registraire, ou sa forme a changé."
            )
        return (
            [known.get(fold(title), known["neq"]) for title in wanted]
            if table in OPTIONAL
            else [known[fold(title)] for title in wanted]
        )

    @contextmanager
    def _lines(self, table: str) -> Iterator[Iterator[list[str]]]:
        former = csv.field_size_limit(LONGEST_FIELD)
        try:
            with self.tables[table]() as raw, io.TextIOWrapper(raw, "utf-8-sig", "replace", newline="") as text:
                yield csv.reader(text, delimiter=_delimiter(text) if self.is_extract else ",")
        except csv.Error as error:
            raise AnnuaireError(
                f"{self.name}, {table}\u00a0: le CSV est mal formé\u00a0: télécharger l’archive de nouveau."
            ) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
            raise AnnuaireError(
                f"{self.name}, {table}\u00a0: l’archive est endommagée\u00a0: la télécharger de nouveau."
            ) from error
        finally:
            csv.field_size_limit(former)


def said(cell: str) -> str:
    """Give what a cell says, nothing for « - » or for a text whose letters were lost."""
    text = " ".join(cell.split())
    return "" if text in _NOTHING or "\ufffd" in text else text


@contextmanager
def opened(path: Path, day: date | None = None) -> Iterator[Archive]:
    """Open an archive to read it; `day` is that of its facts, else what its name or its files say.

    Raise AnnuaireError when it is missing, damaged or something else.
    """
    if path.is_dir():
        found = {table: _file(path / name) for table in TABLES if (name := table_of(_names(path), table))}
        archive = _complete(Archive(path.name, date.min, False, found))
        archive.day = day or _named_day(path) or _asked(path)
        yield archive
    elif not path.is_file():
        raise AnnuaireError(f"«\u00a0{path}\u00a0» est introuvable.")
    elif zipfile.is_zipfile(path):
        try:
            with zipfile.ZipFile(path) as parts:
                found = {table: _member(parts, name) for table in TABLES if (name := table_of(parts.namelist(), table))}
                newest_day = max((date(*part.date_time[:3]) for part in parts.infolist()), default=date.min)
                yield _complete(Archive(path.name, day or _named_day(path) or newest_day, False, found))
        except (zipfile.BadZipFile, ValueError) as error:
            raise AnnuaireError(
                f"{path.name}\u00a0: l’archive est endommagée\u00a0: la télécharger de nouveau."
            ) from error
    else:
        table = "Extrait"
        yield Archive(path.name, day or _named_day(path) or _asked(path), True, {table: _file(path)})


def _complete(archive: Archive) -> Archive:
    missing = next((table for table in NEEDED if table not in archive.tables), "")
    if missing:
        raise AnnuaireError(
            f"{archive.name}\u00a0: il n’y a pas de fichier «\u00a0{missing}.csv\u00a0»\u00a0: donner l’archive du "
            "Registraire (zip ou dossier), ou un extrait en CSV."
        )
    return archive


def _names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.is_file())


def _file(path: Path) -> Callable[[], BinaryIO]:
    return lambda: path.open("rb")


def _member(archive: zipfile.ZipFile, name: str) -> Callable[[], BinaryIO]:
    return lambda: archive.open(name)  # type: ignore[return-value]


def _delimiter(text: io.TextIOWrapper) -> str:
    """Tell what parts the columns of an extract by its first line, and come back before it."""
    first = text.readline()
    text.seek(0)
    return max((",", ";", "\t"), key=first.count)


def _asked(path: Path) -> date:
    """Ask for the date of an archive that does not say it: that of its files is that of their copy."""
    raise AnnuaireError(
        f"{path.name}\u00a0: rien n’y dit la date de l’archive\u00a0: l’ajouter avec «\u00a0--date AAAA-MM-JJ\u00a0»."
    )


def _named_day(path: Path) -> date | None:
    found = _DAY.search(path.name)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
