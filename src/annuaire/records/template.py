"""Prepare a new record: what is required stands there, the rest waits in comments.

A line that begins with `##` explains. Taking away the `# ` of any other comment line leaves valid YAML, whatever the
other lines are; a list or a group is a block, whose lines lose their `# ` together. An editor that uncomments a whole
block turns its explanations into ordinary comments, which stay valid.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from annuaire.places.vocabularies import TO_SPECIFY, Vocabularies
from annuaire.schema import Field, Schema, Table
from annuaire.yamlfile.formatter import WIDTH, header_of, scalar

DEFAULTS = {
    "forme_juridique": TO_SPECIFY,
    "statut": "inconnu",  # only a person who asked may say that an enterprise is active
    "secteur": TO_SPECIFY,
    "verification_statut": "a-confirmer",
}
NAMES = ("nom", "titre")
_LONG_LIST = "liste à la page /donnees/vocabulaires/"


def new_record(nom: str, schema: Schema, vocabularies: Vocabularies) -> str:
    """Give the text of a new record, valid once what it leaves empty is written (see `to_fill`)."""
    template = _Template(schema, vocabularies)
    lines = [header_of(schema), *template.introduction(nom)]
    written: set[str] = set()
    for key in schema.key_order:
        if key in schema.children:
            table = schema.children[key]
            lines += template.required_table(table) if table.required else template.optional_table(table)
        elif key in schema.root.groups:
            fields = [f for f in schema.root.fields if f.path[:1] == (key,)]
            required = any(f.required for f in fields)
            lines += template.required_group(key, fields) if required else template.optional_group(key, fields)
        elif key not in written:
            lines += template.field(schema.root.by_path[(key,)], nom if key in NAMES else "")
        written.add(key)
        if lines[-1].startswith("  "):
            lines.append("")  # or what follows would be said of this block, and not of the next
    while not lines[-1]:
        lines.pop()
    return "".join(f"{line}\n" for line in lines)


def is_to_fill(field: Field, value: str = "") -> bool:
    """Tell whether a new record leaves a required field empty: an example that stays there would be published."""
    return field.required and not value and field.name not in DEFAULTS


def to_fill(schema: Schema) -> Iterator[tuple[Table, tuple[str, ...]]]:
    """List the fields that a new record leaves empty, each with its table."""
    for table in schema.tables:
        if not table.key or table.required:
            names = () if table.key else NAMES  # the record is given its name
            fields = [field for path, field in table.by_path.items() if path[0] not in names]
            yield from ((table, field.path) for field in fields if is_to_fill(field))


class _Template:
    """Write the parts of the template."""

    def __init__(self, schema: Schema, vocabularies: Vocabularies) -> None:
        self.schema = schema
        self.choices: Mapping[str, Sequence[str]] = {
            "secteurs": tuple(vocabularies.sectors),
            "formes": tuple(vocabularies.forms),
            "certifications": tuple(vocabularies.certifications),
            "categories": (),
            "territoires": (),
        }

    def introduction(self, nom: str) -> Iterator[str]:
        """Say how to use the file."""
        yield from _prose(f"Fiche de {nom}" if nom.isprintable() else "Nouvelle fiche", "")
        yield from _prose(
            "Pour ajouter un renseignement, enlever « # » et l’espace au début de sa ligne (de toutes les lignes du "
            "bloc, s’il en compte plusieurs), puis remplacer l’exemple. Ce qui n’est pas connu reste tel quel.",
            "",
        )
        yield ""

    def field(self, field: Field, value: str = "", indent: str = "") -> Iterator[str]:
        """Write one field of the record or of a group: its help, then its line, a comment unless it is required."""
        yield from self.help(field, indent)
        key = field.path[-1]
        if is_to_fill(field, value):
            yield f"{indent}{key}:"
        elif field.required:
            yield f"{indent}{key}: {scalar(value or DEFAULTS[field.name])}"
        else:
            yield f"{indent}# {key}: {_example(field)}"

    def help(self, field: Field, indent: str) -> Iterator[str]:
        """Explain a field: its French name, its help, its choices where they hold in a few lines."""
        choices = tuple(field.constraints.get("enum", ())) or self.choices.get(field.vocabulary)
        words = ", ".join(choices or ()) or _LONG_LIST
        if field.name == "secteurs_secondaires":
            words = "les mêmes que pour le secteur"
        listed = "" if choices is None else f" Choix : {words}."
        is_shown = is_to_fill(field) and choices is None and field.path[-1] not in NAMES
        example = f" Exemple : {field.example}" if is_shown else ""
        yield from _prose(f"{field.title} : {field.help}{listed}{example}", indent)

    def required_group(self, key: str, fields: Sequence[Field]) -> Iterator[str]:
        """Write a group that every record has, such as `verification`."""
        yield f"{key}:"
        for field in sorted(fields, key=lambda f: not f.required):
            yield from self.field(field, indent="  ")

    def required_table(self, table: Table) -> Iterator[str]:
        """Write a list that every record has, with one item: `etablissements`."""
        yield from _prose(f"{table.title} : {table.description}", "")
        yield f"{table.key}:"
        fields = sorted(table.by_path.values(), key=lambda f: not f.required)
        lines = [line for field in fields for line in self.field(field, indent="    ")]
        first = next(index for index, line in enumerate(lines) if not line.lstrip().startswith("#"))
        yield from (line.removeprefix("  ") for line in lines[:first])
        yield f"  - {lines[first].strip()}"
        yield from lines[first + 1 :]

    def optional_group(self, key: str, fields: Sequence[Field]) -> Iterator[str]:
        """Write a group that a record may have, as a block of comments."""
        yield f"# {key}:"
        for field in fields:
            yield from self.help(field, "")
            yield f"#   {field.path[-1]}: {_example(field)}"

    def optional_table(self, table: Table) -> Iterator[str]:
        """Write a list that a record may have, with one item, as a block of comments."""
        yield from _prose(f"{table.title} : {table.description}", "")
        yield f"# {table.key}:"
        mark, group = "- ", ""
        for path, field in table.by_path.items():
            if len(path) == 2 and path[0] != group:
                group = path[0]
                yield f"#   {mark}{group}:"
                mark = "  "
            yield from self.help(field, "")
            yield f"#   {mark}{'  ' * (len(path) - 1)}{path[-1]}: {_example(field)}"
            mark = "  "


def _example(field: Field) -> str:
    """Write a field's example so that it can only be read as a text."""
    if field.is_list:
        return f"[{', '.join(_quoted(item) for item in field.example.split('|'))}]"
    return _quoted(field.example)


def _quoted(text: str) -> str:
    return text if text.isascii() and text.isalpha() and text not in ("oui", "non") else _double(text)


def _double(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _prose(text: str, indent: str) -> Iterator[str]:
    typed = text.replace(" : ", "\u00a0: ").replace("« ", "«\u00a0").replace(" »", "\u00a0»")
    for line in textwrap.wrap(typed, WIDTH - len(indent) - 3, break_on_hyphens=False, break_long_words=False):
        yield f"{indent}## {line}"
