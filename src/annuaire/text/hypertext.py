"""Judge HTML that a person wrote: it may say and show anything, never act, and ask nothing of another site.

Readers of HTML differ on what is badly written, and a filter that reads otherwise than the browser is deceived. So only
what every reader cuts up alike is let through (`_TOKEN`): tags written plainly, no « < » inside a value, comments
without tricks. Whatever state a browser is in, each tag that it sees is then one that was judged here. Elements and
attributes are those of the lists below; a new one of HTML is refused until somebody adds it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from annuaire.text.addresses import EXAMPLE, is_inside, judge_link
from annuaire.text.problems import Finding

_ELEMENTS = """
    a abbr acronym address area article aside b bdi bdo big blockquote br button caption center cite code col colgroup
    data datalist dd del details dfn div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header
    hgroup hr i img input ins kbd label legend li map mark menu meter nav ol optgroup option output p picture pre
    progress q rp rt ruby s samp search section select small source span strike strong sub summary sup table tbody td
    textarea tfoot th thead time tr tt u ul var wbr
    circle clippath defs desc ellipse g line lineargradient marker mask path pattern polygon polyline radialgradient
    rect stop svg symbol text title tspan use
"""
_ATTRIBUTES = """
    abbr accept align alt autocapitalize autocomplete bgcolor border cellpadding cellspacing charset checked class color
    cols colspan coords datetime dir disabled download enctype enterkeyhint face for headers height hidden high href
    hreflang id inert inputmode label lang list loading low max maxlength media method min minlength multiple name
    nowrap open optimum pattern placeholder readonly rel required reversed role rows rowspan scope selected shape size
    sizes span spellcheck start step style tabindex target title translate type valign value width wrap xml:lang
    action cite decoding formaction src srcset usemap xlink:href xmlns xmlns:xlink
    clip-path clip-rule clippathunits cx cy d dx dy fill fill-opacity fill-rule focusable font-family font-size
    font-weight fx fy gradienttransform gradientunits id marker-end marker-mid marker-start markerheight markerunits
    markerwidth mask offset opacity orient patterntransform patternunits points preserveaspectratio r refx refy rx ry
    spreadmethod stop-color stop-opacity stroke stroke-dasharray stroke-linecap stroke-linejoin stroke-miterlimit
    stroke-opacity stroke-width text-anchor transform vector-effect version viewbox x x1 x2 xml:space y y1 y2
"""
ELEMENTS = frozenset(_ELEMENTS.split())
ATTRIBUTES = frozenset(_ATTRIBUTES.split())
_ACTS = frozenset({"script", "noscript", "template", "slot", "applet", "object", "embed", "animate", "set"})
_FOLLOWED = frozenset({"href", "xlink:href", "cite"})  # where a person goes; the others are fetched, or sent to
_FETCHED = frozenset({"action", "formaction", "src", "usemap"})
_FRAGMENT_ONLY = frozenset({"use", "lineargradient", "radialgradient", "pattern"})
_SPACE = r"[ \t\n\f\r]"
_VALUE = r"\"[^\"<]*\"|'[^'<]*'|[^ \t\n\f\r\"'=<>`]+"
_NAME = r"[A-Za-z_][A-Za-z0-9_.:\-]*"
# No repeat is possessive, though none gives anything back: Python 3.11.2, that of Debian 12, misreads those of groups.
_TOKEN = re.compile(
    r"<!--(?P<comment>(?:(?!--)[^<>])*)-->"
    rf"|</[A-Za-z][A-Za-z0-9\-]*{_SPACE}*>"
    rf"|<(?P<name>[A-Za-z][A-Za-z0-9:\-]*)(?P<rest>(?:{_SPACE}+{_NAME}(?:{_SPACE}*={_SPACE}*(?:{_VALUE}))?)*)"
    rf"{_SPACE}*/?>"
    r"|<(?=[A-Za-z/!?])"
)
_ATTRIBUTE = re.compile(rf"({_NAME})(?:{_SPACE}*={_SPACE}*({_VALUE}))?")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/=]+")
_OUTSIDE_PAINT = re.compile(r"url\s*\((?!\s*['\"]?#)", re.IGNORECASE)
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Flaw:
    """Hold what is refused, and two writings to look for in the source: the whole tag, and its value at fault."""

    finding: Finding
    tag: str
    value: str


def flaws(text: str, *, marks: frozenset[str] = frozenset()) -> Iterator[Flaw]:
    """Yield what a piece of HTML may not hold, in order; `marks` are the comments of ours that it may.

    A comment may say anything but « annuaire: », which is for marks.
    """
    for token in _TOKEN.finditer(text):
        whole = token.group()
        if token["name"]:
            yield from _tag(whole, token["name"].lower(), token["rest"])
        elif whole == "<":
            written = text[token.start() : token.start() + _SHOWN].partition("\n")[0]
            yield _flaw("page-ecriture", written, written)
        elif token["comment"] is not None and "annuaire:" in whole and whole not in marks:
            yield _flaw("page-ecriture", whole, whole)


def _tag(whole: str, name: str, rest: str) -> Iterator[Flaw]:
    if name not in ELEMENTS:
        yield _flaw("page-script" if name in _ACTS else "page-element", f"<{name}>", whole)
        return
    for found in _ATTRIBUTE.finditer(rest):
        attribute, written = found[1].lower(), found[2] or ""
        value = html.unescape(written[1:-1] if written[:1] in ("'", '"') else written)
        if attribute.startswith("on"):
            yield _flaw("page-script", attribute, whole, value)
        elif attribute not in ATTRIBUTES and not attribute.startswith("aria-"):
            yield _flaw("page-attribut", attribute, whole, value)
        else:
            yield from _value(whole, name, attribute, value)


def _value(whole: str, name: str, attribute: str, value: str) -> Iterator[Flaw]:
    address = value.strip(" ").replace(" ", "%20")  # a browser drops the first, and reads the others so
    if attribute in _FOLLOWED:
        if name in _FRAGMENT_ONLY and not address.startswith("#"):
            yield _flaw("page-ailleurs", value, whole, value)
            return
        code, suggestion = judge_link(address)
        if code:
            values = {"valeur": value[:_SHOWN] if code == "adresse-refusee" else value}
            yield Flaw(Finding(code, values={**values, "suggestion": suggestion, "exemple": EXAMPLE}), whole, value)
    elif attribute in _FETCHED:
        is_picture = attribute == "src" and name == "img" and _PICTURE.fullmatch(value)
        if not is_picture and not is_inside(address):
            yield _flaw("page-ailleurs", value, whole, value)
    elif attribute == "srcset":
        for candidate in value.split(","):
            if not is_inside(candidate.strip(" ").partition(" ")[0]):
                yield _flaw("page-ailleurs", candidate.strip(), whole, value)
    elif attribute != "style" and _OUTSIDE_PAINT.search(value) and attribute not in ("alt", "title", "value"):
        yield _flaw("page-ailleurs", value, whole, value)  # the policy of the site lets no `style` of a page act


def _flaw(code: str, shown: str, tag: str, value: str = "") -> Flaw:
    return Flaw(Finding(code, values={"valeur": shown[:_SHOWN]}), tag, value)
