"""Say in French what a machine refuses, whichever program heard it."""

from __future__ import annotations

import errno


def refusal(error: OSError) -> str:
    """Say in French what the machine refuses: to read or write a file, most often."""
    reasons = {
        errno.ENOSPC: "le disque est plein",
        errno.EDQUOT: "l’espace permis sur le disque est épuisé",
        errno.EFBIG: "il dépasse la taille permise sur ce disque",
        errno.EROFS: "le disque ne se laisse pas écrire",
        errno.ENAMETOOLONG: "le nom est trop long",
        errno.ELOOP: "c’est un lien qui mène à lui-même",
        errno.ENOTEMPTY: "le dossier n’est pas vide",
        errno.EMFILE: "trop de fichiers sont ouverts",
    }
    kinds = {
        PermissionError: "l’accès est refusé",
        FileNotFoundError: "il est introuvable",
        IsADirectoryError: "c’est un dossier",
        NotADirectoryError: "ce n’est pas un dossier",
        FileExistsError: "il existe déjà",
    }
    reason = reasons.get(error.errno or 0) or kinds.get(type(error)) or "la machine refuse"
    if not error.filename and error.errno:
        reason = f"{reason} (erreur {errno.errorcode.get(error.errno, str(error.errno))} du système)"
    return f"«\u00a0{error.filename}\u00a0»\u00a0: {reason}." if error.filename else f"{reason}."
