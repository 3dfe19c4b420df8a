"""What only pages that lead to a record show of it: no other page that is kept may change with it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.sites import Project

from annuaire import config, making, pages, urls
from annuaire.catalogue.frame import ALONE, ALONE_IN, frame
from annuaire.catalogue.loading import Loaded, Loader
from annuaire.pages import render
from annuaire.records.collections import ENTERPRISES
from annuaire.records.reading import Record

_OTHER = {
    "telephone": "819 555-0177",
    "courriel": "autre@exemple.example.org",
    "facebook": "https://www.facebook.com/x",
}
FIELDS = [
    *((name, "") for name in sorted(ALONE)),
    *((name, key) for name in ALONE_IN for key in sorted(ALONE_IN[name])),
]


@cache
def _loaded(root: Path) -> Loaded:
    settings = Project(root).settings
    return Loader(settings).load(config.judging_date(settings.root))


def _kept_pages(project: Project, loaded: Loaded) -> dict[str, tuple[Any, str]]:
    """Build every page that a build may keep, by address, with what its plan says that it shows."""
    site, _ = making.gather(project.settings, loaded)
    return {plan.url: (plan.build(), plan.shows) for plan in pages.plans(site) if plan.shows is not None}


def _others(value: Any, key: str = "") -> Any:
    """Give other values for those that there are."""
    if isinstance(value, dict):
        return {name: _others(one, name) for name, one in value.items()}
    return _OTHER.get(key, f"{value} Autrement.")


def _changed(record: Record, name: str, key: str) -> Record | None:
    values = dict(record.values)
    if name not in values:
        return None
    if not key:
        values[name] = _others(values[name], name)
    else:
        values[name] = [{**one, key: _others(one[key], key)} if key in one else one for one in values[name]]
    document = replace(record.document, values=values)
    return None if values == record.values else Record(record.slug, record.file, document, record.schema, findings=[])


def _cases(loaded: Loaded, name: str, key: str) -> Iterator[Record]:
    for record in loaded.enterprises:
        if (changed := _changed(record, name, key)) is not None:
            yield changed


@cache
def _before(root: Path) -> dict[str, tuple[Any, str]]:
    """Build the pages of a site as they are."""
    return _kept_pages(Project(root), _loaded(root))


@pytest.fixture(scope="module")
def sites(demonstration: Project, laid: Project, tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, ...]:
    """Copy a site of many records and one whose records say everything: what reads them leaves something there."""
    folder = tmp_path_factory.mktemp("cadre")
    leave = shutil.ignore_patterns("site", ".annuaire")
    return tuple(
        Project(shutil.copytree(one.root, folder / one.root.name, ignore=leave)) for one in (demonstration, laid)
    )


@pytest.mark.parametrize(("name", "key"), FIELDS)
def test_nothing_else_shows_it(name: str, key: str, sites: tuple[Project, ...]) -> None:
    project, changed = next(
        (project, changed) for project in sites for changed in _cases(_loaded(project.root), name, key)
    )
    loaded, before = _loaded(project.root), _before(project.root)
    former = next(one for one in loaded.enterprises if one.slug == changed.slug)
    assert frame(changed.values) == frame(former.values)
    listed = tuple(changed if one.slug == changed.slug else one for one in loaded.enterprises)
    after = _kept_pages(project, replace(loaded, records={**loaded.records, ENTERPRISES: listed}))
    assert after.keys() == before.keys()
    address = urls.enterprise(changed.slug)
    other = [url for url in after if after[url] != before[url]]
    assert address in other, "the change shows on the page of the record itself"
    assert [url for url in other if url != address and address not in render(before[url][0])] == []


@pytest.mark.parametrize(
    "values",
    [
        {"nom": "B"},
        {"nom": "A", "mission": "M"},
        {"nom": "A", "contact_achats": {"telephone": "1"}},
        {"nom": "A", "etablissements": [{"telephone": "1"}]},
        {"nom": "A", "etablissements": [{"municipalite": "M"}]},
        {"nom": "A", "champ_neuf": "N"},
    ],
)
def test_all_the_rest_is_part_of_the_frame(values: dict[str, Any]) -> None:
    assert frame(values) != frame({"nom": "A"})
