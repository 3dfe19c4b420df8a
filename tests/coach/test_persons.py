"""Read a proposal that names somebody: told as a fault, and flagged where an exception lets it through."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.coach.proposing import TRAITEUR, Proposals, lay

from annuaire.coach import writing

EXCEPTION = """exceptions:
  - fiche: traiteur-exemple
    code: personne-nommee
    valeur: Madame Untel
    raison: Le nom d’un plat.
"""


@pytest.fixture
def site(tmp_path: Path) -> Proposals:
    """Lay a small site whose team let one name through."""
    site = lay(tmp_path)
    site.write("content/exceptions.yml", EXCEPTION)
    site.commit("Exception")
    return site


def with_mission(site: Proposals, words: str) -> None:
    site.record("traiteur-exemple", TRAITEUR.replace("Nourrir les gens", words))


def test_a_person_is_a_fault_of_the_proposal(site: Proposals) -> None:
    site.start()
    with_mission(site, "Appeler M. Untel au 819 555-0199 pour nourrir les gens")
    site.propose()
    report = site.coach()
    assert {"personne-nommee", "telephone-dans-texte"} <= {problem.code for problem in report.problems}
    assert "personne-admise" not in {flag.code for flag in report.flags}


@pytest.mark.parametrize("staff", [False, True])
def test_what_an_exception_lets_through_is_flagged(site: Proposals, staff: bool) -> None:
    site.start()
    with_mission(site, "Servir le Madame Untel et nourrir les gens")
    site.propose()
    report = site.coach(staff=staff)
    assert not report.errors
    assert "personne-admise" in {flag.code for flag in report.flags}
    assert "qu’une exception laisse passer" in writing.FORMATS["text"](report)


def test_what_was_let_through_before_is_not_flagged_again(site: Proposals) -> None:
    with_mission(site, "Servir le Madame Untel")
    site.commit("Un plat")
    site.start()
    with_mission(site, "Servir le Madame Untel à tous")
    site.propose()
    assert "personne-admise" not in {flag.code for flag in site.coach().flags}
