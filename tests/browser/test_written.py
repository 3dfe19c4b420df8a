"""A real browser sees in a hand-written page what was judged there, and runs the theme's scripts alone."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.sites import EXAMPLES, lay_out

from annuaire.text.hypertext import ATTRIBUTES, ELEMENTS, flaws

pytestmark = pytest.mark.browser
SEED, TRIED = 20_261_122, 20_000
PIECES = (
    *(
        "<a ",
        "<b>",
        "</b>",
        "<img ",
        "<svg>",
        "</svg>",
        "<p",
        "<textarea>",
        "</textarea>",
        "<title>",
        "</title>",
        "<select>",
    ),
    *(
        "<table>",
        "<tr>",
        "<option>",
        "<button ",
        "<use ",
        "</p>",
        "</3",
        "<3",
        "<",
        ">",
        "/",
        "/>",
        "=",
        "<x-y>",
        "<math>",
    ),
    *(
        "<!--",
        "-->",
        "--!>",
        "<!",
        "<?",
        "?>",
        "]]>",
        "<![CDATA[",
        "<!-->",
        "<!--->",
        "<!-- a -->",
        "--",
        "`",
        "&lt;",
        "&#60;",
    ),
    *("<script>", "</script>", "<style>", "</style>", "<iframe>", "<noscript>", "</noscript>", "<template>", "<xmp>"),
    *(
        " onclick=hit()",
        " onerror=hit()",
        ' onload="hit()"',
        " href=",
        " src=x",
        ' title="',
        " title='",
        " class=a",
        "id=b",
    ),
    *(
        "javascript:hit()",
        '"javascript:hit()"',
        "java&#10;script:hit()",
        "'a.md'",
        '"#a"',
        "&#106;avascript:hit()",
        "//mal.test",
    ),
    *(
        '<p title="</textarea><b onclick=hit()>">',
        "<p title='--><b onclick=hit()>'>",
        '<p title="</title><b onclick=hit()>">',
    ),
    *('"', "'", " ", "\n", "\t", "\f", "\x0b", "\x00", "\u00a0", "a", "mot ", "onclick"),
)
# Every element that the browser makes of a text, its own frame aside: names, attributes, and where each leads.
READ = """
(texts) => texts.map((text) => {
  const read = new DOMParser().parseFromString(`<!DOCTYPE html><html><body><main>${text}`, "text/html");
  return [...read.querySelectorAll("*")].flatMap((node) => [
    node.localName,
    ...[...node.attributes].map(({ name }) => `@${name}`),
    ...(node.protocol ? [`:${node.protocol}`] : []),
  ]);
})
"""
OWN = {"html", "head", "body", "main"}


def accepted() -> list[str]:
    """Put pieces together at random; keep the texts in which nothing is refused."""
    draw = random.Random(SEED)
    made = ("".join(draw.choices(PIECES, k=draw.randint(2, 9))) for _ in range(TRIED))
    return [text for text in made if not any(flaws(text))]


def test_the_browser_reads_what_was_judged(browser: Browser) -> None:
    texts = accepted()
    tags = [text for text in texts if re.search(r"<[a-z]", text)]
    assert len(tags) > 200, "enough of them hold a tag"
    page = browser.new_page()
    seen = page.evaluate(READ, texts)
    page.close()
    for text, found in zip(texts, seen, strict=True):
        for name in found:
            if name[0] == "@":
                assert name[1:].lower() in ATTRIBUTES or name.startswith("@aria-"), (text, name)
            elif name[0] == ":":
                assert name in (":http:", ":https:", ":mailto:", ":tel:", ":about:", "::"), (text, name)
            else:
                assert name.lower() in ELEMENTS | OWN, (text, name)


def test_a_script_that_came_after_the_engine_has_no_hash_and_does_not_run(
    browser: Browser, serve_folder: Callable[[Path], str], tmp_path: Path
) -> None:
    project = lay_out(tmp_path, EXAMPLES)
    project.commit()
    shells = tmp_path / "shells"
    project.run("build", "--engine", f"mkdocs build --quiet --site-dir {shells}", "--out", "autre")
    page = shells / "a-propos" / "index.html"
    html = page.read_text(encoding="utf-8")
    injected = "<script>document.title = 'Pris'; location = 'recherche/'</script><style>body { display: none }</style>"
    page.write_text(html.replace("</body>", f"{injected}</body>"), encoding="utf-8")
    answer = project.run("stamp", "shells", "--out", "site")
    assert answer.returncode == 0, answer.stderr
    built = (project.site / "a-propos" / "index.html").read_text(encoding="utf-8")
    assert injected in built
    assert len(re.findall(r"'sha256-", built)) == 1
    address = serve_folder(project.site) + "a-propos/"
    visit = browser.new_page()
    refused: list[str] = []
    visit.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    visit.goto(address, wait_until="load")
    visit.wait_for_function(
        "() => document.documentElement.dataset.theme !== undefined"
    )  # the theme's own script has run
    assert visit.title().startswith("À propos")
    assert visit.url == address
    assert visit.locator("h1").is_visible()
    assert len([text for text in refused if "Content Security Policy" in text]) >= 2
    visit.close()
