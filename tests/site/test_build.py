"""Building: what stops it, what it leaves out, what it leaves behind, and that it always gives the same bytes."""

from __future__ import annotations

import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from tests.documents import read
from tests.examples import examples
from tests.sites import (
    EXAMPLES,
    KEPT,
    Project,
    clean_environment,
    digest,
    lay_out,
    run,
    tool,
    until,
)

from annuaire import build, config
from annuaire.site import engine, exchange, stamp
from annuaire.text.problems import AnnuaireError

pytestmark = pytest.mark.usefixtures("several_processes")

SEED = 20261122
KILLS = examples(5)


def break_record(project: Project) -> None:
    """Give one record a sector that does not exist."""
    path = project.record("exemplaire")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("secteur: medias-communications", "secteur: medias-comunications"), encoding="utf-8")


@pytest.fixture
def small(tmp_path: Path) -> Project:
    """Give a site of one record, not built yet, where what is tested is not how many pages there are."""
    project = lay_out(tmp_path / "petit", EXAMPLES, records=False)
    shutil.copy(EXAMPLES / "content" / "enterprises" / "exemplaire.yml", project.enterprises)
    project.commit()
    return project


def left_behind(project: Project) -> list[str]:
    """List what a build should have thrown away."""
    kept = {"mkdocs.yml", "content", "pages", "site", ".annuaire", ".git", ".gitignore"}
    cache = project.settings.cache
    return sorted(
        [p.name for p in project.root.iterdir() if p.name not in kept]
        + [p.name for p in (cache.iterdir() if cache.exists() else ()) if p.name not in KEPT]
    )


def test_wrong_record_stops_the_build_and_leaves_the_site(published: Project) -> None:
    before = digest(published.site)
    break_record(published)
    answer = published.call("build")
    assert answer.returncode == 1
    assert (
        "content/enterprises/exemplaire.yml:8:10: erreur\u00a0: le secteur «\u00a0medias-comunications\u00a0»"
        in answer.stderr
    )
    assert "conseil\u00a0: vouliez-vous dire «\u00a0medias-communications\u00a0»?" in answer.stderr
    assert "rien n’a été publié" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert digest(published.site) == before
    assert left_behind(published) == []


def test_skip_invalid_publishes_the_rest_and_says_so(project: Project) -> None:
    break_record(project)
    answer = project.call("build", "--skip-invalid")
    assert answer.returncode == 0, answer.stderr
    assert "Fiches laissées de côté" in answer.stdout
    assert "content/enterprises/exemplaire.yml:8:10" in answer.stdout
    pages = project.pages()
    assert "entreprises/exemplaire/" not in pages
    assert "entreprises/ressourcerie-exemple/" in pages
    data = read(pages["donnees/"])
    assert "Fiches laissées de côté" in data.text
    assert data.text.index("Exemplaire") < data.text.index("content/enterprises/exemplaire.yml")
    assert "secteur\u00a0: secteur-inconnu" in data.text
    assert "medias-comunications" not in data.text


def test_nothing_left_out_is_not_spoken_of(example: Project) -> None:
    assert "laissées de côté" not in read(example.pages()["donnees/"]).text


def test_mkdocs_alone_stops_on_a_wrong_record(published: Project) -> None:
    before = digest(published.site)
    break_record(published)
    answer = run("mkdocs", "build", "--quiet", folder=published.root)
    assert answer.returncode != 0
    assert "exemplaire.yml:8:10: erreur" in answer.stdout + answer.stderr
    assert "Traceback" not in answer.stderr
    assert digest(published.site) == before


def test_mkdocs_alone_leaves_the_site_when_a_link_leads_nowhere(published: Project) -> None:
    """Found once every page is rendered: the former site must still be there then."""
    before = digest(published.site)
    page = published.root / "pages" / "a-propos.md"
    page.write_text(page.read_text(encoding="utf-8") + '\n\n<a href="../nulle-part/">ici</a>\n', encoding="utf-8")
    answer = run("mkdocs", "build", "--quiet", folder=published.root)
    assert answer.returncode != 0
    assert "/a-propos/ mène à /nulle-part/" in answer.stdout + answer.stderr
    assert digest(published.site) == before


@pytest.mark.parametrize(
    "ways",
    [
        {
            '<a href="../nulle-part/">ici</a>': "/a-propos/ mène à /nulle-part/",
            '<a href="../entreprises/#nulle-part">ici</a>': "/a-propos/ mène à /entreprises/#nulle-part",
            '<a href="#nulle-part">ici</a>': "/a-propos/ mène à /a-propos/#nulle-part",
        },
        {"[ici](nulle-part.md)": "nulle-part.md"},  # refused by the engine, before the others could be
    ],
    ids=["written", "markdown"],
)
def test_link_that_leads_nowhere_stops_the_build(small: Project, ways: dict[str, str]) -> None:
    page = small.root / "pages" / "a-propos.md"
    page.write_text(page.read_text(encoding="utf-8") + f"\n\nVoir {', '.join(ways)}.\n", encoding="utf-8")
    with pytest.raises(AnnuaireError) as refused:
        small.build()
    said = str(refused.value)
    assert [words for words in ways.values() if words not in said] == []
    assert not small.site.exists()
    assert left_behind(small) == []


def test_link_from_a_finished_page_to_an_anchor_is_accepted(small: Project) -> None:
    page = small.root / "pages" / "a-propos.md"
    text = page.read_text(encoding="utf-8") + '\n\nVoir <a href="../donnees/#licence">la licence</a>.\n'
    page.write_text(text, encoding="utf-8")
    small.build()
    assert "licence" in read(small.pages()["donnees/"]).ids


CONTENT = "<!--annuaire:contenu-->"


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("gabarits/entreprises.md", CONTENT, "rien", "gabarits/entreprises/index.html ne porte pas la marque"),
        ("recherche.md", CONTENT, CONTENT * 2, "recherche/index.html porte 2 fois la marque"),
        (
            "index.md",
            "title: ANNUAIRE-TITRE",
            "title: Accueil",
            "écrire «\u00a0title: ANNUAIRE-TITRE\u00a0» en tête de content/pages/index.md",
        ),
    ],
)
def test_wrong_shell_stops_the_build(small: Project, name: str, old: str, new: str, said: str) -> None:
    page = small.root / "pages" / name
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(AnnuaireError, match=re.escape(said)):
        small.build()
    assert left_behind(small) == []


def test_a_page_that_the_site_lacks_comes_from_the_program(project: Project, laid: Project, tmp_path: Path) -> None:
    """After an upgrade, most often; whatever builds it."""
    project.build()
    whole = digest(project.site)
    other = laid.copy(tmp_path / "ailleurs")
    for path in (other.root / "pages").rglob("*.md"):
        path.unlink()
    other.build()
    assert digest(other.site) == whole
    shutil.rmtree(other.site)
    answer = run("mkdocs", "build", "--quiet", folder=other.root)
    assert answer.returncode == 0, answer.stderr
    assert digest(other.site) == whole


def test_missing_shell_stops_the_build_and_says_what_to_add(small: Project, tmp_path: Path) -> None:
    """Only shells that another engine rendered may lack one."""
    shells = engine.start(small.settings, "mkdocs", tmp_path / "moteur").wait()
    rendered = Path(shutil.copytree(shells, tmp_path / "rendu"))  # other tests read the ones that are kept
    for name in ("entreprises", "fiches"):  # its tab’s, and those of any tab
        shutil.rmtree(rendered / "gabarits" / name)
    answer = small.call("stamp", str(rendered), "--out", "site")
    assert answer.returncode == 2
    assert "Aucun gabarit «\u00a0entreprises\u00a0» de profondeur 2" in answer.stderr
    assert "ajouter une page dans content/pages/gabarits/entreprises/" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_same_commit_same_bytes_whatever_builds_it(project: Project, laid: Project, tmp_path: Path) -> None:
    """`annuaire build`, `mkdocs build` in another folder with another hash seed, and a build over a former one."""
    assert project.run("build", PYTHONHASHSEED="1").returncode == 0
    first = digest(project.site)
    other = laid.copy(tmp_path / "ailleurs")
    answer = run(
        "mkdocs", "build", "--quiet", folder=other.root, environment={"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"}
    )
    assert answer.returncode == 0, answer.stderr
    assert digest(other.site) == first
    assert project.run("build", PYTHONHASHSEED="3", LC_ALL="C", TZ="America/Montreal").returncode == 0
    assert digest(project.site) == first


def test_many_processes_give_the_same_bytes(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for fewest in (1, 10**6):
        monkeypatch.setattr(stamp, "FORK_FROM", fewest)
        out = project.root / f"depuis-{fewest}"
        build.build(project.settings, out=out)
        found.append(digest(out))
    assert found[0] == found[1]


def test_killed_build_leaves_the_site_and_the_next_one_works(small: Project) -> None:
    """Kills that nothing can catch, spread over the whole duration of a build."""
    start = time.perf_counter()
    assert small.run("build").returncode == 0
    duration = time.perf_counter() - start
    page = small.root / "pages" / "a-propos.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nUne ligne de plus.\n", encoding="utf-8")
    whole = small.root / "ailleurs"
    build.build(small.settings, out=whole)
    former, latter = digest(small.site), digest(whole)
    shutil.rmtree(whole)
    seeded = random.Random(SEED)
    for rank in range(KILLS):
        process = subprocess.Popen(
            [str(tool("annuaire")), "build"],
            cwd=small.root,
            env=clean_environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        )
        try:
            process.wait(duration * (rank + seeded.random()) / KILLS)
        except subprocess.TimeoutExpired:
            process.kill()
        assert process.wait() in (0, -signal.SIGKILL)
        if digest(small.site) != former:  # the exchange was done before the end: the new site must be whole
            assert digest(small.site) == latter, f"killed for the {rank + 1}th time"
        else:
            assert process.returncode != 0
    # The engine of a build that was killed may go on for a moment, and what it then writes is swept by the next one.
    until(lambda: small.run("build").returncode == 0 and left_behind(small) == [])
    assert "Une ligne de plus." in (small.site / "a-propos" / "index.html").read_text(encoding="utf-8")
    assert digest(small.site) == latter


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere two folders are not exchanged in one step")
def test_site_is_there_at_every_moment_of_its_replacement(tmp_path: Path) -> None:
    site = tmp_path / "site"
    over = threading.Event()
    missing = 0

    def look() -> None:
        nonlocal missing
        while not over.is_set():
            missing += not (site / "index.html").exists()

    def folder(name: str, text: str) -> Path:
        made = tmp_path / name
        made.mkdir()
        for number in range(20):
            (made / f"{number}.html").write_text(text, encoding="utf-8")
        (made / "index.html").write_text(text, encoding="utf-8")
        return made

    exchange.publish(folder(".site.1", "0"), site)
    looking = threading.Thread(target=look)
    looking.start()
    for number in range(100):
        exchange.publish(folder(".site.2", str(number)), site)
        assert (site / "index.html").read_text(encoding="utf-8") == str(number)
    over.set()
    looking.join()
    assert missing == 0
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_two_builds_at_once_do_not_hinder_each_other(small: Project) -> None:
    running = [
        subprocess.Popen(
            [str(tool("annuaire")), "build"], cwd=small.root, env=clean_environment(), stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    said = [process.communicate(timeout=120)[1] for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    assert "entreprises/exemplaire/" in small.pages()
    assert left_behind(small) == []


def test_interrupted_build_cleans_up_and_says_so(published: Project) -> None:
    before = digest(published.site)
    process = subprocess.Popen(
        [str(tool("annuaire")), "build"],
        cwd=published.root,
        env=clean_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    until(lambda: any(p.name.startswith(".site.") for p in published.root.iterdir()) or process.poll() is not None)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode in (0, 130)
    assert "Traceback" not in said
    assert digest(published.site) == before
    assert left_behind(published) == []


def test_site_moved_aside_by_a_killed_build_comes_back(published: Project) -> None:
    """Where folders cannot be exchanged in one step, a kill between the two moves loses nothing."""
    before = digest(published.site)
    published.site.rename(published.site.with_name(".site.ancien"))
    exchange.recover(published.site)
    assert digest(published.site) == before


def test_folder_that_is_no_site_is_not_thrown_away(project: Project) -> None:
    """`--out` on a folder that holds something else must not destroy it."""
    mine = project.root / "documents"
    mine.mkdir()
    (mine / "these.txt").write_text("dix ans de travail", encoding="utf-8")
    answer = project.call("build", "--out", "documents")
    assert answer.returncode == 2, answer.stdout
    assert (mine / "these.txt").read_text(encoding="utf-8") == "dix ans de travail"
    assert "documents" in answer.stderr


def test_record_verified_today_is_not_of_the_future(project: Project) -> None:
    """Pages are dated by the commit, but a record may be edited after it."""
    today = config.today().isoformat()
    path = project.record("exemplaire")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('date: "2026-06-18"\n  par: pole', f'date: "{today}"\n  par: pole'), encoding="utf-8")
    assert today in path.read_text(encoding="utf-8")
    project.build()


def test_folder_without_history_builds(tmp_path: Path) -> None:
    project = lay_out(tmp_path, EXAMPLES)
    project.build()
    assert "entreprises/exemplaire/" in project.pages()
