"""Files of purchases as people keep them: any encoding, separator, amount or day, and what no workbook may do."""

from __future__ import annotations

import base64
import io
import random
import zipfile
from collections.abc import Callable

import pytest
from tests import ledgers
from tests.ledgers import ask_in_node, exemple_catalogue, read
from tests.node import Ask

__all__ = ["ask_in_node", "exemple_catalogue"]  # fixtures


def refused(ask: Ask, data: bytes) -> str:
    """Give the sentence that a file is refused with."""
    return str(ask("read", bytes=base64.b64encode(data).decode("ascii"))["fault"]).replace("\u00a0", " ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman"])
def test_any_encoding_is_read(ask: Ask, encoding: str) -> None:
    text = "Fournisseur;Montant\nThéâtre de l’Œuvre-Exemple;1 234,56 $\nÉpicerie où l’été règne;2,50\n"
    found = read(ask, text.encode(encoding))
    assert found["guess"]["sample"][0][0] == "Théâtre de l’Œuvre-Exemple"
    assert found["result"]["total"]["cents"] == 1_237_06


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_separator_and_newline_is_read(ask: Ask, separator: str, newline: str) -> None:
    rows = [["Fournisseur", "Objet", "Montant"], ["Exemple, inc.", 'Deux\nlignes, « et » "guillemets"', "1 234,56"]]
    text = newline.join(separator.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows)
    found = read(ask, text)
    assert found["guess"]["sample"] == [rows[1]]
    assert found["result"]["total"] == {"cents": 1_234_56, "lines": 1, "suppliers": 1}


def test_an_open_quote_does_not_swallow_the_rest(ask: Ask) -> None:
    found = read(ask, 'Fournisseur;Montant\n"Exemple;10\nAutre;20\nDernier;30\n')
    assert "guillemets mal fermés, lus tels quels" in found["guess"]["how"]
    assert found["result"]["total"]["cents"] == 60_00


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1 234,56 $", 123456),
        ("1\u00a0234,56", 123456),
        ("1\u202f234,56", 123456),
        ("$1,234.56", 123456),
        ("1.234.567,89", 123456789),
        ("1,234,567.89", 123456789),
        ("1234567", 123456700),
        ("(1 234,56)", -123456),
        ("-1234.5", -123450),
        ("1234,56-", -123456),
        ("−12,00", -1200),
        ("12,00 CR", -1200),
        ("12,00 DR", 1200),
        ("1,234", 123400),
        ("0,234", 23),
        ("1234,567", 123457),
        (",50", 50),
        ("1.005", 100500),
        ("1,23E+05", 12300000),
        ("100 CAD", 10000),
        ("0", 0),
        ("", None),
        ("-", None),
        (1234.56, 123456),
        (-0.005, -1),
        ("à venir", "NaN"),
        ("12/05/2025", "NaN"),
        ("2025-05-12", "NaN"),
        ("1,23,456", "NaN"),
        ("1,234.567.89", "NaN"),
        ("12 345 678 p. 3", "NaN"),
    ],
)
def test_amounts_as_people_write_them(ask: Ask, text: str | float, cents: int | str | None) -> None:
    assert ask("amount", text=text) == ("null" if cents is None else str(cents))


def test_a_column_says_what_its_comma_is(ask: Ask) -> None:
    assert ask("amounts", cells=["1,234", "12,50", "3,10"]) == ["123", "1250", "310"]
    assert ask("amounts", cells=["1,234", "12.50", "3.10"]) == ["123400", "1250", "310"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-03-04", "2025-03-04"),
        ("2025/3/4 12:00", "2025-03-04"),
        ("04/03/2025", "2025-03-04"),
        ("03/14/2025", "2025-03-14"),
        ("20250304", "2025-03-04"),
        (20250304, "2025-03-04"),
        (45720, "2025-03-04"),
        ("4 mars 2025", "2025-03-04"),
        ("1er février 2025", "2025-02-01"),
        ("2025-02-30", ""),
        ("mardi", ""),
        ("", ""),
    ],
)
def test_days_as_people_write_them(ask: Ask, text: str | int, day: str) -> None:
    assert ask("day", text=text) == day


def test_files_that_are_refused_say_what_to_do(ask: Ask) -> None:
    assert refused(ask, b"") == "Ce fichier est vide."
    assert "aucune ligne" in refused(ask, b"\n\n\n")
    assert "ancien format (.xls)" in refused(ask, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "PDF" in refused(ask, b"%PDF-1.7\n")
    assert "coupé ou endommagé" in refused(ask, b"PK\x03\x04 nothing")
    assert "n’est pas un classeur" in refused(ask, zipped({"content.xml": b"<office/>"}))
    assert "ligne 2" in refused(ask, b"Fournisseur;Montant\n" + "Été;1\n".encode("cp1252") + "Été;1\n".encode())
    assert "plus de 60 000 lignes" in refused(ask, b"Fournisseur;Montant\n" + b"Exemple;1\n" * 60_001)
    assert "plus de 40 Mo" in refused(ask, bytes(40_000_001))


def zipped(files: dict[str, bytes]) -> bytes:
    """Make an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_sheet(change: Callable[[bytes], bytes]) -> bytes:
    """Make a small workbook whose sheet is changed."""
    data, _ = ledgers.workbook(random.Random(1), {"1100000103": "Exemplaire"}, 3)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    return zipped(files | {name: change(files[name])})


def test_a_workbook_cannot_unfold_to_fill_the_memory(ask: Ask) -> None:
    bomb = with_sheet(lambda sheet: sheet + b" " * 260_000_000)
    assert len(bomb) < 1_000_000
    assert "Une fois déplié" in refused(ask, bomb)
    far = with_sheet(lambda sheet: sheet.replace(b'<c r="A1"', b'<c r="XFD1048576"', 1))
    assert "s’étend sur 1 048 576 lignes" in refused(ask, far)
    broken = with_sheet(lambda sheet: sheet[: len(sheet) // 2])
    assert refused(ask, broken)


def test_a_workbook_that_lies_of_its_size_is_cut_not_trusted(ask: Ask) -> None:
    data = bytearray(with_sheet(lambda sheet: sheet + b" " * 50_000_000))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        name = bytes(data[at + 46 : at + 46 + int.from_bytes(data[at + 28 : at + 30], "little")])
        if name == b"xl/worksheets/sheet1.xml":
            data[at + 24 : at + 28] = (400).to_bytes(4, "little")
        at = data.find(b"PK\x01\x02", at + 4)
    assert "endommagé" in refused(ask, bytes(data))


def test_another_sheet_of_a_workbook_may_be_chosen(ask: Ask) -> None:
    data, _ = ledgers.workbook(random.Random(1), {"1100000103": "Exemplaire"}, 12)
    guess = read(ask, data)["guess"]
    assert [(sheet["name"], sheet["rows"]) for sheet in guess["sheets"]] == [("Achats 2025", 16), ("Notes", 1)]
    other = ask("sheet", at=1)
    assert (other["at"], other["header"], other["sample"]) == (1, -1, [["Préparé pour l’exemple"]])
