"""Say what differs between the records and what the register says of them, for a person to decide.

Nothing is decided here. A record that is closed already is left aside; so is one whose NEQ is that of an individual,
which another rule reports. The register is right about what it registers, not about what is still going on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annuaire.catalogue.loading import Loaded
from annuaire.intake.importing import capitals
from annuaire.intake.registry.archive import INDIVIDUAL
from annuaire.intake.registry.gathering import Body, Register
from annuaire.intake.registry.naming import LEAST, MOST, OTHER_TOWN, SAME_TOWN, SPAN, STRUCK_OFF, are_others, plain
from annuaire.places.meanings import Meanings
from annuaire.places.territories import Territories
from annuaire.places.vocabularies import Vocabularies
from annuaire.records.reading import Record, as_day
from annuaire.rules import Context
from annuaire.text import french
from annuaire.text.french import NBSP
from annuaire.text.names import normalise_name
from annuaire.text.problems import Severity

ACTIVITY = ("activite",)  # a field that a schema may not have
SOURCE = "Registre des entreprises du Québec"
LICENCE = "CC BY-NC-SA 4.0 (à confirmer)"  # said by those who use it; nobody here has read it at the source
UNKNOWN_FORM = "a-preciser"
_FORMS = {"APE": "obnl", "COP": "cooperative"}  # legal form of the register -> that of records, which names its family
_YEAR = re.compile(r"(?:1[6-9]|20)[0-9]{2}", re.ASCII)
_SAYS_NOTHING = re.compile(r"services?|activités?|autres?|divers|aucune?", re.IGNORECASE)
LEAST_SAID = 12  # characters of an activity that says something


class Kind(StrEnum):
    """Name what was observed; the values are written in the workbook, and read back."""

    STRUCK_OFF = "radiee"
    ENDING = "fin-annoncee"
    EVENT = "fusion"
    OTHER_NEQ = "neq-autre"
    ABSENT_NEQ = "neq-absent"
    CANDIDATE = "neq-propose"
    NAME = "nom"
    FORM = "forme"
    YEAR = "annee"
    ACTIVITY = "activite"


TITLES: Mapping[Kind, str] = {
    Kind.STRUCK_OFF: "Radiée du registre",
    Kind.ENDING: "Fin prévue ou faillite",
    Kind.EVENT: "Fusion, scission ou transformation",
    Kind.OTHER_NEQ: "NEQ d’une autre organisation",
    Kind.ABSENT_NEQ: "NEQ absent du fichier lu",
    Kind.CANDIDATE: "NEQ proposé",
    Kind.NAME: "Nom différent",
    Kind.FORM: "Forme juridique différente ou manquante",
    Kind.YEAR: "Année de fondation différente ou manquante",
    Kind.ACTIVITY: "Activité déclarée",
}


@dataclass(frozen=True, slots=True)
class Observation:
    """Hold one line: what the record says, what the register says, and the raw value that a record would take.

    `likeness`, of 100, is that of a candidate; 0 for what is no candidate.
    """

    record: Record
    kind: Kind
    ours: str
    theirs: str
    value: str = ""
    likeness: int = 0


def wanted(loaded: Loaded) -> list[Record]:
    """List the records to compare: those that can be read, are open, and bear no individual's NEQ."""
    faulty = {p.location.file for p in loaded.problems if p.severity is Severity.ERROR}
    return [
        record
        for record in loaded.enterprises
        if record.file not in faulty
        and record.text("statut") != "fermee"
        and not record.text("neq").startswith(INDIVIDUAL)
    ]


def place_words(record: Record, territories: Territories) -> frozenset[str]:
    """Give the words of the names of a record's towns and of their territories, as they stand in a plain name."""
    towns = [record.municipality(rank, territories) for rank in range(record.count("etablissements"))]
    names = [name for town in towns if town for name in (town.nom, territories.mrc_by_code[town.mrc].nom)]
    return frozenset(word for name in names for word in plain(name).split())


def observe(records: Sequence[Record], register: Register, context: Context) -> list[Observation]:
    """Compare the records with the register, in their order, what matters most first."""
    owners = {record.text("neq"): record for record in records if record.text("neq")}
    mrcs = {mrc.code: mrc.nom for mrc in context.territories.mrcs_of(context.settings.regions)}
    towns = [town.nom for town in context.territories.municipality_by_code.values() if town.mrc in mrcs]
    meanings = Meanings(context.vocabularies, context.territories)
    shared = _Shared(register, meanings, context.vocabularies, context.territories, owners, (*mrcs.values(), *towns))
    return [found for record in records for found in _Comparison(record, shared).all()]


@dataclass(frozen=True, slots=True)
class _Shared:
    """Hold what every comparison needs; `owners` gives the record of each NEQ, `places` the names of the site's."""

    register: Register
    meanings: Meanings
    vocabularies: Vocabularies
    territories: Territories
    owners: Mapping[str, Record]
    places: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Compare one record."""

    record: Record
    shared: _Shared

    def all(self) -> Iterator[Observation]:
        neq = self.record.text("neq")
        body = self.shared.register.bodies.get(neq)
        if not neq:
            yield from self._candidates("aucun NEQ")
        elif body is None or not body.is_found:
            yield self._line(Kind.ABSENT_NEQ, neq, "ce NEQ n’y est pas")
            yield from self._candidates(neq)
        elif self._is_other(body):
            yield self._line(Kind.OTHER_NEQ, neq, f"NEQ de «{NBSP}{body.name}{NBSP}»{self._where(body)}")
            yield from self._candidates(neq)
        else:
            yield from self._of(body)

    def _of(self, body: Body) -> Iterator[Observation]:
        """Compare the record with the body that is its own."""
        ours = self._label("statut", self.record.text("statut"))
        if body.is_struck_off:
            day = body.status_day if as_day(body.status_day) else ""
            told = "; ".join([body.status_words, *(_told(event.words, event.day) for event in body.events)])
            yield self._line(Kind.STRUCK_OFF, ours, told, day)
        elif body.ending or body.is_bankrupt:
            ends = [f"fin prévue le {body.ending}" if body.ending else "", "en faillite" if body.is_bankrupt else ""]
            yield self._line(Kind.ENDING, ours, "; ".join(filter(None, ends)))
        for event in body.events:
            heir = self.shared.owners.get(event.other)
            told = _told(event.words, event.day)
            if heir is not None and heir is not self.record:  # which one goes on, the register does not say
                other = f"«{NBSP}{heir.text('nom')}{NBSP}» (fiche «{NBSP}{heir.slug}{NBSP}»)"
                yield self._line(Kind.EVENT, ours, f"{told}{NBSP}: {other} remplace-t-elle celle-ci?")
            elif not body.is_struck_off:
                yield self._line(Kind.EVENT, ours, told)
        yield from self._name(body)
        yield from self._form(body)
        yield from self._year(body)
        yield from self._activity(body)

    def _name(self, body: Body) -> Iterator[Observation]:
        name = self.record.text("nom")
        current = [each.text for each in body.names if not each.is_former] or [body.name]
        if body.name and sorted(plain(name).split()) not in [sorted(plain(each).split()) for each in current]:
            yield self._line(Kind.NAME, name, " | ".join(dict.fromkeys([body.name, *current])), self._cased(body.name))

    def _form(self, body: Body) -> Iterator[Observation]:
        if not body.form:
            return
        ours, forms = self.record.text("forme_juridique"), self.shared.vocabularies.forms
        theirs = self._form_of(body)
        told = self.shared.register.label("FORME_JURI", body.form)
        told = body.form if told == body.form else f"{told} ({body.form})"
        said = self._label("forme_juridique", ours)
        if not theirs:
            yield self._line(Kind.FORM, said, told)  # no form of the records: a person says which it is
        elif ours not in forms or forms[ours].famille != forms[theirs].famille:
            yield self._line(Kind.FORM, said, told, theirs)
        elif theirs not in (ours, *_FORMS.values()) and body.form in _FORMS:
            yield self._line(Kind.FORM, said, f"{told}, nommée «{NBSP}{body.name}{NBSP}»", theirs)

    def _form_of(self, body: Body) -> str:
        """Give the legal form that records have for that of a body: of a cooperative, the kind that its name says."""
        forms = self.shared.vocabularies.forms
        label = self.shared.register.label("FORME_JURI", body.form)
        field = self.record.schema.root.field("forme_juridique")
        family = _FORMS.get(body.form, "") or self.shared.meanings.code(field, label)
        if family not in forms:
            return ""
        name = f" {normalise_name(body.name)} "
        named = (
            slug
            for slug, form in forms.items()
            if slug != family and form.famille == forms[family].famille and f" {normalise_name(form.libelle)} " in name
        )
        return next(named, family)

    def _year(self, body: Body) -> Iterator[Observation]:
        theirs, ours = body.founded[:4], self.record.text("annee_fondation")
        if _YEAR.fullmatch(theirs) and theirs != ours:
            yield self._line(Kind.YEAR, ours, f"constituée le {body.founded}", theirs)

    def _activity(self, body: Body) -> Iterator[Observation]:
        field = self.record.schema.root.by_path.get(ACTIVITY)
        said = body.activity
        if field is None or self.record.text(*ACTIVITY) or len(said) < LEAST_SAID or _SAYS_NOTHING.fullmatch(said):
            return
        longest = int(field.constraints.get("maxLength", len(said)))
        yield self._line(Kind.ACTIVITY, "", said, self._cased(said) if len(said) <= longest else "")

    def _candidates(self, ours: str) -> Iterator[Observation]:
        """Yield the bodies that may be the record's own, the likeliest first."""
        scored = []
        for neq, (points, name) in self.shared.register.candidates.get(self.record.slug, {}).items():
            body = self.shared.register.bodies[neq]
            score = points + self._town_points(body) + (STRUCK_OFF if body.is_struck_off else 0)
            if body.is_found and score >= LEAST and neq != self.record.text("neq"):
                scored.append((-score, neq, name, body))
        for minus, neq, name, body in sorted(scored, key=lambda one: one[:2])[:MOST]:
            if minus - min(scored)[0] > SPAN:
                break
            owner = self.shared.owners.get(neq)
            held = f"; la fiche «{NBSP}{owner.slug}{NBSP}» le porte déjà" if owner else ""
            yield self._line(Kind.CANDIDATE, ours, f"{neq}, «{NBSP}{name}{NBSP}»{self._where(body)}{held}", neq, -minus)

    def _town_points(self, body: Body) -> int:
        if not body.towns:
            return 0
        theirs = {normalise_name(town) for town in body.towns}
        return OTHER_TOWN if theirs.isdisjoint(map(normalise_name, _towns(self.record))) else SAME_TOWN

    def _is_other(self, body: Body) -> bool:
        """Tell whether no name of a body is anything like the record's."""
        ours, places = plain(self.record.text("nom")), place_words(self.record, self.shared.territories)
        return bool(body.names) and all(are_others(ours, plain(name.text), places) for name in body.names)

    def _where(self, body: Body) -> str:
        parts = [*list(body.towns)[:1], body.form, body.status_words if body.status != "IM" else ""]
        return "".join(f", {part}" for part in parts if part)

    def _cased(self, text: str) -> str:
        """Give a text of the register, which shouts, as a record would write it: its words and places keep theirs."""
        if not capitals.is_shouted(text):
            return text
        known = [*self.shared.places, *re.findall(r"[^\W_]+", self.record.text("nom"))]
        return french.sentence(capitals.sentence_case(text, known))

    def _label(self, name: str, value: str) -> str:
        field = self.record.schema.root.field(name)
        form = self.shared.vocabularies.forms.get(value) if field.vocabulary == "formes" else None
        return form.libelle if form else field.labels.get(value, value)

    def _line(self, kind: Kind, ours: str, theirs: str, value: str = "", score: int = 0) -> Observation:
        return Observation(self.record, kind, ours, theirs, value, score)


def counted(found: Iterable[Observation]) -> dict[Kind, tuple[int, int]]:
    """Count the lines of each kind, and the records that they are about."""
    lines = list(found)
    return {
        kind: (len(own), len({one.record.slug for one in own}))
        for kind in Kind
        if (own := [one for one in lines if one.kind is kind])
    }


def _told(words: str, day: str) -> str:
    return f"{words} ({day})" if day else words


def _towns(record: Record) -> list[str]:
    found = (place.get("municipalite") for place in record.items("etablissements"))
    return [town for town in found if isinstance(town, str)]
