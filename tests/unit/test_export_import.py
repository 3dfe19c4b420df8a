"""What the site gives to download, the import takes back unchanged: a list may leave, be looked at, and return."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.exporting import NOW, POOR, RICH

from annuaire import config
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Benefits, Enterprise
from annuaire.exports import main_place, spreadsheet, tables
from annuaire.intake import importing
from annuaire.intake.importing import Outcome, preparing
from annuaire.places import territories, vocabularies
from annuaire.records.collections import ENTERPRISES
from annuaire.schema import load
from annuaire.yamlfile import source

COOP = replace(
    RICH,
    statut="inconnu",  # « active » is what a person has asked, and no list says it
    site_web="https://coop.example.org/accueil",
    nom="Coopérative Exemple",
    mission="-12 degrés, offrir des « repas ».",
    description="@membres et =somme(2; 3) | tout",
    retombees=Benefits("+ douze personnes", "'90, l’année", '="un"'),
    etablissements=(replace(RICH.lieu, courriel="info@coop.example.org", heures="", latitude=None, longitude=None),),
)
# An import never confirms, whatever its list says.
CONSTANTS = "constantes:\n  verification.statut: a-confirmer\n  verification.par: import\n"
KINDS = ("entreprises.csv", "entreprises-excel.csv", "entreprises.xlsx")


def exported(folder: Path, name: str, *enterprises: Enterprise) -> Path:
    catalogue = Catalogue(enterprises, (), territories.load(), vocabularies.load(), ("04",))
    own = load(ENTERPRISES)
    laid = tables.lay(own, own.root, tables.published(catalogue), main_place.columns(catalogue))
    data = {
        KINDS[0]: lambda: tables.to_csv(laid).encode(),
        KINDS[1]: lambda: spreadsheet.to_csv(catalogue, laid),
        KINDS[2]: lambda: spreadsheet.workbook(catalogue, [laid], (), "Exemple", "Exemple", NOW),
    }
    (folder / name).write_bytes(data[name]())
    return folder / name


def mapped(site: Path, listed: Path) -> Path:
    """Write the mapping that `import --preparer` guesses, with nothing decided by a person."""
    own = load(ENTERPRISES)
    found = preparing.prepare(listed, own, vocabularies.load(), territories.load(), ("04",))
    assert not found.missing
    assert [word.word for word in found.words if word.why != "sûr"] == []
    given = [guess for guess in found.guesses if guess.path and not guess.path.startswith("verification.")]
    columns = "".join(f'  "{guess.column}": {guess.path}\n' for guess in given)
    sheet = f"feuille: {found.sheet.name}\n" if found.sheet.name else ""
    path = site / "content" / "import" / "retour.yml"
    path.write_text(
        f"titre: Retour\netat: retour.json\ngarder: tout\n{sheet}colonnes:\n{columns}{CONSTANTS}", encoding="utf-8"
    )
    return path


@pytest.mark.parametrize("name", KINDS)
def test_what_leaves_comes_back_unchanged(site: Path, name: str) -> None:
    listed = exported(site, name, COOP, replace(POOR, statut="active"))
    report = importing.run(listed, mapped(site, listed), config.load(site / "mkdocs.yml"))
    assert [row.outcome for row in report.rows] == [Outcome.CREATED, Outcome.CREATED], report.as_text()
    slug = next(row.slug for row in report.rows if row.name == COOP.nom)
    values = source.read(site / "content" / "enterprises" / f"{slug}.yml").values
    expected = {
        "nom": COOP.nom,
        "neq": COOP.neq,
        "forme_juridique": COOP.forme_juridique,
        "annee_fondation": str(COOP.annee_fondation),
        "secteur": COOP.secteur,
        "secteurs_secondaires": list(COOP.secteurs_secondaires),
        "certifications": list(COOP.certifications),
        "territoires_desservis": list(COOP.territoires_desservis),
        "statut": COOP.statut,
        "mission": COOP.mission,
        "description": COOP.description,
        "site_web": COOP.site_web,
        "retombees": {
            "sociales": COOP.retombees.sociales,
            "economiques": COOP.retombees.economiques,
            "environnementales": COOP.retombees.environnementales,
        },
    }
    assert {key: values.get(key) for key in expected} == expected
    (place,) = values["etablissements"]  # type: ignore[misc]
    lieu = COOP.lieu
    wanted = {"adresse": lieu.adresse, "municipalite": lieu.municipalite, "code_postal": lieu.code_postal}
    wanted |= {"telephone": lieu.telephone, "courriel": lieu.courriel}
    assert {key: place.get(key) for key in wanted} == wanted
