"""A page has one apostrophe and one dash; what a program reads keeps its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annuaire.text import typography


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>L&#39;été d'Exemple</p>", "<p>L’été d’Exemple</p>"),
        ("<p>L&#39;<b>été</b></p>", "<p>L’<b>été</b></p>"),
        ("<p>Aide — Conseil - Suivi</p>", "<p>Aide – Conseil – Suivi</p>"),
        ("<p>Trois-Rivières, 819 555-0142, -12, 10 - 12</p>", "<p>Trois-Rivières, 819 555-0142, -12, 10 – 12</p>"),
        ("<p>l\u2018eau, l\u02bceau</p>", "<p>l’eau, l’eau</p>"),
        (
            '<a href="?q=l&#39;eau - x" title="l&#39;eau">l&#39;eau</a>',
            '<a href="?q=l&#39;eau - x" title="l’eau">l’eau</a>',
        ),
        ("<code>d'un - deux</code> l'eau", "<code>d'un - deux</code> l’eau"),
        ("<textarea>l'eau</textarea><pre>l'eau</pre>", "<textarea>l'eau</textarea><pre>l'eau</pre>"),
        ("<p>'=1+1, &#39;90</p>", "<p>'=1+1, &#39;90</p>"),
        (
            '<b aria-label="d&#39;un, l&#39;autre" data-x="l&#39;eau">x</b>',
            '<b aria-label="d’un, l’autre" data-x="l&#39;eau">x</b>',
        ),
        ("<p>rien</p>", "<p>rien</p>"),
    ],
)
def test_a_page(html: str, expected: str) -> None:
    assert typography.page(html) == expected
    assert typography.page(expected) == expected


@given(
    st.lists(
        st.sampled_from(["a", "é", " ", "\u00a0", "-", "'", "&#39;", "\u2014", "<p>", "«", "\u02bc", "\n", '="'])
    ).map("".join)
)
def test_looking_for_the_signs_alone_finds_them_all(text: str) -> None:
    assert typography.plain(text) == typography._SIGN.sub(lambda found: "’" if found["mark"] else "–", text)
