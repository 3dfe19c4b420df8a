"""Speak French on the command line: help headings and usage errors of click, in words that say what to do."""

from __future__ import annotations

import click

from annuaire.french import NBSP

HELP = "Montrer cette aide."


class FrenchCommand(click.Command):
    """Show a command's help with French headings."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        _usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        _options(self, ctx, formatter)


class FrenchGroup(click.Group):
    """Show a group's help with French headings."""

    command_class = FrenchCommand

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        _usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        _options(self, ctx, formatter)
        rows = [(name, self.commands[name].get_short_help_str(limit=90)) for name in self.commands]
        with formatter.section(f"Commandes{NBSP}"):
            formatter.write_dl(rows)


def _usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    pieces = ["[OPTIONS]" if piece == "[OPTIONS]" else piece for piece in command.collect_usage_pieces(ctx)]
    formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=f"Utilisation{NBSP}: ")


def _options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    rows = [record for parameter in command.get_params(ctx) if (record := parameter.get_help_record(ctx))]
    rows = [(name, HELP if name == "--help" else text) for name, text in rows]
    with formatter.section(f"Options{NBSP}"):
        formatter.write_dl(rows)


def explain(error: click.UsageError) -> str:
    """Say in French what is wrong with a command line."""
    if isinstance(error, click.NoSuchOption):
        return f"l’option «\u00a0{error.option_name}\u00a0» n’existe pas."
    if isinstance(error, click.MissingParameter):
        name = error.param.human_readable_name if error.param else ""
        return f"il manque «\u00a0{name}\u00a0»."
    if isinstance(error, click.BadParameter):
        name = error.param.human_readable_name if error.param else ""
        choices = getattr(getattr(error.param, "type", None), "choices", None)
        allowed = f"; choisir parmi\u00a0: {', '.join(map(str, choices))}" if choices else ""
        return f"la valeur donnée à «\u00a0{name}\u00a0» ne convient pas{allowed}."
    if "No such command" in error.message:
        return f"cette commande n’existe pas ({error.message.split(chr(39))[1]})."
    return "la commande n’a pas été comprise."
