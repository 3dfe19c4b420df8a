"""Addresses: every one is made here, and leads to one file."""

from urllib.parse import urljoin

import pytest

from annuaire import urls


@pytest.mark.parametrize(
    ("url", "depth", "prefix", "file"),
    [
        ("", 0, "./", "index.html"),
        ("entreprises/", 1, "../", "entreprises/index.html"),
        ("territoires/mekinac/secteurs/sante/", 4, "../../../../", "territoires/mekinac/secteurs/sante/index.html"),
        ("donnees/nouveautes.xml", 1, "../", "donnees/nouveautes.xml"),
    ],
)
def test_an_address_and_its_file(url: str, depth: int, prefix: str, file: str) -> None:
    assert urls.depth(url) == depth
    assert urls.prefix(url) == prefix
    assert urls.output_path(url) == file


def test_the_first_page_of_a_listing_is_the_listing() -> None:
    assert urls.page("entreprises/", 1) == "entreprises/"
    assert urls.page("entreprises/", 2) == "entreprises/page-2/"


@pytest.mark.parametrize(
    ("url", "written", "nearer"),
    [
        ("", "./entreprises/a/", "./entreprises/a/"),
        ("entreprises/a/", "../../entreprises/b/", "../b/"),
        ("entreprises/a/", "../../entreprises/a/a.vcf", "./a.vcf"),
        ("entreprises/a/", "../../entreprises/a/", "./"),
        ("entreprises/a/", "../../entreprises/", "../"),
        ("entreprises/a/", "../../entreprises/#a", "../#a"),
        ("entreprises/a/", "../../entreprisesautres/", "../../entreprisesautres/"),
        ("entreprises/a/", "../../secteurs/?q=../../entreprises/", "../../secteurs/?q=../../entreprises/"),
        ("a/b/c/d/", "../../../../a/b/e/", "../../e/"),
        ("a/b/c/d/", "../../../../a/c/b/", "../../../c/b/"),
    ],
)
def test_addresses_are_written_from_where_the_page_stands(url: str, written: str, nearer: str) -> None:
    found = urls.nearer(f'<a href="{written}">"../../entreprises/</a>', url)
    assert found == f'<a href="{nearer}">"../../entreprises/</a>'
    base = f"https://exemple.org/{url}"
    assert urljoin(base, nearer) == urljoin(base, written)
