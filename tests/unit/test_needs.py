"""A need that the home page suggests must find records: what is said, and what is let through."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.rules.corpus import TODAY
from tests.sites import EXAMPLES, REPOSITORY, lay_out

from annuaire import config
from annuaire.catalogue import needs
from annuaire.catalogue.loading import Loader, judged
from annuaire.text.names import fold

WORDS = REPOSITORY / "src" / "annuaire" / "theme" / "js" / "common" / "words" / "words.js"


@pytest.mark.parametrize(("name", "words"), [("STOP", needs.STOP), ("WEAK", needs.WEAK)])
def test_words_of_no_weight_are_those_of_the_search_page(name: str, words: frozenset[str]) -> None:
    found = re.search(rf"const {name} = new Set\((.*?)\.split", WORDS.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    assert words == set(" ".join(re.findall(r'"(.*?)"', found[1])).split())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Traiteur à Shawinigan", ["traiteur", "shawinigan"]),
        ("fourniture d’œufs", ["oeufs"]),
        ("fournitures de bureau", ["fournitures", "bureau"]),
        ("services", ["services"]),
    ],
)
def test_words_that_tell(text: str, words: list[str]) -> None:
    assert needs.telling_words(text) == words


@pytest.mark.parametrize("folder", [REPOSITORY, EXAMPLES], ids=["real", "exemple"])
def test_no_false_alarm(folder: Path) -> None:
    """Neither on the needs that the settings suggest, nor on any synonym of a category that a record offers."""
    settings = config.load(folder / "mkdocs.yml")
    loaded = Loader(settings).load(TODAY)
    assert [p.message for p in loaded.problems if p.code == needs.CODE] == []
    catalogue = loaded.catalogue()
    offered = {offer.categorie for e in catalogue.listed for offer in e.offres}
    said = tuple(word for slug in sorted(offered) for word in catalogue.vocabularies.categories[slug].synonymes)
    asked = replace(loaded.context, settings=replace(settings, examples=said))
    assert said
    assert needs.check(loaded.enterprises, asked) == []


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


def test_folded_words() -> None:
    assert all(word == fold(word) for word in needs.STOP | needs.WEAK)
