"""Another region, the whole province: by configuration and records only, without any code."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

from tests.documents import read
from tests.madeup import REGION
from tests.sites import EXAMPLES, REPOSITORY, Project, lay_out, minimal_record

from annuaire.catalogue.index import Catalogue
from annuaire.pages import home
from annuaire.places import territories, vocabularies


def test_stamp_on_a_folder_without_shells(tmp_path: Path) -> None:
    project = lay_out(tmp_path, EXAMPLES)
    (tmp_path / "vide").mkdir()
    for folder in ("vide", "absent"):
        answer = project.call("stamp", folder, "--out", "site")
        assert answer.returncode == 2
        assert "gabarits" in answer.stderr
        assert "Traceback" not in answer.stderr


CENTRE = {
    "cafe-fictif": minimal_record("Café fictif", "Victoriaville"),
    "atelier-fictif": minimal_record("Atelier fictif", "Drummondville"),
    "ferme-fictive": minimal_record("Ferme fictive", "Nicolet"),
}

OF_THIS_SITE = "d-ou-vient-ce-contenu"  # a page that says where the content of this directory comes from


def other_region(folder: Path, regions: str, records: dict[str, str]) -> Project:
    """Make the site of another region: configuration and records, nothing else."""
    project = lay_out(folder, REGION)
    project.configure(
        regions=regions, publication="demonstration", site_name="Répertoire d’ailleurs", site_description="Essai."
    )
    for slug, text in records.items():
        project.record(slug).write_text(text, encoding="utf-8")
    project.commit()
    return project


def test_another_region_by_configuration_only(tmp_path: Path) -> None:
    project = other_region(tmp_path, '["17"]', CENTRE)
    project.build()
    pages = project.pages()
    assert {f"entreprises/{slug}/" for slug in CENTRE} <= pages.keys()
    for mrc in ("arthabaska", "becancour", "drummond", "l-erable", "nicolet-yamaska"):
        assert f"territoires/{mrc}/" in pages
    assert "territoires/mekinac/" not in pages
    assert read(pages[""]).one("h1").text.endswith("du Centre-du-Québec")
    assert "Café fictif" in read(pages["territoires/arthabaska/"]).text
    shared = (path for path in pages.values() if not {*path.parts} & {"vocabulaires", OF_THIS_SITE})
    assert "Mauricie" not in "".join(read(path).text for path in shared)


def test_examples_are_of_the_region_of_the_site(tmp_path: Path) -> None:
    project = other_region(tmp_path, '["17"]', CENTRE)
    project.build()
    answer = project.call("new", "Coopérative Neuve")
    assert answer.returncode == 0, answer.stderr
    form = json.loads((project.site / "contribuer" / "formulaire.json").read_text(encoding="utf-8"))
    nowhere = minimal_record("Sans lieu", "X").replace("municipalite: X", "courriel: info@exemple.org")
    project.record("sans-lieu").write_text(nowhere, encoding="utf-8")
    told = {
        "form": json.dumps(form["tables"], ensure_ascii=False),
        "dictionary": read(project.pages()["donnees/dictionnaire/"]).text,
        "new record": project.record("cooperative-neuve").read_text(encoding="utf-8"),
        "message": project.call("validate").stdout,
    }
    for where, text in told.items():
        assert where == "new record" or "Drummondville" in text, where
        for elsewhere in ("La Tuque", "90012", "G9X 2E8", "47.43777", "350", "mekinac"):  # examples of the package
            assert elsewhere not in text, (where, elsewhere)


def test_whole_province(tmp_path: Path) -> None:
    records = {
        "cafe-fictif": minimal_record("Café fictif", "Victoriaville"),
        "atelier-fictif": minimal_record("Atelier fictif", "Shawinigan"),
        "phare-fictif": minimal_record("Phare fictif", "Rimouski", territoires_desservis="[region]"),
    }
    project = other_region(tmp_path, "[toutes]", records)
    project.build()
    pages = project.pages()
    assert {f"entreprises/{slug}/" for slug in records} <= pages.keys()
    for url in (
        "territoires/rimouski-neigette/",
        "territoires/shawinigan/",
        "regions/mauricie/",
        "regions/bas-saint-laurent/",
    ):
        assert url in pages, url
    home_page = read(pages[""])
    assert home_page.one("h1").text.endswith("du Québec")
    assert "Dessert toute la région du Bas-Saint-Laurent." in read(pages["entreprises/phare-fictif/"]).text
    for page in (*(project.root / "pages").glob("*.md"), *(REPOSITORY / ".github" / "ISSUE_TEMPLATE").glob("*.yml")):
        assert page.stem == OF_THIS_SITE or " la région" not in page.read_text(encoding="utf-8"), page.name
    # A hundred MRCs would hide all the rest of the home page.
    assert "Par région" in home_page.text
    links = [reference.removeprefix("./") for reference in home_page.references]
    assert {f"regions/{r.slug}/" for r in territories.load().regions.values()} <= set(links)
    assert links.count("territoires/mekinac/") == 1, "on the map alone"


def test_every_region_named_is_the_whole_province() -> None:
    places = territories.load()
    whole = Catalogue([], [], places, vocabularies.load(), tuple(places.regions), REPOSITORY)
    assert home.region_phrase(whole) == "du Québec"


def test_directory_without_any_record(tmp_path: Path) -> None:
    project = other_region(tmp_path, '["17"]', {})
    summary = project.build()
    assert summary.records == 0
    assert "territoires/arthabaska/" in project.pages()


def test_site_under_a_folder_of_its_host(tmp_path: Path) -> None:
    project = other_region(tmp_path, '["17"]', CENTRE)
    project.configure(site_url="https://example.org/repertoire/")
    project.build()
    page = read(project.pages()["404.html"])
    assert all(r.startswith(("/repertoire/", "#")) for r in page.references if not r.startswith("http")), (
        page.references
    )
    profile = read(project.pages()["entreprises/cafe-fictif/"])
    assert (
        profile.one("link", rel="canonical").attributes["href"]
        == "https://example.org/repertoire/entreprises/cafe-fictif/"
    )


def test_a_pole_of_a_part_of_a_region(tmp_path: Path) -> None:
    """Two Pôles may share a region: the tables of the site make a region of the MRCs of one of them."""
    project = other_region(tmp_path, '["98"]', CENTRE)
    tables = project.root / "content" / "vocabularies"
    tables.mkdir(exist_ok=True)
    for name, wanted, change in (
        (
            "regions.csv",
            "17,",
            lambda _: "98,Bois-Francs,bois-francs,dans les Bois-Francs,des Bois-Francs,9,G,819",
        ),
        ("mrc.csv", ("320,", "390,"), lambda row: row.replace(",17,", ",98,")),  # L'Érable and Arthabaska
    ):
        head, *rows = (resources.files("annuaire.data") / name).read_text(encoding="utf-8").splitlines()
        kept = [change(row) for row in rows if row.startswith(wanted)]
        (tables / name).write_text("\n".join([head, *kept]) + "\n", encoding="utf-8")
    for slug in ("atelier-fictif", "ferme-fictive"):
        project.record(slug).unlink()
    answer = project.call("validate")
    assert answer.returncode == 0, answer.stdout
    assert "hors-region" not in answer.stdout
    project.build()
    pages = project.pages()
    assert read(pages[""]).one("h1").text.endswith("des Bois-Francs")
    assert {"territoires/arthabaska/", "territoires/l-erable/", "regions/bois-francs/"} <= pages.keys()
    assert "territoires/drummond/" not in pages
