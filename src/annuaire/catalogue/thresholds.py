"""Hold the rules that say how a body may buy: thresholds, exemptions, a municipality's own by-law.

A rule is published only with a source; an exemption or a by-law, only once a person has checked it. A threshold that
nobody has checked is shown as such and settles nothing. Whether a rule is in force depends on a day, which is always
given: pages use the reference date of the site, and the browser, which judges a purchase, its own today
(`theme/js/mode/rules.js` says the same; a test compares both). No amount is written here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from annuaire.records.reading import Record
from annuaire.shared import SHARED

_STATES: Sequence[str] = SHARED["etats"]
CURRENT, AHEAD, EXPIRED, UNSURE = _STATES
THRESHOLD, BY_LAW, EXEMPTION = "seuil", "reglement", "exemption"


@dataclass(frozen=True, slots=True)
class Threshold:
    """Hold one rule as its record states it; amounts are whole dollars, `moins_de` itself is not covered.

    `plafond` is for a by-law that names the minister's threshold of the public call instead of an amount: it covers
    what is under the one in force that day.

    `en_vigueur_du` and `en_vigueur_au` are days, or years alone where the day is not known.
    """

    slug: str
    titre: str
    genre: str
    organismes: tuple[str, ...]
    mode: str
    contrats: tuple[str, ...] = ()
    a_partir_de: int | None = None
    moins_de: int | None = None
    plafond: str = ""
    invites: int | None = None
    formes: tuple[str, ...] = ()
    condition: str = ""
    municipalite: str = ""
    municipalite_code: str = ""
    mrc: str = ""
    en_vigueur_du: str = ""
    en_vigueur_au: str = ""
    reference: str = ""
    source: str = ""
    source_url: str = ""
    verifie_le: date | None = None
    note: str = ""

    @property
    def is_published(self) -> bool:
        """Tell whether the rule may be shown: it has a source and, but for a threshold, a person checked it there."""
        return bool((self.source or self.source_url) and (self.verifie_le or self.genre == THRESHOLD))

    @property
    def has_amount(self) -> bool:
        """Tell whether an amount is known, or the threshold that stands for it named."""
        return self.a_partir_de is not None or self.moins_de is not None or bool(self.plafond)

    def state(self, day: date) -> str:
        """Say what the rule is worth on a day: in force only when checked, and its dates and amount leave no doubt.

        A rule without a known end counts as in force for one year after it was checked: amounts are revised.
        """
        today = day.isoformat()
        if self.en_vigueur_au and last_day(self.en_vigueur_au) < today:
            return EXPIRED
        if self.en_vigueur_du and first_day(self.en_vigueur_du) > today:
            return AHEAD
        begun = bool(self.en_vigueur_du) and last_day(self.en_vigueur_du) <= today
        lasts = first_day(self.en_vigueur_au) >= today if self.en_vigueur_au else self._is_fresh(day)
        amount = self.has_amount or self.genre == EXEMPTION
        return CURRENT if self.verifie_le and begun and lasts and amount else UNSURE

    def _is_fresh(self, day: date) -> bool:
        return self.verifie_le is not None and self.verifie_le.isoformat() >= f"{day.year - 1}{day.isoformat()[4:]}"


def first_day(text: str) -> str:
    """Give the first day that a day or a year alone may mean, as `AAAA-MM-JJ`."""
    return text if len(text) > 4 else f"{text}-01-01"


def last_day(text: str) -> str:
    """Give the last day that a day or a year alone may mean, as `AAAA-MM-JJ`."""
    return text if len(text) > 4 else f"{text}-12-31"


def threshold(record: Record) -> Threshold:
    """Build a threshold from a record without errors."""
    v: dict[str, Any] = dict(record.values)
    for key in ("a_partir_de", "moins_de", "invites"):
        if key in v:
            v[key] = int(v[key])
    for key in ("organismes", "contrats", "formes"):
        if key in v:
            v[key] = tuple(v[key])
    checked = v.pop("verifie_le", "")
    return Threshold(slug=record.slug, verifie_le=date.fromisoformat(checked) if checked else None, **v)
