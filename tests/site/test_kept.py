"""Shells that are kept: rendered again as soon as anything that the engine reads is another, and only then."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.sites import Project, digest

from annuaire import keeping
from annuaire.site import engine, kept


@pytest.fixture(autouse=True)
def own(shells_rendered_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep here where a site does, and not what the other tests share."""
    monkeypatch.setattr(kept, "MOST", 2)
    monkeypatch.setattr(kept, "place", lambda cache: cache / kept.FOLDER)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Count the programs that are started, instead of starting them: each leaves one page."""
    heard: list[list[str]] = []

    class Program:
        returncode = 0
        stdout = None

        def __init__(self, words: list[str], **_: Any) -> None:
            heard.append(words)
            self.rendered = Path(words[-1]).parent / engine.RENDERED

        def communicate(self) -> tuple[str, None]:
            self.rendered.mkdir()
            (self.rendered / "index.html").write_text(f"{len(heard)}", encoding="utf-8")
            return "", None

    monkeypatch.setattr(engine, "subprocess", SimpleNamespace(Popen=Program, DEVNULL=0, PIPE=0, STDOUT=0))
    return heard


def render(project: Project, name: str = engine.DEFAULT) -> dict[str, str]:
    """Render the shells of a site, and give what was rendered."""
    settings = Project(project.root).settings  # read again
    return digest(engine.start(settings, name, settings.cache / "essai").wait())


def another_page(project: Project) -> None:
    (project.root / "pages" / "neuve.md").write_text("# Neuve\n", encoding="utf-8")


def another_setting(project: Project) -> None:
    project.configure(site_name="Un autre nom")


def another_program(project: Project) -> None:
    shutil.copyfile(Path(kept.__file__), project.root / "programme" / "neuf.py")


def another_engine(project: Project) -> None:
    del project


@pytest.mark.parametrize("change", [another_page, another_setting, another_program, another_engine])
def test_rendered_again_when_something_read_changed(
    change: Callable[[Project], None], project: Project, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.root / "programme").mkdir()
    monkeypatch.setattr(keeping, "_PROGRAM", project.root / "programme")
    monkeypatch.setattr(keeping, "program", keeping.program.__wrapped__)  # a program does not change while it runs
    first = render(project)
    assert render(project) == first
    assert len(started) == 1, "nothing changed: nothing was started"
    change(project)
    assert render(project, "zensical" if change is another_engine else "mkdocs") != first
    assert len(started) == 2
    assert len(list(kept.place(project.settings.cache).iterdir())) == 2


@pytest.mark.parametrize(
    "line",
    [
        "hooks: [essai.py]",
        "plugins: [annuaire, search]",
        "plugins: [annuaire, macros: {}]",
        "plugins: {macros: {}}",
        "copyright: !ENV LICENCE",
        "markdown_extensions: [pymdownx.snippets]",
        "INHERIT: autre.yml",
    ],
)
def test_never_kept_where_the_engine_may_read_elsewhere(line: str, project: Project, started: list[list[str]]) -> None:
    text = project.config_file.read_text(encoding="utf-8")
    key = line.partition(":")[0]
    others = re.sub(rf"(?m)^{key}:.*\n((  .*|#.*)?\n)*", "", text)
    project.config_file.write_text(f"{others}\n{line}\n", encoding="utf-8")
    (project.root / "autre.yml").write_text("{}\n", encoding="utf-8")
    render(project)
    render(project)
    assert len(started) == 2
    assert not kept.place(project.settings.cache).exists()


def test_what_a_command_line_renders_is_never_kept(project: Project, started: list[list[str]]) -> None:
    for _ in range(2):
        render(project, "rendre {config}")
    assert len(started) == 2


def test_no_room_left_only_takes_longer(
    project: Project, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(kept.shutil, "copytree", refuse)
    cache = project.settings.cache
    rendered = project.root / "rendu"
    rendered.mkdir()
    kept.keep(cache, "a", rendered)
    assert kept.lend(cache, "a") is None


def test_kept_shells_are_read_where_they_stand(project: Project, started: list[list[str]]) -> None:
    render(project)
    shutil.rmtree(project.settings.cache / "essai")
    running = engine.start(project.settings, engine.DEFAULT, project.settings.cache / "essai")
    assert running.wait().parent == kept.place(project.settings.cache)
    assert not (project.settings.cache / "essai").exists()
    assert len(started) == 1


def test_what_another_build_reads_is_not_thrown_away(project: Project, started: list[list[str]]) -> None:
    cache = project.settings.cache
    render(project)
    reading = engine.start(project.settings, engine.DEFAULT, cache / "essai")
    before = digest(reading.wait())
    names = ["Un autre nom", "Un troisième nom", "Un quatrième nom"]
    for name in names:
        project.configure(site_name=name)
        render(project)
    assert digest(reading.wait()) == before, "one more than the most, while it is read"
    reading.stop()
    project.configure(site_name="Un dernier nom")
    render(project)
    assert not reading.wait().exists()
    assert len(started) == 2 + len(names)


def test_shells_that_are_being_thrown_away_are_rendered_again(
    project: Project, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build finds them a moment before they go, and locks what is no more there."""
    first = render(project)
    lock = kept.fcntl.flock

    def late(file: int, how: int) -> None:
        shutil.rmtree(kept.place(project.settings.cache))
        lock(file, how)

    with monkeypatch.context() as patch:
        patch.setattr(kept.fcntl, "flock", late)
        running = engine.start(project.settings, engine.DEFAULT, project.settings.cache / "essai")
    assert digest(running.wait()) != first
    assert len(started) == 2


def test_the_same_site_is_built_from_what_was_kept(project: Project) -> None:
    project.build()
    first = digest(project.site)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "subprocess", None)
        project.build()
    assert digest(project.site) == first
