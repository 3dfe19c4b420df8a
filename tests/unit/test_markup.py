"""The only HTML that is not escaped: it must not carry anything alive."""

import json

import pytest

from annuaire.text.markup import dropped_link, json_block, markdown


def test_what_is_allowed() -> None:
    html = markdown("Un **gras**, un *italique* et un [lien](https://exemple.org/).\n\n- un\n- deux")
    assert "<strong>gras</strong>" in html
    assert "<em>italique</em>" in html
    assert 'href="https://exemple.org/"' in html
    assert "<li>deux</li>" in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![image](https://exemple.org/a.png)",
        "[clic](javascript:alert(1))",
        "[clic](data:text/html,<script>alert(1)</script>)",
        '<https://exemple.org/"onmouseover=alert(1)>',
        "# Titre",
        "[a]: javascript:alert(1)\n\n[clic][a]",
        "`<b>`",
    ],
)
def test_what_stays_text(text: str) -> None:
    html = markdown(text)
    for dead in ("<script", "<img", "<h1", "<b>", 'href="javascript', 'href="data', " onmouseover="):
        assert dead not in html


@pytest.mark.parametrize(
    "address", ["notre-page", "#y", "//evil.com", "\\\\\\\\evil", "/a", "../x", "?q=1", "ftp://a.org"]
)
def test_only_whole_addresses_make_links(address: str) -> None:
    text = f"[voir]({address})"
    assert "href" not in markdown(text)
    assert "voir" in markdown(text)
    assert dropped_link(text)


@pytest.mark.parametrize("address", ["https://a.org", "HTTP://a.org", "mailto:a@a.org", "tel:+18195550142"])
def test_whole_addresses_make_links(address: str) -> None:
    assert "href" in markdown(f"[voir]({address})")
    assert not dropped_link(f"[voir]({address})")


def test_json_cannot_end_its_element() -> None:
    data = {"nom": "</script><!-- \u2028 & fin"}
    text = json_block(data)
    assert "<" not in text
    assert "\u2028" not in text
    assert json.loads(text) == data
