"""Make `src/annuaire/data/prenoms.txt`: the first names of Debian's French dictionary.

    python tools/donnees/prenoms.py fr.dic

`fr.dic` is in the Debian package hunspell-fr-comprehensive (MPL-2.0), where first names carry the mark `po:prn`. Left
out are gods and characters, whose names are words or signs of shops before they are anybody's. First names usual in
Québec that the dictionary lacks are in `personnes.txt`, written by hand.
"""

from __future__ import annotations

import sys
from pathlib import Path

OUT = Path(__file__).parents[2] / "src" / "annuaire" / "data" / "prenoms.txt"
MARK = "po:prn"
NOT_PERSONS = (
    "Achéron Ahriman Al Ambre Andromède Aphrodite Apollon Arion Balthazar Ben Calypso Chester Cheyenne "
    "Crésus Cupidon Don Éos Éros Esculape Fiacre Figaro Galathée Gargantua Geb Gene Hà Hercule Hermès Io "
    "Jésus Jésus-Christ Jocrisse Judas Juste Lug Mars Melchior Mercure Merlin Moloch Nabuchodonosor Nadir "
    "Nyx Œdipe Pan Pandore Pâris Pégase Penny Pépin Pie Piper Pluton Porphyre Protée Râ Sardanapale "
    "Saturne Thanatos Titan Tux Vénus"
)
HEADER = """\
# This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of the MPL was not
# distributed with this file, You can obtain one at https://mozilla.org/MPL/2.0/.
# Prénoms du dictionnaire orthographique français « toutes variantes » (Dicollecte, https://grammalecte.net/), tirés du
# paquet hunspell-fr-comprehensive de Debian par tools/donnees/prenoms.py. Un par ligne; ne pas modifier à la main.
"""


def first_names(dictionary: Path) -> list[str]:
    """List the first names of a hunspell dictionary, sorted, each once."""
    found = set()
    with dictionary.open(encoding="utf-8") as lines:
        for line in lines:
            head, *marks = line.split() or [""]
            if MARK in marks:
                found.add(head.partition("/")[0])
    return sorted(found - set(NOT_PERSONS.split()))


def main() -> None:
    """Write the file and say how many first names it holds."""
    names = first_names(Path(sys.argv[1]))
    OUT.write_text(HEADER + "\n".join(names) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(names)} prénoms dans {OUT.name}")


if __name__ == "__main__":
    main()
