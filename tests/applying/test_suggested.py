"""What is proposed for a word that nobody knows: never its opposite, nor what merely shares a few letters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.applying.test_apply import DAY
from tests.sites import Project

from annuaire import rules
from annuaire.intake import plain
from annuaire.intake.applying import Application
from annuaire.records.reading import from_document
from annuaire.yamlfile import source

HEAD = (
    "nom: Exemple\nforme_juridique: obnl\nsecteur: habitation\nstatut: {}\n"
    "etablissements:\n  - municipalite: La Tuque\nverification:\n  statut: a-confirmer\n  par: import\n"
)
CHOICES = "choisir parmi\u00a0: Membre régulier, Membre accompagnateur, Membre solidaire, Non-membre"


def hints(project: Project, line: str, status: str = "inconnu") -> dict[str, str]:
    loaded = Application(project.settings, DAY)
    document = source.parse(HEAD.format(status) + line + "\n", Path("exemple.yml"))
    record = from_document(document, "content/enterprises/exemple.yml", loaded.schema)
    problems = rules.judge_record(record, loaded.loaded.context)
    mine = [problem for problem in problems if problem.path[:1] == (line.partition(":")[0],)]
    wording = replace(loaded.wording, regions=("04",))
    return {problem.code: plain.said(problem, loaded.schema, wording)[1] for problem in mine}


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("adhesion: membre", CHOICES),
        ("adhesion: pas membre", "vouliez-vous dire «\u00a0Non-membre\u00a0»"),
        ("adhesion: solidere", "vouliez-vous dire «\u00a0Membre solidaire\u00a0»"),
        ("territoires_desservis: [Toute la Mauricie]", "vouliez-vous dire «\u00a0toute la région\u00a0»?"),
        ("territoires_desservis: [Mauricie]", "vouliez-vous dire «\u00a0toute la région\u00a0»?"),
        ("territoires_desservis: [Mars]", "choisir dans la liste de ce champ"),
        ("territoires_desservis: [Mekinak]", "vouliez-vous dire «\u00a0MRC de Mékinac\u00a0»?"),
        ("territoires_desservis: ['Mékinac, La Tuque']", "point-virgule, «\u00a0Mékinac; La Tuque\u00a0»"),
    ],
)
def test_a_word_that_is_not_known_is_told_what_fits(project: Project, line: str, hint: str) -> None:
    (said,) = hints(project, line).values()
    assert hint in said


def test_a_closing_day_that_is_no_date_has_one_fault(project: Project) -> None:
    assert [*hints(project, "date_fermeture: 31-02-2024", "active")] == ["date-invalide"]
    assert [*hints(project, "date_fermeture: '2024-02-03'", "active")] == ["date-sans-fermeture"]
