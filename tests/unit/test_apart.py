"""Tests of the program read no record of the directory around it: a Pôle's own records break none of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from tests.sites import HERE

CONTENT = HERE / "content"  # the only folder whose tests judge the records that are shipped
SOURCES = sorted(path for path in HERE.rglob("*.py") if not path.is_relative_to(CONTENT))
ROOTS = ("REPOSITORY", "ROOT", "Path(__file__).par")  # how tests name the folder of the repository
COPIERS = ("lay_out", "Project", "copytree")


def leaning(text: str) -> Iterator[str]:
    """Yield what leads to the records or the settings of the repository; its pages are the program's own."""
    tree = ast.parse(text)
    pages = [node.left for node in ast.walk(tree) if isinstance(node, ast.BinOp) and _below(node) == "pages"]
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and node not in pages:
            if _is_root(node.left) and _below(node) in ("content", "mkdocs.yml"):
                yield f"{node.lineno}: {ast.unparse(node)}"
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            is_copied = called in COPIERS and any(map(_is_root, node.args))
            pattern = ast.unparse(node.args[0])[1:] if called in ("glob", "rglob") and node.args else ""
            if is_copied or (pattern.startswith(("content", "*")) and _is_root(getattr(node.func, "value", node.func))):
                yield f"{node.lineno}: {ast.unparse(node)}"


def _below(node: ast.BinOp) -> str:
    """Give the first name under a folder, in `folder / "name/of/file"`."""
    is_name = isinstance(node.op, ast.Div) and isinstance(node.right, ast.Constant)
    return str(node.right.value).split("/")[0] if is_name and isinstance(node.right, ast.Constant) else ""


def _is_root(node: ast.expr) -> bool:
    return ast.unparse(node).rpartition("sites.")[2].startswith(ROOTS) and not isinstance(node, ast.BinOp)


def test_no_test_of_the_program_leans_on_the_content() -> None:
    guilty = [
        f"{path.relative_to(HERE)}:{found}" for path in SOURCES for found in leaning(path.read_text(encoding="utf-8"))
    ]
    assert not guilty, "\n".join([*guilty, "use examples/, tests/madeup.py or a fixture; or belong to tests/content/"])


@pytest.mark.parametrize(
    "text",
    [
        'ROOT / "content" / "import"',
        'REPOSITORY / "content/enterprises"',
        'config.load(ROOT / "mkdocs.yml")',
        'Path(__file__).parents[2] / "content" / "territories"',
        'Path(__file__).parent.parent / "content"',
        "lay_out(folder, REPOSITORY)",
        "lay_out(folder, sites.REPOSITORY)",
        'REPOSITORY.glob("content/*/*.yml")',
    ],
)
def test_leaning_is_seen(text: str) -> None:
    assert len(list(leaning(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        *('EXAMPLES / "content"', 'site.root / "content"', 'ROOT / "src" / "content"', 'ROOT / "content" / "pages"'),
        *("lay_out(folder, EXAMPLES)", '(ROOT / ".github").glob("*.yml")'),
    ],
)
def test_what_stands_apart_is_let_through(text: str) -> None:
    assert list(leaning(text)) == []
