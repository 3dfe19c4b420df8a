"""What pages say to machines is in the words of schema.org alone (`tests/unit/schema-org.json` has their source)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.sites import Project

TERMS = json.loads((Path(__file__).parents[1] / "unit" / "schema-org.json").read_text(encoding="utf-8"))
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Give every object of a block."""
    if isinstance(data, list):
        for one in data:
            yield from nodes(one)
    elif isinstance(data, dict):
        yield data
        for one in data.values():
            yield from nodes(one)


def blocks(project: Project) -> list[dict[str, Any]]:
    return [
        json.loads(text)
        for path in sorted(project.site.rglob("*.html"))
        for text in BLOCK.findall(path.read_text(encoding="utf-8"))
    ]


def test_every_term_is_one_of_schema_org(example: Project) -> None:
    found: dict[str, set[str]] = {}
    for block in blocks(example):
        assert block["@context"] == "https://schema.org"
        for node in nodes(block):
            own = found.setdefault(node["@type"], set())
            own |= {key for key in node if not key.startswith("@")}
            days = node.get("dayOfWeek", [])
            values = [value for value in (*days, node.get("eventStatus", "")) if value]
            assert {value.removeprefix("https://schema.org/") for value in values} <= set(TERMS["valeurs"])
    wrong = {kind: own - set(TERMS["types"].get(kind, ())) for kind, own in found.items()}
    assert {kind: names for kind, names in wrong.items() if names} == {}
    assert {"Dataset", "OpeningHoursSpecification", "Event", "BreadcrumbList"} <= set(found)


def test_an_enterprise_shows_its_logo_and_photographs(example: Project) -> None:
    text = (example.site / "entreprises/traiteur-la-table-d-exemple/index.html").read_text(encoding="utf-8")
    told = json.loads(BLOCK.findall(text)[0])
    (photo,) = told["image"]
    for image in (told["logo"], photo):
        assert (example.site / image["contentUrl"].removeprefix(example.settings.site_url)).is_file()
    assert photo["creditText"] == "Traiteur La Table d’Exemple"
    bare = (example.site / "entreprises/navette-exemple/index.html").read_text(encoding="utf-8")
    assert not {"logo", "image"} & set(json.loads(BLOCK.findall(bare)[0]))


def test_the_data_page_is_a_data_set_whose_files_exist(example: Project) -> None:
    text = (example.site / "donnees/index.html").read_text(encoding="utf-8")
    (dataset,) = [block for block in map(json.loads, BLOCK.findall(text)) if block["@type"] == "Dataset"]
    root = example.settings.site_url
    files = [one["contentUrl"].removeprefix(root) for one in dataset["distribution"]]
    assert "donnees/entreprises.xlsx" in files
    assert [name for name in files if not (example.site / name).is_file()] == []
    portal = json.loads((example.site / "donnees/dcat.jsonld").read_text(encoding="utf-8"))
    (told,) = portal["dcat:dataset"]
    given = [one["dcat:downloadURL"]["@id"].removeprefix(root) for one in told["dcat:distribution"]]
    assert set(given) | {"donnees/dcat.jsonld"} == set(files)


# What the SHACL shapes of DCAT-AP 3 ask of each class: what must be there, what is a text, what is a thing.
_SHAPES: dict[str, tuple[set[str], set[str], set[str]]] = {
    "dcat:Catalog": (
        {"dct:title", "dct:description", "dct:publisher"},
        {"dct:title", "dct:description"},
        {"dct:publisher", "dcat:dataset", "dct:language", "foaf:homepage", "dct:license"},
    ),
    "dcat:Dataset": (
        {"dct:title", "dct:description"},
        {"dct:title", "dct:description", "dcat:keyword", "dct:identifier", "dcat:version"},
        {
            *("dct:publisher", "dct:language", "dct:spatial", "dcat:landingPage", "dcat:contactPoint", "dct:license"),
            "dcat:distribution",
        },
    ),
    "dcat:Distribution": (
        {"dcat:accessURL"},
        {"dct:title", "dct:description"},
        {"dct:format", "dcat:mediaType", "dcat:accessURL", "dcat:downloadURL", "dct:license"},
    ),
    "foaf:Agent": ({"foaf:name"}, {"foaf:name"}, {"foaf:homepage"}),
    "vcard:Kind": ({"vcard:fn"}, {"vcard:fn"}, {"vcard:hasEmail"}),
    "dct:Location": ({"skos:prefLabel"}, {"skos:prefLabel"}, set()),
    "dct:MediaTypeOrExtent": ({"rdfs:label"}, {"rdfs:label"}, set()),
}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_the_catalogue_has_the_shapes_of_dcat_ap(example: Project) -> None:
    portal = json.loads((example.site / "donnees/dcat.jsonld").read_text(encoding="utf-8"))
    seen = set()
    for node in (one for one in nodes(portal) if "@type" in one and "@value" not in one):
        kind = _listed(node["@type"])[0]
        needed, texts, things = _SHAPES[kind]
        seen.add(kind)
        assert needed <= node.keys(), kind
        own = {key for key in node if not key.startswith("@")}
        assert own <= texts | things | {"dct:modified", "dcat:byteSize"}, kind
        for key in own & texts:
            assert all(isinstance(one, str) or "@value" in one for one in _listed(node[key])), key
        for key in own & things:
            assert all(isinstance(one, dict) and "@value" not in one for one in _listed(node[key])), key
        assert node.get("dct:modified", {"@type": "xsd:dateTime"})["@type"] == "xsd:dateTime"
    assert seen == set(_SHAPES)


def test_every_kind_of_file_of_a_site_has_its_type(example: Project) -> None:
    from annuaire.site.hosting import TYPES

    own = {path.suffix.removeprefix(".") for path in example.site.rglob("*") if path.is_file() and path.suffix}
    assert own - set(TYPES) <= {"config", "conf"}, "read by the server itself"
