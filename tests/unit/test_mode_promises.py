"""Hold each sentence at the top of `mode/rules.js` by a small example: without its code, one of these fails.

The order of judgement is the by-law, exemptions for a form that is confirmed, thresholds; nothing is inferred from what
is not in force.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.node import Ask, asking

Json = dict[str, Any]
Judge = Callable[..., Json]
DAY = "2026-11-22"
IN_FORCE = {"en_vigueur_du": "2026-01-01", "en_vigueur_au": "2027-12-31", "verifie_le": "2026-10-15"}
EXPIRED = {"en_vigueur_du": "2022-01-01", "en_vigueur_au": "2023-12-31"}
TO_COME = {"en_vigueur_du": "2027-01-01", "en_vigueur_au": "2028-12-31"}
UNCHECKED = {"verifie_le": ""}


def rule(slug: str, genre: str, mode: str, **fields: Any) -> Json:
    """Make a rule in force, for towns, MRCs and public bodies unless said otherwise."""
    return {"slug": slug, "genre": genre, "mode": mode, "organismes": ["municipalite", "mrc"]} | IN_FORCE | fields


CALL = rule("appel", "seuil", "appel-public", a_partir_de=130000)
INVITATION = rule("invitation", "seuil", "invitation", a_partir_de=30000, invites=2)
DIRECT = rule("direct", "seuil", "gre-a-gre", moins_de=30000)
OF_TOWN = rule("reglement", "reglement", "gre-a-gre", moins_de=60000, commune="99701")
OF_MRC = rule("reglement-mrc", "reglement", "gre-a-gre", moins_de=60000, mrc="997")
EXEMPTION = rule("exemption", "exemption", "gre-a-gre", contrats=["services"], formes=["obnl", "coop"])
CONFIRMED = {"forme": "obnl", "forme_confirmee": True}
UNCONFIRMED = {"forme": "obnl", "forme_confirmee": False}


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """Start the rules in Node; give what asks them one question."""
    with asking(Path(__file__).with_name("mode.mjs")) as found:
        yield found


@pytest.fixture(params=[False, True], ids=["", "mirror"])
def judge(ask: Ask, request: pytest.FixtureRequest) -> Judge:
    """Give what judges a contract of services of a town, 45 000 $ unless said otherwise.

    Sorting compares two rules one way, then the other, as browsers differ.
    """

    def judged(*rules: Json, **question: Any) -> Json:
        usual = {"organisme": "municipalite", "contrat": "services", "montant": 45000, "reglement": None}
        usual |= {"commune": "", "mrc": "", "fournisseur": None}
        answer: Json = ask("judge", question=usual | question, rules=rules, day=DAY, mirror=request.param)
        return answer

    return judged


def said(answer: Json) -> tuple[str | None, str | None, str | None]:
    """Give the mode, by what, and the rule applied."""
    return answer["mode"], answer["par"], (answer["regle"] or {}).get("slug")


BY_LAW = ("gre-a-gre", "reglement", "reglement")
BY_EXEMPTION = ("gre-a-gre", "exemption", "exemption")
BY_INVITATION = ("invitation", "seuil", "invitation")
NOTHING = (None, None, None)


def test_the_by_law_comes_before_the_exemption_and_the_exemption_before_thresholds(judge: Judge) -> None:
    rules = (CALL, INVITATION, EXEMPTION, OF_TOWN)
    assert said(judge(*rules, commune="99701", fournisseur=CONFIRMED)) == BY_LAW
    assert said(judge(*rules, fournisseur=CONFIRMED)) == BY_EXEMPTION
    assert said(judge(*rules)) == BY_INVITATION


@pytest.mark.parametrize("period", [EXPIRED, TO_COME, UNCHECKED], ids=["expired", "to-come", "unchecked"])
def test_nothing_is_inferred_from_what_is_not_in_force(judge: Judge, period: Json) -> None:
    assert said(judge(CALL, INVITATION | period)) == NOTHING
    assert said(judge(CALL | period, INVITATION, montant=200000)) == NOTHING
    assert said(judge(CALL, INVITATION, OF_TOWN | period, commune="99701")) == BY_INVITATION
    below = judge(CALL | period, OF_TOWN, commune="99701")
    assert (said(below), below["borne_verifiee"]) == (BY_LAW, False), "below the lowest ceiling ever recorded"
    assert said(judge(CALL | period, OF_TOWN | {"moins_de": 500000}, commune="99701", montant=130000)) == NOTHING
    answer = judge(CALL, INVITATION, EXEMPTION | period, fournisseur=CONFIRMED)
    assert (said(answer), answer["exemptions"]) == (BY_INVITATION, [])
    assert judge(EXEMPTION | period, fournisseur=UNCONFIRMED)["etat_fournisseur"] == "sans-exemption"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "en-vigueur"),
        ({"en_vigueur_au": DAY}, "en-vigueur"),
        ({"en_vigueur_au": "2026-11-21"}, "expire"),
        ({"en_vigueur_du": DAY}, "en-vigueur"),
        ({"en_vigueur_du": "2026-11-23"}, "a-venir"),
        ({"en_vigueur_du": "2027", "en_vigueur_au": ""}, "a-venir"),
        ({"en_vigueur_du": "2027-05-01", "en_vigueur_au": "2025-12-31"}, "expire"),
        ({"en_vigueur_au": "2025"}, "expire"),
        ({"en_vigueur_au": "2026"}, "a-verifier"),
        ({"en_vigueur_au": "2027"}, "en-vigueur"),
        ({"en_vigueur_du": "2026"}, "a-verifier"),
        ({"en_vigueur_du": "2025"}, "en-vigueur"),
        ({"en_vigueur_du": ""}, "a-verifier"),
        ({"verifie_le": ""}, "a-verifier"),
        ({"verifie_le": "2020-01-01"}, "en-vigueur"),
        ({"en_vigueur_au": "", "verifie_le": "2025-11-22"}, "en-vigueur"),
        ({"en_vigueur_au": "", "verifie_le": "2025-11-21"}, "a-verifier"),
        ({"a_partir_de": None}, "a-verifier"),
        ({"a_partir_de": None, "moins_de": 30000}, "en-vigueur"),
        ({"a_partir_de": None, "genre": "exemption"}, "en-vigueur"),
        ({"a_partir_de": 0}, "en-vigueur"),
    ],
)
def test_a_rule_is_in_force_on_a_day(ask: Ask, fields: Json, expected: str) -> None:
    held = {key: value for key, value in (CALL | fields).items() if value is not None}
    assert ask("state", rule=held, day=DAY) == expected


def test_of_a_rule_without_dates_nothing_is_sure(ask: Ask) -> None:
    assert ask("state", rule={"a_partir_de": 1}, day=DAY) == "a-verifier"
    begun = {"a_partir_de": 1, "en_vigueur_du": "2025-01-01"}
    assert ask("state", rule=begun, day=DAY) == "a-verifier"
    assert ask("state", rule=begun | {"verifie_le": "2025-11-21"}, day=DAY) == "a-verifier"
    assert ask("state", rule=begun | {"verifie_le": "2025-11-22"}, day=DAY) == "en-vigueur"


def test_the_year_that_begins_and_ends_counts_whole(ask: Ask) -> None:
    """« 2026 » may begin on its last day and end on its first: only the days that no reading leaves out are sure."""
    begins, ends = (CALL | fields for fields in ({"en_vigueur_du": "2026"}, {"en_vigueur_au": "2026"}))
    assert [ask("state", rule=begins, day=day) for day in ("2025-12-31", "2026-01-01", "2026-12-30", "2026-12-31")] == [
        *("a-venir", "a-verifier", "a-verifier", "en-vigueur")
    ]
    since = CALL | {"en_vigueur_du": "2025-01-01", "en_vigueur_au": "2026"}
    assert [ask("state", rule=since, day=day) for day in ("2026-01-01", "2026-01-02", "2026-12-31", "2027-01-01")] == [
        *("en-vigueur", "a-verifier", "a-verifier", "expire")
    ]
    assert ask("state", rule=ends, day="2026-12-31") == "a-verifier"


THRESHOLDS: list[tuple[list[Json], Any, tuple[str | None, str | None]]] = [
    ([CALL, INVITATION], 29999, ("gre-a-gre", "invitation")),
    ([CALL, INVITATION], 0, ("gre-a-gre", "invitation")),
    ([CALL, INVITATION], 30000, ("invitation", "invitation")),
    ([CALL, INVITATION], 129999, ("invitation", "invitation")),
    ([CALL, INVITATION], 130000, ("appel-public", "appel")),
    ([CALL, INVITATION], None, (None, None)),
    ([CALL, INVITATION], "beaucoup", (None, None)),
    ([], 45000, (None, None)),
    ([CALL], 45000, (None, None)),
    ([CALL], 130000, ("appel-public", "appel")),
    ([INVITATION], 29999, ("gre-a-gre", "invitation")),
    ([INVITATION], 45000, (None, None)),
    ([INVITATION | {"moins_de": 50000}], 49999, ("invitation", "invitation")),
    ([INVITATION | {"moins_de": 50000}], 50000, (None, None)),
    ([CALL, DIRECT], 29999, ("gre-a-gre", "direct")),
    ([CALL, DIRECT], 0, ("gre-a-gre", "direct")),
    ([CALL, DIRECT], 30000, (None, None)),
    ([DIRECT | {"a_partir_de": 10000}], 10000, ("gre-a-gre", "direct")),
    ([DIRECT | {"a_partir_de": 10000}], 9999, (None, None)),
    ([rule("direct", "seuil", "gre-a-gre", a_partir_de=0)], 100, (None, None)),
    ([rule("invitation", "seuil", "invitation", moins_de=50000)], 100, (None, None)),
    ([rule("appel", "seuil", "appel-public", moins_de=50000)], 100, (None, None)),
    ([CALL, CALL | {"slug": "double"}, INVITATION], 130000, ("appel-public", "appel")),
    ([CALL, CALL | {"a_partir_de": 140000}, INVITATION], 200000, (None, None)),
    ([CALL, INVITATION, INVITATION | {"a_partir_de": 40000}], 45000, (None, None)),
    ([INVITATION | {"moins_de": 50000}, INVITATION | {"moins_de": 60000}], 45000, (None, None)),
]


@pytest.mark.parametrize(("rules", "amount", "expected"), THRESHOLDS)
def test_thresholds_settle_from_the_strictest_down(
    judge: Judge, rules: list[Json], amount: Any, expected: tuple[str | None, str | None]
) -> None:
    mode, slug = expected
    assert said(judge(*rules, montant=amount)) == (mode, mode and "seuil", slug)


def test_a_rule_of_another_body_or_contract_does_not_count(judge: Judge) -> None:
    assert said(judge(CALL, INVITATION, organisme="organisme-public")) == NOTHING
    assert said(judge(CALL, INVITATION | {"contrats": ["travaux"]})) == NOTHING
    assert said(judge(CALL, INVITATION | {"contrats": ["travaux", "services"]})) == BY_INVITATION
    assert said(judge(CALL, INVITATION | {"contrats": []})) == BY_INVITATION


def test_the_by_law_of_the_record_is_that_of_the_buyer(judge: Judge) -> None:
    rules = (CALL, INVITATION, OF_TOWN, OF_MRC)
    assert said(judge(*rules, commune="99701")) == BY_LAW
    assert said(judge(*rules, commune="99702")) == BY_INVITATION
    assert said(judge(*rules, commune="99702", mrc="997")) == BY_INVITATION, "a town has not the by-law of its MRC"
    of_mrc = {"organisme": "mrc", "mrc": "997"}
    assert said(judge(*rules, **of_mrc)) == ("gre-a-gre", "reglement", "reglement-mrc")
    assert said(judge(*rules, organisme="mrc", mrc="998", commune="99701")) == BY_INVITATION


def test_a_by_law_of_nobody_is_that_of_no_one(judge: Judge) -> None:
    """A record whose place is missing must not match a question whose place was not asked."""
    nobody = {key: value for key, value in OF_TOWN.items() if key != "commune"}
    for own in (nobody, nobody | {"commune": ""}):
        assert said(judge(CALL, INVITATION, own, commune=own.get("commune"))) == BY_INVITATION
    for own in (nobody, nobody | {"mrc": ""}):
        assert said(judge(CALL, INVITATION, own, organisme="mrc", mrc=own.get("mrc"))) == BY_INVITATION


def test_a_public_body_has_no_by_law(judge: Judge) -> None:
    everyone = {"organismes": ["municipalite", "organisme-public"]}
    rules = (CALL | everyone, INVITATION | everyone, OF_TOWN | everyone)
    asked = {"organisme": "organisme-public", "commune": "99701"}
    assert said(judge(*rules, **asked)) == BY_INVITATION
    assert said(judge(*rules, **asked, reglement=60000)) == BY_INVITATION


@pytest.mark.parametrize(
    ("amount", "own", "expected"),
    [
        (59999, 60000, "reglement-saisi"),
        (60000, 60000, "seuil"),
        (129999, 500000, "reglement-saisi"),
        (130000, 500000, "seuil"),
        (None, 60000, None),
        (45000, 0, "seuil"),
        (45000, "beaucoup", "seuil"),
    ],
)
def test_a_by_law_typed_rules_under_its_amount_and_the_public_call(
    judge: Judge, amount: int | None, own: Any, expected: str | None
) -> None:
    answer = judge(CALL, INVITATION, montant=amount, reglement=own)
    assert answer["par"] == expected
    if expected == "reglement-saisi":
        assert (answer["mode"], answer["regle"], answer["borne"]["slug"]) == ("gre-a-gre", None, "appel")
    assert answer["borne_verifiee"]


def test_a_by_law_typed_comes_before_that_of_the_record(judge: Judge) -> None:
    assert said(judge(CALL, INVITATION, OF_TOWN, commune="99701", reglement=40000)) == BY_INVITATION


def test_a_by_law_of_the_record_rules_between_its_amounts(judge: Judge) -> None:
    own = OF_TOWN | {"a_partir_de": 40000, "mode": "invitation"}
    for amount, by in ((39999, "seuil"), (40000, "reglement"), (59999, "reglement"), (60000, "seuil")):
        answer = judge(CALL, INVITATION, own, commune="99701", montant=amount)
        assert (answer["par"], answer["borne"]["slug"]) == (by, "appel")
    assert said(judge(CALL, INVITATION, own, commune="99701")) == ("invitation", "reglement", "reglement")
    assert said(judge(CALL, INVITATION, OF_TOWN | {"moins_de": 500000}, commune="99701", montant=130000))[1] == "seuil"


def test_two_by_laws_that_give_different_modes_settle_nothing(judge: Judge) -> None:
    other = OF_TOWN | {"slug": "autre", "mode": "invitation"}
    assert said(judge(CALL, INVITATION, OF_TOWN, other, commune="99701")) == BY_INVITATION
    assert said(judge(CALL, INVITATION, OF_TOWN, OF_TOWN | {"slug": "autre"}, commune="99701")) == BY_LAW
    assert said(judge(CALL, INVITATION, OF_TOWN, other | {"a_partir_de": 50000}, commune="99701")) == BY_LAW


def test_a_by_law_settles_nothing_where_no_public_call_was_ever_recorded(judge: Judge) -> None:
    answer = judge(INVITATION, OF_TOWN, commune="99701", montant=20000)
    assert (said(answer), answer["borne"]) == (("gre-a-gre", "seuil", "invitation"), None)
    assert judge(INVITATION, reglement=60000, montant=20000)["par"] == "seuil"
    assert said(judge(INVITATION | EXPIRED, plafond=True)) == NOTHING


LATER, EARLIER = CALL | EXPIRED | {"slug": "plus-haut", "a_partir_de": 140000}, CALL | EXPIRED


@pytest.mark.parametrize("typed", [{"reglement": 500000}, {"plafond": True}], ids=["amount", "minister"])
@pytest.mark.parametrize(
    "calls", [(LATER, EARLIER), (EARLIER, LATER), (CALL, CALL | {"slug": "plus-haut", "a_partir_de": 140000})]
)
def test_a_by_law_typed_rules_below_the_lowest_ceiling_ever_recorded(
    judge: Judge, typed: Json, calls: tuple[Json, ...]
) -> None:
    """Nobody knows the ceiling of today: only what is under all those ever recorded is sure."""
    below = judge(*calls, **typed, montant=129999)
    assert (said(below), below["borne"]["slug"]) == (("gre-a-gre", "reglement-saisi", None), "appel")
    assert below["borne_verifiee"] is False
    assert judge(*calls, **typed, montant=130000)["par"] != "reglement-saisi"


def test_a_by_law_that_names_the_ministers_threshold_covers_all_below_it(judge: Judge) -> None:
    rules = (CALL, INVITATION, OF_TOWN)
    assert said(judge(*rules, plafond=True, montant=129999)) == ("gre-a-gre", "reglement-saisi", None)
    assert said(judge(*rules, plafond=True, montant=130000)) == ("appel-public", "seuil", "appel")
    assert said(judge(*rules, plafond=True, organisme="organisme-public")) == NOTHING


def test_a_threshold_is_no_by_law_and_a_by_law_no_threshold(judge: Judge) -> None:
    assert said(judge(CALL, OF_TOWN | {"genre": "autre"}, commune="99701")) == NOTHING
    assert said(judge(OF_TOWN | {"mode": "invitation", "a_partir_de": 30000}, commune="99701")) == NOTHING
    assert judge(OF_TOWN, commune="99701")["seuils"] == []


def test_an_exemption_is_for_a_form_that_is_confirmed(judge: Judge) -> None:
    rules = (CALL, INVITATION, EXEMPTION)
    answer = judge(*rules, fournisseur=CONFIRMED)
    assert (said(answer), answer["etat_fournisseur"]) == (BY_EXEMPTION, "vise")
    answer = judge(*rules, fournisseur=UNCONFIRMED)
    assert (said(answer), answer["etat_fournisseur"]) == (BY_INVITATION, "a-confirmer")
    answer = judge(*rules, fournisseur=CONFIRMED | {"forme": "mutuelle"})
    assert (said(answer), answer["etat_fournisseur"]) == (BY_INVITATION, "forme-non-visee")
    bounded = EXEMPTION | {"moins_de": 40000}
    answer = judge(CALL, INVITATION, bounded, fournisseur=CONFIRMED)
    assert (said(answer), answer["etat_fournisseur"]) == (BY_INVITATION, "montant-non-vise")
    assert said(judge(*rules, fournisseur=CONFIRMED, contrat="biens")) == BY_INVITATION
    assert judge(*rules, fournisseur=UNCONFIRMED, contrat="biens")["etat_fournisseur"] == "sans-exemption"
    answer = judge(*rules)
    assert (answer["etat_fournisseur"], [one["slug"] for one in answer["exemptions"]]) == (None, ["exemption"])


@pytest.mark.parametrize(
    ("bounds", "amount", "applies"),
    [
        ({}, None, True),
        ({}, 900000, True),
        ({"moins_de": 50000}, 49999, True),
        ({"moins_de": 50000}, 50000, False),
        ({"moins_de": 50000}, None, False),
        ({"a_partir_de": 40000}, 40000, True),
        ({"a_partir_de": 40000}, 39999, False),
        ({"a_partir_de": 0}, None, False),
    ],
)
def test_an_exemption_holds_within_its_amounts(judge: Judge, bounds: Json, amount: int | None, applies: bool) -> None:
    answer = judge(EXEMPTION | bounds, fournisseur=CONFIRMED, montant=amount)
    assert said(answer) == (BY_EXEMPTION if applies else NOTHING)


def test_the_exemption_that_applies_is_the_first_of_its_form(judge: Judge) -> None:
    others = EXEMPTION | {"slug": "autres", "formes": ["mutuelle"], "mode": "invitation"}
    assert said(judge(others, EXEMPTION, fournisseur=CONFIRMED)) == BY_EXEMPTION
    assert said(judge(others, EXEMPTION, fournisseur=CONFIRMED | {"forme": "mutuelle"})) == (
        *("invitation", "exemption", "autres"),
    )


def test_what_is_known_of_each_mode_is_told_latest_first(judge: Judge) -> None:
    old = CALL | {"slug": "ancien", "en_vigueur_du": "2018", "en_vigueur_au": "2020"}
    later = CALL | EXPIRED | {"slug": "suivant"}
    unknown = {key: value for key, value in CALL.items() if key != "a_partir_de"}
    unknown |= {"slug": "sans-montant", "en_vigueur_du": "2024-01-01", "en_vigueur_au": "2025-12-31"}
    to_come = CALL | TO_COME | {"slug": "a-venir"}
    answer = judge(old, to_come, unknown, later, INVITATION | {"a_partir_de": None, "moins_de": 50000} | EXPIRED)

    def known(*rules: Json) -> list[tuple[str, str | None, list[str]]]:
        lines = judge(*rules)["seuils"]
        return [
            (one["mode"], (one["dernier"] or {}).get("slug"), [r["slug"] for r in one["sans_montant"]]) for one in lines
        ]

    assert answer["mode"] is None
    assert known(old, to_come, unknown, later) == [("appel-public", "suivant", ["sans-montant"])]
    assert known(old, to_come, CALL, later) == [("appel-public", "appel", [])]
    assert known(to_come) == [("appel-public", "a-venir", [])]
    assert known(unknown) == [("appel-public", None, ["sans-montant"])]
    assert known(CALL, DIRECT, INVITATION) == [
        *(("gre-a-gre", "direct", []), ("invitation", "invitation", []), ("appel-public", "appel", []))
    ]
    assert known() == []


def test_of_two_rules_that_begin_together_the_first_given_is_told(judge: Judge) -> None:
    for first, second in (("un", "deux"), ("deux", "un")):
        answer = judge(*(INVITATION | {"slug": slug} for slug in (first, second)))
        assert (answer["seuils"][0]["dernier"]["slug"], answer["invites"]["slug"]) == (first, first)


def test_a_rule_without_a_date_is_the_oldest(judge: Judge) -> None:
    undated = {key: value for key, value in INVITATION.items() if key != "en_vigueur_du"} | {"invites": 5}
    known = INVITATION | {"en_vigueur_du": "2020-01-01", "en_vigueur_au": "2021-12-31", "invites": 3}
    for rules in ((undated, known), (known, undated)):
        assert judge(*rules)["invites"]["invites"] == 3
        assert judge(*rules)["seuils"][0]["dernier"]["invites"] == 3


def test_how_many_to_invite_is_told_by_the_latest_rule_that_says_it(judge: Judge) -> None:
    earlier = INVITATION | EXPIRED | {"invites": 4}
    mute = {key: value for key, value in INVITATION.items() if key != "invites"}
    assert judge(earlier, INVITATION)["invites"]["invites"] == 2
    assert judge(earlier, mute)["invites"]["invites"] == 4
    assert judge(INVITATION | TO_COME | {"invites": 6}, earlier)["invites"]["invites"] == 4
    assert judge(mute)["invites"] is None
    assert judge(EXEMPTION | {"invites": 9})["invites"] is None
