"""Judge what the engine made of each hand-written page, before it is poured: what was refused in the text, again.

The theme puts a page's own content between two marks. A text is judged before an engine runs (`annuaire.written`), as
our engines read it; another engine, or an extension of Markdown, may make more of it. This is what decides.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from annuaire.config import Settings
from annuaire.depot import defaults
from annuaire.text.hypertext import flaws
from annuaire.text.problems import AnnuaireError, Problem
from annuaire.written.page import MARKS, problem

START = "<!--annuaire:page-->"
END = "<!--/annuaire:page-->"
NOT_WRITTEN = "404.html"  # the theme's own page
_MOST = 20


def refuse(shells: Path, settings: Settings) -> None:
    """Raise AnnuaireError when a page that an engine rendered carries what no page may, or does not say where it is."""
    found: list[Problem] = []
    for path in sorted(shells.rglob("*.html")):
        name = path.relative_to(shells).as_posix()
        text = path.read_text(encoding="utf-8")
        if name == NOT_WRITTEN and START not in text:
            continue
        if text.count(START) != 1 or text.count(END) != 1 or text.index(START) > text.index(END):
            raise AnnuaireError(
                f"La page «\u00a0{name}\u00a0» ne dit pas où est son texte\u00a0: dans le gabarit du thème, le mettre "
                f"entre «\u00a0{START}\u00a0» et «\u00a0{END}\u00a0», une seule fois."
            )
        inside = text.partition(START)[2].partition(END)[0]
        found += [problem(_source(name, settings), flaw.finding) for flaw in islice(flaws(inside, marks=MARKS), _MOST)]
    if found:
        said = "\n  ".join(f"{p.location.file}\u00a0: {p.message} [{p.code}]; {p.hint}" for p in found[:_MOST])
        raise AnnuaireError(f"Une fois mises en forme, des pages portent ce que le site refuse\u00a0:\n  {said}")


def _source(name: str, settings: Settings) -> str:
    """Name the text that a page was made from, or the page itself when no text has its name."""
    stem = name.removesuffix(".html").removesuffix("/index")
    known = defaults.every()
    for candidate in (f"{stem}.md", f"{stem}/index.md", f"{stem}/README.md"):
        if candidate in known or (settings.pages / candidate).is_file():
            return defaults.named(candidate, settings)
    return name
