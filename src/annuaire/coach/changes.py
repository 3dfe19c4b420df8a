"""Tell what a proposal does to each record, made, changed, renamed or taken away, and how well it stands then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from annuaire.catalogue.completeness import completeness
from annuaire.catalogue.differences import Wording, differences
from annuaire.catalogue.loading import Loaded
from annuaire.coach.report import Change, Fate, Fault, Measure
from annuaire.coach.states import States
from annuaire.records.collections import BY_NAME, ENTERPRISES, EVERY, reference
from annuaire.records.reading import Record
from annuaire.rules.freshness import MONTHS, months_before
from annuaire.text import french
from annuaire.text.names import normalise_name
from annuaire.text.problems import Problem

DOUBLE = "doublon-"  # how the codes of near-duplicates begin


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold a record before and after; one of them is None when it is made or taken away."""

    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """Give the newer record, or the older one if it was taken away."""
        record = self.after or self.before
        if record is None:
            raise ValueError("a pair holds at least one record")
        return record

    @property
    def fate(self) -> Fate:
        """Say what happened to it."""
        if self.before is None:
            return Fate.CREATED
        if self.after is None:
            return Fate.DELETED
        return Fate.CHANGED if self.before.file == self.after.file else Fate.RENAMED


def pairs(states: States) -> list[Pair]:
    """Pair the records that differ, sorted by file; a record taken away is looked for among the new ones."""
    found: list[Pair] = []
    for name in EVERY:
        old = {record.file: record for record in states.before.records[name]}
        new = {record.file: record for record in states.after.records[name]}
        gone = [record for file, record in old.items() if file not in new]
        made = [record for file, record in new.items() if file not in old]
        found.extend(Pair(record, new[file]) for file, record in old.items() if file in new and new[file] is not record)
        heirs = _heirs(gone, made)
        inherited = {heir.file for heir in heirs.values()}
        found.extend(Pair(record, heirs.get(record.file)) for record in gone)
        found.extend(Pair(None, record) for record in made if record.file not in inherited)
    return sorted(found, key=lambda pair: pair.record.file)


def changes(states: States, found: Iterable[Pair]) -> list[Change]:
    """Say all about each record that differs."""
    context = states.after.context
    wording = Wording(context.vocabularies, context.territories)
    before, after = _by_file(states.before), _by_file(states.after)
    claimed = claimants(states.after)
    return [_change(pair, states, wording, before, after, claimed) for pair in found]


def elsewhere(states: States, found: Iterable[Pair]) -> tuple[list[Problem], int]:
    """List the problems that a proposal causes in records it leaves alone, and count those it solves anywhere."""
    touched = {record.file: pair.record.file for pair in found for record in (pair.before, pair.after) if record}
    was = {_key(problem, touched) for problem in states.before.problems}
    now = {_key(problem, touched) for problem in states.after.problems}
    caused = [p for p in states.after.problems if p.location.file not in touched and _key(p, touched) not in was]
    gone = {pair.record.file for pair in found if pair.after is None}
    return caused, sum(key[0] not in gone for key in was - now)


def claimants(loaded: Loaded) -> dict[str, Record]:
    """Map the reference of each declared old slug to the record that declares it."""
    every = (record for records in loaded.records.values() for record in records)
    return {reference(record.schema.name, slug): record for record in every for slug in record.former_slugs}


def _heirs(gone: Sequence[Record], made: Sequence[Record]) -> dict[str, Record]:
    """Find which new record is the same enterprise as one taken away, by its file; the surest signs come first."""
    signs: tuple[tuple[Callable[[Record], str], Callable[[Record], list[str]]], ...] = (
        (lambda old: old.slug, lambda new: new.former_slugs),
        (lambda old: old.document.text, lambda new: [new.document.text]),
        (lambda old: old.text("neq"), lambda new: [new.text("neq")]),
        (lambda old: normalise_name(old.text("nom")), lambda new: [normalise_name(new.text("nom"))]),
    )
    found: dict[str, Record] = {}
    taken: set[str] = set()
    for sign, signs_of in signs:
        index: dict[str, list[Record]] = {}
        for record in made:
            if record.file not in taken:
                for key in filter(None, signs_of(record)):
                    index.setdefault(key, []).append(record)
        for record in gone:
            candidates = index.get(sign(record), []) if record.file not in found else []
            heir = next((candidate for candidate in candidates if candidate.file not in taken), None)
            if heir is not None:
                found[record.file] = heir
                taken.add(heir.file)
    return found


def _change(
    pair: Pair,
    states: States,
    wording: Wording,
    before: Mapping[str, list[Problem]],
    after: Mapping[str, list[Problem]],
    claimed: Mapping[str, Record],
) -> Change:
    record, old = pair.record, pair.before
    former = {_key(p, {})[1:] for p in before.get(old.file, ())} if old else set()
    faults = [Fault(p, _key(p, {})[1:] in former) for p in after.get(record.file, ())] if pair.after else []
    # A likeness that was there before may be accepted under the name of the other record.
    faults = [fault for fault in faults if not (fault.is_old and fault.problem.code.startswith(DOUBLE))]
    compared = old is not None and pair.after is not None and old.values and record.values
    return Change(
        fate=pair.fate,
        collection=record.schema.name,
        file=record.file,
        name=name_of(record),
        former_file=old.file if old and old.file != record.file else "",
        note=_note(pair, claimed),
        differences=tuple(differences(old, record, wording)) if old is not None and compared else (),
        faults=tuple(sorted(faults, key=lambda fault: (fault.problem.severity != "erreur", fault.is_old))),
        before=_measure(old, states),
        after=_measure(pair.after, states),
    )


def name_of(record: Record) -> str:
    """Name a record as people do."""
    return record.name or record.slug


def _note(pair: Pair, claimed: Mapping[str, Record]) -> str:
    """Say what a change means beyond its values."""
    record = pair.record
    has_page = BY_NAME[record.schema.name].has_pages
    if pair.after is not None and not record.values:
        return "Le fichier ne peut pas être lu\u00a0: rien d’autre ne peut en être dit."
    if pair.before is not None and pair.after is not None and not pair.before.values:
        return "L’ancienne version ne pouvait pas être lue\u00a0: elle ne peut pas être comparée."
    if pair.fate is Fate.CREATED and has_page:
        return "Nouvelle fiche\u00a0: une page s’ajoute au répertoire."
    if pair.fate is Fate.RENAMED and pair.before is not None and has_page:
        if pair.before.slug in record.former_slugs:
            return "L’ancienne adresse de la page renverra à la nouvelle."
        return "L’ancienne adresse de la page cessera d’exister."
    if pair.fate is Fate.DELETED and has_page:
        heir = claimed.get(record.reference)
        if heir is not None:
            return f"L’adresse de sa page renverra à «\u00a0{name_of(heir)}\u00a0»."
        return "Sa page disparaîtra, et les liens qui y mènent seront brisés."
    return ""


def _measure(record: Record | None, states: States) -> Measure | None:
    if record is None or not record.values or record.schema.name != ENTERPRISES:
        return None
    return Measure(completeness(record), freshness(record, states))


def freshness(record: Record, states: States) -> str:
    """Say who vouched for a record and when: « confirmée par le Pôle le 2 mars 2026 »."""
    day = record.day("verification", "date")
    when = f" le {french.day(day)}" if day else ""
    if record.text("statut") == "fermee":
        closed = record.day("date_fermeture")
        return f"fermée le {french.day(closed)}" if closed else "fermée"
    if record.text("verification", "statut") != "confirmee":
        return "à confirmer"
    labels = record.schema.root.field("verification_par").labels
    by = record.text("verification", "par")
    whom = labels.get(by, "") if by != "import" else ""  # a list vouches for nothing
    old = day is not None and day < months_before(states.after.context.today, MONTHS)
    return "confirmée" + (f" par {whom}" if whom else "") + when + (f" (plus de {MONTHS} mois)" if old else "")


def _by_file(loaded: Loaded) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in loaded.problems:
        found.setdefault(problem.location.file, []).append(problem)
    return found


def _key(problem: Problem, renamed: Mapping[str, str]) -> tuple[str, str, tuple[str | int, ...], str]:
    """Tell a problem from another, wherever its line moved."""
    file = problem.location.file
    return renamed.get(file, file), problem.code, problem.path, problem.message
