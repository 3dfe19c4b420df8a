"""Read YAML text: every scalar a string, faults with their place, nothing expanded, no crash."""

import sys
from pathlib import Path
from typing import Any

import pytest

from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile import source

HERE = Path("fiche.yml")


def codes(text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    return [fault.finding.code for fault in source.parse_bytes(data, HERE).faults]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("neq: 0012345671", {"neq": "0012345671"}),
        (
            "a: no\nb: 12:30\nc: 1e3\nd: '~'\ne: 2026-01-01",
            {"a": "no", "b": "12:30", "c": "1e3", "d": "~", "e": "2026-01-01"},
        ),
        ("a: ~\nb: null\nc: 'null'\nd: Nulle", {"a": "", "b": "", "c": "null", "d": "Nulle"}),
        ("a:\nb: ''\nc: []\nd: {}", {"a": "", "b": "", "c": [], "d": {}}),
        ("a: [1, {b: c}]", {"a": ["1", {"b": "c"}]}),
        ("a: |-\n  x\n  y\nb: >-\n  x\n  y", {"a": "x\ny", "b": "x y"}),
        ("<<: {a: b}", {"<<": {"a": "b"}}),
    ],
)
def test_scalars_are_texts(text: str, values: dict[str, Any]) -> None:
    document = source.parse(text, HERE)
    assert document.values == values
    assert document.faults == []


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_depth_does_not_crash(opening: str) -> None:
    document = source.parse(opening * 20_000, HERE)
    assert [fault.finding.code for fault in document.faults] in (["trop-profond"], ["syntaxe-yaml"], ["cle-complexe"])
    assert sys.getrecursionlimit() < 20_000


def test_all_duplicate_keys_are_told_at_their_place() -> None:
    document = source.parse("a: 1\na: 2\nb:\n  c: 1\n  c: 2\na: 3\n", HERE)
    places = [(fault.finding.values["cle"], fault.line, fault.column) for fault in document.faults]
    assert places == [("a", 2, 1), ("c", 5, 3), ("a", 6, 1)]


def test_places_count_characters() -> None:
    fault = source.parse_bytes("nom: é🍁\x00".encode(), HERE).faults[0]
    assert (fault.line, fault.column) == (1, 8)
    fault = source.parse_bytes("nom: é\nville: ".encode() + b"\xff", HERE).faults[0]
    assert (fault.finding.code, fault.line, fault.column) == ("encodage", 2, 8)


def test_size_is_judged_before_reading(tmp_path: Path) -> None:
    path = tmp_path / "gros.yml"
    path.write_bytes(b"a: " + b"x" * source.MAX_BYTES)
    assert source.read(path).faults[0].finding.code == "fichier-trop-gros"
    assert source.read(path, max_bytes=source.MAX_BYTES * 2).faults == []


def test_missing_file_and_folder_are_faults(tmp_path: Path) -> None:
    assert source.read(tmp_path / "absente.yml").faults[0].finding.code == "lecture-impossible"
    assert source.read(tmp_path).faults[0].finding.code == "lecture-impossible"


def test_every_forbidden_character_is_found() -> None:
    for code in (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xAD, 0x200B, 0x2028, 0x202E, 0x2066):
        assert codes(f"a: b{chr(code)}c") in (["caractere-interdit"], ["caractere-nul"]), hex(code)
        assert source.forbidden_character(f"b{chr(code)}c") == f"U+{code:04X}"
    assert codes("a: b\u00a0\u202f\u200d\u200c🍁\n") == []


def test_mark_at_the_start_is_told_once() -> None:
    assert codes("\ufeffa: b") == ["marque-bom"]
    assert codes("\ufeffa: b\ufeff") == ["marque-bom", "caractere-interdit"]


def test_unclosed_things_are_placed_where_they_open() -> None:
    fault = source.parse('a: b\nc: "d\ne: f\n', HERE).faults[0]
    assert (fault.line, fault.column) == (2, 4)


def test_tags_are_kept_as_text_only_where_asked() -> None:
    text = "a: !ENV [X, y]\nb: !!python/name:os.system z\n"
    assert codes(text) == ["etiquette"]
    assert source.parse(text, HERE, lenient_tags=True).values == {"a": ["X", "y"], "b": "z"}


def test_trusted_file_at_fault_stops_the_run(tmp_path: Path) -> None:
    path = tmp_path / "mots.yml"
    path.write_text("a: b\na: c\n", encoding="utf-8")
    with pytest.raises(AnnuaireError, match=r"mots\.yml:2:1"):
        source.parse_trusted(path)
    path.write_bytes(b"a: \xe9\n")
    with pytest.raises(AnnuaireError, match="UTF-8"):
        source.parse_trusted(path)


def test_locate_gives_keys_and_values() -> None:
    places = source.locate("a: b\nc:\n  - d: e\n  - [f, g]\n")
    assert places[("a",)] == ((1, 1), (1, 4))
    assert places[("c",)] == ((2, 1), (3, 3))
    assert places[("c", 0, "d")] == ((3, 5), (3, 8))
    assert places[("c", 1, 1)] == ((4, 9), (4, 9))
    assert places[()] == ((1, 1), (1, 1))
