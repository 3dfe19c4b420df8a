"""Read a whole record sent as a file: which one it is, what it started from, what it changes of that.

The form ends its file with a line that says both; a record written by hand has no such line, and replaces what stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from annuaire.catalogue import differences
from annuaire.intake.applying import mail, merging, vouching
from annuaire.intake.applying.proposal import (
    BASE,
    NEW_ITEM,
    WRITING,
    Proposal,
    Schemas,
    Setting,
    Target,
    is_reference,
    is_slug,
    other_writing,
    value_at,
)
from annuaire.records.collections import ENTERPRISES, reference
from annuaire.schema import Schema, Table
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile import formatter, source

_MARK = re.compile(r"# annuaire ([0-9]{1,4}), fiche (\S+), base ([^\s,]+)(?:, ([^\n]{1,120}))?")
_COPY = re.compile(
    r"(?: ?\([0-9]{1,3}\)| - copie| - copy)+$", re.IGNORECASE
)  # what a browser adds to a second download


def is_marked(data: bytes) -> bool:
    """Tell whether a file, whatever its name, ends as the form ends its own: some programs name it a text."""
    return len(data) <= source.MAX_BYTES and _MARK.fullmatch(_parted(data)[1]) is not None


def read(name: str, data: bytes, schemas: Schemas) -> Proposal:
    """Take a whole record; its last line names it and its base, or else its first line and its file’s name do."""
    if len(data) > source.MAX_BYTES:
        raise AnnuaireError(f"la fiche pèse plus de {source.MAX_BYTES // 1024}\u00a0ko")
    kept, last = _parted(data)
    mark = _MARK.fullmatch(last)
    if mark is None:
        slug = _COPY.sub("", PurePosixPath(PureWindowsPath(name).name).stem)
        if not is_slug(slug):
            raise AnnuaireError(
                "le nom du fichier doit être celui de la fiche, comme «\u00a0cooperative-exemple.yml\u00a0»\u00a0: "
                "lettres sans accent, chiffres et traits d’union"
            )
        return Proposal(reference(_collection_of(kept, schemas), slug), "", text=f"{kept}{last}\n")
    writing, named, base, sender = mark.groups()
    if writing != WRITING:
        raise other_writing(writing)
    if not is_reference(named, schemas) or not BASE.fullmatch(base):
        raise AnnuaireError("la dernière ligne du fichier ne nomme pas une fiche\u00a0: le demander de nouveau")
    return Proposal(named, base, text=kept, sender=vouching.sender_of(sender) if sender else "")


def _collection_of(text: str, schemas: Schemas) -> str:
    """Tell which collection a record is of by the line that it begins with for editors; an enterprise without it."""
    first = text.lstrip().partition("\n")[0].strip()
    return next((name for name, schema in schemas.items() if first == formatter.header_of(schema)), ENTERPRISES)


def _parted(data: bytes) -> tuple[str, str]:
    """Part the text of a file from its last line that is not blank."""
    text = mail.decoded(data).replace("\r\n", "\n").replace("\r", "\n").rstrip()
    start = text.rfind("\n") + 1
    return text[:start], text[start:]


def changes(proposal: Proposal, base: dict[str, Any], wanted: dict[str, Any], schema: Schema) -> Proposal:
    """Give what a whole record changes of its base, as the text of a correction would say it.

    Raise AnnuaireError when it holds what no correction can say: a key that records do not have, a list in a field.
    """
    settings = [
        Setting(Target(field), value_at(wanted, path))
        for path, field in schema.root.by_path.items()
        if value_at(wanted, path) != value_at(base, path)
    ]
    orders: dict[str, tuple[str, ...]] = {}
    for key, table in schema.children.items():
        if base.get(key) != wanted.get(key):
            names = _items(table, merging.items(base.get(key)), merging.items(wanted.get(key)), settings)
            if names != tuple(str(rank + 1) for rank in range(len(merging.items(base.get(key))))):
                orders[key] = names
    said = replace(proposal, settings=tuple(settings), orders=orders, text="")
    if not merging.alike(merging.merge(said, base, base, schema).values, wanted):
        raise AnnuaireError(
            "la fiche a changé depuis, et ce fichier, modifié à la main, ne peut pas y être fondu\u00a0: "
            "refaire la correction dans le formulaire"
        )
    return said


def _items(
    table: Table, base: list[dict[str, Any]], wanted: list[dict[str, Any]], settings: list[Setting]
) -> tuple[str, ...]:
    """Add what changes in the items of a list to the settings, and name its items in their new order."""
    came = {to: rank for rank, to in differences.match(base, wanted).items()}
    names: list[str] = []
    for at, item in enumerate(wanted):
        name = str(came[at] + 1) if at in came else f"{NEW_ITEM} {1 + sum(to not in came for to in range(at))}"
        before: Mapping[str, Any] = base[came[at]] if at in came else {}
        names.append(name)
        settings += [
            Setting(Target(field, table.key, name), value_at(item, path))
            for path, field in table.by_path.items()
            if value_at(item, path) != value_at(before, path)
        ]
    return tuple(names)
