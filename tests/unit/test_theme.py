"""The theme's sources: two dark schemes that agree, and folders that import what its README says they may."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

import annuaire
from annuaire.pages.contact import pieces

THEME = Path(annuaire.__file__).parent.resolve() / "theme"
TOKENS = THEME / "css" / "common" / "tokens.css"
SCRIPTS = THEME / "js"
ENTRIES = sorted(SCRIPTS.glob("*.js"))
IMPORT = re.compile(r"""\b(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")
COMMON = "common"


def imported(script: Path) -> set[Path]:
    """Give the theme's scripts that a script imports, the rules that the form finds among them."""
    text = script.read_text(encoding="utf-8")
    targets = {(script.parent / found).resolve() for found in IMPORT.findall(text)}
    if '"annuaire:rules"' in text:
        targets |= set((SCRIPTS / "form" / "rules").glob("*.js"))
    return {target for target in targets if target.is_relative_to(SCRIPTS)}


def folder(script: Path) -> str:
    """Name the kind of page that a script belongs to: its first folder, nothing for an entry point."""
    return "" if script.parent == SCRIPTS else script.relative_to(SCRIPTS).parts[0]


def reached(script: Path) -> set[Path]:
    """Give what a bundle holds besides its entry point."""
    found, waiting = set[Path](), [script]
    while waiting:
        fresh = imported(waiting.pop()) - found
        found |= fresh
        waiting += fresh
    return found


def test_a_script_imports_its_own_folder_and_what_is_shared() -> None:
    crossing = [
        f"{script.relative_to(SCRIPTS)} imports {target.relative_to(SCRIPTS)}"
        for script in sorted(SCRIPTS.rglob("*/*.js"))
        for target in sorted(imported(script))
        if folder(target) not in (folder(script), COMMON)
    ]
    assert crossing == []


def test_a_bundle_serves_one_kind_of_page() -> None:
    kinds = {entry.stem: {folder(target) for target in imported(entry)} - {COMMON} for entry in ENTRIES}
    assert {name: found for name, found in kinds.items() if len(found) > 1} == {}
    assert kinds["purchase"] == {"purchase"}


def test_what_is_shared_serves_several_kinds_of_pages_and_nothing_is_left_over() -> None:
    kinds = defaultdict[Path, set[str]](set)
    for entry in ENTRIES:
        found = reached(entry)
        for script in found:
            # An entry point that imports only what is shared is that of every page.
            kinds[script] |= {folder(other) for other in found} - {COMMON} or {"one", "another"}
    few = {
        str(script.relative_to(SCRIPTS))
        for script in SCRIPTS.rglob("*/*.js")
        if len(kinds[script]) < (2 if folder(script) == COMMON else 1)
    }
    assert few == set()


@pytest.mark.parametrize(
    ("pattern", "places"),
    [
        (r"""=\s*["'](?:\\u00a0|\u00a0)["']""", ["common/french.js"]),
        (r"\b(?:function|const|let) plural\b", ["common/french.js"]),
        (r"\b(?:function|const|let) quote\b", ["common/french.js"]),
        (r"\b(?:function|const|let) fold\b", ["common/names.js"]),
        (r"\b(?:function|const|let) sha256\b", ["common/sha256.js"]),
        (r"\.subtle\b", []),  # missing on a site served without https
    ],
)
def test_is_written_once(pattern: str, places: list[str]) -> None:
    found = [
        str(script.relative_to(SCRIPTS))
        for script in sorted(SCRIPTS.rglob("*.js"))
        if re.search(pattern, re.sub(r"//.*", "", script.read_text(encoding="utf-8")))
    ]
    assert found == places


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


def test_a_component_dresses_its_own_fields_only() -> None:
    """A bare field below a class is reached as its child: as any descendant, fields of other components would be too.

    (`.facet label` once laid « Municipalité » on the narrow grid of the boxes.)
    """
    field = re.compile(r"\S (?:label|input|select|textarea|button|fieldset|legend|summary|meter)\b(?![-=_])")
    own = re.compile(r"[>+~] \S+")  # what follows a combinator is a child or a neighbour
    leaking = [
        f"{sheet.name}: {selector}"
        for sheet in sorted((THEME / "css").rglob("*.css"))
        if sheet.name != "print.css"  # on paper, what is left out is left out everywhere
        for rule in re.findall(r"([^{}]+)\{", re.sub(r"(?s)/\*.*?\*/", "", sheet.read_text(encoding="utf-8")))
        for selector in map(str.strip, rule.split(","))
        if selector.startswith(".") and field.search(own.sub(">", selector))
    ]
    assert leaking == []


def test_each_picture_is_kept_once_with_the_styles() -> None:
    """Pages name pictures and hold none: drawn in each, they took a fifth of the site."""
    sheet = (THEME / "css" / "common" / "icons.css").read_text(encoding="utf-8")
    dressed = dict(re.findall(r'\.icon--([a-z]+) \{\s*--shape: url\("icons/([a-z]+)\.svg"\);', sheet))
    drawn = {path.stem for path in (THEME / "css" / "common" / "icons").glob("*.svg")}
    assert dressed == {name: name for name in drawn}
    templates = [*(THEME / "partials").glob("*.html"), *(THEME.parent / "pages" / "templates").glob("*.html")]
    asked = "\n".join(path.read_text(encoding="utf-8") for path in [*templates, *SCRIPTS.rglob("*.js")])
    words = set(re.findall(r'"([a-z]+)"|icon--([a-z]+)', asked))
    assert drawn <= {one or other for one, other in words}, "a picture that nothing asks for"
    named = set(re.findall(r'\bicon\("([a-z]+)"\)|"(?:icon )?icon--([a-z]+)"', asked))
    assert {one or other for one, other in named} <= drawn, "a picture that nobody drew"
