"""Write what a telephone reads to keep the site on its screen (W3C, Web Application Manifest)."""

from __future__ import annotations

import json

from annuaire.config import Settings


def to_json(settings: Settings) -> str:
    """Give the manifest: the name of the site, its colours (those of `tokens.css`), its icons."""
    icons = [  # those that the pages name: no other is published
        {"src": "assets/images/icone-180.png", "sizes": "180x180", "type": "image/png"},
        {"src": "assets/images/annuaire.svg", "sizes": "any", "type": "image/svg+xml"},
    ]
    told = {
        "name": settings.site_name,
        "short_name": "Répertoire",
        "lang": "fr-CA",
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#0b4254",
        "icons": icons,
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
