"""Keep what the archive says of the NEQs that records bear, and of those whose names are like theirs: nothing else.

Each table is read once, and what is kept depends on the number of records, never on that of the rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from annuaire.intake.registry.archive import INDIVIDUAL, Archive, said
from annuaire.intake.registry.naming import FORMER, Seeker

MOST_KEPT = 50  # names, towns or events of one body
_TOWN = re.compile(r"(?P<town>[^()]{2,80}?) *\((?:Qu[ée]bec|QC)[^()]*\)", re.IGNORECASE)
_CORPORATE = "M"
_YES = "O"
_STATUSES = {
    "IM": "immatriculée",
    "AI": "avis d’intention",
    "NI": "non immatriculée",
    "RD": "radiée sur demande",
    "RO": "radiée d’office",
    "RX": "radiée (article 59)",
}
STRUCK_OFF = frozenset({"RD", "RO", "RX"})
_EXTRACT_NAMES = "Extrait"


@dataclass(frozen=True, slots=True)
class Name:
    """Hold a registered name: whether it is a former one, and whether it is the corporate name."""

    text: str
    is_former: bool
    is_corporate: bool


@dataclass(frozen=True, slots=True)
class Event:
    """Hold a merger, a division or a transformation: its words, its day as written, and the NEQ of the other body."""

    words: str
    day: str
    other: str = ""


@dataclass(slots=True)
class Body:
    """Hold what the register says of one NEQ; texts are empty where it says nothing."""

    neq: str
    is_found: bool = False
    names: list[Name] = field(default_factory=list)
    towns: dict[str, None] = field(default_factory=dict)
    status: str = ""
    status_day: str = ""
    form: str = ""
    founded: str = ""
    activity: str = ""
    ending: str = ""  # the day on which it is planned to end
    is_bankrupt: bool = False
    events: list[Event] = field(default_factory=list)

    @property
    def is_struck_off(self) -> bool:
        """Tell whether the body was struck off the register."""
        return self.status in STRUCK_OFF

    @property
    def name(self) -> str:
        """Give the corporate name in force, else the last one: that of a body struck off is no longer in force."""
        ranked = sorted(self.names, key=lambda name: (name.is_former, not name.is_corporate))
        return ranked[0].text if ranked else ""

    @property
    def status_words(self) -> str:
        """Say the status, with its day."""
        words = _STATUSES.get(self.status, self.status)
        return f"{words} ({self.status_day})" if words and self.status_day else words


@dataclass(frozen=True, slots=True)
class Register:
    """Hold what was kept of an archive: the bodies by NEQ, the candidates of each record, the labels of codes.

    `candidates` gives, by slug, what each NEQ's name is worth and that name.
    """

    source: str
    day: date
    is_extract: bool
    bodies: Mapping[str, Body]
    candidates: Mapping[str, Mapping[str, tuple[int, str]]]
    labels: Mapping[tuple[str, str], str]

    def label(self, kind: str, code: str) -> str:
        """Give the French label of a code, whose domain's name ends like `kind`; the code itself when it has none."""
        return next((text for (domain, c), text in self.labels.items() if c == code and domain.endswith(kind)), code)


def gather(archive: Archive, neqs: Iterable[str], names: Iterable[tuple[str, str, frozenset[str]]]) -> Register:
    """Read an archive for these NEQs, and for what may be that of these names (slug, name, words of its place)."""
    bodies = {neq: Body(neq) for neq in neqs if neq}
    seeker = Seeker(names)
    if archive.is_extract:
        _extract(archive, bodies, seeker)
        labels = {}
    else:
        labels = {(kind, code): said(text) for kind, code, text in archive.read("DomaineValeur")}
        _names(archive, bodies, seeker)
        _towns(archive, bodies)
        _facts(archive, bodies)
        _events(archive, bodies, labels)
    candidates = {slug: one.found for slug, one in seeker.sought.items()}
    return Register(archive.name, archive.day, archive.is_extract, bodies, candidates, labels)


def _extract(archive: Archive, bodies: dict[str, Body], seeker: Seeker) -> None:
    """Read an extract twice: who is sought is known only once every name was read."""
    for neq, name, *_ in archive.read(_EXTRACT_NAMES):
        if said(name):
            seeker.look(neq, said(name), is_former=False)
    _add_candidates(bodies, seeker)
    for neq, name, town, activity, form in archive.read(_EXTRACT_NAMES):
        body = bodies.get(neq)
        if body is None:
            continue
        body.is_found = True
        if said(name) and len(body.names) < MOST_KEPT:
            body.names.append(Name(said(name), is_former=False, is_corporate=True))
        if said(town) and town != neq:
            body.towns[said(town)] = None
        body.activity = said(activity) if activity != neq else ""
        body.form = said(form) if form != neq else ""


def _names(archive: Archive, bodies: dict[str, Body], seeker: Seeker) -> None:
    for neq, text, status, kind in archive.read("Nom"):
        name = said(text)
        if not name:
            continue
        body = bodies.get(neq)
        if body is not None and len(body.names) < MOST_KEPT:
            body.names.append(Name(name, status == FORMER, kind == _CORPORATE))
        seeker.look(neq, name, is_former=status == FORMER)
    _add_candidates(bodies, seeker)


def _add_candidates(bodies: dict[str, Body], seeker: Seeker) -> None:
    for one in seeker.sought.values():
        for neq in one.found:
            bodies.setdefault(neq, Body(neq))


def _towns(archive: Archive, bodies: Mapping[str, Body]) -> None:
    for neq, second, third in archive.read("Etablissements"):
        body = bodies.get(neq)
        if body is not None and len(body.towns) < MOST_KEPT:
            found = _TOWN.search(third) or _TOWN.search(second)
            if found:
                body.towns[found["town"].strip()] = None


def _facts(archive: Archive, bodies: Mapping[str, Body]) -> None:
    for neq, status, day, form, founded, activity, ending, bankrupt in archive.read("Entreprise"):
        body = bodies.get(neq)
        if body is not None:
            body.is_found = True
            body.status, body.status_day, body.form = said(status), said(day)[:10], said(form)
            body.founded, body.activity = said(founded)[:10], said(activity)
            body.ending = said(ending)[:10] if ending != neq else ""
            body.is_bankrupt = said(bankrupt) == _YES


def _events(archive: Archive, bodies: Mapping[str, Body], labels: Mapping[tuple[str, str], str]) -> None:
    for neq, other, name, relation, day in archive.read("FusionScissions"):
        if other.startswith(INDIVIDUAL):
            continue
        words = _labelled(labels, relation) or "fusion ou scission"
        _happened(bodies.get(neq), Event(f"{words}, avec {said(name) or said(other)}", said(day)[:10], said(other)))
        _happened(bodies.get(other), Event(f"{words}, avec le NEQ {neq}", said(day)[:10], neq))
    for neq, change, day in archive.read("ContinuationsTransformations"):
        _happened(bodies.get(neq), Event(_labelled(labels, change) or "continuation ou transformation", said(day)[:10]))


def _labelled(labels: Mapping[tuple[str, str], str], code: str) -> str:
    return next(
        (text for (kind, c), text in labels.items() if c == code and kind.endswith(("RELA_ASSUJ", "TYP_CHANG"))), ""
    )


def _happened(body: Body | None, event: Event) -> None:
    if body is not None and len(body.events) < MOST_KEPT and event not in body.events:
        body.events.append(event)
