"""Import a spreadsheet of enterprises: clean, decide, merge, compare with what stands, write, tell.

A second import of the same file changes nothing, and none ever replaces what a person wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from annuaire import files, rules
from annuaire.config import Settings, today
from annuaire.intake.importing import (
    decisions,
    deductions,
    identity,
    mapping,
    places,
    reading,
    state,
    suggesting,
)
from annuaire.intake.importing.building import build
from annuaire.intake.importing.identity import Group
from annuaire.intake.importing.reconciling import Standing, Verdict
from annuaire.intake.importing.report import ImportReport, Outcome, RowOutcome
from annuaire.intake.importing.rows import PRIVATE, Candidate, Change, RowReader
from annuaire.places import territories, vocabularies
from annuaire.places.samples import localised
from annuaire.records import reading as records
from annuaire.records.collections import ENTERPRISES
from annuaire.records.reading import Record
from annuaire.schema import load as load_schema
from annuaire.text.problems import Problem, Severity
from annuaire.yamlfile import formatter, source

__all__ = ["ImportReport", "Outcome", "RowOutcome", "run"]
SOLE_TRADER = "22"
PERSONAL_EMAIL = "courriel-personnel"
HIDDEN = tuple(path.rpartition(".")[2] for path in PRIVATE)
Progress = Callable[[int, int], None]


def run(
    source_file: Path,
    mapping_file: Path,
    settings: Settings,
    *,
    dry_run: bool = False,
    report_file: Path | None = None,
    progress: Progress = lambda done, total: None,
) -> ImportReport:
    """Import a `.csv` or `.xlsx` file; nothing is written with `dry_run`, nor before every row is judged.

    With `report_file`, the rows that wait for a decision are written beside it, ready for the decision table,
    even in a dry run. `progress` is told how many rows of how many are done. Raise AnnuaireError when the file,
    the mapping or one of its companions cannot be used; a wrong row is only refused, in the report.
    """
    job = _Job(mapping_file, settings)
    sheet = reading.read_within(source_file, job.mapping.sheet)
    missing = [column for column in job.mapping.columns if column not in sheet.columns]
    if missing:
        raise mapping.missing_column(source_file.name, missing[0], sheet)
    candidates = [job.reader.candidate(row) for row in sheet.rows]
    outcomes = job.outcomes(candidates, progress)
    if not dry_run:
        job.write()
    waiting = [candidate for candidate in candidates if job.waits(candidate)]
    to_classify = ""
    if waiting and report_file is not None:
        text = suggesting.as_csv(waiting, job.name_rules)
        beside = suggesting.free_path(report_file.with_name(suggesting.FILE_NAME), text)
        files.save(beside, text)
        to_classify = beside.name
    return ImportReport(
        source=source_file.name,
        rows=tuple(outcomes[candidate.number] for candidate in candidates),
        pairs=tuple(_pairs(candidates, job.groups)),
        missing=tuple(job.missing(candidates)),
        dry_run=dry_run,
        waiting=len(waiting),
        to_classify=to_classify,
    )


class _Job:
    """Hold what one import needs, and what it will write."""

    def __init__(self, mapping_file: Path, settings: Settings) -> None:
        overrides = settings.own_tables
        self.folder = settings.content / ENTERPRISES
        self.territories = territories.load(overrides)
        self.schema = localised(load_schema(ENTERPRISES), self.territories, settings.regions)
        words = vocabularies.load(overrides)
        self.context = rules.Context(settings, self.territories, words, today())
        self.mapping = mapping.load(mapping_file, self.schema)
        table = self.mapping.decisions
        self.decisions = decisions.load(table, words, self.territories) if table else {}
        self.name_rules = deductions.load(self.mapping.rules, words) if self.mapping.rules else ()
        self.municipalities = places.Municipalities(self.territories, settings.regions)
        towns = {m.nom: m for m in self.territories.municipalities.values() if self.municipalities.is_local(m)}
        mrcs = self.territories.mrcs_of(settings.regions)
        regions = [region.nom for region in self.territories.regions.values() if region.code in settings.regions]
        names = (*(mrc.nom for mrc in mrcs), *regions)
        self.reader = RowReader(
            self.mapping, self.municipalities, self.decisions, self.name_rules, towns, names, overrides
        )
        read = records.Folder(self.folder, settings.root, self.schema).read()
        self.standing = Standing(read, self.schema, self.accepts)
        self.groups: Sequence[Group] = ()
        self.before = state.load(self.mapping.state)
        self.after = dict(self.before)
        self.texts: dict[str, str] = {}

    def outcomes(self, candidates: Sequence[Candidate], progress: Progress) -> dict[int, RowOutcome]:
        """Give each row its one outcome, by row number."""
        found: dict[int, RowOutcome] = {}
        publishable = []
        for candidate in candidates:
            outcome, reason = self._left_out(candidate)
            if outcome is None:
                publishable.append(candidate)
            else:
                found[candidate.number] = _outcome(candidate, outcome, reason)
        self.groups = identity.group(publishable)
        for group in self.groups:
            found |= {row.number: row for row in self._group_outcomes(group)}
            progress(len(found), len(candidates))
        return found

    def waits(self, candidate: Candidate) -> bool:
        """Tell whether a row could be published and only lacks a decision."""
        return self.mapping.decisions is not None and candidate.decision is None and not candidate.fault

    def accepts(self, record: Record, text: str) -> bool:
        """Tell whether a record written with another text would hold no error that it did not hold."""
        proposed = records.from_document(source.parse(text, record.document.path), record.file, self.schema)
        before, after = (
            {(p.code, p.path) for p in rules.judge_record(one, self.context) if p.severity is Severity.ERROR}
            for one in (record, proposed)
        )
        return after <= before

    def write(self) -> None:
        """Write the records, then the state: a state never speaks of a record that is not there."""
        for slug, text in self.texts.items():
            files.save(self.folder / f"{slug}.yml", text)
        if self.after != self.before or not self.mapping.state.is_file():
            files.save(self.mapping.state, state.text_of(self.after))

    def missing(self, candidates: Sequence[Candidate]) -> Iterator[str]:
        """Name the records that came from rows this file no longer has."""
        present = {key for candidate in candidates for key in (candidate.key, candidate.name_key)}
        for key, written in sorted(self.before.items()):
            if key not in present:
                yield f"{written.slug} (ligne « {key} »)"

    def _left_out(self, candidate: Candidate) -> tuple[Outcome | None, str]:
        decision = candidate.decision
        if candidate.fault:
            return Outcome.REFUSED, candidate.fault
        if self.waits(candidate):
            return Outcome.SET_ASIDE, "aucune décision : la classer dans la table des décisions"
        if decision is not None and not decision.is_published:
            return Outcome.SET_ASIDE, f"{decision.classe} : {decision.raison}"
        if candidate.values.get("neq", "").startswith(SOLE_TRADER):
            return Outcome.SET_ASIDE, "le NEQ est celui d’une entreprise individuelle (22…)"
        if candidate.municipality is not None and not self.municipalities.is_local(candidate.municipality):
            return Outcome.SET_ASIDE, f"{candidate.municipality.nom} est hors des régions de l’annuaire"
        return None, ""

    def _group_outcomes(self, group: Group) -> Iterator[RowOutcome]:
        first = group.first
        values, conflicts = build(group, self.mapping, self.name_rules, self.territories)
        problems = self._problems(values, first.key)
        fault = next((p.message for p in problems if p.severity is Severity.ERROR), "")
        if fault:
            for row in group.rows:
                reason = fault if row is first else f"fusionne avec la ligne {first.number}, qui est refusée"
                yield _outcome(row, Outcome.REFUSED, reason)
            return
        verdict = self._verdict(values, first)
        hides = group.is_confidential or verdict.hides
        emails = [Change("courriel", f"importé, mais {p.message}") for p in problems if p.code == PERSONAL_EMAIL]
        told = verdict.differences
        yield _outcome(first, verdict.outcome, verdict.reason, verdict.slug, told, notes=emails, hides=hides)
        for row in group.merged:
            why = row.decision.raison if row.decision and row.decision.fusion else "même NEQ, ou mêmes nom et adresse"
            told = tuple(note for note in conflicts.get(row.number, ()) if not (hides and note.startswith(HIDDEN)))
            reason = f"avec la ligne {first.number} : {why}"
            yield _outcome(row, Outcome.MERGED, reason, verdict.slug, told, hides=hides)
        for row in group.places:
            reason = f"point de service de la ligne {first.number}"
            yield _outcome(row, Outcome.MERGED, reason, verdict.slug, hides=hides)

    def _problems(self, values: Mapping[str, object], key: str) -> list[Problem]:
        """Judge the record as `annuaire validate` would."""
        text = formatter.dump(values, self.schema)
        document = source.parse(text, self.folder / "import.yml")
        record = records.from_document(document, key, self.schema)
        return rules.judge_record(record, self.context)

    def _verdict(self, values: Mapping[str, object], first: Candidate) -> Verdict:
        known = first.key if first.key in self.before else first.name_key
        verdict = self.standing.judge(values, first.municipality, self.before.get(known))
        if verdict.text:
            self.texts[verdict.slug] = verdict.text
        if verdict.written:
            if known != first.key:
                self.after.pop(known, None)
            self.after[first.key] = verdict.written
        return verdict


def _outcome(
    row: Candidate,
    outcome: Outcome,
    reason: str,
    slug: str = "",
    differences: tuple[str, ...] = (),
    *,
    notes: Sequence[Change] = (),
    hides: bool = False,
) -> RowOutcome:
    """Make the outcome of a row; with `hides`, what cleaning did to its address is not told."""
    changes = [change for change in (*row.changes, *notes) if not (hides and change.path in PRIVATE)]
    return RowOutcome(
        number=row.number,
        key=row.key,
        name=row.name,
        municipality=row.municipality.nom if row.municipality else "",
        outcome=outcome,
        reason=reason,
        slug=slug,
        changes=tuple(str(change) for change in changes if not change.is_tidying),
        tidied=tuple(str(change) for change in changes if change.is_tidying),
        differences=differences,
    )


def _pairs(candidates: Sequence[Candidate], groups: Sequence[Group]) -> Iterator[str]:
    for one, other in identity.likely_pairs(candidates, groups):
        yield f"ligne {one.number} « {one.name} » et ligne {other.number} « {other.name} »"
