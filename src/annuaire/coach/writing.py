"""Write a report for a terminal, for a forge's comment or for a program.

A proposal may come from anyone: what it holds could drive a terminal, call people (`@`), lead elsewhere or show a
picture. Nothing of it is sent as it is. In Markdown, quoted values are code, and in every other character what could
mean something is escaped; the whole stays under what a forge accepts in a comment.
"""

from __future__ import annotations

import json as jsonlib
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from annuaire.catalogue import differences
from annuaire.coach.outline import Block, Line, asides, blocks, summary, verdict
from annuaire.coach.report import Change, Fate, Measure, Report
from annuaire.records.collections import counted
from annuaire.text import french, problem_forms
from annuaire.text.messages import inert
from annuaire.text.problem_forms import as_data
from annuaire.text.problems import AnnuaireError

MARK = "<!-- annuaire:coach -->"  # a comment that begins with it is ours, and is written again rather than repeated
MOST_BYTES = 60_000  # of a comment; the forge takes 65,536 characters
_MOST_LINES = 60  # of a block in a comment
_ADDRESS = re.compile(r"https://[A-Za-z0-9._~/\-]+")
_LONGEST_LINE = 1500
_QUOTED = re.compile("«\u00a0(.*?)\u00a0»", re.DOTALL)
_MEANING = re.compile(r"[\\`*_{}\[\]()<>#+\-.!|~&$@]")
_JOINER = "\u2060"  # a character without width: after it, a name calls nobody and a number names nothing
_CALLING = re.compile(r"@|#|\$|:(?=//)|www(?=\.)|gh(?=-)", re.IGNORECASE)
_FENCES = re.compile("`+")


def text(report: Report) -> str:
    """Write for a terminal."""
    lines = [summary(report), verdict(report)]
    for block in blocks(report):
        heading = f"{inert(block.heading.text)} ({inert(block.heading.place)})" if block.heading.place else ""
        lines += ["", heading or inert(block.heading.text)]
        for line in block.lines:
            shown = ": ".join(filter(None, [inert(line.place), inert(line.text)]))
            lines.append("  " * (line.depth + 1) + shown)
    for aside in asides(report):
        lines += ["", aside]
    return "\n".join(lines)


def markdown(report: Report, preview: str = "") -> str:
    """Write a forge's comment: one that begins with `MARK`, under `MOST_BYTES`, in which nothing of a record acts.

    `preview` is the address where the forge keeps a preview; it is not named when the proposal may have changed it.
    """
    parts = [MARK, "### Relecture de la proposition", f"{said(summary(report))} **{said(verdict(report))}**"]
    if preview:
        parts.append(_preview(report, preview))
    parts.extend(said(aside) for aside in asides(report))
    version = f"«\u00a0{report.version[:10]}\u00a0»"
    end = said(f"Écrit par un programme pour la version {version}, et refait pour chaque nouvelle version.")
    room = MOST_BYTES - sum(_weight(part) for part in parts) - _weight(end) - 400
    left_out = 0
    for block in blocks(report):
        written = _block(block)
        room -= _weight(written)
        if room < 0:
            left_out += 1
        else:
            parts.append(written)
    if left_out:
        count = french.count(left_out, "partie")
        verb = "n’est pas montrée" if left_out < 2 else "ne sont pas montrées"
        command = code("annuaire coach main..PROPOSITION")
        parts.append(f"**{count} de cette relecture {verb}, faute de place.** {command} montre tout.")
    return "\n\n".join([*parts, f"<sub>{end}</sub>"]) + "\n"


def _preview(report: Report, address: str) -> str:
    if not report.is_harmless:
        return (
            "Aperçu\u00a0: ne pas l’ouvrir avant qu’un développeur ait lu la proposition, qui ne change pas seulement "
            "des fiches."
        )
    if not _ADDRESS.fullmatch(address):
        raise AnnuaireError("L’adresse de l’aperçu doit commencer par https://.")
    return (
        f"[Aperçu du site avec cette proposition](<{address}>) (à télécharger au bas de la page, «\u00a0apercu\u00a0»)"
    )


def _weight(part: str) -> int:
    return len(part.encode("utf-8")) + 2


def _block(block: Block) -> str:
    place = f" ({code(block.heading.place)})" if block.heading.place else ""
    lines = [_line(line, block.heading.place) for line in block.lines[:_MOST_LINES]]
    more = len(block.lines) - _MOST_LINES
    if more > 0:
        lines.append(f"- … et {french.count(more, 'ligne')} de plus")
    return "\n".join([f"#### {said(block.heading.text)}{place}", "", *lines])


def _line(line: Line, file: str) -> str:
    """Write a line; what its block's heading says of the place, the file, is not said again."""
    own = line.place.removeprefix(f"{file}:").split(":") if file else [line.place]
    place = f"ligne {own[0]}\u00a0:" if len(own) == 2 and own[0].isdecimal() else code(line.place) if line.place else ""
    return "  " * line.depth + "- " + " ".join(filter(None, [place, said(line.text)]))


def said(sentence: str) -> str:
    """Write a sentence in Markdown: what it quotes is code, the rest is escaped."""
    sentence = sentence if len(sentence) <= _LONGEST_LINE else sentence[:_LONGEST_LINE] + "…"
    written, at = [], 0
    for quoted in _QUOTED.finditer(sentence):
        written += [escape(sentence[at : quoted.start()]), code(quoted[1])]
        at = quoted.end()
    return "".join([*written, escape(sentence[at:])])


def escape(words: str) -> str:
    """Write words in Markdown so that no character of them acts: no link, picture, mention, reference or HTML."""
    joined = _CALLING.sub(lambda found: found[0] + _JOINER, inert(words))
    return _MEANING.sub(lambda found: "\\" + found[0], joined)


def code(value: str) -> str:
    """Write a value as code, where a forge looks for nothing; a longer fence holds the back quotes of the value."""
    shown = inert(value[:_LONGEST_LINE]).strip() or "(vide)"
    fence = "`" * (max((len(run) for run in _FENCES.findall(shown)), default=0) + 1)
    space = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{space}{shown}{space}{fence}"


def json(report: Report) -> str:
    """Write for a program; every value is there, whole lists too."""
    return jsonlib.dumps(
        {
            "base": report.base,
            "proposition": report.head,
            "version": report.version,
            "erreurs": report.errors,
            "avertissements": report.warnings,
            "problemes_regles": report.solved,
            "a_verifier": [
                {
                    "code": flag.code,
                    "message": flag.message,
                    "conseil": flag.hint,
                    "fichiers": list(flag.files),
                    "fiche": flag.slug,
                }
                for flag in report.flags
            ],
            "fiches": [_change(change) for change in report.changes],
            "ailleurs": [as_data(problem) for problem in report.elsewhere],
            "pages": [as_data(problem) for problem in report.pages],
            "depot": [as_data(problem) for problem in report.registry],
            "autres_fichiers": list(report.other_files),
        },
        ensure_ascii=True,  # also keeps control characters and half characters of file names inert
        indent=2,
    )


def _change(change: Change) -> dict[str, Any]:
    return {
        "sort": str(change.fate),
        "collection": change.collection,
        "fichier": change.file,
        "ancien_fichier": change.former_file,
        "nom": change.name,
        "note": change.note,
        "changements": [differences.as_data(difference) for difference in change.differences],
        "problemes": [{**as_data(fault.problem), "deja": fault.is_old} for fault in change.faults],
        "avant": _measure(change.before),
        "apres": _measure(change.after),
    }


def _measure(measure: Measure | None) -> dict[str, Any] | None:
    if measure is None:
        return None
    return {
        "completude": measure.completeness.score,
        "manque": [{"champ": m.field, "titre": m.title, "points": m.points} for m in measure.completeness.missing],
        "fraicheur": measure.freshness,
    }


def github(report: Report) -> str:
    """Write workflow commands: a forge shows few of them, so those of records left alone, old ones, are left out."""
    judged = Counter(change.collection for change in report.changes if change.fate is not Fate.DELETED)
    return problem_forms.workflow_commands(sorted(report.problems), counted(judged))


FORMATS: Mapping[str, Callable[[Report], str]] = {"text": text, "markdown": markdown, "json": json, "github": github}
