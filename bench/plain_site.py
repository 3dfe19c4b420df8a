"""Write the same directory the plain way: every record and every listing a Markdown page of MkDocs with Material.

The menu holds the listings' first pages only: with every page in it, each page would repeat 11,200 links.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from annuaire import config, pages
from annuaire.catalogue.loading import Loader
from annuaire.pages.page import Link, Page
from annuaire.pages.profile import ProfileView
from annuaire.pages.reference import Version
from annuaire.pages.rows import Group
from bench.generator import REFERENCE_DATE

CONFIGURATION = """site_name: Répertoire de l’économie sociale
site_url: https://example.org/
theme: { name: material, language: fr, font: false }
plugins: []
nav: [index.md, entreprises/index.md, territoires/index.md, secteurs/index.md, formes/index.md]
not_in_nav: "*"
validation: { omitted_files: ignore, links: { not_found: ignore, anchors: ignore } }
markdown_extensions: [attr_list, def_list]
"""
_LISTS = ("sectors", "municipalities", "territories", "neighbours")


def write_site(folder: Path, site: Path) -> int:
    """Write into `folder` the MkDocs site of the directory in `site`; return the number of pages."""
    settings = config.load(site / "mkdocs.yml")
    loaded = Loader(settings).load(REFERENCE_DATE)
    catalogue = loaded.catalogue()
    date = datetime.combine(REFERENCE_DATE, datetime.min.time(), UTC)
    plans = pages.plans(pages.Site(settings, catalogue, Version("", date, len(catalogue.enterprises), "")))
    folder.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    known = {plan.url for plan in plans}
    for plan in plans:
        page = plan.build()
        path = folder / "docs" / page.url / "index.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "\n".join(
            _profile(page, page.view, known) if isinstance(page.view, ProfileView) else _listing(page, known)
        )
        path.write_text(f"---\ntitle: {page.title!r}\n---\n\n{text}\n", encoding="utf-8")
    return len(plans)


def _link(page: Page, text: str, url: str, known: set[str]) -> str:
    base = url.partition("#")[0]
    if not url or base not in known:
        return text
    return f"[{text}]({posixpath.relpath(f'/{base}index.md', f'/{page.url}')})"


def _listing(page: Page, known: set[str]) -> Iterator[str]:
    view: Any = page.view
    yield f"# {page.title}\n"
    yield f"{page.description}\n"
    for group in (g for g in getattr(view, "groups", ()) if isinstance(g, Group)):
        yield f"## {group.title}\n"
        for row in group.rows:
            yield f"- **{_link(page, row.name, row.url, known)}**, {row.town}. {row.sector} {row.summary}"
        yield ""
    pagination = getattr(view, "pagination", None)
    if pagination is not None and pagination.is_needed:
        yield " ".join(_link(page, str(number), url, known) for number, url in pagination.links) + "\n"
    series = [getattr(view, name, ()) for name in _LISTS] + [links for _, links in getattr(view, "related", ())]
    for links in series:
        targets = [link[0] if isinstance(link, tuple) else link for link in links]
        yield from (f"- {_link(page, t.text, t.url, known)}" for t in targets if isinstance(t, Link))
        yield ""


def _profile(page: Page, v: ProfileView, known: set[str]) -> Iterator[str]:
    yield f"# {v.name}\n"
    yield " · ".join(_link(page, link.text, link.url, known) for link in v.crumbs) + "\n"
    yield f"{v.town}\n"
    for text in (v.notice, v.mission):
        if text:
            yield f"{text}\n"
    for offer in v.offers:
        yield f"### {offer.name}\n\n{offer.category}\n\n{offer.description}\n"
        for label, value in offer.details:
            yield f"- {label} : {value}"
        yield ""
    if v.description:
        yield f"## Ce que fait l’entreprise\n\n{v.description}\n"
    for label, text in v.benefits:
        yield f"**{label}** : {text}\n"
    for indicator in v.indicators:
        yield f"- {indicator.libelle} : {indicator.valeur} {indicator.unite}"
    yield "\n## En bref\n"
    for label, link in v.facts:
        yield f"- {label} : {_link(page, link.text, link.url, known)}"
    for proof in v.conformity:
        yield f"- {proof.label} : {proof.number} {proof.validity}"
    yield f"\n## Vérification\n\n{v.verification.sentence} {v.verification.source}\n"
    yield "## Joindre l’entreprise\n"
    for place in (v.main_place, *v.other_places):
        yield f"- {place.street}, {place.town.text} {place.postal_code} {place.hours}"
        yield from (f"- [{contact.text}]({contact.href})" for contact in (place.phone, place.email) if contact)
    if v.website:
        yield f"- [{v.website.text}]({v.website.href})"
    yield f"\n{v.served}\n"
    for title, rows in (("À proximité", v.near), ("Dans le même secteur", v.similar)):
        yield f"## {title}\n"
        yield from (f"- {_link(page, row.name, row.url, known)}, {row.town} {row.distance}" for row in rows)
        yield ""
