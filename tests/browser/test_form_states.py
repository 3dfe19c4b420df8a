"""The form of corrections in each of its states: accessible, light and dark, and saying what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page
from tests.sites import Project

from annuaire.records.collections import ENTERPRISES
from annuaire.schema import load

from .conftest import CLIPBOARD, Open
from .correcting import FORM, NAME, NEW, part, plain, typed
from .looking import LOOKED_AT, faults_everywhere

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class State:
    """Hold a state of the form: the page it begins with, and what leads to it."""

    url: str
    reach: Callable[[Page], None]
    quiet: bool = True


def send(page: Page) -> None:
    """Ask for the last check."""
    page.get_by_role("button", name="Vérifier et envoyer").click()


def open_all(page: Page) -> None:
    """Open every part of the form, every item and what is under « Plus de détails »."""
    page.evaluate("document.querySelectorAll('[data-parts] details').forEach((e) => { e.open = true; })")


def faulty(page: Page) -> None:
    """Make an error and a warning, then ask for the last check."""
    open_all(page)
    page.get_by_label("Téléphone").first.fill("819")
    page.get_by_label("Courriel").first.fill("marie.tremblay@exemple.org")
    send(page)
    page.locator(".fault--warning").first.wait_for()


def confirm(page: Page) -> None:
    """Confirm an untouched record, all but an offer, and be ready to send it."""
    page.get_by_label("J’écris au nom de l’entreprise").check()
    page.get_by_label("Tout est exact, je confirme").check()
    page.locator(".confirm__offers input").first.uncheck()
    send(page)


def take_away(page: Page) -> None:
    """Take the first offer away."""
    open_all(page)
    part(page, "offre").get_by_role("button", name="Retirer").first.click()
    part(page, "offre").get_by_role("button", name="Remettre").wait_for()


def ready(page: Page) -> None:
    """Change a word, and be ready to send; copy the message."""
    typed(page).fill("Une mission toute neuve.")
    send(page)
    page.get_by_role("button", name="Copier le message").click()
    page.locator(".send__said").filter(visible=True).wait_for()


def ready_at_length(page: Page) -> None:
    """Change more than an e-mail carries."""
    typed(page)
    page.get_by_label("Description").fill("Un mot de plus. " * 140)
    send(page)


def come_back(page: Page) -> None:
    """Type a word, leave, come back."""
    typed(page).fill("Une mission toute neuve.")
    page.reload()
    page.locator("[data-hint]").wait_for()


def search(page: Page) -> None:
    """Begin a record, then look for another."""
    come_back(page)
    page.goto(page.url.split("?")[0])
    page.get_by_label("Nom de l’entreprise").fill("exemple")
    page.locator("[data-find-rows] a").first.wait_for()


def break_data(page: Page) -> None:
    """Load the page again without the data of the form."""
    page.route("**/formulaire.json", lambda route: route.fulfill(status=500))
    page.reload()
    page.locator("[data-failed]").wait_for()


STATES = {
    "as it opens": State(FORM, lambda _: None),
    "everything open": State(FORM, open_all),
    "all the fields": State(f"{FORM}&complet", open_all),
    "confirmed": State(FORM, confirm),
    "empty": State(NEW, lambda _: None),
    "empty, sent": State(NEW, send),
    "faults": State(FORM, faulty),
    "an item taken away": State(FORM, take_away),
    "ready to send": State(FORM, ready),
    "ready, too long for an e-mail": State(FORM, ready_at_length),
    "taken up again": State(FORM, come_back),
    "finder": State(FORM, search),
    "no such record": State("contribuer/?fiche=rien", lambda _: None, quiet=False),
    "failure": State(FORM, break_data, quiet=False),
    "hostile record": State("contribuer/?fiche=exemple-hostile", open_all),
}


@pytest.mark.parametrize("state", STATES)
def test_state_is_accessible(state: str, site: str, visit: Open) -> None:
    wanted = STATES[state]
    with visit(site, quiet=wanted.quiet, **LOOKED_AT, **CLIPBOARD) as visited:
        visited.open(wanted.url)
        wanted.reach(visited.page)
        assert faults_everywhere(visited.page) == []


def test_a_former_address_leads_to_the_present_record(site: str, visit: Open) -> None:
    """So does that of a record merged into another, which has no page and no form of its own."""
    with visit(site, quiet=False) as visited:
        for slug, title in (("menage-exemple", NAME), ("la-ruche-exemple", "100 % Exemple")):
            visited.open(f"contribuer/?fiche={slug}")
            assert title in plain(visited.page.locator("[data-title]").inner_text())


def test_a_place_that_moves_loses_its_point(site: str, visit: Open) -> None:
    """Polygons come one by one, for the places that have a point alone; one that moves has none any more."""
    with visit(site) as visited:
        page = visited.page
        visited.open(FORM)
        open_all(page)
        town = page.get_by_label("Municipalité (obligatoire)").nth(1)
        town.fill("Shawinigan")
        town.press("Tab")
        send(page)
        assert part(page, "lieux").locator(".fault--warning", has_text="en dehors de Shawinigan").count() == 0
        asked = page.evaluate("performance.getEntriesByType('resource').map((e) => e.name)")
        assert len([url for url in asked if "/polygones/" in url]) == 2  # of its two places, before one moved
        assert page.get_by_label("Latitude").count() == 0, "a point is asked of nobody"
        said = page.locator("[data-send]").inner_text()
        assert "latitude" in said.casefold(), said
        assert "retiré" in said


DRAFT = {"root": {"nom": "Exemple"}, "items": {}, "texte": "nom: Exemple\n", "base": "00000000", "date": "2026-11-01"}


@pytest.mark.parametrize(
    "odd",
    [
        {"root": {"nom": ["a"], "mission": {"a": "b"}}},
        {"root": {"nom": "Exemple", "mission": {"a": "b"}}},
        {"root": {"nom": "Exemple", "contact_achats": "texte", "verification": {"statut": {}}}},
        {"items": {"offres": {"a": 1}}},
        {"items": {"offres": [[1, {"nom": {}, "territoires": "tous"}]]}},
        {"texte": "nom: ["},
        {"date": ""},
    ],
)
def test_a_draft_that_cannot_be_taken_up_leaves_the_form_whole(site: str, visit: Open, odd: dict[str, object]) -> None:
    """It was kept by another version of the form, or cut: the page says so once, and the record is there."""
    with visit(site, quiet=False) as visited:
        page = visited.page
        visited.open(NEW)
        kept = {"format": 1, "brouillons": [[FORM.split("=")[1], {**DRAFT, **odd}]]}
        page.evaluate("(kept) => localStorage.setItem('annuaire-formulaire', JSON.stringify(kept))", kept)
        visited.open(FORM)
        assert "n’a pas pu être repris" in page.locator("[data-hint]").inner_text()
        assert typed(page).input_value().startswith("Former au métier")
        assert page.evaluate("localStorage.length") == 0
        visited.open(FORM)
        assert page.locator("[data-hint]").is_hidden()


def test_what_a_paste_brings_and_nobody_sees_is_left_out(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(FORM)
        typed(page).fill("Une\u200b mission\u2028toute\t\u00ad neuve\u202e\ufeff.")
        page.locator("#partie-offre > summary").click()
        page.locator("#partie-offre .item__summary").first.click()
        page.get_by_label("Catégorie d’achat (obligatoire)").first.fill("\u200btraiteur\ufeff")
        send(page)
        message = page.locator("#message-texte").input_value()
        assert "[mission]\u00a0: «\u00a0Une mission¶toute neuve.\u00a0»" in message
        assert "[offres.1.categorie]\u00a0: «\u00a0traiteur\u00a0»" in message


def test_the_preview_follows_and_a_warning_does_not_stop(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(FORM)
        page.locator("#partie-entreprise > summary").click()
        page.get_by_label("Nom (obligatoire)").fill("Le <b>Nom</b> nouveau")
        page.locator(".preview__name", has_text="Le <b>Nom</b> nouveau").wait_for()
        assert page.locator("[data-preview] b").count() == 0
        part(page, "presentation").locator("summary").click()
        page.get_by_label("Description").fill("Des **équipes** et [un guide](https://exemple.org/g), *toujours*.")
        page.locator(".preview__text", has_text="Des équipes et un guide, toujours.").wait_for()
        part(page, "lieux").locator("summary").first.click()
        part(page, "lieux").locator(".item__summary").first.click()
        mail = part(page, "lieux").get_by_label("Courriel").first
        mail.fill("marie.tremblay@exemple.org")
        page.get_by_role("button", name="Vérifier et envoyer").click()
        assert page.locator("[data-faults]").is_hidden()
        assert page.get_by_role("heading", name="Votre proposition est prête").is_visible()
        assert "À vérifier" in part(page, "lieux").locator(".fault--warning").inner_text()
        assert mail.get_attribute("aria-invalid") is None


def test_the_note_of_a_part_cuts_what_is_long_between_words(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open(FORM)
        for name, label, text, told in (
            ("joindre", "Site web", f"https://{'exemple-' * 8}fin.example.org/", f"https://{'exemple-' * 4}exemple…"),
            (
                "presentation",
                "Activité",
                f"Offrir des services, {'des soins, ' * 9}",
                "Offrir des services, des soins, des soins, des…",
            ),
        ):
            part(visited.page, name).locator("summary").first.click()
            part(visited.page, name).get_by_label(label).first.fill(text)
            part(visited.page, name).locator(".part__note", has_text=told).wait_for(timeout=5000)


def test_an_unknown_record_leads_to_the_others(site: str, visit: Open) -> None:
    with visit(site, quiet=False) as visited:  # the browser itself says that the record is not there
        visited.open("contribuer/?fiche=n-existe-pas")
        assert "n’existe pas ou ne se corrige pas en ligne" in visited.page.locator("[data-failed]").inner_text()
        visited.page.get_by_label("Nom de l’entreprise").fill("caisse")
        link = visited.page.locator("[data-find-rows] a").first
        assert link.get_attribute("href") == "?fiche=caisse-d-exemple"


def test_what_a_person_writes_is_guessed_no_more(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open("contribuer/?fiche=club-nautique-exemple-de-la-pointe")
        page.locator("#partie-entreprise > summary").click()
        assert "Deviné à partir du nom" in page.locator("#champ-secteur-aide").inner_text()
        page.get_by_label("Secteur (obligatoire)").select_option(label="Transport")
        page.get_by_role("button", name="Vérifier et envoyer").click()
        message = plain(page.locator("#message-texte").input_value())
        assert "[secteur] : « transport »" in message
        assert "[verification.deduits] : retiré (était « secteur »)" in message


def test_nothing_changed_sends_nothing(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open(FORM)
        visited.page.get_by_role("button", name="Vérifier et envoyer").click()
        assert "Rien n’a changé" in visited.page.locator("[data-said]").inner_text()
        assert visited.page.locator("[data-send]").is_hidden()
        assert visited.page.evaluate("localStorage.length") == 0


def test_without_the_data_the_page_says_so(site: str, visit: Open) -> None:
    with visit(site, quiet=False) as visited:
        visited.page.route("**/formulaire.json", lambda route: route.fulfill(status=500))
        visited.open(FORM)
        assert "n’a pas pu être chargé" in visited.page.locator("[data-failed]").inner_text()
        assert visited.page.get_by_role("heading", name="Corriger ou compléter une fiche").is_visible()


def test_every_record_of_the_site_opens(site: str, example: Project, visit: Open) -> None:
    """The text of each record is published, and the form reads it."""
    slugs = [path.stem for path in sorted((example.site / "contribuer" / "fiches").glob("*.yml"))]
    assert len(slugs) > 30
    with visit(site) as visited:
        for slug in ("exemple-hostile", "caisse-d-exemple", "maison-l-eclaircie-d-exemple"):
            assert slug in slugs
            visited.open(f"contribuer/?fiche={slug}")
            assert visited.page.locator(".part").count() == 12


def test_no_field_of_the_schema_is_forgotten(site: str, visit: Open) -> None:
    """Each field has its control, or stays as it is for a reason that `sections.js` says."""
    kept = {"entreprise", "anciens_slugs", "verification_deduits"}
    with visit(site) as visited:
        visited.open(f"{FORM}&complet")
        shown = set(
            visited.page.evaluate("[...document.querySelectorAll('[data-parts] [id^=champ-]')].map((e) => e.id)")
        )
    for field in load(ENTERPRISES).root.fields:
        assert (f"champ-{field.name}" in shown) is (field.name not in kept), field.name


CONTROLS = """
[...document.querySelectorAll("[id^=champ-]:is(input, select, textarea):not([type=checkbox], [type=search])")].map(
  (node) => [
  node.id.replace(/^champ-/, "").replace(/-u[0-9]+-/, "."),
  node.labels[0]?.textContent ?? "",
  (node.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent).join(),
  node.required,
  node.list?.options.length ?? 0,
])
"""


def test_each_control_says_what_it_is(site: str, visit: Open) -> None:
    """Label, help, « obligatoire » and the words to choose from are those of the schema, in the browser's own terms."""
    with visit(site) as visited:
        visited.open(f"{FORM}&complet")
        controls = visited.page.evaluate(CONTROLS)
    fields = {f"{t.key}.{f.name}" if t.key else f.name: f for t in load(ENTERPRISES).tables for f in t.fields}
    lists = {"municipalites", "categories"}
    met = set()
    for name, label, words, is_required, choices in controls:
        field = fields[name]
        assert label.replace("\u00a0", " ") == field.title + (" (obligatoire)" if field.required else ""), name
        assert len(words) > 10, name
        assert is_required is field.required, name
        assert (choices > 10) is (field.vocabulary in lists), name
        met.add(field.vocabulary)
    assert lists < met


def test_without_script_the_page_tells_how_to_write(site: str, visit: Open) -> None:
    with visit(site, java_script_enabled=False) as visited:
        visited.page.goto(f"{site}contribuer/")
        text = visited.page.locator("main").inner_text()
        assert "Le formulaire en ligne demande JavaScript" in text
        assert "Corriger ou compléter une fiche" in text
        assert visited.page.get_by_role("button", name="Vérifier et envoyer").count() == 0
        address = urlsplit(
            visited.page.get_by_role("link", name="Écrire un courriel déjà commencé").get_attribute("href") or ""
        )
        assert (address.scheme, address.path) == ("mailto", "info@pole.example.org")
        lines = plain(parse_qs(address.query)["body"][0]).split("\r\n")
        assert lines[:3] == ["Bonjour,", "", "Entreprise (son nom, ou l’adresse de sa page) : "]
        assert "Tout est exact, je confirme la fiche (oui ou non) : " in lines
        assert "confirmer que tout est exact" in text
        assert visited.page.locator("noscript a[href^='tel:+1-819-555-0100']").is_visible()
