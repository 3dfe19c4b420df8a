"""Write corrections as the form does, and spoil them as mail programs do. Nothing here asserts anything."""

from __future__ import annotations

import hashlib
import html
import re
import textwrap
from collections.abc import Mapping, Sequence
from email.message import EmailMessage

from annuaire.text.french import NBSP

Value = str | list[str] | None


def escaped(value: str | list[str]) -> str:
    """Write a value in one line, as it stands between guillemets."""
    text = " | ".join(value) if isinstance(value, list) else value
    return text.replace("«", "‹‹").replace("»", "››").replace("\n", "¶")  # noqa: RUF001


def compose(
    slug: str,
    base: str,
    changes: Mapping[str, Value],
    orders: Mapping[str, Sequence[str]] | None = None,
    label: str = "Champ",
    said: Mapping[str, str] | None = None,
) -> str:
    """Write the text of a correction, its control sum right."""
    lines = [f"[annuaire 1] fiche {slug}, base {base}"]
    for key, items in (orders or {}).items():
        lines.append(f"• Ordre [{key}]{NBSP}: «{NBSP}{', '.join(items)}{NBSP}»")
    for path, value in (said or {}).items():
        lines.append(f"• Qui écrit et ce qui est confirmé [{path}]{NBSP}: «{NBSP}{value}{NBSP}»")
    for path, value in changes.items():
        written = "retiré" if value is None else f"«{NBSP}{escaped(value)}{NBSP}»"
        lines.append(f"• {label} [{path}]{NBSP}: {written} (était «{NBSP}avant{NBSP}»)")
    collapsed = re.sub(r"[\s\ufeff]+", " ", "\n".join(lines)).strip()
    control = hashlib.sha256(collapsed.encode("utf-8")).hexdigest()[:8]
    body = "\n".join([*lines, f"[fin] contrôle {control}"])
    return f"Bonjour,\n\nVoici ce que je propose de changer dans la fiche «{NBSP}Exemple{NBSP}».\n\n{body}\n\nMerci!\n"


def wrapped(text: str, width: int = 72) -> str:
    """Cut the lines as a mail program does."""
    return "\n".join(
        part
        for line in text.split("\n")
        for part in (textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""])
    )


def quoted(text: str, mark: str = "> ") -> str:
    """Quote a message in an answer."""
    return "\n".join(mark + line for line in text.split("\n"))


def plain_spaces(text: str) -> str:
    """Lose the no-break spaces."""
    return text.replace(NBSP, " ").replace("\u202f", " ")


def crlf(text: str) -> str:
    """Take the line ends of mail."""
    return text.replace("\n", "\r\n")


def linked(text: str) -> str:
    """Write each address twice, as Outlook does in plain text."""
    return re.sub(r"(https?://[^\s«»]+)", r"\1<\1>", text)


def broken_after_hyphens(text: str) -> str:
    """Cut lines after hyphens too."""
    return "\n".join(
        part
        for line in text.split("\n")
        for part in (textwrap.wrap(line, 60, break_long_words=False, break_on_hyphens=True) or [""])
    )


def as_html(text: str) -> str:
    """Put a text in a page, a `div` for each line."""
    lines = "".join(f"<div>{html.escape(line).replace(NBSP, '&nbsp;') or '<br>'}</div>\n" for line in text.split("\n"))
    return f"<html><head><style>p {{ color: red }}</style></head><body>{lines}</body></html>"


def mail(text: str = "", page: str = "", encoding: str = "quoted-printable", charset: str = "utf-8") -> bytes:
    """Save a message as a mail program does."""
    message = EmailMessage()
    message["From"] = "Direction <direction@example.org>"
    message["Subject"] = "Corriger notre fiche — Exemple"
    if text:
        message.set_content(text, cte=encoding, charset=charset)
        if page:
            message.add_alternative(page, subtype="html", cte=encoding)
    else:
        message.set_content(page, subtype="html", cte=encoding)
    return message.as_bytes()
