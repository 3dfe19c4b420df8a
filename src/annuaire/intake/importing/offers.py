"""Make the offers of a record out of what the columns and the constants of a list say of them.

Each offer has a name and a purchase category. What has no category that is known is left and told: an offer without one
would put its enterprise before buyers for anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from annuaire.intake.importing import cleaning
from annuaire.intake.importing.targets import OFFERS

Categories = Callable[[str], tuple[str, str]]  # a word -> the code of a category and its label, empty if there is none
_NAME, _CATEGORY = f"{OFFERS}.nom", f"{OFFERS}.categorie"


def read(
    flat: Mapping[str, str], source: str, category: Categories, lists: frozenset[str] = frozenset()
) -> tuple[list[dict[str, Any]], list[str]]:
    """Give the offers, to be confirmed, and what was left of them in words; `source` names the list of enterprises.

    `lists` names the paths whose value is a list.
    """
    names = cleaning.parts(flat.get(_NAME, ""))
    said = cleaning.parts(flat.get(_CATEGORY, ""))
    if not names and not said:
        return [], []
    if not names:
        pairs = [(category(word)[1] or word, word) for word in said]
    elif len(said) in (0, 1):
        pairs = [(name, said[0] if said else name) for name in names]
    elif len(said) == len(names):
        pairs = list(zip(names, said, strict=True))
    else:
        return [], [f"offres laissées\u00a0: {len(names)} noms pour {len(said)} catégories"]
    more = {
        path.removeprefix(f"{OFFERS}."): value.split(cleaning.SEPARATOR) if path in lists else value
        for path, value in flat.items()
        if path.startswith(f"{OFFERS}.") and path not in (_NAME, _CATEGORY)
    }
    found: dict[str, dict[str, Any]] = {}
    left = []
    for name, word in pairs:
        code = category(word)[0]
        if code:
            stated = {"statut": "a-confirmer", "source": source}
            found.setdefault(name, {"nom": name, "categorie": code, **more, "verification": stated})
        else:
            left.append(f"offre «\u00a0{name}\u00a0» laissée\u00a0: sa catégorie d’achat est à préciser")
    return list(found.values()), left
