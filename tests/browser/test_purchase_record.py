"""The record of a search: what it holds, its canonical bytes and its seal, and what verification says of it later."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from tests.sites import Project

from .conftest import WIDTHS, Open
from .recording import ALTERED, QUERY, SURE, canonical, download, recorded, sealed, verify
from .selecting import (
    CLEANING,
    HOME_HELP,
    PRINTER,
    RECORD,
    VERIFY,
    catalogue,
    choose,
    every_result,
    tab_to,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def record(site: str, visit: Open) -> bytes:
    """Give the record of a search, made in the browser."""
    return recorded(site, visit)


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_record_by_keyboard(site: str, visit: Open, width: int) -> None:
    with visit(site, width=width, timezone_id="America/Toronto") as visited:
        page = visited.page
        choose(page, CLEANING, PRINTER)
        visited.open(RECORD + QUERY)
        page.locator("[data-record-found] li").first.wait_for()
        assert page.locator(".record__mark").inner_text() == "Interne jusqu’à l’ouverture des offres"
        assert page.locator("[data-record-sentence]").inner_text().startswith("Fournisseurs d’entretien ménager")
        names = page.locator("[data-record-found] h4").all_inner_texts()
        assert CLEANING[1] in names
        kept = page.locator("[data-record-found] li", has=page.get_by_role("link", name=CLEANING[1], exact=True))
        assert kept.locator("select").input_value() == "retenue"
        assert page.locator("[data-record-others-list] h3").all_inner_texts() == [PRINTER[1]]
        version = page.locator("[data-record-version]").inner_text()
        assert "2\u00a0novembre\u00a02026" in version
        missing = page.locator("[data-record-missing]")
        assert missing.inner_text().startswith(f"{len(names) + 1}\u00a0raisons manquent")

        page.locator("#releve-reference").focus()
        page.keyboard.type("2027-04")
        kept.locator("input").focus()
        page.keyboard.type("Répond au besoin")
        page.locator("#releve-meme-raison").focus()
        page.keyboard.type("Offre différente du besoin")
        page.keyboard.press("Enter")
        reasons = [field.input_value() for field in page.locator("[data-record-found] input").all()]
        assert set(reasons) == {"Répond au besoin", "Offre différente du besoin"}
        page.locator("[data-record-others-list] input").fill("Déjà fournisseur")
        assert missing.inner_text() == ""
        kept.locator("select").focus()
        page.keyboard.press("ArrowDown")
        assert kept.locator("select").input_value() == "ecartee"

        page.reload()
        page.locator("[data-record-found] li").first.wait_for()
        assert page.locator("#releve-reference").input_value() == "2027-04"
        assert [field.input_value() for field in page.locator("[data-record-found] input").all()] == reasons
        assert kept.locator("select").input_value() == "ecartee"

        page.emulate_media(media="print")
        assert "2027-04" in page.locator("[data-record-need]").inner_text()
        assert kept.locator(".print-only").inner_text() == "Écartée\u00a0: Répond au besoin"
        assert not kept.locator("select").is_visible()


def test_what_a_record_holds(example: Project, record: bytes) -> None:
    data = catalogue(example.site)
    value = json.loads(record)
    assert record == canonical(value), "the file is canonical, seal included"
    seal = value.pop("empreinte")
    assert seal == {
        "algorithme": "SHA-256",
        "forme": "RFC 8785",
        "valeur": hashlib.sha256(canonical(value)).hexdigest(),
    }
    assert value["mention"] == "Interne jusqu’à l’ouverture des offres"
    assert value["reference"] == "2027-04"
    assert value["besoin"].endswith("\U0001f9f9 \u20ac")
    assert value["etabli_le"][-6:] in ("-05:00", "-04:00")
    assert value["recherche"]["adresse"] == QUERY[1:]
    assert value["recherche"]["filtres"] == {"categorie": ["entretien-menager", "location-salles"], "tri": "nom"}
    assert value["donnees"]["sha256"] == data["version"]["sha256"]
    assert value["donnees"]["fiches"] == data["version"]["fiches"]
    assert value["donnees"]["commit"] == data["version"]["commit"]
    assert [line["rang"] for line in value["trouvees"]] == list(range(1, len(value["trouvees"]) + 1))
    decisions = {line["slug"]: (line["decision"], line["raison"]) for line in value["trouvees"]}
    assert decisions[CLEANING[0]] == ("retenue", 'Répond "au besoin" \\ é')
    assert {decision for slug, (decision, _) in decisions.items() if slug != CLEANING[0]} <= {"ecartee"}
    assert [line["slug"] for line in value["autres"]] == [PRINTER[0]]

    def numbers(part: Any) -> list[Any]:
        if isinstance(part, dict | list):
            return [n for child in (part.values() if isinstance(part, dict) else part) for n in numbers(child)]
        return [part] if isinstance(part, int | float) and not isinstance(part, bool) else []

    assert all(isinstance(number, int) for number in numbers(value))


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_whole_record(site: str, visit: Open, record: bytes, width: int) -> None:
    with visit(site, width=width) as visited:
        page = visited.page
        visited.open(VERIFY)
        assert "n’est pas une preuve contre une modification voulue" in page.locator("main").inner_text()
        tab_to(page, "")  # the field of the file is reached
        assert verify(page, record).startswith(SURE)
        page.locator("[data-changes] section").first.wait_for()
        assert "Les données sont encore celles du relevé. La même recherche trouve les mêmes entreprises." in (
            page.locator("[data-changes-said]").inner_text()
        )
        assert "2027-04" in page.locator("[data-verified-facts]").inner_text()
        assert CLEANING[1] in page.locator("[data-verified-facts]").inner_text()


def test_an_accident_is_caught_and_a_forgery_is_not(site: str, visit: Open, record: bytes) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(VERIFY)
        value = json.loads(record)
        value["trouvees"][0]["raison"] = "Autre raison"
        assert verify(page, canonical(value)).startswith(ALTERED)
        assert verify(page, record.replace(b"2027-04", b"2027-05")).startswith(ALTERED)
        assert verify(page, sealed(value)).startswith(SURE), "the page says that this proves nothing against intent"
        assert "qui change le contenu peut aussi recalculer l’empreinte" in page.locator("main").inner_text()
        written_again = json.dumps(json.loads(record), indent=2, ensure_ascii=True).encode()
        assert verify(page, written_again).startswith(SURE), "another writing of the same content"


def test_what_changed_since(site: str, visit: Open, record: bytes) -> None:
    """An enterprise that came, one that left the catalogue, one that no longer answers."""
    with visit(site) as visited:
        page = visited.page
        visited.open(VERIFY)
        value = json.loads(record)
        found = value["trouvees"]
        came = found.pop()
        for slug, name in (("cooperative-partie", "Coopérative <b>partie</b>"), PRINTER):
            found.append({**came, "slug": slug, "nom": name})
        for rank, line in enumerate(found, start=1):
            line["rang"] = rank
        value["donnees"]["sha256"] = "0" * 64
        assert verify(page, sealed(value)).startswith(SURE)
        page.locator("[data-changes] section").first.wait_for()
        groups = {g.locator("h3").inner_text(): g.inner_text() for g in page.locator("[data-changes] section").all()}
        assert came["nom"] in groups["Nouvelles (1)"]
        gone = groups["Disparues (2)"]
        assert "Coopérative <b>partie</b>\u00a0: n’est plus au catalogue" in gone
        assert f"{PRINTER[1]}\u00a0: ne répond plus à cette recherche" in gone


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "vide"),
        (b"\xff\xfe{", "ne se lit pas"),
        (b'{"format": "annuaire-releve"', "ne se lit pas"),
        (b"[" * 200_000, "ne se lit pas"),
        (b"null", "n’est pas un relevé"),
        (b"[1]", "n’est pas un relevé"),
        (b'{"format": "autre"}', "n’est pas un relevé"),
        (b'{"format": "annuaire-releve", "version": 99}', "version plus récente"),
        (b'{"format": "annuaire-releve", "version": 1}', "l’empreinte"),
        (b'{"format": "annuaire-releve", "version": 1, "x": "\\ud800"}', "jamais"),
        (b" " * 2_000_001, "trop gros"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else f"{len(value)} bytes",
)
def test_files_that_are_no_records(site: str, visit: Open, data: bytes, said: str) -> None:
    with visit(site) as visited:
        visited.open(VERIFY)
        verdict = verify(visited.page, data, name="<b>autre</b>.json")
        assert verdict.startswith("Le fichier «\u00a0<b>autre</b>.json\u00a0» ne peut pas être vérifié")
        assert said in verdict
        assert not visited.page.locator("[data-verified]").is_visible()


def test_parts_of_the_wrong_shape(site: str, visit: Open, record: bytes) -> None:
    with visit(site) as visited:
        visited.open(VERIFY)
        for key, wrong in (
            ("trouvees", {}),
            ("trouvees", [{"rang": 2, "slug": "x", "nom": "X", "raison": "", "decision": "retenue"}]),
            ("trouvees", [{"rang": 1, "slug": "x", "nom": "X", "raison": "", "decision": "pirate"}]),
            ("donnees", {"fiches": 1.5}),
            ("recherche", None),
            ("etabli_le", 3),
            ("decompte", {"confirmees": 1}),
            ("mises_en_garde", [1]),
            ("trouvees", [{**json.loads(record)["trouvees"][0], "niveau": "pirate"}]),
            ("trouvees", [{**json.loads(record)["trouvees"][0], "confirmee": "oui"}]),
            ("autres", [{"slug": "x", "nom": "X", "raison": ""}]),
        ):
            verdict = verify(visited.page, sealed_anyhow({**json.loads(record), key: wrong}))
            assert "n’a pas la bonne forme" in verdict, key


def sealed_anyhow(value: dict[str, Any]) -> bytes:
    """Write a record whose seal no longer matters."""
    return json.dumps(value).encode()


def test_a_file_may_be_dropped(site: str, visit: Open, record: bytes) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(VERIFY)
        page.evaluate(
            """(text) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([text], "releve.json", { type: "application/json" }));
            const drop = document.querySelector("[data-drop]");
            for (const kind of ["dragenter", "dragover", "drop"])
              drop.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
            }""",
            record.decode(),
        )
        page.get_by_text(SURE).wait_for()


def test_a_search_of_words_and_a_search_of_nothing(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(f"{RECORD}?q=traiteur")
        page.locator("[data-record-found] li").first.wait_for()
        assert "Traiteur La Table d’Exemple" in page.locator("[data-record-found]").inner_text()
        visited.open(f"{RECORD}?q=d%C3%A9neigement")
        cleaner = page.locator("[data-record-found] li", has_text=CLEANING[1])
        assert cleaner.locator(".row__text").inner_text() == "Déneigement des entrées et des sorties de secours", (
            "what answers the words, and no other offer of hers"
        )
        visited.open(f"{RECORD}?categorie=<script>&q=zzzzqqqq")
        page.get_by_role("heading", name="Aucune entreprise trouvée").wait_for()
        visited.open(RECORD)
        page.get_by_role("heading", name="Aucune recherche à relever").wait_for()
        assert page.get_by_role("link", name="Toutes les entreprises").is_visible()


def test_record_is_sealed_and_verified_without_https(site: str, visit: Open) -> None:
    """A site served over plain http has no `crypto.subtle`."""
    with visit(site) as visited:
        page = visited.page
        page.add_init_script("Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined })")
        choose(page, HOME_HELP)
        visited.open(RECORD + QUERY)
        assert page.evaluate("crypto.subtle === undefined")
        page.locator("[data-record-found] li").first.wait_for()
        file = download(page)
        assert sealed(json.loads(file)) == file
        visited.open(VERIFY)
        assert page.evaluate("crypto.subtle === undefined")
        assert SURE in verify(page, file)
        assert ALTERED in verify(page, file.replace(b"Entretien", b"entretien", 1))


def test_record_is_reached_from_the_catalogue(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(f"acheter/catalogue/{QUERY}")
        page.locator("[data-catalogue-record]").wait_for()
        found = every_result(page)
        page.locator("[data-catalogue-record]").click()
        page.wait_for_url("**/acheter/releve/?*")
        page.locator("[data-record-found] li").first.wait_for()
        assert page.locator("[data-record-found] h4").all_inner_texts() == found
