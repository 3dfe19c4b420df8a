"""Understand what people write in a field, whatever they send: a workbook, a record, a correction, a decision.

A label in any case, a usual name, the name of a municipality with what people write around it, a telephone or a link in
another writing: each takes the one writing that records have. What is right already is never touched, and what is not
understood is left for the rules to refuse.
"""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from annuaire.intake.applying.proposal import Proposal, Setting, put, value_at
from annuaire.intake.importing import cleaning, places
from annuaire.intake.importing.targets import PLACE
from annuaire.places.meanings import Meanings
from annuaire.places.territories import Territories
from annuaire.places.vocabularies import Vocabularies
from annuaire.records.collections import parted
from annuaire.schema import Field, Schema, Table
from annuaire.text import french
from annuaire.text.french import NBSP
from annuaire.yamlfile import formatter, source

_SPLIT = re.compile(r"[|;\n]")
_LONGEST_TOLD = 80
_TIDIED: Mapping[str, Callable[[str], cleaning.Cleaned]] = {
    "annee-invalide": cleaning.year,
    "telephone-invalide": cleaning.telephone,
    "neq-invalide": cleaning.neq,
    "code-postal-invalide": places.postal_code,
    "courriel-invalide": cleaning.email,
    "url-invalide": cleaning.web_address,
    "reseau-invalide": cleaning.network_page,
    "date-invalide": cleaning.day,
}
Told = dict[str, None]  # sentences, each once, in order


@dataclass(frozen=True, slots=True)
class Understanding:
    """Hold what words mean on a site."""

    meanings: Meanings
    municipalities: places.Municipalities

    @classmethod
    def of(cls, words: Vocabularies, territories: Territories, regions: tuple[str, ...]) -> Understanding:
        """Make it from the vocabularies and the places of a site."""
        return cls(Meanings(words, territories), places.Municipalities(territories, regions))

    def proposal(self, proposal: Proposal, schema: Schema) -> tuple[Proposal, list[str]]:
        """Give a proposal with every value as records write it, and say what was understood as what."""
        told: Told = {}
        if proposal.text:
            return replace(proposal, text=self._text(proposal, schema, told)), [*told]
        settings = tuple(self._setting(setting, schema, told) for setting in proposal.settings)
        return replace(proposal, settings=settings), [*told]

    def value(self, field: Field, text: str) -> str:
        """Give one value as records write it, the text itself when it is right already or not understood."""
        text = unicodedata.normalize("NFC", text)
        if field.type == "boolean":
            return cleaning.yes_no(text).value or text
        if self.meanings.choices(field):
            return self.meanings.code(field, text) or text
        if field.vocabulary == "municipalites":
            return self.municipalities.read(text) or text
        if field.type == "number":
            return text.strip().replace(",", ".")
        tidy = _TIDIED.get(field.code)
        if tidy is None or (field.type != "date" and field.faults(text) is None):
            return text
        cleaned = tidy(text)
        return cleaned.value or text  # of several, the first

    def items(self, field: Field, text: str) -> list[str]:
        """Give the values of a text that lists several, parted by bars, semicolons or line breaks."""
        whole = self.value(field, text)
        if whole in self.meanings.choices(field):
            return [whole]
        return [self.value(field, part) for part in _parts(text)]

    def _setting(self, setting: Setting, schema: Schema, told: Told) -> Setting:
        table = schema.children[setting.target.table] if setting.target.table else None
        return replace(setting, value=self._read(setting.target.field, setting.value, table, told))

    def _text(self, proposal: Proposal, schema: Schema, told: Told) -> str:
        """Give the text of a whole record with its values understood, the text itself when it is no record."""
        name = f"{parted(proposal.reference).slug}.yml"
        document = source.parse(proposal.text, Path(name))
        if document.faults:
            return proposal.text
        values = copy.deepcopy(document.values)
        self._record(schema.root, values, told)
        for key, table in schema.children.items():
            held = values.get(key)
            for item in held if isinstance(held, list) else ():
                if isinstance(item, dict):
                    self._record(table, item, told)
        if values == document.values:
            return proposal.text
        return formatter.rewrite(proposal.text, values, schema, name)

    def _record(self, table: Table, values: dict[str, Any], told: Told) -> None:
        for path, field in table.by_path.items():
            before = value_at(values, path)
            after = self._read(field, before, table if table.key else None, told)
            if after != before:
                put(values, path, after)

    def _read(self, field: Field, value: Any, table: Table | None, told: Told) -> Any:
        """Understand a value, a text or a list of texts; anything else is left for the rules to refuse."""
        if isinstance(value, str) and value.strip():
            after: Any = self.items(field, value) if field.is_list else self.value(field, value)
            parts = [value] if isinstance(after, str) or len(after) == 1 else _parts(value)
            pairs = [*zip(parts, after if field.is_list else [after], strict=True)]
        elif field.is_list and isinstance(value, list) and all(isinstance(item, str) for item in value):
            after = [self.value(field, item) for item in value]
            pairs = [*zip(value, after, strict=True)]
        else:
            return value
        title = f"{field.title} ({table.title})" if table and table.key != PLACE else field.title
        told |= dict.fromkeys(filter(None, (self._said(field, title, *pair) for pair in pairs)))
        return after

    def _said(self, field: Field, title: str, before: str, after: str) -> str:
        """Say what a word was understood as; nothing for a label in any case, or for accents written apart."""
        choices = self.meanings.choices(field)
        label = choices.get(after, after)
        plain = " ".join(unicodedata.normalize("NFC", before).split())
        if plain == after or (plain.casefold() == label.casefold() and (choices or field.type == "boolean")):
            return ""
        tidy = _TIDIED.get(field.code)
        if tidy is not None and tidy(before).others:
            return f"{title}, plusieurs dans la cellule{NBSP}: un seul est gardé, écrire l’autre à part"
        if not choices and field.vocabulary != "municipalites":
            return f"{title}, écrit autrement"  # it may say where a place to hide is, or name a person
        shown = french.shorten(plain, _LONGEST_TOLD)
        return f"{title}, «{NBSP}{shown}{NBSP}» lu «{NBSP}{label}{NBSP}»"


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _SPLIT.split(text) if part.strip()]
