"""Say a fault to who fills a workbook, a list or the form, and never sees a file: titles and labels, no key, no slug.

The form says the same in the same words (`messages.js`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from rapidfuzz import fuzz

from annuaire.catalogue.differences import Wording
from annuaire.places.vocabularies import WHOLE_PROVINCE, WHOLE_REGION
from annuaire.rules import vocabulary
from annuaire.rules.foreign import FORMULA_ERROR
from annuaire.schema import Field, Schema, Table
from annuaire.text.messages import phrase_plainly
from annuaire.text.names import fold
from annuaire.text.problems import Problem, RecordPath

_NEAR = 70  # of 100: how alike a label must be to what was written to be proposed for a territory
_SEVERAL = re.compile(r"\s*[,/+&]\s*|\s+et\s+")
_NOT = re.compile(r"(?:non|pas|aucun)\b")
_OF_LABELS = re.compile(
    r"^(?:(?:la )?(?:mrc|ville|agglomeration)\s+)?(?:(?:de|du|des|d)\b\W*)?(?:(?:la|le|les|l)\b\W*)?"
)
_WHOLE = re.compile(r"(?:tout|toute|ensemble|partout)\b|(?:la )?region$")
_ACRONYM = re.compile(r"[A-ZÀ-Ý]{2}")


def said(problem: Problem, schema: Schema, wording: Wording) -> tuple[str, str]:
    """Give the sentence and the remedy of a problem of a record."""
    key = str(problem.path[0]) if problem.path else ""
    table = schema.children.get(key, schema.root)
    field = _field_at(table, problem.path[2:] if table.key else problem.path)

    def label(value: str) -> str:
        return wording.value(field, value) if field is not None and field.type != "date" else value

    def listed(value: str) -> str:
        return ", ".join(label(part) for part in value.replace('"', "").split(", "))

    shown: Mapping[str, Callable[[str], str]] = {
        "champ": lambda name: _title(name, table, schema),
        "manque": lambda name: _title(name, table, schema),
        "valeur": label if problem.code not in _QUOTES_NAMES else lambda name: _title(name, table, schema),
        "suggestion": label,
        "exemple": label,
        "liste": listed,
        "statut": lambda code: wording.value(schema.root.field("statut"), code),
    }
    written = problem.values.get("valeur", "")
    if field is not None and field.is_list and _names_several(written, field.vocabulary, wording):
        return phrase_plainly(problem.code, {**problem.values, "suggestion": ""})[0], _apart(written)
    if problem.values.get("suggestion") and field is not None:
        problem = replace(problem, values={**problem.values, "suggestion": _proposed(problem, field, label)})
    if problem.code == "territoire-inconnu" and _names_home(written, wording):
        problem = replace(problem, values={**problem.values, "suggestion": WHOLE_REGION})
    values = {key: shown[key](value) if value and key in shown else value for key, value in problem.values.items()}
    return phrase_plainly(problem.code, values)


def _parts(written: str) -> list[str]:
    return [part for part in map(str.strip, _SEVERAL.split(written)) if part]


def _names_several(written: str, name: str, wording: Wording) -> bool:
    """Tell whether a text names several entries of a vocabulary, and nothing else."""
    parts = _parts(written)
    if not name or len(parts) < 2:
        return False
    known = vocabulary.words(name, wording.vocabularies, wording.territories)
    codes = [vocabulary.closest(part, known) for part in parts]
    return all(codes) and len(set(codes)) > 1


def _apart(written: str) -> str:
    return f"séparer les réponses par un point-virgule, «\u00a0{'; '.join(_parts(written))}\u00a0»"


def _names_home(written: str, wording: Wording) -> bool:
    """Tell whether a text names a region of the site."""
    names = [fold(wording.territories.regions[code].nom) for code in wording.regions]
    return any(re.search(rf"\b{re.escape(name)}\b", fold(written)) for name in names)


def _proposed(problem: Problem, field: Field, label: Callable[[str], str]) -> str:
    """Give the suggestion that a person may be offered: none that says the opposite, or one of several as near."""
    written, code = fold(problem.values["valeur"]), problem.values["suggestion"]
    if problem.code == "choix-inconnu":
        labels = [fold(label(one)) for one in problem.values.get("liste", "").split(", ")]
        fit = [one for one in labels if written in one]
        is_opposite = bool(_NOT.match(written)) != bool(_NOT.match(fold(label(code))))
        return "" if is_opposite or len(fit) > 1 else code
    if field.vocabulary == "territoires" and code not in (WHOLE_REGION, WHOLE_PROVINCE):
        if _WHOLE.match(written):
            return WHOLE_PROVINCE if "quebec" in written else WHOLE_REGION
        bare = (_OF_LABELS.sub("", text) for text in (written, fold(label(code))))
        return code if fuzz.ratio(*bare) >= _NEAR else ""
    return code


_QUOTES_NAMES = ("provenance-sans-valeur",)  # codes that quote the name of a field


def _title(name: str, table: Table, schema: Schema) -> str:
    """Give the title of a field inside a sentence: « NEQ » keeps its capitals."""
    found = _named(table, name) or _named(schema.root, name) or schema.children.get(name)
    title = found.title if found else schema.title_of(name)
    return title if _ACRONYM.match(title) else title[:1].lower() + title[1:]


def _named(table: Table, name: str) -> Field | None:
    return next((field for field in table.by_path.values() if name in (field.name, ".".join(field.path))), None)


def _field_at(table: Table, path: RecordPath) -> Field | None:
    steps = tuple(str(step) for step in path if not isinstance(step, int))
    return table.by_path.get(steps)


def broken_formula(cells: Mapping[str, str]) -> str:
    """Say which cell of a row holds a formula that fails, by its title, and what to do; nothing if none does."""
    title = next((title for title, text in cells.items() if FORMULA_ERROR.fullmatch(text.strip())), "")
    if not title:
        return ""
    return (
        f"la formule de «\u00a0{title}\u00a0» est en erreur ou sans résultat ({cells[title].strip()})\u00a0: écrire la "
        "valeur, ou enregistrer de nouveau le classeur dans un tableur"
    )
