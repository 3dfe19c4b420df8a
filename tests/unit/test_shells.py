"""Shells: cut at their marks, never parsed; refused when a mark is missing."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

import pytest

from annuaire.site import policy, shells, stamp
from annuaire.text.problems import AnnuaireError
from annuaire.timeline.days import Days

HEAD = '<html><head>{style}<title>ANNUAIRE-TITRE</title><meta name="annuaire" content="tete"></head>'
THEME = Path(shells.__file__).parents[1] / "theme"
FETCHED = ("document", "ledger-worker", "map", "workbook")
PAGE = HEAD + "<body>{{ 7 * 7 }}<!--annuaire:contenu--><footer>ANNUAIRE-MISE-A-JOUR</footer></body></html>"


def folder(tmp_path: Path, **pages: str) -> Path:
    for name, html in ({"index": PAGE} | pages).items():
        path = tmp_path / (name.replace("__", "/") + ("/index.html" if name != "index" else ".html"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html.replace("{style}", ""), encoding="utf-8")
    return tmp_path


def test_a_shell_is_filled_and_never_run(tmp_path: Path) -> None:
    read = shells.load(folder(tmp_path, gabarits__fiche=PAGE))
    html = read.find("entreprises/exemple/", "fiche") if ("fiche", 2) in read.by_depth else None
    assert html is not None
    hostile = "<p>{{ x }} ANNUAIRE-TITRE ANNUAIRE-MISE-A-JOUR <!--annuaire:contenu--></p>"
    text = html.fill("A < B {{ 1 }}", "<meta>", hostile, date(2026, 11, 22))
    assert "<title>A &lt; B {{ 1 }}</title>" in text
    assert "{{ 7 * 7 }}" in text
    assert hostile in text
    assert "<footer>Dernière mise à jour\u00a0: 22\u00a0novembre\u00a02026.</footer>" in text
    assert "<footer></footer>" in html.fill("A", "", "", None)


@pytest.mark.parametrize(
    ("mark", "remedy"),
    [
        ("ANNUAIRE-TITRE", "écrire «\u00a0title: ANNUAIRE-TITRE\u00a0» en tête de content/pages/gabarits/fiche.md"),
        ('<meta name="annuaire" content="tete">', "dire au programme de mise en forme où est ce thème"),
        ("<!--annuaire:contenu-->", "l’écrire une fois dans content/pages/gabarits/fiche.md"),
    ],
)
def test_a_shell_without_a_mark_is_refused(tmp_path: Path, mark: str, remedy: str) -> None:
    with pytest.raises(AnnuaireError, match="ne porte pas la marque") as refused:
        shells.load(folder(tmp_path, gabarits__fiche=PAGE.replace(mark, "")))
    assert remedy in str(refused.value)


@pytest.mark.parametrize("mark", ['<meta name="annuaire" content="tete">', "<!--annuaire:contenu-->"])
def test_a_shell_with_a_mark_that_stands_twice_is_refused(tmp_path: Path, mark: str) -> None:
    with pytest.raises(AnnuaireError, match=r"porte 2 fois la marque .*, au lieu d’une seule"):
        shells.load(folder(tmp_path, gabarits__fiche=PAGE.replace(mark, mark * 2)))


def test_a_title_may_stand_as_often_as_the_theme_wants(tmp_path: Path) -> None:
    often = PAGE.replace("<footer>", "ANNUAIRE-TITRE " * 12 + "<footer>")
    shell = shells.load(folder(tmp_path, gabarits__fiche=often)).find("entreprises/x/", "fiche")
    assert shell.fill("A", "", "").count("A ") == 12


def test_marks_are_known_however_an_engine_writes_them(tmp_path: Path) -> None:
    other = PAGE.replace('<meta name="annuaire" content="tete">', "<meta name=annuaire content=tete />")
    other = other.replace("<!--annuaire:contenu-->", "<!-- annuaire:contenu -->")
    read = shells.load(folder(tmp_path, gabarits__fiche=other, seule=other))
    assert "seule/" in read.by_url
    text = read.find("entreprises/x/", "fiche").fill("A", "<link>", "<p>")
    assert "annuaire:contenu" not in text
    assert "<link></head>" in text


def test_a_page_without_a_shell_says_what_to_add(tmp_path: Path) -> None:
    read = shells.load(folder(tmp_path))
    with pytest.raises(AnnuaireError, match="profondeur 3"):
        read.find("a/b/c/", "inconnu")


def test_the_policy_names_the_scripts_of_the_theme_and_no_other() -> None:
    own = sorted(policy.theme_scripts())
    written = "".join(f"<script>{script}</script>" for script in own)
    html = policy.with_policy(
        f"<head>{written}<script>un()</script><style>p{{}}</style><script type='application/ld+json'>{{}}"
        "</script></head>"
    )
    assert html.startswith('<head>\n<meta http-equiv="Content-Security-Policy"')
    hashed = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in own]
    assert own
    assert sorted(re.findall(r"'sha256-([^']+)'", html)) == sorted(hashed)
    assert "unsafe-inline" not in html


def test_a_theme_script_is_the_same_whatever_engine_renders_it() -> None:
    assert policy.theme_scripts()
    assert not [body for body in policy.theme_scripts() if re.search(r"\{\{|\{%|\{#", body)]


def test_only_the_page_that_needs_it_may_fetch_more(tmp_path: Path) -> None:
    allowed = {"carte/": {"img-src": "'self' https://tuiles.exemple.org"}}
    read = shells.load(folder(tmp_path, carte=PAGE, seule=PAGE), allowed)
    rules = {url: re.search(r'content="([^"]+)"', shell.text) for url, shell in read.by_url.items()}
    said = {url: dict(one.split(" ", 1) for one in found[1].split("; ")) for url, found in rules.items() if found}
    assert said["carte/"] == said["seule/"] | {"img-src": "'self' https://tuiles.exemple.org"}
    assert said["seule/"]["default-src"] == "'none'"
    assert "tuiles" not in said["seule/"]["img-src"]


def test_a_bundle_is_published_under_the_hash_of_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "assets/bundles").mkdir(parents=True)
    (tmp_path / "assets/bundles/annuaire.css").write_text("a{}", encoding="utf-8")
    (tmp_path / "assets/site.css").write_text("a{}", encoding="utf-8")
    page = PAGE.replace("<body>", '<body><link href="./assets/bundles/annuaire.css"><link href="./assets/site.css">')
    read = shells.load(folder(tmp_path, index=page))
    name = f"assets/bundles/annuaire.{hashlib.sha256(b'a{}').hexdigest()[:10]}.css"
    assert f'href="./{name}"' in read.by_url[""].text
    stamp.copy_shell_files(read, tmp_path / "site", stamp.Written(), Days())
    assert {path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*.css")} == {
        *(name, "assets/site.css"),
    }


def test_scripts_know_the_names_of_the_bundles_that_they_fetch() -> None:
    bundles = THEME / "assets" / "bundles"
    texts = {path.stem: path.read_bytes() for path in bundles.glob("*.js")}
    names = {name: f"{name}.{hashlib.sha256(texts[name]).hexdigest()[:10]}.js" for name in FETCHED}
    callers = {
        "workbook": ["catalogue", "ledger"],
        "map": ["catalogue"],
        "document": ["selection"],
        "ledger-worker": ["ledger"],
    }
    assert {name: [c for c in found if names[name].encode() in texts[c]] for name, found in callers.items()} == callers


def test_a_file_of_the_theme_being_read_is_replaced_whole(tmp_path: Path) -> None:
    (tmp_path / "gabarits").mkdir()
    read = shells.load(folder(tmp_path / "gabarits"))
    (tmp_path / "gabarits/assets").mkdir()
    (tmp_path / "gabarits/assets/site.css").write_text("b{}", encoding="utf-8")
    read = replace(read, assets={PurePosixPath("assets/site.css"): PurePosixPath("assets/site.css")})
    style = tmp_path / "site/assets/site.css"
    style.parent.mkdir(parents=True)
    style.write_text("a{}", encoding="utf-8")
    with style.open() as shown:
        stamp.copy_shell_files(read, tmp_path / "site", stamp.Written(), Days(), again=True)
        assert (shown.read(), style.read_text(encoding="utf-8")) == ("a{}", "b{}")


@pytest.mark.parametrize(
    ("page", "reference", "target"),
    [
        ("a/b/", "../c/", "a/c/"),
        ("a/b/", "../../", ""),
        ("a/b/", "../..", ""),
        ("a/", ".", "a/"),
        ("", "./a/", "a/"),
        ("a/b/", "x.vcf", "a/b/x.vcf"),
        ("a/", "https://exemple.org/", None),
        ("a/", "mailto:info@exemple.org", None),
        ("a/", "../../x", None),
    ],
)
def test_resolving_a_reference(page: str, reference: str, target: str | None) -> None:
    assert shells.resolve(page, reference) == target
