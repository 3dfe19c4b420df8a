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


def records(confirmed: int, waiting: int) -> dict[str, str]:
    """Write records of one town and one sector, some of them confirmed."""
    found = {}
    for rank in range(confirmed + waiting):
        text = minimal_record(f"Coop Exemple {rank}", "Exempleville")
        found[f"coop-{rank}"] = text.replace("statut: a-confirmer", CONFIRMED) if rank < confirmed else text
    return found


LISTS = (
    "entreprises/",
    "formes/obnl/",
    "secteurs/arts-culture/",
    "territoires/exempleville/",
    "territoires/exempleville/secteurs/arts-culture/",
)


@pytest.mark.parametrize(
    ("confirmed", "waiting", "said"),
    [
        (
            0,
            1,
            "Cette fiche est à confirmer : elle vient de sources publiques et personne ne l’a encore vérifiée auprès",
        ),
        (
            0,
            3,
            "Ces 3 fiches sont à confirmer : elles viennent de sources publiques et personne ne les a encore vérifiées",
        ),
        (2, 1, "1 fiche sur 3 est à confirmer : elle vient de sources publiques et personne ne l’a encore vérifiée"),
        (1, 2, "2 fiches sur 3 sont à confirmer : elles viennent de sources publiques"),
        (3, 0, ""),
    ],
)
def test_what_a_whole_list_has_in_common_is_said_once(make, confirmed: int, waiting: int, said: str) -> None:  # type: ignore[no-untyped-def]
    project = make(records(confirmed, waiting))
    for url in LISTS:
        words = text_of(project, url)
        assert words.count("à confirmer") == (1 if waiting else 0), url
        assert said in words, url
        others = bool(confirmed and waiting)
        assert ("Les autres portent la mention « Fiche vérifiée »." in words) is others, url
        assert words.count("Fiche vérifiée") == confirmed + others, url
