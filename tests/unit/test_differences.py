"""Say what differs between two states of a record."""

import re
from pathlib import Path

import pytest
from tests.rules.corpus import context

from annuaire import schema
from annuaire.catalogue.differences import LONGEST, Kind, Wording, contrast, differences, match
from annuaire.records.collections import ENTERPRISES
from annuaire.records.reading import from_document
from annuaire.yamlfile import source

CONTEXT = context(Path("contenu"))
WORDING = Wording(CONTEXT.vocabularies, CONTEXT.territories)


def changes(before: str, after: str) -> list[tuple[str, str, str, str]]:
    records = [
        from_document(source.parse(t, Path("a.yml")), "a.yml", schema.load(ENTERPRISES)) for t in (before, after)
    ]
    return [(str(d.kind), d.label, d.before, d.after) for d in differences(records[0], records[1], WORDING)]


@pytest.mark.parametrize(
    ("before", "after", "label", "old", "new"),
    [
        ("statut: active", "statut: fermee", "Statut", "Active", "Fermée"),
        ("annee_fondation: '1996'", "annee_fondation: '1997'", "Année de fondation", "1996", "1997"),
        (
            "verification: {date: 2026-03-01}",
            "verification: {date: 2026-03-32}",
            "Date de vérification",
            "1er mars 2026",
            "2026-03-32",
        ),
        ("certifications: [ecologo]", "certifications: [inconnue]", "Certifications", "ÉCOLOGO", "inconnue"),
        (
            "territoires_desservis: [region]",
            "territoires_desservis: [quebec]",
            "Territoires desservis",
            "toute la région",
            "tout le Québec",
        ),
        ("nom: A", "nom: [A]", "Nom (mise en forme)", "A", "A"),
        ("nom: A", "nom: {b: c}", "Nom", "A", "b : c"),
        ("mission: |-\n  a\n  b", "mission: a b", "Mission (mise en forme)", "a b", "a b"),
        ("nouveau: a", "nouveau: b", "« nouveau » (champ inconnu)", "a", "b"),
    ],
)
def test_a_value_that_changes(before: str, after: str, label: str, old: str, new: str) -> None:
    found = changes(before, after)
    assert [tuple(t.replace("\u00a0", " ") for t in c) for c in found] == [("changement", label, old, new)]


def test_values_that_come_and_go() -> None:
    assert changes("nom: A\nneq: '1'", "nom: A\nsite_web: x") == [
        ("retrait", "NEQ", "1", ""),
        ("ajout", "Site web", "", "x"),
    ]
    assert changes("nom: A", "nom: A\nverification: {statut: confirmee}")[0][1:] == ("Vérification", "", "Confirmée")


def test_items_are_followed_when_they_move_and_change() -> None:
    before = [{"nom": "Repas"}, {"nom": "Buffets"}, {"nom": "Salle", "delai": "1"}]
    after = [{"nom": "Salle", "delai": "2"}, {"nom": "Repas"}, {"nom": "Traiteur"}]
    assert match(before, after) == {0: 1, 2: 0}
    one, other = (
        "offres:\n" + "".join("  - {" + ", ".join(f"{k}: '{v}'" for k, v in item.items()) + "}\n" for item in items)
        for items in (before, after)
    )
    kinds = [kind for kind, *_ in changes(one, other)]
    assert sorted(kinds) == sorted(map(str, [Kind.REMOVED, Kind.ADDED, Kind.CHANGED, Kind.MOVED]))


def test_many_items_are_followed_by_rank() -> None:
    assert match([{"a": str(n)} for n in range(200)], [{"a": "z"}] * 201) == {n: n for n in range(200)}


@pytest.mark.parametrize(
    "stated", ["adresse_confidentielle: oui\n", "adresse_confidentielle: Oui\n", "nom: Maison d’hébergement A\n"]
)
def test_a_hidden_address_is_never_quoted(stated: str) -> None:
    text = "etablissements:\n  - municipalite: La Tuque\n    adresse: 1, rue Secrète\n"
    for before, after in (
        (stated + text, stated),
        (stated, stated + text),
        (stated + text, stated + text.replace("1,", "2,")),
        (stated + text, text),
    ):
        assert "Secrète" not in str(changes(before + "statut: active\n", after + "statut: active\n"))


def test_a_long_text_is_shown_where_it_differs() -> None:
    text = " ".join(f"mot{n}" for n in range(400))
    before, after = contrast(text, text.replace("mot300", "autre"))
    assert "mot300" in before
    assert "autre" in after
    assert before.startswith("…")
    assert max(len(before), len(after)) < LONGEST
    assert contrast("a", "b") == ("a", "b")
    assert all(len(side) <= 3 * LONGEST for side in contrast("a" * 9000, "b" * 9000))


def test_the_fields_of_a_source_are_told_by_their_titles() -> None:
    field = schema.load(ENTERPRISES).children["provenances"].by_path[("champs",)]
    told = WORDING.value(field, ["neq", "etablissements", "etablissements.telephone", "verification.deduits"])
    assert not re.search(r"[a-z]\.[a-z]|neq|etablissements", told)
    assert told.startswith("NEQ, ")
