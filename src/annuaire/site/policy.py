"""Say, first in the head of each page, what its browser may run and fetch: what is of the theme, and nothing else.

A script that stands in a page is allowed by its hash, and hashes are those of the theme's templates: whatever else a
page comes to hold, from a text, a plug-in of the engine or a change on the way, has none and does not run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType

from annuaire import urls
from annuaire.config import Settings

_DATA = re.compile(r"""\btype=["']?[\w/+-]*json""")
_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", re.DOTALL)
_HEAD_TAG = re.compile(r"<head[^>]*>")


def exceptions(settings: Settings) -> dict[str, dict[str, str]]:
    """Give what only some pages may fetch: directive -> sources, by address of page.

    The map may show the pictures of the server that the site names, once the visitor asks for them; who embeds our
    pages sees them first.
    """
    pages = {urls.EMBEDDING: {"frame-src": "'self'"}}
    if settings.tiles:
        pages[urls.MAP] = {"img-src": f"'self' data: https://{settings.tiles.host}"}
    return pages


def with_policy(html: str, more: Mapping[str, str] = MappingProxyType({})) -> str:
    """Put the content security policy first in `<head>`, with the hash of each of the theme's scripts found there.

    `more` replaces or adds directives.
    """
    found = dict.fromkeys(body for body in inline_scripts(html) if body in theme_scripts())
    hashes = "".join(f" '{_hash(body)}'" for body in found)
    directives = {
        "default-src": "'none'",
        "script-src": f"'self'{hashes}",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        **more,
    }
    policy = "; ".join(f"{name} {sources}" for name, sources in directives.items())
    tag = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<meta name="referrer" content="no-referrer">'
    )
    return _HEAD_TAG.sub(lambda found: f"{found.group()}\n{tag}", html, count=1)


@lru_cache(maxsize=1)
def theme_scripts() -> frozenset[str]:
    """Read the scripts that the templates of the theme hold; no engine changes them, since none has a value in it."""
    theme = resources.files("annuaire") / "theme"
    return frozenset(body for text in _templates(theme) for body in inline_scripts(text))


def inline_scripts(html: str) -> list[str]:
    """List the scripts that stand in a text, data blocks left aside."""
    return [body for attributes, body in _SCRIPT.findall(html) if not _DATA.search(attributes)]


def _templates(folder: Traversable) -> list[str]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "assets":
            found += _templates(entry)
        elif entry.name.endswith(".html"):
            found.append(entry.read_text(encoding="utf-8"))
    return found


def _hash(body: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
