"""Apply the allow-list of a site: what a person looked at and accepts, on one record, with the reason.

`content/exceptions.yml` holds one list:

    exceptions:
      - fiche: coop-exemple
        code: doublon-site
        raison: Deux entreprises du même réseau partagent un site.

Errors cannot be listed: they stop a build for everyone. Three codes are admitted by their value alone, errors or not,
because only a person of the Pôle can tell: a name or a telephone number in a text. What another value of the same
record would say is then still reported, by `annuaire validate`, the import, `apply` and the coach alike:

      - fiche: coop-exemple
        code: personne-nommee
        valeur: Madame Exemple
        raison: Le titre d’une pièce de théâtre.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import process

from annuaire.config import Settings
from annuaire.text.messages import phrase, wordings
from annuaire.text.names import fold
from annuaire.text.problems import Finding, Location, Problem, RecordPath, Severity
from annuaire.yamlfile import source

FILE_NAME = "exceptions.yml"
KEYS = ("fiche", "code", "valeur", "raison")
_REQUIRED = ("fiche", "code", "raison")
_EXAMPLE = {
    "fiche": "coop-exemple",
    "code": "doublon-site",
    "valeur": "Madame Exemple",
    "raison": "Deux entreprises partagent ce site.",
}
_ROOT = "exceptions"
_MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Entry:
    path: RecordPath
    fiche: str
    code: str
    raison: str
    valeur: str = ""

    def lets(self, slug: str, code: str, value: str) -> bool:
        """Tell whether the entry lets a value through; without one of its own, it lets every value of the code."""
        return (slug, code) == (self.fiche, self.code) and (not self.valeur or _bare(value) in _bare(self.valeur))


@dataclass(frozen=True, slots=True)
class Admissions:
    """Hold what the list of exceptions lets through, for who must know before a record is written."""

    entries: tuple[_Entry, ...] = ()

    def lets(self, slug: str, code: str, value: str) -> bool:
        """Tell whether a person of the Pôle let this value through, in this record."""
        return any(entry.lets(slug, code, value) for entry in self.entries)


def apply(problems: Iterable[Problem], path: Path, settings: Settings, slugs: Collection[str]) -> list[Problem]:
    """Leave out the warnings that the file lists, and add what is wrong with the file itself; sorted by place.

    `slugs` are those of every record. Without a file, nothing changes.
    """
    found = list(problems)
    if not path.exists():
        return sorted(found)
    name = settings.relative(path)
    document = source.read(path, max_bytes=_MAX_BYTES)
    faults = [fault for fault in document.faults if fault.finding.code != "fichier-vide"]
    if faults:
        return sorted([*found, *(_problem(name, f.finding, f.line, f.column) for f in faults)])
    entries: list[_Entry] = []
    own = list(_read(document.values, entries))
    found_here = [p for p in found if _may_be_listed(p.code, p.severity)]
    listed: list[_Entry] = []
    for entry in entries:
        finding = _judge(entry, found_here, listed, slugs)
        if finding is None:
            listed.append(entry)
        else:
            own.append(finding)
    admissions = Admissions(tuple(listed))
    kept = [p for p in found if not (_may_be_listed(p.code, p.severity) and admissions.lets(p.slug, p.code, p.value))]
    return sorted([*kept, *_place(name, document.text, own)])


def admissions(path: Path) -> Admissions:
    """Read what the list lets through; entries at fault, which `apply` reports, are left out."""
    entries: list[_Entry] = []
    if path.exists():
        list(_read(source.read(path, max_bytes=_MAX_BYTES).values, entries))
    return Admissions(tuple(entries))


def accepted(path: Path) -> dict[tuple[str, str], str]:
    """Give the reason of each exception by (slug, code); entries at fault, which `apply` reports, are left out."""
    return {(entry.fiche, entry.code): entry.raison for entry in admissions(path).entries}


def _may_be_listed(code: str, severity: Severity) -> bool:
    return severity is Severity.WARNING or wordings()[code].is_admitted_by_value


def _bare(text: str) -> str:
    return " ".join(fold(text).split())


def _read(values: dict[str, Any], entries: list[_Entry]) -> Iterator[Finding]:
    """Read the entries that are whole; yield what is wrong with the others."""
    for key in values:
        if key != _ROOT:
            yield Finding("champ-inconnu", (key,), {"champ": key, "suggestion": _ROOT}, on_key=True)
    items = values.get(_ROOT, "")
    if items == "":
        return
    if not isinstance(items, list):
        yield _shape((_ROOT,), _ROOT, "une liste d’éléments précédés d’un tiret", items)
        return
    for index, item in enumerate(items):
        path = (_ROOT, index)
        if not isinstance(item, dict):
            yield _shape(path, _ROOT, "des lignes « clé: valeur »", item)
            continue
        findings = list(_item(item, path))
        yield from findings
        if not findings:
            entries.append(_Entry(path, item["fiche"], item["code"], item["raison"], item.get("valeur", "")))


def _item(item: dict[str, Any], path: RecordPath) -> Iterator[Finding]:
    for key, value in item.items():
        here = (*path, key)
        if key not in KEYS:
            close = process.extractOne(key, KEYS, score_cutoff=60)
            yield Finding("champ-inconnu", here, {"champ": key, "suggestion": close[0] if close else ""}, on_key=True)
        elif not isinstance(value, str):
            yield _shape(here, key, "un texte", value)
        elif not value.strip():
            yield Finding("valeur-vide", here, {"champ": key}, on_key=True)
    wording = wordings().get(str(item.get("code")))
    needed = KEYS if wording is not None and wording.is_admitted_by_value else _REQUIRED
    for key in needed:
        if key not in item:
            yield Finding("champ-manquant", path, {"champ": key, "exemple": f"{key}: {_EXAMPLE[key]}"})


def _shape(path: RecordPath, key: str, expected: str, value: Any) -> Finding:
    kinds: dict[type, str] = {dict: "des lignes « clé: valeur »", list: "une liste"}
    found = kinds.get(type(value), "un simple texte")
    example = _EXAMPLE.get(key, f"- fiche: {_EXAMPLE['fiche']}")
    return Finding("structure", path, {"champ": key, "attendu": expected, "trouve": found, "exemple": example})


def _judge(entry: _Entry, found: Iterable[Problem], listed: Iterable[_Entry], slugs: Collection[str]) -> Finding | None:
    wording = wordings().get(entry.code)
    warnings = [code for code, w in wordings().items() if _may_be_listed(code, w.severity)]
    if wording is None:
        return Finding("exception-code-inconnu", (*entry.path, "code"), _values(entry.code, warnings))
    if not _may_be_listed(entry.code, wording.severity):
        return Finding("exception-erreur", (*entry.path, "code"), {"valeur": entry.code})
    if entry.fiche not in slugs:
        return Finding("exception-fiche-inconnue", (*entry.path, "fiche"), _values(entry.fiche, slugs))
    if any((e.fiche, e.code, e.valeur) == (entry.fiche, entry.code, entry.valeur) for e in listed):
        return Finding("exception-en-double", entry.path, {"fiche": entry.fiche, "valeur": entry.code})
    if not any(entry.lets(p.slug, p.code, p.value) for p in found):
        return Finding("exception-inutile", entry.path, {"fiche": entry.fiche, "valeur": entry.code})
    return None


def _values(value: str, known: Collection[str]) -> dict[str, str]:
    close = process.extractOne(value, known, score_cutoff=70)
    return {"valeur": value, "suggestion": close[0] if close else ""}


def _place(name: str, text: str, findings: Iterable[Finding]) -> Iterator[Problem]:
    places = source.locate(text)
    for finding in findings:
        key_place, value_place = places.get(finding.path, ((1, 1), (1, 1)))
        yield _problem(name, finding, *(key_place if finding.on_key else value_place))


def _problem(name: str, finding: Finding, line: int, column: int) -> Problem:
    sentence, hint = phrase(finding)
    severity = wordings()[finding.code].severity
    return Problem(Location(name, line, column), finding.code, sentence, hint, severity, "", finding.path)
