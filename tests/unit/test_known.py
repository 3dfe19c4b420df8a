"""Records that are known: read and judged again as soon as anything that judges them is another."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.sites import Project

from annuaire import config, files, keeping
from annuaire.catalogue.loading import Loaded, Loader
from annuaire.records import attachments, known, reading
from annuaire.text.problems import Problem
from annuaire.yamlfile import source

DAY = date(2026, 11, 2)


@pytest.fixture
def project(laid: Project, tmp_path: Path) -> Project:
    """Copy the Exemple site, to change it."""
    return laid.copy(tmp_path / "site")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Name the records that are parsed."""
    heard: list[str] = []
    parse = source.parse

    def hear(text: str, path: Path, *, lenient_tags: bool = False) -> source.Document:
        if path.parent.name == "enterprises":
            heard.append(path.stem)
        return parse(text, path, lenient_tags=lenient_tags)

    monkeypatch.setattr(source, "parse", hear)
    return heard


def load(project: Project, day: date = DAY) -> Loaded:
    return Loader(config.load(project.config_file)).load(day)


def fresh(project: Project, day: date = DAY) -> tuple[Problem, ...]:
    (project.settings.cache / known.FILE).unlink(missing_ok=True)
    return load(project, day).problems


def test_one_changed_record_alone_is_read_again(project: Project, parsed: list[str]) -> None:
    first = load(project)
    clean = [record.slug for record in first.enterprises if not record.findings]
    parsed.clear()
    path = project.record(clean[0])
    path.write_text(path.read_text(encoding="utf-8") + "mission: Servir\n" * 2, encoding="utf-8")  # twice: a fault
    again = load(project)
    assert clean[0] in parsed
    assert not {*parsed} & {*clean[1:]}
    assert {p.code for p in again.problems if p.slug == clean[0]} >= {"cle-en-double"}
    assert again.problems == fresh(project)
    assert [r.values for r in again.enterprises] == [r.values for r in load(project).enterprises]


def test_another_day_judges_everything_again(project: Project, parsed: list[str]) -> None:
    load(project)
    parsed.clear()
    later = DAY + timedelta(days=1500)
    problems = load(project, later).problems
    assert "verification-ancienne" in {p.code for p in problems}
    assert len(parsed) < 20, "nothing that was without a fault is parsed again"
    assert problems == fresh(project, later)
    assert load(project).problems == fresh(project)


@pytest.mark.parametrize("what", ["a table", "a setting", "the program", "an image"])
def test_all_that_judges_a_record_is_in_the_mark(
    what: str, project: Project, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    load(project)
    parsed.clear()
    if what == "a table":
        path = project.root / "content" / "vocabularies" / "municipalites.csv"
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    elif what == "a setting":
        project.configure(site_name="Un autre nom")
    elif what == "the program":
        monkeypatch.setattr(keeping, "program", lambda: "un autre")
    else:
        monkeypatch.setattr(attachments, "sizes", lambda _: {"neuf.pdf": 10})
    load(project)
    assert len(parsed) > 30


@pytest.mark.parametrize("damage", [b"", b"{}", b"0" * 64 + b"\n{}", None])
def test_a_file_that_is_not_ours_is_as_good_as_none(damage: bytes | None, project: Project) -> None:
    first = load(project)
    path = project.settings.cache / known.FILE
    data = path.read_bytes()
    path.write_bytes(data.replace(b"Exempleville", b"Autreville") if damage is None else damage)
    again = load(project)
    assert again.problems == first.problems
    assert [r.values for r in again.enterprises] == [r.values for r in first.enterprises]
    assert path.read_bytes() == data


def test_a_link_in_the_place_of_a_known_record_is_refused(project: Project) -> None:
    first = load(project)
    path = next(r.document.path for r in first.enterprises if not r.findings)
    aside = project.root / "aside.yml"
    path.rename(aside)
    path.symlink_to(aside)
    assert "lien-symbolique" in {p.code for p in load(project).problems}


def test_a_place_that_refuses_keeps_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    save = files.save

    def refuse(path: Path, content: str | bytes) -> None:
        if path.name == known.FILE:
            raise OSError(28, "no space left")
        save(path, content)

    monkeypatch.setattr(files, "save", refuse)
    assert load(project).problems == load(project).problems
    assert not (project.settings.cache / known.FILE).exists()
    assert reading.Folder(project.enterprises, project.root, load(project).enterprises[0].schema).read()
