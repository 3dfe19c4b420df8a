"""Check that each need the home page suggests finds somebody: one that finds nothing embarrasses the Pôle.

Who answers is judged where every question is (`annuaire.catalogue.answer`), among the records without errors. Who might
answer by its sector alone does not answer, nor does who says some of the words.
"""

from __future__ import annotations

from annuaire.catalogue.answer import Answer, answer_to, is_answered
from annuaire.catalogue.index import Catalogue
from annuaire.config import Settings
from annuaire.text.messages import phrase, wordings
from annuaire.text.problems import Finding, Location, Problem
from annuaire.yamlfile import source

CODE = "exemple-sans-fiche"
_PATH = ("extra", "annuaire", "exemples")
_NOBODY = "aucune fiche"
_SOME_WORDS = "que des fiches qui disent une partie de ces mots"
_SECTOR_ALONE = "que des entreprises dont seul le secteur laisse croire qu’elles y répondent"


def check(catalogue: Catalogue, settings: Settings) -> list[Problem]:
    """Report each need of the settings that no enterprise listed answers."""
    missing = ((rank, text) for rank, text in enumerate(settings.examples) if not is_answered(catalogue, text))
    return [_problem(settings, rank, _found(answer_to(catalogue, text))) for rank, text in missing]


def _found(answer: Answer) -> str:
    """Say what a need finds instead of somebody who answers."""
    if answer.is_scattered:
        return _SOME_WORDS
    return _SECTOR_ALONE if answer.results else _NOBODY


def _problem(settings: Settings, rank: int, what: str) -> Problem:
    finding = Finding(CODE, (*_PATH, rank), {"valeur": settings.examples[rank], "quoi": what})
    sentence, hint = phrase(finding)
    places = source.locate(settings.config_file.read_text(encoding="utf-8"))
    line, column = places.get(finding.path, ((1, 1), (1, 1)))[1]
    where = Location(settings.relative(settings.config_file), line, column)
    return Problem(where, CODE, sentence, hint, wordings()[CODE].severity, "", finding.path)
