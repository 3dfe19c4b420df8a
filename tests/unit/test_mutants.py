"""Hold what `make mutants` leans on: its modules, their tests, and the changes that it takes for harmless."""

import tomllib

from tools.mutants.__main__ import MODULES
from tools.mutants.result import ALIKE, ROOT


def test_each_module_and_its_tests_are_there() -> None:
    named = [path for module in MODULES.values() for path in (module.path, *module.tests)]
    assert [path for path in named if not (ROOT / path).is_file()] == []


def test_a_harmless_change_is_explained_and_still_possible() -> None:
    entries = tomllib.loads(ALIKE.read_text(encoding="utf-8"))
    assert set(entries) <= set(MODULES)
    for name, found in entries.items():
        source = (ROOT / MODULES[name].path).read_text(encoding="utf-8")
        assert [entry["was"] for entry in found if entry["was"] not in source or len(entry["why"]) < 9] == []
        changes = [(entry["was"], entry["now"]) for entry in found]
        assert len(changes) == len(set(changes))
