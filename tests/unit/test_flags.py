"""Hold each thing that the coach asks a person to look at by a small example: no git, no file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from annuaire import schema
from annuaire.catalogue.loading import Loaded
from annuaire.coach.changes import pairs
from annuaire.coach.flags import flags
from annuaire.coach.report import Flag
from annuaire.coach.states import States
from annuaire.config import Settings
from annuaire.records import reading
from annuaire.records.collections import ENTERPRISES, EVERY, TERRITORIES
from annuaire.rules import Context
from annuaire.yamlfile import source

SETTINGS = cast(Settings, SimpleNamespace(root=Path("/site"), content=Path("/site/content"), config_file=Path("m.yml")))
CONTEXT = cast(Context, SimpleNamespace(today=date(2026, 11, 22)))
TO_CHECK = "à vérifier par le Pôle auprès de l’entreprise, à ses coordonnées déjà connues"
WHOSE = "vérifier que la personne peut parler pour cette entreprise"
OTHER = "une autre entreprise a sa propre fiche; le vérifier au registre des entreprises"

CANTEEN = """\
nom: Cantine Exemple
statut: active
etablissements:
  - telephone: 819 555-0177
site_web: https://cantine.example.org/
"""
CONFIRMED = 'verification:\n  statut: confirmee\n  date: "2026-03-15"\n  par: entreprise\n'
Texts = Mapping[str, str]


def loaded(texts: Mapping[str, Texts]) -> Loaded:
    """Read texts as the records of their collection."""
    found: dict[str, tuple[reading.Record, ...]] = {}
    for name in EVERY:
        found[name] = tuple(
            reading.from_document(
                source.parse(text, Path(f"{slug}.yml")), f"content/{name}/{slug}.yml", schema.load(name)
            )
            for slug, text in texts.get(name, {}).items()
        )
    return Loaded(CONTEXT, found, ())


def seen(
    before: Texts,
    after: Texts,
    *,
    staff: bool = False,
    changed: tuple[str, ...] = (),
    common: tuple[Texts, Texts] = ({}, {}),
) -> list[Flag]:
    """Give the flags of a proposal on enterprises; what is the same text on both sides is not proposed.

    `common` are the territories, before and after.
    """
    old, new = (loaded({ENTERPRISES: e, TERRITORIES: t}) for e, t in zip((before, after), common, strict=True))
    same = {record.file: record for record in old.enterprises if after.get(record.slug) == record.document.text}
    kept = tuple(same.get(record.file, record) for record in new.enterprises)
    states = States(old, Loaded(CONTEXT, {**new.records, ENTERPRISES: kept}, ()), changed, (), "", 1, {})
    return flags(SETTINGS, states, pairs(states), staff=staff)


def changed(before: str, after: str, *, staff: bool = False) -> list[Flag]:
    """Give the flags of a proposal that changes one record."""
    return seen({"exemple": before}, {"exemple": after}, staff=staff)


def flag(code: str, message: str, hint: str, slug: str = "exemple") -> Flag:
    """Make the flag expected of one record."""
    return Flag(code, message, hint, (f"content/enterprises/{slug}.yml",), slug)


UNKNOWN = flag("fiche-d-autrui", "Rien ne dit que cette proposition vient de «\u00a0Cantine Exemple\u00a0»", WHOSE)


def codes(found: list[Flag]) -> list[str]:
    return [one.code for one in found]


def test_nothing_proposed_nothing_asked() -> None:
    assert changed(CANTEEN, CANTEEN) == []


def test_a_record_may_be_that_of_someone_else() -> None:
    assert changed(CANTEEN, CANTEEN + "mission: Nourrir.\n") == [UNKNOWN]
    assert changed(CANTEEN, CANTEEN + "mission: Nourrir.\n", staff=True) == []
    assert changed(CANTEEN, f"# Vu.\n{CANTEEN}") == [], "the values are the same"


def test_a_new_record_may_be_of_no_enterprise() -> None:
    hint = "vérifier que l’entreprise existe, qu’elle est du territoire du Pôle et qu’elle est d’économie sociale"
    assert seen({}, {"exemple": CANTEEN}) == [
        flag("fiche-nouvelle", "«\u00a0Cantine Exemple\u00a0» s’ajouterait au répertoire", hint)
    ]
    assert seen({}, {"exemple": CANTEEN}, staff=True) == []
    assert seen({}, {"exemple": "nom: ["}) == [], "of what cannot be read nothing is known"


def test_whose_it_is_is_asked_where_nothing_else_is() -> None:
    found = changed(CANTEEN, CANTEEN.replace("active", "fermee"))
    assert codes(found) == ["fermeture"]


@pytest.mark.parametrize("staff", [False, True])
def test_a_record_taken_away_is_seen_whoever_proposes(staff: bool) -> None:
    hint = (
        "si l’entreprise a fermé, garder la fiche et écrire «\u00a0statut: fermee\u00a0»; si une autre fiche la "
        "remplace, y ajouter «\u00a0anciens_slugs: [exemple]\u00a0»"
    )
    assert seen({"exemple": CANTEEN}, {}, staff=staff) == [
        flag("suppression", "La fiche «\u00a0Cantine Exemple\u00a0» est supprimée", hint)
    ]


def test_a_record_whose_address_another_takes_may_be_the_same() -> None:
    after = {"autre": "nom: Autre Exemple\nanciens_slugs: [exemple]\n"}
    before = {"exemple": CANTEEN, "autre": "nom: Autre Exemple\n"}
    found = seen(before, after, staff=True)
    assert found == [
        flag(
            "suppression",
            "La fiche «\u00a0Cantine Exemple\u00a0» est supprimée",
            "vérifier que c’est bien la même entreprise",
        )
    ]


def test_a_record_that_cannot_be_read_is_not_said_to_change() -> None:
    before = CANTEEN.replace("active", "fermee") + CONFIRMED + "anciens_slugs: [ancien]\nadresse_confidentielle: oui\n"
    assert changed(before, "nom: [", staff=True) == []
    assert changed(before, "nom: [") == [UNKNOWN]


def test_a_page_that_moves_says_where_it_was() -> None:
    moved = CANTEEN + 'neq: "1142934315"\n'
    before, after = moved + "anciens_slugs: [ancien]\n", moved + "anciens_slugs: [ancien]\nmission: A.\n"
    assert seen({"exemple": before}, {"neuf": after}, staff=True) == [
        flag(
            "ancien-nom-absent",
            "La fiche «\u00a0Cantine Exemple\u00a0» change d’adresse sans déclarer l’ancienne\u00a0: les liens vers sa "
            "page seront brisés",
            "écrire dans la nouvelle fiche «\u00a0anciens_slugs: [ancien, exemple]\u00a0»",
            "neuf",
        )
    ]
    declared = after.replace("[ancien]", "[ancien, exemple]")
    assert seen({"exemple": before}, {"neuf": declared}, staff=True) == []
    assert changed(before, after, staff=True) == [], "it has not moved"


def test_an_old_address_stays_declared() -> None:
    before = CANTEEN + "anciens_slugs: [un, deux, trois]\n"
    found = changed(before, CANTEEN + "anciens_slugs: [deux]\n", staff=True)
    assert found == [
        flag(
            "ancien-nom-retire",
            "La fiche «\u00a0Cantine Exemple\u00a0» ne déclare plus une ancienne adresse\u00a0: "
            "«\u00a0un, trois\u00a0»",
            "la garder, à moins qu’une autre fiche la déclare",
        )
    ]


def test_an_old_address_taken_again_is_not_lost() -> None:
    before = CANTEEN + 'neq: "1142934315"\nanciens_slugs: [neuf]\n'
    after = CANTEEN + 'neq: "1142934315"\nanciens_slugs: [exemple]\n'
    assert seen({"exemple": before}, {"neuf": after}, staff=True) == []


@pytest.mark.parametrize("staff", [False, True])
def test_a_hidden_address_is_not_shown_unseen(staff: bool) -> None:
    before, after = (CANTEEN + f"adresse_confidentielle: {stated}\n" for stated in ("oui", "non"))
    expected = flag(
        "adresse-devoilee",
        "L’adresse de «\u00a0Cantine Exemple\u00a0» cesserait d’être confidentielle",
        "ne pas accepter sans l’accord de l’entreprise\u00a0: git garde pour toujours ce qui est publié",
    )
    assert expected in changed(before, after, staff=staff)
    assert expected in changed(before, CANTEEN, staff=staff)
    assert "adresse-devoilee" not in codes(changed(after, before, staff=staff))
    assert "adresse-devoilee" not in codes(changed(before, before + "mission: A.\n", staff=staff))
    assert "adresse-devoilee" not in codes(changed(after, CANTEEN, staff=staff))


def test_a_confirmation_is_checked_unless_the_team_gives_it() -> None:
    assert changed(CANTEEN, CANTEEN + CONFIRMED) == [
        flag(
            "verification",
            "La vérification de «\u00a0Cantine Exemple\u00a0» devient «\u00a0confirmée par l’entreprise le "
            "15\u00a0mars\u00a02026\u00a0»",
            TO_CHECK,
        )
    ]
    assert changed(CANTEEN, CANTEEN + CONFIRMED, staff=True) == []


def test_every_change_of_a_confirmation_is_checked() -> None:
    name = "La vérification de «\u00a0Cantine Exemple\u00a0» devient"
    other_day = CONFIRMED.replace("03-15", "11-20")
    (found,) = changed(CANTEEN + CONFIRMED, CANTEEN + other_day)
    assert found.message == f"{name} «\u00a0confirmée par l’entreprise le 20\u00a0novembre\u00a02026\u00a0»"
    for after in (CANTEEN, CANTEEN + "verification:\n  statut: a-confirmer\n"):
        (found,) = changed(CANTEEN + CONFIRMED, after)
        assert found == flag("verification", f"{name} «\u00a0à confirmer\u00a0»", TO_CHECK)
    (found, _) = changed(CANTEEN + CONFIRMED, CANTEEN.replace("active", "fermee"))
    assert found.message == f"{name} «\u00a0à confirmer\u00a0»", "closed is no verification"
    unsure = "verification:\n  statut: a-confirmer\n"
    assert changed(CANTEEN + unsure, CANTEEN + unsure + "  par: import\n") == [UNKNOWN]
    assert changed(CANTEEN + CONFIRMED, CANTEEN + CONFIRMED + "mission: A.\n") == [UNKNOWN]
    (found,) = seen({}, {"exemple": CANTEEN + CONFIRMED})
    assert found.message.startswith(name), "a new record may not confirm itself"


OFFER = '  - nom: {}\n    categorie: traiteur\n    verification:\n      statut: {}\n      date: "2026-0{}-01"\n'


def with_offers(*offers: tuple[str, str, int]) -> str:
    return CANTEEN + "offres:\n" + "".join(OFFER.format(*offer) for offer in offers)


def test_an_offer_that_is_confirmed_is_checked() -> None:
    plain = with_offers(("Repas", "a-confirmer", 1), ("Buffet", "a-confirmer", 1))
    one = flag("verification-offres", "1\u00a0offre confirmée dans «\u00a0Cantine Exemple\u00a0»", TO_CHECK)
    assert changed(plain, with_offers(("Repas", "confirmee", 1), ("Buffet", "a-confirmer", 1))) == [one]
    both = with_offers(("Repas", "confirmee", 1), ("Buffet", "confirmee", 1))
    two = flag("verification-offres", "2\u00a0offres confirmées dans «\u00a0Cantine Exemple\u00a0»", TO_CHECK)
    assert changed(plain, both) == [two]
    assert seen({}, {"exemple": both}) == [two], "those of a new record too"
    assert changed(CANTEEN, both) == [two]
    assert changed(plain, both, staff=True) == []


def test_an_offer_confirmed_before_is_not_checked_again() -> None:
    before = with_offers(("Repas", "confirmee", 1), ("Buffet froid", "a-confirmer", 1))
    assert changed(before, with_offers(("Buffet froid", "a-confirmer", 1), ("Repas", "confirmee", 1))) == [UNKNOWN]
    (found,) = changed(before, with_offers(("Repas", "confirmee", 2), ("Buffet froid", "a-confirmer", 1)))
    assert found.code == "verification-offres", "on another day, it is another confirmation"
    assert changed(before, with_offers(("Repas", "a-confirmer", 1), ("Buffet froid", "a-confirmer", 1))) == [UNKNOWN]
    broken = CANTEEN + "offres:\n  - nom: Repas\n    verification: confirmee\n"
    assert changed(before, broken) == [UNKNOWN]


def test_a_closing_is_checked_both_ways() -> None:
    closed = CANTEEN.replace("active", "fermee")
    name = "«\u00a0Cantine Exemple\u00a0»"
    assert changed(CANTEEN, closed) == [flag("fermeture", f"{name} est déclarée fermée", TO_CHECK)]
    assert changed(closed, CANTEEN) == [flag("fermeture", f"{name} n’est plus déclarée fermée", TO_CHECK)]
    assert seen({}, {"exemple": closed}) == [flag("fermeture", f"{name} est déclarée fermée", TO_CHECK)]
    assert changed(closed, closed + "mission: A.\n") == [UNKNOWN]
    assert changed(CANTEEN, CANTEEN.replace("active", "en-demarrage")) == [UNKNOWN]
    assert changed(CANTEEN, closed, staff=True) == []


def test_a_merger_is_checked() -> None:
    merged = CANTEEN + "fusionnee_avec: autre\n"
    expected = flag("fusion", "«\u00a0Cantine Exemple\u00a0» est déclarée fusionnée avec «\u00a0autre\u00a0»", TO_CHECK)
    assert changed(CANTEEN, merged) == [expected]
    assert seen({}, {"exemple": merged}) == [expected]
    assert codes(changed(merged, merged.replace("autre", "troisieme"))) == ["fusion"]
    assert changed(merged, merged + "mission: A.\n") == [UNKNOWN]
    assert changed(merged, CANTEEN) == [UNKNOWN]


def test_another_neq_is_another_enterprise() -> None:
    before, after = (CANTEEN + f'neq: "{neq}"\n' for neq in ("1142934315", "1142934320"))
    assert changed(before, after) == [
        flag("neq", "Le NEQ de «\u00a0Cantine Exemple\u00a0» change\u00a0: «\u00a01142934320\u00a0»", OTHER)
    ]
    assert changed(CANTEEN, after) == [UNKNOWN]
    assert changed(before, CANTEEN) == [UNKNOWN]
    assert changed(before, before + "mission: A.\n") == [UNKNOWN]
    assert changed(before, after, staff=True) == []


def test_another_name_that_is_reached_otherwise_is_another_enterprise() -> None:
    other = "nom: Menuiserie du Fleuve\netablissements:\n  - telephone: 819 555-0999\n"
    expected = flag(
        "identite",
        "La fiche de «\u00a0Cantine Exemple\u00a0» deviendrait celle de «\u00a0Menuiserie du Fleuve\u00a0»",
        OTHER,
    )
    assert expected in changed(CANTEEN, other)
    assert expected in changed(CANTEEN + 'neq: "1142934315"\n', other)
    assert expected in changed(CANTEEN, other + 'neq: "1142934315"\n')
    same_neq = [text + 'neq: "1142934315"\n' for text in (CANTEEN, other)]
    assert codes(changed(*same_neq)) == ["coordonnees"]
    assert changed(CANTEEN, other + "site_web: https://cantine.example.org/\n") == [UNKNOWN]
    for name in ("Cantine de l’Exemple", "Exemple Cantine", "La Cantine Exemple inc."):
        (found,) = changed(CANTEEN, other.replace("Menuiserie du Fleuve", name))
        assert found.message.startswith("Toutes les coordonnées de «\u00a0Cantine Exemple\u00a0»"), "its former name"
    assert codes(changed(CANTEEN, other.replace("nom: Menuiserie du Fleuve", "statut: active"))) == ["coordonnees"]
    assert codes(changed(CANTEEN.replace("nom: Cantine Exemple\n", ""), other)) == ["coordonnees"]
    bound = [
        text.replace(name, new)
        for text, name, new in (
            (CANTEEN, "Cantine Exemple", "Cantine Centre"),
            (other, "Menuiserie du Fleuve", "Atelier Épicerie"),
        )
    ]
    assert codes(changed(*bound)) == ["coordonnees"], "60 of 100 is alike enough"


@pytest.mark.parametrize(
    "way",
    [
        "etablissements:\n  - telephone: 819 555-0100\n",
        "etablissements:\n  - municipalite: La Tuque\n  - courriel: info@exemple.example.org\n",
        "contact_achats:\n  telephone: 819 555-0100\n",
        "contact_achats:\n  courriel: achats@exemple.example.org\n",
        "reseaux:\n  facebook: https://reseau.example.org/exemple\n",
        "site_web: https://exemple.example.org/\n",
    ],
)
def test_each_way_to_reach_an_enterprise_counts(way: str) -> None:
    """One way that stays is enough: the enterprise can be asked there."""
    before = f"nom: Exemple\n{CONFIRMED}{way}"
    after = before.replace("0100", "0999").replace("exemple.example.org", "x.example.org").replace("/exemple", "/x")
    assert after != before
    assert changed(before, after) == [
        flag("coordonnees", "Toutes les coordonnées de «\u00a0Exemple\u00a0» changent à la fois", TO_CHECK)
    ]
    assert codes(changed(before, before + "mission: A.\n")) == ["fiche-d-autrui"]


def test_ways_to_reach_an_enterprise_do_not_all_change_unseen() -> None:
    def named(*ways: str, confirmed: bool = False) -> str:
        places = "".join(f"  - telephone: 819 555-{way}\n" for way in ways)
        return f"nom: Exemple\n{CONFIRMED if confirmed else ''}" + (f"etablissements:\n{places}" if places else "")

    assert codes(changed(named("0100", "0101"), named("0200"))) == ["coordonnees"]
    assert codes(changed(named("0100", "0101"), named("0101", "0200"))) == ["fiche-d-autrui"]
    assert codes(changed(named("0100"), named("0200"))) == ["fiche-d-autrui"], "one alone, that nobody confirmed"
    assert codes(changed(named("0100", confirmed=True), named("0200", confirmed=True))) == ["coordonnees"]
    assert codes(changed(named("0100", "0101"), named())) == ["fiche-d-autrui"], "none is no other way"
    assert codes(changed(named(confirmed=True), named("0200", confirmed=True))) == ["fiche-d-autrui"]
    assert codes(seen({}, {"exemple": named("0100", "0101")})) == ["fiche-nouvelle"]
    assert changed(named("0100", "0101"), named("0200"), staff=True) == []


def test_several_records_at_once_are_asked_about_together() -> None:
    before = {"exemple": CANTEEN, "autre": CANTEEN.replace("Cantine", "Autre")}
    after = {slug: text + "mission: A.\n" for slug, text in before.items()}
    assert seen(before, after) == [
        Flag(
            "plusieurs-fiches",
            "2\u00a0fiches d’entreprises à la fois",
            "vérifier que la personne peut parler pour chacune de ces entreprises",
        )
    ]
    after["exemple"] = after["exemple"].replace("active", "fermee")
    assert codes(seen(before, after)) == ["fermeture", "plusieurs-fiches"]
    assert seen(before, after, staff=True) == []
    assert codes(seen(before, {"exemple": "nom: [", "autre": "nom: ["})) == ["plusieurs-fiches"]


def test_records_that_serve_all_are_for_the_team() -> None:
    territory = {"370": "code: '370'\n"}
    expected = Flag(
        "fiches-communes",
        "Fiches qui valent pour tous (territoires, seuils, acheteurs, cohortes)",
        "l’équipe du Pôle doit en vérifier la source",
        (f"content/{TERRITORIES}/370.yml",),
    )
    for common in (({}, territory), (territory, {})):
        assert seen({"exemple": CANTEEN}, {"exemple": CANTEEN}, common=common) == [expected]
        assert seen({}, {}, common=common, staff=True) == []
    after = {"exemple": CANTEEN + "mission: A.\n"}
    assert codes(seen({"exemple": CANTEEN}, after, common=({}, territory))) == ["fiche-d-autrui", "fiches-communes"]


def test_what_is_asked_names_the_record_as_it_is_known() -> None:
    """Who changes the name too does not hide whose record it was."""
    renamed = CANTEEN.replace("Cantine Exemple", "Exemple Cantine")
    for text in (renamed + CONFIRMED, renamed.replace("active", "fermee")):
        (found,) = changed(CANTEEN, text)
        assert "«\u00a0Cantine Exemple\u00a0»" in found.message


def test_a_way_that_is_no_text_is_none() -> None:
    assert changed(CANTEEN, CANTEEN.replace("819 555-0177", "[819 555-0177]")) == [UNKNOWN]


def test_files_that_are_no_records_come_first_whoever_proposes() -> None:
    for staff in (False, True):
        found = seen({"exemple": CANTEEN}, {}, changed=("src/annuaire/build.py",), staff=staff)
        assert codes(found) == ["code", "suppression"]
