"""Part the data of the catalogue in two files, and write their columns in few bytes: telephones wait less.

The first, `/acheter/catalogue.json`, holds what most searches are judged by and what their rows begin with; the second,
`/acheter/details.json`, the columns that are shown or asked for afterwards (`DETAILS`). `unpack` undoes it, as do the
scripts of the pages (`theme/js/common/catalogue/packing.js`): tests and measures read the catalogue whole.

A column whose values repeat is written `{"valeurs": […], "rangs": "…"}`: its values once, the most frequent first, then
one character for the rank of each item, or two where the values are many (`_ranked`). A slug is written from the name.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from annuaire import urls
from annuaire.text.names import slugify

WHOLE = 2  # the format of the data whole
FORMAT = 4  # of the two files
FILES = (urls.CATALOGUE_DATA, urls.CATALOGUE_DETAILS)
DETAILS = {
    "entreprises": (
        *("adhesion", "lat", "lon", "point", "desserte", "certifications", "conformite", "date", "neq", "fonction"),
        *("telephone", "courriel", "site_web", "adresse", "code_postal", "activite"),
    ),
    "offres": ("desserte", "prix", "delai", "capacite", "date"),
}
SIGNS = "".join(map(chr, range(35, 127))).replace("\\", "")  # what JSON writes as one character
_LATITUDE, _LONGITUDE = 3, 4  # places in a row of the municipalities
_MRC = 2
_IN_CORE = 3  # of a row of the municipalities, what the first file holds
_USUAL = re.compile(r"[\x00-\xde\xe0-\xffŒœ‘’–—…]*")  # letters that scripts fold as we do, surely
_PLAIN = (str, int)  # types whose values are told apart by themselves: 1 and true would not be
Content = dict[str, Any]


def pack(content: Content) -> tuple[Content, Content]:
    """Give the two files that hold the data of a catalogue.

    Points are written from that of their municipality (so `0` for who has no other), territories only where they are
    not that of the municipality, and each enterprise has how many offers it has rather than each offer its enterprise.
    """
    own, offers = content["entreprises"], content["offres"]
    towns = [content["municipalites"][rank] for rank in own["municipalite"]]
    counts = [0] * len(own["slug"])
    for rank in offers["entreprise"]:
        counts[rank] += 1
    columns = own | {
        "slug": [_slug_end(*pair) for pair in zip(own["slug"], own["nom"], strict=True)],
        "lat": _apart(own["lat"], [town[_LATITUDE] for town in towns]),
        "lon": _apart(own["lon"], [town[_LONGITUDE] for town in towns]),
        "mrc": [0 if all_ == [town[_MRC]] else all_ for all_, town in zip(own["mrc"], towns, strict=True)],
    }
    # A name often goes with its category: both are of one column.
    named = list(zip(offers["nom"], offers["categorie"], strict=True))
    listed = {key: column for key, column in offers.items() if key not in ("nom", "categorie")}
    listed |= {"entreprise": counts, "quoi": named}
    head = {"format": FORMAT, "empreinte": content["version"]["sha256"]}
    core, details = {**content, **head}, dict(head)
    for name, all_columns in (("entreprises", columns), ("offres", listed)):
        packed = {key: _ranked(column) for key, column in all_columns.items()}
        core[name] = {key: column for key, column in packed.items() if key not in DETAILS[name]}
        details[name] = {key: packed[key] for key in DETAILS[name]}
    core["municipalites"] = [row[:_IN_CORE] for row in content["municipalites"]]
    details["municipalites"] = [row[_IN_CORE:] for row in content["municipalites"]]
    return core, details


def unpack(core: Content, details: Content) -> Content:
    """Give the data of a catalogue whole, as `purchase.content` made them."""
    whole = {key: value for key, value in core.items() if key != "empreinte"} | {"format": WHOLE}
    own, offers = (
        {key: _unranked(column) for key, column in (core[name] | details[name]).items()}
        for name in ("entreprises", "offres")
    )
    rows = [a + b for a, b in zip(core["municipalites"], details["municipalites"], strict=True)]
    towns = [rows[rank] for rank in own["municipalite"]]
    own["slug"] = [_slug(*pair) for pair in zip(own["slug"], own["nom"], strict=True)]
    own["lat"] = _back(own["lat"], [town[_LATITUDE] for town in towns])
    own["lon"] = _back(own["lon"], [town[_LONGITUDE] for town in towns])
    own["mrc"] = [all_ or [town[_MRC]] for all_, town in zip(own["mrc"], towns, strict=True)]
    offers["entreprise"] = [rank for rank, count in enumerate(offers["entreprise"]) for _ in range(count)]
    named = offers.pop("quoi")
    offers |= {"nom": [name for name, _ in named], "categorie": [category for _, category in named]}
    return whole | {"municipalites": rows, "entreprises": own, "offres": offers}


def read(site: Path) -> Content:
    """Read the data of the catalogue of a built site, whole."""
    core, details = (json.loads((site / name).read_text(encoding="utf-8")) for name in FILES)
    return unpack(core, details)


def _ranked(column: list[Any]) -> Any:
    """Write a column by the ranks of its values, where they repeat; any other stays a list.

    With few values each has its sign. Else the last signs begin one of two: how many do, the number of values says.
    """
    keys = [value if type(value) in _PLAIN else (json.dumps(value),) for value in column]
    count = Counter(keys)
    if 2 * len(count) > len(keys) or len(count) > len(SIGNS) ** 2:
        return column
    ordered = sorted(count, key=lambda key: -count[key])
    alone = _alone(len(ordered))
    signs = {}
    for rank, key in enumerate(ordered):
        first, last = divmod(rank - alone, len(SIGNS))
        signs[key] = SIGNS[rank] if rank < alone else SIGNS[alone + first] + SIGNS[last]
    return {
        "valeurs": [json.loads(key[0]) if type(key) is tuple else key for key in ordered],
        "rangs": "".join(signs[key] for key in keys),
    }


def _unranked(column: Any) -> list[Any]:
    if isinstance(column, list):
        return column
    values, text = column["valeurs"], iter(column["rangs"])
    alone = _alone(len(values))
    found = []
    for sign in text:
        rank = SIGNS.index(sign)
        if rank >= alone:
            rank = alone + (rank - alone) * len(SIGNS) + SIGNS.index(next(text))
        found.append(values[rank])
    return found


def _alone(values: int) -> int:
    """Give how many values have a sign of their own: the others begin by one of the signs that are left."""
    return len(SIGNS) - max(0, -(-(values - len(SIGNS)) // (len(SIGNS) - 1)))


def _slug_end(slug: str, name: str) -> str:
    """Give what a slug adds to that of its name (« -2 », nothing), or the whole slug where it is another."""
    if not _USUAL.fullmatch(name):
        return slug
    own = slugify(name)
    end = slug.removeprefix(own)
    return end if slug.startswith(own) and (end == "" or end.startswith("-")) else slug


def _slug(end: str, name: str) -> str:
    return slugify(name) + end if end == "" or end.startswith("-") else end


def _apart(values: list[int | None], origins: list[int | None]) -> list[int | None]:
    """Write each value from its origin, where there is one."""
    return [None if one is None else one - (origin or 0) for one, origin in zip(values, origins, strict=True)]


def _back(values: list[int | None], origins: list[int | None]) -> list[int | None]:
    return [None if one is None else one + (origin or 0) for one, origin in zip(values, origins, strict=True)]
