"""Name what a person must look at, whatever the rules say: who vouches, what closes, what is not a record.

The author of a commit is whatever its writer typed. So nothing here trusts a name: unless the caller says that a
member of the Pôle's team proposes (`staff`, which the forge knows), a confirmation or a closing is to be checked.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence

from annuaire.catalogue import derived, exceptions
from annuaire.catalogue.differences import match
from annuaire.coach import files
from annuaire.coach.changes import Pair, claimants, freshness, name_of
from annuaire.coach.report import Fate, Flag
from annuaire.coach.states import States
from annuaire.config import Settings
from annuaire.records import likeness
from annuaire.records.collections import BY_NAME, COLLECTIONS, ENTERPRISES
from annuaire.records.reading import Record
from annuaire.rules import examine, person
from annuaire.rules.cells import unveils
from annuaire.text import french
from annuaire.text.names import normalise_name
from annuaire.text.problems import Finding

_CHECK = "à vérifier par le Pôle auprès de l’entreprise, à ses coordonnées déjà connues"


def flags(settings: Settings, states: States, found: Sequence[Pair], *, staff: bool) -> list[Flag]:
    """List what a person must look at, the files that are no records first."""
    claimed = claimants(states.after)
    return [
        *files.flags(settings, states, found),
        *(flag for pair in found if BY_NAME[pair.record.schema.name].has_pages for flag in _always(pair, claimed)),
        *_let_through(settings, states, found),
        *(() if staff else _untrusted(states, found)),
    ]


def _always(pair: Pair, claimed: Mapping[str, Record]) -> Iterator[Flag]:
    """Yield what even the team must look at: a page that vanishes, an address that was hidden."""
    before, after = pair.before, pair.after
    if before is None:
        return
    files, slug = (pair.record.file,), pair.record.slug
    name = f"«\u00a0{name_of(before)}\u00a0»"
    if after is None:
        hint = (
            f"vérifier que c’est bien {BY_NAME[before.schema.name].the_same}"
            if before.reference in claimed
            else "vérifier que plus rien n’y mène"
            if before.schema.name != ENTERPRISES
            else "si l’entreprise a fermé, garder la fiche et écrire «\u00a0statut: fermee\u00a0»; si une autre fiche "
            f"la remplace, y ajouter «\u00a0anciens_slugs: [{before.slug}]\u00a0»"
        )
        yield Flag("suppression", f"La fiche {name} est supprimée", hint, files, slug)
        return
    if not after.values:
        return  # it cannot be read: what it says is not known
    if pair.fate is Fate.RENAMED and before.reference not in claimed:
        yield Flag(
            "ancien-nom-absent",
            f"La fiche {name} change d’adresse sans déclarer l’ancienne\u00a0: les liens vers sa page seront brisés",
            f"écrire dans la nouvelle fiche «\u00a0anciens_slugs: "
            f"[{', '.join([*after.former_slugs, before.slug])}]\u00a0»",
            files,
            slug,
        )
    lost = [old for old in before.former_slugs if old not in after.former_slugs and old != after.slug]
    if lost:
        yield Flag(
            "ancien-nom-retire",
            f"La fiche {name} ne déclare plus une ancienne adresse\u00a0: «\u00a0{', '.join(lost)}\u00a0»",
            "la garder, à moins qu’une autre fiche la déclare",
            files,
            slug,
        )
    if derived.drop_stale(before.values, copy.deepcopy(after.values), after.schema):
        yield Flag(
            "point-ancien",
            f"Un lieu de {name} change d’adresse et garde le point de la carte de l’ancienne",
            "retirer sa latitude et sa longitude, ou écrire celles de la nouvelle adresse",
            files,
            slug,
        )
    if unveils(before, after):
        yield Flag(
            "adresse-devoilee",
            f"L’adresse de {name} cesserait d’être confidentielle",
            "ne pas accepter sans l’accord de l’entreprise\u00a0: git garde pour toujours ce qui est publié",
            files,
            slug,
        )


def _let_through(settings: Settings, states: States, found: Sequence[Pair]) -> Iterator[Flag]:
    """Yield a flag for what may name a person and the list of exceptions lets through, where nobody said it before.

    What it does not let through is a problem of the record, told as such.
    """
    admissions = exceptions.admissions(settings.content / exceptions.FILE_NAME)
    for pair in found if admissions.entries else ():
        after = pair.after
        said = {(f.code, f.values["valeur"]) for f in _of_persons(pair.before, states)}
        for finding in _of_persons(after, states):
            value = finding.values["valeur"]
            if after and (finding.code, value) not in said and admissions.lets(after.slug, finding.code, value):
                yield Flag(
                    "personne-admise",
                    f"«\u00a0{name_of(after)}\u00a0» publierait «\u00a0{value}\u00a0», qu’une exception laisse passer",
                    "s’assurer que c’est bien de cela que parle la raison écrite dans exceptions.yml",
                    (after.file,),
                    after.slug,
                )


def _of_persons(record: Record | None, states: States) -> list[Finding]:
    """List what the rules say of a record that may name a person."""
    if record is None or not record.values:
        return []
    return [finding for finding in examine(record, states.after.context) if finding.code in person.CODES]


def _untrusted(states: States, found: Sequence[Pair]) -> Iterator[Flag]:
    """Yield what only the team may decide, since anyone may have written the proposal."""
    ours = [pair for pair in found if pair.record.schema.name == ENTERPRISES]
    seen = False
    for pair in ours:
        if pair.after is not None and pair.after.values:
            for flag in _about(pair.before, pair.after, states):
                seen = True
                yield flag
    if len(ours) > 1:
        yield Flag(
            "plusieurs-fiches",
            f"{french.count(len(ours), 'fiche')} d’entreprises à la fois",
            "vérifier que la personne peut parler pour chacune de ces entreprises",
        )
    elif ours and not seen and ours[0].after is not None:
        yield from _alone(ours[0].before, ours[0].after)
    others = [pair for pair in found if not BY_NAME[pair.record.schema.name].is_open]
    of_bodies = [pair for pair in found if pair not in ours and pair not in others]
    if of_bodies:
        names = dict.fromkeys(BY_NAME[pair.record.schema.name].record_many for pair in of_bodies)
        yield Flag(
            "fiches-d-organismes",
            f"{french.sentence(french.enumeration(list(names)))}, que chacun peut proposer de corriger",
            "en vérifier la source, et auprès de qui elles parlent",
            tuple(pair.record.file for pair in of_bodies),
        )
    if others:
        yield Flag(
            "fiches-communes",
            f"Fiches qui valent pour tous ({', '.join(c.many for c in COLLECTIONS if not c.is_open)})",
            "l’équipe du Pôle doit en vérifier la source",
            tuple(pair.record.file for pair in others),
        )


def _alone(before: Record | None, after: Record) -> Iterator[Flag]:
    """Yield a flag for a single record in which nothing else is to be seen: whose it is, only a person can tell."""
    if before is None and after.values:
        yield Flag(
            "fiche-nouvelle",
            f"«\u00a0{name_of(after)}\u00a0» s’ajouterait au répertoire",
            "vérifier que l’entreprise existe, qu’elle est du territoire du Pôle et qu’elle est d’économie sociale",
            (after.file,),
            after.slug,
        )
    elif before is not None and before.values != after.values:
        yield Flag(
            "fiche-d-autrui",
            f"Rien ne dit que cette proposition vient de «\u00a0{name_of(before)}\u00a0»",
            "vérifier que la personne peut parler pour cette entreprise",
            (after.file,),
            after.slug,
        )


def _about(before: Record | None, after: Record, states: States) -> Iterator[Flag]:
    yield from _identity(before, after)
    yield from _vouching(before, after, states)
    yield from _closing(before, after)
    yield from _contacts(before, after)


def _identity(before: Record | None, after: Record) -> Iterator[Flag]:
    """Yield a flag when a record becomes that of another enterprise, which would inherit its address and its past."""
    if before is None:
        return
    old, new = before.text("neq"), after.text("neq")
    files, name = (after.file,), f"«\u00a0{name_of(before)}\u00a0»"
    hint = "une autre entreprise a sa propre fiche; le vérifier au registre des entreprises"
    if old and new and old != new:
        yield Flag("neq", f"Le NEQ de {name} change\u00a0: «\u00a0{new}\u00a0»", hint, files, after.slug)
    elif not (old and new) and _are_others(before, after):
        yield Flag(
            "identite",
            f"La fiche de {name} deviendrait celle de «\u00a0{name_of(after)}\u00a0»",
            hint,
            files,
            after.slug,
        )


def _are_others(before: Record, after: Record) -> bool:
    """Tell names that are not alike, without a way to reach them that both have."""
    names = [normalise_name(record.text("nom")) for record in (before, after)]
    return all(names) and likeness.are_others(*names) and _ways(before).isdisjoint(_ways(after))


def _vouching(before: Record | None, after: Record, states: States) -> Iterator[Flag]:
    old = before.values.get("verification") if before else None
    new = after.values.get("verification")
    name, files = f"«\u00a0{name_of(before or after)}\u00a0»", (after.file,)
    was_confirmed = before is not None and before.text("verification", "statut") == "confirmee"
    is_confirmed = after.text("verification", "statut") == "confirmee"
    if new != old and (is_confirmed or was_confirmed):
        state = freshness(after, states) if is_confirmed else "à confirmer"
        said = f"La vérification de {name} devient «\u00a0{state}\u00a0»{_consequence(before, after)}"
        yield Flag("verification", said, _CHECK, files, after.slug)
    offers = _confirmed_offers(before, after)
    if offers:
        said = french.count(offers, "offre confirmée", "offres confirmées")
        yield Flag("verification-offres", f"{said} dans {name}", _CHECK, files, after.slug)


def _consequence(before: Record | None, after: Record) -> str:
    """Say what a confirmation changes for who reads the record: buyers invite those that are confirmed alone.

    An offer that says nothing of its own verification takes that of its record (see `annuaire.catalogue.supply`).
    """
    if after.text("verification", "statut") != "confirmee":
        return ""
    told = []
    was_confirmed = before is not None and before.text("verification", "statut") == "confirmee"
    heirs = sum(not isinstance(offer.get("verification"), dict) for offer in after.items("offres"))
    if heirs and not was_confirmed:
        said = french.count(heirs, "offre devient confirmée", "offres deviennent confirmées")
        told.append(f"{said} avec elle, et les acheteurs pourront inviter l’entreprise")
    if before is not None and _guessed(before) and not _guessed(after):
        told.append("ce qui était deviné n’est plus dit deviné")
    return f"\u00a0: {'; '.join(told)}" if told else ""


def _guessed(record: Record) -> bool:
    own = record.values.get("verification")
    return isinstance(own, dict) and bool(own.get("deduits"))


def _confirmed_offers(before: Record | None, after: Record) -> int:
    """Count the offers that become confirmed, or on another day."""
    old, new = before.items("offres") if before else [], after.items("offres")
    former = {to: old[rank] for rank, to in match(old, new).items()}
    return sum(
        isinstance(own := offer.get("verification"), dict)
        and own.get("statut") == "confirmee"
        and former.get(rank, {}).get("verification") != own
        for rank, offer in enumerate(new)
    )


def _closing(before: Record | None, after: Record) -> Iterator[Flag]:
    name, files = f"«\u00a0{name_of(before or after)}\u00a0»", (after.file,)
    old = before.text("statut") if before else ""
    new = after.text("statut")
    if old != new and "fermee" in (old, new):
        said = "est déclarée fermée" if new == "fermee" else "n’est plus déclarée fermée"
        yield Flag("fermeture", f"{name} {said}", _CHECK, files, after.slug)
    merged = after.text("fusionnee_avec")
    if merged and (before is None or before.text("fusionnee_avec") != merged):
        yield Flag("fusion", f"{name} est déclarée fusionnée avec «\u00a0{merged}\u00a0»", _CHECK, files, after.slug)


def _contacts(before: Record | None, after: Record) -> Iterator[Flag]:
    """Yield a flag when no way to reach an enterprise that was known is left: nobody could be asked."""
    old, new = _ways(before) if before else set(), _ways(after)
    was_confirmed = before is not None and before.text("verification", "statut") == "confirmee"
    if new and old.isdisjoint(new) and (len(old) > 1 or (old and was_confirmed)):
        yield Flag(
            "coordonnees",
            f"Toutes les coordonnées de «\u00a0{name_of(before or after)}\u00a0» changent à la fois",
            _CHECK,
            (after.file,),
            after.slug,
        )


def _ways(record: Record) -> set[str]:
    """List the ways to reach an enterprise: telephones, e-mails, site, networks."""
    places = [place.get(key) for place in record.items("etablissements") for key in ("telephone", "courriel")]
    buying = [record.text("contact_achats", key) for key in ("telephone", "courriel")]
    networks = record.values.get("reseaux")
    others = list(networks.values()) if isinstance(networks, dict) else []
    return {way for way in (*places, *buying, *others, record.text("site_web")) if isinstance(way, str) and way}
