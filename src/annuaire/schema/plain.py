"""Tell a value that is plainly right, in its usual writing, from one that frictionless must judge.

Nearly all values are right, and to load frictionless takes as long as to judge hundreds of records. What is not said to
be right here is not said to be wrong: frictionless alone refuses a value, and words why (a test holds both equal).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

Test = Callable[[str], bool]
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_WHOLE = re.compile(r"-?[0-9]{1,15}", re.ASCII)
_OF_TEXTS = {"required", "minLength", "maxLength", "pattern", "enum"}
_OF_NUMBERS = {"required", "minimum", "maximum"}
_DAY = "%Y-%m-%d"


def test_of(raw: Mapping[str, Any]) -> Test:
    """Give what tells a value that is plainly right, of a field by its Table Schema descriptor."""
    constraints = raw.get("constraints", {})
    if raw["type"] == "list":
        return _text({}) if raw["itemType"] == "string" else _never
    if raw["type"] == "string" and constraints.keys() <= _OF_TEXTS and raw.get("format", "default") == "default":
        return _text(constraints)
    if raw["type"] in ("integer", "number") and constraints.keys() <= _OF_NUMBERS:
        return _number(NUMBER if raw["type"] == "number" else _WHOLE, constraints)
    if raw["type"] == "date" and constraints.keys() <= {"required"} and raw.get("format") == _DAY:
        return _is_day
    if raw["type"] == "boolean" and constraints.keys() <= {"required"} and {"trueValues", "falseValues"} <= raw.keys():
        return frozenset((*raw["trueValues"], *raw["falseValues"])).__contains__
    return _never


def _never(_: str) -> bool:
    return False


def _text(constraints: Mapping[str, Any]) -> Test:
    if "enum" in constraints:
        return frozenset(constraints["enum"]).__contains__ if constraints.keys() <= {"required", "enum"} else _never
    least, most = max(1, constraints.get("minLength", 1)), constraints.get("maxLength")
    matches = re.compile(constraints["pattern"]).fullmatch if "pattern" in constraints else None

    def test(value: str) -> bool:
        length = len(value)
        return length >= least and (most is None or length <= most) and (matches is None or matches(value) is not None)

    return test


def _number(writing: re.Pattern[str], constraints: Mapping[str, Any]) -> Test:
    least, most = (Decimal(str(constraints.get(name, end))) for name, end in (("minimum", "-inf"), ("maximum", "inf")))
    return lambda value: writing.fullmatch(value) is not None and least <= Decimal(value) <= most


def _is_day(value: str) -> bool:
    if not DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
