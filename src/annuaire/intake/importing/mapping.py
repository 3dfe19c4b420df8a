"""Read the mapping of a spreadsheet: which column goes where in a record, and what its words mean.

The mapping names its companions (decision table, rules on names, state), by paths relative to itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annuaire.intake.importing import cleaning, prepared
from annuaire.intake.importing.reading import Sheet
from annuaire.intake.importing.targets import TERRITORY, TOWN, labels, paths
from annuaire.places.meanings import Meanings
from annuaire.schema import Field, Schema
from annuaire.text.messages import inert
from annuaire.text.names import fold
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile.source import parse_trusted

EVERY_ROW = "tout"  # `garder: tout`: the list holds enterprises alone, somebody made sure of it
_FEW = 12  # choices that a message names
_KEYS = {
    "titre",
    "feuille",
    "colonnes",
    "sans_valeur",
    "correspondances",
    "interpretes",
    "constantes",
    "garder",
    "casse",
    "regrouper",
    "decisions",
    "regles",
    "etat",
}


@dataclass(frozen=True, slots=True)
class ImportMapping:
    """Hold a mapping. A path is dotted (`etablissements.code_postal`); it is written in the first place only.

    `kept` says which rows become records without a decision of their own: the values of a column, by its title; None
    for every row. `keeps_case` leaves names all in capitals as they are; `groups_places` makes one enterprise of rows
    of the same NEQ or name that are in several places.
    """

    title: str
    sheet: str
    columns: Mapping[str, str]
    empty_words: frozenset[str]
    translations: Mapping[str, Mapping[str, str]]
    interpreted: frozenset[str]
    constants: Mapping[str, str]
    kept: Mapping[str, frozenset[str]] | None
    keeps_case: bool
    groups_places: bool
    decisions: Path | None
    rules: Path | None
    state: Path
    file: str
    has_words: bool = True  # whether the workbook has its sheet of words

    def keeps(self, cells: Mapping[str, str]) -> bool:
        """Tell whether the mapping says that a row is an enterprise to publish."""
        if self.kept is None:
            return True
        return any(fold(cells.get(column, "").strip()) in values for column, values in self.kept.items())

    @property
    def needed(self) -> tuple[str, ...]:
        """List the columns that the source must have."""
        return tuple(dict.fromkeys((*self.columns, *(self.kept or ()))))

    @property
    def is_book(self) -> bool:
        """Tell whether it is the workbook of a person rather than a YAML file."""
        return self.file.lower().endswith(_BOOK)

    def is_empty(self, text: str) -> bool:
        """Tell whether a cell says nothing: blank, or a word such as « NA »."""
        return fold(text.strip()) in self.empty_words

    def translate(self, column: str, text: str) -> str | None:
        """Give the value a cell stands for; None if the column has a list of words and this is not one of them."""
        words = self.translations.get(column)
        return text if words is None else words.get(fold(text.strip()))

    def meant(self, column: str, text: str) -> str:
        """Give the value a cell stands for, the cell itself when the column has no word for it."""
        found = self.translate(column, text)
        return text if found is None else found


_MOST_TITLES = 12
_BOOK = ".xlsx"
_YAML = (".yml", ".yaml")
_OF_BOOK = {"titre": prepared.TITLE, "colonnes": prepared.GOES_TO}  # keys -> what a person sees of them in a workbook


def load(path: Path, schema: Schema, meanings: Meanings) -> ImportMapping:
    """Read a mapping, a YAML file or the workbook that `--preparer` made of one.

    Raise AnnuaireError at its first wrong key, path or file, and for all the codes that do not exist, each once.
    """
    is_book = path.suffix.lower() == _BOOK
    if not is_book and path.suffix.lower() not in _YAML:
        raise AnnuaireError(
            f"{path.name}\u00a0: ce n’est pas une correspondance; en donner une, c’est-à-dire le classeur (.xlsx) que "
            "«\u00a0annuaire import LISTE --preparer\u00a0» prépare, ou un fichier YAML (.yml)."
        )
    values = prepared.values(path, schema, meanings) if is_book else parse_trusted(path)
    unknown = sorted(set(values) - _KEYS)
    if unknown:
        raise AnnuaireError(f"{path.name} : « {unknown[0]} » n’existe pas; choisir parmi {', '.join(sorted(_KEYS))}.")
    for key in ("titre", "colonnes", "etat"):
        if not values.get(key):
            raise AnnuaireError(f"{path.name}\u00a0: il manque «\u00a0{_shown(key, path)}\u00a0».")
    known = paths(schema)
    columns = _texts(values, "colonnes", path)
    constants = _texts(values, "constantes", path)
    titles = labels(schema)
    for target in (*columns.values(), *constants):
        if target not in known and target != TERRITORY:
            raise AnnuaireError(f"{path.name}\u00a0: «\u00a0{inert(target)}\u00a0» n’est pas un champ de la fiche.")
    for target in columns.values():
        same = [column for column, other in columns.items() if other == target]
        if len(same) > 1:
            both = " et ".join(f"«\u00a0{inert(column)}\u00a0»" for column in same[:2])
            raise AnnuaireError(
                f"{path.name}\u00a0: deux colonnes ne peuvent pas aller dans le même champ\u00a0: "
                f"{both} vont dans «\u00a0{titles[target]}\u00a0»."
            )
    if "nom" not in columns.values():
        raise AnnuaireError(f"{path.name}\u00a0: aucune colonne ne donne «\u00a0{titles['nom']}\u00a0».")
    if TOWN not in (*columns.values(), *constants):
        raise AnnuaireError(
            f"{path.name}\u00a0: aucune colonne ne donne «\u00a0{titles[TOWN]}\u00a0»; si toute la liste est d’une "
            "seule municipalité, la dire dans ce qui vaut pour toutes les fiches."
        )
    translations = {}
    for column, words in _mapping(values, "correspondances", path).items():
        if column not in columns:
            raise AnnuaireError(f"{path.name} : « correspondances » nomme la colonne inconnue « {column} ».")
        translations[column] = {fold(str(word)): str(value) for word, value in words.items()}
    _check_codes(path.name, columns, constants, translations, schema, meanings)
    constants = {target: _meant(known.get(target), value, meanings) for target, value in constants.items()}
    for key, allowed in (("casse", ("garder",)), ("regrouper", ("oui", "non"))):
        if str(values.get(key, allowed[0])) not in allowed:
            raise AnnuaireError(f"{path.name}\u00a0: «\u00a0{key}\u00a0» ne peut être que {' ou '.join(allowed)}.")
    empty = values.get("sans_valeur", [])
    return ImportMapping(
        title=str(values["titre"]),
        sheet=str(values.get("feuille", "")),
        columns=columns,
        empty_words=frozenset({""} | {fold(str(word)) for word in empty}),
        translations=translations,
        interpreted=frozenset(values.get("interpretes", [])),
        constants=constants,
        kept=_kept(values, path),
        keeps_case=values.get("casse") == "garder",
        groups_places=str(values.get("regrouper", "non")) == "oui",
        decisions=_companion(values, "decisions", path),
        rules=_companion(values, "regles", path),
        state=path.parent / str(values["etat"]),
        file=path.name,
        has_words=not is_book or "correspondances" in values,
    )


def _shown(key: str, path: Path) -> str:
    """Name a key of a mapping as who wrote it knows it."""
    return _OF_BOOK.get(key, key) if path.suffix.lower() == _BOOK else key


def _meant(field: Field | None, value: str, meanings: Meanings) -> str:
    """Give a constant as records write it: its code, or those of a list."""
    if field is None or not meanings.choices(field):
        return value
    parts = cleaning.parts(value) if field.is_list else [value]
    return cleaning.SEPARATOR.join(meanings.code(field, part) or part for part in parts)


def _check_codes(
    name: str,
    columns: Mapping[str, str],
    constants: Mapping[str, str],
    translations: Mapping[str, Mapping[str, str]],
    schema: Schema,
    meanings: Meanings,
) -> None:
    """Raise AnnuaireError with the codes that do not exist, each once and with where it is said."""
    known = paths(schema)
    titles = labels(schema)
    said = [
        (target, part, f"pour toutes les fiches, «\u00a0{titles.get(target, target)}\u00a0»")
        for target, value in constants.items()
        for part in (cleaning.parts(value) if target in known and known[target].is_list else [value])
    ]
    said += [
        (columns[column], value, f"«\u00a0{column}\u00a0», mot «\u00a0{word}\u00a0»")
        for column, words in translations.items()
        for word, value in words.items()
    ]
    wrong: dict[tuple[str, str], tuple[str, Sequence[str]]] = {}
    for target, value, where in said:
        field = known.get(target)
        if field and value and meanings.choices(field) and not meanings.code(field, value):
            wrong.setdefault((field.title, value), (where, tuple(meanings.choices(field).values())))
    if wrong:
        told = "; ".join(
            f"«\u00a0{inert(value)}\u00a0» n’existe pas dans «\u00a0{title}\u00a0» ({inert(where)}){_choices(choices)}"
            for (title, value), (where, choices) in wrong.items()
        )
        raise AnnuaireError(f"{name}\u00a0: {told}. Écrire un code ou un libellé du vocabulaire.")


def _choices(labels: Sequence[str]) -> str:
    """Name the choices of a field that has few."""
    return f", qui connaît {', '.join(labels)}" if len(labels) <= _FEW else ""


def _mapping(values: dict[str, Any], key: str, path: Path) -> dict[str, Any]:
    found = values.get(key, {})
    if not isinstance(found, dict):
        raise AnnuaireError(f"{path.name} : « {key} » doit contenir des lignes « clé : valeur ».")
    return found


def _texts(values: dict[str, Any], key: str, path: Path) -> dict[str, str]:
    found = _mapping(values, key, path)
    if not all(isinstance(value, str) for value in found.values()):
        raise AnnuaireError(f"{path.name} : chaque ligne de « {key} » doit donner un simple texte.")
    return found


def _kept(values: dict[str, Any], path: Path) -> dict[str, frozenset[str]] | None:
    """Read which rows are kept without a decision: nothing, everything (`tout`), or the values of some columns."""
    if values.get("garder") == EVERY_ROW:
        return None
    found: dict[str, frozenset[str]] = {}
    for column, words in _mapping(values, "garder", path).items():
        kept = words if isinstance(words, list) else [words]
        if not kept or not all(isinstance(word, str) and word.strip() for word in kept):
            raise AnnuaireError(
                f"{path.name}\u00a0: «\u00a0garder\u00a0» doit donner une valeur ou une liste de valeurs pour chaque "
                "colonne, comme «\u00a0garder: {Type: CPE}\u00a0»."
            )
        found[str(column)] = frozenset(fold(word.strip()) for word in kept)
    return found


def _companion(values: dict[str, Any], key: str, path: Path) -> Path | None:
    name = values.get(key)
    if not name:
        return None
    companion = path.parent / str(name)
    if not companion.is_file():
        raise AnnuaireError(f"{path.name} : le fichier {name} (« {key} ») est introuvable.")
    return companion


def missing_column(source_name: str, column: str, sheet: Sheet) -> AnnuaireError:
    """Make the error of a mapping that names a column the file does not have."""
    found = ", ".join(f"«\u00a0{inert(title)}\u00a0»" for title in sheet.columns[:_MOST_TITLES])
    return AnnuaireError(
        f"{source_name}\u00a0: la colonne «\u00a0{column}\u00a0», que la correspondance nomme, n’y est pas; les titres "
        f"lus, à la ligne {sheet.titles_at}, sont {found}. «\u00a0annuaire import {source_name} --preparer\u00a0» "
        "prépare une correspondance pour cette liste."
    )
