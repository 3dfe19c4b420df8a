"""Give the text that a record takes once a proposal is laid over what stands; nothing here judges it or writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annuaire.catalogue import derived, sources
from annuaire.intake.applying import merging, versions, vouching, whole_record
from annuaire.intake.applying.proposal import NEW, Proposal, base_of
from annuaire.records.reading import Record
from annuaire.rules.file_name import is_refused
from annuaire.schema import Schema
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile import formatter, source


@dataclass(frozen=True, slots=True)
class Texts:
    """Hold the records as they were `found`, and as the files accepted so far make them (`records`), by slug."""

    folder: Path
    schema: Schema
    found: Mapping[str, Record]
    records: Mapping[str, Record]
    excluded: tuple[str, ...] = ()  # sources whose values the form never showed

    def laid(self, proposal: Proposal, before: Record | None) -> tuple[str, list[str], bool]:
        """Give the text that a record takes, the conflicts, and whether the point of a place that moved was dropped.

        Raise AnnuaireError, with a sentence that says what to do, when there is no such text.
        """
        text, conflicts = self._laid(proposal, before)
        text, stale = self._without_stale(before, text)
        return text, conflicts, stale

    def text_of(self, slug: str, base: str) -> str | None:
        """Give the text that a proposal for a record started from, or None when nobody knows it any more."""
        for record in (self.records.get(slug), self.found.get(slug)):
            if record is not None and (text := self._started(record.document.text, slug, base)) is not None:
                return text
        path = self.folder / f"{slug}.yml"
        started = (self._started(text, slug, base) for text in versions.texts(path))
        return next((text for text in started if text is not None), None)

    def _started(self, text: str, slug: str, base: str) -> str | None:
        """Give a text of a record, or the one that the form made of it, if it has this base."""
        if base_of(text) == base:
            return text
        if not self.excluded or source.parse(text, Path(f"{slug}.yml")).faults:
            return None
        shown = sources.published_text(text, f"{slug}.yml", self.excluded, self.schema)
        return shown if base_of(shown) == base else None

    def _laid(self, proposal: Proposal, before: Record | None) -> tuple[str, list[str]]:
        slug = proposal.slug
        if before is None and is_refused(slug):
            raise AnnuaireError(
                f"«\u00a0{slug}\u00a0» est un nom que le site ou les ordinateurs gardent pour eux\u00a0: "
                "y ajouter la municipalité"
            )
        wanted: dict[str, Any] = {}
        if proposal.text:
            text = formatter.format_text(proposal.text, self.schema, f"{slug}.yml")
            wanted = source.parse(text, self.folder / f"{slug}.yml").values
            if before is None and proposal.base in ("", NEW):
                return text, []
            if before is not None and (
                proposal.base in ("", base_of(before.document.text)) or text == before.document.text
            ):
                return text, []
        if proposal.base == NEW:
            return self._new(wanted or self._made(proposal), before), []
        if before is None:
            raise self._absent(slug)
        if before.document.faults or is_odd(before.values, self.schema.children):
            raise AnnuaireError("la fiche actuelle ne peut pas être lue\u00a0: la corriger d’abord (annuaire validate)")
        base = self.text_of(slug, proposal.base)
        if base is None:
            raise AnnuaireError(
                "la fiche a changé depuis, et la version de départ n’est pas dans l’historique\u00a0: "
                "refaire la correction à partir de la fiche d’aujourd’hui"
            )
        values = source.parse(base, self.folder / f"{slug}.yml").values
        if proposal.text:
            proposal = whole_record.changes(proposal, values, wanted, self.schema)
        proposal, told = vouching.still_holding(proposal, values, before.values)
        merged = merging.merge(proposal, values, before.values, self.schema)
        if merged.values == before.values:
            return before.document.text, [*told, *merged.conflicts]
        text = formatter.rewrite(before.document.text, merged.values, self.schema, f"{slug}.yml", merged.ranks)
        return text, [*told, *merged.conflicts]

    def _without_stale(self, before: Record | None, text: str) -> tuple[str, bool]:
        """Take out of a text the point of a place that moved, and the sources of changed values; tell of the point.

        What vouched for a record before it was confirmed stays among its sources.
        """
        if before is None or text == before.document.text:
            return text, False
        values = source.parse(text, before.document.path).values
        stale = derived.drop_stale(before.values, values, self.schema)
        changed = sources.drop_changed(before.values, values, self.schema)
        named = vouching.keep_source(before.values, values, self.schema)
        is_other = bool(stale) or changed or named
        return (formatter.rewrite(text, values, self.schema, before.file) if is_other else text), bool(stale)

    def _absent(self, slug: str) -> AnnuaireError:
        """Say that a record is not there, and the name it has by now if another one declares it."""
        heir = next((r.slug for r in self.records.values() if slug in _list(r.values.get("anciens_slugs"))), "")
        if heir:
            return AnnuaireError(
                f"cette fiche n’a plus ce nom\u00a0: elle s’appelle maintenant «\u00a0{heir}\u00a0»; "
                "y refaire la correction"
            )
        return AnnuaireError("cette fiche n’existe pas ici\u00a0: a-t-elle été renommée, fusionnée ou retirée?")

    def _made(self, proposal: Proposal) -> dict[str, Any]:
        """Give the values of a new record."""
        merged = merging.merge(proposal, {}, {}, self.schema)
        if merged.conflicts:
            raise AnnuaireError(f"{merged.conflicts[0]}\u00a0: une nouvelle fiche ne reprend rien d’une autre")
        if not merged.values:
            raise AnnuaireError("la nouvelle fiche est vide")
        return merged.values

    def _new(self, values: dict[str, Any], before: Record | None) -> str:
        """Give the text of a new record; raise AnnuaireError when another one has its name."""
        if before is None:
            return formatter.dump(values, self.schema)
        if merging.alike(values, before.values):
            return before.document.text  # the same proposal was applied before
        raise AnnuaireError(
            f"une fiche «\u00a0{before.text('nom')}\u00a0» existe déjà à cette adresse\u00a0: si c’est la même "
            "entreprise, la corriger; sinon, ajouter la municipalité au nom"
        )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def is_odd(values: Mapping[str, Any], tables: Mapping[str, Any]) -> bool:
    """Tell whether a list of mappings of a record is something else."""
    return any(
        key in values and not (isinstance(values[key], list) and all(isinstance(item, dict) for item in values[key]))
        for key in tables
    )
