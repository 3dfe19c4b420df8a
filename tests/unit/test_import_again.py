"""Import the made-up list again: what people wrote since is never replaced."""

import csv
import shutil
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from tests.importing import FIXTURES, Run, record, replace_in_list, snapshot
from tests.unit.test_files import Killed, stop_at

from annuaire import config, files, rules
from annuaire.intake.importing import Outcome
from annuaire.places import territories as places
from annuaire.places import vocabularies
from annuaire.records.reading import Folder
from annuaire.schema import load
from annuaire.text.problems import AnnuaireError


def test_a_second_run_changes_nothing(run: Run, site: Path) -> None:
    run()
    before = snapshot(site)
    report = run()
    assert snapshot(site) == before
    assert report.counts[Outcome.CREATED] == report.counts[Outcome.UPDATED] == 0
    assert report.counts[Outcome.UNCHANGED] == 6


def test_a_dry_run_writes_nothing_and_tells_the_same(run: Run, site: Path) -> None:
    before = snapshot(site)
    tried = run(dry_run=True)
    assert snapshot(site) == before
    assert tried.rows == run().rows
    assert "essai" in tried.as_text()


def test_a_changed_list_updates_an_untouched_record(run: Run, site: Path) -> None:
    run()
    replace_in_list(site, "bas.example.org", "nouveau.example.org")
    report = run()
    row = next(row for row in report.rows if row.outcome is Outcome.UPDATED)
    assert row.differences == (
        "Site web\u00a0: avant «\u00a0https://bas.example.org\u00a0», maintenant «\u00a0https://nouveau.example.org\u00a0»",
    )
    assert record(site, row.slug)["site_web"] == "https://nouveau.example.org"
    assert run().counts[Outcome.UPDATED] == 0


def test_what_a_person_wrote_is_never_replaced(run: Run, site: Path) -> None:
    run()
    path = site / "content/enterprises/cooperative-forestiere-exemple-du-bas.yml"
    edited = path.read_text(encoding="utf-8").replace("https://bas.example.org", "https://personne.example.org")
    path.write_text(edited, encoding="utf-8")
    row = next(row for row in run().rows if row.slug == path.stem)
    assert row.outcome is Outcome.UNCHANGED
    assert row.reason == "modifiée par une personne depuis l’import; la liste n’a pas changé"
    assert row.differences == (
        "Site web\u00a0: fiche «\u00a0https://personne.example.org\u00a0», liste «\u00a0https://bas.example.org\u00a0»",
    )
    replace_in_list(site, "bas.example.org", "nouveau.example.org")
    row = next(row for row in run().rows if row.slug == path.stem)
    assert row.outcome is Outcome.UNCHANGED
    assert "à concilier" in row.reason
    assert path.read_text(encoding="utf-8") == edited


def test_an_empty_cell_of_the_list_is_said_absent(run: Run, site: Path) -> None:
    run()
    path = site / "content/enterprises/cooperative-forestiere-exemple-du-bas.yml"
    text = path.read_text(encoding="utf-8")
    assert "secteur: a-preciser" in text
    path.write_text(text.replace("secteur: a-preciser", "secteur: foresterie"), encoding="utf-8")
    row = next(row for row in run().rows if row.slug == path.stem)
    assert "Secteur\u00a0: fiche «\u00a0Foresterie\u00a0», absent de la liste" in row.differences
    assert "a-preciser" not in "".join(row.differences)


def test_a_comment_added_by_a_person_is_kept(run: Run, site: Path) -> None:
    run()
    path = site / "content/enterprises/cpe-exemple-du-nord.yml"
    commented = path.read_text(encoding="utf-8") + "# rappeler en mai\n"
    path.write_text(commented, encoding="utf-8")
    assert run().counts[Outcome.UNCHANGED] == 6
    replace_in_list(site, "819-555-0143", "819-555-0199")
    run()
    assert path.read_text(encoding="utf-8") == commented


OFFERS = """offres:
  - nom: Travaux forestiers
    categorie: amenagement-forestier
    verification:
      statut: a-confirmer
      source: Nom de l’entreprise
"""


def test_offers_added_since_stay_and_are_no_difference(run: Run, site: Path) -> None:
    run()
    path = site / "content/enterprises/cooperative-forestiere-exemple-du-bas.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("etab", OFFERS + "etab", 1), encoding="utf-8")
    before = snapshot(site)
    row = next(row for row in run().rows if row.slug == path.stem)
    assert (row.outcome, row.differences) == (Outcome.UNCHANGED, ())
    assert row.reason == "identique; les offres de la fiche restent"
    assert snapshot(site) == before


def test_offers_stay_when_the_list_changes_the_rest(run: Run, site: Path) -> None:
    run()
    path = site / "content/enterprises/cooperative-forestiere-exemple-du-bas.yml"
    with_offers = path.read_text(encoding="utf-8").replace("etab", OFFERS + "etab", 1)
    path.write_text(with_offers, encoding="utf-8")
    replace_in_list(site, "bas.example.org", "nouveau.example.org")
    row = next(row for row in run().rows if row.slug == path.stem)
    assert row.outcome is Outcome.UPDATED
    assert [difference.split("\u00a0")[0] for difference in row.differences] == ["Site web"]
    assert path.read_text(encoding="utf-8") == with_offers.replace("bas.example.org", "nouveau.example.org")
    assert run().counts[Outcome.UPDATED] == 0


def test_offers_do_not_hide_what_a_person_changed(run: Run, site: Path) -> None:
    run()
    path = site / "content/enterprises/cooperative-forestiere-exemple-du-bas.yml"
    edited = path.read_text(encoding="utf-8").replace("etab", OFFERS + "etab", 1)
    edited = edited.replace("https://bas.example.org", "https://personne.example.org")
    path.write_text(edited, encoding="utf-8")
    replace_in_list(site, "bas.example.org", "nouveau.example.org")
    row = next(row for row in run().rows if row.slug == path.stem)
    assert row.outcome is Outcome.UNCHANGED
    assert "à concilier" in row.reason
    assert path.read_text(encoding="utf-8") == edited


def test_a_deleted_record_is_not_made_again(run: Run, site: Path) -> None:
    run()
    path = site / "content/enterprises/musee-exemple.yml"
    path.unlink()
    for _ in range(2):
        row = next(row for row in run().rows if row.name == "MUSÉE EXEMPLE")
        assert row.outcome is Outcome.SET_ASIDE
        assert "supprimée" in row.reason
        assert not path.exists()


def test_a_renamed_record_is_followed(run: Run, site: Path) -> None:
    run()
    old = site / "content/enterprises/musee-exemple.yml"
    text = old.read_text(encoding="utf-8").replace("\nforme", "\nanciens_slugs: [musee-exemple]\nforme", 1)
    old.unlink()
    (old.parent / "grand-musee-exemple.yml").write_text(text, encoding="utf-8")
    row = next(row for row in run().rows if row.name == "MUSÉE EXEMPLE")
    assert (row.outcome, row.slug) == (Outcome.UNCHANGED, "grand-musee-exemple")
    assert not old.exists()


def test_a_record_that_stood_before_is_left_alone_but_where_it_is_empty(run: Run, site: Path) -> None:
    path = site / "content/enterprises/notre-coop.yml"
    path.parent.mkdir(parents=True)
    text = '# à nous\nnom: Notre coop Exemple\nneq: "1199999901"\nsite_web: https://notre.example.org  # le nouveau\n'
    path.write_text(text, encoding="utf-8")
    row = next(row for row in run().rows if row.name == "Coopérative de solidarité Exemple")
    assert (row.outcome, row.slug) == (Outcome.UNCHANGED, "notre-coop")
    assert "avant l’import" in row.reason
    assert path.read_text(encoding="utf-8") == text


def test_a_row_that_gains_a_neq_keeps_its_record(run: Run, site: Path) -> None:
    run()
    replace_in_list(site, "bas.example.org,NA", "bas.example.org,1199999907")
    report = run()
    row = next(row for row in report.rows if row.name.endswith("du Bas"))
    assert (row.outcome, row.slug) == (Outcome.UPDATED, "cooperative-forestiere-exemple-du-bas")
    assert run().counts[Outcome.UNCHANGED] == 6


def test_a_row_that_left_the_list_is_told(run: Run, site: Path) -> None:
    run()
    path = site / "content" / "import" / "exemple.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "du Bas" not in line), encoding="utf-8")
    report = run()
    assert [note.split(" ")[0] for note in report.missing] == ["cooperative-forestiere-exemple-du-bas"]
    assert (site / "content/enterprises/cooperative-forestiere-exemple-du-bas.yml").exists()


def test_a_workbook_gives_the_same_records_as_a_csv(run: Run, site: Path) -> None:
    from_csv = run()
    written = {name: content for name, content in snapshot(site).items() if "enterprises" in name}
    shutil.rmtree(site / "content" / "enterprises")
    (site / "content" / "import" / "etat.json").unlink()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    with (FIXTURES / "exemple.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            sheet.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    book.save(site / "content" / "import" / "exemple.xlsx")
    from_book = run("exemple.xlsx")
    assert {name: content for name, content in snapshot(site).items() if "enterprises" in name} == written
    assert [(r.name, r.outcome, r.slug) for r in from_book.rows] == [(r.name, r.outcome, r.slug) for r in from_csv.rows]


NASTY = (
    "=1+1",
    "@cmd",
    "'",
    '"',
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "{% raw %}",
    "\u202eetnavius",
    "\x07\x1b[31m",
    "🐝",
    "e\u0301" * 40,
    "a" * 5000,
    "- a\n- b",
    "a: b # c",
    "&a *a !!python/object",
    "../../etc/passwd",
    "\u2028",
    "javascript:alert(1)",
    "https://[",
    "http://a.b:99999/",
    "1e309",
    "-0",
    "\uff19\uff19\uff19",
    "NA",
    "n/a",
    "null",
    "oui",
)


def test_no_cell_makes_a_traceback(site: Path, run: Run) -> None:
    folder = site / "content" / "import"
    text = (folder / "exemple.yml").read_text(encoding="utf-8")
    (folder / "exemple.yml").write_text(text.replace("decisions: decisions.csv\n", "garder: tout\n"), encoding="utf-8")
    with (FIXTURES / "exemple.csv").open(encoding="utf-8", newline="") as file:
        columns, first, *_ = csv.reader(file)
    with (folder / "exemple.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for number, nasty in enumerate(NASTY):
            for index in range(len(columns)):
                row = [f"{cell} {number} {index}" if place == 0 else cell for place, cell in enumerate(first)]
                row[5] = "NA"
                row[index] = nasty
                writer.writerow(row)
    report = run()
    assert len(report.rows) == len(NASTY) * len(columns)
    settings = config.load(site / "mkdocs.yml")
    context = rules.Context(settings, places.load(), vocabularies.load(), config.today())
    read = Folder(site / "content" / "enterprises", site, load("enterprises")).read()
    assert read
    assert not [p for one in read for p in rules.judge_record(one, context) if p.severity == "erreur"]
    assert not [line for line in report.as_csv().splitlines() if line.split(",")[2][:1] in ("=", "@")]


def shown(site: Path) -> dict[str, bytes]:
    """Give what the site holds, but what the program keeps for itself."""
    return {name: content for name, content in snapshot(site).items() if not name.startswith(".annuaire/")}


@pytest.mark.parametrize("number", range(7))
def test_stopped_at_any_replacement_a_second_run_completes(
    run: Run, site: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    other = tmp_path_factory.mktemp("entier")
    shutil.copytree(site, other, dirs_exist_ok=True)
    run()
    whole = shown(site)
    shutil.rmtree(site)
    shutil.copytree(other, site)
    with monkeypatch.context() as patch:
        stop_at(patch, number, Killed())
        with pytest.raises(Killed):
            run()
    assert shown(site) != whole
    report = run()
    assert shown(site) == whole
    assert report.counts[Outcome.UNCHANGED] == 6


def test_a_record_changed_while_a_list_is_read_is_not_overwritten(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    replace_in_list(site, "bas.example.org", "nouveau.example.org")
    path = site / "content/enterprises/cooperative-forestiere-exemple-du-bas.yml"
    theirs = path.read_bytes() + b'annee_fondation: "1999"\n'
    write_all = files.write_all

    def late(wanted: Sequence[files.Writing], cache: Path) -> None:
        path.write_bytes(theirs)
        write_all(wanted, cache)

    monkeypatch.setattr(files, "write_all", late)
    with pytest.raises(AnnuaireError, match=f"{path.name}.* a changé pendant ce temps"):
        run()
    assert path.read_bytes() == theirs
