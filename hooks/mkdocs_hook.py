"""Let `mkdocs build` and `mkdocs serve` do alone what `annuaire build` does.

MkDocs renders the shells into a folder of their own; the records are judged before it starts and poured into
the shells once it is done, so that the last good site survives any fault. No logic here: see `annuaire.build`, which
is imported only where records are read: `annuaire build` has its own, and asks MkDocs for the shells alone.
"""

from __future__ import annotations

import os
import shutil
from importlib import resources
from pathlib import Path
from typing import Any

from mkdocs.exceptions import Abort

from annuaire.site import engine
from annuaire.text.problems import AnnuaireError, WrongRecordsError

_state: dict[str, Any] = {}


def on_config(config: Any, **_: Any) -> Any:
    """Send the shells to a folder of their own and let the theme of the package be found."""
    theme = str(resources.files("annuaire") / "theme")
    if theme not in config.theme.dirs:
        config.theme.dirs.insert(0, theme)
    if engine.ONLY_SHELLS not in os.environ:
        from annuaire import build

        settings = _settings(config)
        _state.update(settings=settings, out=Path(config.site_dir), summary=build.Summary())
        config.site_dir = str(settings.cache / f"{build.SHELLS}.{os.getpid()}")  # two runs do not share it
    return config


def on_pre_build(**_: Any) -> None:
    """Judge the records before MkDocs writes anything."""
    if engine.ONLY_SHELLS not in os.environ:
        from annuaire import build

        _state["loaded"] = _or_abort(
            lambda: build.judge(_state["settings"], _state["summary"], skip_invalid=False, progress=lambda *_: None)
        )


def on_post_build(config: Any, **_: Any) -> None:
    """Pour the records into the shells."""
    if engine.ONLY_SHELLS not in os.environ:
        from annuaire import build

        shells = Path(config.site_dir)
        try:
            _or_abort(
                lambda: build.finish(
                    _state["settings"], _state["loaded"], shells, _state["out"], _state["summary"], lambda *_: None
                )
            )
        finally:
            shutil.rmtree(shells, ignore_errors=True)


def _settings(mkdocs_config: Any) -> Any:
    from annuaire import config as configuration

    return _or_abort(lambda: configuration.load(Path(mkdocs_config.config_file_path)))


def _or_abort(action: Any) -> Any:
    try:
        return action()
    except WrongRecordsError as error:
        from annuaire.cli import reporters

        report = reporters.text(error.problems, error.counts)
        raise Abort(f"{report}\n{error}") from error
    except AnnuaireError as error:
        raise Abort(str(error)) from error
