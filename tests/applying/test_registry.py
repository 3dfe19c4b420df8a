"""Compare records with a made-up archive of the register, decide in the workbook, apply what was decided."""

from __future__ import annotations

import csv
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from bench.registry import DOMICILE, PERSON, Planted, write
from tests.applying.test_apply import apply
from tests.applying.test_workbook import Book, texts
from tests.sites import Project

from annuaire import schema
from annuaire.intake.applying import report
from annuaire.intake.registry import archive
from annuaire.intake.registry.observing import ACTIVITY, TITLES, Kind
from annuaire.records.collections import ENTERPRISES

SHEET = "Registre"
LAC, RADIE, AUTRE, SANS, FUSION, ABSENT = (
    "cooperative-exemple-du-lac",
    "atelier-exemple-radie",
    "coop-les-exemplaires",
    "cpe-exemple-soleil",
    "service-exemple-fusionne",
    "relais-exemple",
)
RECORDS = {
    LAC: ("Coopérative Exemple du Lac", "1142934315", "forme_juridique: a-preciser", "[forme_juridique, secteur]"),
    RADIE: ("Atelier Exemple Radié", "1170001111", "forme_juridique: obnl\nannee_fondation: 1980", "[secteur]"),
    AUTRE: ("Coop les Exemplaires", "1170002222", "forme_juridique: cooperative", "[secteur]"),
    SANS: ("CPE Exemple Soleil", "", "forme_juridique: obnl", "[secteur]"),
    FUSION: ("Service Exemple Fusionné", "1170004444", "forme_juridique: obnl", "[secteur]"),
    ABSENT: ("Relais Exemple", "1170005555", "forme_juridique: obnl", "[secteur]"),
}
REGISTERED = (
    Planted("1142934315", "COOPÉRATIVE DE SOLIDARITÉ EXEMPLE DU LAC", form="COP", activity="Culture de petits fruits"),
    Planted("1170001111", "ATELIER EXEMPLE RADIÉ", status="RO", status_day="2023-06-30", founded="1982-03-04"),
    Planted("1170002222", "Travail de rue Modèle", "La Tuque"),
    Planted("1170003333", "=Coopérative de solidarité Les Exemplaires", form="COP"),
    Planted("1170003334", "Coopérative Les Exemplaires", "Laval", form="COP"),
    Planted("1170006666", "CENTRE DE LA PETITE ENFANCE EXEMPLE SOLEIL INC."),
    Planted("2270007777", "CPE Exemple Soleil"),
    Planted("3370008888", "CPE Exemple Soleil S.E.N.C."),
    Planted("1170004444", "Service Exemple Fusionné", status="RD", status_day="2019-12-31", merged="1142934315"),
)


@pytest.fixture
def site(tmp_path: Path) -> Project:
    """Lay a site of six records that have something to learn from the register."""
    site = Project(tmp_path / "site")
    site.enterprises.mkdir(parents=True)
    site.config_file.write_text(
        "site_name: Essai\nsite_url: https://exemple.org/\nextra:\n  annuaire:\n    publication: demonstration\n"
        "    regions: ['04']\n    contenu: content\n",
        encoding="utf-8",
    )
    for slug, (name, neq, more, guessed) in RECORDS.items():
        number = f'neq: "{neq}"\n' if neq else ""
        site.record(slug).write_text(
            f"nom: {name}\n{number}{more}\nstatut: active\nsecteur: a-preciser\netablissements:\n"
            "  - municipalite: Shawinigan\nverification:\n  statut: a-confirmer\n  par: import\n"
            f"  deduits: {guessed}\n",
            encoding="utf-8",
        )
    site.commit()
    return site


@pytest.fixture(scope="module")
def zipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make up an archive once."""
    path = tmp_path_factory.mktemp("registre") / "JeuxDonnees-2026-07-01.zip"
    write(path, 600, REGISTERED)
    return path


def compare(site: Project, source: Path, *options: str) -> tuple[Path, str]:
    """Compare with the command; give the workbook and what was printed."""
    book = site.root.parent / "registre.xlsx"
    book.unlink(missing_ok=True)
    done = site.call("registre", str(source), str(book), *options)
    assert done.returncode == 0, done.stderr
    return book, done.stdout


def lines(book: Path) -> list[dict[str, str]]:
    """Read the lines of the workbook."""
    titles, *rows = openpyxl.load_workbook(book)[SHEET].iter_rows(values_only=True)
    return [{str(t): str(v or "") for t, v in zip(titles, row, strict=True)} for row in rows]


def line(book: Path, slug: str, kind: Kind) -> dict[str, str]:
    """Give the first line of a record that is of a kind."""
    return next(one for one in lines(book) if one["Fiche"] == slug and one["Code"] == kind)


def decide(book: Path, slug: str, kind: Kind, decision: str, value: str | None = None) -> None:
    """Decide on the first line of a record that is of a kind, perhaps with another value."""
    number = next(n for n, one in enumerate(lines(book), start=2) if one["Fiche"] == slug and one["Code"] == kind)
    opened = Book(book)
    opened.set(SHEET, number, Décision=decision, **({} if value is None else {"À_écrire": value}))
    opened.save()


def test_each_thing_that_differs_has_its_line(site: Project, zipped: Path) -> None:
    book, said = compare(site, zipped)
    struck = line(book, RADIE, Kind.STRUCK_OFF)
    assert struck["Ce que dit le registre"] == "radiée d’office (2023-06-30)"
    assert (struck["Ce que dit la fiche"], struck["À écrire"]) == ("Active", "2023-06-30")
    assert struck["Source"].endswith("JeuxDonnees-2026-07-01.zip, 2026-07-01")
    year = line(book, RADIE, Kind.YEAR)
    assert (year["Ce que dit la fiche"], year["À écrire"]) == ("1980", "1982")
    other = line(book, AUTRE, Kind.OTHER_NEQ)
    assert "«\u00a0Travail de rue Modèle\u00a0», La Tuque" in other["Ce que dit le registre"]
    assert other["À écrire"] == ""
    merged = line(book, FUSION, Kind.EVENT)
    assert merged["À écrire"] == ""  # which one goes on is asked, never guessed
    assert f"(fiche «\u00a0{LAC}\u00a0») remplace-t-elle celle-ci?" in merged["Ce que dit le registre"]
    assert "Fusion" in line(book, FUSION, Kind.STRUCK_OFF)["Ce que dit le registre"]
    form = line(book, LAC, Kind.FORM)
    assert (form["Ce que dit la fiche"], form["À écrire"]) == (
        "Forme juridique à préciser",
        "Coopérative de solidarité",
    )
    assert form["Ce que dit le registre"].startswith("Coopérative (COP)")
    assert line(book, LAC, Kind.NAME)["À écrire"] == "Coopérative de solidarité Exemple du Lac"
    assert line(book, ABSENT, Kind.ABSENT_NEQ)["Ce que dit la fiche"] == "1170005555"
    assert f"{TITLES[Kind.STRUCK_OFF]}\u00a0: 2\u00a0fiches" in said
    assert "NEQ retrouvé, sous un nom semblable\u00a0: 3\u00a0fiches" in said
    assert "Ni NEQ, ni candidat\u00a0: 0\u00a0fiche\n" in said
    assert "Comparé\u00a0: 6\u00a0fiches" in said
    kinds = {one["Code"] for one in lines(book)}
    assert (Kind.ACTIVITY in kinds) == (ACTIVITY in schema.load(ENTERPRISES).root.by_path)


def test_candidates_are_scored_by_name_and_municipality(site: Project, zipped: Path) -> None:
    book, _ = compare(site, zipped)
    found = [one for one in lines(book) if one["Code"] == Kind.CANDIDATE]
    assert [(one["Fiche"], one["À écrire"], one["Ressemblance"]) for one in found] == [
        (AUTRE, "1170003333", "65"),
        (AUTRE, "1170003334", "50"),
        (SANS, "1170006666", "95"),
    ]
    assert not any(cell.data_type == "f" for row in openpyxl.load_workbook(book)[SHEET].iter_rows() for cell in row)


def test_no_domicile_no_individual_leaves_the_archive(site: Project, zipped: Path) -> None:
    individual = site.record("individu-exemple")
    text = site.record(RADIE).read_text(encoding="utf-8")
    individual.write_text(text.replace("1170001111", "2270007777").replace("Atelier", "Chalet"), encoding="utf-8")
    book, said = compare(site, zipped)
    with zipfile.ZipFile(book) as parts:
        whole = b"".join(parts.read(name) for name in parts.namelist()).decode()
    for word in (DOMICILE, PERSON, "2270007777", "3370008888", "H0H0H0", "Bureau 2"):
        assert word not in whole
        assert word not in said
    assert "individus (NEQ 22…)" in said


def test_individuals_and_domiciles_are_never_read(zipped: Path) -> None:
    with archive.opened(zipped) as opened:
        for table in archive.COLUMNS:
            for row in opened.read(table):
                assert not row[0].startswith("22")
                assert not any(DOMICILE in cell or cell == PERSON for cell in row)
        assert opened.individuals["Entreprise"] == 201


def test_what_is_decided_is_applied_by_the_usual_road(site: Project, zipped: Path) -> None:
    book, _ = compare(site, zipped)
    before = texts(site)
    decide(book, LAC, Kind.FORM, "reprendre")
    decide(book, LAC, Kind.NAME, "garder")
    decide(book, RADIE, Kind.STRUCK_OFF, "Reprendre")
    decide(book, RADIE, Kind.YEAR, "reprendre")
    decide(book, AUTRE, Kind.OTHER_NEQ, "reprendre")
    decide(book, AUTRE, Kind.CANDIDATE, "reprendre")
    decide(book, FUSION, Kind.EVENT, "reprendre", LAC)
    decide(book, ABSENT, Kind.ABSENT_NEQ, "à vérifier")
    outcomes = apply(site, book)
    after = texts(site)
    assert "forme_juridique: cooperative-de-solidarite\n" in after[LAC]
    assert "deduits: [secteur]" in after[LAC]
    assert "nom: Coopérative Exemple du Lac\n" in after[LAC]
    assert 'statut: fermee\ndate_fermeture: "2023-06-30"\n' in after[RADIE]
    assert "annee_fondation: 1982\n" in after[RADIE].replace('"', "")
    assert 'neq: "1170003333"\n' in after[AUTRE]
    assert f"statut: fermee\nfusionnee_avec: {LAC}\n" in after[FUSION]
    assert (after[SANS], after[ABSENT]) == (before[SANS], before[ABSENT])
    given = after[RADIE][after[RADIE].index("provenances:") :]
    assert "champs: [statut, date_fermeture, annee_fondation]" in given
    assert 'source: Registre des entreprises du Québec\n    date: "2026-07-01"\n    licence: CC BY-NC-SA' in given
    assert "champs: [neq]" in after[AUTRE]
    assert "provenances:" not in after[FUSION].replace("champs: [statut]", "")  # the heir is a person's word
    said = report(outcomes)
    assert "gardé tel quel\u00a0: Coopérative Exemple du Lac, Nom différent" in said
    assert "à faire\u00a0: à vérifier\u00a0: Relais Exemple, NEQ absent du fichier lu" in said
    assert "sans décision, rien ne change\u00a0: " in said
    assert apply(site, book)[0].changed == []  # once is enough
    assert site.call("validate").returncode == 0


def test_an_untouched_workbook_changes_nothing(site: Project, zipped: Path) -> None:
    book, _ = compare(site, zipped)
    before = texts(site)
    outcome = apply(site, book)[0]
    assert outcome.is_accepted
    assert texts(site) == before


def test_a_record_that_would_be_at_fault_is_set_aside_and_the_others_applied(site: Project, zipped: Path) -> None:
    book, _ = compare(site, zipped)
    before = texts(site)
    decide(book, LAC, Kind.FORM, "reprendre", "Société secrète")
    decide(book, SANS, Kind.CANDIDATE, "reprendre")
    (outcome,) = apply(site, book)
    said = report([outcome])
    assert "laissé de côté, Coopérative Exemple du Lac\u00a0: feuille «\u00a0Registre\u00a0», ligne" in said
    after = texts(site)
    assert after[LAC] == before[LAC]
    assert 'neq: "1170006666"' in after[SANS]


def test_every_row_of_a_record_that_is_set_aside_is_named(site: Project, zipped: Path) -> None:
    book, _ = compare(site, zipped)
    before = texts(site)
    decide(book, LAC, Kind.FORM, "reprendre", "Société secrète")
    decide(book, LAC, Kind.NAME, "oui")
    decide(book, SANS, Kind.CANDIDATE, "x")
    said = report(apply(site, book))
    assert texts(site)[LAC] == before[LAC]
    for kind in (Kind.FORM, Kind.NAME):
        number = lines(book).index(line(book, LAC, kind)) + 2
        assert re.search(rf"laissé de côté.*, Coopérative Exemple du Lac\u00a0: .*ligne {number}\b", said), kind
    assert 'neq: "1170006666"' in texts(site)[SANS]


def test_when_nothing_stands_all_is_refused(site: Project, zipped: Path) -> None:
    book, _ = compare(site, zipped)
    before = texts(site)
    decide(book, SANS, Kind.CANDIDATE, "reprendre", "1142934315")  # of the lake's own
    assert "est déjà celui de" in report(apply(site, book))
    assert texts(site) == before


def test_a_value_that_a_person_corrected_is_not_said_to_be_the_registers(site: Project, zipped: Path) -> None:
    book, _ = compare(site, zipped)
    decide(book, RADIE, Kind.YEAR, "reprendre", "1983")
    apply(site, book)
    assert "provenances" not in texts(site)[RADIE]


def test_an_end_that_is_planned_and_a_bankruptcy_are_told(site: Project, tmp_path: Path) -> None:
    path = tmp_path / "fin-2026-07-01.zip"
    planted = (
        Planted("1142934315", "Coopérative Exemple du Lac", form="COP", ending="2027-03-31"),
        Planted("1170002222", "Coop les Exemplaires", form="CIE", is_bankrupt=True),
    )
    write(path, 10, planted)
    book, said = compare(site, path)
    assert line(book, LAC, Kind.ENDING)["Ce que dit le registre"] == "fin prévue le 2027-03-31"
    assert line(book, AUTRE, Kind.ENDING)["Ce que dit le registre"] == "en faillite"
    assert f"{TITLES[Kind.ENDING]}\u00a0: 2\u00a0fiches" in said
    form = line(book, AUTRE, Kind.FORM)  # a form that no social economy enterprise has is told, never translated
    assert (form["Ce que dit le registre"], form["À écrire"]) == ("CIE", "")
    decide(book, LAC, Kind.ENDING, "reprendre")
    assert "choisir garder ou à vérifier" in report(apply(site, book))


def test_a_line_that_cannot_be_used_is_set_aside_and_told(site: Project, zipped: Path) -> None:
    book, _ = compare(site, zipped)
    decide(book, LAC, Kind.FORM, "peut-être")
    decide(book, LAC, Kind.NAME, "reprendre", "")
    decide(book, RADIE, Kind.STRUCK_OFF, "reprendre", "l’an dernier")
    decide(book, AUTRE, Kind.CANDIDATE, "reprendre")
    opened = Book(book)
    second = max(n for n, one in enumerate(lines(book), start=2) if one["À écrire"] == "1170003334")
    opened.set(SHEET, second, Décision="reprendre")
    opened.set(SHEET, 2 + lines(book).index(line(book, FUSION, Kind.EVENT)), Décision="reprendre", Code="?")
    opened.save()
    decide(book, SANS, Kind.CANDIDATE, "reprendre")
    outcomes = apply(site, book)
    said = report(outcomes)
    for words in (
        "«\u00a0Décision\u00a0» doit être reprendre, garder, à vérifier, ou vide",
        "il n’y a rien à reprendre\u00a0: remplir «\u00a0À écrire\u00a0»",
        "doit être la date de fermeture",
        "n’en reprendre qu’une",
        "son constat n’est plus dit",
    ):
        assert words in said
    assert said.count("mise de côté") == 5
    assert 'neq: "1170006666"' in texts(site)[SANS]
    assert 'neq: "1170003333"' in texts(site)[AUTRE]


def test_a_folder_and_an_extract_are_read_too(site: Project, zipped: Path, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with zipfile.ZipFile(zipped) as parts:
        parts.extractall(folder)
    undated = site.call("registre", str(folder), str(tmp_path / "r.xlsx"))
    assert undated.returncode == 2
    assert "--date" in undated.stderr
    book, _ = compare(site, folder, "--date", "2026-07-01")
    assert line(book, RADIE, Kind.STRUCK_OFF)["À écrire"] == "2023-06-30"
    extract = tmp_path / "extrait-2025-06-07.csv"
    with extract.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(("neq", "nom", "municipalite", "activite_declaree", "forme_req"))
        writer.writerows((one.neq, one.name, one.town, "-", one.form) for one in REGISTERED)
    book, said = compare(site, extract)
    assert line(book, SANS, Kind.CANDIDATE)["Source"].endswith("extrait-2025-06-07.csv, 2025-06-07")
    assert line(book, AUTRE, Kind.OTHER_NEQ)
    assert "2270007777" not in "".join(one["Ce que dit le registre"] for one in lines(book))
    assert not [one for one in lines(book) if one["Code"] == Kind.STRUCK_OFF]
    assert "Ce fichier est un extrait" in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"neq,autre\n1,2\n", "il manque la colonne «\u00a0nom\u00a0»"),
        (b'neq,nom\n1170001111,"' + b"x" * (archive.LONGEST_FIELD + 10), "le CSV est mal formé"),
        (b"", "il manque la colonne"),
    ],
    ids=["colonne", "guillemet", "vide"],
)
def test_a_file_that_is_something_else_is_refused(site: Project, tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "extrait-2026-07-01.csv"
    path.write_bytes(content)
    done = site.call("registre", str(path), str(tmp_path / "r.xlsx"))
    assert done.returncode == 2
    assert words in done.stderr
    assert not (tmp_path / "r.xlsx").exists()


def test_a_damaged_archive_is_refused(site: Project, zipped: Path, tmp_path: Path) -> None:
    data = bytearray(zipped.read_bytes())
    at = data.index(b"Nom.csv") + 2000
    data[at : at + 500] = bytes(500)
    damaged = tmp_path / "abime.zip"
    damaged.write_bytes(data)
    for path in (damaged, tmp_path / "absent.zip", tmp_path):
        done = site.call("registre", str(path), str(tmp_path / "r.xlsx"))
        assert done.returncode == 2, path
        assert done.stderr.startswith("annuaire\u00a0: ")
    assert "endommagée" in site.call("registre", str(damaged), str(tmp_path / "r.xlsx")).stderr


def test_a_workbook_is_never_written_over(site: Project, zipped: Path) -> None:
    book, _ = compare(site, zipped)
    done = site.call("registre", str(zipped), str(book))
    assert done.returncode == 2
    assert "existe déjà" in done.stderr
