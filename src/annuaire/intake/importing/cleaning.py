"""Clean the cells of a spreadsheet, one function per kind; each says what it changed or why it refuses.

Addresses, municipalities and points are in `annuaire.intake.importing.places`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit, urlunsplit

import phonenumbers

from annuaire.records.reading import as_day
from annuaire.rules import cells
from annuaire.rules.cells import NO, YES
from annuaire.text.addresses import judge_web
from annuaire.text.names import fold

NETWORKS = {
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "instagram.com": "instagram",
    "linkedin.com": "linkedin",
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "tiktok.com": "tiktok",
}
_SPACES = re.compile(r"\s+")
_IN_LINE = re.compile(r"(?<=\S)[^\S\n]+")  # what begins a line sets a list back
# A space that French does not break, where it stands for one: inside « », before a mark or a sign, between figures.
_UNBROKEN = re.compile(r"(?<=«)\u00a0(?=\S)|(?<=\S)\u00a0(?=[»:;!?%$])|(?<=[0-9])\u00a0(?=[0-9]{3}(?![0-9]))")
_HELD = "\ue000"  # stands for such a space while the others are made plain
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_SEVERAL = re.compile(r"[;|\n]")
SEPARATOR = " | "
MOST_VALUES = 10  # in one cell
LONGEST_CELL = 400  # characters of a cell that may hold several values
LAST_MONTH = 12
_TEN_DIGITS = len("819 555-0142")
_MARKS = ("x", "ok", "✓", "✔", "coche")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.\- ]([0-9]{1,2})[/.\- ]([0-9]{4})", re.ASCII)
_BETWEEN_NUMBERS = re.compile(r"[;|\n/]|,(?!\s*(?:poste|p\.|ext|x|#))|\s+(?:ou|et)\s+", re.IGNORECASE)
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(\.[A-Za-z0-9\-]{1,63})*\.[A-Za-z]{2,24}")
_FAX = re.compile(r"\b(?:fax|telec\w*|tele-?copieur|facsimile|f(?=\s*[.:]))\b")  # as folded
_TELEPHONE = re.compile(r"\b(?:tel(?:ephone)?s?|cell\w*|t(?=\s*[.:]))\b")
_WORK = re.compile(r"\b(?:bur(?:eau)?|travail|trav)\b")
_AFTER = re.compile(r"\s*[(\[]([^)\]]*)[)\]]")
_EXTENSION = re.compile(r"[ ,(]*(?:postes?|post\.?|p\.?|ext(?:ension)?\.?|x|#)[ :#]*(\d{1,6})[ )]*$", re.IGNORECASE)
_POST = re.compile(_EXTENSION.pattern.removesuffix("$"), re.IGNORECASE)  # wherever it ends
_ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+", re.IGNORECASE)
_MOST_AROUND = 30  # characters beside telephone numbers; a text of more words is a text
LONGEST_NUMBER = 80  # characters: what is longer is no telephone number, and patterns would read it for long
LONGEST_ADDRESS = 2000  # characters of a web address
_PROTECTION = re.compile(r"^\s*'(?='*[=+\-@0-9\uff1d\uff0b\uff0d\uff20])")
# A path, a space, a word that is no address.
_CUT_PATH = re.compile(r"(?:https?://)?[^\s/]+/[^\s,;|]+ (?!(?:et|ou)\b)\w[\w'’\-]*(?![\w./@])", re.IGNORECASE)
_DECIMALS = re.compile(r"[.,]0+$")
# What names a page is in its query: a video, a list, an album.
_NAMING = (("/watch", "v"), ("/playlist", "list"), ("/media/set", "set"), ("/photo.php", "fbid"))
_PASSING = re.compile(
    r"https?://(?:lm?\.facebook\.com/l\.php|(?:www\.)?google\.[a-z.]{2,6}/url|l\.instagram\.com/)\?", re.ASCII
)
_SHARING = re.compile(
    r"facebook\.com/(?:sharer|share\.php|dialog/)|(?:twitter|x)\.com/(?:intent|share)|linkedin\.com/share"
)
_PROFILE = re.compile(r"/profile\.php$")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Hold a cleaned value, what was changed in words, and a fault when the cell is refused (value then empty).

    `is_tidied` tells a change of form alone (a comma, a scheme) from one that a person should read. `others` holds what
    a cell of several values says besides the first.
    """

    value: str
    changes: tuple[str, ...] = ()
    fault: str = ""
    is_tidied: bool = False
    others: str = ""


def text(raw: str) -> Cleaned:
    """Drop invisible characters and superfluous spaces; letters and their accents are one character."""
    return Cleaned(_tidied(_SPACES, raw).strip())


def paragraphs(raw: str) -> Cleaned:
    """Read a text of several lines as `text` does, its lines kept."""
    lines = _tidied(_IN_LINE, raw.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return Cleaned("\n".join(line.rstrip() for line in lines).strip())


def _tidied(spaces: re.Pattern[str], raw: str) -> str:
    held = _UNBROKEN.sub(_HELD, unicodedata.normalize("NFC", raw).replace(_HELD, ""))
    return spaces.sub(" ", _INVISIBLE.sub("", held)).replace(_HELD, "\u00a0")


def parts(raw: str) -> list[str]:
    """Split the values of a cell that holds several: by semicolons, bars or line breaks."""
    return [part for part in map(str.strip, _SEVERAL.split(raw)) if part]


def day(raw: str) -> Cleaned:
    """Read a date as AAAA-MM-JJ: in numbers, day first (« 28/11/2026 ») or year first, or in words.

    Two numbers that could each be the month are refused: spreadsheets write them both ways.
    """
    written = _SPACES.sub(" ", raw).strip()
    found = _DAY_FIRST.fullmatch(written)
    if found:
        first, second, year_ = (int(part) for part in found.groups())
        if first <= LAST_MONTH and second <= LAST_MONTH and first != second:
            return Cleaned("", fault=f"«\u00a0{_short(raw)}\u00a0» se lit de deux façons\u00a0: écrire l’année d’abord")
        month_, day_ = (second, first) if second <= LAST_MONTH else (first, second)
        written = f"{year_}-{month_:02}-{day_:02}"
    else:
        written = cells.written_date(written) or written
    if as_day(written) is None:
        return Cleaned("", fault=f"«\u00a0{_short(raw)}\u00a0» n’est pas une date")
    return _compared(raw, written)


def unprotected(raw: str) -> str:
    """Take away what keeps a spreadsheet from calculating a cell: `="…"` around it, or an apostrophe before a sign.

    An apostrophe before others is one that `annuaire.exports.tables.safe` put there: what it wrote comes back.
    """
    found = re.fullmatch(r'\s*="((?:[^"]|"")*)"\s*', raw)
    return found.group(1).replace('""', '"') if found else _PROTECTION.sub("", raw)


def yes_no(raw: str) -> Cleaned:
    """Read yes or no, whatever their writing in a list (`Oui`, `VRAI`, `x`)."""
    word = fold(raw.strip(" .!\t\n\u00a0"))
    if word in (*YES, *_MARKS):
        return Cleaned("oui")
    return Cleaned("non") if word in NO else Cleaned("", fault=f"«\u00a0{_short(raw)}\u00a0» ne dit ni oui ni non")


def neq(raw: str) -> Cleaned:
    """Read a NEQ: 10 digits that begin with 11, 22, 33 or 88 (Registraire des entreprises)."""
    digits = re.sub(r"[\s.\-]", "", _DECIMALS.sub("", raw.strip()))  # a spreadsheet may make it a number: …121.0
    if not re.fullmatch(r"(11|22|33|88)\d{8}", digits, re.ASCII):
        return Cleaned("", fault=f"« {_short(raw)} » n’est pas un NEQ")
    return _compared(raw, digits)


def year(raw: str) -> Cleaned:
    """Read a year of foundation, also out of a whole date."""
    joined = re.sub(r"^([12])[ \u00a0\u202f]([0-9]{3})$", r"\1\2", raw.strip())  # as a number is shown: 2 005
    found = re.search(r"(?<!\d)(1[6-9]|20)\d\d(?!\d)", joined, re.ASCII)
    return _compared(raw, found.group()) if found else Cleaned("", fault=f"« {_short(raw)} » n’est pas une année")


def telephone(raw: str) -> Cleaned:
    """Write a North American telephone number as « 819 555-0142 », with « poste 12 » if there is an extension.

    Of several in one cell, the one said of the office is read, else the first, and the others are told; a fax is
    none.
    """
    labelled = _labelled(raw) if len(raw) <= LONGEST_CELL else []
    is_fax = [bool(_FAX.search(words)) and not _TELEPHONE.search(words) for _, words in labelled]
    is_work = [bool(_WORK.search(words)) for _, words in labelled]
    if not any(is_fax) and not (len(labelled) > 1 and any(is_work)):
        read = _first_of(raw, _telephone, _BETWEEN_NUMBERS)
        numbers = [number for number, _ in labelled]
        if read.others or not (read.value or _is_little_else(raw, numbers)):
            return read
        value = read.value or _telephone(numbers[0]).value
        besides = [number for number in numbers if _telephone(number).value[:_TEN_DIGITS] != value[:_TEN_DIGITS]]
        others = "; ".join(_short(part.strip("()<>")) for part in (*besides, *_ADDRESS.findall(raw)))
        if not others:
            return _compared(raw, value)
        return Cleaned(value, (f"{_change(raw, value)}, laissé\u00a0: «\u00a0{others}\u00a0»",), others=others)
    ranked = sorted(range(len(labelled)), key=lambda rank: not is_work[rank])
    kept = next((rank for rank in ranked if not is_fax[rank] and _telephone(labelled[rank][0]).value), None)
    if kept is None:
        return Cleaned("", fault=f"«\u00a0{_short(raw)}\u00a0» est un numéro de télécopieur")
    value = _telephone(labelled[kept][0]).value
    besides = [number for rank, (number, _) in enumerate(labelled) if rank != kept] + _ADDRESS.findall(raw)
    others = "; ".join(map(_short, besides))
    if not others:
        return _compared(raw, value)
    return Cleaned(value, (f"«\u00a0{value}\u00a0» gardé, laissé\u00a0: «\u00a0{others}\u00a0»",), others=others)


def _is_little_else(raw: str, numbers: Sequence[str]) -> bool:
    """Tell whether a cell is telephone numbers and a few words around them (« 819 643-0311 (bureau) »)."""
    rest = _SPACES.sub(" ", raw)
    for number in numbers:
        rest = rest.replace(number, " ", 1)
    are_ours = [
        bool(_telephone(number).value) and phonenumbers.is_valid_number(phonenumbers.parse(number, "CA"))
        for number in numbers
    ]
    return bool(numbers) and all(are_ours) and len(rest.strip()) <= _MOST_AROUND


def _labelled(raw: str) -> list[tuple[str, str]]:
    """List the numbers of a cell, each with the words that say what it is: before it, and between brackets after."""
    flat = _SPACES.sub(" ", raw)
    found = list(phonenumbers.PhoneNumberMatcher(flat, "CA", leniency=phonenumbers.Leniency.POSSIBLE))
    numbers, at = [], 0
    for one in found:
        post = None if one.number.extension else _POST.match(flat, one.end)
        end = post.end() if post else one.end
        after = _AFTER.match(flat, end)
        words = f"{flat[at : one.start]} {after[1] if after else ''}"
        at = after.end() if after else end
        numbers.append((flat[one.start : end].strip(), fold(words)))
    return numbers


def _first_of(raw: str, read: Callable[[str], Cleaned], between: re.Pattern[str]) -> Cleaned:
    """Read a cell as one value; when it is none, keep the first of several that is one, and tell the others."""
    whole = read(raw)
    several = (
        [part.strip() for part in between.split(raw) if part.strip()]
        if whole.fault and len(raw) <= LONGEST_CELL
        else []
    )
    if not 1 < len(several) <= MOST_VALUES:
        return whole
    found = [(part, cleaned) for part in several if (cleaned := read(part)).value]
    if not found:
        return whole
    kept = found[0]
    others = "; ".join(_short(part) for part in several if part != kept[0])
    words = f"«\u00a0{kept[1].value}\u00a0» gardé, laissé\u00a0: «\u00a0{others}\u00a0»"
    return Cleaned(kept[1].value, (words,), others=others)


def _telephone(raw: str) -> Cleaned:
    flat = _SPACES.sub(" ", raw).strip()
    if len(flat) > LONGEST_NUMBER:
        return Cleaned("", fault=f"«\u00a0{_short(raw)}\u00a0» n’est pas un numéro de téléphone")
    extension = _EXTENSION.search(flat)
    number = flat[: extension.start()] if extension else flat
    try:
        parsed = phonenumbers.parse(number, "CA")
    except phonenumbers.NumberParseException:
        return Cleaned("", fault=f"« {_short(raw)} » n’est pas un numéro de téléphone")
    digits = str(parsed.national_number)
    if parsed.country_code != 1 or len(digits) != 10 or not phonenumbers.is_possible_number(parsed):
        return Cleaned("", fault=f"« {_short(raw)} » n’est pas un numéro de téléphone de dix chiffres")
    extra = extension.group(1) if extension else (parsed.extension or "")
    written = f"{digits[:3]} {digits[3:6]}-{digits[6:]}" + (f" poste {extra}" if extra else "")
    return _compared(raw, written)


def email(raw: str) -> Cleaned:
    """Read an e-mail address; the domain is written in lower case. Of several, the first is read, the others told."""
    return _first_of(raw, _email, re.compile(r"[;,|\s]+(?:ou\s+|et\s+)?"))


def _email(raw: str) -> Cleaned:
    address = raw.strip().removeprefix("mailto:").strip("<> ;,")
    if not _EMAIL.fullmatch(address):
        return Cleaned("", fault=f"« {_short(raw)} » n’est pas une adresse de courriel")
    name, _, domain = address.rpartition("@")
    return _compared(raw, f"{name}@{domain.lower()}")


def web_address(raw: str) -> Cleaned:
    """Read a web address: a scheme is added, the host put in lower case; what has no plausible host is refused.

    A link that only leads to another is unwrapped; one that shares a page is not the page of an enterprise. Of several
    in one cell, the first is read and the others are told.
    """
    if _CUT_PATH.match(raw.strip()):  # « exemple.org/À propos »: half of it is another page
        return Cleaned("", fault=f"«\u00a0{_short(raw)}\u00a0» n’est pas une adresse de site")
    return _first_of(raw, _web_address, re.compile(r"[;|\s]+(?:ou\s+|et\s+)?|,\s+"))


def _web_address(raw: str) -> Cleaned:
    address = _unwrapped(raw.strip())
    fault = f"« {_short(raw)} » n’est pas une adresse de site"
    if len(address) > LONGEST_ADDRESS or re.search(r"[\s\"'<>\\^`{|}]", address):
        return Cleaned("", fault=fault)
    has_scheme = re.match(r"[a-z][a-z0-9+.\-]*:", address, re.IGNORECASE)
    if has_scheme and not re.match(r"https?://", address, re.IGNORECASE):
        return Cleaned("", fault=fault)
    try:
        parts = urlsplit(address if has_scheme else f"https://{address}")
        host = (parts.hostname or "").rstrip(".")
        port = f":{parts.port}" if parts.port else ""
        ascii_host = host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return Cleaned("", fault=fault)
    if parts.username or not re.fullmatch(r"([a-z0-9_\-]{1,63}\.)+[a-z][a-z0-9\-]{1,62}", ascii_host):
        return Cleaned("", fault=fault)
    if _SHARING.search(f"{ascii_host}{parts.path}"):
        return Cleaned(
            "", fault=f"«\u00a0{_short(raw)}\u00a0» sert à partager une page, ce n’est pas celle de l’entreprise"
        )
    path = "" if parts.path == "/" and not parts.query and not parts.fragment else parts.path
    written = urlunsplit((parts.scheme.lower(), host + port, path, parts.query, parts.fragment))
    code, encoded = judge_web(written)
    if code and not encoded:
        return Cleaned("", fault=fault)
    if code:
        return Cleaned(encoded, (_change(raw, encoded),))
    added = () if has_scheme else ("https:// ajouté",)
    if written.removeprefix("https://").rstrip("/") == address.rstrip("/"):
        return Cleaned(written, added, is_tidied=True)
    return _compared(raw, written) if has_scheme else Cleaned(written, (_change(raw, written),))


def _unwrapped(address: str) -> str:
    """Give where a link that passes through another site leads, written in its query; the link itself otherwise."""
    if not _PASSING.match(address):
        return address
    query = parse_qs(urlsplit(address).query)
    return next((query[key][0] for key in ("u", "url", "q") if key in query), address)


def social_network(address: str) -> tuple[str, str]:
    """Tell the social network a clean web address belongs to, and its tidy form; two empty texts if to none."""
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    network = next((name for domain, name in NETWORKS.items() if host == domain or host.endswith("." + domain)), "")
    if not network or not parts.path.strip("/"):
        return "", ""
    return network, _profile(parts, host)


def network_page(raw: str) -> Cleaned:
    """Read the address of a page of a social network, tidied; what is of none is refused."""
    read = web_address(raw)
    network, address = social_network(read.value)
    if not network:
        return Cleaned("", fault=read.fault or f"«\u00a0{_short(raw)}\u00a0» n’est pas la page d’un réseau social")
    return _compared(raw, address)


def _profile(parts: SplitResult, host: str) -> str:
    """Keep what leads to the profile; where the visitor came from (`?ref=…`) is dropped."""
    query = ""
    if _PROFILE.search(parts.path):
        identifier = parse_qs(parts.query).get("id", [""])[0]
        query = f"id={identifier}" if identifier.isdigit() else ""
    for path, key in _NAMING:
        value = parse_qs(parts.query).get(key, [""])[0]
        if parts.path.rstrip("/") == path and re.fullmatch(r"[\w.\-]+", value, re.ASCII):
            query = f"{key}={value}"
    host = {"facebook.com": "www.facebook.com", "fb.com": "www.facebook.com"}.get(host, host)
    return urlunsplit(("https", host, parts.path.rstrip("/"), query, ""))


def _compared(raw: str, value: str) -> Cleaned:
    return Cleaned(value) if value == raw.strip() else Cleaned(value, (_change(raw, value),))


def _change(raw: str, value: str) -> str:
    return f"« {_short(raw)} » lu « {_short(value)} »"


def _short(raw: str) -> str:
    flat = _SPACES.sub(" ", raw).strip()
    return flat if len(flat) <= 60 else flat[:59] + "…"


# Which function reads which field; a field that is not named here is plain text.
CLEANERS: Mapping[str, Callable[[str], Cleaned]] = {
    "neq": neq,
    "adresse_confidentielle": yes_no,
    "annee_fondation": year,
    "telephone": telephone,
    "courriel": email,
    "site_web": web_address,
    **dict.fromkeys(NETWORKS.values(), network_page),
}
