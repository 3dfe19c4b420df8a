"""Make telephone numbers, e-mail addresses and web addresses what people read and follow."""

from __future__ import annotations

import re
from urllib.parse import quote

from annuaire.pages.page import Outside
from annuaire.text import french


def phone(number: str) -> Outside | None:
    """Make a telephone number a link (`tel:`), its extension kept in the text."""
    if not number:
        return None
    main, _, extension = number.partition(" poste ")
    href = f"tel:+1-{main.replace(' ', '-')}" + (f";ext={extension}" if extension else "")
    return Outside(number.replace(" ", french.NBSP), href)


def email(address: str, subject: str = "", body: str = "") -> Outside | None:
    """Make an e-mail address a link (`mailto:`)."""
    if not address:
        return None
    query = "&".join(f"{key}={quote(value)}" for key, value in (("subject", subject), ("body", body)) if value)
    return Outside(address, f"mailto:{quote(address, safe='@')}" + (f"?{query}" if query else ""))


def pieces(text: str) -> list[str]:
    """Cut an e-mail or web address where a line may break: before @, after a point or a slash."""
    return [piece for piece in re.split(r"(?=@)|(?<=[./])", text) if piece]
