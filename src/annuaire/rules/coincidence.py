"""Judge whether a public record tells where a confidential place is: a shelter behind the door of its office.

A record that hides its address holds none, so addresses cannot be compared here (the import does, before it drops
them). What is left to compare is what both records tell: a name, a telephone, a web address, the domain of an e-mail
address. Only one that publishes a street, a postal code or a point tells a place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.rules.cells import hides
from annuaire.rules.confidentiality import SECRET
from annuaire.text.names import normalise_name
from annuaire.text.persons.addresses import PERSONAL_HOSTS
from annuaire.text.problems import Finding, Reach

REACH = Reach.CATALOGUE
FIELDS = ("adresse_confidentielle",)
CODES = ("lieu-recoupe",)
_SHARED = {
    "telephone": "le même téléphone",
    "courriel": "un courriel du même domaine",
    "site": "le même site",
    "nom": "le même nom",
}
_NETWORK = ("courriel", "site")  # what bodies of one network share from town to town
_DIGITS = 10


def check(records: Sequence[Record], context: Context) -> Iterator[tuple[Record, Finding]]:
    """Report, on a record that hides its address, each public one that shares a way to know it."""
    hidden: list[Record] = []
    public: list[Record] = []
    for record in records:
        (hidden if hides(record) else public).append(record)
    if not hidden:
        return
    index: dict[tuple[str, str], list[Record]] = {}
    for record in filter(_is_found, public):
        for key in _keys(record):
            index.setdefault(key, []).append(record)
    for record in hidden:
        told: set[str] = set()
        for key in _keys(record):
            kind = key[0]
            for other in index.get(key, ()):
                if other.slug not in told and (kind not in _NETWORK or not _towns(record).isdisjoint(_towns(other))):
                    told.add(other.slug)
                    values = {"nom": other.text("nom"), "fiche": other.file, "quoi": _SHARED[kind]}
                    yield record, Finding("lieu-recoupe", ("nom",), values)


def _keys(record: Record) -> Iterator[tuple[str, str]]:
    """Yield what tells a record, the strongest first."""
    places = record.items("etablissements")
    buying = record.values.get("contact_achats")
    ways = [*places, *([buying] if isinstance(buying, dict) else [])]
    for way in ways:
        digits = "".join(filter(str.isdigit, str(way.get("telephone", ""))))[:_DIGITS]
        if len(digits) == _DIGITS:
            yield "telephone", digits
    for way in ways:
        domain = str(way.get("courriel", "")).lower().rpartition("@")[2]
        if domain and not PERSONAL_HOSTS.fullmatch(domain):
            yield "courriel", domain
    site = record.text("site_web").lower().rpartition("://")[2].removeprefix("www.").rstrip("/")
    if site:
        yield "site", site
    yield "nom", normalise_name(record.text("nom"))


def _is_found(record: Record) -> bool:
    return any(place.get(key) for place in record.items("etablissements") for key in SECRET)


def _towns(record: Record) -> frozenset[str]:
    return frozenset(str(place.get("municipalite", "")) for place in record.items("etablissements"))
