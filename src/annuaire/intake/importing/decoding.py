"""Decode the bytes of a list that another program wrote as text."""

from __future__ import annotations

import codecs

from annuaire.text.problems import AnnuaireError

_ACCENTED = "éèêëàâçôîïùûœÉÈÊÀÇÔÎ’"


def decoded(data: bytes, name: str) -> str:
    """Decode UTF-16 (with its BOM) or UTF-8, else Windows-1252 or Mac OS Roman, whichever looks more like French.

    Raise AnnuaireError when one row is not in the encoding of the others: each would be read wrongly.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # « Texte Unicode » of a spreadsheet
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise AnnuaireError(f"{name}\u00a0: fichier coupé ou endommagé; l’enregistrer de nouveau.") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        odd, is_mixed = 0, False
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            is_mixed |= not line.decode("utf-8-sig").isascii()
        except UnicodeDecodeError:
            odd = odd or number
    if is_mixed:
        raise AnnuaireError(
            f"{name}, ligne {odd}\u00a0: elle n’est pas en UTF-8, comme d’autres le sont; en retaper les lettres "
            "accentuées, puis enregistrer le fichier en «\u00a0CSV UTF-8\u00a0»."
        )
    for encoding in sorted(("cp1252", "mac_roman"), key=lambda name: -_accents(data.decode(name, "ignore"))):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252" or 2 * _accents(text) > sum(not character.isascii() for character in text):
            return text
    raise AnnuaireError(f"{name}\u00a0: l’encodage n’est ni UTF-8, ni Windows-1252, ni celui d’un ancien Mac.")


def _accents(text: str) -> int:
    return sum(map(text.count, _ACCENTED))
