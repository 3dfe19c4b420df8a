"""Change the pure modules in one small way after another, and see whether a test fails each time.

`make mutants` does it for the five modules whose header promises something to a person, `make mutants ARGS="facets
rules"` for those named. Each change (a « mutant ») meets only the tests of its module, without browser or git. A mutant
that passes them all is listed: a test is missing, or the change makes no difference that a person could see, and
alike.toml says why. Under an hour, with one process; never in CI. What is made on the way stays in .mutants/.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass

from tools.mutants import javascript, python
from tools.mutants.result import alike

UNIT = "tests/unit/"
THEME = "src/annuaire/theme/js/"


@dataclass(frozen=True, slots=True)
class Module:
    """Name a module and the tests that are to notice what becomes of it."""

    path: str
    tests: tuple[str, ...]


MODULES = {
    "facets": Module(f"{THEME}common/catalogue/facets.js", (f"{UNIT}test_facets_promises.py",)),
    "rules": Module(f"{THEME}mode/rules.js", (f"{UNIT}test_mode_promises.py", f"{UNIT}test_mode_amounts.py")),
    "confidentiality": Module("src/annuaire/rules/confidentiality.py", (f"{UNIT}test_confidentiality.py",)),
    "merging": Module("src/annuaire/intake/applying/merging.py", (f"{UNIT}test_merging.py",)),
    "flags": Module("src/annuaire/coach/flags.py", (f"{UNIT}test_flags.py",)),
}


def main() -> int:
    """Run what is asked and list what no test saw; 1 when there is something."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.mutants",
        description="Changer les modules purs un peu à la fois, et voir si un essai échoue chaque fois.",
    )
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=f"{', '.join(MODULES)} (tous, si rien n’est dit)")
    names = parser.parse_args().modules or list(MODULES)
    if unknown := [name for name in names if name not in MODULES]:
        parser.error(f"module inconnu\u00a0: {', '.join(unknown)}; choisir parmi {', '.join(MODULES)}")
    count = 0
    for name in names:
        module = MODULES[name]
        print(f"{name}\u00a0: {module.path}", file=sys.stderr, flush=True)
        run = javascript.run if module.path.endswith(".js") else python.run
        result = run(name, module.path, module.tests)
        explained = alike(name)
        unseen = [mutant for mutant in result.survivors if (mutant.was, mutant.now) not in explained]
        seen, same = result.tried - len(result.survivors), len(result.survivors) - len(unseen)
        print(f"{name}\u00a0: {result.tried} mutants, {seen} vus, {same} sans effet, {len(unseen)} que rien n’a vus")
        for mutant in unseen:
            print(f"  {mutant.place}: {mutant.was} -> {mutant.now}")
        sys.stdout.flush()
        count += len(unseen)
    return int(count > 0)


if __name__ == "__main__":
    sys.exit(main())
