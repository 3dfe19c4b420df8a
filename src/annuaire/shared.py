"""Give the constants that the scripts of the pages hold too, from the two files of data that both read.

The scripts are bundled with what they use of `data/communs.json` and `data/adresses.json`. What only the form of
corrections needs travels with its data instead (`annuaire.exports.form`). Names are French, as in every file of data;
`data/README.md` says what each one is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any


def _read(name: str) -> Any:
    return json.loads(resources.files("annuaire.data").joinpath(name).read_text(encoding="utf-8"))


SHARED: Mapping[str, Any] = _read("communs.json")
ADDRESSES: Mapping[str, str] = _read("adresses.json")
