"""Every page of the built sites: links, head, marks, banner, and what must be nowhere."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from tests.documents import Document, read
from tests.sites import Project

from annuaire.exports import packing

ORIGIN = "http://site.test/"
HANDWRITTEN = ("a-propos/", "accessibilite/", "avis-legaux/", "contribuer/", "d-ou-vient-ce-contenu/", "vie-privee/")
KINDS = (
    "", "entreprises/", "territoires/", "secteurs/", "formes/", "recherche/", "donnees/", "donnees/dictionnaire/",
    "donnees/vocabulaires/", "donnees/messages/", "acheter/", "acheter/categories/", "acheter/lacunes/",
    "aide/", "aide/mon-projet/", "aide/financement/", "aide/organismes/", "aide/programmes/", "aide/outils/",
    "aide/modeles/", "404.html", *HANDWRITTEN,
)  # fmt: skip
MATERIAL = re.compile(r"\bmd-[a-z]|mkdocs|material|__config|fonts\.googleapis|palette\.css|lunr", re.IGNORECASE)
BANNER = "Démonstration faite à partir de sources publiques. Ce n’est pas le site du Pôle."


@pytest.fixture(params=["example", "demonstration"])
def project(request: pytest.FixtureRequest) -> Project:
    """Give each built site in turn."""
    found: Project = request.getfixturevalue(request.param)
    return found


def is_redirect(page: Document) -> bool:
    return bool(page.all("meta", http_equiv="refresh"))


def test_every_kind_of_page_is_there(project: Project) -> None:
    pages = project.pages()
    assert [url for url in KINDS if url not in pages] == []
    patterns = (
        r"entreprises/[^/]+/", r"territoires/[^/]+/", r"territoires/[^/]+/secteurs/[^/]+/",
        r"territoires/[^/]+/municipalites/[^/]+/", r"secteurs/[^/]+/", r"formes/[^/]+/",
        r"acheter/categories/[^/]+/", r"acheter/categories/[^/]+/[^/]+/", r"aide/besoins/[^/]+/",
        r"aide/territoires/[^/]+/",
    )  # fmt: skip
    for pattern in patterns:
        assert any(re.fullmatch(pattern, url) for url in pages), pattern


def test_every_link_and_anchor_leads_somewhere(project: Project) -> None:
    pages = project.pages()
    faults = []
    for url, path in pages.items():
        page = read(path)
        for reference in page.references:
            # 404.html may be shown at any address, so its links start from the root.
            if url == "404.html" and not reference.startswith(("#", "http", "mailto:", "tel:")):
                assert reference.startswith(project.settings.base_path), reference
            parts = urlsplit(urljoin(ORIGIN + url, reference))
            if parts.scheme in ("mailto", "tel") or f"{parts.scheme}://{parts.netloc}/" != ORIGIN:
                continue
            address = unquote(parts.path).removeprefix("/")
            file = (
                project.site / address / "index.html"
                if not address or address.endswith("/")
                else project.site / address
            )
            if not file.is_file():
                faults.append(f"/{url}: {reference}")
            elif parts.fragment and file.suffix == ".html" and unquote(parts.fragment) not in read(file).ids:
                faults.append(f"/{url}: no anchor {reference}")
    assert faults == []


def test_outside_links_are_http_mail_or_telephone(project: Project) -> None:
    for url, path in project.pages().items():
        for reference in read(path).references:
            scheme = urlsplit(reference).scheme
            assert scheme in ("", "http", "https", "mailto", "tel"), f"/{url}: {reference}"
            assert scheme or not reference.startswith("//"), f"/{url}: {reference}"


def test_pages_ask_nothing_of_another_host(project: Project) -> None:
    for url, path in project.pages().items():
        for element in read(path).elements:
            loads = element.tag in ("script", "img", "iframe", "source", "video", "audio", "form", "use")
            loads = loads or (element.tag == "link" and element.attributes.get("rel") not in ("canonical", "alternate"))
            for name in ("src", "href", "action", "srcset", "poster"):
                if loads and name in element.attributes:
                    assert not urlsplit(element.attributes[name]).netloc, f"/{url}: {element.attributes}"
    for sheet in project.site.rglob("*.css"):
        assert not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//", sheet.read_text(encoding="utf-8")), sheet


def test_policy_allows_what_the_page_holds_and_nothing_else(project: Project) -> None:
    for url, path in project.pages().items():
        page = read(path)
        policy = page.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
        assert "default-src 'none'" in policy, url
        assert "unsafe-inline" not in policy, url
        assert "eval" not in policy, url
        inline = [e for e in page.all("script") if not {"src", "type"} & e.attributes.keys()]
        hashes = {base64.b64encode(hashlib.sha256("".join(e.parts).encode()).digest()).decode() for e in inline}
        assert set(re.findall(r"'sha256-([^']+)'", policy)) == hashes, url
        assert not page.all("style"), url
        assert not [e for e in page.elements if "style" in e.attributes], url


def test_ids_are_unique(project: Project) -> None:
    for url, path in project.pages().items():
        assert [i for i, count in Counter(read(path).ids).items() if count > 1] == [], url


def test_elements_are_balanced(project: Project) -> None:
    for url, path in project.pages().items():
        assert read(path).unbalanced == [], url


def test_one_title_of_level_one(project: Project) -> None:
    for url, path in project.pages().items():
        page = read(path)
        assert len(page.all("h1")) == 1, url
        assert page.one("h1").text, url
        levels = [int(e.tag[1]) for e in page.elements if re.fullmatch("h[1-6]", e.tag)]
        content = levels[: len(levels) - len([e for e in page.elements if "footer" in e.path and e.tag == "h2"])]
        for before, after in itertools.pairwise(content):
            assert after <= before + 1, f"/{url}: h{after} after h{before}"


def test_head_is_whole(project: Project) -> None:
    titles: Counter[str] = Counter()
    for url, path in project.pages().items():
        page = read(path)
        first = page.elements[[e.tag for e in page.elements].index("head") + 1]
        assert page.one("html").attributes["lang"] == "fr-CA", url
        assert page.title.strip(), url
        if is_redirect(page):
            continue
        assert first.attributes.get("http-equiv") == "Content-Security-Policy", url
        titles[page.title] += 1
        if url == "404.html":
            continue
        assert page.meta("description").strip(), url
        assert page.one("link", rel="canonical").attributes["href"] == project.settings.site_url + url
        assert page.meta("og:title"), url
        assert page.meta("og:url") == project.settings.site_url + url
        assert page.meta("og:locale") == "fr_CA"
        assert page.meta("og:site_name") == project.settings.site_name
    listed = sum(1 for url in project.pages() if "page-" not in url)
    assert len(titles) > listed * 0.9, [t for t, count in titles.items() if count > 1]


def test_breadcrumbs_lead_home(project: Project) -> None:
    for url, path in project.pages().items():
        page = read(path)
        if url in ("", "404.html") or url.startswith("integre/") or is_redirect(page):
            continue
        crumbs = page.one("nav", aria_label="Fil d’Ariane")
        links = [e for e in page.all("a") if "nav" in e.path and "main" in e.path]
        home = urljoin(ORIGIN + url, links[0].attributes["href"])
        assert home == ORIGIN, url
        current = [e for e in page.all("span", aria_current="page") if "nav" in e.path and "ol" in e.path]
        assert len(current) == 1, url
        assert crumbs.text.endswith(current[0].text), url


def test_current_tab_is_marked(project: Project) -> None:
    for url, path in project.pages().items():
        page = read(path)
        doors = [e for e in page.all("a") if "header" in e.path and "li" in e.path]
        marked = [urljoin(ORIGIN + url, e.attributes["href"]) for e in doors if "aria-current" in e.attributes]
        tab = url.split("/")[0]
        expected = {"formes": "entreprises", "regions": "territoires"}.get(tab, tab)
        wanted = (
            [f"{ORIGIN}{expected}/"]
            if expected in ("acheter", "aide", "entreprises", "territoires", "secteurs", "contribuer")
            else []
        )
        assert is_redirect(page) or marked == wanted, url


def test_nothing_of_the_engine_is_left(project: Project) -> None:
    for url, path in project.pages().items():
        page = read(path)
        assert not page.meta("generator"), url
        for element in page.elements:
            for name in ("class", "id", "src", "href") if element.tag != "a" else ("class", "id"):
                assert not MATERIAL.search(element.attributes.get(name, "")), f"/{url}: {element.attributes}"
    names = [p.relative_to(project.site).as_posix() for p in project.site.rglob("*") if p.is_file()]
    left = [
        n for n in names if re.search(r"favicon\.png|search_index|objects\.inv|\.map$|sitemap\.xml\.gz|material", n)
    ]
    assert left == []


def test_gabarits_are_nowhere(project: Project) -> None:
    assert not (project.site / "gabarits").exists()
    for name in ("sitemap.xml", "donnees/nouveautes.xml", "index.html", "404.html"):
        assert "gabarit" not in (project.site / name).read_text(encoding="utf-8")


def test_no_mark_is_left(project: Project) -> None:
    for path in project.pages().values():
        html = path.read_text(encoding="utf-8")
        if "pirate" not in html:  # the hostile record writes marks itself: see test_hostile.py
            assert not re.search(r"annuaire:|ANNUAIRE-|content=\"tete\"|\{\{|\{%", html), path


def test_sitemap_lists_the_pages_to_find(project: Project) -> None:
    root = ET.fromstring((project.site / "sitemap.xml").read_bytes())  # noqa: S314 - our own file
    listed = [e.text for e in root.iter() if e.tag.endswith("}loc")]
    assert len(listed) == len(set(listed))
    pages = project.pages()
    site_url = project.settings.site_url
    for location in listed:
        assert location is not None
        url = location.removeprefix(site_url)
        assert url in pages, location
        assert not is_redirect(read(pages[url]))
    assert {site_url, f"{site_url}entreprises/", f"{site_url}territoires/"} <= set(listed)
    profiles = {url for url in pages if re.fullmatch(r"entreprises/[^/]+/", url) and "page-" not in url}
    closed = {url for url in profiles if "Sa fiche reste en ligne" in read(pages[url]).text}
    for url in profiles - closed:
        assert (site_url + url in listed) is not is_redirect(read(pages[url])), url


def test_demonstration_says_so_everywhere(demonstration: Project) -> None:
    for url, path in demonstration.pages().items():
        page = read(path)
        assert "noindex" in page.meta("robots"), url
        if not is_redirect(page):
            assert BANNER in page.one("aside", aria_label="Avertissement").text.replace("\n", " "), url
    assert (demonstration.site / "robots.txt").read_text(encoding="utf-8") == "User-agent: *\nDisallow: /\n"
    assert "Démonstration" in (demonstration.site / "donnees" / "nouveautes.xml").read_text(encoding="utf-8")
    assert "Démonstration" in (demonstration.site / "donnees" / "datapackage.json").read_text(encoding="utf-8")


def test_official_site_is_open_and_says_who_answers(example: Project) -> None:
    for url, path in example.pages().items():
        page = read(path)
        if is_redirect(page) or url == "404.html":
            assert page.meta("robots") == "noindex", url
            continue
        assert "Démonstration faite" not in page.text, url
        foot = page.one("footer").text
        if url.startswith("integre/"):  # shown in a frame of another site
            assert page.meta("robots") == "noindex", url
            assert "Aucun témoin, aucune mesure d’audience" in foot, url
            continue
        assert page.meta("robots") == "", url
        assert "info@pole.example.org" in foot, url
        assert "819 555-0100" in foot.replace("\u00a0", " "), url
    robots = (example.site / "robots.txt").read_text(encoding="utf-8")
    assert "Disallow" not in robots
    assert "Sitemap: https://repertoire.example.org/sitemap.xml" in robots


def test_privacy_names_the_function_that_answers_and_the_host(example: Project, demonstration: Project) -> None:
    official = read(example.pages()["vie-privee/"]).text
    assert "Direction générale du Pôle Exemple" in official
    assert "Hébergement Exemple, au Québec" in official
    assert "30 jours" in official.replace("\u00a0", " ")
    told = " ".join(read(demonstration.pages()["vie-privee/"]).text.split())
    assert "personne n’y reçoit de demandes" in told
    assert "seront indiqués ici" in told


def test_profile_leads_to_the_pole_first_then_to_the_forge(example: Project) -> None:
    page = read(example.pages()["entreprises/exemplaire/"])
    links = [e.attributes["href"] for e in page.all("a") if "main" in e.path]
    mail = next(i for i, h in enumerate(links) if h.startswith("mailto:info@pole.example.org"))
    phone = links.index("tel:+1-819-555-0100")
    forge = next(i for i, h in enumerate(links) if h.endswith("/modifier/content/enterprises/exemplaire.yml"))
    assert mail < phone < forge


def test_sparse_record_makes_a_decent_page(project: Project) -> None:
    for url, path in project.pages().items():
        page = read(path)
        for element in page.elements:
            if re.fullmatch(r"h[1-6]|li|dd|dt|td|p|ul|dl|figure", element.tag) and not element.text:
                filled = url.startswith(("acheter/", "aide/", "carte/", "contribuer/", "integre", "recherche/"))
                by_script = filled and any(key.startswith("data-") for key in element.attributes)
                hidden = "hidden" in element.attributes or by_script
                # An item that only holds a drawing has its words in an attribute.
                assert hidden or element.tag == "td", f"/{url}: empty <{element.tag}> {element.attributes}"
        if url.startswith("entreprises/"):
            assert "non précisé" not in page.text.lower(), url


def test_closed_and_merged_records_are_kept_apart(example: Project) -> None:
    """A closed one keeps its page, marked; a merged one leads to its successor; neither is anywhere else."""
    pages = example.pages()
    merged = example.record("la-ruche-exemple").read_text(encoding="utf-8")
    assert "fusionnee_avec" in merged
    closed = read(pages["entreprises/epicerie-communautaire-exemple-du-cas-de-figure/"])
    assert "Cette entreprise a cessé ses activités le 30 juin 2026." in closed.text.replace("\u00a0", " ")
    assert "Fermée" in closed.text
    assert not [e for e in closed.elements if "data-selection" in e.attributes]
    past = ("epicerie-communautaire-exemple-du-cas-de-figure", "la-ruche-exemple", "miellerie-de-lac-a-l-exemple")
    for url, path in pages.items():
        if is_redirect(read(path)):
            continue
        leads = {urljoin(ORIGIN + url, r).split("#")[0] for r in read(path).references if "/donnees/" not in r}
        found = {slug for slug in past if f"{ORIGIN}entreprises/{slug}/" in leads}
        assert found <= {slug for slug in past if url == f"entreprises/{slug}/"}, url
    listed = (example.site / "sitemap.xml").read_text(encoding="utf-8")
    data = packing.read(example.site)
    assert past[0] not in data.pop("anciennes"), "a closed one replaces nothing"
    texts = json.loads((example.site / "acheter/textes.json").read_text(encoding="utf-8"))
    assert not [slug for slug in past if slug in json.dumps([data, texts])]
    assert not [slug for slug in past if f"/{slug}/" in listed]
    assert not (example.site / "entreprises" / past[0] / f"{past[0]}.vcf").exists()


@pytest.mark.parametrize(
    ("old", "present"),
    [
        ("menage-exemple", "entretien-exemple-entreprise-d-insertion"),  # renamed, twice
        ("entretien-exemple-inc", "entretien-exemple-entreprise-d-insertion"),
        ("la-ruche-exemple", "100-exemple-cooperative-de-producteurs"),  # merged
        ("miellerie-de-lac-a-l-exemple", "100-exemple-cooperative-de-producteurs"),  # renamed, then merged
    ],
)
def test_an_old_address_leads_straight_to_the_present_page(example: Project, old: str, present: str) -> None:
    pages = example.pages()
    page = read(pages[f"entreprises/{old}/"])
    target = page.one("meta", http_equiv="refresh").attributes["content"].partition("url=")[2]
    address = urljoin(ORIGIN + f"entreprises/{old}/", target)
    assert address == f"{ORIGIN}entreprises/{present}/"
    assert page.one("a").attributes["href"] == target
    assert page.one("link", rel="canonical").attributes["href"].endswith(f"/entreprises/{present}/")
    assert not is_redirect(read(pages[f"entreprises/{present}/"]))
