"""Say which documents a site has, then make those that changed.

A finished document is kept in the cache of the site under the hash of all that it is made from: its data, its template,
Typst and the fonts. The same data are never typeset twice. Its day is that of the last change of a record that it
lists, so that a commit that touches none of them leaves it as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from annuaire import files, urls
from annuaire.catalogue.helping import PROGRAMMES, help_of
from annuaire.catalogue.model import Enterprise
from annuaire.config import Settings
from annuaire.pages import Site
from annuaire.pages.documents import DIRECTORY, FINANCING, LEAFLET, OF_SECTOR, OF_TERRITORY, SHEET, Document
from annuaire.places.territories import Mrc
from annuaire.places.vocabularies import Sector
from annuaire.print import directory, financing, leaflet, sheet, typesetting
from annuaire.print.entries import Data
from annuaire.processes import GoOn, share
from annuaire.records.collections import ENTERPRISES, reference
from annuaire.text import french
from annuaire.text.problems import AnnuaireError
from annuaire.timeline.history import Change

FOLDER = "documents"  # of the cache
_INDEX = "liste.json"


@dataclass(frozen=True, slots=True)
class Draft:
    """Hold a document before it is made; `name` is its address below `documents/`, without the ending."""

    kind: str
    key: str
    title: str
    name: str
    template: str
    day: date
    data: Callable[[], Data]


@dataclass(frozen=True, slots=True)
class Made:
    """Hold a finished document: where its bytes are, under the hash of what made them."""

    draft: Draft
    path: Path
    is_new: bool


class Drafts:
    """List the documents of a site; `changes` dates its records."""

    def __init__(self, site: Site, changes: Mapping[str, Change]) -> None:
        self.site, self.changes = site, changes
        self.catalogue, self.settings = site.catalogue, site.settings

    def of(self, words: Iterable[str]) -> list[Draft]:
        """List those that the words of the setting `documents` ask for, in its order."""
        makers: Mapping[str, Callable[[], Iterable[Draft]]] = {
            "prospectus": self.leaflets,
            "repertoires": self.directories,
            "financement": self.financing,
            "fiches": lambda: self.sheets(e.slug for e in self.catalogue.listed),
        }
        return [draft for word in makers if word in {*words} for draft in makers[word]()]

    def chosen(self, words: Iterable[str], mrcs: Sequence[Mrc], slugs: Sequence[str] = ()) -> list[Draft]:
        """List those that some words ask for, about some MRCs alone if they are given, then the sheets of `slugs`.

        Raise AnnuaireError when a slug is that of no record.
        """
        unknown = next((slug for slug in slugs if slug not in self.catalogue.by_slug), "")
        if unknown:
            raise AnnuaireError(
                f"La fiche «\u00a0{unknown}\u00a0» n’existe pas\u00a0: écrire son nom de fichier, sans "
                "«\u00a0.yml\u00a0»."
            )
        found = self.of(words)
        if mrcs:
            inside = {e.slug for mrc in mrcs for e in self.catalogue.by_mrc.get(mrc.code, ())}
            keys = {LEAFLET: {mrc.slug for mrc in mrcs}, SHEET: inside}
            keys[OF_TERRITORY] = keys[LEAFLET]
            found = [draft for draft in found if draft.key in keys.get(draft.kind, ())]
        return [*found, *self.sheets(slugs)]

    def leaflets(self) -> Iterator[Draft]:
        """List the leaflets of the MRCs that have enterprises."""
        for mrc in self.catalogue.mrcs:
            found = self.catalogue.by_mrc.get(mrc.code, ())
            if found:
                title = f"L’économie sociale {mrc.dans}"
                yield self._draft(
                    (LEAFLET, mrc.slug, title, f"prospectus-{mrc.slug}", "prospectus"),
                    self._day(found),
                    lambda day, m=mrc, t=title: leaflet.data(self.catalogue, self.settings, m, t, day),  # type: ignore[misc]
                )

    def directories(self) -> Iterator[Draft]:
        """List the whole directory, then those of each territory and of each sector."""
        catalogue, settings = self.catalogue, self.settings
        listed = catalogue.listed
        if not listed:
            return
        whole = settings.site_name
        yield self._draft(
            (DIRECTORY, "", whole, "repertoire", "repertoire"),
            self._day(listed),
            lambda day: directory.whole(catalogue, settings, whole, day),
        )
        for mrc in catalogue.mrcs:
            if found := catalogue.by_mrc.get(mrc.code, ()):
                title = f"Répertoire de l’économie sociale {mrc.dans}"
                yield self._draft(
                    (OF_TERRITORY, mrc.slug, title, f"repertoire-territoire-{mrc.slug}", "repertoire"),
                    self._day(found),
                    lambda day, m=mrc, t=title: directory.territory(catalogue, settings, m, t, day),  # type: ignore[misc]
                )
        for slug, sector in catalogue.vocabularies.sectors.items():
            if found := catalogue.by_sector.get(slug, ()):
                yield self._sector(sector, found)

    def _sector(self, sector: Sector, found: Sequence[Enterprise]) -> Draft:
        title = f"Répertoire de l’économie sociale\u00a0: {sector.libelle}"
        return self._draft(
            (OF_SECTOR, sector.slug, title, f"repertoire-secteur-{sector.slug}", "repertoire"),
            self._day(found),
            lambda day: directory.sector(self.catalogue, self.settings, sector, title, day),
        )

    def financing(self) -> Iterator[Draft]:
        """List the sources of financing, when there are some."""
        found = help_of(self.catalogue).of_financing()
        if found:
            yield self._draft(
                (FINANCING, "", financing.TITLE, "sources-de-financement", "financement"),
                self._last(reference(PROGRAMMES, one.slug) for one in found),
                lambda day: financing.data(self.catalogue, self.settings, day),
            )

    def sheets(self, slugs: Iterable[str]) -> Iterator[Draft]:
        """List the one-page sheets of some enterprises."""
        for e in (self.catalogue.by_slug[slug] for slug in slugs):
            yield self._draft(
                (SHEET, e.slug, e.nom, f"fiches/{e.slug}", "fiche"),
                self._day([e]),
                lambda day, one=e: sheet.data(self.catalogue, self.settings, one, day),  # type: ignore[misc]
            )

    def _draft(self, words: tuple[str, str, str, str, str], day: date, data: Callable[[date], Data]) -> Draft:
        return Draft(*words, day, lambda: data(day))

    def _day(self, enterprises: Iterable[Enterprise]) -> date:
        return self._last(reference(ENTERPRISES, e.slug) for e in enterprises)

    def _last(self, named: Iterable[str]) -> date:
        """Give the day of the last change of some records; the reference date where the history does not say."""
        days = [self.changes[one].modified.date() if one in self.changes else None for one in named]
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) else self.site.version.date.date()


def make(drafts: Sequence[Draft], settings: Settings, progress: GoOn = lambda _: None) -> list[Made]:
    """Make the documents that are not in the cache; return them all, in order.

    Raise AnnuaireError when what makes documents is not installed, or when a document is refused.
    """
    if not drafts:
        return []
    folder = settings.cache / FOLDER
    parts = typesetting.isolated(
        lambda: share(list(enumerate(drafts)), lambda part, go_on: _part(part, folder, go_on), progress, fewest=2)
    )
    found = {rank: (digest, is_new) for part in parts for rank, digest, is_new in part}
    made = [Made(draft, folder / f"{found[rank][0]}.pdf", found[rank][1]) for rank, draft in enumerate(drafts)]
    _remember(folder, {each.draft.name: each.path.stem for each in made})
    return made


def _part(part: Iterable[tuple[int, Draft]], folder: Path, go_on: GoOn) -> list[tuple[int, str, bool]]:
    """Make some of the documents; return for each its rank, its hash, and whether it had to be made."""
    done = []
    for count, (rank, draft) in enumerate(part, 1):
        data = draft.data()
        digest = typesetting.digest(draft.template, data)
        path = folder / f"{digest}.pdf"
        is_new = not path.is_file()
        if is_new:
            data["version"] = f"{data['version']}, version {digest[:8]}"
            files.save(path, _typeset(draft, data))
        done.append((rank, digest, is_new))
        go_on(count)
    return done


def _typeset(draft: Draft, data: Mapping[str, Any]) -> bytes:
    try:
        return typesetting.pdf(draft.template, data)
    except AnnuaireError as error:
        raise AnnuaireError(f"«\u00a0{draft.title}\u00a0»\u00a0: {error}") from error


def _remember(folder: Path, names: Mapping[str, str]) -> None:
    """Note which file each document is, and throw away those that no document is any more."""
    path = folder / _INDEX
    try:
        before = {str(name): str(digest) for name, digest in json.loads(path.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, AttributeError):  # none yet, or not ours: everything may be made again
        before = {}
    after = before | dict(names)
    for digest in {*before.values()} - {*after.values()}:
        (folder / f"{Path(digest).name}.pdf").unlink(missing_ok=True)
    if after != before:
        files.save(path, json.dumps(after, indent=1, sort_keys=True) + "\n")


def write(
    site: Site, out: Path, changes: Mapping[str, Change], progress: GoOn = lambda _: None, *, again: bool = False
) -> tuple[Document, ...]:
    """Write the documents that the settings ask for below `out`; return what pages say of them.

    `again` lets them replace those of a site being shown.
    """
    listed = []
    for each in make(Drafts(site, changes).of(site.settings.documents), site.settings, progress):
        content, draft = each.path.read_bytes(), each.draft
        url = urls.document(draft.name)
        files.write(out, url, content, again=again)
        day = french.day(draft.day)
        listed.append(Document(draft.kind, draft.key, draft.title, url, french.size(len(content)), day))
    return tuple(listed)
