"""Plan the page that reads a ledger of purchases in the buyer's own browser: nothing of it is in the page.

Words that never change stand in the template; without scripts, the page says what it is for and leads to the lists.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annuaire import urls
from annuaire.config import Settings
from annuaire.pages.page import BUY_CRUMB, HOME_CRUMB, Link, Page, Plan

TITLE = "Carnet d’achats"
_LISTS = (
    Link("Toutes les entreprises", urls.ENTERPRISES),
    Link("Par forme juridique", urls.FORMS),
    Link("Par territoire", urls.TERRITORIES),
    Link("Catégories d’achat", urls.CATEGORIES),
)


@dataclass(frozen=True, slots=True)
class LedgerView:
    """Fill `carnet.html`; `lists` are where suppliers are found without scripts, `site` names the directory."""

    title: str
    crumbs: tuple[Link, ...]
    lists: tuple[Link, ...]
    site: str
    is_demonstration: bool


def plans(settings: Settings) -> Iterator[Plan]:
    """Plan the page."""
    yield Plan(urls.LEDGER, lambda: _page(settings))


def _page(settings: Settings) -> Page:
    return Page(
        url=urls.LEDGER,
        tab="acheter",
        title=TITLE,
        description="La part d’un an d’achats qui vient d’entreprises collectives, et ce que le répertoire pourrait "
        "encore fournir. Le fichier reste sur votre appareil.",
        template="carnet.html",
        view=LedgerView(
            TITLE, (HOME_CRUMB, BUY_CRUMB, Link(TITLE)), _LISTS, settings.site_name, settings.is_demonstration
        ),
    )
