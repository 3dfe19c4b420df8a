"""The feed tells what changed last."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from tests.exporting import ALL, ATOM, NOW, POOR, day

from annuaire.exports import feed
from annuaire.pages import Site
from annuaire.timeline.history import Change


def entries(text: str) -> list[ElementTree.Element]:
    """Parse a feed and give its entries."""
    return ElementTree.fromstring(text).findall(f"{ATOM}entry")  # noqa: S314 - what we have just written


def texts(element: ElementTree.Element) -> Mapping[str, str]:
    """Give the text of each child by its name."""
    return {child.tag.removeprefix(ATOM): child.text or "" for child in element}


def test_feed_tells_what_changed_last(out: Path) -> None:
    text = (out / "donnees/nouveautes.xml").read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)  # noqa: S314 - what we have just written
    head = texts(root)
    assert head["title"] == "Répertoire « Exemple » & cie\u00a0: fiches nouvelles et modifiées"
    assert head["id"] == "https://exemple.org/repertoire/donnees/nouveautes.xml"
    assert head["updated"] == "2026-01-09T12:00:00Z"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Pôle Exemple"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {"self": head["id"], "alternate": "https://exemple.org/repertoire/"}
    found = [texts(entry) for entry in entries(text)]
    assert [e["id"] for e in found] == [
        "tag:exemple.org,2026-01-09:/repertoire/entreprises/coop-exemple/",
        "tag:exemple.org,2026-01-05:/repertoire/entreprises/hostile/",
        "tag:exemple.org,2026-01-02:/repertoire/entreprises/a/",
    ]
    assert found[0]["title"] == "Fiche modifiée\u00a0: Coopérative Exemple, « la bonne »"
    assert (found[0]["published"], found[0]["updated"]) == ("2026-01-01T12:00:00Z", "2026-01-09T12:00:00Z")
    assert found[0]["summary"].startswith("À La Tuque. -12 degrés Offrir")
    assert found[2]["title"] == "Nouvelle fiche\u00a0: Ateliers Exemple"
    assert found[2]["summary"] == "À La Tuque."
    assert found[1]["title"].startswith('Nouvelle fiche\u00a0: =HYPERLINK("https://mal.exemple"')
    assert "<script" not in text
    assert not any(character in text for character in "\x00\x07")


def test_a_change_says_what_differs(site: Site) -> None:
    changes = {"a": Change(day(1), day(2), ("téléphone", "offres"))}
    (found,) = entries(feed.feed(site.catalogue, site.settings, ALL, changes, NOW))
    assert texts(found)["summary"] == "Ce qui change\u00a0: téléphone et offres. À La Tuque."
    changes = {"a": Change(day(1), day(2), tuple("abcdefg"))}
    (found,) = entries(feed.feed(site.catalogue, site.settings, ALL, changes, NOW))
    assert "a, b, c, d, e et 2\u00a0autres champs." in texts(found)["summary"]


def test_an_import_is_one_entry(site: Site) -> None:
    many = [replace(POOR, slug=f"e{i:02}", nom=f"Coop {i:02}") for i in range(60)]
    changes = {e.slug: Change(day(1), day(1)) for e in many} | {"e59": Change(day(1), day(2), ("nom",))}
    first, second = entries(feed.feed(site.catalogue, site.settings, many, changes, NOW))
    assert texts(first)["title"] == "Fiche modifiée\u00a0: Coop 59"
    assert texts(second)["title"] == "59\u00a0fiches nouvelles d’un coup"
    assert texts(second)["summary"] == "Coop 00, Coop 01, Coop 02, Coop 03, Coop 04 et 54\u00a0autres."


def test_each_territory_has_its_feed(out: Path) -> None:
    text = (out / "territoires/shawinigan/nouveautes.xml").read_text(encoding="utf-8")
    assert [texts(e)["title"] for e in entries(text)] == [
        *("Fiche modifiée\u00a0: Coopérative Exemple, « la bonne »",),
    ]
    assert texts(ElementTree.fromstring(text))["title"].endswith("à Shawinigan")  # noqa: S314 - our own


def test_feed_holds_fifty_changes(site: Site) -> None:
    many = [replace(POOR, slug=f"e{i}") for i in range(60)]
    changes = {e.slug: Change(day(1), datetime(2026, 2, 1, 0, i, tzinfo=UTC)) for i, e in enumerate(many)}
    found = entries(feed.feed(site.catalogue, site.settings, many, changes, NOW))
    assert len(found) == feed.LENGTH
    assert texts(found[0])["updated"] == "2026-02-01T00:59:00Z"


def test_feed_without_history_is_dated_by_the_data(site: Site) -> None:
    text = feed.feed(site.catalogue, site.settings, ALL, {}, NOW)
    assert entries(text) == []
    assert "<updated>2026-11-22T15:04:05Z</updated>" in text
