"""Parse the command line and call; with `staff.py`, the only module that prints.

Exit codes: 0 all is well, 1 the data have problems, 2 wrong usage or environment. A command imports what it alone
needs: `validate` may not wait for the half second that pages and exports take to load.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
from pathlib import Path

import click

from annuaire import config, schema
from annuaire.catalogue import exceptions, loading
from annuaire.catalogue.loading import Loaded, Loader, WrongRecordsError
from annuaire.cli import reporters, staff
from annuaire.cli.console import FrenchGroup, bar, explain, follow, refusal, say
from annuaire.places import samples, territories, vocabularies
from annuaire.records import template
from annuaire.records.collections import ENTERPRISES, EVERY
from annuaire.rules.file_name import is_refused
from annuaire.site import engine
from annuaire.text import french
from annuaire.text.messages import inert
from annuaire.text.names import slugify
from annuaire.text.problems import AnnuaireError, Severity
from annuaire.yamlfile import formatter

CONFIG = Path("mkdocs.yml")
FILE = click.Path(path_type=Path)


@click.group(cls=FrenchGroup, context_settings={"help_option_names": ["--help"]})
@click.option("--config", "config_file", type=FILE, default=CONFIG, help="Fichier de configuration (mkdocs.yml).")
@click.pass_context
def cli(ctx: click.Context, config_file: Path) -> None:
    """Publier le répertoire des entreprises d’économie sociale d’une région."""
    ctx.obj = config_file


@cli.command()
@click.option("--engine", "command", default=engine.DEFAULT, help="Programme qui met en forme les gabarits.")
@click.option("--out", type=FILE, help="Dossier du site (sinon celui de la configuration).")
@click.option("--skip-invalid", is_flag=True, help="Publier sans les fiches en erreur, en les nommant.")
@click.pass_obj
def build(config_file: Path, command: str, out: Path | None, skip_invalid: bool) -> int:
    """Vérifier les fiches et construire le site."""
    from annuaire import build as building

    settings = config.load(config_file)
    with bar() as progress:
        summary = building.build(
            settings, command=command, out=out, skip_invalid=skip_invalid, progress=follow(progress)
        )
    click.echo(reporters.built(summary))
    return 0


@cli.command()
@click.argument("shells", type=FILE, metavar="DOSSIER")
@click.option("--out", type=FILE, required=True, help="Dossier du site.")
@click.option("--skip-invalid", is_flag=True, help="Publier sans les fiches en erreur, en les nommant.")
@click.pass_obj
def stamp(config_file: Path, shells: Path, out: Path, skip_invalid: bool) -> int:
    """Construire le site à partir de gabarits déjà mis en forme (dans DOSSIER)."""
    from annuaire import build as building

    settings = config.load(config_file)
    summary = building.Summary()
    with bar() as progress:
        tell = follow(progress)
        loaded = building.judge(settings, summary, skip_invalid=skip_invalid, progress=tell)
        building.finish(settings, loaded, shells.resolve(), out, summary, tell)
    click.echo(reporters.built(summary))
    return 0


@cli.command()
@click.option("--engine", "command", default=engine.DEFAULT, help="Programme qui met en forme les gabarits.")
@click.option("--port", default=8000, type=click.IntRange(1, 65535), help="Port sur cette machine.")
@click.option("--skip-invalid", is_flag=True, help="Montrer le site sans les fiches en erreur.")
@click.pass_obj
def serve(config_file: Path, command: str, port: int, skip_invalid: bool) -> int:
    """Montrer le site sur cette machine et le refaire à chaque changement."""
    from annuaire import serve as serving

    settings = config.load(config_file)
    preview = serving.Preview(settings, command, skip_invalid, settings.cache / "apercu", _report)
    with serving.reserve(preview, port) as server:
        with bar() as progress:
            summary = preview.start(follow(progress))
        click.echo(reporters.built(summary))
        serving.serve(preview, server, say)
    return 0


@cli.command()
@click.argument("paths", type=FILE, nargs=-1, metavar="[FICHES]…")
@click.option("--format", "form", type=click.Choice(["text", "github", "json"]), help="Forme du rapport.")
@click.option("--strict", is_flag=True, help="Échouer aussi sur un avertissement.")
@click.pass_obj
def validate(config_file: Path, paths: tuple[Path, ...], form: str | None, strict: bool) -> int:
    """Vérifier les fiches et les pages (ou seulement FICHES) et dire quoi corriger."""
    settings = config.load(config_file)
    _check_paths(settings, paths, settings.content, settings.pages)
    loaded = Loader(settings).load(config.today())
    problems, counts = loading.select(loaded, paths)
    form = form or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    click.echo(reporters.FORMATS[form](problems, counts))
    worst = [p for p in problems if strict or p.severity is Severity.ERROR]
    return 1 if worst else 0


@cli.command()
@click.argument("span", metavar="BASE..PROPOSITION")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json", "github"]),
    default="text",
    help="Forme du texte.",
)
@click.option("--equipe", "staff", is_flag=True, help="La proposition vient de l’équipe du Pôle (la forge l’atteste).")
@click.option("--apercu", "preview", default="", help="Adresse d’un aperçu, que le texte en markdown donne.")
@click.pass_obj
def coach(config_file: Path, span: str, form: str, staff: bool, preview: str) -> int:
    """Relire une proposition (BASE..PROPOSITION) sans rien extraire : fautes, changements, points à vérifier."""
    from annuaire import coach as coaching
    from annuaire.coach import writing

    settings = config.load(config_file)
    report = coaching.coach(settings, span, config.judging_date(settings.root), staff=staff)
    if form == "markdown":
        click.echo(writing.markdown(report, preview), nl=False)
    else:
        click.echo(writing.FORMATS[form](report))
    return 1 if report.errors else 0


@cli.command("import")
@click.argument("source", type=FILE, metavar="TABLEUR")
@click.option("--mapping", type=FILE, required=True, help="Fichier qui dit ce que contient chaque colonne.")
@click.option("--dry-run", is_flag=True, help="Montrer le rapport sans rien écrire.")
@click.option("--report", "report_file", type=FILE, help="Écrire aussi le rapport dans ce fichier CSV.")
@click.pass_obj
def import_(config_file: Path, source: Path, mapping: Path, dry_run: bool, report_file: Path | None) -> int:
    """Importer un TABLEUR (en CSV ou XLSX) dans les fiches."""
    from annuaire.intake import importing as importers

    settings = config.load(config_file)
    if report_file is not None:
        report_file.open("a", encoding="utf-8").close()  # a report that cannot be written stops all before any change
    with bar() as progress:
        tell = follow(progress)
        report = importers.run(
            source,
            mapping,
            settings,
            dry_run=dry_run,
            report_file=report_file,
            progress=lambda done, total: tell("Importation", done, total),
        )
    click.echo(report.as_text())
    if report_file is not None:
        report_file.write_text(report.as_csv(), encoding="utf-8", newline="")
    return 1 if report.has_refusals else 0


@cli.command()
@click.argument("nom", metavar="NOM")
@click.pass_obj
def new(config_file: Path, nom: str) -> int:
    """Préparer la fiche d’une nouvelle entreprise (NOM)."""
    settings = config.load(config_file)
    slug = slugify(nom)
    if not slug:
        raise AnnuaireError("Le nom doit contenir au moins une lettre ou un chiffre.")
    if is_refused(slug):
        raise AnnuaireError(
            f"«\u00a0{slug}\u00a0» est un nom que le site ou les ordinateurs gardent pour eux\u00a0: "
            "y ajouter la municipalité, par exemple."
        )
    path = settings.content / ENTERPRISES / f"{slug}.yml"
    if path.exists():
        raise AnnuaireError(
            f"La fiche {settings.relative(path)} existe déjà\u00a0: la modifier plutôt que d’en créer une."
        )
    own = settings.content / loading.VOCABULARY_FOLDER
    words, places = vocabularies.load(own), territories.load(own)
    fields = samples.localised(schema.load(ENTERPRISES), places, settings.regions)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(template.new_record(nom, fields, words), encoding="utf-8", newline="\n")
    click.echo(f"Fiche préparée\u00a0: {inert(settings.relative(path))}")
    click.echo("Compléter la municipalité, puis lancer\u00a0: annuaire validate")
    return 0


@cli.command("format")
@click.argument("paths", type=FILE, nargs=-1, metavar="[FICHES]…")
@click.option("--check", is_flag=True, help="Dire ce qui changerait sans rien écrire.")
@click.pass_obj
def format_(config_file: Path, paths: tuple[Path, ...], check: bool) -> int:
    """Mettre les fiches (ou seulement FICHES) dans l’ordre et l’écriture habituels, commentaires gardés."""
    settings = config.load(config_file)
    _check_paths(settings, paths, settings.content)
    changed = refused = 0
    for collection in map(schema.load, EVERY):
        folder = settings.content / collection.name
        for path in sorted(folder.glob("*.yml")):
            if paths and not any(path.resolve().is_relative_to(p.resolve()) for p in paths):
                continue
            try:
                before, after = formatter.format_file(path, collection, settings.relative(path))
            except AnnuaireError as error:
                _complain(str(error))
                refused += 1
                continue
            if after != before:
                changed += 1
                click.echo(inert(settings.relative(path)))
                if not check:
                    _replace(path, after)
    state = "à mettre en forme" if check else "mise en forme" if changed < 2 else "mises en forme"
    click.echo(f"{french.count(changed, 'fiche')} {state}.")
    return 1 if refused or (check and changed) else 0


@cli.command()
@click.option("--gaps", is_flag=True, help="Compter les fournisseurs de chaque besoin dans chaque territoire.")
@click.option(
    "--format", "form", type=click.Choice(["text", "csv"]), default="text", help="Forme du tableau de --gaps."
)
@click.pass_obj
def stats(config_file: Path, gaps: bool, form: str) -> int:
    """Compter les fiches et les offres, ou montrer où il manque des fournisseurs."""
    from annuaire.catalogue.supply import supply_of
    from annuaire.cli import stats as counting
    from annuaire.exports.gaps import to_csv

    if form == "csv" and not gaps:
        raise AnnuaireError("«\u00a0--format csv\u00a0» va avec «\u00a0--gaps\u00a0».")
    settings = config.load(config_file)
    loaded = Loader(settings).load(config.judging_date(settings.root))
    if loaded.errors:
        raise WrongRecordsError(loaded)
    supply = supply_of(loaded.catalogue())
    if form == "csv":
        click.echo(to_csv(supply), nl=False)
    else:
        say(counting.gaps(supply) if gaps else counting.summary(supply))
    return 0


@cli.command()
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", help="Forme de la liste.")
@click.option("--minimum", type=click.IntRange(1, 100), metavar="SCORE", help="Score le plus bas à montrer (50 sinon).")
@click.pass_obj
def duplicates(config_file: Path, form: str, minimum: int | None) -> int:
    """Lister les paires de fiches qui se ressemblent, avec un score sur 100 et ses raisons."""
    from annuaire.cli import duplicates as pairing

    settings = config.load(config_file)
    records = Loader(settings).read(ENTERPRISES)
    accepted = exceptions.accepted(settings.content / exceptions.FILE_NAME)
    pairs = pairing.find(records, accepted, pairing.LEAST if minimum is None else minimum)
    unreadable = sum(not record.is_readable for record in records)
    click.echo(pairing.FORMATS[form](pairs, unreadable), nl=form == "text")
    return 0


@cli.command()
@click.argument("slug", metavar="FICHE")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Forme de l’histoire.")
@click.option("--oldest-first", is_flag=True, help="Commencer par le plus ancien état.")
@click.pass_obj
def history(config_file: Path, slug: str, form: str, oldest_first: bool) -> int:
    """Dire ce qui a changé dans une FICHE, et quand, sans dire qui l’a écrit."""
    from annuaire.timeline import story as telling
    from annuaire.timeline import writing

    story = telling.tell(config.load(config_file), slug)
    click.echo(writing.FORMATS[form](story, story.states[::-1] if oldest_first else story.states))
    return 0


for _command in staff.COMMANDS:
    cli.add_command(_command)


def _check_paths(settings: config.Settings, paths: tuple[Path, ...], *folders: Path) -> None:
    """Raise AnnuaireError for a path that does not exist or that none of the folders holds."""
    ours = [folder.resolve() for folder in folders]
    for path in paths:
        if not path.exists():
            raise AnnuaireError(f"«\u00a0{path}\u00a0» est introuvable.")
        own = path.resolve()
        if not any(own.is_relative_to(folder) or folder.is_relative_to(own) for folder in ours):
            raise AnnuaireError(f"«\u00a0{path}\u00a0» n’est pas dans le dossier des fiches, {settings.content}.")


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all: a disk that fills up leaves the former text."""
    new = path.with_name(f".{path.name}.nouveau")
    try:
        new.write_text(text, encoding="utf-8", newline="\n")
        shutil.copymode(path, new)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


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
        _complain(f"{explain(error)} Voir\u00a0: {where} --help")
        code = 2
    except WrongRecordsError as error:
        _report(error.loaded)
        click.echo(str(error), err=True)
        code = 1
    except AnnuaireError as error:
        _complain(str(error))
        code = 2
    except OSError as error:
        _complain(refusal(error))
        code = 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrompu; le dernier site reste en place.", err=True)
        code = 130
    sys.exit(code or 0)


def _complain(words: str) -> None:
    """Say why a command stops; names of files and values in the words cannot drive the terminal."""
    say(f"annuaire\u00a0: {words}", err=True)


def _report(loaded: Loaded) -> None:
    form = "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    click.echo(reporters.FORMATS[form](loaded.problems, loaded.counts), err=True)
