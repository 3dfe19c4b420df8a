"""Read the text of a correction, as the form writes it and as mail programs leave it: wrapped, quoted, half spoilt.

The text ends with a control sum. Several readings of the lines are tried; one that the sum confirms is the text that
was sent, and none is guessed.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from annuaire.intake.applying import vouching
from annuaire.intake.applying.proposal import (
    BASE,
    REPLACED,
    SEPARATOR,
    WRITING,
    Proposal,
    Schemas,
    Setting,
    is_item,
    is_reference,
    other_writing,
    schema_of,
    target_of,
)
from annuaire.text import french
from annuaire.text.messages import inert
from annuaire.text.problems import AnnuaireError

LONGEST = 400_000  # characters of a message
MOST = 50  # corrections in one message
_SPACES = re.compile("[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+")  # JavaScript's \s
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_QUOTE = re.compile(r"^[>\s]*")
_LINK = re.compile(r"[ \t\n]?<(?:https?|mailto|tel):[^<>\n]{1,2000}>")
_START = re.compile(r"\[annuaire ([0-9]{1,4})\]")
_END = re.compile(r"\[fin\] contr\S{1,3}le ([0-9a-fA-F]{8})(?![0-9a-zA-Z])")
_HEAD = re.compile(r"\[annuaire 1\] fiche (\S+), base (\S+)")
_ENTRY = re.compile(
    r" • (?P<label>[^«»\[\]]*) \[(?P<path>[^\[\]]{1,200})\] ?: "
    r"(?:«(?P<value>[^«»]*)»|(?P<gone>retiré))(?: \(était «[^«»]*»\))?(?= •|$)"
)
_ALONE = re.compile(
    r"\s*(?:\[annuaire [0-9]{1,4}\](?:(?!\[fin\]|\[annuaire ).)*\[fin\] contr\S{1,3}le [0-9a-fA-F]{8}\s*)+", re.DOTALL
)
_DAMAGED = (
    "le texte de la correction a été changé en route, il ne correspond plus à son contrôle\u00a0: demander à la "
    "personne de la copier de nouveau (bouton «\u00a0Copier\u00a0») ou d’envoyer le fichier téléchargé"
)
_CUT = "la correction est coupée avant sa fin («\u00a0[fin] contrôle…\u00a0»)\u00a0: la demander de nouveau en entier"
_BEHEADED = "il manque le début de la correction («\u00a0[annuaire 1]…\u00a0»)\u00a0: la copier de nouveau en entier"
_NONE = (
    "aucune correction n’y est écrite comme le formulaire l’écrit («\u00a0[annuaire 1]…\u00a0»)\u00a0: si la personne "
    "a écrit sa demande en mots, la saisir dans le formulaire du site"
)


def read(text: str, schemas: Schemas) -> list[Proposal]:
    """Read every correction of a message; raise AnnuaireError, with what to do, when one is not there whole."""
    if len(text) > LONGEST:
        raise AnnuaireError(
            "le message est trop long\u00a0: n’en garder que la correction, "
            "de «\u00a0[annuaire 1]\u00a0» à «\u00a0[fin]\u00a0»"
        )
    if not _START.search(_collapse(text)):
        raise AnnuaireError(_BEHEADED if _END.search(_collapse(text)) else _NONE)
    has_end = False
    for reading in _readings(text):
        has_end = has_end or _END.search(reading) is not None
        blocks = _blocks(reading)
        if blocks:
            return _proposals(blocks, schemas)
    raise AnnuaireError(_DAMAGED if has_end else _CUT)


def is_alone(text: str) -> bool:
    """Tell whether a text holds corrections and nothing else: no greeting, no signature."""
    lines = "\n".join(_QUOTE.sub("", line) for line in text.splitlines())
    return len(text) <= LONGEST and _ALONE.fullmatch(_collapse(lines)) is not None


@dataclass(frozen=True, slots=True)
class _Block:
    """Hold a correction that its control sum confirms, in one line, without its end."""

    version: str
    body: str


def _blocks(reading: str) -> list[_Block]:
    """List the corrections of a message in one line; none when one of them is not what was sent."""
    ends = list(itertools.islice(_END.finditer(reading), MOST + 1))
    found: list[_Block] = []
    left: list[str] = []
    reached = 0
    for start in itertools.islice(_START.finditer(reading), 2 * MOST):
        if start.start() < reached:
            continue  # words of a value
        end = _confirmed(reading, start.start(), ends)
        if end is not None:
            found.append(_Block(start.group(1), reading[start.start() : end.start()].rstrip(" ")))
            reached = end.end()
        else:
            left.append(reading[start.start() : start.start() + 200])
    heads = [head.group() for block in found if (head := _HEAD.match(block.body))]
    # The same correction may stand again below, quoted and cut; another one that is spoilt is not passed over.
    return found if all(any(text.startswith(head) for head in heads) for text in left) else []


def _confirmed(reading: str, start: int, ends: list[re.Match[str]]) -> re.Match[str] | None:
    """Find the first end whose sum is that of all that precedes it, from `start`; each character is summed once."""
    total = hashlib.sha256()
    at = start
    for end in ends:
        if end.start() <= start:
            continue
        stop = end.start() - (reading[end.start() - 1] == " ")  # spaces are single by now; the last is not summed
        total.update(reading[at:stop].encode("utf-8", "surrogatepass"))
        at = max(at, stop)
        if total.hexdigest()[:8] == end.group(1).lower():
            return end
    return None


def _proposals(blocks: list[_Block], schemas: Schemas) -> list[Proposal]:
    if len(blocks) > MOST:
        raise AnnuaireError(f"le message porte plus de {MOST} corrections\u00a0: le partager")
    return [_proposal(block, schemas) for block in dict.fromkeys(blocks)]  # the same is often quoted again below


def _proposal(block: _Block, schemas: Schemas) -> Proposal:
    if block.version != WRITING:
        raise other_writing(block.version)
    body = block.body
    head = _HEAD.match(body)
    if head is None or not is_reference(head.group(1), schemas) or not BASE.fullmatch(head.group(2)):
        raise AnnuaireError("la première ligne de la correction ne nomme pas une fiche\u00a0: la demander de nouveau")
    schema = schema_of(head.group(1), schemas)
    settings: list[Setting] = []
    sender, confirmed = "", None
    orders: dict[str, tuple[str, ...]] = {}
    at = head.end()
    while at < len(body):
        entry = _ENTRY.match(body, at)
        if entry is None:
            shown = french.shorten(inert(body[at : at + 200]), 60)
            raise AnnuaireError(
                f"une ligne n’est pas écrite comme le formulaire l’écrit («\u00a0{shown}\u00a0»)\u00a0: "
                "demander de nouveau la correction"
            )
        at = entry.end()
        path, raw = entry.group("path"), entry.group("value")
        value = None if raw is None else _unescape(raw.strip(" "))
        if path in schema.children:
            if path in orders:
                raise _twice(path)
            orders[path] = _order(path, value)
            continue
        if path == vouching.SENDER:
            sender = vouching.sender_of(value or "")
            continue
        if path == vouching.CONFIRMED:
            if confirmed is not None:
                raise _twice(path)
            confirmed = value or ""
            continue
        target = target_of(path, schema)
        if target is None:
            raise AnnuaireError(
                f"le champ «\u00a0{inert(path)}\u00a0» n’existe pas dans une fiche\u00a0: la correction vient d’une "
                "autre version du site; la refaire dans le formulaire d’aujourd’hui"
            )
        if any(setting.target == target for setting in settings):
            raise _twice(path)
        items = value.split(SEPARATOR) if value is not None and target.field.is_list else value
        settings.append(Setting(target, items))
    if confirmed is not None:
        own = vouching.settings_of(confirmed, sender, schema)
        given = [setting.target for setting in settings]
        settings += [setting for setting in own if setting.target not in given]
    return Proposal(head.group(1), head.group(2), tuple(settings), orders, sender=sender)


def _twice(path: str) -> AnnuaireError:
    return AnnuaireError(f"«\u00a0{inert(path)}\u00a0» y est donné deux fois\u00a0: demander de nouveau la correction")


def _order(path: str, value: str | None) -> tuple[str, ...]:
    items = tuple(item.strip() for item in value.split(",")) if value else ()
    wrong = [item for item in items if not is_item(item)]
    if wrong or len(set(items)) < len(items):
        raise AnnuaireError(
            f"l’ordre donné pour «\u00a0{path}\u00a0» n’est pas une suite de rangs\u00a0: "
            "demander de nouveau la correction"
        )
    return items


def _unescape(value: str) -> str:
    for character, written in REPLACED.items():
        value = value.replace(written, character)
    return value


def _readings(text: str) -> Iterator[str]:
    """Give what the message may have been, in one line, the likeliest first."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    depth = next((_marks(line) for line in lines if "[annuaire" in line), 0)
    for stripped in ([_QUOTE.sub("", line) for line in lines], [_strip(line, depth) for line in lines]):
        for joined in ("\n".join(stripped), _rejoin(stripped)):
            # Some programs write a link twice: https://… <https://…>
            for one in dict.fromkeys((joined, _LINK.sub("", joined))):
                yield _collapse(one)
                yield unicodedata.normalize("NFC", _collapse(_INVISIBLE.sub("", one)))


def _marks(line: str) -> int:
    found = _QUOTE.match(line)
    return found.group().count(">") if found else 0


def _strip(line: str, depth: int) -> str:
    """Take away as many marks of quoting as the first line of the correction has."""
    return re.sub(rf"^(?:[ \t]*>){{0,{min(depth, 50)}}}", "", line)


def _rejoin(lines: list[str]) -> str:
    """Join what was cut after a hyphen, where no space stood."""
    return re.sub(r"(?<=\S-)\n[ \t]*(?=\S)", "", "\n".join(lines))


def _collapse(text: str) -> str:
    return _SPACES.sub(" ", text)
