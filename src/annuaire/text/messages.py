"""Turn a finding into words, from `schema/messages.fr.json`, which the browser reads too.

One sentence and one remedy per code, with placeholders and no logic; when a finding carries a
`suggestion`, the remedy that quotes it is taken instead. Where a remedy names what only a file holds, `formulaire` says
it to who fills the form.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from annuaire.text.problems import Finding, Reach, Severity

LONGEST_VALUE = 80
LONGER = {"liste": 400, "fiche": 200, "suggestion": 400}  # what a person must be able to copy whole


@dataclass(frozen=True, slots=True)
class Wording:
    """Hold the words of one code, its severity and the reach of the rule that reports it.

    With `is_admitted_by_value`, the list of exceptions may let one value through, even if it is an error.
    """

    code: str
    severity: Severity
    reach: Reach
    sentence: str
    remedy: str
    remedy_with_suggestion: str
    form_remedy: str
    form_remedy_with_suggestion: str
    is_admitted_by_value: bool


@lru_cache(maxsize=1)
def wordings() -> Mapping[str, Wording]:
    """List every code with its words."""
    text = resources.files("annuaire.schema").joinpath("messages.fr.json").read_text(encoding="utf-8")
    return {
        code: Wording(
            code,
            Severity(entry["gravite"]),
            Reach(entry["portee"]),
            entry["phrase"],
            entry["remede"],
            entry.get("remede_suggestion", entry["remede"]),
            entry.get("formulaire", entry["remede"]),
            entry.get("formulaire_suggestion")
            or entry.get("formulaire")
            or entry.get("remede_suggestion", entry["remede"]),
            entry.get("exception") == "valeur",
        )
        for code, entry in json.loads(text).items()
    }


def phrase(finding: Finding) -> tuple[str, str]:
    """Give the sentence and the remedy of a finding; long values are cut, line breaks shown as spaces."""
    wording = wordings()[finding.code]
    values = {key: _short(value, LONGER.get(key, LONGEST_VALUE)) for key, value in finding.values.items()}
    remedy = wording.remedy_with_suggestion if values.get("suggestion") else wording.remedy
    return wording.sentence.format_map(values), remedy.format_map(values)


def phrase_plainly(code: str, values: Mapping[str, str]) -> tuple[str, str]:
    """Give the sentence and the remedy of a code for who never sees a file; its values are already in their words."""
    wording = wordings()[code]
    shown = {key: _short(value, LONGER.get(key, LONGEST_VALUE)) for key, value in values.items()}
    remedy = wording.form_remedy_with_suggestion if shown.get("suggestion") else wording.form_remedy
    sentence = wording.sentence.replace(" ({fiche})", "").replace("la fiche {fiche}", "une autre fiche")
    return sentence.format_map(shown), remedy.format_map(shown)


def said(code: str, **values: str) -> str:
    """Say a fault in one sentence with its remedy, for what is no record: a setting, a vocabulary, a table."""
    sentence, remedy = phrase(Finding(code, values=values))
    return f"{sentence}; {remedy}."


def inert(value: str) -> str:
    """Show control, invisible and undecodable characters as escapes; keep the no-break spaces of French."""
    if value.isprintable():
        return value
    return "".join(
        c if c.isprintable() or c in "\u00a0\u202f" else c.encode("unicode_escape").decode("ascii") for c in value
    )


def _short(value: str, longest: int) -> str:
    text = " ".join("".join(c if c.isprintable() else " " for c in value[: longest * 4]).split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
