"""Call enterprises with the call sheet, and enter what they answered."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from tests.applying.test_apply import DAY, apply, diff
from tests.applying.test_workbook import Book, texts
from tests.sites import Project

from annuaire.intake.applying import report

SHEET = "Appels"
SLUG = "entretien-exemple-entreprise-d-insertion"
ANSWERS = ("Confirmé le", "Offres confirmées", "Nouveau téléphone", "Fermé", "Ne répond pas", "Corrections")


def make(project: Project, *options: str) -> Path:
    """Prepare a call sheet with the command."""
    path = project.root.parent / "appels.xlsx"
    path.unlink(missing_ok=True)
    done = project.call("appels", str(path), *options)
    assert done.returncode == 0, done.stderr
    return path


def rows(path: Path) -> list[dict[str, str]]:
    """Read the lines of a call sheet."""
    titles, *lines = openpyxl.load_workbook(path)[SHEET].iter_rows(values_only=True)
    return [{str(t): str(v or "") for t, v in zip(titles, line, strict=True)} for line in lines]


def answer(project: Project, path: Path, slug: str, **values: str) -> Path:
    """Fill the line of a record."""
    book = Book(path)
    row = next(n for n, line in enumerate(rows(path), start=2) if line["Fiche"] == slug)
    book.set(SHEET, row, **values)
    return book.save()


def unconfirm(project: Project) -> str:
    """Make a record that nobody confirmed, with a deduced sector."""
    path = project.record(SLUG)
    text = path.read_text(encoding="utf-8")
    head, tail = text.rsplit("verification:\n", 1)
    assert tail.startswith("  statut: confirmee")
    text = head.replace("statut: active\n", "statut: inconnu\n", 1) + (
        "verification:\n  statut: a-confirmer\n  par: import\n  source: Liste\n  deduits: [secteur]\n"
    )
    path.write_text(text, encoding="utf-8")
    return text


def test_those_nobody_confirmed_come_first(project: Project) -> None:
    unconfirm(project)
    lines = rows(make(project))
    first = next(line for line in lines if line["Fiche"] == SLUG)
    assert "Jamais confirmée" in first["À confirmer"]
    assert "Secteur (déduit)" in first["À confirmer"]
    assert "Offre 5\u00a0: Enlèvement de graffitis" in first["À confirmer"]
    kinds = ["Jamais confirmée" in line["À confirmer"] for line in lines if line["Téléphone"]]
    assert kinds == sorted(kinds, reverse=True)
    assert not any(line[title] for line in lines for title in ANSWERS)


def test_a_part_of_them(project: Project) -> None:
    every = rows(make(project))
    some = rows(make(project, "--categorie", "deneigement"))
    assert 0 < len(some) < len(every)
    assert len(rows(make(project, "--maximum", "2"))) == 2
    mrc = every[0]["MRC"]
    assert {line["MRC"] for line in rows(make(project, "--mrc", mrc.upper()))} >= {mrc}
    assert project.call("appels", "a.xlsx", "--mrc", "Nulle part").returncode == 2
    for command in ("appels", "template"):
        none = project.call(command, "b.xlsx", "--mrc", " Sherbrooke", "--categorie", "deneigement")
        assert none.returncode == 2
        asked = "MRC «\u00a0Sherbrooke\u00a0», catégorie «\u00a0deneigement\u00a0»."
        assert f"Aucune fiche du répertoire ne répond à ce choix\u00a0: {asked}" in none.stderr
    assert not (project.root / "b.xlsx").exists()
    near = project.call("appels", "a.xlsx", "--categorie", "Deneigment")
    assert "vouliez-vous dire «\u00a0Déneigement\u00a0»?" in near.stderr or "«\u00a0deneigement\u00a0»?" in near.stderr
    assert project.call("appels", "a.pdf").returncode == 2


def test_a_sheet_that_may_be_filled_is_not_written_over(project: Project) -> None:
    path = answer(project, make(project), SLUG, Corrections="Rappeler")
    before = path.read_bytes()
    for name in (path, path.with_suffix(".html")):
        name.touch()
        done = project.call("appels", str(name))
        assert (done.returncode, "existe déjà" in done.stderr) == (2, True)
    assert path.read_bytes() == before


def test_who_has_no_telephone_is_looked_for_on_their_site(project: Project) -> None:
    text = unconfirm(project)
    path = project.record(SLUG)
    path.write_text(text.replace('    telephone: "819 555-0110"\n', "", 1), encoding="utf-8")
    line = next(line for line in rows(make(project)) if line["Fiche"] == SLUG)
    assert "Numéro à trouver sur https://entretien.example.org/" in line["À confirmer"].splitlines()


def test_an_unanswered_sheet_changes_nothing(project: Project) -> None:
    before = texts(project)
    (outcome,) = apply(project, make(project))
    assert outcome.is_whole
    assert not outcome.records
    assert texts(project) == before


def test_an_answer_confirms_the_record(project: Project) -> None:
    before = unconfirm(project)
    path = answer(project, make(project), SLUG, Confirmé_le="2026-11-20", Offres_confirmées="5, 6")
    path = answer(project, path, SLUG, Nouveau_téléphone="(819) 555 0188")
    (outcome,) = apply(project, path)
    assert outcome.is_whole, report([outcome])
    after = project.record(SLUG).read_text(encoding="utf-8")
    assert [line for line in diff(before, after) if line[0] == "+"] == [
        "+statut: active",
        "+      statut: confirmee",
        '+      date: "2026-11-20"',
        "+      source: Appel du Pôle à l’entreprise",
        "+      statut: confirmee",
        '+      date: "2026-11-20"',
        "+      source: Appel du Pôle à l’entreprise",
        '+    telephone: "819 555-0188"',
        "+  statut: confirmee",
        '+  date: "2026-11-20"',
        "+  par: pole",
    ]
    assert "deduits" not in after


def test_a_closed_enterprise(project: Project) -> None:
    path = answer(project, make(project), SLUG, Confirmé_le="2026-11-20", Fermé="2026-05-31")
    (outcome,) = apply(project, path)
    assert outcome.is_whole, report([outcome])
    after = project.record(SLUG).read_text(encoding="utf-8")
    assert 'statut: fermee\ndate_fermeture: "2026-05-31"\n' in after


def test_what_is_left_to_a_person_is_said(project: Project) -> None:
    before = unconfirm(project)
    path = make(project)
    other = next(line for line in rows(path) if line["Fiche"] != SLUG)
    answer(project, path, SLUG, Confirmé_le="2026-11-20", Corrections="Le nom a changé")
    answer(project, path, other["Fiche"], Ne_répond_pas="x")
    (outcome,) = apply(project, path)
    words = report([outcome])
    assert not outcome.is_whole
    assert "corriger à la main, puis confirmer\u00a0: Le nom a changé" in words
    assert f"rappeler {other['Entreprise']}" in words
    assert project.record(SLUG).read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"Confirmé_le": "hier"}, "date de l’appel"),
        ({"Fermé": "x"}, "écrire aussi la date"),
        ({"Confirmé_le": "2026-11-20", "Fermé": "peut-être"}, "un x ou la date"),
        ({"Confirmé_le": "2026-11-20", "Offres_confirmées": "99"}, "pas d’offre 99"),
        ({"Confirmé_le": "2026-11-20", "Offres_confirmées": "la première"}, "des numéros"),
        ({"Confirmé_le": "2026-11-20", "Nouveau_téléphone": "le même"}, "Nouveau téléphone\u00a0: erreur"),
        ({"Confirmé_le": "2099-11-20"}, "Confirmé le\u00a0: erreur"),
        ({"Confirmé_le": "2026-11-20", "Version": "00000000"}, "version de départ"),
        ({"Ne_répond_pas": "bof"}, "un x"),
        ({"Confirmé_le": "2026-11-20", "Ne_répond_pas": "x"}, "se contredisent"),
        ({"Confirmé_le": "2026-11-20", "Fiche": ""}, "d’aucune fiche"),
    ],
)
def test_a_wrong_answer_is_refused_with_its_place(project: Project, values: dict[str, str], words: str) -> None:
    before = texts(project)
    (outcome,) = apply(project, answer(project, make(project), SLUG, **values))
    assert not outcome.is_accepted
    said = report([outcome])
    assert words in said
    assert "feuille «\u00a0Appels\u00a0», ligne " in said
    assert texts(project) == before


def test_a_page_to_print(project: Project) -> None:
    path = project.root.parent / "appels.html"
    assert project.call("appels", str(path)).returncode == 0
    page = path.read_text(encoding="utf-8")
    assert "Entretien Exemple, entreprise d’insertion" in page
    assert "<script" not in page
    widths = [float(width) for width in re.findall(r'<col style="width: ([0-9.]+)%">', page)]
    assert len(widths) == page.count('<th scope="col">')
    assert sum(widths) == pytest.approx(100, abs=1), "wider than its sheet, it is cut when printed"
    assert "819 555\u20110" in page, "a number that breaks at the end of a line is misread"
    assert not re.search("[0-9]{3}-[0-9]{4}(?![0-9])", page)


def test_a_wrong_row_is_set_aside_and_named_and_the_others_applied(project: Project) -> None:
    unconfirm(project)
    path = make(project)
    bad, worse = [line for line in rows(path) if line["Fiche"] != SLUG][:2]
    answer(project, path, SLUG, Confirmé_le="2026-11-20")
    answer(project, path, bad["Fiche"], Confirmé_le="hier")
    answer(project, path, worse["Fiche"], Confirmé_le="2099-11-20")
    before = project.record(worse["Fiche"]).read_text(encoding="utf-8")
    (outcome,) = apply(project, path)
    assert outcome.is_accepted
    assert not outcome.is_whole
    said = report([outcome])
    for line in (bad, worse):
        assert [words for words in said.splitlines() if "laissé de côté" in words and line["Entreprise"] in words]
    assert "statut: active\n" in project.record(SLUG).read_text(encoding="utf-8")
    assert project.record(worse["Fiche"]).read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("said", "day"), [("20/11/2026", "2026-11-20"), ("ok", ""), ("Oui", ""), ("20 novembre 2026", "2026-11-20")]
)
def test_a_day_is_read_as_people_write_it(project: Project, said: str, day: str) -> None:
    unconfirm(project)
    path = answer(project, make(project), SLUG, Confirmé_le=said, Offres_confirmées="oui")
    (outcome,) = apply(project, path)
    assert outcome.is_accepted, report([outcome])
    after = project.record(SLUG).read_text(encoding="utf-8")
    tail = after.rsplit("verification:\n", 1)[1]
    assert "  statut: confirmee" in tail
    assert f'date: "{day or DAY.isoformat()}"' in tail
    assert "a-confirmer" not in after


def test_those_that_can_be_called_and_that_buyers_need_come_first(project: Project) -> None:
    text = unconfirm(project)
    first = [line["Fiche"] for line in rows(make(project))]
    path = project.record(SLUG)
    path.write_text(text.replace('    telephone: "819 555-0110"\n', "", 1), encoding="utf-8")
    last = [line["Fiche"] for line in rows(make(project))]
    assert last.index(SLUG) > first.index(SLUG)
    phones = [bool(line["Téléphone"]) for line in rows(make(project))]
    assert phones == sorted(phones, reverse=True)


def test_a_second_number_is_told_with_its_row(project: Project) -> None:
    path = make(project)
    answer(project, path, SLUG, Confirmé_le="2026-11-22", Nouveau_téléphone="819 555-0199 ou 819 555-0188")
    number = next(n for n, one in enumerate(rows(path), start=2) if one["Fiche"] == SLUG)
    said = report(apply(project, path))
    assert f"ligne {number}, Nouveau téléphone\u00a0: «\u00a0819 555-0188\u00a0»" in said
    assert "819 555-0199" in project.record(SLUG).read_text(encoding="utf-8")
