"""Read back the workbook of a mapping, prepared by `--preparer` and corrected by a person, as the keys of a mapping.

`annuaire.intake.importing.preparing` writes it; `mapping` judges what is in it, as it does a YAML file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from annuaire.intake.importing import cleaning, reading
from annuaire.intake.importing.targets import path_of, paths
from annuaire.places.meanings import Meanings
from annuaire.schema import Schema
from annuaire.text.messages import inert
from annuaire.text.names import fold
from annuaire.text.problems import AnnuaireError

COLUMNS = "Colonnes"
WORDS = "Mots"
SETTINGS = "Réglages"
COLUMN, GOES_TO, WORD, MEANS, KEPT = "Colonne", "Va dans", "Mot", "Veut dire", "Garder"
PROPOSAL = "Proposition"  # what a word resembles: read by people only
SETTING, VALUE = "Réglage", "Valeur"
TITLE, SHEET = "Titre de la liste", "Feuille lue"
EVERY_ROW = "Toute la liste est faite d’entreprises d’économie sociale"
REGROUPS = "Réunir les lieux d’une même entreprise"
KEEPS_CASE = "Garder les majuscules"
NOTHING = "Cellules qui ne disent rien"
CONSTANT = "Pour toutes les fiches"  # « Pour toutes les fiches : Catégorie d’achat (offres) »
_YES_NO = ((EVERY_ROW, "garder", "tout"), (REGROUPS, "regrouper", "oui"), (KEEPS_CASE, "casse", "garder"))


def values(path: Path, schema: Schema, meanings: Meanings) -> dict[str, Any]:
    """Give the keys of the mapping that a workbook holds; raise AnnuaireError when it is not such a workbook."""
    names = reading.sheet_names_within(path)
    missing = next((name for name in (COLUMNS, SETTINGS) if name not in names), "")
    if missing:
        raise AnnuaireError(
            f"{path.name}\u00a0: la feuille «\u00a0{missing}\u00a0» n’y est pas; une correspondance est le classeur "
            "que «\u00a0annuaire import LISTE --preparer\u00a0» prépare, ou un fichier YAML."
        )
    columns = {
        row[COLUMN]: path_of(row[GOES_TO], schema) for row in _rows(path, COLUMNS, (COLUMN, GOES_TO)) if row[GOES_TO]
    }
    found: dict[str, Any] = {
        "colonnes": columns,
        "etat": f"{path.stem}-etat.json",
        "constantes": {"statut": "inconnu", "verification.statut": "a-confirmer", "verification.par": "import"},
    }
    _read_settings(path, schema, found)
    if WORDS in names:
        _read_words(path, schema, meanings, found)
    found["constantes"].setdefault("verification.source", found.get("titre", ""))
    return found


def _read_settings(path: Path, schema: Schema, found: dict[str, Any]) -> None:
    for row in _rows(path, SETTINGS, (SETTING, VALUE)):
        name, value = row[SETTING], row[VALUE]
        head, _, rest = name.partition(":")
        if not value:
            continue
        if name == TITLE:
            found["titre"] = value
        elif name == SHEET:
            found["feuille"] = value
        elif name == NOTHING:
            found["sans_valeur"] = [word.strip() for word in value.split(";")]
        elif head.strip() == CONSTANT:
            target = path_of(rest, schema)
            found["constantes"][target] = value
        for label, key, setting in _YES_NO:
            if name == label and cleaning.yes_no(value).value == "oui":
                found[key] = setting


def _read_words(path: Path, schema: Schema, meanings: Meanings, found: dict[str, Any]) -> None:
    known = paths(schema)
    words: dict[str, dict[str, str]] = {}
    kept: dict[str, list[str]] = {}
    for row in _rows(path, WORDS, (COLUMN, WORD, MEANS, KEPT)):
        column, word, means = row[COLUMN], row[WORD], row[MEANS]
        target = found["colonnes"].get(column, "")
        if target in known and (means or meanings.choices(known[target])):  # an empty cell leaves the word to specify
            words.setdefault(column, {})[word] = meanings.code(known[target], means) or means
        if row[KEPT] and cleaning.yes_no(row[KEPT]).value != "non":
            kept.setdefault(column, []).append(word)
    found["correspondances"] = words
    if kept and found.get("garder") is None:
        found["garder"] = kept


def _rows(path: Path, name: str, needed: tuple[str, ...]) -> list[Mapping[str, str]]:
    sheet = reading.read_within(path, name)
    missing = next((title for title in needed if title not in sheet.columns), "")
    if missing:
        raise AnnuaireError(
            f"{path.name}, feuille «\u00a0{name}\u00a0»\u00a0: la colonne «\u00a0{missing}\u00a0» n’y est plus; "
            "la remettre."
        )
    rows: list[Mapping[str, str]] = [
        {title: " ".join(row.cells[title].split()) for title in needed} for row in sheet.rows
    ]
    seen: set[str] = set()
    for row in rows if name == COLUMNS else ():
        if fold(row[COLUMN]) in seen:
            raise AnnuaireError(
                f"{path.name}, feuille «\u00a0{name}\u00a0»\u00a0: la colonne «\u00a0{inert(row[COLUMN])}\u00a0» y est "
                "deux fois; n’en garder qu’une ligne."
            )
        seen.add(fold(row[COLUMN]))
    return rows
