"""Understand what people write in a record that they send: labels, usual names, other spellings, and tell it."""

from __future__ import annotations

import unicodedata
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.applying.test_apply import SLUG, apply, correction, send
from tests.applying.test_workbook import Book, make
from tests.sites import Project

from annuaire.intake.applying import report
from annuaire.yamlfile import source

NEW = """\
nom: Atelier Compris
forme_juridique: {forme}
statut: {statut}
secteur: {secteur}
site_web: {site}
etablissements:
  - municipalite: {ville}
    telephone: "{telephone}"
verification:
  statut: a-confirmer
"""
CANONICAL = {
    "forme": "obnl",
    "statut": "active",
    "secteur": "arts-culture",
    "ville": "Trois-Rivières",
    "telephone": "819 555-0142",
    "site": "https://www.atelier.example.org",
}


def written(project: Project, slug: str) -> dict[str, object]:
    """Read a record."""
    return dict(source.parse(project.record(slug).read_text(encoding="utf-8"), Path("fiche.yml")).values)


def sent(project: Project, **words: str) -> tuple[str, dict[str, object]]:
    """Apply a new record with these words; give the report and what stands."""
    (outcome,) = apply(project, send(project, NEW.format(**{**CANONICAL, **words}), "atelier-compris.yml"))
    assert outcome.is_accepted, report([outcome])
    return report([outcome]), written(project, "atelier-compris")


@pytest.mark.parametrize(
    ("field", "said", "told"),
    [
        ("forme", "OBNL", "Forme juridique, «\u00a0OBNL\u00a0» lu «\u00a0Organisme à but non lucratif\u00a0»"),
        ("forme", "o.s.b.l.", "«\u00a0o.s.b.l.\u00a0» lu"),
        ("forme", "organisme à\u00a0but non lucratif", ""),
        ("secteur", "Culture", "Secteur, «\u00a0Culture\u00a0» lu"),
        ("secteur", "CULTURE", "Secteur, «\u00a0CULTURE\u00a0» lu"),
        ("statut", "En activité", "Statut, «\u00a0En activité\u00a0» lu «\u00a0Active\u00a0»"),
        ("statut", "Active", ""),
        ("ville", "Trois-Rivières (Québec)", "Municipalité, «\u00a0Trois-Rivières (Québec)\u00a0» lu"),
        ("ville", unicodedata.normalize("NFD", "Trois-Rivières"), ""),
        ("ville", "Ville de Trois-Rivieres", "lu «\u00a0Trois-Rivières\u00a0»"),
        ("telephone", "(819)\u00a0555.0142", "Téléphone, écrit autrement"),
        ("telephone", "819 555-0142 / 819 555-0143", "Téléphone, plusieurs dans la cellule"),
        ("site", "www.atelier.example.org", "Site web, écrit autrement"),
    ],
)
def test_a_record_is_read_as_lists_and_workbooks_are(project: Project, field: str, said: str, told: str) -> None:
    said_of_it, values = sent(project, **{field: said})
    assert values == written_canonically(project)
    assert told in said_of_it
    assert ("compris\u00a0:" in said_of_it) == bool(told)


def written_canonically(project: Project) -> dict[str, object]:
    """Read the record that nobody had to understand."""
    text = NEW.format(**CANONICAL)
    return dict(source.parse(text, project.record("atelier-compris")).values)


def test_what_is_right_already_stays_as_it_is_written(project: Project) -> None:
    told, values = sent(project, site="https://Atelier.example.org/")
    assert values["site_web"] == "https://Atelier.example.org/"
    assert "compris\u00a0:" not in told


def test_a_list_may_stand_in_one_text(project: Project) -> None:
    text = NEW.format(**CANONICAL) + "secteurs_secondaires: Habitation; Culture\n"
    text = (
        text.replace("secteur: arts-culture", "secteur: transport") + "territoires_desservis: |\n  Mékinac\n  Région\n"
    )
    (outcome,) = apply(project, send(project, text, "atelier-compris.yml"))
    assert outcome.is_accepted, report([outcome])
    values = written(project, "atelier-compris")
    assert values["secteurs_secondaires"] == ["habitation", "arts-culture"]
    assert values["territoires_desservis"] == ["350", "region"]


def test_comments_stay_around_what_is_understood(project: Project) -> None:
    text = "# Reçue en mars.\n" + NEW.format(**{**CANONICAL, "forme": "OSBL # disent-ils"})
    (outcome,) = apply(project, send(project, text, "atelier-compris.yml"))
    assert outcome.is_accepted, report([outcome])
    assert "# Reçue en mars." in project.record("atelier-compris").read_text(encoding="utf-8")


def test_an_unknown_word_is_still_refused_with_its_advice(project: Project) -> None:
    (outcome,) = apply(project, send(project, NEW.format(**{**CANONICAL, "secteur": "Zzz"}), "atelier-compris.yml"))
    assert not outcome.is_accepted
    assert "secteur-inconnu" in report([outcome])


def test_a_record_attached_to_a_mail_is_understood_too(project: Project) -> None:
    message = EmailMessage()
    message.set_content("Voici notre fiche.")
    text = NEW.format(**{**CANONICAL, "forme": "coop de travail"})
    message.add_attachment(text.encode(), maintype="text", subtype="plain", filename="atelier-compris.yml")
    path = send(project, "", "recu.eml")
    path.write_bytes(message.as_bytes())
    (outcome,) = apply(project, path)
    assert outcome.is_accepted, report([outcome])
    assert "«\u00a0coop de travail\u00a0» lu «\u00a0Coopérative de travail\u00a0»" in report([outcome])


def test_a_correction_is_understood_too(project: Project) -> None:
    changes = {"secteur": "Culture", "etablissements.1.municipalite": "trois-rivières (Québec)"}
    (outcome,) = apply(project, send(project, correction(project, dict(changes))))
    assert outcome.is_accepted, report([outcome])
    assert written(project, SLUG)["secteur"] == "arts-culture"


def test_cells_of_a_workbook_are_understood_the_same_way(project: Project) -> None:
    book = Book(make(project, SLUG))
    row = book.row("Entreprises", SLUG)
    book.set("Entreprises", row, Forme_juridique="OSBL", Secteur="CULTURE", Autres_secteurs="habitation;\nTransports")
    book.set("Établissements", book.row("Établissements", SLUG, "1"), Municipalité="Ste-Thècle (Québec)")
    (outcome,) = apply(project, book.save())
    assert outcome.is_accepted, report([outcome])
    values = written(project, SLUG)
    assert (values["forme_juridique"], values["secteur"]) == ("obnl", "arts-culture")
    assert values["secteurs_secondaires"] == ["habitation", "transport"]
    assert "municipalite': 'Sainte-Thècle" in str(values["etablissements"])
    assert "Municipalité, «\u00a0Ste-Thècle (Québec)\u00a0» lu «\u00a0Sainte-Thècle\u00a0»" in report([outcome])


def test_where_a_place_is_stays_unsaid(project: Project) -> None:
    text = NEW.format(**CANONICAL).replace("    telephone", "    code_postal: g9a5k8\n    telephone")
    (outcome,) = apply(project, send(project, text, "atelier-compris.yml"))
    assert outcome.is_accepted, report([outcome])
    assert "Code postal, écrit autrement" in report([outcome])
    assert "g9a5k8" not in report([outcome])
