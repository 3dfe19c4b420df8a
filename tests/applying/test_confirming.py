"""Take what an enterprise confirms with the form: what it writes in a record, and when it is set aside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.applying import mailing
from tests.applying.test_apply import SLUG, apply, send
from tests.sites import Project

from annuaire.intake.applying import message, report, vouching
from annuaire.intake.applying.outcome import FileOutcome
from annuaire.intake.applying.proposal import base_of
from annuaire.records.collections import ENTERPRISES
from annuaire.schema import load
from annuaire.yamlfile import source

OWNER = "au nom de l’entreprise, direction"
SAID = {"qui": OWNER, "confirme": "2026-11-20 | fiche | offres.2"}
SOURCE = "Formulaire du site, au nom de l’entreprise (direction)"


def unconfirmed(project: Project) -> str:
    """Make the record one that nobody vouches for, and give its text."""
    path: Path = project.record(SLUG)
    text = path.read_text(encoding="utf-8")
    text = text.rsplit("verification:\n", 1)[0]
    text += "verification:\n  statut: a-confirmer\n  par: import\n  source: Liste Exemple\n  deduits: [secteur]\n"
    path.write_text(text, encoding="utf-8")
    return text


def values_of(project: Project) -> dict[str, Any]:
    """Read the record as it is now."""
    path = project.record(SLUG)
    found: dict[str, Any] = source.parse(path.read_text(encoding="utf-8"), path).values
    return found


def confirm(
    project: Project,
    text: str,
    said: dict[str, str],
    changes: dict[str, mailing.Value] | None = None,
    orders: dict[str, list[str]] | None = None,
) -> FileOutcome:
    """Apply what a director sends, from the text that was read."""
    sent = mailing.wrapped(mailing.compose(SLUG, base_of(text), changes or {}, orders, said=said))
    (outcome,) = apply(project, send(project, sent))
    return outcome


def test_a_confirmation_alone_is_written_with_who_and_when(project: Project) -> None:
    before = unconfirmed(project)
    outcome = confirm(project, before, SAID)
    assert outcome.is_accepted, report([outcome])
    said = report([outcome])
    assert "envoyé au nom de l’entreprise (direction), d’après ce qui a été reçu" in said
    assert "s’en assurer auprès de l’entreprise" in said, "the staff still accepts"
    values = values_of(project)
    wanted = {"statut": "confirmee", "date": "2026-11-20", "par": "entreprise", "source": SOURCE}
    assert values["verification"] == wanted
    assert values["offres"][1]["verification"] == {"statut": "confirmee", "date": "2026-11-20", "source": SOURCE}
    assert values["offres"][0] == source.parse(before, project.record(SLUG)).values["offres"][0]


def test_an_offer_is_confirmed_alone_and_with_changes(project: Project) -> None:
    before = unconfirmed(project)
    said = {"qui": "au nom de l’entreprise", "confirme": "2026-11-20 | offres.2 | offres.nouveau 1"}
    new: dict[str, mailing.Value] = {
        "offres.nouveau 1.nom": "Déneigement de toits",
        "offres.nouveau 1.categorie": "deneigement",
    }
    outcome = confirm(project, before, said, new, {"offres": ["2", "1", "nouveau 1", "3", "4", "5", "6", "7", "8"]})
    assert outcome.is_accepted, report([outcome])
    values = values_of(project)
    assert values["verification"]["statut"] == "a-confirmer"
    for rank in (0, 2):
        found = values["offres"][rank]["verification"]
        assert (found["statut"], found["source"]) == ("confirmee", "Formulaire du site, au nom de l’entreprise")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"confirme": "2026-11-20 | fiche"}, "ce qu’elle confirme"),
        ({"qui": "au nom de Marie Exemple", "confirme": "2026-11-20 | fiche"}, "qui écrit"),
        ({"qui": OWNER, "confirme": "hier | fiche"}, "ce qu’elle confirme"),
        ({"qui": OWNER, "confirme": "2026-11-20 | mission"}, "ce qu’elle confirme"),
        ({"qui": OWNER, "confirme": "2026-11-20"}, "ce qu’elle confirme"),
    ],
)
def test_what_the_form_cannot_say_is_refused(project: Project, said: dict[str, str], words: str) -> None:
    outcome = confirm(project, unconfirmed(project), said)
    assert words in outcome.refusal, outcome
    assert "Marie" not in report([outcome])


def test_a_record_that_changed_since_is_not_confirmed(project: Project) -> None:
    """The other offers are as they were read: these stay confirmed."""
    before = unconfirmed(project)
    path = project.record(SLUG)
    path.write_text(before.replace("819 555-0110", "819 555-0177", 1), encoding="utf-8")
    values = source.parse(before, path).values
    text = mailing.compose(SLUG, base_of(before), {}, said=SAID)
    (proposal,) = message.read(text, {ENTERPRISES: load(ENTERPRISES)})
    left, told = vouching.still_holding(proposal, values, values_of(project))
    assert [setting.target.item for setting in left.settings] == ["2", "2", "2"]
    assert "la redemander" in told[0]
    changed = values_of(project)
    changed["offres"][1]["nom"] = "Autre chose"
    left, _ = vouching.still_holding(proposal, values, changed)
    assert left.settings == ()
    assert vouching.still_holding(proposal, values, values) == (proposal, [])


def test_a_confirmation_applied_twice_asks_nothing(project: Project) -> None:
    before = unconfirmed(project)
    said = {"qui": OWNER, "confirme": "2026-11-20 | fiche | offres.2 | offres.nouveau 1"}
    new: dict[str, mailing.Value] = {
        "offres.nouveau 1.nom": "Déneigement de toits",
        "offres.nouveau 1.categorie": "deneigement",
    }
    project.commit()
    order = {"offres": ["2", "1", "nouveau 1", "3", "4", "5", "6", "7", "8"]}
    for changes, orders, words in (({}, None, SAID), (new, order, said)):
        project.record(SLUG).write_text(before, encoding="utf-8")
        assert confirm(project, before, words, changes, orders).changed
        again = confirm(project, before, words, changes, orders)
        assert not again.changed
        assert again.is_whole, report([again])
        assert "déjà appliqué" in report([again])


def test_what_is_left_out_is_not_confirmed(project: Project) -> None:
    before = unconfirmed(project)
    outcome = confirm(project, before, SAID, {"mission": "Écrire à marie.tremblay@exemple.org, directrice."})
    assert outcome.is_accepted, report([outcome])
    assert any("la redemander" in words for words in outcome.records[0].conflicts), report([outcome])
    assert values_of(project)["verification"]["statut"] == "a-confirmer"


def test_a_file_says_who_sends_it(project: Project) -> None:
    before = unconfirmed(project)
    text = before.replace("819 555-0110", "819 555-0142", 1)
    path = project.root.parent / f"{SLUG}.yml"
    path.write_text(f"{text}# annuaire 1, fiche {SLUG}, base {base_of(before)}, {OWNER}\n", encoding="utf-8")
    (outcome,) = apply(project, path)
    assert outcome.records[0].sender == "l’entreprise (direction)"
    assert values_of(project)["etablissements"][0]["telephone"] == "819 555-0142"


def test_a_confirmation_keeps_where_values_came_from(project: Project) -> None:
    """The list that an import read vouches for the record no more: it stays the source of what did not change."""
    before = unconfirmed(project)
    given = "provenances:\n  - champs: [mission]\n    source: Site Exemple\n"
    given += '    date: "2026-03-01"\n    licence: CC BY 4.0\n'
    project.record(SLUG).write_text(before + given, encoding="utf-8")
    outcome = confirm(project, before + given, SAID, {"site_web": "https://nouveau.example.org"})
    assert outcome.is_accepted, report([outcome])
    values = values_of(project)
    assert values["verification"]["source"] == SOURCE
    site, listed = values["provenances"]
    assert site == {"champs": ["mission"], "source": "Site Exemple", "date": "2026-03-01", "licence": "CC BY 4.0"}
    assert (listed["source"], listed["licence"]) == ("Liste Exemple", "conditions non précisées")
    assert {"nom", "etablissements"} <= set(listed["champs"])
    others = {"mission", "site_web", "statut", "verification_statut", "secteur"}  # the sector was deduced
    assert not others & set(listed["champs"])
    assert project.call("validate").returncode == 0
    again = confirm(
        project, project.record(SLUG).read_text(encoding="utf-8"), {**SAID, "confirme": "2026-11-21 | fiche"}
    )
    assert again.is_accepted, report([again])
    assert len(values_of(project)["provenances"]) == 2


def test_a_call_leaves_the_source_where_it_is(project: Project) -> None:
    settings = {setting.target.field.name for setting in vouching.of_record(load("enterprises"), "2026-11-20", "pole")}
    assert "verification_source" not in settings
