"""Know the files of the Registraire's open archive, by their names and by the first line of each.

The archive never enters the repository: it holds the home addresses of thousands of persons, and weighs a gigabyte.
What its columns mean is in `annuaire.intake.registry`.
Source: « Registre des entreprises », Données Québec, guide IN-537.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from annuaire import git
from annuaire.config import Settings
from annuaire.text.messages import inert, phrase, wordings
from annuaire.text.problems import Finding, Location, Problem

CODE = "archive-registre"
TABLES = (
    "Entreprise",
    "Nom",
    "Etablissements",
    "DomaineValeur",
    "FusionScissions",
    "ContinuationsTransformations",
)
FILES = frozenset(f"{table}.csv" for table in TABLES)  # as the archive writes them: « etablissements.csv » is an export
MOST_BYTES = 20 * 1024 * 1024  # of a file of a proposal that is read; a larger one is told by its weight
_HEAD = 4096  # bytes that hold the first line
_SUFFIXES = (".csv", ".tsv", ".txt", ".zip", "")
# Columns that no other file has; one of them, with those beside it, is enough to know a table.
_TELLING = re.compile(
    rb"\b(?:ADR_DOMCL_\w+|COD_STAT_IMMAT|COD_FORME_JURI|NOM_ASSUJ|TYP_NOM_ASSUJ|NO_SUF_ETAB|NEQ_ASSUJ_REL"
    rb"|COD_RELA_ASSUJ|COD_TYP_CHANG|TYP_DOM_VAL|COD_DOM_VAL)\b",
    re.IGNORECASE,
)
_MOST_PARTS = 50  # of a zip whose first lines are read
_LEAST = 2  # of these in one line


def check(settings: Settings) -> tuple[Problem, ...]:
    """Judge the files that git follows, or would follow if all were added; nothing where there is no repository."""
    listing = git.answer(settings.root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = sorted({name.decode("utf-8", "surrogateescape") for name in listing.split(b"\0") if name})
    return tuple(problem for name in names for problem in judge(name, _content(settings.root, name)))


def needs_reading(file: str) -> bool:
    """Tell whether the bytes of a file matter: its name alone does not tell it, and it may be a table or a zip."""
    name = _name(file)
    at = name.rfind(".")
    return name not in FILES and (name[at:].lower() if 0 < at < len(name) - 1 else "") in _SUFFIXES


def judge(file: str, data: bytes) -> Iterator[Problem]:
    """Report a file that looks like one of the archive, by its name, or by its bytes if it `needs_reading`."""
    if _name(file) in FILES or _is_table(data) or _holds_tables(data):
        finding = Finding(CODE, values={"valeur": _name(file)})
        sentence, hint = phrase(finding)
        yield Problem(Location(inert(file)), CODE, sentence, hint, wordings()[CODE].severity)


def is_of_archive(path: Path) -> bool:
    """Tell whether a file looks like one of the archive, or a zip of it, whatever its name and its weight."""
    if path.is_symlink() or not path.is_file():
        return False
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                return _is_zip_of_tables(archive)
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    return path.name in FILES or _is_table(head) or _holds_tables(head)


def table_of(names: Iterable[str], table: str) -> str:
    """Find the file of a table among those of a zip or a folder; an empty text when it is not there."""
    return next((name for name in names if PurePosixPath(name).name.casefold() == f"{table}.csv".casefold()), "")


def _name(file: str) -> str:
    return file.rpartition("/")[2]  # a path takes five times as long, and git names thousands


def _content(root: Path, name: str) -> bytes:
    """Read the start of a file of the folder, or all of a zip; nothing of a link or of what cannot be read."""
    if not needs_reading(name) or (path := root / name).is_symlink():
        return b""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            return head + file.read(MOST_BYTES - _HEAD) if head.startswith(b"PK") else head
    except OSError:
        return b""


def _is_table(data: bytes) -> bool:
    return len(set(_TELLING.findall(data[:_HEAD].partition(b"\n")[0].upper()))) >= _LEAST


def _holds_tables(data: bytes) -> bool:
    """Tell a zip that holds a table; of one cut short, the names before its parts are read."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _is_zip_of_tables(archive)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return any(name.encode() in data[:_HEAD] for name in FILES)


def _is_zip_of_tables(archive: zipfile.ZipFile) -> bool:
    """Tell a zip that holds a table, by the names of its parts, else by the first line of those that may be one."""
    parts = archive.infolist()
    if any(PurePosixPath(part.filename).name in FILES for part in parts):
        return True
    tables = [part for part in parts if PurePosixPath(part.filename).suffix.lower() in _SUFFIXES and not part.is_dir()]
    return any(_is_table(_head_of(archive, part)) for part in tables[:_MOST_PARTS])


def _head_of(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(part) as file:
            return file.read(_HEAD)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError):
        return b""
