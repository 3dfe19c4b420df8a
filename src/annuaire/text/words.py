"""Say which words of a need tell nothing, and where a word loses what elision put before it.

The search of the pages reads the same words (`theme/js/common/words/words.js`). All of them are folded.
"""

from __future__ import annotations

import re

from annuaire.shared import SHARED
from annuaire.text.names import LETTERS

STOP, WEAK, NEVER_WEAK = (frozenset(SHARED["mots"][name].split()) for name in ("vides", "faibles", "jamaisFaibles"))
APOSTROPHES = "".join(letter for letter, plain in LETTERS.items() if plain == "'")  # besides the straight one
ELISION = re.compile(rf"\b(?:{'|'.join(SHARED['mots']['elisions'].split())})'(?=\w)", re.IGNORECASE)
