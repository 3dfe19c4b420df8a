"""Build the site: the steps, in order, and nothing else.

Everything is read and judged before anything is written; the new site is made beside the present one and takes
its place only when its links have been checked.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from annuaire import config, exports, files, keeping, pages, processes, urls
from annuaire.catalogue import sources
from annuaire.catalogue.differences import Wording
from annuaire.catalogue.frame import frame
from annuaire.catalogue.loading import Loaded, Loader
from annuaire.catalogue.supply import supply_of
from annuaire.config import Settings
from annuaire.pages.page import Plan
from annuaire.pages.redirect import redirects
from annuaire.pages.reference import Version
from annuaire.places import territories, vocabularies
from annuaire.print import documents
from annuaire.records.collections import BY_NAME, COLLECTIONS, ENTERPRISES, parted, reference
from annuaire.sharing import writing as sharing
from annuaire.site import engine, gate, handwritten, hosting, policy, shells, stamp
from annuaire.site.stock import FOLDER, Stock
from annuaire.text.problems import AnnuaireError, Problem
from annuaire.timeline import days, history, ledger, recent
from annuaire.written import folder as written_pages

Progress = Callable[[str, int, int], None]
SHELLS = "gabarits"


@dataclass
class Summary:
    """Say what a build did: seconds by step, counts, problems and what was left out."""

    steps: list[tuple[str, float]] = field(default_factory=list)
    pages: int = 0
    records: int = 0
    warnings: tuple[Problem, ...] = ()
    left_out: tuple[Problem, ...] = ()
    site: Path = Path()

    @contextmanager
    def step(self, name: str, progress: Progress) -> Iterator[None]:
        """Time one step and announce it."""
        progress(name, 0, 0)
        start = time.perf_counter()
        yield
        self.steps.append((name, time.perf_counter() - start))


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
    stamp.check_place(out)
    config.reference_date(settings.root)  # refused now rather than by the engine, in English
    stamp.sweep(settings.cache, SHELLS)
    folder = shell_folder or settings.cache / f"{SHELLS}.{os.getpid()}"
    if written_pages.check(settings):
        judge(settings, summary, skip_invalid=skip_invalid, progress=progress)  # no engine reads a page that is refused
    running = engine.start(settings, command, folder)
    try:
        loaded = judge(settings, summary, skip_invalid=skip_invalid, progress=progress)
        with summary.step("Mise en page des gabarits", progress):
            rendered = running.wait()
        return finish(settings, loaded, rendered, out, summary, progress)
    finally:
        running.stop()
        if shell_folder is None:
            shutil.rmtree(folder, ignore_errors=True)


def judge(settings: Settings, summary: Summary, *, skip_invalid: bool, progress: Progress) -> Loaded:
    """Read and judge every record and page; raise WrongRecordsError on errors, of pages alone if `skip_invalid`."""
    handwritten.check(settings)  # again: MkDocs alone starts no engine of ours
    with summary.step("Lecture et vérification des fiches", progress):
        loaded = Loader(settings).load(config.judging_date(settings.root))
    if loaded.wrong_pages or (loaded.errors and not skip_invalid):
        raise loaded.refusal()
    sources.check(loaded.sources, settings)
    summary.left_out = loaded.errors
    summary.warnings = tuple(p for p in loaded.problems if p not in loaded.errors)
    return loaded


def finish(
    settings: Settings, loaded: Loaded, shell_folder: Path, out: Path, summary: Summary, progress: Progress
) -> Summary:
    """Pour judged records into shells and publish: data files, pages, links, search, then the exchange."""
    out = out.resolve()
    stamp.check_place(out)
    stamp.recover(out)
    staging = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with summary.step("Catalogue", progress):
            site, changes = gather(settings, loaded)
            staging.mkdir(parents=True)
            files.write(staging, stamp.MARK, "Ce dossier est refait par annuaire\u00a0: ne rien y écrire.\n")
        with (
            processes.meanwhile(partial(exports.write_listed, site, staging, changes)) as listed,
            processes.meanwhile(partial(exports.write_for_pages, site, staging, changes)) as others,
        ):
            with summary.step("Voisinages", progress):
                pages.prepare(site)
            if settings.documents:
                with summary.step("Documents à imprimer", progress):
                    site = pages.with_documents(site, documents.write(site, staging, changes))
            with summary.step("Images", progress):
                sharing.write(site.catalogue, settings, staging)
            with summary.step("Données à télécharger et pages", progress):
                gate.refuse(shell_folder, settings)
                frames = shells.load(shell_folder, policy.exceptions(settings))
                plans = [plan for plan in pages.plans(site) if plan.url != urls.DATA]
                frames.refuse_unfilled((*(plan.url for plan in plans), urls.DATA))
                dated = days.days(settings, site.catalogue, changes)
                stock = _stock(settings, loaded, plans)
                stamper = stamp.Stamper(frames, settings, staging, dated, stock=stock)
                written = stamper.write_all(plans, lambda count: progress("Pages", count, len(plans)))
                stock.close(written.kept)
                site = pages.with_files(site, listed())
                others()
                stamper.write(pages.data_plan(site).build(), written)
                stamp.copy_shell_files(frames, staging, written, dated)
                for url, html in redirects(site.catalogue, settings):
                    files.write(staging, urls.output_path(url), html)
                exports.write_indexes(site, staging, written.indexed)
                hosting.write(settings, staging)
        with summary.step("Liens", progress):
            broken = stamp.check_links(staging, written)
            if broken:
                raise AnnuaireError("Des liens ne mènent nulle part\u00a0:\n  " + "\n  ".join(broken[:20]))
        with summary.step("Publication", progress):
            stamp.publish(staging, out)
            stamp.recover(out)  # a program that a killed run had started may have written since
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    summary.pages, summary.records, summary.site = written.count, len(site.catalogue.enterprises), out
    return summary


def _stock(settings: Settings, loaded: Loaded, plans: Sequence[Plan]) -> Stock:
    """Open what the last build kept of its pages, under the mark of all that they may depend on."""
    wrong = loaded.wrong_files
    good = [record for record in loaded.enterprises if record.file not in wrong]
    others = (record for name, records in loaded.records.items() if name != ENTERPRISES for record in records)
    context = loaded.context
    mark = keeping.mark(
        *(repr(settings), repr(context.attachments), repr(context.images), repr(sorted(wrong))),
        keeping.mark(*keeping.tree(settings.own_tables)),
        keeping.mark(*(text for record in others for text in (record.file, record.document.text))),
        keeping.mark(*(text for record in good for text in (record.slug, frame(record.values)))),
        keeping.mark(*(plan.url for plan in plans)),
    )
    return Stock(settings.cache / FOLDER, mark, {record.slug: files.digest(record.document.text) for record in good})


def gather(settings: Settings, loaded: Loaded) -> tuple[pages.Site, dict[str, history.Change]]:
    """Make the catalogue and say which version of the data it is."""
    catalogue = loaded.catalogue()
    commit = config.commit_id(settings.root)
    changes = _history(settings, commit)
    version = Version(
        commit=commit,
        date=config.reference_date(settings.root),
        records=len(catalogue.enterprises),
        sha256=loaded.sha256,
    )
    wrong = loaded.wrong_files
    texts = {
        reference(name, record.slug): sources.published_text(
            record.document.text, record.file, settings.excluded_sources, record.schema
        )
        for name, records in loaded.records.items()
        if BY_NAME[name].is_open
        for record in records
        if record.file not in wrong
    }
    enterprises = {named: change for named, change in changes.items() if parted(named).collection == ENTERPRISES}
    past = ledger.of_site(settings, commit, loaded.enterprises, catalogue)
    site = pages.Site(
        settings,
        catalogue,
        version,
        tuple(history.news(enterprises)),
        left_out=loaded.errors,
        texts=texts,
        counted=past.statistics(supply_of(catalogue), version.date.date()),
    )
    return site, changes


@lru_cache(maxsize=1)
def _history(settings: Settings, commit: str) -> dict[str, history.Change]:
    """Date the records that have a page, by reference.

    The history is asked again only when `commit` is another one: a preview asks at each change.
    """
    names = [collection.name for collection in COLLECTIONS if collection.has_pages]
    root, content, own = settings.root, settings.content, settings.own_tables
    found = ((name, history.changes(root, content / name)) for name in names)
    dated = {reference(name, slug): change for name, dates in found for slug, change in dates.items()}
    return recent.told(root, content, dated, Wording(vocabularies.load(own), territories.load(own)))
