"""Find administrative regions by name or by code, as people write them: case, accents and dashes are forgiven."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from annuaire.places import territories
from annuaire.places.territories import Region
from annuaire.text.names import slugify
from annuaire.text.problems import AnnuaireError

ALL = "toutes"
_MOST = 3


def find(names: Iterable[str], overrides: Path | None = None) -> tuple[Region, ...]:
    """Give the region that each name or code means, and none when one says all of them, for all of Québec.

    Raise AnnuaireError with the closest names when one means none.
    """
    names = tuple(names)
    if any(slugify(name) == ALL for name in names):
        return ()
    known = territories.regions(overrides)
    by_slug = {region.slug: region for region in known.values()}
    found = []
    for name in names:
        code = name.strip().zfill(2) if name.strip().isdigit() else name.strip()
        region = known.get(code) or by_slug.get(slugify(name))
        if region is None:
            raise AnnuaireError(_unknown(name, by_slug))
        found.append(region)
    return tuple(dict.fromkeys(found))


def _unknown(name: str, by_slug: dict[str, Region]) -> str:
    from difflib import get_close_matches  # for a fault alone

    said = slugify(name)
    close = get_close_matches(said, by_slug, _MOST) if said else []
    close += [slug for slug in by_slug if said and said in slug and slug not in close]
    names = [f"«\u00a0{by_slug[slug].nom}\u00a0»" for slug in close[:_MOST]]
    advice = (
        f"vouliez-vous dire {' ou '.join(names)}?"
        if names
        else "choisir parmi\u00a0: " + ", ".join(f"{region.nom} ({region.code})" for region in by_slug.values())
    )
    return f"la région «\u00a0{name}\u00a0» n’existe pas\u00a0: {advice}"
