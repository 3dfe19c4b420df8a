"""A confidential address shows nowhere: not in a message, not in a file, not even when a rule is deceived."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from tests.documents import read
from tests.sites import EXAMPLES, Project, lay_out

from annuaire.yamlfile import source


@pytest.fixture(params=["example", "demonstration"])
def project(request: pytest.FixtureRequest) -> Project:
    """Give each built site in turn."""
    found: Project = request.getfixturevalue(request.param)
    return found


def everything(site: Path) -> bytes:
    """Give every byte of a site, the compressed ones unpacked."""
    parts = []
    for path in sorted(site.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            parts.append(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
    return b"\n".join(parts)


SECRET = {
    "adresse": "4321, rue du Refuge-Secret",
    "code_postal": "G9Z 9Z9",
    "latitude": "49.43217",
    "longitude": "-74.06543",
}


def test_confidential_address_stops_the_build_and_is_never_quoted(tmp_path: Path) -> None:
    project = lay_out(tmp_path, EXAMPLES)
    path = project.record("maison-l-eclaircie-d-exemple")
    text = path.read_text(encoding="utf-8")
    assert "adresse_confidentielle: oui" in text
    lines = "".join(f'    {key}: "{value}"\n' for key, value in SECRET.items())
    path.write_text(
        text.replace("  - municipalite: Exempleville\n", f"  - municipalite: Exempleville\n{lines}"), "utf-8"
    )
    project.commit()
    answer = project.call("build", "--skip-invalid")
    assert answer.returncode == 0, answer.stderr
    assert "adresse-confidentielle" in project.call("validate").stdout
    said = (answer.stdout + answer.stderr).encode() + everything(project.site)
    for value in SECRET.values():
        assert value.encode() not in said
    assert "Des fiches contiennent des erreurs" in project.call("build").stderr


def test_comment_of_a_confidential_record_shows_nowhere(tmp_path: Path) -> None:
    project = lay_out(tmp_path, EXAMPLES)
    path = project.record("maison-l-eclaircie-d-exemple")
    address = project.site / "contribuer" / "fiches" / path.name
    project.commit()
    project.build()
    assert address.is_file()
    remark = "derrière le Refuge-Secret"  # no rule knows it for an address
    path.write_text(path.read_text(encoding="utf-8") + f"# {remark}\n", encoding="utf-8")
    project.build()
    assert remark.encode() not in everything(project.site)
    assert not address.exists()
    assert path.stem not in (project.site / "contribuer" / "fiches.json").read_text(encoding="utf-8")


def test_confidential_address_shows_nowhere_even_if_a_record_holds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is published drops the address by itself, should the rule that refuses it be broken."""
    from annuaire.rules import confidentiality

    monkeypatch.setattr(confidentiality, "SECRET", ())
    monkeypatch.setattr(confidentiality, "tells", lambda _: False)
    project = lay_out(tmp_path, EXAMPLES)
    path = project.record("exemplaire")
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ("etablissements:", "adresse_confidentielle: oui\netablissements:"),
        ('"3, place des Presses"', f'"{SECRET["adresse"]}"'),
        ("G9Z 1E2", SECRET["code_postal"]),
        ('"49.44180"', f'"{SECRET["latitude"]}"'),
        ('"-74.02861"', f'"{SECRET["longitude"]}"'),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    project.commit()
    project.build()
    assert "L’adresse exacte n’est pas publiée." in read(project.pages()["entreprises/exemplaire/"]).text
    said = everything(project.site)
    for value in SECRET.values():
        assert value.encode() not in said, value


def test_confidential_records_tell_their_town_only(project: Project) -> None:
    count = 0
    for path in sorted(project.enterprises.glob("*.yml")):
        values = source.read(path).values
        if values.get("adresse_confidentielle") != "oui":
            continue
        count += 1
        for place in values["etablissements"]:
            assert not {"adresse", "code_postal", "latitude", "longitude"} & place.keys(), path.name
        page = read(project.pages()[f"entreprises/{path.stem}/"])
        if values["statut"] == "fermee":  # nobody is to be reached there
            assert not page.all("aside", aria_labelledby="joindre"), path.name
        else:
            reach = page.one("aside", aria_labelledby="joindre").text
            assert not re.search(r"[GHJ]\d[A-Z]\u00a0? ?\d[A-Z]\d", reach), path.name
        for data in page.data:
            assert "streetAddress" not in str(data), path.name
            assert "GeoCoordinates" not in str(data), path.name
        cards = [card.read_text(encoding="utf-8") for card in (project.site / "entreprises" / path.stem).glob("*.vcf")]
        assert len(cards) == (values["statut"] != "fermee"), path.name
        for line in re.findall(r"(?m)^ADR.*$", "".join(cards)):
            assert re.match(r"ADR;TYPE=WORK(,PREF)?:;;;[^;]+;QC;;Canada", line), line
    assert count
