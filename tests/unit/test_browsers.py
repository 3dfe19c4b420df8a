"""The oldest browsers served: named once, and nothing that one of them cannot read gets into a bundle."""

from __future__ import annotations

import json
import re
import subprocess

import pytest
from tests.node import REPOSITORY, node

BROWSERS = REPOSITORY / "tools" / "browsers.mjs"
# What esbuild lets pass: each is refused by its name. The last ones are read by all, and pass.
REFUSED = {
    "range.css": "@media (width<48rem){a{b:c}}",
    "not.css": "@media not (min-width:48rem){a{b:c}}",
    "has.css": "li:has(a){b:c}",
    "nesting.css": ".a{&:hover{b:c}}",
    "layer.css": "@layer base{a{b:c}}",
    "container.css": "@container (min-width:1rem){a{b:c}}",
    "mix.css": "a{color:color-mix(in srgb,red,blue)}",
    "height.css": "a{height:100dvh}",
    "clone.js": "var a=structuredClone(b)",
    "own.js": "Object.hasOwn(a,b)",
    "group.js": "Object.groupBy(a,b)",
    "sorted.js": "a.toSorted()",
    "last.js": "a.findLast(b)",
    "behind.js": "a.replace(/(?<!b)c/g,d)",
    "flag.js": 'new RegExp(f(a),"gv")',
    "inert.js": "a.inert=!0",
    "visible.js": "a.checkVisibility()",
    "iterator.js": "a.values().map(b)",
    "worker.js": 'new Worker(a,{type:"module"})',
    "segmenter.js": "new Intl.Segmenter(a)",
    "parse.js": "URL.canParse(a)",
}
READ = {
    "plain.css": "@media (max-width:47.99rem){a:focus-visible{text-wrap:balance;accent-color:red}}",
    "foot.css": "@page{@bottom-right{content:counter(page)}}",
    "plain.js": "a.at(-1);a.replaceAll(b,c);a??=d;new RegExp(`^(?:${a})$`);dialog.showModal();new Worker(a)",
}


@pytest.fixture(scope="module")
def judged() -> dict[str, list[str]]:
    """Ask what is wrong in each text, all at once."""
    program = f"""
        import {{ unreadable }} from {json.dumps(BROWSERS.as_uri())};
        const texts = {json.dumps(REFUSED | READ)};
        const found = Object.entries(texts).map(([name, text]) => [name, unreadable(name, text)]);
        console.log(JSON.stringify(Object.fromEntries(found)));
    """
    words = [node(), "--input-type=module", "--eval", program]
    answer = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=True)
    found: dict[str, list[str]] = json.loads(answer.stdout)
    return found


@pytest.mark.parametrize("name", REFUSED)
def test_what_an_old_browser_cannot_read_is_refused(name: str, judged: dict[str, list[str]]) -> None:
    assert len(judged[name]) == 1
    assert "not read by" in judged[name][0]


@pytest.mark.parametrize("name", READ)
def test_what_all_read_passes(name: str, judged: dict[str, list[str]]) -> None:
    assert judged[name] == []


def test_the_page_on_accessibility_names_them() -> None:
    written = BROWSERS.read_text(encoding="utf-8").split("BROWSERS = {")[1].split("}")[0]
    named = dict(re.findall(r'(\w+): "([\d.]+)"', written))
    page = " ".join((REPOSITORY / "src/annuaire/depot/pages/accessibilite.md").read_text(encoding="utf-8").split())
    said = "Chrome et Edge à partir de la version {chrome}, Firefox à partir de la version {firefox}, "
    said += "Safari à partir de la version {safari}."
    assert named["edge"] == named["chrome"]
    assert said.format(**named) in page
