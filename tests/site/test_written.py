"""A page that could act stops everything before an engine runs, however it is asked; and again after one has run."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sites import EXAMPLES, Project, digest, lay_out, run

HOSTILE = "---\ntitle: Piège\n---\n\nBonjour.\n\n<script>location = 'https://mal.exemple.org/'</script>\n"
PLACE = "pages/piege.md:7:1"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Lay out the Exemple site with a page that would act, and a site that was built before."""
    project = lay_out(tmp_path, EXAMPLES)
    (project.root / "pages" / "piege.md").write_text(HOSTILE, encoding="utf-8")
    (project.site / "deja").mkdir(parents=True)
    (project.site / ".site-annuaire").write_text("", encoding="utf-8")
    project.commit()
    return project


def test_validate_says_the_line_and_what_to_do(project: Project) -> None:
    for paths in ((), ("pages",), ("pages/piege.md",)):
        answer = project.run("validate", *paths)
        assert answer.returncode == 1
        assert f"{PLACE}: erreur\u00a0: «\u00a0<script>\u00a0» ferait agir la page" in answer.stdout
        assert "conseil\u00a0: l’enlever" in answer.stdout
    assert project.run("validate", "content").returncode == 0


@pytest.mark.parametrize("options", [(), ("--skip-invalid",)])
def test_no_engine_reads_it_and_the_site_stays(project: Project, options: tuple[str, ...]) -> None:
    before, witness = digest(project.site), project.root / "temoin"
    answer = project.run("build", *options, "--engine", f"touch {witness} {{shells}}")
    assert answer.returncode == 1
    assert PLACE in answer.stderr
    assert "Des pages contiennent des erreurs" in answer.stderr
    assert not witness.exists()
    assert digest(project.site) == before


def test_a_page_and_a_record_are_told_together(project: Project) -> None:
    record = project.record("exemplaire")
    record.write_text(record.read_text(encoding="utf-8").replace("statut: active", "statut: actif"), encoding="utf-8")
    answer = project.run("build")
    assert answer.returncode == 1
    assert PLACE in answer.stderr
    assert "exemplaire.yml" in answer.stderr
    assert "Des fiches et des pages contiennent des erreurs" in answer.stderr


def test_mkdocs_alone_stops_on_it(project: Project) -> None:
    before = digest(project.site)
    answer = run("mkdocs", "build", "--quiet", folder=project.root)
    assert answer.returncode != 0
    assert PLACE in answer.stdout + answer.stderr
    assert digest(project.site) == before


def test_what_an_engine_makes_of_a_text_is_judged_again(project: Project) -> None:
    """An extension of Markdown that the site names may make more of a page than what was judged."""
    (project.root / "pages" / "piege.md").write_text("---\ntitle: Page\n---\n\nUn texte simple.\n", encoding="utf-8")
    shells = project.root / "shells"
    rendered = project.run("build", "--engine", f"mkdocs build --quiet --site-dir {shells}", "--out", "autre")
    assert rendered.returncode == 2, "the shells went elsewhere"
    page = shells / "piege" / "index.html"
    html = page.read_text(encoding="utf-8")
    assert project.run("stamp", "shells", "--out", "site").returncode == 0
    before = digest(project.site)
    page.write_text(html.replace("Un texte simple.", "<b onclick='x()'>Un texte</b>"), encoding="utf-8")
    answer = project.run("stamp", "shells", "--out", "site")
    assert answer.returncode == 2
    assert "pages/piege.md\u00a0: «\u00a0onclick\u00a0» ferait agir la page" in answer.stderr
    assert digest(project.site) == before
