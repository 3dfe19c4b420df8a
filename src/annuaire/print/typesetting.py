"""Typeset a template of the package with some data, as PDF that Typst itself checks (PDF/UA-1 and PDF/A-2a).

Typst refuses what those two standards refuse: an image without alternative text, a character that no font has. What a
font cannot show is therefore told apart before (`printable`): a letter becomes a box, anything else is left out.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import metadata, resources
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, TypeVar

from annuaire.pages.contact import pieces
from annuaire.processes import limited
from annuaire.text.french import NBSP
from annuaire.text.problems import AnnuaireError
from annuaire.text.typography import printed

R = TypeVar("R")
STANDARDS: tuple[Literal["ua-1"], Literal["a-2a"]] = ("ua-1", "a-2a")
BOX = "\u25a1"  # stands for a letter that no font of ours has
# What Lato, else Libertinus Serif (which Typst holds), shows in each style: tried character by character. Typst refuses
# the rest, or, for a few, stops for good.
_SHOWN = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x24F), (0x391, 0x3A1), (0x3A3, 0x3C9), (0x400, 0x45F), (0x1E00, 0x1EFF),
    (0x2010, 0x2027), (0x202F, 0x203A), (0x20A0, 0x20BF), (0x2122, 0x2122), (0x2190, 0x2199), (0x2212, 0x2212),
    (0x2248, 0x2248), (0x2260, 0x2265), (0x25A0, 0x25CF), (0x2610, 0x2612), (0x2713, 0x2713),
)  # fmt: skip
_FONTS = "font_lato"
_SECONDS, _MEMORY = 3600, 4 << 30  # of processor, and bytes: what making every document may take
_HYPHENS = re.compile(r"(?<=-)")
_LONGEST = 30  # characters that never break
_inside = False  # whether this process may use Typst
_AS_WRITTEN = frozenset({"lien", "morceaux", "qr", "svg"})
_CODE = ("m", 2, 4)  # of a QR code: how much of it may be hidden, its border and its squares
_LIBRARIES = ("typst", "segno", _FONTS)


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Typeset `templates/<template>.typ` with its data; the same data give the same bytes.

    Raise AnnuaireError when the libraries are not there, or when Typst refuses the document.
    """
    if not _inside:
        return isolated(lambda: pdf(template, data))
    import typst

    try:
        made = compiler(template, data).compile(format="pdf", pdf_standards=[*STANDARDS])
    except typst.TypstError as error:
        raise AnnuaireError(
            f"Typst refuse le document «{NBSP}{template}{NBSP}»{NBSP}: {error.message}. C’est un défaut du programme, "
            "non des fiches\u00a0: le signaler."
        ) from error
    if not isinstance(made, bytes):
        raise AnnuaireError(f"Typst n’a rien fait du document «{NBSP}{template}{NBSP}».")
    return made


def compiler(template: str, data: Mapping[str, Any]) -> Any:
    """Give what typesets a template with its data, in a process that will not fork any more."""
    import typst

    return typst.Compiler(
        _folder() / f"{template}.typ",
        root=_folder(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": encoded(_drawn(data))},
    )


def isolated(work: Callable[[], R]) -> R:
    """Do some work that typesets in a process of its own, where there are some, and return its result.

    Typst keeps threads: a process that has used it once must not fork any more, and the build does. What it takes of
    memory is bounded too, and given back.
    """
    check()

    def inside() -> R:
        global _inside
        _inside = True
        return work()

    return limited(inside, _SECONDS, _MEMORY)


def check() -> None:
    """Raise AnnuaireError when what makes documents is not installed."""
    from importlib.util import find_spec

    missing = [name for name in _LIBRARIES if find_spec(name) is None]
    if missing:
        raise AnnuaireError(
            f"Il manque de quoi faire les documents à imprimer ({', '.join(missing)})\u00a0: installer annuaire avec "
            "son complément «\u00a0papier\u00a0» («\u00a0make site\u00a0» le fait), ou enlever le réglage "
            "«\u00a0documents\u00a0»."
        )


def encoded(data: Mapping[str, Any]) -> str:
    """Write data as JSON, every text made printable; all but addresses and drawings get French signs and spaces."""
    return json.dumps(_printable(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(template: str, data: Mapping[str, Any]) -> str:
    """Name all that a document is made from: its data, the templates, Typst and the fonts."""
    return hashlib.sha256(f"{_made_with()}\0{template}\0{encoded(data)}".encode()).hexdigest()


@lru_cache(maxsize=1)
def _made_with() -> str:
    names = sorted(path for path in _folder().iterdir() if path.suffix == ".typ")
    sources = "\0".join(f"{path.name}\0{path.read_text(encoding='utf-8')}" for path in names)
    versions = " ".join(metadata.version(name.replace("_", "-")) for name in _LIBRARIES)
    return f"{versions}\0{_CODE}\0{sources}"


@lru_cache(maxsize=65_536)
def printable(text: str) -> str:
    """Give what can be printed of a text: line breaks are spaces, an unknown letter is a box, a sign is left out."""
    shown = []
    for character in unicodedata.normalize("NFC", text):
        if any(first <= ord(character) <= last for first, last in _SHOWN):
            shown.append(character)
        elif character.isspace():
            shown.append(" ")
        elif unicodedata.category(character)[0] in "LN":
            plain = unicodedata.normalize("NFKC", character)
            is_known = plain != character and plain.isascii() and plain.isprintable()
            shown.append(plain if is_known else BOX)
    return "".join(shown)


def _printable(value: Any, *, is_said: bool = True) -> Any:
    if isinstance(value, str):
        return printable(printed(value) if is_said else value)
    if isinstance(value, Mapping):
        return {key: _printable(one, is_said=is_said and key not in _AS_WRITTEN) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one, is_said=is_said) for one in value]
    return value


def code(url: str, title: str, text: str = "") -> dict[str, Any]:
    """Make what shows where a document leads: a QR code with its alternative text, a title, the address in words.

    The code itself is drawn when it is typeset: it takes ten times what a sheet needs to be told from its former self.
    """
    return {
        "qr": url,
        "alt": f"Code QR qui mène à {url}",
        "titre": title,
        "lien": url,
        "morceaux": cut(text or url.partition("://")[2].rstrip("/")),
    }


def _drawn(value: Any) -> Any:
    """Draw the QR codes of some data."""
    import segno

    if isinstance(value, list | tuple):
        return [_drawn(one) for one in value]
    if not isinstance(value, Mapping):
        return value
    found = {key: _drawn(one) for key, one in value.items() if key != "qr"}
    if "qr" in value:
        picture = BytesIO()
        segno.make(value["qr"], error=_CODE[0], micro=False).save(
            picture, kind="svg", xmldecl=False, border=_CODE[1], scale=_CODE[2]
        )
        found["svg"] = picture.getvalue().decode("ascii")
    return found


def cut(address: str) -> list[str]:
    """Cut what is read of an address where a line may break: the parts hold no more than a narrow column."""
    found = [piece for part in address.split(" ") for piece in [*pieces(part), " "]][:-1]
    found = [part for piece in found for part in (_HYPHENS.split(piece) if len(piece) > _LONGEST else [piece])]
    return [piece[start : start + _LONGEST] for piece in found for start in range(0, len(piece), _LONGEST)]


def _folder() -> Path:
    return Path(str(resources.files("annuaire.print").joinpath("templates")))


@lru_cache(maxsize=1)
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(resources.files(_FONTS).joinpath("files"))])
