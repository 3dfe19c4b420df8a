"""What a list or a page says of its records as a whole: whose site is named, how many are to confirm, what works today."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.documents import read
from tests.sites import EXAMPLES, Project, lay_out, minimal_record

CONFIRMED = "statut: confirmee\n  date: 2026-10-01\n  par: entreprise\n  source: https://source.example/"


@pytest.fixture(name="make")
def make_site(tmp_path: Path) -> object:
    """Give what builds a site of the records given, by slug."""

    def make(records: dict[str, str]) -> Project:
        project = lay_out(tmp_path, EXAMPLES, records=False)
        for slug, text in records.items():
            project.record(slug).write_text(text, encoding="utf-8")
        project.commit()
        project.build()
        return project

    return make


def text_of(project: Project, url: str) -> str:
    """Give the words of a page, its no-break spaces as plain ones."""
    return " ".join("".join(read(project.pages()[url]).seen).split())


def test_a_site_that_several_share_is_not_given_as_their_own(make) -> None:  # type: ignore[no-untyped-def]
    project = make(
        {
            slug: minimal_record(f"{slug.title()} Exemple", "Exempleville", site_web=site)
            for slug, site in {
                "est": "https://www.banque.example/votre-caisse?numero=1",
                "ouest": "https://www.banque.example/",
                "vitrine": "https://www.facebook.com/page.exemple",
                "atelier": "https://www.atelier.example/",
            }.items()
        }
    )
    for slug, text in {
        "est": "page sur banque.example",
        "ouest": "page sur banque.example",
        "atelier": "atelier.example",
    }.items():
        links = [e for e in read(project.pages()[f"entreprises/{slug}/"]).elements if e.tag == "a"]
        assert text in [link.text.strip() for link in links]
    rows = text_of(project, "entreprises/")
    assert rows.count("page sur banque.example") == 2
    assert "page sur facebook.com" in rows
    assert "atelier.example" in rows
