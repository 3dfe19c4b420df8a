"""Answer questions about Exemple, in Python and in the browser's own code: what is right, by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.answering import VOCABULARIES, Question, both, catalogue_of
from tests.catalogues import PROGRAM, Ask
from tests.node import asking
from tests.rules.corpus import TODAY
from tests.sites import EXAMPLES

from annuaire import config
from annuaire.catalogue.answer import Answer, Level
from annuaire.catalogue.answer.places import NEAR
from annuaire.catalogue.loading import Loader
from annuaire.catalogue.model import Enterprise, Offer, Place, Verification

CONFIRMED, WAITING = Verification("confirmee", date(2026, 9, 1)), Verification("a-confirmer")
CATERER = "traiteur-la-table-d-exemple"
CLEANER, HOME_CARE = "entretien-exemple-entreprise-d-insertion", "aide-a-domicile-des-grands-exemples"
DAY_CARE, FORESTER = "cpe-les-petits-exemples", "cooperative-forestiere-de-l-exemple-d-en-haut"
SAME_SECTOR = {
    "100-exemple-cooperative-de-producteurs",
    "cooperative-de-solidarite-exemple-les-bains",
    "microbrasserie-cooperative-le-prototype-d-exemple",
}


def enterprise(slug: str, nom: str, *offers: Offer, town: str = "Trois-Rivières", **values: Any) -> Enterprise:
    """Give an enterprise that is in a town, of a sector that answers no category."""
    given: dict[str, Any] = {"forme_juridique": "obnl", "statut": "active", "secteur": "a-preciser"}
    given |= {"etablissements": (Place(town),), "verification": WAITING, "offres": offers, **values}
    return Enterprise(slug, nom, **given)


@pytest.fixture(scope="module", name="exemple")
def exemple_region() -> Iterator[Question]:
    """Give what answers questions about the Exemple region."""
    with asking(PROGRAM) as ask:
        yield both(ask, Loader(config.load(EXAMPLES / "mkdocs.yml")).load(TODAY).catalogue())


def at(answer: Answer, *levels: Level) -> list[str]:
    """List who answers at some levels, the best first."""
    return [slug for slug, own in answer.results.items() if own.level in levels]


@pytest.mark.parametrize(
    ("words", "suppliers"),
    [
        ("traiteur", [CATERER]),
        ("Traiteurs", [CATERER]),
        ("traiteur pour une réunion du conseil de 40 personnes à Exempleville", [CATERER]),
        ("catering", [CATERER]),
        ("cleaning", [CLEANER, HOME_CARE]),
        ("janitorial", [CLEANER, HOME_CARE]),
        ("daycare", [DAY_CARE]),
        ("printing", ["exemplaire"]),
        ("CPE", [DAY_CARE]),
        ("centre de la petite enfance", [DAY_CARE]),
        ("co working", ["le-carrefour-exemple"]),
        ("coworking", ["le-carrefour-exemple"]),
        ("repas a domicile", [HOME_CARE, "centre-d-action-benevole-des-grands-exemples"]),
        ("traiteur et buanderie", ["atelier-adapte-exemple", CATERER]),
        ("pompes funèbres", ["cooperative-funeraire-d-exemple"]),
        ("90101600", [CATERER]),
        ("UNSPSC 90100000", ["base-de-plein-air-du-grand-exemple", CATERER]),
        ("00000000", []),
        ("ascenseur", []),
    ],
)
def test_who_offers_what_is_asked(exemple: Question, words: str, suppliers: list[str]) -> None:
    answer = exemple(words)
    assert at(answer, Level.NAME, Level.OFFER, Level.PLACE) == suppliers
    assert not answer.is_scattered
    assert answer.correction == ""


def test_a_caterer_is_whoever_offers_it(exemple: Question) -> None:
    answer = exemple("traiteur")
    caterer = answer.results[CATERER]
    assert (caterer.level, caterer.offers, caterer.is_sure, caterer.close) == (Level.OFFER, (0,), True, 1 / 2.25)
    assert set(at(answer, Level.SECTOR)) == SAME_SECTOR
    assert not any(own.is_sure for slug, own in answer.results.items() if slug != CATERER)
    assert (answer.categories, answer.unmet, answer.unknown) == ({"traiteur": 1}, (), ())


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("la casa del nino", "la-casa-del-nino-exemple-centre-interculturel"),
        ("coop octet", "coop-octet-services-numeriques-d-exemple"),
        ("Fringues & Cie l’Exemple", "fringues-cie-l-exemple"),
        ("etapeexemple", "centre-de-retablissement-l-etape-exemple"),
        ("NEQ 1100000102", CATERER),
        ("+1 (819) 555-0112", CATERER),
        ("819 555-0142 poste 12", HOME_CARE),
        ("https://www.latable.example/menus", CATERER),
        ("commande@latable.example", CATERER),
        ("G9Z 1H3", CATERER),
        ("g9z1h3", CATERER),
    ],
)
def test_who_is_looked_up(exemple: Question, words: str, slug: str) -> None:
    answer = exemple(words)
    assert at(answer, Level.NAME) == [slug] == list(answer.results)[:1]
    assert answer.unknown == ()


@pytest.mark.parametrize(
    ("words", "labels", "bare"),
    [
        ("Ville d’Exempleville", ["Exempleville"], ""),
        ("exempleville (Québec)", ["Exempleville"], ""),
        ("traiteur, Exempleville (Québec) demain", ["Exempleville"], "traiteur, demain"),
        ("traiteur (Exempleville)", ["Exempleville"], "traiteur"),
        ("MRC des Grands-Exemples", ["MRC des Grands-Exemples"], ""),
        ("traiteur dans la MRC des grands exemples", ["MRC des Grands-Exemples"], "traiteur"),
        ("traiteur près de St-Exemplaire", ["Saint-Exemplaire"], "traiteur"),
        ("Ste-Illustration-des-Pins", ["Sainte-Illustration-des-Pins"], ""),
        ("lapointe d'exemple", ["La Pointe-d'Exemple"], ""),
        ("ménage à Exemple-Sud", ["Exemple-Sud (Exempleville)"], "ménage"),
        ("traiteur G9W", ["G9W"], "traiteur"),
        ("traiteur à Exempleville Grand-Exemple repas", ["Exempleville", "Grand-Exemple"], "traiteur repas"),
        ("traiteur", [], "traiteur"),
    ],
)
def test_places_as_people_say_them(exemple: Question, words: str, labels: list[str], bare: str) -> None:
    answer = exemple(words)
    assert [place.label for place in answer.places] == labels
    assert answer.bare == bare


def test_who_is_there_comes_first_and_who_serves_it_is_not_hidden(exemple: Question) -> None:
    answer = exemple("déneigement à Lac-à-l'Exemple")
    assert {slug: answer.results[slug].near for slug in at(answer, Level.OFFER)} == {FORESTER: 2, CLEANER: 2}
    found = exemple("boulangerie Rivière-aux-Exemples").results["cooperative-de-solidarite-exemple-les-bains"]
    assert (found.level, found.near) == (Level.OFFER, 0)
    assert exemple("traiteur à Saint-Exemplaire").results[CATERER].near == 1  # it serves the MRC
    there = exemple("Exempleville")
    assert set(at(there, Level.PLACE)) == set(there.results)
    assert [own.near for own in there.results.values()] == sorted(
        (o.near for o in there.results.values()), reverse=True
    )


@pytest.mark.parametrize(
    ("words", "correction"),
    [
        ("traitteur", "traiteur"),
        ("trateur", "traiteur"),
        ("buanderrie", "buanderie"),
        ("entretien menagr", "entretien ménage"),
        ("pompes funèbres", ""),
        ("zzzz traiteur qqqq", ""),
        ("OBNL", ""),
    ],
)
def test_a_correction_is_better_answered(exemple: Question, words: str, correction: str) -> None:
    answer = exemple(words)
    assert answer.correction == correction
    assert bool(at(exemple(correction), Level.OFFER)) is bool(correction)


def test_some_of_the_words_are_no_answer(exemple: Question) -> None:
    answer = exemple("assiettes locomotive")
    assert answer.is_scattered
    assert answer.unknown == ("locomotive",)
    assert {own.level for own in answer.results.values()} == {Level.ACTIVITY}
    assert not any(own.is_sure or own.offers for own in answer.results.values())


@pytest.mark.parametrize("words", ["C.P.E. à Exempleville", "G9Z, C.P.E."])
def test_letters_with_dots_are_one_word(exemple: Question, words: str) -> None:
    answer = exemple(words)
    assert at(answer, Level.OFFER) == [DAY_CARE]
    assert answer.bare == "CPE"


def test_what_is_near_a_place(exemple: Question) -> None:
    far, near = exemple("traiteur à Rivière-aux-Exemples"), exemple("traiteur près de Rivière-aux-Exemples")
    assert far.results[CATERER].near == 0
    assert near.results[CATERER].near == 1
    assert near.results[CATERER].far == far.results[CATERER].far < NEAR


@pytest.mark.parametrize(
    ("words", "mission"),
    [("gravier", "Gravure."), ("lait", "Fait ici."), ("pommiers", "Premiers."), ("tracteur", "Traiteur.")],
)
def test_a_word_of_the_language_is_not_put_for_another(ask: Ask, words: str, mission: str) -> None:
    assert both(ask, catalogue_of(enterprise("a", "Exemple A", mission=mission)))(words).correction == ""


def test_a_town_of_elsewhere_is_told_unknown(ask: Ask) -> None:
    answer = both(ask, catalogue_of(enterprise("a", "Exemple A", Offer("Buffets", "traiteur"))))
    assert answer("traiteur à Saint-Hyacinthe").unknown == ("Saint-Hyacinthe",)
    assert answer("Drummondville").unknown == ("Drummondville",)
    assert at(answer("Drummondville"), *Level) == []


def test_a_town_is_read_by_its_first_words_and_a_postal_code_comes_first(ask: Ask) -> None:
    here, there = (Place("Trois-Rivières", code_postal=code) for code in ("G8T 1A1", "G9A 1A1"))
    offer = Offer("Buffets", "traiteur")
    answer = both(
        ask,
        catalogue_of(
            enterprise("a", "Exemple A", offer, etablissements=(there,)),
            enterprise("b", "Exemple B", offer, etablissements=(here,)),
        ),
    )
    assert [place.label for place in answer("traiteur St-Élie").places] == ["Saint-Élie-de-Caxton"]
    assert answer("traiteur St-Louis").places == ()
    assert list(answer("traiteur G8T").results) == list(answer("traiteur G8T 1A1").results) == ["b", "a"]
    assert list(answer("traiteur G9A").results) == ["a", "b"]


def test_words_that_look_like_a_need_are_not_put_for_another(ask: Ask) -> None:
    answer = both(ask, catalogue_of(enterprise("a", "Pompon Exemple", mission="Des pompons et des fenêtres.")))
    assert answer("pompes funèbres").correction == ""
    assert answer("pompes funèbres").unmet == ("services-funeraires",)
    assert answer("pompan").correction == "pompon"


@pytest.mark.parametrize("name", ["Buffet Bouff’Éxemples", "Buffet Bouff'Éxemples", "Buffet Bouff-Éxemples"])
@pytest.mark.parametrize("words", ["bouffexemples", "Bouffexemple", "buffet bouffexemples", "bouff’exemples"])
def test_what_a_name_joins_is_found_joined(ask: Ask, name: str, words: str) -> None:
    answer = both(ask, catalogue_of(enterprise("a", name), enterprise("b", "Atelier d’Exemple")))
    assert at(answer(words), Level.NAME) == ["a"]
    assert answer(words).unknown == ()


def test_an_acronym_is_a_word_that_is_known(exemple: Question) -> None:
    assert exemple("OBNL").unknown == ()
    assert exemple("EÉSAD").unknown == ()


def test_a_phrase_stands_in_one_record(ask: Ask) -> None:
    """What the record before says of it, a few letters away, neither counts nor hides what this one says."""
    assert "dîner de Noël" in VOCABULARIES.categories["traiteur"].synonymes
    one = enterprise("a", "Atelier Exemple", mission="Noël.")
    for mission, speaking in (("Dîners de Noël.", ["b"]), ("Dîners.", [])):
        other = enterprise("b", "Bureau Exemple", mission=mission)
        assert at(both(ask, catalogue_of(one, other))("traiteur"), Level.ACTIVITY) == speaking


def test_offers_confirm_by_themselves(ask: Ask) -> None:
    sure, unsure = Offer("Repas", "traiteur", verification=CONFIRMED), Offer("Buffet", "traiteur", verification=WAITING)
    answer = both(
        ask,
        catalogue_of(
            enterprise("a", "Exemple A", unsure, verification=CONFIRMED),
            enterprise("b", "Exemple B", unsure, sure, Offer("Salle", "location-salles"), verification=WAITING),
            enterprise("c", "Exemple C", Offer("Repas", "traiteur"), verification=CONFIRMED, statut="fermee"),
        ),
    )("traiteur")
    assert {slug: (own.offers, own.is_sure) for slug, own in answer.results.items()} == {
        "b": ((0, 1), True),
        "a": ((0,), False),
    }
    assert list(answer.results) == ["b", "a"]


def test_an_acronym_and_its_long_form_are_one_question(ask: Ask) -> None:
    """What is confirmed of an offer that says the long form is not lost for another that says the acronym."""
    short = Offer("Formation RCR", "entreposage", verification=WAITING)
    long = Offer("Réanimation cardiorespiratoire", "entreposage", verification=CONFIRMED)
    answer = both(ask, catalogue_of(enterprise("a", "Exemple A", short, long)))("RCR")
    assert [(own.offers, own.is_sure) for own in answer.results.values()] == [((0, 1), True)]


@pytest.mark.parametrize(
    ("words", "offer"),
    [
        ("ambulance", Offer("Soins de santé", "sante-soins")),  # a part of what the category holds
        ("traduction anglais français", Offer("Cours d’anglais", "alphabetisation-langues")),  # what comes first leads
        ("40 personnes", Offer("Soins aux personnes", "sante-soins")),
        ("émondage", Offer("Pépinière", "arbres-plantation")),
        ("élagueur", Offer("Pépinière", "arbres-plantation")),
        ("francisation", Offer("Cours d’anglais", "alphabetisation-langues")),
        ("abattage d’arbres", Offer("Pépinière", "arbres-plantation")),  # longer than « arbres »
        ("hébergement d’urgence", Offer("Chambres", "hebergement")),
        ("aréna", Offer("Gérance", "gestion-immobiliere")),  # « gestion d’aréna » does not begin so
        ("médailles", Offer("Refuge", "services-animaliers")),  # « médaille de chien » says more
        ("film en plein air", Offer("Activités de plein air", "sport-plein-air")),
    ],
)
def test_who_may_offer_another_part_is_no_supplier(ask: Ask, words: str, offer: Offer) -> None:
    answer = both(ask, catalogue_of(enterprise("a", "Exemple A", offer)))(words)
    assert at(answer, Level.OFFER, Level.NAME) == ([] if words[0] != "4" else ["a"])
    assert "40" not in answer.unknown


def test_need_and_confirmation_are_of_one_offer(ask: Ask) -> None:
    """Housekeeping at home, confirmed, does not confirm the cleaning of premises."""
    home = Offer("Entretien ménager à domicile", "aide-domicile", verification=CONFIRMED)
    premises = Offer("Entretien de cliniques", "entretien-menager", verification=WAITING)
    answer = both(ask, catalogue_of(enterprise("a", "Exemple A", home, premises), enterprise("b", "Exemple B", home)))(
        "entretien ménager"
    )
    assert {slug: (own.level, own.offers, own.is_sure) for slug, own in answer.results.items()} == {
        "a": (Level.OFFER, (1,), False),
        "b": (Level.ACTIVITY, (), False),
    }


@pytest.mark.parametrize(
    ("words", "offer", "is_offered"),
    [
        ("bottes de travail", Offer("Intégration au travail", "ressources-humaines"), False),
        ("cinéma en plein air", Offer("Activités de plein air", "sport-plein-air"), False),
        ("traiteur école demain", Offer("Buffets", "traiteur"), True),  # who it is for, and when
        ("déneiger un stationnement", Offer("Déneigement", "deneigement"), True),  # a verb and its noun
        ("coop de taxis", Offer("Transport par taxi", "transport-collectif"), True),
        ("taxi", Offer("Transport adapté", "transport-collectif"), False),
        ("matières recyclables", Offer("Récupération de carton", "collecte-matieres"), True),
        ("collecte sélective", Offer("Récupération de carton", "collecte-matieres"), True),
        ("récupération d’ordinateurs", Offer("Appareils usagés", "recyclage-informatique"), True),
        ("urgence plomberie fin de semaine", Offer("Tuyaux", "plomberie-chauffage"), True),  # circumstances
        ("nouveau logo", Offer("Dessins", "graphisme"), True),
        ("shredding of patient files", Offer("Papiers", "destruction-documents"), True),  # small English words
        ("taxi to the hospital", Offer("Transport par taxi", "transport-collectif"), True),
        ("catering for 40 people near Shawinigan", Offer("Buffets", "traiteur"), True),
        ("taxi Bécancour", Offer("Transport par taxi", "transport-collectif"), True),  # a town of elsewhere
        ("plombier à Saint-Hyacinthe", Offer("Tuyaux", "plomberie-chauffage"), True),
        ("conciergerie d’édifices municipaux", Offer("Lavage de planchers", "entretien-menager"), True),
    ],
)
def test_what_leads_a_question_is_what_is_asked(ask: Ask, words: str, offer: Offer, is_offered: bool) -> None:
    others = [enterprise(f"c{rank}", f"Coop d’Exemple {rank}") for rank in range(9)]
    answer = both(ask, catalogue_of(enterprise("a", "Exemple A", offer), *others))(words)
    assert at(answer, Level.OFFER) == (["a"] if is_offered else [])


def test_the_name_of_one_announces_no_other(ask: Ask) -> None:
    care = Offer("Garde d’enfants", "services-garde")
    named = (enterprise(f"cpe-{name}", f"CPE {name.title()}", care) for name in ("saute-mouton", "la-ronde"))
    answer = both(ask, catalogue_of(*named))
    assert {slug: own.level for slug, own in answer("CPE Saute mouton").results.items()} == {
        "cpe-saute-mouton": Level.NAME,
        "cpe-la-ronde": Level.ACTIVITY,
    }
    assert len(at(answer("CPE"), Level.OFFER)) == 2


def test_of_two_needs_the_one_that_nobody_offers_is_told(ask: Ask) -> None:
    cleaner = enterprise("a", "Exemple A", Offer("Entretien ménager de bureaux", "entretien-menager"))
    answer = both(ask, catalogue_of(cleaner))("entretien ménager et déneigement")
    assert at(answer, Level.OFFER) == ["a"]
    assert answer.unmet == ("deneigement",)
