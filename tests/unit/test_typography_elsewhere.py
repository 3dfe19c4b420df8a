"""What leaves the pages has one apostrophe and one dash too: feed, contact, agenda, paper, pictures, help."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.sites import EXAMPLES

from annuaire import config
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.loading import Loader
from annuaire.catalogue.model import Enterprise
from annuaire.config import Settings
from annuaire.exports import feed, ledger
from annuaire.pages import card, vcard
from annuaire.pages.calendar import _plain as in_agenda
from annuaire.print import typesetting
from annuaire.timeline.history import Change

MIXED, ONE = "L'Éco d\u02bcExemple — volet - un", "L’Éco d’Exemple – volet – un"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module", name="settings")
def of_the_examples() -> Settings:
    """Give the settings of the Exemple site."""
    return config.load(EXAMPLES / "mkdocs.yml")


@pytest.fixture(scope="module", name="catalogue")
def with_a_name_of_many_signs(settings: Settings) -> Catalogue:
    """Give the Exemple region, where an enterprise mixes apostrophes and dashes, and another has closed."""
    whole = Loader(settings).load(NOW.date()).catalogue()
    told, *others, closed = whole.listed
    known = (replace(told, nom=MIXED, mission=MIXED), *others, replace(closed, nom=MIXED, statut="fermee"))
    return Catalogue(known, whole.items, whole.territories, whole.vocabularies, settings.regions)


def first(catalogue: Catalogue) -> Enterprise:
    """Give the enterprise of that name."""
    return next(e for e in catalogue.listed if e.nom == MIXED)


def picture(catalogue: Catalogue, settings: Settings) -> str:
    """Say in words the picture of that enterprise."""
    drawn = card.of_enterprise(catalogue, settings, first(catalogue))
    return drawn.alt if drawn else ""


SAID: dict[str, Callable[[Catalogue, Settings], str]] = {
    "feed": lambda c, s: feed.feed(c, s, [first(c)], {first(c).slug: Change(NOW, NOW)}, NOW),
    "contact": lambda c, s: vcard.vcard(c, first(c), s.site_url).replace("\r\n ", ""),
    "ledger": lambda c, _: json.dumps(ledger.content(c), ensure_ascii=False),
    "picture": lambda c, s: picture(c, replace(s, shared_pictures=("entreprises",))),
    "agenda": lambda *_: in_agenda(MIXED),
    "paper": lambda *_: typesetting.encoded({"nom": MIXED}),
}


@pytest.mark.parametrize("kind", SAID)
def test_one_apostrophe_and_one_dash(catalogue: Catalogue, settings: Settings, kind: str) -> None:
    said = SAID[kind](catalogue, settings)
    assert ONE in said
    assert MIXED not in said


def test_an_address_on_paper_keeps_what_it_is_made_of() -> None:
    for address in ("https://exemple.org/l'eau", "mailto:d'exemple@exemple.org", "tel:+1-819-555-0142"):
        assert typesetting.printable(address) == address
