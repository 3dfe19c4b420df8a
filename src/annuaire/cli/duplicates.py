"""Score the pairs of records that may be one enterprise, and say why, for the person who will decide.

A score is no proof: only an equal NEQ gives 100, and names that tell two bodies apart (« Haut » and « Bas ») never pass
`APART`, whatever the records share. Pairs that `content/exceptions.yml` accepts are shown as examined.
"""

from __future__ import annotations

import csv
import io
import json as jsonlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annuaire.cli.console import started
from annuaire.exports.tables import safe
from annuaire.records.likeness import Likeness, Names, compared
from annuaire.records.reading import Record
from annuaire.rules.near_duplicate import reason
from annuaire.text import french
from annuaire.text.messages import inert

LEAST = 50  # of 100: the weakest pair shown unless asked otherwise, and the score of the weakest that a rule reports
APART = 60
MOST = 95  # without an equal NEQ
_NAMES = {Names.SAME: 50, Names.SLIP: 45, Names.CLOSE: 30, Names.OTHER: 0}
_PHONE, _ADDRESS, _SITE, _TOWN = 30, 25, 25, 15
_LEVELS = ((100, "même entreprise"), (90, "presque sûr"), (70, "probable"), (0, "à regarder"))
_WORDS = {
    Names.SAME: ("nom", "même nom"),
    Names.SLIP: ("nom-presque-pareil", "nom presque pareil"),
    Names.CLOSE: ("nom-proche", "nom proche"),
}
COLUMNS = (
    *("score", "niveau", "fiche_1", "nom_1", "neq_1", "fiche_2", "nom_2", "neq_2"),
    *("raisons", "reserves", "deja_examine"),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold two records that may be one: score of 100, reasons for and against as (code, words).

    `examined` is the reason written in the list of exceptions, empty when nobody looked at the pair.
    """

    one: Record
    other: Record
    score: int
    reasons: tuple[tuple[str, str], ...]
    doubts: tuple[tuple[str, str], ...]
    examined: str = ""

    @property
    def level(self) -> str:
        """Say the score in words."""
        return next(words for least, words in _LEVELS if self.score >= least)


def find(records: Sequence[Record], accepted: Mapping[tuple[str, str], str], minimum: int = LEAST) -> list[Pair]:
    """List the pairs of at least `minimum`, those nobody examined first, then by score.

    `accepted` gives the reason of each exception by (slug, code), as `annuaire.catalogue.exceptions` reads them.
    """
    found = []
    for likeness in compared(records):
        points = score(likeness)
        if points >= minimum and points > 0:
            one, other = likeness.one.record, likeness.other.record
            examined = accepted.get((other.slug, reason(likeness)[0]), "")
            found.append(Pair(one, other, points, tuple(_reasons(likeness)), tuple(_doubts(likeness)), examined))
    return sorted(found, key=lambda pair: (pair.examined != "", -pair.score, pair.one.file, pair.other.file))


def score(likeness: Likeness) -> int:
    """Give how likely two records are one, of 100; 0 for two different NEQs."""
    if likeness.same_neq:
        return 100
    if likeness.other_neq:
        return 0
    points = _NAMES[likeness.names] + _PHONE * likeness.same_phone + _SITE * likeness.same_site
    points += max(_ADDRESS * likeness.same_address, _TOWN * likeness.same_town)
    if reason(likeness)[0]:
        points = max(points, LEAST)
    return min(points, APART if likeness.bodies or any(likeness.telling) else MOST)


def _reasons(likeness: Likeness) -> Iterator[tuple[str, str]]:
    if likeness.same_neq:
        yield "neq", "même NEQ"
    if likeness.names in _WORDS:
        yield _WORDS[likeness.names]
    if likeness.same_phone:
        yield "telephone", "même téléphone"
    if likeness.same_address:
        yield "adresse", "même adresse"
    if likeness.same_site:
        yield "site", "même site web"
    if likeness.same_town and not likeness.same_address:
        yield "municipalite", "même municipalité"


def _doubts(likeness: Likeness) -> Iterator[tuple[str, str]]:
    if likeness.bodies:
        words = french.enumeration([_quote(word) for word in likeness.bodies])
        yield "organisme", f"un seul des deux noms dit {words}"
    elif any(likeness.telling) and likeness.names is Names.CLOSE:
        left, right = likeness.telling
        yield "nom-distinct", f"les noms se distinguent par {_quote(left)} et {_quote(right)}"
    if likeness.names is Names.SAME and not (likeness.same_town or likeness.same_phone or likeness.same_site):
        yield "ailleurs", "ni la même municipalité, ni les mêmes coordonnées"


def _quote(words: str) -> str:
    return f"«\u00a0{words}\u00a0»"


def text(pairs: Sequence[Pair], unreadable: int = 0) -> str:
    """Write for a terminal, a blank line between pairs."""
    blocks = ["\n".join(_block(pair)) for pair in pairs]
    examined = sum(pair.examined != "" for pair in pairs)
    end = french.count(len(pairs), "paire") if pairs else "Aucune paire de fiches ne se ressemble assez."
    if examined:
        end += f", dont {french.number(examined)} déjà examinée{'s' if examined > 1 else ''}"
    if pairs:
        end += "."
    if unreadable:
        verb = "n’a pas pu être lue ni comparée" if unreadable < 2 else "n’ont pas pu être lues ni comparées"
        end += f" {french.count(unreadable, 'fiche')} {verb}\u00a0: {started('validate')}"
    return "\n\n".join([*blocks, end])


def _block(pair: Pair) -> Iterator[str]:
    yield f"{pair.score:>3}  {pair.level}" + (" (déjà examiné)" if pair.examined else "")
    for record in (pair.one, pair.other):
        yield f"     {inert(record.text('nom'))} ({inert(record.file)})"
    yield f"     {french.sentence(', '.join(words for _, words in pair.reasons))}"
    for _, words in pair.doubts:
        yield f"     Mais\u00a0: {inert(words)}"
    if pair.examined:
        yield f"     Déjà examiné\u00a0: {inert(french.shorten(pair.examined, 200))}"


def to_csv(pairs: Iterable[Pair], _: int = 0) -> str:
    """Write one line for each pair (RFC 4180, `\\n` between lines, a header), harmless to a spreadsheet."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for pair in pairs:
        cells = [str(pair.score), pair.level]
        for record in (pair.one, pair.other):
            cells += [record.slug, record.text("nom"), record.text("neq")]
        cells += ["; ".join(words for _, words in found) for found in (pair.reasons, pair.doubts)]
        writer.writerow([safe(cell) for cell in (*cells, pair.examined)])
    return buffer.getvalue()


def json(pairs: Iterable[Pair], unreadable: int = 0) -> str:
    """Write for a program."""
    found = [
        {
            "score": pair.score,
            "niveau": pair.level,
            "fiches": [
                {"fiche": record.slug, "fichier": record.file, "nom": record.text("nom"), "neq": record.text("neq")}
                for record in (pair.one, pair.other)
            ],
            "raisons": [code for code, _ in pair.reasons],
            "reserves": [code for code, _ in pair.doubts],
            "phrases": [words for _, words in (*pair.reasons, *pair.doubts)],
            "deja_examine": pair.examined,
        }
        for pair in pairs
    ]
    return jsonlib.dumps({"paires": found, "fiches_illisibles": unreadable}, ensure_ascii=True, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Sequence[Pair], int], str]] = {"text": text, "csv": to_csv, "json": json}
