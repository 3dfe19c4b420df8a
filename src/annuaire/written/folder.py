"""Judge all that stands in the folder of hand-written pages: texts, pictures, and what has no place there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from annuaire.config import Settings
from annuaire.text.addresses import is_plain
from annuaire.text.problems import Finding, Problem
from annuaire.written import drawing, page

PAGE = ".md"
DRAWING = ".svg"
# Files that a browser shows or saves, and never runs. What is not here (.html, .js, .css, .xml…) may act.
_PASSIVE = (
    ".avif .csv .docx .geojson .gif .ico .jpeg .jpg .json .mp3 .mp4 .odp .ods .odt .pdf .png .pptx .txt .vcf .webm "
    ".webp .xlsx .zip"
)
PASSIVE = frozenset(_PASSIVE.split())
_IGNORED = (".gitkeep",)


def check(settings: Settings) -> tuple[Problem, ...]:
    """Judge every file of the folder; give the problems by place."""
    found: list[Problem] = []
    for path in sorted(settings.pages.rglob("*")) if settings.pages.is_dir() else ():
        if path.is_symlink() or path.is_dir() or path.name in _IGNORED:
            continue  # `site.shells` refuses links: what they lead to is no text of the project
        file = settings.relative(path)
        try:
            size = path.stat().st_size if path.is_file() and needs_reading(file) else 0
            data = path.read_bytes() if 0 < size <= most_bytes(file) else b""
        except OSError as error:
            found.append(page.problem(file, Finding("lecture-impossible", values={"detail": str(error.errno)})))
            continue
        if size > len(data):
            found.append(page.too_large(file, size, most_bytes(file)))
        else:
            found += judge(file, data, path.relative_to(settings.pages).as_posix())
    return tuple(sorted(found))


def needs_reading(file: str) -> bool:
    """Tell whether what a file holds matters, or its kind alone."""
    return PurePosixPath(file).suffix.lower() in (PAGE, DRAWING)


def most_bytes(file: str) -> int:
    """Give how many bytes are read of a file that `needs_reading`; beyond, its weight alone is told."""
    return page.MAX_BYTES if PurePosixPath(file).suffix.lower() == PAGE else drawing.MAX_BYTES


def judge(file: str, data: bytes, inside: str) -> Iterator[Problem]:
    """Judge one file, whose path in the folder is `inside`: by its name, and by its bytes if it `needs_reading`."""
    suffix, name = PurePosixPath(file).suffix, PurePosixPath(file).name
    if not is_plain(inside.replace(" ", "")):  # engines make an address of it, in an attribute
        yield page.problem(file, Finding("page-nom", values={"valeur": name}))
    if suffix == PAGE:
        yield from page.judge(file, data)
    elif suffix.lower() == DRAWING:
        yield from drawing.judge(file, data)
    elif suffix.lower() not in PASSIVE:
        yield page.problem(file, Finding("page-fichier", values={"valeur": suffix or name}))
