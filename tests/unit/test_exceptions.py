"""Apply the allow-list: a warning accepted on one record, with its reason, and nothing else."""

import dataclasses
from pathlib import Path

import pytest
from tests.rules.corpus import settings

from annuaire.catalogue import exceptions
from annuaire.text.problems import Location, Problem, Severity

WARNING = Problem(Location("enterprises/a.yml", 3, 1), "fermee-sans-date", "m", "h", Severity.WARNING, "a")
ERROR = Problem(Location("enterprises/a.yml", 4, 1), "secteur-inconnu", "m", "h", Severity.ERROR, "a")
OTHER = Problem(Location("enterprises/b.yml", 3, 1), "fermee-sans-date", "m", "h", Severity.WARNING, "b")
ALL = [OTHER, ERROR, WARNING]
ENTRY = "  - fiche: a\n    code: fermee-sans-date\n    raison: Le registre a brûlé.\n"


def apply(folder: Path, text: str | bytes | None) -> list[Problem]:
    path = folder / "exceptions.yml"
    if text is not None:
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return exceptions.apply(ALL, path, settings(folder), {"a", "b"})


def test_without_a_file_nothing_changes(tmp_path: Path) -> None:
    assert apply(tmp_path, None) == sorted(ALL)


@pytest.mark.parametrize("text", ["", "# rien\n", "exceptions:\n", "exceptions: []\n"])
def test_empty_list_changes_nothing(tmp_path: Path, text: str) -> None:
    assert apply(tmp_path, text) == sorted(ALL)


def test_one_warning_on_one_record_is_left_out(tmp_path: Path) -> None:
    assert apply(tmp_path, f"exceptions:\n{ENTRY}") == [ERROR, OTHER]


def test_error_is_never_left_out(tmp_path: Path) -> None:
    found = apply(tmp_path, "exceptions:\n" + ENTRY.replace("fermee-sans-date", "secteur-inconnu"))
    assert ERROR in found
    assert [p.code for p in found if p.location.file == "exceptions.yml"] == ["exception-erreur"]


def test_reason_is_required(tmp_path: Path) -> None:
    for text in (ENTRY.replace("    raison: Le registre a brûlé.\n", ""), ENTRY.replace("Le registre a brûlé.", '" "')):
        found = apply(tmp_path, f"exceptions:\n{text}")
        assert WARNING in found
        assert any(p.severity is Severity.ERROR and p.location.file == "exceptions.yml" for p in found)


def test_entry_that_leaves_nothing_out_is_told_at_its_line(tmp_path: Path) -> None:
    useless = ENTRY.replace("fermee-sans-date", "doublon-site")
    found = apply(tmp_path, f"exceptions:\n{ENTRY}{useless}")
    own = [(p.code, p.location.line) for p in found if p.location.file == "exceptions.yml"]
    assert own == [("exception-inutile", 5)]


@pytest.mark.parametrize("data", [b"\xff", b"exceptions: [", b"\xef\xbb\xbfexceptions: []", b"exceptions: &a [*a]"])
def test_unreadable_file_leaves_nothing_out(tmp_path: Path, data: bytes) -> None:
    found = apply(tmp_path, data)
    assert set(ALL) < set(found)
    assert all(p.location.file == "exceptions.yml" for p in set(found) - set(ALL))


def test_problem_of_another_record_with_the_same_code_stays(tmp_path: Path) -> None:
    assert OTHER in apply(tmp_path, f"exceptions:\n{ENTRY}")


NAMED = Problem(
    Location("enterprises/a.yml", 5, 1), "personne-nommee", "m", "h", Severity.ERROR, "a", (), "Mme Exemple"
)
PERSON = "exceptions:\n" + ENTRY.replace("fermee-sans-date", "personne-nommee\n    valeur: La pièce « mme  exemple »")


def apply_to(problems: list[Problem], folder: Path, text: str) -> list[Problem]:
    path = folder / "exceptions.yml"
    path.write_text(text, encoding="utf-8")
    return exceptions.apply(problems, path, settings(folder), {"a", "b"})


def test_a_person_is_let_through_by_her_name_even_if_it_is_an_error(tmp_path: Path) -> None:
    assert apply_to([NAMED], tmp_path, PERSON) == []


def test_another_person_of_the_same_record_is_not(tmp_path: Path) -> None:
    other = dataclasses.replace(NAMED, value="M. Exemple")
    found = apply_to([NAMED, other], tmp_path, PERSON)
    assert [p.value for p in found] == ["M. Exemple"]
    assert {p.code for p in apply_to([other], tmp_path, PERSON)} == {"personne-nommee", "exception-inutile"}


def test_a_person_is_not_let_through_without_her_name(tmp_path: Path) -> None:
    found = apply_to([NAMED], tmp_path, PERSON.replace("    valeur: La pièce « mme  exemple »\n", ""))
    assert [p.code for p in found] == ["personne-nommee", "champ-manquant"]


def test_who_asks_before_writing_has_the_same_answer(tmp_path: Path) -> None:
    apply_to([NAMED], tmp_path, PERSON)
    found = exceptions.admissions(tmp_path / "exceptions.yml")
    assert found.lets("a", "personne-nommee", "Mme Exemple")
    assert not found.lets("a", "personne-nommee", "M. Exemple")
    assert not found.lets("b", "personne-nommee", "Mme Exemple")
    assert not exceptions.admissions(tmp_path / "absent.yml").lets("a", "personne-nommee", "Mme Exemple")
