"""Dates of records come from the project's history, and from nothing else."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from annuaire.timeline.history import Change, changes, latest, news

DAY = 86_400
START = 1_767_225_600  # 2026-01-01T00:00:00Z


class Repository:
    """Make a small repository with dated commits."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "content" / "enterprises"
        self.folder.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, day: int = 0, cwd: Path | None = None) -> None:
        """Run git with a fixed identity and date, and no settings of this machine."""
        stamp = f"{START + day * DAY} -0500"
        names = {f"GIT_{who}_{what}": "exemple" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        dates = {"GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}
        nothing = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        subprocess.run(
            ["git", *arguments],
            cwd=cwd or self.root,
            env={**os.environ, **names, **dates, **nothing},
            check=True,
            capture_output=True,
        )

    def write(self, **texts: str) -> None:
        """Write records by slug (`_` stands for `-`)."""
        for slug, text in texts.items():
            (self.folder / f"{slug.replace('_', '-')}.yml").write_text(text, encoding="utf-8")

    def commit(self, day: int) -> None:
        """Commit everything."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "Exemple", day=day)

    def changes(self) -> dict[str, Change]:
        """Ask the module under test."""
        return changes(self.root, self.folder)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "projet [exemple] *")


def change(created: int, modified: int) -> Change:
    """Give a change by days since the start."""
    return Change(*(datetime.fromtimestamp(START + day * DAY, UTC) for day in (created, modified)))


def test_dates_of_new_and_changed_records(repository: Repository) -> None:
    repository.write(coop_a="1", coop_b="1", coop_c="1")
    repository.commit(day=0)
    repository.write(coop_b="2", coop_d="1")
    repository.commit(day=1)
    repository.write(coop_b="3")
    repository.commit(day=2)
    (repository.folder / "coop-c.yml").unlink()
    repository.commit(day=3)
    repository.write(coop_e="not committed", coop_a="changed since, not committed")
    found = repository.changes()
    assert found == {"coop-a": change(0, 0), "coop-b": change(0, 2), "coop-d": change(1, 1)}
    assert [found[slug].is_new for slug in sorted(found)] == [True, False, True]
    assert latest(found) == ["coop-b", "coop-d", "coop-a"]


def test_equal_dates_follow_the_slug() -> None:
    assert latest({"b": change(0, 1), "c": change(0, 2), "a": change(1, 1)}) == ["c", "a", "b"]


def test_a_renamed_or_recreated_record_is_new(repository: Repository) -> None:
    repository.write(ancienne="le même texte\n" * 20, revenue="1")
    repository.commit(day=0)
    repository.git("mv", "content/enterprises/ancienne.yml", "content/enterprises/nouvelle.yml")
    (repository.folder / "revenue.yml").unlink()
    repository.commit(day=1)
    repository.write(revenue="2")
    repository.commit(day=2)
    repository.write(revenue="3")
    repository.commit(day=3)
    assert repository.changes() == {"nouvelle": change(1, 1), "revenue": change(2, 3)}


def test_only_records_of_the_folder_itself_count(repository: Repository) -> None:
    repository.write(coop="1")
    (repository.folder / "sous-dossier").mkdir()
    (repository.folder / "sous-dossier" / "autre.yml").write_text("1", encoding="utf-8")
    (repository.folder / "notes.txt").write_text("1", encoding="utf-8")
    (repository.root / "ailleurs.yml").write_text("1", encoding="utf-8")
    repository.commit(day=0)
    assert set(repository.changes()) == {"coop"}


def test_a_project_inside_a_larger_repository(repository: Repository) -> None:
    repository.write(coop="1")
    repository.commit(day=0)
    assert set(changes(repository.root / "content", repository.folder)) == {"coop"}
    assert set(changes(repository.root / "ailleurs", repository.folder)) == {"coop"}, "content/ may stand elsewhere"


def test_odd_file_names_are_names_and_nothing_else(repository: Repository) -> None:
    odd = [b'a"quote', b"line\nbreak", b"\x01999 grafted", b"A", b"latin-\xe9", "é-😀".encode(), b" espace", b"-tiret"]
    folder = os.fsencode(repository.folder)
    for name in odd:
        Path(os.fsdecode(folder + b"/" + name + b".yml")).write_bytes(b"1")
    repository.commit(day=0)
    assert repository.changes() == {os.fsdecode(name): change(0, 0) for name in odd}


def test_a_merged_branch_keeps_its_dates(repository: Repository) -> None:
    repository.write(coop="1")
    repository.commit(day=0)
    repository.git("switch", "--quiet", "--create", "proposition")
    repository.write(proposee="1")
    repository.commit(day=1)
    repository.git("switch", "--quiet", "main")
    repository.write(coop="2")
    repository.commit(day=2)
    repository.git("merge", "--quiet", "--no-ff", "--message", "Exemple", "proposition", day=3)
    assert repository.changes() == {"coop": change(0, 2), "proposee": change(1, 1)}


def test_a_shallow_clone_dates_only_what_it_saw(repository: Repository, tmp_path: Path) -> None:
    repository.write(vieille="1", modifiee="1")
    repository.commit(day=0)
    repository.write(vieille="2")
    repository.commit(day=1)
    repository.write(modifiee="2", nouvelle="1")
    repository.commit(day=2)
    repository.git("tag", "grafted")
    clone = tmp_path / "clone"
    repository.git("clone", "--quiet", "--depth", "2", f"file://{repository.root}", str(clone), cwd=tmp_path)
    found = changes(clone, clone / "content" / "enterprises")
    assert found == {"modifiee": change(1, 2), "nouvelle": change(2, 2)}
    assert set(repository.changes()) == {"vieille", "modifiee", "nouvelle"}, "a tag named « grafted » changes nothing"


def test_personal_settings_of_git_change_nothing(repository: Repository) -> None:
    repository.write(coop="1")
    repository.commit(day=0)
    expected = repository.changes()
    for setting in ("log.showSignature=true", "color.ui=always", "diff.renames=copies", "log.decorate=full"):
        repository.git("config", *setting.split("="))
    assert repository.changes() == expected


def test_nothing_is_known_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert changes(tmp_path, tmp_path / "content") == {}
    assert changes(tmp_path / "absent", tmp_path / "absent" / "content") == {}


def test_an_empty_repository_or_folder(repository: Repository) -> None:
    assert repository.changes() == {}
    repository.write(coop="1")
    repository.commit(day=0)
    assert changes(repository.root, repository.root / "absent") == {}


def test_git_may_be_missing(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.write(coop="1")
    repository.commit(day=0)
    monkeypatch.setenv("PATH", "")
    assert repository.changes() == {}


def test_a_date_that_most_records_share_is_no_news() -> None:
    first, later = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    imported = {slug: Change(first, first) for slug in ("a", "b", "c")}
    assert news(imported) == []
    assert news(imported | {"d": Change(first, later)}) == ["d"]
