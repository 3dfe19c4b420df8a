"""Say in French why a text is not YAML, and where the person who wrote it should look.

libyaml stumbles where it can no longer go on, often well below the mistake; the parsing itself belongs to
`annuaire.yamlfile.source`.
"""

from __future__ import annotations

import re
from typing import Any

from annuaire.text.problems import Finding

Diagnosis = tuple[Finding, int, int]  # a finding, its line and its column, from 1

# What libyaml says, and what a person should read instead.
_EXPLANATIONS = (
    ("mapping values are not allowed", "un deux-points suivi d’une espace est pris pour une nouvelle clé"),
    ("cannot start any token", "ce caractère ne peut pas commencer une valeur"),
    ("could not find expected ':'", "il manque un deux-points après le nom de la clé"),
    ("unexpected end of stream", "un guillemet ouvert n’est jamais refermé"),
    ("unknown escape character", "une barre oblique inverse n’est pas permise entre guillemets doubles"),
    ("did not find expected key", "l’alignement de cette ligne ne correspond pas à celui des lignes voisines"),
    ("did not find expected '-'", "cette ligne n’est pas alignée avec les autres, ou il lui manque un tiret"),
    ("did not find expected node content", "il manque une valeur"),
    ("invalid Unicode character escape", "ce code de caractère n’existe pas"),
    ("did not find expected ',' or ']'", "une liste entre crochets n’est pas refermée"),
    ("did not find expected ',' or '}'", "une accolade n’est pas refermée"),
    ("block sequence entries are not allowed", "un tiret de liste n’est pas permis à cet endroit"),
    ("did not find expected <document start>", "cette ligne n’appartient à aucune clé"),
    (
        "did not find expected alphabetic or numeric",
        "un texte qui commence par «\u00a0*\u00a0» ou «\u00a0&\u00a0» doit être entre guillemets",
    ),
    ("mapping keys are not allowed", "une clé n’est pas permise à cet endroit"),
)
# A line whose value opens with a quote: what precedes it, the quote, the rest. A line that opens a block text.
_OPENS_QUOTE = re.compile(r"""( *(?:- +)*(?:[\w"'-]+ *: +)?)(["'])(.*)""")
_OPENS_BLOCK = re.compile(r"( *)(?:- +)*(?:[\w-]+ *: +)?[|>][+-]?[0-9]?[+-]?(?: +#.*)? *")
_QUOTED = {'"': re.compile(r'(?:[^"\\]|\\.)*"', re.DOTALL), "'": re.compile(r"(?:[^']|'')*'")}
_AFTER_QUOTE = re.compile(r"[ \t]*(?:$|[ \t]#|:(?:\s|$))", re.MULTILINE)
_CONFLICT = re.compile(r"(?:<{7}|>{7}|={7}|\|{7})(?: .*)?$")
_INDENT = re.compile("([ -]*[\u00a0\u2007\u202f])[ \u00a0\u2007\u202f-]*([\\w-]*)")
# What precedes a key, the key, its value; no web address begins so, nor an hour.
_GLUED = re.compile(r"( *(?:- +)*)([a-z][a-z_]*):(?!//)([^\s:].*?) *")
_LINES_ABOVE = 2
_NEVER_CLOSED = ("unexpected end of stream", "expected ',' or")


def explain(text: str, error: Exception) -> Diagnosis:
    """Explain what stopped libyaml: what another program left, a quote badly closed, or else what it says itself."""
    return (
        _foreign_fault(text, getattr(error, "problem_mark", None))
        or _glued_fault(text, getattr(error, "problem_mark", None))
        or _quote_fault(text, getattr(error, "problem_mark", None))
        or _syntax_fault(error)
    )


def _foreign_fault(text: str, mark: Any) -> Diagnosis | None:
    """Find a mark of conflict anywhere, or a no-break space that begins a line close to where libyaml stumbled."""
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if _CONFLICT.match(line):
            return Finding("conflit-git", values={"valeur": line}), number, 1
    for number in range(mark.line + 1, max(mark.line - 1, 0), -1) if mark else ():
        found = _INDENT.match(lines[number - 1]) if number <= len(lines) else None
        if found is not None:
            return Finding("espace-insecable", values={"champ": found.group(2)}), number, found.end(1)
    return None


def _glued_fault(text: str, mark: Any) -> Diagnosis | None:
    """Find a key whose colon touches its value, on the line where libyaml stumbled or on one of the few above it.

    YAML reads `secteur:culture` as a text, and complains of the next line.
    """
    lines = text.split("\n")
    for number in range(mark.line + 1, max(mark.line - _LINES_ABOVE, 0), -1) if mark else ():
        found = _GLUED.fullmatch(lines[number - 1]) if number <= len(lines) else None
        if found is not None:
            before, key, value = found.groups()
            example = f"{key}: {value}" if ": " not in value and " #" not in value else f"{key}: …"
            return Finding("deux-points-colle", values={"champ": key, "exemple": example}), number, len(before) + 1
    return None


def _quote_fault(text: str, mark: Any) -> Diagnosis | None:
    """Find the first text that opens with a quote and does not end with it, at or above where libyaml stumbled."""
    lines = text.split("\n")
    number, block = 0, -1  # `block`: how far the block text being crossed is set in
    while number < len(lines) and (mark is None or number <= mark.line):
        line = lines[number]
        indent = len(line) - len(line.lstrip(" "))
        number += 1
        if block >= 0 and (indent > block or not line.strip()):
            continue
        opens_block = _OPENS_BLOCK.fullmatch(line)
        block = indent if opens_block else -1
        found = None if opens_block else _OPENS_QUOTE.fullmatch(line)
        if found is None:
            continue
        before, quote, rest = found.groups()
        following = "\n".join((rest, *lines[number:]))
        closed = _QUOTED[quote].match(following)
        if closed is None or not _AFTER_QUOTE.match(following, closed.end()):
            finding = Finding("guillemet-mal-ferme", values={"exemple": before.lstrip(" -") + _requoted(rest, quote)})
            return finding, number, len(before) + 1
        number += following.count("\n", 0, closed.end())
    return None


def _requoted(rest: str, quote: str) -> str:
    """Write between double quotes a text that opened with `quote`; quotes inside become guillemets."""
    written = rest.rstrip().removesuffix(quote)
    if quote == '"':
        written = re.sub(r'"([^"]*)"', "«\u00a0\\1\u00a0»", quote + written if '"' in written else written)
    return f'"{written.replace(chr(34), "").replace(chr(92), "")}"'


def _syntax_fault(error: Exception) -> Diagnosis:
    problem = str(getattr(error, "problem", "") or "")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if any(words in problem for words in _NEVER_CLOSED):
        mark = getattr(error, "context_mark", None) or mark  # where it was opened, not the end of the file
    detail = next((french for english, french in _EXPLANATIONS if english in problem), "")
    finding = Finding("syntaxe-yaml", values={"detail": detail or "l’écriture n’est pas du YAML"})
    return finding, mark.line + 1 if mark else 1, mark.column + 1 if mark else 1
