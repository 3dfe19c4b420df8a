"""A site built from what the last build kept is the same, byte for byte, as one built from nothing.

Changes are drawn at random, one build after the other in the same folder, so that what is kept goes through all of
them; each time, a copy of the folder that has nothing kept is built beside.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.examples import examples
from tests.sites import EXAMPLES, Project, digest, lay_out

from annuaire import urls
from annuaire.pages import render
from annuaire.pages.head import head
from annuaire.pages.page import Page
from annuaire.site import stamp, stock

pytestmark = pytest.mark.usefixtures("several_processes")

Change = Callable[[Project, random.Random], None]
DAYS = ("2026-11-02", "2026-11-03", "2027-01-15")
FIRST = "base-de-plein-air-du-grand-exemple"


def _pick(project: Project, dice: random.Random, having: str = "") -> tuple[Path, str]:
    """Choose a record whose text has something."""
    paths = sorted(project.enterprises.glob("*.yml"))
    found = [(path, text) for path in paths if re.search(having, text := path.read_text(encoding="utf-8"))]
    return dice.choice(found)


def _line(key: str, *values: str) -> Change:
    """Change one line of a record, whatever stands above it."""

    def change(project: Project, dice: random.Random) -> None:
        pattern = rf"(?m)^([ -]*){key}: [^|>\n]+$"
        path, text = _pick(project, dice, pattern)
        found = dice.choice(list(re.finditer(pattern, text)))
        line = f"{found[1]}{key}: {dice.choice(values)}"
        path.write_text(text[: found.start()] + line + text[found.end() :], encoding="utf-8")

    change.__name__ = key
    return change


def add(project: Project, dice: random.Random) -> None:
    """Add a record where another one is."""
    path, text = _pick(project, dice)
    number = dice.randrange(10**6)
    name = f"Neuve Exemple {number}"
    text = re.sub(r"(?m)^(nom): .*$", f"nom: {name}", text, count=1)
    text = re.sub(r"(?m)^(neq|site_web|anciens_slugs|courriel): .*\n(  - .*\n)*", "", text)
    text = re.sub(r"(?m)^images:\n([ -].*\n)*", "", text)
    path.with_name(f"neuve-exemple-{number}.yml").write_text(text, encoding="utf-8")


def remove(project: Project, dice: random.Random) -> None:
    """Take out a record that no other names."""
    texts = [path.read_text(encoding="utf-8") for path in (project.root / "content").rglob("*.yml")]
    free = [
        path
        for path in sorted(project.enterprises.glob("*.yml"))
        if path.stem != FIRST and not any(re.search(rf"\b{path.stem}\b", text) for text in texts)
    ]
    if len(free) > 20:
        dice.choice(free).unlink()


def rename(project: Project, dice: random.Random) -> None:
    """Give a record another address, the former one kept."""
    path, text = _pick(project, dice, r"^((?!anciens_slugs|images:)[\s\S])*$")
    if "content/images" in text or (project.root / "content" / "images" / path.stem).exists():
        return
    used = [one for one in (project.root / "content").rglob("*.yml") if path.stem in one.read_text(encoding="utf-8")]
    if used or path.stem == FIRST:
        return
    number = dice.randrange(10**6)
    path.with_name(f"{path.stem}-{number}.yml").write_text(f"{text}anciens_slugs: [{path.stem}]\n", encoding="utf-8")
    path.unlink()


def merge(project: Project, dice: random.Random) -> None:
    """Say that a record is part of another one today."""
    path, text = _pick(project, dice, r"^((?!fusionnee_avec)[\s\S])*$")
    texts = [one.read_text(encoding="utf-8") for one in (project.root / "content").rglob("*.yml") if one != path]
    if path.stem != FIRST and not any(path.stem in one for one in texts):
        path.write_text(f"{text}fusionnee_avec: {FIRST}\n", encoding="utf-8")


def another_setting(project: Project, dice: random.Random) -> None:
    project.configure(telephone=f"819 555-01{dice.randrange(10, 99)}")


def another_table(project: Project, dice: random.Random) -> None:
    """Give a municipality of the site's own table another place."""
    path = project.root / "content" / "vocabularies" / "municipalites.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(46\.[0-9])[0-9]*", rf"\g<1>{dice.randrange(10, 99)}", text, count=1), encoding="utf-8")


def another_event(project: Project, dice: random.Random) -> None:
    path = dice.choice(sorted((project.root / "content" / "evenements").glob("*2027.yml")))
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^nom: .*$", f"nom: Évènement Exemple {dice.randrange(99)}", text), encoding="utf-8")


def another_day(project: Project, dice: random.Random) -> None:
    del project
    os.environ["SOURCE_DATE_EPOCH"] = str(1793620800 + 86400 * dice.choice((1, 30, 200, 400)))


def another_commit(project: Project, dice: random.Random) -> None:
    """Give what changed so far a day in the history."""
    del dice
    (project.root / "notes.txt").write_text(str(len(list(project.root.glob(".git/objects/*")))), encoding="utf-8")
    project.commit()


def nothing(project: Project, dice: random.Random) -> None:
    """Leave everything as it is."""


def damage(project: Project, dice: random.Random) -> None:
    """Change a byte of what is kept, or cut it, or take a file away."""
    kept = sorted(path for path in project.settings.cache.rglob("*") if path.is_file() and path.stat().st_size)
    path = dice.choice([one for one in kept if one.parent.name == stock.FOLDER or one.suffix == ".json"])
    data = bytearray(path.read_bytes())
    at = dice.randrange(len(data))
    match dice.randrange(3):
        case 0:
            data[at] ^= 1 << dice.randrange(8)
        case 1:
            del data[at:]
        case 2:
            path.unlink()
            return
    path.write_bytes(data)


CHANGES: tuple[Change, ...] = (
    _line("telephone", "819 555-0142", "819 555-0143"),
    _line("courriel", "a@exemple.example.org", "b@exemple.example.org"),
    _line("mission", "Servir d’exemple.", "Servir d’autre exemple."),
    _line("prix_indicatif", "10 $", "12 $"),
    _line("heures", "Du lundi au vendredi, de 9 h à 17 h", "Sur rendez-vous"),
    _line("nom", "Alpha d’Exemple", "Zeta d’Exemple"),
    _line("municipalite", "Exempleville", "L’Exemple-d’en-Haut"),
    _line("secteur", "arts-culture", "alimentation"),
    *(
        add,
        remove,
        rename,
        merge,
        another_setting,
        another_table,
        another_event,
        another_day,
        another_commit,
        nothing,
        damage,
    ),
)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Lay out the Exemple site without what it prints and draws, which is kept apart."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793620800")
    project = lay_out(tmp_path / "site", EXAMPLES)
    project.configure(documents="[]", partage_images="[]")
    project.commit()
    return project


def _whole(project: Project) -> dict[str, str]:
    """Build a copy of a site that keeps nothing."""
    bare = Project(project.root.with_name("neuf"))
    shutil.rmtree(bare.root, ignore_errors=True)
    shutil.copytree(project.root, bare.root, ignore=shutil.ignore_patterns("site", ".annuaire"))
    bare.build(skip_invalid=True)
    return digest(bare.site)


def _again(project: Project) -> dict[str, str]:
    fresh = Project(project.root)  # its settings are read again
    fresh.build(skip_invalid=True)
    return digest(fresh.site)


@pytest.mark.parametrize("half", range(2))
def test_changes_drawn_at_random(half: int, site: Project) -> None:
    """Both halves make all the changes, in an order drawn once; a longer look draws others."""
    dice = random.Random(examples(120))
    changes = dice.sample(CHANGES, len(CHANGES))[half::2]
    _again(site)
    done = []
    for change in changes:
        change(site, dice)
        done.append(change.__name__)
        assert _again(site) == _whole(site), f"not the same after {', '.join(done)}"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the list of the pages that are made from now on."""
    made: list[str] = []
    monkeypatch.setattr(stamp, "FORK_FROM", 10**6)  # all in this process, which counts

    def hear(page: Page) -> str:
        made.append(page.url)
        return render(page)

    monkeypatch.setattr(stamp, "render", hear)
    return made


def test_a_folder_carried_elsewhere_keeps_what_it_kept(site: Project, made: list[str], tmp_path: Path) -> None:
    """A host that publishes gives the folder another place each time."""
    before = _again(site)
    whole = len(made)
    made.clear()
    assert _again(site.copy(tmp_path / "ailleurs" / "plus-loin")) == before
    assert len(made) < whole / 5


def test_few_pages_are_made_again_for_a_telephone(site: Project, made: list[str]) -> None:
    before = _again(site)
    made.clear()
    path = site.record(FIRST)
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"telephone: .*", "telephone: 819 555-0199", text, count=1), encoding="utf-8")
    after = _again(site)
    profiles = [url for url in made if re.fullmatch(r"entreprises/[^/]+/", url)]
    assert f"entreprises/{FIRST}/" in profiles
    assert len(profiles) < 20
    assert after != before


def test_a_page_leads_to_each_enterprise_that_it_shows(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page is made again when an enterprise that it leads to changes: it may show no other one."""
    monkeypatch.setattr(stamp, "FORK_FROM", 10**6)
    made = stamp.Stamper._made
    seen: list[str] = []

    def watch(self: stamp.Stamper, page: Page) -> stock.Finished:
        finished = made(self, page)
        if self.stock:
            texts = (render(page), head(page, self.settings), *(text for _, text in page.files))
            pieces = [piece for text in texts for piece in text.split(urls.ENTERPRISES)[1:]]
            shown = {piece.partition("/")[0] for piece in pieces} & self.stock.records.keys()
            assert shown <= {*finished.enterprises}, page.url
            seen.extend(shown)
        return finished

    monkeypatch.setattr(stamp.Stamper, "_made", watch)
    _again(site)
    assert len(set(seen)) > 30


def test_what_is_kept_is_bounded(site: Project) -> None:
    _again(site)
    folder = site.settings.cache / stock.FOLDER
    size = sum(path.stat().st_size for path in folder.iterdir())
    (folder / "laisse-par-un-autre").write_bytes(b"x" * 1000)
    for number in range(3):
        site.configure(telephone=f"819 555-010{number}")
        _again(site)
    assert sum(path.stat().st_size for path in folder.iterdir()) < 1.1 * size
