"""Hold the commands of staff for what they receive: review a proposal, import a list, apply what people sent.

The workbooks and call sheets that people fill are prepared here too.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annuaire.cli.console import COLLECTION, FILE, FrenchCommand, bar, follow, say
from annuaire.text import french
from annuaire.text.messages import inert
from annuaire.text.problems import AnnuaireError

if TYPE_CHECKING:
    from annuaire.config import Settings

EVERY = "toutes"
BESIDE = "."  # `--preparer` alone: beside the list
_MRC = click.option("--mrc", "mrcs", multiple=True, help="Seulement les entreprises de cette MRC (peut être répété).")
_CATEGORY = click.option(
    "--categorie", "categories", multiple=True, help="Seulement celles qui offrent cette catégorie (peut être répété)."
)


@click.command(cls=FrenchCommand)
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
    from annuaire import config
    from annuaire.coach import writing

    settings = config.load(config_file)
    report = coaching.coach(settings, span, config.judging_date(settings.root), staff=staff)
    if form == "markdown":
        click.echo(writing.markdown(report, preview), nl=False)
    else:
        click.echo(writing.FORMATS[form](report))
    return 1 if report.errors else 0


@click.command("import", cls=FrenchCommand)
@click.argument("source", type=FILE, required=False, metavar="TABLEUR")
@click.option(
    "--mapping",
    type=FILE,
    help="Ce que contient chaque colonne\u00a0: le classeur de «\u00a0--preparer\u00a0», ou un YAML.",
)
@click.option(
    "--preparer",
    "prepare",
    is_flag=False,
    flag_value=BESIDE,
    help="Deviner ce que contient la liste et l’écrire dans ce classeur, à corriger puis à donner à --mapping.",
)
@click.option("--reception", is_flag=True, help="Traiter les listes déposées dans reception/ (plateforme).")
@click.option("--dry-run", is_flag=True, help="Montrer le rapport sans rien écrire.")
@click.option("--report", "report_file", type=FILE, help="Écrire aussi le rapport dans ce fichier CSV.")
@click.pass_obj
def import_(
    config_file: Path,
    source: Path | None,
    mapping: Path | None,
    prepare: str | None,
    reception: bool,
    dry_run: bool,
    report_file: Path | None,
) -> int:
    """Importer un TABLEUR (CSV, XLSX, XLS ou ODS) dans les fiches; d’abord, préparer sa correspondance (--preparer)."""
    from annuaire import config, files
    from annuaire.intake import importing as importers

    settings = config.load(config_file)
    if reception:
        return _receive(settings)
    if source is None:
        raise AnnuaireError("Nommer la liste à importer.")
    if not source.exists():
        raise AnnuaireError(f"Le fichier «\u00a0{source}\u00a0» est introuvable.")
    if prepare is not None:
        output = source.with_name(f"{source.stem}-correspondance.xlsx") if prepare == BESIDE else Path(prepare)
        return _prepare(settings, source, output)
    if mapping is None:
        raise AnnuaireError(
            "Ajouter «\u00a0--preparer\u00a0» pour deviner ce que contient la liste, ou «\u00a0--mapping\u00a0» pour "
            "le dire."
        )
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
        files.save(report_file, report.as_csv())
    return 1 if report.has_refusals else 0


def _receive(settings: Settings) -> int:
    """Prepare or import the lists of the reception folder, and say what was done."""
    from annuaire.intake import applying, lists

    said = lists.receive(applying.received(settings), settings)
    if said:
        say("\n".join(said))
    return 0


def _prepare(settings: Settings, source: Path, output: Path) -> int:
    """Write the workbook of a mapping and say what was read."""
    from annuaire.intake.workbooks import mapping_book

    _check_workbook(output, ".xlsx")
    say(mapping_book.prepare(source, output, settings))
    return 0


@click.command(cls=FrenchCommand)
@click.argument("files", type=FILE, nargs=-1, metavar="[FICHIERS]…")
@click.option("--reception", is_flag=True, help="Traiter aussi tous les fichiers du dossier reception/.")
@click.option("--dry-run", is_flag=True, help="Montrer ce qui changerait sans rien écrire.")
@click.option("--yes", is_flag=True, help="Écrire sans demander.")
@click.option("--retirer", "remove", is_flag=True, help="Retirer de reception/ ce qui est entièrement appliqué.")
@click.option(
    "--image",
    "images",
    type=FILE,
    multiple=True,
    help="Une image que nomme la correction, arrivée à côté d’elle (peut être répété).",
)
@click.option(
    "--publique", "public", is_flag=True, help="Tout refuser si un fichier porte plus que des corrections (plateforme)."
)
@click.option("--report", "report_file", type=FILE, help="Écrire aussi le rapport dans ce fichier.")
@click.pass_obj
def apply(
    config_file: Path,
    files: tuple[Path, ...],
    reception: bool,
    dry_run: bool,
    yes: bool,
    remove: bool,
    images: tuple[Path, ...],
    public: bool,
    report_file: Path | None,
) -> int:
    """Appliquer aux fiches ce qui a été reçu : fiche, courriel, texte d’une correction, classeur, feuille d’appel.

    Chaque fichier est écrit en entier ou pas du tout, et jamais si une fiche avait une erreur.
    """
    from annuaire import config
    from annuaire.files import save
    from annuaire.intake import applying

    settings = config.load(config_file)
    if not files and not reception:
        raise AnnuaireError("Nommer les fichiers à appliquer, ou ajouter «\u00a0--reception\u00a0».")
    if report_file is not None:
        report_file.open("a", encoding="utf-8").close()  # a report that cannot be written stops all before any change
    dropped = applying.received(settings) if reception else []
    if public:
        applying.check_public([*files, *dropped])
    application = applying.Application(settings, config.judging_date(settings.root), images)
    outcomes = application.read([*files, *dropped])
    if outcomes:
        say(applying.report(outcomes) + "\n")
    changes = any(outcome.changed for outcome in outcomes) or application.asks(outcomes)
    writes = not dry_run and changes and (yes or _agrees())
    if writes:
        application.write(outcomes)
    ending = [applying.summary(outcomes, written=writes)]
    ending += [f"Aucune fiche ne nomme cette image\u00a0: {inert(name)}" for name in application.images.unused.values()]
    if changes and not writes and not dry_run:
        ending.append("Rien n’a été écrit.")
    if remove and not dry_run and (writes or not changes):
        ending += application.remove([*files, *dropped], outcomes)
    say("\n".join(ending))
    if report_file is not None:
        save(report_file, "\n".join([applying.report(outcomes), "", *ending, ""]))
    return 0 if all(outcome.is_accepted for outcome in outcomes) and (writes or dry_run or not changes) else 1


@click.command("template", cls=FrenchCommand)
@click.argument("path", type=FILE, metavar="FICHIER.xlsx")
@click.option(
    "--fiches",
    multiple=True,
    help="Fiches à y mettre, séparées par des virgules, ou «\u00a0toutes\u00a0».",
)
@_MRC
@_CATEGORY
@click.option("--maximum", "most", type=click.IntRange(0), default=0, help="Pas plus que ce nombre de fiches.")
@click.option("--court", "is_short", is_flag=True, help="Douze colonnes sur une seule feuille (entreprises).")
@COLLECTION
@click.pass_obj
def template_(
    config_file: Path,
    path: Path,
    fiches: tuple[str, ...],
    mrcs: tuple[str, ...],
    categories: tuple[str, ...],
    most: int,
    is_short: bool,
    collection: str,
) -> int:
    """Préparer un classeur à remplir (entreprises, offres, lieux, ou autres fiches), que la commande apply relit."""
    from annuaire import config
    from annuaire.intake import applying
    from annuaire.records.collections import ENTERPRISES
    from annuaire.records.collections import named as named_collection

    settings = config.load(config_file)
    _check_workbook(path, ".xlsx")
    named = [slug.strip() for group in fiches for slug in group.split(",") if slug.strip()]
    own = named_collection(collection)
    if not own.is_open:
        raise AnnuaireError(f"Les {own.record_many} se corrigent dans leurs fichiers, par l’équipe du Pôle.")
    if own.name != ENTERPRISES and (is_short or mrcs or categories):
        raise AnnuaireError(
            "«\u00a0--court\u00a0», «\u00a0--mrc\u00a0» et «\u00a0--categorie\u00a0» vont avec les entreprises."
        )
    application = applying.Application(settings, config.judging_date(settings.root))
    if EVERY in named or mrcs or categories:
        found = application.slugs(mrcs, categories, own.name)
        named = found if EVERY in named or not named else [slug for slug in named if slug in found]
    count = application.template(path, named[: most or None], collection=own.name, is_short=is_short)
    click.echo(f"Classeur préparé, avec {french.count(count, 'fiche')}\u00a0: {inert(str(path))}")
    return 0


@click.command(cls=FrenchCommand)
@click.argument("path", type=FILE, metavar="FICHIER")
@_MRC
@_CATEGORY
@click.option("--maximum", "most", type=click.IntRange(0), default=0, help="Pas plus que ce nombre d’appels.")
@click.pass_obj
def appels(config_file: Path, path: Path, mrcs: tuple[str, ...], categories: tuple[str, ...], most: int) -> int:
    """Préparer la feuille d’appel des fiches à confirmer (.xlsx à remplir, ou .html à imprimer)."""
    from annuaire import config
    from annuaire.intake import applying

    settings = config.load(config_file)
    _check_workbook(path, ".xlsx", ".html")
    application = applying.Application(settings, config.judging_date(settings.root))
    calls = application.to_call(mrcs, categories)[: most or None]
    application.calls(path, calls)
    click.echo(f"Feuille d’appel préparée, avec {french.count(len(calls), 'appel')}\u00a0: {inert(str(path))}")
    return 0


@click.command(cls=FrenchCommand)
@click.argument("source", type=FILE, metavar="ARCHIVE")
@click.argument("path", type=FILE, metavar="[CLASSEUR.xlsx]", default=Path("registre.xlsx"))
@click.option(
    "--date", "day", metavar="DATE", default="", help="Date de l’archive (AAAA-MM-JJ), si elle ne la dit pas."
)
@click.pass_obj
def registre(config_file: Path, source: Path, path: Path, day: str) -> int:
    """Comparer les fiches avec l’ARCHIVE du Registraire (zip, dossier ou extrait en CSV), sans rien y changer.

    Le classeur a une ligne par constat et une colonne « Décision »; la commande apply l’applique ensuite.
    """
    from annuaire import config
    from annuaire.intake.registry import comparing
    from annuaire.records.reading import as_day

    settings = config.load(config_file)
    _check_workbook(path, ".xlsx")
    if day and as_day(day) is None:
        raise AnnuaireError("«\u00a0--date\u00a0» doit être une date, comme 2026-11-22.")
    with bar() as progress:
        tell = follow(progress)
        comparison, loaded = comparing.compare(
            settings,
            source,
            config.judging_date(settings.root),
            as_day(day),
            lambda table, rows: tell(f"{table}\u00a0: {french.number(rows)} lignes", 0, 0),
        )
    say(comparing.summary(comparison))
    comparing.write(path, comparison, loaded)
    click.echo(f"Classeur préparé, avec {french.count(len(comparison.found), 'ligne')}\u00a0: {inert(str(path))}")
    return 0


def _check_workbook(path: Path, *endings: str) -> None:
    if path.suffix.lower() not in endings:
        raise AnnuaireError(f"Le nom du fichier doit finir par {' ou '.join(endings)}.")
    if path.exists():
        raise AnnuaireError(
            f"«\u00a0{path}\u00a0» existe déjà, peut-être rempli\u00a0: choisir un autre nom, ou l’enlever."
        )


def _agrees() -> bool:
    """Ask whether to write, until the answer is clear; nobody to answer is a no."""
    if sys.stdin is None or not sys.stdin.isatty():
        click.echo("Personne pour répondre\u00a0: ajouter «\u00a0--yes\u00a0» pour écrire sans question.")
        return False
    while True:
        try:
            click.echo("Écrire ces changements? (oui ou non) ", nl=False)
            said = sys.stdin.readline()
        except KeyboardInterrupt:
            said = ""
        if not said:  # the terminal was closed, or the person gave up
            click.echo()
        word = said.strip().casefold()
        if word in ("o", "oui"):
            return True
        if word in ("n", "non") or not said:
            return False


COMMANDS = (coach, import_, apply, template_, appels, registre)
