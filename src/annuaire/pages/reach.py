"""Say how to reach an organisation, a programme or a tool, and in what state it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from annuaire import urls
from annuaire.catalogue.helping import ORGANISATIONS, Contact
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.items import Item
from annuaire.catalogue.sources import day_text
from annuaire.pages.contact import email, phone
from annuaire.pages.page import Link, Outside
from annuaire.records.collections import BY_NAME, ENTERPRISES
from annuaire.text import french
from annuaire.text.sites import site_text


@dataclass(frozen=True, slots=True)
class Reach:
    """Give ready links; `through` is the organisation that answers in the place of who has no contact of its own,
    `file` what the site publishes, with its kind and size.
    """

    phone: Outside | None
    email: Outside | None
    site: Outside | None
    address: str
    function: str
    through: Link | None
    file: Link | None = None

    @property
    def is_known(self) -> bool:
        """Tell whether there is any way to reach it."""
        return bool(self.phone or self.email or self.site or self.address or self.file)


@dataclass(frozen=True, slots=True)
class State:
    """Say in a sentence in what state a record is; `kind` is `ok`, `wait` (nobody knows) or `closed`."""

    sentence: str
    kind: str


# What is written of each state; {since} is « depuis le 15 octobre 2024 », where it is known.
_STATES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "organisations": {
        "active": ("En activité{since}.", "ok"),
        "disparue": ("Cet organisme n’existe plus{since}.", "closed"),
        "inconnu": ("À confirmer\u00a0: personne n’a encore vérifié que cet organisme est actif.", "wait"),
    },
    "programmes": {
        "ouvert": ("Ouvert{since}.", "ok"),
        "ferme": ("Fermé{since}\u00a0: ce programme ne reçoit plus de demandes.", "closed"),
        "termine": ("Terminé{since}.", "closed"),
        "inconnu": ("On ne sait pas s’il est encore offert\u00a0: personne ne l’a vérifié.", "wait"),
    },
    "outils": {
        "disponible": ("Disponible{since}.", "ok"),
        "retire": ("Retiré{since}\u00a0: cet outil n’est plus offert.", "closed"),
        "inconnu": ("On ne sait pas s’il est encore offert\u00a0: personne ne l’a vérifié.", "wait"),
    },
    "modeles": {
        "en-cours": ("En cours{since}.", "ok"),
        "termine": ("Terminé{since}.", "closed"),
        "inconnu": ("Nos sources ne disent pas ce que l’expérience est devenue.", "wait"),
    },
}


def state_of(collection: str, item: Item) -> State | None:
    """Say in what state a record is; None for those of a collection that has no such states."""
    words = _STATES.get(collection, {}).get(getattr(item, "statut", ""))
    if words is None:
        return None
    since = since_text(getattr(item, "statut_depuis", ""))
    return State(words[0].format(since=since and f" {since}"), words[1])


def since_text(day: str) -> str:
    """Say since when: « depuis le 15 octobre 2024 », « depuis juin 2018 », « depuis 2015 »; nothing for none."""
    return f"depuis {'le ' if day.count('-') > 1 else ''}{day_text(day)}" if day else ""


def reach(catalogue: Catalogue, contact: Contact) -> Reach:
    """Make links of a contact."""
    through = contact.through
    return Reach(
        phone=phone(contact.telephone),
        email=email(contact.email),
        site=Outside(site_text(contact.site, catalogue.shared_hosts), contact.site) if contact.site else None,
        address=contact.address,
        function=contact.function,
        through=record_link(ORGANISATIONS, through) if through else None,
        file=file_link(catalogue, contact.file) if contact.file else None,
    )


def file_link(catalogue: Catalogue, name: str) -> Link:
    """Lead to a file that the site publishes: « Télécharger (PDF, 12 ko) »."""
    kind, size = name.rpartition(".")[2].upper(), catalogue.attachments.get(name)
    return Link(f"Télécharger ({kind}, {french.size(size)})" if size else f"Télécharger ({kind})", urls.FILES + name)


def record_link(collection: str, item: Item) -> Link:
    """Lead to the page of a record of a collection that has pages."""
    if collection == ENTERPRISES:
        return Link(item.name, urls.enterprise(item.slug))
    pages = BY_NAME[collection].pages
    return Link(item.name, urls.item(pages.address, item.slug) if pages else "")


def stages_text(labels: Mapping[str, str], stages: tuple[str, ...]) -> str:
    """Say at which stages a record serves; that nobody said it, when it does not."""
    if not stages:
        return "Stade non précisé"
    return french.sentence(french.enumeration([labels[one].lower() for one in stages]))
