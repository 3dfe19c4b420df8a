"""Hold the commands that give figures: those of the records, and those of what the staff did, for a yearly report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annuaire.cli.console import FILE, FrenchCommand, say
from annuaire.text.messages import inert
from annuaire.text.problems import AnnuaireError

if TYPE_CHECKING:
    from annuaire.catalogue.statistics import Statistics
    from annuaire.config import Settings
    from annuaire.text.figures import Table

_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json", "xlsx"]),
    default="text",
    help="Forme des tableaux; un classeur s’écrit dans le fichier de --sortie.",
)
_OUTPUT = click.option("--sortie", "output", type=FILE, help="Écrire dans ce fichier plutôt qu’à l’écran.")
_DAY = "AAAA-MM-JJ"


@click.command(cls=FrenchCommand)
@click.option("--gaps", is_flag=True, help="Compter les fournisseurs de chaque besoin dans chaque territoire.")
@_FORMAT
@click.option("--since", metavar=_DAY, default="", help="Compter ce qui est nouveau depuis ce jour (un an sinon).")
@click.option(
    "--par",
    "by",
    type=click.Choice(["mrc", "secteur", "forme", "adhesion"]),
    help="Un seul tableau, par territoire, secteur, forme ou adhésion.",
)
@_OUTPUT
@click.pass_obj
def stats(config_file: Path, gaps: bool, form: str, since: str, by: str | None, output: Path | None) -> int:
    """Compter les fiches et les offres, pour le rapport annuel, ou montrer où il manque des fournisseurs."""
    from annuaire import config
    from annuaire.catalogue.loading import Loader
    from annuaire.catalogue.supply import supply_of
    from annuaire.cli import stats as counting
    from annuaire.exports.gaps import to_csv
    from annuaire.timeline import ledger

    if gaps and (form not in ("text", "csv") or since or by):
        raise AnnuaireError("«\u00a0--gaps\u00a0» va seul, ou avec «\u00a0--format csv\u00a0».")
    settings = config.load(config_file)
    today = config.judging_date(settings.root)
    start = _day(since, "--since", today)
    loaded = Loader(settings).load(today)
    if loaded.errors:
        raise loaded.refusal()
    catalogue = loaded.catalogue()
    supply = supply_of(catalogue)
    if gaps:
        text = to_csv(supply) if form == "csv" else counting.gaps(supply)
        _give(text, form, output)
        return 0
    past = ledger.of_site(settings, config.commit_id(settings.root), loaded.enterprises, catalogue)
    statistics = past.statistics(supply, today, start)
    if form == "text" and not by and not start:
        helped = counting.helpers(catalogue, today)
        _give("\n\n".join(filter(None, (counting.summary(statistics), helped))), form, output)
        return 0
    tables = (statistics.table(by),) if by else statistics.tables
    told = statistics.terms
    if start and statistics.before is None:
        told += " L’histoire du répertoire ne remonte pas avant ce jour\u00a0: rien à comparer."
    _write(tables, form, output or Path("statistiques.xlsx"), output, _head(settings, statistics), told)
    return 0


@click.command(cls=FrenchCommand)
@click.argument("path", type=FILE, required=False, metavar="JOURNAL.xlsx")
@click.option("--modele", "template", type=FILE, help="Écrire un journal vide, à remplir, dans ce fichier .xlsx.")
@click.option("--since", metavar=_DAY, default="", help="Premier jour compté (tout le journal sinon).")
@click.option("--until", metavar=_DAY, default="", help="Dernier jour compté.")
@_FORMAT
@_OUTPUT
@click.pass_obj
def bilan(
    config_file: Path, path: Path | None, template: Path | None, since: str, until: str, form: str, output: Path | None
) -> int:
    """Compter les dossiers du journal de l’équipe, gardé hors du répertoire, pour le rapport annuel."""
    from annuaire import config
    from annuaire.intake import journal
    from annuaire.intake.workbooks import journal_book

    settings = config.load(config_file)
    for one in (path, template, output):
        if one is not None:
            journal.refuse(one, settings)
    if template is not None:
        if template.suffix.lower() != ".xlsx":
            raise AnnuaireError("Le nom du fichier doit finir par .xlsx.")
        _refuse_present(template)
        journal_book.write(template, settings)
        click.echo(f"Journal à remplir\u00a0: {inert(str(template))}")
        return 0
    if path is None:
        raise AnnuaireError("Nommer le journal à compter, ou «\u00a0--modele FICHIER.xlsx\u00a0» pour en commencer un.")
    today = config.today()
    first, last = _day(since, "--since", None), _day(until, "--until", None)
    if first and last and last < first:
        raise AnnuaireError("«\u00a0--until\u00a0» vient avant «\u00a0--since\u00a0».")
    report = journal.report(journal.read(path, settings, today), first, last)
    if form == "xlsx" and output is None:
        raise AnnuaireError("Dire où écrire le classeur\u00a0: «\u00a0--sortie ../bilan.xlsx\u00a0».")
    head = {"depuis": first and first.isoformat(), "jusqu_a": last and last.isoformat()}
    _write(report.tables(), form, output, output, head, report.terms)
    return 0


def _head(settings: Settings, statistics: Statistics) -> dict[str, Any]:
    return {
        "titre": settings.site_name,
        "date": statistics.day.isoformat(),
        "depuis": statistics.since.isoformat(),
        "compare": statistics.before is not None,
    }


def _write(
    tables: Sequence[Table], form: str, book: Path | None, output: Path | None, head: dict[str, Any], told: str
) -> None:
    """Give tables in one of the forms."""
    from annuaire.cli import tables as laying
    from annuaire.exports import figures

    if form == "xlsx" and book is not None:
        from annuaire.intake.workbooks import figures_book

        if book.suffix.lower() != ".xlsx":
            raise AnnuaireError("Le nom du classeur doit finir par .xlsx.")
        _refuse_present(book)
        figures_book.write(book, tables, told)
        click.echo(f"Classeur écrit\u00a0: {inert(str(book))}")
    elif form == "csv":
        _give(figures.to_csv(tables[0]) if len(tables) == 1 else figures.to_long_csv(tables), form, output)
    elif form == "json":
        _give(figures.to_json(tables, {**head, "note": told}), form, output)
    else:
        _give("\n\n".join([*map(laying.text, tables), told]), form, output)


def _give(text: str, form: str, output: Path | None) -> None:
    """Show a text, or write it."""
    from annuaire import files

    if output is None and form == "text":
        say(text)
    elif output is None:
        click.echo(text, nl=False)
    else:
        _refuse_present(output)
        files.save(output, text if text.endswith("\n") else text + "\n")
        click.echo(f"Fichier écrit\u00a0: {inert(str(output))}")


def _refuse_present(path: Path) -> None:
    if path.exists():
        raise AnnuaireError(f"«\u00a0{path}\u00a0» existe déjà\u00a0: choisir un autre nom, ou l’enlever.")


def _day(text: str, option: str, latest: date | None) -> date | None:
    """Read a day given to an option; None when none is. Raise AnnuaireError for what is not one, or is ahead."""
    from annuaire.records.reading import as_day

    if not text:
        return None
    day = as_day(text)
    if day is None:
        raise AnnuaireError(f"«\u00a0{option}\u00a0» doit être une date, comme 2026-04-01.")
    if latest and day > latest:
        raise AnnuaireError(f"«\u00a0{option}\u00a0» est un jour à venir.")
    return day


COMMANDS = (stats, bilan)
