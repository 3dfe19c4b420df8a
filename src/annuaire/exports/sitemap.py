"""Write what search engines read: the sitemap (sitemaps.org protocol) and robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from itertools import islice
from urllib.parse import quote

from annuaire import urls
from annuaire.config import Settings

LONGEST = 50_000  # addresses in one file, by the protocol
_HEADER = '<?xml version="1.0" encoding="utf-8"?>'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(pages: Iterable[tuple[str, date | None]], settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield each file's address and text: one sitemap, or an index and its parts when it would be too long."""
    left = iter(pages)
    chunks = list(iter(lambda: list(islice(left, LONGEST)), []))
    if len(chunks) < 2:
        yield urls.SITEMAP, sitemap(chunks[0] if chunks else (), settings)
        return
    parts = [urls.sitemap_part(number) for number in range(1, len(chunks) + 1)]
    entries = (f"<sitemap><loc>{_location(settings, part)}</loc></sitemap>" for part in parts)
    yield urls.SITEMAP, _document("sitemapindex", entries)
    for part, chunk in zip(parts, chunks, strict=True):
        yield part, sitemap(chunk, settings)


def sitemap(pages: Iterable[tuple[str, date | None]], settings: Settings) -> str:
    """Write one sitemap from addresses relative to the site's root, each with the day its page last changed."""
    entries = (
        f"<url><loc>{_location(settings, url)}</loc>{f'<lastmod>{day.isoformat()}</lastmod>' if day else ''}</url>"
        for url, day in pages
    )
    return _document("urlset", entries)


def robots(settings: Settings) -> str:
    """Write robots.txt: a demonstration is closed to every robot, an official site is open and names its sitemap."""
    if settings.is_demonstration:
        return "User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nAllow: /\n\nSitemap: {settings.site_url}{urls.SITEMAP}\n"


def _document(root: str, entries: Iterable[str]) -> str:
    return "\n".join([_HEADER, f'<{root} xmlns="{_NAMESPACE}">', *entries, f"</{root}>"]) + "\n"


def _location(settings: Settings, url: str) -> str:
    return escape(quote(settings.site_url + url, safe="%/:?#[]@!$&'()*+,;=~"))
