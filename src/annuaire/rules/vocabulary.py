"""Judge each value that must stand in a vocabulary: sectors, forms, categories, territories, municipalities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process

from annuaire.places.meanings import usual_names
from annuaire.places.territories import Municipality, Territories
from annuaire.places.vocabularies import EVERYWHERE, Vocabularies
from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.schema import load
from annuaire.text.names import fold
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
CODES = (
    "secteur-inconnu",
    "forme-inconnue",
    "categorie-inconnue",
    "certification-inconnue",
    "territoire-inconnu",
    "mrc-inconnue",
    "region-inconnue",
    "municipalite-inconnue",
    "municipalite-multiple",
    "municipalite-homonyme",
    "municipalite-code-discordant",
    "champ-deduit-inconnu",
)
# What people write before or after the name of a municipality, once folded: « Ville de », « (secteur Grand-Mère) ».
_DESIGNATION = re.compile(
    r"^(?:la )?(?:municipalite |ville )?(?:de la |du |des )?"
    r"(?:ville|cite|municipalite|paroisse|village|cantons?)(?: unis)?(?: de | du | des | d')"
)
_ASIDE = re.compile(r"\s*(?:\([^)]*\)|,\s*(?:quebec|qc|p\.?q\.?|canada)\b\.?)")
# Of these, what cannot say that the municipality is elsewhere: « (Louisiane) » can, « (Québec) » cannot.
_SURE_ASIDE = re.compile(
    r"\s*(?:\(\s*(?:(?:(?:(?:la )?prov(?:ince|\.)? (?:de |du )?)?(?:quebec|qc|que\.?|p\.?q\.?|canada)[\s,/.]*)+"
    r"|(?:secteur|sect\.|quartier|arrondissement|arr\.|m\.?r\.?c\.?)\s[^)]*|ville|cite|municipalite|paroisse|village"
    r"|cantons?(?: unis)?)\s*\)|,\s*(?:quebec|qc|p\.?q\.?|canada)\b\.?)"
)
_SEVERAL = re.compile(r"\s*[,;/&+]\s*|\s+(?:et|ou)\s+", re.IGNORECASE)
_CODE = re.compile(r"[0-9]{5}", re.ASCII)  # of a municipality
_SHORTENED = (("ste-", "sainte-"), ("st-", "saint-"), (" ", "-"))
# Of 100: how alike an entry of a vocabulary, or the name of a municipality, must be to be proposed.
_CLOSE, _CLOSE_TOWN = 75, 80
_CODES = {
    "secteurs": "secteur-inconnu",
    "formes": "forme-inconnue",
    "categories": "categorie-inconnue",
    "certifications": "certification-inconnue",
    "territoires": "territoire-inconnu",
    "mrc": "mrc-inconnue",
    "regions": "region-inconnue",
    "champs": "champ-deduit-inconnu",
}


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report each value that its vocabulary does not hold, with the closest one that it does."""
    for cell in record.cells:
        vocabulary = cell.field.vocabulary
        if vocabulary == "municipalites":
            yield from _municipality(record, cell.path, cell.value, context.territories)
        elif vocabulary in _CODES:
            known = words(vocabulary, context.vocabularies, context.territories)
            items = enumerate(cell.value) if cell.field.is_list else ((None, cell.value),)
            for index, item in items:
                if known.get(item) != item:
                    path = cell.path if index is None else (*cell.path, index)
                    yield Finding(_CODES[vocabulary], path, {"valeur": item, "suggestion": closest(item, known)})


def for_form() -> dict[str, Any]:
    """Give what the rule of the same name of the form knows (see `annuaire.rules`)."""
    return {
        "codes": _CODES,
        "designation": _DESIGNATION,
        "apart": _ASIDE,
        "apartSur": _SURE_ASIDE,
        "plusieurs": _SEVERAL,
        "codeMunicipal": _CODE,
        "abreges": _SHORTENED,
        "proche": _CLOSE,
        "procheMunicipalite": _CLOSE_TOWN,
    }


@lru_cache(maxsize=32)
def words(vocabulary: str, vocabularies: Vocabularies, territories: Territories) -> Mapping[str, str]:
    """Map what people may write (codes, labels, synonyms) to the code of a vocabulary."""
    known: dict[str, str] = {}
    if vocabulary == "secteurs":
        for sector in vocabularies.sectors.values():
            usual = usual_names(vocabularies).get(vocabulary, {}).get(sector.slug, ())
            known |= dict.fromkeys((sector.libelle, *sector.synonymes, *usual), sector.slug)
        known |= {slug: slug for slug in vocabularies.sectors}
    elif vocabulary == "formes":
        for form in vocabularies.forms.values():
            usual = usual_names(vocabularies).get(vocabulary, {}).get(form.slug, ())
            known |= dict.fromkeys((form.libelle, *usual), form.slug)
        known |= {slug: slug for slug in vocabularies.forms}
    elif vocabulary == "categories":
        for category in vocabularies.categories.values():
            known |= dict.fromkeys((category.libelle, *category.synonymes, *category.parties), category.slug)
        known |= {slug: slug for slug in vocabularies.categories}
    elif vocabulary == "certifications":
        known = {c.libelle: c.slug for c in vocabularies.certifications.values()}
        known |= {slug: slug for slug in vocabularies.certifications}
    elif vocabulary == "champs":
        known = {name: name for name in load("enterprises").names}
    elif vocabulary == "regions":
        known = {r.nom: r.code for r in territories.regions.values()} | {code: code for code in territories.regions}
    else:
        for mrc in territories.mrc_by_code.values():
            known |= dict.fromkeys((mrc.nom, mrc.titre, mrc.slug), mrc.code)
        known |= {code: code for code in territories.mrc_by_code}
        if vocabulary == "territoires":
            known |= {word: word for word in EVERYWHERE}
    return known


def closest(value: str, known: Mapping[str, str]) -> str:
    """Give the code of the entry closest to what was written, or an empty text if none is close."""
    folded = {fold(word): code for word, code in known.items()}
    exact = folded.get(fold(value))
    if exact:
        return exact
    found = process.extractOne(fold(value), folded.keys(), scorer=fuzz.WRatio, score_cutoff=_CLOSE)
    return folded[found[0]] if found else ""


def _municipality(
    record: Record, path: tuple[str | int, ...], name: str, territories: Territories
) -> Iterator[Finding]:
    code = record.text(*path[:-1], "municipalite_code")
    homonyms = territories.by_name.get(name, ())
    if not homonyms and (several := _several(name, territories)):
        values = {"valeur": name, "premiere": several[0], "seconde": several[1]}
        yield Finding("municipalite-multiple", path, values)
    elif not homonyms:
        yield Finding("municipalite-inconnue", path, {"valeur": name, "suggestion": _official(name, territories)})
    elif code and not _CODE.fullmatch(code):
        return  # the cell's own fault
    elif code and all(m.code != code for m in homonyms):
        values = {"valeur": code, "municipalite": name, "liste": _choices(homonyms, territories)}
        yield Finding("municipalite-code-discordant", (*path[:-1], "municipalite_code"), values)
    elif not code and len(homonyms) > 1:
        yield Finding("municipalite-homonyme", path, {"valeur": name, "liste": _choices(homonyms, territories)})


def _choices(homonyms: Sequence[Municipality], territories: Territories) -> str:
    return ", ".join(f'"{m.code}" ({territories.mrc_by_code[m.mrc].titre})' for m in homonyms)


def _several(name: str, territories: Territories) -> tuple[str, ...]:
    """Give the official names of the municipalities that one value names together, if it names several."""
    known = [territories.by_folded_name.get(_bare(part), ()) for part in _SEVERAL.split(_ASIDE.sub("", fold(name)))]
    found = tuple(dict.fromkeys(same[0].nom for same in known if same))
    return found if len(found) > 1 else ()


def _bare(folded: str, aside: re.Pattern[str] = _ASIDE) -> str:
    """Take away what is not the name itself: the designation, what stands between brackets, the province."""
    name = aside.sub("", folded).strip()
    designation = _DESIGNATION.match(name)
    return name[designation.end() :] if designation and designation.end() < len(name) else name


def bare_town(name: str) -> str:
    """Take away from the name of a municipality what people write around it (« Ville de », « (Québec) »), folded.

    What may say that it is elsewhere (« (Michigan) ») stays.
    """
    return _bare(fold(" ".join(name.split())), _SURE_ASIDE)


def _official(name: str, territories: Territories) -> str:
    folded = fold(name)
    bare = _bare(folded)
    same = territories.by_folded_name.get(folded) or territories.by_folded_name.get(bare)
    if same:
        return same[0].nom
    expanded = bare
    for short, whole in _SHORTENED:
        expanded = expanded.replace(short, whole)
    found = process.extractOne(expanded, territories.by_folded_name.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE_TOWN)
    return territories.by_folded_name[found[0]][0].nom if found else ""
