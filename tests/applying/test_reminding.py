"""Letters and mails go to who is to confirm, once, never to a confidential place, and the log says nothing more."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.exporting import NASTY, POOR, RICH, SHELTER, make_settings
from tests.printing import pages, site
from tests.sites import Project

from annuaire import config
from annuaire.catalogue.model import Enterprise, Verification
from annuaire.intake import reminding
from annuaire.print import letter, typesetting
from annuaire.text.problems import AnnuaireError

TODAY = date(2026, 11, 22)
WAITING = Verification("a-confirmer")
MAILED = replace(RICH, verification=WAITING)
POSTED = replace(MAILED, slug="postee", nom="Postée Exemple", etablissements=(replace(RICH.lieu, courriel=""),))
HIDDEN = replace(SHELTER, verification=WAITING)
LOST = replace(POOR, slug="perdue")


def log(*rows: tuple[str, date]) -> reminding.Log:
    """Give a log that says these reminders."""
    return reminding.Log(Path("content/relances.csv"), None, rows)


def test_each_is_reached_as_it_can_be() -> None:
    found = reminding.choose([MAILED, POSTED, HIDDEN, LOST], log(), TODAY)
    assert (found.letters, found.mails) == ((POSTED,), (MAILED,))
    assert found.left == {reminding.CONFIDENTIAL: 1, reminding.UNREACHABLE: 1}


@pytest.mark.parametrize(
    ("last", "is_written"),
    [(date(2026, 5, 23), False), (date(2026, 5, 22), True), (date(2026, 11, 22), False), (date(2020, 1, 1), True)],
)
def test_nobody_is_written_to_twice_within_the_delay(last: date, is_written: bool) -> None:
    for slug in ("coop-exemple", "coop-ancienne"):  # under a former slug too
        found = reminding.choose([MAILED], log((slug, date(2019, 1, 1)), (slug, last)), TODAY)
        assert bool(found.every) is is_written


def test_maximum_bounds_those_who_are_written_to() -> None:
    found = reminding.choose([HIDDEN, MAILED, POSTED], log(), TODAY, most=1)
    assert found.every == (MAILED,)


@pytest.mark.parametrize("e", [POSTED, replace(NASTY, slug="h", verification=WAITING)])
def test_letter_says_what_we_know_on_one_page(e: Enterprise) -> None:
    long = replace(e, mission="Mot " * 150, offres=e.offres * 20, nom=f"{e.nom[:100]} " + "Exemple " * 12)
    made = site([e, long])
    read = pages(typesetting.pdf(letter.TEMPLATE, letter.data(made.catalogue, make_settings(), [e, long, e], TODAY)))
    assert len(read) == 3
    text = read[0].replace("\u00a0", " ")
    for words in ("819 555-0100", "Exact", "À changer", "L’entreprise est fermée", "?fiche=", "Le 22 novembre 2026"):
        assert words in text
    assert text.count("☐") == 2 * 9 + 2
    assert "\u00ad" not in text
    if e is POSTED:
        for words in ("Postée Exemple", "1250, rue Exemple", "G9X 2E8", "819 555-0142", "nous ne l’avons pas"):
            assert words in text


def test_confidential_place_has_no_address() -> None:
    assert letter.address(site([HIDDEN]).catalogue, HIDDEN) == ("", "", "")


def test_mail_is_a_draft_to_the_general_address() -> None:
    made = site([MAILED])
    raw = reminding.mail(made.catalogue, make_settings(), MAILED)
    read = message_from_bytes(raw, policy=policy.default)
    assert (read["From"], read["To"], read["X-Unsent"]) == ("pole@exemple.org", "-info+a@coop.example.org", "1")
    assert read["Date"] is None
    body = read.get_content()
    assert "https://exemple.org/repertoire/contribuer/?fiche=coop-exemple" in body
    assert "1250, rue Exemple" in body
    assert raw == reminding.mail(made.catalogue, make_settings(), MAILED)
    hostile = message_from_bytes(reminding.mail(made.catalogue, make_settings(), NASTY), policy=policy.default)
    assert set(hostile.keys()) == set(read.keys()), "a record adds no header"


def test_merge_list_is_harmless_to_a_spreadsheet() -> None:
    made = site([POSTED, NASTY])
    text = reminding.merge(made.catalogue, make_settings(), reminding.Reminders((POSTED, NASTY), (), {}))
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert [row["nom"][:6] for row in rows] == ["Postée", "'=HYPE"]
    assert rows[0]["ville"] == "La Tuque (Québec)"
    assert rows[0]["moyen"] == "lettre"


def test_command_writes_once_and_remembers_slugs_and_days_alone(project: Project) -> None:
    path = project.root / "content" / reminding.FILE_NAME
    tried = project.call("relances", "lettres", "--dry-run")
    assert tried.returncode == 0, tried.stderr
    assert not path.exists()
    assert not (project.root / "lettres").exists()
    done = project.call("relances", "lettres")
    assert done.returncode == 0, done.stderr
    folder = project.root / "lettres"
    assert {p.name for p in folder.iterdir()} == {
        reminding.LETTERS, reminding.MERGE, reminding.MAILS, reminding.SHEET,
    }  # fmt: skip
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "fiche,date"
    assert all(re.fullmatch(r"[a-z0-9-]+,\d{4}-\d\d-\d\d", line) for line in lines[1:])
    written = {line.split(",")[0] for line in lines[1:]}
    hidden = "maison-l-eclaircie-d-exemple"
    assert "fringues-cie-l-exemple" in written
    assert hidden not in written
    everything = b"".join(p.read_bytes() for p in folder.rglob("*") if p.suffix in (".csv", ".eml"))
    assert hidden.encode() not in everything
    sheet = load_workbook(folder / reminding.SHEET)["Appels"]
    assert sheet.max_row == 1 + len(written)
    again = project.call("relances", "autres")
    assert "0 lettre, 0 courriel" in again.stdout.replace("\u00a0", " ")
    assert not (project.root / "autres").exists()
    refused = project.call("relances", "lettres", "--delai", "1")
    assert refused.returncode == 2
    assert "existe déjà" in refused.stderr


def test_preview_is_one_letter_that_says_not_to_send_it(project: Project) -> None:
    """Even of a demonstration: one sees a letter before the site is official, and nothing is noted."""
    project.configure(publication="demonstration")
    done = project.call("relances", "voir", "--apercu")
    assert done.returncode == 0, done.stderr
    (path,) = (project.root / "voir").iterdir()
    (text,) = pages(path.read_bytes())
    assert "Aperçu : ne pas envoyer." in text.replace("\u00a0", " ")
    assert not (project.root / "content" / reminding.FILE_NAME).exists()
    assert "existe déjà" in project.call("relances", "voir", "--apercu").stderr


def test_demonstration_writes_to_nobody(project: Project) -> None:
    project.configure(publication="demonstration")
    refused = project.call("relances", "lettres")
    assert refused.returncode == 2
    assert "démonstration" in refused.stderr
    assert project.call("relances", "lettres", "--dry-run").returncode == 0


def test_log_that_is_not_ours_is_refused(project: Project) -> None:
    settings = config.load(project.config_file)
    path = settings.content / reminding.FILE_NAME
    for text, words in (("slug;jour\n", "les colonnes"), ("fiche,date\na,hier\n", "n’est pas une date")):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(AnnuaireError, match=words):
            reminding.read(settings.content)
