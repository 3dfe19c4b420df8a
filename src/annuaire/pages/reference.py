"""Plan the pages that explain the data: files to download, dictionary, vocabularies, messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.sources import Source, day_text, short_name, sources_of
from annuaire.config import Settings
from annuaire.pages.documents import TITLE, Document, has_page
from annuaire.pages.linked import crumbs_data, dataset_data
from annuaire.pages.page import HOME_CRUMB, DataFile, Link, Page, Plan
from annuaire.places.samples import localised
from annuaire.records.collections import COLLECTIONS, EVERY
from annuaire.schema import Table, load
from annuaire.text import french
from annuaire.text.messages import Wording, wordings
from annuaire.text.names import sort_key
from annuaire.text.problems import Problem, Reach, Severity
from annuaire.yamlfile import source

PEOPLE, FOLLOWERS, PROGRAMS = "personnes", "suivre", "programmes"
# What each group of files is for, in the order of the page.
_AUDIENCES = (
    (
        PEOPLE,
        "Pour lire et trier",
        "À ouvrir dans Excel ou LibreOffice\u00a0: des mots, des colonnes nommées en français.",
    ),
    (FOLLOWERS, "Pour suivre ce qui change", "À donner à un lecteur de nouvelles ou à un agenda, qui relit l’adresse."),
    (
        PROGRAMS,
        "Pour les programmes",
        "Des tables en CSV normalisé (UTF-8, virgules, codes), des fiches en JSON, et ce qui les décrit. Une colonne "
        "que rien ne remplit est absente\u00a0: lire les colonnes par leur nom.",
    ),
)


@dataclass(frozen=True, slots=True)
class Version:
    """Say exactly which data these pages were made from."""

    commit: str
    date: datetime
    records: int
    sha256: str

    @property
    def text(self) -> str:
        """Write the date of the data: « 22 novembre 2026 »."""
        return french.day(self.date.date())


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Name one record left out of the site, and why; `name` is its file's when the record cannot be read.

    `faults` are fields and codes alone: a message quotes values, which may be those that must not be published.
    """

    name: str
    file: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Describe a source, or the pages of one site: of when, on which terms, and in how many records."""

    name: str
    dates: str
    licences: str
    records: int


@dataclass(frozen=True, slots=True)
class DataGroup:
    """Hold the files that are for the same people: a title, an anchor, what to do with them."""

    anchor: str
    title: str
    lead: str
    files: tuple[DataFile, ...]


@dataclass(frozen=True, slots=True)
class DataView:
    """Fill `donnees.html`: files, version, licence, sources in use, records left out."""

    crumbs: tuple[Link, ...]
    groups: tuple[DataGroup, ...]
    version: Version
    licence: str
    sources: tuple[SourceRow, ...]
    is_demonstration: bool
    left_out: tuple[LeftOut, ...]
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DictionaryView:
    """Fill `dictionnaire.html`: every table with its fields, as the schema has them."""

    crumbs: tuple[Link, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class VocabulariesView:
    """Fill `vocabulaires.html`: titled tables of codes (title, anchor, headings, rows)."""

    crumbs: tuple[Link, ...]
    tables: tuple[tuple[str, str, tuple[str, ...], tuple[tuple[str, ...], ...]], ...]


@dataclass(frozen=True, slots=True)
class MessagesView:
    """Fill `messages.html`: every code a validation may report, with its words; errors first."""

    crumbs: tuple[Link, ...]
    groups: tuple[tuple[str, str, tuple[Wording, ...]], ...]


def plans(
    catalogue: Catalogue,
    settings: Settings,
    version: Version,
    files: Sequence[DataFile],
    left_out: Sequence[Problem],
    documents: Sequence[Document] = (),
) -> Iterator[Plan]:
    """Plan the explanatory pages."""
    printed = (Link(TITLE, urls.DOCUMENTS),) if has_page(documents) else ()
    yield Plan(urls.DATA, lambda: _data(catalogue, settings, version, files, left_out, printed))
    yield Plan(urls.DICTIONARY, lambda: _dictionary(catalogue, settings))
    yield Plan(urls.VOCABULARIES, lambda: _vocabularies(catalogue))
    yield Plan(urls.PROBLEMS, _messages)


def _data(
    catalogue: Catalogue,
    settings: Settings,
    version: Version,
    files: Sequence[DataFile],
    left_out: Sequence[Problem],
    printed: tuple[Link, ...],
) -> Page:
    by_file: dict[str, list[str]] = {}
    for problem in left_out:
        by_file.setdefault(problem.location.file, []).append(_fault(problem))
    names = {file: _name(settings, file) for file in by_file}
    return Page(
        url=urls.DATA,
        tab="donnees",
        title="Données",
        description="Les données du répertoire à télécharger, leur licence et leur version.",
        template="donnees.html",
        data=(
            dataset_data(settings, catalogue, version.date.date().isoformat(), files),
            crumbs_data(settings, (HOME_CRUMB, Link("Données"))),
        ),
        view=DataView(
            crumbs=(HOME_CRUMB, Link("Données")),
            groups=tuple(
                DataGroup(anchor, title, lead, found)
                for anchor, title, lead in _AUDIENCES
                if (found := tuple(file for file in files if file.audience == anchor))
            ),
            version=version,
            licence=settings.data_licence,
            sources=source_rows(sources_of(catalogue.enterprises)),
            is_demonstration=settings.is_demonstration,
            left_out=tuple(
                LeftOut(names[file], file, tuple(dict.fromkeys(faults))) for file, faults in by_file.items()
            ),
            pages=(
                Link("Dictionnaire des données", urls.DICTIONARY),
                Link("Vocabulaires", urls.VOCABULARIES),
                Link("Messages de vérification", urls.PROBLEMS),
                *printed,
            ),
        ),
    )


def source_rows(found: Sequence[Source]) -> tuple[SourceRow, ...]:
    """Lay out the sources, those that gave most first; the pages of one site make one row."""
    named: dict[str, list[Source]] = {}
    for each in found:
        named.setdefault(short_name(each.name), []).append(each)
    rows = []
    for name, same in named.items():
        days = sorted({day for each in same for day in each.dates})
        dates = [day_text(day) for day in dict.fromkeys([*days[:1], *days[-1:]])]
        licences = dict.fromkeys(licence for each in same for licence in each.licences)
        many = sum(each.records for each in same)
        rows.append(SourceRow(name, " à ".join(dates), "; ".join(licences), many))
    return tuple(sorted(rows, key=lambda row: (-row.records, sort_key(row.name))))


def _fault(problem: Problem) -> str:
    """Name a fault without any value: « code postal : code-postal-invalide », or the code alone.

    A key that the schema does not know is the record's own text: it is not shown either.
    """
    named = [key for key in problem.path if isinstance(key, str)]
    if not named or named[-1] not in _keys():
        return problem.code
    return f"{named[-1].replace('_', ' ')}{french.NBSP}: {problem.code}"


@lru_cache(maxsize=1)
def _keys() -> frozenset[str]:
    """List every key that a record may hold."""
    tables = [table for name in EVERY for table in load(name).tables]
    return frozenset(key for table in tables for key in (table.key, *(k for f in table.fields for k in f.path)) if key)


def _name(settings: Settings, file: str) -> str:
    """Give the name that a record left out gives itself, or that of its file when it cannot be read."""
    values = source.read(settings.root / file).values
    nom = values.get("nom", values.get("titre"))
    return nom if isinstance(nom, str) and nom.strip() and nom.isprintable() else file


def _crumbs(title: str) -> tuple[Link, ...]:
    return HOME_CRUMB, Link("Données", urls.DATA), Link(title)


def _dictionary(catalogue: Catalogue, settings: Settings) -> Page:
    title = "Dictionnaire des données"
    published = (collection.name for collection in COLLECTIONS if collection.is_published)
    schemas = (localised(load(name), catalogue.territories, settings.regions) for name in published)
    return Page(
        url=urls.DICTIONARY,
        tab="donnees",
        title=title,
        description="Chaque champ d’une fiche\u00a0: son sens, son type et un exemple.",
        template="dictionnaire.html",
        view=DictionaryView(_crumbs(title), tuple(table for schema in schemas for table in schema.tables)),
    )


def _vocabularies(catalogue: Catalogue) -> Page:
    v = catalogue.vocabularies
    regions = catalogue.territories.regions
    tables = (
        (
            "Secteurs",
            "secteurs",
            ("Code", "Libellé", "SCIAN"),
            tuple((s.slug, s.libelle, ", ".join(s.scian)) for s in v.sectors.values()),
        ),
        (
            "Formes juridiques",
            "formes",
            ("Code", "Libellé", "Source"),
            tuple((f.slug, f.libelle, f.source) for f in v.forms.values()),
        ),
        (
            "Catégories d’achat",
            "categories",
            ("Code", "Libellé", "Groupe", "SEAO", "UNSPSC"),
            tuple((c.slug, c.libelle, v.groups[c.groupe], c.seao, c.unspsc) for c in v.categories.values()),
        ),
        (
            "Certifications",
            "certifications",
            ("Code", "Libellé", "Organisme"),
            tuple((c.slug, c.libelle, c.organisme) for c in v.certifications.values()),
        ),
        (
            "MRC et territoires équivalents",
            "territoires",
            ("Code", "Nom", "Type", "Région"),
            tuple((m.code, m.nom, m.type, regions[m.region].nom) for m in catalogue.territories.mrcs.values()),
        ),
    )
    title = "Vocabulaires"
    return Page(
        url=urls.VOCABULARIES,
        tab="donnees",
        title=title,
        description="Les codes permis dans une fiche\u00a0: secteurs, formes, catégories d’achat, territoires.",
        template="vocabulaires.html",
        view=VocabulariesView(_crumbs(title), tables),
    )


def _messages() -> Page:
    all_words: Mapping[str, Wording] = wordings()

    def pick(severity: Severity, reach: Reach) -> tuple[Wording, ...]:
        return tuple(w for _, w in sorted(all_words.items()) if w.severity is severity and w.reach is reach)

    title = "Messages de vérification"
    return Page(
        url=urls.PROBLEMS,
        tab="donnees",
        title=title,
        description="Chaque message que la vérification des fiches peut donner, et quoi faire.",
        template="messages.html",
        view=MessagesView(
            _crumbs(title),
            (
                ("Erreurs dans une fiche", "erreurs-fiche", pick(Severity.ERROR, Reach.RECORD)),
                ("Erreurs entre les fiches", "erreurs-catalogue", pick(Severity.ERROR, Reach.CATALOGUE)),
                ("Erreurs dans une page écrite à la main", "erreurs-page", pick(Severity.ERROR, Reach.PAGE)),
                ("Fichiers que le dépôt refuse", "erreurs-depot", pick(Severity.ERROR, Reach.REPOSITORY)),
                ("Avertissements dans une fiche", "avertissements-fiche", pick(Severity.WARNING, Reach.RECORD)),
                (
                    "Avertissements entre les fiches",
                    "avertissements-catalogue",
                    pick(Severity.WARNING, Reach.CATALOGUE),
                ),
            ),
        ),
    )
