"""Import a made-up list from end to end: outcomes, merges, what is hidden."""

import csv
import io
from pathlib import Path

from tests.importing import FIXTURES, SECRETS, Run, outcomes, record, replace_in_list, snapshot

from annuaire import config, rules
from annuaire.intake.importing import Outcome
from annuaire.places import territories as places
from annuaire.places import vocabularies
from annuaire.records.reading import Folder
from annuaire.schema import load


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
    assert any("Adresse confidentielle" in note for note in row.differences)
    assert not any("Modèle" in note or "G0X" in note for note in row.differences)
