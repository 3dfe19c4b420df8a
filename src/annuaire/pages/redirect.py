"""Write the small pages that lead from an old address of a record to its present one, or to what it merged into.

They need no shell: a page is complete in itself, asks nothing of anyone and works without JavaScript.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.items import Item
from annuaire.catalogue.model import Enterprise
from annuaire.config import Settings
from annuaire.records.collections import COLLECTIONS

_MOVED = "Cette fiche a changé d’adresse"
_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'"


def redirect(title: str, target_relative: str, canonical: str, words: str = _MOVED) -> str:
    """Write a page that leads at once to `target_relative` (a relative address) and shows the link to it.

    `canonical` is the complete address of the page that replaces it; `title` is the name shown, `words` those of the
    link.
    """
    target = escape(_address(target_relative))
    return f"""<!DOCTYPE html>
<html lang="fr-CA">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="{_POLICY}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>{escape(title)}</title>
    <meta name="robots" content="noindex">
    <meta http-equiv="refresh" content="0; url={target}">
    <link rel="canonical" href="{escape(_address(canonical))}">
  </head>
  <body>
    <main>
      <h1>{escape(title)}</h1>
      <p><a href="{target}">{escape(words)}</a></p>
    </main>
  </body>
</html>
"""


def redirects(catalogue: Catalogue, settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield the address and the HTML of a page for each old slug, of any collection."""
    for collection in COLLECTIONS:
        if collection.pages:
            yield from _of_items(settings, catalogue.items[collection.name], collection.pages.address)
    for old, enterprise, successor in old_slugs(catalogue):
        present = successor or enterprise
        words = _merged(enterprise, successor) if successor else _MOVED
        url, target = urls.enterprise(old), urls.enterprise(present.slug)
        yield url, redirect(present.nom, urls.prefix(url) + target, settings.site_url + target, words)


def _of_items(settings: Settings, items: Sequence[Item], address: str) -> Iterator[tuple[str, str]]:
    present = {item.slug for item in items}
    for item in items:
        for old in getattr(item, "anciens_slugs", ()):
            if old not in present:
                url, target = urls.item(address, old), urls.item(address, item.slug)
                yield url, redirect(item.name, urls.prefix(url) + target, settings.site_url + target)


def old_slugs(catalogue: Catalogue) -> Iterator[tuple[str, Enterprise, Enterprise | None]]:
    """Yield each old slug that no record bears today, and each merged record's: who bore it, what it merged into.

    All those of a merged enterprise lead straight to the one it is part of today.
    """
    seen: set[str] = set()
    for enterprise in catalogue.enterprises:
        successor = catalogue.successor(enterprise)
        for old in (*enterprise.anciens_slugs, *((enterprise.slug,) if successor else ())):
            if (old in catalogue.by_slug and old != enterprise.slug) or old in seen:
                continue
            seen.add(old)
            yield old, enterprise, successor


def _merged(enterprise: Enterprise, successor: Enterprise) -> str:
    return f"«\u00a0{enterprise.nom}\u00a0» fait maintenant partie de «\u00a0{successor.nom}\u00a0»"


def _address(address: str) -> str:
    """Percent-encode what an address may not hold: a quote would end it where the refresh is read."""
    return quote(address, safe="%/:?#[]@!$&()*+,;=~", errors="replace")
