"""A handful of files of the Exemple site, whole: a change of one byte is seen, and accepted with `--rewrite-golden`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.sites import Project

EXPECTED = Path(__file__).with_name("attendu")
FILES = {
    "accueil.html": "index.html",
    "liste.html": "entreprises/index.html",
    "profil-complet.html": "entreprises/entretien-exemple-entreprise-d-insertion/index.html",
    "profil-mince.html": "entreprises/club-nautique-exemple-de-la-pointe/index.html",
    "profil-confidentiel.html": "entreprises/maison-l-eclaircie-d-exemple/index.html",
    "profil-hostile.html": "entreprises/exemple-hostile/index.html",
    "territoire.html": "territoires/la-pointe-d-exemple/index.html",
    "acheter.html": "acheter/index.html",
    "categorie.html": "acheter/categories/entretien-menager/index.html",
    "categorie-territoire.html": "acheter/categories/location-salles/exempleville/index.html",
    "redirection.html": "entreprises/exemple-hostile-avant/index.html",
    "nouveautes.xml": "donnees/nouveautes.xml",
    "profil-complet.vcf": (
        "entreprises/entretien-exemple-entreprise-d-insertion/entretien-exemple-entreprise-d-insertion.vcf"
    ),
    "entreprises.csv": "donnees/entreprises.csv",
    "etablissements.csv": "donnees/etablissements.csv",
}
HASH = re.compile(r"(assets/bundles/[\w-]+)\.[0-9a-f]{10}(?=\.(?:css|js)\b)")  # it changes with any style or script
COMMIT = re.compile(r"\b[0-9a-f]{10}\b(?=</code>)|(?<=sha256:)[0-9a-f]{64}|\b[0-9a-f]{64}\b")


def normalised(data: bytes) -> bytes:
    """Leave aside what says which version of the data it is; dates come from the only commit, always the same."""
    text = COMMIT.sub("VERSION", data.decode("utf-8"))
    return HASH.sub(r"\1", text).encode("utf-8")


@pytest.mark.parametrize("name", FILES)
def test_file_is_as_expected(example: Project, name: str, rewrite_golden: bool) -> None:
    found = normalised((example.site / FILES[name]).read_bytes())
    path = EXPECTED / name
    if rewrite_golden:
        path.write_bytes(found)
    assert path.is_file(), "nothing to compare with: look at the built page, then use --rewrite-golden"
    assert found.decode() == path.read_bytes().decode()


def test_no_file_is_left_over() -> None:
    assert {path.name for path in EXPECTED.iterdir()} == set(FILES)
