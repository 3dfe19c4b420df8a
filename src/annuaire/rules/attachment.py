"""Judge the file that a record offers: it must be there, and not weigh too much to be downloaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annuaire.records.attachments import FOLDER, MAX_BYTES
from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text import french
from annuaire.text.problems import Finding, Reach

REACH = Reach.CATALOGUE
FIELDS = ("fichier",)
CODES = ("fichier-absent", "fichier-lourd")


def check(records: Sequence[Record], context: Context) -> Iterator[tuple[Record, Finding]]:
    """Report a file that is not in the folder of files, or is too large; nothing where the folder was not read."""
    if context.attachments is None:
        return
    folder = f"{context.settings.relative(context.settings.pages)}/{FOLDER}"
    for record in records:
        name = record.text("fichier")
        size = context.attachments.get(name)
        if name and size is None:
            yield record, Finding("fichier-absent", ("fichier",), {"valeur": name, "dossier": folder})
        elif size is not None and size > MAX_BYTES:
            values = {"valeur": name, "taille": french.size(size), "maximum": french.size(MAX_BYTES)}
            yield record, Finding("fichier-lourd", ("fichier",), values)
