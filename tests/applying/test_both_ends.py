"""Hold the form and the command to one text: what the form writes, mail carries and `annuaire apply` understands."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.applying import mailing
from tests.applying.test_apply import SLUG, apply, diff, send
from tests.forming import PROGRAM, form_data
from tests.node import asking
from tests.sites import Project

from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.loading import Loader
from annuaire.intake.applying import report
from annuaire.intake.applying.proposal import base_of
from annuaire.yamlfile import source

NEW_VALUES: dict[str, Any] = {
    "nom": "Déneigement Nouvel Exemple",
    "forme_juridique": "obnl",
    "statut": "active",
    "secteur": "services-aux-entreprises",
    "mission": "Déneiger « partout », l’hiver.\n\nEt rien d’autre.",
    "offres": [{"nom": "Déneigement", "categorie": "deneigement", "territoires_desservis": ["997", "region"]}],
    "etablissements": [{"municipalite": "Exempleville", "telephone": "819 555-0142"}],
    "verification": {"statut": "a-confirmer", "par": "entreprise"},
}


def ask_form(project: Project, what: str = "message", **question: Any) -> str:
    """Ask the form's own code for a text, the message of a correction if nothing else is asked."""
    loader = Loader(project.settings)
    catalogue = Catalogue([], [], loader.territories, loader.vocabularies, project.settings.regions, project.root)
    with asking(PROGRAM) as ask:
        ask("load", data=form_data(catalogue, project.settings))
        text = ask(what, **question)
    assert isinstance(text, str)
    return text


def same_ranks(values: dict[str, Any]) -> dict[str, list[int]]:
    """Say that every item of every list is where it was."""
    lists = ("offres", "indicateurs", "conformite", "etablissements")
    return {key: list(range(1, len(values.get(key, [])) + 1)) for key in lists}


MAILS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "wrapped and quoted": lambda text: mailing.quoted(mailing.wrapped(mailing.plain_spaces(text))),
    "in a page": lambda text: mailing.mail(page=mailing.as_html(text)).decode("ascii"),
}


@pytest.mark.parametrize("mail", MAILS)
def test_a_correction_goes_from_form_to_record(project: Project, mail: str) -> None:
    path = project.record(SLUG)
    text = path.read_text(encoding="utf-8")
    values = source.parse(text, path).values
    wanted = copy.deepcopy(values)
    wanted["etablissements"][0]["telephone"] = "819 555-0142"
    del wanted["site_web"]
    del wanted["contact_achats"]
    wanted["mission"] = "Dire « bonjour ».\n\n• Et servir."
    wanted["certifications"] = ["ecologo", "concilivi"]
    wanted["retombees"]["sociales"] = "Quarante personnes formées."
    ranks = same_ranks(wanted)
    ranks["offres"] = [2, 0, 1, 3, 4, 6, 7, 8]
    by_rank = dict(enumerate(wanted["offres"], start=1))
    by_rank[0] = {"nom": "Déneigement de toits", "categorie": "deneigement"}
    wanted["offres"] = [by_rank[rank] for rank in ranks["offres"]]
    message = ask_form(project, slug=SLUG, nom=values["nom"], text=text, values=wanted, ranks=ranks)
    (outcome,) = apply(project, send(project, MAILS[mail](message), "message.eml" if "page" in mail else "message.txt"))
    assert outcome.is_whole, report([outcome])
    assert source.parse(path.read_text(encoding="utf-8"), path).values == wanted


def test_one_telephone_is_one_line(project: Project) -> None:
    path = project.record(SLUG)
    text = path.read_text(encoding="utf-8")
    values = source.parse(text, path).values
    values["etablissements"][1]["telephone"] = "819 555-0199"
    message = ask_form(project, slug=SLUG, nom=values["nom"], text=text, values=values, ranks=same_ranks(values))
    apply(project, send(project, message))
    assert diff(text, path.read_text(encoding="utf-8")) == [
        '-    telephone: "819 555-0111"',
        '+    telephone: "819 555-0199"',
    ]


def test_a_file_goes_from_form_to_record_beside_what_others_changed(project: Project) -> None:
    path = project.record(SLUG)
    text = path.read_text(encoding="utf-8")
    values = source.parse(text, path).values
    path.write_text(text.replace("https://entretien.example.org/\n", "https://www.entretien.example.org/\n"), "utf-8")
    wanted = copy.deepcopy(values)
    wanted["etablissements"][1]["telephone"] = "819 555-0199"
    del wanted["offres"][2]
    ranks = same_ranks(values) | {"offres": [1, 2, 4, 5, 6, 7, 8]}
    written = ask_form(project, "write", text=text, values=wanted, ranks=ranks)
    file = ask_form(project, "file", slug=SLUG, base=base_of(text), text=written)
    (outcome,) = apply(project, send(project, file, f"{SLUG} (1).yml"))
    assert outcome.is_whole, report([outcome])
    wanted["site_web"] = "https://www.entretien.example.org/"
    result = path.read_text(encoding="utf-8")
    assert source.parse(result, path).values == wanted
    assert "# annuaire 1" not in result


def test_a_new_enterprise_goes_from_form_to_record(project: Project) -> None:
    slug = "deneigement-nouvel-exemple"
    ranks = {"offres": [0], "indicateurs": [], "conformite": [], "etablissements": [0]}
    message = ask_form(project, slug=slug, nom=NEW_VALUES["nom"], text="", values=NEW_VALUES, ranks=ranks)
    (outcome,) = apply(project, send(project, mailing.wrapped(message)))
    assert outcome.is_accepted, report([outcome])
    path = Path(project.record(slug))
    assert source.parse(path.read_text(encoding="utf-8"), path).values == NEW_VALUES
