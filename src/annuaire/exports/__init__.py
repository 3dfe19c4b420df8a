"""Write the open data of a site: tables, whole records, points, codes, schemas, feed; then what robots read.

One module per format. Everything is made from the catalogue and the history: the same commit gives the same
bytes. Nothing here judges a record or knows a page.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from annuaire import schema, urls
from annuaire.catalogue.events import events
from annuaire.catalogue.sources import sources_of
from annuaire.catalogue.supply import supply_of
from annuaire.config import Settings
from annuaire.exports import (
    codes,
    datapackage,
    dcat,
    feed,
    form,
    gaps,
    help,
    json_schema,
    kinds,
    ledger,
    main_place,
    manifest,
    map,
    nested,
    points,
    purchase,
    sitemap,
    spreadsheet,
    tables,
    texts,
)
from annuaire.files import write as write_file
from annuaire.pages import Site
from annuaire.pages.calendar import calendar
from annuaire.pages.collection import searched
from annuaire.pages.events import feeds
from annuaire.pages.page import DataFile
from annuaire.pages.reference import FOLLOWERS, PEOPLE, PROGRAMS
from annuaire.records.collections import COLLECTIONS, ENTERPRISES
from annuaire.text import french
from annuaire.timeline.history import Change


@dataclass(frozen=True, slots=True)
class _File:
    """Hold one file before it is written."""

    name: str
    url: str
    format: str
    description: str
    data: bytes
    audience: str = PROGRAMS


GoesOn = Callable[[], bool]


def write(
    site: Site, out: Path, changes: Mapping[str, Change], goes_on: GoesOn = lambda: True, *, again: bool = False
) -> tuple[DataFile, ...]:
    """Write all the data files below `out`; return what the « Données » page says of each, in its order.

    `again` lets them replace those of a site being shown. Stop between two files, with those written so far, as soon
    as `goes_on` says no.
    """
    is_on = True

    def ask() -> bool:
        nonlocal is_on
        is_on = is_on and goes_on()
        return is_on

    listed = write_listed(site, out, changes, ask, again=again)
    if is_on:
        write_for_pages(site, out, changes, ask, again=again)
    return listed


def write_listed(
    site: Site, out: Path, changes: Mapping[str, Change], goes_on: GoesOn = lambda: True, *, again: bool = False
) -> tuple[DataFile, ...]:
    """Write the files of the « Données » page, as `write` does."""
    listed = []
    for file in _files(site, changes):
        write_file(out, file.url, file.data, again=again)
        listed.append(
            DataFile(file.name, file.url, file.format, french.size(len(file.data)), file.description, file.audience)
        )
        if not goes_on():
            break
    return tuple(listed)


def write_for_pages(
    site: Site, out: Path, changes: Mapping[str, Change], goes_on: GoesOn = lambda: True, *, again: bool = False
) -> None:
    """Write the files that only pages and readers of news read, as `write` does."""
    for url, text in _of_pages(site, changes):
        write_file(out, url, _bytes(text), again=again)
        if not goes_on():
            break


def write_indexes(site: Site, out: Path, indexed: Mapping[str, date | None], *, again: bool = False) -> None:
    """Write the sitemap of the `indexed` pages (addresses from the site's root, with their day) and robots.txt.

    `again` lets them replace those of a site being shown.
    """
    for url, text in sitemap.sitemaps(sorted(indexed.items()), site.settings):
        write_file(out, url, _bytes(text), again=again)
    write_file(out, urls.ROBOTS, _bytes(sitemap.robots(site.settings)), again=again)
    write_file(out, urls.MANIFEST, _bytes(manifest.to_json(site.settings)), again=again)


def _files(site: Site, changes: Mapping[str, Change]) -> Iterator[_File]:
    told = []
    for file in _data_files(site, changes):
        told.append(dcat.Distribution(file.name, file.url, file.format, file.description, len(file.data)))
        yield file
    yield _File(
        "Catalogue pour Données Québec",
        urls.DCAT,
        "DCAT",
        "Ce qu’un portail de données ouvertes moissonne\u00a0: le jeu, ses fichiers, sa licence et sa date.",
        _pretty(dcat.catalog(site.settings, site.version, site.catalogue.regions, told)),
    )


def _data_files(site: Site, changes: Mapping[str, Change]) -> Iterator[_File]:
    catalogue, settings = site.catalogue, site.settings
    own = schema.load(ENTERPRISES)
    public = tables.published(catalogue)
    others = [schema.load(one.name) for one in COLLECTIONS if one.is_published and one.name != ENTERPRISES]
    added = main_place.columns(catalogue)
    laid = [tables.lay(own, table, public, added if table is own.root else None) for table in own.tables]
    laid_others = [[tables.lay(one, table, catalogue.published(one.name)) for table in one.tables] for one in others]
    every = [*laid, *(table for found in laid_others for table in found)]
    author = settings.pole.nom or settings.site_name
    yield _File(
        "Tout le répertoire",
        urls.data_file(f"{own.root.name}.xlsx"),
        "Excel",
        "Un classeur complet, pour lire, trier et filtrer\u00a0: une feuille par table, les mots plutôt que les codes, "
        "les statistiques, et un dictionnaire de chaque colonne.",
        spreadsheet.workbook(catalogue, every, site.statistics.tables, settings.site_name, author, site.version.date),
        PEOPLE,
    )
    yield _File(
        "Les entreprises, une par ligne",
        urls.data_file(f"{own.root.name}-excel.csv"),
        "CSV",
        "La première feuille du classeur, qu’Excel en français ouvre d’un double clic\u00a0: points-virgules, UTF-8.",
        spreadsheet.to_csv(catalogue, laid[0]),
        PEOPLE,
    )
    yield _File(
        "Fournisseurs par besoin et par territoire",
        urls.GAPS_DATA,
        "CSV",
        "Pour chaque catégorie d’achat et chaque secteur, combien de fournisseurs y sont situés, combien desservent "
        "chaque territoire d’ailleurs, combien sont confirmés.",
        spreadsheet.french_csv(gaps.rows(supply_of(catalogue))),
        PEOPLE,
    )
    for counted in site.statistics.tables:
        yield _File(
            f"Statistiques{french.NBSP}: {counted.title[0].lower()}{counted.title[1:]}",
            urls.statistics_file(counted.code),
            "CSV",
            counted.sentence,
            spreadsheet.figures_csv(counted),
            PEOPLE,
        )
    dated = [e for e in events(catalogue) if e.has_days]
    if dated:
        name = f"{settings.site_name}{french.NBSP}: évènements"
        yield _File(
            "Évènements, pour un agenda",
            urls.EVENTS_FEED,
            "iCalendar",
            "Les évènements dont le jour est connu; on s’y abonne dans un agenda.",
            _bytes(calendar(catalogue, settings, dated, site.version.date, name)),
            FOLLOWERS,
        )
    yield _File(
        "Fiches nouvelles et modifiées",
        urls.FEED,
        "Atom",
        f"Les {feed.LENGTH} derniers changements, pour un lecteur de nouvelles. Chaque territoire a aussi le sien, "
        "que sa page annonce.",
        _bytes(feed.feed(catalogue, settings, public, changes, site.version.date)),
        FOLLOWERS,
    )
    yield _File(
        "Besoins nouveaux et modifiés",
        urls.NEEDS_FEED,
        "Atom",
        "Les besoins seuls\u00a0: ni qui pourrait y répondre, ni qui l’a fait.",
        _bytes(feed.needs(catalogue, settings, changes, site.version.date)),
        FOLLOWERS,
    )
    described: list[tuple[tables.Laid, bytes]] = []
    for one in laid:
        described.append((one, _bytes(tables.to_csv(one))))
        yield _table(*described[-1])
    yield _File(
        "Fiches complètes",
        urls.data_file("entreprises.json"),
        "JSON",
        "Chaque fiche entière, avec ses listes, comme dans son fichier d’origine.",
        _bytes(nested.document(_head(site), "entreprises", nested.records(own, public))),
    )
    yield _File(
        "Carte des établissements",
        urls.data_file("entreprises.geojson"),
        "GeoJSON",
        "Un point par établissement dont l’adresse est publique et située.",
        _bytes(points.to_geojson(catalogue, public, settings.site_url)),
    )
    yield _File(
        "Vocabulaires et territoires",
        urls.data_file("vocabulaires.json"),
        "JSON",
        "Le sens des codes\u00a0: secteurs, formes juridiques, catégories d’achat, certifications, territoires.",
        _bytes(codes.to_json(catalogue)),
    )
    for found, its_tables in zip(others, laid_others, strict=True):
        for one in its_tables:
            described.append((one, _bytes(tables.to_csv(one))))
            yield _table(*described[-1])
        yield _File(
            f"{found.descriptor['title']}, fiches complètes",
            urls.data_file(f"{found.root.name}.json"),
            "JSON",
            found.descriptor["description"],
            _bytes(
                nested.document(_head(site), found.root.name, nested.records(found, catalogue.published(found.name)))
            ),
        )
    named = sources_of(catalogue.enterprises)
    package = datapackage.descriptor(own, settings, site.version, described, named)
    yield _File(
        "Description des tables",
        urls.data_file("datapackage.json"),
        "Data Package",
        "Le sens et le type de chaque colonne, la version, l’empreinte de chaque table et les sources.",
        _pretty(package),
    )
    for collection in COLLECTIONS:
        found = schema.load(collection.name)
        record = json_schema.record_schema(found, catalogue.vocabularies, catalogue.territories)
        yield _File(
            f"Modèle d’une {collection.record_one}",
            urls.record_schema(collection.kind),
            "JSON Schema",
            "Pour vérifier une fiche pendant qu’on l’écrit.",
            _pretty(record),
        )


def _table(laid: tables.Laid, data: bytes) -> _File:
    table = laid.table
    return _File(table.title, urls.data_file(table.descriptor["path"]), "CSV", table.description, data)


def _of_pages(site: Site, changes: Mapping[str, Change]) -> Iterator[tuple[str, str]]:
    """Yield what pages alone read (catalogue, search, form): the « Données » page has the same in open formats."""
    catalogue, settings = site.catalogue, site.settings
    yield from zip(
        (urls.CATALOGUE_DATA, urls.CATALOGUE_DETAILS), purchase.to_json(catalogue, settings, site.version), strict=True
    )
    for collection in COLLECTIONS:
        if collection.is_open:
            files = form.to_json(catalogue, settings, collection)
            yield from zip(form.addresses_of(collection), files, strict=True)
    for code, text in form.polygons(settings).items():
        yield urls.polygon(code), text
    yield urls.CATALOGUE_TEXTS, texts.to_json(catalogue)
    yield urls.LEDGER_DATA, ledger.to_json(catalogue)
    yield urls.MAP_DATA, map.to_json(catalogue)
    yield urls.HELP_DATA, help.to_json(catalogue)
    if searched(catalogue):
        yield urls.SEARCH_DATA, kinds.to_json(catalogue)
    own = form.texts(catalogue, site.texts)
    yield urls.FORM_RECORDS, form.records(catalogue, own)
    for mrc, found in feeds(catalogue):
        name = f"{settings.site_name}{french.NBSP}: évènements {mrc.dans}"
        yield urls.territory_feed(mrc.slug), calendar(catalogue, settings, found, site.version.date, name)
    yield from feed.territories(catalogue, settings, tables.published(catalogue), changes, site.version.date)
    for named, text in own.items():
        yield urls.record_text(named), text


def _head(site: Site) -> dict[str, Any]:
    """Say which data these are, at the top of the whole records."""
    settings: Settings = site.settings
    head = {
        "titre": settings.site_name,
        "publication": settings.publication,
        "date": site.version.date.date().isoformat(),
        "reference": site.version.commit,
        "licence": settings.data_licence,
    }
    return {key: value for key, value in head.items() if value}


def _pretty(value: Mapping[str, Any]) -> bytes:
    return _bytes(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")  # half a character, which only an escape in YAML could hold, is a « ? »
