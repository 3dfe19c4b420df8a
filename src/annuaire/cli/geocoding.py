"""Hold the command that finds the points of addresses."""

from __future__ import annotations

from pathlib import Path

import click

from annuaire.cli.console import FrenchCommand
from annuaire.text.messages import inert


@click.command(cls=FrenchCommand)
@click.argument("slugs", nargs=-1, metavar="[FICHES]…")
@click.option("--essai", is_flag=True, help="Dire ce qui serait écrit, sans rien écrire.")
@click.option("--hors-ligne", "offline", is_flag=True, help="Sans réseau\u00a0: le point de la municipalité.")
@click.option("--serveur", metavar="ADRESSE", help="Un autre serveur Nominatim que celui d’OpenStreetMap.")
@click.pass_obj
def geocode(config_file: Path, slugs: tuple[str, ...], essai: bool, offline: bool, serveur: str | None) -> int:
    """Trouver le point des adresses qui n’en ont pas (toutes les fiches, ou FICHES), jamais d’un lieu confidentiel."""
    from annuaire import __version__, config, files
    from annuaire.catalogue.loading import Loader
    from annuaire.intake import geocoding
    from annuaire.records.collections import ENTERPRISES
    from annuaire.text import french

    settings = config.load(config_file)
    files.complete(settings.cache)
    loaded = Loader(settings).load(config.today())
    geocoder = None
    if not offline:
        from annuaire.intake.geocoding import nominatim

        agent = nominatim.user_agent(settings, __version__)
        geocoder = nominatim.Asking(settings.cache, agent, serveur or nominatim.SERVER)
    run = geocoding.run(loaded, settings.content / ENTERPRISES, geocoder, slugs)
    for outcome in run.outcomes:
        click.echo(f"{inert(outcome.file)}, lieu {outcome.order}\u00a0: {outcome.fate}\u00a0: {inert(outcome.said)}")
    if run.stopped:
        click.echo(f"Arrêt des demandes\u00a0: {inert(run.stopped)}.", err=True)
    if run.confidential:
        hidden = french.count(run.confidential, "fiche d’adresse confidentielle", "fiches d’adresses confidentielles")
        click.echo(f"{hidden}, jamais {'demandée' if run.confidential < 2 else 'demandées'}.")
    if run.writings and not essai:
        files.write_all(run.writings, settings.cache)
    count = len(run.writings)
    state = "à écrire" if essai else "écrite" if count < 2 else "écrites"
    click.echo(f"{french.count(count, 'fiche')} {state}.")
    done = (geocoding.Fate.FOUND, geocoding.Fate.APPROXIMATE)
    return 0 if all(outcome.fate in done for outcome in run.outcomes) else 1


COMMANDS = (geocode,)
