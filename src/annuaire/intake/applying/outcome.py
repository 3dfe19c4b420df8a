"""Say in French what became of each file that was received: before and after, what is refused, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annuaire.catalogue.differences import Difference, Kind
from annuaire.intake.applying.place import Fault
from annuaire.intake.asking import Question
from annuaire.text import french
from annuaire.text.french import NBSP
from annuaire.text.messages import inert

LET_THROUGH = (
    f"conseil{NBSP}: la feuille d’appel le demandera; pour le laisser passer, l’ajouter à content/exceptions.yml "
    "(fiche, code, valeur, raison), puis appliquer de nouveau"
)


@dataclass(slots=True)
class RecordOutcome:
    """Hold what a proposal does to one record, named by its reference; `refusal` says why it does nothing.

    `sender` is who says to have written it; `understood` says which words were read as others; `withheld` says what was
    left out since it may name a person, `questions` what to ask instead. `is_done` says it was applied before.
    """

    reference: str
    file: str
    is_new: bool = False
    sender: str = ""
    differences: Sequence[Difference] = ()
    conflicts: Sequence[str] = ()
    notes: Sequence[str] = ()
    understood: Sequence[str] = ()
    withheld: Sequence[str] = ()
    questions: frozenset[Question] = frozenset()
    faults: Sequence[Fault] = ()
    refusal: str = ""
    text: str = ""
    is_done: bool = False

    @property
    def changes(self) -> bool:
        """Tell whether the record's text is to be written."""
        return bool(self.text)


@dataclass(slots=True)
class FileOutcome:
    """Hold what became of one received file: a refusal of the whole, or what it does to each record.

    `notes` are left to a person; `said` asks nothing; `images` are the files to place with its records.
    """

    name: str
    records: list[RecordOutcome] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    refusal: str = ""
    images: dict[Path, bytes] = field(default_factory=dict)

    @property
    def is_accepted(self) -> bool:
        """Tell whether what it asks may be written: nothing in it is refused."""
        return not self.refusal and not any(record.refusal for record in self.records)

    @property
    def is_whole(self) -> bool:
        """Tell whether all it asks is done once it is written: no conflict, nothing left for a person."""
        return (
            self.is_accepted and not self.notes and not any(r.conflicts or r.notes or r.withheld for r in self.records)
        )

    @property
    def changed(self) -> list[RecordOutcome]:
        """List the records it changes, when it may be written."""
        return [record for record in self.records if record.changes] if self.is_accepted else []


def report(outcomes: Sequence[FileOutcome]) -> str:
    """Write the whole report, without a last line break."""
    return "\n".join(line for outcome in outcomes for line in (*_file(outcome), "")).rstrip("\n")


def summary(outcomes: Sequence[FileOutcome], *, written: bool) -> str:
    """Count what was done, in one sentence."""
    files = [outcome for outcome in outcomes if outcome.is_accepted]
    records = {record.reference for outcome in files for record in outcome.changed}
    refused = len(outcomes) - len(files)
    if not records:
        words = "Rien à changer" if files or not outcomes else "Rien n’a été écrit"
    elif written:
        words = f"{french.count(len(records), 'fiche')} {'écrite' if len(records) < 2 else 'écrites'}"
    else:
        words = f"{french.count(len(records), 'fiche')} à écrire"
    tail = f", {french.count(refused, 'fichier')} {'refusé' if refused < 2 else 'refusés'}" if refused else ""
    return f"{words}{tail}."


def _file(outcome: FileOutcome) -> Iterator[str]:
    yield f"{inert(outcome.name)}"
    if outcome.refusal:
        yield f"  refusé{NBSP}: {inert(outcome.refusal)}"
        yield "  Rien de ce fichier n’a été écrit."
        return
    quiet = done = 0
    for record in outcome.records:
        if record.changes or record.refusal or record.conflicts or record.notes or record.withheld:
            yield from _record(record)
        elif record.is_done:
            done += 1
        else:
            quiet += 1
    if done:
        yield f"  déjà appliqué{NBSP}: {french.count(done, 'fiche')} sans changement"
    if quiet:
        yield f"  {french.count(quiet, 'fiche')} sans changement"
    yield from (f"  {inert(words)}" for words in outcome.said)
    yield from (f"  à faire{NBSP}: {inert(note)}" for note in outcome.notes)
    if not outcome.records and not outcome.notes and not outcome.said:
        yield f"  rien à y lire{NBSP}: aucune ligne n’est remplie"
    if not outcome.is_accepted:
        yield "  Rien de ce fichier n’a été écrit."


def _record(record: RecordOutcome) -> Iterator[str]:
    yield f"  {inert(record.file)}{' (nouvelle fiche)' if record.is_new else ''}"
    if record.sender:
        yield f"    envoyé au nom de {inert(record.sender)}, d’après ce qui a été reçu"
    for difference in record.differences:
        yield from _difference(difference)
    yield from (f"    compris{NBSP}: {inert(words)}" for words in record.understood)
    yield from (f"    laissé de côté{NBSP}: {inert(words)}" for words in record.conflicts)
    yield from (f"    laissé de côté{NBSP}: {inert(words)}" for words in record.withheld)
    if record.withheld:
        yield f"        {LET_THROUGH}"
    yield from (f"    à faire{NBSP}: {inert(words)}" for words in record.notes)
    if record.refusal:
        yield f"    refusé{NBSP}: {inert(record.refusal)}"
    for fault in record.faults:
        problem = fault.problem
        code = f" [{problem.code}]" if fault.is_of_file else ""
        yield f"    {inert(fault.place)}{NBSP}: {problem.severity}{NBSP}: {inert(fault.message)}{code}"
        yield f"        conseil{NBSP}: {inert(fault.hint)}"


def _difference(difference: Difference) -> Iterator[str]:
    label, before, after = (inert(text) for text in (difference.label, difference.before, difference.after))
    if difference.kind is Kind.ADDED:
        yield f"    + {label}{NBSP}: {after}"
    elif difference.kind is Kind.REMOVED:
        yield f"    - {label}{NBSP}: {before}"
    else:
        yield f"    {label}{' (ordre)' if difference.kind is Kind.MOVED else ''}"
        yield f"        avant{NBSP}: {before}"
        yield f"        après{NBSP}: {after}"
