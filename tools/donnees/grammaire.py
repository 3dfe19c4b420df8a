"""Give Québec's regions, MRCs and equivalent territories their French forms.

The forms follow the usage of the Commission de toponymie du Québec: the articles « Le » and « Les » of an MRC's name
contract after « de » (« MRC du Granit », « MRC des Chenaux »), while « La » and « L' » stay, capital included
(« MRC de La Matanie », « MRC de L'Érable »). The elision we write ourselves carries the typographic apostrophe
(« MRC d’Arthabaska »); an official name is left exactly as the ministry gives it (« L'Érable »).

This module writes no file and reads none: see `territoires.py`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"

# An initial that elides « de ». Every MRC whose name starts so is a vowel: none starts with a mute h.
ELIDED = "AEIOUYÀÂÉÈÊÎÔ"


@dataclass(frozen=True)
class Forms:
    """Hold the forms of one territory: list name, title, « dans … » and « de … »."""

    nom: str
    titre: str
    dans: str
    de: str


REGIONS: dict[str, tuple[str, str]] = {
    # Code: (« en … », « de … »), after the usage given by the Office québécois de la langue française.
    "01": ("dans le Bas-Saint-Laurent", "du Bas-Saint-Laurent"),
    "02": ("au Saguenay–Lac-Saint-Jean", "du Saguenay–Lac-Saint-Jean"),
    "03": ("dans la Capitale-Nationale", "de la Capitale-Nationale"),
    "04": ("en Mauricie", "de la Mauricie"),
    "05": ("en Estrie", f"de l{APOSTROPHE}Estrie"),
    "06": ("à Montréal", "de Montréal"),
    "07": ("en Outaouais", f"de l{APOSTROPHE}Outaouais"),
    "08": ("en Abitibi-Témiscamingue", f"de l{APOSTROPHE}Abitibi-Témiscamingue"),
    "09": ("sur la Côte-Nord", "de la Côte-Nord"),
    "10": ("dans le Nord-du-Québec", "du Nord-du-Québec"),
    "11": ("en Gaspésie–Îles-de-la-Madeleine", "de la Gaspésie–Îles-de-la-Madeleine"),
    "12": ("en Chaudière-Appalaches", "de la Chaudière-Appalaches"),
    "13": ("à Laval", "de Laval"),
    "14": ("dans Lanaudière", "de Lanaudière"),
    "15": ("dans les Laurentides", "des Laurentides"),
    "16": ("en Montérégie", "de la Montérégie"),
    "17": ("dans le Centre-du-Québec", "du Centre-du-Québec"),
}

# One telephone area code in use in each region, among those of the numbering plan: examples alone take it.
AREA_CODES = {
    **dict.fromkeys(("01", "02", "03", "09", "11", "12"), "418"),
    **dict.fromkeys(("04", "05", "07", "08", "10", "17"), "819"),
    **dict.fromkeys(("06"), "514"),
    **dict.fromkeys(("13", "14", "15", "16"), "450"),
}

# Equivalent territories that are more than one city of the same name.
EQUIVALENTS: dict[str, Forms] = {
    "010": Forms(
        "Îles-de-la-Madeleine",
        "Communauté maritime des Îles-de-la-Madeleine",
        "aux Îles-de-la-Madeleine",
        "des Îles-de-la-Madeleine",
    ),
    "991": Forms("Jamésie", "Jamésie", "en Jamésie", "de la Jamésie"),
    "992": Forms("Nunavik", "Administration régionale Kativik (Nunavik)", "au Nunavik", "du Nunavik"),
    "993": Forms(
        "Eeyou Istchee",
        "Eeyou Istchee",
        f"dans le territoire d{APOSTROPHE}Eeyou Istchee",
        f"d{APOSTROPHE}Eeyou Istchee",
    ),
}

# Urban agglomerations that hold several cities: the bare name would be taken for the central city alone.
AGGLOMERATIONS = frozenset({"230", "580", "660"})


def complement(nom: str) -> str:
    """Put « de » before an official territory name, contracted or elided as usage wants.

    « Le Granit » gives « du Granit », « Les Chenaux » « des Chenaux », « La Matanie » « de La Matanie »,
    « Arthabaska » « d’Arthabaska ».
    """
    if nom.startswith("Le "):
        return f"du {nom.removeprefix('Le ')}"
    if nom.startswith("Les "):
        return f"des {nom.removeprefix('Les ')}"
    if nom[0] in ELIDED:
        return f"d{APOSTROPHE}{nom}"
    return f"de {nom}"


def forms_of(code: str, nom: str, kind: str) -> Forms:
    """Return the forms of an MRC (`kind` "MRC") or equivalent territory ("TE") of MAMH code `code`."""
    if code in EQUIVALENTS:
        return EQUIVALENTS[code]
    de = complement(nom)
    if kind == "MRC":
        return Forms(nom, f"MRC {de}", f"dans la MRC {de}", f"de la MRC {de}")
    if code in AGGLOMERATIONS:
        return Forms(
            nom,
            f"Agglomération {de}",
            f"dans l{APOSTROPHE}agglomération {de}",
            f"de l{APOSTROPHE}agglomération {de}",
        )
    return Forms(nom, nom, f"à {nom}", de)


def slug_of(nom: str) -> str:
    """Reduce a name to lower-case ASCII words joined by hyphens (« L'Île-d'Orléans » gives « l-ile-d-orleans »)."""
    unfolded = nom.replace("œ", "oe").replace("Œ", "Oe")
    # Decompose first, so that accents fall as combining marks; every other foreign sign becomes a hyphen.
    bare = "".join(c for c in unicodedata.normalize("NFKD", unfolded) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", bare.lower()).strip("-")
