"""« Vie privée » says all that a browser keeps: nothing stored by the theme is missing from the page, nor too many."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from annuaire.records.collections import EVERY
from annuaire.schema import load

ROOT = Path(__file__).parents[2]
THEME = ROOT / "src" / "annuaire" / "theme"
PAGE = (ROOT / "src" / "annuaire" / "depot" / "pages" / "vie-privee.md").read_text(encoding="utf-8")
SOURCES = sorted(p for p in THEME.rglob("*") if p.suffix in {".js", ".html"} and "bundles" not in p.parts)
USE = re.compile(r"\blocalStorage\b(?:\.(?:get|set|remove)Item\(\s*(?:\"(?P<text>[^\"]+)\"|(?P<name>[\w$]+)))?")
ELSEWHERE = re.compile(
    r"\bsessionStorage\b|\bindexedDB\b|document\.cookie|\bcookieStore\b|\bcaches\.|serviceWorker|\bshowSaveFilePicker\b"
    r"|\bsendBeacon\b|navigator\.storage|localStorage\["
)
LISTED = re.compile(r"^- `(annuaire-[a-z-]+)`\u00a0: (.+?)\.$", re.MULTILINE | re.DOTALL)


def keys_of(source: str, text: str) -> set[str]:
    """Name what a script keeps; fail on a use of the storage whose key cannot be read."""
    found = set()
    for use in USE.finditer(text):
        key = use["text"]
        if use["name"]:
            constant = re.search(rf"\bconst {re.escape(use['name'])} = \"([^\"]+)\";", text)
            key = constant[1] if constant else None
        assert key, f"{source}: write the key of « {use[0]} » as a text, or as a constant of the same file"
        found.add(key)
    return found


def test_every_key_is_explained_and_none_is_left_over() -> None:
    kept = set[str]()
    for path in SOURCES:
        kept |= keys_of(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
    listed = dict(LISTED.findall(PAGE))
    assert kept
    assert set(listed) == kept
    assert all(len(purpose) > 30 for purpose in listed.values())


@pytest.mark.parametrize(
    "text",
    ['localStorage.setItem("annuaire-x", 1)', 'const K = "annuaire-x";\nlocalStorage.getItem(K)'],
)
def test_a_key_is_found(text: str) -> None:
    assert keys_of("essai.js", text) == {"annuaire-x"}


@pytest.mark.parametrize("text", ["localStorage.setItem(key, 1)", "const s = localStorage;", "localStorage.clear()"])
def test_a_key_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(AssertionError, match=r"essai\.js"):
        keys_of("essai.js", text)


def test_nothing_is_kept_otherwise() -> None:
    guilty = [str(p.relative_to(ROOT)) for p in SOURCES if ELSEWHERE.search(p.read_text(encoding="utf-8"))]
    assert guilty == []


def test_the_page_says_who_answers_how_and_when() -> None:
    for words in (
        "Nous joindre",
        "hébergeur",
        "avec diligence et au plus tard dans les 30\u00a0jours",
        "date de réception de votre demande",
        "article\u00a032",
        "adresse IP",
        "journal",
    ):
        assert words in PAGE, words
    assert "joindre: true" in PAGE.partition("\n---\n")[0], "the function of the person responsible and the host"


CONTACT = Environment(loader=FileSystemLoader(THEME), autoescape=True).get_template("partials/contact.html")
OFFICIAL = {
    "nom": "Pôle Exemple",
    "courriel": "info@pole.example",
    "telephone": "819 555-0100",
    "responsable_renseignements": "Direction générale",
    "hebergeur": "Hébergeur Exemple, au Québec",
}


@pytest.mark.parametrize(
    "known",
    [
        (),
        ("nom",),
        ("hebergeur",),
        ("courriel",),
        ("telephone",),
        ("responsable_renseignements", "hebergeur"),
        tuple(OFFICIAL),
    ],
)
def test_what_is_known_of_who_answers_is_shown_whatever_is_not(known: tuple[str, ...]) -> None:
    shown = CONTACT.render(annuaire={"pole": {name: OFFICIAL[name] for name in known}})
    assert [name for name, value in OFFICIAL.items() if value in shown] == [name for name in OFFICIAL if name in known]
    can_be_reached = not {"courriel", "telephone"}.isdisjoint(known)
    assert ("personne n’y reçoit de demandes" in shown) != can_be_reached
    assert ("<dl" in shown) == bool(known)


def test_no_field_is_for_a_person() -> None:
    person = re.compile(r"prenom|personne|dirigeant|president|proprietaire|responsable|auteur|membre_|naissance")
    fields = [field for name in EVERY for table in load(name).tables for field in table.fields]
    assert [field.name for field in fields if person.search(field.name)] == []
    assert "nom" not in load("enterprises").root.groups["contact_achats"], "a purchasing contact is a function"
