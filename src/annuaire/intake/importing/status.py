"""Settle what a list may say of the status of an enterprise: closed, with the day; only a person who asked says active.

What it may not say is told, so that somebody asks.
"""

from __future__ import annotations

STATUS, CLOSED_ON = "statut", "date_fermeture"
ACTIVE, CLOSED, UNKNOWN = "active", "fermee", "inconnu"


def settle(flat: dict[str, str], constant: str = "") -> list[str]:
    """Write the status of a record, the constant of the mapping where the list says nothing; tell what was left."""
    said, day = flat.pop(STATUS, ""), flat.get(CLOSED_ON, "")
    if day and said in ("", CLOSED):
        flat[STATUS] = CLOSED
        return []
    notes = []
    if day:
        del flat[CLOSED_ON]
        notes.append(
            f"{CLOSED_ON}\u00a0: «\u00a0{day}\u00a0» laissé, la liste ne dit pas l’entreprise fermée; à demander"
        )
    if said == ACTIVE:
        notes.append(f"{STATUS}\u00a0: «\u00a0{said}\u00a0» laissé, seul qui l’a demandé à l’entreprise peut l’écrire")
    elif said == CLOSED:
        notes.append(f"{STATUS}\u00a0: «\u00a0{said}\u00a0» laissé, la liste n’en donne pas le jour; à demander")
    if constant or said:
        flat[STATUS] = constant or UNKNOWN
    return notes
