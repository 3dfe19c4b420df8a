"""Hold the commands that put records on paper: leaflets and other documents, letters to enterprises."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from annuaire.cli.console import FILE, FrenchCommand, bar, follow, say
from annuaire.text import french
from annuaire.text.messages import inert

if TYPE_CHECKING:
    from annuaire.catalogue.loading import Loaded
    from annuaire.config import Settings

_MOST_SAID = 40  # lines
_MRC = click.option("--mrc", "mrcs", multiple=True, help="Seulement cette MRC (peut être répété).")


@click.command(cls=FrenchCommand)
@_MRC
@click.option(
    "--document",
    "kinds",
    multiple=True,
    type=click.Choice(["prospectus", "repertoires", "financement", "fiches"]),
    help="Ce qui est à faire (peut être répété); les prospectus sinon.",
)
@click.option("--fiche", "slugs", multiple=True, help="Faire aussi la page de cette entreprise (peut être répété).")
@click.option("--dossier", "folder", type=FILE, default=Path("documents"), help="Où écrire (documents/ sinon).")
@click.pass_obj
def prospectus(
    config_file: Path, mrcs: tuple[str, ...], kinds: tuple[str, ...], slugs: tuple[str, ...], folder: Path
) -> int:
    """Faire les documents à imprimer (PDF) : prospectus par MRC, répertoires, sources de financement, fiches.

    Seuls ceux dont une fiche a changé sont refaits.
    """
    from annuaire import build, config, files
    from annuaire.pages import newsletter
    from annuaire.print import documents

    settings = config.load(config_file)
    site, changes = build.gather(settings, _loaded(settings))
    places = [found for word in mrcs if (found := newsletter.place(site.catalogue, word))]
    asked = kinds or (() if slugs and not mrcs else config.PRINTED[:1])
    drafts = documents.Drafts(site, changes).chosen(asked, places, slugs)
    with bar() as progress:
        tell = follow(progress)
        made = documents.make(drafts, settings, lambda done: tell("Documents à imprimer", done, len(drafts)))
    for each in made:
        files.save(folder / f"{each.draft.name}.pdf", each.path.read_bytes())
    new = sum(each.is_new for each in made)
    say(
        "\n".join(
            f"{inert(str(folder / each.draft.name))}.pdf\u00a0: {french.size(each.path.stat().st_size)}"
            for each in made[:_MOST_SAID]
        )
    )
    count = french.count(len(made), "document")
    click.echo(f"{count}, dont {french.number(new)} à refaire; les autres n’avaient pas changé.")
    return 0


def _loaded(settings: Settings) -> Loaded:
    from annuaire import config
    from annuaire.catalogue.loading import Loader

    loaded = Loader(settings).load(config.judging_date(settings.root))
    if loaded.errors:
        raise loaded.refusal()
    return loaded


COMMANDS = (prospectus,)
