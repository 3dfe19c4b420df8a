"""Lay out « Relevé des sources de financement »: each programme with its state, its amounts and their sources."""

from __future__ import annotations

from datetime import date

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.config import Settings
from annuaire.pages.funding import TITLE, FundingRow, rows
from annuaire.print.entries import Data, frame, page_code
from annuaire.text import french

__all__ = ["TITLE", "data"]


def data(catalogue: Catalogue, settings: Settings, day: date) -> Data:
    """List the programmes by kind, those that are over last."""
    found = rows(catalogue)
    named: dict[str, list[FundingRow]] = {row.kind: [] for row in found if not row.is_finished}
    named = dict(sorted(named.items())) | {"Fermés ou terminés": []}
    for row in found:
        named["Fermés ou terminés" if row.is_finished else row.kind].append(row)
    over = sum(row.is_finished for row in found)
    words = "fermé ou terminé" if over == 1 else "fermés ou terminés"
    said = f", dont {french.number(over)} {words}" if over else ""
    return frame(settings, TITLE, day) | {
        "sous-titre": french.count(len(found), "programme") + said,
        "avant-liste": [
            "Un montant n’est donné que si une source le dit. Ce qui est «\u00a0à confirmer\u00a0» est à vérifier "
            "auprès de l’organisme avant de compter dessus."
        ],
        "groupes": [
            {"titre": title, "entrees": [_entry(row) for row in same]} for title, same in named.items() if same
        ],
        "codes": {"financement": page_code(settings, urls.FUNDING, "La liste à jour")},
    }


def _entry(row: FundingRow) -> Data:
    reach = row.reach
    through = f"par {reach.through.text}" if reach.through else ""
    links = [link.text for link in (reach.phone, reach.email, reach.site) if link]
    facts = (
        ("État", row.state + (f" (vérifié le {row.checked})" if row.checked else "")),
        ("Genre", row.kind),
        ("Stades", row.stages),
        ("Territoire", row.where),
        ("Organisme", row.organiser.text),
        ("Joindre", "" if row.is_finished else ", ".join(filter(None, (*links, reach.address, through)))),
    )
    return {
        "nom": row.link.text,
        "texte": row.summary,
        "faits": [{"nom": name, "texte": text} for name, text in facts if text],
        "montants": [
            {
                "montant": one.amount or "Non connu",
                "objet": ", ".join(filter(None, (one.title, one.details))),
                "source": ", ".join(filter(None, (one.source, one.date))),
            }
            for one in row.amounts
        ],
    }
