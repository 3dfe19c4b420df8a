"""Know the pages of the program: those that every site has, unless the site wrote one of the same path.

A page that a new version of the program needs comes with it: an old repository always builds with a newer program.
"""

from __future__ import annotations

from pathlib import Path

from annuaire.config import Settings

PAGES = Path(__file__).parent / "pages"


def missing(settings: Settings) -> dict[str, Path]:
    """Give the default pages that a site did not write, by their path in the folder of pages."""
    return {name: path for name, path in every().items() if not (settings.pages / name).exists()}


def every() -> dict[str, Path]:
    """Give all the default pages, by their path in the folder of pages."""
    return {path.relative_to(PAGES).as_posix(): path for path in sorted(PAGES.rglob("*.md"))}


def named(page: str, settings: Settings) -> str:
    """Name a page, given its path in the folder of pages, as a person of the project sees it."""
    if (PAGES / page).is_file() and not (settings.pages / page).exists():
        return f"{page} (page du programme)"
    return settings.relative(settings.pages / page)
