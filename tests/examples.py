"""Say how many examples a test draws: fewer for a quick look, more for a long one.

`HYPOTHESIS_PROFILE=long` in the environment, or `--hypothesis-profile=long` on the command line, chooses; else `ci`.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

USUAL = 120  # for a test that asks for no number of its own, with `ci`
PROFILES = {"quick": 12, "ci": USUAL, "long": 20 * USUAL}


def choose_profile() -> None:
    """Tell hypothesis the three profiles, and which one is asked for. Only `long` looks elsewhere each time."""
    for name, count in PROFILES.items():
        settings.register_profile(
            name,
            max_examples=count,
            derandomize=name != "long",
            deadline=None,
            print_blob=True,
            suppress_health_check=[HealthCheck.function_scoped_fixture],  # each example writes over what it uses
        )
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def examples(usual: int) -> int:
    """Give what the profile makes of the number of examples that a test draws with `ci`; never less than five."""
    return max(5, usual * settings.default.max_examples // USUAL)
