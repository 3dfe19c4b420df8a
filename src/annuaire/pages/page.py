"""Describe a page before it is written: its address, its shell, its head and the view its template fills."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from annuaire import urls


@dataclass(frozen=True, slots=True)
class Link:
    """Hold a link inside the site: text, address from the root (or empty: no link), and a count where it helps."""

    text: str
    url: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Outside:
    """Hold a link that leaves the site: text and complete address."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class DataFile:
    """Describe one published file: its name, address, format, size in words, what it holds and whom it is for."""

    name: str
    url: str
    format: str
    size: str
    description: str
    audience: str = "programmes"


@dataclass(frozen=True, slots=True)
class Picture:
    """Hold the picture that goes with the page when somebody shares it: its address, and what it says."""

    url: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Page:
    """Hold one page: everything but its HTML.

    `tab` names the shells it may use (`entreprises`, `territoires`, `secteurs`; a page with a shell of its own
    needs none); `view` is the dataclass that `template` reads as `v`; `indexed` is false for pages that the
    sitemap leaves out; `embedded` pages are shown inside other sites and kept from robots; `data` are JSON-LD objects;
    `files` are small files written beside the page (address, text), such as a vCard; `feed` is the title and the
    address of a feed of its own; `picture` goes with the page when it is shared; `reads_all` pages count all the
    records without leading to any.
    """

    url: str
    tab: str
    title: str
    description: str
    template: str
    view: object
    data: tuple[Mapping[str, Any], ...] = ()
    indexed: bool = True
    embedded: bool = False
    files: tuple[tuple[str, str], ...] = ()
    feed: tuple[str, str] = ("", "")
    picture: Picture | None = None
    reads_all: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Promise a page: its address is known at once, the page is built only when it is to be written.

    `shows` is what it shows besides records, tables and settings, such as its day, as one text; None when nobody can
    tell, and the page is then made at each build (see `annuaire.site.stock`).
    """

    url: str
    build: Callable[[], Page]
    shows: str | None = None


HOME_CRUMB = Link("Accueil", urls.HOME)
BUY_CRUMB = Link("Acheter", urls.BUY)
