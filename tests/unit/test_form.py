"""Hold the form of corrections to the command line: the same faults in the same words."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests import foires
from tests.forming import EVERY_TEXT, NOT_MET, PROGRAM, SCHEMA, ask_the_form, data, of_collections  # noqa: F401 - the fixture « ask »
from tests.importing import ELSEWHERE
from tests.node import Ask, asking
from tests.rules.corpus import TODAY, cases, context
from tests.sites import REPOSITORY

from annuaire.catalogue.completeness import completeness
from annuaire.records.collections import COLLECTIONS, ENTERPRISES
from annuaire.records.reading import EXTENSION, Record, from_document, from_file
from annuaire.rules import examine, name_of, rules_of
from annuaire.text.messages import phrase, wordings
from annuaire.text.names import fold, slugify
from annuaire.text.problems import Reach
from annuaire.yamlfile import source
from annuaire.yamlfile.formatter import dump


def records() -> Iterator[Record]:
    """List every readable record of an enterprise among the cases."""
    for case in cases():
        files = [case.path] if case.path.suffix == EXTENSION else []
        if case.path.is_dir():
            folder = case.path / ENTERPRISES if (case.path / ENTERPRISES).is_dir() else case.path
            files = sorted(folder.glob("*.yml")) if not any(folder.glob("*/")) else []
        for path in files:
            record = from_file(path, f"{case}/{path.name}", SCHEMA)
            if record.is_readable and record.values:
                yield record


RECORDS = list(records())


def expected(record: Record) -> list[list[Any]]:
    """Judge a record as the command line does; leave out what a form cannot meet."""
    found = []
    for finding in examine(record, context(REPOSITORY)):
        if finding.code not in NOT_MET and finding.at is None:  # a comment is of the text too
            found.append([finding.code, list(finding.path), *phrase(finding)])
    return sorted(found, key=repr)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.file)
def test_form_and_command_line_say_the_same(record: Record, ask: Ask) -> None:
    answer = ask("judge", slug=record.slug, text=record.document.text, today=TODAY.isoformat())
    found = [[f["code"], f["path"], f["sentence"], f["remedy"]] for f in answer if f["code"] not in NOT_MET]
    assert sorted(found, key=repr) == expected(record)
    for fault in answer:
        if fault["code"] not in NOT_MET:
            assert of_a_file(f"{fault['said']} {fault['advice']}") == [], fault["code"]


NAMES = "|".join({name for table in SCHEMA.tables for f in table.fields for name in (f.name, *f.path) if "_" in name})
OF_A_FILE = re.compile(
    rf"\b(?:{NAMES})\b|\b[a-z_]+: \w|entre guillemets|/donnees/|cette ligne|la ligne|\bstatut: |« \"|undefined"
)


def of_a_file(words: str) -> list[str]:
    """List what only a file holds in what the form says: keys, codes, lines, quotation marks."""
    return OF_A_FILE.findall(words.replace("\u00a0", " "))


def test_every_code_is_met_or_excused() -> None:
    judged = [*RECORDS, *(record for found in of_collections().values() for record in found)]
    met = {finding.code for record in judged for finding in examine(record, context(REPOSITORY))}
    own = {code for code, wording in wordings().items() if wording.reach is Reach.RECORD}
    assert own - met - set(NOT_MET) == set()
    assert set(NOT_MET) <= own
    folder = REPOSITORY / "src/annuaire/theme/js/form/rules"
    written = {
        name_of(rule)
        for collection in COLLECTIONS
        if collection.is_open
        for rule in rules_of(collection.name)
        if rule.REACH is Reach.RECORD and not set(rule.CODES) <= set(NOT_MET)
    }
    assert {path.stem for path in folder.glob("*.js")} == written


def test_what_a_rule_gives_the_form_is_read_there() -> None:
    scripts = (REPOSITORY / "src/annuaire/theme/js/form").rglob("*.js")
    text = "\n".join(path.read_text(encoding="utf-8") for path in scripts)
    given = {**data()["regles"], "ecriture": data()["ecriture"]}
    unread = [f"{name}.{key}" for name, own in given.items() for key in own if not re.search(rf"\b{key}\b", text)]
    assert unread == []


def test_words_are_those_of_the_command_line() -> None:
    for code, entry in data()["messages"].items():
        wording = wordings()[code]
        assert entry["gravite"] == wording.severity.value
        assert (entry["phrase"], entry["remede"]) == (wording.sentence, wording.remedy)
        assert entry["suggere"] == wording.remedy_with_suggestion
        assert (entry["formulaire"], entry["formulaireSuggere"]) == (
            wording.form_remedy,
            wording.form_remedy_with_suggestion,
        )


def test_what_is_spelled_alike(ask: Ask) -> None:
    """Case, accents, spaces and punctuation may be put right without asking; nothing else may."""
    alike = [
        ("819.555.0142", "819 555-0142"),
        ("(819) 555-0142", "819 555-0142"),
        ("g9x2e8", "G9X 2E8"),
        ("1142 934 315", "1142934315"),
        ("trois rivieres", "Trois-Rivières"),
        ("www.coop.example.org", "https://www.coop.example.org"),
    ]
    other = [
        ("1 819 555-0142", "819 555-0142"),
        ("819 555-0142 ext. 5", "819 555-0142 poste 5"),
        ("Grand-Mère", "Shawinigan"),
        ("Ville de La Tuque", "La Tuque"),
        ("https://coop.example.org/é", "https://coop.example.org/%C3%A9"),
    ]
    assert ask("alike", pairs=[*alike, *other]) == [True] * len(alike) + [False] * len(other)


def test_a_municipality_is_written_by_itself_whatever_surrounds_it(ask: Ask) -> None:
    """Its name with what people write around it is meant for sure; a name that is only close is asked about."""
    same = [
        ("Trois-Rivières (Québec)", "Trois-Rivières"),
        ("Trois Rivieres, Qc", "Trois-Rivières"),
        ("Shawinigan (secteur Grand-Mère)", "Shawinigan"),
        ("Louiseville (Québec, Canada)", "Louiseville"),
        ("Ste-Thècle", "Sainte-Thècle"),
        ("st. tite", "Saint-Tite"),
        ("Ville de La Tuque", "La Tuque"),
        (unicodedata.normalize("NFD", "Trois-Rivières"), "Trois-Rivières"),
    ]
    other = [("Grand-Mère", "Shawinigan"), ("Saint-Titre", "Saint-Tite"), ("La Tuque", "")]
    other += [(name, name.partition(" (")[0]) for name in ELSEWHERE]
    assert ask("towns", pairs=[*same, *other]) == [True] * len(same) + [False] * len(other)


def test_patterns_are_read_alike(ask: Ask) -> None:
    """Each pattern of the schema says the same of its example and of its neighbours in both languages."""
    for table in SCHEMA.tables:
        for field in table.fields:
            pattern = field.constraints.get("pattern") or (field.item_pattern and field.item_pattern.pattern)
            if not pattern:
                continue
            example = field.example.split("|")[0]
            texts = [example, "", example[:-1], example[1:], f" {example}", f"{example}x", example.upper()]
            texts += [example[:i] + odd + example[i + 1 :] for i in range(len(example)) for odd in "é^`{|}\\'\"<> 0-_."]
            found = ask("matches", motif=pattern, texts=texts)
            assert found == [re.fullmatch(pattern, text) is not None for text in texts], field.name
    assert ask("matches", motif="[a-z]+|[0-9]", texts=["a", "7", "a7", "7a", "a\n", "A"]) == [True, True, *[False] * 4]


def test_completeness_is_counted_alike(ask: Ask) -> None:
    """Score and what is missing, in the same order, for records that say little or much, whole and with less."""
    scores = set()
    for slug, text in EVERY_TEXT.items():
        path = Path(f"{slug}.yml")
        for part in (text, *(_without(text, key) for key in ("mission", "offres", "etablissements"))):
            record = from_document(source.parse(part, path), path.name, SCHEMA)
            counted = completeness(record)
            scores.add(counted.score)
            assert ask("complete", text=part) == [counted.score, [item.field for item in counted.missing]], path.name
    assert len(scores) > 20


def _without(text: str, key: str) -> str:
    return re.sub(rf"(?ms)^{key}:.*?(?=^[a-z]|\Z)", "", text)


def test_names_are_folded_alike(ask: Ask) -> None:
    texts = [
        "Coopérative L’Œuf d’Or",
        "SAINT-ÉLIE-DE-CAXTON",
        "ÀÉÎÔÙ ç ñ ß ø ł æ",
        "N° 2½ (Trois‑Rivières)",  # noqa: RUF001
        "a" * 90 + " fin",
        "",
    ]
    assert ask("names", texts=texts) == [[fold(text), slugify(text)] for text in texts]


# What people write, and what they should not: each of these put anywhere must be judged alike.
WRITTEN = (
    *("x", "é" * 3, "819-555-0142", "1 819 555 0142 ext. 5", "(819) 555-0142 / 819 555 0143", "000 555-0142"),
    *("2026-13-01", "12 mars 2024", "le 1er août 2025", "2030-01-01", "3000", "1e3", "0198", "05h30", "-72,78", "47.4"),
    *("oui", "Non", "true", "Trois rivieres", "Ville de Shawinigan", "Shawinigan et La Tuque", "st-elie de caxton"),
    *("Saint-Boniface (Québec)", "Grand-Mère", "La Tuque", "90012", "quebec", "région", "350", "Mekinac", "G9X2E8"),
    *("H2X 1Y4", "11 42 93 43 15", "2242934315", "jean.tremblay@gmail.com", "info@exemple.ca", "a@b", "exemple.org"),
    *(
        "http://exemple",
        "https://u:p@example.org/",
        "https://é.example.org/à b",
        "https://192.168.0.1/",
        "https://[::1]/",
    ),
    *("https://localhost/x", "https://exemple.org:99999/", "https://www.facebook.com/x", "<b>gras</b>", "![i](x)"),
    *("[lien](page.html)", "[a](https://x.ca) et [b](//y)", "a\nb", "a\n\nb", "  bord ", "\u200bcaché", "tab\tici"),
    *(
        "Refuge du cœur",
        "Maison d’hébergement X",
        "coop HLM",
        "sante",
        "traiteur et buffets",
        "OBNL",
        "fermé",
        "a" * 700,
    ),
)


def test_mutations_are_judged_alike(ask: Ask) -> None:
    chance, judged, codes = random.Random(4), 0, set()
    bases = [source.parse(text, Path(f"{slug}.yml")).values for slug, text in EVERY_TEXT.items()]
    bases += [record.values for record in RECORDS]
    for number in range(0, 900, 3):
        values = json.loads(json.dumps(bases[number % len(bases)]))
        for _ in range(chance.randint(1, 3)):
            path = chance.choice(list(leaves(values)))
            holder = values
            for step in path[:-1]:
                holder = holder[step]
            if chance.random() < 0.15 and isinstance(holder, dict) and len(holder) > 1:
                del holder[path[-1]]
            else:
                holder[path[-1]] = chance.choice(WRITTEN)
        document = source.parse_bytes(dump(values, SCHEMA).encode(), Path("coop-exemple.yml"))
        if document.faults:
            continue
        record = from_document(document, "coop-exemple.yml", SCHEMA)
        answer = ask("judge", slug=record.slug, text=document.text, today=TODAY.isoformat())
        found = [[f["code"], f["path"], f["sentence"], f["remedy"]] for f in answer if f["code"] not in NOT_MET]
        assert sorted(found, key=repr) == expected(record), document.text
        judged += 1
        codes |= {f["code"] for f in answer}
    assert judged > 250
    assert len(codes) > 40


def test_another_collection_is_judged_alike(tmp_path: Path) -> None:
    """Each field of a made-up one takes each of these writings: its own rules say the same, no other speaks."""
    texts = [(path.stem, path.read_text(encoding="utf-8")) for path in sorted((foires.HERE / "fiches").glob("*.yml"))]
    whole = source.parse(texts[0][1], Path("foire.yml")).values
    for path in leaves(whole):
        for written in WRITTEN:
            values = json.loads(json.dumps(whole))
            holder = values
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = written
            texts.append((foires.SLUG, as_yaml(values)))
    twice = [{"nom": "Kiosque"}, {"nom": "Kiosque"}]
    odd = [
        {"nom": "Foire", "genre": "salon", "kiosques": twice},
        {"nom": "Foire"},
        {"genre": "salon", "kiosques": [{}]},
    ]
    odd += [{"nom": "Foire", "genre": "salon", "anciens_slugs": ["index", "page-2", "Un Nom", "b", "b"]}]
    odd += [{"nom": "Foire", "genre": "salon", "kiosques": [{"nom": f"K{rank}"} for rank in range(50)]}]
    texts += [(slug, as_yaml(values)) for values in odd for slug in (foires.SLUG, "index", "Foire_Exemple")]
    known = foires.judge(foires.program_with_fairs(tmp_path), texts)
    assert {"secteurs", "categories", "municipalites", "polygones"}.isdisjoint(known["data"])  # no field asks for them
    codes = set()
    with asking(PROGRAM) as ask:
        ask("load", data=known["data"])
        for (slug, text), found in zip(texts, known["found"], strict=True):
            if found is None:
                continue
            answer = ask("judge", slug=slug, text=text, today=TODAY.isoformat())
            said = [[f["code"], f["path"], f["sentence"], f["remedy"]] for f in answer if f["code"] not in NOT_MET]
            assert sorted(said, key=repr) == sorted((f for f in found if f[0] not in NOT_MET), key=repr), text
            codes |= {f["code"] for f in answer}
    assert len(codes) > 25, sorted(codes)
    assert not {"adresse-a-proteger", "fermee-sans-date", "conformite-expiree", "verification-ancienne"} & codes


def as_yaml(values: dict[str, Any]) -> str:
    """Write a record so that each value is the text it is: JSON is YAML."""
    return json.dumps(values, ensure_ascii=False)


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """List the places of the texts of a record."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield from leaves(inner, (*path, step))
    if isinstance(value, str):
        yield path
