"""A need that the home page suggests must find records: what is said, and what is let through."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests import madeup
from tests.rules.corpus import TODAY
from tests.sites import EXAMPLES, lay_out

from annuaire import config
from annuaire.catalogue import needs
from annuaire.catalogue.answer import Level, answer_to, is_answered
from annuaire.catalogue.loading import Loader, judged
from annuaire.config import Settings


def test_no_false_alarm() -> None:
    """Neither on the needs that the settings suggest, nor on any synonym of a category that a record offers."""
    check_needs(config.load(EXAMPLES / "mkdocs.yml"))


def test_no_false_alarm_about_many_records(tmp_path: Path) -> None:
    check_needs(madeup.demonstration(tmp_path).settings)


def check_needs(settings: Settings) -> None:
    """Judge what a site says of the needs that its records meet."""
    loaded = Loader(settings).load(TODAY)
    assert [p.message for p in loaded.problems if p.code == needs.CODE] == []
    catalogue = loaded.catalogue()
    offered = {offer.categorie for e in catalogue.listed for offer in e.offres}
    said = tuple(word for slug in sorted(offered) for word in catalogue.vocabularies.categories[slug].synonymes)
    asked = replace(settings, examples=said)
    assert said
    assert needs.check(catalogue, asked) == []


@pytest.mark.parametrize("asked", ["traiteur", "pêche au saumon", "service de garde", "Shawinigan", "819 555-0100", ""])
def test_who_stops_at_the_first_answer_says_what_the_whole_answer_says(asked: str) -> None:
    catalogue = Loader(config.load(EXAMPLES / "mkdocs.yml")).load(TODAY).catalogue()
    words = [c.libelle for c in catalogue.vocabularies.categories.values()] if not asked else [asked]
    words += [f"{asked} à Shawinigan", f"{asked} licorne", *(e.nom for e in catalogue.listed[:20])]
    for one in words:
        whole = answer_to(catalogue, one)
        levels = {result.level for result in whole.results.values()} - {Level.SECTOR}
        assert is_answered(catalogue, one) is (bool(levels) and not whole.is_scattered), one


def test_who_is_at_fault_with_another_alone_does_not_answer(tmp_path: Path) -> None:
    """Needs are asked beside the rules across records: one that these refuse has to be left out all the same."""
    project = lay_out(tmp_path, EXAMPLES)
    record = next(path for path in sorted(project.enterprises.glob("*.yml")) if "\nneq:" in path.read_text("utf-8"))
    text = re.sub(r"(?m)^nom: .*", "nom: Élevage de licornes naines Exemple", record.read_text(encoding="utf-8"))
    project.configure(exemples='["licornes naines"]')
    twin = record.with_stem("zoo-exemple")  # after the other: it is the one at fault
    twin.write_text(re.sub(r"(?m)^neq: .*\n", "", text), encoding="utf-8")
    assert needs.CODE not in {p.code for p in Loader(project.settings).load(TODAY).problems}
    twin.write_text(text, encoding="utf-8")  # the NEQ of another
    loaded = Loader(project.settings).load(TODAY)
    assert {"neq-en-double", needs.CODE} <= {p.code for p in loaded.problems}
    alone = Loader(project.settings).load(TODAY, with_needs=False)
    assert needs.CODE not in {p.code for p in alone.problems}
    assert alone.with_needs().problems == loaded.problems


def test_who_is_let_through_answers(tmp_path: Path) -> None:
    """A fault that the Pôle looked at and accepts leaves the record among those that answer."""
    project = lay_out(tmp_path, EXAMPLES)
    records = sorted(project.enterprises.glob("*.yml"))
    record = next(path for path in records if "\nmission:" not in path.read_text(encoding="utf-8"))
    text = re.sub(r"(?m)^nom: .*", "nom: Élevage de licornes naines Exemple", record.read_text(encoding="utf-8"))
    record.write_text(f"{text}mission: Pour réserver, demander Mme Marie Exemple à l’accueil.\n", encoding="utf-8")
    project.configure(exemples='["licornes naines"]')
    accepted = project.root / "content" / "exceptions.yml"
    kept = accepted.read_text(encoding="utf-8") if accepted.exists() else "exceptions:\n"
    first = Loader(project.settings).load(TODAY)
    assert {"personne-nommee", needs.CODE} <= {p.code for p in first.problems}
    value = next(p.value for p in first.problems if p.code == "personne-nommee")
    entry = f"  - fiche: {record.stem}\n    code: personne-nommee\n    valeur: {value}\n    raison: Un exemple.\n"
    accepted.write_text(kept + entry, encoding="utf-8")
    codes = {p.code for p in Loader(project.settings).load(TODAY).problems}
    assert not {"personne-nommee", needs.CODE} & codes


def test_a_build_and_validate_say_it_in_the_settings(tmp_path: Path) -> None:
    project = lay_out(tmp_path, EXAMPLES)
    project.configure(exemples='["traiteur", "pêche au saumon"]')
    project.commit()
    answer = project.call("validate")
    assert answer.returncode == 0
    line = next(n for n, text in enumerate(project.config_file.read_text().splitlines(), 1) if "exemples:" in text)
    assert re.search(rf"^mkdocs\.yml:{line}:\d+\W+avertissement\W+le besoin «\W*pêche au saumon", answer.stdout, re.M)
    assert "«\u00a0traiteur\u00a0»" not in answer.stdout
    assert needs.CODE in {p.code for p in project.build().warnings}


def test_a_proposal_does_not_answer_for_the_settings(tmp_path: Path) -> None:
    project = lay_out(tmp_path, EXAMPLES)
    project.configure(exemples='["pêche au saumon"]')
    loader = Loader(project.settings)
    loaded = loader.load(TODAY)
    assert needs.CODE in {p.code for p in loaded.problems}
    assert needs.CODE not in {p.code for p in judged(loaded.records, loaded.context).problems}
