"""Clean cells as people write them: what is read, what is told, what is refused."""

import time

import pytest
from tests.importing import ELSEWHERE

from annuaire.intake.importing import cleaning, places
from annuaire.places import territories


@pytest.fixture(scope="module")
def municipalities() -> places.Municipalities:
    return places.Municipalities(territories.load(), ["04"])


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Batiscan", "Batiscan"),
        ("saint-etienne-des-gres", "Saint-Étienne-des-Grès"),
        ("Ste-Geneviève-de-Batiscan", "Sainte-Geneviève-de-Batiscan"),
        ("St. Tite", "Saint-Tite"),
        ("Saint-Saintanislas", "Saint-Stanislas"),
        ("Grand-Mère", "Shawinigan"),
        ("Parent", "La Tuque"),
        ("Trois Rivieres", "Trois-Rivières"),
        ("Québec", "Québec"),
    ],
)
def test_a_municipality_is_matched_to_its_official_name(
    municipalities: places.Municipalities, raw: str, name: str
) -> None:
    found, read = municipalities.match(raw)
    assert found is not None
    assert found.nom == read.value == name
    assert bool(read.changes) == (raw != name)


@pytest.mark.parametrize(
    "raw",
    [
        "Shawinigan (Québec)",
        "Shawinigan (QC)",
        "Shawinigan (P.Q., Canada)",
        "Ville de Shawinigan (secteur Grand-Mère)",
        "Shawinigan (Grand-Mère)",
        "Shawinigan (Mauricie)",
        "Shawinigan (Ville)",
    ],
)
def test_what_brackets_say_of_quebec_is_dropped(municipalities: places.Municipalities, raw: str) -> None:
    found, _ = municipalities.match(raw)
    assert found is not None
    assert found.nom == "Shawinigan"


@pytest.mark.parametrize("raw", [*ELSEWHERE, "Louiseville KY", "Louiseville, KY"])
def test_what_may_be_elsewhere_is_not_taken_as_ours(municipalities: places.Municipalities, raw: str) -> None:
    found, read = municipalities.match(raw)
    assert found is None
    assert "municipalité" in read.fault
    assert not municipalities.read(raw)


@pytest.mark.parametrize("raw", ["", "Nullepart-sur-Mer", "Saint-Truc", "Saint"])
def test_a_municipality_that_cannot_be_told_is_refused(municipalities: places.Municipalities, raw: str) -> None:
    found, read = municipalities.match(raw)
    assert found is None
    assert read.fault


def test_a_homonym_is_settled_by_region_then_by_territory() -> None:
    everywhere = places.Municipalities(territories.load(), [])
    assert everywhere.match("Saint-Stanislas")[0] is None
    found, _ = everywhere.match("Saint-Stanislas", "Les Chenaux")
    assert found is not None
    assert found.mrc == "372"
    assert everywhere.match("Saint-Stanislas", "MRC des Chenaux")[0] == found
    local, _ = places.Municipalities(territories.load(), ["04"]).match("Saint-Stanislas")
    assert local == found


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        ("190 RUE Bonaventure", "190, rue Bonaventure"),
        ("190, rue Bonaventure", "190, rue Bonaventure"),
        ("100-190 RUE Bonaventure", "100-190, rue Bonaventure"),
        ("660 ch. Saint-Charles", "660, chemin Saint-Charles"),
        ("1250 ave de la Station", "1250, avenue de la Station"),
        ("2675 BOUL. DU CARMEL", "2675, boulevard du Carmel"),
        ("60 RUE St-Antoine", "60, rue Saint-Antoine"),
        ("582 4ième rue de la pointe", "582, 4e Rue de la pointe"),
        ("1580 10E AVENUE NORD", "1580, 10e Avenue Nord"),
        ("12 1re avenue", "12, 1re Avenue"),
        ("650 AVE 4e", "650, 4e Avenue"),
        ("1461 3rang", "1461, 3e Rang"),
        ("500 avenune Broadway", "500, avenue Broadway"),
        ("1441 rue Notre-Dame E", "1441, rue Notre-Dame Est"),
        ("871 A boul. Saint-Laurent", "871A, boulevard Saint-Laurent"),
        ("2 RUE DE L'HÔTEL DE VILLE", "2, rue de l'Hôtel de Ville"),
        ("391 rue principale", "391, rue Principale"),
        ("3550 boul. Exemple Bureau #200", "3550, boulevard Exemple, bureau 200"),
        ("274 rue Bureau", "274, rue Bureau"),
        ("180 RUE LANGEVIN CASE POSTALE 2027", "180, rue Langevin, case postale 2027"),
        ("2700 Laviolette", "2700, Laviolette"),
        ("Communauté de Wemotaci", "Communauté de Wemotaci"),
        ("Chem. du Lac", "chemin du Lac"),
    ],
)
def test_a_street_is_written_as_in_quebec(raw: str, written: str) -> None:
    assert places.street(raw).value == written
    assert places.street(written).value == written


def test_a_street_reads_the_same_whatever_its_writing() -> None:
    assert places.street_key("12, rue Saint-Jean") == places.street_key("12 RUE St-Jean")
    assert places.street_key("12, rue Saint-Jean") != places.street_key("12, avenue Saint-Jean")
    assert places.way_key("12, rue Saint-Jean") == places.way_key("12, avenue Saint-Jean")


def test_a_change_of_form_alone_is_told_apart() -> None:
    assert places.street("190 RUE Bonaventure").is_tidied
    assert not places.street("500 avenune Broadway").is_tidied


@pytest.mark.parametrize(
    ("raw", "written"), [("g9a5k8", "G9A 5K8"), (" G9A-5K8 ", "G9A 5K8"), ("G8X5GX", ""), ("", "")]
)
def test_a_postal_code_is_written_in_two_parts(raw: str, written: str) -> None:
    assert places.postal_code(raw).value == written


@pytest.mark.parametrize(
    ("raw", "written"),
    [("46.3444661", "46.34447"), ("46,5", "46.5"), ("46", "46"), ("12", ""), ("nord", ""), ("nan", "")],
)
def test_a_latitude_is_rounded(raw: str, written: str) -> None:
    assert places.coordinate(raw, 44.9, 62.7).value == written


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        ("(819) 555-0142", "819 555-0142"),
        ("1-819-555-0142", "819 555-0142"),
        ("819.555.0142 poste 12", "819 555-0142 poste 12"),
        ("819 555-0142 x7", "819 555-0142 poste 7"),
        ("+1 819 555 0142 ext. 7", "819 555-0142 poste 7"),
        ("555-0142", ""),
        ("+33 1 23 45 67 89", ""),
        ("à venir", ""),
    ],
)
def test_a_telephone_is_written_in_one_way(raw: str, written: str) -> None:
    found = cleaning.telephone(raw)
    assert found.value == written
    assert bool(found.fault) == (not written)


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        ("exemple.org", "https://exemple.org"),
        ("www.Exemple.ORG/Page", "https://www.exemple.org/Page"),
        ("http://exemple.org/", "http://exemple.org"),
        ("HTTPS://exemple.org", "https://exemple.org"),
        ("exemple.org/?a=1", "https://exemple.org/?a=1"),
        ("exemple.org/#ancre", "https://exemple.org/#ancre"),
        ("opérade.exemple.org", "https://xn--oprade-cva.exemple.org"),
        ("Coop Exemple (hygiénistes dentaires)", ""),
        ("exemple", ""),
        ("javascript:alert(1)", ""),
        ("mailto:info@exemple.org", ""),
        ("https://nom:secret@exemple.org", ""),
        ('exemple.org/"><script>', ""),
        ("https://", ""),
        ("https://[::1", ""),
        ("127.0.0.1", ""),
    ],
)
def test_a_web_address_has_a_scheme_and_a_host(raw: str, written: str) -> None:
    found = cleaning.web_address(raw)
    assert found.value == written
    assert bool(found.fault) == (not written)


@pytest.mark.parametrize(
    ("address", "network", "tidy"),
    [
        ("https://facebook.com/Exemple/?ref=page_internal", "facebook", "https://www.facebook.com/Exemple"),
        (
            "https://www.facebook.com/profile.php?id=1000&sk=about",
            "facebook",
            "https://www.facebook.com/profile.php?id=1000",
        ),
        ("https://www.instagram.com/exemple/", "instagram", "https://www.instagram.com/exemple"),
        ("https://facebook.com", "", ""),
        ("https://exemple.org/facebook.com", "", ""),
        ("https://notfacebook.com/exemple", "", ""),
    ],
)
def test_a_social_network_is_recognised(address: str, network: str, tidy: str) -> None:
    assert cleaning.social_network(address) == (network, tidy)


@pytest.mark.parametrize(
    ("raw", "written"), [("1142934315", "1142934315"), ("11 4293 4315", "1142934315"), ("42", ""), ("9942934315", "")]
)
def test_a_neq_has_ten_digits(raw: str, written: str) -> None:
    assert cleaning.neq(raw).value == written


@pytest.mark.parametrize(("raw", "written"), [("1998", "1998"), ("1998-05-12", "1998"), ("vers 98", ""), ("19985", "")])
def test_a_year_is_read_out_of_a_date(raw: str, written: str) -> None:
    assert cleaning.year(raw).value == written


@pytest.mark.parametrize(
    ("raw", "written"),
    [("Info@Exemple.ORG ", "Info@exemple.org"), ("mailto:info@exemple.org", "info@exemple.org"), ("info@", "")],
)
def test_an_email_is_read(raw: str, written: str) -> None:
    assert cleaning.email(raw).value == written


def test_invisible_characters_and_spaces_are_dropped() -> None:
    assert cleaning.text(" Coop\u200b  Exemple\u00a0\n ").value == "Coop Exemple"


@pytest.mark.parametrize("raw", ["1" + " " * 20_000 + "z", "(" * 20_000, "x 1 " * 5_000, "p. " * 6_000 + "z"])
def test_a_hostile_telephone_is_refused_at_once(raw: str) -> None:
    start = time.perf_counter()
    assert cleaning.telephone(raw).fault
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize("raw", ["819   555-0142 ,  ( poste :  12 )", "819 555-0142 p.12", "819 555-0142#12"])
def test_an_extension_is_read_however_it_is_spaced(raw: str) -> None:
    assert cleaning.telephone(raw).value == "819 555-0142 poste 12"


def test_a_hostile_name_is_cut_at_once() -> None:
    start = time.perf_counter()
    assert len(places.without_street("1 " * 10_000)) <= places.LONGEST_NAME
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize(
    ("raw", "value", "left"),
    [
        ("Tél. : 819 555-0142 Fax : 819 555-0143", "819 555-0142", "0143"),
        ("Téléc. : 819 555-0143 Tél. : 819 555-0142", "819 555-0142", "0143"),
        ("Fax 819 555-0143; 819 555-0142", "819 555-0142", "0143"),
        ("819 555-0143 (télécopieur) / 819 555-0142", "819 555-0142", "0143"),
        ("T: 819 555-0142 F: 819 555-0143", "819 555-0142", "0143"),
        ("819 555-0143 (maison) ou 819 555-0142 (bureau)", "819 555-0142", "0143"),
        ("819 555-0142 (bureau) ou 819 555-0143 (maison)", "819 555-0142", "0143"),
        ("Tél./fax : 819 555-0142", "819 555-0142", ""),
        ("819 555-0142 poste 12, fax 819 555-0143", "819 555-0142 poste 12", "0143"),
        ("Tél. : 819 555-0142\nTéléc. : 819 555-0143\ninfo@exemple.example", "819 555-0142", "info@exemple.example"),
        ("819 555-0142 www.exemple.example fax 819 555-0143", "819 555-0142", "www.exemple.example"),
    ],
)
def test_a_fax_is_no_telephone_and_the_office_comes_first(raw: str, value: str, left: str) -> None:
    read = cleaning.telephone(raw)
    assert read.value == value
    assert left in read.others


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("819 643-0142 (réception)", "819 643-0142"),
        ("1-866-643-0142 (sans frais)", "866 643-0142"),
        ("(819) 643-0142 - 819 643-0143", "819 643-0142"),
        ("819 643-0142 (urgence), 819 643-0143 (jour)", "819 643-0142"),
    ],
)
def test_a_few_words_beside_a_number_are_told(raw: str, value: str) -> None:
    read = cleaning.telephone(raw)
    assert read.value == value
    assert raw in read.changes[0]


def test_a_sentence_is_no_telephone() -> None:
    assert not cleaning.telephone("Appeler au 819 643-0142 en semaine, sinon laisser un message").value


@pytest.mark.parametrize("raw", ["Fax : 819 555-0143", "Télécopieur 819-555-0143", "819 555-0143 (fax)"])
def test_a_fax_alone_is_refused(raw: str) -> None:
    read = cleaning.telephone(raw)
    assert not read.value
    assert "télécopieur" in read.fault


@pytest.mark.parametrize("raw", ["2 005", "2\u00a0005", "2\u202f005"])
def test_a_year_shown_as_a_number_is_read(raw: str) -> None:
    assert cleaning.year(raw).value == "2005"
