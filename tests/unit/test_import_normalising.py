"""One normalisation of what lists hold: words, places, several values in a cell, offers, installations."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest

from annuaire import config
from annuaire.intake import importing
from annuaire.intake.importing import ImportReport, Outcome, cleaning, places, provinces
from annuaire.places import territories, vocabularies
from annuaire.places.meanings import Meanings, usual_names
from annuaire.rules import vocabulary
from annuaire.schema import load
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile import source

DEFAULT = "  etablissements.municipalite: Ville de Shawinigan (Québec)\n"
TITLES = (
    "Nom",
    "Adresse",
    "Ville",
    "CP",
    "Tel",
    "Courriel",
    "Site",
    "NEQ",
    "Confidentiel",
    "Forme",
    "Secteur",
    "Offres",
)
MAPPING = """titre: Liste d’essai
etat: n-etat.json
garder: tout
colonnes:
  Nom: nom
  Adresse: etablissements.adresse
  Ville: etablissements.municipalite
  CP: etablissements.code_postal
  Tel: etablissements.telephone
  Courriel: etablissements.courriel
  Site: site_web
  NEQ: neq
  Confidentiel: adresse_confidentielle
  Forme: forme_juridique
  Secteur: secteur
  Offres: offres.nom
constantes:
  statut: inconnu
  verification.statut: a-confirmer
  verification.par: import
"""
SITE = Path("content") / "import" / "normaliser.yml"


def imported(site: Path, *rows: dict[str, str], more: str = "") -> tuple[ImportReport, dict[str, dict[str, object]]]:
    """Import rows given by their titles; give the report and the records by the name of their file."""
    listed = site / "liste.csv"
    lines = [TITLES, *[[row.get(title, "") for title in TITLES] for row in rows]]
    listed.write_text("\n".join(";".join(f'"{cell}"' for cell in line) for line in lines), encoding="utf-8")
    (site / SITE).write_text(MAPPING + more, encoding="utf-8")
    report = importing.run(listed, site / SITE, config.load(site / "mkdocs.yml"))
    folder = site / "content" / "enterprises"
    return report, {path.stem: source.read(path).values for path in folder.glob("*.yml")}


def one(site: Path, more: str = "", **cells: str) -> tuple[ImportReport, dict[str, object]]:
    report, records = imported(site, {"Nom": "Coop Exemple", "Ville": "Shawinigan"} | cells, more=more)
    return report, next(iter(records.values()), {})


def place(record: dict[str, object]) -> dict[str, object]:
    found = record["etablissements"]
    assert isinstance(found, list)
    assert isinstance(found[0], dict)
    return found[0]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("OBNL", "obnl"),
        ("osbl", "obnl"),
        ("O.S.B.L.", "obnl"),
        ("Organisme à but non lucratif", "obnl"),
        ("ORGANISME SANS BUT LUCRATIF", "obnl"),
        ("APE", "obnl"),
        ("coop de travail", "cooperative-de-travail"),
        ("Coopératives de travail", "cooperative-de-travail"),
        ("Coopérative\u00a0de\u00a0solidarité", "cooperative-de-solidarite"),
        (unicodedata.normalize("NFD", "coopérative de solidarité"), "cooperative-de-solidarite"),
        ("obnl-a-volet-marchand", "obnl"),
    ],
)
def test_a_legal_form_is_read_by_its_usual_names(site: Path, written: str, code: str) -> None:
    assert one(site, Forme=written)[1]["forme_juridique"] == code


@pytest.mark.parametrize(("written", "code"), [("Culture", "arts-culture"), ("ARTS ET CULTURE", "arts-culture")])
def test_a_sector_is_read_by_its_usual_names(site: Path, written: str, code: str) -> None:
    assert one(site, Secteur=written)[1]["secteur"] == code


def test_an_unknown_word_is_told_and_its_row_stands(site: Path) -> None:
    report, record = one(site, Secteur="Zeppelins", Forme="Fanfare")
    assert (record["secteur"], record["forme_juridique"]) == ("a-preciser", "a-preciser")
    assert sum("à préciser" in change for change in report.rows[0].changes) == 2


@pytest.mark.parametrize(
    "written",
    [
        "Trois-Rivières (Québec)",
        "TROIS RIVIERES",
        "Ville de Trois-Rivières",
        "Trois-Rivières, QC",
        "Trois\u2011Rivières",
    ],
)
def test_a_municipality_is_read_whatever_surrounds_it(site: Path, written: str) -> None:
    assert place(one(site, Ville=written)[1])["municipalite"] == "Trois-Rivières"


def test_usual_names_are_of_entries_that_exist_and_mean_one_thing() -> None:
    words = vocabularies.load()
    meanings = Meanings(words, territories.load())
    schema = load("enterprises")
    fields = {"formes": "forme_juridique", "secteurs": "secteur", "statut": "statut", "adhesion": "adhesion"}
    assert set(usual_names(words)) == set(fields)
    for name, entries in usual_names(words).items():
        field = schema.root.field(fields[name])
        for code, names in entries.items():
            assert code in meanings.choices(field)
            assert [meanings.code(field, word) for word in names] == [code] * len(names), names


def test_the_advice_of_validate_knows_usual_names() -> None:
    known = vocabulary.words("formes", vocabularies.load(), territories.load())
    assert vocabulary.closest("OSBL", known) == "obnl"
    assert vocabulary.closest("coop de travail", known) == "cooperative-de-travail"


@pytest.mark.parametrize(
    ("read", "cell", "kept", "other"),
    [
        (cleaning.telephone, "819 555-0142; 819 555-0143", "819 555-0142", "0143"),
        (cleaning.telephone, "819-555-0142 ou 819-555-0143", "819 555-0142", "0143"),
        (cleaning.telephone, "819 555-0142\n1 800 555-0143", "819 555-0142", "800"),
        (cleaning.telephone, "819 555-0142, poste 12", "819 555-0142 poste 12", ""),
        (cleaning.email, "info@exemple.org; autre@exemple.org", "info@exemple.org", "autre@"),
        (cleaning.email, "info@exemple.org, autre@exemple.org", "info@exemple.org", "autre@"),
        (cleaning.web_address, "www.exemple.org ; exemple.com", "https://www.exemple.org", "exemple.com"),
    ],
)
def test_of_several_values_the_first_is_kept_and_the_others_told(read, cell: str, kept: str, other: str) -> None:  # type: ignore[no-untyped-def]
    found = read(cell)
    assert (found.value, other in found.others) == (kept, True)
    assert bool(found.others) == bool(other)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-28", "2026-11-28"),
        ("28/11/2026", "2026-11-28"),
        ("11/28/2026", "2026-11-28"),
        ("28 novembre 2026", "2026-11-28"),
        ("2026/11/28", "2026-11-28"),
        ("05/05/2026", "2026-05-05"),
        ("05/06/2026", ""),
        ("31/02/2026", ""),
        ("hier", ""),
    ],
)
def test_a_date_is_read_when_it_has_one_meaning(written: str, day: str) -> None:
    assert cleaning.day(written).value == day


def test_letters_wrongly_decoded_are_repaired_and_told(site: Path) -> None:
    report, record = one(site, Nom="CoopÃ©rative Exemple")
    assert record["nom"] == "Coopérative Exemple"
    assert any("mal décodées" in change for change in report.rows[0].changes)


def test_a_name_in_separate_accents_is_composed(site: Path) -> None:
    assert one(site, Nom=unicodedata.normalize("NFD", "Coopérative Été"))[1]["nom"] == "Coopérative Été"


def test_all_the_faults_of_a_row_are_said_at_once(site: Path) -> None:
    report, _ = one(site, Nom="", Ville="Nullepart-sur-Mer", CP="EH1 1AA")
    reason = report.rows[0].reason
    assert "n’a pas de nom" in reason
    assert "Nullepart-sur-Mer" in reason
    assert "code postal" in reason


@pytest.mark.parametrize(
    ("code", "foreign"),
    [
        ("G9N 1A1", False),
        ("g9n1a1", False),
        ("J0B 1X0", False),
        ("K1A 0B1", True),
        ("M5V 2T6", True),
        ("12345", True),
        ("12345-6789", True),
        ("DD1 1AA", True),
        ("G1 1AA", True),
        ("8000", True),
        ("G9N 1A", False),
        ("", False),
        ("à venir", False),
    ],
)
def test_a_foreign_postal_code_is_known(code: str, foreign: bool) -> None:
    assert places.is_foreign(code) is foreign


@pytest.mark.parametrize("town", ["Dundee", "Elgin", "Huntingdon"])
def test_a_foreign_postal_code_holds_a_row_that_shares_a_name(site: Path, town: str) -> None:
    report, records = imported(site, {"Nom": "Coop Exemple", "Ville": town, "CP": "DD1 4HN"})
    assert report.rows[0].outcome is Outcome.REFUSED
    assert "pas du Québec" in report.rows[0].reason
    assert "DD1" not in report.rows[0].reason
    assert not records


@pytest.mark.parametrize(
    "address", ["12, rue Principale, Ottawa K1A 0B1", "12 Main St, KY 40201", "3 Exemple Road, DD1 4HN"]
)
def test_a_foreign_postal_code_in_the_address_holds_its_row(site: Path, address: str) -> None:
    report, records = imported(site, {"Nom": "Coop Exemple", "Ville": "Champlain", "Adresse": address})
    assert report.rows[0].outcome is Outcome.REFUSED
    assert "pas du Québec" in report.rows[0].reason
    assert not records


def test_another_postal_region_holds_a_row_whose_municipality_is_that_of_the_list(site: Path) -> None:
    cells = {"Nom": "Coop Exemple", "Adresse": "12, rue Principale, H2X 1Y4"}
    report, records = imported(site, cells, more=DEFAULT)
    assert report.rows[0].outcome is Outcome.REFUSED
    assert "dite pour toute la liste" in report.rows[0].reason
    assert not records
    _, records = imported(site, cells | {"Adresse": "12, rue Principale, G9N 1A1"}, more=DEFAULT)
    assert records


@pytest.mark.parametrize(
    ("title", "text", "is_elsewhere"),
    [
        ("Province", "Ontario", True),
        ("Province", "QC", False),
        ("Province", "Québec (Canada)", False),
        ("Province", "", False),
        ("Pays", "France", True),
        ("Pays", "Canada", False),
        ("Province/État", "Michigan", True),
        ("État", "KY", True),
        ("État", "Québec", False),
        ("État", "Actif", False),
        ("Nom", "Ontario", False),
    ],
)
def test_a_column_of_provinces_tells_what_is_elsewhere(title: str, text: str, *, is_elsewhere: bool) -> None:
    assert provinces.is_elsewhere(title, text) is is_elsewhere


def test_a_row_of_another_province_is_held(site: Path) -> None:
    (site / SITE).write_text(MAPPING, encoding="utf-8")
    listed = site / "liste.csv"
    rows = [[*TITLES, "Province"]]
    for name, province in (("Coop Exemple", "ON"), ("Coop Modèle", "Québec")):
        cells = {"Nom": name, "Ville": "Champlain"}
        rows.append([*[cells.get(title, "") for title in TITLES], province])
    listed.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    report = importing.run(listed, site / SITE, config.load(site / "mkdocs.yml"))
    assert report.rows[0].outcome is Outcome.REFUSED
    assert "«\u00a0Province\u00a0»" in report.rows[0].reason
    assert report.rows[1].outcome is not Outcome.REFUSED


def test_offers_come_from_a_column_with_the_category_of_the_mapping(site: Path) -> None:
    report, record = one(site, Offres="Buffets; Boîtes à lunch", more="  offres.categorie: traiteur\n")
    assert record["offres"] == [
        {"nom": name, "categorie": "traiteur", "verification": {"statut": "a-confirmer", "source": "Liste d’essai"}}
        for name in ("Buffets", "Boîtes à lunch")
    ]
    assert report.rows[0].outcome is Outcome.CREATED


def test_offers_by_column_are_read_by_the_words_of_buyers(site: Path) -> None:
    report, record = one(site, Offres="traiteur; Zeppelins")
    offers = record["offres"]
    assert isinstance(offers, list)
    assert [offer["categorie"] for offer in offers] == ["traiteur"]
    assert any("Zeppelins" in note and "à préciser" in note for note in report.rows[0].differences)


def test_a_constant_gives_every_record_the_same_offer(site: Path) -> None:
    _, records = imported(
        site,
        {"Nom": "Coop A", "Ville": "Shawinigan"},
        {"Nom": "Coop B", "Ville": "Saint-Tite"},
        more="  offres.categorie: Traiteur\n".replace("Traiteur", "traiteur"),
    )
    assert [len(record["offres"]) for record in records.values()] == [1, 1]  # type: ignore[arg-type]


INSTALLATIONS: Sequence[dict[str, str]] = (
    {"Nom": "CPE Exemple", "Adresse": "1, rue des Pins", "Ville": "Shawinigan", "CP": "G9N 1A1", "NEQ": "1142934315"},
    {"Nom": "CPE Exemple", "Adresse": "2, rue des Ormes", "Ville": "Shawinigan", "CP": "G9N 1A2"},
    {"Nom": "CPE Exemple", "Adresse": "3, rue A", "Ville": "Saint-Tite", "NEQ": "1142934315", "Tel": "819 555-0142"},
    {"Nom": "CPE exemple inc.", "Adresse": "1, rue des Pins", "Ville": "Shawinigan", "Courriel": "info@exemple.org"},
    {"Nom": "CPE Exemple", "Adresse": "9, rue B", "Ville": "Saint-Tite", "NEQ": "1149999996"},
)


def test_several_installations_are_one_enterprise_when_the_mapping_says_so(site: Path) -> None:
    report, records = imported(site, *INSTALLATIONS, more="regrouper: oui\n")
    assert [row.outcome for row in report.rows] == [
        Outcome.CREATED,
        Outcome.MERGED,
        Outcome.MERGED,
        Outcome.MERGED,
        Outcome.CREATED,
    ]
    first = records[report.rows[0].slug]
    assert first["etablissements"] == [
        {
            "adresse": "1, rue des Pins",
            "municipalite": "Shawinigan",
            "code_postal": "G9N 1A1",
            "courriel": "info@exemple.org",
        },
        {"adresse": "2, rue des Ormes", "municipalite": "Shawinigan", "code_postal": "G9N 1A2"},
        {"adresse": "3, rue A", "municipalite": "Saint-Tite", "telephone": "819 555-0142"},
    ]
    again, same = imported(site, *INSTALLATIONS, more="regrouper: oui\n")
    assert same == records
    assert not again.counts[Outcome.CREATED]


def test_installations_stay_apart_otherwise(site: Path) -> None:
    report, _ = imported(site, *INSTALLATIONS[:2])
    assert report.counts[Outcome.CREATED] == 2


def test_a_wrong_code_of_the_mapping_is_said_once_and_with_the_others(site: Path) -> None:
    more = "  offres.categorie: zeppelin\ncorrespondances:\n  Forme: {a: fanfare, b: fanfare}\n  Secteur: {c: cirque}\n"
    with pytest.raises(AnnuaireError) as told:
        one(site, more=more)
    assert [str(told.value).count(word) for word in ("zeppelin", "fanfare", "cirque")] == [1, 1, 1]
