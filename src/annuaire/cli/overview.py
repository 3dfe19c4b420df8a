"""Hold the commands that look at all the records at once: count them, find those that resemble each other."""

from __future__ import annotations

from pathlib import Path

import click

from annuaire.cli.console import FrenchCommand, say
from annuaire.text.problems import AnnuaireError, WrongRecordsError


@click.command(cls=FrenchCommand)
@click.option("--gaps", is_flag=True, help="Compter les fournisseurs de chaque besoin dans chaque territoire.")
@click.option(
    "--format", "form", type=click.Choice(["text", "csv"]), default="text", help="Forme du tableau de --gaps."
)
@click.pass_obj
def stats(config_file: Path, gaps: bool, form: str) -> int:
    """Compter les fiches et les offres, ou montrer où il manque des fournisseurs."""
    from annuaire import config
    from annuaire.catalogue.loading import Loader
    from annuaire.catalogue.supply import supply_of
    from annuaire.cli import stats as counting
    from annuaire.exports.gaps import to_csv

    if form == "csv" and not gaps:
        raise AnnuaireError("«\u00a0--format csv\u00a0» va avec «\u00a0--gaps\u00a0».")
    settings = config.load(config_file)
    loaded = Loader(settings).load(config.judging_date(settings.root))
    if loaded.errors:
        raise WrongRecordsError(loaded.problems, loaded.counts)
    supply = supply_of(loaded.catalogue())
    if form == "csv":
        click.echo(to_csv(supply), nl=False)
    else:
        say(counting.gaps(supply) if gaps else counting.summary(supply))
    return 0


@click.command(cls=FrenchCommand)
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", help="Forme de la liste.")
@click.option("--minimum", type=click.IntRange(1, 100), metavar="SCORE", help="Score le plus bas à montrer (50 sinon).")
@click.pass_obj
def duplicates(config_file: Path, form: str, minimum: int | None) -> int:
    """Lister les paires de fiches qui se ressemblent, avec un score sur 100 et ses raisons."""
    from annuaire import config
    from annuaire.catalogue import exceptions
    from annuaire.catalogue.loading import Loader
    from annuaire.cli import duplicates as pairing
    from annuaire.records.collections import ENTERPRISES

    settings = config.load(config_file)
    records = Loader(settings).read(ENTERPRISES)
    accepted = exceptions.accepted(settings.content / exceptions.FILE_NAME)
    pairs = pairing.find(records, accepted, pairing.LEAST if minimum is None else minimum)
    unreadable = sum(not record.is_readable for record in records)
    click.echo(pairing.FORMATS[form](pairs, unreadable), nl=form == "text")
    return 0


COMMANDS = (stats, duplicates)
