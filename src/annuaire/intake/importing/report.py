"""Tell what an import did: one outcome per row, counts that add up, as text and as CSV.

Nothing here prints. No street, postal code or point of a confidential address ever comes this far.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annuaire.intake.importing.reading import Sheet
from annuaire.text.messages import inert


class Outcome(StrEnum):
    """Name what becomes of a row; each row has exactly one."""

    CREATED = "cree"
    UPDATED = "mis-a-jour"
    UNCHANGED = "inchange"
    MERGED = "fusionne"
    SET_ASIDE = "ecarte"
    REFUSED = "refuse"


LABELS: Mapping[Outcome, tuple[str, str]] = {
    Outcome.CREATED: ("créée", "créées"),
    Outcome.UPDATED: ("mise à jour", "mises à jour"),
    Outcome.UNCHANGED: ("inchangée", "inchangées"),
    Outcome.MERGED: ("fusionnée", "fusionnées"),
    Outcome.SET_ASIDE: ("écartée", "écartées"),
    Outcome.REFUSED: ("refusée", "refusées"),
}
COLUMNS = (
    *("ligne", "cle", "nom", "municipalite", "resultat", "raison", "fiche", "corrections", "ecarts"),
    "laisse_de_cote",
)
MOST_TITLES = 30
WITHHELD = "Laissé de côté, à demander (une personne, un téléphone ou une adresse personnelle)"
SAME_PLACE = "À la même adresse qu’un lieu confidentiel, à décider avant de publier"
HIDE_BOTH = (
    "L’adresse publiée de la seconde dit où est la première\u00a0: la cacher aussi («\u00a0confidentiel: oui\u00a0» "
    "dans la table des décisions ou «\u00a0adresse_confidentielle: oui\u00a0» dans la fiche), ou ne pas publier l’une "
    "des deux. Ne pas diffuser cette liste."
)
LET_THROUGH = (
    "Chacun est une ligne de la feuille d’appel. Pour en laisser passer un\u00a0: l’ajouter à content/exceptions.yml "
    "(fiche, code, valeur, raison), puis refaire l’importation."
)


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """Say what became of one row and why.

    `changes` lists what cleaning did that a person should read, `tidied` what it did to the form alone;
    `differences` lists what the row says otherwise than the record kept, `withheld` what was not published of it since
    it may name a person.
    """

    number: int
    key: str
    name: str
    municipality: str
    outcome: Outcome
    reason: str
    slug: str = ""
    changes: tuple[str, ...] = ()
    tidied: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Hold the outcome of every row read, in reading order, and what a person should look at.

    `waiting` counts the rows without a decision, `how_to_decide` says where one is written; `to_classify` names the
    file that suggests one for each, if written. `read_at` says where the titles were read.
    """

    source: str
    rows: tuple[RowOutcome, ...]
    pairs: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    coincidences: tuple[str, ...] = ()
    dry_run: bool = False
    waiting: int = 0
    how_to_decide: str = ""
    to_classify: str = ""
    read_at: str = ""

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """Count the rows of each outcome; the counts add up to the rows read."""
        found = Counter(row.outcome for row in self.rows)
        return {outcome: found[outcome] for outcome in Outcome}

    @property
    def has_refusals(self) -> bool:
        """Tell whether a row was refused: a person has something to correct."""
        return self.counts[Outcome.REFUSED] > 0

    def as_text(self) -> str:
        """Write the report for a screen: counts first, then each row that a person may want to see."""
        read = "ligne lue" if len(self.rows) == 1 else "lignes lues"
        lines = [f"{self.source} : {len(self.rows)} {read}" + (" (essai, rien n’est écrit)" * self.dry_run)]
        lines += self.read_at.split("\n") if self.read_at else []
        lines += [f"{count:>6} {LABELS[outcome][count > 1]}" for outcome, count in self.counts.items()]
        tidied = sum(len(row.tidied) for row in self.rows)
        if tidied:
            touches = "retouche" if tidied == 1 else "retouches"
            lines.append(f"{tidied:>6} {touches} de forme (virgules, abréviations, https://), dans le rapport CSV")
        if self.waiting:
            where = (
                f"prêtes à classer dans {self.to_classify}" if self.to_classify else "ajouter --report pour la liste"
            )
            lines.append(f"{self.waiting:>6} sans décision, {where}")
            lines.append(f"       {self.how_to_decide}")
        for outcome in Outcome:
            rows = [row for row in self.rows if row.outcome is outcome]
            told = [row for row in rows if outcome is not Outcome.UNCHANGED or row.differences]
            if told:
                lines += ["", f"{LABELS[outcome][1].capitalize()} ({len(rows)})"]
                lines += [line for row in told for line in _lines(row)]
        withheld = [row for row in self.rows if row.withheld]
        if withheld:
            lines += ["", f"{WITHHELD} ({sum(len(row.withheld) for row in withheld)})", f"  {LET_THROUGH}"]
            lines += [line for row in withheld for line in _withheld(row)]
        if self.coincidences:
            lines += ["", f"{SAME_PLACE} ({len(self.coincidences)})", f"  {HIDE_BOTH}"]
            lines += [f"  {note}" for note in self.coincidences]
        for title, notes in (("Se ressemblent, à décider", self.pairs), ("Absentes de la liste", self.missing)):
            if notes:
                lines += ["", f"{title} ({len(notes)})", *(f"  {note}" for note in notes)]
        return "\n".join(map(inert, lines)) + "\n"

    def as_csv(self) -> str:
        """Write the report as CSV, one line per row read; no cell can start a formula."""
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in self.rows:
            cells = (
                str(row.number),
                row.key,
                row.name,
                row.municipality,
                row.outcome.value,
                row.reason,
                row.slug,
                " | ".join((*row.changes, *row.tidied)),
                " | ".join(row.differences),
                " | ".join(row.withheld),
            )
            writer.writerow([without_formula(cell) for cell in cells])
        return buffer.getvalue()


def _lines(row: RowOutcome) -> list[str]:
    place = f" ({row.municipality})" if row.municipality else ""
    arrow = f" → {row.slug}" if row.slug else ""
    lines = [f"  ligne {row.number} : {row.name}{place}{arrow} : {row.reason}"]
    return lines + [f"      {note}" for note in (*row.changes, *row.differences)]


def _withheld(row: RowOutcome) -> list[str]:
    arrow = f" → {row.slug}" if row.slug else ""
    return [f"  ligne {row.number}\u00a0: {row.name}{arrow}", *(f"      {note}" for note in row.withheld)]


def told_where(sheet: Sheet) -> str:
    """Say which sheet and row were read as titles, what they are, and what the kind of file loses."""
    shown = [f"«\u00a0{title}\u00a0»" for title in sheet.columns[:MOST_TITLES]]
    more = f" et {len(sheet.columns) - MOST_TITLES} autres" if len(sheet.columns) > MOST_TITLES else ""
    where = f"feuille «\u00a0{sheet.name}\u00a0», " if sheet.name else ""
    lost = f"\n{sheet.lost[0].upper()}{sheet.lost[1:]}." if sheet.lost else ""
    left = f"\n{_left_above(sheet.above)}" if sheet.above else ""
    return f"Titres lus\u00a0: {where}ligne {sheet.titles_at}, {', '.join(shown)}{more}{left}{lost}"


def _left_above(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"Ligne {numbers[0]}, au-dessus des titres\u00a0: laissée."
    between = "et" if numbers[-1] - numbers[0] == 1 else "à"
    return f"Lignes {numbers[0]} {between} {numbers[-1]}, au-dessus des titres\u00a0: {len(numbers)} lignes laissées."


def without_formula(cell: str) -> str:
    """Keep a spreadsheet from reading a cell as a formula, and a terminal from obeying what the cell holds."""
    cell = inert(cell)
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
