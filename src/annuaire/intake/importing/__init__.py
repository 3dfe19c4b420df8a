"""Import a spreadsheet of enterprises: clean, decide, merge, compare with what stands, write, tell.

A second import of the same file changes nothing, and none ever replaces what a person wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from annuaire import files, rules
from annuaire.catalogue import differences, exceptions
from annuaire.config import Settings, today
from annuaire.intake import asking, plain, withholding
from annuaire.intake.importing import (
    coincidence,
    decisions,
    deductions,
    headings,
    identity,
    mapping,
    namesakes,
    places,
    reading,
    state,
    suggesting,
    targets,
)
from annuaire.intake.importing.building import build
from annuaire.intake.importing.identity import Group
from annuaire.intake.importing.reconciling import Standing, Verdict
from annuaire.intake.importing.report import ImportReport, Outcome, RowOutcome, told_where
from annuaire.intake.importing.rows import PRIVATE, Candidate, RowReader
from annuaire.places import territories, vocabularies
from annuaire.places.meanings import Meanings
from annuaire.places.samples import localised
from annuaire.records import reading as records
from annuaire.records.collections import ENTERPRISES
from annuaire.records.reading import Record
from annuaire.rules import vocabulary
from annuaire.schema import load as load_schema
from annuaire.text.names import fold
from annuaire.text.problems import AnnuaireError, Problem, Severity
from annuaire.yamlfile import formatter, source

__all__ = ["ImportReport", "Outcome", "RowOutcome", "run", "told_where"]
SOLE_TRADER = "22"
HIDDEN = tuple(path.rpartition(".")[2] for path in PRIVATE)
_INTERNAL = ("provenances", "verification.")  # what the program alone writes: nobody is told that it differs
_PATH = re.compile(r"(?P<list>[a-z]+(?=\[[0-9]+\])|)(?:\[(?P<rank>[0-9]+)\])?(?P<path>[a-z_.]+)\s*:\s*")
_QUOTED = re.compile("(?<=«[\u00a0 ])[^»]*(?=[\u00a0 ]»)")
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
    sheet = reading.read_within(source_file, job.mapping.sheet, headings.finder(job.mapping.needed))
    missing = [column for column in job.mapping.needed if column not in sheet.columns]
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
        read_at=told_where(sheet),
        rows=tuple(outcomes[candidate.number] for candidate in candidates),
        pairs=tuple(_pairs(candidates, job.groups)),
        missing=tuple(job.missing(candidates)),
        coincidences=tuple(job.coincidences(outcomes)),
        dry_run=dry_run,
        waiting=len(waiting),
        how_to_decide=suggesting.how_to_decide(sheet, job.mapping) if waiting else "",
        to_classify=to_classify,
    )


class _Job:
    """Hold what one import needs, and what it will write."""

    def __init__(self, mapping_file: Path, settings: Settings) -> None:
        self.settings = settings
        files.complete(settings.cache)
        overrides = settings.own_tables
        self.folder = settings.content / ENTERPRISES
        self.territories = territories.load(overrides)
        self.schema = localised(load_schema(ENTERPRISES), self.territories, settings.regions)
        words = vocabularies.load(overrides)
        self.context = rules.Context(settings, self.territories, words, today())
        self.meanings = Meanings(words, self.territories)
        self.mapping = mapping.load(mapping_file, self.schema, self.meanings)
        self.fields = targets.paths(self.schema)
        self.titles = targets.labels(self.schema)
        self.wording = differences.Wording(words, self.territories)
        self.lists = frozenset(path for path, field in self.fields.items() if field.is_list)
        table = self.mapping.decisions
        self.decisions = decisions.load(table, words, self.territories) if table else {}
        self.table = table.name if table else "une table de décisions"
        self.name_rules = deductions.load(self.mapping.rules, words) if self.mapping.rules else ()
        self.municipalities = places.Municipalities(self.territories, settings.regions)
        self._check_town()
        towns = {m.nom: m for m in self.territories.municipalities.values() if self.municipalities.is_local(m)}
        mrcs = self.territories.mrcs_of(settings.regions)
        regions = [region.nom for region in self.territories.regions.values()]
        names = (*(mrc.nom for mrc in mrcs), *regions, *self.territories.former, "Québec", "Canada")
        self.reader = RowReader(
            self.mapping,
            self.municipalities,
            self.decisions,
            self.name_rules,
            towns,
            names,
            overrides,
            fields=self.fields,
            meanings=self.meanings,
        )
        self.standing_records = read = records.Folder(self.folder, settings.root, self.schema).read()
        self.admissions = exceptions.admissions(settings.content / exceptions.FILE_NAME)
        self.asked = asking.read(settings.content)
        self.questions: set[asking.Question] = set()
        self.standing = Standing(read, self.schema, self.accepts)
        self.groups: Sequence[Group] = ()
        self.keys: set[str] = set()
        self.state_text = state.read(self.mapping.state)
        self.stored = state.load(self.state_text, self.mapping.state.name)
        self.before = self.after = dict(self.stored)
        self.texts: dict[str, str] = {}

    def _check_town(self) -> None:
        """Raise AnnuaireError when the municipality said for the whole list is none."""
        constants = self.mapping.constants
        if targets.TOWN in constants:
            town, read = self.municipalities.match(constants[targets.TOWN], constants.get(targets.TERRITORY, ""))
            if town is None:
                raise AnnuaireError(f"{self.mapping.file}\u00a0: pour toutes les fiches, {read.fault}.")

    def outcomes(self, candidates: Sequence[Candidate], progress: Progress) -> dict[int, RowOutcome]:
        """Give each row its one outcome, by row number."""
        found: dict[int, RowOutcome] = {}
        publishable = []
        for candidate in candidates:
            outcome, reason = self._left_out(candidate)
            if outcome is None:
                publishable.append(candidate)
            else:
                found[candidate.number] = self._outcome(candidate, outcome, reason)
        self.groups = identity.group(publishable, groups_places=self.mapping.groups_places)
        self.keys = {group.first.key for group in self.groups}
        self.before = namesakes.relabelled(self.groups, self.stored, self.standing.made)
        self.after = dict(self.before)
        for group in self.groups:
            self.standing.claim(self._before(group.first))
        for group in self.groups:
            found |= {row.number: row for row in self._group_outcomes(group)}
            progress(len(found), len(candidates))
        return found

    def category(self, word: str) -> tuple[str, str]:
        """Give the code and the label of the purchase category that a word names, by itself or by a buyer's word."""
        known = self.context.vocabularies.categories
        code = self.meanings.code(self.fields[f"{targets.OFFERS}.categorie"], word)
        if not code:
            said = vocabulary.words("categories", self.context.vocabularies, self.territories)
            code = next((slug for name, slug in said.items() if fold(name) == fold(word.strip())), "")
        return (code, known[code].libelle) if code else ("", "")

    def waits(self, candidate: Candidate) -> bool:
        """Tell whether a row could be published and only lacks a decision."""
        return candidate.decision is None and not candidate.is_kept and not candidate.fault

    def accepts(self, record: Record, text: str) -> bool:
        """Tell whether a record written with another text would hold no error that it did not hold."""
        proposed = records.from_document(source.parse(text, record.document.path), record.file, self.schema)
        before, after = (
            {(p.code, p.path) for p in rules.judge_record(one, self.context) if p.severity is Severity.ERROR}
            for one in (record, proposed)
        )
        return after <= before

    def write(self) -> None:
        """Write the records, the state that speaks of them and what they leave to ask, all together."""
        wanted = [
            files.Writing(self.folder / f"{slug}.yml", text, self.standing.text_of(slug))
            for slug, text in self.texts.items()
        ]
        if self.after != self.stored or self.state_text is None:
            wanted.append(files.Writing(self.mapping.state, state.text_of(self.after), self.state_text))
        wanted += self.asked.writings(self.questions, self._records_after())
        files.write_all(wanted, self.settings.cache)

    def _records_after(self) -> dict[str, Record]:
        """Give the records by slug, as they stand once this import is written."""
        found = {record.slug: record for record in self.standing_records}
        for slug, text in self.texts.items():
            path = self.folder / f"{slug}.yml"
            found[slug] = records.from_document(source.parse(text, path), self.settings.relative(path), self.schema)
        return found

    def missing(self, candidates: Sequence[Candidate]) -> Iterator[str]:
        """Name the records that came from rows this file no longer has."""
        present = {key for candidate in candidates for key in (candidate.key, candidate.name_key)}
        for key, written in sorted(self.before.items()):
            if key not in present:
                yield f"{written.slug} (ligne « {key} »)"

    def coincidences(self, outcomes: Mapping[int, RowOutcome]) -> Iterator[str]:
        """Say what would be published at the address of a confidential place, by names alone."""
        slugs = {number: outcome.slug for number, outcome in outcomes.items()}
        towns = {name: found[0].code for name, found in self.territories.by_name.items() if len(found) == 1}
        return coincidence.coincidences(self.groups, slugs, self.standing_records, towns)

    def _left_out(self, candidate: Candidate) -> tuple[Outcome | None, str]:
        decision = candidate.decision
        if candidate.fault:
            return Outcome.REFUSED, candidate.fault
        if self.waits(candidate):
            return (
                Outcome.SET_ASIDE,
                f"aucune décision\u00a0: la garder dans {self.mapping.file} ou la classer dans {self.table}",
            )
        if decision is not None and not decision.is_published:
            return Outcome.SET_ASIDE, f"{decision.classe} : {decision.raison}"
        if candidate.values.get("neq", "").startswith(SOLE_TRADER):
            return Outcome.SET_ASIDE, "le NEQ est celui d’une entreprise individuelle (22…)"
        if candidate.municipality is not None and not self.municipalities.is_local(candidate.municipality):
            return Outcome.SET_ASIDE, f"{candidate.municipality.nom} est hors des régions de l’annuaire"
        return None, ""

    def _group_outcomes(self, group: Group) -> Iterator[RowOutcome]:
        first = group.first
        values, conflicts = build(group, self.mapping, self.name_rules, self.territories, self.category, self.lists)
        problems = self._problems(values, first.key)
        slug = self._standing_slug(values, first)
        left_out = withholding.suspects(problems, slug, self.admissions)
        if left_out:
            values = withholding.without(values, left_out, self.schema, {})
            problems = self._problems(values, first.key)
        fault = "; ".join(dict.fromkeys(self._fault(p) for p in problems if p.severity is Severity.ERROR))
        bearer = self.standing.neq_of_another(values, first.municipality, self._before(first))
        fault = "; ".join(filter(None, (bearer, fault)))
        if fault:
            for row in group.rows:
                reason = fault if row is first else f"fusionne avec la ligne {first.number}, qui est refusée"
                yield self._outcome(row, Outcome.REFUSED, reason)
            return
        verdict = self._verdict(values, first)
        hides = group.is_confidential or verdict.hides
        if verdict.slug:  # an import fills what is empty: a field that holds something by then asks nothing
            self.questions |= {asking.question(verdict.slug, problem, {}) for problem in left_out}
        told_of = self._withheld(group, left_out)
        told = (*verdict.differences, *conflicts.get(first.number, ()))
        yield self._outcome(
            first, verdict.outcome, verdict.reason, verdict.slug, told, withheld=told_of[first.number], hides=hides
        )
        for row in group.merged:
            why = row.decision.raison if row.decision and row.decision.fusion else "même NEQ, ou mêmes nom et adresse"
            told = tuple(note for note in conflicts.get(row.number, ()) if not (hides and note.startswith(HIDDEN)))
            reason = f"avec la ligne {first.number} : {why}"
            yield self._outcome(
                row, Outcome.MERGED, reason, verdict.slug, told, withheld=told_of[row.number], hides=hides
            )
        for row in group.places:
            told = tuple(conflicts.get(row.number, ()))
            reason = f"point de service de la ligne {first.number}"
            yield self._outcome(
                row, Outcome.MERGED, reason, verdict.slug, told, withheld=told_of[row.number], hides=hides
            )

    def _outcome(
        self,
        row: Candidate,
        outcome: Outcome,
        reason: str,
        slug: str = "",
        differences: tuple[str, ...] = (),
        *,
        withheld: Sequence[str] = (),
        hides: bool = False,
    ) -> RowOutcome:
        """Make the outcome of a row; with `hides`, what cleaning did to its address is not told."""
        changes = [change for change in row.changes if not (hides and change.path in PRIVATE)]
        return RowOutcome(
            number=row.number,
            key=row.key,
            name=row.name,
            municipality=row.municipality.nom if row.municipality else "",
            outcome=outcome,
            reason=reason,
            slug=slug,
            changes=tuple(change.said(self.titles) for change in changes if not change.is_tidying),
            tidied=tuple(change.said(self.titles) for change in changes if change.is_tidying),
            differences=tuple(self._worded(note) for note in differences if not note.startswith(_INTERNAL)),
            withheld=tuple(withheld),
        )

    def _worded(self, note: str) -> str:
        """Say a note, which begins with the path of a field, under the title that people know the field by."""
        found = _PATH.match(note)
        path = f"{found['list'] or ''}{found['path']}" if found else ""
        known = next((p for p in (path, f"{targets.PLACE}.{path}") if p in self.titles), "")
        if not found or not known:
            return note
        rank = found["rank"] or "1"
        more = f" ({rank})" if rank != "1" else ""
        choices = self.meanings.choices(self.fields[known]) if known in self.fields else {}

        def labelled(quoted: re.Match[str]) -> str:
            return ", ".join(choices.get(code, code) for code in quoted[0].split(", "))

        said = _QUOTED.sub(labelled, note[found.end() :]) if choices else note[found.end() :]
        return f"{self.titles[known]}{more}\u00a0: {said}"

    def _withheld(self, group: Group, left_out: Sequence[Problem]) -> dict[int, list[str]]:
        """Say, by row number, what was left out of each row and why."""
        told: dict[int, list[str]] = {row.number: [] for row in group.rows}
        titles = {path: column for column, path in self.mapping.columns.items()}
        for problem in left_out:
            is_of_place = problem.path[:1] == (targets.PLACE,)
            rank = next((step for step in problem.path if isinstance(step, int)), 0) if is_of_place else 0
            path = ".".join(str(step) for step in problem.path if not isinstance(step, int))
            here = (group.first, *group.merged) if is_of_place else group.rows
            rows = (group.places[rank - 1],) if rank else here
            row = next((row for row in rows if path in row.values), rows[0])
            told[row.number].append(
                f"{titles.get(path) or self.titles.get(path, path)}\u00a0: {problem.message} [{problem.code}]"
            )
        return told

    def _fault(self, problem: Problem) -> str:
        """Say a fault of a record as who wrote the list knows it: under the title of the column, without a key."""
        steps = [str(step) for step in problem.path if not isinstance(step, int)]
        path = ".".join(steps)
        column = next((column for column, target in self.mapping.columns.items() if target == path), "")
        said = plain.said(problem, self.schema, self.wording)[0]
        return f"colonne «\u00a0{column}\u00a0»\u00a0: {said}" if column else said

    def _standing_slug(self, values: Mapping[str, object], first: Candidate) -> str:
        return self.standing.slug_of(values, first.municipality, self._before(first))

    def _before(self, first: Candidate) -> state.Written | None:
        return self.before.get(self._known(first))

    def _known(self, first: Candidate) -> str:
        """Give the key under which a row was imported: before it had a NEQ, its name, unless another row has it."""
        return first.key if first.key in self.before or first.name_key in self.keys else first.name_key

    def _problems(self, values: Mapping[str, object], key: str) -> list[Problem]:
        """Judge the record as `annuaire validate` would."""
        text = formatter.dump(values, self.schema)
        document = source.parse(text, self.folder / "import.yml")
        record = records.from_document(document, key, self.schema)
        return rules.judge_record(record, self.context)

    def _verdict(self, values: Mapping[str, object], first: Candidate) -> Verdict:
        verdict = self.standing.judge(values, first.municipality, self._before(first))
        if verdict.text:
            self.texts[verdict.slug] = verdict.text
        if verdict.written:
            self.after.pop(self._known(first), None)
            self.after[first.key] = verdict.written
        return verdict


def _pairs(candidates: Sequence[Candidate], groups: Sequence[Group]) -> Iterator[str]:
    for one, other in identity.likely_pairs(candidates, groups):
        yield f"ligne {one.number} « {one.name} » et ligne {other.number} « {other.name} »"
