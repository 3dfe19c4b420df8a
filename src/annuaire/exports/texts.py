"""Write what questions in words read besides the catalogue's columns, `/acheter/textes.json`: fetched at the first.

`textes` holds, for each enterprise in the order of the catalogue, all that its record says in sentences; `mots`, for
each purchase category, the words that buyers have for it and that no record needs to hold; `sigles` maps acronyms to
their long forms; `ailleurs` lists the towns of elsewhere that questions may name. How a question is answered from these
is `annuaire.catalogue.answer` and, in the browser, `theme/js/common/answer/`.
"""

from __future__ import annotations

from typing import Any

from annuaire.catalogue.answer.vocabulary import sentences
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.supply import supply_of
from annuaire.exports.purchase import compact
from annuaire.places import buyer_words

FORMAT = 1


def to_json(catalogue: Catalogue) -> str:
    """Write the texts as one JSON object."""
    return compact(content(catalogue)) + "\n"


def content(catalogue: Catalogue) -> dict[str, Any]:
    """Gather the texts and the words."""
    v = catalogue.vocabularies
    words = buyer_words.words_of(v)
    return {
        "format": FORMAT,
        "textes": [sentences(e) for e in catalogue.listed],
        "mots": [list(words.categories[slug].phrases) if slug in words.categories else [] for slug in v.categories],
        "sigles": dict(words.acronyms),
        "ailleurs": list(supply_of(catalogue).elsewhere),
    }
