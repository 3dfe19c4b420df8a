"""Lay out the folder of a site somewhere temporary, with a history of its own, and build it there.

The pages of the program are copied, so that a test may change one. Nothing here asserts anything.
"""

from __future__ import annotations

import gc
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from click.testing import CliRunner

from annuaire import build, config
from annuaire.cli import main as cli
from annuaire.config import Settings
from annuaire.depot.defaults import PAGES
from annuaire.photos.measuring import FOLDER as IMAGES
from annuaire.records import known
from annuaire.records.attachments import FOLDER as FILES
from annuaire.records.collections import EVERY
from annuaire.site import stock
from annuaire.steps import Summary

HERE = Path(__file__).parent
REPOSITORY = HERE.parent
EXAMPLES = REPOSITORY / "examples"
DATE = "2026-11-02T12:00:00+00:00"  # of the only commit of a temporary site: after every date in the Exemple records
# The machine's own git settings (signatures, hooks, line ends) must not show in what is tested.
GIT_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Essais",
    "GIT_AUTHOR_EMAIL": "essais@example.org",
    "GIT_COMMITTER_NAME": "Essais",
    "GIT_COMMITTER_EMAIL": "essais@example.org",
    "GIT_AUTHOR_DATE": DATE,
    "GIT_COMMITTER_DATE": DATE,
}
# Of the cache: what the next build need not make again.
KEPT = {"gabarits-gardes", "documents", "partage", IMAGES, known.FILE, stock.FOLDER}
NOISE = ("SOURCE_DATE_EPOCH", "GITHUB_ACTIONS", "ANNUAIRE_GABARITS")  # what would change a build or a report
_OURS = re.compile(r"(?m)^docs_dir: .*$")


@dataclass(frozen=True)
class Project:
    """Hold the folder of a site: `mkdocs.yml`, `content`, `pages`; it is built into `site`."""

    root: Path

    @property
    def config_file(self) -> Path:
        """Give its configuration."""
        return self.root / "mkdocs.yml"

    @property
    def enterprises(self) -> Path:
        """Give the folder of its records."""
        return self.root / "content" / "enterprises"

    @property
    def site(self) -> Path:
        """Give the folder it is built into."""
        return self.root / "site"

    @cached_property
    def settings(self) -> Settings:
        """Read its settings, once."""
        return config.load(self.config_file)

    def record(self, slug: str) -> Path:
        """Give the file of a record."""
        return self.enterprises / f"{slug}.yml"

    def configure(self, **replacements: str) -> None:
        """Replace settings of one line by their key, wherever they stand in the configuration."""
        text = self.config_file.read_text(encoding="utf-8")
        for key, value in replacements.items():
            text, count = re.subn(rf"(?m)^(\s*){key}:.*$", lambda m, k=key, v=value: f"{m[1]}{k}: {v}", text)  # type: ignore[misc]
            if count != 1:
                raise ValueError(f"{key} stands {count} times in {self.config_file.name}")
        self.config_file.write_text(text, encoding="utf-8")

    def commit(self) -> None:
        """Give the folder a history: everything in one commit, at `DATE`."""
        git = ["git", "-C", str(self.root)]
        environment = {**os.environ, **GIT_ENVIRONMENT}
        for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Essai"]):
            subprocess.run([*git, *words], env=environment, check=True, capture_output=True)

    def build(self, *, skip_invalid: bool = False) -> Summary:
        """Build the site as `annuaire build` does, in this process."""
        return build.build(self.settings, skip_invalid=skip_invalid)

    def call(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command of `annuaire` from the folder of the site, in this process."""
        return call(*arguments, folder=self.root, environment=environment)

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `annuaire` from the folder of the site, where the program itself is what is tested."""
        return run("annuaire", *arguments, folder=self.root, environment=environment)

    def copy(self, folder: Path) -> Project:
        """Copy the site somewhere, with its history and what was built."""
        shutil.copytree(self.root, folder, symlinks=True, dirs_exist_ok=True)
        return Project(folder)

    def pages(self) -> dict[str, Path]:
        """List the pages of the built site by address."""
        found = {}
        for path in sorted(self.site.rglob("*.html")):
            name = path.relative_to(self.site).as_posix()
            found[name.removesuffix("index.html") if name.endswith("index.html") else name] = path
        return found


def lay_out(folder: Path, source: Path, *, records: bool = True) -> Project:
    """Copy a site (`examples/` most often) into `folder`, around the program's pages; its records too by default."""
    shutil.copytree(PAGES, folder / "pages")
    if records and (source / "content" / "pages" / FILES).is_dir():
        shutil.copytree(source / "content" / "pages" / FILES, folder / "pages" / FILES)
    for name in (*EVERY, IMAGES, "vocabularies"):
        if (source / "content" / name).is_dir() and (records or name == "vocabularies"):
            shutil.copytree(source / "content" / name, folder / "content" / name)
    (folder / "content" / "enterprises").mkdir(parents=True, exist_ok=True)
    exceptions = source / "content" / "exceptions.yml"
    if records and exceptions.is_file():
        shutil.copy(exceptions, folder / "content")
    text = _OURS.sub("docs_dir: pages", (source / "mkdocs.yml").read_text(encoding="utf-8"))
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    (folder / ".gitignore").write_text("site\n.annuaire\n", encoding="utf-8")
    return Project(folder)


def call(
    *arguments: str, folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command of `annuaire` as the program does, without starting one: a new Python takes a second to be ready.

    What would be a traceback there fails the test here.
    """
    code: str | int | None = 0
    overrides = {**dict.fromkeys(NOISE), **(environment or {})}
    with pytest.MonkeyPatch.context() as patch, CliRunner().isolation(env=overrides) as (said, complained, _):
        patch.chdir(folder)
        patch.setattr(sys, "argv", ["annuaire", *arguments])
        try:
            cli.main()
        except SystemExit as stopped:
            code = stopped.code
        finally:
            gc.enable()  # the program does without for as long as it runs, and to its end
            gc.unfreeze()
        sys.stdout.flush()
        out, err = said.getvalue().decode(), complained.getvalue().decode()
    return subprocess.CompletedProcess(["annuaire", *arguments], int(code or 0), out, err)


def run(
    program: str, *arguments: str, folder: Path, environment: Mapping[str, str] | None = None, timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run a program of this environment (`annuaire`, `mkdocs`…) and wait for it."""
    return subprocess.run(
        [str(tool(program)), *arguments],
        cwd=folder,
        env=clean_environment() | dict(environment or {}),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=timeout,
    )


def tool(program: str) -> Path:
    """Find a program beside this Python."""
    return Path(sys.executable).parent / program


def clean_environment() -> dict[str, str]:
    """Give this process's environment without what would change a build or a report."""
    return {key: value for key, value in os.environ.items() if key not in NOISE} | {"NO_MKDOCS_2_WARNING": "1"}


def digest(folder: Path) -> dict[str, str]:
    """Give the hash of every file of a folder by name."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found[path.relative_to(folder).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def minimal_record(name: str, town: str, **fields: str) -> str:
    """Write the shortest record that is accepted, with more lines if given."""
    more = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return (
        f"nom: {name}\nforme_juridique: obnl\nstatut: active\nsecteur: arts-culture\n{more}"
        f"etablissements:\n  - municipalite: {town}\nverification:\n  statut: a-confirmer\n"
    )


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something to come true; fail when it does not."""
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            raise TimeoutError(f"still not true after {seconds} s")
        time.sleep(0.02)
