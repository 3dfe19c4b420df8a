"""Apply what people send to the Pôle: a record, a mail, the text of a correction, a workbook, a call sheet, a decision.

Each file stands alone: what it asks is written whole or not at all, and only when the records it leaves hold no
error. Nothing is read of a mail but its correction. The way of a file, a module for each step:

1. `intake` tells what it is; `mail`, `message`, `whole_record`, `workbook`, `answers` (call sheets) and `decisions`
   (on what the register says) read it.
2. Each makes of it the same thing, a `proposal`: values by path, from the text of the record that it started from.
3. `texts` gives the text that the record takes: `versions` finds in git the one it started from when it has changed
   since, `merging` lays the values over what stands now.
4. Here, what may name a person is left out, and the records as they would be are judged with all the others; `place`
   says where a fault is in what was sent.
5. `outcome` says before and after, and what is refused, left aside or left to a person; only then is anything written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from annuaire import files, rules
from annuaire.catalogue import differences, exceptions, loading
from annuaire.config import Settings
from annuaire.intake import asking, withholding
from annuaire.intake.applying import answers, decisions, intake, merging, place, vouching
from annuaire.intake.applying.images import Images
from annuaire.intake.applying.outcome import FileOutcome, RecordOutcome, report, summary
from annuaire.intake.applying.place import locate
from annuaire.intake.applying.proposal import NEW, Proposal, base_of, schema_of
from annuaire.intake.applying.texts import Texts, is_odd
from annuaire.intake.applying.workbook import BookReader
from annuaire.intake.importing import reading
from annuaire.intake.understanding import Understanding
from annuaire.intake.workbooks import call_sheet, choosing, records_book, registry_book
from annuaire.intake.workbooks.columns import Columns, columns_of, root_sheet
from annuaire.records import reading as records
from annuaire.records.collections import COLLECTIONS, ENTERPRISES, parted
from annuaire.records.reading import Record
from annuaire.schema import Schema
from annuaire.text import french
from annuaire.text.problems import AnnuaireError, Problem, Severity
from annuaire.yamlfile import formatter, source

__all__ = ["RECEPTION", "Application", "FileOutcome", "RecordOutcome", "check_public", "received", "report", "summary"]
RECEPTION = "reception"  # the folder where files are dropped
_OWN_VOUCHING = (
    "la demande change elle-même le statut ou la vérification de la fiche\u00a0: s’en assurer auprès de l’entreprise"
)
_UNCONFIRMED = (
    "la confirmation\u00a0: une partie de ce qui a été confirmé est laissée de côté; la redemander à l’entreprise"
)
_MOVED = "l’adresse a changé\u00a0: le point de la carte, qui était celui de l’ancienne, est retiré"
_UNKNOWN = (
    "nouvelle fiche\u00a0: s’assurer que l’entreprise existe, qu’elle est du territoire du Pôle et d’économie sociale"
)
_UNSOURCED = "nouvelle fiche\u00a0: en vérifier la source"
_VOUCHING = (
    ("statut",),
    ("date_fermeture",),
    ("fusionnee_avec",),
    ("verification", "statut"),
    ("verification", "date"),
    ("verification", "par"),
)


def received(settings: Settings) -> list[Path]:
    """List the files of the reception folder, its notice and hidden files left out."""
    folder = settings.root / RECEPTION
    if not folder.is_dir():
        return []
    return sorted(p for p in folder.iterdir() if not p.name.startswith(".") and p.name.upper() != "LISEZMOI.MD")


def check_public(paths: Sequence[Path]) -> None:
    """Raise AnnuaireError when one of these files, which the forge keeps, may hold the name of a person."""
    private = next((path for path in paths if not intake.is_public(path)), None)
    if private is not None:
        raise AnnuaireError(
            f"«\u00a0{private.name}\u00a0» porte plus que des corrections, peut-être le nom d’une personne, et la "
            "plateforme garde ce qui y est déposé\u00a0: rien n’a été appliqué. Supprimer cette branche, puis en "
            "refaire une en ne collant que ce qui va de «\u00a0[annuaire 1]\u00a0» à «\u00a0[fin] contrôle …\u00a0»."
        )


class Application:
    """Work out what received files do to the records of a site; nothing is written before `write`."""

    def __init__(self, settings: Settings, today: date, images: Sequence[Path] = ()) -> None:
        self.settings, self.images = settings, Images(settings, images)
        files.complete(settings.cache)
        self.received: dict[Path, bytes | None] = {}  # what was read in each file, by its path
        loader = loading.Loader(settings)
        self.schemas = {one.name: loader.schema(one.name) for one in COLLECTIONS if one.is_open}
        self.schema = self.schemas[ENTERPRISES]  # of what the team alone sends: calls, decisions on the register
        self.loaded = loader.load(today)
        context = self.loaded.context
        self.wording = differences.Wording(context.vocabularies, context.territories, tuple(settings.regions))
        self.understanding = Understanding.of(context.vocabularies, context.territories, settings.regions)
        self.found: dict[str, Record] = {
            record.reference: record for name in self.schemas for record in self.loaded.records[name]
        }
        self.records = dict(self.found)  # and what each file accepted makes of them
        self.known = _errors(self.loaded.problems)
        self.admissions = exceptions.admissions(settings.content / exceptions.FILE_NAME)
        self.asked = asking.read(settings.content)

    def read(self, paths: Sequence[Path]) -> list[FileOutcome]:
        """Say what each file does, in turn: one sees what those before it have changed."""
        return [self._file(path) for path in paths]

    def write(self, outcomes: Sequence[FileOutcome]) -> None:
        """Write the records of every file that is accepted, and what they leave to ask, all together.

        Raise AnnuaireError, with nothing written, when one of these files is no longer what was read.
        """
        texts = {record.reference: record.text for outcome in outcomes for record in outcome.changed}
        wanted = []
        for named, text in texts.items():
            found = self.found.get(named)
            wanted.append(files.Writing(self.texts.path(named), text, found.document.text if found else None))
        wanted += [*self.images.writings(outcomes), *self.asked.writings(_questions(outcomes), self.records)]
        files.write_all(wanted, self.settings.cache)

    def asks(self, outcomes: Sequence[FileOutcome]) -> bool:
        """Tell whether something that was left out is to be asked and is not remembered yet."""
        return not _questions(outcomes) <= self.asked.questions

    def remove(self, paths: Sequence[Path], outcomes: Sequence[FileOutcome]) -> list[str]:
        """Take out of the reception folder the files of which nothing is left to do, and say which."""
        folder = (self.settings.root / RECEPTION).resolve()
        told = []
        for path, outcome in zip(paths, outcomes, strict=True):
            if outcome.is_whole and path.resolve().parent == folder:
                if self.received.get(path) != _content(path):
                    told.append(f"Gardé dans {RECEPTION}/, il a changé pendant ce temps\u00a0: {path.name}")
                    continue
                path.unlink()
                told.append(f"Retiré de {RECEPTION}/, tout y est appliqué\u00a0: {path.name}")
        return told

    def template(
        self, path: Path, slugs: Sequence[str], *, collection: str = ENTERPRISES, is_short: bool = False
    ) -> int:
        """Write the workbook of some records, those that cannot be read left out; give how many it holds."""
        schema = self.schemas[collection]
        own = [record for record in self.records.values() if record.schema.name == collection]
        chosen = choosing.named(slugs, own)
        chosen = [r for r in chosen if not r.document.faults and not is_odd(r.values, schema.children)]
        versions = [base_of(record.document.text) for record in chosen]
        records_book.write(path, self._columns(schema), chosen, versions, is_short=is_short)
        return len(chosen)

    def slugs(
        self, mrcs: Sequence[str] = (), categories: Sequence[str] = (), collection: str = ENTERPRISES
    ) -> list[str]:
        """List the records of the enterprises of these MRCs that offer these categories; without either, every one.

        Those of another `collection` go without MRC or category.
        """
        if not mrcs and not categories:
            return sorted(record.slug for record in self.records.values() if record.schema.name == collection)
        return sorted(e.slug for e in choosing.choose(self.loaded.catalogue(), mrcs, categories))

    def to_call(self, mrcs: Sequence[str], categories: Sequence[str]) -> list[call_sheet.Call]:
        """List the calls to make to the enterprises of these MRCs that offer these categories, in order."""
        catalogue, today = self.loaded.catalogue(), self.loaded.context.today
        ours = (one for one in self.asked.questions if parted(one.slug).collection == ENTERPRISES)
        asked = [one for one in ours if one.is_open(self.records)]
        return call_sheet.choose(catalogue, self.schema, today, choosing.choose(catalogue, mrcs, categories), asked)

    def calls(self, path: Path, chosen: Sequence[call_sheet.Call]) -> None:
        """Write the call sheet (`.xlsx`, or `.html` to print)."""
        title = f"Feuille d’appel, {french.day(self.loaded.context.today)}"
        if path.suffix.lower() == ".html":
            files.save(path, call_sheet.as_html(chosen, title))
        else:
            call_sheet.write(path, chosen, lambda slug: base_of(self.records[slug].document.text), title)

    def _file(self, path: Path) -> FileOutcome:
        outcome = FileOutcome(path.name)
        self.received[path] = _content(path)
        try:
            got = intake.read(path, self.schemas, self._workbook)
        except AnnuaireError as error:
            outcome.refusal = str(error)
            return outcome
        outcome.notes, outcome.said = list(got.notes), list(got.said)
        made: dict[str, Record] = {}
        proposals: dict[str, Proposal] = {}
        for sent in got.proposals:
            proposal, understood = self.understanding.proposal(sent, schema_of(sent.reference, self.schemas))
            result = self._record(proposal)
            result.understood = understood
            proposals[proposal.reference] = proposal
            former = next((record for record in outcome.records if record.reference == result.reference), None)
            if former is None:
                outcome.records.append(result)
            elif (former.text, former.refusal) != (result.text, result.refusal):  # a text and the file beside it agree
                return FileOutcome(
                    path.name,
                    refusal=f"la fiche «\u00a0{result.reference}\u00a0» y est deux fois\u00a0: n’en garder qu’une",
                )
            if result.text:
                made[result.reference] = self._parsed(result.reference, result.text)
        self.images.take(outcome, made, got.images)
        self._judge(outcome, made, proposals)
        if got.stands_by_row and not outcome.is_accepted:
            self._set_aside(outcome, made, proposals)
            self._judge(outcome, made, proposals)
        if outcome.is_accepted:
            self.records.update(made)
        return outcome

    def _set_aside(self, outcome: FileOutcome, made: dict[str, Record], proposals: Mapping[str, Proposal]) -> None:
        """Leave out the rows that are refused, each named with its reason, when others stand."""
        refused = [record for record in outcome.records if record.refusal]
        if len(refused) == len(outcome.records) and not outcome.notes:
            return
        for record in refused:
            known = self.records.get(record.reference) or made.get(record.reference)
            reasons = [f"{fault.place}\u00a0: {fault.message}" for fault in record.faults] or [record.refusal]
            name = known.name if known else record.reference
            outcome.notes += [f"laissé de côté, {name}\u00a0: {reason}" for reason in reasons]
            outcome.notes += [
                f"laissé de côté avec elle, {name}\u00a0: {row}"
                for row in place.rows_of(proposals[record.reference])
                if not any(f"{reason},".startswith((f"{row},", f"{row}\u00a0:")) for reason in reasons)
            ]
            outcome.records.remove(record)
            made.pop(record.reference, None)

    def _workbook(self, path: Path) -> intake.Received:
        names = reading.sheet_names(path)
        for schema in self.schemas.values():
            if root_sheet(schema) in names:
                return BookReader(path, self._columns(schema), self.texts.text_of, self.records).read(names)
        if call_sheet.SHEET in names:
            return answers.read(path, self.schema, self.texts.text_of, self.loaded.context.today)
        if registry_book.SHEET in names:
            return decisions.read(path, self.columns, self.texts.text_of)
        raise AnnuaireError("ce classeur n’a été préparé ni par annuaire template, ni par annuaire appels ou registre")

    @cached_property
    def columns(self) -> Columns:
        """Give what stands in the columns of this site's workbooks of enterprises."""
        return self._columns(self.schema)

    def _columns(self, schema: Schema) -> Columns:
        context = self.loaded.context
        return columns_of(schema, context.vocabularies, context.territories, self.settings)

    @property
    def texts(self) -> Texts:
        """Give what says which text a record takes, the records being as they are now."""
        content, excluded = self.settings.content, self.settings.excluded_sources
        return Texts(content, self.schemas, self.found, self.records, excluded)

    def _parsed(self, named: str, text: str) -> Record:
        path, schema = self.texts.path(named), schema_of(named, self.schemas)
        document = source.parse_bytes(text.encode("utf-8", "surrogatepass"), path)
        return records.from_document(document, self.settings.relative(path), schema)

    def _record(self, proposal: Proposal) -> RecordOutcome:
        named = proposal.reference
        before = self.records.get(named)
        path, schema = self.texts.path(named), schema_of(named, self.schemas)
        file = self.settings.relative(path)
        outcome = RecordOutcome(named, file, is_new=before is None and proposal.base in ("", NEW), notes=proposal.notes)
        outcome.sender = proposal.sender
        try:
            text, outcome.conflicts, stale = self.texts.laid(proposal, before)
            if before is not None and text == before.document.text:
                outcome.is_done = proposal.base not in ("", base_of(text))
                return outcome
            after = self._parsed(named, text)
            empty = Record(path.stem, file, source.Document(path, "", {}), schema)
            after = self._withhold(outcome, after, before or empty, vouches=proposal.is_from_staff)
            text = after.document.text
            if before is not None and text == before.document.text:
                return outcome
            withholding.refuse_unveiling(before, after, vouches=proposal.is_from_staff)
            outcome.differences = differences.differences(before or empty, after, self.wording)
            outcome.text = text
            outcome.notes = [*outcome.notes, *([_MOVED] if stale else [])]
            if not proposal.is_from_staff:
                outcome.notes = [*outcome.notes, *_to_check(before, after, outcome.differences)]
        except AnnuaireError as error:
            outcome.refusal = str(error)
        return outcome

    def _withhold(self, outcome: RecordOutcome, after: Record, before: Record, *, vouches: bool) -> Record:
        """Leave out of a record what a proposal adds that may name a person; what is said of it never quotes it.

        Nobody but the team (`vouches`) has then confirmed what is left.
        """
        standing = {(p.code, p.value) for p in rules.judge_record(before, self.loaded.context)}
        found = withholding.suspects(rules.judge_record(after, self.loaded.context), after.slug, self.admissions)
        found = [problem for problem in found if (problem.code, problem.value) not in standing]
        if not found:
            return after
        values = withholding.without(after.values, found, after.schema, before.values)
        if not vouches:
            confirmed, values = values, vouching.unconfirmed(values, before.values)
            outcome.conflicts = [*outcome.conflicts, *([_UNCONFIRMED] if values != confirmed else [])]
        asked = [asking.question(after.reference, problem, values) for problem in found]
        outcome.questions = frozenset(one for one in asked if one.path)  # nobody is asked for a comment
        outcome.withheld = [
            f"{asking.title_of(one.path, after.schema)}\u00a0: {withholding.REASONS[one.code]} [{one.code}]"
            for one in asked
        ]
        text = withholding.without_comments(after.document.text, found)
        if values != after.values:
            if merging.alike(values, before.values):
                return before
            text = formatter.rewrite(text, values, after.schema, after.document.path.name)
        return self._parsed(after.reference, text)

    def _judge(self, outcome: FileOutcome, made: Mapping[str, Record], proposals: Mapping[str, Proposal]) -> None:
        """Refuse the records that would hold an error, and those that would put another one at fault."""
        if not made:
            return
        every = {**self.records, **made}
        ours = {
            name: tuple(one for _, one in sorted(every.items()) if one.schema.name == name) for name in self.schemas
        }
        judged = loading.judged({**self.loaded.records, **ours}, self.images.joined(self.loaded.context))
        former = {_key(p) for p in self.loaded.problems}
        standing = {(*_key(p), p.message) for p in self.loaded.problems}
        for record in outcome.records:
            if record.reference not in made:
                continue
            own = [p for p in judged.problems if p.location.file == record.file]
            told = [p for p in own if p.severity is Severity.ERROR]
            if told and all((*_key(p), p.message) in standing for p in told):
                record.refusal = (
                    "la fiche d’aujourd’hui a déjà des erreurs, que ceci ne corrige pas\u00a0: la corriger d’abord"
                )
            elif told:
                record.refusal = "la fiche aurait des erreurs"
            else:
                told = [p for p in own if _key(p) not in former]
            record.faults = [locate(p, made[record.reference], proposals[record.reference], self.wording) for p in told]
        others = {one.file for one in made.values()}
        others_at_fault = [p for p in judged.errors if p.location.file not in others and _key(p) not in self.known]
        if others_at_fault and outcome.is_accepted:
            first = next(record for record in outcome.records if record.reference in made)
            first.refusal = "une autre fiche aurait des erreurs"
            by_file = {record.file: record for record in every.values()}
            first.faults = [
                *first.faults,
                *(
                    place.elsewhere(p, by_file.get(p.location.file), proposals[first.reference], self.wording)
                    for p in others_at_fault
                ),
            ]


def _to_check(before: Record | None, after: Record, found: Sequence[differences.Difference]) -> Iterator[str]:
    """Yield what only a person can make sure of, when it is not the team who proposes."""
    if before is None:
        yield _UNKNOWN if after.schema.name == ENTERPRISES else _UNSOURCED
        if after.text("verification", "statut") == "confirmee":
            yield _OWN_VOUCHING
    elif any(each.path in _VOUCHING or _confirms(each) for each in found):
        yield _OWN_VOUCHING


def _confirms(difference: differences.Difference) -> bool:
    """Tell whether an offer is vouched for in a new way."""
    return difference.path[2:] == ("verification", "date") and difference.kind is not differences.Kind.REMOVED


def _questions(outcomes: Sequence[FileOutcome]) -> frozenset[asking.Question]:
    """Gather what the files that are accepted leave to ask."""
    return frozenset().union(
        *(record.questions for outcome in outcomes if outcome.is_accepted for record in outcome.records)
    )


def _content(path: Path) -> bytes | None:
    """Digest what a received file holds, so that one dropped in its place meanwhile is known; None when unreadable."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return None


def _key(problem: Problem) -> tuple[Any, ...]:
    return problem.location.file, problem.code, problem.path


def _errors(problems: Sequence[Problem]) -> frozenset[tuple[Any, ...]]:
    return frozenset(_key(problem) for problem in problems if problem.severity is Severity.ERROR)
