"""What an engine made of a page is judged again: a text that was let through may become something else."""

from pathlib import Path

import pytest
from tests.rules.corpus import settings

from annuaire.site import gate, shells
from annuaire.text.problems import AnnuaireError

PAGE = "<html><head><script>theme()</script></head><body data-x='1'><!--annuaire:page-->{}<!--/annuaire:page--></body>"


def rendered(tmp_path: Path, html: str, name: str = "a/index.html") -> Path:
    folder = tmp_path / "shells"
    for file, text in (("index.html", PAGE.format("<p>Accueil</p>")), (name, html)):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def test_text_is_let_through_and_the_theme_is_not_judged(tmp_path: Path) -> None:
    folder = rendered(tmp_path, PAGE.format('<p style="text-align: left">Du <b>texte</b></p>'))
    gate.refuse(folder, settings(tmp_path))
    read = shells.load(folder)
    assert "annuaire:page" not in read.finished["a/"]
    assert "<b>texte</b>" in read.finished["a/"]


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<script>x()</script>", "« <script> » ferait agir"),
        ('<a href="javascript:x()">a</a>', "« javascript:x() »"),
        ("<!--/annuaire:page--><script>x()</script>", "une seule fois"),
        ("<!--annuaire:page-->", "une seule fois"),
        ("<!-- annuaire:page -->", "mal écrit"),
    ],
)
def test_what_an_extension_made_is_refused_with_the_name_of_its_text(tmp_path: Path, html: str, said: str) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.md").write_text("Texte\n", encoding="utf-8")
    with pytest.raises(AnnuaireError) as caught:
        gate.refuse(rendered(tmp_path, PAGE.format(html)), settings(tmp_path))
    words = str(caught.value).replace("\u00a0", " ")
    assert said in words
    assert "pages/a.md" in words or "a/index.html" in words


@pytest.mark.parametrize("html", ["<html><body><p>a</p></body>", PAGE.format("").replace("<!--/annuaire:page-->", "")])
def test_a_theme_that_does_not_say_where_the_text_is(tmp_path: Path, html: str) -> None:
    with pytest.raises(AnnuaireError, match="dans le gabarit du thème"):
        gate.refuse(rendered(tmp_path, html), settings(tmp_path))


def test_the_page_of_the_theme_itself_holds_no_text(tmp_path: Path) -> None:
    gate.refuse(rendered(tmp_path, "<html><body><p>Introuvable</p></body>", "404.html"), settings(tmp_path))
    with pytest.raises(AnnuaireError, match="agir"):
        gate.refuse(rendered(tmp_path, PAGE.format("<p onclick=x>"), "404.html"), settings(tmp_path))
