"""Lay out what several documents say: an enterprise in a few lines, groups of them, who publishes, of which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.config import Settings
from annuaire.pages.contact import email, phone
from annuaire.pages.page import Outside
from annuaire.pages.rows import row
from annuaire.print.typesetting import code, cut
from annuaire.text import french
from annuaire.text.french import NBSP
from annuaire.text.sites import site_text

Data = dict[str, Any]
TO_CONFIRM = "À confirmer"


def outside(link: Outside | None) -> Data | None:
    """Give a link as its text, cut where a line may break, and where it leads."""
    return {"morceaux": cut(link.text), "lien": link.href} if link else None


def site_link(catalogue: Catalogue, address: str) -> Data | None:
    """Give the link to a web site, said in a few words."""
    return outside(Outside(site_text(address, catalogue.shared_hosts), address) if address else None)


def entry(catalogue: Catalogue, e: Enterprise, *, says_doubt: bool) -> Data:
    """Say in a few lines who an enterprise is, what it does and how to reach it: what a printed list holds.

    `says_doubt` tells one that nobody has checked from the others; where there are no others, the list says it once.
    """
    line = row(catalogue, e)
    marks = [badge.text for badge in line.badges if badge.kind != "a-confirmer"]
    if says_doubt and not e.verification.is_confirmed:
        marks.append(TO_CONFIRM)
    postal = "" if e.adresse_confidentielle or not line.address else e.lieu.code_postal.replace(" ", NBSP)
    return {
        "nom": e.nom,
        "precis": ", ".join(filter(None, (line.town, line.form))),
        "texte": line.summary,
        "adresse": f"{line.address}{', ' + postal if postal else ''}",
        "telephone": outside(phone(e.lieu.telephone)),
        "courriel": outside(email(e.lieu.courriel)),
        "site": site_link(catalogue, e.site_web),
        "mentions": french.sentence(", ".join(dict.fromkeys(marks))),
    }


def by_sector(catalogue: Catalogue, enterprises: Iterable[Enterprise]) -> list[Data]:
    """Group enterprises by their main sector, in the order of the vocabulary."""
    found: dict[str, list[Enterprise]] = {slug: [] for slug in catalogue.vocabularies.sectors}
    for e in enterprises:
        found[e.secteur].append(e)
    sectors = catalogue.vocabularies.sectors
    return groups(catalogue, {sectors[slug].libelle: same for slug, same in found.items()})


def groups(catalogue: Catalogue, named: Mapping[str, Iterable[Enterprise]]) -> list[Data]:
    """Lay out groups of enterprises under their titles; an empty one is left out."""
    held = {title: list(same) for title, same in named.items()}
    is_mixed = any(e.verification.is_confirmed for same in held.values() for e in same)
    return [
        {"titre": title, "entrees": [entry(catalogue, e, says_doubt=is_mixed) for e in same]}
        for title, same in held.items()
        if same
    ]


def waiting(enterprises: Iterable[Enterprise]) -> list[str]:
    """Say how many records of a list nobody has checked yet, and what it means."""
    found = [e.verification.is_confirmed for e in enterprises]
    missing = len(found) - sum(found)
    if not missing:
        return []
    words = "fiche est à confirmer" if missing == 1 else "fiches sont à confirmer"
    return [
        f"{french.number(missing)}{NBSP}{words}{NBSP}: personne ne les a encore relues. Mieux vaut appeler avant de "
        "se déplacer."
        if missing > 1
        else f"1{NBSP}{words}{NBSP}: personne ne l’a encore relue. Mieux vaut appeler avant de se déplacer."
    ]


def frame(settings: Settings, title: str, day: date) -> Data:
    """Give what every document says: its title, who publishes it, of which day; the version comes later."""
    publisher = settings.pole.nom or settings.site_name
    dated = french.day(day)
    return {
        "titre": title,
        "auteur": publisher,
        "jour": [day.year, day.month, day.day],
        "pied": f"{title}, {dated}",
        "version": f"Renseignements à jour au {dated}",
        "avertissement": (
            "Démonstration\u00a0: ce document montre ce que le répertoire peut imprimer. Il n’engage personne et ne "
            "doit pas être distribué."
            if settings.is_demonstration
            else ""
        ),
        "colophon": list(_colophon(settings, dated)),
    }


def _colophon(settings: Settings, dated: str) -> Iterable[str]:
    yield (
        f"Ce document a été fait à partir du répertoire publié à {settings.site_url}. Les renseignements y sont à "
        f"jour au {dated}; ils ont pu changer depuis."
    )
    if settings.data_licence:
        yield f"Licence des données{NBSP}: {settings.data_licence}."
    pole = settings.pole
    reach = ", ".join(filter(None, (pole.nom, pole.adresse, pole.telephone.replace(" ", NBSP), pole.courriel)))
    if reach:
        yield f"Pour joindre le Pôle{NBSP}: {reach}."


def correcting(settings: Settings) -> list[str]:
    """Say how to have a record corrected or added."""
    said = [
        "Une erreur, un changement, une entreprise qui manque? Le formulaire du répertoire s’ouvre avec le code "
        "ci-dessous; il ne demande aucun compte. La modification proposée est relue avant d’être publiée."
    ]
    if settings.pole.telephone:
        said.append(f"Par téléphone{NBSP}: {settings.pole.telephone.replace(' ', NBSP)}.")
    return said


def contribute(settings: Settings) -> Data:
    """Give the code that opens the form."""
    return code(settings.site_url + urls.CONTRIBUTE, "Corriger ou ajouter une fiche")


def page_code(settings: Settings, url: str, title: str) -> Data:
    """Give the code of a page of the site."""
    return code(settings.site_url + url, title)
