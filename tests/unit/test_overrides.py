"""A wrong file in `content/vocabularies/` stops a run with a sentence, never with a traceback or a strange path."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from annuaire.places import boundaries, outlines, territories, vocabularies
from annuaire.text.addresses import judge_web
from annuaire.text.problems import AnnuaireError

REGION = "code,nom,slug,en,de,population,lettres_postales,indicatif\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("secteurs.yml", "../x: {libelle: X}\n"),
        ("secteurs.yml", "x: {libelle: [X]}\n"),
        ("secteurs.yml", "x: {libelle: X, synonymes: mot}\n"),
        ("secteurs.yml", "x: {libelle: X, scian: [{a: b}]}\n"),
        ("secteurs.yml", "x: X\n"),
        ("formes.yml", "x: {libelle: X, autre: Y}\n"),
        ("categories.yml", "groupes: X\n"),
        ("categories.yml", "categories: {x: {libelle: X, groupe: rien}}\n"),
        ("categories.yml", "groupes: {../x: X}\n"),
        ("certifications.yml", "x: {}\n"),
    ],
)
def test_wrong_vocabulary(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(AnnuaireError, match=name.split(".", maxsplit=1)[0]):
        vocabularies.load(tmp_path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("regions.csv", REGION + "99,Ailleurs\n"),
        ("regions.csv", REGION + "99,Ailleurs,ailleurs,en,de,12,G,819,de trop\n"),
        ("regions.csv", REGION + "99,Ailleurs,../x,en,de,12,G\n"),
        ("regions.csv", REGION + "99,Ailleurs,ailleurs,en,de,douze,G,819\n"),
        ("voisins.csv", "mrc,voisin\n350,999\n"),
        ("anciennes_municipalites.csv", "nom,municipalite_code,annee,source\nX,00000,2000,Y\n"),
    ],
)
def test_wrong_territories(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(AnnuaireError):
        territories.load(tmp_path)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("javascript:alert(1)", "n’est pas une adresse web permise"),
        ("//exemple.org/", "n’est pas une adresse web permise"),
        ('https://exemple.org/\\"onclick=\\"x', "n’est pas une adresse web permise"),
        ("https://moi:secret@exemple.org/", "contient un nom d’utilisateur"),
        ("http://127.0.0.1/", "par son numéro"),
        ("http://serveur.local/", "n’est pas accessible au public"),
    ],
)
def test_address_of_a_vocabulary_and_of_a_table(tmp_path: Path, address: str, said: str) -> None:
    (tmp_path / "certifications.yml").write_text(f'x: {{libelle: X, site_web: "{address}"}}\n', encoding="utf-8")
    with pytest.raises(AnnuaireError, match=rf"^certifications\.yml.*x\.site_web.*{said}"):
        vocabularies.load(tmp_path)
    columns = resources.files("annuaire.data").joinpath("municipalites.csv").read_text(encoding="utf-8").splitlines()[0]
    row = dict.fromkeys(columns.split(","), "") | {"code": "99001", "slug": "x", "mrc": "350", "site_web": address}
    text = f"{columns}\n" + ",".join(value.replace('"', "") for value in row.values()) + "\n"
    (tmp_path / "municipalites.csv").write_text(text, encoding="utf-8")
    if '"' not in address:
        with pytest.raises(AnnuaireError, match=rf"municipalites\.csv:2.*site_web.*{said}"):
            territories.load(tmp_path)


def test_addresses_of_the_package_are_public() -> None:
    sites = [m.site_web for m in territories.load().municipality_by_code.values() if m.site_web]
    assert [site for site in sites if judge_web(site)[0]] == []
    assert sites


@pytest.mark.parametrize(
    "geometry",
    [
        *('{"type": "Polygon", "coordinates": []}', '{"type": "Point", "coordinates": [1, 2]}'),
        '{"type": "Polygon", "coordinates": [[[1, 2], [1, 3]]]}',
        '{"type": "Polygon", "coordinates": [[[1, 2], [1, 3], [1, 2]]]}',
        '{"type": "Polygon", "coordinates": [[[1, 2], [1, 3], [2, 3], [1, 2]], []]}',
        '{"type": "Polygon", "coordinates": [[["a", 2], [1, 3], [2, 3], ["a", 2]]]}',
    ],
)
def test_wrong_polygons(tmp_path: Path, geometry: str) -> None:
    text = f'{{"features": [{{"properties": {{"code": "350"}}, "geometry": {geometry}}}]}}'
    (tmp_path / outlines.FILE).write_text(text, encoding="utf-8")
    for read in (boundaries.boundaries, outlines.outlines):
        with pytest.raises(AnnuaireError, match="GeoJSON"):
            read(tmp_path)
