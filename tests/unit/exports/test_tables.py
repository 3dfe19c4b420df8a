"""Open data is read by programs and spreadsheets: it must be valid, harmless and the same for the same commit."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.exporting import (
    CHANGES,
    HOSTILE,
    POOR,
    PUBLIC,
    RICH,
    make_settings,
    row,
    table,
)

from annuaire import exports, schema
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.sources import Source
from annuaire.config import Pole
from annuaire.exports import datapackage, tables
from annuaire.pages import Site
from annuaire.pages.page import DataFile
from annuaire.records.collections import COLLECTIONS, ENTERPRISES

ADDED = ["adresse", "municipalite", "code_postal", "mrc", "telephone", "courriel"]


def test_columns_are_those_of_the_schema_that_something_fills(out: Path) -> None:
    for own in schema.load("enterprises").tables:
        header = (out / "donnees" / f"{own.name}.csv").read_text(encoding="utf-8").partition("\n")[0].split(",")
        rows = table(out, own.name)
        names = [f.name for f in own.fields] + (ADDED if own.name == "entreprises" else [])
        assert header == [name for name in names if not rows or name in header]
        assert not rows or all(any(found[name] for found in rows) for name in header)
    assert "reseaux_tiktok" not in table(out, "entreprises")[0]


def test_an_enterprise_says_where_its_main_place_is(out: Path) -> None:
    found = row(out, "entreprises", "coop-exemple")
    assert [found[name] for name in ADDED] == [
        *("1250, rue Exemple", "La Tuque", "G9X 2E8", "La Tuque", "819 555-0142", "'-info+a@coop.example.org"),
    ]
    hidden = row(out, "entreprises", "maison-exemple")
    assert [hidden[name] for name in ADDED[:4]] == ["", "La Tuque", "", "La Tuque"], "of a confidential one, the town"


def test_a_rich_record_in_its_tables(out: Path) -> None:
    found = row(out, "entreprises", "coop-exemple")
    expected = {
        "nom": "Coopérative Exemple, « la bonne »",
        "anciens_slugs": "coop-ancienne|coop-plus-ancienne",
        "annee_fondation": "1998",
        "territoires_desservis": "350|quebec",
        "retombees_economiques": "'+ 12 emplois",
        "mission": "'-12 degrés\nOffrir des « repas ».",
        "description": "'@membres, **oui**\n\n- un\n- deux",
        "jachete_depuis": "2024",
        "adresse_confidentielle": "non",
        "reseaux_facebook": "https://www.facebook.com/coopexemple",
        "contact_achats_courriel": "achats@coop.example.org",
        "verification_date": "2026-03-15",
        "verification_deduits": "secteur|forme_juridique",
        "date_fermeture": "",
    }
    assert {key: found[key] for key in expected} == expected
    place = row(out, "etablissements", "coop-exemple")
    assert (place["latitude"], place["longitude"]) == ("47.43777", "-72.78283"), "a number is no formula"
    assert place["courriel"] == "'-info+a@coop.example.org"
    assert row(out, "etablissements", "coop-exemple", "2")["adresse"] == ""
    offers = [r for r in table(out, "offres") if r["entreprise"] == "coop-exemple"]
    assert [(o["ordre"], o["territoires_desservis"], o["verification_date"]) for o in offers] == [
        ("1", "350|region", ""),
        ("2", "", "2026-01-02"),
    ]
    assert [r["valeur"] for r in table(out, "indicateurs") if r["entreprise"] == "coop-exemple"] == ["-12", "+3,5"]


def test_listed_and_closed_enterprises_only_in_the_order_of_the_catalogue(out: Path, catalogue: Catalogue) -> None:
    expected = [e.slug for e in catalogue.enterprises if e.slug in PUBLIC]
    assert [r["entreprise"] for r in table(out, "entreprises")] == expected
    records = json.loads((out / "donnees/entreprises.json").read_text(encoding="utf-8"))["entreprises"]
    assert [r["entreprise"] for r in records] == expected


def test_published_package_is_valid(out: Path) -> None:
    report = Package(str(out / "donnees" / "datapackage.json")).validate()
    assert report.flatten(["type", "fieldName", "rowNumber", "note"]) == []
    assert report.valid
    assert report.warnings == []


def test_published_package_says_what_it_is(out: Path) -> None:
    package = json.loads((out / "donnees" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["created"] == "2026-11-22T15:04:05Z"
    assert package["version"] == "2026.11.22+0afba09aa1"
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["contributors"] == [{"title": "Pôle Exemple", "roles": ["publisher"], "email": "pole@exemple.org"}]
    titles = [source["title"] for source in package["sources"]]
    assert all("CC BY 4.0" in title or "SEAO" in title for title in titles[: len(datapackage.SOURCES)])
    names = [own.name for one in COLLECTIONS if one.is_published for own in schema.load(one.name).tables]
    assert [resource["name"] for resource in package["resources"]] == names
    fields = {f["name"]: f.get("constraints", {}) for f in package["resources"][0]["schema"]["fields"]}
    assert (fields["mission"]["maxLength"], fields["entreprise"]["maxLength"]) == (601, 80), "room for an apostrophe"
    assert fields["contact_achats_courriel"]["pattern"].startswith("^'?[")
    assert fields["neq"]["pattern"].startswith("^(11")
    assert all(resource["hash"].startswith("sha256:") and resource["bytes"] > 0 for resource in package["resources"])


def test_the_package_credits_the_sources_that_the_page_lists(site: Site) -> None:
    own = schema.load("enterprises")
    named = (
        Source("OpenStreetMap", ("2026-11-02",), ("ODbL 1.0",), 3),
        Source("https://exemple.org/a ; https://exemple.org/b", ("2019",), ("faits",), 1),
    )
    package = datapackage.descriptor(own, make_settings(), site.version, [], named)
    assert [source["title"] for source in package["sources"][len(datapackage.SOURCES) :]] == [
        "OpenStreetMap, 2\u00a0novembre\u00a02026, ODbL 1.0",
        "exemple.org, 2019, faits",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CC BY 4.0", ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/deed.fr")),
        ("cc-by-sa 4.0", ("CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/deed.fr")),
        ("Licence maison: https://exemple.org/licence", (None, "https://exemple.org/licence")),
        ("Usage libre", ("usage-libre", None)),
        ("!", ("licence", None)),
    ],
)
def test_licence_is_named_as_the_standard_wants(site: Site, text: str, expected: tuple[str | None, str | None]) -> None:
    own = schema.load("enterprises")
    package = datapackage.descriptor(own, make_settings(data_licence=text), site.version, [])
    licence = package["licenses"][0]
    assert (licence.get("name"), licence.get("path"), licence["title"]) == (*expected, text)


def test_a_demonstration_says_so_and_grants_nothing(site: Site, tmp_path: Path) -> None:
    settings = make_settings(publication="demonstration", data_licence="", pole=Pole())
    exports.write(replace(site, settings=settings), tmp_path, CHANGES)
    package = json.loads((tmp_path / "donnees/datapackage.json").read_text(encoding="utf-8"))
    assert "Démonstration" in package["description"]
    assert not {"licenses", "contributors"} & set(package)
    head = json.loads((tmp_path / "donnees/entreprises.json").read_text(encoding="utf-8"))
    assert (head["publication"], "licence" in head) == ("demonstration", False)
    assert "Démonstration" in (tmp_path / "donnees/nouveautes.xml").read_text(encoding="utf-8")


def test_a_confidential_address_is_in_no_file(out: Path) -> None:
    place = row(out, "etablissements", "maison-exemple")
    assert [place[key] for key in ("adresse", "code_postal", "latitude", "longitude")] == ["", "", "", ""]
    assert place["municipalite"] == "La Tuque"
    records = json.loads((out / "donnees/entreprises.json").read_text(encoding="utf-8"))["entreprises"]
    shelter = next(r for r in records if r["entreprise"] == "maison-exemple")
    assert not {"adresse", "code_postal", "latitude", "longitude"} & set(shelter["etablissements"][0])
    assert shelter["adresse_confidentielle"] == "oui"
    points = json.loads((out / "donnees/entreprises.geojson").read_text(encoding="utf-8"))
    assert "maison-exemple" not in {f["properties"]["entreprise"] for f in points["features"]}


def test_whole_records_are_nested_as_in_their_files(out: Path) -> None:
    head = json.loads((out / "donnees/entreprises.json").read_text(encoding="utf-8"))
    assert (head["date"], head["reference"], head["licence"]) == ("2026-11-22", "0afba09aa1", "CC BY 4.0")
    record = next(r for r in head["entreprises"] if r["entreprise"] == "coop-exemple")
    order = schema.load("enterprises").key_order
    assert list(record) == ["entreprise", *(key for key in order if key in record)]
    assert record["verification"] == {
        "statut": "confirmee",
        "date": "2026-03-15",
        "par": "entreprise",
        "source": "Site web",
        "deduits": ["secteur", "forme_juridique"],
    }
    assert record["offres"][1] == {
        "nom": "Vitres",
        "categorie": "entretien-menager",
        "verification": {"statut": "confirmee", "date": "2026-01-02", "source": "Appel"},
    }
    assert record["etablissements"][1] == {"municipalite": "Shawinigan"}
    assert record["etablissements"][0]["longitude"] == -72.78283
    assert record["mission"] == RICH.mission, "only a spreadsheet needs the apostrophe"
    poor = next(r for r in head["entreprises"] if r["entreprise"] == "a")
    assert set(poor) == {
        *("entreprise", "nom", "forme_juridique", "statut", "secteur", "etablissements", "verification"),
    }


def test_points_are_geojson(out: Path) -> None:
    points = json.loads((out / "donnees/entreprises.geojson").read_text(encoding="utf-8"))
    assert points["type"] == "FeatureCollection"
    feature = next(f for f in points["features"] if f["id"] == "coop-exemple/1")
    assert feature["geometry"] == {"type": "Point", "coordinates": [-72.78283, 47.43777]}
    assert feature["properties"]["mrc"] == "900"
    assert feature["properties"]["fiche"] == "https://exemple.org/repertoire/entreprises/coop-exemple/"
    assert {f["id"] for f in points["features"]} == {"coop-exemple/1", "hostile/1"}


def test_every_code_of_the_records_is_explained(out: Path) -> None:
    codes = json.loads((out / "donnees/vocabulaires.json").read_text(encoding="utf-8"))
    found = table(out, "entreprises")
    assert {r["secteur"] for r in found} <= {s["slug"] for s in codes["secteurs"]}
    assert {r["forme_juridique"] for r in found} <= {f["slug"] for f in codes["formes"]}
    assert {c["groupe"] for c in codes["categories"]} <= {g["slug"] for g in codes["groupes"]}
    assert {m["region"] for m in codes["mrc"]} <= {r["code"] for r in codes["regions"]}
    assert {m["mrc"] for m in codes["municipalites"]} <= {m["code"] for m in codes["mrc"]}
    assert {r["municipalite"] for r in table(out, "etablissements")} <= {m["nom"] for m in codes["municipalites"]}


def cells(out: Path) -> Iterator[str]:
    """Give every cell of every table."""
    for own in schema.load("enterprises").tables:
        for found in table(out, own.name):
            yield from found.values()


def test_no_cell_runs_in_a_spreadsheet(out: Path) -> None:
    risky = [cell for cell in cells(out) if cell[:1] in tables.RISKY and cell.strip("+-0123456789.,")]
    assert risky == []
    assert not any(c in cell for cell in cells(out) for c in "\x00\x07\r\ud800")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+1 819", "'+1 819"),
        ("-texte", "'-texte"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\n=1"),
        ("\r\n=1", "'\n=1"),
        ("\x00=1", "'=1"),
        ("\uff1d1", "'\uff1d1"),
        ("'90, l’année", "''90, l’année"),
        ("'l’été", "'l’été"),
        ("-12", "-12"),
        ("+3,5", "+3,5"),
        ("-1+1", "'-1+1"),
        ("-１", "'-１"),  # noqa: RUF001 - a wide digit is no number for everyone
        ("l’été, 2 = 2", "l’été, 2 = 2"),
        ("un\r\ndeux", "un\ndeux"),
        ("", ""),
    ],
)
def test_safe_texts(text: str, expected: str) -> None:
    assert tables.safe(text) == expected


@given(st.text())
def test_any_text_comes_back_from_the_tables(text: str) -> None:
    own = schema.load("enterprises")
    found = tables.to_csv(tables.lay(own, own.root, [replace(POOR, nom=text, mission=text)]))
    header, cells = csv.reader(io.StringIO(found, newline=""), strict=True)
    safe, held = tables.safe(text), dict(zip(header, cells, strict=True))
    assert (held.get("nom", ""), held.get("mission", "")) == (safe, safe)
    assert safe[:1] not in tables.RISKY or safe.strip("+-0123456789.,") == ""


def test_json_keeps_hostile_texts_as_they_are(out: Path) -> None:
    records = json.loads((out / "donnees/entreprises.json").read_text(encoding="utf-8"))["entreprises"]
    assert next(r for r in records if r["entreprise"] == "hostile")["mission"] == HOSTILE.replace("\ud800", "?")


def test_schemas_of_records_are_published(written: tuple[Path, tuple[DataFile, ...]]) -> None:
    out, files = written
    for name in ("entreprise", "territoire", "seuil", "acheteur", "cohorte"):
        url = f"schemas/{name}.schema.json"
        assert json.loads((out / url).read_text(encoding="utf-8"))["type"] == "object"
        assert url in {f.url for f in files}


@pytest.mark.parametrize("slug", ["coop-exemple", "a", "fermee-exemple"])
def test_a_published_record_obeys_the_published_schema(out: Path, slug: str) -> None:
    described = json.loads((out / "schemas/entreprise.schema.json").read_text(encoding="utf-8"))
    records = json.loads((out / "donnees/entreprises.json").read_text(encoding="utf-8"))["entreprises"]
    record = next(r for r in records if r.pop("entreprise") == slug)
    faults = Draft202012Validator(described).iter_errors(record)
    assert [f"{fault.json_path}: {fault.message}" for fault in faults] == []


def test_the_data_page_lists_every_file(written: tuple[Path, tuple[DataFile, ...]]) -> None:
    out, files = written
    on_disk = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    own = {"acheter/catalogue.json", "acheter/details.json", "acheter/textes.json", "acheter/carnet.json"}
    own |= {"contribuer/formulaire.json", "contribuer/regles.json", "contribuer/fiches.json"}
    own |= {name for name in on_disk if name.startswith("contribuer/polygones/")}
    own |= {"aide/aide.json", "carte/carte.json"}
    others = [one.name for one in COLLECTIONS if one.is_open and one.name != ENTERPRISES]
    own |= {f"contribuer/{kind}-{name}.json" for kind in ("formulaire", "regles") for name in others}
    own |= {name for name in on_disk if name.startswith("territoires/")}
    assert {f.url for f in files} | own == on_disk, (
        "only the catalogue, the map, help and the form read their own files"
    )
    assert all(f.name and f.format and f.description.endswith(".") for f in files)
    assert all(f.size.endswith(("\u00a0ko", "\u00a0Mo")) for f in files)
    assert len({f.name for f in files}) == len(files)


def test_two_writings_give_the_same_bytes(site: Site, out: Path, tmp_path: Path) -> None:
    exports.write(site, tmp_path, dict(reversed(CHANGES.items())))
    for path in out.rglob("*"):
        if path.is_file():
            other = tmp_path / path.relative_to(out)
            assert other.read_bytes() == path.read_bytes(), path.name
            for_people = ("entreprises-excel.csv", "lacunes.csv", "entreprises.xlsx")
            is_for_people = path.name in for_people or path.name.startswith("statistiques-")
            assert b"\r" not in path.read_bytes() or is_for_people


def test_a_file_being_read_is_replaced_whole(site: Site, out: Path, tmp_path: Path) -> None:
    """A preview answers while it writes: cut short, `entreprises.csv` once reached a reader empty."""

    def write() -> None:
        exports.write(site, tmp_path, CHANGES, again=True)
        exports.write_indexes(site, tmp_path, {"": None, "territoires/": None}, again=True)

    write()
    names = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert {Path("donnees/entreprises.csv"), Path("acheter/catalogue.json"), Path("sitemap.xml")} <= set(names)
    for name in names:
        (tmp_path / name).write_bytes(b"ce que lit un navigateur")
    with ExitStack() as stack:
        shown = [stack.enter_context((tmp_path / name).open("rb")) for name in names]
        write()
        assert {file.read() for file in shown} == {b"ce que lit un navigateur"}
    assert all((tmp_path / name).read_bytes() != b"ce que lit un navigateur" for name in names)
    assert sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file()) == names, (
        "nothing is left beside"
    )
    assert (tmp_path / "donnees/entreprises.csv").read_bytes() == (out / "donnees/entreprises.csv").read_bytes()


@pytest.mark.parametrize("most", [1, 3, 22])
def test_writing_stops_between_two_files(most: int, site: Site, out: Path, tmp_path: Path) -> None:
    exports.write(site, tmp_path, CHANGES, iter([True] * (most - 1) + [False]).__next__)
    written = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    assert len(written) == most
    assert all((tmp_path / name).read_bytes() == (out / name).read_bytes() for name in written)
