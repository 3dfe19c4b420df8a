"""Turn a row of the source into a candidate: cleaned values, a stable key, a decision, and what was changed.

What must stay hidden (street, postal code, point) is dropped here, before anything else sees the row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annuaire.intake.importing import capitals, cleaning, places, provinces
from annuaire.intake.importing.decisions import Decision
from annuaire.intake.importing.deductions import NameRule, deduce
from annuaire.intake.importing.mapping import ImportMapping
from annuaire.intake.importing.reading import SourceRow
from annuaire.intake.importing.targets import OFFERS, PLACE, TERRITORY
from annuaire.places.meanings import Meanings
from annuaire.places.territories import Municipality
from annuaire.rules.cells import PARAGRAPHS
from annuaire.rules.confidentiality import reason_to_hide
from annuaire.rules.foreign import FORMULA_ERROR, repaired
from annuaire.schema import Field
from annuaire.text.names import normalise_name
from annuaire.text.whereabouts import tells

PRIVATE = tuple(f"{PLACE}.{name}" for name in ("adresse", "code_postal", "latitude", "longitude"))
POINT = (f"{PLACE}.latitude", f"{PLACE}.longitude")
_TOWN = f"{PLACE}.municipalite"
_NAMES = ("nom", f"{PLACE}.nom")
STREET = f"{PLACE}.adresse"


@dataclass(frozen=True, slots=True)
class Change:
    """Say in words what was done to one field (dotted path); `is_tidying` when its meaning cannot have changed."""

    path: str
    words: str
    is_tidying: bool = False

    def said(self, titles: Mapping[str, str]) -> str:
        """Say it under the title that people know the field by."""
        return f"{titles.get(self.path, self.path)}\u00a0: {self.words}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold one row, ready to become a record, to merge or to be left aside.

    `values` maps dotted paths to cleaned texts. `street`, a key of the address, and `where`, what tells where the place
    is, hidden or not, are kept in memory to compare rows, never written. `fault` says why the row must be refused.
    `written_name` is the name with its capitals put right, if they were wrong; `given` names the fields a rule would
    otherwise deduce and that the row has. `is_kept` tells a row that the mapping publishes without a decision.
    """

    number: int
    key: str
    name_key: str
    name: str
    municipality: Municipality | None
    decision: Decision | None
    confidential: bool
    values: Mapping[str, str]
    changes: tuple[Change, ...] = ()
    fault: str = ""
    street: str = field(default="", repr=False)
    written_name: str = ""
    given: frozenset[str] = frozenset()
    is_kept: bool = False
    where: places.Keys = field(default=frozenset(), repr=False)

    @property
    def published_name(self) -> str:
        """Give the name as it will be shown: repaired by the decision table if it says so."""
        return (self.decision.nom_publie if self.decision else "") or self.written_name or self.name


_DATED = ("date", "date_fermeture", "annee_fondation", "depuis", "valide_jusqua")  # fields that a date may fill
_LINKED = ("site_web", "courriel", *cleaning.NETWORKS.values())  # fields where an address may stand behind words


def name_key(name: str, place: str) -> str:
    """Make the key of a row that has no NEQ: its normalised name and its municipality, never a street."""
    return f"{normalise_name(name)} @ {place}"


class RowReader:
    """Read rows one after the other with the same mapping, decisions and rules."""

    def __init__(
        self,
        mapping: ImportMapping,
        municipalities: places.Municipalities,
        decisions: Mapping[str, Decision],
        rules: Sequence[NameRule],
        town_by_name: Mapping[str, Municipality],
        place_names: Sequence[str] = (),
        overrides: Path | None = None,
        *,
        fields: Mapping[str, Field],
        meanings: Meanings,
    ) -> None:
        self._mapping = mapping
        self._fields, self._meanings = fields, meanings
        self._municipalities = municipalities
        self._decisions = decisions
        self._rules = rules
        self._town_by_name = town_by_name
        self._place_names = (*town_by_name, *place_names)
        self._overrides = overrides  # the site's own vocabularies, polygons among them
        self._seen: dict[str, int] = {}

    def candidate(self, row: SourceRow) -> Candidate:
        """Clean one row; a fault is kept in the candidate, never raised."""
        raw = {path: row.cells.get(column, "") for column, path in self._mapping.columns.items()}
        raw = {
            path: "" if self._mapping.is_empty(value) else cleaning.unprotected(value) for path, value in raw.items()
        }
        misread = {path: value for path, value in raw.items() if repaired(value) != value}
        raw.update({path: repaired(value) for path, value in misread.items()})
        broken = [path for path, value in raw.items() if FORMULA_ERROR.fullmatch(value.strip())]
        raw.update(dict.fromkeys(broken, ""))
        turned = self._turned_into_dates(row)
        raw.update(dict.fromkeys(turned, ""))
        name, reason = self._name(raw)
        town_column = next((column for column, path in self._mapping.columns.items() if path == _TOWN), "")
        constants = self._mapping.constants
        said = self._mapping.meant(town_column, raw.get(_TOWN, "")).strip()
        town, read = self._municipalities.match(
            said or constants.get(_TOWN, ""), raw.get(TERRITORY, "") or constants.get(TERRITORY, "")
        )
        if town is not None and not said:
            read = cleaning.Cleaned(town.nom, (f"«\u00a0{town.nom}\u00a0», dite pour toute la liste",))
        number = cleaning.neq(raw.get("neq", "")).value if raw.get("neq") else ""
        by_name = name_key(name, town.nom if town else places.place_key(said))
        key = self._key(number or by_name)
        decision = next((self._decisions[k] for k in (key, number, by_name) if k in self._decisions), None)
        if decision and decision.municipalite and decision.municipalite in self._town_by_name:
            town = self._town_by_name[decision.municipalite]
        reason = self._reason_to_hide(raw, name, reason, decision)
        confidential = bool(reason)
        changes = [Change(_TOWN, words) for words in read.changes]
        changes += [Change(path, "lettres mal décodées, réparées") for path in misread]
        changes += [Change(path, "laissé\u00a0: formule en erreur ou sans résultat dans la liste") for path in broken]
        changes += [
            Change(path, f"laissé\u00a0: le tableur en a fait une date («\u00a0{row.cells[column]}\u00a0»)")
            for path, column in turned.items()
        ]
        columns = self._mapping.columns.items()
        changes += [
            Change(path, "répété, d’une cellule fusionnée avec celle du dessus")  # it may tell an address to hide
            for column, path in columns
            if column in row.repeated and path in raw
        ]
        if row.is_hidden:
            changes.append(Change("nom", "la ligne est cachée dans le classeur\u00a0: vérifier qu’elle devait en être"))
        faults = [row.fault, "" if name else "la ligne n’a pas de nom", "" if town else read.fault]
        if not decision:
            faults.append(self._elsewhere(raw, row, None if said else town))
        fault = "; ".join(filter(None, faults))
        values: dict[str, str] = {}
        is_kept = self._mapping.keeps(row.cells)
        if not fault and (decision.is_published if decision else is_kept):
            values, more = self._values(raw, row, town, reason)
            changes.extend(more)
        written_name = ""
        if capitals.is_shouted(name) and not self._mapping.keeps_case:
            written_name = capitals.sentence_case(name, self._place_names)
        published = (decision.nom_publie if decision else "") or written_name
        if values and published and published != name:
            changes.append(Change("nom", f"« {name} » publié « {published} »"))
        return Candidate(
            number=row.number,
            key=key,
            name_key=by_name,
            name=name,
            municipality=town,
            decision=decision,
            confidential=confidential,
            values=values,
            changes=tuple(changes),
            fault=fault,
            street=places.street_key(places.street(raw.get(f"{PLACE}.adresse", "")).value),
            written_name=written_name,
            is_kept=is_kept,
            where=places.where(
                {path.removeprefix(f"{PLACE}."): raw.get(path, "") for path in PRIVATE}, town.code if town else ""
            ),
            given=frozenset(path for path in ("secteur", "forme_juridique") if self._says(path, raw)),
        )

    def _elsewhere(self, raw: Mapping[str, str], row: SourceRow, assumed: Municipality | None) -> str:
        """Say why a row may be of another place, whatever its municipality is called; `assumed` is that of the list."""
        code, address = raw.get(f"{PLACE}.code_postal", ""), raw.get(f"{PLACE}.adresse", "")
        if places.is_foreign(code) or places.is_abroad(address):
            return "son code postal n’est pas du Québec\u00a0: une municipalité d’ailleurs peut porter ce nom"
        told = next((column for column, text in row.cells.items() if provinces.is_elsewhere(column, text)), "")
        if told and told not in self._mapping.columns:
            return f"«\u00a0{told}\u00a0» ne dit pas le Québec\u00a0: une municipalité d’ailleurs peut porter ce nom"
        codes = [places.postal_code(code).value, *places.codes_in(address)]
        if assumed and any(one and not self._municipalities.is_served_by(assumed, one) for one in codes):
            return f"son code postal n’est pas de la région de {assumed.nom}, municipalité dite pour toute la liste"
        return ""

    def _turned_into_dates(self, row: SourceRow) -> dict[str, str]:
        """Name the fields, with their column, where a workbook holds a date though they are none (« 12-10 »)."""
        columns = {path: column for column, path in self._mapping.columns.items() if column in row.dates}
        return {path: column for path, column in columns.items() if path.rpartition(".")[2] not in _DATED}

    def _name(self, raw: Mapping[str, str]) -> tuple[str, str]:
        """Read the name, and why it asks that the address be hidden; such a name keeps no street."""
        name = cleaning.text(raw.get("nom", "")).value
        reason = reason_to_hide(name)
        return (places.without_street(name) if reason else name), reason

    def _reason_to_hide(self, raw: Mapping[str, str], name: str, reason: str, decision: Decision | None) -> str:
        """Say why the address of a row is hidden; nothing if it is not, or if a person decided that it is public."""
        published = decision.nom_publie if decision else ""
        if decision is not None and (decision.adresse_publique or decision.confidentiel):
            return "" if decision.adresse_publique else "décision"
        if any(deduce(words, self._rules).confidential for words in (name, published)):
            return reason or "règle sur le nom"
        stated = cleaning.yes_no(self._says("adresse_confidentielle", raw)).value == "oui"
        return reason or reason_to_hide(published) or ("dit dans la liste" if stated else "")

    def _says(self, path: str, raw: Mapping[str, str]) -> str:
        """Give what the cell of a field means, once translated; nothing if it is empty."""
        column = next((column for column, target in self._mapping.columns.items() if target == path), "")
        return (self._mapping.translate(column, raw.get(path, "")) or "").strip()

    def _key(self, key: str) -> str:
        """Tell apart rows that share a key (a NEQ repeated, or homonyms of one municipality), in reading order."""
        self._seen[key] = self._seen.get(key, 0) + 1
        return key if self._seen[key] == 1 else f"{key} ({self._seen[key]})"

    def _values(
        self, raw: Mapping[str, str], row: SourceRow, town: Municipality | None, hidden: str
    ) -> tuple[dict[str, str], list[Change]]:
        values: dict[str, str] = {}
        changes: list[Change] = []
        columns = {path: column for column, path in self._mapping.columns.items()}
        for path, text in raw.items():
            if not text or path in (_TOWN, TERRITORY) or (hidden and path in PRIVATE):
                continue
            cleaned = self._read(path, columns[path], text)
            if cleaned.fault and columns[path] in row.links and path.rpartition(".")[2] in _LINKED:
                cleaned = _clean(path, self._fields.get(path), row.links[columns[path]])
            kept = places.without_street(cleaned.value) if hidden and path in _NAMES else cleaned.value
            if hidden and path != "nom" and tells(kept, [raw.get(STREET, "")]):
                changes.append(Change(path, "laissé\u00a0: ce texte dit où est un lieu à protéger"))
                continue
            if kept:
                values[path] = kept
            changes.extend(Change(path, words, cleaned.is_tidied) for words in cleaned.changes)
            if cleaned.fault:
                changes.append(Change(path, f"laissé : {cleaned.fault}"))
        if hidden:
            done = "adresse et point retirés" if any(raw.get(path) for path in PRIVATE) else "rien à retirer"
            changes.append(Change("adresse_confidentielle", f"lieu à protéger ({hidden}), {done}"))
        _move_social_network(values, changes)
        _check_point(values, changes, town, self._overrides)
        return values, changes

    def _read(self, path: str, column: str, text: str) -> cleaning.Cleaned:
        """Read a cell: what the mapping says of its words, else what its field makes of it."""
        if path.startswith(f"{OFFERS}.") and not self._fields[path].is_list:
            parts = cleaning.parts(text)
            if path != f"{OFFERS}.nom":  # an offer keeps its name: what its words mean is its category
                parts = [self._mapping.meant(column, part) or part for part in parts]
            return cleaning.Cleaned(cleaning.SEPARATOR.join(parts))
        if self._fields[path].is_list:
            return self._read_list(path, column, text)
        translated = self._mapping.translate(column, text)
        field = self._fields.get(path)
        has_choices = field is not None and bool(self._meanings.choices(field))
        if translated is None and not has_choices:
            return cleaning.Cleaned("", fault=f"«\u00a0{text.strip()}\u00a0», mot sans correspondance")
        said = text if translated is None else translated
        if field is None or not has_choices:
            return _clean(path, field, said)
        code = self._meanings.code(field, said)
        word = (said or text).strip()[:60]
        unknown = f"«\u00a0{word}\u00a0» n’est pas un mot connu pour «\u00a0{field.title}\u00a0», à préciser"
        return cleaning.Cleaned(code, fault="" if code else unknown)

    def _read_list(self, path: str, column: str, text: str) -> cleaning.Cleaned:
        """Read a cell that lists words of a vocabulary: those that are known are kept, the others told."""
        field = self._fields[path]
        found: dict[str, None] = {}
        unknown, extra = [], []
        most = int(field.constraints.get("maxLength", 0) or 0)
        whole = self._meanings.code(field, self._mapping.meant(column, text))
        for part in [text] if whole else cleaning.parts(text):
            code = self._meanings.code(field, self._mapping.meant(column, part))
            if not code:
                unknown.append(part)
            elif code not in found and most and len(found) >= most:
                extra.append(part)
            else:
                found[code] = None
        faults = []
        if unknown:
            faults.append(f"{_quoted(unknown)}, à préciser dans «\u00a0{field.title}\u00a0»")
        if extra:
            faults.append(f"{_quoted(extra)}, au-delà des {most} que «\u00a0{field.title}\u00a0» peut tenir")
        return cleaning.Cleaned(cleaning.SEPARATOR.join(found), fault="; ".join(faults))


def _quoted(parts: Sequence[str]) -> str:
    return ", ".join(f"«\u00a0{part[:60]}\u00a0»" for part in parts)


def _clean(path: str, field: Field | None, text: str) -> cleaning.Cleaned:
    name = path.rpartition(".")[2]
    if not text:
        return cleaning.Cleaned("")
    if path == f"{PLACE}.adresse":
        return places.street(cleaning.text(text).value)
    if name == "code_postal":
        return places.postal_code(text)
    if name == "latitude":
        return places.coordinate(text, 44.9, 62.7)
    if name == "longitude":
        return places.coordinate(text, -79.9, -57.0)
    if field is not None and field.type == "date":
        return cleaning.day(text)
    has_lines = field is not None and field.constraints.get("maxLength", 0) >= PARAGRAPHS
    return cleaning.CLEANERS.get(name, cleaning.paragraphs if has_lines else cleaning.text)(text)


def _move_social_network(values: dict[str, str], changes: list[Change]) -> None:
    """Put the address of a Facebook page (or the like) where it belongs, out of `site_web`."""
    network, address = cleaning.social_network(values.get("site_web", ""))
    if network:
        del values["site_web"]
        values.setdefault(f"reseaux.{network}", address)
        changes.append(Change("site_web", f"rangé sous «\u00a0{network.capitalize()}\u00a0»"))


def _check_point(
    values: dict[str, str], changes: list[Change], town: Municipality | None, overrides: Path | None
) -> None:
    latitude, longitude = (values.get(path, "") for path in POINT)
    if not latitude and not longitude:
        return
    if not latitude or not longitude:
        words = "point incomplet : laissé"
    elif town is not None and places.is_far_from_mrc(latitude, longitude, town.mrc, overrides):
        words = f"point hors du territoire de {town.nom} : laissé"
    else:
        return
    for path in POINT:
        values.pop(path, None)
    changes.append(Change(POINT[0], words))
