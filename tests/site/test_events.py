"""The calendar, its feeds, the ecosystem and what is around, as the Exemple site has them on its date."""

from __future__ import annotations

import json
import re
from pathlib import Path

import icalendar
import pytest
from tests.documents import read
from tests.sites import Project

HOSTILE = "exemple-hostile"
PROPERTIES = {"SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "DESCRIPTION", "LOCATION", "STATUS", "URL"}


def page(example: Project, url: str) -> str:
    """Give the text of a page, its no-break spaces as others."""
    return (example.site / url / "index.html").read_text(encoding="utf-8").replace("\u00a0", " ")


def agenda(path: Path) -> icalendar.Calendar:
    found = icalendar.Calendar.from_ical(path.read_bytes())
    assert isinstance(found, icalendar.Calendar)
    return found


def test_what_is_to_come_first_then_the_years(example: Project) -> None:
    text = page(example, "evenements/")
    in_order = (
        'id="a-venir"',
        "Visite de la Microbrasserie",
        "Maillage annulé",
        "Rendez-vous des entrepreneurs",
        'id="annee-2026"',
        "Assemblée annuelle",
        'id="annee-2019"',
        "En novembre 2019",
        'id="annee-2018"',
        "Tenue à confirmer",
        'id="s-abonner"',
    )
    places = [text.index(mark) for mark in in_order]
    assert places == sorted(places)
    assert text.index("Annulé") < text.index("Journée du financement")
    assert {"#a-venir", "#annee-2018", "#s-abonner"} <= set(re.findall(r'href="(#[^"]+)"', text))


def test_an_event_says_when_where_and_who(example: Project) -> None:
    text = page(example, "evenements/visite-de-la-microbrasserie-exemple/")
    assert "Le 8 décembre 2026 de 13 h 30 à 16 h" in text
    assert 'href="../../territoires/exempleville/"' in text
    assert 'href="../../aide/organismes/pole-exemple/"' in text
    assert 'href="https://pole.example.org/inscription"' in text
    assert "Rapport annuel du Pôle Exemple" in text
    assert 'href="./visite-de-la-microbrasserie-exemple.ics"' in text
    data = read(example.site / "evenements/visite-de-la-microbrasserie-exemple/index.html").data
    (event,) = [one for one in data if one["@type"] == "Event"]
    assert event["startDate"] == "2026-12-08T13:30:00-05:00"
    assert event["organizer"]["url"].endswith("/aide/organismes/pole-exemple/")
    assert event["location"]["address"]["addressLocality"] == "Exempleville"


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("maillage-annule-exemple", "Cet évènement est annulé."),
        ("colloque-exemple-2018", "aucune source ne dit s’il a eu lieu"),
    ],
)
def test_what_changes_everything_is_said_first(example: Project, slug: str, words: str) -> None:
    text = page(example, f"evenements/{slug}/")
    assert text.index(words) < text.index("Quand")
    assert "Ajouter à mon agenda" not in text
    assert not list((example.site / "evenements" / slug).glob("*.ics"))


def test_feeds_are_read_again(example: Project) -> None:
    folder = example.site / "evenements"
    every = agenda(folder / "evenements.ics")
    slugs = {str(entry["uid"]).partition(".")[0] for entry in every.walk("VEVENT")}
    assert "gala-exemple-2019" not in slugs
    assert {"rendez-vous-exemple-2027", "maillage-annule-exemple", "assemblee-exemple-2026", HOSTILE} <= slugs
    assert {str(entry["dtstamp"].dt) for entry in every.walk("VEVENT")} == {"2026-11-02 12:00:00+00:00"}
    territories = {path.stem: agenda(path) for path in (folder / "territoires").glob("*.ics")}
    assert "exempleville" in territories
    linked = page(example, "evenements/")
    for name, one in territories.items():
        assert one.walk("VEVENT")
        assert f'href="./territoires/{name}.ics"' in linked
    assert not [e for e in territories["exempleville"].walk("VEVENT") if "maillage" in str(e["uid"])]
    assert "evenements/evenements.ics" in page(example, "donnees/")


def test_a_hostile_event_is_only_text(example: Project) -> None:
    path = example.site / "evenements" / HOSTILE
    for calendar in (path / f"{HOSTILE}.ics", example.site / "evenements" / "evenements.ics"):
        (entry,) = [e for e in agenda(calendar).walk("VEVENT") if str(e["uid"]).startswith(HOSTILE)]
        assert set(entry) == {
            "SUMMARY",
            "DTSTART",
            "DTEND",
            "DTSTAMP",
            "UID",
            "DESCRIPTION",
            "LOCATION",
            "STATUS",
            "URL",
        }
        assert not entry.subcomponents
        assert str(entry["summary"]).startswith("Exemple <script>")
    document = read(path / "index.html")
    sources = [element.attributes.get("src") for element in document.all("script")]
    assert not [source for source in sources if source and "pirate" in source]
    assert not document.all("iframe")
    assert "window.pirate=21</script>" not in (path / "index.html").read_text(encoding="utf-8")


def test_around_an_enterprise_a_territory_and_at_home(example: Project) -> None:
    for url in ("territoires/exempleville/", "entreprises/atelier-adapte-exemple/"):
        text = page(example, url)
        assert "Évènements à venir" in text
        assert "organismes desservent ce territoire" in text
        assert "aide/ecosysteme/" in text
    home = page(example, "")
    shown = [home.index(name) for name in ("Visite oubliée", "Visite de la Microbrasserie", "Journée du financement")]
    assert shown == sorted(shown)
    assert "Maillage annulé" not in home
    assert "Rendez-vous des entrepreneurs" not in home


def test_no_event_no_word_of_them(demonstration: Project) -> None:
    assert "Évènements à venir" not in page(demonstration, "")
    assert not (demonstration.site / "evenements" / "evenements.ics").exists()
    assert "Aucun évènement" in page(demonstration, "evenements/")
    assert not (demonstration.site / "aide" / "ecosysteme").exists()


def test_ecosystem_is_told_in_words_too(example: Project) -> None:
    text = page(example, "aide/ecosysteme/")
    for name in (
        "Pôle d’économie sociale Exemple",
        "CDC des Grands-Exemples",
        "Fonds Exemple",
        "Le Grand Toit d’Exemple",
    ):
        assert f">{name}</a>" in text
    assert "CLD Exemple" not in text  # it is no more
    document = read(example.site / "aide/ecosysteme/index.html")
    for drawing in document.all("svg", role="img"):
        assert set(drawing.attributes["aria-labelledby"].split()) <= set(document.ids)
    door = page(example, "aide/")
    assert 'href="./ecosysteme/"' in door
    assert 'href="../evenements/"' in door
    here = page(example, "aide/ecosysteme/les-grands-exemples/")
    assert "CDC des Grands-Exemples" in here
    assert "CDC des Grands-Exemples" not in page(example, "aide/ecosysteme/la-pointe-d-exemple/")


def test_commands_tell_the_staff(example: Project) -> None:
    counted = example.call("stats").stdout
    line = next(line for line in counted.splitlines() if line.startswith("Organismes"))
    assert re.findall(r"\d+", line)[0] == "7"
    said = example.call("agenda", "--mois", "2026-12")
    assert said.returncode == 0
    assert "Visite de la Microbrasserie Le Prototype d’Exemple\nLe 8" in said.stdout
    html = example.call("agenda", "--mois", "2027-02", "--format", "html").stdout
    assert "Exemple &lt;script&gt;" in html
    refused = example.call("agenda", "--mrc", "Montréal")
    assert refused.returncode == 2
    assert "Il n’y a pas de MRC" in refused.stderr
    judged = json.loads(example.call("validate", "--format", "json").stdout)
    assert "verifie-il-y-a-longtemps" in {problem["code"] for problem in judged}
