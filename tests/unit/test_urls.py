"""Addresses: every one is made here, and leads to one file."""

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
    assert urls.output_path(url).as_posix() == file


def test_the_first_page_of_a_listing_is_the_listing() -> None:
    assert urls.page("entreprises/", 1) == "entreprises/"
    assert urls.page("entreprises/", 2) == "entreprises/page-2/"
