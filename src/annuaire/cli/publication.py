"""Hold the commands that make the site: build it, pour records into shells, show it on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from annuaire.cli.console import FILE, FrenchCommand, bar, follow, say

if TYPE_CHECKING:
    from annuaire.catalogue.loading import Loaded

ENGINE_HELP = "Programme qui met en forme les gabarits\u00a0: mkdocs, zensical ou une commande qui remplit {shells}."


@click.command(cls=FrenchCommand)
@click.option("--engine", "command", help=ENGINE_HELP)
@click.option("--out", type=FILE, help="Dossier du site (sinon celui de la configuration).")
@click.option("--skip-invalid", is_flag=True, help="Publier sans les fiches en erreur, en les nommant.")
@click.pass_obj
def build(config_file: Path, command: str | None, out: Path | None, skip_invalid: bool) -> int:
    """Vérifier les fiches et construire le site."""
    from annuaire import build as building
    from annuaire import config
    from annuaire.cli import reporters
    from annuaire.site import engine

    settings = config.load(config_file)
    command = engine.DEFAULT if command is None else command
    with bar() as progress:
        summary = building.build(
            settings, command=command, out=out, skip_invalid=skip_invalid, progress=follow(progress)
        )
    click.echo(reporters.built(summary))
    return 0


@click.command(cls=FrenchCommand)
@click.argument("shells", type=FILE, metavar="DOSSIER")
@click.option("--out", type=FILE, required=True, help="Dossier du site.")
@click.option("--skip-invalid", is_flag=True, help="Publier sans les fiches en erreur, en les nommant.")
@click.pass_obj
def stamp(config_file: Path, shells: Path, out: Path, skip_invalid: bool) -> int:
    """Construire le site à partir de gabarits déjà mis en forme (dans DOSSIER)."""
    from annuaire import build as building
    from annuaire import config, making
    from annuaire.cli import reporters
    from annuaire.steps import Summary

    settings = config.load(config_file)
    summary = Summary()
    with bar() as progress:
        tell = follow(progress)
        loaded = building.judge(settings, summary, skip_invalid=skip_invalid, progress=tell)
        making.finish(settings, loaded, shells.resolve(), out, summary, tell)
    click.echo(reporters.built(summary))
    return 0


@click.command(cls=FrenchCommand)
@click.option("--engine", "command", help=ENGINE_HELP)
@click.option("--port", default=8000, type=click.IntRange(1, 65535), help="Port sur cette machine.")
@click.option("--skip-invalid", is_flag=True, help="Montrer le site sans les fiches en erreur.")
@click.pass_obj
def serve(config_file: Path, command: str | None, port: int, skip_invalid: bool) -> int:
    """Montrer le site sur cette machine et le refaire à chaque changement."""
    from annuaire import config
    from annuaire import serve as serving
    from annuaire.cli import reporters
    from annuaire.site import engine

    def report(loaded: Loaded) -> None:
        click.echo(reporters.usual(loaded.problems, loaded.counts), err=True)

    settings = config.load(config_file)
    command = engine.DEFAULT if command is None else command
    preview = serving.Preview(settings, command, skip_invalid, settings.cache / "apercu", report)
    with serving.reserve(preview, port) as server:
        with bar() as progress:
            summary = preview.start(follow(progress))
        click.echo(reporters.built(summary))
        serving.serve(preview, server, say)
    return 0


COMMANDS = (build, stamp, serve)
