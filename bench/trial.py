"""Lay out the sites, run every measure and gather what was found; nothing here is written or shown."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from annuaire.print import documents
from bench import (
    again,
    browser,
    browsing,
    cards,
    catalogue_speed,
    hugo_site,
    plain_site,
    preview,
    questions,
    sites,
    weight,
)
from bench.generator import Mix
from bench.measure import Program, Run, Series, in_turns, run, series

BIN = Path(sys.executable).parent
LONGEST_PLAIN = 180.0  # seconds; beyond, the plain way is not run but worked out from the size before
DATED = {
    "SOURCE_DATE_EPOCH": sites.EPOCH,
    "PYTHONPATH": str(sites.ROOT),
    "NO_MKDOCS_2_WARNING": "1",
    "DISABLE_MKDOCS_2_WARNING": "true",
}
Say = Callable[[str], None]


@dataclass(frozen=True)
class Output:
    """Count what a program wrote: HTML pages, old addresses, vCards, bytes of HTML; then all files and their bytes."""

    pages: int
    redirects: int
    cards: int
    bytes: int
    files: int
    whole: int


@dataclass
class Sized:
    """Hold what was found for one size; what was not measured is None."""

    count: int
    mix: Mix
    validate: Series
    pages: Series
    hugo: Series
    ratio: float
    ours: Output
    theirs: Output
    search: Series
    build: Series
    memory: Run
    pages_memory: Run
    hugo_memory: Run
    steps: list[tuple[str, str]]
    site: Output
    plain: Run | None = None
    plain_pages: int = 0
    plain_is_guess: bool = False
    same_bytes: bool | None = None
    edits: list[float] | None = None
    weight: weight.Weight | None = None
    catalogue: catalogue_speed.Speed | None = None
    browsing: browsing.Browsing | None = None
    again: again.Again | None = None


@dataclass
class Real:
    """Hold what was found for the directory of this repository.

    `missed` lists, by page asked, the questions of buyers that are not well answered.
    """

    count: int
    validate: Series
    build: Series
    leaflets: Series
    cards: cards.Cards
    edits: list[float]
    weight: weight.Weight
    missed: dict[str, list[questions.Question]]


@dataclass
class Found:
    """Hold everything that was found."""

    runs: int
    sizes: list[Sized] = field(default_factory=list)
    real: Real | None = None


@dataclass
class Trial:
    """Measure in a folder of its own."""

    work: Path
    runs: int
    quick: bool
    say: Say
    judgements: int = 3  # of each page by Lighthouse

    def measure(self, counts: tuple[int, ...]) -> Found:
        """Measure each size, then the real directory."""
        found = Found(self.runs)
        for count in counts:
            found.sizes.append(self._size(count, found.sizes[-1] if found.sizes else None, last=count == counts[-1]))
            shutil.rmtree(self.work / str(count), ignore_errors=True)
        found.real = self._real()
        return found

    def _size(self, count: int, before: Sized | None, *, last: bool) -> Sized:
        self.say(f"{count} fiches : préparation")
        here = self.work / str(count)
        site, hugo, out = here / "site", here / "hugo", here / "out"
        mix = sites.make(site, count)
        shells = site / ".annuaire/gabarits"
        subprocess.run(
            [BIN / "mkdocs", "build", "--quiet", "--site-dir", shells],
            cwd=site,
            env={**os.environ, **DATED, "ANNUAIRE_GABARITS": "oui"},
            check=True,
        )
        hugo_site.write_site(hugo, site)
        self.say(f"{count} fiches : lecture et vérification")
        validate = series(self._ours(site, "validate", before=lambda: again.forget(site)), self.runs)
        self.say(f"{count} fiches : pages, à tour de rôle avec Hugo")
        pages = self._pages(site, out)
        peer = self._hugo(hugo, here / "hugo-out", here / "hugo-cache")
        run(pages), run(peer)  # once, so that both find their own files in the machine's memory
        ours, theirs, ratio = in_turns(pages, peer, self.runs)
        counted = _count(out), _count(here / "hugo-out")
        self.say(f"{count} fiches : recherche, tout, mémoire")
        command: list[str | Path] = [BIN / "annuaire", "build", "--out", str(out)]
        whole = Program(command, site, DATED, lambda: _start_over(site, out))
        build = series(whole, self.runs)
        steps = _steps(whole)
        memory, pages_memory = run(whole, with_memory=True), run(pages, with_memory=True)
        hugo_memory = run(peer, with_memory=True)
        run(whole)
        site_output = _count(out)
        run(peer)
        index = [sys.executable, "-m", "pagefind", "--site", str(here / "hugo-out")]
        search = series(Program(index, site, {}, lambda: _empty(here / "hugo-out/pagefind")), self.runs)
        sized = Sized(
            count,
            mix,
            validate,
            ours,
            theirs,
            ratio,
            *counted,
            search,
            build,
            memory,
            pages_memory,
            hugo_memory,
            steps,
            site_output,
        )
        sized.weight = weight.profiles(out)
        if last:
            self.say(f"{count} fiches : deux constructions, aperçu")
            first = _fingerprint(out)
            run(whole)
            sized.same_bytes = _fingerprint(out) == first
            self.say(f"{count} fiches : une fiche changée, republiée")
            sized.again = again.measure(Program(command, site, DATED), site, self.runs)
            first = _fingerprint(out)
            run(whole)
            sized.same_bytes = sized.same_bytes and _fingerprint(out) == first
            sized.edits = preview.edits(BIN / "annuaire", site, DATED, self.runs)
            self.say(f"{count} fiches : catalogue dans le navigateur")
            found = browsing.measure(out, 1 if self.quick else self.judgements)
            sized.catalogue, sized.browsing = catalogue_speed.measure(out), found
        self._plain(sized, before, site, here / "mkdocs")
        return sized

    def _plain(self, sized: Sized, before: Sized | None, site: Path, folder: Path) -> None:
        guess = before.plain.seconds * sized.count / before.count if before and before.plain else 0.0
        if before and before.plain and guess > LONGEST_PLAIN:
            scale = sized.count / before.count
            sized.plain = Run(guess, before.plain.processor * scale, before.plain.largest * scale)
            sized.plain_is_guess = True
            return
        self.say(f"{sized.count} fiches : MkDocs seul")
        sized.plain_pages = plain_site.write_site(folder, site)
        sized.plain = run(Program([BIN / "mkdocs", "build", "--quiet"], folder, DATED))

    def _real(self) -> Real:
        self.say("Le vrai répertoire")
        site = self.work / "reel/site"
        site.parent.mkdir()
        count = sites.copy_real(site)
        out = site / "site"
        validate = series(self._ours(site, "validate", before=lambda: again.forget(site), dated=False), self.runs)
        whole = self._ours(site, "build", before=lambda: _start_over(site, out), dated=False)
        build = series(whole, self.runs)
        cache = site / ".annuaire" / documents.FOLDER
        leaflets = series(self._ours(site, "prospectus", before=lambda: _empty(cache), dated=False), self.runs)
        weighed = weight.profiles(out)
        self.say("Le vrai répertoire : questions d’acheteurs")
        missed = {}
        with browser.opened(out) as (chromium, origin):
            for name, ask in questions.PAGES.items():
                page = chromium.new_page()
                wrong = questions.faults(partial(ask, page, origin), questions.load())
                missed[name] = [question for question, _ in wrong]
                page.close()
        edits = preview.edits(BIN / "annuaire", site, {}, self.runs)
        return Real(count, validate, build, leaflets, cards.measure(site), edits, weighed, missed)

    def _ours(self, site: Path, *words: str, before: Callable[[], None] = lambda: None, dated: bool = True) -> Program:
        return Program([BIN / "annuaire", *words], site, DATED if dated else {}, before)

    def _pages(self, site: Path, out: Path) -> Program:
        command = [sys.executable, "-m", "bench.pages_only", "build", "--out", str(out)]
        return Program(command, site, DATED, lambda: _start_over(site, out))

    def _hugo(self, folder: Path, out: Path, cache: Path) -> Program:
        command = [
            str(hugo_site.program()),
            "--quiet",
            "--noBuildLock",
            "--destination",
            str(out),
            "--cacheDir",
            str(cache),
        ]

        def before() -> None:
            _empty(out)
            _empty(cache)

        return Program(command, folder, {"HUGO_ENVIRONMENT": "production"}, before)


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _start_over(site: Path, out: Path) -> None:
    """Take away what the last build made, and what it keeps of records and pages."""
    _empty(out)
    again.forget(site)


def _count(out: Path) -> Output:
    texts = [path.read_bytes() for path in out.rglob("*.html")]
    redirects = sum(b'http-equiv="refresh"' in text[:1500].lower() for text in texts)
    sizes = [path.stat().st_size for path in out.rglob("*") if path.is_file()]
    cards = len(list(out.rglob("*.vcf")))
    return Output(len(texts) - redirects, redirects, cards, sum(map(len, texts)), len(sizes), sum(sizes))


def _steps(program: Program) -> list[tuple[str, str]]:
    """Run a build once more and keep the times of the steps that it shows itself."""
    program.before()
    done = subprocess.run(
        [str(word) for word in program.command],
        cwd=program.folder,
        env={**os.environ, **program.environment},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line.strip().rsplit("  ", 1) for line in done.stdout.splitlines() if line.startswith("  ")]
    return [(parts[0].strip(), parts[1].strip()) for parts in lines if len(parts) == 2 and parts[1].endswith("s")]


def _fingerprint(out: Path) -> str:
    """Give one hash of every file of a site."""
    digest = hashlib.sha256()
    for path in sorted(p for p in out.rglob("*") if p.is_file()):
        digest.update(f"{path.relative_to(out)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
