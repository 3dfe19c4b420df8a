"""Let `mkdocs build` and `mkdocs serve` do alone what `annuaire build` does: the plugin `annuaire` of MkDocs.

MkDocs renders the shells into a folder of their own; the records are judged before it starts and poured into
the shells once it is done, so that the last good site survives any fault. No logic here: see `annuaire.build`, which
is imported only where records are read, since `annuaire build` asks MkDocs for the shells alone. It is the only module
that may import MkDocs, which loads it by the name that pyproject.toml gives it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from mkdocs.config.base import Config
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File

from annuaire.depot import defaults
from annuaire.site import engine
from annuaire.text.problems import AnnuaireError, WrongRecordsError


class Options(Config):  # type: ignore[no-untyped-call]
    """Hold no option: all is under `extra: annuaire:`."""


class AnnuairePlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Judge the records before MkDocs writes anything, and pour them into what it rendered."""

    def __init__(self) -> None:
        self.is_alone = engine.ONLY_SHELLS not in os.environ  # else `annuaire build` does the rest
        self.settings: Any = None
        self.loaded: Any = None
        self.summary: Any = None
        self.out = Path()

    def on_config(self, config: Any) -> Any:
        """Send the shells to a folder of their own and let the theme of the package be found."""
        if str(engine.THEME) not in config.theme.dirs:
            config.theme.dirs.insert(0, str(engine.THEME))
        if self.is_alone:
            from annuaire import build
            from annuaire import config as configuration
            from annuaire.steps import Summary

            self.settings = _or_abort(lambda: configuration.load(Path(config.config_file_path)))
            self.out, self.summary = Path(config.site_dir), Summary()
            config.site_dir = str(self.settings.cache / f"{build.SHELLS}.{os.getpid()}")  # two runs do not share it
        return config

    def on_pre_build(self, config: Any) -> None:
        """Judge the records before MkDocs writes anything."""
        if self.is_alone:
            from annuaire import build

            self.loaded = _or_abort(
                lambda: build.judge(self.settings, self.summary, skip_invalid=False, progress=lambda *_: None)
            )

    def on_files(self, files: Any, config: Any) -> Any:
        """Add the default pages that the site did not write."""
        for name in sorted(defaults.every().keys() - files.src_uris.keys()):
            files.append(File(name, str(defaults.PAGES), config.site_dir, config.use_directory_urls))
        return files

    def on_post_build(self, config: Any) -> None:
        """Pour the records into the shells."""
        if self.is_alone:
            from annuaire import making

            shells = Path(config.site_dir)
            try:
                _or_abort(
                    lambda: making.finish(self.settings, self.loaded, shells, self.out, self.summary, lambda *_: None)
                )
            finally:
                shutil.rmtree(shells, ignore_errors=True)


def _or_abort(action: Any) -> Any:
    try:
        return action()
    except WrongRecordsError as error:
        from annuaire.cli import reporters

        report = reporters.text(error.problems, error.counts)
        raise Abort(f"{report}\n{error}") from error
    except AnnuaireError as error:
        raise Abort(str(error)) from error
