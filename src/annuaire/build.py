"""Build the site: the steps, in order, and nothing else.

Everything is read and judged before anything is written; the new site is made beside the present one and takes
its place only when its links have been checked.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from annuaire import config
from annuaire.catalogue import sources
from annuaire.catalogue.loading import Loaded, Loader
from annuaire.config import Settings
from annuaire.site import engine, exchange, handwritten
from annuaire.steps import Progress, Summary
from annuaire.written import folder as written_pages

SHELLS = "gabarits"


def build(
    settings: Settings,
    *,
    command: str = engine.DEFAULT,
    out: Path | None = None,
    shell_folder: Path | None = None,
    skip_invalid: bool = False,
    progress: Progress = lambda *_: None,
) -> Summary:
    """Build the whole site: shells by the theme engine, records, pages, search.

    Shells are kept only when `shell_folder` says where; two builds at once do not share them.

    Raise WrongRecordsError when records have errors (unless `skip_invalid`, which leaves those out and lists
    them), AnnuaireError when something else stops the build. In both cases the present site stays.
    """
    summary = Summary()
    out = out or settings.site_dir
    exchange.check_place(out)
    config.reference_date(settings.root)  # refused now rather than by the engine, in English
    exchange.sweep(settings.cache, SHELLS)
    folder = shell_folder or settings.cache / f"{SHELLS}.{os.getpid()}"
    if written_pages.check(settings):
        judge(settings, summary, skip_invalid=skip_invalid, progress=progress)  # no engine reads a page that is refused
    running = engine.start(settings, command, folder)
    try:
        loaded = judge(settings, summary, skip_invalid=skip_invalid, progress=progress)
        with summary.step("Mise en page des gabarits", progress):
            summary.shells = running.wait()
        get_ready()
        from annuaire import making

        return making.finish(settings, loaded, summary.shells, out, summary, progress)
    finally:
        running.stop()
        if shell_folder is None:
            shutil.rmtree(folder, ignore_errors=True)


def judge(settings: Settings, summary: Summary, *, skip_invalid: bool, progress: Progress) -> Loaded:
    """Read and judge every record and page; raise WrongRecordsError on errors, of pages alone if `skip_invalid`."""
    handwritten.check(settings)  # again: MkDocs alone starts no engine of ours
    with summary.step("Lecture et vérification des fiches", progress):
        loaded = Loader(settings).load(config.judging_date(settings.root), aside=get_ready)
    if loaded.wrong_pages or (loaded.errors and not skip_invalid):
        raise loaded.refusal()
    sources.check(loaded.sources, settings)
    summary.left_out = loaded.errors
    summary.warnings = tuple(p for p in loaded.problems if p not in loaded.errors)
    return loaded


def get_ready() -> None:
    """Import what makes pages, and let it get ready: done while other processes read the records, where there are many.

    It takes as long as reading some thousand records, and reading needs none of it.
    """
    from annuaire import making

    making.get_ready()
