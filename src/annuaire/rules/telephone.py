"""Judge well-written telephone numbers against Canada's numbering plan, as libphonenumber knows it.

The writing itself (`819 555-0142`) is judged with the other cells. A new area code is unknown to an old copy of the
library: hence a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import phonenumbers

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
CODES = ("telephone-douteux",)
_COUNTRY = "CA"
_WRITTEN = re.compile(r"([0-9]{3}) ([0-9]{3})-([0-9]{4})(?: poste [0-9]{1,6})?", re.ASCII)


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report a number that cannot exist in Canada."""
    for cell in record.cells:
        if cell.field.code != "telephone-invalide":
            continue
        written = _WRITTEN.fullmatch(cell.value)
        if written is None:
            continue
        number = phonenumbers.PhoneNumber(country_code=1, national_number=int("".join(written.groups())))
        if not phonenumbers.is_valid_number_for_region(number, _COUNTRY):
            yield Finding("telephone-douteux", cell.path, {"valeur": cell.value})


def for_form() -> dict[str, Any]:
    """Give what the rule of the same name of the form knows (see `annuaire.rules`)."""
    return {"ecrit": _WRITTEN, "attribues": [re.compile(pattern, re.ASCII) for pattern in _assigned()]}


def _assigned() -> list[str]:
    """List the patterns of the numbers of ten digits that Canada assigns, as libphonenumber knows them."""
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(_COUNTRY)
    names = ("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "pager")
    kinds: Iterable[Any] = (getattr(metadata, name, None) for name in (*names, "uan", "voicemail"))
    patterns = (kind.national_number_pattern for kind in kinds if kind is not None and 10 in kind.possible_length)
    return list(dict.fromkeys("".join(pattern.split()) for pattern in patterns if pattern))
