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
    from annuaire import config, files, making
    from annuaire.pages import newsletter
    from annuaire.print import documents

    settings = config.load(config_file)
    site, changes = making.gather(settings, _loaded(settings))
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


@click.command(cls=FrenchCommand)
@click.argument("folder", type=FILE, metavar="DOSSIER")
@_MRC
@click.option(
    "--categorie", "categories", multiple=True, help="Seulement celles qui offrent cette catégorie (peut être répété)."
)
@click.option("--maximum", "most", type=click.IntRange(0), default=0, help="Pas plus que ce nombre de relances.")
@click.option(
    "--delai",
    "months",
    type=click.IntRange(1, 60),
    default=6,
    help="Mois entre deux relances d’une entreprise (6 sinon).",
)
@click.option("--dry-run", is_flag=True, help="Dire qui serait relancé sans rien écrire.")
@click.option("--apercu", "preview", is_flag=True, help="Une seule lettre, marquée, pour la voir; rien n’est noté.")
@click.pass_obj
def relances(
    config_file: Path,
    folder: Path,
    mrcs: tuple[str, ...],
    categories: tuple[str, ...],
    most: int,
    months: int,
    dry_run: bool,
    preview: bool,
) -> int:
    """Écrire aux entreprises dont la fiche est à confirmer : lettres (PDF), courriels à envoyer, liste à fusionner.

    Une lettre à qui n’a pas de courriel, jamais à une adresse confidentielle, jamais deux dans le délai : le fichier
    content/relances.csv retient la fiche et le jour. DOSSIER reçoit aussi la feuille d’appel où noter les réponses.
    """
    from annuaire import config
    from annuaire.intake import applying, reminding

    settings = config.load(config_file)
    application = applying.Application(settings, config.judging_date(settings.root))
    found = reminding.prepare(
        application, folder, mrcs, categories, months=months, most=most, dry_run=dry_run, preview=preview
    )
    say(
        "\n".join(
            f"{'Courriel' if e.lieu.courriel else 'Lettre'}\u00a0: {inert(e.nom)}" for e in found.every[:_MOST_SAID]
        )
    )
    click.echo(f"{french.count(len(found.letters), 'lettre')}, {french.count(len(found.mails), 'courriel')}.")
    for reason, count in found.left.items():
        click.echo(f"Laissées de côté ({reason})\u00a0: {french.number(count)}")
    if preview and found.letters:
        click.echo(f"La lettre est dans {inert(str(folder / reminding.LETTERS))}; rien n’est noté.")
    elif found.every and not dry_run:
        click.echo(
            f"Tout est dans {inert(str(folder))}. C’est noté dans content/{reminding.FILE_NAME}\u00a0: en retirer la "
            "ligne de ce qui n’est pas parti."
        )
    return 0


COMMANDS = (prospectus, relances)
