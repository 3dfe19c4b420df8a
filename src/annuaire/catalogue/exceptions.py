"""Apply the allow-list of a site: a warning that a person looked at and accepts, on one record, with the reason.

`content/exceptions.yml` holds one list:

    exceptions:
      - fiche: coop-exemple
        code: doublon-site
        raison: Deux entreprises du même réseau partagent un site.

Errors cannot be listed: they stop a build for everyone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import process

from annuaire.config import Settings
from annuaire.text.messages import phrase, wordings
from annuaire.text.problems import Finding, Location, Problem, RecordPath, Severity
from annuaire.yamlfile import source

FILE_NAME = "exceptions.yml"
KEYS = ("fiche", "code", "raison")
_EXAMPLE = {"fiche": "coop-exemple", "code": "doublon-site", "raison": "Deux entreprises partagent ce site."}
_ROOT = "exceptions"
_MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Entry:
    path: RecordPath
    fiche: str
    code: str
    raison: str


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
    warned = {(p.slug, p.code) for p in found if p.severity is Severity.WARNING}
    accepted: set[tuple[str, str]] = set()
    for entry in entries:
        finding = _judge(entry, warned, accepted, slugs)
        if finding is None:
            accepted.add((entry.fiche, entry.code))
        else:
            own.append(finding)
    kept = [p for p in found if p.severity is not Severity.WARNING or (p.slug, p.code) not in accepted]
    return sorted([*kept, *_place(name, document.text, own)])


def accepted(path: Path) -> dict[tuple[str, str], str]:
    """Give the reason of each exception by (slug, code); entries at fault, which `apply` reports, are left out."""
    entries: list[_Entry] = []
    if path.exists():
        list(_read(source.read(path, max_bytes=_MAX_BYTES).values, entries))
    return {(entry.fiche, entry.code): entry.raison for entry in entries}


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
            entries.append(_Entry(path, item["fiche"], item["code"], item["raison"]))


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
    for key in KEYS:
        if key not in item:
            yield Finding("champ-manquant", path, {"champ": key, "exemple": f"{key}: {_EXAMPLE[key]}"})


def _shape(path: RecordPath, key: str, expected: str, value: Any) -> Finding:
    kinds: dict[type, str] = {dict: "des lignes « clé: valeur »", list: "une liste"}
    found = kinds.get(type(value), "un simple texte")
    example = _EXAMPLE.get(key, f"- fiche: {_EXAMPLE['fiche']}")
    return Finding("structure", path, {"champ": key, "attendu": expected, "trouve": found, "exemple": example})


def _judge(
    entry: _Entry, warned: set[tuple[str, str]], accepted: set[tuple[str, str]], slugs: Collection[str]
) -> Finding | None:
    wording = wordings().get(entry.code)
    warnings = [code for code, w in wordings().items() if w.severity is Severity.WARNING]
    if wording is None:
        return Finding("exception-code-inconnu", (*entry.path, "code"), _values(entry.code, warnings))
    if wording.severity is Severity.ERROR:
        return Finding("exception-erreur", (*entry.path, "code"), {"valeur": entry.code})
    if entry.fiche not in slugs:
        return Finding("exception-fiche-inconnue", (*entry.path, "fiche"), _values(entry.fiche, slugs))
    if (entry.fiche, entry.code) in accepted:
        return Finding("exception-en-double", entry.path, {"fiche": entry.fiche, "valeur": entry.code})
    if (entry.fiche, entry.code) not in warned:
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
