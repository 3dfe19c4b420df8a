"""Apply what names a person: the value is left out, the rest is written, and the call sheet asks for something else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.applying import mailing
from tests.applying.test_apply import DAY, NEW_RECORD, SLUG, apply, correction, diff, send
from tests.applying.test_calls import make as make_calls
from tests.applying.test_calls import rows
from tests.applying.test_workbook import Book, make
from tests.sites import Project

from annuaire.intake.applying import Application, report
from annuaire.intake.applying.proposal import base_of
from annuaire.text.problems import AnnuaireError

PERSON: dict[str, mailing.Value] = {
    "contact_achats.fonction": "Mme Marie Exemple, 819 555-0142",
    "mission": "Nettoyer, avec Ginette Tremblay.",
}


def asked(project: Project) -> str:
    path = project.root / "content" / "a-demander.csv"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def test_a_person_is_left_out_and_the_rest_is_written(project: Project) -> None:
    before = project.record(SLUG).read_text(encoding="utf-8")
    path = send(project, correction(project, PERSON | {"etablissements.1.heures": "Du lundi au jeudi"}))
    (outcome,) = apply(project, path)
    after = project.record(SLUG).read_text(encoding="utf-8")
    assert diff(before, after) == [
        "-    heures: Du lundi au vendredi, de 7\u00a0h\u00a030 à 16\u00a0h\u00a030",
        "+    heures: Du lundi au jeudi",
    ]
    assert outcome.is_accepted
    assert not outcome.is_whole  # who dropped the file still has something to see


def test_what_is_left_out_is_told_without_being_quoted(project: Project) -> None:
    (outcome,) = apply(project, send(project, correction(project, PERSON)))
    told = report([outcome])
    assert "laissé de côté\u00a0: Fonction de la personne-ressource" in told
    assert "nomme une personne [personne-nommee]" in told
    assert "content/exceptions.yml" in told
    assert not [word for word in ("Exemple, 819", "555-0142", "Ginette", "Tremblay") if word in told]
    assert not [word for word in ("Marie", "0142", "Ginette") if word in asked(project)]


def test_it_becomes_a_line_of_the_call_sheet_until_it_is_answered(project: Project) -> None:
    apply(project, send(project, correction(project, PERSON)))
    (line,) = (line for line in rows(make_calls(project)) if line["Fiche"] == SLUG)
    questions = line["À confirmer"].split("\n")
    assert "Demander une fonction plutôt qu’un nom" in questions
    assert "Demander un texte sans nom ni adresse d’une personne\u00a0: Mission" in questions
    path = send(project, correction(project, {"contact_achats.fonction": "Direction", "mission": "Nettoyer."}))
    apply(project, path)
    assert asked(project) == "fiche,champ,code,base\n"
    assert not [line for line in rows(make_calls(project)) if "Demander" in line["À confirmer"]]


def test_what_is_only_to_be_asked_is_written_once(project: Project) -> None:
    path = send(project, correction(project, PERSON))
    done = project.run("apply", str(path), "--yes")
    assert (done.returncode, asked(project).count(SLUG)) == (0, 3), done.stdout
    before = asked(project)
    again = project.run("apply", str(path))
    assert again.returncode == 0, again.stdout
    assert asked(project) == before


def test_a_person_let_through_with_a_reason_is_written(project: Project) -> None:
    with (project.root / "content" / "exceptions.yml").open("a", encoding="utf-8") as file:
        file.write(
            f"  - fiche: {SLUG}\n    code: personne-possible\n    valeur: Ginette Tremblay\n    raison: Fondatrice.\n"
        )
    apply(project, send(project, correction(project, PERSON)))
    after = project.record(SLUG).read_text(encoding="utf-8")
    assert "mission: Nettoyer, avec Ginette Tremblay." in after
    assert "Marie" not in after


def test_a_new_record_goes_without_and_so_does_an_offer_that_is_a_name(project: Project) -> None:
    values: dict[str, mailing.Value] = NEW_RECORD | {
        "offres.nouveau 1.nom": "Cours avec Ginette Tremblay",
        "offres.nouveau 2.nom": "Déneigement",
        "offres.nouveau 2.categorie": "deneigement",
        "etablissements.nouveau 1.courriel": "ginette.tremblay@example.org",
    }
    path = send(project, mailing.compose("nouvel-exemple", "nouvelle", values))
    (outcome,) = apply(project, path)
    assert outcome.is_accepted, report([outcome])
    after = (project.enterprises / "nouvel-exemple.yml").read_text(encoding="utf-8")
    assert "inette" not in after
    assert after.count("- nom:") == 1
    assert "nouvel-exemple,etablissements.1.courriel,courriel-personnel," in asked(project)


def test_a_cell_of_a_workbook_is_left_out_too(project: Project) -> None:
    path = make(project, SLUG)
    book = Book(path)
    book.set("Entreprises", book.row("Entreprises", SLUG), Mission="Appeler M. Tremblay")
    before = project.record(SLUG).read_text(encoding="utf-8")
    (outcome,) = apply(project, book.save())
    assert project.record(SLUG).read_text(encoding="utf-8") == before
    assert [r.withheld for r in outcome.records if r.withheld] == [
        ["Mission\u00a0: nomme une personne [personne-nommee]"]
    ]


def test_a_comment_that_names_somebody_is_left_out_and_nobody_is_asked(project: Project) -> None:
    text = project.record(SLUG).read_text(encoding="utf-8")
    header, _, rest = text.partition("\n")
    commented = f"{header}\n\n# Relue au bureau, avec\n# Mme Lavoie.\n{rest.lstrip()}"
    heard = commented.replace("statut: active\n", "statut: active  # dit par M. Lavoie\n").rstrip() + "\n# Fin.\n"
    path = Path(project.root.parent / f"{SLUG}.yml")
    path.write_text(heard, encoding="utf-8")
    (outcome,) = apply(project, path)
    assert outcome.records[0].withheld == ["Commentaire\u00a0: nomme une personne [personne-nommee]"] * 2
    after = project.record(SLUG).read_text(encoding="utf-8")
    assert "Lavoie" not in after
    assert "Relue" not in after
    assert "# Fin." in after
    assert asked(project) == ""


def test_a_record_and_its_questions_are_written_together_or_not_at_all(project: Project) -> None:
    before = project.record(SLUG).read_text(encoding="utf-8")
    application = Application(project.settings, DAY)
    sent = send(project, correction(project, PERSON | {"etablissements.1.heures": "Du lundi au jeudi"}))
    outcomes = application.read([sent])
    theirs = "fiche,champ,code,base\nautre,mission,personne-nommee,\n"
    (project.root / "content" / "a-demander.csv").write_text(theirs, encoding="utf-8")
    with pytest.raises(AnnuaireError, match=r"a-demander\.csv.* a été ajouté pendant ce temps"):
        application.write(outcomes)
    assert project.record(SLUG).read_text(encoding="utf-8") == before
    assert asked(project) == theirs


def test_what_stood_before_stays(project: Project) -> None:
    path = project.record(SLUG)
    text = path.read_text(encoding="utf-8").replace(
        "source: Fiche relue avec la direction", "source: Relue avec Ginette Tremblay"
    )
    path.write_text(text, encoding="utf-8")
    (outcome,) = apply(project, send(project, correction(project, {"etablissements.1.heures": "Du lundi au jeudi"})))
    assert outcome.is_whole
    assert "Ginette Tremblay" in path.read_text(encoding="utf-8")


def test_a_whole_record_is_left_without_too(project: Project) -> None:
    path = Path(project.root.parent / f"{SLUG}.yml")
    text = project.record(SLUG).read_text(encoding="utf-8")
    assert "fonction: Service aux villes et aux entreprises" in text
    path.write_text(text.replace("Service aux villes et aux entreprises", "TREMBLAY Ginette"), encoding="utf-8")
    apply(project, path)
    assert project.record(SLUG).read_text(encoding="utf-8") == text


HIDDEN = "maison-l-eclaircie-d-exemple"


def hidden_correction(project: Project, changes: dict[str, mailing.Value]) -> str:
    text = project.record(HIDDEN).read_text(encoding="utf-8")
    return mailing.compose(HIDDEN, base_of(text), changes)


def test_what_tells_where_a_hidden_place_is_stays_out(project: Project) -> None:
    before = project.record(HIDDEN).read_text(encoding="utf-8")
    changes: dict[str, mailing.Value] = {
        "mission": "Un toit sûr, au 77, rue Secrète.",
        "etablissements.1.heures": "Jour et nuit",
    }
    (outcome,) = apply(project, send(project, hidden_correction(project, changes)))
    after = project.record(HIDDEN).read_text(encoding="utf-8")
    assert diff(before, after) == ["-    heures: Ligne d’écoute ouverte jour et nuit", "+    heures: Jour et nuit"]
    told = report([outcome])
    assert "dit où est un lieu dont l’adresse est confidentielle [adresse-dans-texte]" in told
    assert "Secrète" not in told
    assert f"{HIDDEN},mission,adresse-dans-texte" in asked(project)


@pytest.mark.parametrize("answer", [None, "non"])
def test_a_mail_never_shows_the_address_of_a_hidden_place(answer: str | None, project: Project) -> None:
    before = project.record(HIDDEN).read_text(encoding="utf-8")
    changes: dict[str, mailing.Value] = {
        "adresse_confidentielle": answer,
        "etablissements.1.adresse": "77, rue Secrète",
    }
    (outcome,) = apply(project, send(project, hidden_correction(project, changes)))
    assert not outcome.is_accepted
    assert "s’assurer de l’accord de l’entreprise" in report([outcome])
    assert "Secrète" not in report([outcome])
    assert project.record(HIDDEN).read_text(encoding="utf-8") == before
