"""Judge each value against the type and the constraints of its field, read by frictionless cell readers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rapidfuzz import fuzz, process

from annuaire.records.reading import Cell, Record
from annuaire.rules import Context
from annuaire.rules.confidentiality import SECRET, reason_to_hide
from annuaire.schema import Field, plain
from annuaire.text import french
from annuaire.text.names import fold, slugify
from annuaire.text.problems import Finding, Reach, RecordPath
from annuaire.yamlfile.source import CONTROL, forbidden_character

REACH = Reach.RECORD
CODES = (
    "caractere-interdit",
    "valeur-invalide",
    "texte-trop-long",
    "texte-trop-court",
    "retour-ligne",
    "espaces-superflues",
    "annee-invalide",
    "date-invalide",
    "oui-non",
    "choix-inconnu",
    "element-en-double",
    "liste-trop-longue",
    "neq-invalide",
    "code-postal-invalide",
    "telephone-invalide",
    "telephone-multiple",
    "courriel-invalide",
    "url-invalide",
    "reseau-invalide",
    "municipalite-code",
    "coordonnee-invalide",
    "ancien-nom-invalide",
)
MONTHS = tuple(fold(month) for month in french.MONTHS)
LONGEST_REPAIRED = 100  # characters: what is longer has no plain meaning, and patterns would read it for long
MASKED = "(masqué)"
PARAGRAPHS = 600  # a text that may be at least this long may hold several lines
YES, NO = ("oui", "o", "yes", "y", "true", "vrai", "1"), ("non", "n", "no", "false", "faux", "0")
_MOST_ITEMS = 60
_CLOSE = 60  # of 100: how alike a choice must be to be proposed
_EXTENSION = re.compile(r"[\s,;]*(?:#|\bext\.?|\bposte|\bp\.|x)\s*([0-9]{1,6})\s*$", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"(?:\+?1[ .\-]?)?\(?[0-9]{3}\)?[ .\-]*[0-9]{3}[ .\-]?[0-9]{4}", re.ASCII)
_DATE = re.compile(r"([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})")
_DATE_IN_WORDS = re.compile(r"(?:le )?([0-9]{1,2})(?:er)? ([a-z]+) ([0-9]{4})")
_URL = re.compile(r"(?:https?:?/*)?((?:[a-z0-9\-]+\.)+[a-z]{2,24})((?:/\S*)?)", re.IGNORECASE)


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report each value that its field does not allow; what tells where a place to hide is, is never quoted."""
    for cell in record.cells:
        if cell.field.is_list:
            found = _list(cell)
        elif cell.field.is_plain(cell.value) and cell.value.isprintable() and cell.value == cell.value.strip():
            continue  # as nearly all are, and nothing forbidden is printable: the rest costs time
        else:
            found = _scalar(cell)
        for finding in found:
            yield masked(finding, record)


def for_form() -> dict[str, Any]:
    """Give what the rule of the same name of the form knows (see `annuaire.rules`)."""
    return {
        "mois": MONTHS,
        "plusLongRepare": LONGEST_REPAIRED,
        "masque": MASKED,
        "paragraphes": PARAGRAPHS,
        "oui": YES,
        "non": NO,
        "plusElements": _MOST_ITEMS,
        "proche": _CLOSE,
        "interdits": CONTROL,
        "poste": _EXTENSION,
        "numero": _NUMBER,
        "nombre": plain.NUMBER,
        "date": plain.DAY,
        "dateEnChiffres": _DATE,
        "dateEnMots": _DATE_IN_WORDS,
        "adresse": _URL,
    }


def hides(record: Record) -> bool:
    """Tell whether the addresses of a record are to be hidden, however « oui » is written there."""
    stated = _yes_no(record.text("adresse_confidentielle")[:LONGEST_REPAIRED].strip())
    return stated == "oui" or (stated != "non" and bool(reason_to_hide(record.text("nom"))))


def unveils(before: Record, after: Record) -> bool:
    """Tell whether a record that hid its addresses would do so no more, or would show one all the same."""
    return hides(before) and (not hides(after) or (_shows(after) and not _shows(before)))


def _shows(record: Record) -> bool:
    """Tell whether a place of a record is published where it stands."""
    stated = _yes_no(record.text("adresse_confidentielle")[:LONGEST_REPAIRED].strip())
    places = range(record.count("etablissements"))
    return stated != "oui" and any(record.text("etablissements", rank, key) for rank in places for key in SECRET)


def masked(finding: Finding, record: Record) -> Finding:
    """Drop what a finding quotes of a place to hide: its words go to screens, public logs and a public page."""
    path = finding.path
    if path[:1] != ("etablissements",) or path[-1] not in SECRET or not hides(record):
        return finding
    hidden = {"valeur": MASKED, "suggestion": ""}
    return replace(finding, values={key: hidden.get(key, text) for key, text in finding.values.items()})


def _scalar(cell: Cell) -> Iterator[Finding]:
    field, value = cell.field, cell.value
    odd = forbidden_character(value)
    if odd:
        yield Finding("caractere-interdit", cell.path, {"valeur": odd})
        return
    if value != value.strip():
        if not (field.constraints.get("maxLength", 0) >= PARAGRAPHS and value.strip() == value.rstrip("\n")):
            yield Finding("espaces-superflues", cell.path, _values(field, value))
            return
    elif "\n" in value and field.constraints.get("maxLength", 0) < PARAGRAPHS:
        yield Finding("retour-ligne", cell.path, _values(field, value))
        return
    if _is_odd(field, value):
        yield Finding(field.code, cell.path, {**_values(field, value), "suggestion": _repair(field, value)})
        return
    notes = field.faults(value)
    for note in notes or ():
        yield _finding(cell, note)
        return


def _is_odd(field: Field, value: str) -> bool:
    """Tell a number or a date in a writing that Python reads and people do not (`1_998`, `1e3`, `NaN`)."""
    if field.type in ("integer", "number"):
        return not plain.NUMBER.fullmatch(value) or (field.type == "integer" and "." in value)
    return field.type == "date" and not plain.DAY.fullmatch(value)


def _list(cell: Cell) -> Iterator[Finding]:
    field, seen = cell.field, set()
    maximum = field.constraints.get("maxLength", _MOST_ITEMS)
    if len(cell.value) > maximum:
        values = {"champ": field.name, "nombre": str(len(cell.value)), "maximum": str(maximum)}
        yield Finding("liste-trop-longue", cell.path, values)
    for index, item in enumerate(cell.value):
        odd = forbidden_character(item)
        if odd:
            yield Finding("caractere-interdit", (*cell.path, index), {"valeur": odd})
            continue
        if item in seen:
            yield Finding("element-en-double", (*cell.path, index), {"champ": field.name, "valeur": item})
        seen.add(item)
        if field.labels and item not in field.labels:
            yield _choice(field, (*cell.path, index), item, tuple(field.labels))
        if field.item_pattern is not None and not field.item_pattern.fullmatch(item):
            yield Finding(field.code, (*cell.path, index), {**_values(field, item), "suggestion": slugify(item)})


def _finding(cell: Cell, note: str) -> Finding:
    field, value = cell.field, cell.value
    values = _values(field, value)
    if note == "enum":
        return _choice(field, cell.path, value, field.constraints["enum"])
    if note == "maxLength":
        values |= {"nombre": str(len(value)), "maximum": str(field.constraints["maxLength"])}
        return Finding("texte-trop-long", cell.path, values)
    if note == "minLength":
        return Finding("texte-trop-court", cell.path, {**values, "minimum": str(field.constraints["minLength"])})
    if field.code == "telephone-invalide" and len(numbers := _NUMBER.findall(value[:LONGEST_REPAIRED])) > 1:
        return Finding("telephone-multiple", cell.path, {**values, "suggestion": _repair(field, numbers[0])})
    return Finding(field.code, cell.path, {**values, "suggestion": _repair(field, value)})


def _choice(field: Field, path: RecordPath, value: str, choices: Sequence[str]) -> Finding:
    close = process.extractOne(fold(value), choices, scorer=fuzz.ratio, score_cutoff=_CLOSE)
    values = {"liste": ", ".join(choices), "suggestion": close[0] if close else ""}
    return Finding("choix-inconnu", path, {**_values(field, value), **values})


def _values(field: Field, value: str) -> dict[str, str]:
    return {"champ": ".".join(field.path), "titre": field.title, "valeur": value, "exemple": field.example}


def _repair(field: Field, value: str) -> str:
    """Propose the right writing of a value whose meaning is plain, or nothing."""
    if len(value) > LONGEST_REPAIRED:
        return ""
    written = _REPAIRS[field.code](value) if field.code in _REPAIRS else ""
    return written if written and field.faults(written) is None else ""


def _neq(value: str) -> str:
    return re.sub(r"[\s.\-]", "", value)


def _postal_code(value: str) -> str:
    letters = re.sub(r"[^A-Z0-9]", "", value.upper())
    return f"{letters[:3]} {letters[3:]}"


def _telephone(value: str) -> str:
    extension = _EXTENSION.search(value)
    main = value[: extension.start()] if extension else value
    digits = re.sub(r"\D", "", main, flags=re.ASCII).removeprefix("1")
    number = f"{digits[:3]} {digits[3:6]}-{digits[6:]}"
    return f"{number} poste {extension.group(1)}" if extension else number


def _url(value: str) -> str:
    host = _URL.fullmatch(value)
    return f"https://{host.group(1).lower()}{host.group(2)}" if host else ""


def written_date(value: str) -> str:
    """Write a date as AAAA-MM-JJ when its meaning is plain (year first, or month in words), nothing otherwise."""
    numbers = _DATE.fullmatch(value)
    words = _DATE_IN_WORDS.fullmatch(fold(value))
    if numbers:
        year, month, day = numbers.groups()
    elif words and words.group(2) in MONTHS:
        day, year = words.group(1), words.group(3)
        month = str(MONTHS.index(words.group(2)) + 1)
    else:
        return ""
    return f"{year}-{month.zfill(2)}-{day.zfill(2)}"


def _yes_no(value: str) -> str:
    word = fold(value)
    return "oui" if word in YES else "non" if word in NO else ""


def _email(value: str) -> str:
    """Write an accented domain in ASCII, as mail programs do (IDNA)."""
    name, _, domain = value.rpartition("@")
    if domain.isascii():
        return ""
    try:
        return f"{name}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return ""


def _decimal(value: str) -> str:
    return value.replace(",", ".")


_REPAIRS: Mapping[str, Callable[[str], str]] = {
    "neq-invalide": _neq,
    "code-postal-invalide": _postal_code,
    "telephone-invalide": _telephone,
    "courriel-invalide": _email,
    "url-invalide": _url,
    "reseau-invalide": _url,
    "date-invalide": written_date,
    "oui-non": _yes_no,
    "coordonnee-invalide": _decimal,
}
