"""Compare what an import would write with the records that stand, and keep what people wrote.

A file is written again only if it is, byte for byte and offers set aside, what an earlier import wrote. A list holds
no offer: those of a record are somebody's, each with a verification of its own, and every run keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from annuaire import files
from annuaire.intake.importing import filling
from annuaire.intake.importing.places import street_key
from annuaire.intake.importing.report import Outcome
from annuaire.intake.importing.rows import name_key
from annuaire.intake.importing.state import Written
from annuaire.places.territories import Municipality
from annuaire.places.vocabularies import TO_SPECIFY
from annuaire.records.likeness import are_others, shares_a_word
from annuaire.records.reading import Record
from annuaire.rules.file_name import is_refused
from annuaire.schema import Schema
from annuaire.text.names import normalise_name, slugify
from annuaire.yamlfile import formatter

_PRIVATE = re.compile(r"etablissements\[\d+\]\.(adresse|code_postal|latitude|longitude)")
_ENDING = re.compile(r"[ ,]+(inc|ltée|enr|senc)\.?$", re.IGNORECASE)
_OFFERS = "offres"
_FORM = "forme_juridique"
_DANGLING = re.compile(r"(-(a|au|aux|d|de|des|du|et|en|l|la|le|les|st|ste))+$")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Say what to do with a record: the outcome, why, its slug, and the text to write (empty: write nothing).

    `written` is what the state must remember (None: nothing); `hides` says that the record hides its address.
    """

    outcome: Outcome
    reason: str
    slug: str
    text: str = ""
    written: Written | None = None
    differences: tuple[str, ...] = ()
    hides: bool = False


class Standing:
    """Index the records that stand, and give slugs to new ones.

    `accepts` tells whether a record may be written with another text: it must hold no error that was not there.
    """

    def __init__(
        self, records: Iterable[Record], schema: Schema, accepts: Callable[[Record, str], bool] = lambda *_: True
    ) -> None:
        self._schema = schema
        self._accepts = accepts
        self._records = {record.slug: record for record in records}
        self._by_number: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        self._by_address: dict[tuple[str, str], str] = {}
        self._by_old_slug: dict[str, str] = {}
        for slug, record in self._records.items():
            self._by_number.setdefault(record.text("neq"), slug)
            name = record.text("nom")
            for index in range(record.count("etablissements")):
                self._by_name.setdefault(name_key(name, record.text("etablissements", index, "municipalite")), slug)
                street = street_key(record.text("etablissements", index, "adresse"))
                if street:
                    self._by_address.setdefault((normalise_name(name), street), slug)
            for old in record.values.get("anciens_slugs") or ():
                if isinstance(old, str):
                    self._by_old_slug.setdefault(old, slug)
        self._taken = set(self._records) | set(self._by_old_slug)
        self._claimed: set[str] = set()

    def text_of(self, slug: str) -> str | None:
        """Give the text that was read of a record, None for one that is not there."""
        record = self._records.get(slug)
        return record.document.text if record is not None else None

    def judge(self, values: Mapping[str, Any], town: Municipality | None, before: Written | None) -> Verdict:
        """Decide what becomes of a record that the source gives, knowing what an earlier import wrote of it."""
        text = formatter.dump(values, self._schema)
        digest = files.digest(text)
        slug = self.slug_of(values, town, before)
        if before is not None and not slug:
            reason = f"la fiche « {before.slug} » a été supprimée depuis l’import; elle n’est pas recréée"
            return Verdict(Outcome.SET_ASIDE, reason, "", written=before)
        if not slug:
            slug = self._new_slug(values, town)
            return Verdict(Outcome.CREATED, "nouvelle fiche", slug, text, _written(slug, digest, values))
        self._claimed.add(slug)
        return self._compare(self._records[slug], values, text, digest, before)

    def slug_of(self, values: Mapping[str, Any], town: Municipality | None, before: Written | None) -> str:
        """Name the record that stands for a row of the source, nothing when there is none."""
        if before is not None:
            record = self.made(before)
            return record.slug if record is not None else ""
        return self._known(values, town)

    def made(self, before: Written) -> Record | None:
        """Give the record that an earlier import wrote, whatever it is named now."""
        slug = before.slug if before.slug in self._records else self._by_old_slug.get(before.slug, "")
        return self._records.get(slug)

    def claim(self, before: Written | None) -> None:
        """Keep what a row made before from the others."""
        record = self.made(before) if before is not None else None
        if record is not None:
            self._claimed.add(record.slug)

    def neq_of_another(self, values: Mapping[str, Any], town: Municipality | None, before: Written | None) -> str:
        """Say that a row has the NEQ of a record that has nothing of its name, and another town or legal form.

        So it is where no word that weighs is shared, and no address, site, telephone or e-mail is.
        One of the two NEQ is wrong: neither may be completed with what the other says. A row's own record is not asked.
        """
        number = values.get("neq", "")
        record = self._records.get(self._by_number.get(number, "")) if number else None
        if record is None or (before is not None and self.made(before) is record):
            return ""
        towns = {str(place.get("municipalite", "")) for place in record.items("etablissements")}
        forms = {str(values.get(_FORM, "")), record.text(_FORM)} - {"", TO_SPECIFY}
        is_elsewhere = town is not None and bool(towns) and town.nom not in towns
        one, other = normalise_name(values["nom"]), normalise_name(record.text("nom"))
        is_another = (is_elsewhere or len(forms) > 1) and are_others(one, other)
        if not is_another and (shares_a_word(one, other, towns) or _agree(record, values)):
            return ""
        return (
            f"NEQ d’une autre? La fiche {record.slug} «\u00a0{record.text('nom')}\u00a0» a le même; corriger celui "
            "de la liste ou celui de la fiche"
        )

    def _known(self, values: Mapping[str, Any], town: Municipality | None) -> str:
        """Find a record of the same enterprise that no row has claimed, by NEQ, else by name and place."""
        number = values.get("neq", "")
        slug = self._by_number.get(number, "") if number else ""
        if not slug:
            slug = self._by_name.get(name_key(values["nom"], town.nom if town else ""), "")
            streets = [street_key(place.get("adresse", "")) for place in values["etablissements"]]
            name = normalise_name(values["nom"])
            slug = slug or next((found for s in streets if s and (found := self._by_address.get((name, s)))), "")
            other = self._records[slug].text("neq") if slug else ""
            if number and other and other != number:
                slug = ""
        return "" if slug in self._claimed else slug

    def _compare(
        self, record: Record, values: Mapping[str, Any], text: str, digest: str, before: Written | None
    ) -> Verdict:
        current = self._digest_but_offers(record)
        offers = record.values.get(_OFFERS)
        if current == digest:
            reason = "identique; les offres de la fiche restent" if offers else "identique"
            return Verdict(Outcome.UNCHANGED, reason, record.slug, written=_written(record.slug, digest, values))
        if before is not None and current == before.digest:
            told = tuple(differences(record.values, values, "avant", "maintenant"))
            reason = "la liste ou les décisions ont changé" if told else "mêmes renseignements, mis en forme"
            if offers:
                text = formatter.rewrite(record.document.text, {**values, _OFFERS: offers}, self._schema, record.file)
            return Verdict(Outcome.UPDATED, reason, record.slug, text, _written(record.slug, digest, values), told)
        return self._complete(record, values, digest, before)

    def _digest_but_offers(self, record: Record) -> str:
        """Digest what a record would be without its offers."""
        text = record.document.text
        if record.is_readable and _OFFERS in record.values:
            rest = {key: value for key, value in record.values.items() if key != _OFFERS}
            text = formatter.rewrite(text, rest, self._schema, record.file)
        return files.digest(text)

    def _complete(self, record: Record, values: Mapping[str, Any], digest: str, before: Written | None) -> Verdict:
        """Fill what a record that a person wrote leaves empty, and tell what it says otherwise than the list."""
        hides = record.text("adresse_confidentielle") == "oui"
        fields = before.fields if before is not None else frozenset()
        if before is not None and fields is None and before.digest == digest:
            fields = frozenset(filling.paths_of(values))
        kept = Written(record.slug, before.digest, fields) if before is not None else None
        left: tuple[str, ...] = ()
        if record.is_readable and fields is not None:
            filled = filling.fill(record.values, values, fields)
            left = filled.left
            text = formatter.rewrite(record.document.text, filled.values, self._schema, record.file)
            if filled.added and self._accepts(record, text):
                told = (
                    *filled.added,
                    *left,
                    *_untold(differences(filled.values, filling.said(values, filled.values), "fiche", "liste"), left),
                )
                remembered = Written(record.slug, before.digest if before else "", fields | filled.paths)
                reason = "champs vides remplis; rien n’est remplacé"
                return Verdict(Outcome.UPDATED, reason, record.slug, text, remembered, told, hides)
            if filled.added:
                left = (*left, "la fiche n’est pas complétée\u00a0: elle deviendrait fautive")
        told = (
            *left,
            *_untold(differences(record.values, filling.said(values, record.values), "fiche", "liste"), left),
        )
        if not record.is_readable:
            reason = "la fiche qui existe est illisible; elle est laissée telle quelle"
        elif not told:
            reason = "mêmes renseignements, écrits autrement"
        elif before is None or not before.digest:
            reason = "la fiche existait avant l’import; rien n’y est remplacé"
        elif before.digest == digest:
            reason = "modifiée par une personne depuis l’import; la liste n’a pas changé"
        else:
            reason = "modifiée par une personne, et la liste a changé aussi : à concilier"
        return Verdict(Outcome.UNCHANGED, reason, record.slug, written=kept, differences=told, hides=hides)

    def _new_slug(self, values: Mapping[str, Any], town: Municipality | None) -> str:
        name = _ENDING.sub("", str(values["nom"]))
        base = slugify(name) or "fiche"
        if len(base) < len(slugify(name, 400)):
            base = _DANGLING.sub("", base)
        slug = base
        if self._is_taken(slug) and town is not None:
            slug = base = f"{slugify(base, 80 - len(town.slug) - 1)}-{town.slug}"
        count = 1
        while self._is_taken(slug):
            count += 1
            slug = f"{base[:76]}-{count}"
        self._taken.add(slug)
        return slug

    def _is_taken(self, slug: str) -> bool:
        return slug in self._taken or is_refused(slug)


def _agree(record: Record, values: Mapping[str, Any]) -> bool:
    """Tell whether a record and a row have one address, site, telephone or e-mail."""
    site = _host(record.text("site_web"))
    if site and site == _host(str(values.get("site_web", ""))):
        return True
    places = list(record.items("etablissements")), list(values["etablissements"])
    ours, theirs = ({found for place in side for found in _reached(place)} for side in places)
    return not ours.isdisjoint(theirs)


def _reached(place: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    street = street_key(str(place.get("adresse") or ""))
    if street:
        yield "adresse", street
    for name in ("telephone", "courriel"):
        value = str(place.get(name) or "").partition(" poste ")[0].lower()
        if value:
            yield name, value


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _written(slug: str, digest: str, values: Mapping[str, Any]) -> Written:
    return Written(slug, digest, frozenset(filling.paths_of(values)))


def differences(standing: Mapping[str, Any], proposed: Mapping[str, Any], one: str, other: str) -> Iterator[str]:
    """List, field by field, what two records say otherwise; `one` and `other` name the two sides.

    When either record hides its address, no street, postal code or point is told. Offers are left aside: a list
    has none.
    """
    left, right = (
        dict(_flat({key: value for key, value in one.items() if key != _OFFERS})) for one in (standing, proposed)
    )
    hides = "oui" in (standing.get("adresse_confidentielle"), proposed.get("adresse_confidentielle"))
    for path in (*left, *(path for path in right if path not in left)):
        if left.get(path) != right.get(path) and not (hides and _PRIVATE.fullmatch(path)):
            said = [f"{side} « {found[path]} »" for side, found in ((one, left), (other, right)) if path in found]
            said += [f"absent de la {side}" for side, found in ((one, left), (other, right)) if path not in found]
            yield f"{path} : {', '.join(said)}"


def _untold(notes: Iterable[str], told: Iterable[str]) -> Iterator[str]:
    """Leave out the notes about a field that was told already."""
    known = {note.partition(":")[0].strip() for note in told}
    yield from (note for note in notes if note.partition(":")[0].strip() not in known)


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
