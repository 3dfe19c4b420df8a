"""What the form asks of those who help: their needs and stages are chosen by their names, never typed as codes."""

from __future__ import annotations

import pytest

from .conftest import Open

pytestmark = pytest.mark.browser


def test_the_needs_of_a_body_are_chosen_by_their_names(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open("contribuer/?fiche=organisations/cdc-des-grands-exemples")
        page = visited.page
        needs = page.get_by_role("group", name="Besoins")
        assert needs.get_by_role("checkbox", checked=True).evaluate_all("e => e.map((one) => one.value)") == [
            "gouvernance",
            "formation",
        ]
        needs.get_by_label("Main-d’œuvre").check()
        page.get_by_role("group", name="Stades").get_by_label("Relève").check()
        page.get_by_role("button", name="Vérifier et envoyer").click()
        changes = page.locator(".send__changes").inner_text()
        assert "Gouvernance, Formation, Main-d’œuvre" in changes
        assert "Relève" in changes
        assert "main-d-oeuvre" not in changes
