"""Measure what a visitor's browser pays: first views, a modest telephone, the map, and how Lighthouse judges pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annuaire.text.french import NBSP
from bench import audits, catalogue_speed, map_speed, phone_speed

Budget = tuple[str, str, float, float, str]  # what, its limit in words, what was found, the most, its unit


@dataclass(frozen=True)
class Browsing:
    """Hold what was measured; `weights` are bytes by address, before a page is touched."""

    weights: dict[str, int]
    phone: phone_speed.Speed
    map: map_speed.Speed
    audits: list[audits.Audit]
    judgements: int  # of each page; the median stands


def measure(site: Path, runs: int) -> Browsing:
    """Weigh and judge the pages of a site, then grow its data in place for the telephone and the map."""
    weights, judged = audits.weigh(site), audits.judge(site, runs)
    catalogue_speed.grow_site(site)
    phone = phone_speed.measure(site)
    return Browsing(weights, phone, map_speed.measure(site), judged, runs)


def budgets(found: Browsing) -> Iterator[Budget]:
    """Yield the lines of the table of budgets."""
    slow = "téléphone lent (4G lente, processeur 4 fois plus lent)"
    phone, on_map = found.phone, found.map
    least, most = f"≤ {phone_speed.MOST_ANSWER / 1000:.1f} s".replace(".", ","), f"≤ {phone_speed.MOST_KEY:.0f} ms"
    yield f"{slow} : catalogue ouvert → premières fiches", least, phone.opening / 1000, 3.5, " s"
    yield f"{slow} : première lettre tapée → réponse au mot", least, phone.first / 1000, 3.5, " s"
    yield f"{slow} : « Rechercher » ouverte avec un mot → réponse", least, phone.landing / 1000, 3.5, " s"
    yield f"{slow} : la plus longue tâche pendant qu’on tape", most, phone.key, phone_speed.MOST_KEY, " ms"
    name, weight = max(found.weights.items(), key=lambda pair: pair[1])
    light = f"première vue de toute sorte de page, compressée; la plus lourde : « /{name} »"
    yield light, "≤ 70 ko", weight / 1000, audits.MOST_FIRST / 1000, " ko"
    moved = "carte, processeur 4 fois plus lent : la plus longue tâche quand on la déplace"
    yield moved, "≤ 200 ms", on_map.panning, map_speed.MOST_TASK, " ms"
    asked = "carte, processeur 4 fois plus lent : la plus longue tâche quand on choisit un filtre"
    yield asked, "≤ 200 ms", on_map.asking, map_speed.MOST_TASK, " ms"


def table(found: Browsing) -> Iterator[str]:
    """Write Lighthouse's judgement of each page, and what the map takes besides."""
    on_map = found.map
    yield (
        f"Carte, processeur 4 fois plus lent, la plus longue tâche : à l’ouverture {on_map.opening:.0f}{NBSP}ms, "
        f"en rapprochant {on_map.zooming:.0f}{NBSP}ms; au plus {on_map.nodes} repères à l’écran."
    )
    yield ""
    how = "un jugement" if found.judgements == 1 else f"médiane de {found.judgements}"
    yield f"| page | première vue | Lighthouse, téléphone (≥ {audits.LEAST_SCORE}; {how}) | ordinateur |"
    yield "|---|---|---|---|"
    scores = {(audit.page, audit.device): audit.score for audit in found.audits}
    for page in dict.fromkeys(audit.page for audit in found.audits):
        weight = f"{found.weights[page] / 1000:.0f}{NBSP}ko" if page in found.weights else ""
        said = (_score(scores[page, device]) for device in ("mobile", "desktop"))
        yield f"| /{page} | {weight} | {' | '.join(said)} |"
    yield ""


def _score(score: int) -> str:
    return str(score) if score >= audits.LEAST_SCORE else f"**{score}**"
