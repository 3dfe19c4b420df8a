"""Do the whole comparison: read the archive for the records of a site, write the workbook, say what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from annuaire.catalogue import loading
from annuaire.config import Settings
from annuaire.intake.applying.proposal import base_of
from annuaire.intake.registry import archive, gathering, observing
from annuaire.intake.registry.observing import SOURCE, TITLES, Kind, Observation
from annuaire.intake.workbooks import columns, registry_book
from annuaire.intake.workbooks.registry_book import Line
from annuaire.records.reading import Record
from annuaire.text import french
from annuaire.text.french import NBSP


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold what was observed, what was read for it, and the records compared; `left` counts those left aside."""

    read: archive.Archive
    register: gathering.Register
    found: Sequence[Observation]
    compared: Sequence[Record]
    left: int

    @property
    def source(self) -> str:
        """Name where the facts come from, and their day."""
        what = "extrait " if self.register.is_extract else ""
        return f"{SOURCE}, {what}{self.register.source}, {self.register.day.isoformat()}"


def compare(
    settings: Settings,
    path: Path,
    today: date,
    day: date | None = None,
    told: Callable[[str, int], None] = lambda table, rows: None,
) -> tuple[Comparison, loading.Loaded]:
    """Compare the records of a site with an archive; `told` gets a table's name and how many of its rows are read.

    Raise AnnuaireError when the archive cannot be used.
    """
    loaded = loading.Loader(settings).load(today)
    records = observing.wanted(loaded)
    with archive.opened(path, day) as opened:
        opened.told = told
        names = [(r.slug, r.text("nom"), observing.place_words(r, loaded.context.territories)) for r in records]
        register = gathering.gather(opened, {record.text("neq") for record in records}, names)
    found = observing.observe(records, register, loaded.context)
    return Comparison(opened, register, found, records, len(loaded.enterprises) - len(records)), loaded


def write(path: Path, comparison: Comparison, loaded: loading.Loaded) -> None:
    """Write the workbook of what was observed."""
    context = loaded.context
    schema = next(iter(loaded.enterprises)).schema if loaded.enterprises else None
    shown = columns.columns_of(schema, context.vocabularies, context.territories, context.settings) if schema else None
    forms = next((c for c in shown.root if c.field.name == "forme_juridique"), None) if shown else None
    lines = []
    for one in comparison.found:
        value = forms.write(one.value) if forms and one.kind is Kind.FORM and one.value else one.value
        places = one.record.items("etablissements")
        town = places[0].get("municipalite") if places else ""
        cells = {
            registry_book.NAME: one.record.text("nom"),
            "Municipalité": town if isinstance(town, str) else "",
            registry_book.FOUND: TITLES[one.kind],
            "Ce que dit la fiche": one.ours,
            "Ce que dit le registre": one.theirs,
            "Ressemblance": str(one.likeness or ""),
            registry_book.VALUE: value,
            registry_book.SOURCE: comparison.source,
        }
        lines.append(Line(cells, one.record.slug, one.kind))
    texts = {record.slug: record.document.text for record in loaded.enterprises}
    registry_book.write(path, lines, lambda slug: base_of(texts[slug]))


def summary(comparison: Comparison) -> str:
    """Say what was read and what was found, in French, without naming anyone."""
    return "\n".join(_summary(comparison))


def _summary(comparison: Comparison) -> Iterator[str]:
    read = comparison.read
    yield f"{comparison.source}"
    rows = [f"{table}{NBSP}: {french.count(count, 'ligne')}" for table, count in read.rows.items()]
    yield f"Lu{NBSP}: {', '.join(rows)}."
    individuals, odd = read.individuals.total(), read.odd.total()
    if individuals:
        yield f"Jamais regardées{NBSP}: {french.count(individuals, 'ligne')} d’individus (NEQ 22…)."
    if odd:
        yield f"Trop courtes pour être lues{NBSP}: {french.count(odd, 'ligne')}."
    yield f"Comparé{NBSP}: {french.count(len(comparison.compared), 'fiche')}" + (
        f" ({french.count(comparison.left, 'autre')}, fermées ou fautives, laissées de côté)."
        if comparison.left
        else "."
    )
    yield from _counts(comparison)
    if not comparison.found:
        yield "Rien à décider."
    if comparison.register.is_extract:
        yield (
            "Ce fichier est un extrait\u00a0: un NEQ qui n’y est pas peut être au registre, et il ne dit ni radiation, "
            "ni année de fondation."
        )


def _counts(comparison: Comparison) -> Iterator[str]:
    """Count what agrees first, then what does not."""
    doubtful = {one.record.slug for one in comparison.found if one.kind in (Kind.OTHER_NEQ, Kind.ABSENT_NEQ)}
    proposed = {one.record.slug for one in comparison.found if one.kind is Kind.CANDIDATE}
    bearing = [one for one in comparison.compared if one.text("neq")]
    known = sum(one.slug not in doubtful for one in bearing)
    alone = sum(not one.text("neq") and one.slug not in proposed for one in comparison.compared)
    yield f"  NEQ retrouvé, sous un nom semblable{NBSP}: {french.count(known, 'fiche')}"
    yield f"  Ni NEQ, ni candidat{NBSP}: {french.count(alone, 'fiche')}"
    for kind, (lines, records) in observing.counted(comparison.found).items():
        many = f", {french.count(lines, 'ligne')}" if lines != records else ""
        yield f"  {TITLES[kind]}{NBSP}: {french.count(records, 'fiche')}{many}"
