"""Read the shells: pages a theme engine rendered once, to be filled as many times as there are records.

A shell is split at its marks and never parsed as a template. A shell under `gabarits/<tab>/` serves every page
of that tab at its own depth (relative links differ by depth); any other shell with the content mark is filled
in place; the rest are finished pages. This module writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from html import escape
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from annuaire import urls
from annuaire.site import gate
from annuaire.site.policy import with_policy
from annuaire.text import french
from annuaire.text.problems import AnnuaireError

TITLE = "ANNUAIRE-TITRE"
UPDATED = "ANNUAIRE-MISE-A-JOUR"  # where the day when the page last changed is said, if it is known
HEAD = '<meta name="annuaire" content="tete">'
CONTENT = "<!--annuaire:contenu-->"
# An engine may write a mark in its own way: without quotes, with a slash at its end, with other spaces.
_WRITTEN = {
    TITLE: TITLE,
    HEAD: r"""<meta\s+name=["']?annuaire["']?\s+content=["']?tete["']?\s*/?>""",
    CONTENT: r"<!--\s*annuaire:contenu\s*-->",
    UPDATED: UPDATED,
}
_MARKS = re.compile("|".join(f"({pattern})" for pattern in _WRITTEN.values()))
_CONTENT_MARK = re.compile(_WRITTEN[CONTENT])
FOLDER = "gabarits"
ANY_TAB = "fiches"
ID = re.compile(r'\sid="([^"]+)"')
_REFERENCE = re.compile(r"""(?:href|src)=["']?([^"'\s>]+)""")
_WITH_NEIGHBOURS = (".js", ".css")
BUNDLES = "assets/bundles/"
_BUNDLE = re.compile(rf"{BUNDLES}[\w-]+\.(?:css|js)\b")


@dataclass(frozen=True)
class Shell:
    """Hold one shell, cut at its marks. `links` are its own addresses, as written."""

    name: str
    url: str
    pieces: tuple[str, ...]

    def fill(self, title: str, head: str, content: str, day: date | None = None) -> str:
        """Fill the shell of a page of that day: the title is escaped here, `head` and `content` are finished HTML."""
        filled = {TITLE: escape(title), HEAD: head, CONTENT: content, UPDATED: updated(day)}
        return "".join(filled.get(piece, piece) for piece in self.pieces)

    @property
    def text(self) -> str:
        """Give the shell's own HTML, without what fills it."""
        return "".join(piece for piece in self.pieces if piece not in _WRITTEN)

    @cached_property
    def mark(self) -> str:
        """Give the hash of all that it is cut into."""
        return sha256("\0".join(self.pieces).encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def ids(self) -> frozenset[str]:
        """Give the ids that every page made from this shell has."""
        return frozenset(ID.findall(self.text))


@dataclass(frozen=True)
class Shells:
    """Hold the shells of a site: by (tab, depth), by address, and the finished pages.

    `assets` are the files to publish, by the name that each takes: that of a bundle of the theme holds the hash of what
    is in it, so that a browser may keep it for ever.

    Those of `gabarits/index.md` and of the folder `gabarits/fiches` serve any tab that has none at that depth.
    """

    folder: Path
    by_depth: dict[tuple[str, int], Shell]
    by_url: dict[str, Shell]
    finished: dict[str, str]
    assets: Mapping[PurePosixPath, PurePosixPath]

    def refuse_unfilled(self, planned: Iterable[str]) -> None:
        """Raise AnnuaireError when a page holds the content mark but nothing will fill it."""
        for url in sorted(set(self.by_url) - set(planned)):
            raise AnnuaireError(
                f"La page «\u00a0/{url}\u00a0» porte la marque «\u00a0{CONTENT}\u00a0» mais rien ne la remplit\u00a0: "
                "enlever la marque de son fichier dans content/pages."
            )

    def find(self, url: str, tab: str) -> Shell:
        """Find the shell of a page: its own, else its tab's at its depth; raise AnnuaireError if there is none."""
        shell = self.by_url.get(url) or self.by_depth.get((tab, urls.depth(url)))
        shell = shell or self.by_depth.get((ANY_TAB, urls.depth(url)))
        if shell is None:
            depth = urls.depth(url)
            raise AnnuaireError(
                f"Aucun gabarit «\u00a0{tab}\u00a0» de profondeur {depth} pour la page «\u00a0/{url}\u00a0»\u00a0: "
                f"ajouter une page dans content/pages/{FOLDER}/{tab}/ dont l’adresse compte {depth} dossiers."
            )
        return shell


def updated(day: date | None) -> str:
    """Say when a page last changed; nothing when it is not known."""
    return f"Dernière mise à jour\u00a0: {french.day(day)}." if day else ""


def load(folder: Path, allowed: Mapping[str, Mapping[str, str]] = MappingProxyType({})) -> Shells:
    """Read a folder of shells. Raise AnnuaireError on a wrong shell.

    `allowed` gives what only some pages may fetch (see `annuaire.site.policy`).
    """
    if not (folder / "index.html").is_file():
        raise AnnuaireError(f"Le dossier de gabarits {folder} ne contient pas de page d’accueil (index.html).")
    by_depth: dict[tuple[str, int], Shell] = {}
    by_url: dict[str, Shell] = {}
    finished: dict[str, str] = {}
    named: set[PurePosixPath] = set()
    hashed = _hashed(folder)
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder)
        html = path.read_text(encoding="utf-8")
        url = _url(PurePosixPath(name.as_posix()))
        html = with_policy(html.replace(gate.START, "").replace(gate.END, ""), allowed.get(url, {}))
        named |= _named(html, url)
        html = _BUNDLE.sub(lambda found: hashed.get(found.group(), found.group()), html)
        if name.parts[0] == FOLDER:
            tab = name.parts[1] if len(name.parts) > 2 else ANY_TAB
            by_depth[tab, urls.depth(url)] = _split(html, url, name.as_posix())
        elif _CONTENT_MARK.search(html):
            by_url[url] = _split(html, url, name.as_posix())
        else:
            finished[url] = html
    assets = {PurePosixPath(hashed.get(name.as_posix(), name.as_posix())): name for name in _assets(folder, named)}
    return Shells(folder, by_depth, by_url, finished, assets)


def _hashed(folder: Path) -> dict[str, str]:
    """Name each bundle of the theme by what is in it: `annuaire.css` is published as `annuaire.5f3c9d01aa.css`."""
    return {
        f"{BUNDLES}{path.name}": f"{BUNDLES}{path.stem}.{sha256(path.read_bytes()).hexdigest()[:10]}{path.suffix}"
        for path in sorted((folder / BUNDLES).glob("*"))
        if path.suffix in _WITH_NEIGHBOURS
    }


def _split(html: str, url: str, name: str) -> Shell:
    pieces: list[str] = []
    end = 0
    for found in _MARKS.finditer(html):
        pieces += [html[end : found.start()], tuple(_WRITTEN)[(found.lastindex or 1) - 1]]
        end = found.end()
    pieces = [piece for piece in [*pieces, html[end:]] if piece]
    _check_marks({mark: sum(piece is mark for piece in pieces) for mark in _WRITTEN}, name)
    return Shell(name, url, tuple(pieces))


def _check_marks(counts: dict[str, int], name: str) -> None:
    """Raise AnnuaireError when a mark is not there, or when one that is filled once is there again."""
    page = f"content/pages/{PurePosixPath(name).parent.as_posix()}.md" if "/" in name else "content/pages/index.md"
    remedies = {
        HEAD: "le thème d’annuaire l’écrit\u00a0: dire au programme de mise en forme où est ce thème, ou employer "
        "«\u00a0--engine mkdocs\u00a0» ou «\u00a0--engine zensical\u00a0»",
        TITLE: f"écrire «\u00a0title: {TITLE}\u00a0» en tête de {page}",
        CONTENT: f"l’écrire une fois dans {page}, là où va le contenu",
    }
    for mark, remedy in remedies.items():
        count = counts[mark]
        if count == 0 or (count > 1 and mark is not TITLE):
            wrong = "ne porte pas" if count == 0 else f"porte {count} fois"
            expected = "" if count == 0 else ", au lieu d’une seule"
            raise AnnuaireError(f"Le gabarit {name} {wrong} la marque «\u00a0{mark}\u00a0»{expected}\u00a0: {remedy}.")


def _url(name: PurePosixPath) -> str:
    return (
        str(name.parent) + "/"
        if name.name == "index.html" and name.parent.name
        else ("" if name.name == "index.html" else str(name))
    )


def _named(html: str, url: str) -> set[PurePosixPath]:
    """List the files of the theme, or of the pages, that a page names."""
    found = set()
    for reference in _REFERENCE.findall(html):
        target = resolve(url, reference.split("#")[0].split("?")[0])
        if target and not target.endswith("/") and not target.endswith(".html"):
            found.add(PurePosixPath(target))
    return found


def resolve(url: str, reference: str) -> str | None:
    """Resolve a relative reference on the page `url` to an address from the root; None if it leaves the site."""
    if not reference or ":" in reference.split("/")[0] or reference.startswith(("//", "/")):
        return None
    parts = url.split("/")[:-1]
    for step in reference.split("/")[:-1] if not reference.endswith("..") else reference.split("/"):
        if step == "..":
            if not parts:
                return None
            parts.pop()
        elif step not in ("", "."):
            parts.append(step)
    last = "" if reference.endswith("..") else reference.rsplit("/", 1)[-1]
    last = "" if last == "." else last
    return "".join(f"{part}/" for part in parts) + last


def _assets(folder: Path, named: set[PurePosixPath]) -> tuple[PurePosixPath, ...]:
    """List the files to publish: those that pages name, and the neighbours of scripts and styles.

    A script asks for its modules and a style for its pictures by names that no page holds; the folder of files is for
    what records name; nothing else is published.
    """
    found = {name for name in named if (folder / name).is_file()}
    found |= {PurePosixPath(urls.FILES, path.name) for path in (folder / urls.FILES).glob("*.*") if path.is_file()}
    for parent in {name.parent for name in found if name.suffix in _WITH_NEIGHBOURS and name.parent.name}:
        found |= {
            PurePosixPath(path.relative_to(folder).as_posix())
            for path in (folder / parent).rglob("*")
            if path.is_file() and path.suffix not in (".html", ".map") and not path.name.startswith(".")
        }
    return tuple(sorted(found))
