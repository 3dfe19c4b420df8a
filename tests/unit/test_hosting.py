"""The files for web servers: each says the same, in its own writing, and embeds nothing that it should not."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.exporting import make_settings

from annuaire.site import hosting

BASE = "/repertoire/"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    for name in ("acheter", "assets", hosting.EMBEDDED):
        (tmp_path / name).mkdir()
    hosting.write(make_settings(), tmp_path)
    return tmp_path


def rules(text: str) -> dict[str, dict[str, str]]:
    """Read a `_headers` file as Netlify does: a path, then its headers, set back."""
    found: dict[str, dict[str, str]] = {}
    path = ""
    for line in text.splitlines():
        if line.startswith("/"):
            path = line
            found[path] = {}
        elif line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            found[path][name] = value
    return found


def test_one_policy_reaches_each_page_and_the_embedded_ones_may_be_framed(out: Path) -> None:
    found = rules((out / "_headers").read_text(encoding="utf-8"))
    assert found[f"{BASE}*"] == dict(hosting.HEADERS), "rules add up: a policy here would close the embedded pages"
    policies = {path: values[name] for path, values in found.items() if (name := "Content-Security-Policy") in values}
    assert policies == {
        BASE: hosting.OWN,
        f"{BASE}acheter/*": hosting.OWN,
        f"{BASE}assets/*": hosting.OWN,
        f"{BASE}integre/*": hosting.ANY,
    }
    assert found[f"{BASE}assets/bundles/*"] == {"Cache-Control": hosting.FOR_EVER}


def test_iis_is_told_every_type_and_reads_its_file(out: Path) -> None:
    root = ElementTree.parse(out / "web.config").getroot()  # noqa: S314 - what we have just written
    maps = {one.get("fileExtension"): one.get("mimeType") for one in root.iter("mimeMap")}
    assert maps == {f".{extension}": kind for extension, kind in hosting.TYPES.items()}
    removed = [one.get("fileExtension") for one in root.iter("remove") if one.get("fileExtension")]
    assert removed == list(maps), "a type that the server has already would stop the whole site"
    policies = {
        where.get("path", ""): [one.get("value") for one in where.iter("add") if "frame" in str(one.get("value"))]
        for where in root.iter("location")
    }
    assert policies == {"assets/bundles": [], "integre": [hosting.ANY]}
    assert "/repertoire/404.html" in {one.get("path") for one in root.iter("error")}


@pytest.mark.parametrize("name", ["_headers", ".htaccess", "web.config", "nginx.conf"])
def test_hsts_is_left_to_who_owns_the_domain(out: Path, name: str) -> None:
    text = re.sub(r"<!--.*?-->", "", (out / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    live = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    assert not any("Strict-Transport-Security" in line for line in live)
    for header in hosting.HEADERS:
        assert any(header in line for line in live)
    assert any("frame-ancestors *" in line for line in live)


@pytest.mark.parametrize("name", [".htaccess", "nginx.conf"])
def test_blocks_are_closed(out: Path, name: str) -> None:
    text = (out / name).read_text(encoding="utf-8")
    assert text.count("<IfModule") == text.count("</IfModule>")
    assert text.count("{") == text.count("}")
    assert all(extension in text for extension in hosting.TYPES)


def test_apache_is_given_only_what_file_info_allows(out: Path) -> None:
    text = (out / ".htaccess").read_text(encoding="utf-8")
    asked = {line.split()[0] for line in text.splitlines() if line.strip() and line.lstrip()[0] not in "#<"}
    assert asked == {"ErrorDocument", "FileETag", "AddType", "SetOutputFilter", "SetEnvIf", "SetEnvIfNoCase", "Header"}
