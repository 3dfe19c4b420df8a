"""Choose the enterprises of a workbook by where they are and what they offer, named as people name them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.records.reading import Record
from annuaire.text.names import fold
from annuaire.text.problems import AnnuaireError


def choose(catalogue: Catalogue, mrcs: Sequence[str] = (), categories: Sequence[str] = ()) -> list[Enterprise]:
    """List the enterprises of these MRCs that offer these categories, every one without either.

    Raise AnnuaireError for an MRC or a category that does not exist, with the nearest name, and for a choice that no
    enterprise answers.
    """
    asks = (("MRC", mrcs), ("catégorie", categories))
    territories, known = catalogue.territories, catalogue.vocabularies.categories
    every = territories.mrc_by_code.values()
    wanted_mrcs = _codes(mrcs, {name: m.code for m in every for name in (m.code, m.slug, m.titre, m.nom)}, "MRC")
    wanted = _codes(categories, {name: c.slug for c in known.values() for name in (c.slug, c.libelle)}, "catégorie")
    chosen = [
        e
        for e in catalogue.listed
        if (not wanted_mrcs or wanted_mrcs & {catalogue.municipality(place).mrc for place in e.etablissements})
        and (not wanted or wanted & {offer.categorie for offer in e.offres})
    ]
    if not chosen and (wanted_mrcs or wanted):
        asked = [f"{kind} «\u00a0{word.strip()}\u00a0»" for kind, words in asks for word in words]
        raise AnnuaireError(
            f"Aucune fiche du répertoire ne répond à ce choix\u00a0: {', '.join(asked)}. En choisir un autre."
        )
    return chosen


def named(words: Sequence[str], records: Sequence[Record]) -> list[Record]:
    """Find records by what the column « Fiche » shows, or by their names.

    Raise AnnuaireError for one that does not exist.
    """
    by_name = {fold(record.name): record for record in records} | {record.slug: record for record in records}
    unknown = next((word for word in words if word not in by_name and fold(word) not in by_name), "")
    if unknown:
        raise AnnuaireError(
            f"La fiche «\u00a0{unknown}\u00a0» n’existe pas; l’écrire comme la colonne «\u00a0Fiche\u00a0» des "
            "classeurs la montre, ou donner le nom de l’entreprise s’il est sans virgule."
        )
    found = (by_name[word] if word in by_name else by_name[fold(word)] for word in words)
    return list({record.slug: record for record in found}.values())


def _codes(words: Sequence[str], names: Mapping[str, str], kind: str) -> set[str]:
    folded = {fold(name): name for name in names}
    found = set()
    for word in words:
        name = folded.get(fold(word.strip()))
        if name is None:
            close = get_close_matches(fold(word.strip()), folded, 1)
            what = (
                f"vouliez-vous dire «\u00a0{folded[close[0]]}\u00a0»?" if close else "écrire son nom comme sur le site."
            )
            raise AnnuaireError(f"La {kind} «\u00a0{word}\u00a0» n’existe pas; {what}")
        found.add(names[name])
    return found
