"""Who could be invited around a town, when an enterprise has offers that a person confirmed, others that nobody did."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.exporting import NOW
from tests.ledgers import exemple_catalogue
from tests.node import Ask, asking
from tests.sites import EXAMPLES

from annuaire import config
from annuaire.catalogue.index import Catalogue
from annuaire.exports import purchase, texts
from annuaire.pages.reference import Version

__all__ = ["exemple_catalogue"]  # fixture
CATEGORY, FIRM = "entretien-menager", "entretien-exemple-entreprise-d-insertion"
PLACES = ("ici", "voisins", "ailleurs")


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    with asking(Path(__file__).with_name("mode.mjs")) as found:
        yield found


def content(exemple: Catalogue) -> dict[str, Any]:
    """Give what the browser reads of the Exemple region."""
    version = Version("0afba09aa1", NOW, 0, "0" * 64)
    return dict(purchase.content(exemple, config.load(EXAMPLES / "mkdocs.yml"), version))


def owned(data: dict[str, Any], firm: int) -> list[int]:
    """List the offers of an enterprise in the category."""
    category = [row[0] for row in data["categories"]].index(CATEGORY)
    offers = data["offres"]
    return [
        at for at, owner in enumerate(offers["entreprise"]) if owner == firm and offers["categorie"][at] == category
    ]


def test_who_does_not_say_where_they_serve_are_counted(ask: Ask, exemple: Catalogue) -> None:
    data = content(exemple)
    firm = data["entreprises"]["slug"].index(FIRM)
    data["entreprises"]["mrc"][firm], data["entreprises"]["desserte"][firm] = [], -1
    for rank in owned(data, firm):
        data["offres"]["desserte"][rank] = -1
    found = ask("around", data=data, texts=texts.content(exemple), category=CATEGORY, mrc=data["mrc"][0][0])
    assert found["muets"] == 1
    assert not any(firm == one["index"] for place in PLACES for kind in found[place].values() for one in kind)


@pytest.mark.parametrize(
    ("confirmed_serves", "other_serves", "wanted"),
    [(True, False, "confirmes"), (True, True, "confirmes"), (False, True, "autres"), (False, False, "")],
)
def test_who_serves_from_elsewhere_by_an_unconfirmed_offer_is_told(
    ask: Ask, exemple: Catalogue, *, confirmed_serves: bool, other_serves: bool, wanted: str
) -> None:
    data = content(exemple)
    firm, offers = data["entreprises"]["slug"].index(FIRM), data["offres"]
    own = owned(data, firm)
    home = data["mrc"][0][0]
    data["entreprises"]["mrc"][firm] = []
    data["dessertes"] += [[0], []]
    here, nowhere = len(data["dessertes"]) - 2, len(data["dessertes"]) - 1
    for place, rank in enumerate(own):
        offers["confirmee"][rank] = int(place == 0)
        serves = confirmed_serves if place == 0 else other_serves
        offers["desserte"][rank] = here if serves else nowhere
    found = ask("around", data=data, texts=texts.content(exemple), category=CATEGORY, mrc=home)
    places = {kind for kind in ("confirmes", "autres") if firm in [one["index"] for one in found["ailleurs"][kind]]}
    assert places == ({wanted} if wanted else set())
    assert found["muets"] == 0
    assert found["total"] == sum(len(found[place]["confirmes"]) for place in PLACES)
