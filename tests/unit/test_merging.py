"""Hold each promise of laying a proposal over a record by a small example: no git, no file."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from annuaire import schema
from annuaire.intake.applying.merging import Merged, alike, items, merge
from annuaire.intake.applying.proposal import Proposal, Setting, target_of

Values = dict[str, Any]
SCHEMA = schema.load("enterprises")
BASE: Values = {
    "nom": "Entretien Exemple",
    "site_web": "https://exemple.example.org/",
    "territoires_desservis": ["370", "371"],
    "contact_achats": {"telephone": "819 555-0100"},
    "offres": [
        {"nom": "Entretien ménager", "categorie": "menage", "delai": "5 jours"},
        {"nom": "Déneigement", "categorie": "deneigement"},
        {"nom": "Peinture", "categorie": "peinture"},
    ],
    "etablissements": [{"adresse": "12, rue Exemple", "municipalite": "La Tuque", "telephone": "819 555-0110"}],
}

NAMES = ("Entretien ménager", "Déneigement", "Peinture")


def merged(
    settings: dict[str, Any],
    now: Values | None = None,
    base: Values | None = None,
    **orders: tuple[str, ...],
) -> Merged:
    """Lay a proposal, written from `base`, over what the record holds `now`; neither may be changed."""
    base = BASE if base is None else base
    now = base if now is None else now
    held = copy.deepcopy((base, now))
    found = []
    for path, value in settings.items():
        target = target_of(path, SCHEMA)
        assert target is not None, path
        found.append(Setting(target, value))
    result = merge(Proposal("exemple", "0" * 8, tuple(found), orders), base, now, SCHEMA)
    assert (base, now) == held
    return result


def with_(values: Values | None = None, **changes: Any) -> Values:
    """Give a copy of the record where some keys differ, None to take one away."""
    copied = copy.deepcopy(BASE if values is None else values) | changes
    return {key: value for key, value in copied.items() if value is not None}


def offers(*names: str, **changed: dict[str, str]) -> list[Values]:
    """List the offers of these names, those of the base as they were unless changed; `delai` tells a new one."""
    known = {offer["nom"]: offer for offer in BASE["offres"]}
    return [known.get(name, {"nom": name, "categorie": "traiteur"}) | changed.get(name, {}) for name in names]


def names(result: Merged) -> list[str]:
    return [offer["nom"] for offer in result.values["offres"]]


def test_only_what_is_proposed_changes() -> None:
    result = merged({"site_web": "https://neuf.example.org/", "contact_achats.courriel": "achats@exemple.example.org"})
    contact = {"telephone": "819 555-0100", "courriel": "achats@exemple.example.org"}
    assert result == Merged(with_(site_web="https://neuf.example.org/", contact_achats=contact))


def test_a_list_of_texts_is_one_value() -> None:
    for asked in (["370", "372"], ["371", "370"], ["370"]):
        assert merged({"territoires_desservis": asked}) == Merged(with_(territoires_desservis=asked))
    assert merged({"territoires_desservis": ["370 ", "371"]}) == Merged(BASE), "the same but for its spaces"


def test_what_was_changed_elsewhere_since_stays() -> None:
    now = with_(nom="Entretien Nouvel Exemple", offres=offers("Peinture"))
    assert merged({"site_web": None}, now) == Merged(with_(now, site_web=None))


@pytest.mark.parametrize(
    ("path", "asked", "since", "words"),
    [
        (
            "site_web",
            "https://a.example.org/",
            {"site_web": "https://b.example.org/"},
            "«\u00a0https://a.example.org/\u00a0»",
        ),
        ("site_web", "https://a.example.org/", {"site_web": None}, "«\u00a0https://a.example.org/\u00a0»"),
        ("site_web", None, {"site_web": "https://b.example.org/"}, "le retirer"),
        ("territoires_desservis", ["370", "373"], {"territoires_desservis": ["370"]}, "«\u00a0370 | 373\u00a0»"),
        ("mission", "x" * 200, {"mission": "Autre"}, f"«\u00a0{'x' * 120}…\u00a0»"),
    ],
)
def test_what_someone_else_changed_is_a_conflict_and_never_replaced(
    path: str, asked: Any, since: Values, words: str
) -> None:
    now = with_(**since)
    result = merged({path: asked}, now)
    assert result.values == now
    title = SCHEMA.root.by_path[(path,)].title
    assert result.conflicts == [f"{title}\u00a0: changé depuis dans la fiche (demandé\u00a0: {words})"]


def test_a_conflict_leaves_the_rest_of_the_proposal() -> None:
    result = merged({"site_web": None, "nom": "Autre Exemple"}, with_(site_web="https://b.example.org/"))
    assert result.values["nom"] == "Autre Exemple"
    assert len(result.conflicts) == 1


@pytest.mark.parametrize("key", ["adresse", "code_postal", "latitude", "longitude"])
def test_a_conflict_never_tells_where_a_place_is(key: str) -> None:
    now = with_(etablissements=[BASE["etablissements"][0] | {key: "avant"}])
    result = merged({f"etablissements.1.{key}": "77, rue Secrète"}, now)
    (words,) = result.conflicts
    assert words.endswith("(Établissements, 1)\u00a0: changé depuis dans la fiche")
    assert result.values == now


def test_what_is_done_already_is_neither_done_again_nor_a_conflict() -> None:
    now = with_(site_web="https://neuf.example.org/", mission="Une  mission\n écrite")
    result = merged({"site_web": "https://neuf.example.org/", "mission": "Une mission\nécrite "}, now)
    assert result == Merged(now)
    assert merged({"site_web": None}, with_(site_web=None)) == Merged(with_(site_web=None))


def test_a_value_of_an_item_is_set_where_it_stands() -> None:
    result = merged({"offres.2.delai": "un jour", "etablissements.1.telephone": "819 555-0199"})
    assert result.values["offres"] == offers(*NAMES, Déneigement={"delai": "un jour"})
    assert result.values["etablissements"] == [BASE["etablissements"][0] | {"telephone": "819 555-0199"}]
    assert result.ranks == {"offres": [1, 2, 3], "etablissements": [1]}
    assert result.conflicts == []


ADDED = {"offres.nouveau 1.nom": "Traiteur", "offres.nouveau 1.categorie": "traiteur"}


def test_two_values_of_one_item_are_both_set() -> None:
    result = merged({"offres.1.delai": None, "offres.1.capacite": "50 repas"})
    assert result.values["offres"][0] == {"nom": "Entretien ménager", "categorie": "menage", "capacite": "50 repas"}


def test_an_item_is_followed_where_it_went() -> None:
    now = with_(offres=offers("Tri", "Peinture", "Déneigement", "Entretien ménager"))
    result = merged({"offres.1.delai": "un jour"}, now)
    assert result.values["offres"][3] == offers("Entretien ménager")[0] | {"delai": "un jour"}
    assert (names(result), result.conflicts) == (["Tri", "Peinture", "Déneigement", "Entretien ménager"], [])
    assert result.ranks == {"offres": [1, 2, 3, 4]}


def test_a_value_of_an_item_changed_since_is_a_conflict() -> None:
    changed: dict[str, Any] = {"Entretien ménager": {"delai": "3 jours"}}
    now = with_(offres=offers(*NAMES, **changed))
    result = merged({"offres.1.delai": "un jour"}, now)
    assert result.values == now
    assert result.conflicts == [
        "Délai (Produits et services, 1)\u00a0: changé depuis dans la fiche (demandé\u00a0: «\u00a0un jour\u00a0»)"
    ]


def test_an_item_that_is_no_more_is_a_conflict() -> None:
    now = with_(offres=offers("Entretien ménager", "Peinture"))
    result = merged({"offres.2.delai": "un jour"}, now)
    assert result.values == now
    assert result.conflicts == ["Délai (Produits et services, 2)\u00a0: cet élément n’est plus dans la fiche"]


def test_an_item_that_never_was_is_a_conflict() -> None:
    for rank, is_there in (("3", True), ("4", False)):
        result = merged({f"offres.{rank}.delai": "un jour"})
        assert (result.conflicts == []) is is_there
    assert result.conflicts == ["Délai (Produits et services, 4)\u00a0: la fiche n’a pas cet élément"]


def test_a_new_item_goes_last_or_where_the_order_says() -> None:
    assert names(merged(ADDED)) == [*NAMES, "Traiteur"]
    result = merged(ADDED, offres=("1", "nouveau 1", "2", "3"))
    assert names(result) == ["Entretien ménager", "Traiteur", "Déneigement", "Peinture"]
    assert result.ranks == {"offres": [1, 0, 2, 3]}
    assert names(merged(ADDED, offres=("nouveau 1", "1", "2", "3"))) == ["Traiteur", *NAMES]


def test_new_items_follow_one_another() -> None:
    second = {"offres.nouveau 2.nom": "Buffet", "offres.nouveau 2.categorie": "traiteur"}
    result = merged(ADDED | second, offres=("1", "nouveau 2", "nouveau 1", "2", "3"))
    assert names(result) == ["Entretien ménager", "Buffet", "Traiteur", "Déneigement", "Peinture"]


def test_a_first_item_makes_the_list() -> None:
    result = merged(ADDED, base=with_(offres=None))
    assert result.values["offres"] == [{"nom": "Traiteur", "categorie": "traiteur"}]
    assert (result.ranks, result.conflicts) == ({"offres": [0]}, [])


def test_an_item_left_out_of_the_order_is_taken_away() -> None:
    result = merged({}, offres=("1", "3"))
    assert (names(result), result.ranks, result.conflicts) == (
        ["Entretien ménager", "Peinture"],
        {"offres": [1, 3]},
        [],
    )


def test_a_list_of_which_nothing_is_left_goes() -> None:
    result = merged({}, offres=())
    assert result == Merged(with_(offres=None))
    assert merged({}, with_(offres=None), offres=()) == Merged(with_(offres=None))


def test_an_item_emptied_of_its_values_goes() -> None:
    result = merged({"offres.2.nom": None, "offres.2.categorie": None})
    assert (names(result), result.ranks) == (["Entretien ménager", "Peinture"], {"offres": [1, 3]})


def test_an_item_changed_since_is_not_taken_away() -> None:
    changed: dict[str, Any] = {"Déneigement": {"delai": "un jour"}}
    result = merged({}, with_(offres=offers(*NAMES, **changed)), offres=("1", "3"))
    assert sorted(names(result)) == sorted(NAMES)
    assert result.conflicts == ["Produits et services 2\u00a0: à retirer, mais changé depuis dans la fiche"]


@pytest.mark.parametrize("name", NAMES)
def test_an_item_kept_and_changed_since_is_as_it_was_changed(name: str) -> None:
    now = with_(offres=offers(*NAMES, **{name: {"delai": "un jour"}}))
    assert merged({}, now, offres=("1", "2", "3")) == Merged(now, {"offres": [1, 2, 3]})


def test_an_item_taken_away_on_both_sides_is_no_conflict() -> None:
    result = merged({}, with_(offres=offers("Entretien ménager", "Peinture")), offres=("1", "3"))
    assert (names(result), result.conflicts) == (["Entretien ménager", "Peinture"], [])


def test_items_change_places_when_the_order_says_so() -> None:
    result = merged({}, offres=("3", "1", "2"))
    assert (names(result), result.ranks) == (["Peinture", "Entretien ménager", "Déneigement"], {"offres": [3, 1, 2]})
    assert result.conflicts == []


def test_what_was_added_since_stays_whatever_the_order_asked() -> None:
    now = with_(offres=offers("Entretien ménager", "Tri", "Déneigement", "Peinture"))
    result = merged({}, now, offres=("1", "3"))
    assert (names(result), result.ranks) == (["Entretien ménager", "Tri", "Peinture"], {"offres": [1, 2, 4]})
    result = merged({}, now, offres=("3", "1", "2"))
    assert names(result) == ["Peinture", "Entretien ménager", "Déneigement", "Tri"], "where nothing tells its place"
    assert result.ranks == {"offres": [4, 1, 3, 2]}
    assert names(merged(ADDED, now, offres=("1", "nouveau 1", "2", "3"))) == [
        *("Entretien ménager", "Traiteur", "Tri", "Déneigement", "Peinture")
    ]


def test_an_order_that_changed_since_is_not_undone() -> None:
    now = with_(offres=offers("Peinture", "Entretien ménager", "Déneigement"))
    result = merged(ADDED, now, offres=("1", "2", "3", "nouveau 1"))
    assert (names(result), result.conflicts) == (
        ["Peinture", "Traiteur", "Entretien ménager", "Déneigement"],
        [],
    ), "a new item goes after what it followed"
    result = merged({}, now, offres=("2", "1", "3"))
    assert (names(result), result.conflicts) == (
        ["Peinture", "Entretien ménager", "Déneigement"],
        ["Produits et services\u00a0: l’ordre a changé depuis dans la fiche"],
    )
    result = merged({}, now, offres=("3", "1", "2"))
    assert (names(result), result.conflicts) == (["Peinture", "Entretien ménager", "Déneigement"], [])


def test_applying_twice_adds_nothing() -> None:
    once = merged(ADDED, offres=("1", "2", "3", "nouveau 1"))
    for orders in ({}, {"offres": ("1", "2", "3", "nouveau 1")}):
        again = merged(ADDED, once.values, **orders)
        assert (again.values, again.conflicts) == (once.values, [])
    other = with_(offres=[*BASE["offres"], {"nom": "Traiteur", "categorie": "buffet"}])
    assert names(merged(ADDED, other)) == [*NAMES, "Traiteur", "Traiteur"], "only what is the same is the same"


def test_a_new_item_like_one_of_the_base_is_new() -> None:
    double = {"offres.nouveau 1.nom": "Peinture", "offres.nouveau 1.categorie": "peinture"}
    assert names(merged(double)) == [*NAMES, "Peinture"]


def test_an_order_that_names_what_is_not_there_is_a_conflict() -> None:
    result = merged({}, offres=("1", "2", "3", "4"))
    assert (names(result), result.conflicts) == (
        list(NAMES),
        ["Produits et services\u00a0: la fiche n’a pas d’élément 4"],
    )
    result = merged({}, offres=("1", "2", "3", "nouveau 1"))
    assert (names(result), result.conflicts) == (
        list(NAMES),
        ["Produits et services\u00a0: un élément ajouté est vide"],
    )


@pytest.mark.parametrize("gone", NAMES)
def test_an_order_may_name_what_was_taken_away_since(gone: str) -> None:
    left = [name for name in NAMES if name != gone]
    result = merged({}, with_(offres=offers(*left)), offres=("1", "2", "3"))
    assert (names(result), result.conflicts) == (left, [])


def test_ranks_of_two_digits_are_numbers() -> None:
    many = [{"nom": f"Offre {rank}", "categorie": "traiteur"} for rank in range(1, 12)]
    order = tuple(str(rank) for rank in range(1, 12) if rank != 2)
    result = merged({}, base=with_(offres=many), offres=order)
    assert (names(result), result.conflicts) == ([f"Offre {rank}" for rank in order], [])
    now = with_(offres=[many[1], many[0], *many[2:]])
    result = merged({}, now, with_(offres=many), offres=tuple(str(rank) for rank in range(1, 12)))
    assert (result.values, result.conflicts) == (now, []), "nothing was asked to move"


def test_lists_that_no_one_speaks_of_stay_as_they_are() -> None:
    now = with_(offres=offers("Peinture"), etablissements=None)
    assert merged({"nom": "Autre"}, now) == Merged(with_(now, nom="Autre"))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("a  b", " a b\n", True),
        ("a\nb", "a b", False),
        ("a", "b", False),
        (None, "", False),
        (["a", "b "], ["a", "b"], True),
        (["a", "b"], ["b", "a"], False),
        (["a"], ["a", "b"], False),
        ({"x": "1", "y": "2"}, {"y": "2", "x": " 1"}, True),
        ({"x": "1"}, {"x": "2"}, False),
        ({"x": "1"}, {"y": "1"}, False),
        ({"x": "1"}, {"x": "1", "y": "1"}, False),
        ([{"x": ["1"]}], [{"x": [" 1"]}], True),
        ([{"x": ["1"]}], [{"x": ["2"]}], False),
        ({"x": "1"}, "x", False),
        (["1"], "1", False),
    ],
)
def test_alike_but_for_spaces_and_the_order_of_keys(one: Any, other: Any, expected: bool) -> None:
    assert alike(one, other) is expected
    assert alike(other, one) is expected


def test_items_are_the_mappings_of_a_list() -> None:
    assert items([{"x": "1"}, "y", {}]) == [{"x": "1"}, {}]
    assert items({"x": "1"}) == []
    assert items(None) == []
