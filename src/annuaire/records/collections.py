"""Say what the collections of a site are: all that the program knows of one stands in its description.

A collection is a folder of `annuaire/schema/`: its `datapackage.json` holds the tables, and under the key `annuaire` of
the package the description read here (`Collection` says each of its words). Nothing else lists the collections:
reading, rules, exports, pages, search, history, what people send and the form all ask this module (`COLLECTIONS`).
Adding one is adding a folder there, and the template that its pages name (HACKING.md, « Add a collection »).

How a record is read, judged or shown is elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, NamedTuple

from annuaire import schema
from annuaire.text import french
from annuaire.text.names import fold
from annuaire.text.problems import AnnuaireError

ENTERPRISES = "enterprises"
TERRITORIES = "territories"
THRESHOLDS = "thresholds"
BUYERS = "buyers"
COHORTS = "cohorts"
EVERYBODY, TEAM = "toutes", "equipe"  # who may propose corrections


@dataclass(frozen=True, slots=True)
class Pages:
    """Say how a collection is shown: the address of its listing, its title, what introduces it, its tab in the header.

    `template` fills the page of one record, below the listing (`<address><slug>/`); `summary` is the field that says a
    record in a sentence; `groups` is a field of closed choices by which the listing is parted, or nothing.
    """

    address: str
    title: str
    lead: str
    template: str
    summary: str
    groups: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """Describe one kind of records.

    - `name`: its folder under `content/`, and that of its schema; `rank` orders the collections.
    - `kind`: what one record is called (`schemas/<kind>.schema.json`); `one`, `many` and `is_feminine`: its words.
    - `order`: the fields by which its records are listed.
    - `territories`: the field that says which territories a record serves or stands in, or nothing.
    - `pages`: how it is shown; None when no page lists it, or when its pages are made apart.
    - `is_published`: whether its tables are open data; `has_news`: whether the feed tells its changes.
    - `searched`: the fields whose words the search reads; none when the search does not find it.
    - `editors`: who may propose corrections: anyone, by form, mail, workbook (`EVERYBODY`), or the team (`TEAM`).
    - `traits`: names of what only some collections are, which the rules that judge them ask for;
      `without_rules`: names of the rules that do not judge it though its fields call for them.
    """

    name: str
    rank: int
    kind: str
    one: str
    many: str
    is_feminine: bool
    order: tuple[str, ...] = ("nom",)
    territories: str = ""
    pages: Pages | None = None
    is_published: bool = False
    has_news: bool = False
    searched: tuple[str, ...] = ()
    editors: str = TEAM
    traits: frozenset[str] = field(default_factory=frozenset)
    without_rules: frozenset[str] = field(default_factory=frozenset)

    @property
    def record_one(self) -> str:
        """Name a record of it: « fiche d’entreprise »."""
        return f"fiche {french.of(self.one)}"

    @property
    def record_many(self) -> str:
        """Name records of it: « fiches d’entreprises »."""
        return f"fiches {french.of(self.many)}"

    @property
    def has_pages(self) -> bool:
        """Tell whether each record has a page of its own."""
        return self.pages is not None or self.name == ENTERPRISES

    @property
    def is_open(self) -> bool:
        """Tell whether anybody may propose corrections of it."""
        return self.editors == EVERYBODY

    @property
    def the(self) -> str:
        """Name one of it, known: « l’entreprise », « le programme »."""
        return french.the(self.one, is_feminine=self.is_feminine)

    @property
    def of_the(self) -> str:
        """Say what belongs to one of it, known: « de l’entreprise », « du programme »."""
        return french.of_the(self.one, is_feminine=self.is_feminine)

    @property
    def the_same(self) -> str:
        """Name one of it that is met again: « la même entreprise », « le même programme »."""
        return f"{'la' if self.is_feminine else 'le'} même {self.one}"

    @property
    def its(self) -> str:
        """Name one of it by what belongs to it: « son entreprise », « sa foire »."""
        return f"{'sa' if self.is_feminine and not french.is_elided(self.one) else 'son'} {self.one}"

    @property
    def a_new(self) -> str:
        """Name one more of it: « une nouvelle entreprise », « un nouveau programme », « un nouvel outil »."""
        if self.is_feminine:
            return f"une nouvelle {self.one}"
        return f"un {'nouvel' if french.is_elided(self.one) else 'nouveau'} {self.one}"

    def counted(self, number: int) -> str:
        """Count its records: « 3 organisations »."""
        return french.count(number, self.one, self.many)


class Reference(NamedTuple):
    """Name a record among those of all collections; as a text, enterprises go by their slug alone (see `reference`)."""

    collection: str
    slug: str


def reference(collection: str, slug: str) -> str:
    """Write which record it is: its slug for an enterprise, `organisations/coop-exemple` for any other.

    It is how messages, commands and reports name a record: those written before there were others stay readable.
    """
    return slug if collection == ENTERPRISES else f"{collection}/{slug}"


def parted(text: str) -> Reference:
    """Read which record a text names (see `reference`); the collection may be one that there is not."""
    collection, slash, slug = text.rpartition("/")
    return Reference(collection, slug) if slash else Reference(ENTERPRISES, slug)


def named(words: str) -> Collection:
    """Find a collection by its folder or by what its records are called; raise AnnuaireError when there is none."""
    asked = fold(words)
    found = next((c for c in COLLECTIONS if asked in (fold(c.name), fold(c.kind), fold(c.one), fold(c.many))), None)
    if found is None:
        known = french.enumeration([one.many for one in COLLECTIONS])
        raise AnnuaireError(f"Il n’y a pas de «\u00a0{words}\u00a0» ici; écrire l’un de ces mots\u00a0: {known}.")
    return found


def counted(counts: Mapping[str, int]) -> str:
    """Say how many records, kinds named where others than enterprises were judged; `counts` goes by collection."""
    named = [french.count(counts[c.name], c.record_one, c.record_many) for c in COLLECTIONS if counts.get(c.name)]
    only_enterprises = not any(number for name, number in counts.items() if name != ENTERPRISES)
    return french.count(counts.get(ENTERPRISES, 0), "fiche") if only_enterprises else french.enumeration(named)


_NEEDED = frozenset({"rang", "fiche", "un", "plusieurs", "genre", "corrections"})
_WORDS = _NEEDED | {
    *("ordre", "territoires", "pages", "publiee", "nouveautes", "recherche"),
    *("traits", "sans_regles", "images"),
}
_OF_PAGES = frozenset({"adresse", "titre", "chapeau", "gabarit", "resume"})
_TEMPLATES = "pages/templates"


def check(own: schema.Schema) -> None:
    """Raise AnnuaireError when the description of a collection says what cannot be, or not what it must."""
    raw = own.descriptor.get("annuaire", {})
    pages = raw.get("pages") or dict.fromkeys(_OF_PAGES, "")
    root = {field.name: field for field in own.root.fields}
    named = [*raw.get("ordre", ()), *raw.get("recherche", ())]
    named += [*filter(None, (raw.get("territoires"), pages.get("resume"), pages.get("groupes")))]
    template = resources.files("annuaire").joinpath(_TEMPLATES, pages.get("gabarit") or "fiches.html")
    groups = root.get(pages.get("groupes", ""))
    faults = [
        *(f"il manque «\u00a0{word}\u00a0»" for word in sorted(_NEEDED - set(raw))),
        *(f"«\u00a0{word}\u00a0» n’est pas un mot d’une description" for word in sorted(set(raw) - _WORDS)),
        *(f"il manque «\u00a0pages.{word}\u00a0»" for word in sorted(_OF_PAGES - set(pages))),
        *(
            f"«\u00a0pages.{word}\u00a0» n’est pas un mot connu"
            for word in sorted(set(pages) - _OF_PAGES - {"groupes"})
        ),
        *(f"aucun champ ne s’appelle «\u00a0{name}\u00a0»" for name in named if name not in root),
        *(["«\u00a0genre\u00a0» est f ou m"] if raw.get("genre", "f") not in ("f", "m") else []),
        *(
            [f"«\u00a0corrections\u00a0» est {EVERYBODY} ou {TEAM}"]
            if raw.get("corrections", TEAM) not in (EVERYBODY, TEAM)
            else []
        ),
        *([f"le gabarit «\u00a0{pages['gabarit']}\u00a0» n’existe pas"] if not template.is_file() else []),
        *(["«\u00a0pages.groupes\u00a0» nomme un champ sans choix"] if groups and not groups.labels else []),
    ]
    if faults:
        where = f"src/annuaire/schema/{own.name}/datapackage.json, annuaire"
        raise AnnuaireError(f"{where}\u00a0: {'; '.join(faults)}. Voir HACKING.md, «\u00a0Add a collection\u00a0».")


def _described(name: str) -> Collection:
    own = schema.load(name)
    check(own)
    raw: Mapping[str, Any] = own.descriptor["annuaire"]
    pages = raw.get("pages")
    return Collection(
        name=name,
        rank=raw["rang"],
        kind=raw["fiche"],
        one=raw["un"],
        many=raw["plusieurs"],
        is_feminine=raw["genre"] == "f",
        order=tuple(raw.get("ordre", ("nom",))),
        territories=raw.get("territoires", ""),
        pages=Pages(
            pages["adresse"],
            pages["titre"],
            pages["chapeau"],
            pages["gabarit"],
            pages["resume"],
            pages.get("groupes", ""),
        )
        if pages
        else None,
        is_published=raw.get("publiee", False),
        has_news=raw.get("nouveautes", False),
        searched=tuple(raw.get("recherche", ())),
        editors=raw["corrections"],
        traits=frozenset(raw.get("traits", ())),
        without_rules=frozenset(raw.get("sans_regles", ())),
    )


COLLECTIONS = tuple(
    sorted(
        (_described(name) for name in schema.folders()),
        key=lambda collection: (collection.rank, collection.name),
    )
)
BY_NAME: Mapping[str, Collection] = {collection.name: collection for collection in COLLECTIONS}
EVERY = tuple(BY_NAME)
