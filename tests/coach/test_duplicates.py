"""Hold where a proposal that resembles another record is told so: in what it proposes, not in that other record."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.coach.proposing import RIVALE, TRAITEUR, Proposals, lay

from annuaire.coach import writing

LIKE = RIVALE.replace("Cantine Rivale", "Cantine Rivalle")


@pytest.fixture
def site(tmp_path: Path) -> Proposals:
    """Lay a small site in a repository."""
    return lay(tmp_path)


@pytest.mark.parametrize("slug", ["a-cantine", "z-cantine"])
def test_the_new_record_is_at_fault_whatever_the_order_of_names(site: Proposals, slug: str) -> None:
    site.start()
    site.record(slug, LIKE)
    site.record(f"{slug}s", TRAITEUR.replace("Traiteur Exemple", "Buanderie").replace("https://t", "https://b"))
    site.propose()
    report = site.coach()
    assert [[fault.problem.code for fault in change.faults] for change in report.changes] == [
        ["doublon-nom-proche"],
        ["neq-en-double"],
    ]
    assert report.elsewhere == ()
    assert report.solved == 0
    files = [line.partition("file=")[2].partition(",")[0] for line in writing.github(report).splitlines()[:-1]]
    assert files == [f"content/enterprises/{slug}.yml", f"content/enterprises/{slug}s.yml"]


@pytest.mark.parametrize("slug", ["a-cantine", "z-cantine"])
def test_a_record_that_comes_to_resemble_another_is_at_fault(site: Proposals, slug: str) -> None:
    site.record(slug, LIKE.replace("Cantine Rivalle", "Buanderie").replace("0177", "0178"))
    site.commit()
    site.start()
    site.record(slug, LIKE)
    site.propose()
    report = site.coach()
    assert [fault.problem.code for fault in report.changes[0].faults] == ["doublon-nom-proche"]
    assert report.elsewhere == ()


@pytest.mark.parametrize("touched", ["a-cantine", "cantine-rivale"])
def test_a_likeness_that_was_there_is_no_news(site: Proposals, touched: str) -> None:
    site.record("a-cantine", LIKE)
    site.write(
        "content/exceptions.yml",
        "exceptions:\n  - {fiche: cantine-rivale, code: doublon-nom-proche, raison: Deux organismes}\n",
    )
    site.commit()
    site.start()
    site.record(touched, (LIKE if touched == "a-cantine" else RIVALE).replace("obnl", "obln"))
    site.propose()
    report = site.coach()
    assert [fault.problem.code for fault in report.changes[0].faults] == ["forme-inconnue"]
    assert report.elsewhere == ()
    assert report.solved == 0
