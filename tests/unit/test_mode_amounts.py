"""An amount of the mode page is read as people write it, or is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.node import Ask, asking


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """Start the rules in Node; give what asks them one question."""
    with asking(Path(__file__).with_name("mode.mjs")) as found:
        yield found


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("25000", "25000"),
        ("25\u00a0000\u00a0$", "25000"),
        ("25\u202f000 $", "25000"),
        ("24999,99", "24999"),
        ("24999.5", "24999"),
        ("0", "0"),
        ("  ", "null"),
        ("$", "null"),
        ("", "null"),
        ("1,234", "NaN"),
        ("25,", "NaN"),
        ("x25", "NaN"),
        ("25x", "NaN"),
        ("-5", "NaN"),
        ("1e5", "NaN"),
        ("123456789012", "123456789012"),
        ("1234567890123", "NaN"),
    ],
)
def test_an_amount_is_read_as_people_write_it(ask: Ask, text: str, amount: str) -> None:
    assert ask("dollars", text=text) == amount
