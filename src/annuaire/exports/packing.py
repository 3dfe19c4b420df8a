"""Part the data of the catalogue in two files, and write some columns in fewer bytes: telephones wait less.

The first, `/acheter/catalogue.json`, holds what a search is judged by and what its rows begin with; the second,
`/acheter/details.json`, the columns that are shown or asked for afterwards (`DETAILS`). `unpack` undoes it, as do the
scripts of the pages (`theme/js/common/catalogue/packing.js`): tests and measures read the catalogue whole.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from annuaire import urls

WHOLE = 2  # the format of the data whole
FORMAT = 3  # of the two files
FILES = (urls.CATALOGUE_DATA, urls.CATALOGUE_DETAILS)
DETAILS = {
    "entreprises": ("conformite", "neq", "fonction", "courriel", "site_web", "adresse", "code_postal", "activite"),
    "offres": ("prix", "delai", "capacite"),
}
_LATITUDE, _LONGITUDE = 3, 4  # places in a row of the municipalities
_MRC = 2
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
    columns = {key: column for key, column in own.items() if key not in DETAILS["entreprises"]}
    columns["lat"] = _apart(own["lat"], [town[_LATITUDE] for town in towns])
    columns["lon"] = _apart(own["lon"], [town[_LONGITUDE] for town in towns])
    columns["mrc"] = [0 if all_ == [town[_MRC]] else all_ for all_, town in zip(own["mrc"], towns, strict=True)]
    listed = {key: column for key, column in offers.items() if key not in DETAILS["offres"]}
    listed["entreprise"] = counts
    details = {name: {key: content[name][key] for key in keys} for name, keys in DETAILS.items()}
    head = {"format": FORMAT, "empreinte": content["version"]["sha256"]}
    return {**content, **head, "entreprises": columns, "offres": listed}, {**head, **details}


def unpack(core: Content, details: Content) -> Content:
    """Give the data of a catalogue whole, as `purchase.content` made them."""
    whole = {key: value for key, value in core.items() if key != "empreinte"} | {"format": WHOLE}
    own, offers = dict(core["entreprises"]), dict(core["offres"])
    towns = [core["municipalites"][rank] for rank in own["municipalite"]]
    own["lat"] = _back(own["lat"], [town[_LATITUDE] for town in towns])
    own["lon"] = _back(own["lon"], [town[_LONGITUDE] for town in towns])
    own["mrc"] = [all_ or [town[_MRC]] for all_, town in zip(own["mrc"], towns, strict=True)]
    offers["entreprise"] = [rank for rank, count in enumerate(offers["entreprise"]) for _ in range(count)]
    return whole | {"entreprises": own | details["entreprises"], "offres": offers | details["offres"]}


def read(site: Path) -> Content:
    """Read the data of the catalogue of a built site, whole."""
    core, details = (json.loads((site / name).read_text(encoding="utf-8")) for name in FILES)
    return unpack(core, details)


def _apart(values: list[int | None], origins: list[int | None]) -> list[int | None]:
    """Write each value from its origin, where there is one."""
    return [None if one is None else one - (origin or 0) for one, origin in zip(values, origins, strict=True)]


def _back(values: list[int | None], origins: list[int | None]) -> list[int | None]:
    return [None if one is None else one + (origin or 0) for one, origin in zip(values, origins, strict=True)]
