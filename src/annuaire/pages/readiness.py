"""Say which steps of a purchase work with the records of today: an offer, an addressee, somebody to invite, a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from annuaire.catalogue.model import Enterprise
from annuaire.catalogue.supply import Supply, may_be_invited, reach
from annuaire.catalogue.thresholds import CURRENT
from annuaire.text import french

YES, PARTLY, NO = "oui", "en partie", "pas encore"


@dataclass(frozen=True, slots=True)
class Readiness:
    """Say of one step whether it works (`oui`, `en partie`, `pas encore`) and why, in a sentence."""

    step: str
    state: str
    reason: str


def readiness(supply: Supply, day: date) -> tuple[Readiness, ...]:
    """Say what works of each step on a day; nothing when every record lets every step work, or when there is none."""
    listed = supply.catalogue.listed
    steps = (_search(supply), _contact(listed), _rotation(listed), _mode(supply, day)) if listed else ()
    return steps if any(step.state != YES for step in steps) else ()


def _state(count: int, total: int) -> str:
    return YES if count == total else PARTLY if count else NO


def _search(supply: Supply) -> Readiness:
    step, total = "Chercher et comparer", len(supply.lines)
    if not total:
        return Readiness(step, NO, "aucune offre n’est inscrite aux fiches.")
    confirmed = sum(line.is_confirmed for line in supply.lines)
    offers = french.count(total, "offre")
    if not confirmed:
        return Readiness(step, PARTLY, f"{offers}, aucune encore confirmée.")
    return Readiness(step, _state(confirmed, total), f"{offers}, dont {french.count(confirmed, 'confirmée')}.")


def _contact(listed: Sequence[Enterprise]) -> Readiness:
    """Count who can be reached at all, and who a message may be sent to."""
    step, total = "Écrire ou téléphoner", french.count(len(listed), "fiche")
    reached = sum(any(reach(e)) for e in listed)
    if not reached:
        return Readiness(
            step, NO, f"sur {total}, aucune n’a de téléphone ni de courriel; un message n’aurait pas de destinataire."
        )
    have = f"sur {total}, {french.number(reached)} {'a' if reached == 1 else 'ont'} un téléphone ou un courriel"
    written = sum(may_be_invited(e) and bool(reach(e)[1]) for e in listed)
    if not written:
        return Readiness(step, PARTLY, f"{have}; aucune n’est confirmée avec un courriel, pour recevoir un message.")
    return Readiness(
        step, _state(written, len(listed)), f"{have}; un message a {french.count(written, 'destinataire')} au plus."
    )


def _rotation(listed: Sequence[Enterprise]) -> Readiness:
    step, invited = "Inviter à tour de rôle", sum(map(may_be_invited, listed))
    total = french.count(len(listed), "fiche")
    if not invited:
        return Readiness(step, NO, f"sur {total}, aucune n’est confirmée; il n’y a personne à inviter.")
    confirmed = french.count(invited, "est confirmée", "sont confirmées")
    return Readiness(step, _state(invited, len(listed)), f"sur {total}, {confirmed}.")


def _mode(supply: Supply, day: date) -> Readiness:
    step, rules = "Vérifier le mode d’achat", sum(rule.state(day) == CURRENT for rule in supply.catalogue.thresholds)
    if not rules:
        return Readiness(step, NO, f"aucune règle vérifiée n’est en vigueur le {french.day(day)}.")
    return Readiness(step, YES, f"{french.count(rules, 'règle')} en vigueur le {french.day(day)}.")
