"""The staff's log: counted by hand, faults told with their place, kept out of the repository."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from tests.sites import EXAMPLES, Project

from annuaire import config
from annuaire.config import Settings
from annuaire.intake import journal
from annuaire.intake.journal.entries import COLUMNS, SHEET
from annuaire.intake.journal.report import Report
from annuaire.intake.workbooks import journal_book
from annuaire.text.problems import AnnuaireError

TODAY = date(2027, 4, 5)
# Date, file, from, to, subjects, sector, territory, promoters.
LINES: list[list[object]] = [
    [date(2026, 3, 20), "D-1", "", "", "Gouvernance", "culture", "Exempleville", "femmes"],
    ["2026-04-02", "d-1", "", "RISQ", "Gouvernance | Outils de gestion", "Arts et culture", "997", "Femmes"],
    ["2 mai 2026", "D-2", "MRC ou organisme mandataire", "MRC des Grands-Exemples|RISQ", "gouvernance", "", "", ""],
    ["2026-06-01", "D-3", "Promoteur ou entreprise", "", "Relève", "habitation", "les grands-exemples", "Hommes"],
    [None, "  ", None, "", "", "", "", ""],
    ["2027-04-01", "D-4", "", "", "Relève", "", "ailleurs", "Femmes et hommes"],
]


@pytest.fixture(scope="module")
def settings() -> Settings:
    return config.load(EXAMPLES / "mkdocs.yml")


def write(path: Path, lines: list[list[object]], titles: tuple[str, ...] = COLUMNS, sheet: str = SHEET) -> Path:
    """Write a log."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = sheet
    book.active.append(list(titles))
    for line in lines:
        book.active.append(line)
    book.save(path)
    return path


def counted(path: Path, settings: Settings, since: date | None = None, until: date | None = None) -> Report:
    return journal.report(journal.read(path, settings, TODAY), since, until)


def told(report: Report, code: str) -> dict[str, tuple[object, ...]]:
    table = next(table for table in report.tables() if table.code == code)
    at = [column.key for column in table.columns].index("libelle")
    return {str(row[at]): row[at + 1 :] for row in table.rows}


def test_a_year_counted_by_hand(tmp_path: Path, settings: Settings) -> None:
    path = write(tmp_path / "journal.xlsx", LINES)
    year = counted(path, settings, date(2026, 4, 1), date(2027, 3, 31))
    assert [row[0] for row in told(year, "ensemble").values()] == [3, 2, 1, 2, 3]  # D-1 was opened in March
    assert told(year, "sujets") == {
        "Gouvernance": (2, 2, 66.7), "Outils de gestion": (1, 1, 33.3), "Relève": (1, 1, 33.3),
    }  # fmt: skip
    assert told(year, "secteurs") == {
        "Arts et culture": (1, 1, 33.3), "Habitation": (1, 1, 33.3), "Non précisé": (1, 1, 33.3),
    }  # fmt: skip
    assert told(year, "territoires")["MRC des Grands-Exemples"] == (1, 1, 33.3)
    assert told(year, "referes") == {"RISQ": (2, 2, 66.7), "MRC des Grands-Exemples": (1, 1, 33.3)}
    assert told(year, "promoteurs")["Femmes"] == (1, 1, 33.3)
    said = year.tables()[0].sentence.replace("\u00a0", " ")
    assert said == (
        "Du 1er avril 2026 au 31 mars 2027, l’équipe a fait 3 interventions dans 3 dossiers, dont 2 ouverts dans la "
        "période; 1 venait d’une MRC, d’un organisme ou d’un partenaire, et 2 ont été référés."
    )
    assert [row[0] for row in told(counted(path, settings), "ensemble").values()] == [4, 4, 1, 2, 5]


def test_no_file_is_named_in_what_is_told(tmp_path: Path, settings: Settings) -> None:
    report = counted(write(tmp_path / "j.xlsx", LINES), settings)
    words = repr([(table.sentence, table.rows) for table in report.tables()])
    assert not [mark for mark in ("D-1", "d-1", "D-2", "D-4") if mark in words]


def test_the_template_is_read_back_empty_then_filled(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "journal.xlsx"
    journal_book.write(path, settings)
    empty = counted(path, settings)
    assert empty.tables()[0].sentence == "Pour tout le journal, aucune intervention au journal."
    book = openpyxl.load_workbook(path)
    book[SHEET].append(["2026-04-02", "1", "", "", "", "Habitation", "Exempleville", "Hommes"])
    book.save(path)
    said = counted(path, settings).tables()[0].sentence.replace("\u00a0", " ")
    assert said.startswith("Le 2 avril 2026, l’équipe a fait 1 intervention dans 1 dossier, dont 1 ouvert")


def test_empty_lines_and_the_usual_ways_to_name_a_territory_are_read(tmp_path: Path, settings: Settings) -> None:
    line = ["2026-04-02", "1", "", "", "", "", "MRC de La Tuque", ""]
    lines = [line, [None] * 8, [" "] * 8, [*line[:6], "ville de la tuque", ""]]
    found = told(counted(write(tmp_path / "journal.xlsx", lines), settings), "territoires")
    assert found == {"La Tuque": (2, 1, 100.0)}


FAULTS = [
    (["", "1"], "ligne 2, colonne « Date » : à remplir"),
    (["bientôt", "1"], "ligne 2, colonne « Date » : « bientôt » n’est pas une date"),
    (["02/03/2026", "1"], "se lit de deux façons"),
    (["2027-04-06", "1"], "le 6 avril 2027 est à venir"),
    (["2026-04-02", ""], "ligne 2, colonne « Dossier » : à remplir"),
    (["2026-04-02", "qui@exemple.org"], "une adresse de courriel n’y a pas sa place"),
    (["2026-04-02", "1", "", "", "x" * 81], "ligne 2, colonne « Sujets » : plus de 80 caractères"),
    (["2026-04-02", "1", "", "", "", "abitation"], "« abitation » n’est pas connu; vouliez-vous dire « Habitation »?"),
    (["2026-04-02", "1", "", "", "", "", "#REF!"], "ligne 2 : la formule de « MRC » est en erreur"),
    (["2026-04-02", "=1+1"], "ligne 2 : la formule de « Dossier » est en erreur ou sans résultat (#CALC!)"),
    (["2026-04-02", "1", "", "", "", "", "", "\x1b[31m"[1:]], "colonne « Promoteurs »"),
]


@pytest.mark.parametrize(("line", "words"), FAULTS)
def test_a_fault_is_told_with_its_place(tmp_path: Path, settings: Settings, line: list[object], words: str) -> None:
    path = write(tmp_path / "journal.xlsx", [[*line, *[""] * (8 - len(line))]])
    with pytest.raises(AnnuaireError) as refused:
        journal.read(path, settings, TODAY)
    assert words in str(refused.value).replace("\u00a0", " ")


def test_all_faults_are_told_at_once_but_a_few_only(tmp_path: Path, settings: Settings) -> None:
    path = write(tmp_path / "journal.xlsx", [["?", ""] + [""] * 6 for _ in range(30)])
    with pytest.raises(AnnuaireError) as refused:
        journal.read(path, settings, TODAY)
    assert str(refused.value).count("ligne ") == 20
    assert "et 40\u00a0autres fautes" in str(refused.value)


def test_what_is_no_log_is_refused_in_words(tmp_path: Path, settings: Settings) -> None:
    broken = tmp_path / "brise.xlsx"
    broken.write_bytes(b"PK\x03\x04 rien")
    cases = [
        (broken, "illisible ou endommagé"),
        (tmp_path / "absent.xlsx", "ne peut pas être lu"),
        (write(tmp_path / "feuille.xlsx", LINES, sheet="Autre"), "la feuille « Journal » n’existe pas"),
        (write(tmp_path / "titres.xlsx", [], titles=COLUMNS[:-1]), "il manque la colonne « Promoteurs »"),
    ]
    for path, words in cases:
        with pytest.raises(AnnuaireError) as refused:
            journal.read(path, settings, TODAY)
        assert words in str(refused.value).replace("\u00a0", " ")


def test_the_log_and_what_is_made_of_it_stay_out_of_the_repository(project: Project, tmp_path: Path) -> None:
    inside = write(project.root / "journal.xlsx", LINES)
    outside = write(tmp_path / "journal.xlsx", LINES)
    (tmp_path / "lien.xlsx").symlink_to(inside)
    for words in (
        [str(inside)],
        ["journal.xlsx"],
        [str(tmp_path / "lien.xlsx")],
        ["--modele", "content/modele.xlsx"],
        [str(outside), "--format", "csv", "--sortie", "bilan.csv"],
    ):
        refused = project.call("bilan", *words, "--since", "2026-01-01")
        assert (refused.returncode, refused.stdout) == (2, ""), words
        assert "est public" in refused.stderr
    assert sorted(path.name for path in project.root.iterdir() if "odele" in path.name or "bilan" in path.name) == []


def test_the_command_writes_every_form(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "today", lambda: TODAY)
    path = write(tmp_path / "journal.xlsx", LINES[:3])
    assert "Gouvernance" in project.call("bilan", str(path)).stdout
    assert project.call("bilan", str(path), "--format", "csv").stdout.startswith("tableau,code,libelle,mesure,valeur\n")
    assert (
        '"jusqu_a": "2026-04-30"'
        in project.call("bilan", str(path), "--format", "json", "--until", "2026-04-30").stdout
    )
    book = tmp_path / "bilan.xlsx"
    assert project.call("bilan", str(path), "--format", "xlsx", "--sortie", str(book)).returncode == 0
    assert "Sujets" in openpyxl.load_workbook(book).sheetnames
    assert project.call("bilan", str(path), "--format", "xlsx").returncode == 2
    assert project.call("bilan").returncode == 2
    assert project.call("bilan", str(path), "--since", "2026-05-01", "--until", "2026-04-01").returncode == 2
    template = tmp_path / "modele.xlsx"
    assert project.call("bilan", "--modele", str(template)).returncode == 0
    assert "existe déjà" in project.call("bilan", "--modele", str(template)).stderr
