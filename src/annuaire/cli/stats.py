"""Write counts for the staff of the Pôle, as text: records and offers, what helps, then where suppliers are missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from annuaire import schema
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.items import Item
from annuaire.catalogue.statistics import Statistics
from annuaire.catalogue.supply import Supply
from annuaire.places.territories import Mrc
from annuaire.places.vocabularies import TO_SPECIFY
from annuaire.records.collections import COLLECTIONS
from annuaire.rules.checked import MONTHS
from annuaire.rules.freshness import months_before
from annuaire.text import french
from annuaire.text.figures import Kind, Value, shown

LABEL = 46  # characters of the column of needs
LEAST = 8  # characters of a column of counts
REACH = ("contact_telephone", "contact_courriel", "site_web", "inscription_url", "lien", "fichier")
KINDS = (("categorie", "Catégories d’achat"), ("secteur", "Secteurs"))


def summary(statistics: Statistics) -> str:
    """Count records, what they hold, offers, and the categories that somebody offers."""
    catalogue, supply = statistics.catalogue, statistics.supply
    listed = catalogue.listed
    counted = dict(zip(statistics.overview().values("code"), statistics.overview().values("valeur"), strict=True))
    past = len(catalogue.enterprises) - len(listed)
    with_offers = {line.enterprise.slug for line in supply.lines}
    lines = (
        ("Fiches", counted["entreprises"], f"dont {_figure(counted['verifiees'])} vérifiées"),
        ("Fermées ou fusionnées", past, "à part"),
        ("Avec une activité", sum(bool(e.activite) for e in listed), ""),
        ("Avec une forme juridique", sum(e.forme_juridique != TO_SPECIFY for e in listed), ""),
        ("Avec un NEQ", sum(bool(e.neq) for e in listed), ""),
        ("Avec un téléphone", sum(any(p.telephone for p in e.etablissements) for e in listed), ""),
        ("Avec une offre", len(with_offers), ""),
        ("Offres", counted["offres"], f"dont {_figure(counted['offres-verifiees'])} confirmées"),
        ("Catégories offertes", len(supply.by_category), f"sur {len(catalogue.vocabularies.categories)}"),
    )
    return "\n".join(f"{label:<30}{_figure(count):>8}  {more}".rstrip() for label, count, more in lines)


def gaps(supply: Supply) -> str:
    """Lay out one table for each region and kind of need; needs that nobody answers there are named after it."""
    blocks = []
    for region in supply.catalogue.regions:
        mrcs = [m for m in supply.catalogue.mrcs if m.region == region.code]
        for kind, title in KINDS:
            blocks.append("\n".join(_table(supply, kind, f"{title}, {region.nom}", mrcs)))
    legend = (
        f"3 + 2{french.NBSP}: trois fournisseurs situés sur le territoire, deux d’ailleurs qui le desservent; "
        "0 veut dire qu’aucune fiche ne le dit."
    )
    return "\n\n".join([*blocks, legend])


def _table(supply: Supply, kind: str, title: str, mrcs: Sequence[Mrc]) -> Iterator[str]:
    vocabularies = supply.catalogue.vocabularies
    needs: Iterable[tuple[str, str]] = (
        ((s, c.libelle) for s, c in vocabularies.categories.items())
        if kind == "categorie"
        else ((s, c.libelle) for s, c in vocabularies.sectors.items())
    )
    widths = [max(len(m.nom), LEAST) for m in mrcs]
    yield f"{title:<{LABEL}}" + "".join(f"  {m.nom:>{width}}" for m, width in zip(mrcs, widths, strict=True))
    absent = []
    for slug, label in needs:
        tallies = [supply.tally(kind, slug, m.code) for m in mrcs]
        if any(tally.total for tally in tallies):
            cells = (f"  {tally.text:>{width}}" for tally, width in zip(tallies, widths, strict=True))
            yield f"{french.shorten(label, LABEL):<{LABEL}}" + "".join(cells)
        else:
            absent.append(label)
    if absent:
        yield f"Aucun fournisseur connu{french.NBSP}: {', '.join(absent)}."


def helpers(catalogue: Catalogue, today: date) -> str:
    """Count the records of what helps enterprises: all, those that say how to reach somebody, those to check.

    To check: what nobody ever checked, and what nobody has checked for a year.
    """
    rows: list[tuple[str, str, str, str]] = [("", "Fiches", "Avec contact", "À vérifier")]
    for one in COLLECTIONS:
        items = catalogue.items[one.name]
        names = schema.load(one.name).names
        if one.pages and "verifie_le" in names and items:
            reached = sum(any(_value(item, name) for name in REACH if name in names) for item in items)
            limit = months_before(today, MONTHS)
            old = sum(item.verifie_le is None or item.verifie_le < limit for item in items)
            counts = (french.number(len(items)), french.number(reached), french.number(old))
            rows.append((french.sentence(one.many), *counts))
    return "\n".join(f"{title:<30}{a:>8}{b:>14}{c:>12}".rstrip() for title, a, b, c in rows) if len(rows) > 1 else ""


def _figure(value: Value) -> str:
    """Write a count."""
    return shown(value, Kind.COUNT)


def _value(item: Item, name: str) -> object:
    group, _, key = name.partition("_")
    return getattr(item.contact, key) if group == "contact" else getattr(item, name)
