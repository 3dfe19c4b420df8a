"""What the site gives to download, the import takes back unchanged: a list may leave, be looked at, and return."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.answering import catalogue_of
from tests.exporting import POOR, RICH
from tests.returning import KINDS, exported, mapped

from annuaire import config
from annuaire.catalogue.model import Benefits
from annuaire.exports import tables
from annuaire.intake import importing
from annuaire.intake.importing import Outcome, cleaning
from annuaire.yamlfile import source

COOP = replace(
    RICH,
    statut="inconnu",  # « active » is what a person has asked, and no list says it
    site_web="https://coop.example.org/accueil",
    nom="Coopérative «\u00a0Exemple\u00a0»\u00a0: l'Atelier",
    mission="-12 degrés, offrir des « repas » à 2\u00a0500 personnes.",
    activite="Ateliers; et repas",
    description="@membres et =somme(2; 3) | tout\n\n- un; deux\n  - « trois »\n\n='=1+1",
    retombees=Benefits("+ douze personnes", "'90, l’année", '="un"'),
    etablissements=(replace(RICH.lieu, courriel="info@coop.example.org", heures="", latitude=None, longitude=None),),
)


@pytest.mark.parametrize("name", KINDS)
def test_what_leaves_comes_back_unchanged(site: Path, name: str) -> None:
    listed = exported(site, name, catalogue_of(COOP, replace(POOR, statut="active")))
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
        "activite": COOP.activite,
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


# What a spreadsheet may run, what protects from it, what a cell may lose.
SIGNS = st.text(st.sampled_from("='+-@\"0x.,;|« »\u00a0:\uff1d\uff0b\uff0d\uff20’é\n"), min_size=1, max_size=12)


@given(SIGNS)
def test_any_text_comes_back_from_a_cell(text: str) -> None:
    for read in (cleaning.text, cleaning.paragraphs):
        usual = read(text).value  # a record holds no other
        for cell in (tables.safe(usual), tables.typed(usual)):
            assert read(cleaning.unprotected(cell)).value == usual
    assert tables.safe(text)[:1] not in tables.RISKY or re.fullmatch(r"[+-]?[0-9.,\s]+", text)
