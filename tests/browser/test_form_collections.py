"""Correct the records of a collection that the program knew nothing of, with the form of enterprises.

« Foires » is made up (tests/foires): no script names it, and all that the form shows of it comes from its schema.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route
from tests import foires
from tests.sites import EXAMPLES, Project, lay_out

from annuaire.yamlfile import source

from .conftest import CLIPBOARD, WIDTHS, Open
from .correcting import message_of, part, plain, tab_to, type_over
from .looking import LOOKED_AT, faults_everywhere, overflow, violations

pytestmark = pytest.mark.browser

REFERENCE = f"{foires.NAME}/{foires.SLUG}"
FORM = f"contribuer/?fiche={REFERENCE}"
NEW = f"contribuer/?nouvelle={foires.NAME}"
RECORD = foires.HERE / "fiches" / f"{foires.SLUG}.yml"
NAME = "Foire Exemple des fromages"
HOSTILE = "foire-hostile"
HOSTILE_TEXT = r"""nom: "Foire <img src=x onerror=window.pirate=1> \"onclick=window.pirate=1 {{ 7*7 }} ${7*7}"
genre: salon
resume: </script><script>window.pirate=2</script>
description: "[clic](https://exemple.org/\"onmouseover=\"window.pirate=3) **<svg onload=window.pirate=4>**"
anciens_slugs: [foire-ancienne]
kiosques:
  - nom: "<iframe src='javascript:window.pirate=5'></iframe>"
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the program that has fairs."""
    return foires.program_with_fairs(tmp_path_factory.mktemp("programme"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, program: Path) -> Project:
    """Build the Exemple site with fairs, one of which tries to act on what shows it."""
    project = lay_out(tmp_path_factory.mktemp("site"), EXAMPLES)
    foires.be_alone(project)
    (project.root / "content" / foires.NAME / f"{HOSTILE}.yml").write_text(HOSTILE_TEXT, encoding="utf-8")
    project.commit()
    done = foires.run(program, project, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    return project


@pytest.fixture(scope="module")
def fairs(built: Project, serve_folder: Callable[[Path], str]) -> str:
    """Serve that site; give its address."""
    return serve_folder(built.site)


@pytest.fixture
def received(tmp_path: Path, program: Path, built: Project) -> Callable[[str, str], str]:
    """Give what applies a message, or a file, to the fairs, and gives the text of one of them then."""
    project = built.copy(tmp_path / "received")

    def apply(text: str, slug: str, name: str = "message.txt") -> str:
        (project.root.parent / name).write_text(text, encoding="utf-8")
        done = foires.run(program, project, "apply", str(project.root.parent / name), "--yes")
        assert done.returncode == 0, done.stdout + done.stderr
        return (project.root / "content" / foires.NAME / f"{slug}.yml").read_text(encoding="utf-8")

    return apply


def check(page: Page) -> None:
    """Ask for the last check."""
    page.get_by_role("button", name="Vérifier et envoyer").click()


def stands(page: Page) -> Locator:
    """Give the part of the stands."""
    return part(page, "liste-kiosques")


def test_a_fair_is_corrected_by_keyboard(fairs: str, visit: Open, received: Callable[..., str]) -> None:
    with visit(fairs, width=WIDTHS["narrow"], **LOOKED_AT, **CLIPBOARD) as visited:
        page = visited.page
        visited.open(f"{REFERENCE}/")
        page.get_by_role("link", name="Corriger cette fiche").focus()
        page.keyboard.press("Enter")
        title = page.get_by_role("heading", name=f"Corriger la fiche « {NAME} »")
        title.and_(page.locator(":focus")).wait_for()
        asked = page.evaluate("performance.getEntriesByType('resource').map((e) => e.name)")
        own = [url.partition("/contribuer/")[2] for url in asked if "/contribuer/" in url]
        assert sorted(own) == [f"fiches/{REFERENCE}.yml", "formulaire-foires.json", "regles-foires.json"]
        assert page.get_by_role("link", name="Voir la fiche actuelle").get_attribute("href") == f"{fairs}{REFERENCE}/"

        tab_to(page, page.get_by_label("En bref"))
        type_over(page, "On y goûte soixante fromages.")
        tab_to(page, stands(page).locator("summary").first)
        page.keyboard.press("Enter")
        tab_to(page, page.get_by_role("button", name="Ajouter une ligne : kiosques"))
        page.keyboard.press("Enter")
        added = stands(page).locator(".item").last
        assert added.get_by_label("Nom").evaluate("e => e === document.activeElement")
        page.keyboard.press("Tab")
        page.keyboard.type("819-555-0142 x")
        tab_to(page, page.get_by_role("button", name="Vérifier et envoyer"))
        page.keyboard.press("Enter")
        faults = page.locator("[data-faults]")
        assert faults.evaluate("e => e === document.activeElement")
        assert plain(faults.inner_text()).splitlines() == [
            "2 réponses à corriger avant l’envoi",
            "Kiosques, ligne 2, nom : le champ « nom » est obligatoire et n’est pas rempli",
            "Kiosques, ligne 2, téléphone : « 819-555-0142 x » n’est pas un numéro de téléphone",
        ]
        assert violations(page) == []
        assert overflow(page) == []
        tab_to(page, faults.get_by_role("link", name="Kiosques, ligne 2, nom"))
        page.keyboard.press("Enter")
        page.keyboard.type("Kiosque neuf")
        page.keyboard.press("Tab")
        type_over(page, "819 555-0142")
        tab_to(page, page.get_by_role("button", name="Vérifier et envoyer"))
        page.keyboard.press("Enter")
        send = page.locator("[data-send]")
        assert send.get_by_role("heading", name="Votre proposition est prête").evaluate(
            "e => e === document.activeElement"
        )
        assert violations(page) == []
        assert overflow(page) == []
        said = plain(send.locator(".send__changes").inner_text())
        assert "Kiosques : 1 de plus" in said
        assert "Kiosques, ligne 2, téléphone : 819 555-0142" in said
        before = RECORD.read_text(encoding="utf-8")
        expected = message_of(
            "• En bref [resume] : « On y goûte soixante fromages. » "
            "(était « On y goûte les fromages des coopératives de la région. »)",
            "• Ordre [kiosques] : « 1, nouveau 1 »",
            "• Nom [kiosques.nouveau 1.nom] : « Kiosque neuf »",
            "• Téléphone [kiosques.nouveau 1.telephone] : « 819 555-0142 »",
            text=before,
            introduction=f"Voici ce que je propose de changer dans la fiche « {NAME} » (foire).",
            slug=REFERENCE,
        )
        tab_to(page, send.get_by_role("button", name="Copier le message"))
        page.keyboard.press("Enter")
        page.get_by_text("Message copié.").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert plain(copied) == expected
        query = parse_qs(urlsplit(send.get_by_role("link", name="Ouvrir dans").get_attribute("href") or "").query)
        assert query["subject"] == [f"Correction de la fiche de {NAME} (foire)"]
        assert plain(query["body"][0]).replace("\r\n", "\n") == expected
        with page.expect_download() as download:
            page.get_by_role("button", name="Télécharger la fiche").click()
        assert download.value.suggested_filename == f"{foires.SLUG}.yml"
        file = Path(download.value.path()).read_text(encoding="utf-8")
        base = hashlib.sha256(before.encode()).hexdigest()[:8]
        *lines, last = file.splitlines()
        assert last == f"# annuaire 1, fiche {REFERENCE}, base {base}"
        wanted = before.replace("les fromages des coopératives de la région", "soixante fromages").replace(
            "555-0100\n", "555-0100\n  - nom: Kiosque neuf\n    telephone: 819 555-0142\n"
        )
        assert "\n".join(lines).replace('"', "") == wanted.strip().replace('"', "")
        link = send.get_by_role("link", name="Copier la fiche et ouvrir").get_attribute("href") or ""
        assert link.endswith(f"/{REFERENCE}.yml")
    values = source.parse(wanted, RECORD).values
    assert source.parse(received(copied, foires.SLUG), RECORD).values == values
    assert source.parse(received(file, foires.SLUG, f"{foires.SLUG}.yml"), RECORD).values == values


def test_a_new_fair(fairs: str, visit: Open, received: Callable[..., str]) -> None:
    with visit(fairs, width=WIDTHS["narrow"], **CLIPBOARD) as visited:
        page = visited.page
        visited.open("contribuer/")
        page.get_by_label("Nom de l’entreprise ou d’une autre fiche").fill("zzzz")
        assert "Aucune fiche" in page.locator("[data-find-said]").inner_text()
        page.get_by_text("Ajouter une autre sorte de fiche").press("Enter")
        page.get_by_role("link", name="Ajouter une foire").press("Enter")
        page.get_by_role("heading", name="Ajouter une foire").wait_for()
        check(page)
        page.get_by_text("2 réponses à corriger").wait_for()  # once the rules are there
        page.get_by_label("Nom (obligatoire)").fill(NAME.upper())
        page.get_by_label("Genre").select_option(label="fête")
        check(page)
        namesake = page.get_by_role("link", name="Corriger sa fiche")
        assert namesake.get_attribute("href") == f"?fiche={REFERENCE}"
        assert "Si c’est la même foire" in plain(page.locator(".fault--warning").inner_text())
        page.get_by_label("Nom (obligatoire)").fill("Foire des fromages")
        check(page)
        assert f"fiche {REFERENCE}-2, base nouvelle" in page.locator("#message-texte").input_value()
        page.get_by_label("Nom (obligatoire)").fill("Fête Exemple")
        page.get_by_label("Premier jour").fill("2027-06-24")
        page.get_by_label("Tout le Québec").check()
        check(page)
        expected = message_of(
            "• Nom [nom] : « Fête Exemple »",
            "• Genre [genre] : « fete »",
            "• Premier jour [debut] : « 2027-06-24 »",
            "• Territoires desservis [territoires_desservis] : « quebec »",
            text="",
            introduction="Voici une nouvelle fiche pour le répertoire : « Fête Exemple » (foire).",
            slug=f"{foires.NAME}/fete-exemple",
            base="nouvelle",
        )
        message = page.locator("#message-texte").input_value()
        assert plain(message) == expected
        assert "Premier jour : 24 juin 2027" in plain(page.locator("[data-preview]").inner_text())
        assert "Premier jour : 24 juin 2027" in plain(page.locator(".send__changes").inner_text())
        with page.expect_download() as download:
            page.get_by_role("button", name="Télécharger la fiche").click()
        file = Path(download.value.path()).read_text(encoding="utf-8")
        assert file.startswith("# yaml-language-server: $schema=../../schemas/foire.schema.json\n")
        assert file.endswith(f"\n# annuaire 1, fiche {foires.NAME}/fete-exemple, base nouvelle\n")
    made = received(message, "fete-exemple")
    assert made == file[: file.index("# annuaire 1")]


def test_the_finder_tells_enterprises_first_then_fairs(fairs: str, visit: Open) -> None:
    with visit(fairs) as visited:
        page = visited.page
        visited.open("contribuer/")
        page.get_by_label("Nom de l’entreprise ou d’une autre fiche").fill("exemple")
        rows = [plain(text) for text in page.locator("[data-find-rows] li").all_inner_texts()]
        assert [text for text in rows if ", Trois-Rivières" in text] == [f"{NAME} foire, Trois-Rivières"]
        kinds = ["foire" in text.split("Exemple")[-1] for text in rows]
        assert kinds == sorted(kinds)
        page.get_by_label("Nom de l’entreprise").fill("foire")  # a word of its kind is enough
        assert page.get_by_role("link", name="Salon Exemple des services").is_visible()
        page.get_by_label("Nom de l’entreprise").fill("fromages")
        page.get_by_label("Nom de l’entreprise").press("Enter")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name=NAME).wait_for()
        assert page.url.endswith(FORM)


def test_what_is_typed_is_kept_by_collection(fairs: str, visit: Open) -> None:
    with visit(fairs) as visited:
        page = visited.page
        visited.open(FORM)
        page.get_by_label("En bref").fill("Une phrase toute neuve.")
        visited.open(NEW)
        page.get_by_label("Nom (obligatoire)").fill("Fête Exemple")
        visited.open("contribuer/?nouvelle")
        page.get_by_label("Nom (obligatoire)").fill("Coop Exemple neuve")
        visited.open("contribuer/")
        drafts = page.locator("[data-drafts] a")
        assert {link.inner_text(): link.get_attribute("href") for link in drafts.all()} == {
            NAME: f"?fiche={REFERENCE}",
            "Fête Exemple": f"?nouvelle={foires.NAME}",
            "Coop Exemple neuve": "?nouvelle",
        }
        drafts.filter(has_text=NAME).click()
        page.locator("[data-hint]").wait_for()
        assert page.get_by_label("En bref").input_value() == "Une phrase toute neuve."
        visited.open(NEW)
        assert page.get_by_label("Nom (obligatoire)").input_value() == "Fête Exemple"


def test_nothing_of_an_enterprise_is_in_the_form_of_a_fair(fairs: str, visit: Open) -> None:
    """No word of it, no confirmation that the schema does not know, no field that only the team would see."""
    with visit(fairs) as visited:
        page = visited.page
        for url in (FORM, NEW, f"{FORM}&complet"):
            visited.open(url)
            page.evaluate("document.querySelectorAll('[data-editor] details').forEach((e) => { e.open = true; })")
            assert "entreprise" not in page.locator("[data-editor]").inner_text().casefold()
            assert page.get_by_text("je confirme").count() == 0
            assert page.get_by_role("button", name="Tous les champs").count() == 0
        visited.open(FORM)
        assert page.locator("[data-complete-score]").is_visible()
        check(page)
        assert plain(page.locator("[data-said]").inner_text()) == "Rien n’a changé dans la fiche. Modifiez un champ."


def test_what_a_schema_holds_more_is_asked(fairs: str, visit: Open) -> None:
    """Words of no list are written one by line; a record that can be vouched for is confirmed."""
    more: list[dict[str, object]] = [
        {"nom": "mots", "type": "list", "titre": "Mots", "aide": "Ce qu’on y vend.", "chemin": ["mots"]},
        {"nom": "verification_statut", "type": "string", "titre": "Vérification", "chemin": ["verification", "statut"]},
        {"nom": "verification_date", "type": "date", "titre": "Date", "chemin": ["verification", "date"]},
        {"nom": "verification_source", "type": "string", "titre": "D’où", "chemin": ["verification", "source"]},
    ]
    more[1]["contraintes"] = {"enum": ["a-confirmer", "confirmee"]}
    more[1]["libelles"] = [["a-confirmer", "à confirmer"], ["confirmee", "confirmée"]]
    with visit(fairs, **LOOKED_AT) as visited:
        page = visited.page

        def widen(route: Route) -> None:
            data = route.fetch().json()
            data["tables"][0]["champs"] += [{"code": "valeur-invalide", "aide": "", **field} for field in more]
            data["ordre"] += ["mots", "verification"]
            for field in (field for table in data["tables"] for field in table["champs"]):
                field.pop("poids", None)
            route.fulfill(json=data)

        page.route("**/formulaire-foires.json", widen)
        visited.open(FORM)
        assert page.locator("[data-complete-score], [data-missing]").filter(visible=True).count() == 0  # nothing weighs
        page.get_by_label("Mots").fill("tomme\n\n  vieux   cheddar ")
        page.get_by_label("J’écris au nom de la foire").check()
        page.get_by_label("Tout est exact, je confirme").check()
        assert "entreprise" not in page.locator("[data-editor]").inner_text().casefold()
        check(page)
        message = plain(page.locator("#message-texte").input_value())
        assert "• Mots [mots] : « tomme | vieux cheddar »" in message
        assert re.search(r"• Ce qui est confirmé \[confirme\] : « [0-9-]{10} \| fiche »", message)
        with page.expect_download() as download:
            page.get_by_role("button", name="Télécharger la fiche").click()
        found = source.parse(Path(download.value.path()).read_text(encoding="utf-8"), RECORD).values
        assert found["mots"] == ["tomme", "vieux cheddar"]
        assert found["verification"]["statut"] == "confirmee"
        assert "par" not in found["verification"]
        page.get_by_role("button", name="Tous les champs").click()
        page.locator("#partie-verification > summary").click()
        assert page.locator("#champ-verification_statut").is_visible()
        assert faults_everywhere(page) == []
        visited.open(NEW)
        page.get_by_label("Nom (obligatoire)").fill("Fête Exemple")
        page.get_by_label("Genre").select_option(label="fête")
        check(page)
        assert "[verification.statut] : « a-confirmer »" in plain(page.locator("#message-texte").input_value())


def test_a_hostile_fair_is_only_text(fairs: str, visit: Open) -> None:
    with visit(fairs, **LOOKED_AT) as visited:
        page = visited.page
        visited.open(f"contribuer/?fiche={foires.NAME}/{HOSTILE}")
        page.evaluate("document.querySelectorAll('[data-parts] details').forEach((e) => { e.open = true; })")
        page.get_by_label("Source").fill("<img src=x onerror=window.pirate=6>")
        page.get_by_label("Premier jour").focus()
        page.locator(".fault--warning").first.wait_for()
        assert "<img src=x" in page.locator("[data-title]").inner_text()
        check(page)
        page.get_by_role("heading", name="Votre proposition est prête").wait_for()
        assert page.locator("[data-editor]").locator("img, script, iframe, svg[onload]").count() == 0
        visited.open("contribuer/")
        page.get_by_label("Nom de l’entreprise").fill("pirate")
        assert page.locator("[data-find] img").count() == 0
        assert page.locator("[data-drafts] img").count() == 0
        assert page.evaluate("window.pirate ?? 0") == 0
        assert faults_everywhere(page) == []


def everything(page: Page) -> None:
    """Open every part and item, with faults in some."""
    page.evaluate("document.querySelectorAll('[data-parts] details').forEach((e) => { e.open = true; })")
    page.get_by_label("Site web").fill("exemple")
    page.get_by_label("En bref").fill("Écrire à jean.tremblay@gmail.com")
    check(page)
    page.locator(".fault--warning").first.wait_for()


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "as it opens": (FORM, lambda _: None),
    "faults": (FORM, everything),
    "empty, sent": (NEW, check),
    "finder": ("contribuer/", lambda page: page.get_by_label("Nom de l’entreprise").fill("foire")),
}


@pytest.mark.parametrize("state", STATES)
def test_state_is_accessible(state: str, fairs: str, visit: Open) -> None:
    url, reach = STATES[state]
    with visit(fairs, **LOOKED_AT) as visited:
        visited.open(url)
        reach(visited.page)
        assert faults_everywhere(visited.page) == []


ABSENT = (
    *("?fiche=foires/rien", "?fiche=rien/rien", "?fiche=../foires/x", "?fiche=a/b/c"),
    *("?nouvelle=rien", "?nouvelle=../x"),
)


@pytest.mark.parametrize("url", ABSENT)
def test_what_there_is_not_leads_to_the_others(fairs: str, visit: Open, url: str) -> None:
    with visit(fairs, quiet=False) as visited:  # the browser itself says that it is not there
        visited.open(f"contribuer/{url}")
        visited.page.get_by_label("Nom de l’entreprise ou d’une autre fiche").wait_for()
        assert "écrivez au Pôle" in visited.page.locator("[data-failed]").inner_text()


def test_a_former_address_leads_to_the_present_fair(fairs: str, visit: Open) -> None:
    with visit(fairs, quiet=False) as visited:
        visited.open(f"contribuer/?fiche={foires.NAME}/foire-ancienne")
        assert "Foire <img" in visited.page.locator("[data-title]").inner_text()
