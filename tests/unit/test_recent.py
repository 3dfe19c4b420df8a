"""News say what changed; a commit that says nothing to a reader is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.test_history import Repository, change

from annuaire.catalogue.differences import Wording
from annuaire.places import territories, vocabularies
from annuaire.timeline import recent
from annuaire.timeline.history import Change

RECORD = """nom: {name}
secteur: {sector}
mission: {mission}
etablissements:
  - municipalite: La Tuque
    telephone: {phone}
    latitude: {latitude}
verification:
  statut: a-confirmer
  source: {source}
"""
FIRST = {
    "name": "Coop Exemple",
    "sector": "transport",
    "mission": "Offrir des repas.",
    "phone": "819 555-0142",
    "latitude": "47.4",
    "source": "liste",
}


def record(**changed: str) -> str:
    return RECORD.format(**{**FIRST, **changed})


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "projet")


def told(repository: Repository) -> dict[str, Change]:
    wording = Wording(vocabularies.load(), territories.load())
    return recent.told(repository.root, repository.root / "content", repository.changes(), wording)


def said(repository: Repository, slug: str) -> tuple[int, int, tuple[str, ...]]:
    """Give the days of a record, and what its last change says."""
    found = told(repository)[slug]
    days = next((c, m) for c in range(9) for m in range(9) if change(c, m) == Change(found.created, found.modified))
    return (*days, found.told)


def test_a_change_names_the_fields_that_differ(repository: Repository) -> None:
    repository.write(coop=record())
    repository.commit(day=0)
    repository.write(coop=record(phone="819 555-0143", mission="Servir des repas."))
    repository.commit(day=1)
    assert said(repository, "coop") == (0, 1, ("mission", "téléphone"))


@pytest.mark.parametrize(
    "text",
    [
        record() + "# relu\n",
        record(latitude="47.5", source="autre liste"),
        record().replace("Offrir des repas.", '"Offrir des repas."'),
    ],
)
def test_a_mechanical_commit_is_as_if_it_were_not(repository: Repository, text: str) -> None:
    repository.write(coop=record())
    repository.commit(day=0)
    repository.write(coop=record(phone="819 555-0143"))
    repository.commit(day=1)
    repository.write(coop=text.replace("0142", "0143"))
    repository.commit(day=2)
    assert said(repository, "coop") == (0, 1, ("téléphone",))


def test_of_a_large_commit_a_few_records_speak_for_the_rest(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recent, "SAMPLE", 2)
    slugs = [f"coop_{letter}" for letter in "abcde"]
    repository.write(**dict.fromkeys(slugs, record()))
    repository.commit(day=0)
    repository.write(**dict.fromkeys(slugs, record(latitude="47.5")))
    repository.commit(day=1)
    assert {one.modified for one in told(repository).values()} == {change(0, 0).modified}
    repository.write(**dict.fromkeys(slugs, record(latitude="47.5", phone="819 555-0143")))
    repository.commit(day=2)
    assert said(repository, "coop-a") == (0, 2, ("téléphone",))
    assert said(repository, "coop-e") == (0, 2, ())


def test_without_a_repository_nothing_changes(tmp_path: Path) -> None:
    known = {"coop": change(0, 1)}
    wording = Wording(vocabularies.load(), territories.load())
    assert recent.told(tmp_path, tmp_path / "content", known, wording) == known
