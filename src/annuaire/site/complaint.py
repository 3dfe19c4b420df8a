"""Say in French why a theme engine failed: the fault of a page or of mkdocs.yml, never the engine's own report.

What is not recognised is quoted, one line of it. This module runs nothing and reads no page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annuaire.config import Settings
from annuaire.depot import defaults
from annuaire.text import french
from annuaire.text.messages import inert
from annuaire.text.refusal import refusal

MOST = 20
_LONGEST = 300
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# Zensical draws the line of the page under « ╭─[ page:line:column ] ».
_DRAWN = r"does not exist\s+╭─\[ (?P<page>.+?):(?P<line>\d+):(?P<column>\d+) \]\n[^\n]*\n\s*\d+ │ (?P<text>[^\n]*)"
_NOT_INSTALLED = "{config}\u00a0: «\u00a0{name}\u00a0» n’est pas installé sur cette machine"
_WORDS = tuple(
    (re.compile(pattern), sentence)
    for pattern, sentence in (
        # MkDocs, then Zensical.
        (
            r"Doc file '(?P<page>.+?)' contains a link '(?P<link>.+?)', but the target .*is not found",
            "{page}\u00a0: le lien «\u00a0{link}\u00a0» ne mène nulle part",
        ),
        (rf"page {_DRAWN}", "{page}:{line}:{column}\u00a0: le lien «\u00a0{link}\u00a0» ne mène nulle part"),
        (
            rf"anchor {_DRAWN}",
            "{page}:{line}:{column}\u00a0: le repère «\u00a0{link}\u00a0» n’existe pas",
        ),
        (r"error reading page metadata '(?P<page>.+?)'", "{page}\u00a0: l’en-tête ne se lit pas"),
        (
            r"Config value '.+?': Unrecognised configuration name: (?P<name>\S+)",
            "{config}\u00a0: le réglage «\u00a0{name}\u00a0» n’existe pas",
        ),
        (
            r"""Config value '(?P<key>theme|plugins|hooks|markdown_extensions)': """
            r"""[^'"\n]*['"](?P<name>[^'"\n]+)['"][^\n]*(?:\nModuleNotFoundError: .*)?""",
            "{config}\u00a0: «\u00a0{name}\u00a0», sous «\u00a0{key}\u00a0», est introuvable ou n’est pas installé",
        ),
        (r"Config value '(?P<key>.+?)': ", "{config}\u00a0: le réglage «\u00a0{key}\u00a0» ne convient pas"),
        (r"Theme '(?P<name>.+?)' is not installed", _NOT_INSTALLED),
        (r"ModuleNotFoundError: No module named '(?P<name>.+?)'", _NOT_INSTALLED),
    )
)
_LINK = re.compile(r"[^)\s]+")
# What the machine refused to the engine, at the end of a traceback: a number, and most often a file or two.
_REFUSED = re.compile(
    r"^\w+Error: \[Errno (?P<number>\d+)\] [^:\n]*(?:: '(?P<one>[^'\n]+)')?(?: -> '(?P<other>[^'\n]+)')?", re.MULTILINE
)
# What is not recognised: a line of MkDocs's journal, or the end of a traceback.
_TELLING = re.compile(
    r"^(?:(?:WARNING|ERROR|CRITICAL) +- +|Error: |(?=[\w.]+(?:Error|Exception): ))(.+)$", re.MULTILINE
)


def explain(output: str, command: str, settings: Settings) -> str:
    """Explain the failure of an engine from all that it printed."""
    said = _COLOUR.sub("", output)
    found = list(dict.fromkeys(inert(sentence) for sentence in _sentences(said, settings)))
    if not found and (refused := _REFUSED.search(said)):
        number, one, other = refused.group("number", "one", "other")
        found = [inert(refusal(OSError(int(number), "", other or one)))]
    if not found and (line := _last_line(said)):
        found = [f"il a dit, en anglais\u00a0: «\u00a0{inert(french.shorten(line, _LONGEST))}\u00a0»"]
    advice = "" if found else f"\u00a0: vérifier {settings.config_file.name} et les pages écrites à la main"
    start = f"Les pages n’ont pas pu être mises en forme par «\u00a0{command}\u00a0»{advice}"
    return "\n  ".join([f"{start}; le dernier site reste en place.", *found[:MOST]])


def _sentences(said: str, settings: Settings) -> Iterator[str]:
    """Yield what is recognised; a part of the text that one sentence explains is not explained again."""
    places = {"config": settings.config_file.name}
    taken: list[range] = []
    for pattern, sentence in _WORDS:
        for match in pattern.finditer(said):
            if any(match.start() in span for span in taken):
                continue
            taken.append(range(*match.span()))
            values = {key: value for key, value in match.groupdict().items() if value is not None}
            if "page" in values:
                values["page"] = defaults.named(values["page"], settings)
            if "text" in values:
                link = _LINK.match(values["text"], int(values["column"]) - 1)
                values["link"] = link.group() if link else values["text"].strip()
            yield sentence.format_map(places | values)


def _last_line(said: str) -> str:
    """Give the last line that says why, without the traceback that leads to it; else the last one."""
    lines = _TELLING.findall(said) or [line for line in said.splitlines() if line.strip()]
    return lines[-1].strip() if lines else ""
