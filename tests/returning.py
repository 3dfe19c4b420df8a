"""Give what a site gives to download, and the mapping that an import guesses of it: a list leaves, and comes back."""

from __future__ import annotations

from pathlib import Path

from tests.exporting import NOW

from annuaire.catalogue.index import Catalogue
from annuaire.exports import main_place, spreadsheet, tables
from annuaire.intake.importing import preparing
from annuaire.places import territories, vocabularies
from annuaire.records.collections import ENTERPRISES
from annuaire.schema import load

# An import never confirms, whatever its list says.
CONSTANTS = "constantes:\n  verification.statut: a-confirmer\n  verification.par: import\n"
KINDS = ("entreprises.csv", "entreprises-excel.csv", "entreprises.xlsx")


def exported(folder: Path, name: str, catalogue: Catalogue) -> Path:
    """Write the enterprises of a catalogue as one of the files that a site gives to download."""
    own = load(ENTERPRISES)
    laid = tables.lay(own, own.root, tables.published(catalogue), main_place.columns(catalogue))
    data = {
        KINDS[0]: lambda: tables.to_csv(laid).encode(),
        KINDS[1]: lambda: spreadsheet.to_csv(catalogue, laid),
        KINDS[2]: lambda: spreadsheet.workbook(catalogue, [laid], (), "Exemple", "Exemple", NOW),
    }
    (folder / name).write_bytes(data[name]())
    return folder / name


def mapped(site: Path, listed: Path) -> Path:
    """Write the mapping that `import --preparer` guesses, with nothing decided by a person."""
    own = load(ENTERPRISES)
    found = preparing.prepare(listed, own, vocabularies.load(), territories.load(), ("04",))
    assert not found.missing
    given = [guess for guess in found.guesses if guess.path and not guess.path.startswith("verification.")]
    read = {guess.column for guess in given}
    assert [word.word for word in found.words if word.column in read and word.why != "sûr"] == []
    columns = "".join(f'  "{guess.column}": {guess.path}\n' for guess in given)
    sheet = f"feuille: {found.sheet.name}\n" if found.sheet.name else ""
    path = site / "content" / "import" / "retour.yml"
    path.write_text(
        f"titre: Retour\netat: retour.json\ngarder: tout\n{sheet}colonnes:\n{columns}{CONSTANTS}", encoding="utf-8"
    )
    return path
