"""Both engines: the same pages, byte by byte, and the same refusals, in French.

What Zensical gives otherwise is listed here with its reason; the test fails when one goes away or another comes.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.sites import EXAMPLES, KEPT, REPOSITORY, Project, digest, lay_out

from annuaire import build, config
from annuaire.site import complaint, engine, shells
from annuaire.text.problems import AnnuaireError

ENGINES = tuple(engine.COMMANDS)
# A page with all that Markdown and a head may hold, written at two depths: what our own pages hold today is less.
PAGE = """---
title: "L'eau & <b>feu</b> \\"vif\\" / été"
description: "un \\"mot\\" & l'autre/"
chapeau: "l'un <i>ou</i> l’autre"
---

## Été à l’école

```python
x = "<1>"
```

~~~
tilde <b>
~~~

    code indenté & <i>

- un

    ```js
    let x
    ```

a "b" -- c... [achats]({up}acheter.md) [repère]({up}a-propos.md#ce-quest-ce-repertoire) [accueil]({up}index.md)
![dessin]({up}dessin.svg) <https://example.org> https://example.org H~2~O ==m== ++ctrl++ :smile: ~~x~~

## Été à l’école

Terme
:   Définition

| a | b |
|---|:-:|
| 1 | 2 |

<div markdown>
**gras**
</div>

Texte
{: #ici .classe }

- [ ] à faire
"""
# What differs: (file of the shells, what MkDocs writes, what Zensical writes): why.
DIFFERENCES = {
    (
        "acheter/essai/index.html",
        '<a href="../">achats</a>',
        '<a href="../../acheter/">achats</a>',
    ): "a link in Markdown from a page to the one above it: same address, written by way of the home page",
}


def render(project: Project, name: str) -> dict[str, str]:
    """Give the pages that an engine renders, the text of each by its name in the folder of shells."""
    folder = engine.start(project.settings, name, project.settings.cache / f"essai.{name}").wait()
    read = shells.load(folder)
    assert read.by_depth
    return {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in sorted(folder.rglob("*.html"))}


def lines_apart(one: dict[str, str], other: dict[str, str]) -> set[tuple[str, str, str]]:
    """List the pieces of line that differ: what is around them, on the line, being the same."""
    assert one.keys() == other.keys()
    found = set()
    for name in one:
        first, second = one[name].split("\n"), other[name].split("\n")
        assert len(first) == len(second), name
        for a, b in zip(first, second, strict=True):
            if a != b:
                mine, theirs = (re.findall(r"<[^>]+>[^<]*(?:</[^>]+>)?", line) for line in (a, b))
                found |= {(name, x, y) for x, y in zip(mine, theirs, strict=True) if x != y}
    return found


def test_same_site_with_both_engines(tmp_path: Path) -> None:
    built = []
    for name in ENGINES:
        project = lay_out(tmp_path / name, EXAMPLES)
        project.commit()
        answer = project.run("build", "--engine", name)
        assert answer.returncode == 0, answer.stderr
        assert not [path.name for path in project.settings.cache.iterdir() if path.name[-1].isdigit()]
        built.append(digest(project.site))  # which differs from itself at each build
    assert len(built[0]) > 500
    assert built[0] == built[1]


@pytest.mark.parametrize("source", [REPOSITORY, EXAMPLES], ids=["demonstration", "officielle"])
def test_same_shells_of_any_page(tmp_path: Path, source: Path) -> None:
    project = lay_out(tmp_path, source, records=False)
    project.configure(
        site_url="https://repertoire.exemple.quebec/un/dossier/", site_name=json.dumps("""L'éco & <b> "x"/y""")
    )
    text = project.config_file.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^site_description:.*\n", "", text).replace(
        "acheter/, onglet", '"https://example.org/?a&b", onglet'
    )
    alert = "    alerte: {texte: 'L’eau & <b>', lien: Savoir, adresse: evenements/}\n"
    text = text.replace("  annuaire:\n", f"  annuaire:\n{alert}", 1)
    project.config_file.write_text(text, encoding="utf-8")
    for name, up in (("essai", ""), ("acheter/essai", "../")):
        (project.root / "pages" / f"{name}.md").write_text(PAGE.replace("{up}", up), encoding="utf-8")
    (project.root / "pages" / "dessin.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    mkdocs, zensical = (render(project, name) for name in ENGINES)
    assert lines_apart(mkdocs, zensical) == set(DIFFERENCES)
    assert 'href="https://example.org/?a&amp;b"' in mkdocs["index.html"]
    for name, root in (("index.html", ""), ("acheter/essai/index.html", "../../"), ("404.html", "/un/dossier/")):
        told = mkdocs[name].partition('<aside class="notice notice--alert" aria-label="Avis important">')[2]
        assert f'L’eau &amp; &lt;b&gt; <a href="{root or "./"}evenements/">Savoir</a>' in told, name
    assert "L&#39;éco &amp; &lt;b&gt; &#34;x&#34;/y" in mkdocs["index.html"]
    assert '<meta name="robots" content="noindex">' in zensical["404.html"]
    assert 'href="/un/dossier/recherche/"' in zensical["404.html"]


@pytest.mark.parametrize("name", ENGINES)
def test_pages_outside_the_folder_of_the_configuration(tmp_path: Path, name: str) -> None:
    """Zensical alone would refuse them."""
    lay_out(tmp_path / "a", EXAMPLES)
    (tmp_path / "a" / "pages").rename(tmp_path / "ailleurs")
    settings = replace(config.load(tmp_path / "a" / "mkdocs.yml"), pages=tmp_path / "ailleurs")
    folder = engine.start(settings, name, tmp_path / "gabarits").wait()
    assert ("entreprises", 2) in shells.load(folder).by_depth
    assert not (folder / "mkdocs.yml").exists()


@pytest.mark.parametrize("name", ENGINES)
def test_a_short_configuration_is_rendered_as_a_whole_one(tmp_path: Path, name: str) -> None:
    """What a newer program needs of an engine comes with it, as its pages do."""
    project = lay_out(tmp_path / "long", EXAMPLES, records=False)
    text = project.config_file.read_text(encoding="utf-8")
    short = lay_out(tmp_path / "court", EXAMPLES, records=False)
    head, tail = text.split("docs_dir:")[0], text[text.index("\nextra:") :]
    short.config_file.write_text(head + tail, encoding="utf-8")
    shutil.rmtree(short.root / "pages")
    assert not short.settings.pages.exists()
    assert lines_apart(render(project, name), render(short, name)) == set()


def test_hooks_of_an_older_repository_are_still_found(tmp_path: Path) -> None:
    """Before 0.2.0, `hooks/mkdocs_hook.py` was what the plugin now is; its path is from the folder of the site."""
    project = lay_out(tmp_path, EXAMPLES, records=False)
    text = project.config_file.read_text(encoding="utf-8")
    text = re.sub(r"plugins:\n  - annuaire.*\n", "hooks:\n  - hooks/ancien.py\n\nplugins: []\n", text)
    project.config_file.write_text(text, encoding="utf-8")
    hook = project.root / "hooks" / "ancien.py"
    hook.parent.mkdir()
    hook.write_text(
        "import os\ndef on_config(config, **_):\n    assert os.environ['ANNUAIRE_GABARITS']\n"
        "    config.site_name = 'Par le crochet'\n    return config\n",
        encoding="utf-8",
    )
    assert "Par le crochet" in render(project, "mkdocs")["a-propos/index.html"]


@pytest.mark.parametrize("name", ENGINES)
def test_a_page_of_the_site_takes_the_place_of_that_of_the_program(tmp_path: Path, name: str) -> None:
    project = lay_out(tmp_path, EXAMPLES, records=False)
    shutil.rmtree(project.root / "pages")
    own = project.root / "pages" / "a-propos.md"
    own.parent.mkdir()
    own.write_text("---\ntitle: Qui nous sommes\n---\n\nNous, [ici](contribuer.md).\n", encoding="utf-8")
    pages = render(project, name)
    assert "Qui nous sommes" in pages["a-propos/index.html"]
    assert set(pages) >= {"contribuer/index.html", "acheter/catalogue/index.html", "gabarits/entreprises/3/index.html"}
    own.write_text("---\ntitle: Qui nous sommes\n---\n\nNous.\n\n[x](nulle-part.md)\n", encoding="utf-8")
    with pytest.raises(AnnuaireError, match=r"pages/a-propos\.md"):
        render(project, name)
    own.rename(own.parent / "contribuer.md")
    (own.parent / "a-propos").mkdir()
    (own.parent / "a-propos" / "index.md").write_text("---\ntitle: Ailleurs\n---\n", encoding="utf-8")
    with pytest.raises(AnnuaireError, match=r"a-propos/index\.md.*«\u00a0a-propos\.md\u00a0» a la même adresse"):
        render(project, name)


def test_configuration_of_another_name(tmp_path: Path) -> None:
    project = lay_out(tmp_path, EXAMPLES)
    project.config_file.rename(tmp_path / "autre.yml")
    settings = config.load(tmp_path / "autre.yml")
    for name in ENGINES:
        folder = engine.start(settings, f" {name} ", tmp_path / f"gabarits.{name}").wait()
        assert "Pôle Exemple" in (folder / "index.html").read_text(encoding="utf-8")


def test_shells_of_any_program_are_stamped(tmp_path: Path) -> None:
    project = lay_out(tmp_path, EXAMPLES, records=False)
    folder = engine.start(project.settings, "zensical", project.settings.cache / "essai").wait()
    answer = project.run("stamp", str(folder), "--out", "site")
    assert answer.returncode == 0, answer.stderr
    assert "Exempleville" in project.pages()["territoires/"].read_text(encoding="utf-8")


END = "\n\nVoir {} ici.\n"
FAULTS = {
    "link": ("a-propos.md", END.format("[x](nulle-part.md)"), "pages/a-propos.md", "« nulle-part.md » ne mène nulle"),
    "anchor": ("a-propos.md", END.format("[x](donnees.md#absent)"), "a-propos", "repère"),
    "picture": ("a-propos.md", END.format("![x](absent.png)"), "a-propos", "absent.png"),
    "head": ("neuve.md", "---\ntitle: [x\n---\n", "pages/neuve.md:2:8", "« clé: valeur »"),
    "list": ("neuve.md", "---\n- a\n---\n", "pages/neuve.md:2:1", "« clé: valeur »"),
    "open": ("neuve.md", "---\ntitle: x\n", "pages/neuve.md:1", "trois traits d’union"),
    "title": ("neuve.md", "Bonjour\n", "pages/neuve.md", "il manque le titre"),
    "twins": ("acheter/index.md", "---\ntitle: x\n---\n", "pages/acheter.md", "a la même adresse"),
    "encoding": ("a-propos.md", "\n\udce9t\udce9\n", "pages/a-propos.md:59", "UTF-8"),
    "mark": ("gabarits/entreprises.md", "<!--annuaire:contenu-->", "entreprises/index.html", "porte 2 fois"),
}


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("fault", FAULTS)
def test_wrong_page_is_refused_in_french_by_both(tmp_path: Path, fault: str, name: str) -> None:
    page, added, where, why = FAULTS[fault]
    project = lay_out(tmp_path, EXAMPLES, records=False)
    with (project.root / "pages" / page).open("a", encoding="utf-8", errors="surrogateescape") as file:
        file.write(added)
    with pytest.raises(AnnuaireError) as refused:
        build.build(project.settings, command=name)
    problems = getattr(refused.value, "problems", ())  # what a page holds is judged by the rule that `validate` has
    said = "\n".join([str(refused.value), *(f"{p.location}: {p.message}, {p.hint}" for p in problems)])
    said = said.replace("\u00a0", " ")
    assert where in said
    assert why in said
    assert not re.search(r"Traceback|Error|strict|WARNING|does not|anglais", said), said
    assert not project.site.exists()
    cache = project.settings.cache
    assert not cache.exists() or {path.name for path in cache.iterdir()} <= KEPT


@pytest.mark.parametrize(
    ("name", "line", "instead", "said"),
    [
        (
            "mkdocs",
            "  name: material",
            "  name: absent",
            "«\u00a0absent\u00a0», sous «\u00a0theme\u00a0», est introuvable",
        ),
        ("zensical", "  name: material", "  name: absent", "«\u00a0absent\u00a0» n’est pas installé"),
        ("mkdocs", "  - attr_list", "  - absente", "«\u00a0absente\u00a0», sous «\u00a0markdown_extensions\u00a0»"),
        ("zensical", "  - attr_list", "  - absente", "«\u00a0absente\u00a0» n’est pas installé"),
        ("mkdocs", "docs_dir: pages", "inconnu: oui", "le réglage «\u00a0inconnu\u00a0» n’existe pas"),
        ("mkdocs", "use_directory_urls: true", "use_directory_urls: 3", "«\u00a0use_directory_urls\u00a0» ne convient"),
    ],
)
def test_wrong_setting_is_refused_in_french(tmp_path: Path, name: str, line: str, instead: str, said: str) -> None:
    project = lay_out(tmp_path, EXAMPLES, records=False)
    text = project.config_file.read_text(encoding="utf-8")
    assert f"\n{line}" in text
    project.config_file.write_text(text.replace(f"\n{line}", f"\n{instead}", 1), encoding="utf-8")
    with pytest.raises(AnnuaireError, match=r"mkdocs\.yml\u00a0: ") as refused:
        engine.start(project.settings, name, project.settings.cache / "essai").wait()
    assert said in str(refused.value)
    assert "Traceback" not in str(refused.value)
    assert len(str(refused.value).splitlines()) == 2


def test_what_an_engine_says_that_nobody_knows_is_one_line() -> None:
    settings = config.load(EXAMPLES / "mkdocs.yml")
    traceback = 'Traceback (most recent call last):\n  File "x.py", line 1, in <module>\n    f()\n    ^^^\n'
    said = complaint.explain(f"INFO - a\n{traceback}RuntimeError: \x1b[31mbang\x1b[0m\n\n", "essai", settings)
    assert said.endswith("\n  il a dit, en anglais\u00a0: «\u00a0RuntimeError: bang\u00a0»")
    assert "Traceback" not in said
    said = complaint.explain("WARNING -  Strange thing\n\nAborted with 1 warnings in strict mode!\n", "essai", settings)
    assert "«\u00a0Strange thing\u00a0»" in said
    said = complaint.explain("", "essai", settings)
    assert "vérifier mkdocs.yml" in said
    assert "\n" not in said
