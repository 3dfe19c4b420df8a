"""The figures of a site: counted by hand on the Exemple region, right at 0, 1 and many, the same from the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.sites import EXAMPLES
from tests.unit.test_supply import WAITING, enterprise, offer, supply

from annuaire import config
from annuaire.catalogue.facts import ELSEWHERE, Facts, Month, facts, facts_of
from annuaire.catalogue.loading import Loaded, Loader
from annuaire.catalogue.statistics import Statistics
from annuaire.catalogue.supply import Supply, supply_of
from annuaire.places import territories
from annuaire.text.figures import Kind, Table, shown

DAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return Loader(config.load(EXAMPLES / "mkdocs.yml")).load(DAY)


@pytest.fixture(scope="module")
def exemple(loaded: Loaded) -> Supply:
    return supply_of(loaded.catalogue())


def column(table: Table, key: str) -> Mapping[Any, Any]:
    """Give the values of a column by the code of their row."""
    return dict(zip(table.values("code"), table.values(key), strict=True))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_figures_counted_by_hand_on_the_exemple_region(exemple: Supply) -> None:
    """40 records: a closed one and a merged one aside, 38; their main places, sectors and forms, one by one."""
    told = Statistics(exemple, DAY)
    whole = column(told.overview(), "valeur")
    assert (whole["entreprises"], whole["verifiees"], whole["a-jour"], whole["fermees"]) == (38, 33, 33, 2)
    assert whole["pour-10000"] == 4.5  # 38 for 13,147 + 12,304 + 41,235 + 9,187 + 7,885 inhabitants
    by_mrc = told.table("mrc")
    assert column(by_mrc, "entreprises") == {"997": 14, "995": 9, "996": 7, "999": 4, "998": 4}
    assert column(by_mrc, "part") == {"997": 36.8, "995": 23.7, "996": 18.4, "999": 10.5, "998": 10.5}
    assert column(by_mrc, "population")["997"] == 41_235
    assert column(by_mrc, "pour_10000")["997"] == 3.4
    assert column(by_mrc, "avec_un_lieu")["997"] == 15  # the network of Rivière-aux-Exemples has an office there
    assert column(by_mrc, "fermees") == {"997": 0, "995": 0, "996": 1, "999": 1, "998": 0}
    forms = column(told.table("forme"), "entreprises")
    assert (forms["obnl"], forms["cooperative-de-solidarite"], forms["cooperative-de-travail"]) == (14, 7, 6)
    members = column(told.table("adhesion"), "entreprises")
    assert members == {"regulier": 27, "non-membre": 4, "": 4, "solidaire": 2, "accompagnateur": 1}
    sectors = told.table("secteur")
    assert column(sectors, "entreprises")["commerce-de-detail"] == 3
    assert column(sectors, "tous_secteurs")["commerce-de-detail"] == 5
    assert plain(by_mrc.sentence) == (
        "38 entreprises en tout. Au premier rang : Exempleville, 14 entreprises (36,8 %). "
        "Pour 10 000 habitants : de 3,4 (Exempleville) à 6,8 (MRC des Grands-Exemples)."
    )


def test_every_dimension_adds_up_to_the_whole(exemple: Supply) -> None:
    told = Statistics(exemple, DAY)
    for by in told.dimensions:
        assert sum(column(told.table(by), "entreprises").values()) == 38
        assert sum(column(told.table(by), "fermees").values()) == 2
    offers = told.offers()
    assert sum(column(offers, "offres").values()) == len(exemple.lines)
    assert sum(column(offers, "confirmees").values()) == column(told.overview(), "valeur")["offres-verifiees"]


def test_a_record_of_the_history_is_counted_as_that_of_today(loaded: Loaded, exemple: Supply) -> None:
    catalogue = exemple.catalogue
    for record in loaded.enterprises:
        now = facts(catalogue, catalogue.by_slug[record.slug])
        assert facts_of(record.slug, record.values, catalogue.territories) == now


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"etablissements": "x", "verification": ["x"], "secteur": {"a": 1}},
        {"etablissements": [1, {"municipalite": []}]},
    ],
)
def test_any_past_values_are_counted(values: dict[str, Any]) -> None:
    found = facts_of("a", values, territories.load())
    assert found.mrcs == (ELSEWHERE,)
    assert found.is_listed
    assert not found.is_confirmed


def test_nothing_and_one_are_usual() -> None:
    empty = Statistics(supply(), DAY)
    for table in empty.tables:
        assert "Au premier rang" not in table.sentence
        assert all(
            value in (0, 0.0, None) or isinstance(value, str) or value > 0 for row in table.rows for value in row
        )
    assert empty.overview().sentence == "Aucune entreprise répertoriée."
    assert len(empty.table("mrc").rows) == 6  # its territories are there, with zeros
    assert empty.table("secteur").rows == ()
    assert empty.offers().sentence == "Aucune offre."
    alone = Statistics(supply(enterprise("a")), DAY)
    said = plain(alone.table("mrc").sentence)
    assert said.startswith("1 entreprise en tout. Au premier rang : La Tuque, 1 entreprise (100,0 %). Sans aucune")
    assert plain(alone.overview().sentence) == "1 entreprise en activité; 1 fiche vérifiée (100,0 %)."


def test_many_are_counted_in_a_moment() -> None:
    known = supply(*(enterprise(f"e{n}", towns=("Shawinigan",)) for n in range(11_200)))
    told = Statistics(known, DAY)
    assert column(told.table("mrc"), "entreprises")["360"] == 11_200
    assert "11 200 entreprises" in plain(told.overview().sentence)


def test_equal_ones_share_the_first_place() -> None:
    two = Statistics(supply(enterprise("a"), enterprise("b", towns=("Shawinigan",))), DAY).table("mrc")
    assert "à égalité : La Tuque et Shawinigan, 1 entreprise chacun (50,0 %)" in plain(two.sentence)
    towns = ("La Tuque", "Shawinigan", "Lac-aux-Sables", "Trois-Rivières")
    four = Statistics(supply(*(enterprise(f"e{n}", towns=(t,)) for n, t in enumerate(towns))), DAY)
    assert "à égalité : 4 territoires, 1 entreprise chacun (25,0 %)" in plain(four.table("mrc").sentence)


def test_what_is_new_gone_fresh_and_vouched_for() -> None:
    old, recent = replace(enterprise("x").verification, date=date(2024, 1, 5)), date(2026, 5, 1)
    told = Statistics(
        supply(
            enterprise("ancienne", verification=old),
            enterprise("neuve", offer(), offer(verification=WAITING)),
            enterprise("partie", statut="fermee", date_fermeture=recent),
            enterprise("partie-avant", statut="fermee", date_fermeture=date(2020, 1, 1)),
            enterprise("sans-date", statut="fermee"),
        ),
        DAY,
        added={"neuve": date(2026, 5, 2), "partie": date(2026, 5, 2)},
        since=date(2026, 4, 1),
    )
    row = dict(zip((c.key for c in told.table("mrc").columns), told.table("mrc").rows[0], strict=True))
    assert [row[key] for key in ("entreprises", "verifiees", "a_jour", "ajoutees", "fermees", "confirmations")] == [
        *(2, 2, 1, 1, 1, 1)
    ]
    assert told.is_new(replace(told.listed[0], slug="neuve"))
    later = Statistics(told.supply, DAY, added={"neuve": date(2026, 5, 2)}, since=date(2026, 5, 3))
    assert not any(map(later.is_new, later.listed))


def test_against_what_stood_before() -> None:
    base = Facts("a", ("900",), ("arts-culture",), "obnl", "", True, None, False, None)
    before = [
        base,
        replace(base, slug="b"),
        replace(base, slug="c", is_listed=False),
        replace(base, slug="d", mrcs=("x",)),
    ]
    told = Statistics(supply(enterprise("a")), DAY, since=date(2026, 1, 1), before=before)
    table = told.table("mrc")
    assert (column(table, "avant")["900"], column(table, "ecart")["900"]) == (2, -1)
    assert (
        column(table, "avant")[ELSEWHERE],
        dict(zip(table.values("code"), table.values("libelle"), strict=True))[ELSEWHERE],
    ) == (*(1, "Ailleurs"),)
    assert column(told.overview(), "ecart")["entreprises"] == -2
    assert plain(told.overview().sentence).endswith("C’est 2 de moins qu’avant le 1er janvier 2026.")
    assert shown(-2, Kind.CHANGE) == "−2"
    assert (shown(3, Kind.CHANGE), shown(0, Kind.CHANGE)) == ("+3", "0")


def test_several_regions_are_a_dimension_and_their_people_are_counted() -> None:
    told = Statistics(supply(enterprise("a"), enterprise("b", towns=("Victoriaville",)), regions=("04", "17")), DAY)
    assert next(iter(told.dimensions)) == "region"
    assert column(told.table("region"), "entreprises") == {"04": 1, "17": 1}
    known = territories.load()
    assert column(told.table("region"), "population")["17"] == sum(m.population for m in known.mrcs_of(["17"]))


def test_a_main_place_out_of_the_region_is_elsewhere() -> None:
    told = Statistics(supply(enterprise("a", towns=("Victoriaville", "La Tuque"))), DAY)
    table = told.table("mrc")
    assert column(table, "entreprises")[ELSEWHERE] == 1
    assert (column(table, "entreprises")["900"], column(table, "avec_un_lieu")["900"]) == (0, 1)


def test_months_end_with_today() -> None:
    months = (Month(date(2026, 9, 30), 10, 2), Month(date(2026, 10, 31), 12, 3))
    table = Statistics(supply(enterprise("a")), DAY, months=months).evolution()
    assert [row[0] for row in table.rows] == ["2026-09", "2026-10", "2026-11"]
    assert table.values("entreprises") == (10, 12, 1)
    assert "De 10 entreprises à la fin de septembre 2026 à 1 le 30 novembre 2026" in plain(table.sentence)
