"""Tell people what remains to be decided, and what was put right in their list."""

import csv
import io
from pathlib import Path

import pytest
from tests.importing import Run, record, replace_in_list, snapshot
from tests.unit.test_import_protection import bare_list

from annuaire import config
from annuaire.intake import importing as importers
from annuaire.intake.importing import ImportReport, Outcome, capitals, cleaning, decisions, places, reading, suggesting
from annuaire.text.problems import AnnuaireError


@pytest.mark.parametrize("dry_run", [True, False])
def test_rows_that_wait_are_given_ready_to_decide(
    site: Path, tmp_path_factory: pytest.TempPathFactory, dry_run: bool
) -> None:
    replace_in_list(site, "Exemple oublié,9 rue Oubliée", "Coop d'habitation Oubliée,9 rue Oubliée")
    folder = site / "content" / "import"
    beside = tmp_path_factory.mktemp("rapport")
    settings = config.load(site / "mkdocs.yml")

    def import_it() -> ImportReport:
        files = folder / "exemple.csv", folder / "exemple.yml"
        return importers.run(*files, settings, dry_run=dry_run, report_file=beside / "rapport.csv")

    report = import_it()
    assert import_it().to_classify == report.to_classify  # nothing changed: no second file
    assert (report.waiting, report.to_classify) == (1, "a-classer.csv")
    assert "1 sans décision, prêtes à classer dans a-classer.csv" in report.as_text()
    assert [path.name for path in beside.iterdir()] == ["a-classer.csv"]
    text = (beside / "a-classer.csv").read_text(encoding="utf-8")
    assert "rue" not in text
    (row,) = csv.DictReader(io.StringIO(text))
    assert tuple(row) == decisions.COLUMNS
    assert row["cle"] == "coop habitation oubliee @ Batiscan"
    assert (row["classe"], row["raison"], row["confidentiel"]) == ("entreprise", "", "oui")
    with (folder / "decisions.csv").open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, decisions.COLUMNS, lineterminator="\n").writerow(row | {"raison": "Coopérative"})
    report = importers.run(folder / "exemple.csv", folder / "exemple.yml", settings)
    assert report.waiting == 0
    assert next(row for row in report.rows if "Oubliée" in row.name).outcome is Outcome.CREATED


def test_without_a_report_nothing_is_written_beside(run: Run, site: Path) -> None:
    report = run()
    assert "1 sans décision, ajouter --report" in report.as_text()
    assert not [name for name in snapshot(site) if "a-classer" in name]


def test_a_file_being_filled_in_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "a-classer.csv"
    assert suggesting.free_path(path, "a") == path
    path.write_text("rempli", encoding="utf-8")
    assert suggesting.free_path(path, "a").name == "a-classer-2.csv"
    assert suggesting.free_path(path, "rempli") == path


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Ville de Batiscan", "public"),
        ("Caisse Exemple", "caisse"),
        ("Coop Exemple", "entreprise"),
        ("Fédération des coopératives", "soutien"),
        ("Cégep Exemple", "enseignement"),
        ("Club Exemple", "a-decider"),
    ],
)
def test_a_class_is_suggested_only_when_the_name_tells_it(name: str, found: str) -> None:
    assert suggesting.suggested_class(name) == found
    assert found in decisions.CLASSES


def test_rows_already_merged_do_not_wait_as_look_alikes(run: Run, site: Path) -> None:
    bare_list(
        site,
        ("Atelier Exemple", "1 rue A", "Batiscan", "", "", "1199999901"),
        ("Atelier Exemple inc.", "2 rue B", "Batiscan", "", "", "1199999901"),
        ("Atelier d'Exemple", "3 rue C", "Batiscan"),
    )
    report = run()
    assert report.counts[Outcome.MERGED] == 1
    assert not [pair for pair in report.pairs if "ligne 2 " in pair and "ligne 3 " in pair]
    assert [pair for pair in report.pairs if "ligne 2 " in pair and "ligne 4 " in pair]


def test_an_old_workbook_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "liste.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(AnnuaireError, match="illisible, protégé ou endommagé"):
        reading.read(path)


@pytest.mark.parametrize("end", ["p.3", "p. 3", "poste 3", "(poste 3)", "ext. 3", "ext 3", "x3", "#3", ", poste: 3"])
def test_an_extension_is_kept(end: str) -> None:
    assert cleaning.telephone(f"(819) 555 0102 {end}").value == "819 555-0102 poste 3"


@pytest.mark.parametrize("raw", ["1171111121.0", "1171111121,00", "1171 111 121"])
def test_a_neq_that_became_a_number_is_repaired_and_told(raw: str) -> None:
    found = cleaning.neq(raw)
    assert found.value == "1171111121"
    assert found.changes


@pytest.mark.parametrize(("raw", "value"), [("GOX 3G0", "G0X 3G0"), ("goxigo", "G0X 1G0"), ("GIA 2BO", "G1A 2B0")])
def test_letters_taken_for_digits_are_corrected_and_told(raw: str, value: str) -> None:
    found = places.postal_code(raw)
    assert (found.value, bool(found.changes)) == (value, True)
    assert places.postal_code("0GX 3G0").fault


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("COOPÉRATIVE DE SOLIDARITÉ DE TROIS-RIVIERES", "Coopérative de solidarité de Trois-Rivières"),
        ("CPE L'ARC-EN-CIEL INC.", "CPE l'arc-en-ciel inc."),
        ("MUSÉE DE SAINT TITE (OBNL)", "Musée de Saint-Tite (OBNL)"),
        ("LES ATELIERS TGP DE LA MRC", "Les ateliers TGP de la MRC"),
    ],
)
def test_capitals_are_put_right(name: str, written: str) -> None:
    assert capitals.is_shouted(name)
    assert capitals.sentence_case(name, ["Trois-Rivières", "Saint-Tite"]) == written


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("C.P.E. LES PETITS EXEMPLES", "C.P.E. les petits exemples"),
        ("COMITÉ ZIP DE L'EXEMPLE", "Comité ZIP de l'exemple"),
        ("LES AMIS DES O.U.R.S.", "Les amis des O.U.R.S."),
        ("FONDATION GUYLAINE EXEMPLE", "Fondation Guylaine Exemple"),
        ("ÉCOLE STE-MARIE ET NOTRE-DAME-DU-CAP", "École Ste-Marie et Notre-Dame-du-Cap"),
        ("CLUB LIONS DE TROIS-RIVIERES INC.", "Club Lions de Trois-Rivières inc."),
        ("CLUB DES RETRAITÉS(ES) (CDR)", "Club des retraités(es) (CDR)"),
        ("SERVICES HAUTE-MAURICIE", "Services Haute-Mauricie"),
        ("SOCIÉTÉ JEAN BAPTISTE LOCALE", "Société Jean Baptiste locale"),
        ("ATELIERS PIERRE-PAUL EXEMPLE", "Ateliers Pierre-Paul Exemple"),
        ("RÉSIDENCE MGR EXEMPLE", "Résidence Mgr Exemple"),
        ("MAISON MCI DE L'EXEMPLE", "Maison MCI de l'exemple"),
        ("CLUB DES PLI ET DES THÉS", "Club des pli et des thés"),
    ],
)
def test_acronyms_initials_and_proper_names_survive(name: str, written: str) -> None:
    assert capitals.sentence_case(name, ["Trois-Rivières", "Mauricie"]) == written


def test_a_mapping_may_keep_capitals(run: Run, site: Path) -> None:
    bare_list(site, ("ATELIER DE BATISCAN", "1 rue A", "Batiscan", "", "", "", ""))
    path = site / "content" / "import" / "exemple.yml"
    path.write_text(path.read_text(encoding="utf-8") + "casse: garder\n", encoding="utf-8")
    assert record(site, run().rows[0].slug)["nom"] == "ATELIER DE BATISCAN"


@pytest.mark.parametrize("name", ["LÜDIQ", "CDC", "IDÉ TR", "Coop ETC", "Café L'Entr'ACTE"])
def test_a_trade_mark_is_left(name: str) -> None:
    assert not capitals.is_shouted(name)


def test_a_shouted_name_and_a_personal_address_are_told(run: Run, site: Path) -> None:
    path = site / "content" / "import" / "exemple.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("  Lien: adhesion\n", "  Lien: etablissements.courriel\n"),
        encoding="utf-8",
    )
    text = (
        path.read_text(encoding="utf-8")
        .replace("  Lien: {Membre: regulier}\n", "")
        .replace("interpretes: [adhesion]\n", "")
    )
    path.write_text(text, encoding="utf-8")
    bare_list(site, ("ATELIER DE BATISCAN", "1 rue A", "Batiscan", "", "", "", "prenom.lenom@coop.example.org"))
    row = run().rows[0]
    values = record(site, row.slug)
    assert values["nom"] == "Atelier de Batiscan"
    assert "prenom.lenom" not in str(values["etablissements"])
    assert [note for note in row.changes if note.startswith("Nom\u00a0: ") and "Atelier de Batiscan" in note]
    assert [note for note in row.withheld if "ressemble à l’adresse d’une personne" in note]
    assert run().rows[0].outcome is Outcome.UNCHANGED
