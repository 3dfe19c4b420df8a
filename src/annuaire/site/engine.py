"""Run the theme engine that renders the shells once, as a program of its own.

An engine is named (`mkdocs`, `zensical`), and this module knows how it is called; or it is a command line, where
`{shells}` stands for the folder to fill and `{config}` for mkdocs.yml. What it says is shown only when it fails, in
French (`complaint`).
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from annuaire import files, keeping
from annuaire.config import Settings
from annuaire.depot import defaults
from annuaire.site import complaint, handwritten, kept
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile.source import parse_trusted

DEFAULT = "mkdocs"
ONLY_SHELLS = "ANNUAIRE_GABARITS"  # tells the plugin of MkDocs that shells alone are wanted
COMMANDS = {
    "mkdocs": "mkdocs build --strict --config-file {config}",
    # Zensical takes no output folder on its command line, and knows no plugin: what it needs is in the configuration.
    "zensical": "zensical build --strict --config-file {config}",
}
THEME = Path(__file__).parents[1] / "theme"
CONFIG = "mkdocs.yml"
PAGES = "pages"
RENDERED = "rendu"
# What pages are rendered with where mkdocs.yml says nothing: a short one is enough, and a newer program may need more.
_USUAL: dict[str, Any] = {
    "plugins": [],
    "not_in_nav": "/gabarits/\n",
    "markdown_extensions": ["attr_list", "md_in_html", "tables", "def_list"],
}
_THEME = {"name": "material", "language": "fr", "font": False}
# Zensical puts SuperFences last, unless it is listed, and with it colours code; the plain fences of MkDocs come after.
_FENCES = ["pymdownx.superfences", "fenced_code"]


@dataclass
class Engine:
    """Hold a running engine, or none where the shells were kept; `wait` gives the folder of shells."""

    process: subprocess.Popen[str] | None
    rendered: Path
    command: str
    settings: Settings
    mark: str = ""
    loan: kept.Loan | None = None

    def wait(self) -> Path:
        """Wait for the shells, to be read only; raise AnnuaireError, with what the engine found at fault, if it fails.

        They stand where they are kept, or in the folder where the engine worked, until `stop`.
        """
        if self.process is not None:
            output, _ = self.process.communicate()
            if self.process.returncode != 0:
                raise AnnuaireError(complaint.explain(output, self.command, self.settings))
            kept.keep(self.settings.cache, self.mark, self.rendered)
        return self.rendered

    def stop(self) -> None:
        """Let the shells go; stop the engine if it still runs, when the records turn out to be wrong."""
        if self.loan:
            self.loan.give_back()
        if self.process and self.process.stdout and not self.process.stdout.closed:  # `wait` has not heard it out
            self.process.kill()
            self.process.communicate()


def start(settings: Settings, command: str, folder: Path) -> Engine:
    """Start the engine, which works in `folder`; its program is looked for beside this Python first.

    `command` is the name of an engine or a command line. `folder` holds the pages, those of the site and those of the
    program, and the configuration that names them; what is rendered goes to a folder inside. It is not made where the
    shells were kept. Raise AnnuaireError when pages written by hand are wrong or when no program can be started.
    """
    handwritten.check(settings)
    command = command.strip()
    try:
        words = shlex.split(COMMANDS.get(command, command))
    except ValueError:
        words = []
    if not words:
        raise AnnuaireError(f"La commande de mise en forme «\u00a0{command}\u00a0» ne nomme aucun programme.")
    site = parse_trusted(settings.config_file, lenient_tags=True)
    configuration = _configuration(settings, site, command)
    mark = partial(kept.mark, laid=configuration, config_file=settings.config_file, site=site, command=command)
    if command in COMMANDS and (loan := kept.lend(settings.cache, mark(_pages(settings)))):
        return Engine(None, loan.folder, command, settings, loan=loan)
    _lay_out(settings, folder, configuration)
    name = mark(_contents(folder / PAGES)) if command in COMMANDS else ""  # a command line may do anything
    places = {"{shells}": str(folder / RENDERED), "{config}": str(folder / CONFIG)}
    for sign, place in places.items():
        words = [word.replace(sign, place) for word in words]
    words[0] = shutil.which(words[0], path=str(Path(sys.executable).parent)) or words[0]  # « mkdocs.exe » on Windows
    environment = os.environ | {
        ONLY_SHELLS: "oui",
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
        "PYTHONIOENCODING": "utf-8",
    }
    try:
        process = subprocess.Popen(
            words,
            cwd=settings.root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise AnnuaireError(
            f"Le programme «\u00a0{words[0]}\u00a0» n’a pas pu être lancé\u00a0: vérifier qu’il est installé."
        ) from error
    return Engine(process, folder / RENDERED, command, settings, name)


def _pages(settings: Settings) -> dict[bytes, bytes]:
    """Read the pages that an engine will read, by their names: those of the site and those of the program."""
    own = {os.fsencode(name): path.read_bytes() for name, path in defaults.missing(settings).items()}
    return _contents(settings.pages) | own


def _contents(folder: Path) -> dict[bytes, bytes]:
    pieces = keeping.tree(folder)
    return dict(zip(pieces, pieces, strict=True))


def _lay_out(settings: Settings, folder: Path, configuration: str) -> None:
    """Lay out in `folder` what an engine reads: Zensical wants pages and results under its configuration."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pages = folder / PAGES
    if settings.pages.is_dir():
        shutil.copytree(settings.pages, pages, symlinks=True)
    for name, path in defaults.missing(settings).items():
        (pages / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, pages / name)
    files.write(folder, CONFIG, configuration)


def _configuration(settings: Settings, site: dict[str, Any], command: str) -> str:
    """Write the configuration of an engine, which inherits that of the site and says where the theme is.

    `site` is what that of the site holds.
    """
    theme = site.get("theme", {})
    theme = {} if isinstance(theme, str) else theme
    own: dict[str, Any] = {
        "INHERIT": str(settings.config_file),
        "site_name": settings.site_name,
        "docs_dir": PAGES,
        "site_dir": RENDERED,
        "theme": {key: value for key, value in _THEME.items() if key not in theme} | {"custom_dir": str(THEME)},
    }
    if isinstance(site.get("theme"), str):  # a name alone would be lost among the rest
        own["theme"]["name"] = site["theme"]
    own |= {key: value for key, value in _USUAL.items() if key not in site}
    if isinstance(site.get("hooks"), list):
        own["hooks"] = [str(settings.root / str(name)) for name in site["hooks"]]
    if command == "zensical":  # it adds up the lists and mappings of the same key; without any, it takes all its own
        listed = site.get("markdown_extensions")
        usual = own.get("markdown_extensions", [])
        own["markdown_extensions"] = {name: {} for name in _FENCES} if isinstance(listed, dict) else usual + _FENCES
    return json.dumps(own, ensure_ascii=False, indent=2) + "\n"  # JSON is YAML
