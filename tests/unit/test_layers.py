"""Hold the shape of the package: imports only go down, one module per danger."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "annuaire"

# From the ground up (the picture is in ARCHITECTURE.md). A room is a package of src/annuaire, or one of the few modules
# beside them. It imports itself and the rooms of the layers above it in this table, which are lower in the building;
# two rooms of one layer know nothing of each other. A room that is not here fails the test: place it.
LAYERS = (
    ("shared",),
    ("text", "urls"),
    ("files", "git", "processes", "schema", "steps"),
    ("data", "keeping", "photos", "yamlfile"),
    ("places",),
    ("config",),
    ("depot", "records"),
    ("rules", "written"),
    ("catalogue",),
    ("pages", "timeline"),
    ("exports", "print", "sharing", "site"),
    ("coach", "intake"),
    ("making",),
    ("build",),
    ("serve",),
    ("cli",),
    ("mkdocs_plugin",),
)
# What only one place may touch: library -> modules that may import it.
KEPT_APART = {
    "mkdocs": ("annuaire.mkdocs_plugin",),
    "subprocess": ("annuaire.build", "annuaire.git", "annuaire.site.engine", "annuaire.site.search"),
    "markdown": ("annuaire.written.rendering",),
    "yaml": ("annuaire.yamlfile.source",),
}


def module_name(path: Path) -> str:
    """Give the dotted name of a file of src/."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def imports(module: str) -> tuple[tuple[str, int], ...]:
    """List what a module imports, anywhere in it, type-checking blocks and functions included, with the line."""
    return tuple(find_imports(module, ast.parse(MODULES[module].read_text(encoding="utf-8"))))


def find_imports(module: str, tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield the full name of each imported module; `from package import name` gives the submodule when it is one."""
    package = module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = package.split(".")
                base = ".".join([*parents[: len(parents) - node.level + 1], *filter(None, [base])])
            for alias in node.names:
                submodule = f"{base}.{alias.name}"
                yield (submodule if submodule in MODULES else base), node.lineno


def part(module: str) -> str:
    """Give the first-level part of the package that a module belongs to: « annuaire.rules.neq » -> « rules »."""
    return module.split(".")[1] if "." in module else ""


def height(module: str) -> int:
    """Give the layer of a module, 0 at the ground; fail when nobody placed it."""
    for level, layer in enumerate(LAYERS):
        if part(module) in layer:
            return level
    raise AssertionError(f"{module} is in no layer: place « {part(module)} » in LAYERS and in ARCHITECTURE.md")


def inside(module: str) -> list[tuple[str, int]]:
    """List the imports that stay in the package, its own name and version left aside."""
    return [(name, line) for name, line in imports(module) if name in MODULES and name != "annuaire"]


@pytest.mark.parametrize("module", [name for name in MODULES if name != "annuaire"])
def test_imports_only_go_down(module: str) -> None:
    upward = [
        f"{MODULES[module].relative_to(ROOT)}:{line}: {module} imports {name}, which is not below it"
        for name, line in inside(module)
        if part(name) != part(module) and height(name) >= height(module)
    ]
    assert not upward, "\n".join(upward)


ROOMS = sorted(module for module, path in MODULES.items() if path.name == "__init__.py")


@pytest.mark.parametrize("room", ROOMS)
def test_room_has_a_door_plate(room: str) -> None:
    plate = ast.get_docstring(ast.parse(MODULES[room].read_text(encoding="utf-8")))
    assert plate, f"{room}: say in its docstring what enters, what leaves, what it never does"


def test_no_module_imports_itself_through_others() -> None:
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join([*path[path.index(module) :], module])
        if module not in done:
            for name, _ in inside(module):
                if name != module:
                    visit(name, (*path, module))
            done.add(module)

    for module in MODULES:
        visit(module, ())


@pytest.mark.parametrize("library", KEPT_APART)
def test_library_is_kept_apart(library: str) -> None:
    guilty = [
        f"{MODULES[module].relative_to(ROOT)}:{line}: {module} imports {name}"
        for module in MODULES
        for name, line in imports(module)
        if name.split(".")[0] == library and module not in KEPT_APART[library]
    ]
    assert not guilty, "\n".join(guilty)


def makes_markup(node: ast.AST) -> bool:
    """Tell whether a node declares a text safe; naming the type, and the empty `Markup()`, are harmless."""
    if isinstance(node, ast.Call) and (node.args or node.keywords):
        return getattr(node.func, "id", getattr(node.func, "attr", "")) == "Markup"
    return isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "Markup"


def test_markup_is_made_in_one_module() -> None:
    guilty = [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', '?')}"
        for module, path in MODULES.items()
        if module != "annuaire.text.markup"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if makes_markup(node)
    ]
    assert not guilty, f"Markup(...) belongs to annuaire.text.markup only: {guilty}"


def test_templates_never_switch_escaping_off() -> None:
    templates = [path for path in PACKAGE.rglob("*") if path.suffix in {".html", ".j2", ".svg", ".txt", ".xml"}]
    guilty = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in templates
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"\|\s*safe\b|\bautoescape\s+false\b", line)
    ]
    assert templates
    assert not guilty, "\n".join(guilty)


# What puts bytes in a file, but the writer of them all.
WRITING = {"write_text", "write_bytes", "replace", "rename"}
# Folders are moved whole by the publication of a site; workbooks and engines write for themselves, where they are told.
MOVERS = {"annuaire.site.exchange": {"rename"}, "annuaire.site.kept": {"rename"}}


def writes(node: ast.AST) -> str:
    """Name what a node calls to write or move a file: `path.replace(to)` does, `text.replace(one, other)` does not."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITING):
        return ""
    return "" if node.func.attr == "replace" and (len(node.args) != 1 or node.keywords) else node.func.attr


def test_files_are_written_in_one_module() -> None:
    guilty = [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', '?')}"
        for module, path in MODULES.items()
        if module != "annuaire.files"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if writes(node) and writes(node) not in MOVERS.get(module, set())
    ]
    assert not guilty, f"files are written by annuaire.files only: {guilty}"
