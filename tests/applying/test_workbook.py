"""Fill the workbook of records: untouched it changes nothing, a changed cell changes one line."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from tests.applying.test_apply import SLUG, apply, diff
from tests.sites import Project

from annuaire.intake.applying import report
from annuaire.intake.importing import reading
from annuaire.yamlfile import source


def make(project: Project, fiches: str = "toutes") -> Path:
    """Prepare a workbook with the command."""
    path = project.root.parent / "classeur.xlsx"
    path.unlink(missing_ok=True)
    done = project.call("template", str(path), *(["--fiches", fiches] if fiches else []))
    assert done.returncode == 0, done.stderr
    return path


class Book:
    """Change the cells of a workbook by their headings."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)

    def sheet(self, name: str) -> Worksheet:
        """Give a sheet."""
        sheet = self.book[name]
        assert isinstance(sheet, Worksheet)
        return sheet

    def column(self, sheet: str, title: str) -> int:
        """Give the number of a column by its heading."""
        titles = [str(cell.value).removesuffix(" *") for cell in self.sheet(sheet)[1]]
        return titles.index(title) + 1

    def row(self, sheet: str, slug: str, rank: str = "") -> int:
        """Give the number of the row of a record, or of one of its items."""
        for number, cells in enumerate(self.sheet(sheet).iter_rows(values_only=True), start=1):
            if cells[0] == slug and (not rank or cells[2] == rank):
                return number
        raise ValueError(slug)

    def set(self, sheet: str, row: int, **values: str | int) -> None:
        """Write some cells of a row, by heading (underscores for spaces)."""
        for title, value in values.items():
            self.sheet(sheet).cell(row=row, column=self.column(sheet, title.replace("_", " ")), value=value)

    def save(self) -> Path:
        """Save the workbook where it was."""
        self.book.save(self.path)
        return self.path


def texts(project: Project) -> dict[str, str]:
    """Read every record."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(project.enterprises.glob("*.yml"))}


def test_an_untouched_workbook_changes_nothing(project: Project) -> None:
    before = texts(project)
    path = make(project)
    for each in (path, Book(path).save()):
        (outcome,) = apply(project, each)
        assert outcome.is_whole, report([outcome])
        assert not outcome.changed
        assert len(outcome.records) == len(before)
    assert texts(project) == before


def test_one_changed_cell_is_one_changed_line(project: Project) -> None:
    before = texts(project)
    book = Book(make(project, SLUG))
    book.set("Établissements", book.row("Établissements", SLUG, "2"), Téléphone="(819) 555-0199")
    (outcome,) = apply(project, book.save())
    assert outcome.is_accepted, report([outcome])
    after = texts(project)
    assert diff(before[SLUG], after.pop(SLUG)) == ['-    telephone: "819 555-0111"', '+    telephone: "819 555-0199"']
    before.pop(SLUG)
    assert after == before


def test_from_a_workbook_to_the_records_with_the_commands(project: Project) -> None:
    before = texts(project)
    book = Book(make(project, SLUG))
    place = book.row("Établissements", SLUG, "1")
    book.set("Établissements", place, Téléphone="555-0142")
    offer = book.sheet("Produits et services").max_row + 1
    name = "Entretien Exemple, entreprise d’insertion"
    book.set("Produits et services", offer, Entreprise=name, Produit_ou_service="Ramassage de feuilles")
    book.set("Produits et services", offer, **{"Catégorie_d’achat": "Déneigement"})
    book.set("Entreprises", 3, Nom="Atelier Nouvel Exemple", Forme_juridique="OBNL", Secteur="Arts et culture")
    book.set("Établissements", 4, Entreprise="Atelier Nouvel Exemple", Municipalité="Exempleville")

    refused = project.call("apply", str(book.save()), "--yes")
    assert refused.returncode == 1
    assert f"feuille « Établissements », ligne {place}, Téléphone : erreur" in refused.stdout.replace("\u00a0", " ")
    assert texts(project) == before

    book.set("Établissements", place, Téléphone="819 555-0142")
    done = project.call("apply", str(book.save()), "--yes")
    assert done.returncode == 0, done.stdout
    checked = project.call("validate")
    assert checked.returncode == 0, checked.stdout
    after = texts(project)
    assert diff(before.pop(SLUG), after.pop(SLUG)) == [
        "+  - nom: Ramassage de feuilles",
        "+    categorie: deneigement",
        '-    telephone: "819 555-0110"',
        '+    telephone: "819 555-0142"',
    ]
    assert after.pop("atelier-nouvel-exemple").splitlines()[1:] == [
        "nom: Atelier Nouvel Exemple",
        "forme_juridique: obnl",
        "statut: inconnu",
        "secteur: arts-culture",
        "etablissements:",
        "  - municipalite: Exempleville",
        "verification:",
        "  statut: a-confirmer",
    ]
    assert after == before


def test_what_a_person_writes_is_deduced_no_more(project: Project) -> None:
    path = project.record(SLUG)
    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n  deduits: [secteur, forme_juridique]\n"
    path.write_text(text, encoding="utf-8")
    book = Book(make(project, SLUG))
    book.set("Entreprises", 2, Secteur="Alimentation et restauration")
    (outcome,) = apply(project, book.save())
    assert outcome.is_accepted, report([outcome])
    assert diff(text, path.read_text(encoding="utf-8")) == [
        "-secteur: insertion-emploi",
        "+secteur: alimentation-restauration",
        "-  deduits: [secteur, forme_juridique]",
        "+  deduits: [forme_juridique]",
    ]


def test_sorting_and_filtering_change_nothing(project: Project) -> None:
    before = texts(project)
    book = Book(make(project))
    for name in ("Entreprises", "Produits et services", "Établissements"):
        sheet = book.sheet(name)
        rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows(min_row=2)]
        for number, row in enumerate(reversed(rows), start=2):
            for column, value in enumerate(row, start=1):
                sheet.cell(row=number, column=column, value=value)
    (outcome,) = apply(project, book.save())
    assert not outcome.changed, report([outcome])
    assert texts(project) == before


def test_offers_are_added_and_taken_away(project: Project) -> None:
    book = Book(make(project, SLUG))
    offers = book.sheet("Produits et services")
    offers.delete_rows(book.row("Produits et services", SLUG, "7"))
    last = offers.max_row + 1
    book.set(
        "Produits et services",
        last,
        Entreprise="entretien exemple, entreprise d’insertion",
        Produit_ou_service="Déneigement de toits",
    )
    book.set("Produits et services", last, **{"Catégorie_d’achat": "Déneigement"})
    (outcome,) = apply(project, book.save())
    assert outcome.is_accepted, report([outcome])
    after = texts(project)[SLUG]
    assert "Peinture de locaux" not in after
    assert "  - nom: Déneigement de toits\n    categorie: deneigement\n" in after


def test_a_new_enterprise_comes_with_its_place(project: Project) -> None:
    book = Book(make(project, ""))
    book.set("Entreprises", 2, Nom="Atelier Nouvel Exemple", Forme_juridique="OBNL", NEQ=1145678901)
    book.set(
        "Établissements", 2, Entreprise="Atelier Nouvel Exemple", Municipalité="Exempleville", Téléphone="8195550123"
    )
    (outcome,) = apply(project, book.save())
    assert outcome.is_accepted, report([outcome])
    text = texts(project)["atelier-nouvel-exemple"]
    assert 'neq: "1145678901"' in text
    assert 'telephone: "819 555-0123"' in text
    assert "statut: inconnu" in text
    (again,) = apply(project, book.path)
    assert again.is_accepted
    assert not again.changed


@pytest.mark.parametrize("value", ["=1+1", "+819", "@cmd", "-2", '=HYPERLINK("x")'])
def test_texts_are_never_formulas(project: Project, value: str) -> None:
    path = project.record(SLUG)
    path.write_text(path.read_text(encoding="utf-8").replace("Sur rendez-vous", f"'{value}'"), encoding="utf-8")
    made = make(project, SLUG)
    sheet = Book(made).sheet("Établissements")
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == value]
    assert (cell.data_type, cell.number_format, cell.quotePrefix) == ("s", "@", True)
    (outcome,) = apply(project, made)
    assert not outcome.changed


def test_the_workbook_guides_who_fills_it(project: Project) -> None:
    book = Book(make(project))
    sheet = book.sheet("Entreprises")
    assert book.book["Listes"].sheet_state == "hidden"
    assert sheet.cell(row=1, column=book.column("Entreprises", "Nom")).value == "Nom *"
    lists = {str(v.formula1) for v in sheet.data_validations.dataValidation if v.type == "list"}
    assert any(formula.startswith("Listes!$") for formula in lists)
    heading = sheet.cell(row=1, column=book.column("Entreprises", "Secteur"))
    assert heading.comment is not None
    values = {cell.value for cell in sheet["A"]}
    assert SLUG in values


@pytest.mark.parametrize(
    ("sheet", "title", "value", "words"),
    [
        ("Produits et services", "Rang", "99", "rang"),
        ("Produits et services", "Fiche", "inconnue", "son entreprise"),
        ("Entreprises", "Version", "", "Version"),
        ("Entreprises", "Version", "00000000", "version de départ"),
        ("Entreprises", "Fiche", "../x", "n’est pas une fiche"),
        ("Entreprises", "Secteur", "Rêves", "secteur"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(
    project: Project, sheet: str, title: str, value: str, words: str
) -> None:
    before = texts(project)
    book = Book(make(project, SLUG))
    book.set(sheet, 2, **{title: value})
    (outcome,) = apply(project, book.save())
    assert not outcome.is_accepted
    said = report([outcome])
    assert words in said
    assert "ligne 2" in said or ".yml:" in said
    assert texts(project) == before


def test_an_emptied_sheet_takes_nothing_away(project: Project) -> None:
    book = Book(make(project, SLUG))
    book.sheet("Produits et services").delete_rows(2, 50)
    (outcome,) = apply(project, book.save())
    assert "est vide" in outcome.refusal
    del book.book["Produits et services"]
    (outcome,) = apply(project, book.save())
    assert outcome.is_accepted
    assert not outcome.changed


def test_a_stale_workbook_replaces_nothing(project: Project) -> None:
    book = Book(make(project, SLUG))
    path = project.record(SLUG)
    path.write_text(path.read_text(encoding="utf-8").replace("819 555-0111", "819 555-0177"), encoding="utf-8")
    book.set("Établissements", book.row("Établissements", SLUG, "2"), Téléphone="819 555-0199", Nom_du_lieu="Départ")
    (outcome,) = apply(project, book.save())
    assert "819 555-0177" in path.read_text(encoding="utf-8")
    assert "nom: Départ" in path.read_text(encoding="utf-8")
    assert len(outcome.records[0].conflicts) == 1


def test_another_workbook_is_refused(project: Project) -> None:
    path = project.root.parent / "autre.xlsx"
    openpyxl.Workbook().save(path)
    (outcome,) = apply(project, path)
    assert "ni par annuaire template" in outcome.refusal
    assert reading.sheet_names(path) == ("Sheet",)
    assert project.call("template", "classeur.csv").returncode == 2
    assert project.call("template", "classeur.xlsx", "--fiches", "inconnue").returncode == 2


def test_a_row_deleted_in_a_spreadsheet_is_only_that_row(project: Project) -> None:
    before = texts(project)
    book = Book(make(project))
    book.sheet("Produits et services").delete_rows(book.row("Produits et services", SLUG, "7"))
    for sheet in book.book.worksheets:
        sheet.row_dimensions[1_048_576].height = 12.8  # LibreOffice names its last row, blank, once a row was deleted
    (outcome,) = apply(project, book.save())
    assert outcome.is_whole, report([outcome])
    after = texts(project)
    assert {line[0] for line in diff(before[SLUG], after.pop(SLUG))} == {"-"}
    before.pop(SLUG)
    assert after == before


def test_a_value_far_below_is_not_lost(project: Project) -> None:
    book = Book(make(project, SLUG))
    book.set("Produits et services", 400_000, Entreprise="Entretien Exemple", Délai="2 jours")
    (outcome,) = apply(project, book.save())
    assert "la ligne 400000 est remplie" in outcome.refusal


def test_an_enterprise_taken_out_of_the_workbook_is_left_alone(project: Project) -> None:
    before = texts(project)
    book = Book(make(project, f"{SLUG},exemplaire"))
    book.sheet("Entreprises").delete_rows(book.row("Entreprises", "exemplaire"))
    (outcome,) = apply(project, book.save())
    assert outcome.is_accepted, report([outcome])
    assert outcome.notes == ["rien n’est lu de exemplaire\u00a0: sa ligne n’est plus dans «\u00a0Entreprises\u00a0»"]
    assert texts(project) == before


def test_a_row_at_fault_is_told_once(project: Project) -> None:
    book = Book(make(project, SLUG))
    book.set("Entreprises", 2, Version="")
    (outcome,) = apply(project, book.save())
    assert outcome.refusal.count("ligne") == 1, outcome.refusal


def test_a_new_enterprise_that_names_its_record_is_told_to_leave_the_cell_empty(project: Project) -> None:
    book = Book(make(project, ""))
    book.set("Entreprises", 2, Fiche="buanderie-exemple", Nom="Buanderie Exemple")
    (outcome,) = apply(project, book.save())
    assert "ligne 2\u00a0: la fiche «\u00a0buanderie-exemple\u00a0» n’existe pas" in outcome.refusal
    assert "laisser la colonne «\u00a0Fiche\u00a0» vide" in outcome.refusal
    assert "Version" not in outcome.refusal


def test_a_formula_that_fails_is_refused_with_its_place(project: Project) -> None:
    book = Book(make(project, SLUG))
    book.set("Produits et services", 2, Délai="#DIV/0!")
    (outcome,) = apply(project, book.save())
    assert "ligne 2\u00a0: la formule de «\u00a0Délai\u00a0» est en erreur" in outcome.refusal


def test_a_column_without_a_title_is_named(project: Project) -> None:
    book = Book(make(project, SLUG))
    book.sheet("Entreprises").insert_cols(3)
    (outcome,) = apply(project, book.save())
    assert "feuille «\u00a0Entreprises\u00a0»\u00a0: la colonne C n’a pas de titre" in outcome.refusal
    book = Book(make(project, SLUG))
    sheet = book.sheet("Entreprises")
    place = sheet.cell(row=2, column=sheet.max_column + 2, value="À rappeler").coordinate
    (outcome,) = apply(project, book.save())
    assert f"la cellule {place} est hors des colonnes" in outcome.refusal


def test_a_workbook_that_may_be_filled_is_not_written_over(project: Project) -> None:
    path = make(project, SLUG)
    before = path.read_bytes()
    done = project.call("template", str(path), "--fiches", SLUG)
    assert (done.returncode, "existe déjà" in done.stderr) == (2, True)
    assert path.read_bytes() == before


def test_what_is_typed_in_an_empty_row_stays_a_text(project: Project) -> None:
    sheet = Book(make(project, "")).sheet("Produits et services")
    formats = {dimension.number_format for dimension in sheet.column_dimensions.values()}
    assert formats == {"@"}, "1/2 typed in a cell without a format becomes a date"


def test_a_column_sorted_without_the_others_is_refused(project: Project) -> None:
    before = texts(project)
    book = Book(make(project))
    sheet, column = book.sheet("Établissements"), book.column("Établissements", "Téléphone")
    cells = [sheet.cell(row=row, column=column) for row in range(2, sheet.max_row + 1)]
    for cell, value in zip(cells, sorted((str(cell.value or "") for cell in cells), reverse=True), strict=True):
        cell.value = value
    (outcome,) = apply(project, book.save())
    assert "la colonne «\u00a0Téléphone\u00a0» a été triée sans les autres" in outcome.refusal
    assert texts(project) == before


def test_a_sheet_that_is_not_read_is_said(project: Project) -> None:
    """One that was renamed, or a copy of another: what was changed there would be lost unseen."""
    book = Book(make(project, SLUG))
    book.set("Produits et services", 2, Délai="2 jours")
    book.sheet("Produits et services").title = "Nos offres"
    (outcome,) = apply(project, book.save())
    assert not outcome.changed
    assert not outcome.is_whole
    assert outcome.notes == ["la feuille «\u00a0Nos offres\u00a0» n’est pas lue"]


def test_a_row_copied_to_add_another_is_told_what_to_empty(project: Project) -> None:
    book = Book(make(project, SLUG))
    sheet = book.sheet("Produits et services")
    sheet.append([sheet.cell(row=2, column=column).value for column in range(1, sheet.max_column + 1)])
    (outcome,) = apply(project, book.save())
    assert "le rang «\u00a01\u00a0» y est deux fois\u00a0: pour ajouter une ligne, vider" in outcome.refusal


def test_a_workbook_names_records_as_people_do(project: Project) -> None:
    read = (source.read(path).values for path in sorted(project.enterprises.glob("*.yml")))
    name = next(str(values["nom"]) for values in read if "," not in str(values["nom"]))
    path = project.root.parent / "par-nom.xlsx"
    done = project.call("template", str(path), "--fiches", f"{name.upper()},{SLUG},{SLUG}")
    assert done.returncode == 0, done.stderr
    assert "avec 2\u00a0fiches" in done.stdout
    wrong = project.call("template", str(project.root.parent / "x.xlsx"), "--fiches", "inconnue")
    assert (wrong.returncode, ".yml" in wrong.stderr, "«\u00a0Fiche\u00a0»" in wrong.stderr) == (2, False, True)
