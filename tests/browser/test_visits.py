"""A visit finds nothing of those before it, although it may be lent their context."""

from __future__ import annotations

import pytest

from .conftest import Open

pytestmark = pytest.mark.browser

STORE = """async () => {
  localStorage.setItem("une", "visite");
  sessionStorage.setItem("une", "visite");
  document.cookie = "une=visite";
  await caches.open("une");
  await new Promise((done) => { indexedDB.open("une").onsuccess = ({ target }) => done(target.result.close()); });
  open("about:blank");
}"""
STORED = """async () => [
  localStorage.length, sessionStorage.length, document.cookie, (await caches.keys()).length,
  (await indexedDB.databases()).length,
]"""
NOTHING = [0, 0, "", 0, 0]


def test_nothing_is_left_of_a_visit(site: str, visit: Open) -> None:
    lent = []
    for _ in range(3):
        with visit(site) as visited:
            visited.open("a-propos/")
            assert visited.page.evaluate(STORED) == NOTHING
            assert len(visited.page.context.pages) == 2, "its own and the blank one"
            visited.page.evaluate(STORE)
            assert visited.page.evaluate(STORED) == [1, 1, "une=visite", 1, 1]
            lent.append(visited.page.context)
    assert len(set(lent)) == 1, "or this says nothing"


def test_two_visits_at_once_share_nothing(site: str, visit: Open) -> None:
    with visit(site) as one, visit(site) as other:
        one.open("a-propos/")
        other.open("a-propos/")
        one.page.evaluate(STORE)
        assert other.page.evaluate(STORED) == NOTHING


def test_the_context_of_a_visit_that_failed_is_lent_no_more(site: str, visit: Open) -> None:
    lent = []

    def failing() -> None:
        with visit(site) as visited:
            lent.append(visited.page.context)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    with visit(site) as visited:
        assert visited.page.context not in lent
