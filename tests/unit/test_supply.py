"""Who supplies what where: the lines of the catalogue, the pages they deserve, the gaps they leave."""

import csv
import io
import re
from datetime import date
from typing import Any

import pytest

from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise, Offer, Place, Verification
from annuaire.catalogue.statistics import Statistics
from annuaire.catalogue.supply import Area, Supply, Tally, confirmed_on, is_confirmed
from annuaire.cli import stats
from annuaire.exports.gaps import to_csv
from annuaire.pages import category, suppliers
from annuaire.places import territories, vocabularies

CONFIRMED = Verification("confirmee", date(2026, 9, 1))
WAITING = Verification("a-confirmer")
LA_TUQUE, SHAWINIGAN, MEKINAC = "900", "360", "350"
NEED = "traiteur"


def enterprise(slug: str, *offers: Offer, towns: tuple[str, ...] = ("La Tuque",), **values: Any) -> Enterprise:
    """Give an enterprise that has a place in some towns."""
    given: dict[str, Any] = {"nom": slug, "forme_juridique": "obnl", "statut": "active", "secteur": "arts-culture"}
    given |= {"etablissements": tuple(map(Place, towns)), "verification": CONFIRMED, "offres": offers, **values}
    return Enterprise(slug, **given)


def offer(*served: str, verification: Verification | None = None, category: str = NEED) -> Offer:
    """Give an offer that names what it serves."""
    return Offer("Repas", category, territoires_desservis=served, verification=verification or Verification())


def supply(*enterprises: Enterprise, regions: tuple[str, ...] = ("04",)) -> Supply:
    """Give the supply of some enterprises."""
    return Supply(Catalogue(enterprises, (), territories.load(), vocabularies.load(), regions))


def slugs(lines: Any) -> list[str]:
    """Name the enterprises of some lines."""
    return [line.enterprise.slug for line in lines]


def test_codes_of_the_tests_are_those_of_the_territories() -> None:
    known = territories.load()
    assert [known.by_name[name][0].mrc for name in ("La Tuque", "Shawinigan", "Lac-aux-Sables")] == [
        *(LA_TUQUE, SHAWINIGAN, MEKINAC)
    ]


def test_an_offer_is_located_where_its_enterprise_is_and_serves_what_it_names() -> None:
    found = supply(
        enterprise("a", offer(MEKINAC)),
        enterprise("b", offer(), territoires_desservis=(MEKINAC, LA_TUQUE)),
        enterprise("c", offer(), towns=("La Tuque", "Shawinigan")),
        enterprise("d", offer("quebec")),
    )
    assert slugs(found.located(NEED, LA_TUQUE)) == ["a", "b", "c", "d"]
    assert slugs(found.serving(NEED, LA_TUQUE)) == []
    assert slugs(found.serving(NEED, MEKINAC)) == ["a", "b"]
    assert slugs(found.located(NEED, SHAWINIGAN)) == ["c"]
    assert slugs(found.everywhere(NEED, SHAWINIGAN)) == ["d"]
    assert slugs(found.everywhere(NEED, LA_TUQUE)) == []
    assert found.is_answered(NEED, SHAWINIGAN)
    assert not found.is_answered(NEED, "371")  # only by who serves all of Québec
    assert not found.is_answered("impression", LA_TUQUE)


def test_an_offer_s_own_territories_replace_those_of_its_enterprise() -> None:
    e = enterprise("a", offer(MEKINAC), offer(), territoires_desservis=("region",))
    found = supply(e)
    region = frozenset(m.code for m in territories.load().mrcs_of(["04"]))
    assert [line.area for line in found.lines] == [Area(frozenset({MEKINAC})), Area(region)]
    assert found.whole_area(e) == Area(region)
    assert found.area(e) == Area(region)
    assert not supply(enterprise("b", offer())).lines[0].area


def test_a_region_is_that_of_the_main_place_and_quebec_is_everything() -> None:
    known = territories.load()
    found = supply(
        enterprise("a", offer("region"), towns=("Montréal", "La Tuque")),
        enterprise("b", offer("quebec", MEKINAC)),
    )
    here, whole = (line.area for line in found.lines)
    assert here.codes == {m.code for m in known.mrcs_of(["06"])}
    assert whole.is_whole_province
    assert all(whole.covers(code) for code in known.mrc_by_code)
    assert not here.covers(LA_TUQUE)


def test_closed_and_merged_enterprises_supply_nothing() -> None:
    found = supply(
        enterprise("a", offer(), statut="fermee"),
        enterprise("b", offer(), fusionnee_avec="c"),
        enterprise("c"),
    )
    assert found.lines == ()
    assert found.by_category == {}
    assert slugs(found.by_sector["arts-culture"]) == ["c"]


@pytest.mark.parametrize(
    ("own", "record", "expected"),
    [("", CONFIRMED, True), ("", WAITING, False), ("a-confirmer", CONFIRMED, False), ("confirmee", WAITING, True)],
)
def test_an_offer_is_confirmed_by_itself_else_by_its_record(own: str, record: Verification, expected: bool) -> None:
    said = offer(verification=Verification(own, date(2026, 10, 2) if own == "confirmee" else None))
    e = enterprise("a", said, verification=record)
    assert is_confirmed(e, said) is expected
    assert supply(e).lines[0].is_confirmed is expected
    assert (confirmed_on(e, said) is not None) is expected


def test_gaps_count_each_supplier_once() -> None:
    found = supply(
        enterprise("a", offer(MEKINAC), offer(MEKINAC, verification=WAITING)),
        enterprise("b", offer("quebec", verification=WAITING), towns=("La Tuque", "Shawinigan")),
        enterprise("c", offer(MEKINAC, verification=WAITING), towns=("Shawinigan",)),
    )
    assert found.tally("categorie", NEED, LA_TUQUE) == Tally(2, 0, 1, 0)
    assert found.tally("categorie", NEED, MEKINAC) == Tally(0, 3, 0, 1)
    assert found.tally("categorie", NEED, SHAWINIGAN) == Tally(2, 0, 0, 0)
    assert found.tally("categorie", "impression", MEKINAC) == Tally()
    assert found.tally("secteur", "arts-culture", LA_TUQUE) == Tally(2, 0, 2, 0)
    assert found.tally("secteur", "arts-culture", MEKINAC) == Tally(0, 3, 0, 3)
    kinds = vocabularies.load()
    assert len(found.gaps) == (len(kinds.categories) + len(kinds.sectors)) * len(found.catalogue.mrcs)


@pytest.mark.parametrize(
    ("tally", "text"),
    [
        (Tally(), "0"),
        (Tally(1), "1 seul"),
        (Tally(0, 1), "0 + 1 seul"),
        (Tally(3, 2), "3 + 2"),
        (Tally(1200), "1\xa0200"),
    ],
)
def test_a_tally_is_written_short(tally: Tally, text: str) -> None:
    assert tally.text == text


def test_csv_of_gaps_says_all_and_starts_no_formula() -> None:
    found = supply(enterprise("a", offer(), towns=("La Tuque",)))
    rows = list(csv.DictReader(io.StringIO(to_csv(found))))
    assert len(rows) == len(found.gaps)
    (only,) = [row for row in rows if row["code"] == NEED and row["mrc"] == LA_TUQUE]
    assert (only["situes"], only["situes_confirmes"], only["desservent"], only["total"]) == ("1", "1", "0", "1")
    assert (only["fournisseur_unique"], only["genre"], only["region"]) == ("oui", "categorie", "Mauricie")
    assert not [cell for row in rows for cell in row.values() if cell[:1] in tuple("=+-@\t")]


def test_csv_of_gaps_disarms_a_label(monkeypatch: pytest.MonkeyPatch) -> None:
    found = supply()
    words = found.catalogue.vocabularies
    hostile = vocabularies.Sector("arts-culture", "=HYPERLINK(1)")
    object.__setattr__(words, "sectors", {"arts-culture": hostile})
    labels = {row["libelle"] for row in csv.DictReader(io.StringIO(to_csv(found)))}
    assert "'=HYPERLINK(1)" in labels
    assert "=HYPERLINK(1)" not in labels


def test_text_of_gaps_and_summary() -> None:
    found = supply(enterprise("a", offer(MEKINAC, verification=WAITING)), enterprise("b", statut="fermee"))
    text = stats.gaps(found)
    line = next(line for line in text.splitlines() if line.startswith("Traiteur"))
    assert line.count(" seul") == 2
    assert line.count("0 + 1 seul") == 1
    assert "Aucun fournisseur connu\xa0: " in text
    numbers = [
        int(re.findall(r"\d+", line)[0]) for line in stats.summary(Statistics(found, date(2026, 11, 22))).splitlines()
    ]
    assert numbers == [1, 1, 0, 1, 0, 0, 1, 1, 1]


def test_confirmed_offers_come_first_then_the_order_of_territories() -> None:
    found = supply(
        enterprise("a", offer(verification=WAITING), offer()),
        enterprise("b", offer(), towns=("Shawinigan",)),
        enterprise("c", offer(), offer()),
    )
    listed = suppliers.entries(found.by_category[NEED], lambda line: min(line.homes), (SHAWINIGAN, LA_TUQUE))
    assert [(e.enterprise.slug, e.is_confirmed, len(e.lines)) for e in listed] == [
        *(("b", True, 1), ("a", True, 1), ("c", True, 2), ("a", False, 1)),
    ]
    assert suppliers.count_phrase(listed) == "3\xa0fournisseurs, tous avec une offre confirmée"


@pytest.mark.parametrize(
    ("total", "confirmed", "text"),
    [
        (1, 0, "1\xa0fournisseur, aucune offre encore confirmée"),
        (1, 1, "1\xa0fournisseur, offre confirmée"),
        (3, 1, "3\xa0fournisseurs, dont 1 avec une offre confirmée"),
    ],
)
def test_suppliers_are_counted_in_words(total: int, confirmed: int, text: str) -> None:
    assert suppliers.suppliers_phrase(total, confirmed) == text


def test_what_is_served_is_said_in_a_phrase() -> None:
    territories = supply().catalogue.territories
    region = frozenset(m.code for m in territories.mrcs_of(["04"]))
    assert suppliers.served(territories, Area()) == ""
    assert suppliers.served(territories, Area(is_whole_province=True)) == "Dessert tout le Québec"
    assert suppliers.served(territories, Area(frozenset({MEKINAC}))) == "Dessert la MRC de Mékinac"
    assert suppliers.served(territories, Area(region)) == "Dessert toute la région de la Mauricie"
    assert suppliers.served(territories, Area(frozenset(list(region)[:4]))) == "Dessert 4 territoires"


def test_long_categories_are_cut_in_pages() -> None:
    from tests.unit.test_exports_indexes import SETTINGS

    many = [enterprise(f"coop-{rank:03}", offer(), towns=("Shawinigan",)) for rank in range(260)]
    found = supply(*many, enterprise("z", offer(), towns=("La Tuque",)))
    plans = {plan.url: plan for plan in category.plans(found, SETTINGS, frozenset())}
    assert list(plans) == [
        *("acheter/categories/traiteur/", "acheter/categories/traiteur/page-2/"),
        "acheter/categories/traiteur/la-tuque/",
        *("acheter/categories/traiteur/shawinigan/", "acheter/categories/traiteur/shawinigan/page-2/"),
    ]
    pages = [plan.build() for url, plan in plans.items() if url.startswith("acheter/categories/traiteur/shawinigan/")]
    shown = [row.line.name for page in pages for part in page.view.parts for g in part.groups for row in g.rows]  # type: ignore[attr-defined]
    assert shown == sorted(f"coop-{rank:03}" for rank in range(260))
    assert [page.indexed for page in pages] == [True, False]


def test_few_who_serve_all_of_quebec_are_listed_and_many_are_a_link() -> None:
    from tests.unit.test_exports_indexes import SETTINGS

    def page(count: int) -> Any:
        far = [enterprise(f"coop-{rank:02}", offer("quebec"), towns=("Shawinigan",)) for rank in range(count)]
        found = supply(enterprise("ici", offer()), *far)
        return (
            next(p for p in category.plans(found, SETTINGS, frozenset()) if p.url.endswith("/la-tuque/")).build().view
        )

    few, many = page(category.FEW), page(category.FEW + 1)
    assert [group.total for part in few.parts for group in part.groups] == [1, category.FEW]
    assert few.more is None
    assert [group.total for part in many.parts for group in part.groups] == [1]
    assert many.more.text == "13\xa0autres fournisseurs desservent tout le Québec"
