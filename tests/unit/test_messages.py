"""Give findings their words."""

import json
import string
from importlib import resources

import pytest

from annuaire.text.messages import LONGEST_VALUE, Wording, inert, phrase, wordings
from annuaire.text.problems import Finding


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("wording", wordings().values(), ids=lambda wording: wording.code)
def test_placeholders_are_plain_words(wording: Wording) -> None:
    texts = (wording.sentence, wording.remedy, wording.remedy_with_suggestion)
    for text in (*texts, wording.form_remedy, wording.form_remedy_with_suggestion):
        assert all(name.isalpha() and name.isascii() for name in fields(text))
    assert "suggestion" not in fields(wording.sentence) | (
        fields(wording.remedy) if wording.remedy != wording.remedy_with_suggestion else set()
    )


def test_file_is_written_as_the_browser_reads_it() -> None:
    text = resources.files("annuaire.schema").joinpath("messages.fr.json").read_text(encoding="utf-8")
    values = json.loads(text)
    assert text == json.dumps(values, ensure_ascii=False, indent=1) + "\n"
    for entry in values.values():
        optional = {"remede_suggestion", "formulaire", "formulaire_suggestion", "exception"}
        assert set(entry) - optional == {"gravite", "portee", "phrase", "remede"}


def test_values_are_cut_and_flattened() -> None:
    sentence, _ = phrase(Finding("secteur-inconnu", values={"valeur": "a\nb\x1b[31m" + "c" * 500}))
    assert "a b [31mccc" in sentence
    assert "\x1b" not in sentence
    assert len(sentence) < LONGEST_VALUE + 60


def test_values_are_never_read_as_placeholders() -> None:
    values = {"valeur": "{valeur} {0.__class__}", "suggestion": "{x}"}
    sentence, hint = phrase(Finding("secteur-inconnu", values=values))
    assert "{valeur} {0.__class__}" in sentence
    assert "{x}" in hint


def test_suggestion_changes_the_remedy() -> None:
    plain = phrase(Finding("secteur-inconnu", values={"valeur": "x", "suggestion": ""}))[1]
    close = phrase(Finding("secteur-inconnu", values={"valeur": "x", "suggestion": "habitation"}))[1]
    assert plain.startswith("choisir dans la liste")
    assert "«\u00a0habitation\u00a0»" in close


def test_what_drives_a_terminal_is_shown_and_french_spaces_kept() -> None:
    assert inert("a\x1b[31m\x9b\u202e\ud800\nb : «\u00a0c\u202f»") == (
        "a\\x1b[31m\\x9b\\u202e\\ud800\\nb : «\u00a0c\u202f»"
    )
