"""Damage valid records in four ways, from a seed: their bytes, their tokens, their values, their structure.

Nothing here asserts anything: `KINDS` gives bytes that may be a record, or may be anything.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annuaire.records.reading import Cell
from annuaire.schema import Field, load
from annuaire.yamlfile import formatter

TOKEN = re.compile(r"[\w’'-]+|\s+|.", re.DOTALL)
TOKENS = (
    *(
        "&a",
        "*a",
        "!!python/object:os.system",
        "<<: *a",
        "---",
        "...",
        "? ",
        "%YAML 1.1\n",
        "|",
        ">-",
        "\t",
        "{",
        "[",
        "}",
    ),
    *(
        "]",
        "''",
        '"',
        "\\",
        '"\\x1b[31m"',
        "# ",
        ":",
        ": ",
        "- ",
        "\n",
        "\r",
        "\n\n",
        "  ",
        "~",
        "null",
        "@",
        "`",
        "\u2028",
    ),
)
VALUES = (
    *("", " ", "\n", "0", "-0", "+1", "nan", "inf", "1e309", "0x10", "0o7", "1_000", "12:30:45", "٣", "\uff11", "²"),
    *("0000-00-00", "2026-02-30", "9999-12-31", "2026-1-1", "20260101", "2026-01-01T00:00:00Z", "10000-01-01"),
    *(
        "<script>alert(1)</script>",
        "javascript:alert(1)",
        "data:text/html,x",
        "//x.org",
        "https://[::1",
        "http://a@b:99999",
    ),
    *(
        "a@b",
        "a@b.c@d",
        "é@é.ca",
        "819 555-0142 poste 999999999",
        "999-999-9999",
        "+33 1 23 45 67 89",
        "G9X2E8",
        "G0O 0O0",
    ),
    *(
        "{{ 7*7 }}",
        "${jndi:x}",
        "=cmd()",
        "../../etc/passwd",
        "CON",
        "%00",
        "%",
        "\\",
        "’",
        "\u202e",
        "\u0301",
        "\u00a0",
        "\ufeff",
    ),
    *(
        "\x00",
        "\x1b[31m",
        "\ud800",
        "🍁" * 50,
        "a" * 5000,
        "a " * 5000,
        "é" * 300,
        "\n" * 300,
        "oui",
        "no",
        "true",
        "~",
        "région",
    ),
)
KEYS = (
    "",
    " ",
    "nom ",
    "Nom",
    "a: b",
    "é",
    "__class__",
    "verification",
    "offres",
    "adresse",
    "0",
    "x" * 300,
    "\u202e",
    "#",
)

# What is nearly right, by the name or else the type of a field: the rules have the most to say there.
NEAR = {
    "date": (
        "2026-02-30",
        "0000-00-00",
        "2031-01-01",
        "2019-01-01",
        "2026-1-1",
        "20260101",
        "2026-06-31",
        "\uff19999-12-31",
    ),
    "integer": ("1_998", "+1998", "01998", "2031", "1998.0", "-1", "\uff11998", "0"),
    "number": ("1e3", "46,5", "+46.5", "46.", ".5", "0x1f", "-0", "999", "inf"),
    "boolean": ("yes", "Oui", "non ", "0"),
    "nom": (
        "Jean Tremblay",
        "Coop [site](https://x.example)",
        "Coop ![](x.png)",
        "a" * 300,
        "Maison d’hébergement Exemple",
    ),
    "neq": ("1142934316", "2242934315", "3342934315", "1143920115", "11 4293 4315", "114293431"),
    "fusionnee_avec": ("absente", "Coop", "../coop", "essai"),
    "telephone": ("819 555-0142 ou 819 555-0143", "900 555-0142", "8195550142", "819 555-0142 poste 12", "011 33 1 23"),
    "courriel": ("prenom.nom@exemple.org", "info@exemple.org;a@b.org", "info@", "info@[127.0.0.1]", "Info@Exemple.ORG"),
    "code_postal": ("H2X 1Y4", "G9X2E8", "g9x 2e8", "D0D 0D0", "12345"),
    "site_web": (
        "https://127.0.0.1/",
        "https://a:b@exemple.org/",
        "https://localhost/",
        "www.exemple.org",
        "https://é.ca/é",
    ),
    "municipalite": ("Montréal", "Shawinigan et La Tuque", "Ville de Shawinigan (secteur Grand-Mère)", "Saint-Paulin?"),
    "municipalite_code": ("36033", "66023", "99999"),
    "description": (
        "Fin coupée...",
        "[ici](javascript:alert(1))",
        "[ici](https://x.example)",
        "![](x.png)",
        "<b>x</b>",
    ),
}


@dataclass(frozen=True)
class Base:
    """Hold a valid record and where it comes from."""

    path: Path
    collection: str
    text: str
    values: dict[str, Any]
    cells: tuple[Cell, ...]


def of_bytes(base: Base, draw: random.Random, others: tuple[Base, ...]) -> bytes:
    data = bytearray(base.text.encode())
    for _ in range(draw.randint(1, 3)):
        at, length = draw.randrange(len(data) + 1), draw.randint(1, 40)
        how = draw.randrange(9)
        if how == 0 and at < len(data):
            data[at] ^= 1 << draw.randrange(8)
        elif how == 1:
            del data[at : at + length]
        elif how == 2:
            data[at:at] = draw.randbytes(draw.randint(1, 4))
        elif how == 3:
            data[at:at] = data[at : at + length]
        elif how == 4:
            del data[max(at, 1) :]
        elif how == 5:
            data[at:at] = draw.choice([b"\xef\xbb\xbf", b"\x00", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\x85", b"\r"])
        elif how == 6:
            data = bytearray(data.replace(b"\n", draw.choice([b"\r\n", b"\r", b"\n\n", b" \n"])))
        elif how == 7 and draw.randrange(8) == 0:
            data[at:at] = b"x" * 70_000
        else:
            other = draw.choice(others).text.encode()
            data[at:at] = other[(start := draw.randrange(len(other))) : start + length]
    return bytes(data)


def of_tokens(base: Base, draw: random.Random, others: tuple[Base, ...]) -> bytes:
    tokens = TOKEN.findall(base.text)
    for _ in range(draw.randint(1, 3)):
        at, to = draw.randrange(len(tokens)), draw.randrange(len(tokens))
        how = draw.randrange(5)
        if how == 0:
            tokens[at] = ""
        elif how == 1:
            tokens[at] *= 2
        elif how == 2:
            tokens[at], tokens[to] = tokens[to], tokens[at]
        elif how == 3:
            tokens[at] = draw.choice(TOKENS)
        else:
            tokens.insert(at, draw.choice((*TOKENS, *TOKEN.findall(draw.choice(others).text)[:50])))
    return "".join(tokens).encode("utf-8", "surrogatepass")


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every (container, key) of nested values."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in list(items):
        yield value, key
        yield from places(item)


def of_values(base: Base, draw: random.Random, others: tuple[Base, ...]) -> bytes:
    values = deepcopy(base.values)
    scalars = [(holder, key) for holder, key in places(values) if isinstance(holder[key], str)]
    for _ in range(draw.randint(1, 2)):
        holder, key = draw.choice(scalars)
        how = draw.randrange(6)
        text = holder[key]
        if how > 3:
            approach(values, base, draw)
        elif how == 0:
            holder[key] = draw.choice(VALUES)
        elif how == 1:  # the same field, or another, of another record
            lent = draw.choice(others).values
            again = lent.get(key) if isinstance(key, str) and draw.randrange(2) else None
            own = [h[k] for h, k in places(lent) if isinstance(h[k], str)]
            holder[key] = again if isinstance(again, str) else draw.choice(own)
        elif how == 2:
            at = draw.randrange(len(text) + 1)
            holder[key] = text[:at] + draw.choice((*VALUES, "-", "'", '"', ": ", " #")) + text[at:]
        else:
            holder[key] = draw.choice(
                (text.upper(), text.lower(), text[::-1], text[:-1], f" {text}", f"{text} ", text * 2)
            )
    return written(values, base, draw)


def approach(values: dict[str, Any], base: Base, draw: random.Random) -> None:
    """Write what is nearly right in a field that the record has, or in one of its own that it may not have."""
    if draw.randrange(2):
        cell = draw.choice(base.cells)
        field, path = cell.field, cell.path
    else:
        field = draw.choice([field for field in load(base.collection).root.fields if field.path])
        path = field.path
    *above, last = path
    holder: Any = values
    for step in above:
        holder = holder.setdefault(step, {}) if isinstance(holder, dict) else holder[step]
    if isinstance(holder, dict | list):
        near = draw.choice(nearly(field))
        holder[last] = [near, near] if field.is_list else near


def nearly(field: Field) -> tuple[str, ...]:
    """List values that nearly fit a field, another choice of its own among them."""
    return (*NEAR.get(field.path[-1], NEAR.get(field.type, ())), *field.labels, "essai", " essai", "")


def of_structures(base: Base, draw: random.Random, others: tuple[Base, ...]) -> bytes:
    values = deepcopy(base.values)
    for _ in range(draw.randint(1, 2)):
        found = list(places(values))
        if not found:
            break
        holder, key = draw.choice(found)
        how = draw.randrange(11)
        if how == 0:
            del holder[key]
        elif how == 1:
            holder[key] = draw.choice(([], {}, [[]], [{}], {"": ""}, [""], "x", {"nom": {"nom": "x"}}))
        elif how == 2:
            for _ in range(draw.randint(1, 12)):
                holder[key] = [holder[key]] if draw.randrange(2) else {"nom": holder[key]}
        elif how == 3 and isinstance(holder, dict):
            holder[draw.choice((*KEYS, f"{key}s", str(key).upper()))] = holder.pop(key)
        elif how == 4 and isinstance(holder[key], list) and holder[key]:
            holder[key] = holder[key] * draw.choice((2, 60))
        elif how == 5 and isinstance(holder, list):
            holder.insert(0, draw.choice(("", "x", {}, [], deepcopy(holder[key]))))
        elif how == 6:
            values[draw.choice((*KEYS, str(key)))] = deepcopy(holder[key])
        elif how == 7:
            items = list(values.items())
            draw.shuffle(items)
            values = dict(items)
        elif how == 8:
            lent = draw.choice(others).values
            extra = draw.choice(list(lent))
            values[extra] = deepcopy(lent[extra])
        elif how == 9 and isinstance(holder[key], str):
            holder[key] = draw.choice(([holder[key]], {"nom": holder[key]}))
        elif isinstance(holder[key], list):
            holder[key].reverse()
    return written(values, base, draw)


def written(values: dict[str, Any], base: Base, draw: random.Random) -> bytes:
    """Write values as our formatter does, or as JSON, which YAML reads too."""
    if draw.randrange(3):
        text = formatter.dump(values, load(base.collection))
    else:
        text = json.dumps(values, ensure_ascii=bool(draw.randrange(2)), indent=draw.choice((None, 1)))
    return text.encode("utf-8", "surrogatepass")


KINDS: dict[str, Callable[[Base, random.Random, tuple[Base, ...]], bytes]] = {
    "bytes": of_bytes,
    "tokens": of_tokens,
    "values": of_values,
    "structures": of_structures,
}
