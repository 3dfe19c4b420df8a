"""Take out of a saved mail (.eml) the texts it may hold a correction in, and the files attached to it."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass, field
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from html.parser import HTMLParser

from annuaire.text.problems import AnnuaireError

MOST_PARTS = 200
DEEPEST = 3  # mails attached to a mail
LONGEST = 2_000_000  # characters of a part in HTML
_DELSP = re.compile(r" \n(?:> ?)*")
_BLOCKS = re.compile(
    "address|article|blockquote|br|dd|div|dl|dt|h[1-6]|hr|li|ol|p|pre|section|table|td|th|tr|ul", re.IGNORECASE
)
_HIDDEN = frozenset({"script", "style", "template", "title"})
_LOOKS = re.compile(
    rb"(?:From|Return-Path|Received|Delivered-To|MIME-Version|Date|Subject|To|Cc|Reply-To|Message-ID"
    rb"|DKIM-Signature|Authentication-Results|(?:X|ARC|Content)-[\w-]+): ",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Mail:
    """Hold the texts of a mail, the likeliest first, and its attachments (file name, bytes)."""

    texts: list[str] = field(default_factory=list)
    attachments: list[tuple[str, bytes]] = field(default_factory=list)


def looks_like_mail(data: bytes) -> bool:
    """Tell whether a file without a clear extension starts as a mail does."""
    return _LOOKS.match(data) is not None and b"\n\n" in data[:20_000].replace(b"\r\n", b"\n")


def read(data: bytes, depth: int = 0) -> Mail:
    """Read a mail and those attached to it, however encoded; raise AnnuaireError when nothing can be made of it."""
    mail = Mail()
    plain: list[str] = []
    rich: list[str] = []
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        for count, part in enumerate(message.walk()):
            if count > MOST_PARTS:
                raise AnnuaireError("le courriel a trop de parties\u00a0: en copier le texte dans un fichier .txt")
            if part.is_multipart():
                continue
            name = _file_name(part)
            content = part.get_payload(decode=True)
            raw = content if isinstance(content, bytes) else b""
            if name.lower().endswith(".eml") and depth < DEEPEST:  # forwarded as a file
                forwarded = read(raw, depth + 1)
                rich += forwarded.texts
                mail.attachments += forwarded.attachments
            elif name:
                mail.attachments.append((name, raw))
                if name.lower().endswith(".txt"):  # attached, or the very text of a mail that its program named
                    rich.append(_decoded(part, raw))
            elif part.get_content_type() == "text/plain":
                text = _decoded(part, raw)
                if part.get_param("delsp") == "yes":  # Apple Mail: a space was added before each line end (RFC 3676)
                    rich.append(_DELSP.sub("", text.replace("\r\n", "\n")))
                plain.append(text)
            elif part.get_content_type() == "text/html":
                rich.append(html_text(_decoded(part, raw)[:LONGEST]))
    except (RecursionError, MessageError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise AnnuaireError("le courriel est mal formé\u00a0: en copier le texte dans un fichier .txt") from error
    mail.texts = [*(["\n".join(plain)] if plain else []), *rich]
    return mail


def html_text(markup: str) -> str:
    """Give the words of a page of a mail: what is hidden left out, a line for each block."""
    reader = _Words()
    opened = markup.find("<!--", markup.rfind("-->") + 1)  # never closed: the parser would look for its end each time
    reader.feed(markup if opened < 0 else markup[:opened])
    reader.close()
    return "".join(reader.parts)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in _HIDDEN
        if _BLOCKS.fullmatch(tag):
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in _HIDDEN))
        if _BLOCKS.fullmatch(tag):
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data.replace("\n", " "))


def decoded(data: bytes) -> str:
    """Decode a text file: UTF-8, UTF-16 with its mark, else Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _decoded(part: Message, raw: bytes) -> str:
    charset = str(part.get_content_charset() or "utf-8")
    try:
        return raw.decode(charset)
    except (LookupError, ValueError):
        return decoded(raw)


def _file_name(part: Message) -> str:
    name = part.get_filename()
    if not name:
        return ""
    try:
        return str(make_header(decode_header(name)))
    except (ValueError, LookupError):
        return name
