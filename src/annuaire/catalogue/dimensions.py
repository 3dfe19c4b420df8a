"""Say in which ways the enterprises of a site are parted to be counted, and how each part is called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from annuaire.catalogue.facts import ELSEWHERE, Facts
from annuaire.catalogue.index import Catalogue
from annuaire.records.collections import ENTERPRISES
from annuaire.schema import load
from annuaire.text import french


@dataclass(frozen=True, slots=True)
class Dimension:
    """Describe one way to part enterprises, and its parts.

    `main` gives the part of one, by code, `every` all of them; `labels` names the codes, in their order; `people` gives
    the inhabitants of a territory (0 when unknown).
    """

    code: str
    title: str
    noun: str
    nouns: str
    labels: Mapping[str, str]
    main: Callable[[Facts], str]
    every: Callable[[Facts], Iterable[str]]
    is_feminine: bool = False
    is_place: bool = False
    people: Callable[[str], int] = lambda _: 0


def dimensions(catalogue: Catalogue) -> Iterator[Dimension]:
    """List the ways to part the enterprises of a site: by region too, first, where there are several."""
    known, words = catalogue.territories, catalogue.vocabularies
    mrcs = known.mrc_by_code

    def region(code: str) -> str:
        return mrcs[code].region if code in mrcs else ELSEWHERE

    if len(catalogue.regions) > 1:
        yield Dimension(
            "region",
            "Par région",
            "Région",
            "régions",
            {r.code: r.nom for r in catalogue.regions},
            lambda f: region(f.mrcs[0]),
            lambda f: map(region, f.mrcs),
            is_feminine=True,
            is_place=True,
            people=lambda code: sum(m.population for m in mrcs.values() if m.region == code),
        )
    yield Dimension(
        "mrc",
        "Par territoire",
        "Territoire",
        "territoires",
        {m.code: french.sentence(m.titre) for m in catalogue.mrcs},
        lambda f: f.mrcs[0],
        lambda f: f.mrcs,
        is_place=True,
        people=lambda code: mrcs[code].population if code in mrcs else 0,
    )
    yield Dimension(
        "secteur",
        "Par secteur",
        "Secteur",
        "secteurs",
        {slug: sector.libelle for slug, sector in words.sectors.items()},
        lambda f: f.sectors[0],
        lambda f: f.sectors,
    )
    yield Dimension(
        "forme",
        "Par forme juridique",
        "Forme juridique",
        "formes",
        {slug: form.libelle for slug, form in words.forms.items()},
        lambda f: f.form,
        lambda f: (f.form,),
        is_feminine=True,
    )
    yield Dimension(
        "adhesion",
        "Par lien avec le Pôle",
        "Lien avec le Pôle",
        "liens",
        load(ENTERPRISES).root.field("adhesion").labels,
        lambda f: f.membership,
        lambda f: (f.membership,),
    )


def unlisted(code: str) -> str:
    """Name a code that no vocabulary of today has."""
    return {ELSEWHERE: "Ailleurs", "": "Non précisé"}.get(code, code)
