"""Try what conftest.py lends to the other tests."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser


@pytest.mark.browser
def test_browser_reads_a_served_folder(browser: Browser, serve_folder: Callable[[Path], str], tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>Accueil</title>", encoding="utf-8")
    (tmp_path / "404.html").write_text("<!doctype html><title>Absente</title>", encoding="utf-8")
    address = serve_folder(tmp_path)
    with browser.new_context() as context, context.new_page() as page:
        page.goto(address)
        assert page.title() == "Accueil"
        answer = page.goto(f"{address}nulle-part/")
        assert answer is not None
        assert answer.status == 404
        assert page.title() == "Absente"
