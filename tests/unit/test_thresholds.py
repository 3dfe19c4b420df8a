"""Rules of purchasing: in force or not on a day, told alike by Python and by the browser; no mode from what ran out."""

from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.node import node, scripted

from annuaire import schema
from annuaire.catalogue import items
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.thresholds import Threshold, threshold
from annuaire.pages.mode import _amount, dollars, period
from annuaire.places.territories import load as load_territories
from annuaire.places.vocabularies import load as load_vocabularies
from annuaire.records import reading as records
from annuaire.records.collections import BUYERS, COHORTS, THRESHOLDS
from annuaire.yamlfile import source

ROOT = Path(__file__).parents[2]
PARTS = ROOT / "src" / "annuaire" / "theme" / "js" / "mode"
TODAY = "2026-11-22"
CALL = {
    "slug": "appel",
    "genre": "seuil",
    "organismes": ["municipalite", "mrc"],
    "mode": "appel-public",
    "a_partir_de": 130000,
    "en_vigueur_du": "2026-01-01",
    "en_vigueur_au": "2027-12-31",
    "verifie_le": "2026-10-15",
}
INVITATION = CALL | {"slug": "invitation", "mode": "invitation", "a_partir_de": 30000, "invites": 2}
EXPIRED = {"en_vigueur_du": "2022-10-07", "en_vigueur_au": "2023-12-31"}
BY_LAW = {
    **{key: value for key, value in CALL.items() if key != "a_partir_de"},
    "slug": "reglement",
    "genre": "reglement",
    "mode": "gre-a-gre",
    "moins_de": 60000,
    "organismes": ["municipalite"],
    "commune": "99701",
}
EXEMPTION = {
    **{key: value for key, value in CALL.items() if key != "a_partir_de"},
    "slug": "exemption",
    "genre": "exemption",
    "mode": "gre-a-gre",
    "contrats": ["services"],
    "formes": ["obnl", "cooperative-de-solidarite"],
}
RULES = [CALL, INVITATION, BY_LAW, EXEMPTION]
NAMED = {key: value for key, value in BY_LAW.items() if key != "moins_de"} | {"plafond": "seuil-du-ministre"}
NAMING, FROM = [CALL, INVITATION, NAMED], [CALL, INVITATION, NAMED | {"a_partir_de": 25000}]
QUESTION = {
    "organisme": "municipalite",
    "contrat": "services",
    "montant": 45000,
    "reglement": None,
    "plafond": False,
    "commune": "",
    "mrc": "",
    "fournisseur": None,
}
TYPED, RECORDED = ("gre-a-gre", "reglement-saisi"), ("gre-a-gre", "reglement")
CONFIRMED = {"nom": "A", "forme": "obnl", "forme_confirmee": True}


def run(script: str, value: Any) -> Any:
    """Run a module script in Node; it reads `input` and its last value is `output`."""
    whole = (
        "import { readFileSync } from 'node:fs'; const input = JSON.parse(readFileSync(0)); let output;"
        f"{script}; console.log(JSON.stringify(output));"
    ).replace("PARTS", PARTS.as_posix())
    words = [node(), str(scripted(whole))]
    done = subprocess.run(words, input=json.dumps(value), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def judge(questions: list[tuple[dict[str, Any], list[dict[str, Any]]]], day: str = TODAY) -> list[dict[str, Any]]:
    script = (
        "const { judge } = await import('PARTS/rules.js');"
        "const read = (question) => (question.montant === 'NaN' ? { ...question, montant: NaN } : question);"
        "output = input.questions.map(([question, rules]) => judge(read(question), rules, input.day))"
    )
    found: list[dict[str, Any]] = run(script, {"questions": questions, "day": day})
    return found


def rule(**fields: Any) -> Threshold:
    empty: dict[str, Any] = {"titre": "", "genre": "seuil", "organismes": ("municipalite",), "mode": "invitation"}
    return Threshold(slug="a", **(empty | fields))


STATES = [
    (
        {"a_partir_de": 1, "en_vigueur_du": "2026-01-01", "en_vigueur_au": "2026-11-22", "verifie_le": "2026-10-01"},
        "en-vigueur",
    ),
    (
        {"a_partir_de": 1, "en_vigueur_du": "2026-11-22", "en_vigueur_au": "2027-01-01", "verifie_le": "2026-10-01"},
        "en-vigueur",
    ),
    ({"a_partir_de": 1, "en_vigueur_du": "2026-01-01", "en_vigueur_au": "2026-11-21"}, "expire"),
    ({"a_partir_de": 1, "en_vigueur_du": "2026-11-23"}, "a-venir"),
    ({"a_partir_de": 1, "en_vigueur_du": "2025"}, "a-verifier"),
    ({"a_partir_de": 1, "en_vigueur_du": "2025", "verifie_le": "2025-11-22"}, "en-vigueur"),
    ({"a_partir_de": 1, "en_vigueur_du": "2025", "verifie_le": "2025-11-21"}, "a-verifier"),
    ({"a_partir_de": 1, "en_vigueur_du": "2026", "verifie_le": "2026-11-01"}, "a-verifier"),
    ({"a_partir_de": 1, "en_vigueur_du": "2018", "en_vigueur_au": "2020"}, "expire"),
    ({"a_partir_de": 1, "en_vigueur_du": "2018", "en_vigueur_au": "2026"}, "a-verifier"),
    ({"a_partir_de": 1, "en_vigueur_du": "2027"}, "a-venir"),
    ({"a_partir_de": 1, "verifie_le": "2026-11-01"}, "a-verifier"),
    ({"a_partir_de": 1}, "a-verifier"),
    ({"a_partir_de": 1, "en_vigueur_du": "2026-01-01", "en_vigueur_au": "2027-01-01"}, "a-verifier"),  # unchecked
    ({"en_vigueur_du": "2024-01-01", "en_vigueur_au": "2025-12-31"}, "expire"),
    ({"en_vigueur_du": "2026-01-01", "en_vigueur_au": "2027-12-31"}, "a-verifier"),
    (
        {
            "genre": "reglement",
            "plafond": "seuil-du-ministre",
            "en_vigueur_du": "2018-06-01",
            "verifie_le": "2026-10-01",
        },
        "en-vigueur",
    ),
    ({"genre": "reglement", "plafond": "seuil-du-ministre", "en_vigueur_du": "2018-06-01"}, "a-verifier"),
    (
        {
            "genre": "exemption",
            "en_vigueur_du": "2026-01-01",
            "en_vigueur_au": "2027-12-31",
            "verifie_le": "2026-10-01",
        },
        "en-vigueur",
    ),
]


@pytest.mark.parametrize(("fields", "expected"), STATES)
def test_state_in_python(fields: dict[str, Any], expected: str) -> None:
    own = {key: date.fromisoformat(value) if key == "verifie_le" else value for key, value in fields.items()}
    assert rule(**own).state(date.fromisoformat(TODAY)) == expected


def test_state_in_the_browser() -> None:
    script = "const { state } = await import('PARTS/rules.js'); output = input.map((rule) => state(rule, '2026-11-22'))"
    assert run(script, [{"genre": "seuil"} | fields for fields, _ in STATES]) == [expected for _, expected in STATES]


DAYS = st.dates(date(2023, 1, 1), date(2028, 12, 31))
PERIODS = st.one_of(st.just(""), DAYS.map(date.isoformat), DAYS.map(lambda day: str(day.year)))


@settings(max_examples=examples(15))
@given(st.lists(st.tuples(PERIODS, PERIODS, st.none() | DAYS, st.booleans()), min_size=40, max_size=60), DAYS)
def test_python_and_the_browser_say_the_same(cases: list[tuple[str, str, date | None, bool]], day: date) -> None:
    rules = [
        rule(en_vigueur_du=start, en_vigueur_au=end, verifie_le=checked, a_partir_de=25000 if has_amount else None)
        for start, end, checked, has_amount in cases
    ]
    names = ("genre", "en_vigueur_du", "en_vigueur_au", "a_partir_de")
    sent = []
    for one in rules:
        fields = {name: getattr(one, name) for name in names if getattr(one, name) not in (None, "")}
        sent.append(fields | ({"verifie_le": one.verifie_le.isoformat()} if one.verifie_le else {}))
    script = (
        "const { state } = await import('PARTS/rules.js');output = input.rules.map((rule) => state(rule, input.day))"
    )
    assert run(script, {"rules": sent, "day": day.isoformat()}) == [one.state(day) for one in rules]


JUDGED: list[tuple[str, dict[str, Any], list[dict[str, Any]], str | None, str | None]] = [
    ("under the invitation", {"montant": 29999}, RULES, "gre-a-gre", "seuil"),
    ("at the invitation", {"montant": 30000}, RULES, "invitation", "seuil"),
    ("under the call", {"montant": 129999}, RULES, "invitation", "seuil"),
    ("at the call", {"montant": 130000}, RULES, "appel-public", "seuil"),
    ("no amount", {"montant": None}, RULES, None, None),
    ("no rule at all", {}, [], None, None),
    ("another body", {"organisme": "organisme-public"}, RULES, None, None),
    ("the call alone, above", {"montant": 200000}, [CALL], "appel-public", "seuil"),
    ("the call alone, below", {"montant": 20000}, [CALL], None, None),
    ("the invitation alone, above", {"montant": 200000}, [INVITATION], None, None),
    ("the invitation alone, below", {"montant": 20000}, [INVITATION], "gre-a-gre", "seuil"),
    ("the invitation has its own end", {}, [INVITATION | {"moins_de": 50000}], "invitation", "seuil"),
    ("the call ran out", {}, [CALL | EXPIRED, INVITATION], None, None),
    ("the invitation ran out", {"montant": 20000}, [CALL, INVITATION | EXPIRED], None, None),
    ("all ran out", {"montant": 10}, [CALL | EXPIRED, INVITATION | EXPIRED], None, None),
    ("two calls in force", {"montant": 200000}, [CALL, CALL | {"a_partir_de": 140000}, INVITATION], None, None),
    ("the same call twice", {"montant": 200000}, [CALL, CALL, INVITATION], "appel-public", "seuil"),
    ("a threshold of works", {}, [CALL, INVITATION | {"contrats": ["travaux"]}], None, None),
    ("by-law typed", {"reglement": 60000}, RULES, "gre-a-gre", "reglement-saisi"),
    ("by-law typed, too low", {"reglement": 40000}, RULES, "invitation", "seuil"),
    ("by-law typed, at its amount", {"reglement": 45000}, RULES, "invitation", "seuil"),
    ("by-law never reaches the call", {"reglement": 500000, "montant": 130000}, RULES, "appel-public", "seuil"),
    ("by-law under a call that ran out", {"reglement": 60000}, [CALL | EXPIRED], *TYPED),
    ("by-law under a call to come", {"reglement": 60000}, [CALL | {"en_vigueur_du": "2027-01-01"}], *TYPED),
    ("by-law of the record, the call ran out", {"commune": "99701"}, [CALL | EXPIRED, BY_LAW], *RECORDED),
    ("by-law between two calls", {"reglement": 60000}, [CALL, CALL | {"a_partir_de": 140000}], *TYPED),
    ("an amount that is none", {"montant": "NaN"}, RULES, None, None),
    ("by-law over a call that ran out", {"reglement": 500000, "montant": 130000}, [CALL | EXPIRED], None, None),
    ("by-law with no call known", {"reglement": 60000}, [INVITATION | EXPIRED], None, None),
    ("a public body has no by-law", {"organisme": "organisme-public", "reglement": 60000}, RULES, None, None),
    ("by-law of the record", {"commune": "99701"}, RULES, "gre-a-gre", "reglement"),
    ("by-law of the record, above it", {"commune": "99701", "montant": 60000}, RULES, "invitation", "seuil"),
    ("by-law of another town", {"commune": "99503"}, RULES, "invitation", "seuil"),
    ("by-law of the record ran out", {"commune": "99701"}, [CALL, INVITATION, BY_LAW | EXPIRED], "invitation", "seuil"),
    ("by-law naming the threshold", {"commune": "99701", "montant": 129999}, NAMING, "gre-a-gre", "reglement"),
    ("the minister's threshold itself", {"commune": "99701", "montant": 130000}, NAMING, "appel-public", "seuil"),
    ("the threshold is not known today", {"commune": "99701"}, [CALL | EXPIRED, NAMED], "gre-a-gre", "reglement"),
    ("from an amount to the minister's threshold", {"commune": "99701", "montant": 20000}, FROM, "gre-a-gre", "seuil"),
    ("typed by-law before the record", {"commune": "99701", "reglement": 40000}, RULES, "invitation", "seuil"),
    ("exemption, confirmed form", {"fournisseur": CONFIRMED}, RULES, "gre-a-gre", "exemption"),
    ("exemption, any amount", {"fournisseur": CONFIRMED, "montant": 900000}, RULES, "gre-a-gre", "exemption"),
    ("exemption without thresholds", {"fournisseur": CONFIRMED}, [EXEMPTION], "gre-a-gre", "exemption"),
    (
        "exemption, form to confirm",
        {"fournisseur": CONFIRMED | {"forme_confirmee": False}},
        RULES,
        "invitation",
        "seuil",
    ),
    ("exemption, other form", {"fournisseur": CONFIRMED | {"forme": "mutuelle"}}, RULES, "invitation", "seuil"),
    ("exemption, other contract", {"fournisseur": CONFIRMED, "contrat": "biens"}, RULES, "invitation", "seuil"),
    ("exemption ran out", {"fournisseur": CONFIRMED}, [CALL, INVITATION, EXEMPTION | EXPIRED], "invitation", "seuil"),
    ("by-law before exemption", {"fournisseur": CONFIRMED, "commune": "99701"}, RULES, "gre-a-gre", "reglement"),
]


def test_judgement() -> None:
    found = judge([(QUESTION | question, rules) for _, question, rules, _, _ in JUDGED])
    said = [(name, answer["mode"], answer["par"]) for (name, *_), answer in zip(JUDGED, found, strict=True)]
    assert said == [(name, mode, by) for name, _, _, mode, by in JUDGED]


def test_what_is_said_when_there_is_no_mode() -> None:
    later = {**CALL, "slug": "plus-tard", "en_vigueur_du": "2024-01-01", "en_vigueur_au": "2025-12-31"}
    del later["a_partir_de"]
    old = CALL | {"slug": "ancien", "a_partir_de": 101100, "en_vigueur_du": "2018", "en_vigueur_au": "2020"}
    (answer,) = judge([(QUESTION, [old, later, CALL | EXPIRED, INVITATION | EXPIRED])])
    assert answer["mode"] is None
    said = {
        line["mode"]: (line["dernier"]["a_partir_de"], [r["slug"] for r in line["sans_montant"]])
        for line in answer["seuils"]
    }
    assert said == {"invitation": (30000, []), "appel-public": (130000, ["plus-tard"])}
    assert answer["invites"]["invites"] == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25000", 25000),
        ("25\u00a0000\u00a0$", 25000),
        (" 25 000,50 $ ", 25000),
        ("24999.99", 24999),
        ("", None),
        ("-5", "NaN"),
        ("1e5", "NaN"),
        ("25,000", "NaN"),
        ("dix", "NaN"),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, expected: Any) -> None:
    script = (
        "const { dollars } = await import('PARTS/rules.js'); const read = dollars(input);"
        "output = Number.isNaN(read) ? 'NaN' : read"
    )
    assert run(script, text) == expected


def test_draw_is_found_again_in_python() -> None:
    """The recipe of the page: SHA-256 of « reference|dataset|number|slug » in UTF-8, the smaller first in a tie."""
    reference, dataset, number = "2026-041, entretien de l’hôtel de ville", "0a" * 32, 3
    names = ("coop-exemple", "traiteur-la-table-d-exemple", "exemplaire", "la-ruche-exemple", "navette-exemple")
    last = {"coop-exemple": "2026-03-01", "exemplaire": "2025-01-15", "la-ruche-exemple": "2025-01-15"}
    sent = [{"slug": s, "nom": s, "confirmee": True, "derniere": last.get(s, "")} for s in names]
    sent.append({"slug": "a-confirmer", "nom": "x", "confirmee": False, "derniere": ""})
    script = (
        "const { order, seed } = await import('PARTS/../common/rotation/draw.js');"
        "output = order(input.items, seed(input.reference, input.dataset, input.number))"
    )
    found = run(script, {"items": sent, "reference": reference, "dataset": dataset, "number": number})

    def fingerprint(slug: str) -> str:
        return hashlib.sha256(f"{reference}|{dataset}|{number}|{slug}".encode()).hexdigest()

    expected = sorted(names, key=lambda slug: (last.get(slug, ""), fingerprint(slug)))
    assert [line["slug"] for line in found] == expected
    assert {line["slug"]: line["empreinte"] for line in found} == {slug: fingerprint(slug) for slug in names}
    assert [line["rang"] for line in found] == [1, 2, 3, 4, 5]
    assert [line["egalite"] for line in found] == [True, True, True, True, False]


@settings(max_examples=examples(10))
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), min_size=30, max_size=60))
def test_hash_is_that_of_hashlib(texts: list[str]) -> None:
    found = run("const { sha256 } = await import('PARTS/../common/sha256.js'); output = input.map(sha256)", texts)
    assert found == [hashlib.sha256(text.encode()).hexdigest() for text in texts]


def test_register_comes_back_from_csv_and_json() -> None:
    hostile = ["=HYPERLINK(1)", 'dit "oui", non', "ligne; point", "@x", "été"]
    invitations = [
        {"slug": f"a-{rank}", "nom": nom, "date": f"2026-01-0{rank + 1}", "besoin": "B;1"}
        for rank, nom in enumerate(hostile)
    ]
    script = (
        "const r = await import('PARTS/../common/rotation/register.js'); const csv = r.toCsv(r.sorted(input));"
        "output = {csv, back: r.fromCsv(csv).invitations, excel: r.fromCsv('nom;date\\n\"Coop; X\";2026-02-03\\n'),"
        "wrong: [r.fromCsv('a,b\\n1,2'), r.read(null), r.read([]), r.read({format: 2})],"
        "dirty: r.read({format: 1, nombre: 99, candidats: [{slug: '../x'}, {slug: 'b', nom: 'B\\u0000'}, 3],"
        "invitations: [{slug: 'b', date: '2026-02-30'}], tirages: [{jeu: 'x', ordre: []}]})}"
    )
    found = run(script, invitations)
    assert found["back"] == invitations[::-1]
    cells = [cell for line in found["csv"].splitlines() for cell in line.split(",")]
    assert not [cell for cell in cells if cell.lstrip('"')[:1] in "=+-@" and cell.lstrip('"')]
    assert found["excel"]["invitations"] == [{"slug": "coop-x", "nom": "Coop; X", "date": "2026-02-03", "besoin": ""}]
    assert found["wrong"] == [None, None, None, None]
    assert found["dirty"]["nombre"] == 2
    assert found["dirty"]["candidats"] == [{"slug": "b", "nom": "B"}]
    assert (found["dirty"]["invitations"], found["dirty"]["tirages"]) == ([], [])


def test_the_register_forgets_the_oldest_draws_first() -> None:
    """A draw that was forgotten would give its number to another one."""
    line = {"slug": "a", "nom": "A", "empreinte": "0a" * 32}
    draws = [{"besoin": "B", "numero": n, "jeu": "0a" * 32, "ordre": [line]} for n in range(1, 401)]
    script = (
        "const r = await import('PARTS/../common/rotation/register.js'); const all = r.read(input);"
        "const [first, last] = [input.tirages.slice(0, 300), input.tirages.slice(300)];"
        "const merged = r.merge({ ...all, tirages: first }, { ...r.empty(), tirages: last });"
        "output = [r.nextNumber(all, 'B'), r.nextNumber(merged, 'B')]"
    )
    assert run(script, {"format": 1, "tirages": draws}) == [401, 401]


def read(collection: str, text: str) -> records.Record:
    return records.from_document(source.parse(text, Path("a.yml")), "a.yml", schema.load(collection))


def test_unsourced_rules_stay_unpublished() -> None:
    sourced = rule(source="Texte", verifie_le=date(2026, 10, 1))
    unchecked = replace(sourced, slug="c", verifie_le=None)
    exempt = replace(unchecked, slug="d", genre="exemption")
    rules = [sourced, replace(sourced, slug="b", source=""), unchecked, exempt]
    found = Catalogue((), (), load_territories(), load_vocabularies(), ("04",), thresholds=rules)
    assert set(found.thresholds) == {sourced, unchecked}


def test_records_become_the_model() -> None:
    own = threshold(
        read(THRESHOLDS, "titre: A\ngenre: seuil\norganismes: [mrc]\nmode: invitation\na_partir_de: 25000\n")
    )
    assert (own.a_partir_de, own.organismes, own.verifie_le) == (25000, ("mrc",), None)
    buyer = items.item(read(BUYERS, "nom: B\ngenre: mrc\ndepuis: 2024\nsource: S\nverifie_le: 2026-01-02\n"))
    assert (buyer.depuis, buyer.verifie_le) == (2024, date(2026, 1, 2))
    cohort = items.item(read(COHORTS, "nom: C\nentreprises: 10\npartenaires:\n  - nom: P\nsource: S\n"))
    assert (cohort.entreprises, cohort.annee, cohort.partenaires[0].nom) == (10, None, "P")


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2022-10-07", "2023-12-31", "du 7 octobre 2022 au 31 décembre 2023"),
        ("2018", "2020", "de 2018 à 2020"),
        ("2020", "2022-10-06", "de 2020 au 6 octobre 2022"),
        ("2026-01-01", "", "depuis le 1er janvier 2026"),
        ("2026", "", "depuis 2026"),
        ("", "2026-01-01", "jusqu’au 1er janvier 2026"),
        ("", "", "dates d’entrée en vigueur à vérifier"),
    ],
)
def test_period_in_words(start: str, end: str, words: str) -> None:
    assert period(rule(en_vigueur_du=start, en_vigueur_au=end)).replace("\u00a0", " ") == words


def test_amount_in_words() -> None:
    assert dollars(121200) == "121\u00a0200\u00a0$"
    named = rule(genre="reglement", plafond="seuil-du-ministre")
    assert _amount(named) == "sous le seuil décrété par le ministre"
    later = replace(named, a_partir_de=25000)
    assert _amount(later) == "à partir de 25\u00a0000\u00a0$, sous le seuil décrété par le ministre"
