"""Import a made-up list from end to end: outcomes, merges, what is hidden, what people wrote."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from annuaire import config, importers, rules, source, vocabularies
from annuaire import territories as places
from annuaire.importers import ImportReport, Outcome
from annuaire.records import Folder
from annuaire.schema import load

FIXTURES = Path(__file__).parent / "import"
SECRETS = ("Secr", "Cach", "G9A 7Z7", "G9A7Z7", "G9N 8Z8", "G9N8Z8", "46.3499", "72.5899", "46.5499", "72.7399")
Run = Callable[..., ImportReport]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Lay a site of Mauricie with the made-up list beside its mapping."""
    (tmp_path / "mkdocs.yml").write_text(
        'site_name: Exemple\nsite_url: https://example.org/\nextra:\n  annuaire:\n    regions: ["04"]\n',
        encoding="utf-8",
    )
    shutil.copytree(FIXTURES, tmp_path / "content" / "import")
    return tmp_path


@pytest.fixture
def run(site: Path) -> Run:
    """Return a function that imports a file of the site (by default the made-up list)."""

    def run_it(name: str = "exemple.csv", *, dry_run: bool = False) -> ImportReport:
        folder = site / "content" / "import"
        return importers.run(folder / name, folder / "exemple.yml", config.load(site / "mkdocs.yml"), dry_run=dry_run)

    return run_it


def outcomes(report: ImportReport) -> dict[str, tuple[Outcome, str]]:
    return {row.name: (row.outcome, row.slug) for row in report.rows}


def record(site: Path, slug: str) -> dict[str, object]:
    document = source.read(site / "content" / "enterprises" / f"{slug}.yml")
    assert not document.faults
    return document.values


def replace_in_list(site: Path, old: str, new: str) -> None:
    path = site / "content" / "import" / "exemple.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def snapshot(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_each_row_has_one_outcome_with_its_reason(run: Run) -> None:
    report = run()
    assert outcomes(report) == {
        "Coopérative de solidarité Exemple": (Outcome.CREATED, "cooperative-de-solidarite-exemple"),
        "Coop Exemple (boutique)": (Outcome.MERGED, "cooperative-de-solidarite-exemple"),
        "CPE Exemple du Nord": (Outcome.CREATED, "cpe-exemple-du-nord"),
        "CPE Exemple du Nord inc.": (Outcome.MERGED, "cpe-exemple-du-nord"),
        "Coopérative forestière Exemple du Haut": (Outcome.CREATED, "cooperative-forestiere-exemple-du-haut"),
        "Coopérative forestière Exemple du Bas": (Outcome.CREATED, "cooperative-forestiere-exemple-du-bas"),
        "Coopérative d'habitation Exemple": (Outcome.CREATED, "cooperative-d-habitation-exemple"),
        "Maison d'hébergement Exemple": (Outcome.SET_ASIDE, ""),
        "Ville d'Exemple": (Outcome.SET_ASIDE, ""),
        "Exemple seul": (Outcome.SET_ASIDE, ""),
        "Exemple d'ailleurs": (Outcome.SET_ASIDE, ""),
        "Exemple perdu": (Outcome.REFUSED, ""),
        "": (Outcome.REFUSED, ""),
        "Exemple oublié": (Outcome.SET_ASIDE, ""),
        "MUSÉE EXEMPLE": (Outcome.CREATED, "musee-exemple"),
        "Boutique du Musée Exemple": (Outcome.MERGED, "musee-exemple"),
        "X": (Outcome.REFUSED, ""),
    }
    assert all(row.reason for row in report.rows)
    reasons = {row.name: row.reason for row in report.rows}
    assert reasons["Ville d'Exemple"] == "public\u00a0: Municipalité"
    assert "individuelle" in reasons["Exemple seul"]
    assert "hors des régions" in reasons["Exemple d'ailleurs"]
    assert "Nullepart-sur-Mer" in reasons["Exemple perdu"]
    assert reasons[""] == "la ligne n’a pas de nom"
    assert "aucune décision" in reasons["Exemple oublié"]


def test_counts_add_up_to_the_rows_read(run: Run) -> None:
    report = run()
    with (FIXTURES / "exemple.csv").open(encoding="utf-8", newline="") as file:
        expected = len(list(csv.DictReader(file)))
    assert sum(report.counts.values()) == len(report.rows) == expected
    assert report.counts[Outcome.CREATED] == 6
    assert report.has_refusals
    assert f"exemple.csv\u00a0: {expected} lignes lues" in report.as_text()
    assert len(list(csv.DictReader(io.StringIO(report.as_csv())))) == expected


def test_records_are_what_validation_accepts(run: Run, site: Path) -> None:
    run()
    settings = config.load(site / "mkdocs.yml")
    context = rules.Context(settings, places.load(), vocabularies.load(), config.today())
    read = Folder(site / "content" / "enterprises", site, load("enterprises")).read()
    assert len(read) == 6
    for one in read:
        assert [problem for problem in rules.judge_record(one, context) if problem.severity == "erreur"] == []


def test_a_record_says_what_was_read_and_what_was_deduced(run: Run, site: Path) -> None:
    run()
    assert record(site, "cooperative-de-solidarite-exemple") == {
        "nom": "Coopérative de solidarité Exemple",
        "neq": "1199999901",
        "forme_juridique": "cooperative-de-solidarite",
        "adhesion": "regulier",
        "statut": "inconnu",
        "secteur": "commerce-de-detail",
        "etablissements": [
            {
                "adresse": "190, rue Principale",
                "municipalite": "Batiscan",
                "code_postal": "G0X 1A0",
                "latitude": "46.49502",
                "longitude": "-72.25085",
                "telephone": "819 555-0142 poste 7",
            }
        ],
        "site_web": "https://exemple.org",
        "verification": {
            "statut": "a-confirmer",
            "par": "import",
            "source": "Liste Exemple",
            "deduits": ["adhesion", "forme_juridique", "secteur"],
        },
    }
    text = (site / "content/enterprises/cooperative-de-solidarite-exemple.yml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../schemas/entreprise.schema.json\nnom: ")
    assert '\nneq: "1199999901"\n' in text


def test_merged_rows_fill_gaps(run: Run, site: Path) -> None:
    run()
    values = record(site, "cpe-exemple-du-nord")
    assert values["reseaux"] == {"facebook": "https://www.facebook.com/exempledunord"}
    assert values["adhesion"] == "regulier"
    assert values["forme_juridique"] == "obnl"
    assert values["verification"]["deduits"] == ["adhesion", "secteur"]  # type: ignore[index]
    assert values["etablissements"] == [
        {
            "adresse": "12, rue des Modèles",
            "municipalite": "Champlain",
            "code_postal": "G0X 1C0",
            "telephone": "819 555-0143",
        }
    ]


def test_a_point_outside_its_mrc_is_dropped_and_told(run: Run, site: Path) -> None:
    report = run()
    row = next(row for row in report.rows if row.name == "CPE Exemple du Nord")
    assert any("hors du territoire de Champlain" in note for note in row.changes)


def test_a_decided_place_of_service_stays_a_place(run: Run, site: Path) -> None:
    run()
    values = record(site, "musee-exemple")
    assert values["nom"] == "Musée Exemple"
    assert "site_web" not in values
    assert values["etablissements"] == [
        {"adresse": "10, 4e Rue de la Pointe", "municipalite": "Saint-Stanislas", "municipalite_code": "37245"}
        | {"code_postal": "G0X 9Z9"},
        {
            "nom": "Boutique du Musée Exemple",
            "adresse": "11, boulevard Sainte-Anne",
            "municipalite": "Shawinigan",
            "code_postal": "G9T 1A1",
        },
    ]


def test_two_co_operatives_that_look_alike_stay_two(run: Run, site: Path) -> None:
    run()
    for part in ("haut", "bas"):
        assert record(site, f"cooperative-forestiere-exemple-du-{part}")["site_web"] == f"https://{part}.example.org"


def test_an_undecided_look_alike_waits_and_is_named(run: Run, site: Path) -> None:
    replace_in_list(site, "Exemple oublié,9 rue Oubliée", "Coop de solidarité Exemple inc.,9 rue Oubliée")
    report = run()
    assert [pair for pair in report.pairs if "Coop de solidarité Exemple inc." in pair]
    assert outcomes(report)["Coop de solidarité Exemple inc."][0] is Outcome.SET_ASIDE


def test_a_confidential_address_is_written_nowhere(run: Run, site: Path) -> None:
    report = run()
    (site / "content" / "import" / "exemple.csv").unlink()
    values = record(site, "cooperative-d-habitation-exemple")
    assert values["adresse_confidentielle"] == "oui"
    assert values["etablissements"] == [{"municipalite": "Trois-Rivières"}]
    assert values["site_web"] == "https://habiter.example.org"
    written = [content.decode("utf-8") for content in snapshot(site).values()]
    for text in (report.as_text(), report.as_csv(), repr(report), *written):
        assert not [secret for secret in SECRETS if secret in text]


def test_an_address_hidden_by_a_person_is_not_told(run: Run, site: Path) -> None:
    run()
    path = site / "content/enterprises/cooperative-forestiere-exemple-du-haut.yml"
    text = path.read_text(encoding="utf-8")
    hidden = text.replace("etablissements:", "adresse_confidentielle: oui\netablissements:")
    hidden = hidden.replace('- adresse: "1, chemin du Modèle"\n    ', "- ").replace('    code_postal: "G0X 3H0"\n', "")
    assert "Modèle" not in hidden
    path.write_text(hidden, encoding="utf-8")
    report = run()
    row = next(row for row in report.rows if row.slug == path.stem)
    assert any("adresse_confidentielle" in note for note in row.differences)
    assert not any("Modèle" in note or "G0X" in note for note in row.differences)


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
        "site_web\u00a0: avant «\u00a0https://bas.example.org\u00a0», maintenant «\u00a0https://nouveau.example.org\u00a0»",
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
        "site_web\u00a0: fiche «\u00a0https://personne.example.org\u00a0», liste «\u00a0https://bas.example.org\u00a0»",
    )
    replace_in_list(site, "bas.example.org", "nouveau.example.org")
    row = next(row for row in run().rows if row.slug == path.stem)
    assert row.outcome is Outcome.UNCHANGED
    assert "à concilier" in row.reason
    assert path.read_text(encoding="utf-8") == edited


def test_a_comment_added_by_a_person_is_kept(run: Run, site: Path) -> None:
    run()
    path = site / "content/enterprises/cpe-exemple-du-nord.yml"
    commented = path.read_text(encoding="utf-8") + "# rappeler en mai\n"
    path.write_text(commented, encoding="utf-8")
    assert run().counts[Outcome.UNCHANGED] == 6
    replace_in_list(site, "819-555-0143", "819-555-0199")
    run()
    assert path.read_text(encoding="utf-8") == commented


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


def test_a_record_that_stood_before_is_left_alone(run: Run, site: Path) -> None:
    path = site / "content/enterprises/notre-coop.yml"
    path.parent.mkdir(parents=True)
    text = 'nom: Notre coop\nneq: "1199999901"\n'
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
    (folder / "exemple.yml").write_text(text.replace("decisions: decisions.csv\n", ""), encoding="utf-8")
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
