"""The two dark schemes of the theme: the chosen one and, without scripts, the system's."""

from __future__ import annotations

import re
from pathlib import Path

import annuaire
from annuaire.pages.contact import pieces

TOKENS = Path(annuaire.__file__).parent / "theme" / "css" / "common" / "tokens.css"


def test_both_dark_schemes_have_the_same_values() -> None:
    text = TOKENS.read_text(encoding="utf-8")
    chosen, system = (
        re.search(re.escape(selector) + r" \{(.*?)\}", text, re.DOTALL)
        for selector in (':root[data-theme="dark"]', ":root:not([data-theme])")
    )
    assert chosen is not None
    assert system is not None
    assert chosen[1].split() == system[1].split()


def test_an_address_breaks_between_its_words() -> None:
    assert pieces("info@coop.example.org") == ["info", "@coop.", "example.", "org"]
    assert "".join(pieces("<b>@a..b//")) == "<b>@a..b//"
