"""Tell the story of one record: what changed and when, from the project's history.

Who wrote a change is never read: the history of a record is about an enterprise, and a person's name has no place in
it. Where a record is said confidential, today or in any of its states, none of them tells where its places are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path, PurePosixPath

from rapidfuzz import process

from annuaire import schema
from annuaire.catalogue.differences import Difference, Wording, differences
from annuaire.config import Settings
from annuaire.places import territories, vocabularies
from annuaire.records.collections import BY_NAME, ENTERPRISES, Reference
from annuaire.records.reading import EXTENSION, Folder, Record, from_document
from annuaire.rules.cells import hides
from annuaire.text import french
from annuaire.text.names import slugify
from annuaire.text.problems import AnnuaireError
from annuaire.timeline.past import MOST_STEPS, Past, Step, is_same
from annuaire.yamlfile import source

_UNREADABLE = "Cette version ne pouvait pas être lue\u00a0: rien ne peut en être dit."
_SAME = "Aucune valeur ne change\u00a0: seule l’écriture du fichier diffère."


class Fate(StrEnum):
    """Say what a state is to the one before."""

    FIRST = "premier-connu"  # the oldest that a partial history knows: the record may be older
    CREATED = "creation"
    CHANGED = "changement"
    RENAMED = "nouveau-nom"
    REMOVED = "retrait"
    RESTORED = "retour"
    UNSAVED = "pas-enregistre"


@dataclass(frozen=True, slots=True)
class State:
    """Hold one state: its day and version (None and empty for what is not recorded), its file, how it differs."""

    fate: Fate
    file: str
    day: date | None
    commit: str
    notes: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """Hold the states of a record, the newest first; `is_partial` when what is older is not known.

    `notes` say where the enterprise stands today when it is not simply there: closed, merged, under another name.
    """

    slug: str
    name: str
    file: str
    states: tuple[State, ...]
    is_partial: bool
    is_hidden: bool
    notes: tuple[str, ...] = ()


def tell(settings: Settings, given: str) -> Story:
    """Tell the story of a record by its reference, or its file; raise AnnuaireError when there is nothing to tell."""
    collection, slug = _named(given)
    folder, own_schema = settings.content / collection, schema.load(collection)
    past = Past(settings.root, own_schema)
    steps = past.steps(_inside(settings, folder), slug)
    file = folder / f"{slug}{EXTENSION}"
    present = _present(settings, file, own_schema)
    if not steps and present is None:
        raise AnnuaireError(_unknown(settings, collection, slug, past))
    records = past.records(steps)
    known = [record for record in (present, *records) if record is not None and record.values]
    own = settings.own_tables
    wording = Wording(vocabularies.load(own), territories.load(own))
    teller = _Teller(past, wording, any(hides(record) for record in known))
    states = list(teller.states(steps, records))
    unsaved = teller.unsaved(present, steps, records, settings.relative(file))
    return Story(
        slug=slug,
        name=known[0].name if known else "",
        file=settings.relative(file),
        states=(*unsaved, *reversed(states)),
        is_partial=any(state.fate is Fate.FIRST for state in states),
        is_hidden=teller.hidden,
        notes=tuple(_standing(settings, collection, slug, present)),
    )


@dataclass(frozen=True, slots=True)
class _Teller:
    past: Past
    wording: Wording
    hidden: bool

    def states(self, steps: Sequence[Step], records: Sequence[Record | None]) -> Iterator[State]:
        """Yield the states, the oldest first; each is compared with the last that could be read.

        The record of another enterprise, made under a name that had been taken away, is compared with nothing.
        """
        former: Record | None = None
        since: date | None = None
        earlier: Step | None = None
        has_gap = False
        for step, record in zip(reversed(steps), reversed(records), strict=True):
            fate = _fate(step, earlier, len(steps))
            notes = list(_renaming(step, earlier))
            found: tuple[Difference, ...] = ()
            if step.id and (record is None or not record.values):
                notes.append(_UNREADABLE)
                has_gap = True
            elif step.id and record is not None:
                if fate is Fate.RESTORED and former is not None and not is_same(former, record):
                    fate = Fate.CREATED
                    notes.append(f"«\u00a0{former.text('nom')}\u00a0» avait cette adresse auparavant.")
                elif former is not None:
                    found = tuple(differences(former, record, self.wording, hidden=self.hidden))
                    if has_gap:
                        when = f", du {french.day(since)}" if since else ""
                        notes.append(f"Comparée au dernier état lisible{when}.")
                    elif not found and fate is Fate.CHANGED:
                        notes.append(_SAME)
                former, since, has_gap = record, step.day, False
            yield State(fate, self.past.named(step), step.day, step.commit, tuple(notes), found)
            earlier = step

    def unsaved(
        self, present: Record | None, steps: Sequence[Step], records: Sequence[Record | None], file: str
    ) -> Iterator[State]:
        """Yield how the file of the folder differs from the newest state, if it does."""
        newest = records[0] if steps and steps[0].id else None
        if present is None:
            if newest is not None:
                yield State(Fate.UNSAVED, file, None, "", ("Le fichier n’est plus dans le dossier.",))
        elif not steps or not steps[0].id:
            yield State(Fate.UNSAVED, file, None, "", ("Fiche nouvelle.",))
        elif newest is None or not newest.values or not present.values:
            if newest is None or present.document.text != newest.document.text:
                yield State(Fate.UNSAVED, file, None, "", (_UNREADABLE,) if not present.values else ())
        else:
            found = tuple(differences(newest, present, self.wording, hidden=self.hidden))
            if found:
                yield State(Fate.UNSAVED, file, None, "", (), found)


def _fate(step: Step, earlier: Step | None, count: int) -> Fate:
    if not step.id:
        return Fate.REMOVED
    if earlier is None:
        return Fate.FIRST if step.is_cut or step.status != "A" or count >= MOST_STEPS else Fate.CREATED
    if not earlier.id:
        return Fate.RESTORED
    return Fate.RENAMED if step.path != earlier.path else Fate.CHANGED


def _renaming(step: Step, earlier: Step | None) -> Iterator[str]:
    if earlier is not None and step.id and earlier.id and step.path != earlier.path:
        one, other = (PurePosixPath(each.path).stem for each in (earlier, step))
        yield f"Nouveau nom\u00a0: «\u00a0{one}\u00a0» → «\u00a0{other}\u00a0»" if one != other else "Fichier déplacé"


def _named(given: str) -> Reference:
    """Read which record is meant, perhaps by its file: an enterprise where no collection is named."""
    path = PurePosixPath(given)
    name, collection = path.name.removesuffix(EXTENSION), path.parent.name
    if not name or slugify(name, len(name)) != name:
        raise AnnuaireError(
            f"«\u00a0{given}\u00a0» n’est pas le nom d’une fiche\u00a0: écrire celui de son fichier, "
            "par exemple coop-exemple."
        )
    return Reference(collection if collection in BY_NAME else ENTERPRISES, name)


def _inside(settings: Settings, folder: Path) -> str:
    if not settings.content.is_relative_to(settings.root):
        raise AnnuaireError("Le dossier des fiches doit être dans celui du site pour lire leur histoire.")
    return folder.relative_to(settings.root).as_posix()


def _present(settings: Settings, file: Path, own: schema.Schema) -> Record | None:
    if not file.exists():
        return None
    return from_document(source.read(file), settings.relative(file), own)


def _standing(settings: Settings, collection: str, slug: str, present: Record | None) -> Iterator[str]:
    """Say what became of the record, and of the enterprise that it is about."""
    if present is None:
        heir = _heir(_records(settings, collection), slug)
        if heir:
            yield heir
        return
    if present.text("statut") == "fermee":
        closed = present.day("date_fermeture")
        yield "Entreprise fermée" + (f" le {french.day(closed)}." if closed else ".")
    merged = present.text("fusionnee_avec")
    if merged:
        yield f"Fusionnée avec «\u00a0{merged}\u00a0», où mène son adresse\u00a0: annuaire history {merged}"


def _records(settings: Settings, collection: str) -> list[Record]:
    return Folder(settings.content / collection, settings.root, schema.load(collection)).read()


def _heir(records: Iterable[Record], slug: str) -> str:
    """Say which record declares a former name; nothing when none does."""
    heir = next((record for record in records if slug in record.former_slugs), None)
    if heir is None:
        return ""
    return (
        f"«\u00a0{slug}\u00a0» est l’ancien nom de «\u00a0{heir.slug}\u00a0»\u00a0: annuaire history {heir.reference}"
    )


def _unknown(settings: Settings, collection: str, slug: str, past: Past) -> str:
    """Say where a record that has no history went, or which name is close."""
    records = _records(settings, collection)
    heir = _heir(records, slug)
    if heir:
        return heir
    close = process.extractOne(slug, [record.slug for record in records], score_cutoff=75)
    advice = f" Vouliez-vous dire «\u00a0{close[0]}\u00a0»?" if close else ""
    if past.is_cut:
        advice += " Cette copie du dépôt n’a qu’une partie de son histoire\u00a0: git fetch --unshallow"
    return f"Aucune fiche ne s’appelle «\u00a0{slug}\u00a0», ni aujourd’hui ni dans l’histoire du dépôt.{advice}"
