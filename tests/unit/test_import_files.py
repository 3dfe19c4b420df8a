"""Read the files an import is given: sheets, mapping, decisions, rules, state; a wrong one is explained."""

import shutil
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from annuaire.intake.importing import decisions, deductions, mapping, reading, state
from annuaire.places import territories, vocabularies
from annuaire.places.meanings import Meanings
from annuaire.schema import load
from annuaire.text.problems import AnnuaireError

FIXTURES = Path(__file__).parent / "import"


def csv_file(folder: Path, data: bytes) -> Path:
    path = folder / "liste.csv"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_whatever_wrote_it(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = f"Nom{delimiter}Ville\r\n\r\nÉpicerie Exemple{delimiter}Batiscan\r\n"
    sheet = reading.read(csv_file(tmp_path, text.encode(encoding)))
    assert sheet.columns == ("Nom", "Ville")
    assert [(row.number, dict(row.cells)) for row in sheet.rows] == [
        (3, {"Nom": "Épicerie Exemple", "Ville": "Batiscan"})
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "aucune ligne de titres"),
        (b"Nom,Nom\na,b\n", "le même titre"),
        (b"Nom,,Ville\na,b,c\n", "pas de titre"),
        (b"Nom\n\x00\n", "caract"),
        (b"Nom\n\x81\x8d\n", "encodage"),
        (b'Nom\n"guillemet jamais ferm\xc3\xa9\nautre\n', "mal form"),
    ],
)
def test_a_wrong_csv_is_explained(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(AnnuaireError, match=words):
        reading.read(csv_file(tmp_path, data))


def test_a_row_of_another_shape_keeps_its_fault(tmp_path: Path) -> None:
    sheet = reading.read(csv_file(tmp_path, b"Nom,Ville\nExemple,Batiscan,reste\nExemple\n"))
    assert [bool(row.fault) for row in sheet.rows] == [True, False]
    assert sheet.rows[1].cells == {"Nom": "Exemple", "Ville": ""}


def test_limits_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = csv_file(tmp_path, b"Nom\na\nb\nc\n")
    monkeypatch.setattr(reading, "MAX_ROWS", 2)
    with pytest.raises(AnnuaireError, match="2 lignes"):
        reading.read(path)
    monkeypatch.setattr(reading, "MAX_BYTES", 3)
    with pytest.raises(AnnuaireError, match="Mo"):
        reading.read(path)


def test_a_workbook_gives_texts(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Nom", "NEQ", "Depuis", "Membre", "Latitude", "Formule"])
    sheet.append(["Exemple", 1142934315, date(1998, 5, 12), True, 46.5, "=1+1"])
    book.create_sheet("Autre").append(["Titre"])
    path = tmp_path / "liste.xlsx"
    book.save(path)
    row = reading.read(path).rows[0]
    assert list(row.cells.values()) == ["Exemple", "1142934315", "1998-05-12", "oui", "46.5", reading.UNCOMPUTED]
    assert reading.read(path, "Autre").columns == ("Titre",)
    with pytest.raises(AnnuaireError, match="Absente"):
        reading.read(path, "Absente")


@pytest.mark.parametrize("value", [date(1998, 5, 12), datetime(1998, 5, 12, 13, 30, tzinfo=UTC)])
def test_dates_are_written_in_order(value: date) -> None:
    assert reading._text(value).startswith("1998-05-12")


def test_a_wrong_workbook_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    path.write_bytes(b"ceci n'est pas un classeur")
    with pytest.raises(AnnuaireError, match="illisible"):
        reading.read(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("vide.txt", "")
    with pytest.raises(AnnuaireError, match="illisible"):
        reading.read(path)
    with pytest.raises(AnnuaireError, match="ne peut pas"):
        reading.read(tmp_path / "absent.csv")
    (tmp_path / "liste.pdf").touch()
    with pytest.raises(AnnuaireError, match="seuls"):
        reading.read(tmp_path / "liste.pdf")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("titre: Liste Exemple", "titr: Liste", "titr"),
        ("  Nom: nom", "  Nom: nomm", "nomm"),
        ("  Nom: nom\n", "", "Nom"),
        ("  Site: site_web", "  Site: neq", "deux colonnes"),
        ("  Lien: {Membre", "  Absente: {Membre", "Absente"),
        ("decisions: decisions.csv", "decisions: absente.csv", "absente.csv"),
        ("  statut: inconnu", "  statut: [inconnu]", "simple texte"),
        ("constantes:", "constantes: rien\nautre:", "autre"),
        ("constantes:", "garder: oui\nconstantes:", "garder"),
        ("constantes:", "garder: {Forme: []}\nconstantes:", "garder: {Type: CPE}"),
        ("constantes:", "garder: {Forme: {a: b}}\nconstantes:", "garder: {Type: CPE}"),
    ],
)
def test_a_wrong_mapping_is_explained(tmp_path: Path, old: str, new: str, words: str) -> None:
    shutil.copytree(FIXTURES, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "exemple.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(AnnuaireError, match=words):
        mapping.load(path, load("enterprises"), Meanings(vocabularies.load(), territories.load()))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("cle,nom", "clef,nom", "les colonnes"),
        (",public,", ",prive,", "prive"),
        ("commerce-de-detail", "magasin", "magasin"),
        (",Batiscan,", ",Batiscane,", "Batiscane"),
        ("8899999904,", "1199999903,", "deux fois"),
        (",Municipalité,", ",,", "raison"),
        (",musee exemple @ Saint-Stanislas,oui", ",inconnu,oui", "fusionner"),
        (",musee exemple @ Saint-Stanislas,oui", ",8899999904,oui", "classe"),
    ],
)
def test_a_wrong_decision_is_explained(tmp_path: Path, old: str, new: str, words: str) -> None:
    text = (FIXTURES / "decisions.csv").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "decisions.csv"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(AnnuaireError, match=words):
        decisions.load(path, vocabularies.load(), territories.load())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("regle:\n  contient: [musée]\n  secteur: absent\n", "absent"),
        ("regle:\n  contient: [musée]\n  forme_juridique: absente\n", "absente"),
        ("regle:\n  secteur: habitation\n", "contient"),
        ("regle:\n  contien: [musée]\n", "clés permises"),
        ("regle: musée\n", "clés permises"),
    ],
)
def test_a_wrong_rule_is_explained(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "regles.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AnnuaireError, match=words):
        deductions.load(path, vocabularies.load())


def test_rules_read_whole_words_in_order() -> None:
    rules = deductions.load(FIXTURES / "regles.yml", vocabularies.load())
    assert deductions.deduce("Coop d'habitation Exemple", rules) == deductions.Deduction(
        "habitation", "cooperative-de-consommateurs", confidential=True
    )
    assert deductions.deduce("Musée Exemple, coop de solidarité", rules).form == "cooperative-de-solidarite"
    assert deductions.deduce("Association coopérative d’économie familiale", rules).form == ""
    assert deductions.deduce("Le CPE Exemple", rules).sector == ""
    assert deductions.deduce("Coopérateurs Exemple", rules) == deductions.Deduction()


def test_a_damaged_state_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "etat.json"
    assert state.read(path) is None
    assert state.load(None, path.name) == {}
    entries = {"b": state.Written("b", "2"), 'a "é"': state.Written("a", "1")}
    path.write_text(state.text_of(entries), encoding="utf-8")
    assert state.load(state.read(path), path.name) == entries
    for text in ("{", "[]", '{"version": 1}', '{"version": 1, "lignes": {"a": 1}}', '{"version": 9}'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(AnnuaireError):
            state.load(text, path.name)


def workbook(folder: Path, rows: str, name: str = "xl/worksheets/sheet1.xml") -> Path:
    """Write a workbook whose sheet, or another part, is replaced by the given XML."""
    plain, made = folder / "plain.xlsx", folder / "liste.xlsx"
    openpyxl.Workbook().save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w") as new:
        for item in old.namelist():
            new.writestr(item, rows if item == name else old.read(item))
    return made


def sheet_xml(*rows: tuple[int, str], dimension: str = "A1:A1") -> str:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cells = "".join(
        f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>{text}</t></is></c></row>' for number, text in rows
    )
    return f'<worksheet xmlns="{space}"><dimension ref="{dimension}"/><sheetData>{cells}</sheetData></worksheet>'


def test_a_row_numbered_absurdly_far_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AnnuaireError, match="hors de la feuille"):
        reading.read(workbook(tmp_path, sheet_xml((1, "Nom"), (999_999_999, "Loin"))))


@pytest.mark.parametrize("dimension", ["A1:A1", "A1:XFD1048576"])
def test_the_size_that_a_workbook_states_is_not_believed(tmp_path: Path, dimension: str) -> None:
    sheet = reading.read(workbook(tmp_path, sheet_xml((1, "Nom"), (4, "Coop"), dimension=dimension)))
    assert sheet.columns == ("Nom",)
    assert [(row.number, dict(row.cells), row.fault) for row in sheet.rows] == [(4, {"Nom": "Coop"}, "")]


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize("xml", ["", "<", "<a/>", "<worksheet><sheetData><row r='x'/></sheetData></worksheet>"])
def test_a_damaged_part_of_a_workbook_is_explained(tmp_path: Path, part: str, xml: str) -> None:
    with pytest.raises(AnnuaireError, match=r"classeur|titres"):
        reading.read(workbook(tmp_path, xml, part))


@pytest.mark.parametrize(("offset", "value"), [(6, 1), (8, 99)])  # flags: encrypted; method: unknown
def test_an_encrypted_or_odd_workbook_is_explained(tmp_path: Path, offset: int, value: int) -> None:
    path = workbook(tmp_path, sheet_xml((1, "Nom")))
    data = bytearray(path.read_bytes())
    for mark, shift in ((b"PK\x03\x04", 0), (b"PK\x01\x02", 2)):
        start = data.find(mark)
        while start >= 0:
            data[start + shift + offset] = value
            start = data.find(mark, start + 4)
    path.write_bytes(data)
    with pytest.raises(AnnuaireError, match="classeur"):
        reading.read(path)


def test_a_formula_without_its_result_is_no_empty_cell(tmp_path: Path) -> None:
    """A program that is no spreadsheet writes formulas and works none out; a result that is an empty text is a text."""
    filled = tmp_path / "liste.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Nom", "Téléphone"])
    book.active.append(["Coop Exemple", '=CONCATENATE("819 555-", "0100")'])
    book.active.append([None, "=B2"])
    book.save(filled)
    assert [dict(row.cells) for row in reading.read(filled).rows] == [
        {"Nom": "Coop Exemple", "Téléphone": reading.UNCOMPUTED},
        {"Nom": "", "Téléphone": reading.UNCOMPUTED},
    ]
    cells = (
        '<c r="A2" t="str"><f>IF(1=1,"",2)</f><v></v></c><c r="B2" t="str"><f t="shared" si="0"/><v/></c>'
        '<c r="C2" s="3"><f t="shared" si="1"/></c><c r="D2"><f>1+1</f><v>2</v></c><c r="E2"><v>5</v></c>'
    )
    titles = "".join(f'<c r="{at}1" t="inlineStr"><is><t>{at}</t></is></c>' for at in "ABCDE")
    xml = sheet_xml().replace("</sheetData>", f"<row r='1'>{titles}</row><row r='2'>{cells}</row></sheetData>")
    (row,) = reading.read(workbook(tmp_path, xml)).rows
    assert dict(row.cells) == {"A": "", "B": "", "C": reading.UNCOMPUTED, "D": "2", "E": "5"}
