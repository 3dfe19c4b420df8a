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


def load(path: Path) -> dict[str, Written]:
    """Read the state, by source key; nothing if there is none yet; raise AnnuaireError if it is damaged."""
    if not path.is_file():
        return {}
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored["version"] not in _READ:
            raise AnnuaireError(f"{path.name} : version {stored['version']} inconnue.")
        return {
            key: Written(entry["fiche"], entry["empreinte"], frozenset(entry["champs"]) if "champs" in entry else None)
            for key, entry in stored["lignes"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise AnnuaireError(
            f"{path.name} : l’état de l’import est illisible; le reprendre de la dernière version enregistrée."
        ) from error


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
