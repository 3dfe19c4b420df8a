"""Read the decision table: for each row of the source, what it is and why, as people of the Pôle settled it.

A row without a decision is never published: it waits.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from annuaire.places.territories import Territories
from annuaire.places.vocabularies import Vocabularies
from annuaire.text.problems import AnnuaireError

PUBLISHED = ("entreprise", "caisse")
CLASSES = (*PUBLISHED, "soutien", "public", "enseignement", "syndical", "religieux", "autre", "a-decider")
ORIGINS = ("", "source", "regle", "jugement")
COLUMNS = (
    "cle",
    "nom",
    "municipalite",
    "classe",
    "raison",
    "source",
    "secteur",
    "secteur_source",
    "forme_juridique",
    "forme_source",
    "confidentiel",
    "fusion",
    "point_de_service",
    "nom_publie",
)


@dataclass(frozen=True, slots=True)
class Decision:
    """Hold one row of the table.

    `fusion` is the key of the row this one merges with; with `point_de_service`, it stays a place of its
    own under that enterprise. An origin (`secteur_source`, `forme_source`) other than « source » means
    that the value was deduced and remains to be confirmed. `adresse_publique` is `confidentiel: non`: a person
    settled, with a reason, that the address of a place whose name asks for prudence is public.
    """

    cle: str
    nom: str
    municipalite: str
    classe: str
    raison: str
    source: str
    secteur: str
    secteur_source: str
    forme_juridique: str
    forme_source: str
    confidentiel: bool
    adresse_publique: bool
    fusion: str
    point_de_service: bool
    nom_publie: str

    @property
    def is_published(self) -> bool:
        """Tell whether the row becomes (part of) a record."""
        return self.classe in PUBLISHED


def load(path: Path, vocabularies: Vocabularies, territories: Territories) -> Mapping[str, Decision]:
    """Read the table, by key; raise AnnuaireError at its first wrong cell."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise AnnuaireError(f"{path.name} : les colonnes doivent être {', '.join(COLUMNS)}.")
        decisions: dict[str, Decision] = {}
        for row in reader:
            where = f"{path.name}, ligne {reader.line_num}"
            if None in row or None in row.values():
                raise AnnuaireError(f"{where} : il faut {len(COLUMNS)} cellules.")
            if row["cle"] in decisions:
                raise AnnuaireError(f"{where} : la clé « {row['cle']} » y est deux fois.")
            _check(row, where, vocabularies, territories)
            hidden, place = row.pop("confidentiel"), row.pop("point_de_service") == "oui"
            decisions[row["cle"]] = Decision(
                **row, confidentiel=hidden == "oui", adresse_publique=hidden == "non", point_de_service=place
            )
    _check_merges(decisions, path.name)
    return decisions


def _check(row: Mapping[str, str], where: str, vocabularies: Vocabularies, territories: Territories) -> None:
    choices: tuple[tuple[str, object], ...] = (
        ("classe", CLASSES),
        ("secteur_source", ORIGINS),
        ("forme_source", ORIGINS),
        ("confidentiel", ("", "oui", "non")),
        ("point_de_service", ("", "oui")),
        ("secteur", ("", *vocabularies.sectors)),
        ("forme_juridique", ("", *vocabularies.forms)),
        ("municipalite", ("", *territories.by_name)),
    )
    for column, allowed in choices:
        if row[column] not in allowed:  # type: ignore[operator]
            raise AnnuaireError(f"{where} : « {row[column]} » n’est pas permis dans la colonne « {column} ».")
    if not row["cle"] or not row["raison"]:
        raise AnnuaireError(f"{where} : la clé et la raison sont obligatoires.")


def _check_merges(decisions: Mapping[str, Decision], name: str) -> None:
    for decision in decisions.values():
        if not decision.fusion:
            continue
        target = decisions.get(decision.fusion)
        if target is None or target.fusion or target.cle == decision.cle:
            raise AnnuaireError(
                f"{name} : « {decision.cle} » doit fusionner avec une autre ligne de la table, elle-même sans fusion."
            )
        if decision.is_published != target.is_published:
            raise AnnuaireError(
                f"{name} : « {decision.cle} » et « {target.cle} » fusionnent mais n’ont pas la même classe."
            )
