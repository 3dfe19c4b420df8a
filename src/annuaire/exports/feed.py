"""Write the feed of new and changed records (Atom, RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from urllib.parse import quote, urlsplit

from annuaire import urls
from annuaire.catalogue import soundings
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.config import Settings
from annuaire.pages import collection
from annuaire.pages.soundings import told as need_told
from annuaire.records.collections import COLLECTIONS
from annuaire.records.collections import reference as reference_of
from annuaire.text.french import NBSP, count, enumeration, number, sentence, shorten
from annuaire.text.typography import plain
from annuaire.timeline.history import Change, latest

LENGTH = 50
BULK = 10  # records made, or changed, by one commit: an import, told in one entry
_MOST_NAMED = 5  # names of a bulk, or fields that changed
SUMMARY_LENGTH = 300
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def feed(
    catalogue: Catalogue,
    settings: Settings,
    enterprises: Iterable[Enterprise],
    changes: Mapping[str, Change],
    reference: datetime,
) -> str:
    """Write the 50 last changes, `changes` by reference; `reference` dates a feed that has no entry.

    Records that one commit made, or changed, are one entry when they are many: an import is one piece of news.
    """
    head = _Head(urls.FEED, "", "fiches nouvelles et modifiées")
    told = (*_enterprises(catalogue, enterprises), *_others(catalogue))
    return _document(settings, head, told, changes, latest(changes), reference)


def territories(
    catalogue: Catalogue,
    settings: Settings,
    enterprises: Sequence[Enterprise],
    changes: Mapping[str, Change],
    reference: datetime,
) -> Iterator[tuple[str, str]]:
    """Yield the address and the text of the feed of each MRC of the site: the enterprises that have a place there."""
    here: dict[str, list[Enterprise]] = {}
    for e in enterprises:
        for code in dict.fromkeys(catalogue.municipality(place).mrc for place in e.etablissements):
            here.setdefault(code, []).append(e)
    order = latest(changes)
    for mrc in catalogue.mrcs:
        url = urls.territory_news(mrc.slug)
        head = _Head(url, urls.territory(mrc.slug), f"fiches nouvelles et modifiées {mrc.dans}")
        told = _enterprises(catalogue, here.get(mrc.code, ()))
        yield url, _document(settings, head, told, changes, order, reference)


def needs(catalogue: Catalogue, settings: Settings, changes: Mapping[str, Change], reference: datetime) -> str:
    """Write the 50 needs new or changed last: the need only, never who could answer it."""
    described = soundings.collection()
    pages = described.pages if described else None
    if described is None or pages is None:
        return ""
    head = _Head(urls.NEEDS_FEED, pages.address, pages.title)
    told = (
        _Told(
            reference_of(described.name, item.slug),
            item.name,
            urls.item(pages.address, item.slug),
            shorten(need_told(catalogue, item), SUMMARY_LENGTH),
            (described.name, sentence(described.many)),
        )
        for item in soundings.needs(catalogue)
    )
    return _document(settings, head, told, changes, latest(changes), reference)


@dataclass(frozen=True, slots=True)
class _Head:
    """Hold what a feed is: its address, the page that it tells of, its title."""

    url: str
    home: str
    title: str


def _document(
    settings: Settings,
    head: _Head,
    told: Iterable[_Told],
    changes: Mapping[str, Change],
    order: Sequence[str],
    reference: datetime,
) -> str:
    known = {one.reference: one for one in told}
    shown = _entries([named for named in order if named in known], changes)
    updated = changes[shown[0][0]].modified if shown else reference
    address, home = _iri(settings.site_url + head.url), _iri(settings.site_url + head.home)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr-CA">',
        f"<title>{_text(settings.site_name)}{NBSP}: {_text(head.title)}</title>",
        f"<id>{address}</id>",
        f'<link rel="self" type="application/atom+xml" href="{address}"/>',
        f'<link rel="alternate" type="text/html" href="{home}"/>',
        f"<updated>{moment(updated)}</updated>",
        f"<author><name>{_text(settings.pole.nom or settings.site_name)}</name></author>",
    ]
    if settings.is_demonstration:
        lines.append("<subtitle>Démonstration faite à partir de sources publiques.</subtitle>")
    if settings.data_licence:
        lines.append(f"<rights>{_text(settings.data_licence)}</rights>")
    for named in shown:
        told_of = [known[one] for one in named]
        lines.extend(_entry(settings, head, told_of, changes[named[0]]))
    return "\n".join([*lines, "</feed>"]) + "\n"


def _entries(named: Iterable[str], changes: Mapping[str, Change]) -> list[list[str]]:
    """Part references, the latest first, into entries: many of one commit together, any other alone."""
    together: dict[tuple[datetime, bool], list[str]] = {}
    for one in named:
        together.setdefault((changes[one].modified, changes[one].is_new), []).append(one)
    entries: list[list[str]] = []
    for found in together.values():
        entries.extend([found] if len(found) >= BULK else [[one] for one in found])
        if len(entries) >= LENGTH:
            break
    return entries[:LENGTH]


def moment(value: datetime) -> str:
    """Write a moment as RFC 3339 has it, in UTC: « 2026-11-22T15:04:05Z »."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class _Told:
    """Hold what an entry says of a record: its name, its page, a sentence, what it is (a code and its words)."""

    reference: str
    name: str
    url: str
    summary: str
    kind: tuple[str, str]


def _enterprises(catalogue: Catalogue, enterprises: Iterable[Enterprise]) -> Iterator[_Told]:
    for e in enterprises:
        place, sector = sentence(catalogue.municipality(e.lieu).a), catalogue.vocabularies.sectors[e.secteur].libelle
        summary = f"{place}. {shorten(e.en_bref, SUMMARY_LENGTH)}".strip()
        yield _Told(e.slug, e.nom, urls.enterprise(e.slug), summary, (e.secteur, sector))


def _others(catalogue: Catalogue) -> Iterator[_Told]:
    """Yield the records of the other collections whose description has news."""
    for one in COLLECTIONS:
        for item in catalogue.items[one.name] if one.has_news and one.pages else ():
            line = collection.line(catalogue, one, item)
            summary = shorten(line.summary, SUMMARY_LENGTH)
            yield _Told(reference_of(one.name, item.slug), line.name, line.url, summary, (one.name, sentence(one.many)))


def _entry(settings: Settings, head: _Head, told: Sequence[_Told], change: Change) -> Iterator[str]:
    one = told[0]
    if len(told) > 1:
        kind = "fiches nouvelles" if change.is_new else "fiches modifiées"
        title, url = f"{number(len(told))}{NBSP}{kind} d’un coup", head.home
        names = [told_of.name for told_of in told[:_MOST_NAMED]]
        rest = len(told) - len(names)
        summary = f"{', '.join(names)} et {number(rest)}{NBSP}autres." if rest else f"{enumeration(names)}."
    else:
        kind = "Nouvelle fiche" if change.is_new else "Fiche modifiée"
        title, url = f"{kind}{NBSP}: {one.name}", one.url
        summary = " ".join(filter(None, (_what(change), one.summary)))
    yield "<entry>"
    yield f"<title>{_text(title)}</title>"
    yield f"<id>{_identifier(settings, url, change, len(told) > 1)}</id>"
    yield f'<link rel="alternate" type="text/html" href="{_iri(settings.site_url + url)}"/>'
    yield f"<published>{moment(change.modified if len(told) > 1 else change.created)}</published>"
    yield f"<updated>{moment(change.modified)}</updated>"
    if len(told) == 1:
        term, label = one.kind
        yield f'<category term="{_text(term)}" label="{_text(label)}"/>'
    yield f"<summary>{_text(summary)}</summary>"
    yield "</entry>"


def _what(change: Change) -> str:
    """Say what changed: « Ce qui change : téléphone, offres et 2 autres champs. »; nothing where it is not known."""
    if change.is_new or not change.told:
        return ""
    named, rest = change.told[:_MOST_NAMED], len(change.told) - _MOST_NAMED
    words = [*named, count(rest, "autre champ", "autres champs")] if rest > 0 else list(named)
    return f"Ce qui change{NBSP}: {enumeration(words)}."


def _identifier(settings: Settings, url: str, change: Change, is_bulk: bool) -> str:
    """Name a change for ever (tag URI, RFC 4151): readers show each day's change of a record once, and each bulk."""
    site = urlsplit(settings.site_url)
    path = quote(settings.base_path + url) + (f"#{change.modified:%H%M%S}" if is_bulk else "")
    return escape(f"tag:{site.hostname or 'localhost'},{change.modified:%Y-%m-%d}:{path}")


def _text(text: str) -> str:
    """Escape a text for XML, with one apostrophe and one dash; characters that XML forbids are left out."""
    return escape(_NOT_XML.sub("", plain(text.replace("\r", "\n"))))


def _iri(address: str) -> str:
    return escape(quote(address, safe="%/:?#[]@!$&'()*+,;=~", errors="replace"))
