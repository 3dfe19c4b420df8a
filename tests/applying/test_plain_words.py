"""Sweep what a person who filled a workbook can be told: sheets, rows, headings and labels; no key, slug or file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from tests.applying.test_apply import DAY, SLUG, apply
from tests.applying.test_workbook import Book, make
from tests.rules import corpus
from tests.sites import Project

from annuaire.intake.applying import Application, report
from annuaire.intake.applying.proposal import NEW
from annuaire.intake.applying.texts import is_odd
from annuaire.intake.workbooks import records_book
from annuaire.records.reading import Record, from_document
from annuaire.text.names import slugify
from annuaire.yamlfile import source

_KEY = re.compile(r"\b[a-z]+_[a-z_]+\b|\.yml|/donnees/|\byaml\b|: [a-z]+-[a-z]+ »", re.IGNORECASE)
OF_THE_READER = ("erreur-de-formule",)  # told of the cell before any record is made
LONGEST = 20_000  # characters of a record: a cell that holds more is told by the reader too
_QUOTED = re.compile("«\u00a0([^»]*)\u00a0»")


def provoked(application: Application) -> Iterator[Record]:
    """Give each refused record of the corpus that a workbook can hold."""
    for number, case in enumerate(case for case in corpus.cases() if case.is_refused and case.path.suffix == ".yml"):
        document = source.parse(case.path.read_text(encoding="utf-8", errors="replace"), Path(f"cas-{number}.yml"))
        is_record = not document.faults and not is_odd(document.values, application.schema.children)
        if is_record and case.code not in OF_THE_READER and len(document.text) < LONGEST:
            yield from_document(document, f"content/enterprises/cas-{number}.yml", application.schema)


def test_no_message_names_what_the_workbook_does_not_show(project: Project) -> None:
    application = Application(project.settings, DAY)
    records = list(provoked(application))
    path = project.root.parent / "classeur.xlsx"
    records_book.write(path, application.columns, records, [NEW] * len(records))
    book = openpyxl.load_workbook(path)
    for table in application.schema.children.values():  # items of a record that is new have no rank yet
        for (cell,) in book[application.columns.sheet(table)].iter_rows(min_row=2, min_col=3, max_col=3):
            cell.value = None
    book.save(path)
    (outcome,) = application.read([path])
    assert not outcome.refusal
    faults = [fault for record in outcome.records for fault in record.faults]
    assert len({fault.problem.code for fault in faults}) > 40
    words = application.loaded.context.vocabularies
    titles = {f.title.lower() for table in application.schema.tables for f in table.fields}
    keys = {step for table in application.schema.tables for f in table.fields for step in (f.name, *f.path)} - titles
    slugs = {slug for known in (words.sectors, words.forms, words.categories, words.certifications) for slug in known}
    slugs |= {"a-confirmer", "fermee", "confirmee", "inconnu"} - titles
    wrong = []
    for fault in faults:
        said = f"{fault.message}. {fault.hint}"
        mine = fault.problem.value  # what the person wrote, whatever it is
        quoted = set(_QUOTED.findall(said)) - {mine}
        if _KEY.search(said.replace(mine, "") if mine else said) or quoted & (keys | slugs):
            wrong.append((fault.problem.code, said))
        if not fault.place.startswith("feuille «"):
            wrong.append((fault.problem.code, fault.place))
    assert sorted(set(wrong)) == []


def test_a_fault_is_placed_by_its_row_and_its_heading(project: Project) -> None:
    book = Book(make(project, SLUG))
    row = book.sheet("Entreprises").max_row + 1
    book.set("Entreprises", row, Nom="Atelier Nouveau", Statut="Zzz", Autres_secteurs="Culture; Nimporte")
    (outcome,) = apply(project, book.save())
    said = report([outcome]).replace("\u00a0", " ")
    place = f"feuille « Entreprises », ligne {row}"
    assert f"{place}, Statut : erreur : « Zzz » n’est pas un choix permis pour « statut »" in said
    assert "conseil : choisir parmi : Active, Fermée, À confirmer" in said
    assert f"{place}, Autres secteurs : erreur : le secteur « Nimporte » n’existe pas" in said
    sheet = "la feuille « Établissements »"
    assert f"{place} : erreur : il n’y a aucune ligne à son nom dans {sheet}" in said
    assert f"conseil : ajouter une ligne dans {sheet}, avec sa municipalité" in said


def test_a_name_that_is_there_already_is_said_by_its_name(project: Project) -> None:
    book = Book(make(project, SLUG))
    row = book.sheet("Entreprises").max_row + 1
    book.set("Entreprises", row, Nom="Entretien Exemple, entreprise d’insertion")
    (outcome,) = apply(project, book.save())
    assert "«\u00a0Entretien Exemple, entreprise d’insertion\u00a0» y est deux fois" in outcome.refusal
    records = Application(project.settings, DAY).records.values()
    other = next(r for r in records if r.slug != SLUG and r.slug == slugify(r.text("nom")))
    book = Book(make(project, SLUG))
    book.set("Entreprises", row, Nom=other.text("nom"))
    (outcome,) = apply(project, book.save())
    assert f"une fiche «\u00a0{other.text('nom')}\u00a0» existe déjà" in report([outcome])
