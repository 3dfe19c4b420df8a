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
from pathlib import Path
from typing import Any

from annuaire import files
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
    folder: Path
    command: str
    settings: Settings
    mark: str = ""

    def wait(self) -> Path:
        """Wait for the shells; raise AnnuaireError, with what the engine found at fault, if it fails."""
        if self.process is None:
            return self.folder / RENDERED
        output, _ = self.process.communicate()
        if self.process.returncode != 0:
            raise AnnuaireError(complaint.explain(output, self.command, self.settings))
        kept.keep(self.settings.cache, self.mark, self.folder / RENDERED)
        return self.folder / RENDERED

    def stop(self) -> None:
        """Stop the engine if it still runs, when the records turn out to be wrong."""
        if self.process and self.process.stdout and not self.process.stdout.closed:  # `wait` has not heard it out
            self.process.kill()
            self.process.communicate()


def start(settings: Settings, command: str, folder: Path) -> Engine:
    """Start the engine, which works in `folder`; its program is looked for beside this Python first.

    `command` is the name of an engine or a command line. `folder` holds the pages, those of the site and those of the
    program, and the configuration that names them; what is rendered goes to a folder inside. Raise AnnuaireError when
    pages written by hand are wrong or when no program can be started.
    """
    handwritten.check(settings)
    command = command.strip()
    try:
        words = shlex.split(COMMANDS.get(command, command))
    except ValueError:
        words = []
    if not words:
        raise AnnuaireError(f"La commande de mise en forme «\u00a0{command}\u00a0» ne nomme aucun programme.")
    mark = _prepare(settings, folder, command)
    if kept.bring(settings.cache, mark, folder / RENDERED):
        return Engine(None, folder, command, settings)
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
    return Engine(process, folder, command, settings, mark)


def _prepare(settings: Settings, folder: Path, command: str) -> str:
    """Lay out in `folder` what an engine reads: Zensical wants pages and results under its configuration.

    The configuration inherits the site's, whatever its folder, and says where the theme is. Give the mark under which
    what will be rendered may be kept, "" if nothing may: a command line may do anything.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pages = folder / "pages"
    if settings.pages.is_dir():
        shutil.copytree(settings.pages, pages, symlinks=True)
    for name, path in defaults.missing(settings).items():
        (pages / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, pages / name)
    site = parse_trusted(settings.config_file, lenient_tags=True)
    theme = site.get("theme", {})
    theme = {} if isinstance(theme, str) else theme
    own: dict[str, Any] = {
        "INHERIT": str(settings.config_file),
        "site_name": settings.site_name,
        "docs_dir": "pages",
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
    files.write(folder, CONFIG, json.dumps(own, ensure_ascii=False, indent=2) + "\n")  # JSON is YAML
    return kept.mark(folder, settings.config_file, site, command) if command in COMMANDS else ""
