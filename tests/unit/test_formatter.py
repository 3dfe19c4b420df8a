"""Format records: canonical order and quotes, comments kept, values equal, or the file refused."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.rules.strategies import ALPHABET, records, shapes

from annuaire.catalogue import model
from annuaire.records.reading import from_document
from annuaire.schema import load
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile import formatter, source

SCHEMA = load("enterprises")
WHOLE = examples(40)  # whole records, the slowest to draw: what breaks one breaks most
MESSY = """\
# yaml-language-server: $schema=../../schemas/entreprise.schema.json
# Vérifiée au téléphone.

# Le secteur reste à voir.
secteur: culture # deviné
nom:   'Coop  d''Exemple'   # nom usuel
neq: 1142934315
couleur: bleue
offres:
  # La première offre se vend.
  - categorie: b # catégorie
    nom: A
    # Fin de A.
    verification: {date: 2026-01-01, statut: confirmee}

  - nom: B
    territoires_desservis: [ "350", # Mékinac
       quebec] # tout
  # Fin des offres.
description: | # en-tête du texte
  Un texte # qui n’est pas un commentaire
   avec retrait

  et fin
# Avant la mission.
mission: >-
  plié
  ici
certifications: [a, b] # les deux


# La fin.
"""
CLEAN = """\
# yaml-language-server: $schema=../../schemas/entreprise.schema.json
# Vérifiée au téléphone.
nom: Coop  d'Exemple  # nom usuel
neq: "1142934315"

# Le secteur reste à voir.
secteur: culture  # deviné
# Avant la mission.
mission: plié ici
description: |  # en-tête du texte
  Un texte # qui n’est pas un commentaire
   avec retrait

  et fin
offres:
  # La première offre se vend.
  - nom: A
    categorie: b  # catégorie
    # Fin de A.
    verification:
      statut: confirmee
      date: "2026-01-01"

  - nom: B
    territoires_desservis:  # tout
      - "350"  # Mékinac
      - quebec
  # Fin des offres.
certifications: [a, b]  # les deux
couleur: bleue

# La fin.
"""


def values_of(text: str) -> dict[str, Any]:
    document = source.parse(text, Path("essai.yml"))
    assert not document.faults
    return document.values


def comments_of(text: str) -> Counter[str]:
    return Counter(comment.text for comment in source.comments(text))


def test_messy_record_becomes_clean() -> None:
    assert formatter.format_text(MESSY, SCHEMA) == CLEAN
    assert formatter.format_text(CLEAN, SCHEMA) == CLEAN
    assert comments_of(CLEAN) == comments_of(MESSY)


@settings(max_examples=WHOLE)
@given(records())
def test_any_valid_record_comes_back_the_same(values: dict[str, Any]) -> None:
    text = formatter.dump(values, SCHEMA)
    assert values_of(text) == values
    assert formatter.format_text(text, SCHEMA) == text
    record = from_document(source.parse(text, Path("coop-exemple.yml")), "coop-exemple.yml", SCHEMA)
    assert record.shape == []
    assert model.enterprise(record).nom == values["nom"]
    assert list(values_of(text)) == [key for key in SCHEMA.key_order if key in values]


@given(shapes().filter(lambda shape: isinstance(shape, dict) and shape))
@example({"nom": "\n"})
@example({"nom": "a\n\n"})
@example({"nom": " a\nb"})
@example({"nom": "a \nb"})
@example({"nom": "---\n..."})
@example({"nom": "x" * 200})
@example({"nom": "mot  deux " * 30 + "fin"})
@example({"nom": "# dièse " * 30 + "fin"})
@example({"nom": "No", "mission": "~", "description": "0x1F", "site_web": "- a"})
@example({"nom": ["", "a: b", "[", "x" * 120, "no"]})
@example({"": {"": [{"": ""}, [], {}, [[]]]}})
@example({"nom": "\x1b\u2028\u200b\x85\U0001f341\xad"})
def test_any_shape_comes_back_the_same(shape: dict[str, Any]) -> None:
    text = formatter.dump(shape, SCHEMA)
    assert values_of(text) == shape
    assert formatter.format_text(text, SCHEMA) == text


@settings(max_examples=WHOLE)
@given(records(), st.data())
def test_no_comment_is_ever_lost(values: dict[str, Any], data: st.DataObject) -> None:
    lines = formatter.dump(values, SCHEMA).split("\n")
    remarks = st.text(ALPHABET, max_size=12).map(lambda text: f"# {text}".rstrip())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        kind = data.draw(st.sampled_from(["alone", "beside", "empty"]))
        if kind == "alone":
            lines.insert(at, " " * data.draw(st.integers(0, 6)) + data.draw(remarks))
        elif kind == "beside":
            lines[at] += "  " + data.draw(remarks)
        else:
            lines.insert(at, "")
    text = "\n".join(lines)
    document = source.parse(text, Path("essai.yml"))
    if document.faults:  # a remark in the middle of a text of several lines ends it
        with pytest.raises(AnnuaireError):
            formatter.format_text(text, SCHEMA)
        return
    found = formatter.format_text(text, SCHEMA)
    assert values_of(found) == document.values
    assert comments_of(found) == comments_of(text)
    assert formatter.format_text(found, SCHEMA) == found


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("1142934315", '"1142934315"'),
        ("Coop Exemple", "Coop Exemple"),
        ("L’été, « ici »", "L’été, « ici »"),
        ("62, rue Saint-Aimé", '"62, rue Saint-Aimé"'),
        ("https://example.org/?a=b#c", "https://example.org/?a=b#c"),
        ("Bureau : 8 h", '"Bureau : 8 h"'),
        ("Coop # 1", '"Coop # 1"'),
        ("fin:", '"fin:"'),
        ("non", "non"),
        ("No", '"No"'),
        ("null", '"null"'),
        ("@coop", '"@coop"'),
        ("a\tb", '"a\\tb"'),
        ('dit "oui"', 'dit "oui"'),
        ("a\\b", '"a\\\\b"'),
        ("", '""'),
    ],
)
def test_quotes(value: str, written: str) -> None:
    assert formatter.scalar(value) == written


def test_long_texts_are_folded_and_paragraphs_kept() -> None:
    long = "mot " * 40 + "fin"
    text = formatter.dump({"mission": long, "description": "Un.\n\nDeux.", "nom": "Coop"}, SCHEMA)
    assert "mission: >-\n  mot mot" in text
    assert "description: |-\n  Un.\n\n  Deux.\n" in text
    assert all(len(line) <= formatter.WIDTH for line in text.splitlines())


def test_an_empty_line_before_the_first_item_is_not_kept() -> None:
    once = formatter.format_text('nom: A\nterritoires_desservis:\n\n  - "350"\n  - "510"\n', SCHEMA)
    assert once == 'nom: A\nterritoires_desservis: ["350", "510"]\n'
    apart = 'nom: A\nterritoires_desservis:\n  - "350"\n\n  - "510"\n'
    assert formatter.format_text(apart, SCHEMA) == apart


@pytest.mark.parametrize(
    "text",
    [
        "nom: [",
        "nom: a\nnom: b\n",
        "\tnom: a",
        "nom: &a x\nmission: *a\n",
        "",
        "- a\n",
        "nom: \x00",
        "\ufeffnom: a",
        "a: 1\n---\nb: 2\n",
    ],
    ids=["syntaxe", "double", "tabulation", "renvoi", "vide", "liste", "nul", "bom", "documents"],
)
def test_unreadable_text_is_refused(text: str) -> None:
    with pytest.raises(AnnuaireError, match=r"^coop\.yml"):
        formatter.format_text(text, SCHEMA, "coop.yml")


def test_windows_line_ends_become_plain_ones() -> None:
    assert formatter.format_text("nom: a # b\r\nneq: 1\r\n", SCHEMA) == 'nom: a  # b\nneq: "1"\n'


def test_file_is_read_whole_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "coop.yml"
    path.write_bytes(b"nom: Coop\nneq: 1\n")
    assert formatter.format_file(path, SCHEMA) == ("nom: Coop\nneq: 1\n", 'nom: Coop\nneq: "1"\n')
    path.write_bytes(b"nom: \xe9\n")
    with pytest.raises(AnnuaireError, match="UTF-8"):
        formatter.format_file(path, SCHEMA, "coop.yml")
    with pytest.raises(AnnuaireError, match="absent"):
        formatter.format_file(tmp_path / "absent.yml", SCHEMA)


def test_comments_and_entries_are_placed() -> None:
    text = 'a: "x # y" # un\nb: |\n  # non\n  z\nc: [d, e] # deux\n'
    assert [(c.line, c.column, c.text, c.is_alone) for c in source.comments(text)] == [
        (1, 12, "# un", False),
        (5, 11, "# deux", False),
    ]
    entries = {entry.path: entry for entry in source.entries(text)}
    assert entries[("c",)].start == (5, 1)
    assert entries[("c",)].end == (5, 10)
    assert entries[("c", 1)].start == (5, 8)
    assert entries[("b",)].is_block
    assert source.locate(text)["c", 0] == ((5, 5), (5, 5))
