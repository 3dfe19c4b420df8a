"""The form on a site of the whole province, where a hundred MRCs may be served."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.site.test_regions import other_region
from tests.sites import minimal_record

from .conftest import Open

pytestmark = pytest.mark.browser


def test_a_hundred_mrcs_leave_room_for_the_rest(
    tmp_path: Path, serve_folder: Callable[[Path], str], visit: Open
) -> None:
    served = minimal_record("Café fictif", "Victoriaville", territoires_desservis='["900"]')
    project = other_region(tmp_path, "[toutes]", {"cafe-fictif": served})
    project.build()
    with visit(serve_folder(project.site), width=390) as visited:
        page = visited.page
        visited.open("contribuer/?fiche=cafe-fictif")
        page.locator("[data-parts]").wait_for()
        page.evaluate("document.querySelectorAll('[data-parts] details').forEach((e) => { e.open = true; })")
        boxes = page.locator(".boxes", has=page.locator("input[value=quebec]")).first
        assert boxes.locator("label").count() == 106
        assert boxes.locator("label").all_text_contents()[:3] == ["La Tuque", "Toute la région", "Tout le Québec"]
        assert boxes.evaluate("e => e.offsetHeight") < 500
        boxes.locator("xpath=..").get_by_role("searchbox").fill("iles madeleine")
        boxes.locator("input[value='010']").focus()
        page.keyboard.press("Space")
        assert boxes.locator("input[value='010']").is_checked()
