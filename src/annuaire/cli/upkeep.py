"""Hold the commands that look after records: judge them, prepare a new one, put them in form, tell their story."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annuaire.cli.console import COLLECTION, FILE, FrenchCommand, complain, started
from annuaire.text.messages import inert
from annuaire.text.problems import AnnuaireError

if TYPE_CHECKING:
    from annuaire.config import Settings


@click.command(cls=FrenchCommand)
@click.argument("paths", type=FILE, nargs=-1, metavar="[FICHES]…")
@click.option("--format", "form", type=click.Choice(["text", "github", "json"]), help="Forme du rapport.")
@click.option("--strict", is_flag=True, help="Échouer aussi sur un avertissement.")
@click.pass_obj
def validate(config_file: Path, paths: tuple[Path, ...], form: str | None, strict: bool) -> int:
    """Vérifier les fiches et les pages (ou seulement FICHES) et dire quoi corriger."""
    from annuaire import config
    from annuaire.catalogue import loading
    from annuaire.cli import reporters
    from annuaire.processes import meanwhile
    from annuaire.records import registry_files
    from annuaire.text.problems import Severity

    settings = config.load(config_file)
    _check_paths(settings, paths, settings.content, settings.pages)
    with meanwhile(partial(registry_files.check, settings)) as found:
        loaded = loading.Loader(settings).load(config.today())
        loaded = replace(loaded, problems=tuple(sorted([*loaded.problems, *found()])))
    problems, counts = loading.select(loaded, paths)
    report = reporters.FORMATS[form] if form else reporters.usual
    click.echo(report(problems, counts))
    worst = [p for p in problems if strict or p.severity is Severity.ERROR]
    return 1 if worst else 0


@click.command(cls=FrenchCommand)
@click.argument("nom", metavar="NOM")
@COLLECTION
@click.pass_obj
def new(config_file: Path, nom: str, collection: str) -> int:
    """Préparer une nouvelle fiche (NOM), d’une entreprise à moins de dire d’autre chose (--collection)."""
    from annuaire import config, files, schema
    from annuaire.places import samples, territories, vocabularies
    from annuaire.records import template
    from annuaire.records.collections import named
    from annuaire.rules.file_name import is_refused
    from annuaire.text.names import slugify

    settings = config.load(config_file)
    slug = slugify(nom)
    if not slug:
        raise AnnuaireError("Le nom doit contenir au moins une lettre ou un chiffre.")
    if is_refused(slug):
        raise AnnuaireError(
            f"«\u00a0{slug}\u00a0» est un nom que le site ou les ordinateurs gardent pour eux\u00a0: "
            "y ajouter la municipalité, par exemple."
        )
    own = named(collection)
    path = settings.content / own.name / f"{slug}.yml"
    if path.exists():
        raise AnnuaireError(
            f"La fiche {settings.relative(path)} existe déjà\u00a0: la modifier plutôt que d’en créer une."
        )
    words, places = vocabularies.load(settings.own_tables), territories.load(settings.own_tables)
    fields = samples.localised(schema.load(own.name), places, settings.regions)
    files.write_all([files.Writing(path, template.new_record(nom, fields, words), None)], settings.cache)
    click.echo(f"Fiche préparée\u00a0: {inert(settings.relative(path))}")
    empty = [table.by_path[path].title for table, path in template.to_fill(fields)]
    what = f"Compléter\u00a0: {', '.join(empty)}" if empty else "La compléter"
    click.echo(f"{what}; puis lancer\u00a0: {started('validate')}")
    return 0


@click.command("format", cls=FrenchCommand)
@click.argument("paths", type=FILE, nargs=-1, metavar="[FICHES]…")
@click.option("--check", is_flag=True, help="Dire ce qui changerait sans rien écrire.")
@click.pass_obj
def format_(config_file: Path, paths: tuple[Path, ...], check: bool) -> int:
    """Mettre les fiches (ou seulement FICHES) dans l’ordre et l’écriture habituels, commentaires gardés."""
    from annuaire import config, files, schema
    from annuaire.records.collections import EVERY
    from annuaire.text import french
    from annuaire.yamlfile import formatter

    settings = config.load(config_file)
    _check_paths(settings, paths, settings.content)
    refused = 0
    wanted: list[files.Writing] = []
    for collection in map(schema.load, EVERY):
        folder = settings.content / collection.name
        for path in sorted(folder.glob("*.yml")):
            if paths and not any(path.resolve().is_relative_to(p.resolve()) for p in paths):
                continue
            try:
                before, after = formatter.format_file(path, collection, settings.relative(path))
            except AnnuaireError as error:
                complain(str(error))
                refused += 1
                continue
            if after != before:
                click.echo(inert(settings.relative(path)))
                wanted.append(files.Writing(path, after, before))
    if wanted and not check:
        files.write_all(wanted, settings.cache)
    changed = len(wanted)
    state = "à mettre en forme" if check else "mise en forme" if changed < 2 else "mises en forme"
    click.echo(f"{french.count(changed, 'fiche')} {state}.")
    return 1 if refused or (check and changed) else 0


@click.command(cls=FrenchCommand)
@click.argument("slug", metavar="FICHE")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Forme de l’histoire.")
@click.option("--oldest-first", is_flag=True, help="Commencer par le plus ancien état.")
@click.pass_obj
def history(config_file: Path, slug: str, form: str, oldest_first: bool) -> int:
    """Dire ce qui a changé dans une FICHE, et quand, sans dire qui l’a écrit."""
    from annuaire import config
    from annuaire.timeline import story as telling
    from annuaire.timeline import writing

    story = telling.tell(config.load(config_file), slug)
    click.echo(writing.FORMATS[form](story, story.states[::-1] if oldest_first else story.states))
    return 0


def _check_paths(settings: Settings, paths: tuple[Path, ...], *folders: Path) -> None:
    """Raise AnnuaireError for a path that does not exist or that none of the folders holds."""
    ours = [folder.resolve() for folder in folders]
    for path in paths:
        if not path.exists():
            raise AnnuaireError(f"«\u00a0{path}\u00a0» est introuvable.")
        own = path.resolve()
        if not any(own.is_relative_to(folder) or folder.is_relative_to(own) for folder in ours):
            raise AnnuaireError(f"«\u00a0{path}\u00a0» n’est pas dans le dossier des fiches, {settings.content}.")


COMMANDS = (validate, new, format_, history)
