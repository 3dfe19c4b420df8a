"""Write in French what was found: a table per size, the budgets met or not, the machine."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import statistics
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from annuaire.text.french import NBSP
from bench import again, browsing, questions
from bench.catalogue_speed import MOST_FILTER, MOST_FIRST, Speed
from bench.measure import Series
from bench.trial import Found, Output, Real, Sized
from bench.weight import Weight

FILE = Path(__file__).resolve().parent / "RESULTS.md"
METHOD = FILE.with_name("METHODE.md")  # what is compared, and how
LIBRARIES = ("annuaire", "mkdocs", "mkdocs-material", "jinja2", "pyyaml", "frictionless", "pagefind", "hugo")
_KINDS = {
    questions.Kind.FOUND: "questions d’acheteurs, l’entreprise attendue parmi les trois premières",
    questions.Kind.SILENT: "questions d’acheteurs, rien de faux en tête",
}
MOST_FILES = 45_000
NEAR = 0.05  # a ratio this close to its limit is a draw rather than a win or a loss


def report(found: Found, *, on_disk: bool) -> str:
    """Write the whole report."""
    place = "sur le disque" if on_disk else "en mémoire (le disque pèserait autant sur tous, et brouillerait)"
    lines = [
        "# Temps mesurés",
        "",
        "Ce fichier est écrit par `make bench`. Chaque programme est lancé à neuf, comme le ferait une personne,",
        "et écrit dans un dossier vide; les temps sont ceux de la montre, du lancement à la fin.",
        f"Les sites sont {place}.",
        "",
        *_machine(found),
        "",
        "## Budgets",
        "",
        *_budgets(found),
        "",
        *(line for sized in found.sizes for line in _size(sized)),
        *(_real(found.real) if found.real else ()),
        "## Ce qui est comparé",
        "",
        METHOD.read_text(encoding="utf-8"),
    ]
    return "\n".join(lines).rstrip().replace(" :", f"{NBSP}:").replace(" ×", f"{NBSP}×") + "\n"


def _machine(found: Found) -> Iterator[str]:
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    load = os.getloadavg()[1]
    yield f"- Date : {datetime.now(UTC):%Y-%m-%d}; {found.runs} essais de chaque mesure, médianes."
    system = f"{platform.system()} {platform.release()}"
    yield f"- Machine : {os.cpu_count()} processeurs ({_processor()}), {memory:.0f}{NBSP}Go, {system}."
    yield f"- Charge moyenne pendant la mesure : {_number(load)} (au repos, de 1 à 2 sur deux processeurs)."
    yield f"- Python {platform.python_version()}; {versions}."


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _budgets(found: Found) -> Iterator[str]:
    yield "| mesure | budget | trouvé | |"
    yield "|---|---|---|---|"
    sizes = {sized.count: sized for sized in found.sizes}
    large, middle, last, real = sizes.get(11200), sizes.get(2500), found.sizes[-1], found.real
    many = f"{_whole(last.count)} fiches"
    if large:
        yield from _large_budgets(large)
    if middle:
        yield _budget("`annuaire validate`, 2 500 fiches", "≤ 0,9 s", middle.validate.seconds, 0.9, " s")
    if real:
        what = f"`annuaire build`, le vrai répertoire ({real.count} fiches), tout compris"
        yield _budget(what, "≤ 5 s", real.build.seconds, 5.0, " s")
        what = "`annuaire prospectus`, tous les prospectus du vrai répertoire, aucun n’étant fait"
        yield _budget(what, "≤ 10 s", real.leaflets.seconds, 10.0, " s")
        what = "`annuaire serve`, fiche modifiée → page, le vrai répertoire"
        yield _budget(what, "≤ 1 s", statistics.median(real.edits), 1.0, " s")
        for page, missed in real.missed.items():
            for kind, (right, asked) in questions.scores(missed).items():
                what = f"{_KINDS[kind]}, page « {page} »"
                verdict = "tenu" if right >= questions.LEAST_SHARE * asked else "**non tenu**"
                share = f"{questions.LEAST_SHARE * 100:.0f}{NBSP}%"
                yield f"| {what} | ≥ {share} | {_percent(right, asked)} de {asked} | {verdict} |"
    if last.edits:
        what = f"`annuaire serve`, fiche modifiée → page, {many}"
        yield _budget(what, "≤ 3 s", statistics.median(last.edits), 3.0, " s")
    if last.again:
        what = f"une fiche changée, republiée (programme neuf), {many}"
        yield _budget(what, f"≤ {again.MOST:.0f} s", last.again.series.seconds, again.MOST, " s")
    if last.catalogue:
        yield from _catalogue_budgets(last.catalogue)
    if last.browsing:
        yield from (_budget(*line) for line in browsing.budgets(last.browsing))
    heaviest = max(w.largest for w in (real and real.weight, last.weight) if w) / 1000
    yield _budget("première vue de la fiche la plus lourde, compressée", "≤ 150 ko", heaviest, 150.0, " ko")
    if last.same_bytes is not None:
        answer, verdict = ("oui", "tenu") if last.same_bytes else ("non", "**non tenu**")
        yield f"| deux constructions | mêmes octets | {answer} | {verdict} |"


def _large_budgets(large: Sized) -> Iterator[str]:
    """Judge the cold build of 11,200 records: beside its peers, its memory, what it writes."""
    many = "11 200 fiches"
    yield _budget(f"{many}, pages vérifiées, à froid, à côté de Hugo", "≤ 0,90 ×", large.ratio, 0.9, " ×")
    ratio = large.build.seconds / (large.hugo.seconds + large.search.seconds)
    what = f"{many}, tout, recherche comprise, à côté de Hugo puis Pagefind sur ses pages"
    yield _budget(what, "≤ 1,00 ×", ratio, 1.0, " ×")
    yield _budget(f"{many}, mémoire du plus gros processus", "≤ 650 Mo", large.memory.largest, 650.0, " Mo")
    yield _budget(f"{many}, mémoire de tous les processus", "≤ 950 Mo", large.memory.together, 950.0, " Mo")
    yield _budget(f"{many}, octets du site", "≤ 400 Mio", large.site.whole / 2**20, 400.0, " Mio")
    verdict = "tenu" if large.site.files <= MOST_FILES else "**non tenu**"
    yield f"| {many}, fichiers du site | ≤ {_whole(MOST_FILES)} | {_whole(large.site.files)} | {verdict} |"


def _catalogue_budgets(speed: Speed) -> Iterator[str]:
    size = f"{_whole(speed.enterprises)} fiches et {_whole(speed.offers)} offres"
    yield _budget(f"catalogue, {size} : données reçues → premières fiches", "≤ 200 ms", speed.first, MOST_FIRST, " ms")
    what = f"catalogue, {size} : filtre choisi → liste et nombres, la facette la plus lente"
    yield _budget(what, "≤ 50 ms", speed.slowest, MOST_FILTER, " ms")


def _budget(what: str, limit: str, value: float, most: float, unit: str) -> str:
    verdict = "tenu" if value <= most else "**non tenu**"
    if "×" in unit and abs(value - most) <= NEAR:
        verdict += " (à égalité près)"
    return f"| {what} | {limit} | {_number(value)}{unit.replace(' ', NBSP)} | {verdict} |"


def _size(s: Sized) -> Iterator[str]:
    rich = s.mix.fields.get("description", 0)
    yield f"## {_whole(s.count)} fiches"
    yield ""
    yield (
        f"{_number(s.mix.bytes / s.count / 1000)} ko par fiche; offres dans {_share(s, 'offres')}, mission dans "
        f"{_share(s, 'mission')}, plusieurs lieux dans {_share(s, 'plusieurs lieux')}, "
        f"{_percent(rich, s.count)} de fiches riches; "
        f"le plus gros territoire en tient {_whole(s.mix.largest_territory)}."
    )
    yield ""
    yield "| mesure | médiane | de … à … | processeur | rapport |"
    yield "|---|---|---|---|---|"
    yield _row("lire et vérifier (`annuaire validate`)", s.validate)
    yield _row("**pages, annuaire** (vérifiées)", s.pages, f"**{_number(s.ratio)} × Hugo**")
    yield _row("pages, Hugo (sans vérification)", s.hugo, "1")
    if s.plain:
        how = "estimé d’après la taille d’avant" if s.plain_is_guess else "un seul essai"
        ratio = f"{_number(s.plain.seconds / s.pages.seconds)} × annuaire"
        yield f"| pages, MkDocs seul | {_seconds(s.plain.seconds)} | {how} | {_seconds(s.plain.processor)} | {ratio} |"
    yield _row("recherche de Hugo (Pagefind, sur ses pages)", s.search)
    together = s.hugo.seconds + s.search.seconds
    yield _row("tout (`annuaire build`)", s.build, f"{_number(s.build.seconds / together)} × Hugo et Pagefind")
    yield ""
    yield "| sorties | pages | anciennes adresses | cartes de visite | HTML |"
    yield "|---|---|---|---|---|"
    yield _output("annuaire", s.ours)
    yield _output("Hugo", s.theirs)
    if s.plain_pages:
        yield f"| MkDocs seul | {_whole(s.plain_pages)} | | | |"
    yield ""
    yield (
        f"Mémoire, le plus gros processus et tous ensemble : tout {_memory(s.memory)}; "
        f"pages {_memory(s.pages_memory)}; Hugo {_memory(s.hugo_memory)}."
    )
    yield f"Site entier : {_whole(s.site.files)} fichiers, {_number(s.site.whole / 2**20)}{NBSP}Mio."
    if s.again:
        low, high = s.again.series.spread
        yield (
            f"Une fiche changée, republiée par un programme neuf : {_seconds(s.again.series.seconds)} "
            f"({_number(low)} à {_seconds(high)}; processeur {_seconds(s.again.series.processor)}); mémoire "
            f"{_memory(s.again.memory)}; gardé d’une fois à l’autre, {_number(s.again.kept / 1e6)}{NBSP}Mo."
        )
    if s.edits:
        yield f"Aperçu, fiche modifiée → page : {', '.join(_seconds(t) for t in s.edits)}."
    if s.catalogue:
        yield from _catalogue(s.catalogue)
    if s.browsing:
        yield from browsing.table(s.browsing)
    if s.weight:
        files = ", ".join(f"{Path(name).name} {_number(size / 1000)} ko" for name, size in s.weight.files.items())
        yield (f"{_first_view(s.weight)} En moyenne : HTML {_number(s.weight.html / 1000)} ko, {files}.")
    yield f"Étapes que `annuaire build` annonce : {'; '.join(f'{name} {time}' for name, time in s.steps)}."
    yield ""


def _catalogue(speed: Speed) -> Iterator[str]:
    size = f"{_number(speed.bytes / 1e6)}{NBSP}Mo de données avant compression"
    first, start = (f"{value:.0f}{NBSP}ms" for value in (speed.first, speed.start))
    usual, slowest, words = (f"{value:.0f}{NBSP}ms" for value in (speed.filter, speed.slowest, speed.words))
    yield (
        f"Catalogue dans Chromium, {size} : premières fiches {first} après les données, {start} après le clic; "
        f"un filtre {usual}, au plus {slowest} (« {speed.slowest_name} »); "
        f"des mots, recherche à charger comprise, {words}."
    )


def _real(real: Real) -> Iterator[str]:
    yield f"## Le vrai répertoire ({_whole(real.count)} fiches)"
    yield ""
    yield "| mesure | médiane | de … à … | processeur | |"
    yield "|---|---|---|---|---|"
    yield _row("lire et vérifier (`annuaire validate`)", real.validate)
    yield _row("tout (`annuaire build`)", real.build)
    yield ""
    yield f"Aperçu, fiche modifiée → page : {', '.join(_seconds(t) for t in real.edits)}."
    drawn = real.cards
    yield ""
    yield (
        f"Image à partager : {_number(drawn.milliseconds)} ms de processeur et {_number(drawn.kilobytes)} ko, en "
        f"moyenne de {_whole(drawn.count)}, dessinées une à une."
    )
    yield ""
    yield _first_view(real.weight)
    yield ""
    for page, missed in real.missed.items():
        told = ", ".join(f"« {question.words} »" for question in missed) or "aucune"
        yield f"Questions d’acheteurs mal répondues, page « {page} » : {told}."
    yield ""


def _row(what: str, series: Series, ratio: str = "") -> str:
    low, high = series.spread
    spread = f"{_number(low)} à {_seconds(high)}"
    return f"| {what} | {_seconds(series.seconds)} | {spread} | {_seconds(series.processor)} | {ratio} |"


def _first_view(weight: Weight) -> str:
    return (
        f"Première vue d’une fiche : {_number(weight.total / 1000)}{NBSP}ko; "
        f"la plus lourde, {_number(weight.largest / 1000)}{NBSP}ko."
    )


def _output(name: str, output: Output) -> str:
    megabytes = f"{_number(output.bytes / 1e6)}{NBSP}Mo"
    return f"| {name} | {_whole(output.pages)} | {_whole(output.redirects)} | {_whole(output.cards)} | {megabytes} |"


def _memory(run: object) -> str:
    largest, together = getattr(run, "largest", 0.0), getattr(run, "together", 0.0)
    return f"{largest:.0f} et {together:.0f}{NBSP}Mo"


def _share(s: Sized, name: str) -> str:
    return _percent(s.mix.fields.get(name, 0), s.count)


def _percent(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)}{NBSP}%"


def _seconds(value: float) -> str:
    return f"{_number(value)}{NBSP}s"


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",") if abs(value) < 10 else f"{value:.1f}".replace(".", ",")


def _whole(value: int) -> str:
    return f"{value:,}".replace(",", NBSP)
