"""Leave out of a record what may name a person or tell where one hides, and say so: the value, never the record.

What is received (a list, a mail, a workbook, a call sheet) is judged before it is written; what a person of the Pôle
let through (`content/exceptions.yml`, by record, code and value) stays. What stood before is left as it is.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from annuaire.catalogue import differences
from annuaire.catalogue.exceptions import Admissions
from annuaire.records.reading import Record
from annuaire.rules.cells import unveils
from annuaire.schema import Schema
from annuaire.text.problems import AnnuaireError, Problem, RecordPath
from annuaire.yamlfile.remarks import remarks

REASONS = {  # why a value is left out, without a word of it: what a forge shows is shown to all
    "personne-nommee": "nomme une personne",
    "personne-possible": "ressemble au nom d’une personne",
    "telephone-dans-texte": "contient un numéro de téléphone",
    "courriel-personnel": "ressemble à l’adresse d’une personne",
    "adresse-dans-texte": "dit où est un lieu dont l’adresse est confidentielle",
}
_UNVEILED = (
    "elle montrerait où est un lieu dont l’adresse est confidentielle : s’assurer de l’accord de l’entreprise, puis "
    "changer la fiche soi-même, car ce qui est publié l’est pour toujours"
)
Values = dict[str, Any]


def suspects(problems: Iterable[Problem], slug: str, admissions: Admissions) -> list[Problem]:
    """List, of what rules say of a record, what must not be written so and that nobody let through."""
    return [p for p in problems if p.code in REASONS and not admissions.lets(slug, p.code, p.value)]


def refuse_unveiling(before: Record | None, after: Record, *, vouches: bool) -> None:
    """Raise AnnuaireError when a proposal would show where a hidden place is, unless the team makes it (`vouches`)."""
    if not vouches and before is not None and unveils(before, after):
        raise AnnuaireError(_UNVEILED)


def without(values: Mapping[str, Any], found: Sequence[Problem], schema: Schema, standing: Mapping[str, Any]) -> Values:
    """Give the values of a record without those at fault: what stood there before, or nothing.

    An item of a list that cannot be without the value (an offer without its name) is left out as it was, whole.
    """
    kept = copy.deepcopy(dict(values))
    gone: dict[str, set[int]] = {}
    for path in dict.fromkeys(problem.path for problem in found if problem.path):
        table = schema.children.get(str(path[0]))
        if table is None:
            _put(kept, path, _at(standing, path))
            continue
        key, rank, inner = table.key, path[1], path[2:]
        if not isinstance(rank, int):
            continue
        item = _twin(values[key], standing.get(key), rank)
        field = table.by_path.get(tuple(map(str, inner)))
        if field is not None and field.required and _at(item, inner) is None:
            gone.setdefault(key, set()).add(rank)
        else:
            _put(kept[key][rank], inner, _at(item, inner))
    for key, ranks in gone.items():
        kept[key] = [item for rank, item in enumerate(kept[key]) if rank not in ranks]
        if not kept[key]:
            del kept[key]
    return kept


def without_comments(text: str, found: Sequence[Problem]) -> str:
    """Give the text of a record without the comments at fault: what is left of it says the same values."""
    places = {(problem.location.line, problem.location.column) for problem in found if not problem.path}
    lines: list[str | None] = list(text.split("\n"))
    for remark in remarks(text) if places else ():
        if remark.place in places:
            for comment in remark.comments:
                line = str(lines[comment.line - 1])
                lines[comment.line - 1] = None if comment.is_alone else line[: comment.column - 1].rstrip()
    return "\n".join(line for line in lines if line is not None)


def _twin(items: list[Values], standing: Any, rank: int) -> Values:
    """Find what an item was before, an empty mapping when it is new."""
    before = [item for item in standing if isinstance(item, dict)] if isinstance(standing, list) else []
    ranks = {now: old for old, now in differences.match(before, items).items()}
    return before[ranks[rank]] if rank in ranks else {}


def _at(values: Any, path: RecordPath) -> Any:
    for step in path:
        values = values.get(step) if isinstance(values, Mapping) else None
    return values


def _put(values: Values, path: RecordPath, value: Any) -> None:
    """Set a value, or take its key away with its group when nothing is left in it."""
    key = str(path[0])
    if len(path) > 1:
        group = dict(values.get(key) or {})
        _put(group, path[1:], value)
        value = group or None
    if value is None:
        values.pop(key, None)
    else:
        values[key] = value
