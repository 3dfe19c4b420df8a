"""Cells that hold more than their value, or what nobody can read for sure: kept as written, or told."""

from __future__ import annotations

import pytest

from annuaire.intake.importing import cleaning, places


@pytest.mark.parametrize(
    "written",
    [
        *("Case postale 77", "10 – 2e Avenue", "1 à 5, rue X", "1 a 5, rue X", "123 1/2, rue Y", "12 et 14 rue X"),
        *("APP", "123 1/2, rue Y, bureau 3"),
    ],
)
def test_an_address_that_is_not_sure_is_kept_as_written(written: str) -> None:
    assert places.street(written).value == written


def test_an_address_without_a_street_begins_with_no_comma() -> None:
    assert places.street("C.P. 12").value == "Case postale 12"
    assert places.street("582 4e rue, c.p. 3").value == "582, 4e Rue, case postale 3"


@pytest.mark.parametrize(
    ("cell", "value", "others"),
    [
        ("819 555-0201 (jour), 819 555-0202 (soir)", "819 555-0201", "819 555-0202"),
        ("819 555-0201 info@exemple.org", "819 555-0201", "info@exemple.org"),
        ("819 555-0201 (info@exemple.org)", "819 555-0201", "info@exemple.org"),
        ("819 555-0201 poste 3", "819 555-0201 poste 3", ""),
        ("Tél. 819 555-0201", "819 555-0201", ""),
    ],
)
def test_all_that_a_cell_of_telephones_holds_besides_is_told(cell: str, value: str, others: str) -> None:
    read = cleaning.telephone(cell)
    assert (read.value, read.others) == (value, others)
    assert not others or read.changes[0].endswith(f"lu «\u00a0{value}\u00a0», laissé\u00a0: «\u00a0{others}\u00a0»")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("www.exemple.org/?q=é", "https://www.exemple.org/?q=%C3%A9"),
        ("http://www.exemple.org/élan", "http://www.exemple.org/%C3%A9lan"),
        ("exemple.org/À propos", ""),
        ("exemple.local", ""),
        ("www.exemple.org Facebook", "https://www.exemple.org"),
        ("exemple.org/a et exemple.net", "https://exemple.org/a"),
        ("exemple.org/a exemple.net", "https://exemple.org/a"),
    ],
)
def test_an_address_is_one_that_a_record_may_hold_or_is_left(cell: str, value: str) -> None:
    read = cleaning.web_address(cell)
    assert read.value == value
    assert bool(read.fault) == (not value)
