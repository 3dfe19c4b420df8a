"""The data file of the buyer's catalogue: its shape is what the browser's modules read."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.exporting import RICH
from tests.unit.test_exports_indexes import HOSTILE, SETTINGS

from annuaire import exports
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Conformity, Enterprise, Initiative, Offer, Place, PurchaseContact, Verification
from annuaire.exports import packing, purchase
from annuaire.pages import Site
from annuaire.pages.reference import Version
from annuaire.photos.decoding import Measured
from annuaire.places import territories, vocabularies

VERSION = Version("abc1234567", datetime(2026, 11, 22, 4, tzinfo=UTC), 3, "f" * 64)
CONFIRMED = Verification("confirmee", date(2026, 9, 1), "entreprise")
WAITING = Verification("a-confirmer", date(2026, 9, 2))
SHAWINIGAN = Place(
    "Shawinigan",
    adresse="1, rue du Secret",
    code_postal="G9N 1A1",
    latitude=46.57021,
    longitude=-72.75,
    courriel="a@b.ca",
)


def enterprise(slug: str, **values: Any) -> Enterprise:
    """Give an enterprise of Shawinigan."""
    given: dict[str, Any] = {"nom": slug, "forme_juridique": "obnl", "statut": "active", "secteur": "arts-culture"}
    given |= {"etablissements": (SHAWINIGAN,), "verification": WAITING, **values}
    return Enterprise(slug, **given)


def content(*enterprises: Enterprise, regions: tuple[str, ...] = ("04",)) -> dict[str, Any]:
    """Give the data file of some enterprises, read again."""
    catalogue = Catalogue(enterprises, (), territories.load(), vocabularies.load(), regions)
    return packing.unpack(*map(json.loads, purchase.to_json(catalogue, SETTINGS, VERSION)))


def leaves(value: Any) -> Iterator[Any]:
    """Yield every value that holds no other."""
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from leaves(inner)
    else:
        yield value


def test_columns_are_of_equal_length_and_hold_no_fraction() -> None:
    offers = (Offer("Scène", "location-salles"), Offer("Régie", "peinture-batiment", verification=CONFIRMED))
    found = content(enterprise("a", offres=offers), enterprise("b", mission="Mot " * 80))
    assert {len(column) for column in found["entreprises"].values()} == {2}
    assert {len(column) for column in found["offres"].values()} == {2}
    assert not [leaf for leaf in leaves(found) if isinstance(leaf, float)]
    assert found["format"] == 2
    assert found["version"] == {
        "commit": "abc1234567",
        "date": "2026-11-22T04:00:00Z",
        "fiches": 3,
        "sha256": "f" * 64,
    }
    assert len(found["entreprises"]["activite"][1]) <= 160
    assert found["entreprises"]["activite"][1].endswith("Mot…")


def test_a_site_without_records_keeps_its_columns() -> None:
    found = content()
    assert set(found["offres"]) == {
        *("entreprise", "nom", "categorie", "confirmee", "desserte", "description", "prix", "delai", "capacite", "date")
    }
    assert not any(found["entreprises"].values())


def test_an_offer_is_confirmed_by_itself_or_with_its_record() -> None:
    said = (Offer("a", "traiteur"), Offer("b", "traiteur", verification=WAITING))
    found = content(
        enterprise("a", verification=CONFIRMED, offres=said),
        enterprise("b", offres=(Offer("c", "traiteur"), Offer("d", "traiteur", verification=CONFIRMED))),
    )
    offers = found["offres"]
    assert offers["entreprise"] == [0, 0, 1, 1]
    assert offers["confirmee"] == [1, 0, 0, 1]
    assert offers["date"] == ["", "", "", "2026-09-01"], "its own, else that of its record"
    assert found["entreprises"]["confirmee"] == [1, 0]
    assert found["entreprises"]["date"] == ["2026-09-01", ""]


def test_a_territory_served_is_the_offer_s_own_else_the_enterprise_s() -> None:
    offers = (
        Offer("a", "traiteur", territoires_desservis=("350",)),
        Offer("b", "traiteur"),
        Offer("c", "traiteur", territoires_desservis=("quebec", "350")),
    )
    found = content(
        enterprise("a", offres=offers, territoires_desservis=("region",)),
        enterprise("b", offres=(Offer("d", "traiteur"),)),
    )
    mrc = [code for code, *_ in found["mrc"]]
    served = found["dessertes"]
    by_offer = [served[rank] if rank >= 0 else None for rank in found["offres"]["desserte"]]
    region = next(ranks for code, _, _, ranks in found["regions"] if code == "04")
    assert by_offer == [[mrc.index("350")], None, "quebec", None], "its own, where it is another"
    assert found["entreprises"]["desserte"] == [served.index(region), -1]
    assert len(served) == len({json.dumps(each) for each in served})


def test_territories_are_those_of_the_site_their_neighbours_and_those_that_records_name() -> None:
    known = territories.load()
    montreal = Place("Montréal")
    found = content(enterprise("a", etablissements=(SHAWINIGAN, montreal)))
    codes = {code: site for code, *_, site in found["mrc"]}
    of_site = {m.code for m in known.mrcs_of(["04"])}
    assert {code for code, site in codes.items() if site} == of_site
    around = {n for code in of_site for n in known.neighbours[code]}
    assert set(codes) == of_site | around | {known.by_name["Montréal"][0].mrc}
    assert {found["mrc"][rank][0] for rank in found["entreprises"]["mrc"][0]} >= {known.by_name["Montréal"][0].mrc}
    assert all(0 <= rank < len(codes) for *_, ranks, _ in found["mrc"] for rank in ranks)
    assert len(content(regions=())["mrc"]) == len(known.mrcs)


def test_a_confidential_address_is_nowhere() -> None:
    hidden = content(enterprise("a", adresse_confidentielle=True))
    shown = content(enterprise("a"))
    assert (shown["entreprises"]["lat"], shown["entreprises"]["point"]) == ([465702], [1])
    assert shown["entreprises"]["adresse"] == ["1, rue du Secret"]
    town = hidden["municipalites"][hidden["entreprises"]["municipalite"][0]]
    assert [hidden["entreprises"][key][0] for key in ("lat", "lon", "point")] == [town[3], town[4], 0]
    text = json.dumps(hidden, ensure_ascii=False)
    assert "Secret" not in text
    assert "G9N 1A1" not in text
    assert "465702" not in text


def test_closed_and_merged_enterprises_are_left_out() -> None:
    closed = enterprise("fermee", statut="fermee", offres=(Offer("x", "traiteur"),))
    merged = enterprise("fusionnee", fusionnee_avec="a", offres=(Offer("x", "traiteur"),))
    found = content(enterprise("a"), closed, merged)
    assert found["entreprises"]["slug"] == ["a"]
    assert found["offres"]["entreprise"] == []


def test_a_legal_form_is_known_only_when_somebody_read_and_confirmed_it() -> None:
    deduced = replace(CONFIRMED, deduits=("forme_juridique",))
    found = content(
        enterprise("a", verification=CONFIRMED),
        enterprise("b", verification=deduced),
        enterprise("c"),
        enterprise("d", verification=CONFIRMED, forme_juridique="a-preciser"),
    )
    assert found["entreprises"]["forme_confirmee"] == [1, 0, 0, 0]


def test_a_membership_that_was_inferred_is_not_said() -> None:
    """The profile does not say it either."""
    inferred = Verification("a-confirmer", deduits=("adhesion",))
    found = content(enterprise("a", adhesion="regulier"), enterprise("b", adhesion="regulier", verification=inferred))
    assert found["entreprises"]["adhesion"] == [0, -1]


def test_who_to_reach_is_the_purchase_contact_else_a_place_that_can_be() -> None:
    contact = PurchaseContact("Achats", "819 555-0142", "")
    second = Place("La Tuque", telephone="819 555-0199", courriel="second@example.org")
    found = content(
        enterprise("a", contact_achats=contact),
        enterprise("b", etablissements=(replace(SHAWINIGAN, courriel=""), second)),
    )["entreprises"]
    assert found["telephone"] == ["819 555-0142", "819 555-0199"]
    assert found["courriel"] == ["a@b.ca", "second@example.org"]
    assert found["fonction"] == ["Achats", ""]


def test_documents_initiative_and_lists() -> None:
    document = Conformity("rbq", "5555-5555-55", date(2026, 1, 31), "RBQ")
    found = content(
        enterprise("a", conformite=(document,), jachete=Initiative(2025), secteurs_secondaires=("habitation",)),
        enterprise("b", jachete=Initiative(None, "Cohorte 2024"), adhesion="regulier"),
    )
    a = found["entreprises"]
    assert a["conformite"] == [[[0, "2026-01-31", "5555-5555-55", "RBQ"]], 0]
    assert a["jachete"] == [2025, 2024]
    assert [found["secteurs"][rank][0] for rank in a["autres_secteurs"][0]] == ["habitation"]
    assert a["autres_secteurs"][1] == 0
    assert a["adhesion"] == [-1, 0]
    assert found["adhesions"][0] == ["regulier", "Membre régulier"]


@pytest.mark.parametrize("text", [HOSTILE, "\ud800", "</script>", "\u2028"])
def test_any_text_is_only_a_text(text: str, tmp_path: Any) -> None:
    record = enterprise("a", nom=text, mission=f"M{text}", offres=(Offer(text, "traiteur", description=text),))
    catalogue = Catalogue((record,), (), territories.load(), vocabularies.load(), ("04",))
    exports.write(Site(SETTINGS, catalogue, VERSION), tmp_path, {})
    assert packing.read(tmp_path)["offres"]["nom"] == [text.replace("\ud800", "?")]


def test_the_same_records_give_the_same_bytes() -> None:
    records = [enterprise(slug, territoires_desservis=("350", "371", "region")) for slug in "abc"]
    known, words = territories.load(), vocabularies.load()
    texts = {
        purchase.to_json(Catalogue(order, (), known, words, ("04",)), SETTINGS, VERSION)
        for order in (records, records[::-1])
    }
    assert len(texts) == 1


def test_only_who_has_an_image_has_one_in_its_row() -> None:
    records = (enterprise("a"), replace(RICH, slug="b"), replace(RICH, slug="c", statut="fermee"))
    measured = {"facade.jpg": Measured("", 800, 600), "logo.png": Measured("", 400, 100, "png")}
    images = {e.slug: measured for e in records}
    found = purchase.content(
        Catalogue(records, (), territories.load(), vocabularies.load(), ("04",), images=images), SETTINGS, VERSION
    )
    rank = found["entreprises"]["slug"].index("b")
    assert found["images"] == {str(rank): ("entreprises/b/images/logo-png-320.png", 320, 80)}


def test_old_slugs_lead_to_who_bears_them_today() -> None:
    found = content(
        enterprise("a", anciens_slugs=("vieux-a", "b")),
        enterprise("b", statut="fermee", fusionnee_avec="c", anciens_slugs=("vieux-b",)),
        enterprise("c"),
        enterprise("d", statut="fermee", anciens_slugs=("vieux-d",)),
    )
    assert found["entreprises"]["slug"] == ["a", "c"]
    assert found["anciennes"] == {"b": 1, "vieux-a": 0, "vieux-b": 1}, "none leads to a closed one"
