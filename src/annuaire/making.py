"""Make a site of what was read and judged: the steps from the catalogue to the exchange, and nothing else.

`annuaire.build` imports this module, and with it all that makes pages, while other processes read.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from annuaire import config, exports, files, keeping, pages, processes, urls
from annuaire.catalogue import sources
from annuaire.catalogue.differences import Wording
from annuaire.catalogue.frame import frame
from annuaire.catalogue.loading import Loaded
from annuaire.catalogue.supply import supply_of
from annuaire.config import Settings
from annuaire.pages.page import Plan
from annuaire.pages.redirect import redirects
from annuaire.pages.reference import Version
from annuaire.places import territories, vocabularies
from annuaire.print import documents
from annuaire.records.collections import BY_NAME, COLLECTIONS, ENTERPRISES, parted, reference
from annuaire.sharing import writing as sharing
from annuaire.site import exchange, gate, hosting, policy, shells, stamp
from annuaire.site.stock import FOLDER, Stock
from annuaire.steps import Progress, Summary
from annuaire.text.problems import AnnuaireError
from annuaire.timeline import days, history, ledger, recent

_DATED: dict[tuple[Settings, str], dict[str, history.Change]] = {}  # of the commit asked last


def get_ready() -> None:
    """Do what pages need done that no record changes."""
    pages.compile_templates()


def finish(
    settings: Settings, loaded: Loaded, shell_folder: Path, out: Path, summary: Summary, progress: Progress
) -> Summary:
    """Pour judged records into shells and publish: data files, pages, links, search, then the exchange."""
    out = out.resolve()
    exchange.check_place(out)
    exchange.recover(out)
    staging = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with summary.step("Catalogue", progress):
            site, changes = gather(settings, loaded)
            staging.mkdir(parents=True)
            files.write(staging, exchange.MARK, "Ce dossier est refait par annuaire\u00a0: ne rien y écrire.\n")
        with (
            processes.meanwhile(partial(_frames, settings, loaded)) as framed,
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
                stock = _stock(settings, framed(), plans)
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
            exchange.publish(staging, out)
            exchange.recover(out)  # a program that a killed run had started may have written since
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    summary.pages, summary.records, summary.site = written.count, len(site.catalogue.enterprises), out
    return summary


def _frames(settings: Settings, loaded: Loaded) -> tuple[str, dict[str, str]]:
    """Give the mark of all that kept pages may depend on, but for their addresses; then each record's hash by slug."""
    wrong = loaded.wrong_files
    good = [record for record in loaded.enterprises if record.file not in wrong]
    others = (record for name, records in loaded.records.items() if name != ENTERPRISES for record in records)
    context = loaded.context
    mark = keeping.mark(
        *(settings.told, repr(context.attachments), repr(context.images), repr(sorted(wrong))),
        keeping.mark(*keeping.tree(settings.own_tables)),
        keeping.mark(*(text for record in others for text in (record.file, record.document.text))),
        keeping.mark(*(text for record in good for text in (record.slug, frame(record.values)))),
    )
    return mark, {record.slug: files.digest(record.document.text) for record in good}


def _stock(settings: Settings, framed: tuple[str, dict[str, str]], plans: Sequence[Plan]) -> Stock:
    """Open what the last build kept of its pages."""
    mark, records = framed
    return Stock(settings.cache / FOLDER, keeping.mark(mark, *(plan.url for plan in plans)), records)


def gather(settings: Settings, loaded: Loaded) -> tuple[pages.Site, dict[str, history.Change]]:
    """Make the catalogue and say which version of the data it is."""
    commit = config.commit_id(settings.root)
    with _history(settings, commit) as dated:
        catalogue = loaded.catalogue()
        version = Version(
            commit=commit,
            date=config.reference_date(settings.root),
            records=len(catalogue.enterprises),
            sha256=loaded.sha256,
        )
        past = ledger.of_site(settings, commit, loaded.enterprises, catalogue)
        counted = past.statistics(supply_of(catalogue), version.date.date())
        changes = dated()
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
    site = pages.Site(
        settings,
        catalogue,
        version,
        tuple(history.news(enterprises)),
        left_out=loaded.errors,
        texts=texts,
        counted=counted,
    )
    return site, changes


@contextmanager
def _history(settings: Settings, commit: str) -> Iterator[Callable[[], dict[str, history.Change]]]:
    """Date the records that have a page, by reference, while something else is done.

    The history is asked again only when `commit` is another one: a preview asks at each change.
    """
    known = _DATED.get((settings, commit))
    if known is not None:
        yield lambda: known
        return
    with processes.meanwhile(partial(_dated, settings)) as told:

        def dated() -> dict[str, history.Change]:
            _DATED.clear()
            return _DATED.setdefault((settings, commit), told())

        yield dated


def _dated(settings: Settings) -> dict[str, history.Change]:
    names = [collection.name for collection in COLLECTIONS if collection.has_pages]
    root, content, own = settings.root, settings.content, settings.own_tables
    found = ((name, history.changes(root, content / name)) for name in names)
    dated = {reference(name, slug): change for name, dates in found for slug, change in dates.items()}
    return recent.told(root, content, dated, Wording(vocabularies.load(own), territories.load(own)))
