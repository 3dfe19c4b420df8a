"""Judge well-written telephone numbers against Canada's numbering plan, as libphonenumber knows it.

The writing itself (`819 555-0142`) is judged with the other cells. A new area code is unknown to an old copy of the
library: hence a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
CODES = ("telephone-douteux",)
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
        if not phonenumbers.is_valid_number_for_region(number, "CA"):
            yield Finding("telephone-douteux", cell.path, {"valeur": cell.value})
