"""« Quel mode d’achat? » by keyboard and on a telephone: a mode only from rules in force, suppliers around a town."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Page
from tests.sites import Project

from .conftest import WIDTHS, Open, Visit
from .looking import overflow, violations
from .selecting import catalogue

pytestmark = pytest.mark.browser

MODE = "acheter/mode/"
NOON = "2026-11-22T12:00:00-05:00"
AFTER = "2028-06-01T12:00:00-04:00"  # every rule of the Exemple site has run out
TOWN = "Exempleville"
OTHER_TOWN = "Exemple-les-Bains (MRC des Grands-Exemples)"
TO_CONFIRM = "Maison des jeunes L’Exemple à suivre"
CLEANER = "Entretien Exemple, entreprise d’insertion"


@contextmanager
def asking(origin: str, visit: Open, when: str = NOON, **options: Any) -> Iterator[Visit]:
    """Visit the site on a fixed day."""
    with visit(origin, at=when, **options) as visited:
        yield visited


def ask(visited: Visit, **fields: str) -> str:
    """Ask through the address; return the title of the judgement."""
    visited.open(f"{MODE}?{urlencode(fields)}")
    return title(visited.page)


def title(page: Page) -> str:
    """Give the judgement, once it shows."""
    found: str = page.locator("[data-mode-verdict] h2").inner_text()
    return found.replace("\u00a0", " ")


def unfolded(page: Page) -> str:
    """Give all that the judgement says, its sources open."""
    page.locator("[data-mode-verdict] summary").click()
    words: str = page.locator("[data-mode-verdict]").inner_text()
    return words.replace("\u00a0", " ")


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_question_by_keyboard_alone(site: str, visit: Open, width: int) -> None:
    with asking(site, visit, width=width) as visited:
        page = visited.page
        visited.open(MODE)
        page.locator("input[name=organisme]").first.focus()
        page.keyboard.press("ArrowDown")
        assert page.locator("input[name=organisme]:checked").get_attribute("value") == "mrc"
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Tab")
        page.keyboard.type(OTHER_TOWN)
        for _ in range(3):  # the by-law is left empty, and the box beside it
            page.keyboard.press("Tab")
        page.keyboard.press("ArrowUp")
        assert page.locator("input[name=contrat]:checked").get_attribute("value") == "biens"
        page.keyboard.press("Tab")
        page.keyboard.type("45 000 $")
        page.keyboard.press("Enter")
        assert title(page) == "Mode d’achat : appel d’offres sur invitation"
        assert page.evaluate("document.activeElement.matches('[data-mode-verdict]')")
        asked = parse_qs(urlsplit(page.url).query)
        assert (asked["organisme"], asked["contrat"], asked["montant"]) == (["municipalite"], ["biens"], ["45 000 $"])
        verdict = page.locator("[data-mode-verdict]")
        assert "à partir de 30 000 $" in verdict.inner_text().replace("\u00a0", " ")
        assert "Période" not in verdict.inner_text(), "sources are folded"
        assert verdict.bounding_box()["y"] < page.locator("[data-mode-form]").bounding_box()["y"], "the answer is first"
        words = unfolded(page)
        assert "Période : du 1er janvier 2026 au 31 décembre 2027" in words
        assert "Vérifié le 15 octobre 2026" in words
        assert "Au moins 2 fournisseurs doivent être invités." in words
        assert "pas un avis juridique" in words
        assert overflow(page) == []
        assert violations(page) == []


def test_address_says_the_question_and_back_works(site: str, visit: Open) -> None:
    with asking(site, visit) as visited:
        page = visited.page
        said = ask(visited, organisme="municipalite", contrat="biens", montant="20000")
        assert said == "Mode d’achat : gré à gré"
        page.fill("#mode-montant", "500 000")
        page.press("#mode-montant", "Enter")
        assert title(page) == "Mode d’achat : appel d’offres public"
        page.go_back()
        page.wait_for_function("() => document.querySelector('#verdict').textContent.includes('gré à gré')")
        assert page.input_value("#mode-montant") == "20000"
        page.get_by_role("button", name="Recommencer").click()
        assert not page.locator("[data-mode-verdict]").is_visible()


@pytest.mark.parametrize("amount", ["10", "45000", "5000000"])
def test_expired_rules_give_no_mode(site: str, visit: Open, amount: str) -> None:
    with asking(site, visit, AFTER) as visited:
        said = ask(visited, organisme="municipalite", contrat="services", montant=amount, lieu=TOWN)
        assert said == "Seuil à vérifier auprès du MAMH"
        words = unfolded(visited.page)
        assert "Mode d’achat" not in words
        assert "Dernière valeur connue :" in words
        assert "à partir de 130 000 $" in words
        assert "Expiré" in words
        assert "Source : Règlement d’Exemple" in words


def test_by_law_comes_first(site: str, visit: Open) -> None:
    question = {"organisme": "municipalite", "contrat": "biens", "montant": "45000"}
    with asking(site, visit) as visited:
        assert ask(visited, **question, lieu=TOWN) == "Mode d’achat : gré à gré"
        words = unfolded(visited.page)
        assert "Règlement 12-2026" in words
        assert "seuil de l’appel public, 130 000 $ aujourd’hui" in words
        assert ask(visited, **question, lieu=OTHER_TOWN).endswith("invitation")
        assert ask(visited, **question, lieu="exemple-les-bains").endswith("invitation")
        assert ask(visited, **question, lieu=OTHER_TOWN, reglement="50 000").endswith("gré à gré")
        assert ask(visited, **question, lieu=OTHER_TOWN, reglement="45 000").endswith("invitation")


def test_exemption_needs_a_confirmed_form(site: str, visit: Open) -> None:
    question = {"organisme": "municipalite", "contrat": "services", "montant": "200000"}
    with asking(site, visit) as visited:
        assert ask(visited, **question) == "Mode d’achat : appel d’offres public"
        assert ask(visited, **question, fournisseur=CLEANER) == "Mode d’achat : gré à gré"
        assert "Selon une exemption" in visited.page.locator("[data-mode-verdict]").inner_text()
        unsure = ask(visited, **question, fournisseur=TO_CONFIRM)
        assert unsure == "Mode d’achat : appel d’offres public"
        unknown = ask(visited, **question, fournisseur="Une entreprise inconnue")
        assert unknown == "Mode d’achat : appel d’offres public"
        words = visited.page.locator("[data-mode-verdict]").inner_text().replace("\u00a0", " ")
        assert "aucune exemption n’est examinée" in words
        assert ask(visited, **(question | {"contrat": "biens"}), fournisseur=CLEANER).endswith("appel d’offres public")


def test_a_name_that_two_enterprises_bear_confirms_no_form(site: str, example: Project, visit: Open) -> None:
    data = catalogue(example.site)
    names = data["entreprises"]["nom"]
    names[(names.index(CLEANER) + 1) % len(names)] = CLEANER
    with asking(site, visit) as visited:
        visited.page.route("**/acheter/catalogue.json", lambda route: route.fulfill(json=data))
        question = {"organisme": "municipalite", "contrat": "services", "montant": "200000"}
        assert ask(visited, **question, fournisseur=CLEANER) == "Mode d’achat : appel d’offres public"


def fault(page: Page, name: str) -> str:
    """Give the fault shown at a field, which the field names as its description; "" when there is none."""
    shown = page.locator(f"#mode-{name}-faute")
    if shown.count() == 0:
        return ""
    assert f"mode-{name}-faute" in (page.locator(f"[name={name}]").first.get_attribute("aria-describedby") or "")
    assert page.locator(f"[name={name}]").first.get_attribute("aria-invalid") == "true"
    return shown.inner_text().replace("\u00a0", " ")


@pytest.mark.parametrize("amount", ["abc", "-5", "1e3", "0"])
def test_an_address_without_an_amount_is_at_fault_at_its_field(site: str, visit: Open, amount: str) -> None:
    with asking(site, visit) as visited:
        visited.open(f"{MODE}?{urlencode({'organisme': 'municipalite', 'montant': amount})}")
        visited.page.locator("[data-mode-faults] a").wait_for()
        assert "écrivez un montant en dollars" in fault(visited.page, "montant")
        assert not visited.page.locator("[data-mode-verdict]").is_visible()


def test_an_address_that_only_fills_the_form_asks_nothing_yet(site: str, visit: Open) -> None:
    with asking(site, visit) as visited:
        visited.open(f"{MODE}?organisme=mrc&categorie=formation")
        visited.page.locator("[data-mode-form]").wait_for()
        assert visited.page.locator("#mode-categorie").input_value() == "formation"
        assert visited.page.locator(".fault").count() == 0
        assert not visited.page.locator("[data-mode-faults]").is_visible()


def test_a_missing_amount_is_a_fault_at_its_field(site: str, visit: Open) -> None:
    with asking(site, visit) as visited:
        page = visited.page
        visited.open(MODE)
        page.get_by_role("button", name="Voir le mode d’achat").click()
        assert page.evaluate("document.activeElement.matches('[data-mode-faults]')")
        assert page.locator("[data-mode-faults] li").all_inner_texts()[0].startswith("Dépense prévue")
        assert "écrivez la dépense prévue" in fault(page, "montant")
        assert violations(page) == []
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "mode-montant"
        page.keyboard.type("45000")
        assert fault(page, "montant") == ""
        page.keyboard.press("Enter")
        assert title(page).endswith("invitation")
        assert not page.locator("[data-mode-faults]").is_visible()


def test_a_by_law_typed_holds_below_the_lowest_ceiling_ever_recorded(site: str, visit: Open) -> None:
    """No ceiling is in force that day: those recorded for Exemple are 120 000 $ and 130 000 $."""
    question = {"organisme": "municipalite", "contrat": "biens", "lieu": OTHER_TOWN}
    unverified = "Plafond légal et nouvelle loi non vérifiés ici."
    with asking(site, visit, AFTER) as visited:
        said = ask(visited, **question, montant="45000", reglement="60000")
        assert said == "Selon le montant que vous avez saisi : gré à gré"
        words = visited.page.locator("[data-mode-verdict]").inner_text().replace("\u00a0", " ")
        assert unverified in words
        assert "120 000 $" in words
        assert violations(visited.page) == []
        named = ask(visited, **question, montant="119999", plafond="seuil-du-ministre")
        assert named == "Selon le règlement que vous avez indiqué : gré à gré"
        assert ask(visited, **question, montant="120000", reglement="500000") == "Seuil à vérifier auprès du MAMH"
        words = visited.page.locator("[data-mode-verdict]").inner_text().replace("\u00a0", " ")
        assert "il faut d’abord connaître celui d’aujourd’hui" in words
    with asking(site, visit) as visited:
        assert ask(visited, **question, montant="125000", reglement="500000").endswith("gré à gré")
        words = visited.page.locator("[data-mode-verdict]").inner_text().replace("\u00a0", " ")
        assert unverified not in words, "the ceiling of that day is known"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"organisme": "organisme-public", "reglement": "60000"}, "seules une municipalité et une MRC en ont un"),
        ({"reglement": "40000"}, "Votre règlement (gré à gré sous 40 000 $) ne couvre pas cette dépense : lisez"),
        ({"reglement": "40000", "lieu": TOWN}, "n’a pas servi : le vôtre passe avant"),
        ({"reglement": "60000", "lieu": OTHER_TOWN}, "n’a pas servi : votre règlement suffit"),
        ({"lieu": OTHER_TOWN}, "Aucun règlement de gestion contractuelle n’est inscrit ici pour Exemple-les-Bains"),
        ({"lieu": "MRC des Grands-Exemples"}, "est une MRC : écrivez la municipalité"),
        ({"organisme": "organisme-public", "lieu": TOWN}, "Le lieu (Exempleville"),
        ({"categorie": "formation"}, "Indiquez aussi la municipalité pour voir les fournisseurs proches."),
        ({"fournisseur": "Coop que nul ne connaît"}, "n’est pas le nom d’une entreprise active du répertoire"),
        ({"fournisseur": CLEANER, "contrat": "biens"}, "ce choix ne change rien, aucune exemption en vigueur"),
        ({"fournisseur": TO_CONFIRM}, "n’est pas confirmée, aucune exemption n’est examinée"),
    ],
)
def test_no_answer_is_left_aside_without_a_word(site: str, visit: Open, fields: dict[str, str], words: str) -> None:
    question = {"organisme": "municipalite", "contrat": "services", "montant": "45000"} | fields
    with asking(site, visit) as visited:
        ask(visited, **question)
        said = visited.page.locator(".verdict__notes").inner_text().replace("\u00a0", " ")
        assert words in said


def test_a_form_that_no_exemption_covers_is_said(site: str, example: Project, visit: Open) -> None:
    data = catalogue(example.site)
    covered = {"obnl", "cooperative-de-solidarite"}
    rank = next(
        rank
        for rank, form in enumerate(data["entreprises"]["forme"])
        if data["entreprises"]["forme_confirmee"][rank] and data["formes"][form][0] not in covered
    )
    name = data["entreprises"]["nom"][rank]
    with asking(site, visit) as visited:
        question = {"organisme": "municipalite", "contrat": "services", "montant": "45000"}
        assert ask(visited, **question, fournisseur=name).endswith("invitation")
        said = visited.page.locator(".verdict__notes").inner_text().replace("\u00a0", " ")
        assert f"{name} : aucune exemption inscrite ici ne vise sa forme juridique (" in said


def test_data_that_cannot_be_read_are_said(site: str, visit: Open) -> None:
    with asking(site, visit, quiet=False) as visited:
        visited.page.route("**/acheter/catalogue.json", lambda route: route.abort())
        ask(visited, organisme="municipalite", montant="45000", fournisseur=CLEANER)
        assert "n’ont pas pu être lues" in visited.page.locator(".verdict__notes").inner_text()


def test_an_address_that_names_no_choice_is_told(site: str, visit: Open) -> None:
    with asking(site, visit) as visited:
        visited.open(f"{MODE}?{urlencode({'organisme': 'paroisse', 'montant': '45000', 'categorie': 'lune'})}")
        visited.page.locator("[data-mode-faults] li").first.wait_for()
        assert "« paroisse », qui n’est pas un choix" in fault(visited.page, "organisme")
        assert "« lune », qui n’est pas un choix" in fault(visited.page, "categorie")
        assert not visited.page.locator("[data-mode-verdict]").is_visible()


def test_a_stricter_by_law_is_read_before_the_threshold(site: str, visit: Open) -> None:
    with asking(site, visit) as visited:
        fields = {"organisme": "municipalite", "contrat": "services", "montant": "22000", "reglement": "20000"}
        assert ask(visited, **fields) == "Mode à lire dans votre règlement"
        assert "ne permet pas le gré à gré à ce montant" in visited.page.locator("[data-mode-verdict]").inner_text()


def test_public_bodies_know_themselves(site: str, visit: Open) -> None:
    with asking(site, visit) as visited:
        visited.open(MODE)
        label = visited.page.locator("label", has=visited.page.locator("input[value=organisme-public]")).inner_text()
        assert {"Centre de services scolaire", "cégep", "hôpital…"} <= set(label.splitlines()[-1].split(", "))


def expected(data: dict[str, Any], category: str, mrc: str) -> dict[str, set[str]]:
    """Sort, in plain Python, the enterprises that offer a category around an MRC; unconfirmed ones under « autres »."""
    wanted = [row[0] for row in data["categories"]].index(category)
    home = [row[0] for row in data["mrc"]].index(mrc)
    neighbours = set(data["mrc"][home][7])
    enterprises, offers = data["entreprises"], data["offres"]
    found: dict[str, set[str]] = {"ici": set(), "voisins": set(), "ailleurs": set(), "autres": set()}
    for index, name in enumerate(enterprises["nom"]):
        own = [
            rank
            for rank, owner in enumerate(offers["entreprise"])
            if owner == index and offers["categorie"][rank] == wanted
        ]
        sure = [rank for rank in own if offers["confirmee"][rank]]
        served: dict[bool, bool] = {True: False, False: False}
        for rank in own:
            area = offers["desserte"][rank] if offers["desserte"][rank] >= 0 else enterprises["desserte"][index]
            serves = area >= 0 and (data["dessertes"][area] == "quebec" or home in data["dessertes"][area])
            served[rank in sure] |= serves
        places = set(enterprises["mrc"][index])
        near = "ici" if home in places else "voisins" if places & neighbours else ""
        if own and near:
            found[near if sure else "autres"].add(name)
        elif served[True]:
            found["ailleurs"].add(name)
        elif served[False]:
            found["autres"].add(name)
    return found


def test_suppliers_around_a_town(site: str, example: Project, visit: Open) -> None:
    data = catalogue(example.site)
    with asking(site, visit) as visited:
        for category in ("publipostage", "entretien-menager", "location-salles", "formation"):
            ask(visited, organisme="municipalite", contrat="services", montant="45000", lieu=TOWN, categorie=category)
            section = visited.page.locator("[data-mode-suppliers]")
            section.locator("h2").wait_for()
            shown = {
                place: set(section.locator(f"[data-place={place}] .row__name").all_inner_texts())
                for place in ("ici", "voisins", "ailleurs", "autres")
            }
            wanted = expected(data, category, "997")
            assert shown == wanted
            sure = sum(len(wanted[place]) for place in ("ici", "voisins", "ailleurs"))
            words = section.inner_text().replace("\u00a0", " ")
            assert ("Inviter au moins 2 fournisseurs est possible." in words) is (sure >= 2)
            assert violations(visited.page) == []


def test_wrong_amount_and_place_are_said(site: str, visit: Open) -> None:
    with asking(site, visit) as visited:
        page = visited.page
        visited.open(MODE)
        page.fill("#mode-montant", "beaucoup")
        page.press("#mode-montant", "Enter")
        assert "écrivez un montant en dollars" in fault(page, "montant")
        assert not page.locator("[data-mode-verdict]").is_visible()
        page.fill("#mode-montant", "0")
        page.press("#mode-montant", "Enter")
        assert "doit dépasser zéro" in fault(page, "montant")
        page.fill("#mode-montant", "1000")
        page.fill("#mode-lieu", "Nulle part")
        page.fill("#mode-reglement", "50000")
        page.check("#mode-plafond")
        page.press("#mode-lieu", "Enter")
        assert "de la liste" in fault(page, "lieu")
        assert "pas les deux" in fault(page, "reglement")
        assert len(page.locator("[data-mode-faults] li").all()) == 2


def test_all_the_rules_show_without_scripts(site: str, visit: Open) -> None:
    with visit(site, java_script_enabled=False) as visited:
        visited.open(MODE)
        assert "pas un avis juridique" in visited.page.locator("main").inner_text()
        assert not visited.page.locator("[data-mode-form]").is_visible()
        states = visited.page.locator(".rules .badge").all_inner_texts()
        assert {"En vigueur", "Expiré"} <= set(states)
        assert "personne n’a vérifié" not in visited.page.locator("main").inner_text(), "unchecked: unpublished"


@pytest.mark.parametrize("url", ["acheter/initiative/", "acheter/participer/"])
def test_a_demonstration_speaks_for_nobody(site: str, made_up: str, visit: Open, url: str) -> None:
    with visit(made_up) as visited:
        visited.open(url)
        assert "ne parle pas au nom d’un Pôle" in visited.page.locator("main").inner_text()
        assert visited.page.locator("main a[href^='mailto:']").count() == 0
    with visit(site) as visited:
        visited.open(url)
        assert visited.page.locator("main a[href='mailto:info@pole.example.org']").count() == 1
