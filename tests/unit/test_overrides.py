"""A wrong file in `content/vocabularies/` stops a run with a sentence, never with a traceback or a strange path."""

from __future__ import annotations

from pathlib import Path

import pytest

from annuaire.places import boundaries, territories, vocabularies
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
    "geometry", ['{"type": "Polygon", "coordinates": []}', '{"type": "Point", "coordinates": [1, 2]}']
)
def test_wrong_polygons(tmp_path: Path, geometry: str) -> None:
    text = f'{{"features": [{{"properties": {{"code": "350"}}, "geometry": {geometry}}}]}}'
    (tmp_path / boundaries.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(AnnuaireError):
        boundaries.boundaries(tmp_path)
