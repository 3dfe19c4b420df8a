"""Read a proposal as an experienced colleague would: what is wrong, what changes, what a person must check.

`coach` compares two states of git without checking anything out; `writing` says what it found to a terminal, a
forge's comment or a program. Records of the proposal are data; nothing of it is run. A module for each step:

1. `annuaire.git` is asked for files; `states` makes of them the records of main, and of main with the proposal, judged.
2. `changes` pairs the records before and after; `flags` and `files` name what a person must look at, whatever the rules
   say.
3. `report` holds all that; `outline` puts it in order and in words; `writing` makes it harmless for where it is shown.
"""

from __future__ import annotations

import re
from datetime import date

from annuaire.catalogue.loading import Loader
from annuaire.coach import changes, files, flags, states
from annuaire.coach.report import Report
from annuaire.config import Settings
from annuaire.text.problems import AnnuaireError

_RANGE = re.compile(r"(?P<base>.*?[^.])\.\.\.?(?P<head>[^.].*)?", re.DOTALL)


def coach(settings: Settings, span: str, today: date, *, staff: bool = False) -> Report:
    """Say all there is to say of the proposal `BASE..HEAD` (HEAD alone may be left out).

    `staff` tells that the forge vouches for who proposes. Raise AnnuaireError when git cannot answer.
    """
    found = _RANGE.fullmatch(span)
    if found is None:
        raise AnnuaireError(
            f"«\u00a0{span}\u00a0» ne dit pas quoi comparer\u00a0: écrire par exemple "
            "«\u00a0main..ma-proposition\u00a0»."
        )
    base, head = found["base"], found["head"] or "HEAD"
    read = states.read(settings, Loader(settings).context(today), base, head)
    pairs = changes.pairs(read)
    caused, solved = changes.elsewhere(read, pairs)
    found_flags = tuple(flags.flags(settings, read, pairs, staff=staff))
    return Report(
        base=base,
        head=head,
        version=read.proposed,
        changes=tuple(changes.changes(read, pairs)),
        flags=found_flags,
        elsewhere=tuple(caused),
        solved=solved,
        other_files=tuple(files.other_files(read, pairs)),
        steps=read.steps,
        pages=read.pages,
        registry=read.registry,
        is_harmless=files.are_harmless(found_flags, staff=staff),
    )
