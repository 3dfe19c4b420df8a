"""Print problems for a person, for GitHub, for a program; nothing that comes from outside drives the reader."""

import json
import re

import pytest

from annuaire.cli import reporters
from annuaire.records.collections import counted
from annuaire.text import problem_forms
from annuaire.text.problems import Location, Problem, RecordPath, Severity

PLACE = "content/enterprises/coop-du-fjord.yml"
MESSAGE = "le secteur « santé » n’existe pas"


def problem(
    file: str = PLACE,
    message: str = MESSAGE,
    hint: str = "écrire « sante »",
    severity: Severity = Severity.ERROR,
    path: RecordPath = ("secteur",),
) -> Problem:
    return Problem(Location(file, 12, 10), "secteur-inconnu", message, hint, severity, "coop-du-fjord", path)


WARNING = problem(severity=Severity.WARNING)
ONE = {"enterprises": 1}


def test_text() -> None:
    assert reporters.text([problem(), WARNING], {"enterprises": 412}).replace("\u00a0", " ").splitlines() == [
        f"{PLACE}:12:10: erreur : {MESSAGE} [secteur-inconnu]",
        "    conseil : écrire « sante »",
        f"{PLACE}:12:10: avertissement : {MESSAGE} [secteur-inconnu]",
        "    conseil : écrire « sante »",
        "1 erreur, 1 avertissement dans 412 fiches",
    ]


@pytest.mark.parametrize(
    ("records", "territories", "line"),
    [
        (255, 6, "Aucune erreur dans 255 fiches d’entreprises et 6 fiches de territoires"),
        (1, 1, "Aucune erreur dans 1 fiche d’entreprise et 1 fiche de territoire"),
        (0, 6, "Aucune erreur dans 6 fiches de territoires"),
        (3, 0, "Aucune erreur dans 3 fiches"),
    ],
)
def test_summary_names_both_kinds_of_records(records: int, territories: int, line: str) -> None:
    for form in (reporters.text, reporters.github):
        assert form([], {"enterprises": records, "territories": territories}).replace("\u00a0", " ") == line


def test_summary_names_every_kind_of_records() -> None:
    counts = {"enterprises": 2, "territories": 0, "thresholds": 1, "buyers": 3, "cohorts": 2}
    said = problem_forms.summary([], counted(counts)).replace("\u00a0", " ")
    assert said == (
        "Aucune erreur dans 2 fiches d’entreprises, 1 fiche de seuil, 3 fiches d’acheteurs et 2 fiches de cohortes"
    )


@pytest.mark.parametrize(
    ("errors", "warnings", "records", "line"),
    [
        (0, 0, 412, "Aucune erreur dans 412 fiches"),
        (1, 0, 1, "1 erreur dans 1 fiche"),
        (3, 1, 412, "3 erreurs, 1 avertissement dans 412 fiches"),
        (0, 2, 11200, "2 avertissements dans 11 200 fiches"),
        (0, 0, 0, "Aucune erreur dans 0 fiche"),
    ],
)
def test_summary(errors: int, warnings: int, records: int, line: str) -> None:
    found = problem_forms.summary([problem()] * errors + [WARNING] * warnings, counted({"enterprises": records}))
    assert found.replace("\u00a0", " ") == line


def test_github() -> None:
    line = reporters.github([WARNING], ONE).splitlines()[0].replace("\u00a0", " ")
    assert line == (
        "::warning file=content/enterprises/coop-du-fjord.yml,line=12,col=10,title=Avertissement %3A secteur-inconnu"
        "::le secteur « santé » n’existe pas%0AConseil : écrire « sante »"
    )


def test_github_escapes_what_could_forge_a_command() -> None:
    report = reporters.github([problem(file="a,b:c%\r\n::set-env::x", message="50 %\r\n::error::x\n")], ONE)
    commands = [line for line in report.splitlines() if line.startswith("::")]
    assert len(commands) == 1
    properties, _, message = commands[0].removeprefix("::error ").partition("::")
    assert re.fullmatch(r"file=[^,:]*,line=12,col=10,title=[^,:]*", properties)
    assert "%25" in properties
    assert "%2C" in properties
    assert "50 %25" in message
    assert "\\r\\n::error::x" in message


def test_json() -> None:
    assert json.loads(reporters.json([problem(path=("offres", 0, "nom"))], ONE)) == [
        {
            "fichier": "content/enterprises/coop-du-fjord.yml",
            "ligne": 12,
            "colonne": 10,
            "gravite": "erreur",
            "code": "secteur-inconnu",
            "message": "le secteur « santé » n’existe pas",
            "conseil": "écrire « sante »",
            "fiche": "coop-du-fjord",
            "chemin": ["offres", 0, "nom"],
        }
    ]
    assert json.loads(reporters.json([], {"enterprises": 12})) == []


@pytest.mark.parametrize("form", reporters.FORMATS)
def test_controls_are_shown_not_sent(form: str) -> None:
    hostile = problem(file="\x1b]0;titre\x07\udcff\u202e.yml", message="a\x1b[2Jb\u2028c", hint="d\x00e\ne")
    report = reporters.FORMATS[form]([hostile], ONE)
    assert all(c.isprintable() or c in "\n\u00a0\u202f" for c in report)
    report.encode("utf-8")
    if form == "text":
        assert "\\x1b]0;titre\\x07\\udcff\\u202e.yml:12:10: erreur" in report
        assert len(report.splitlines()) == 3
