"""Find the cases of the validation corpora and judge them as a site would.

`<code>/accepte/` and `<code>/refuse/` hold cases; a case is one record file, a folder of records, or a folder laid out
like `content/` (`enterprises/`, `territories/`…, `exceptions.yml`), where settings may stand too (`mkdocs.yml`). A
`.md` file, or any file under a code about pages, is one of the hand-written pages. Beside a refused case, `<name>.txt`
is the whole report (`<name>.md.txt` for a page). A case of `archive-registre` is a file whose first line is the name
that the others have in the repository: none of these may stand there, even here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from annuaire import config
from annuaire.catalogue import exceptions
from annuaire.catalogue.loading import Loaded
from annuaire.cli import reporters
from annuaire.config import Pole, Settings
from annuaire.places import territories, vocabularies
from annuaire.places.samples import localised
from annuaire.records import attachments, registry_files
from annuaire.records.collections import ENTERPRISES, EVERY
from annuaire.records.reading import Folder, from_file
from annuaire.rules import Context, judge
from annuaire.schema import Schema, load
from annuaire.text.messages import wordings
from annuaire.text.problems import Problem, Reach
from annuaire.written import folder as written_pages

HERE = Path(__file__).parent
TODAY = date(2026, 11, 22)
GOLDEN = ".txt"
OF_PAGES = frozenset(code for code, wording in wordings().items() if wording.reach is Reach.PAGE)


@dataclass(frozen=True)
class Case:
    """Hold one case: the code it is about, whether it must be refused, and where it is."""

    code: str
    is_refused: bool
    path: Path

    def __str__(self) -> str:
        return f"{self.code}/{self.path.parent.name}/{self.path.name}"

    @property
    def golden(self) -> Path:
        """Give the file that holds the expected report."""
        keeps_extension = self.path.is_dir() or self.path.suffix == written_pages.PAGE or self.code in OF_PAGES
        return self.path.with_name(self.path.name + GOLDEN) if keeps_extension else self.path.with_suffix(GOLDEN)


def cases() -> Iterator[Case]:
    """List every case."""
    for folder in sorted(path for path in HERE.iterdir() if path.is_dir() and path.name != "__pycache__"):
        for kind in ("accepte", "refuse"):
            for path in sorted((folder / kind).iterdir()) if (folder / kind).is_dir() else ():
                if path.suffix != GOLDEN:
                    yield Case(folder.name, kind == "refuse", path)


def settings(content: Path, regions: tuple[str, ...] = ("04",)) -> Settings:
    """Make the settings of a site whose content is a case."""
    return Settings(
        root=content,
        config_file=content / "mkdocs.yml",
        site_name="Essai",
        site_url="https://exemple.org/",
        site_dir=content / "site",
        pages=content / "pages",
        content=content,
        publication="demonstration",
        regions=regions,
        pole=Pole(),
        data_licence="",
        repository="",
        edit_prefix="",
    )


@cache
def _tables() -> tuple[territories.Territories, vocabularies.Vocabularies]:
    return territories.load(), vocabularies.load()


@cache
def schema(name: str) -> Schema:
    """Give the schema of a collection as that site has it: its examples are of Mauricie."""
    return localised(load(name), _tables()[0], ("04",))


def context(content: Path, regions: tuple[str, ...] = ("04",)) -> Context:
    """Make what rules may know: the package's tables, Mauricie, a fixed day."""
    own = settings(content, regions)
    told = content / "tailles.txt"  # of files too large to be kept here
    lines = told.read_text(encoding="utf-8").split("\n") if told.is_file() else []
    sizes = {name: int(size) for name, _, size in (line.partition(" ") for line in lines) if size}
    return Context(own, *_tables(), TODAY, attachments={**attachments.sizes(own), **sizes})


def judge_case(path: Path) -> tuple[list[Problem], int]:
    """Judge a case; give its problems and the number of its records."""
    if path.suffix == written_pages.PAGE or path.parts[-3] in OF_PAGES:
        return sorted(written_pages.judge(path.name, path.read_bytes(), path.name)), 1
    if path.parts[-3] == registry_files.CODE:
        name, _, content = path.read_text(encoding="utf-8").partition("\n")
        return list(registry_files.judge(name, content.encode())), 1
    if path.is_file():
        record = from_file(path, path.name, schema(ENTERPRISES))
        return judge([record], context(path.parent)), 1
    collections = [name for name in EVERY if (path / name).is_dir()]
    records = {
        name: tuple(Folder(path / name if collections else path, path, schema(name)).read())
        for name in collections or [ENTERPRISES]
    }
    known = context(path).knowing(records)
    problems = [problem for found in records.values() for problem in judge(found, known)]
    if (path / "mkdocs.yml").is_file():
        site = Context(config.load(path / "mkdocs.yml"), *_tables(), TODAY)
        loaded = Loaded(site, dict.fromkeys(EVERY, ()) | records, tuple(problems))
        problems += loaded.unmet_needs()
    slugs = {record.slug for found in records.values() for record in found}
    return exceptions.apply(problems, path / "exceptions.yml", settings(path), slugs), len(slugs)


def report(path: Path) -> str:
    """Give the report of a case, as `annuaire validate` prints it."""
    problems, count = judge_case(path)
    return reporters.text(problems, {ENTERPRISES: count}) + "\n"
