"""The whole directory leaves as each of its files, and the import takes it back as it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.returning import KINDS, exported, mapped
from tests.sites import REPOSITORY

from annuaire import config
from annuaire.catalogue.loading import Loader
from annuaire.intake import importing
from annuaire.yamlfile import source

# What a list never says by itself, or that only its site knows: who vouched, that it is active, its address here.
_OWN = {"verification", "provenances", "statut", "anciens_slugs", "offres", "jachete", "images", "date_fermeture"}
_OF_PLACE = ("adresse", "municipalite", "code_postal", "telephone", "courriel")


def told(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a record says that its line in a list says too."""
    hidden = values.get("adresse_confidentielle") == "oui"
    place = values["etablissements"][0]
    main = {key: place.get(key) for key in _OF_PLACE if not (hidden and key in ("adresse", "code_postal"))}
    rest = {
        key: value for key, value in values.items() if key not in _OWN | {"etablissements", "adresse_confidentielle"}
    }
    return rest | main | {"adresse_confidentielle": hidden}


@pytest.mark.parametrize("name", KINDS)
def test_the_whole_directory_comes_back(tmp_path: Path, name: str) -> None:
    catalogue = Loader(config.load(REPOSITORY / "mkdocs.yml")).load(date(2026, 11, 22)).catalogue()
    (tmp_path / "mkdocs.yml").write_text(
        'site_name: Exemple\nsite_url: https://example.org/\nextra:\n  annuaire:\n    regions: ["04"]\n',
        encoding="utf-8",
    )
    (tmp_path / "content" / "import").mkdir(parents=True)
    listed = exported(tmp_path, name, catalogue)
    report = importing.run(listed, mapped(tmp_path, listed), config.load(tmp_path / "mkdocs.yml"))
    back = {path.stem: source.read(path).values for path in (tmp_path / "content/enterprises").glob("*.yml")}
    there = {row.name: told(back[row.slug]) for row in report.rows if row.slug in back}
    records = [source.read(path).values for path in (REPOSITORY / "content/enterprises").glob("*.yml")]
    left = [told(values) for values in records if not values.get("fusionnee_avec")]
    assert len(left) > 200
    assert [(one, there.get(one["nom"])) for one in left if there.get(one["nom"]) != one] == []
