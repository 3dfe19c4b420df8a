"""When what a page shows last changed, and what says it: the foot of the page, the sitemap."""

import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise, Place, Verification
from annuaire.config import Pole, Settings
from annuaire.places import territories, vocabularies
from annuaire.timeline.days import Days, days
from annuaire.timeline.history import Change

OLD, NEW = date(2026, 3, 1), date(2026, 11, 22)
DAYS = Days({"entreprises/a/": OLD, "entreprises/b/": NEW})


@pytest.mark.parametrize(
    ("url", "linked", "reads_all", "expected"),
    [
        ("entreprises/a/", ["entreprises/b/"], False, OLD),  # who is near is not the record
        ("territoires/m/", ["entreprises/a/", "secteurs/", "entreprises/absente/"], False, OLD),
        ("territoires/m/", ["entreprises/a/", "entreprises/b/"], False, NEW),
        ("territoires/vide/", ["secteurs/"], False, None),
        ("recherche/", ["secteurs/"], True, NEW),
        ("acheter/", ["entreprises/a/"], True, OLD),
    ],
)
def test_the_day_of_a_page(url: str, linked: list[str], reads_all: bool, expected: date | None) -> None:
    assert DAYS.of(url, linked, reads_all=reads_all) == expected


def test_without_a_history_no_page_has_a_day() -> None:
    assert Days().of("recherche/", ["entreprises/a/"], reads_all=True) is None


def test_days_come_from_the_history_of_records_and_of_written_pages(tmp_path: Path) -> None:
    def git(*words: str, at: str = "") -> None:
        who = ("-c", "user.name=Exemple", "-c", "user.email=exemple@example.org")
        moment = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at} if at else {}
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, env=moment, capture_output=True)

    pages = tmp_path / "content/pages"
    (pages / "notre-region").mkdir(parents=True)
    git("init", "-q")
    for name, at in (("a-propos.md", "2026-03-01T12:00:00Z"), ("notre-region/index.md", "2026-04-01T12:00:00Z")):
        (pages / name).write_text("---\ntitle: Exemple\n---\n", encoding="utf-8")
        git("add", ".")
        git("commit", "-q", "-m", "Write", at=at)
    (pages / "brouillon.md").write_text("", encoding="utf-8")
    settings = replace(SETTINGS, root=tmp_path, pages=pages)
    moment = datetime(2026, 11, 22, 3, tzinfo=UTC)
    found = days(settings, CATALOGUE, {"coop": Change(moment, moment), "absente": Change(moment, moment)})
    assert found.records == {"entreprises/coop/": NEW}
    assert found.written == {"a-propos/": OLD, "notre-region/": date(2026, 4, 1)}


SETTINGS = Settings(
    root=Path("/exemple"),
    config_file=Path("/exemple/mkdocs.yml"),
    site_name="Exemple",
    site_url="https://exemple.org/",
    site_dir=Path("/exemple/site"),
    pages=Path("/exemple/pages"),
    content=Path("/exemple/content"),
    publication="officielle",
    regions=("04",),
    pole=Pole(),
    data_licence="",
    repository="",
    edit_prefix="",
)
_COOP = Enterprise(
    "coop", "Coop Exemple", "obnl", "active", "a-preciser", (Place("La Tuque"),), Verification("a-confirmer")
)
CATALOGUE = Catalogue((_COOP,), (), territories.load(), vocabularies.load(), ("04",))
