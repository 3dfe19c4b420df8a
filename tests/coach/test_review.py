"""Answer proposals as the workflow does, with a forge of our own: real git, a `gh` that keeps comments in a file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.coach.proposing import RIVALE, Proposals, lay
from tests.coach.test_coach import machinery, stranger
from tests.sites import GIT_ENVIRONMENT, tool

from annuaire.coach.writing import MARK
from annuaire.depot.making import FORGE

pytestmark = pytest.mark.skipif(shutil.which("jq") is None, reason="the forge's tool has jq inside; here it is beside")
RUNS = "https://forge.example.org/pole/repertoire/actions/runs/"
# Answers the four calls of the script from `forge.json`, and keeps what is written there.
GH = """\
#!{python}
import json, os, subprocess, sys
words, place = sys.argv[1:], os.environ["FORGE"]
forge = json.load(open(place, encoding="utf-8"))
assert os.environ["GH_TOKEN"] == "jeton" and words[0] == "api", words
def option(name): return words[words.index(name) + 1] if name in words else ""
address = next(word for word in words if word.startswith("repos/"))
body = option("--field").removeprefix("body=@")
if body:
    text = open(body, encoding="utf-8").read()
    assert len(text) < 65536
    if option("--method") == "PATCH":
        next(c for c in forge["comments"] if address.endswith("/issues/comments/%d" % c["id"]))["body"] = text
    else:
        assert option("--method") == "POST" and address.endswith("/comments"), words
        author, issue = {{"login": "github-actions[bot]"}}, int(address.split("/")[-2])
        made = {{"id": 100 + len(forge["comments"]), "issue": issue, "user": author, "body": text}}
        forge["comments"].append(made)
    json.dump(forge, open(place, "w", encoding="utf-8"))
else:
    data = forge["pulls"]
    if "/pulls?" not in address:
        issue = int(address.partition("/issues/")[2].partition("/")[0])
        data = [comment for comment in forge["comments"] if comment["issue"] == issue]
    sys.exit(subprocess.run(["jq", "-r", option("--jq")], input=json.dumps(data), text=True).returncode)
"""


@dataclass(frozen=True)
class Forge:
    """Hold a repository of the forge, a checkout of its main as the workflow has it, and what the forge knows."""

    site: Proposals
    checkout: Path
    state: Path

    def push(self, branch: str) -> str:
        """Push a branch as the proposal 7, from a fork: only its reference is there."""
        self.site.git("update-ref", "refs/pull/7/head", branch)
        return self.site.git("rev-parse", branch)

    def replace_program(self, script: str) -> None:
        """Put a program of straw in the place of `annuaire`."""
        program = self.checkout / ".venv" / "bin" / "annuaire"
        program.unlink()
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)

    def review(
        self,
        commit: str,
        association: str = "NONE",
        head: str = "",
        origin: str | None = "une-personne/repertoire",
        preview: str = f"{RUNS}1",
        twin: str = "",
    ) -> list[str]:
        """Run the three steps; give the bodies of all comments. Without `origin`, the fork is no more.

        `twin` is where another open proposal, 8, comes from, which ends at the same commit.
        """
        known = json.loads(self.state.read_text(encoding="utf-8"))
        repository = {"full_name": origin} if origin else None
        known["pulls"] = [
            {"number": 6, "head": {"sha": "0" * 40, "repo": repository}, "author_association": "OWNER"},
            {"number": 7, "head": {"sha": head or commit, "repo": repository}, "author_association": association},
        ]
        if twin:
            self.site.git("update-ref", "refs/pull/8/head", commit)
            known["pulls"].append(
                {"number": 8, "head": {"sha": commit, "repo": {"full_name": twin}}, "author_association": "NONE"}
            )
        self.state.write_text(json.dumps(known), encoding="utf-8")
        for step in ("find", "read", "post"):
            environment = {
                **os.environ,
                **GIT_ENVIRONMENT,
                "PATH": f"{self.checkout / 'bin'}:{os.environ['PATH']}",
                "FORGE": str(self.state),
                "GITHUB_REPOSITORY": "pole/repertoire",
                "GITHUB_SERVER_URL": "https://forge.example.org",
                "PROPOSITION": commit,
                "APERCU": preview,
            }
            if step != "read":
                environment["GH_TOKEN"] = "jeton"
            subprocess.run(
                ["bash", str(FORGE / "relecture.sh"), step, str(self.checkout.parent / "relecture")],
                cwd=self.checkout,
                env=environment,
                check=True,
                capture_output=True,
                text=True,
            )
        return [comment["body"] for comment in json.loads(self.state.read_text(encoding="utf-8"))["comments"]]


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    """Lay a forge, and a checkout of main with the script and `annuaire`."""
    site = lay(tmp_path / "forge")
    checkout = tmp_path / "travail"
    site.git("clone", "-q", str(site.root), str(checkout))
    for folder in ("bin", ".venv/bin"):
        (checkout / folder).mkdir(parents=True)
    (checkout / ".venv" / "bin" / "annuaire").symlink_to(tool("annuaire"))
    gh = checkout / "bin" / "gh"
    gh.write_text(GH.format(python=sys.executable), encoding="utf-8")
    gh.chmod(0o755)
    state = tmp_path / "forge.json"
    said = [
        {"id": 1, "issue": 7, "user": {"login": "une-personne"}, "body": f"{MARK} pas de nous"},
        {"id": 2, "issue": 7, "user": {"login": "github-actions[bot]"}, "body": "d’un autre automate"},
    ]
    state.write_text(json.dumps({"comments": said}), encoding="utf-8")
    return Forge(site, checkout, state)


def test_one_comment_written_again(forge: Forge) -> None:
    forge.site.start()
    stranger(forge.site)
    forge.site.propose()
    theirs, other, ours = forge.review(forge.push("proposition"))
    assert (theirs[-10:], other) == ("as de nous", "d’un autre automate")
    assert ours.startswith(MARK)
    assert "est déclarée fermée" in ours
    assert "/actions/runs/1>)" in ours
    forge.site.git("checkout", "-q", "proposition")
    forge.site.record("cantine-rivale", RIVALE.replace("0177", "0170"))
    forge.site.propose()
    *_, again = forge.review(forge.push("proposition"))
    assert len(forge.review(forge.push("proposition"))) == 3
    assert "est déclarée fermée" not in again
    assert "819 555-0170" in again


def test_the_team_is_who_the_forge_says(forge: Forge) -> None:
    forge.site.start()
    stranger(forge.site)
    forge.site.propose()
    *_, ours = forge.review(forge.push("proposition"), "COLLABORATOR")
    assert "À vérifier" not in ours
    *_, ours = forge.review(forge.push("proposition"), "CONTRIBUTOR")
    assert "À vérifier" in ours
    *_, ours = forge.review(forge.push("proposition"), "CONTRIBUTOR", origin=None)
    assert "À vérifier" in ours


def test_a_branch_of_this_repository_is_the_team_s(forge: Forge) -> None:
    forge.site.start()
    stranger(forge.site)
    forge.site.propose()
    *_, ours = forge.review(forge.push("proposition"), "NONE", origin="pole/repertoire")
    assert "À vérifier" not in ours
    *_, ours = forge.review(forge.push("proposition"), "NONE", origin="pole/repertoire2")
    assert "À vérifier" in ours


def test_who_proposes_the_commit_of_another_is_not_taken_for_them(forge: Forge) -> None:
    forge.site.start()
    stranger(forge.site)
    forge.site.propose()
    commit = forge.push("proposition")
    *_, ours, theirs = forge.review(commit, origin="pole/repertoire", twin="une-personne/repertoire")
    assert "À vérifier" not in ours
    assert "À vérifier" in theirs
    assert len(forge.review(commit, origin="pole/repertoire", twin="une-personne/repertoire")) == 4


def test_only_a_run_of_this_repository_is_a_preview(forge: Forge) -> None:
    """What the script hands to `annuaire coach` is all that is judged here: a program of straw says it."""
    forge.site.start()
    forge.site.propose()
    forge.replace_program(f"echo '{MARK}'; printf '%s\\n' \"$@\"")
    commit = forge.push("proposition")
    *_, ours = forge.review(commit, preview=f"{RUNS}1")
    assert f"--apercu\n{RUNS}1\n" in ours
    for preview in (
        "",
        "http://forge.example.org/pole/repertoire/actions/runs/1",
        "https://mal.example/pole/repertoire/actions/runs/1",
        "https://forge.example.org/pole/repertoire2/actions/runs/1",
        f"{RUNS}1/../../../autre",
        f"{RUNS}1?x=)",
        f"{RUNS}1\n2",
        RUNS,
    ):
        *_, ours = forge.review(commit, preview=preview)
        assert "coach\n--format\nmarkdown\n" in ours
        assert "apercu" not in ours, preview


def test_a_program_that_breaks_is_no_answer(forge: Forge) -> None:
    forge.site.start()
    forge.site.propose()
    forge.replace_program("exit 1")
    *_, ours = forge.review(forge.push("proposition"))
    assert "une personne du Pôle regardera" in ours


def test_a_proposal_that_changed_since_waits_for_its_own_turn(forge: Forge) -> None:
    forge.site.start()
    old = forge.push("proposition")
    stranger(forge.site)
    forge.site.propose()
    forge.push("proposition")
    assert len(forge.review(old)) == 2
    assert len(forge.review(forge.push("proposition"), head="1" * 40)) == 2


def test_nothing_of_a_proposal_is_checked_out_or_run(forge: Forge) -> None:
    forge.site.start()
    machinery(forge.site)
    forge.site.write("annuaire", "touch attaque\n")
    forge.site.propose()
    before = {path for path in forge.checkout.rglob("*") if ".git" not in path.parts}
    *_, ours = forge.review(forge.push("proposition"))
    assert {path for path in forge.checkout.rglob("*") if ".git" not in path.parts} == before
    assert "`.github/workflows/ci.yml`" in ours
    assert "/actions/runs/1" not in ours, "a preview made by another program is not to be opened"


def test_a_proposal_that_cannot_be_read_is_answered(forge: Forge) -> None:
    forge.site.start()
    forge.site.propose()
    commit = forge.push("proposition")
    (forge.checkout / "mkdocs.yml").unlink()
    *_, ours = forge.review(commit)
    assert ours.startswith(MARK)
    assert "une personne du Pôle regardera" in ours


@pytest.mark.parametrize("commit", ["", "main", "$(touch attaque)", "a" * 39 + ";"])
def test_what_is_no_commit_is_refused(forge: Forge, commit: str) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        forge.review(commit)
    assert not list(forge.checkout.rglob("attaque"))
