"""Refuse to build a wheel whose theme would be bare: git ignores the bundles, so a fresh clone has none."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundlesHook(BuildHookInterface[Any]):
    """Check that each JavaScript and CSS source of the theme was bundled."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Raise SystemExit when a bundle is missing; an editable install needs none, since `make` bundles later."""
        if version == "editable":
            return
        theme = Path(self.root, "src", "annuaire", "theme")
        sources = [*theme.glob("js/*.js"), *theme.glob("css/*.css")]
        missing = [source.name for source in sources if not (theme / "assets" / "bundles" / source.name).is_file()]
        if missing:
            raise SystemExit(f"erreur : il manque {', '.join(sorted(missing))} — lancer d'abord : make bundles")
