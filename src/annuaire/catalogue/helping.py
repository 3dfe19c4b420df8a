"""Know who and what can help: organisations, programmes and tools, by need, stage and territory.

A record that names no need answers nothing; one that names no stage serves at all of them (nobody said which); one that
names no territory is told apart, since nobody knows where it serves, but a tool serves everywhere then. Models never
answer. A programme or a tool that says nothing of how to reach it is reached through the organisation that offers it.
An enterprise that shares premises answers who looks for some, where it stands. The script of « Trouver de l’aide »
judges the same records the same way (`theme/js/help/judge.js`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from annuaire import schema
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.items import Item
from annuaire.catalogue.model import Enterprise
from annuaire.places.territories import Mrc, Municipality
from annuaire.places.vocabularies import EVERYWHERE
from annuaire.records.collections import ENTERPRISES
from annuaire.text import french
from annuaire.text.names import sort_key

ORGANISATIONS, PROGRAMMES, TOOLS = "organisations", "programmes", "outils"
COLLECTIONS = (ORGANISATIONS, PROGRAMMES, TOOLS)  # in the order of answers
NEAR, UNPLACED, INCOMPLETE, OVER = "pres", "ailleurs", "sans-contact", "finis"
# Who is near comes before programmes of all Québec, even when nobody said how to reach it: its name and town are known.
GROUPS = (ORGANISATIONS, NEAR, PROGRAMMES, TOOLS, INCOMPLETE, UNPLACED, OVER)
FINISHED = frozenset({"disparue", "ferme", "termine", "retire"})  # states in which nobody is helped any more
SHARED_PLACE = "lieu-partage"
PREMISES = "locaux"  # the need of which an answer without any shared place says so
LETTING = "location-bureaux"  # category of the offers of who lets premises
_SUMMARY = 300  # characters, as the summary of an organisation
FINANCING = frozenset(
    {
        "subvention", "pret", "capital-patient", "obligations-communautaires", "subvention-salariale", "microcredit",
        "sociofinancement",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contact:
    """Say how to reach a helper; every text may be empty. `through` is the organisation that answers in its place,
    `file` the name of what is published with the site.
    """

    telephone: str = ""
    email: str = ""
    site: str = ""
    address: str = ""
    function: str = ""
    through: Item | None = None
    file: str = ""

    @property
    def is_known(self) -> bool:
        """Tell whether there is any way to reach it."""
        return bool(self.telephone or self.email or self.site or self.address or self.file)


@dataclass(frozen=True, slots=True)
class Helper:
    """Hold a record that can help: what for, when and where, how to reach it.

    `mrcs` are codes; `is_everywhere` when it serves all of Québec; `is_placed` is false when nobody said where, and
    `maybe` are then the MRCs of the region where it stands, None when that is not known either.
    """

    collection: str
    item: Item
    needs: tuple[str, ...]
    stages: tuple[str, ...]
    mrcs: frozenset[str]
    is_everywhere: bool
    is_placed: bool
    contact: Contact
    maybe: frozenset[str] | None = None

    @property
    def is_finished(self) -> bool:
        """Tell whether it is no more, closed, or withdrawn."""
        return self.item.statut in FINISHED

    @property
    def is_shared_place(self) -> bool:
        """Tell whether it is a place that several share, or somebody who shares premises."""
        return self.stands_with == ORGANISATIONS and PREMISES in self.needs and shares(self.item)

    @property
    def stands_with(self) -> str:
        """Name the collection that it is shown with: an enterprise stands with the organisations."""
        return ORGANISATIONS if self.collection == ENTERPRISES else self.collection

    def group(self, mrc: str = "") -> str:
        """Name the group of answers it stands in, for a territory or for none."""
        if self.is_finished:
            return OVER
        if mrc and not self.is_placed:
            return UNPLACED
        if self.contact.is_known:
            return self.stands_with
        return NEAR if mrc and not self.is_everywhere else INCOMPLETE

    def fits(self, need: str = "", stage: str = "", mrc: str = "") -> bool:
        """Tell whether it answers; what is not asked does not matter."""
        return (
            (need in self.needs if need else bool(self.needs))
            and (not stage or not self.stages or stage in self.stages)
            and (not mrc or self.is_everywhere or mrc in self.mrcs or (not self.is_placed and self._may_serve(mrc)))
        )

    def _may_serve(self, mrc: str) -> bool:
        return self.maybe is None or mrc in self.maybe


class Help:
    """Index the helpers of a catalogue; made by `help_of`."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.helpers = (
            *(
                self._helper(name, item)
                for name in COLLECTIONS
                for item in catalogue.items[name]
                if item.besoins or shares(item)
            ),
            *(self._sharing(e) for e in catalogue.listed if _rooms(e) and not e.adresse_confidentielle),
        )

    @cached_property
    def needs(self) -> Mapping[str, str]:
        """Give the words of each need."""
        return schema.load(ORGANISATIONS).root.field("besoins").labels

    @cached_property
    def stages(self) -> Mapping[str, str]:
        """Give the words of each stage."""
        return schema.load(ORGANISATIONS).root.field("stades").labels

    def find(self, need: str = "", stage: str = "", mrc: str = "") -> dict[str, list[Helper]]:
        """Give who answers, by group in the order of answers, empty groups left out; nearest first."""
        found: dict[str, list[Helper]] = {group: [] for group in GROUPS}
        for helper in sorted(self.helpers, key=lambda one: self.distance(one, mrc)):
            if helper.fits(need, stage, mrc):
                found[helper.group(mrc)].append(helper)
        return {group: helpers for group, helpers in found.items() if helpers}

    @staticmethod
    def distance(helper: Helper, mrc: str) -> int:
        """Rank how near a helper is: of a few territories, of many, of all Québec, of nobody knows where."""
        return 3 if not helper.is_placed else 2 if helper.is_everywhere else int(not mrc or len(helper.mrcs) > 1)

    @cached_property
    def mrcs(self) -> tuple[Mrc, ...]:
        """List the territories one may ask about: those of the site, then those that a helper names."""
        named = {code for helper in self.helpers for code in helper.mrcs} - self.catalogue.mrc_codes
        others = [self.catalogue.territories.mrcs[code] for code in named]
        return (*self.catalogue.mrcs, *sorted(others, key=lambda m: (m.region, sort_key(m.nom))))

    def to_ask(self, mrc: str) -> tuple[Item, ...]:
        """Give whom to ask when nothing fits: the Pôle of a territory, then the MRC itself, when they have a record."""
        return tuple(item for kind in ("pole", "mrc", "municipalite") for item in self.serving(kind, mrc))

    def serving(self, kind: str, mrc: str) -> Iterator[Item]:
        """List the organisations of a kind that serve a territory, those that are no more left out."""
        for item in self.catalogue.items[ORGANISATIONS]:
            codes = item.territoires_desservis
            is_there = mrc in codes or ("region" in codes and mrc in self.catalogue.mrc_codes)
            if is_there and item.genre == kind and item.statut not in FINISHED:
                yield item

    def contact(self, collection: str, item: Item) -> Contact:
        """Say how to reach a record, through who offers it when it says nothing itself."""
        own = _own_contact(item)
        if replace(own, file="").is_known or collection == ORGANISATIONS:
            return own  # a file is read by oneself: whoever offers it answers questions
        organiser = self.catalogue.item(ORGANISATIONS, item.organisateur)
        if organiser is None or organiser.statut in FINISHED:
            return own
        found = _own_contact(organiser)
        return Contact(found.telephone, found.email, found.site, found.address, found.function, organiser, own.file)

    def _helper(self, collection: str, item: Item) -> Helper:
        codes = item.territoires_desservis
        mrcs = {code for code in codes if code not in EVERYWHERE}
        if "region" in codes:
            mrcs |= self.catalogue.mrc_codes
        is_free = collection == TOOLS and not codes
        town = self._town(item)
        if not codes and town and shares(item):
            mrcs.add(town.mrc)  # a place serves where it stands
        needs = item.besoins if PREMISES in item.besoins or not shares(item) else (*item.besoins, PREMISES)
        around = {m.code for m in self.catalogue.territories.mrcs.values() if town and m.region == self._region(town)}
        return Helper(
            collection=collection,
            item=item,
            needs=needs,
            stages=item.stades,
            mrcs=frozenset(mrcs),
            is_everywhere="quebec" in codes or is_free,
            is_placed=bool(codes or mrcs) or is_free,
            contact=self.contact(collection, item),
            maybe=frozenset(around) if town else None,
        )

    def _town(self, item: Item) -> Municipality | None:
        name, code = getattr(item, "municipalite", ""), getattr(item, "municipalite_code", "")
        return self.catalogue.territories.municipality(name, code) if name else None

    def _region(self, town: Municipality) -> str:
        return self.catalogue.territories.mrcs[town.mrc].region

    def _sharing(self, e: Enterprise) -> Helper:
        """Make a helper of an enterprise that shares premises, in the words of a shared place."""
        rooms = ", ".join(name[:1].lower() + name[1:] for name in _rooms(e))
        mrc, place = self.catalogue.mrc(e.lieu).code, e.lieu
        address = ", ".join(part for part in (place.adresse, self.catalogue.municipality(place).nom) if part)
        words = {
            "nom": e.nom,
            "genre": SHARED_PLACE,
            "statut": e.statut,
            "resume": french.shorten(f"Locaux à partager ou à louer\u00a0: {rooms}.", _SUMMARY),
            "municipalite": self.catalogue.municipality(place).nom,
            "besoins": (PREMISES,),
            "stades": (),
            "territoires_desservis": (mrc,),
        }
        contact = Contact(place.telephone, place.courriel, e.site_web, address if place.adresse else "")
        return Helper(ENTERPRISES, Item(words, e.slug), (PREMISES,), (), frozenset({mrc}), False, True, contact)

    @cached_property
    def homes(self) -> Mapping[str, tuple[Item | Enterprise, ...]]:
        """Index by the slug of an enterprise the organisations and the enterprises whose roof it is under."""
        found: dict[str, list[Item | Enterprise]] = {}
        roofs: tuple[Item | Enterprise, ...] = (*self.catalogue.items[ORGANISATIONS], *self.catalogue.listed)
        for home in roofs:
            for guest in home.heberges:
                housed = enterprise_named(self.catalogue, guest.nom)
                if housed and housed.slug != home.slug:
                    found.setdefault(housed.slug, []).append(home)
        return {slug: tuple(homes) for slug, homes in found.items()}

    @cached_property
    def offered(self) -> Mapping[str, tuple[tuple[str, Item], ...]]:
        """Index by the slug of an organisation the programmes, tools and models it offers or is a partner of."""
        found: dict[str, list[tuple[str, Item]]] = {}
        for name in (PROGRAMMES, TOOLS, "modeles"):
            for item in self.catalogue.items[name]:
                partners = [partner.nom for partner in getattr(item, "partenaires", ())]
                for slug in dict.fromkeys((item.organisateur, *partners)):
                    found.setdefault(slug, []).append((name, item))
        return {slug: tuple(items) for slug, items in found.items()}

    def of_financing(self) -> tuple[Item, ...]:
        """List the programmes that give, lend or gather money."""
        return tuple(
            item
            for item in self.catalogue.items[PROGRAMMES]
            if item.genre in FINANCING or "financement" in item.besoins
        )


def living(catalogue: Catalogue) -> tuple[Item, ...]:
    """List the organisations that are not said to be no more."""
    return tuple(one for one in catalogue.items[ORGANISATIONS] if one.statut not in FINISHED)


def shares(item: Item) -> bool:
    """Tell whether an organisation shares premises: it is a shared place, names its premises, or houses somebody."""
    is_place = getattr(item, "genre", "") == SHARED_PLACE
    return is_place or bool(getattr(item, "locaux", ()) or getattr(item, "heberges", ()))


def _rooms(e: Enterprise) -> tuple[str, ...]:
    """Name the premises that an enterprise shares, or lets as one of its offers."""
    return (*(room.nom for room in e.locaux), *(offer.nom for offer in e.offres if offer.categorie == LETTING))


@lru_cache(maxsize=1)
def help_of(catalogue: Catalogue) -> Help:
    """Give the help of a catalogue, made once for pages and data alike."""
    return Help(catalogue)


def enterprise_named(catalogue: Catalogue, slug: str) -> Enterprise | None:
    """Find the enterprise that a slug names, the one it is part of today when it merged."""
    found = catalogue.by_slug.get(slug)
    return (catalogue.successor(found) or found) if found else None


def _own_contact(item: Item) -> Contact:
    said: Any = getattr(item, "contact", None)
    site = item.lien if hasattr(item, "lien") else item.site_web
    if not said:
        return Contact(site=site, address=_address(item), file=getattr(item, "fichier", ""))
    return Contact(said.telephone, said.courriel, site, _address(item), said.fonction)


def _address(item: Item) -> str:
    street, town = getattr(item, "adresse", ""), getattr(item, "municipalite", "")
    return ", ".join(part for part in (street, town) if part) if street else ""
