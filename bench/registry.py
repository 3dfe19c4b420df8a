"""Make up an archive in the Registraire's format, of any size, and time `annuaire registre` on it.

No name is real. The traps of the real one are there: the BOM, a purpose with line breaks and longer than what csv reads
by default, « - » for nothing, towns on one line or the next, former names, individuals, domiciles.

    .venv/bin/python -m bench.registry --rows 3000000
"""

from __future__ import annotations

import argparse
import io
import random
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench import measure

SEED = 2026
SIZES = (30_000, 300_000, 3_000_000)
DOMICILE = "1, rue du Domicile-Exemple"  # must be found nowhere in what is made of the archive
PERSON = "Individu Exemple"
READ_ONLY = """
import csv, io, sys, zipfile
csv.field_size_limit(1 << 23)
with zipfile.ZipFile(sys.argv[1]) as archive:
    for name in archive.namelist():
        with archive.open(name) as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as text:
            for row in csv.reader(text):
                pass
"""
LONG = 150_000  # characters of the longest purpose; csv reads 131,072 by default
_TITLES = {
    "Entreprise": (
        "NEQ,IND_FAIL,DAT_IMMAT,COD_REGIM_JURI,COD_INTVAL_EMPLO_QUE,DAT_CESS_PREVU,COD_STAT_IMMAT,COD_FORME_JURI,"
        "DAT_STAT_IMMAT,COD_REGIM_JURI_CONSTI,DAT_DEPO_DECLR,AN_DECL,AN_PROD,DAT_LIMIT_PROD,AN_PROD_PRE,"
        "DAT_LIMIT_PROD_PRE,DAT_MAJ_INDEX_NOM,COD_ACT_ECON_CAE,NO_ACT_ECON_ASSUJ,DESC_ACT_ECON_ASSUJ,COD_ACT_ECON_CAE2,"
        "NO_ACT_ECON_ASSUJ2,DESC_ACT_ECON_ASSUJ2,NOM_LOCLT_CONSTI,DAT_CONSTI,IND_CONVEN_UNMN_ACTNR,"
        "IND_RET_TOUT_POUVR,IND_LIMIT_RESP,DAT_DEB_RESP,DAT_FIN_RESP,OBJET_SOC,NO_MTR_VOLONT,ADR_DOMCL_ADR_DISP,"
        "ADR_DOMCL_LIGN1_ADR,ADR_DOMCL_LIGN2_ADR,ADR_DOMCL_LIGN3_ADR,ADR_DOMCL_LIGN4_ADR"
    ),
    "Nom": "NEQ,NOM_ASSUJ,NOM_ASSUJ_LANG_ETRNG,STAT_NOM,TYP_NOM_ASSUJ,DAT_INIT_NOM_ASSUJ,DAT_FIN_NOM_ASSUJ",
    "Etablissements": (
        "NEQ,NO_SUF_ETAB,IND_ETAB_PRINC,IND_SALON_BRONZ,IND_VENTE_TABAC_DETL,IND_DISP,LIGN1_ADR,LIGN2_ADR,LIGN3_ADR,"
        "LIGN4_ADR,COD_ACT_ECON,DESC_ACT_ECON_ETAB,NO_ACT_ECON_ETAB,COD_ACT_ECON2,DESC_ACT_ECON_ETAB2,"
        "NO_ACT_ECON_ETAB2,NOM_ETAB"
    ),
    "FusionScissions": (
        "NEQ,NEQ_ASSUJ_REL,DENOMN_SOC,COD_RELA_ASSUJ,DAT_EFCTVT,IND_DISP,LIGN1_ADR,LIGN2_ADR,LIGN3_ADR,LIGN4_ADR"
    ),
    "ContinuationsTransformations": "NEQ,COD_TYP_CHANG,COD_REGIM_JURI,AUTR_REGIM_JURI,NOM_LOCLT,DAT_EFCTVT",
    "DomaineValeur": "TYP_DOM_VAL,COD_DOM_VAL,VAL_DOM_FRAN",
}
_VALUES = (
    ("STAT_IMMAT", "IM", "Immatriculée"),
    ("STAT_IMMAT", "RO", "Radiée d’office"),
    ("FORME_JURI", "APE", "Association personnifiée"),
    ("FORME_JURI", "COP", "Coopérative"),
    ("FORME_JURI", "IND", "Entreprise individuelle"),
    ("RELA_ASSUJ", "FUS", "Fusion"),
    ("TYP_CHANG", "TRA", "Transformation"),
)
_FIRST = ("Gestion", "Services", "Placements", "Groupe", "Ateliers", "Maison", "Club", "Coopérative", "Transport")
_THEN = ("boréal", "laurentien", "des Pins", "du Plateau", "nordique", "des Érables", "riverain", "du Vieux Moulin")
_TOWNS = ("Montréal", "Québec", "Trois-Rivières", "Shawinigan", "Laval", "Gatineau", "Sherbrooke", "La Tuque")


@dataclass(frozen=True, slots=True)
class Planted:
    """Describe one body to put among the others; `others` are former names, `merged` the NEQ that took it over."""

    neq: str
    name: str
    town: str = "Shawinigan"
    status: str = "IM"
    status_day: str = "2020-01-15"
    form: str = "APE"
    founded: str = "1999-05-01"
    activity: str = "-"
    others: tuple[str, ...] = ()
    merged: str = ""
    is_transformed: bool = False
    ending: str = "-"
    is_bankrupt: bool = False


def write(path: Path, rows: int, planted: Sequence[Planted] = (), seed: int = SEED) -> None:
    """Write a zip of the six tables with so many bodies, the planted ones in the middle; the same for the same seed."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for table in _TITLES:
            with _table(archive, table) as out:
                for line in _lines(table, rows, planted, random.Random(seed)):
                    out.write(line)
                    out.write("\r\n")


@contextmanager
def _table(archive: zipfile.ZipFile, table: str) -> Iterator[io.TextIOWrapper]:
    part = zipfile.ZipInfo(f"{table}.csv", (2026, 7, 1, 0, 0, 0))
    part.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(part, "w", force_zip64=True) as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as out:
        out.write(f"{_TITLES[table]}\r\n")
        yield out


def _lines(table: str, rows: int, planted: Sequence[Planted], source: random.Random) -> Iterator[str]:
    if table == "DomaineValeur":
        yield from (",".join(f'"{cell}"' for cell in value) for value in _VALUES)
        return
    for number in range(rows):
        if number == rows // 2:
            for one in planted:
                yield from _of(table, one)
        yield from _made_up(table, number, source)


def _made_up(table: str, number: int, source: random.Random) -> Iterator[str]:
    """Yield the rows of one made-up body, one in three an individual, in a table."""
    draw = source.random()
    is_person = number % 3 == 0
    neq = f"22{number:08d}" if is_person else f"11{70_000_000 + number:08d}"
    name = PERSON if is_person else f"{_FIRST[int(draw * 9)]} {_THEN[int(draw * 71) % 8]} {number}"
    town = _TOWNS[int(draw * 8)]
    one = Planted(neq, name, town, "RO" if draw < 0.2 else "IM", form="IND" if is_person else "CIE")
    if table == "Entreprise":
        purpose = "x" * LONG if number % 100_000 == 1 else 'Un ""but"",\nsur deux lignes' if number % 50 == 1 else "-"
        yield _enterprise(one, purpose)
    elif table == "Nom":
        yield f'"{neq}","{name} inc.","-","V","M","2001-01-01","-"'
        if draw < 0.3:
            yield f'"{neq}","Ancien {name}","-","A","A","1995-01-01","2001-01-01"'
    elif table == "Etablissements" and draw < 0.25:
        yield _place(one)
    elif table == "FusionScissions" and draw < 0.01:
        yield f'"{neq}","1170000001","Société Exemple","FUS","2010-01-01","O","{DOMICILE}","Laval (Québec)","","H0H0H0"'
    elif table == "ContinuationsTransformations" and draw < 0.01:
        yield f'"{neq}","TRA","LSA","-","Québec","2011-01-01"'


def _of(table: str, one: Planted) -> Iterator[str]:
    if table == "Entreprise":
        yield _enterprise(one, "-")
    elif table == "Nom":
        state = "A" if one.status.startswith("R") else "V"
        yield f'"{one.neq}","{one.name}","-","{state}","M","2001-01-01","-"'
        yield from (f'"{one.neq}","{other}","-","A","A","1990-01-01","2001-01-01"' for other in one.others)
    elif table == "Etablissements" and one.town:
        yield _place(one)
    elif table == "FusionScissions" and one.merged:
        name = PERSON if one.merged.startswith("22") else "-"
        yield f'"{one.neq}","{one.merged}","{name}","FUS","2019-12-31","O","{DOMICILE}","-","-","-"'
    elif table == "ContinuationsTransformations" and one.is_transformed:
        yield f'"{one.neq}","TRA","LCOOP","-","Québec","2012-02-02"'


def _enterprise(one: Planted, purpose: str) -> str:
    return (
        f'"{one.neq}","{"O" if one.is_bankrupt else "N"}","2001-01-01","LCOOP","A","{one.ending}",'
        f'"{one.status}","{one.form}","{one.status_day}","LCOOP",'
        f'"2024-01-01","2023","2024","2024-06-01","2023","2023-06-01","2024-01-02","8631","1","{one.activity}","-","-",'
        f'"-","Québec","{one.founded}","N","N","N","-","-","{purpose}","0","O","{DOMICILE}","{one.town} (Québec)","-",'
        f'"H0H0H0"'
    )


def _place(one: Planted) -> str:
    lines = f'"{one.town} (Québec)","-"' if len(one.neq + one.name) % 2 else f'"Bureau 2","{one.town} (Québec)"'
    return f'"{one.neq}","1","O","N","N","O","{DOMICILE}",{lines},"H0H0H0","8631","-","1","-","-","-","-"'


def main() -> int:
    """Time the command on archives of several sizes, over the records of this repository."""
    parser = argparse.ArgumentParser(prog="python -m bench.registry", description="Mesurer annuaire registre.")
    parser.add_argument("--rows", type=int, nargs="+", default=list(SIZES), metavar="N", help="nombres d’inscriptions")
    parser.add_argument("--runs", type=int, default=1, metavar="N", help="essais de chaque mesure (médiane)")
    parser.add_argument("--dossier", type=Path, help="où faire les archives")
    options = parser.parse_args()
    root = Path(__file__).resolve().parent.parent
    work = Path(tempfile.mkdtemp(prefix="annuaire-registre.", dir=options.dossier))
    try:
        for rows in options.rows:
            archive, book = work / "archive.zip", work / "registre.xlsx"
            write(archive, rows)
            with zipfile.ZipFile(archive) as parts:
                size = sum(part.file_size for part in parts.infolist()) / 1024**2
            words = (root / ".venv" / "bin" / "annuaire", "registre", archive, book)
            ours = measure.Program(words, root, {}, partial(book.unlink, missing_ok=True))
            bare = measure.Program((sys.executable, "-c", READ_ONLY, archive), root, {})
            mine, theirs, _ = measure.in_turns(ours, bare, options.runs)
            most = max(run.largest for run in mine.runs)
            print(
                f"{rows:>9} inscriptions, {size:.0f} Mo : {mine.seconds:.1f} s ({mine.processor:.1f} s de processeur), "
                f"{most:.0f} Mo de mémoire au plus; {mine.processor / theirs.processor:.1f} fois le processeur "
                "de la lecture seule du CSV",
                flush=True,
            )
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
