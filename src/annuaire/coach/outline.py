"""Put a report in order and in words: blocks of lines, the same for a terminal and for a forge.

Whatever comes from a record or a file name stands between « » or in `place`; the writers rely on it for looks, never
for safety: they make every character inert, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annuaire.catalogue.differences import worded
from annuaire.coach.changes import DOUBLE
from annuaire.coach.report import Change, Fate, Fault, Flag, Measure, Report
from annuaire.records.collections import COLLECTIONS
from annuaire.text import french
from annuaire.text.problems import Problem, Severity

MOST_DETAILED = 30  # records; beyond, those without an error are named on one line each
_MOST_WRONG = 10  # records with errors; beyond, of those too little more than the errors is said
_MOST_ALIKE = 4  # flags of one kind; beyond, they are one, with its files
_MOST_FILES = 10  # named in one flag
_MOST_MISSING = 3
_FATES = {
    Fate.CREATED: ("créée", "créées"),
    Fate.CHANGED: ("modifiée", "modifiées"),
    Fate.RENAMED: ("renommée", "renommées"),
    Fate.DELETED: ("supprimée", "supprimées"),
}
# What many flags of one kind say together, and what to do when it depends on the record.
_TOGETHER = {
    "archive-registre": ("fichiers ressemblent à ceux de l’archive du Registraire", ""),
    "page-refusee": ("pages ne peuvent pas être publiées", ""),
    "suppression": (
        "fiches sont supprimées",
        "ne rien accepter avant d’avoir demandé pourquoi\u00a0: une entreprise fermée garde sa fiche",
    ),
    "ancien-nom-absent": (
        "fiches changent d’adresse sans déclarer l’ancienne\u00a0: les liens vers leurs pages seront brisés",
        "écrire l’ancien nom de chacune dans ses «\u00a0anciens_slugs\u00a0»",
    ),
    "ancien-nom-retire": ("fiches ne déclarent plus une ancienne adresse", ""),
    "adresse-devoilee": ("adresses cesseraient d’être confidentielles", ""),
    "neq": ("fiches changent de NEQ", ""),
    "identite": ("fiches deviendraient celles d’autres entreprises", ""),
    "verification": ("fiches changent de vérification", ""),
    "verification-offres": ("fiches ont des offres qui deviennent confirmées", ""),
    "fermeture": ("fiches sont déclarées fermées, ou ne le sont plus", ""),
    "fusion": ("fiches sont déclarées fusionnées avec d’autres", ""),
    "coordonnees": ("fiches changent de toutes leurs coordonnées à la fois", ""),
}
_KINDS = {collection.name: collection.record_one for collection in COLLECTIONS}


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
    points = len(together(report.flags))
    flags = french.count(points, "point") + " à vérifier par une personne" if points else ""
    if errors:
        rest = french.enumeration([part for part in (errors, warnings, flags) if part])
        return f"À corriger avant d’être acceptée\u00a0: {rest}."
    rest = french.enumeration([part for part in (warnings, flags) if part])
    if not rest and _is_empty(report):
        return "Il n’y a rien à accepter."
    return "Aucune erreur" + (f"; {rest}." if rest else "\u00a0: la proposition peut être acceptée.")


def asides(report: Report) -> list[str]:
    """Say what is neither to be checked nor to be corrected: what is solved, how to keep the history short."""
    found = []
    if report.solved:
        found.append(f"Problèmes réglés\u00a0: {french.number(report.solved)}.")
    if report.steps > 1:
        steps = french.count(report.steps, "étape")
        found.append(
            f"Faite en {steps} qui se défont\u00a0: la fermer sans l’accepter, sinon l’histoire du dépôt les garderait."
            if _is_empty(report)
            else f"Faite en {steps}\u00a0: l’accepter avec «\u00a0Squash and merge\u00a0», pour que l’histoire du "
            "dépôt n’en garde que le résultat."
        )
    return found


def _is_empty(report: Report) -> bool:
    return not (report.changes or report.other_files)


def blocks(report: Report) -> list[Block]:
    """Put the report in order: what a person must look at, records (those with errors first), problems elsewhere."""
    found = [_flags(together(report.flags))] if report.flags else []
    wrong = [change for change in report.changes if _has_error(change)]
    right = [change for change in report.changes if not _has_error(change)]
    is_long = len(report.changes) > MOST_DETAILED
    if is_long and len(wrong) > _MOST_WRONG:
        heading = Line(f"{french.count(len(wrong), 'fiche')} à corriger")
        found.append(Block(heading, tuple(_errors(wrong))))
    else:
        found.extend(_record(change) for change in wrong)
    if is_long and right:
        heading = Line(f"{french.count(len(right), 'fiche')} sans erreur, en bref")
        found.append(Block(heading, tuple(_brief(change) for change in right)))
    else:
        found.extend(_record(change) for change in right)
    if report.elsewhere:
        heading = Line("Problèmes que la proposition cause dans d’autres fiches")
        found.append(Block(heading, tuple(line for p in report.elsewhere for line in _problem(p, 0))))
    return found


def together(flags: Sequence[Flag]) -> list[Flag]:
    """Make one flag of many of one kind, in the place of the first."""
    kinds: dict[str, list[Flag]] = {}
    for flag in flags:
        kinds.setdefault(flag.code, []).append(flag)
    found: list[Flag] = []
    for code, alike in kinds.items():
        if len(alike) <= _MOST_ALIKE or code not in _TOGETHER:
            found.extend(alike)
            continue
        said, hint = _TOGETHER[code]
        files = tuple(file for flag in alike for file in flag.files)
        found.append(Flag(code, f"{french.number(len(alike))}\u00a0{said}", hint or alike[0].hint, files))
    return found


def _errors(changes: Sequence[Change]) -> Iterator[Line]:
    """Yield the errors of many records; a remedy is said once for those that follow one another and share it."""
    hint = ""
    for change in changes:
        for fault in change.faults:
            if fault.problem.severity is Severity.ERROR:
                line, advice = _problem(fault.problem, 0)
                if hint not in ("", advice.text):
                    yield Line(hint, depth=1)
                hint = advice.text
                yield line
    yield Line(hint, depth=1)


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
    duplicates = [fault for fault in change.faults if fault.problem.code.startswith(DOUBLE)]
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
    is_double = any(fault.problem.code.startswith(DOUBLE) for fault in change.faults)
    double = "semble déjà dans le répertoire" if is_double else ""
    return Line("; ".join(part for part in (one, said, warnings, double) if part), place=change.file)
