"""Put a report in order and in words: blocks of lines, the same for a terminal and for a forge.

Whatever comes from a record or a file name stands between « » or in `place`; the writers rely on it for looks, never
for safety: they make every character inert, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annuaire import french
from annuaire.coach.report import Change, Fate, Fault, Flag, Measure, Report
from annuaire.differences import Difference, Kind
from annuaire.problems import Problem, Severity
from annuaire.records import COLLECTIONS

MOST_DETAILED = 30  # records; beyond, those without an error are named on one line each
_MOST_FILES = 20  # named in one flag
_MOST_MISSING = 3
_FATES = {
    Fate.CREATED: ("créée", "créées"),
    Fate.CHANGED: ("modifiée", "modifiées"),
    Fate.RENAMED: ("renommée", "renommées"),
    Fate.DELETED: ("supprimée", "supprimées"),
}
_KINDS = {collection.name: collection.one for collection in COLLECTIONS}


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one line: its text, the place it speaks of (a file, perhaps with line and column), and its depth."""

    text: str
    place: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """Hold lines under a heading, whose `place` is the file they speak of."""

    heading: Line
    lines: tuple[Line, ...]


def summary(report: Report) -> str:
    """Say in one sentence what the proposal does and whether it may be published."""
    counts = []
    for fate, (one, many) in _FATES.items():
        number = sum(change.fate is fate for change in report.changes)
        if number:
            counts.append(f"{french.count(number, 'fiche')} {one if number < 2 else many}")
    if report.other_files:
        counts.append(french.count(len(report.other_files), "autre fichier", "autres fichiers"))
    return french.sentence(", ".join(counts) or "aucun changement") + "."


def verdict(report: Report) -> str:
    """Say whether the records may be published, and what is left to look at."""
    errors = french.count(report.errors, "erreur") if report.errors else ""
    warnings = french.count(report.warnings, "avertissement") if report.warnings else ""
    flags = french.count(len(report.flags), "point") + " à vérifier par une personne" if report.flags else ""
    if errors:
        rest = french.enumeration([part for part in (errors, warnings, flags) if part])
        return f"À corriger avant d’être acceptée\u00a0: {rest}."
    rest = french.enumeration([part for part in (warnings, flags) if part])
    return "Aucune erreur" + (f"; {rest}." if rest else "\u00a0: la proposition peut être acceptée.")


def blocks(report: Report) -> list[Block]:
    """Put the report in order: what a person must look at, records (those with errors first), problems elsewhere."""
    found = [_flags(report.flags)] if report.flags else []
    short: list[Change] = []
    for change in sorted(report.changes, key=lambda change: not _has_error(change)):
        if len(report.changes) > MOST_DETAILED and not _has_error(change):
            short.append(change)
        else:
            found.append(_record(change))
    if short:
        heading = Line(f"{french.count(len(short), 'fiche')} sans erreur, en bref")
        found.append(Block(heading, tuple(_brief(change) for change in short)))
    if report.elsewhere:
        heading = Line("Problèmes que la proposition cause dans d’autres fiches")
        found.append(Block(heading, tuple(line for p in report.elsewhere for line in _problem(p, 0))))
    return found


def _has_error(change: Change) -> bool:
    return any(fault.problem.severity is Severity.ERROR for fault in change.faults)


def _flags(flags: Sequence[Flag]) -> Block:
    lines = []
    for flag in flags:
        lines.append(Line(f"{flag.message}."))
        lines.append(Line(f"Conseil\u00a0: {flag.hint}.", depth=1))
        lines.extend(Line("", place=file, depth=1) for file in flag.files[:_MOST_FILES])
        if len(flag.files) > _MOST_FILES:
            more = french.count(len(flag.files) - _MOST_FILES, "autre fichier", "autres fichiers")
            lines.append(Line(f"et {more}", depth=1))
    return Block(Line("À vérifier par une personne du Pôle"), tuple(lines))


def _record(change: Change) -> Block:
    one, _ = _FATES[change.fate]
    heading = Line(
        f"{french.sentence(_KINDS[change.collection])} {one}\u00a0: «\u00a0{change.name}\u00a0»", change.file
    )
    return Block(heading, tuple(_about(change)))


def _about(change: Change) -> Iterator[Line]:
    if change.former_file:
        yield Line(f"Auparavant\u00a0: «\u00a0{change.former_file}\u00a0»")
    if change.note:
        yield Line(change.note)
    duplicates = [fault for fault in change.faults if fault.problem.code.startswith("doublon-")]
    others = [fault for fault in change.faults if fault not in duplicates]
    if others:
        yield Line("À corriger ou à vérifier\u00a0:")
        yield from (line for fault in others for line in _fault(fault))
    if duplicates:
        yield Line("Semble déjà dans le répertoire\u00a0:")
        yield from (line for fault in duplicates for line in _fault(fault))
    if change.differences:
        yield Line("Ce qui change\u00a0:")
        yield from (Line(worded(difference), depth=1) for difference in change.differences)
    elif change.fate in (Fate.CHANGED, Fate.RENAMED) and not change.note:
        yield Line("Aucune valeur ne change\u00a0: seule l’écriture du fichier diffère.")
    yield from _measures(change.before, change.after)


def _fault(fault: Fault) -> Iterator[Line]:
    for line in _problem(fault.problem, 1):
        suffix = " (déjà là avant la proposition)" if fault.is_old and line.place else ""
        yield Line(line.text + suffix, line.place, line.depth)


def _problem(problem: Problem, depth: int) -> Iterator[Line]:
    yield Line(f"{problem.severity}\u00a0: {problem.message}. [{problem.code}]", str(problem.location), depth)
    yield Line(f"Conseil\u00a0: {problem.hint}", depth=depth + 1)


def worded(difference: Difference) -> str:
    """Say one difference: « Téléphone : « 819 555-0100 » → « 819 555-0142 » »."""
    before, after = f"«\u00a0{difference.before}\u00a0»", f"«\u00a0{difference.after}\u00a0»"
    label = f"{difference.label}\u00a0:"
    if difference.kind is Kind.ADDED:
        return f"{label} ajout de {after}"
    if difference.kind is Kind.REMOVED:
        return f"{label} retrait de {before}"
    if difference.kind is Kind.MOVED:
        return f"{label} ordre changé, {before} → {after}"
    return f"{label} {before} → {after}"


def _measures(before: Measure | None, after: Measure | None) -> Iterator[Line]:
    if after is None:
        return
    score = f"{after.completeness.score}\u00a0%"
    if before is not None and before.completeness.score != after.completeness.score:
        score = f"{before.completeness.score}\u00a0% → {score}"
    missing = [f"{m.title} (+{m.points})" for m in after.completeness.missing[:_MOST_MISSING]]
    advice = f"; aideraient le plus\u00a0: {', '.join(missing)}" if missing else ""
    yield Line(f"Fiche remplie à {score}{advice}.")
    fresh = after.freshness
    if before is not None and before.freshness != fresh:
        fresh = f"{before.freshness} → {fresh}"
    yield Line(f"Fraîcheur\u00a0: {fresh}.")


def _brief(change: Change) -> Line:
    one, _ = _FATES[change.fate]
    labels = list(dict.fromkeys(difference.label for difference in change.differences))
    said = french.shorten(", ".join(labels), 200)
    warnings = french.count(len(change.faults), "avertissement") if change.faults else ""
    return Line("; ".join(part for part in (one, said, warnings) if part), place=change.file)
