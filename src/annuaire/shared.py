"""Give the constants that the scripts of the pages hold too, from the one file that both read, `data/communs.json`.

The scripts are bundled with that file. What only the form of corrections needs travels with its data instead
(`annuaire.exports.form`), and what only the rules of one page need travels in that page. Names are French, as in every
file of data; `data/README.md` says what each one is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

SHARED: Mapping[str, Any] = json.loads(
    resources.files("annuaire.data").joinpath("communs.json").read_text(encoding="utf-8")
)
