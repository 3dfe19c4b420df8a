"""Write the words that the search index holds, and which sectors may answer which need.

The browser then knows which words of a question are worth asking, what to propose for a word mistyped, and where to
send a visitor whose need no record names. The words are read in the fragments that Pagefind has just written, so that
they are those of the index.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.files import write
from annuaire.places.vocabularies import TO_SPECIFY
from annuaire.text.names import fold
from annuaire.text.words import APOSTROPHES, ELISION

_FRAGMENTS = f"{urls.INDEX}fragment/*.pf_fragment"
_HEADER = b"pagefind_dcd"
_SEARCHED = ("title", "graphie", "offre", "lieu", "secteur", "besoins", "mots", "badges")  # metadata that hold words
_PROFILE = re.compile(rf"/{re.escape(urls.ENTERPRISES)}([^/]+)/")
_STRAIGHT = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_COMPOUND = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def write_words(site: Path, catalogue: Catalogue) -> None:
    """Write `recherche/mots.json` and `pagefind/fiches.json` in an indexed folder.

    `fiches.json` maps each result's id in Pagefind to the slug of its record, so that results join the data of the
    buyer's catalogue without a request for each.

    `mots` maps each word, as most often written, to its number of records; `secteurs` maps the slug of a sector in use
    to its label, address, number of records, synonyms and description; `besoins` lists the purchase categories: label,
    words, slugs of the sectors in use that may answer; `lieux` lists the names of MRCs and municipalities.
    """
    used = [s for s in catalogue.vocabularies.sectors.values() if s.slug in catalogue.by_sector]
    sectors = {
        s.slug: {
            "libelle": s.libelle,
            "url": urls.sector(s.slug),
            "nombre": len(catalogue.by_sector[s.slug]),
            "mots": list(s.synonymes),
            "description": s.description,
        }
        for s in used
        if s.slug != TO_SPECIFY
    }
    needs = [
        {
            "libelle": c.libelle,
            "mots": list(dict.fromkeys((c.libelle, *c.synonymes))),
            "secteurs": [slug for slug in c.secteurs if slug in sectors],
        }
        for c in catalogue.vocabularies.categories.values()
    ]
    places = {m.nom for m in catalogue.mrcs}
    places |= {m.nom for m in catalogue.territories.municipality_by_code.values() if m.mrc in catalogue.mrc_codes}
    fragments = _fragments(site)
    content = {
        "mots": count_words(map(_text, fragments.values())),
        "secteurs": sectors,
        "besoins": needs,
        "lieux": sorted(places),
    }
    profiles = {
        name: found[1] for name, page in sorted(fragments.items()) if (found := _PROFILE.fullmatch(page["url"]))
    }
    for name, value in ((urls.INDEX_WORDS, content), (urls.INDEX_RECORDS, profiles)):
        write(site, name, json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n", again=True)


def count_words(texts: Iterable[str]) -> dict[str, int]:
    """Count the texts that hold each word, whatever its accents; a word is shown as it is most often written."""
    counts: Counter[str] = Counter()
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        found = set(words(text))
        folded = {word: fold(word) for word in found}
        counts.update({f for f in folded.values() if len(f) > 1})
        for word, plain in folded.items():
            spellings[plain][word] += 1
    shown = {word: min(spellings[word].items(), key=lambda item: (-item[1], item[0]))[0] for word in sorted(counts)}
    return {shown[word]: counts[word] for word in shown}


def words(text: str) -> Iterator[str]:
    """Give the words of a text in lower case: elisions dropped; of a compound, its parts."""
    for compound in _COMPOUND.finditer(ELISION.sub("", text.lower().translate(_STRAIGHT))):
        yield from compound[0].split("-")


def _fragments(site: Path) -> dict[str, dict[str, Any]]:
    """Read what the index holds of each page, by its id; the folder of a preview may still hold a page as it was."""
    latest: dict[str, tuple[str, dict[str, Any]]] = {}
    for path in sorted(site.glob(_FRAGMENTS), key=lambda path: path.stat().st_mtime_ns):
        page = json.loads(gzip.decompress(path.read_bytes()).removeprefix(_HEADER))
        latest[page["url"]] = path.stem, page
    return dict(latest.values())


def _text(page: Mapping[str, Any]) -> str:
    """Give the text and metadata of a page."""
    return "\n".join((page["content"], *(page["meta"].get(key, "") for key in _SEARCHED)))
