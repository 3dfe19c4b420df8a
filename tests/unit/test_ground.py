"""Hold the ground: what is tracked is clean, locked, small, and reachable by the commands the README names."""

import ast
import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAX_BYTES = 400_000
MAX_LINES = 400
# Cut in two, so that this file does not name what it looks for.
REGISTRIES = ("pypi" + ".org", "python" + "hosted", "npm" + "js.", "yarn" + "pkg.com", "deb.debian" + ".org")
MACHINE_PATH = re.compile(r"(?<![\w.~\-/])/(?:work|root|opt|home|tmp|Users)/|\.\./shared\b")
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@cache
def tracked() -> tuple[Path, ...]:
    """List the files that are in git or would be at the next commit."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = {ROOT / name for name in listed.stdout.decode("utf-8").split("\0") if name}
    return tuple(sorted(path for path in paths if path.is_file()))


def named(path: Path) -> str:
    """Give the path of a file from the top of the repository."""
    return path.relative_to(ROOT).as_posix()


def test_no_file_names_a_registry_or_a_machine() -> None:
    guilty = [
        f"{named(path)}:{number}: {line.strip()[:120]}"
        for path in tracked()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if MACHINE_PATH.search(line) or any(registry in line for registry in REGISTRIES)
    ]
    assert not guilty, "\n".join(guilty)


def test_no_file_is_heavy() -> None:
    heavy = [f"{named(path)}: {path.stat().st_size} bytes" for path in tracked() if path.stat().st_size > MAX_BYTES]
    assert not heavy, "\n".join(heavy)


def test_no_module_is_long() -> None:
    long = [
        f"{named(path)}: {count} lines"
        for path in tracked()
        if path.suffix == ".py" and (count := len(path.read_text(encoding="utf-8").splitlines())) > MAX_LINES
    ]
    assert not long, "\n".join(long)


def test_no_pattern_needs_what_a_python_of_ours_misreads() -> None:
    """A group repeated without giving back, or atomic, is misread before Python 3.11.5: Debian 12 has 3.11.2."""
    group = re.compile(r"\)(?:[*+?]|\{[\d,]+\})\+|\(\?>")
    written = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)  # a character, or a class of them
    guilty = [
        f"{named(path)}:{line}: {text}"
        for path in tracked()
        if path.suffix == ".py" and path.is_relative_to(ROOT / "src")
        for line, text in texts(path)
        if "(?" in text and group.search(written.sub("x", text))
    ]
    assert not guilty, "\n".join(guilty)


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Yield each text of a module that has patterns, with its line; one with values in it is whole, without them."""
    source = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)) if "import re\n" in source else ():
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        found = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if found:
            yield node.lineno, "".join(found)


def locked(lock: Path) -> dict[str, list[str]]:
    """Read a lock: « name==version ; marker » -> its hashes."""
    found: dict[str, list[str]] = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        if match := re.fullmatch(r"    --hash=(sha256:[0-9a-f]{64})(?: \\)?", line):
            found[next(reversed(found))].append(match[1])
        else:
            requirement = line.removesuffix(" \\")
            assert re.fullmatch(r"[a-z0-9.-]+==[^ ]+( ; .+)?", requirement), f"{named(lock)}: {line}"
            found[requirement] = []
    return found


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_each_locked_library_has_hashes(lock: Path) -> None:
    requirements = locked(lock)
    assert requirements
    assert not [requirement for requirement, hashes in requirements.items() if not hashes]


def test_locks_hold_what_the_package_declares() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    base, dev = (
        {name.split("==")[0] for name in locked(ROOT / "requirements" / f"{lock}.txt")} for lock in ("base", "dev")
    )
    groups = project["dependency-groups"]

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[^A-Za-z0-9.-]", requirement)[0].lower() for requirement in requirements}

    assert names(project["project"]["dependencies"]) | names(groups["build"]) <= base
    assert base | names(groups["test"]) <= dev


def test_one_version_of_each_library_serves_the_site_and_the_tests() -> None:
    base, dev = (locked(ROOT / "requirements" / f"{lock}.txt") for lock in ("base", "dev"))
    assert set(base) <= set(dev)


@pytest.mark.parametrize(
    "folder", [ROOT, ROOT / "tools/mutants", ROOT / "bench/lighthouse"], ids=["site", "mutants", "bench"]
)
def test_npm_lock_is_exact_and_names_no_address(folder: Path) -> None:
    asked = json.loads((folder / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    packages = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert not [name for name, version in asked.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)]
    assert packages.pop("")["devDependencies"] == asked
    assert not [name for name, package in packages.items() if "resolved" in package or "integrity" not in package]


def test_make_has_the_commands_that_the_readme_names() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("site", "serve", "test", "lint", "format", "bench", "clean", "help"):
        assert re.search(rf"^{target}:.*## \S", makefile, re.MULTILINE), target
    assert len(re.findall(r"^ENGINE \?= \w+$", makefile, re.MULTILINE)) == 1


@pytest.mark.parametrize("workflow", sorted((ROOT / ".github" / "workflows").glob("*.yml")), ids=lambda path: path.name)
def test_workflows_are_safe_for_forks(workflow: Path) -> None:
    text = workflow.read_text(encoding="utf-8")
    used = re.findall(r"^\s*-?\s*uses:\s*(\S+)", text, re.MULTILINE)
    assert not [action for action in used if not re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", action)]
    assert re.search(r"^permissions:", text, re.MULTILINE), "without it, a workflow may write"
    assert "pull_request_target" not in text
    if "pull_request" in text:
        assert "secrets." not in text
