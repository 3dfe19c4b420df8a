"""Start the command that was asked for, and give the code it ends with.

Exit codes: 0 all is well, 1 the data have problems, 2 wrong usage or environment. A command imports what it alone
needs, when it runs: `--help` may not wait for half a second of libraries (a test says what each start loads).
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import click

from annuaire import __version__
from annuaire.cli.console import FILE, FrenchGroup, complain, explain
from annuaire.text.problems import AnnuaireError, WrongRecordsError

CONFIG = Path("mkdocs.yml")
# The module that holds each command, in the order of the help.
MODULES = {
    "init": "annuaire.cli.repository",
    "build": "annuaire.cli.publication",
    "stamp": "annuaire.cli.publication",
    "serve": "annuaire.cli.publication",
    "validate": "annuaire.cli.upkeep",
    "coach": "annuaire.cli.staff",
    "import": "annuaire.cli.staff",
    "new": "annuaire.cli.upkeep",
    "format": "annuaire.cli.upkeep",
    "stats": "annuaire.cli.overview",
    "agenda": "annuaire.cli.overview",
    "maillage": "annuaire.cli.overview",
    "duplicates": "annuaire.cli.overview",
    "history": "annuaire.cli.upkeep",
    "geocode": "annuaire.cli.geocoding",
    "apply": "annuaire.cli.staff",
    "template": "annuaire.cli.staff",
    "appels": "annuaire.cli.staff",
    "registre": "annuaire.cli.staff",
    "prospectus": "annuaire.cli.printing",
    "relances": "annuaire.cli.printing",
    "forge": "annuaire.cli.repository",
}


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(f"annuaire {__version__}")
        ctx.exit()


@click.group(cls=FrenchGroup, modules=MODULES, context_settings={"help_option_names": ["--help"]})
@click.option("--config", "config_file", type=FILE, default=CONFIG, help="Fichier de configuration (mkdocs.yml).")
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Dire la version.")
@click.pass_context
def cli(ctx: click.Context, config_file: Path) -> None:
    """Publier le répertoire des entreprises d’économie sociale d’une région."""
    ctx.obj = config_file


def main() -> None:
    """Run the command line and exit with its code."""
    # Records and pages make no cycle: looking for some takes a quarter of the time of a build. `serve` looks again.
    gc.disable()
    try:
        code = cli.main(prog_name="annuaire", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help(), err=True)
        code = 2
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "annuaire"
        complain(f"{explain(error)} Voir\u00a0: {where} --help")
        code = 2
    except WrongRecordsError as error:
        from annuaire.cli import reporters

        click.echo(f"{reporters.usual(error.problems, error.counts)}\n{error}", err=True)
        code = 1
    except AnnuaireError as error:
        complain(str(error))
        code = 2
    except OSError as error:
        from annuaire.text.refusal import refusal

        complain(refusal(error))
        code = 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrompu; le dernier site reste en place.", err=True)
        code = 130
    gc.freeze()  # Python looks for cycles a last time when it ends: a sixth of a short command
    sys.exit(code or 0)
