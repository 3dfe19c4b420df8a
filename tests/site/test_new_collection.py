"""A collection is a description, a schema and a template: the program does the rest."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from tests import foires
from tests.applying import mailing
from tests.sites import EXAMPLES, Project, lay_out

from annuaire.intake.applying.proposal import base_of


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the program that has fairs."""
    return foires.program_with_fairs(tmp_path_factory.mktemp("programme"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, program: Path) -> Project:
    """Build the Exemple site with fairs."""
    project = lay_out(tmp_path_factory.mktemp("site"), EXAMPLES)
    foires.add_fairs(project)
    project.commit()
    done = foires.run(program, project, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    return project


def test_listed_and_paged(built: Project) -> None:
    """The listing parts the fairs by kind, and each has a page."""
    listing = (built.site / "foires" / "index.html").read_text(encoding="utf-8")
    assert "2\u00a0foires" in listing
    marks = ('id="marche-public"', "Foire Exemple des fromages", 'id="salon"', "Salon Exemple des services")
    assert [mark for _, mark in sorted((listing.index(mark), mark) for mark in marks)] == list(marks)
    page = (built.site / "foires" / foires.SLUG / "index.html").read_text(encoding="utf-8")
    assert "Trois jours de <strong>fromages</strong>" in page
    assert "Premier jour" in page
    assert "31\u00a0mars\u00a02027" in page
    assert "contribuer/?fiche=foires/foire-des-fromages" in page


def test_published(built: Project) -> None:
    """Its tables are open data, described, in the dictionary, with a schema for editors."""
    data = built.site / "donnees"
    assert (data / "foires.csv").read_text(encoding="utf-8").splitlines()[1].startswith(f"{foires.SLUG},Foire Exemple")
    assert (data / "kiosques.csv").read_text(encoding="utf-8").splitlines()[1].startswith(f"{foires.SLUG},1,Kiosque")
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    assert {"foires", "kiosques"} <= {resource["name"] for resource in package["resources"]}
    assert "Premier jour" in (data / "dictionnaire" / "index.html").read_text(encoding="utf-8")
    assert (built.site / "schemas" / "foire.schema.json").is_file()
    assert f"/foires/{foires.SLUG}/" in (built.site / "sitemap.xml").read_text(encoding="utf-8")


def test_searched(built: Project) -> None:
    """The search page fetches its records, with the words of their kind, and links its listing."""
    data = json.loads((built.site / "recherche" / "fiches.json").read_text(encoding="utf-8"))
    assert data["genres"][0] == ["entreprise", "entreprise", "entreprises", 1, "Entreprises", "entreprises/"]
    rank = data["genres"].index(["foire", "foire", "foires", 1, "Foires", "foires/"])
    summary = "On y goûte les fromages des coopératives de la région."
    words = "Trois jours de **fromages**. marché public"
    ours = [row for row in data["fiches"] if row[0] == rank]
    place = data["dessertes"].index(["Trois-Rivières", ["371"]])
    assert ours == [
        [rank, "Foire Exemple des fromages", foires.SLUG, summary, place, words],
        [rank, "Salon Exemple des services", "salon-des-services", "", -1, "salon"],
    ]
    page = (built.site / "recherche" / "index.html").read_text(encoding="utf-8")
    assert 'data-kinds="./fiches.json"' in page
    assert '<a href="../foires/">Foires</a>' in page
    assert "fiches.json" not in (built.site / "acheter" / "catalogue" / "index.html").read_text(encoding="utf-8")


WRONG = {
    "Foire_Exemple": ("nom: Foire\ngenre: salon\n", "fichier-nom"),
    "index": ("nom: Foire\ngenre: salon\n", "nom-reserve"),
    "autre": ("nom: Foire\ngenre: kermesse\n", "choix-inconnu"),
    "adresse": ("nom: Foire\ngenre: salon\nsite_web: https://192.168.4.4/\n", "url-adresse-ip"),
    "html": ("nom: Foire\ngenre: salon\nresume: <b>fromages</b>\n", "texte-html"),
    "ailleurs": ("nom: Foire\ngenre: salon\nterritoires_desservis: [nulle-part]\n", "territoire-inconnu"),
    "ancienne": ("nom: Foire\ngenre: salon\nanciens_slugs: [foire-des-fromages]\n", "ancien-nom-actuel"),
    "double": ("nom: Foire\ngenre: salon\nkiosques:\n  - nom: K\n  - nom: K\n", "ligne-en-double"),
    "nomme": ("nom: Foire\ngenre: salon\nresume: Appeler le 819 555-2233.\n", "telephone-dans-texte"),
}


def test_judged(tmp_path: Path, program: Path) -> None:
    """Every rule that its fields call for judges it, and none asks which collection it is."""
    project = lay_out(tmp_path, EXAMPLES, records=False)
    foires.add_fairs(project)
    for name, (text, _) in WRONG.items():
        (project.root / "content" / "foires" / f"{name}.yml").write_text(text, encoding="utf-8")
    done = foires.run(program, project, "validate", "--format", "json")
    assert done.returncode == 1
    found = {(Path(problem["fichier"]).stem, problem["code"]) for problem in json.loads(done.stdout)}
    assert {(name, code) for name, (_, code) in WRONG.items()} <= found, sorted(found)
    assert not [one for one in found if one[0] in (foires.SLUG, "salon-des-services")]


@pytest.fixture
def started(tmp_path: Path) -> Project:
    """Lay out a site with a history, its fairs alone."""
    project = lay_out(tmp_path / "site", EXAMPLES, records=False)
    foires.add_fairs(project)
    project.commit()
    return project


def test_corrected_and_told(program: Path, started: Project) -> None:
    """A mail, a file, a workbook change it like an enterprise; its story and a colleague say what changed."""
    folder = started.root / "content" / "foires"
    record = folder / f"{foires.SLUG}.yml"
    mail = mailing.compose(
        f"foires/{foires.SLUG}",
        base_of(record.read_text(encoding="utf-8")),
        {"resume": "On y goûte soixante fromages.", "kiosques.nouveau 1.nom": "Kiosque neuf"},
        {"kiosques": ["1", "nouveau 1"]},
    )
    whole = "# yaml-language-server: $schema=../../schemas/foire.schema.json\nnom: Fête Exemple\ngenre: fete\n"
    book = started.root / "foires.xlsx"
    made = foires.run(program, started, "template", str(book), "--collection", "foires", "--fiches", "toutes")
    assert made.returncode == 0, made.stderr
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["Foires"]
    titles = {cell.value: cell.column for cell in sheet[1]}
    row = next(row for row in range(2, 9) if sheet.cell(row, 1).value == "salon-des-services")
    sheet.cell(row, titles["En bref"], "Un salon par année.")
    sheet.cell(row, titles["Genre *"], "Fête")
    workbook.save(book)
    sent = {"courriel.txt": mail, "fete-exemple.yml": whole}
    for name, text in sent.items():
        (started.root / name).write_text(text, encoding="utf-8")
    done = foires.run(program, started, "apply", "--yes", *sent, book.name)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "resume: On y goûte soixante fromages." in record.read_text(encoding="utf-8")
    assert "- nom: Kiosque neuf" in record.read_text(encoding="utf-8")
    assert (folder / "fete-exemple.yml").read_text(encoding="utf-8") == whole
    assert "genre: fete" in (folder / "salon-des-services.yml").read_text(encoding="utf-8")
    assert "content/foires/fete-exemple.yml (nouvelle fiche)" in done.stdout

    new = foires.run(program, started, "new", "Foire Exemple neuve", "--collection", "foires")
    assert new.returncode == 0, new.stderr
    assert "Compléter\u00a0: Genre" in new.stdout
    (folder / "foire-exemple-neuve.yml").unlink()

    for name in (*sent, book.name):
        (started.root / name).unlink()
    foires.commit(started, "Suite")
    told = foires.run(program, started, "history", f"foires/{foires.SLUG}")
    assert "On y goûte soixante fromages." in told.stdout, told.stderr
    said = foires.run(program, started, "coach", "HEAD~1..HEAD", "--format", "text")
    assert "Fiche de foire modifiée" in said.stdout, said.stdout + said.stderr
    assert "Kiosque neuf" in said.stdout
