"""Judge hand-written pages and where their faults stand; the corpora hold what is refused and what stays free."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.rules.corpus import settings as site_settings
from tests.sites import EXAMPLES, REPOSITORY

from annuaire import config
from annuaire.depot import defaults
from annuaire.text.hypertext import flaws
from annuaire.written import folder, page

THEME = REPOSITORY / "src" / "annuaire" / "theme"


def judge(text: str) -> list[tuple[str, int, int]]:
    found = [problem for problem in page.judge("page.md", text.encode()) if problem.code != "page-titre"]
    return [(problem.code, problem.location.line, problem.location.column) for problem in found]


def test_pages_of_the_program_are_free_of_faults() -> None:
    settings = replace(config.load(EXAMPLES / "mkdocs.yml"), pages=defaults.PAGES)
    assert len(defaults.every()) > 30
    assert folder.check(settings) == ()


def test_front_matter_has_the_keys_that_the_theme_reads() -> None:
    templates = "".join(path.read_text(encoding="utf-8") for path in THEME.rglob("*.html"))
    assert set(re.findall(r"\bmeta\.(\w+)", templates)) | {"title"} == set(page.KEYS)


def test_scripts_are_bundles_of_the_theme_and_those_that_pages_name() -> None:
    bundles = {path.stem for path in (THEME / "js").glob("*.js")}
    assert set(page.SCRIPTS) <= bundles
    assert bundles - set(page.SCRIPTS) == {
        *("annuaire", "document", "editor", "judging", "ledger-worker", "map", "results", "workbook")
    }
    named = {
        found[1]
        for path in defaults.PAGES.rglob("*.md")
        if (found := re.search(r"(?m)^script: (\w+)$", path.read_text(encoding="utf-8")))
    }
    assert named == set(page.SCRIPTS)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a\n\n<b onclick=x>b</b>\n\n<b onclick=x>c</b>\n", [(3, 1), (5, 1)]),
        ("---\ntitle: A\n---\n\na <i onclick=x>b</i>\n", [(5, 3)]),
        ("```\n<b onclick=x>b</b>\n```\n\n<b onclick=x>c</b>\n", [(5, 1)]),
        ("`<b onclick=x>b</b>`\n\nc <b onclick=x>d</b>\n", [(3, 3)]),
        ("a\n\n> b [c](java&#115;cript:x)\n", [(3, 1)]),
        ("a\r\n\r\n<b onclick=x>b</b>\r\n", [(3, 1)]),
        ("a [b][c]\n\nd\n\n[c]: <data:text/html,x>\n", [(5, 7)]),
    ],
)
def test_a_fault_stands_where_it_is_written(text: str, places: list[tuple[int, int]]) -> None:
    assert [found[1:] for found in judge(text)] == places


@pytest.mark.parametrize("text", ["[" * 3000, "[a](" * 3000, "![" * 3000, "a\n\n- " + "[b " * 3000])
def test_what_would_take_for_ever_is_not_read(text: str) -> None:
    assert [code for code, *_ in judge(text)] == ["page-illisible"]


def test_ordinary_brackets_are_read() -> None:
    assert judge("\n".join(f"- [lien {n}](a.md) et [x] [y][z] (note {n})" for n in range(300))) == []


def test_a_page_full_of_faults_is_told_in_few() -> None:
    assert len(judge("<b onclick=x>b</b>\n\n" * 500)) == 20


@pytest.mark.parametrize(
    "text", ["Bonjour\n", "", "---\n---\nBonjour\n", "---\nonglet: aide\n---\n", "---\ntitle: ''\n---\n"]
)
def test_a_page_without_a_title_is_told_before_it_is_built(text: str) -> None:
    assert [problem.code for problem in page.judge("page.md", text.encode())] == ["page-titre"]


def test_weight_and_encoding_are_told() -> None:
    assert judge("a" * (page.MAX_BYTES + 1)) == [("fichier-trop-gros", 1, 1)]
    assert [p.code for p in page.judge("page.md", b"a\n\xe9\n")] == ["encodage"]
    assert judge("\ufeff---\ntitle: A\n---\n\nb\n") == []


def test_every_file_of_the_folder_is_judged(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    for name in ("a/index.md", "a/.gitkeep", "a/x.PNG", "b/x.HTML", "b/x.xhtml", "sans-extension", ".htaccess", "c.MD"):
        (pages / name).parent.mkdir(parents=True, exist_ok=True)
        (pages / name).write_text("---\ntitle: Texte\n---\n", encoding="utf-8")
    (pages / "a`b").mkdir()
    (pages / "a`b" / "un nom.md").write_text("---\ntitle: Texte\n---\n", encoding="utf-8")
    (pages / "lourd.md").write_bytes(b" " * 100_000)
    (pages / "lien.html").symlink_to("/etc/passwd")  # `site.shells` refuses it
    found = [(p.location.file, p.code) for p in folder.check(site_settings(tmp_path))]
    refused = ("pages/.htaccess", "pages/b/x.HTML", "pages/b/x.xhtml", "pages/c.MD", "pages/sans-extension")
    assert found == sorted(
        [
            *((name, "page-fichier") for name in refused),
            ("pages/a`b/un nom.md", "page-nom"),
            ("pages/lourd.md", "fichier-trop-gros"),
        ]
    )


def test_marks_of_ours_are_taken_where_they_belong_only() -> None:
    mark = "<!--annuaire:contenu-->"
    assert list(flaws(mark, marks=page.MARKS)) == []
    assert [flaw.finding.code for flaw in flaws(mark)] == ["page-ecriture"]
