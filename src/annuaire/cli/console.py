"""Speak French on the command line: help headings, usage errors of click in words that say what to do, progress."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annuaire.text.french import NBSP
from annuaire.text.messages import inert

if TYPE_CHECKING:
    from rich.progress import Progress

HELP = "Montrer cette aide."
FILE = click.Path(path_type=Path)
COLLECTION = click.option(
    "--collection", default="entreprises", metavar="MOT", help="Sorte de fiches\u00a0: entreprises, si rien n’est dit."
)
# What click writes by itself.
_WORDS = {
    "COMMAND [ARGS]...": "COMMANDE […]",
    "TEXT": "TEXTE",
    "PATH": "CHEMIN",
    "INTEGER RANGE": "NOMBRE",
    "[required]": "[obligatoire]",
}


class FrenchCommand(click.Command):
    """Show a command's help with French headings."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        _usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        _options(self, ctx, formatter)


class FrenchGroup(click.Group):
    """Show a group's help with French headings, and load the module of a command only when it is asked for.

    `modules` gives, in the order of the help, the module that holds each command among its `COMMANDS`. Such a module
    is light: what a command works with is imported when the command runs.
    """

    def __init__(self, *arguments: Any, modules: Mapping[str, str], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands, in the order of the help."""
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command; None when there is none of that name."""
        module = self.modules.get(cmd_name)
        held: Sequence[click.Command] = import_module(module).COMMANDS if module else ()
        return next((command for command in held if command.name == cmd_name), None)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        _usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        _options(self, ctx, formatter)
        held = [command for name in self.list_commands(ctx) if (command := self.get_command(ctx, name))]
        rows = [(str(command.name), command.get_short_help_str(limit=200)) for command in held]
        with formatter.section(f"Commandes{NBSP}"):
            formatter.write_dl(rows)


def _usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    pieces = [_WORDS.get(piece, piece) for piece in command.collect_usage_pieces(ctx)]
    formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=f"Utilisation{NBSP}: ")


def _options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    options = [parameter for parameter in command.get_params(ctx) if isinstance(parameter, click.Option)]
    rows = [record for option in options if (record := option.get_help_record(ctx))]
    with formatter.section(f"Options{NBSP}"):
        formatter.write_dl([(_in_french(name), HELP if name == "--help" else _in_french(text)) for name, text in rows])


def _in_french(text: str) -> str:
    text = re.sub(r"\[(\d+)<=x<=(\d+)\]", r"[de \1 à \2]", text)
    return re.sub(r"INTEGER RANGE|[A-Z]+|\[required\]", lambda found: _WORDS.get(found[0], found[0]), text)


def explain(error: click.UsageError) -> str:
    """Say in French what is wrong with a command line."""
    from difflib import get_close_matches

    if isinstance(error, click.NoSuchOption):
        close = get_close_matches(error.option_name, error.possibilities or (), 1)
        return f"l’option «\u00a0{error.option_name}\u00a0» n’existe pas{_maybe(close)}"
    if isinstance(error, click.NoSuchCommand):
        group = error.ctx.command if error.ctx else None
        known = group.list_commands(error.ctx) if error.ctx and isinstance(group, click.Group) else []
        close = get_close_matches(error.command_name, known, 1)
        return f"la commande «\u00a0{error.command_name}\u00a0» n’existe pas{_maybe(close)}"
    if isinstance(error, click.MissingParameter):
        return f"il manque «\u00a0{_name(error.param)}\u00a0»."
    if isinstance(error, click.BadParameter):
        return f"la valeur donnée à «\u00a0{_name(error.param)}\u00a0» ne convient pas{_allowed(error.param)}."
    if isinstance(error, click.BadOptionUsage):
        name = error.option_name
        return f"l’option «\u00a0{name}\u00a0» est mal employée\u00a0: elle demande une valeur, ou n’en prend pas."
    return "il y a trop de mots dans cette commande; mettre entre guillemets ce qui contient une espace."


def _allowed(parameter: click.Parameter | None) -> str:
    kind = parameter.type if parameter else None
    if isinstance(kind, click.Choice):
        return f"; choisir parmi\u00a0: {', '.join(map(str, kind.choices))}"
    if isinstance(kind, click.IntRange):
        if kind.max is None:
            return f"; écrire un nombre entier, {kind.min} ou plus"
        return f"; écrire un nombre entier de {kind.min} à {kind.max}"
    return ""


def _maybe(close: Sequence[str]) -> str:
    return f"; vouliez-vous dire «\u00a0{close[0]}\u00a0»?" if close else "."


def _name(parameter: click.Parameter | None) -> str:
    """Name a parameter as a person writes it."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.human_readable_name.strip("[].…") if parameter else ""


def started(command: str) -> str:
    """Write a command as this person starts the program: the script `annuaire` of a repository says that it did."""
    return f"{'./' if os.environ.get('ANNUAIRE_SCRIPT') else ''}annuaire {command}"


def bar() -> Progress:
    """Make a progress bar, seen by a person only: nothing is written to a file or a log."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def follow(progress: Progress) -> Callable[[str, int, int], None]:
    """Give the function that a long work tells its step to, with how much of it is done."""
    task = progress.add_task("", total=None)

    def tell(name: str, done: int, total: int) -> None:
        progress.update(task, description=name, completed=done, total=total or None)

    return tell


def say(words: str, *, err: bool = False) -> None:
    """Print lines that cannot drive the terminal, whatever they quote."""
    click.echo("\n".join(inert(line) for line in words.split("\n")), err=err)


def complain(words: str) -> None:
    """Say why a command stops; names of files and values in the words cannot drive the terminal."""
    say(f"annuaire\u00a0: {words}", err=True)
