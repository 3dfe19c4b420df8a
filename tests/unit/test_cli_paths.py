"""What the command line refuses before it changes anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from annuaire import urls
from annuaire.cli import main as cli
from annuaire.rules.file_name import is_refused
from annuaire.text.problems import AnnuaireError


@pytest.mark.parametrize("slug", ["index", "con", "page-2", "page-10", "404"])
def test_reserved_slug(slug: str) -> None:
    assert is_refused(slug)


@pytest.mark.parametrize("slug", ["page-deux", "page-2-x", "contact"])
def test_free_slug(slug: str) -> None:
    assert not is_refused(slug)
    assert not urls.is_reserved(slug)


@pytest.mark.parametrize("name", ["index", "Con", "Page 2"])
def test_new_refuses_a_reserved_name(project_root: Path, name: str) -> None:
    with pytest.raises(AnnuaireError, match="gardent pour eux"):
        cli.cli.main(["--config", str(project_root / "mkdocs.yml"), "new", name], standalone_mode=False)


@pytest.mark.parametrize("command", ["validate", "format"])
@pytest.mark.parametrize("path", ["/", "absent.yml", __file__])
def test_path_without_record(project_root: Path, command: str, path: str) -> None:
    if path == "/":
        path = str(project_root.parent / "ailleurs")
        Path(path).mkdir()
    with pytest.raises(AnnuaireError, match=r"introuvable|pas dans le dossier"):
        cli.cli.main(["--config", str(project_root / "mkdocs.yml"), command, path], standalone_mode=False)


@pytest.fixture
def project_root(tmp_path: Path) -> Path:
    """Lay out the least that makes a site."""
    root = tmp_path / "site"
    (root / "content" / "enterprises").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(
        "site_name: Essai\nsite_url: https://exemple.org/\nextra:\n  annuaire:\n    publication: demonstration\n"
        "    regions: ['04']\n    contenu: content\n",
        encoding="utf-8",
    )
    return root
