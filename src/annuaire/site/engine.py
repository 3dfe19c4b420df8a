"""Run the theme engine that renders the shells once, as a program of its own.

The engine is one command (`mkdocs build …`), with `{shells}` for the folder it must fill: changing engine is
changing that line. Its output is shown only when it fails or warns.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from annuaire.config import Settings
from annuaire.text.problems import AnnuaireError

DEFAULT = "mkdocs build --strict --site-dir {shells}"
ONLY_SHELLS = "ANNUAIRE_GABARITS"  # tells the MkDocs hook that shells alone are wanted


@dataclass
class Engine:
    """Hold a running engine; `wait` gives the folder of shells."""

    process: subprocess.Popen[str]
    folder: Path
    command: str

    def wait(self) -> Path:
        """Wait for the shells; raise AnnuaireError with the engine's own words if it fails."""
        output, _ = self.process.communicate()
        if self.process.returncode != 0:
            said = f"\nCe programme a répondu (en anglais)\u00a0:\n{output.strip()}" if output.strip() else ""
            raise AnnuaireError(
                f"Les pages n’ont pas pu être mises en forme par «\u00a0{self.command}\u00a0»\u00a0: vérifier "
                f"mkdocs.yml et les pages de content/pages; le dernier site reste en place.{said}"
            )
        return self.folder

    def stop(self) -> None:
        """Stop the engine if it still runs, when the records turn out to be wrong."""
        if self.process.stdout is not None and not self.process.stdout.closed:  # `wait` has not heard it out
            self.process.kill()
            self.process.communicate()


def start(settings: Settings, command: str, folder: Path) -> Engine:
    """Start the engine, which fills `folder`; its program is looked for beside this Python first."""
    try:
        words = [word.replace("{shells}", str(folder)) for word in shlex.split(command)]
    except ValueError:
        words = []
    if not words:
        raise AnnuaireError(f"La commande de mise en forme «\u00a0{command}\u00a0» ne nomme aucun programme.")
    local = Path(sys.executable).parent / words[0]
    if local.is_file():
        words[0] = str(local)
    environment = {**os.environ, ONLY_SHELLS: "oui", "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    try:
        process = subprocess.Popen(
            words,
            cwd=settings.root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    except OSError as error:
        raise AnnuaireError(
            f"Le programme «\u00a0{words[0]}\u00a0» n’a pas pu être lancé\u00a0: vérifier qu’il est installé."
        ) from error
    return Engine(process, folder, command)
