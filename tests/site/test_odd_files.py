"""Files that a directory may hold and that no page can name: each is one record left out, with one message."""

from __future__ import annotations

import os
from pathlib import Path

from tests.sites import Project


def test_a_name_that_is_not_utf8_and_a_link_to_itself_stop_nothing(project: Project) -> None:
    record = sorted(project.enterprises.glob("*.yml"))[0].read_bytes()
    Path(os.fsdecode(os.fsencode(project.enterprises) + b"/coop-\xe9.yml")).write_bytes(record)
    (project.enterprises / "boucle.yml").symlink_to("boucle.yml")
    done = project.call("validate")
    assert done.returncode == 1
    assert "coop-\\udce9.yml" in done.stdout
    assert "boucle.yml:1:1" in done.stdout
    done = project.call("build", "--skip-invalid")
    assert done.returncode == 0, done.stderr
    assert "boucle.yml:1:1" in done.stdout
    page = (project.root / "site" / "donnees" / "index.html").read_text(encoding="utf-8")
    assert "coop-\\udce9.yml" in page
    assert not [path for path in (project.root / "site").rglob("*") if "udce9" in path.name]
