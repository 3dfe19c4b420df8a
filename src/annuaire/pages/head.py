"""Write what a page says of itself in `<head>`: description, canonical address, robots, Open Graph, JSON-LD."""

from __future__ import annotations

from html import escape

from annuaire import urls
from annuaire.config import Settings
from annuaire.pages.linked import crumbs_data
from annuaire.pages.page import Link, Page
from annuaire.text.markup import json_block
from annuaire.text.typography import plain


def head(page: Page, settings: Settings) -> str:
    """Write the head of a page, with its breadcrumb at least; a demonstration is closed to search engines."""
    address = escape(settings.site_url + page.url)
    title, description = escape(plain(page.title)), escape(plain(page.description))
    feeds = [("Nouveautés", urls.FEED), *([page.feed] if page.feed[1] else [])]
    crumbs: tuple[Link, ...] = getattr(page.view, "crumbs", ())
    blocks = page.data or ((crumbs_data(settings, crumbs),) if crumbs else ())
    parts = [
        f'<meta name="description" property="og:description" content="{description}">',  # one text, two readers
        f'<link rel="canonical" href="{address}">',
        *(
            f'<link rel="alternate" type="application/atom+xml" title="{escape(name)}" '
            f'href="{urls.prefix(page.url)}{url}">'
            for name, url in feeds
        ),
        '<meta property="og:type" content="website">',
        '<meta property="og:locale" content="fr_CA">',
        f'<meta property="og:site_name" content="{escape(settings.site_name)}">',
        f'<meta property="og:title" content="{title}">',
        f'<meta property="og:url" content="{address}">',
    ]
    if page.picture:
        parts += [
            f'<meta property="og:image" content="{escape(settings.site_url + page.picture.url)}">',
            f'<meta property="og:image:width" content="{page.picture.width}">',
            f'<meta property="og:image:height" content="{page.picture.height}">',
            f'<meta property="og:image:alt" content="{escape(page.picture.alt)}">',
            '<meta name="twitter:card" content="summary_large_image">',
        ]
    if settings.is_demonstration:
        parts.insert(2, '<meta name="robots" content="noindex, nofollow">')
    elif page.embedded:
        parts.insert(2, '<meta name="robots" content="noindex">')
    parts.extend(f'<script type="application/ld+json">{json_block(data)}</script>' for data in blocks)
    return "\n".join(parts)
