"""The reference of settings lists every one that the code reads, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from annuaire import config

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "docs" / "reglages.md").read_text(encoding="utf-8").replace("\u00a0", " ")
ROWS = re.findall(r"(?m)^\| `([\w.]+)` \| (.+) \| (.+) \|$", REFERENCE)


def test_every_setting_is_in_the_reference_and_the_reverse() -> None:
    code = Path(config.__file__).read_text(encoding="utf-8")
    theme = (ROOT / "src" / "annuaire" / "theme" / "partials" / "footer.html").read_text(encoding="utf-8")
    top = set(re.findall(r"""_text\(values, "(\w+)"\)""", code)) | {"site_description"}
    assert "site_description" in theme, "the theme alone reads it"
    known = top | config.KNOWN
    known |= {f"pole.{key}" for key in config.POLE_KEYS} | {f"portes.{key}" for key in config.DOOR_KEYS}
    known |= {f"carte.{key}" for key in config.MAP_KEYS}
    known |= {f"alerte.{key}" for key in config.ALERT_KEYS}
    listed = [name for name, _, _ in ROWS]
    assert len(set(listed)) == len(listed)
    assert set(listed) == known


def test_what_is_said_to_be_required_is(tmp_path: Path) -> None:
    required = {name for name, _, without in ROWS if "exig" in without}
    assert required == {f"pole.{name}" for name in config.OFFICIAL_NEEDS} | {"pole", "licence_donnees"}


def test_defaults_are_those_of_the_code(tmp_path: Path) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text("site_url: https://exemple.org/\n", encoding="utf-8")
    settings = config.load(file)
    without = {name: said for name, _, said in ROWS}
    assert without["site_name"] == f"« {settings.site_name} »"
    for name, path in (("docs_dir", settings.pages), ("site_dir", settings.site_dir), ("contenu", settings.content)):
        assert without[name] == f"`{path.relative_to(tmp_path).as_posix()}`"
    assert without["publication"] == f"`{settings.publication}`"
    assert (settings.regions, without["regions"]) == ((), "tout le Québec")
