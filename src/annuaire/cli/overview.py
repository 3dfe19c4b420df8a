"""Hold the commands that look at all the records at once: pair those alike, tell a month, match needs."""

from __future__ import annotations

from pathlib import Path

import click

from annuaire.cli.console import FILE, FrenchCommand, say
from annuaire.text.messages import inert
from annuaire.text.problems import AnnuaireError


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


@click.command(cls=FrenchCommand)
@click.option("--format", "form", type=click.Choice(["text", "html"]), default="text", help="Texte, ou HTML.")
@click.option("--mois", "month", metavar="AAAA-MM", default="", help="Mois à écrire (le prochain sinon).")
@click.option("--mrc", metavar="MRC", default="", help="Nom ou code d’une MRC (tout le territoire sinon).")
@click.pass_obj
def agenda(config_file: Path, form: str, month: str, mrc: str) -> int:
    """Écrire les évènements d’un mois pour l’infolettre."""
    from annuaire import config
    from annuaire.catalogue.loading import Loader
    from annuaire.pages import newsletter

    settings = config.load(config_file)
    today = config.judging_date(settings.root)
    loaded = Loader(settings).load(today)
    if loaded.errors:
        raise loaded.refusal()
    catalogue = loaded.catalogue()
    view = newsletter.month(catalogue, settings, newsletter.chosen(month, today), newsletter.place(catalogue, mrc))
    if form == "html":
        click.echo(newsletter.html(view), nl=False)
    else:
        say(newsletter.text(view))
    return 0


@click.command(cls=FrenchCommand)
@click.argument("path", type=FILE, metavar="[FICHIER]", default=Path("maillage.xlsx"))
@click.pass_obj
def maillage(config_file: Path, path: Path) -> int:
    """Écrire, pour l’équipe seule, qui pourrait répondre à chaque besoin ouvert (.xlsx ou .csv, hors du site)."""
    from annuaire import config
    from annuaire.catalogue import soundings
    from annuaire.catalogue.loading import Loader
    from annuaire.catalogue.supply import supply_of
    from annuaire.intake.workbooks import matching_book
    from annuaire.text import french

    settings = config.load(config_file)
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise AnnuaireError("Le nom du fichier doit finir par .xlsx ou .csv.")
    if path.exists():
        raise AnnuaireError(f"«\u00a0{path}\u00a0» existe déjà\u00a0: choisir un autre nom, ou l’enlever.")
    matching_book.refuse(path, settings)
    today = config.judging_date(settings.root)
    loaded = Loader(settings).load(today)
    if loaded.errors:
        raise loaded.refusal()
    supply = supply_of(loaded.catalogue())
    found = list(soundings.answers(supply, today))
    if not found:
        click.echo("Aucun besoin ouvert\u00a0: rien n’est écrit.")
        return 0
    lines = matching_book.write(path, supply.catalogue, found)
    needs = french.count(len(found), "besoin ouvert", "besoins ouverts")
    click.echo(f"{needs}, {french.count(lines, 'ligne')}\u00a0: {inert(str(path))}")
    return 0


COMMANDS = (duplicates, agenda, maillage)
