"""Read back the workbook of `annuaire template`: what each row changes in its record.

A cell counts only when it differs from what the program wrote there: an untouched workbook proposes nothing, however
it was sorted or filtered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annuaire.intake.applying.intake import Received
from annuaire.intake.applying.place import line_of, refusal
from annuaire.intake.applying.proposal import NEW, NEW_ITEM, Proposal, Setting, Target, is_slug, unguessed, value_at
from annuaire.intake.importing import reading
from annuaire.intake.plain import broken_formula
from annuaire.intake.workbooks import laying, records_book
from annuaire.intake.workbooks.columns import RANK, SLUG, VERSION, Column, Columns, normal
from annuaire.records import template
from annuaire.records.collections import reference
from annuaire.schema import Table
from annuaire.text.names import fold, slugify
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile import source

MOST_NAMED = 5
LEAST_SORTED = 3  # cells that trade their values: two may be a correction
AGAIN = "\u00a0: refaire le classeur et y reporter le changement"
TextOf = Callable[[str, str], str | None]


@dataclass(frozen=True, slots=True)
class _Row:
    """Place a row of the workbook: its sheet and number, and which item it is (`table` and `item`, see `Target`)."""

    sheet: str
    number: int
    table: str = ""
    item: str = ""


@dataclass(slots=True)
class _Started:
    """Hold one enterprise of the workbook: the values it started from, and what is proposed."""

    slug: str
    base: str
    values: dict[str, Any]
    settings: list[Setting] = field(default_factory=list)
    orders: dict[str, tuple[str, ...]] = field(default_factory=dict)


class BookReader:
    """Read one workbook of records; its faults are gathered, and told together."""

    def __init__(self, path: Path, columns: Columns, text_of: TextOf, known: Collection[str]) -> None:
        self.path = path
        self.columns = columns
        self.sheet = columns.main_sheet
        self.places = columns.schema.children.get(records_book.PLACE)  # of those that a short workbook shows one of
        self.text_of = text_of
        self.rows: dict[str, _Started] = {}
        self.names: dict[str, str] = {}
        self.wrong: set[str] = set()  # records whose row is at fault: what hangs from them is not told again
        self.wrong_names: set[str] = set()  # and what they are called
        self.known = known  # the records of the site
        self.left: dict[str, None] = {}  # records whose lists are in the workbook, and whose row is not
        self.moves: dict[tuple[str, str], list[tuple[str, str]]] = {}  # column -> what its cells held and hold
        self.faults: list[str] = []
        self.notes: list[str] = []

    def read(self, names: Sequence[str]) -> Received:
        """Read the sheets of these names; raise AnnuaireError with the first faults, each with its place."""
        is_short = self.places is not None and self.columns.sheet(self.places) not in names
        self._root(reading.read(self.path, self.sheet), is_short=is_short)
        ours = {self.sheet, records_book.MANUAL, laying.LISTS}
        for key, table in self.columns.schema.children.items():
            ours.add(self.columns.sheet(table))
            if self.columns.sheet(table) in names:
                self._table(table, self.columns.tables[key])
        self.notes += [f"la feuille «\u00a0{name}\u00a0» n’est pas lue" for name in names if name not in ours]
        self._sorted_alone()
        if self.faults:
            raise refusal(self.faults)
        if self.left:
            left = ", ".join([*self.left][:MOST_NAMED]) + (", etc." if len(self.left) > MOST_NAMED else "")
            self.notes.append(f"rien n’est lu de {left}\u00a0: sa ligne n’est plus dans «\u00a0{self.sheet}\u00a0»")
        proposals = [
            Proposal(self._named(row.slug), row.base, tuple(row.settings), row.orders, is_from_staff=True)
            for row in self.rows.values()
        ]
        return Received(proposals, self.notes)

    def _named(self, slug: str) -> str:
        return reference(self.columns.schema.name, slug)

    def _fault(self, sheet: str, number: int, words: str, slug: str = "") -> None:
        self.faults.append(f"{line_of(sheet, number)}\u00a0: {words}")
        self.wrong.add(slug)

    def _titles(
        self, sheet: str, titles: Sequence[str], columns: Sequence[Column], own: Sequence[str]
    ) -> dict[str, str]:
        """Give the heading of each known column by its title; say which are not read."""
        found = {title.removesuffix("*").rstrip(): title for title in titles}
        known = {*own, *(column.field.title for column in columns)}
        self.notes += [
            f"feuille «\u00a0{sheet}\u00a0»\u00a0: la colonne «\u00a0{title}\u00a0» n’est pas lue"
            for title in found
            if title not in known
        ]
        return found

    def _root(self, sheet: reading.Sheet, *, is_short: bool) -> None:
        """Read the sheet of enterprises; the first place of each is on it when the workbook is a short one."""
        short = [self.columns.find(*each) for each in records_book.SHORT if each[0] and is_short]
        titles = self._titles(self.sheet, sheet.columns, (*self.columns.root, *short), (SLUG, VERSION))
        if self.columns.schema.root.field("nom").title not in titles:
            raise AnnuaireError(f"la feuille «\u00a0{self.sheet}\u00a0» n’a pas ses titres\u00a0: refaire le classeur")
        for line in sheet.rows:
            cells = {title: normal(line.cells[heading]) for title, heading in titles.items()}
            fault = line.fault or broken_formula(cells)
            if fault:
                self._fault(self.sheet, line.number, fault, cells.get(SLUG, ""))
                continue
            row = self._started(line.number, cells)
            name = fold(cells[self.columns.schema.root.field("nom").title])
            if row is None:
                self.wrong_names.add(name)
                continue
            self.rows[row.slug] = row
            self.names[name] = "" if name in self.names else row.slug  # two of one name: neither is meant
            row.settings += self._changes(self.columns.root, cells, row.values, _Row(self.sheet, line.number))
            self._first_place(short, cells, row, line.number)
            if row.base == NEW:
                self._complete(row)
            else:
                row.settings += unguessed(self.columns.schema, row.values, row.settings)

    def _first_place(self, columns: Sequence[Column], cells: dict[str, str], row: _Started, number: int) -> None:
        """Read what the sheet of enterprises says of the first place of one."""
        items = row.values.get(records_book.PLACE)
        first = items[0] if isinstance(items, list) and items else None
        item = f"{NEW_ITEM} 1" if first is None else "1"
        changes = self._changes(columns, cells, first or {}, _Row(self.sheet, number, records_book.PLACE, item))
        row.settings += changes
        if changes and first is None:
            row.orders[records_book.PLACE] = (item,)

    def _started(self, number: int, cells: dict[str, str]) -> _Started | None:
        """Find what a row started from."""
        slug, base = cells.get(SLUG, ""), cells.get(VERSION, "")
        if not slug:
            slug, base = slugify(cells[self.columns.schema.root.field("nom").title]), NEW
            if not slug:
                self._fault(self.sheet, number, f"il manque le nom {self.columns.collection.of_the}")
                return None
        if not is_slug(slug):
            self._fault(self.sheet, number, f"«\u00a0{slug}\u00a0» n’est pas une fiche", slug)
            return None
        if slug in self.rows:
            shown = cells[self.columns.schema.root.field("nom").title] if base == NEW else slug
            self._fault(self.sheet, number, f"«\u00a0{shown}\u00a0» y est deux fois\u00a0: n’en garder qu’une")
            return None
        if base == NEW:
            return _Started(slug, base, {})
        if not base:
            words = f"la colonne «\u00a0{VERSION}\u00a0» est vide{AGAIN}"
            if self._named(slug) not in self.known:
                words = (
                    f"la fiche «\u00a0{slug}\u00a0» n’existe pas\u00a0: pour {self.columns.collection.a_new}, laisser "
                    f"la colonne «\u00a0{SLUG}\u00a0» vide, dans cette feuille et dans les autres"
                )
            self._fault(self.sheet, number, words, slug)
            return None
        text = self.text_of(self._named(slug), base)
        if text is None:
            self._fault(
                self.sheet,
                number,
                f"la fiche «\u00a0{slug}\u00a0» a changé depuis, et sa version de départ est inconnue{AGAIN}",
                slug,
            )
            return None
        return _Started(slug, base, source.parse(text, Path(f"{slug}.yml")).values)

    def _complete(self, row: _Started) -> None:
        """Give a new record what a new record starts with (see `annuaire new`), where the row says nothing."""
        given = {setting.target.field.name for setting in row.settings}
        for each in self.columns.schema.root.required_fields:
            default = template.DEFAULTS.get(each.name)
            if default and each.name not in given:
                row.settings.append(Setting(Target(each), default))

    def _changes(
        self, columns: Sequence[Column], cells: dict[str, str], values: dict[str, Any], place: _Row
    ) -> list[Setting]:
        changes = []
        for column in columns:
            title = column.field.title
            before = normal(column.write(value_at(values, column.field.path)))
            if title not in cells or cells[title] == before:
                continue
            if not column.choices and not place.item.startswith(NEW_ITEM):
                self.moves.setdefault((place.table, title), []).append((before, cells[title]))
            target = Target(column.field, place.table, place.item)
            changes.append(Setting(target, cells[title] or None, f"{line_of(place.sheet, place.number)}, {title}"))
        return changes

    def _sorted_alone(self) -> None:
        """Refuse a column whose values went from row to row: sorted without the others, it would mix records up."""
        for (key, title), pairs in self.moves.items():
            if len(pairs) >= LEAST_SORTED and Counter(old for old, _ in pairs) == Counter(new for _, new in pairs):
                sheet = self.columns.sheet(self.columns.schema.children[key]) if key else self.sheet
                self.faults.append(
                    f"feuille «\u00a0{sheet}\u00a0»\u00a0: la colonne «\u00a0{title}\u00a0» a été triée sans les "
                    "autres, ses valeurs sont passées d’une ligne à l’autre\u00a0: refaire le classeur, et trier toute "
                    "la feuille"
                )

    def _table(self, table: Table, columns: Sequence[Column]) -> None:
        name = self.columns.sheet(table)
        sheet = reading.read(self.path, name)
        titles = self._titles(name, sheet.columns, columns, (SLUG, self.columns.owner, RANK))
        seen: dict[str, list[int]] = {slug: [] for slug in self.rows}
        fresh: dict[str, int] = dict.fromkeys(self.rows, 0)
        for line in sheet.rows:
            cells = {title: normal(line.cells[heading]) for title, heading in titles.items()}
            fault = line.fault or broken_formula(cells)
            if fault:
                self._fault(name, line.number, fault)
                continue
            if not any(cells.get(column.field.title) for column in columns):
                continue  # emptied: as good as taken away
            slug = cells.get(SLUG, "")
            if not slug and fold(cells.get(self.columns.owner, "")) in self.wrong_names:
                continue  # told with the row of its owner
            if slug in self.wrong or (self._named(slug) in self.known and slug not in self.rows):
                self.left[slug] = None
                continue
            row = self._owner(name, line.number, cells)
            if row is None:
                continue
            items = row.values.get(table.key)
            items = items if isinstance(items, list) else []
            rank = cells.get(RANK, "")
            if not rank:
                fresh[row.slug] += 1
                place = _Row(name, line.number, table.key, f"{NEW_ITEM} {fresh[row.slug]}")
                row.settings += self._changes(columns, cells, {}, place)
            elif rank.isdecimal() and int(rank[:6]) in seen[row.slug]:
                self._fault(
                    name,
                    line.number,
                    f"le rang «\u00a0{int(rank[:6])}\u00a0» y est deux fois\u00a0: pour ajouter une ligne, vider "
                    f"sa cellule «\u00a0{RANK}\u00a0»",
                )
            elif not rank.isdecimal() or not 0 < int(rank[:6]) <= len(items):
                self._fault(name, line.number, f"le rang «\u00a0{rank[:20]}\u00a0» n’est pas un de ceux de la fiche")
            else:
                seen[row.slug].append(int(rank))
                place = _Row(name, line.number, table.key, str(int(rank)))
                row.settings += self._changes(columns, cells, items[int(rank) - 1], place)
        self._orders(name, table, seen, fresh)

    def _owner(self, sheet: str, number: int, cells: dict[str, str]) -> _Started | None:
        """Find the enterprise of a row of a list: its record, or its name."""
        slug = cells.get(SLUG, "") or self.names.get(fold(cells.get(self.columns.owner, "")), "")
        if slug not in self.rows:
            self._fault(
                sheet,
                number,
                f"{self.columns.collection.its} n’est pas, ou est deux fois, dans «\u00a0{self.sheet}\u00a0»",
            )
            return None
        return self.rows[slug]

    def _orders(self, sheet: str, table: Table, seen: dict[str, list[int]], fresh: dict[str, int]) -> None:
        before = 0
        gone = []
        for row in self.rows.values():
            items = row.values.get(table.key)
            count = len(items) if isinstance(items, list) else 0
            before += count
            if len(seen[row.slug]) < count:
                gone.append(row)
            if len(seen[row.slug]) < count or fresh[row.slug]:
                kept = [str(rank) for rank in sorted(seen[row.slug])]
                row.orders[table.key] = (*kept, *(f"{NEW_ITEM} {k + 1}" for k in range(fresh[row.slug])))
        if gone and before > 1 and not any(seen.values()):
            self.faults.append(
                f"la feuille «\u00a0{sheet}\u00a0» est vide, ce qui retirerait tout\u00a0: "
                "pour n’y rien changer, supprimer la feuille"
            )
