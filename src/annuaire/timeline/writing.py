"""Write the story of a record for a terminal or for a program; nothing of an old version can drive the terminal."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from annuaire.catalogue.differences import as_data, worded
from annuaire.text import french
from annuaire.text.messages import inert
from annuaire.timeline.story import Fate, State, Story

_FATES = {
    Fate.FIRST: "Le plus ancien état connu",
    Fate.CREATED: "Fiche créée",
    Fate.CHANGED: "",
    Fate.RENAMED: "",
    Fate.REMOVED: "Fiche retirée",
    Fate.RESTORED: "Fiche remise",
    Fate.UNSAVED: "",
}
_PARTIAL = (
    "Cette copie du dépôt n’a qu’une partie de son histoire\u00a0: ce qui précède n’est pas connu. Pour le lire\u00a0: "
    "git fetch --unshallow"
)
_HIDDEN = "Le lieu de cette entreprise est confidentiel\u00a0: ses adresses, anciennes ou non, ne sont pas montrées."


def text(story: Story, states: Sequence[State]) -> str:
    """Write the states in the order given."""
    recorded = sum(state.fate is not Fate.UNSAVED for state in states)
    title = f"{story.name} ({story.file})" if story.name else story.file
    lines = [inert(title), *map(inert, story.notes), f"{french.count(recorded, 'version')} dans l’histoire du dépôt."]
    if story.is_hidden:
        lines.append(_HIDDEN)
    if story.is_partial:
        lines.append(_PARTIAL)
    for state in states:
        lines += ["", *(inert(line) for line in _state(state))]
    return "\n".join(lines)


def _state(state: State) -> Iterator[str]:
    if state.fate is Fate.UNSAVED:
        yield "Pas encore enregistré dans git"
    else:
        yield french.sentence(french.day(state.day)) if state.day else "Date illisible"
    if _FATES[state.fate]:
        yield f"  {_FATES[state.fate]}"
    yield from (f"  {note}" for note in state.notes)
    yield from (f"  {worded(difference)}" for difference in state.differences)


def json(story: Story, states: Sequence[State]) -> str:
    """Write for a program; the states in the order given."""
    found = [
        {
            "sort": str(state.fate),
            "date": state.day.isoformat() if state.day else "",
            "version": state.commit[:10],
            "fichier": state.file,
            "notes": list(state.notes),
            "changements": [as_data(difference) for difference in state.differences],
        }
        for state in states
    ]
    return jsonlib.dumps(
        {
            "fiche": story.slug,
            "nom": story.name,
            "fichier": story.file,
            "histoire_partielle": story.is_partial,
            "lieu_masque": story.is_hidden,
            "notes": list(story.notes),
            "etats": found,
        },
        ensure_ascii=True,  # also keeps control characters and half characters of file names inert
        indent=2,
    )


FORMATS: Mapping[str, Callable[[Story, Sequence[State]], str]] = {"text": text, "json": json}
