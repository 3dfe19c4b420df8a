"""A list that nobody described: what it holds is guessed, corrected in a workbook, and imported with it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from annuaire import config
from annuaire.intake import importing
from annuaire.intake.importing import headings, reading
from annuaire.intake.importing.headings import named
from annuaire.intake.workbooks import mapping_book
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile import source

LIST = [
    ["Membres de l’Exemple, 2026", "", "", "", "", "", ""],
    ["", "", "", "", "", "", ""],
    ["Organisme", "Ville", "No", "Contact", "Genre", "Domaine", "Cotisation"],
    ["Coop Exemple", "Trois-Rivières (Québec)", "1142934315", "819 555-0142", "coop de travail", "Culture", "payée"],
    ["Atelier Exemple", "Ste-Thècle", "1149999996", "819-555-0143 / 819 555-0144", "OSBL", "CPE", "payée"],
    ["Relais Exemple", "Shawiniganne", "", "(819) 555-0145", "O.B.N.L.", "Zeppelins", "due"],
    ["Halte Exemple", "Shawinigan", "", "819 555 0146", "APE", "culture", "due"],
]


def as_csv(path: Path, rows: list[list[str]], delimiter: str = ";", before: str = "") -> Path:
    path.write_text(before + "\n".join(delimiter.join(row) for row in rows) + "\n", encoding="utf-8")
    return path


def as_book(path: Path, rows: list[list[str]], name: str = "Membres") -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Notes"
    book.active.append(["Ne pas lire"])
    sheet = book.create_sheet(name)
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def prepared(site: Path, listed: Path) -> tuple[str, Path]:
    output = site / "correspondance.xlsx"
    return mapping_book.prepare(listed, output, config.load(site / "mkdocs.yml")), output


def cells(path: Path, sheet: str) -> dict[str, dict[str, str]]:
    """Give the rows of a sheet of the workbook by their first cell, or by their first two for the words."""
    rows = [
        [str(cell or "") for cell in row] for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    ]
    at = 2 if sheet == "Mots" else 1
    return {" ".join(row[:at]): dict(zip(rows[0], row, strict=True)) for row in rows[1:]}


def corrected(path: Path, sheet: str, first: str, column: str, value: str) -> None:
    book = openpyxl.load_workbook(path)
    titles = [cell.value for cell in book[sheet][1]]
    for row in book[sheet].iter_rows(min_row=2):
        at = 1 if sheet == "Mots" else 0
        if row[at].value == first:
            row[titles.index(column)].value = value
    book.save(path)


def records(site: Path) -> dict[str, dict[str, object]]:
    return {path.stem: source.read(path).values for path in (site / "content" / "enterprises").glob("*.yml")}


def test_columns_are_guessed_by_their_name_and_by_their_values(site: Path) -> None:
    said, output = prepared(site, as_book(site / "liste.xlsx", LIST))
    goes = {name: row["Va dans"] for name, row in cells(output, "Colonnes").items()}
    assert goes == {
        "Organisme": "Nom",
        "Ville": "Municipalité",
        "No": "NEQ",
        "Contact": "Téléphone",
        "Genre": "Forme juridique",
        "Domaine": "Secteur",
        "Cotisation": "",
    }
    assert "feuille «\u00a0Membres\u00a0», ligne 3, «\u00a0Organisme\u00a0»" in said
    assert "Feuilles laissées\u00a0: Notes" in said


def test_words_are_listed_with_a_suggestion_in_labels(site: Path) -> None:
    _, output = prepared(site, as_csv(site / "liste.csv", LIST))
    words = {word: (row["Veut dire"], row["Pourquoi"]) for word, row in cells(output, "Mots").items()}
    assert words["Genre coop de travail"] == ("Coopérative de travail", "sûr")
    assert words["Genre O.B.N.L."] == ("Organisme à but non lucratif", "sûr")
    assert words["Domaine CPE"] == ("Services de garde et petite enfance", "sûr")
    assert words["Domaine Zeppelins"] == ("", "inconnu, à préciser")
    assert words["Ville Shawiniganne"][0] == "Shawinigan"
    assert "Ville Ste-Thècle" not in words
    assert words["Cotisation due"] == ("", "")


LIKE = [
    ["Nom", "Ville", "Secteur", "Forme juridique"],
    ["Atelier A", "Shawinigan", "Apiculture urbaine spatiale", "Société"],
    ["Atelier B", "Shawinigan", "Fabricassion", "entreprise d’économie sociale"],
    ["Atelier C", "Shawinigan", "Transports", "OBNL"],
    ["Atelier D", "Shawinigan", "x", "OBNL"],
    ["Atelier E", "Shawinigan", "Culture", "OBNL"],
    ["Atelier F", "Shawinigan", "Culture", "OBNL"],
]


def test_a_word_that_only_resembles_is_proposed_and_never_applied(site: Path) -> None:
    listed = as_csv(site / "liste.csv", LIKE)
    said, output = prepared(site, listed)
    words = {word: (row["Veut dire"], row["Proposition"]) for word, row in cells(output, "Mots").items()}
    assert words["Secteur Transports"] == ("Transport", "")
    assert words["Secteur Fabricassion"] == ("", "Fabrication")
    assert [words[f"Forme juridique {word}"][0] for word in ("Société", "entreprise d’économie sociale")] == ["", ""]
    assert "5 mots à vérifier" in said.replace("\u00a0", " ")
    corrected(output, "Réglages", "Toute la liste est faite d’entreprises d’économie sociale", "Valeur", "oui")
    report = importing.run(listed, output, config.load(site / "mkdocs.yml"))
    made = records(site)
    assert [made[f"atelier-{letter}"]["secteur"] for letter in "abcd"] == [
        *["a-preciser"] * 2,
        "transport",
        "a-preciser",
    ]
    assert [made[f"atelier-{letter}"]["forme_juridique"] for letter in "abc"] == [*["a-preciser"] * 2, "obnl"]
    for row, word in zip(report.rows, ("Société", "Fabricassion", "", "x", "", ""), strict=True):
        assert not word or any(f"«\u00a0{word}\u00a0»" in change and "à préciser" in change for change in row.changes)


def test_a_sure_word_that_a_person_emptied_is_left_to_specify_and_told(site: Path) -> None:
    listed = as_csv(site / "liste.csv", LIKE)
    _, output = prepared(site, listed)
    corrected(output, "Mots", "Transports", "Veut dire", "")
    corrected(output, "Mots", "Fabricassion", "Veut dire", "Fabrication")
    corrected(output, "Réglages", "Toute la liste est faite d’entreprises d’économie sociale", "Valeur", "oui")
    report = importing.run(listed, output, config.load(site / "mkdocs.yml"))
    made = records(site)
    assert (made["atelier-c"]["secteur"], made["atelier-b"]["secteur"]) == ("a-preciser", "fabrication")
    assert any("«\u00a0Transports\u00a0»" in change for change in report.rows[2].changes)


def test_the_workbook_is_given_back_and_the_list_imported(site: Path) -> None:
    listed = as_csv(site / "liste.csv", LIST, before="sep=;\n")
    _, output = prepared(site, listed)
    corrected(output, "Mots", "Zeppelins", "Veut dire", "Fabrication")
    corrected(output, "Mots", "due", "Garder", "x")
    corrected(output, "Mots", "payée", "Garder", "x")
    corrected(output, "Colonnes", "Cotisation", "Va dans", "")
    report = importing.run(listed, output, config.load(site / "mkdocs.yml"))
    assert [row.outcome.value for row in report.rows] == ["cree"] * 4
    made = records(site)
    assert made["coop-exemple"]["secteur"] == "arts-culture"
    assert made["coop-exemple"]["forme_juridique"] == "cooperative-de-travail"
    assert made["atelier-exemple"]["forme_juridique"] == "obnl"
    assert made["relais-exemple"]["secteur"] == "fabrication"
    assert made["relais-exemple"]["etablissements"] == [{"municipalite": "Shawinigan", "telephone": "819 555-0145"}]
    assert "819 555-0144" in str(report.rows[1].changes)


def test_rows_wait_when_nobody_said_which_are_enterprises(site: Path) -> None:
    listed = as_csv(site / "liste.csv", LIST)
    _, output = prepared(site, listed)
    report = importing.run(listed, output, config.load(site / "mkdocs.yml"))
    assert report.waiting == 4
    assert not records(site)
    corrected(output, "Réglages", "Toute la liste est faite d’entreprises d’économie sociale", "Valeur", "Oui")
    assert importing.run(listed, output, config.load(site / "mkdocs.yml")).waiting == 0


def test_an_unknown_word_never_loses_a_row(site: Path) -> None:
    listed = as_csv(site / "liste.csv", LIST)
    _, output = prepared(site, listed)
    corrected(output, "Réglages", "Toute la liste est faite d’entreprises d’économie sociale", "Valeur", "oui")
    report = importing.run(listed, output, config.load(site / "mkdocs.yml"))
    assert records(site)["relais-exemple"]["secteur"] == "a-preciser"
    assert any("Zeppelins" in change and "à préciser" in change for change in report.rows[2].changes)


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("Va dans", "Nomm", "« Nomm » n’est pas un champ"),
        ("Va dans", "Municipalité", "deux colonnes"),
    ],
)
def test_a_wrong_workbook_is_explained(site: Path, column: str, value: str, words: str) -> None:
    listed = as_csv(site / "liste.csv", LIST)
    _, output = prepared(site, listed)
    corrected(output, "Colonnes", "Cotisation", column, value)
    with pytest.raises(AnnuaireError) as told:
        importing.run(listed, output, config.load(site / "mkdocs.yml"))
    assert words in str(told.value).replace("\u00a0", " ")


def test_a_wrong_code_is_said_once(site: Path) -> None:
    listed = as_csv(site / "liste.csv", LIST)
    _, output = prepared(site, listed)
    corrected(output, "Mots", "OSBL", "Veut dire", "Fanfare")
    corrected(output, "Mots", "APE", "Veut dire", "Fanfare")
    with pytest.raises(AnnuaireError) as told:
        importing.run(listed, output, config.load(site / "mkdocs.yml"))
    assert str(told.value).count("Fanfare") == 1
    assert "qui connaît Coopérative de solidarité, Coopérative de travail" in str(told.value), "what may be written"


def test_a_workbook_that_is_no_mapping_is_said(site: Path) -> None:
    listed = as_book(site / "liste.xlsx", LIST)
    with pytest.raises(AnnuaireError, match="--preparer"):
        importing.run(listed, listed, config.load(site / "mkdocs.yml"))


@pytest.mark.parametrize(
    ("rows", "titles", "at"),
    [
        ([["Nom", "Ville"], ["A", "B"]], ("Nom", "Ville"), 1),
        ([["Liste"], ["Nom", "Ville", "Tél"], ["A", "B", "819 555-0142"]], ("Nom", "Ville", "Tél"), 2),
        (
            [["Nom", "Adresse", "", "Tél"], ["", "Rue", "Ville", ""], ["A", "1, rue B", "C", "819 555-0142"]],
            ("Nom", "Adresse Rue", "Adresse Ville", "Tél"),
            2,
        ),
        (
            [["Siège", "", "Point", ""], ["Rue", "Ville", "Rue", "Ville"], ["1, rue A", "B", "2, rue C", "D"]],
            ("Siège Rue", "Siège Ville", "Point Rue", "Point Ville"),
            2,
        ),
        ([["Nom", "Ville", ""], ["A", "B", "x y"], ["C", "D", "z"]], ("Nom", "Ville"), 1),
    ],
)
def test_titles_on_one_line_or_two(tmp_path: Path, rows: list[list[str]], titles: tuple[str, ...], at: int) -> None:
    sheet = reading.read(as_csv(tmp_path / "liste.csv", rows), find=headings.guessed)
    assert (sheet.columns, sheet.titles_at) == (titles, at)


def test_columns_without_a_title_or_with_the_same_have_a_name() -> None:
    assert named(["Nom", "", "Tél", "Tél"]) == ("Nom", "Colonne B", "Tél", "Tél (2)")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_that_of_the_rows_not_of_the_title(tmp_path: Path, delimiter: str) -> None:
    rows = [["Membres"], *[[f"{name} Exemple", "Shawinigan", "G9N 1A1"] for name in "ABC"]]
    rows.insert(1, ["Nom", "Ville", "CP"])
    sheet = reading.read(as_csv(tmp_path / "liste.csv", rows, delimiter), find=headings.guessed)
    assert sheet.columns == ("Nom", "Ville", "CP")
    assert len(sheet.rows) == 3


def as_ods(path: Path, rows: list[list[str]]) -> Path:
    body = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in row
        )
        + "</table:table-row>"
        for row in rows
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="Membres">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def test_the_workbook_of_another_program_is_read_and_what_it_loses_is_said(site: Path) -> None:
    said, output = prepared(site, as_ods(site / "liste.ods", LIST))
    assert "Coop Exemple" in cells(output, "Colonnes")["Organisme"]["Exemples"]
    assert "les lignes cachées" in said


def test_a_list_that_is_not_there_is_said(site: Path) -> None:
    with pytest.raises(AnnuaireError, match="ne peut pas être lu"):
        prepared(site, site / "absente.xlsx")


@pytest.mark.parametrize("name", ["liste.xls", "liste.ods"])
def test_a_damaged_workbook_of_another_program_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04 rien de bon")
    with pytest.raises(AnnuaireError, match="illisible"):
        reading.read_within(tmp_path / name, find=headings.guessed)


def test_a_list_of_one_municipality_is_said_so_in_the_workbook(site: Path) -> None:
    rows = [
        ["Nom", "Autres secteurs", "Forme"],
        ["Coop A", "Culture;\nhabitation", "OBNL"],
        ["Coop B", "Transports", "OBNL"],
    ]
    listed = as_book(site / "liste.xlsx", rows)
    said, output = prepared(site, listed)
    assert "«\u00a0Municipalité\u00a0», ou sa valeur pour toute la liste (feuille «\u00a0Réglages\u00a0»)" in said
    words = {word: row["Veut dire"] for word, row in cells(output, "Mots").items()}
    assert words["Autres secteurs Transports"] == "Transport"
    assert words["Autres secteurs habitation"] == "Habitation"
    corrected(output, "Réglages", "Pour toutes les fiches\u00a0: Municipalité", "Valeur", "Shawinigan")
    corrected(output, "Réglages", "Toute la liste est faite d’entreprises d’économie sociale", "Valeur", "oui")
    report = importing.run(listed, output, config.load(site / "mkdocs.yml"))
    assert report.counts[importing.Outcome.CREATED] == 2, report.as_text()
    assert records(site)["coop-a"]["secteurs_secondaires"] == ["arts-culture", "habitation"]


def test_the_postal_codes_of_elsewhere_are_known_by_their_title(site: Path) -> None:
    """Left aside, they would let in a town of elsewhere that has the name of one of the site's."""
    rows = [["Nom", "Ville", "Code postal"], ["Jardin A", "Champlain", "12919"], ["Jardin B", "Saint-Sévère", "36160"]]
    _, output = prepared(site, as_csv(site / "liste.csv", rows))
    assert cells(output, "Colonnes")["Code postal"]["Va dans"] == "Code postal"
    corrected(output, "Réglages", "Toute la liste est faite d’entreprises d’économie sociale", "Valeur", "oui")
    report = importing.run(site / "liste.csv", output, config.load(site / "mkdocs.yml"))
    assert report.counts[importing.Outcome.REFUSED] == 2, report.as_text()
    assert all("n’est pas du Québec" in row.reason for row in report.rows)


def test_what_is_wrong_in_the_workbook_of_a_mapping_names_no_key(site: Path) -> None:
    listed = as_book(site / "liste.xlsx", LIST)
    _, output = prepared(site, listed)
    report = importing.run(listed, output, config.load(site / "mkdocs.yml"), dry_run=True)
    assert "mettre un x sous «\u00a0Garder\u00a0»" in report.how_to_decide
    assert "garder:" not in report.as_text()
    corrected(output, "Colonnes", "Contact", "Va dans", "NEQ")
    with pytest.raises(AnnuaireError, match="«\u00a0No\u00a0» et «\u00a0Contact\u00a0» vont dans «\u00a0NEQ\u00a0»"):
        importing.run(listed, output, config.load(site / "mkdocs.yml"))
    corrected(output, "Colonnes", "Contact", "Va dans", "Téléphone")
    corrected(output, "Réglages", "Titre de la liste", "Valeur", "")
    with pytest.raises(AnnuaireError, match="il manque «\u00a0Titre de la liste\u00a0»"):
        importing.run(listed, output, config.load(site / "mkdocs.yml"))


def test_the_words_of_offers_are_listed_so_that_a_person_gives_their_category(site: Path) -> None:
    rows = [
        ["Nom du titulaire", "Nom de l’installation", "Ville", "Service"],
        ["Coop A", "Relais A", "Shawinigan", "Traiteur"],
        ["Coop B", "Relais B", "Shawinigan", "Repas zeppelin"],
    ]
    listed = as_csv(site / "liste.csv", rows)
    _, output = prepared(site, listed)
    goes = {name: row["Va dans"] for name, row in cells(output, "Colonnes").items()}
    assert goes["Nom du titulaire"] == "Nom"
    assert goes["Nom de l’installation"] == "Nom du lieu"
    words = {word: row["Veut dire"] for word, row in cells(output, "Mots").items()}
    assert (words["Service Traiteur"] != "", words["Service Repas zeppelin"]) == (True, "")
    corrected(output, "Mots", "Repas zeppelin", "Veut dire", words["Service Traiteur"])
    corrected(output, "Réglages", "Toute la liste est faite d’entreprises d’économie sociale", "Valeur", "oui")
    importing.run(listed, output, config.load(site / "mkdocs.yml"))
    offers = [records(site)[slug]["offres"][0] for slug in ("coop-a", "coop-b")]  # type: ignore[index]
    assert [(offer["nom"], offer["categorie"]) for offer in offers] == [
        ("Traiteur", "traiteur"),
        ("Repas zeppelin", "traiteur"),
    ]


def test_the_only_name_of_a_list_is_that_of_the_enterprise(site: Path) -> None:
    rows = [["Nom du lieu", "Ville", "Catégorie"], ["Coop A", "Shawinigan", "Traiteur; Zeppelins"]]
    _, output = prepared(site, as_csv(site / "liste.csv", rows, "|"))
    goes = {name: row["Va dans"] for name, row in cells(output, "Colonnes").items()}
    assert goes["Nom du lieu"] == "Nom"
    assert {"Catégorie Traiteur", "Catégorie Zeppelins"} <= set(cells(output, "Mots"))
