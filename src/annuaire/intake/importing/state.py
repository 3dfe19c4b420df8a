"""Remember, beside the mapping, which row made which record and what was written, so that people's work is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from annuaire.text.problems import AnnuaireError

VERSION = 2
_READ = (1, VERSION)  # version 1 did not say which fields were written


@dataclass(frozen=True, slots=True)
class Written:
    """Say what earlier imports wrote: the record's slug, the SHA-256 of its file, the paths of its fields.

    `digest` is empty for a record that stood before and was only completed. `fields` is None when the state does
    not say (it was written by an older version).
    """

    slug: str
    digest: str
    fields: frozenset[str] | None = None


def read(path: Path) -> str | None:
    """Give the text of the state file, None if there is none yet; raise AnnuaireError when it is not text."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise _damaged(path.name) from error


def load(text: str | None, name: str) -> dict[str, Written]:
    """Read the state, by source key; nothing where there is none; raise AnnuaireError, with its `name`, if damaged."""
    if text is None:
        return {}
    try:
        stored = json.loads(text)
        if stored["version"] not in _READ:
            raise AnnuaireError(f"{name} : version {stored['version']} inconnue.")
        return {
            key: Written(entry["fiche"], entry["empreinte"], frozenset(entry["champs"]) if "champs" in entry else None)
            for key, entry in stored["lignes"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(name) from error


def text_of(entries: Mapping[str, Written]) -> str:
    """Give the text of the state file: sorted, one entry per line, so that a change shows as one line."""
    lines = [
        f"  {json.dumps(key, ensure_ascii=False)}: " + json.dumps(_entry(entries[key]), ensure_ascii=False)
        for key in sorted(entries)
    ]
    return f'{{\n "version": {VERSION},\n "lignes": {{\n' + ",\n".join(lines) + "\n }\n}\n"


def _entry(written: Written) -> dict[str, object]:
    entry: dict[str, object] = {"fiche": written.slug, "empreinte": written.digest}
    return entry if written.fields is None else entry | {"champs": sorted(written.fields)}


def _damaged(name: str) -> AnnuaireError:
    return AnnuaireError(f"{name} : l’état de l’import est illisible; le reprendre de la dernière version enregistrée.")
