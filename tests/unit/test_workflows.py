"""Hold the forge's automata safe: forks may propose, and what they propose is never run with a right or a secret."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.sites import tool

from annuaire import config
from annuaire.coach.files import kind_of
from annuaire.records.collections import EVERY

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))
CHOOSER = ROOT / ".github" / "ISSUE_TEMPLATE" / "config.yml"
UPDATES = ROOT / ".github" / "dependabot.yml"
OWNERS = ROOT / ".github" / "CODEOWNERS"
PINNED = re.compile(
    r"uses: (?P<action>[\w.-]+/[\w./-]+)@(?P<hash>[0-9a-f]{40}) # v(?P<version>\d+\.\d+\.\d+)$", re.MULTILINE
)


def read(path: Path) -> dict[Any, Any]:
    """Read a workflow; YAML takes its key `on` for True."""
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    found["on"] = found.pop(True, found.get("on"))
    return found


def named(name: str) -> dict[Any, Any]:
    return read(ROOT / ".github" / "workflows" / name)


def steps(workflow: dict[Any, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def on_proposals() -> list[Path]:
    """List the workflows that run what a proposal holds."""
    found = [path for path in WORKFLOWS if "pull_request" in (read(path)["on"] or {})]
    assert {path.name for path in found} >= {"ci.yml", "valider.yml"}
    return found


def check(*words: str) -> subprocess.CompletedProcess[str]:
    program, *arguments = words
    return subprocess.run(
        [tool(program), *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("github-workflows", WORKFLOWS),
        ("github-issue-forms", FORMS),
        ("github-issue-config", [CHOOSER]),
        ("dependabot", [UPDATES]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_follow_the_schemas_of_the_forge(schema: str, files: list[Path]) -> None:
    assert files
    done = check("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *map(str, files))
    assert done.returncode == 0, done.stdout


def test_auditor_finds_nothing() -> None:
    done = check(
        *("zizmor", "--offline", "--no-progress", "--persona=pedantic", "--min-severity=low"),
        *(".github/workflows", ".github/dependabot.yml"),
    )
    assert done.returncode == 0, done.stdout


def test_what_is_pinned_is_kept_up_to_date() -> None:
    updates = yaml.safe_load(UPDATES.read_text(encoding="utf-8"))["updates"]
    kept = {update["package-ecosystem"]: update["directory"] for update in updates}
    assert kept == {"github-actions": "/", "pip": "/requirements", "npm": "/"}
    assert (ROOT / "requirements" / "base.txt").is_file()
    assert (ROOT / "package-lock.json").is_file()
    for update in updates:
        assert update["schedule"] == {"interval": "weekly"}
        assert [group["patterns"] for group in update["groups"].values()] == [["*"]], "one proposal, not twenty"


def owners() -> dict[str, str]:
    """Read who must look at what: one pattern and one owner a line, folders and files from the root only."""
    lines = [line.split() for line in OWNERS.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    assert all(len(words) == 2 for words in lines)
    assert len({words[0] for words in lines}) == len(lines)
    return dict(lines)


def test_someone_looks_at_whatever_could_act() -> None:
    """What the review of proposals calls a program, a setting or a page has an owner; a record has none."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for path in filter(None, listed.split("\0")):
        kind = kind_of(path, "content/", "mkdocs.yml")
        owned = any(f"/{path}".startswith(pattern) for pattern in owners())
        if path.startswith(tuple(f"content/{name}/" for name in EVERY)):
            assert not owned, path
        elif kind != "autres":
            assert owned, path
    for folder in (".github/workflows", "tools", "content/pages", "src/annuaire/theme"):
        assert any(f"/{folder}/".startswith(pattern) for pattern in owners()), folder


def test_owners_are_well_written_and_say_what_to_put_there() -> None:
    may_come = {"/content/exceptions.yml", "/content/vocabularies/"}
    for pattern, owner in owners().items():
        assert re.fullmatch(r"/[\w./-]+", pattern), pattern
        assert pattern in may_come or (ROOT / pattern[1:]).exists(), pattern
        assert pattern.endswith("/") == (ROOT / pattern[1:]).is_dir() or pattern in may_come, pattern
        assert re.fullmatch(r"@[A-Za-z0-9-]+(?:/[A-Za-z0-9-]+)?", owner), owner
        assert owner in OWNERS.read_text(encoding="utf-8").partition("À FAIRE PAR LE PÔLE")[2].partition("\n\n")[0]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_and_rights_are_named(path: Path) -> None:
    text, workflow = path.read_text(encoding="utf-8"), read(path)
    assert len(PINNED.findall(text)) == len(re.findall(r"\buses:", text))
    assert workflow["permissions"] in ({}, {"contents": "read"})
    assert "pull_request_target" not in text
    assert all(job["timeout-minutes"] <= 30 for job in workflow["jobs"].values())
    for step in steps(workflow):
        assert "${{" not in step.get("run", ""), "a value of the forge goes through `env`, never into a script"
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_one_hash_and_one_version_for_each_action() -> None:
    found: dict[str, set[tuple[str, str]]] = {}
    for path in WORKFLOWS:
        for action, commit, version in PINNED.findall(path.read_text(encoding="utf-8")):
            found.setdefault(action, set()).add((commit, version))
    assert {action: len(versions) for action, versions in found.items()} == dict.fromkeys(found, 1)


@pytest.mark.parametrize("path", on_proposals(), ids=lambda path: path.name)
def test_what_runs_a_proposal_has_no_secret_and_no_right(path: Path) -> None:
    text, workflow = path.read_text(encoding="utf-8"), read(path)
    assert not re.search(r"secrets|github\.token|GITHUB_TOKEN|GH_TOKEN", text)
    for rights in (workflow["permissions"], *(job.get("permissions", {}) for job in workflow["jobs"].values())):
        assert set(rights.items()) <= {("contents", "read")}
    assert set(workflow["on"]) <= {"pull_request", "push"}
    assert not any("environment" in job for job in workflow["jobs"].values())


def test_proposals_are_annotated_then_judged_whole() -> None:
    (job,) = named("valider.yml")["jobs"].values()
    runs = [step.get("run", "") for step in job["steps"]]
    words = ("coach HEAD^1..HEAD --format github", "annuaire validate", "build --skip-invalid")
    order = [next(i for i, run in enumerate(runs) if word in run) for word in words]
    assert order == sorted(order)
    assert job["steps"][0]["with"]["fetch-depth"] == 0
    assert "ref" not in job["steps"][0]["with"], "the forge gives what the merge would be: HEAD^1 is main"


def test_what_answers_a_proposal_runs_main_alone() -> None:
    workflow = named("relire.yml")
    asked = workflow["on"].pop("workflow_dispatch")["inputs"]
    assert {name: (field["required"], field["type"]) for name, field in asked.items()} == {
        "proposition": (True, "string"),
        "apercu": (False, "string"),
    }
    assert workflow["on"] == {"workflow_run": {"workflows": [named("valider.yml")["name"]], "types": ["completed"]}}
    (job,) = workflow["jobs"].values()
    assert job["permissions"] == {"contents": "read", "pull-requests": "write"}
    checkouts = [step["with"] for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
    assert [(c["ref"], c["fetch-depth"]) for c in checkouts] == [("main", 0)]
    assert not any("artifact" in step.get("uses", "") for step in job["steps"])
    runs = [(step["run"], "GH_TOKEN" in step.get("env", {})) for step in job["steps"] if "run" in step]
    place = '"$RUNNER_TEMP/relecture"'
    assert runs == [
        ("sh annuaire --version", False),
        (f"sh annuaire forge relecture find {place}", True),
        (f"sh annuaire forge relecture read {place}", False),  # no token beside what strangers wrote
        (f"sh annuaire forge relecture post {place}", True),
    ]
    assert "GH_TOKEN" not in job["env"]
    values = re.findall(
        r"\$\{\{ (.*?) \}\}", "\n".join(map(str, [*job["env"].values(), *(s.get("env") for s in job["steps"])]))
    )
    assert set(values) == {
        "inputs.proposition || github.event.workflow_run.head_sha",
        "inputs.apercu || github.event.workflow_run.html_url",
        "github.token",
    }


def test_site_is_put_online_only_when_official_and_whole() -> None:
    workflow = named("publier.yml")
    assert workflow["on"]["push"] == {"branches": ["main"]}
    assert workflow["on"]["schedule"]
    assert workflow["concurrency"]["cancel-in-progress"] is False
    make, put = workflow["jobs"]["construire"], workflow["jobs"]["publier"]
    assert make["permissions"] == {"contents": "read"}
    assert make["if"] == "github.ref == 'refs/heads/main'"
    assert make["steps"][0]["with"]["fetch-depth"] == 0
    assert not any("continue-on-error" in step for step in steps(workflow))
    names = [step.get("run", step.get("uses", "")) for step in make["steps"]]
    order = [
        next(i for i, text in enumerate(names) if word in text)
        for word in ("annuaire validate", "annuaire build", "upload-pages")
    ]
    assert order == sorted(order)
    assert put["needs"] == "construire"
    assert put["if"] == "needs.construire.outputs.publication == 'officielle'"
    assert put["permissions"] == {"pages": "write", "id-token": "write"}
    assert make["steps"][-1]["if"] == "steps.reglages.outputs.publication == 'officielle'"
    assert config.OFFICIAL == "officielle"


def test_a_demonstration_is_kept_to_be_looked_at() -> None:
    """Staff without a developer download what is not online, and the guide says under which name."""
    make = named("publier.yml")["jobs"]["construire"]["steps"]
    (kept,) = (step for step in make if "upload-artifact" in step.get("uses", ""))
    assert kept["if"] == f"steps.reglages.outputs.publication == '{config.DEMONSTRATION}'"
    assert make.index(kept) > next(i for i, step in enumerate(make) if "annuaire build" in step.get("run", ""))
    assert kept["with"]["path"] == "site"
    assert kept["with"]["retention-days"] <= 7
    guide = (ROOT / "docs" / "mise-en-ligne.md").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert f"« Artifacts », téléchargez « {kept['with']['name']} »" in guide


def test_settings_are_read_as_the_workflow_reads_them() -> None:
    script = next(s["run"] for s in named("publier.yml")["jobs"]["construire"]["steps"] if s.get("id") == "reglages")
    code = re.search(r"-c '(.*?)'", script, re.DOTALL)
    assert code
    done = check("python", "-c", code[1])
    assert done.stdout.strip() in (config.DEMONSTRATION, config.OFFICIAL), done.stderr


def test_daily_site_is_dated_with_the_day() -> None:
    script = next(
        s["run"] for s in named("publier.yml")["jobs"]["construire"]["steps"] if "annuaire build" in s.get("run", "")
    )
    said = script.replace("sh annuaire build", 'echo "${SOURCE_DATE_EPOCH:-none}"')

    def answer(event: str) -> str:
        done = subprocess.run(
            ["bash", "-euc", said],
            env={"PATH": "/usr/bin:/bin", "EVENT": event},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    assert answer("push") == "none"
    assert int(answer("schedule")) % 86_400 == 0


def test_those_who_report_are_sent_to_the_site_and_asked_nothing_personal() -> None:
    links = read(CHOOSER)["contact_links"]
    assert links
    assert all(link["url"].startswith("https://") for link in links)
    for path in FORMS:
        fields = read(path)["body"]
        assert "public" in str(fields[0])
        asked = " ".join(
            str(field["attributes"].get("label")) for field in fields if field["type"] in ("input", "textarea")
        )
        assert not re.search(r"(?i)votre nom|votre téléphone|votre courriel|prénom", asked)
        assert fields[-1]["type"] == "checkboxes"
        assert fields[-1]["attributes"]["options"][0]["required"] is True
