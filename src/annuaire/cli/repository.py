"""Hold the commands of a repository as a whole: make a new one, and do what its forge's automata ask."""

from __future__ import annotations

import os
from pathlib import Path

import click

from annuaire.cli.console import FILE, FrenchCommand, say
from annuaire.text.problems import AnnuaireError

SCRIPTS = ("classeur", "reception", "relecture")


@click.command(cls=FrenchCommand)
@click.argument("folder", type=FILE, metavar="DOSSIER")
@click.option("--region", "names", multiple=True, required=True, help="Région (nom ou code), ou «\u00a0toutes\u00a0».")
@click.option("--adresse", "address", help="Adresse du site, si elle est connue (https://…/).")
@click.option("--paquet", "package", help="Où ce répertoire trouvera le programme\u00a0: adresse ou chemin d’un .whl.")
def init(folder: Path, names: tuple[str, ...], address: str | None, package: str | None) -> int:
    """Faire dans DOSSIER le dépôt d’un nouveau répertoire, prêt à construire."""
    from annuaire.depot import making
    from annuaire.places import regions
    from annuaire.text.addresses import judge_web, refused

    address = (address or making.ADDRESS).rstrip("/") + "/"
    if fault := refused(address, judge_web(address)):
        raise AnnuaireError(f"--adresse\u00a0: {fault}")
    package = making.package() if package is None else making.judged_package(package)
    chosen = regions.find(names)
    making.write(folder, making.contents(chosen, address, package))
    where = ", ".join(region.nom for region in chosen) or "tout le Québec"
    said = [f"Le répertoire de «\u00a0{where}\u00a0» est dans {folder}."]
    if not package:
        said.append(
            "Avant tout, écrire à la dernière ligne de paquet.txt où est le programme, que rien ici ne dit\u00a0: "
            "l’adresse du paquet (.whl), copiée de la page des parutions du programme; ou, pour cet "
            "ordinateur seulement, le chemin complet du paquet "
            "que «\u00a0make wheel\u00a0», dans le dépôt du programme, met dans dist/."
        )
    said.append("Ensuite\u00a0:")
    steps = [
        f'cd "{folder}" && ./annuaire serve\u00a0: voir le site, encore vide, sur cet ordinateur.',
        "Ouvrir mkdocs.yml\u00a0: le nom et l’adresse du site, et qui publie (docs/reglages.md les explique).",
        "Suivre docs/mise-en-ligne.md\u00a0: du premier envoi sur une forge à la première publication.",
    ]
    said += [f"  {rank}. {step}" for rank, step in enumerate(steps, 1)]
    say("\n".join(said))
    return 0


@click.command(cls=FrenchCommand, context_settings={"ignore_unknown_options": True})
@click.argument("script", type=click.Choice(SCRIPTS), metavar="AUTOMATE")
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[MOTS]…")
def forge(script: str, words: tuple[str, ...]) -> int:
    """Faire ce que demande un automate de la forge (classeur, reception, relecture)."""
    from annuaire.depot import making

    path = str(making.FORGE / f"{script}.sh")
    os.execvp("bash", ["bash", path, *words])  # noqa: S606, S607 - a script of the package, by the bash of the forge


COMMANDS = (init, forge)
