"""Pages that are kept: those that did not change stay where they are, and what is of no use any more is bounded."""

from __future__ import annotations

from pathlib import Path

from annuaire import urls
from annuaire.pages.page import Page, Plan
from annuaire.site.stock import WORN, Finished, Stock

SLUGS = tuple(f"exemple-{number}" for number in range(10))
LONG = "x" * 1000


def _never() -> Page:
    raise AssertionError


def build(folder: Path, versions: dict[str, int]) -> set[str]:
    """Make the pages of some records, by version, from those kept; name the records whose page was made."""
    stock = Stock(folder, "marque", {slug: str(version) for slug, version in versions.items()})
    made = set()
    with stock.part() as part:
        for slug, version in versions.items():
            plan = Plan(urls.enterprise(slug), _never, "")
            found = stock.find(plan)
            text = f"{plan.url} {version} {LONG}".encode()
            if found is None:
                made.add(slug)
            else:
                assert found.html == text
            made_now = Finished(plan.url, "", text, "", "", indexed=True, reads_all=False, enterprises=(slug,))
            stock.keep(plan, found or made_now, part, is_found=found is not None)
    stock.close(part.places)
    return made


def test_a_page_that_did_not_change_stays_where_it_is(tmp_path: Path) -> None:
    versions = dict.fromkeys(SLUGS, 0)
    assert build(tmp_path, versions) == {*SLUGS}
    (first,) = (path for path in tmp_path.iterdir() if path.suffix != ".json")
    before = first.read_bytes()
    versions[SLUGS[3]] += 1
    assert build(tmp_path, versions) == {SLUGS[3]}
    assert first.read_bytes() == before
    others = [path for path in tmp_path.iterdir() if path.suffix != ".json" and path != first]
    assert sum(path.stat().st_size for path in others) < 2 * len(LONG)
    assert build(tmp_path, versions) == set()


def test_what_is_of_no_use_is_bounded(tmp_path: Path) -> None:
    versions = dict.fromkeys(SLUGS, 0)
    build(tmp_path, versions)
    size = sum(path.stat().st_size for path in tmp_path.iterdir())
    for turn in range(30):
        slug = SLUGS[turn % len(SLUGS)]
        versions[slug] += 1
        assert build(tmp_path, versions) == {slug}
        assert sum(path.stat().st_size for path in tmp_path.iterdir()) < (WORN + 0.3) * size


def test_a_file_that_is_gone_leaves_nothing_known(tmp_path: Path) -> None:
    versions = dict.fromkeys(SLUGS, 0)
    build(tmp_path, versions)
    versions[SLUGS[0]] += 1
    build(tmp_path, versions)
    first = min((path for path in tmp_path.iterdir() if path.suffix != ".json"), key=lambda path: path.stat().st_mtime)
    first.unlink()
    assert build(tmp_path, versions) == {*SLUGS}
    assert build(tmp_path, versions) == set()


def test_however_many_records_changed_the_others_stay(tmp_path: Path) -> None:
    versions = {f"exemple-{number}": 0 for number in range(100)}
    build(tmp_path, versions)
    changed = {f"exemple-{number}" for number in range(60)}
    assert build(tmp_path, versions | dict.fromkeys(changed, 1)) == changed
