"""The buyers' pages as built: what deserves a page, what comes first, what stands apart, and the data behind them."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from typing import Any

import pytest
from tests.documents import Document, read
from tests.sites import EXAMPLES, Project, lay_out, minimal_record

from annuaire import config
from annuaire.catalogue.loading import Loader
from annuaire.catalogue.supply import Supply
from annuaire.exports import packing

CATEGORY = re.compile(r"acheter/categories/([^/]+)/(?:page-\d+/)?")
TERRITORY = re.compile(r"acheter/categories/([^/]+)/(?!page-\d+/)([^/]+)/(?:page-\d+/)?")


@pytest.fixture(params=["example", "demonstration"])
def project(request: pytest.FixtureRequest) -> Project:
    """Give each built site in turn."""
    found: Project = request.getfixturevalue(request.param)
    return found


def supply(project: Project) -> Supply:
    """Say who supplies what where, from the records of a project."""
    return Supply(Loader(project.settings).load(config.judging_date(project.root)).catalogue())


def buyers_data(project: Project) -> dict[str, Any]:
    """Read the data of the buyer's catalogue."""
    return packing.read(project.site)


def profiles(page: Document) -> list[str]:
    """List the slugs of the suppliers that a page shows, in order."""
    links = [reference for reference in page.references if "entreprises/" in reference]
    return [link.rstrip("/").rpartition("/")[2] for link in links if re.search(r"entreprises/[^/]+/$", link)]


def test_a_page_for_each_category_that_has_an_offer_and_no_other(project: Project) -> None:
    known = supply(project)
    slugs = {m.slug: m.code for m in known.catalogue.mrcs}
    pages = project.pages()
    assert {found[1] for url in pages if (found := CATEGORY.fullmatch(url))} == set(known.by_category)
    local = {(found[1], slugs[found[2]]) for url in pages if (found := TERRITORY.fullmatch(url))}
    expected = {(c, m) for c in known.by_category for m in slugs.values() if known.is_answered(c, m)}
    assert local == expected
    assert expected


def test_every_supplier_of_a_category_is_on_its_pages(project: Project) -> None:
    shown: dict[str, set[str]] = {}
    pages = project.pages()
    for url, path in pages.items():
        if found := CATEGORY.fullmatch(url):
            shown.setdefault(found[1], set()).update(profiles(read(path)))
    expected = {slug: {line.enterprise.slug for line in lines} for slug, lines in supply(project).by_category.items()}
    assert shown == expected


def test_unconfirmed_offers_stand_apart_and_say_so(example: Project) -> None:
    text = (example.site / "acheter/categories/entretien-menager/index.html").read_text(encoding="utf-8")
    confirmed, _, waiting = text.partition('<h2 id="a-confirmer">')
    assert '<h2 id="confirmees">' in confirmed
    assert "entretien-exemple-entreprise-d-insertion" in confirmed
    assert "aide-a-domicile-des-grands-exemples" not in confirmed.partition("<main")[2]
    assert "aide-a-domicile-des-grands-exemples" in waiting
    assert "n’entrent dans aucune invitation ni aucun tirage" in waiting


def test_no_offer_is_shown_as_confirmed_without_a_record_that_says_so(project: Project) -> None:
    known = supply(project)
    for url, path in project.pages().items():
        if found := CATEGORY.fullmatch(url):
            is_confirmed = any(line.is_confirmed for line in known.by_category[found[1]])
            assert ('id="confirmees"' in path.read_text(encoding="utf-8")) is is_confirmed, url


def test_buyers_pages_need_no_script_and_are_in_the_sitemap(project: Project) -> None:
    sitemap = (project.site / "sitemap.xml").read_text(encoding="utf-8")
    for url in ("acheter/", "acheter/categories/", "acheter/lacunes/"):
        assert f"<loc>{project.settings.site_url}{url}</loc>" in sitemap
        assert not read(project.pages()[url]).all("noscript"), url


def test_doors_of_the_home_lead_to_pages_that_exist(project: Project) -> None:
    actions = {form.attributes["action"] for form in read(project.pages()["acheter/"]).all("form")}
    assert "./catalogue/" in actions
    text = (project.site / "acheter" / "index.html").read_text(encoding="utf-8")
    for folder in ("catalogue", "selection", "mode", "rotation", "verifier", "initiative", "participer", "lacunes"):
        is_there = (project.site / "acheter" / folder / "index.html").is_file()
        assert (f'href="./{folder}/"' in text) is is_there, folder


def test_a_profile_leads_to_the_categories_of_its_offers(example: Project) -> None:
    page = read(example.site / "entreprises/entretien-exemple-entreprise-d-insertion/index.html")
    assert "../../acheter/categories/entretien-menager/" in page.references
    assert any("/acheter/categories/" in r for r in page.references)


def test_data_of_the_catalogue_are_those_of_the_records(project: Project) -> None:
    data, known = buyers_data(project), supply(project)
    assert data["entreprises"]["slug"] == [e.slug for e in known.catalogue.listed]
    assert len(data["offres"]["nom"]) == len(known.lines)
    assert data["offres"]["entreprise"] == sorted(data["offres"]["entreprise"])
    assert data["version"]["fiches"] == len(known.catalogue.enterprises)
    for column, values in (("secteur", "secteurs"), ("forme", "formes"), ("municipalite", "municipalites")):
        assert max(data["entreprises"][column]) < len(data[values])
    counts = Counter(data["categories"][rank][0] for rank in data["offres"]["categorie"])
    assert counts == Counter({slug: len(lines) for slug, lines in known.by_category.items()})


def test_each_record_has_its_texts(project: Project) -> None:
    texts = json.loads((project.site / "acheter" / "textes.json").read_text(encoding="utf-8"))
    listed = supply(project).catalogue.listed
    assert len(texts["textes"]) == len(listed)
    assert all(" ".join(e.mission.split()) in text for e, text in zip(listed, texts["textes"], strict=True))
    assert len(texts["mots"]) == len(buyers_data(project)["categories"])
    assert any("catering" in words for words in texts["mots"])


def test_gaps_are_data_that_the_page_and_the_command_agree_on(project: Project) -> None:
    path = project.site / "donnees" / "lacunes.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:  # for people, in their spreadsheet
        rows = list(csv.DictReader(file, delimiter=";"))
    assert 'href="./lacunes.csv"' in (project.site / "donnees/index.html").read_text(encoding="utf-8")
    done = project.call("stats", "--gaps", "--format", "csv")
    assert (done.returncode, list(csv.DictReader(done.stdout.splitlines()))) == (0, rows)
    text = (project.site / "acheter/lacunes/index.html").read_text(encoding="utf-8")
    singles = sum(row["fournisseur_unique"] == "oui" and row["code"] != "a-preciser" for row in rows)
    assert len(re.findall(r'<td class="heat heat--1">', text)) == singles
    assert len(re.findall(r'<td class="heat heat--1">[^<]* seul</td>', text)) == singles


def test_stats_counts_and_refuses_what_means_nothing(example: Project) -> None:
    done = example.call("stats")
    assert done.returncode == 0
    assert done.stdout.startswith("Fiches")
    assert "Catégories d’achat, Exemple" in example.call("stats", "--gaps").stdout
    refused = example.call("stats", "--gaps", "--format", "xlsx")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--gaps" in refused.stderr


def test_a_site_without_any_offer_still_helps(tmp_path: Any) -> None:
    project = lay_out(tmp_path, EXAMPLES, records=False)
    project.record("coop").write_text(minimal_record("Coop", "Exempleville"), encoding="utf-8")
    project.commit()
    project.build()
    pages = project.pages()
    assert not [url for url in pages if CATEGORY.fullmatch(url)]
    assert "Aucune offre n’est encore inscrite" in pages["acheter/"].read_text(encoding="utf-8")
    assert "../../secteurs/arts-culture/" in read(pages["acheter/categories/"]).references
    assert "Aucun fournisseur connu" in pages["acheter/lacunes/"].read_text(encoding="utf-8")
