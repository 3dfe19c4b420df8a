"""What a page says of its records as a whole: whose site is named, how many are to confirm, what works today."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.documents import read
from tests.sites import EXAMPLES, Project, lay_out, minimal_record

from annuaire.pages.rows import waiting_note

Make = Callable[..., Project]
CONFIRMED = "statut: confirmee\n  date: 2026-10-01\n  par: entreprise\n  source: https://source.example/"


@pytest.fixture(name="make")
def make_site(tmp_path: Path) -> Make:
    """Give what builds a site of the records given, by slug; with the rules of the Exemple site, if asked."""

    def make(records: dict[str, str], *, rules: bool = False) -> Project:
        project = lay_out(tmp_path, EXAMPLES, records=False)
        if rules:
            shutil.copytree(EXAMPLES / "content" / "thresholds", tmp_path / "content" / "thresholds")
        for slug, text in records.items():
            project.record(slug).write_text(text, encoding="utf-8")
        project.commit()
        project.build()
        return project

    return make


def text_of(project: Project, url: str) -> str:
    """Give the words of a page, its no-break spaces as plain ones."""
    return " ".join("".join(read(project.pages()[url]).seen).split())


def test_a_site_that_several_share_is_not_given_as_their_own(make: Make) -> None:
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
def test_a_note_says_how_many_are_to_confirm(confirmed: int, waiting: int, said: str) -> None:
    verifications = [SimpleNamespace(is_confirmed=rank < confirmed) for rank in range(confirmed + waiting)]
    enterprises: list[Any] = [SimpleNamespace(verification=verification) for verification in verifications]
    note = " ".join(waiting_note(enterprises).split())
    assert note.startswith(said)
    assert bool(note) is bool(said)
    assert note.endswith("Les autres portent la mention « Fiche vérifiée ».") is bool(confirmed and waiting)


def test_what_a_whole_list_has_in_common_is_said_once(make: Make) -> None:
    project = make(records(1, 2))
    for url in LISTS:
        words = text_of(project, url)
        assert words.count("à confirmer") == 1, url
        assert "2 fiches sur 3 sont à confirmer : elles viennent de sources publiques" in words, url
        assert words.count("Fiche vérifiée") == 2, f"{url}: of a line, and of the note"


OFFER = "offres:\n  - nom: Buffet Exemple\n    categorie: traiteur\n"


def supplier(rank: int, *, confirmed: bool, email: bool) -> str:
    """Write a record with an offer."""
    text = minimal_record(f"Coop Exemple {rank}", "Exempleville") + OFFER
    if email:
        text += f"contact_achats:\n  courriel: achats{rank}@coop.example\n"
    return text.replace("statut: a-confirmer", CONFIRMED) if confirmed else text


TODAY = "Ce qui fonctionne aujourd’hui avec ces données"


def said_today(project: Project) -> list[str]:
    """List what the buyers' page says of each step, or nothing."""
    page = read(project.pages()["acheter/"])
    lines = [e for e in page.elements if e.tag == "li" and e.path[-2:] == ("div", "ul") and "section" in e.path]
    said = [" ".join(e.text.split()) for e in lines if " : " in " ".join(e.text.split())[:40]]
    assert bool(said) is (TODAY in "".join(page.seen))
    return said


def test_the_buyers_page_says_which_steps_work_today(make: Make) -> None:
    project = make({f"coop-{rank}": supplier(rank, confirmed=rank == 0, email=rank < 2) for rank in range(4)})
    assert said_today(project)[:3] == [
        "Chercher et comparer : en partie. 4 offres, dont 1 confirmée.",
        "Écrire ou téléphoner : en partie. Sur 4 fiches, 2 ont un téléphone ou un courriel; "
        "un message a 1 destinataire au plus.",
        "Inviter à tour de rôle : en partie. Sur 4 fiches, 1 est confirmée.",
    ]


def test_no_step_works_with_bare_records(make: Make) -> None:
    assert said_today(make(records(0, 2))) == [
        "Chercher et comparer : pas encore. Aucune offre n’est inscrite aux fiches.",
        "Écrire ou téléphoner : pas encore. Sur 2 fiches, aucune n’a de téléphone ni de courriel; "
        "un message n’aurait pas de destinataire.",
        "Inviter à tour de rôle : pas encore. Sur 2 fiches, aucune n’est confirmée; il n’y a personne à inviter.",
        "Vérifier le mode d’achat : pas encore. Aucune règle vérifiée n’est en vigueur le 2 novembre 2026.",
    ]


def test_nothing_is_said_when_every_step_works(make: Make) -> None:
    project = make({f"coop-{rank}": supplier(rank, confirmed=True, email=True) for rank in range(2)}, rules=True)
    assert said_today(project) == []
