"""Two thousand seeded mutations of valid records, of the Exemple region and of the real directory.

Whatever comes out: no exception; a refusal has a place and a remedy; an acceptance goes through the formatter with its
values, twice with the same text, and becomes the same model again, shown on a page. A failure names its seed.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.rules.corpus import TODAY, settings
from tests.rules.test_fuzz import hold
from tests.sites import REPOSITORY

from annuaire import formatter, model, source, territories, thresholds, vocabularies
from annuaire.catalogue import Catalogue
from annuaire.pages.profile import profile
from annuaire.problems import AnnuaireError, Severity
from annuaire.records import BUYERS, COHORTS, ENTERPRISES, EVERY, TERRITORIES, THRESHOLDS, Record, from_document
from annuaire.rules import Context, judge
from annuaire.schema import load

EACH = 250  # of each kind, on each set of records: 2,000
SETS = {"exemple": (REPOSITORY / "examples" / "content", "99"), "mauricie": (REPOSITORY / "content", "04")}
MODELS: dict[str, Callable[[Record], Any]] = {
    ENTERPRISES: model.enterprise,
    TERRITORIES: model.territory_note,
    THRESHOLDS: thresholds.threshold,
    BUYERS: model.buyer,
    COHORTS: model.cohort,
}
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


@dataclass(frozen=True)
class Base:
    """Hold a valid record and where it comes from."""

    path: Path
    collection: str
    text: str
    values: dict[str, Any]


@cache
def context(name: str) -> Context:
    content, region = SETS[name]
    own = content / "vocabularies"
    return Context(settings(content, (region,)), territories.load(own), vocabularies.load(own), TODAY)


@cache
def bases(name: str) -> tuple[Base, ...]:
    """List the records that are valid by themselves (one that names another, merged or renamed, may not be)."""
    found = []
    for collection in EVERY:
        for path in sorted((SETS[name][0] / collection).glob("*.yml")):
            record = read(path.read_bytes(), path, collection)
            if not errors(record, name):
                found.append(Base(path, collection, record.document.text, record.values))
    return tuple(found)


def read(data: bytes, path: Path, collection: str) -> Record:
    return from_document(source.parse_bytes(data, Path(path.name)), path.name, load(collection))


def errors(record: Record, name: str) -> list[Any]:
    return [p for p in judge([record], context(name)) if p.severity is Severity.ERROR]


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
        how = draw.randrange(4)
        text = holder[key]
        if how == 0:
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


def show(record: Record, name: str) -> Any:
    """Make the model of an accepted record, its page if it has one, and its line of open data."""
    found = MODELS[record.schema.name](record)
    if record.schema.name == ENTERPRISES:
        around = context(name)
        catalogue = Catalogue([found], (), around.territories, around.vocabularies, around.settings.regions)
        page = profile(catalogue, around.settings, found, TODAY.isoformat())
        assert page.title == found.nom
        assert catalogue.successor(found) is None
    return found


def check(data: bytes, base: Base, name: str) -> bool:
    """Judge a mutation as a site would, then as `annuaire format` would; tell whether it is accepted."""
    text = data.decode("utf-8", "replace")
    record = read(data, base.path, base.collection)
    problems = judge([record], context(name))
    hold(problems, text)
    assert all(p.location.file == base.path.name and p.hint.strip() and p.message.strip() for p in problems)
    twin = read(base.text.encode(), Path(f"avant-{base.path.name}"), base.collection)
    both = judge([twin, record], context(name))  # the rules that compare records
    for one, own_text in ((twin, base.text), (record, text)):
        hold([p for p in both if p.location.file == one.file], own_text)
    is_accepted = not any(p.severity is Severity.ERROR for p in problems)
    own = load(base.collection)
    if not record.is_readable:
        assert not is_accepted
        with pytest.raises(AnnuaireError, match=r"\S"):
            formatter.format_text(data.decode("utf-8", "surrogateescape"), own)
        return False
    try:
        once = formatter.format_text(text, own)
    except AnnuaireError:
        assert not is_accepted, "what is accepted can be formatted"
        return False
    assert formatter.format_text(once, own) == once
    again = read(once.encode(), base.path, base.collection)
    assert again.values == record.values
    if is_accepted:
        assert not errors(again, name)
        assert show(again, name) == show(record, name)
    return is_accepted


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("kind", KINDS)
def test_mutations(kind: str, name: str) -> None:
    every = bases(name)
    accepted = 0
    for number in range(EACH):
        seed = f"{name} {kind} {number}"
        draw = random.Random(seed)
        # Two of three are enterprises; the small collections get their share.
        collection = draw.choice(EVERY) if draw.randrange(3) == 0 else ENTERPRISES
        base = draw.choice([base for base in every if base.collection == collection] or every)
        data = KINDS[kind](base, draw, every)
        try:
            accepted += check(data, base, name)
        except Exception as error:
            error.add_note(f"seed « {seed} », {base.path}:\n{data[:3000]!r}")
            raise
    assert 0 < accepted < EACH, "some are accepted, some refused"


def test_there_is_something_to_mutate() -> None:
    assert len(bases("exemple")) > 30
    assert len(bases("mauricie")) > 250
    assert {base.collection for base in bases("exemple")} == set(EVERY)
    for name in SETS:
        for base in bases(name)[:20]:
            assert check(base.text.encode(), base, name)
