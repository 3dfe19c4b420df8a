"""Make the records of two states: the project as it is, and as it would be with what is proposed.

The second is what accepting the proposal would make of the first: what main received meanwhile counts too, so that a
duplicate of a record added yesterday is seen, and a line changed there since is not said to change back. In both, the
files that differ come last: rules that compare records speak of the later one, and it is the proposal that is answered.
Vocabularies, settings and accepted warnings are those of the folder where the command runs, never the proposal's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from annuaire import schema
from annuaire.catalogue.loading import Loaded, judged
from annuaire.config import Settings
from annuaire.git import Entry, Repository
from annuaire.places.samples import localised
from annuaire.places.territories import Territories
from annuaire.records import registry_files
from annuaire.records.collections import EVERY
from annuaire.records.reading import EXTENSION, Record, from_document, looks_like_record, unreadable
from annuaire.rules import Context
from annuaire.text.french import size
from annuaire.text.problems import AnnuaireError, Finding, Problem
from annuaire.written import folder as written_pages
from annuaire.written.page import too_large
from annuaire.yamlfile import source

MOST_BYTES = 64_000_000  # of records that a proposal changes; what is larger is no correction
MOST_OF_PAGES = 1_000_000  # bytes of pages; judging them takes a few seconds for each hundred thousand at worst
_Files = Mapping[str, Entry]


@dataclass(frozen=True)
class States:
    """Hold the records before and after, judged, and the paths whose content differs, sorted.

    `conflicts` are those where both sides changed the same lines since; the proposal's version stands there. `proposed`
    is its commit. `pages` are the problems of the hand-written pages that the proposal adds or changes; `unread` names
    those that were too many to be judged. `registry` are the files of the register's archive among those it brings.
    """

    before: Loaded
    after: Loaded
    changed: tuple[str, ...]
    conflicts: tuple[str, ...]
    proposed: str
    steps: int
    files_after: _Files
    pages: tuple[Problem, ...] = ()
    registry: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()


def read(settings: Settings, context: Context, base: str, head: str) -> States:
    """Read the two states; raise AnnuaireError when git cannot, or when the proposal is beyond reading."""
    repository = Repository(settings.root)
    tip, proposed = repository.commit(base), repository.commit(head)
    tree, conflicts = repository.merged(tip, proposed)
    before, after = repository.files(tip), repository.files(tree)
    if conflicts:
        theirs = repository.files(proposed)
        after = {path: entry for path, entry in after.items() if path not in conflicts}
        after |= {path: theirs[path] for path in conflicts if path in theirs}
    changed = tuple(sorted(path for path in {*before, *after} if _state(before.get(path)) != _state(after.get(path))))
    folder = _content(settings)
    _refuse_too_much([after[path] for path in changed if path in after and path.startswith(folder)])
    pages, unread = _pages(repository, settings, [after[path] for path in changed if path in after])
    made = _Maker(repository, settings, context.territories, folder, frozenset(changed))
    return States(
        before=judged(made.records(before), context),
        after=judged(made.records(after), context),
        changed=changed,
        conflicts=tuple(sorted(conflicts)),
        proposed=proposed,
        steps=repository.brought(tip, proposed),
        files_after=after,
        pages=pages,
        registry=_registry(repository, [after[path] for path in changed if path in after]),
        unread=unread,
    )


def _pages(
    repository: Repository, settings: Settings, entries: list[Entry]
) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    """Judge the hand-written pages among the files of a proposal, and name those left unread."""
    if not settings.pages.is_relative_to(settings.root):
        return (), ()
    folder = settings.pages.relative_to(settings.root).as_posix() + "/"
    ours = [entry for entry in entries if entry.path.startswith(folder) and not (entry.is_link or entry.is_submodule)]
    found: list[Problem] = []
    wanted, unread, weight = [], [], 0
    for entry in ours:
        if not written_pages.needs_reading(entry.path):
            found += written_pages.judge(entry.path, b"", entry.path.removeprefix(folder))
        elif entry.size > written_pages.most_bytes(entry.path):
            found.append(too_large(entry.path, entry.size, written_pages.most_bytes(entry.path)))
        elif (weight := weight + entry.size) > MOST_OF_PAGES:
            unread.append(entry.path)
        else:
            wanted.append(entry)
    contents = repository.contents(wanted)
    for entry in wanted:
        found += written_pages.judge(entry.path, contents[entry.id], entry.path.removeprefix(folder))
    return tuple(sorted(found)), tuple(unread)


def _registry(repository: Repository, entries: list[Entry]) -> tuple[Problem, ...]:
    """Find the files of the register's archive among those of a proposal."""
    ours = [entry for entry in entries if not (entry.is_link or entry.is_submodule)]
    wanted = {
        entry.path: entry
        for entry in ours
        if registry_files.needs_reading(entry.path) and entry.size <= registry_files.MOST_BYTES
    }
    contents = repository.contents(wanted.values()) if wanted else {}
    found = (registry_files.judge(entry.path, contents[entry.id] if entry.path in wanted else b"") for entry in ours)
    return tuple(sorted(problem for problems in found for problem in problems))


def _state(entry: Entry | None) -> tuple[str, str] | None:
    return (entry.mode, entry.id) if entry else None


def _content(settings: Settings) -> str:
    if not settings.content.is_relative_to(settings.root):
        raise AnnuaireError("Le dossier des fiches doit être dans celui du site pour comparer une proposition.")
    return settings.content.relative_to(settings.root).as_posix() + "/"


def _refuse_too_much(entries: list[Entry]) -> None:
    total = sum(entry.size for entry in entries if entry.size <= source.MAX_BYTES)
    if total > MOST_BYTES:
        raise AnnuaireError(
            f"Cette proposition change {len(entries)} fichiers du contenu, en tout {size(total)}\u00a0: elle est trop "
            "grosse pour être relue; la diviser en plusieurs."
        )


class _Maker:
    """Make records from git's files; one that both states hold is made, and judged by itself, once."""

    def __init__(
        self,
        repository: Repository,
        settings: Settings,
        territories: Territories,
        folder: str,
        last: frozenset[str],
    ) -> None:
        self.repository = repository
        self.settings = settings
        self.schemas = {name: localised(schema.load(name), territories, settings.regions) for name in EVERY}
        self.folder = folder
        self.last = last
        self._made: dict[tuple[str, str, str], Record] = {}
        self._contents: dict[str, bytes] = {}

    def records(self, files: _Files) -> dict[str, tuple[Record, ...]]:
        found = {name: self._standing(files, f"{self.folder}{name}/") for name in EVERY}
        standing = [entry for entries in found.values() for entry in entries.values() if entry is not None]
        wanted = [entry for entry in standing if _is_wanted(entry) and entry.id not in self._contents]
        self._contents |= self.repository.contents(wanted)
        return {
            name: tuple(self._record(name, file, entries[file]) for file in sorted(entries, key=self._rank(name)))
            for name, entries in found.items()
        }

    def _rank(self, collection: str) -> Callable[[str], tuple[bool, str]]:
        return lambda file: (f"{self.folder}{collection}/{file}" in self.last, file)

    def _standing(self, files: _Files, folder: str) -> dict[str, Entry | None]:
        """List what stands in a folder of records, as a checkout would: a folder inside is None."""
        found: dict[str, Entry | None] = {}
        for path, entry in files.items():
            if path.startswith(folder):
                name, _, below = path.removeprefix(folder).partition("/")
                is_folder = bool(below) or entry.is_submodule
                if looks_like_record(name, is_folder=is_folder):
                    found[name] = None if is_folder else entry
        return found

    def _record(self, collection: str, name: str, entry: Entry | None) -> Record:
        key = (collection, name, f"{entry.mode} {entry.id}" if entry else "")
        if key not in self._made:
            self._made[key] = self._make(collection, name, entry)
        return self._made[key]

    def _make(self, collection: str, name: str, entry: Entry | None) -> Record:
        path, file = self.settings.content / collection / name, f"{self.folder}{collection}/{name}"
        own = self.schemas[collection]
        if PurePosixPath(name).suffix != EXTENSION:
            return unreadable(path, file, own, "dossier-imbrique" if entry is None else "fichier-extension")
        if entry is None:
            return _faulty(path, file, own, Finding("lecture-impossible"))
        if entry.is_link:
            return _faulty(path, file, own, Finding("lien-symbolique"))
        if entry.size > source.MAX_BYTES:
            values = {"taille": str(entry.size // 1024), "maximum": str(source.MAX_BYTES // 1024)}
            return _faulty(path, file, own, Finding("fichier-trop-gros", values=values))
        return from_document(source.parse_bytes(self._contents[entry.id], path), file, own)


def _faulty(path: Path, file: str, own: schema.Schema, finding: Finding) -> Record:
    return from_document(source.Document(path, "", {}, [source.SourceFault(finding)]), file, own)


def _is_wanted(entry: Entry) -> bool:
    is_record = PurePosixPath(entry.path).suffix == EXTENSION
    return is_record and not entry.is_link and entry.size <= source.MAX_BYTES
