"""Compare what an import would write with the records that stand, and keep what people wrote.

A file is written again only if it is, byte for byte, what an earlier import wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annuaire import formatter
from annuaire.importers import writing
from annuaire.importers.report import Outcome
from annuaire.importers.rows import name_key
from annuaire.importers.state import Written
from annuaire.names import slugify
from annuaire.records import Record
from annuaire.rules.file_name import RESERVED
from annuaire.schema import Schema
from annuaire.territories import Municipality

_PRIVATE = re.compile(r"etablissements\[\d+\]\.(adresse|code_postal|latitude|longitude)")
_ENDING = re.compile(r"[ ,]+(inc|ltée|enr|senc)\.?$", re.IGNORECASE)
_DANGLING = re.compile(r"(-(a|au|aux|d|de|des|du|et|en|l|la|le|les|st|ste))+$")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Say what to do with a record: the outcome, why, its slug, and the text to write (empty: write nothing).

    `digest` is what the state must remember (empty: nothing).
    """

    outcome: Outcome
    reason: str
    slug: str
    text: str = ""
    digest: str = ""
    differences: tuple[str, ...] = ()


class Standing:
    """Index the records that stand, and give slugs to new ones."""

    def __init__(self, records: Iterable[Record], schema: Schema) -> None:
        self._schema = schema
        self._records = {record.slug: record for record in records}
        self._by_number: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        self._by_old_slug: dict[str, str] = {}
        for slug, record in self._records.items():
            self._by_number.setdefault(record.text("neq"), slug)
            town = record.text("etablissements", 0, "municipalite")
            self._by_name.setdefault(name_key(record.text("nom"), town), slug)
            for old in record.values.get("anciens_slugs") or ():
                if isinstance(old, str):
                    self._by_old_slug.setdefault(old, slug)
        self._taken = set(self._records) | set(self._by_old_slug) | RESERVED
        self._claimed: set[str] = set()

    def judge(self, values: Mapping[str, Any], town: Municipality | None, before: Written | None) -> Verdict:
        """Decide what becomes of a record that the source gives, knowing what an earlier import wrote of it."""
        text = formatter.dump(values, self._schema)
        digest = writing.digest(text)
        if before is not None:
            slug = before.slug if before.slug in self._records else self._by_old_slug.get(before.slug, "")
            if not slug:
                reason = f"la fiche « {before.slug} » a été supprimée depuis l’import; elle n’est pas recréée"
                return Verdict(Outcome.SET_ASIDE, reason, "", digest=before.digest)
        else:
            slug = self._known(values, town)
        if not slug:
            return Verdict(Outcome.CREATED, "nouvelle fiche", self._new_slug(values, town), text, digest)
        self._claimed.add(slug)
        return self._compare(self._records[slug], values, text, digest, before)

    def _known(self, values: Mapping[str, Any], town: Municipality | None) -> str:
        """Find a record of the same enterprise that no row has claimed, by NEQ, else by name and municipality."""
        number = values.get("neq", "")
        slug = self._by_number.get(number, "") if number else ""
        if not slug:
            slug = self._by_name.get(name_key(values["nom"], town.nom if town else ""), "")
            other = self._records[slug].text("neq") if slug else ""
            if number and other and other != number:
                slug = ""
        return "" if slug in self._claimed else slug

    def _compare(
        self, record: Record, values: Mapping[str, Any], text: str, digest: str, before: Written | None
    ) -> Verdict:
        current = writing.digest(record.document.text)
        if current == digest:
            return Verdict(Outcome.UNCHANGED, "identique", record.slug, digest=digest)
        if before is not None and current == before.digest:
            told = tuple(differences(record.values, values, "avant", "maintenant"))
            reason = "la liste ou les décisions ont changé" if told else "mêmes renseignements, mis en forme"
            return Verdict(Outcome.UPDATED, reason, record.slug, text, digest, told)
        told = tuple(differences(record.values, values, "fiche", "liste"))
        kept = before.digest if before is not None else ""
        if not record.is_readable:
            reason = "la fiche qui existe est illisible; elle est laissée telle quelle"
        elif not told:
            reason = "mêmes renseignements, écrits autrement"
        elif before is None:
            reason = "la fiche existait avant l’import; rien n’y est remplacé"
        elif before.digest == digest:
            reason = "modifiée par une personne depuis l’import; la liste n’a pas changé"
        else:
            reason = "modifiée par une personne, et la liste a changé aussi : à concilier"
        return Verdict(Outcome.UNCHANGED, reason, record.slug, digest=kept, differences=told)

    def _new_slug(self, values: Mapping[str, Any], town: Municipality | None) -> str:
        name = _ENDING.sub("", str(values["nom"]))
        base = slugify(name) or "fiche"
        if len(base) < len(slugify(name, 400)):
            base = _DANGLING.sub("", base)
        slug = base
        if slug in self._taken and town is not None:
            slug = base = f"{slugify(base, 80 - len(town.slug) - 1)}-{town.slug}"
        count = 1
        while slug in self._taken:
            count += 1
            slug = f"{base[:76]}-{count}"
        self._taken.add(slug)
        return slug


def differences(standing: Mapping[str, Any], proposed: Mapping[str, Any], one: str, other: str) -> Iterator[str]:
    """List, field by field, what two records say otherwise; `one` and `other` name the two sides.

    When either record hides its address, no street, postal code or point is told.
    """
    left, right = dict(_flat(standing)), dict(_flat(proposed))
    hides = "oui" in (standing.get("adresse_confidentielle"), proposed.get("adresse_confidentielle"))
    for path in (*left, *(path for path in right if path not in left)):
        if left.get(path) != right.get(path) and not (hides and _PRIVATE.fullmatch(path)):
            said = [f"{side} « {found[path]} »" for side, found in ((one, left), (other, right)) if path in found]
            said += [f"absent de la {side}" for side, found in ((one, left), (other, right)) if path not in found]
            yield f"{path} : {', '.join(said)}"


def _flat(values: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(values, Mapping):
        for key, value in values.items():
            yield from _flat(value, f"{prefix}.{key}" if prefix else str(key))
    elif isinstance(values, list) and any(isinstance(item, Mapping) for item in values):
        for index, item in enumerate(values, start=1):
            yield from _flat(item, f"{prefix}[{index}]")
    elif isinstance(values, list):
        yield prefix, ", ".join(str(item) for item in values)
    else:
        yield prefix, str(values)
