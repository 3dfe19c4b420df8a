"""Hold what a proposal can never do: crash the reading, act through the comment, change the folder, pass for staff."""

from __future__ import annotations

import json
import random
import re
import shutil
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from tests.coach.proposing import RIVALE, TRAITEUR, Proposals, lay
from tests.coach.test_coach import CASES, hostile, propose, stranger
from tests.documents import Document
from tests.sites import call

from annuaire.coach import writing
from annuaire.coach.report import Fate
from annuaire.text.problems import AnnuaireError

LARGEST_COMMENT = 65_536


@pytest.fixture
def site(tmp_path: Path) -> Proposals:
    """Lay a small site in a repository."""
    return lay(tmp_path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_comment_is_inert(site: Proposals, case: object) -> None:
    propose(site, case)  # type: ignore[arg-type]
    written = writing.markdown(site.coach())
    assert written.startswith(writing.MARK)
    assert len(written) < LARGEST_COMMENT
    page = Document(MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(written))
    assert {element.tag for element in page.elements} <= {"h3", "h4", "p", "ul", "li", "strong", "code", "sub"}
    assert page.comments == [" annuaire:coach "]
    for element in page.elements:
        if element.tag == "code":
            element.parts.clear()
    outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", written)
    assert not re.search(r"@\w|#\w|\$\w|://|www\.", outside)


def test_sentences_that_break_out_of_their_quotes() -> None:
    for bad in (
        "@a",
        "#1",
        "gh-12",
        "GH-12",
        "https://mal.example",
        "www.mal.example",
        "![a](b)",
        "[a](b)",
        "<b>",
        "$x$",
    ):
        written = writing.said(f"La valeur «\u00a0a\u00a0» {bad}\u00a0» est refusée")
        html = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(written)
        assert {e.tag for e in Document(html).elements} == {"p", "code"}
        assert not re.search(r"@a|#1|(?i:gh-1)|://|www\.|\$x", html)


def test_values_are_copied_whole() -> None:
    for value in ("`a`", "``", "a ``` b", "https://exemple.org/a_b*c", "«", "x@y.org"):
        html = MarkdownIt("gfm-like", {"linkify": False}).render(writing.code(value))
        assert Document(html).one("code").text == value


def test_a_comment_too_long_says_what_it_leaves_out(site: Proposals) -> None:
    site.start()
    for number in range(30):
        words = " ".join(f"@equipe{number}x{rank} é🙂" for rank in range(700))
        site.record(
            f"coop-{number}",
            f'nom: Coop {number}\nmission: "{words}"\n' + "".join(f'x{n}: "{"é" * 80}"\n' for n in range(90)),
        )
    site.propose()
    report = site.coach()
    written = writing.markdown(report)
    assert len(written.encode("utf-8")) < LARGEST_COMMENT
    assert "faute de place" in written
    assert len(json.loads(writing.json(report))["fiches"]) == 30
    assert writing.text(report).count("Fiche d’entreprise créée") == 30


@pytest.mark.parametrize(
    "span", ["", "..", "main", "main..absente", "-x..main", "main..--help", "a\0b..main", "main..x y"]
)
def test_a_range_that_git_does_not_know(site: Proposals, span: str) -> None:
    with pytest.raises(AnnuaireError):
        site.coach(span)


def test_a_folder_without_history(tmp_path: Path) -> None:
    site = lay(tmp_path)
    shutil.rmtree(site.root / ".git")
    with pytest.raises(AnnuaireError, match="git"):
        site.coach()


def test_nothing_is_checked_out(site: Proposals) -> None:
    propose(site, hostile)
    before = {path: path.read_bytes() for path in site.root.rglob("*") if path.is_file()}
    site.coach()
    assert {path: path.read_bytes() for path in site.root.rglob("*") if path.is_file()} == before
    assert site.git("branch", "--show-current") == "main"


def test_the_settings_and_words_of_the_proposal_are_not_believed(site: Proposals) -> None:
    site.start()
    site.write("mkdocs.yml", "!!python/object/apply:os.system [false]\n")
    site.write("content/vocabularies/secteurs.yml", "mal:\n  libelle: Mal\n")
    site.write(
        "content/exceptions.yml", "exceptions:\n  - {fiche: traiteur-exempel, code: doublon-nom-proche, raison: x}\n"
    )
    text = TRAITEUR.replace("Exemple", "Exempel").replace('neq: "1142934315"\n', "")
    site.record("traiteur-exempel", text.replace("alimentation-restauration", "mal"))
    site.propose()
    codes = {problem.code for problem in site.coach().problems}
    assert {"secteur-inconnu", "doublon-nom-proche"} <= codes


def test_what_main_received_meanwhile_counts(site: Proposals) -> None:
    site.start()
    site.record("nouvelle", RIVALE.replace("Cantine Rivale", "Buanderie Neuve"))
    site.propose()
    site.record("buanderie", RIVALE.replace("Cantine Rivale", "Buanderie Neuve"))
    site.record("cantine-rivale", RIVALE.replace("0177", "0170"))
    site.commit()
    report = site.coach()
    assert [change.file for change in report.changes] == ["content/enterprises/nouvelle.yml"]
    assert "doublon-nom" in {problem.code for problem in report.problems}


def test_an_old_problem_is_said_to_be_old_and_a_solved_one_counted(site: Proposals) -> None:
    site.record("cantine-rivale", RIVALE.replace("active", "actif").replace("obnl", "obln"))
    site.commit()
    site.start()
    site.record("cantine-rivale", RIVALE.replace("active", "actif"))
    site.propose()
    report = site.coach()
    assert [(fault.problem.code, fault.is_old) for fault in report.changes[0].faults] == [("choix-inconnu", True)]
    assert report.solved == 1


def test_only_the_caller_says_who_is_staff(site: Proposals) -> None:
    propose(site, stranger)
    trusted = {flag.code for flag in site.coach(staff=True).flags}
    assert not trusted
    assert {flag.code for flag in site.coach().flags} == {"verification", "fermeture", "plusieurs-fiches"}


def test_all_ways_to_reach_an_enterprise_do_not_change_unseen(site: Proposals) -> None:
    site.start()
    site.record("traiteur-exemple", TRAITEUR.replace("0142", "0199").replace("traiteur.example", "mal.example"))
    site.propose()
    assert [flag.code for flag in site.coach().flags] == ["coordonnees"]
    assert not site.coach(staff=True).flags


def test_records_that_serve_all_are_for_the_team(site: Proposals) -> None:
    site.start()
    site.write("content/territories/maskinonge.yml", "mrc: '510'\ninvention: oui\n")
    site.propose()
    report = site.coach()
    assert [flag.code for flag in report.flags] == ["fiches-communes"]
    assert "champ-inconnu" in {problem.code for problem in report.problems}
    assert report.changes[0].after is None, "completeness is for enterprises"
    assert "Fiche de territoire créée" in writing.text(report)


def test_offers_that_move_are_followed(site: Proposals) -> None:
    site.start()
    one, other = (
        "  - nom: Repas livrés\n    categorie: traiteur\n",
        "  - nom: Buffets froids\n    categorie: traiteur\n    delai: 5 jours\n",
    )
    site.record("traiteur-exemple", TRAITEUR.replace(one + other, other.replace("5 jours", "6 jours") + one))
    site.propose()
    found = site.coach().changes[0].differences
    assert [(str(d.kind), d.path) for d in found] == [("changement", ("offres", 0, "delai")), ("ordre", ("offres",))]


def test_an_offer_that_a_stranger_confirms_is_seen(site: Proposals) -> None:
    one = "  - nom: Repas livrés\n    categorie: traiteur\n"
    own = "    verification:\n      statut: confirmee\n      date: '2026-01-15'\n      source: Appel\n"
    confirmed = TRAITEUR.replace(one, one + own)
    assert confirmed != TRAITEUR
    site.start()
    site.record("traiteur-exemple", confirmed)
    site.propose()
    assert [(flag.code, flag.message) for flag in site.coach().flags] == [
        ("verification-offres", "1\u00a0offre confirmée dans «\u00a0Traiteur Exemple\u00a0»")
    ]
    assert not site.coach(staff=True).flags


def test_what_a_confirmation_changes_is_said(site: Proposals) -> None:
    """An offer of which nothing is said apart is confirmed with its record; a guess is one no more."""
    head = TRAITEUR[: TRAITEUR.index("verification:")]
    site.record("traiteur-exemple", f"{head}verification:\n  statut: a-confirmer\n  deduits: [secteur]\n")
    site.commit()
    site.start()
    site.record("traiteur-exemple", TRAITEUR)
    site.propose()
    (said,) = [flag.message for flag in site.coach().flags if flag.code == "verification"]
    assert "2\u00a0offres deviennent confirmées avec elle" in said
    assert "ce qui était deviné n’est plus dit deviné" in said


def test_a_merged_record_is_not_lost(site: Proposals) -> None:
    site.start()
    (site.enterprises / "cantine-rivale.yml").unlink()
    site.record("traiteur-exemple", TRAITEUR.replace("neq:", "anciens_slugs: [cantine-rivale]\nneq:"))
    site.propose()
    deleted = next(change for change in site.coach().changes if change.fate is Fate.DELETED)
    assert "renverra à" in deleted.note


def test_a_site_below_the_top_of_its_repository(tmp_path: Path) -> None:
    top = lay(tmp_path)
    top.git("checkout", "-q", "-b", "deplace")
    (top.root / "site").mkdir()
    for name in ("mkdocs.yml", "content"):
        (top.root / name).rename(top.root / "site" / name)
    top.commit()
    top.git("branch", "-f", "main")
    site = Proposals(top.root / "site")
    site.start()
    site.record("cantine-rivale", RIVALE.replace("0177", "0170"))
    (top.root / ".github" / "workflows" / "ci.yml").write_text("jobs: {}\n", encoding="utf-8")
    site.git("add", "-A", "..")
    site.git("commit", "-q", "-m", "Proposition")
    site.git("checkout", "-q", "-f", "main")
    report = site.coach()
    assert [change.file for change in report.changes] == ["content/enterprises/cantine-rivale.yml"]
    assert [(flag.code, flag.files) for flag in report.flags] == [
        ("workflows", ("../.github/workflows/ci.yml",)),
        ("fiche-d-autrui", ("content/enterprises/cantine-rivale.yml",)),
    ]


def test_damaged_records_never_stop_the_reading(site: Proposals) -> None:
    chance = random.Random(4)
    site.start()
    for number in range(120):
        data = bytearray(chance.choice([TRAITEUR, RIVALE]).encode("utf-8"))
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 9)] = chance.choice(
                [b"", b"\n", b"- ", b": ", b"[", b"{", b"\xff", b"\t", b"'", b"&a ", b"*a"]
            )
        name = "traiteur-exemple" if number == 0 else f"fiche-{number}"
        site.write(f"content/enterprises/{name}.yml", bytes(data))
    site.propose()
    report = site.coach()
    assert len(report.changes) == 120
    for write in writing.FORMATS.values():
        assert write(report)
    site.git("merge", "-q", "proposition")
    site.start("reparation")
    for path in site.enterprises.glob("fiche-*.yml"):
        path.write_text(TRAITEUR, encoding="utf-8")
    site.propose("reparation")
    assert len(site.coach("main..reparation").changes) >= 119


def test_of_a_record_that_cannot_be_read_nothing_more_is_said(site: Proposals) -> None:
    """It is not said to declare its old addresses no more."""
    former = RIVALE.replace("statut: active", "anciens_slugs: [cantine]\nstatut: active")
    site.record("cantine-rivale", former)
    site.commit()
    site.start()
    site.record("cantine-rivale", "\ufeff" + former)
    site.propose()
    assert "ancien-nom-retire" not in [flag.code for flag in site.coach().flags]


def test_annotations_are_those_of_the_proposal(site: Proposals) -> None:
    site.record("maison-d-hebergement-exemple", "nom: [\n")
    site.commit()
    site.start()
    site.record("cantine-rivale", RIVALE.replace("obnl", "obln"))
    site.git("add", "-A")
    site.propose()
    site.git("merge", "-q", "--no-ff", "-m", "Fusion", "proposition")
    *errors, last = writing.github(site.coach("HEAD^1..HEAD")).splitlines()
    assert [line.split(",")[0] for line in errors] == ["::error file=content/enterprises/cantine-rivale.yml"]
    assert last == "1\u00a0erreur dans 1\u00a0fiche"


def test_the_command(site: Proposals) -> None:
    propose(site, stranger)
    span = "main..proposition"
    good = call("coach", span, folder=site.root)
    assert (good.returncode, good.stderr) == (0, "")
    assert "est déclarée fermée" in good.stdout
    trusted = call("coach", span, "--equipe", "--format", "json", folder=site.root)
    assert json.loads(trusted.stdout)["a_verifier"] == []
    site.git("checkout", "-q", "proposition")
    site.record("cantine-rivale", "nom: [\n")
    site.propose()
    wrong = call("coach", span, "--format", "markdown", folder=site.root)
    assert wrong.returncode == 1
    assert wrong.stdout.startswith(writing.MARK)
    absent = call("coach", "main..absente", folder=site.root)
    assert absent.returncode == 2
    assert "Traceback" not in absent.stderr
