"""What developers are told is true: paths, targets, tests and links exist, decisions are in order, the rule works."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from tests.forming import data
from tests.node import asking
from tests.rules.corpus import context, schema
from tests.unit.test_layers import LAYERS

from annuaire.exports import form
from annuaire.records.collections import ENTERPRISES
from annuaire.records.reading import Record, from_document
from annuaire.rules import rules_of
from annuaire.text.problems import Finding
from annuaire.yamlfile import source

ROOT = Path(__file__).parents[2]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
INDEX = ROOT / "docs" / "decisions" / "README.md"
ARCHITECTURE = ROOT / "ARCHITECTURE.md"
HACKING = ROOT / "HACKING.md"
FOR_DEVELOPERS = (ARCHITECTURE, HACKING, INDEX, *DECISIONS)
LINKED = (*FOR_DEVELOPERS, ROOT / "README.md", ROOT / "CONTRIBUTING.md")
LONGEST_DECISION = 60  # lines: a screen
LONGEST_MAP = 110  # lines: two screens
# What a command makes, which a fresh clone does not have.
MADE = (".venv", "node_modules", "site/", ".annuaire")
# What each directory has of its own: in a copy for another region, other records are there, or none.
RECORDS = re.compile(r"content/(?!pages\b)")
# What the guide has its reader write, then take away.
TO_WRITE = (
    *("tests/rules/fermee-avant-fondation", "src/annuaire/rules/founding.py", "form/rules/founding.js"),
    *("schema/foires", "templates/foire.html", "schemas/foire.schema.json", "donnees/foires.csv"),
    "foires/foire-des-fromages",
)
FILE = re.compile(r"\.(?:css|html|js|json|md|mjs|py|sh|toml|txt|ya?ml)$")
BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def name(path: Path) -> str:
    """Name a document in a test's report."""
    return path.name


@cache
def tracked() -> tuple[str, ...]:
    """List the files that are in git or would be at the next commit."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    return tuple(
        filter(None, subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0"))
    )


def words(text: str) -> Iterator[str]:
    """Give the words of what is written as code, in a line or as commands."""
    for _, language, block in BLOCK.findall(text):
        if language == "sh":
            yield from re.split(r"[\s=()\"]+", re.sub(r"(?m)<<'END'$.*|\s#.*$", "", block))
    for span in re.findall(r"`([^`]+)`", BLOCK.sub("", text)):
        yield from span.split()


def paths(text: str) -> Iterator[str]:
    """Give the paths among them; an address (« /acheter/ ») is none, nor what is made or still to be written."""
    for word in words(text):
        is_here = not word.startswith(("http", *MADE)) and not RECORDS.match(word)
        is_plain = is_here and re.fullmatch(r"[\w.-][\w./<>:-]*", word)
        if is_plain and ("/" in word or FILE.search(word)) and not any(written in word for written in TO_WRITE):
            yield word


@pytest.mark.parametrize("document", FOR_DEVELOPERS, ids=name)
def test_paths_exist(document: Path) -> None:
    """A path is from the top of the repository; a file named alone is somewhere in it; <…> stands for any name."""
    missing = []
    for path in paths(document.read_text(encoding="utf-8")):
        file, _, test = path.partition("::")
        pattern = re.sub(r"<[^>]+>", "*", file)
        if "/" not in file:
            found = (ROOT / file).exists() or any(one.endswith("/" + file) for one in tracked())
        else:
            found = any(ROOT.glob(pattern.rstrip("/")))
        if not found or (test and f"def {test}(" not in (ROOT / file).read_text(encoding="utf-8")):
            missing.append(path)
    assert not missing


@pytest.mark.parametrize("document", [*LINKED, ROOT / "docs" / "guide-du-pole.md"], ids=name)
def test_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    lost = []
    for target in re.findall(r"\]\(([^)\s]+)\)", BLOCK.sub("", text)):
        path, _, anchor = target.partition("#")
        if ":" in path or RECORDS.match(path):
            continue
        file = (document.parent / path).resolve() if path else document
        if not file.exists() or (anchor and anchor not in anchors(file.read_text(encoding="utf-8"))):
            lost.append(target)
    assert not lost


def anchors(text: str) -> set[str]:
    """Give the anchors of a document's headings, as forges make them."""
    headings = re.findall(r"^#+ (.+)$", BLOCK.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    for document in FOR_DEVELOPERS:
        text = document.read_text(encoding="utf-8")
        code = [block for _, language, block in BLOCK.findall(text) if language == "sh"]
        code += re.findall(r"`([^`]+)`", BLOCK.sub("", text))
        named = {
            target for part in code for target in " ".join(re.findall(r"\bmake((?: [a-z]+\b(?!=))+)", part)).split()
        }
        assert named <= targets, document.name


def test_readme_leads_to_the_guide() -> None:
    assert "(HACKING.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_decisions_are_in_order_and_listed() -> None:
    assert DECISIONS
    rows = re.findall(r"^\| (\d+) \| (\S+) \| \[(.+)\]\((\S+)\) \|$", INDEX.read_text(encoding="utf-8"), re.MULTILINE)
    found = []
    for number, path in enumerate(DECISIONS, start=1):
        title, empty, day, *_ = path.read_text(encoding="utf-8").splitlines()
        assert path.name.startswith(f"{number:04d}-"), path.name
        assert title.startswith(f"# {number}. "), path.name
        assert not empty
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", day), path.name
        found.append((str(number), day, title.partition(". ")[2], path.name))
    assert rows == found


@pytest.mark.parametrize("decision", DECISIONS, ids=name)
def test_decision_is_one_screen_and_says_all(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_DECISION
    assert re.findall(r"^\*\*(.+?)\.\*\*", text, re.MULTILINE) == [
        "Decided", "Why", "What it costs, what was refused", "Where"
    ]  # fmt: skip


def test_map_holds_every_room_and_the_layers() -> None:
    text = ARCHITECTURE.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_MAP
    layers = [tuple(sorted(layer)) for layer in reversed(LAYERS)]
    assert layers in [
        [tuple(sorted(line.split())) for line in block.splitlines()] for _, language, block in BLOCK.findall(text)
    ]
    rooms = re.search(r"## The rooms\n(.*?)\n## ", text, re.DOTALL)
    assert rooms is not None
    assert {room for layer in LAYERS for room in layer} <= set(re.findall(r"`(\w+)`", rooms[1]))


def block(language: str, beginning: str = "") -> str:
    """Give the first block of the guide in a language, as its reader copies it."""
    blocks: list[tuple[str, str, str]] = BLOCK.findall(HACKING.read_text(encoding="utf-8"))
    return next(text for _, own, text in blocks if own == language and text.strip().startswith(beginning))


def record(text: str) -> Record:
    return from_document(source.parse(text, Path("fermee.yml")), "fermee.yml", schema(ENTERPRISES))


REFUSED = block("yaml", "nom:")
ACCEPTED = REFUSED.replace("1998-05-31", "2003-05-31")


@pytest.fixture
def rule() -> ModuleType:
    """Make the rule of the guide."""
    made = ModuleType("annuaire.rules.founding")
    exec(block("python"), made.__dict__)  # noqa: S102 - of this repository's own guide
    return made


def test_the_rule_of_the_guide_says_what_the_guide_shows(rule: ModuleType) -> None:
    ((code, entry),) = json.loads("{" + block("json").rstrip().rstrip(",") + "}").items()
    (finding,) = rule.check(record(REFUSED), context(ROOT))
    assert isinstance(finding, Finding)
    assert (finding.code, rule.CODES, entry["portee"]) == (code, (code,), rule.REACH.value)
    line, column = source.locate(REFUSED)[finding.path][1]
    sentence = f"{entry['gravite']}\u00a0: {entry['phrase'].format_map(finding.values)} [{code}]"
    shown = block("", "E  ")
    assert f"fermee.yml:{line}:{column}: {sentence}" in shown
    assert f"conseil\u00a0: {entry['remede']}" in shown
    assert not list(rule.check(record(ACCEPTED), context(ROOT)))


def test_the_twin_of_the_guide_says_the_same(rule: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(form, "rules_of", lambda name: (*rules_of(name), rule))
    folder = ROOT / "src/annuaire/theme/js/form"
    program = tmp_path / "founding.js"
    program.write_text(
        'import { createInterface } from "node:readline";\n'
        f'import {{ readKnowledge }} from "{folder}/knowledge.js";\n'
        + block("js").replace("../lay.js", f"{folder}/lay.js")
        + "for await (const line of createInterface({ input: process.stdin })) {\n"
        "  const { values, data } = JSON.parse(line);\n"
        "  console.log(JSON.stringify(check({ values }, readKnowledge(data))));\n}\n",
        encoding="utf-8",
    )
    known = data()
    with asking(program) as ask:
        (twin,) = ask("check", values=record(REFUSED).values, data=known)
        (finding,) = rule.check(record(REFUSED), context(ROOT))
        assert (twin["code"], tuple(twin["path"]), twin["values"]) == (finding.code, finding.path, finding.values)
        assert ask("check", values=record(ACCEPTED).values, data=known) == []
