"""Clean what says where: municipalities, streets, postal codes, points.

Streets follow the usage of the Office québécois de la langue française: « 190, rue Bonaventure », the
generic in lower case and in full, a capital after an ordinal (« 582, 4e Rue de la Pointe »).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from rapidfuzz import fuzz, process

from annuaire.intake.importing.cleaning import Cleaned
from annuaire.places.outlines import distance_to_mrc_km
from annuaire.places.territories import Municipality, Territories
from annuaire.rules.point import TOLERANCE_KM
from annuaire.rules.vocabulary import bare_town
from annuaire.text.names import fold

CLOSE_NAME = 88  # rapidfuzz ratio from which a misspelt municipality is taken as read
CLEAR_LEAD = 6  # and how far ahead of the next name it must stand
LONGEST_NAME = 500  # characters: beyond, looking for a street at each number would take minutes
GENERICS = {
    "allee": "allée",
    "autoroute": "autoroute",
    "av": "avenue",
    "ave": "avenue",
    "avenue": "avenue",
    "blvd": "boulevard",
    "boul": "boulevard",
    "boulevard": "boulevard",
    "carre": "carré",
    "ch": "chemin",
    "chem": "chemin",
    "chemin": "chemin",
    "cote": "côte",
    "croissant": "croissant",
    "impasse": "impasse",
    "montee": "montée",
    "pl": "place",
    "place": "place",
    "promenade": "promenade",
    "rang": "rang",
    "rg": "rang",
    "rte": "route",
    "route": "route",
    "rue": "rue",
    "ruelle": "ruelle",
    "square": "square",
    "terr": "terrasse",
    "terrasse": "terrasse",
}
_FULL_GENERICS = frozenset(GENERICS) | {fold(name) for name in GENERICS.values()}
_PARTICLES = {"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "sous", "sur"}
_CARDINALS = {"E": "Est", "N": "Nord", "O": "Ouest", "S": "Sud"}
_CIVIC = re.compile(r"(?P<civic>\d+(?:\s?[A-Za-z](?![A-Za-z]))?(?:-\d+[A-Za-z]?)?)\s*,?\s+(?P<rest>\S.*)")
_ORDINAL = re.compile(r"(?P<number>\d{1,3})\s*(?:(?P<first>re|er|ère)|e|è|ième|ieme|ème|eme)\b\.?", re.IGNORECASE)
_GLUED_RANG = re.compile(r"^(\d{1,2})(rang)\b", re.IGNORECASE)
_QUEBEC = "GHJ"
_ZIP = re.compile(r"\d{4,5}|\d{9}", re.ASCII)
_BRITISH = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}", re.ASCII)
_POSTAL = re.compile(r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d")
_IN_ADDRESS = re.compile(r"\b[A-Z]\d[A-Z][ -]?\d[A-Z]\d\b", re.ASCII | re.IGNORECASE)  # a Canadian postal code
# The codes of other countries, as an address ends: « TX 75001 », « DD1 4HN », « 75001 Paris ».
_ABROAD = re.compile(
    r"\b[A-Z]{2}\.?,? \d{5}(?:-\d{4})?\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\s*$|,\s*\d{5} (?P<town>[A-ZÀ-Ý][^,]*)$"
)
_BRACKET = re.compile(r"\s*\(([^)]*)\)")
_NUMBER = re.compile(r"(?<!\w)\d+[A-Za-z]?\b")
# What follows a number and makes it no civic number alone: « 1 à 5 », « 10 – 2e Avenue », « 123 1/2 ».
_UNSURE = re.compile(r"\W|(?:à|et|ou|au)\s|[0-9]", re.IGNORECASE)
_FIRST_NUMBER = re.compile(r"[0-9]+")
_DEGREES = 4  # decimals of a degree: about ten metres
Keys = frozenset[tuple[str, str]]  # what tells where a place is, kept in memory only
_DIGIT_LOOKALIKES = {"O": "0", "I": "1"}  # letters that no postal code holds
# What may follow the street, each with the word it is written with.
_ANNEXES = (
    (re.compile(r"\s*,?\s*\b(?:case postale|c\.\s?p\.)\s*(\d+)", re.IGNORECASE), r", case postale \1"),
    (re.compile(r"\s*,?\s*\b(?:bureau|bur\.|suite)\s*#?\s*([\w\-]*\d[\w\-]*)", re.IGNORECASE), r", bureau \1"),
    (re.compile(r"\s*,?\s*\bAPP\s*[:.]\s*Ét\.\s*(\d+)", re.IGNORECASE), r", étage \1"),
    (re.compile(r"\s*,?\s*\bAPP\s*[:.]?\s*$", re.IGNORECASE), ""),
    (re.compile(r"\s*,?\s*\b(\d+e étage)", re.IGNORECASE), r", \1"),
)


def postal_code(raw: str) -> Cleaned:
    """Write a Canadian postal code as « G9A 5K8 »; a letter O or I where a digit must stand is read 0 or 1."""
    letters = re.sub(r"[^A-Z0-9]", "", raw.upper())
    repaired = "".join(_DIGIT_LOOKALIKES.get(c, c) if rank % 2 else c for rank, c in enumerate(letters))
    if not _POSTAL.fullmatch(repaired):
        return Cleaned("", fault="le code postal est mal formé")
    written = f"{repaired[:3]} {repaired[3:]}"
    if repaired != letters:
        return Cleaned(written, (f"« {raw.strip()} » corrigé en « {written} »",))
    return Cleaned(written)


def is_foreign(raw: str) -> bool:
    """Tell whether a postal code is of another province or country; one of Quebec begins with G, H or J.

    What is merely misspelt is not: it is left, and its row stands.
    """
    letters = re.sub(r"[^A-Z0-9]", "", raw.upper())
    canadian = postal_code(raw).value
    if canadian:
        return canadian[0] not in _QUEBEC
    return bool(_ZIP.fullmatch(letters) or _BRITISH.fullmatch(letters))


def codes_in(address: str) -> list[str]:
    """List the Canadian postal codes that an address holds, as they are written."""
    return [code for found in _IN_ADDRESS.findall(address) if (code := postal_code(found).value)]


def is_abroad(address: str) -> bool:
    """Tell whether an address holds the postal code of another province or country."""
    found = _ABROAD.search(address.strip())
    if found and not (found["town"] and has_generic(found["town"])):
        return True
    return any(map(is_foreign, codes_in(address)))


def coordinate(raw: str, lowest: float, highest: float) -> Cleaned:
    """Read decimal degrees and round them to 5 places (about a metre); refuse what lies outside the bounds."""
    try:
        value = float(raw.strip().replace(",", "."))
    except ValueError:
        return Cleaned("", fault="le point est mal écrit")
    if not lowest <= value <= highest:
        return Cleaned("", fault="le point est hors du Québec")
    return Cleaned(f"{value:.5f}".rstrip("0").rstrip("."))


def is_far_from_mrc(latitude: str, longitude: str, mrc: str, overrides: Path | None = None) -> bool:
    """Tell whether a point lies more than `TOLERANCE_KM` outside its MRC, as the rule `point-hors-mrc` does.

    `overrides` is the site's folder of vocabularies, whose own polygons count first.
    """
    distance = distance_to_mrc_km((float(latitude), float(longitude)), mrc, overrides)
    return distance is not None and distance > TOLERANCE_KM


def place_key(name: str) -> str:
    """Reduce the name of a place for comparison: folded, hyphens as spaces, « St » and « Ste » in full."""
    words = re.sub(r"[^a-z0-9]+", " ", fold(name)).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)


class Municipalities:
    """Match written names to official municipalities, those of the site's regions first."""

    def __init__(self, territories: Territories, regions: Iterable[str]) -> None:
        self._territories = territories
        self._local = {mrc.code for mrc in territories.mrcs_of(regions)}
        self._official = self._index((m.nom, m) for m in territories.municipalities.values())
        self._former = self._index(
            (name, territories.municipalities[code]) for name, code in territories.former.items()
        )
        self._parts = {place_key(region.nom) for region in territories.regions.values()}
        self._parts |= {place_key(mrc.nom) for mrc in territories.mrc_by_code.values()}

    def is_local(self, municipality: Municipality) -> bool:
        """Tell whether a municipality belongs to the regions of the site."""
        return municipality.mrc in self._local

    def is_served_by(self, municipality: Municipality, code: str) -> bool:
        """Tell whether a postal code begins as those of the region of a municipality."""
        letters = self._territories.regions[self._territories.mrc_by_code[municipality.mrc].region].lettres_postales
        return not letters or code[:1] in letters

    def match(self, raw: str, territory: str = "") -> tuple[Municipality | None, Cleaned]:
        """Find the municipality a cell means; `territory` (an MRC's name) settles homonyms.

        A misspelling is corrected only when one name of the region is close and stands clearly ahead;
        otherwise nothing is found, and the fault names the closest.
        """
        key = self._key(raw)
        if not key:
            return None, Cleaned("", fault="la municipalité manque")
        for index, note in ((self._official, ""), (self._former, " (ancienne municipalité)")):
            found = self._settled(index.get(key, ()), territory)
            if found is not None:
                changes = () if found.nom == raw.strip() else (f"« {raw.strip()} » lu « {found.nom} »{note}",)
                return found, Cleaned(found.nom, changes)
            if key in index:
                return None, Cleaned("", fault=f"plusieurs municipalités s’appellent « {raw.strip()} »")
        return self._close(raw.strip(), key)

    def read(self, raw: str) -> str:
        """Give the official name that a text means, itself when it is one; nothing when it means none for sure."""
        if raw in self._territories.by_name:
            return raw
        found, _ = self.match(raw)
        return found.nom if found else ""

    def is_exact(self, raw: str) -> bool:
        """Tell whether a cell is the name of a municipality, spelling apart."""
        key = self._key(raw)
        return key in self._official or key in self._former

    def _key(self, raw: str) -> str:
        key = place_key(raw)
        if key in self._official or key in self._former:
            return key
        return place_key(bare_town(_BRACKET.sub(self._unsaid, raw))) or key

    def _unsaid(self, bracket: re.Match[str]) -> str:
        """Drop what stands between brackets when it is a part of Québec: a region, an MRC, a former municipality."""
        inside = place_key(bracket[1])
        outside = place_key(bare_town(bracket.string[: bracket.start()]))
        own = {found.code for found in self._official.get(outside, ())}
        is_part = any(found.code in own for found in self._former.get(inside, ()))
        return "" if is_part or inside in self._parts else bracket[0]

    def _close(self, raw: str, key: str) -> tuple[Municipality | None, Cleaned]:
        choices = [name for name, found in self._official.items() if any(map(self.is_local, found))]
        ranked = process.extract(key, choices, scorer=fuzz.ratio, limit=2, score_cutoff=60)
        if not ranked:
            return None, Cleaned("", fault=f"la municipalité « {raw} » est inconnue")
        best, score, _ = ranked[0]
        found = next(m for m in self._official[best] if self.is_local(m))
        if key.startswith(f"{best} "):  # a whole word more is no misspelling: it may say where the municipality is
            ours = f"est-ce bien «\u00a0{found.nom}\u00a0», au Québec?"
            return None, Cleaned("", fault=f"municipalité à vérifier, «\u00a0{raw}\u00a0»\u00a0: {ours}")
        if score >= CLOSE_NAME and (len(ranked) == 1 or score - ranked[1][1] >= CLEAR_LEAD):
            return found, Cleaned(found.nom, (f"« {raw} » corrigé en « {found.nom} »",))
        return None, Cleaned("", fault=f"la municipalité « {raw} » est inconnue; la plus proche est « {found.nom} »")

    def _settled(self, found: tuple[Municipality, ...], territory: str) -> Municipality | None:
        local = tuple(m for m in found if self.is_local(m)) or found
        if len(local) > 1 and territory:
            wanted = _territory_key(territory)
            local = tuple(m for m in local if _territory_key(self._territories.mrcs[m.mrc].nom) == wanted)
        return local[0] if len(local) == 1 else None

    @staticmethod
    def _index(pairs: Iterable[tuple[str, Municipality]]) -> dict[str, tuple[Municipality, ...]]:
        index: dict[str, tuple[Municipality, ...]] = {}
        for name, municipality in pairs:
            index[place_key(name)] = (*index.get(place_key(name), ()), municipality)
        return index


def _territory_key(name: str) -> str:
    words = [word for word in place_key(name).split() if word not in ("mrc", *_PARTICLES)]
    return " ".join(words)


def street(raw: str) -> Cleaned:
    """Write a street address the Québec way; what cannot be told with certainty is left as it was."""
    written = re.sub(r"\s+", " ", raw).strip(" ,")
    annexes = ""
    for pattern, replacement in _ANNEXES:
        found = pattern.search(written)
        if found:
            annexes += found.expand(replacement)
            written = (written[: found.start()] + written[found.end() :]).strip(" ,")
    civic = _CIVIC.fullmatch(written)
    if civic and _is_unsure(civic["rest"]):
        written = re.sub(r"\s+", " ", raw).strip(" ,")
    elif written:
        written = f"{civic['civic'].replace(' ', '')}, {_way(civic['rest'])}" if civic else _way(written)
        written += annexes
    else:  # no street: « C.P. 12 »
        written = annexes.strip(" ,").capitalize() or re.sub(r"\s+", " ", raw).strip(" ,")
    changed = written != re.sub(r"\s+", " ", raw).strip()
    changes = (f"« {raw.strip()} » écrit « {written} »",) if changed else ()
    return Cleaned(written, changes, is_tidied=street_key(raw) == street_key(written))


def _is_unsure(rest: str) -> bool:
    """Tell whether what follows a number may belong to it: a span, a fraction; an ordinal street does not."""
    first = rest.partition(" ")[0]
    return bool(_UNSURE.match(rest)) and not (_ORDINAL.fullmatch(first) or _GLUED_RANG.match(rest) or first[0] in '«"')


def without_street(name: str) -> str:
    """Cut a street address out of the end of a name (« Le Phare, 77 rue Exemple » gives « Le Phare »)."""
    name = name[:LONGEST_NAME]
    for found in _NUMBER.finditer(name):
        if has_generic(name[found.start() :]):
            return name[: found.start()].strip(" ,;(-–") or name
    return name


def street_key(address: str) -> str:
    """Reduce a clean street address for comparison: two writings of one address give one key."""
    words = place_key(address).split()
    return " ".join(GENERICS.get(word, word) for word in words if word not in _PARTICLES)


def where(place: Mapping[str, str], town: str) -> Keys:
    """Reduce a place to what tells where it is: street and town, postal code and number, point.

    An office, a floor or a postal box after the street is left out: it is the same door.
    """
    address = ", ".join(street(str(place.get("adresse") or "")).value.split(", ")[:2])
    way, number = street_key(address), _FIRST_NUMBER.search(address)
    code = postal_code(str(place.get("code_postal") or "")).value
    north = coordinate(str(place.get("latitude") or ""), 44.9, 62.7).value
    west = coordinate(str(place.get("longitude") or ""), -79.9, -57.0).value
    found = set()
    if way and number:
        found.add(("rue", f"{town} {way}"))
    if code and number:
        found.add(("code", f"{code} {number[0]}"))
    if north and west:
        found.add(("point", f"{float(north):.{_DEGREES}f} {float(west):.{_DEGREES}f}"))
    return frozenset(found)


def has_generic(address: str) -> bool:
    """Tell whether a clean street address says what it is: a street, an avenue, a road."""
    return any(word in _FULL_GENERICS for word in place_key(address).split())


def way_key(address: str) -> str:
    """Reduce an address further, generic left out: to compare addresses of rows known to be one enterprise."""
    return " ".join(word for word in street_key(address).split() if word not in _FULL_GENERICS)


def door_key(address: str) -> str:
    """Reduce an address to its door, as `way_key` does: an office or a floor after the street is left out."""
    return way_key(", ".join(address.split(", ")[:2]))


def _way(text: str) -> str:
    """Write generic and specific: « RUE Bonaventure » gives « rue Bonaventure », « 10e avenue » « 10e Avenue »."""
    text = _GLUED_RANG.sub(r"\1e \2", text)
    first, _, rest = text.partition(" ")
    ordinal = _ORDINAL.fullmatch(first)
    if ordinal and rest:
        generic, _, specific = rest.partition(" ")
        expanded = _generic(generic)
        if expanded:
            number = f"{ordinal['number']}{'re' if ordinal['first'] else 'e'}"
            return " ".join((number, expanded.capitalize(), _specific(specific))).strip()
        return f"{ordinal['number']}{ordinal['first'] or 'e'} {_specific(rest)}"
    expanded = _generic(first)
    if expanded and _ORDINAL.fullmatch(rest):
        return _way(f"{rest} {expanded}")
    if expanded and rest:
        return f"{expanded} {_specific(rest)}"
    return _specific(text)


def _generic(word: str) -> str:
    """Give the full generic a word stands for, also misspelt (« avenune »), or an empty text."""
    folded = fold(word).rstrip(".")
    if folded in GENERICS:
        return GENERICS[folded]
    close = process.extractOne(folded, GENERICS, scorer=fuzz.ratio, score_cutoff=85) if len(folded) >= 6 else None
    return GENERICS[close[0]] if close else ""


def _specific(text: str) -> str:
    words = text.split(" ")
    letters = "".join(c for c in text if c.isalpha())
    if len(letters) > 3 and letters.isupper():
        words = [_title(word, index) for index, word in enumerate(words)]
    if len(words) > 1 and words[-1] in _CARDINALS:
        words[-1] = _CARDINALS[words[-1]]
    if words[0].islower() and words[0] not in _PARTICLES and words[0].isalpha():
        words[0] = words[0].capitalize()
    return re.sub(r"\bSt(e?)(?:-|\.?\s)(?=[A-ZÀ-Ý])", r"Saint\1-", " ".join(words))


def _title(word: str, index: int) -> str:
    """Give capitals back to a word of a name written all in capitals; particles stay in lower case."""
    if word.lower() in _PARTICLES:
        return word.lower()
    parts = re.split(r"([-'’])", word.lower())
    return "".join(
        part if part in ("-", "'", "’") or (part in _PARTICLES and len(parts) > 1) else part[:1].upper() + part[1:]
        for part in parts
    )
