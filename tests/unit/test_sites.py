"""A site is shown by its name only when it belongs to the enterprise, the same in Python and in the browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.node import asking

from annuaire.text.sites import host_of, shared_hosts, site_text

SHARED = frozenset({"banque.example"})
CASES = {
    "https://www.atelier.example/": "atelier.example",
    "http://atelier.example/boutique/": "atelier.example/boutique",
    "https://atelier.example/un/chemin/qui/est/vraiment/long": "atelier.example",
    "https://atelier.example/boutique?article=1": "atelier.example",
    "https://www.banque.example": "page sur banque.example",
    "https://www.banque.example/caisse/index?transit=1": "page sur banque.example",
    "https://prets.banque.example/": "prets.banque.example",
    "https://www.facebook.com/cooperative.exemple": "page sur facebook.com",
    "https://fr-ca.facebook.com/exemple/": "page sur facebook.com",
    "https://sites.google.com/view/exemple": "page sur sites.google.com",
    "https://pas-facebook.com/": "pas-facebook.com",
    "HTTPS://WWW.Atelier.Example/": "atelier.example",
    "https://facebook.com@atelier.example/": "atelier.example",
    "javascript:alert(1)": "",
    "": "",
}


@pytest.mark.parametrize(("address", "text"), CASES.items())
def test_a_name_that_is_shown_belongs_to_the_enterprise(address: str, text: str) -> None:
    assert site_text(address, SHARED) == text


def test_a_host_is_shared_when_several_records_have_it() -> None:
    addresses = ["https://www.banque.example/1", "http://banque.example/2", "https://atelier.example/", "", ""]
    assert shared_hosts(addresses) == SHARED
    assert host_of("https://www.Banque.example:8080/") == "banque.example:8080"


HOSTS = st.sampled_from(["atelier.example", "www.banque.example", "banque.example", "m.facebook.com", "Québec.example"])
PATHS = st.sampled_from(["", "/", "/caisse/", "/é" * 12, "/é" * 13, "/a?b", "#ici", "/un/chemin/bien/trop/long/ici"])
ADDRESSES = st.one_of(st.text(max_size=8), st.builds(lambda host, path: f"https://{host}{path}", HOSTS, PATHS))


def test_the_browser_says_the_same() -> None:
    with asking(Path(__file__).with_name("sites.mjs")) as ask:

        @given(st.lists(ADDRESSES, max_size=8))
        def compare(addresses: list[str]) -> None:
            shared = shared_hosts(addresses)
            assert ask("sites", addresses=addresses) == [sorted(shared), [site_text(a, shared) for a in addresses]]

        for cases in (list(CASES), [*CASES, *CASES]):
            shared = shared_hosts(cases)
            assert ask("sites", addresses=cases) == [sorted(shared), [site_text(a, shared) for a in cases]]
        compare()
