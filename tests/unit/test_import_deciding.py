"""Import publishes nothing undecided: a row waits unless the mapping keeps it, or a decision does."""

from pathlib import Path

import pytest
from tests.importing import FIXTURES, Run, snapshot

from annuaire.intake.importing import Outcome
from annuaire.text.problems import AnnuaireError

LIST = "Nom,Ville,Type,NEQ\nCPE Exemple,Batiscan,CPE,\nGarderie Exemple,Batiscan,Garderie,\n"
LIST += "Autre exemple,Batiscan,garderie,\n"
MORE = "".join(f"CPE Exemple {n},Batiscan,CPE,\nGarderie Exemple {n},Batiscan,Garderie,\n" for n in range(3))
MAPPING = (
    "titre: Liste\netat: etat.json\ncolonnes: {Nom: nom, Ville: etablissements.municipalite, NEQ: neq}\nconstantes:\n"
)
CONSTANTS = "  statut: inconnu\n  verification.statut: a-confirmer\n  verification.par: import\n"


def lay(site: Path, more: str = "") -> None:
    folder = site / "content" / "import"
    (folder / "exemple.csv").write_text(LIST + MORE, encoding="utf-8")
    (folder / "exemple.yml").write_text(MAPPING + CONSTANTS + more, encoding="utf-8")


def test_without_a_decision_every_row_waits_and_nothing_is_published(run: Run, site: Path) -> None:
    lay(site)
    report = run()
    assert {row.outcome for row in report.rows} == {Outcome.SET_ASIDE}
    assert report.waiting == len(report.rows) == 9
    assert not [name for name in snapshot(site) if "enterprises" in name]
    assert not report.has_refusals


def test_the_report_names_the_file_and_the_columns_where_one_decides(run: Run, site: Path) -> None:
    lay(site)
    report = run()
    assert "exemple.yml" in report.how_to_decide
    assert "garder: {Type: CPE}" in report.how_to_decide
    assert "(colonnes qui s’y prêtent\u00a0: Type)" in report.how_to_decide  # neither the names nor the towns
    assert report.how_to_decide in report.as_text()
    assert {row.reason for row in report.rows} == {
        "aucune décision\u00a0: la garder dans exemple.yml ou la classer dans une table de décisions"
    }


@pytest.mark.parametrize(
    ("kept", "count"),
    [("{Type: CPE}", 4), ("{Type: [cpe, Garderie]}", 9), ("{Type: Coop, Nom: Autre exemple}", 1), ("tout", 9)],
)
def test_the_mapping_keeps_rows_by_any_column(run: Run, site: Path, kept: str, count: int) -> None:
    lay(site, f"garder: {kept}\n")
    report = run()
    assert report.counts[Outcome.CREATED] == count
    assert report.waiting == 9 - count
    assert run().counts[Outcome.UNCHANGED] == count


def test_a_column_that_is_not_there_is_told(run: Run, site: Path) -> None:
    lay(site, "garder: {Sorte: CPE}\n")
    with pytest.raises(AnnuaireError, match="Sorte"):
        run()


def test_a_decision_wins_over_what_the_mapping_keeps(run: Run, site: Path) -> None:
    decided = (FIXTURES / "decisions.csv").read_text(encoding="utf-8").splitlines()[0]
    cells = dict.fromkeys(decided.split(","), "") | {"cle": "cpe exemple @ Batiscan", "nom": "CPE Exemple"}
    cells |= {"classe": "autre", "raison": "Fermé"}
    lay(site, "garder: {Type: CPE}\ndecisions: decisions.csv\n")
    table = site / "content" / "import" / "decisions.csv"
    table.write_text(f"{decided}\n{','.join(cells.values())}\n", encoding="utf-8")
    report = run()
    row = next(row for row in report.rows if row.name == "CPE Exemple")
    assert (row.outcome, row.reason) == (Outcome.SET_ASIDE, "autre\u00a0: Fermé")
    assert report.counts[Outcome.CREATED] == 3
    assert "decisions.csv" in report.how_to_decide
