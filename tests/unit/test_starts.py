"""What a command loads before it answers: a library that it does not need would be waited for each time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.sites import Project, clean_environment, minimal_record

# Starts a command as `annuaire` does, lets it speak to the error stream, and lists the modules that it loaded.
PROGRAM = """
import sys
from contextlib import redirect_stdout
from annuaire.cli.main import main
with redirect_stdout(sys.stderr):
    try:
        main()
    except SystemExit as stopped:
        code = stopped.code
print(*sys.modules)
sys.exit(code)
"""
# What `--help` may load of the package: click, words, and the modules that name the commands.
LIGHT = {
    *("annuaire", "annuaire.cli", "annuaire.cli.main", "annuaire.cli.console"),
    *("annuaire.cli.overview", "annuaire.cli.publication", "annuaire.cli.staff", "annuaire.cli.upkeep"),
    *("annuaire.cli.figures", "annuaire.cli.geocoding", "annuaire.cli.printing", "annuaire.cli.repository"),
    *("annuaire.text", "annuaire.text.french", "annuaire.text.messages", "annuaire.text.problems"),
}
PAGES = {"jinja2", "markdown_it", "nh3", "mkdocs"}
# No record of the site has a point: only one that has needs polygons.
SHAPES = {"shapely", "numpy"}
HEAVY = {
    "frictionless",
    "openpyxl",
    "rich",
    "rapidfuzz",
    "phonenumbers",
    "pyuca",
    "geopy",
    "typst",
    "segno",
    *PAGES,
    *SHAPES,
}
SLUG = "cafe-exemple"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Lay out the least that makes a site, with one record and a history."""
    project = Project(tmp_path)
    project.enterprises.mkdir(parents=True)
    project.record(SLUG).write_text(minimal_record("Café Exemple", "Shawinigan"), encoding="utf-8")
    project.config_file.write_text(
        "site_name: Essai\nsite_url: https://exemple.org/\nextra:\n  annuaire:\n    publication: demonstration\n"
        "    regions: ['04']\n    contenu: content\n",
        encoding="utf-8",
    )
    project.commit()
    return tmp_path


def loaded(root: Path, *arguments: str, code: int = 0) -> set[str]:
    """Run a command in a process of its own, which ends with a code; give the modules that it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=root,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == code, done.stderr
    return set(done.stdout.split())


def libraries(modules: set[str]) -> set[str]:
    """Keep the first part of each name."""
    return {name.partition(".")[0] for name in modules}


def test_help_loads_no_library_and_little_of_the_package(root: Path) -> None:
    found = loaded(root, "--help")
    assert libraries(found) & {*HEAVY, "yaml", "subprocess"} == set()
    assert {name for name in found if name.startswith("annuaire")} == LIGHT


def test_help_of_a_command_loads_its_module_alone(root: Path) -> None:
    found = loaded(root, "apply", "--help")
    others = {f"annuaire.cli.{name}" for name in ("figures", "geocoding", "overview", "printing")}
    others |= {"annuaire.cli.publication", "annuaire.cli.repository", "annuaire.cli.upkeep"}
    assert {name for name in found if name.startswith("annuaire")} == LIGHT - others


def test_validate_loads_what_judges_and_nothing_that_writes(root: Path) -> None:
    found = libraries(loaded(root, "validate"))
    assert found & {"frictionless", "openpyxl", "rich", "geopy", *PAGES, *SHAPES} == set()


def test_a_doubtful_value_is_judged_by_frictionless(root: Path) -> None:
    record = root / f"content/enterprises/{SLUG}.yml"
    record.write_text(record.read_text(encoding="utf-8") + "annee_fondation: 2999\n", encoding="utf-8")
    assert "frictionless" in libraries(loaded(root, "validate", code=1))


@pytest.mark.parametrize(
    "line", [("format", "--check"), ("duplicates",), ("history", SLUG), ("new", "Atelier Exemple")], ids=" ".join
)
def test_who_judges_no_cell_does_not_load_its_readers(root: Path, line: tuple[str, ...]) -> None:
    assert "frictionless" not in libraries(loaded(root, *line))


def test_a_command_ends_without_a_last_look_for_cycles(root: Path) -> None:
    program = PROGRAM.replace("print(*sys.modules)", "import gc\nprint(gc.get_freeze_count())")
    done = subprocess.run(
        [sys.executable, "-c", program, "validate"], cwd=root, env=clean_environment(), capture_output=True, text=True,
        check=True, timeout=60,
    )  # fmt: skip
    assert int(done.stdout) > 10_000


def test_the_plugin_that_renders_shells_alone_loads_no_reader_of_records() -> None:
    """`annuaire build` has read them already, beside: each build would load all of the package twice."""
    program = "import sys, annuaire.mkdocs_plugin; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    found = set(done.stdout.split())
    assert "annuaire.site.engine" in found
    assert libraries(found) & (HEAVY - {"mkdocs", "pyuca"}) == set()
    assert found & {"annuaire.build", "annuaire.catalogue.loading", "annuaire.exports"} == set()
