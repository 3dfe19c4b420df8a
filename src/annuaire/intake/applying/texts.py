"""Give the text that a record takes once a proposal is laid over what stands; nothing here judges it or writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annuaire.catalogue import derived, sources
from annuaire.intake.applying import merging, versions, vouching, whole_record
from annuaire.intake.applying.proposal import NEW, Proposal, Schemas, base_of, schema_of
from annuaire.records.collections import BY_NAME, parted
from annuaire.records.reading import EXTENSION, Record
from annuaire.rules.file_name import is_refused
from annuaire.schema import Schema
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile import formatter, source


@dataclass(frozen=True, slots=True)
class Texts:
    """Hold the records as they were `found`, and as the files accepted so far make them (`records`), by reference."""

    content: Path
    schemas: Schemas
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

    def text_of(self, reference: str, base: str) -> str | None:
        """Give the text that a proposal for a record started from, or None when nobody knows it any more."""
        for record in (self.records.get(reference), self.found.get(reference)):
            if record is not None and (text := self._started(record.document.text, reference, base)) is not None:
                return text
        started = (self._started(text, reference, base) for text in versions.texts(self.path(reference)))
        return next((text for text in started if text is not None), None)

    def path(self, reference: str) -> Path:
        """Give the file of a record."""
        collection, slug = parted(reference)
        return self.content / collection / f"{slug}{EXTENSION}"

    def _started(self, text: str, reference: str, base: str) -> str | None:
        """Give a text of a record, or the one that the form made of it, if it has this base."""
        if base_of(text) == base:
            return text
        if not self.excluded or source.parse(text, self.path(reference)).faults:
            return None
        name, schema = self.path(reference).name, schema_of(reference, self.schemas)
        shown = sources.published_text(text, name, self.excluded, schema)
        return shown if base_of(shown) == base else None

    def _laid(self, proposal: Proposal, before: Record | None) -> tuple[str, list[str]]:
        slug, path = parted(proposal.reference).slug, self.path(proposal.reference)
        schema = schema_of(proposal.reference, self.schemas)
        if before is None and is_refused(slug):
            raise AnnuaireError(
                f"«\u00a0{slug}\u00a0» est un nom que le site ou les ordinateurs gardent pour eux\u00a0: "
                "y ajouter la municipalité"
            )
        wanted: dict[str, Any] = {}
        if proposal.text:
            text = formatter.format_text(proposal.text, schema, path.name)
            wanted = source.parse(text, path).values
            if before is None and proposal.base in ("", NEW):
                return text, []
            if before is not None and (
                proposal.base in ("", base_of(before.document.text)) or text == before.document.text
            ):
                return text, []
        if proposal.base == NEW:
            return self._new(wanted or self._made(proposal, schema), before, schema), []
        if before is None:
            raise self._absent(proposal.reference)
        if before.document.faults or is_odd(before.values, schema.children):
            raise AnnuaireError("la fiche actuelle ne peut pas être lue\u00a0: la corriger d’abord (annuaire validate)")
        base = self.text_of(proposal.reference, proposal.base)
        if base is None:
            raise AnnuaireError(
                "la fiche a changé depuis, et la version de départ n’est pas dans l’historique\u00a0: "
                "refaire la correction à partir de la fiche d’aujourd’hui"
            )
        values = source.parse(base, path).values
        if proposal.text:
            proposal = whole_record.changes(proposal, values, wanted, schema)
        proposal, told = vouching.still_holding(proposal, values, before.values)
        merged = merging.merge(proposal, values, before.values, schema)
        if merged.values == before.values:
            return before.document.text, [*told, *merged.conflicts]
        text = formatter.rewrite(before.document.text, merged.values, schema, path.name, merged.ranks)
        return text, [*told, *merged.conflicts]

    def _without_stale(self, before: Record | None, text: str) -> tuple[str, bool]:
        """Take out of a text the point of a place that moved, and the sources of changed values; tell of the point.

        What vouched for a record before it was confirmed stays among its sources.
        """
        if before is None or text == before.document.text:
            return text, False
        values = source.parse(text, before.document.path).values
        stale = derived.drop_stale(before.values, values, before.schema)
        changed = sources.drop_changed(before.values, values, before.schema)
        named = vouching.keep_source(before.values, values, before.schema)
        is_other = bool(stale) or changed or named
        return (formatter.rewrite(text, values, before.schema, before.file) if is_other else text), bool(stale)

    def _absent(self, reference: str) -> AnnuaireError:
        """Say that a record is not there, and the name it has by now if another one declares it."""
        collection, slug = parted(reference)
        same = (r for r in self.records.values() if r.schema.name == collection)
        heir = next((r.slug for r in same if slug in r.former_slugs), "")
        if heir:
            return AnnuaireError(
                f"cette fiche n’a plus ce nom\u00a0: elle s’appelle maintenant «\u00a0{heir}\u00a0»; "
                "y refaire la correction"
            )
        return AnnuaireError("cette fiche n’existe pas ici\u00a0: a-t-elle été renommée, fusionnée ou retirée?")

    def _made(self, proposal: Proposal, schema: Schema) -> dict[str, Any]:
        """Give the values of a new record."""
        merged = merging.merge(proposal, {}, {}, schema)
        if merged.conflicts:
            raise AnnuaireError(f"{merged.conflicts[0]}\u00a0: une nouvelle fiche ne reprend rien d’une autre")
        if not merged.values:
            raise AnnuaireError("la nouvelle fiche est vide")
        return merged.values

    def _new(self, values: dict[str, Any], before: Record | None, schema: Schema) -> str:
        """Give the text of a new record; raise AnnuaireError when another one has its name."""
        if before is None:
            return formatter.dump(values, schema)
        if merging.alike(values, before.values):
            return before.document.text  # the same proposal was applied before
        raise AnnuaireError(
            f"une fiche «\u00a0{before.name}\u00a0» existe déjà à cette adresse\u00a0: si c’est "
            f"{BY_NAME[schema.name].the_same}, la corriger; sinon, ajouter la municipalité au nom"
        )


def is_odd(values: Mapping[str, Any], tables: Mapping[str, Any]) -> bool:
    """Tell whether a list of mappings of a record is something else."""
    return any(
        key in values and not (isinstance(values[key], list) and all(isinstance(item, dict) for item in values[key]))
        for key in tables
    )
