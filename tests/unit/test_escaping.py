"""The shortcut that escapes pages gives the bytes of the usual way, and nothing breaks when it is not there."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jinja2
import markupsafe
import pytest
from tests.conftest import HOSTILE
from tests.sites import EXAMPLES, Project, clean_environment, lay_out

from annuaire import config, making, pages
from annuaire.catalogue.loading import Loader
from annuaire.pages import escaping
from annuaire.pages.page import Page

VALUES = ("a", "<b> & \"c\" 'd'", "", 7, True, None, 1.5, markupsafe.Markup("<i>sûr</i>"), ["<x>"])
PRIVATE = ("_escape_inner", "_from_namespace")
ELSEWHERE = """
import jinja2, markupsafe, sys
from pathlib import Path
from tests.sites import Project
from tests.unit.test_escaping import fingerprint, made
print(jinja2.__file__, markupsafe.__file__, fingerprint(made(Project(Path(sys.argv[1])))))
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Lay out the Exemple site, with the record whose every field is hostile."""
    project = lay_out(tmp_path_factory.mktemp("exemple"), EXAMPLES)
    shutil.copy(HOSTILE, project.enterprises)
    project.commit()
    return project


def made(project: Project) -> list[Page]:
    """Make the pages of a site; none is rendered yet."""
    loaded = Loader(project.settings).load(config.judging_date(project.root))
    return [plan.build() for plan in pages.plans(making.gather(project.settings, loaded)[0])]


def rendered(pages_made: list[Page]) -> dict[str, str]:
    """Render every page, with templates made anew."""
    pages.environment.cache_clear()
    return {page.url: pages.render(page) for page in pages_made}


def fingerprint(pages_made: list[Page]) -> str:
    """Give one hash for the HTML of every page."""
    return hashlib.sha256(repr(sorted(rendered(pages_made).items())).encode()).hexdigest()


def test_a_piece_is_what_markupsafe_makes_of_it() -> None:
    assert [str(escaping.escape_piece(value)) for value in VALUES] == [str(markupsafe.escape(v)) for v in VALUES]


def test_pages_are_those_of_jinja_alone(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    found = made(project)
    quick = rendered(found)
    assert len(quick) == len(found)
    assert "&lt;script&gt;window.pirate=1" in quick["entreprises/exemple-hostile/"]
    monkeypatch.setattr(pages, "PageTemplate", jinja2.Template)
    assert rendered(found) == quick


def test_the_shortcut_is_taken(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    assert escaping.escape_text is not markupsafe.escape, "MarkupSafe has changed: pages take a third longer"
    seen: list[str] = []
    monkeypatch.setattr(escaping, "escape_text", lambda value: seen.append(value) or str(markupsafe.escape(value)))
    rendered(made(project)[:1])
    assert seen, "compiled templates no longer call their « escape »: see PageTemplate"


def test_pages_are_the_same_without_private_names(project: Project, tmp_path: Path) -> None:
    """A later version of Jinja or MarkupSafe may call them otherwise: here, copies of both do."""
    for library in (jinja2, markupsafe):
        folder = Path(library.__file__).parent
        copy = shutil.copytree(folder, tmp_path / folder.name, ignore=shutil.ignore_patterns("*.so", "*.pyd", "*.pyc"))
        for path in copy.rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            for name in PRIVATE:
                text = text.replace(name, "_called_otherwise")
            path.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", ELSEWHERE, str(project.root)],
        env=clean_environment() | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, sys.path)])},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    *places, found = done.stdout.split()
    assert all(Path(place).is_relative_to(tmp_path) for place in places)
    assert found == fingerprint(made(project))
