"""What robots read, and the pages that lead from old addresses."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from annuaire import exports, urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise, Place, Verification
from annuaire.config import Pole, Settings
from annuaire.exports import sitemap
from annuaire.pages import Site
from annuaire.pages.redirect import redirect, redirects
from annuaire.pages.reference import Version
from annuaire.places import territories, vocabularies

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
SETTINGS = Settings(
    root=Path("/exemple"),
    config_file=Path("/exemple/mkdocs.yml"),
    site_name="Exemple",
    site_url="https://exemple.org/repertoire/",
    site_dir=Path("/exemple/site"),
    pages=Path("/exemple/pages"),
    content=Path("/exemple/content"),
    publication="officielle",
    regions=("04",),
    pole=Pole(),
    data_licence="CC BY 4.0",
    repository="",
    edit_prefix="",
)
HOSTILE = "\"'><script>alert(1)</script>&{{ 7 }}\n"


def enterprise(slug: str, *old: str, nom: str = "Coop Exemple") -> Enterprise:
    """Give a small enterprise with old slugs."""
    place, verification = Place("La Tuque"), Verification("a-confirmer")
    return Enterprise(slug, nom, "obnl", "active", "a-preciser", (place,), verification, anciens_slugs=old)


def catalogue(*enterprises: Enterprise) -> Catalogue:
    """Give a catalogue of some enterprises."""
    return Catalogue(enterprises, (), territories.load(), vocabularies.load(), ("04",))


def locations(text: str) -> list[str]:
    """List the addresses of a sitemap or of its index."""
    return [e.text or "" for e in ElementTree.fromstring(text).iter(f"{NAMESPACE}loc")]  # noqa: S314 - our own


def test_sitemap_and_robots_of_an_official_site(tmp_path: Path) -> None:
    site = Site(SETTINGS, catalogue(enterprise("coop")), Version("", NOW, 1, ""))
    day = NOW.date()
    exports.write_indexes(site, tmp_path, {"territoires/": None, "": day, "entreprises/coop/": day})
    text = (tmp_path / "sitemap.xml").read_text(encoding="utf-8")
    root = "https://exemple.org/repertoire/"
    assert locations(text) == [root, f"{root}entreprises/coop/", f"{root}territoires/"]
    assert f"<url><loc>{root}entreprises/coop/</loc><lastmod>2026-11-22</lastmod></url>" in text
    assert text.count("<lastmod>") == 2
    robots = (tmp_path / "robots.txt").read_text(encoding="utf-8")
    assert robots == f"User-agent: *\nAllow: /\n\nSitemap: {root}sitemap.xml\n"


def test_a_demonstration_is_closed_to_robots() -> None:
    assert sitemap.robots(replace(SETTINGS, publication="demonstration")) == "User-agent: *\nDisallow: /\n"


def test_an_address_is_escaped() -> None:
    text = sitemap.sitemap([("recherche/?q=é&n=<1>", None)], SETTINGS)
    assert "repertoire/recherche/?q=%C3%A9&amp;n=%3C1%3E</loc>" in text


def test_an_empty_site_has_an_empty_sitemap() -> None:
    assert [(url, locations(text)) for url, text in sitemap.sitemaps([], SETTINGS)] == [("sitemap.xml", [])]


def test_a_long_sitemap_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "LONGEST", 2)
    pages: list[tuple[str, date | None]] = [(f"p{i}/", None) for i in range(5)]
    files = dict(sitemap.sitemaps(pages, SETTINGS))
    assert list(files) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert locations(files["sitemap.xml"]) == [SETTINGS.site_url + name for name in list(files)[1:]]
    assert [len(locations(files[name])) for name in list(files)[1:]] == [2, 2, 1]


class Tags(HTMLParser):
    """Gather the tags of a page and what it shows."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.text += data

    def find(self, tag: str, **attributes: str) -> dict[str, str | None]:
        """Give the attributes of the one tag that has these."""
        names = {key.replace("_", "-"): value for key, value in attributes.items()}
        (found,) = [a for t, a in self.tags if t == tag and names.items() <= a.items()]
        return found


def test_a_redirect_leads_to_the_present_address() -> None:
    html = redirect("Coop Exemple", "../../entreprises/coop/", "https://exemple.org/entreprises/coop/")
    page = Tags(html)
    assert html.startswith("<!DOCTYPE html>\n")
    assert page.find("html") == {"lang": "fr-CA"}
    assert page.find("meta", http_equiv="refresh")["content"] == "0; url=../../entreprises/coop/"
    assert page.find("link", rel="canonical")["href"] == "https://exemple.org/entreprises/coop/"
    assert page.find("a")["href"] == "../../entreprises/coop/"
    assert page.find("meta", name="robots")["content"] == "noindex"
    policy = page.find("meta", http_equiv="Content-Security-Policy")["content"]
    assert policy == "default-src 'none'; style-src 'self'; base-uri 'none'"
    assert "Cette fiche a changé d’adresse" in page.text


def test_a_hostile_redirect_is_inert() -> None:
    page = Tags(redirect(HOSTILE, HOSTILE, HOSTILE))
    plain = Tags(redirect("x", "y", "z"))
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in plain.tags]
    assert page.text.count(HOSTILE) == 2
    for address in (page.find("a")["href"], page.find("meta", http_equiv="refresh")["content"]):
        assert not re.search(r"[\"'<>\n]", address or "")


def test_each_old_slug_leaves_a_page() -> None:
    found = dict(
        redirects(
            catalogue(
                enterprise("coop", "coop-a", "coop-b", "autre", nom="A"),
                enterprise("autre", "coop-a", "autre-a", nom="B"),
            ),
            SETTINGS,
        )
    )
    assert {url: Tags(html).find("a")["href"] for url, html in found.items()} == {
        urls.enterprise("coop-a"): "../../entreprises/coop/",
        urls.enterprise("coop-b"): "../../entreprises/coop/",
        urls.enterprise("autre-a"): "../../entreprises/autre/",
    }
    canonical = Tags(found["entreprises/coop-b/"]).find("link", rel="canonical")["href"]
    assert canonical == "https://exemple.org/repertoire/entreprises/coop/"


def test_a_merged_record_and_its_old_slugs_lead_to_what_stands_today() -> None:
    first = replace(enterprise("a", "a-ancien", nom="Coop <A>"), fusionnee_avec="b")
    second = replace(enterprise("b", "b-ancien", nom="B"), fusionnee_avec="c")
    last = enterprise("c", "c-ancien", nom="C & C")
    found = {url: Tags(html) for url, html in redirects(catalogue(first, second, last), SETTINGS)}
    assert set(found) == {urls.enterprise(slug) for slug in ("a", "a-ancien", "b", "b-ancien", "c-ancien")}
    for page in found.values():
        assert page.find("meta", http_equiv="refresh")["content"] == "0; url=../../entreprises/c/"
    assert "«\u00a0Coop <A>\u00a0» fait maintenant partie de «\u00a0C & C\u00a0»" in found["entreprises/a/"].text
    assert "Cette fiche a changé d’adresse" in found["entreprises/c-ancien/"].text


@pytest.mark.parametrize("target", ["absente", "coop", "autre"])
def test_a_merged_record_that_leads_nowhere_keeps_its_page(target: str) -> None:
    """Its successor was left out of the build, or the two point at each other (which the rules refuse)."""
    own = catalogue(
        replace(enterprise("coop"), fusionnee_avec=target), replace(enterprise("autre"), fusionnee_avec="coop")
    )
    assert own.successor(own.by_slug["coop"]) is None
    assert "entreprises/coop/" not in dict(redirects(own, SETTINGS))
