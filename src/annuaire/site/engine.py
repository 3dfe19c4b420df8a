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
from annuaire.site import complaint, handwritten
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile.source import parse_trusted

DEFAULT = "mkdocs"
ONLY_SHELLS = "ANNUAIRE_GABARITS"  # tells the MkDocs hook that shells alone are wanted
COMMANDS = {
    "mkdocs": "mkdocs build --strict --config-file {config} --site-dir {shells}",
    # Zensical takes no output folder on its command line and reads no hook: a configuration is written for it.
    "zensical": "zensical build --strict --config-file {shells}/mkdocs.yml",
}
_RENDERED = "rendu"
# Zensical puts SuperFences last, unless it is listed, and with it colours code; the plain fences of MkDocs come after.
_FENCES = ("pymdownx.superfences", "fenced_code")


@dataclass
class Engine:
    """Hold a running engine; `wait` gives the folder of shells."""

    process: subprocess.Popen[str]
    folder: Path
    command: str
    settings: Settings

    def wait(self) -> Path:
        """Wait for the shells; raise AnnuaireError, with what the engine found at fault, if it fails."""
        output, _ = self.process.communicate()
        if self.process.returncode != 0:
            raise AnnuaireError(complaint.explain(output, self.command, self.settings))
        if self.command == "zensical":
            _take_out(self.folder)
        return self.folder

    def stop(self) -> None:
        """Stop the engine if it still runs, when the records turn out to be wrong."""
        if self.process.stdout is not None and not self.process.stdout.closed:  # `wait` has not heard it out
            self.process.kill()
            self.process.communicate()


def start(settings: Settings, command: str, folder: Path) -> Engine:
    """Start the engine, which fills `folder`; its program is looked for beside this Python first.

    `command` is the name of an engine or a command line. Raise AnnuaireError when pages written by hand are
    wrong or when no program can be started.
    """
    handwritten.check(settings)
    command = command.strip()
    try:
        words = shlex.split(COMMANDS.get(command, command))
    except ValueError:
        words = []
    if not words:
        raise AnnuaireError(f"La commande de mise en forme «\u00a0{command}\u00a0» ne nomme aucun programme.")
    places = {"{shells}": str(folder), "{config}": str(settings.config_file)}
    for mark, place in places.items():
        words = [word.replace(mark, place) for word in words]
    local = Path(sys.executable).parent / words[0]
    if local.is_file():
        words[0] = str(local)
    if command == "zensical":
        _prepare(settings, folder)
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
    return Engine(process, folder, command, settings)


def _prepare(settings: Settings, folder: Path) -> None:
    """Lay out what Zensical needs in `folder`: it refuses pages and results that are not under its configuration.

    The configuration inherits the site's, whatever its folder, and says where the theme is: the hook tells MkDocs.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copytree(settings.pages, folder / "pages", symlinks=True)
    own: dict[str, Any] = {
        "INHERIT": str(settings.config_file),
        "docs_dir": "pages",
        "site_dir": _RENDERED,
        "theme": {"custom_dir": str(Path(__file__).parents[1] / "theme")},
    }
    # Lists and mappings of the same key are added up; without any, Zensical would take all its own extensions.
    listed = parse_trusted(settings.config_file, lenient_tags=True).get("markdown_extensions")
    own["markdown_extensions"] = {name: {} for name in _FENCES} if isinstance(listed, dict) else list(_FENCES)
    files.write(folder, "mkdocs.yml", json.dumps(own, ensure_ascii=False, indent=2) + "\n")  # JSON is YAML


def _take_out(folder: Path) -> None:
    """Keep of `folder` what Zensical rendered, in the place of what it was rendered from."""
    for path in folder.iterdir():
        if path.name != _RENDERED:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    # A page may have the name of this folder: it makes room first.
    rendered = (folder / _RENDERED).rename(folder / f".{_RENDERED}")
    for path in rendered.iterdir():
        path.rename(folder / path.name)
    rendered.rmdir()
