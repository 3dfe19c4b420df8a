"""A collection is a description, a schema and a template: the program does the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests import foires
from tests.sites import EXAMPLES, Project, lay_out


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
    assert data["genres"] == [
        ["entreprise", "entreprise", "entreprises", 1, "Entreprises", "entreprises/"],
        ["foire", "foire", "foires", 1, "Foires", "foires/"],
    ]
    assert data["dessertes"] == [["Trois-Rivières", ["371"]]]
    summary = "On y goûte les fromages des coopératives de la région."
    words = "Trois jours de **fromages**. marché public"
    assert data["fiches"] == [
        [1, "Foire Exemple des fromages", foires.SLUG, summary, 0, words],
        [1, "Salon Exemple des services", "salon-des-services", "", -1, "salon"],
    ]
    page = (built.site / "recherche" / "index.html").read_text(encoding="utf-8")
    assert 'data-kinds="../recherche/fiches.json"' in page
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
