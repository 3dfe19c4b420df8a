"""Ask a catalogue in Python and in the browser's own code."""

from __future__ import annotations

import math
from collections.abc import Callable

from tests.catalogues import Ask, Json
from tests.exporting import NOW, make_settings

from annuaire.catalogue.answer import Answer, answer_to
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.exports import purchase, texts
from annuaire.pages.reference import Version
from annuaire.places import territories, vocabularies
from annuaire.text.typography import plain

TERRITORIES, VOCABULARIES = territories.load(), vocabularies.load()
REGION = "04"


def catalogue_of(*enterprises: Enterprise) -> Catalogue:
    """Give a catalogue of Mauricie."""
    return Catalogue(enterprises, (), TERRITORIES, VOCABULARIES, (REGION,))


def load(ask: Ask, catalogue: Catalogue) -> None:
    """Give a catalogue to the browser's code, as it is published."""
    data = purchase.content(catalogue, make_settings(regions=(REGION,)), Version("0afba09aa1", NOW, 0, "0" * 64))
    ask("load", data=data, texts=texts.content(catalogue))


def told(answer: Answer) -> Json:
    """Tell an answer as the browser does."""
    return {
        "ranked": list(answer.results),
        "results": {
            slug: {
                "level": own.level,
                "offers": list(own.offers),
                "isSure": own.is_sure,
                "close": own.close,
                "near": own.near,
                "far": None if math.isinf(own.far) else own.far,
            }
            for slug, own in answer.results.items()
        },
        "places": [{"label": plain(p.label), "towns": list(p.towns), "mrcs": list(p.mrcs)} for p in answer.places],
        "bare": answer.bare,
        "categories": dict(answer.categories),
        "unmet": list(answer.unmet),
        "unknown": list(answer.unknown),
        "isScattered": answer.is_scattered,
        "correction": answer.correction,
    }


Question = Callable[[str], Answer]


def both(ask: Ask, catalogue: Catalogue) -> Question:
    """Give what answers a question, the browser's code having said the same."""
    load(ask, catalogue)

    def answer(words: str) -> Answer:
        found = answer_to(catalogue, words)
        assert told(found) == ask("answer", words=words)
        return found

    return answer
