"""Say what changed last in each record, and leave out the commits that changed nothing anybody reads.

A commit is mechanical when it only writes files in another way, or touches what the program works out by itself (a
point, where a value comes from). It is then as if it were not there: the record keeps the date of what it last said.
Only the newest commits are read, and of a large one a few records, which speak for the others.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from annuaire import git, schema
from annuaire.catalogue.differences import Difference, Kind, Wording, differences
from annuaire.git import Entry
from annuaire.records.collections import BY_NAME, reference
from annuaire.records.reading import from_document
from annuaire.text.problems import AnnuaireError
from annuaire.timeline.history import Change
from annuaire.yamlfile import source

MOST_COMMITS = 500
MOST_READ = 200  # changes of records, each read before and after
SAMPLE = 20  # records of one commit: past it, the others are taken to have changed as these did
_HEADER = b"\x01"
_LOG = (
    *("log", "-z", f"-n{MOST_COMMITS}", "--no-renames", "--raw", "--no-abbrev", "--no-color", "--no-show-signature"),
    *("--no-ext-diff", "--no-textconv", "--format=%x01%ct", "--relative"),
)
_SUFFIXES = (".yml", ".yaml")
_INTERNAL = frozenset({"provenances", "anciens_slugs"})  # lists and fields by their first key
_DEDUCED = frozenset({"latitude", "longitude", "precision", "municipalite_code", "deduits", "par", "source"})


@dataclass(frozen=True, slots=True)
class _Edit:
    """Hold one change of one record: its seconds since 1970, its reference, what the file was and became."""

    seconds: int
    named: str
    before: str
    after: str


def told(root: Path, content: Path, changes: Mapping[str, Change], wording: Wording) -> dict[str, Change]:
    """Give the same changes, by reference: dated by the last commit that says something, with what it says.

    What git cannot tell leaves a change as it is.
    """
    if not content.is_relative_to(root):
        return dict(changes)
    inside = PurePosixPath(content.relative_to(root).as_posix())
    commits = list(_commits(git.answer(root, *_LOG, "--", str(inside)), inside))
    read = list(_read(commits))
    try:
        found = git.Repository(root).contents([Entry("", "", i, 0) for e in read for i in (e.before, e.after)])
    except AnnuaireError:  # a shallow clone has not all of them
        return dict(changes)
    said = {(edit.seconds, edit.named): _said(edit, found, wording) for edit in read}
    result = dict(changes)
    settled: set[str] = set()
    for edits in commits:
        known = [said[key] for e in edits if (key := (e.seconds, e.named)) in said]
        is_mechanical = bool(known) and not any(known)
        for edit in edits:
            words = said.get((edit.seconds, edit.named))
            if (
                edit.named in settled
                or edit.named not in changes
                or (words == () if words is not None else is_mechanical)
            ):
                continue
            settled.add(edit.named)
            moment = datetime.fromtimestamp(edit.seconds, UTC)
            known_as = changes[edit.named]
            if known_as.created <= moment <= known_as.modified:
                result[edit.named] = replace(known_as, modified=moment, told=words or ())
    return result


def _commits(log: bytes, inside: PurePosixPath) -> Iterator[list[_Edit]]:
    """Yield the changes of records of each commit, the newest first; those that were taken away are left out."""
    fields = iter(log.split(b"\0"))
    seconds, edits = 0, list[_Edit]()
    for field in fields:
        if field.startswith(_HEADER):
            yield edits
            seconds, edits = int(field[1:].split()[0]), []
            continue
        facts = field.strip(b"\n").decode("ascii", "replace").removeprefix(":").split(" ")
        if len(facts) != 5:
            continue
        path = PurePosixPath(os.fsdecode(next(fields, b"")))
        collection = path.parent.name
        if path.parent.parent == inside and path.suffix in _SUFFIXES and collection in BY_NAME and facts[4] != "D":
            before = "" if facts[4] == "A" else facts[2]
            edits.append(_Edit(seconds, reference(collection, path.stem), before, facts[3]))
    yield edits


def _read(commits: Sequence[Sequence[_Edit]]) -> Iterator[_Edit]:
    """Choose the changes to read: of a record that already existed, few of each commit."""
    left = MOST_READ
    for edits in commits:
        for edit in [e for e in edits if e.before][: min(SAMPLE, left)]:
            left -= 1
            yield edit


def _said(edit: _Edit, contents: Mapping[str, bytes], wording: Wording) -> tuple[str, ...]:
    """Name what differs, each once and in the order of the record; nothing when no reader would see it."""
    collection, _, slug = edit.named.rpartition("/")
    own = schema.load(collection or "enterprises")
    before, after = (
        from_document(source.parse_bytes(contents[name], Path(f"{slug}.yml")), slug, own)
        for name in (edit.before, edit.after)
    )
    if not before.values or not after.values:
        return ("le texte de la fiche",)
    words = (_named(found, own) for found in differences(before, after, wording, hidden=True))
    return tuple(dict.fromkeys(word for word in words if word))


def _named(found: Difference, own: schema.Schema) -> str:
    keys = [step for step in found.path if isinstance(step, str)]
    if not keys or keys[0] in _INTERNAL or keys[-1] in _DEDUCED or found.label.endswith("(mise en forme)"):
        return ""
    table = own.children.get(keys[0])
    if table is None:
        return _lower(own.root.by_path[tuple(keys)].title) if tuple(keys) in own.root.by_path else ""
    if found.kind is Kind.MOVED or len(keys) == 1:
        return _lower(table.title)
    field = table.by_path.get(tuple(keys[1:]))
    return _lower(field.title) if field else ""


def _lower(title: str) -> str:
    """Write a title inside a sentence: « Téléphone » is « téléphone », « NEQ » stays."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
