"""Hold the form of corrections to the command line: same faults, same words, same writing, same message."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.node import Ask, asking
from tests.rules.corpus import TODAY, cases, context
from tests.sites import EXAMPLES, REPOSITORY

from annuaire import source
from annuaire.catalogue import Catalogue
from annuaire.exports import form
from annuaire.formatter import dump, format_text
from annuaire.messages import phrase, wordings
from annuaire.names import fold, slugify
from annuaire.problems import Reach
from annuaire.records import ENTERPRISES, Record, from_document, from_file
from annuaire.rules import examine, rules
from annuaire.schema import load

PROGRAM = REPOSITORY / "tests" / "unit" / "form.mjs"
SCHEMA = load(ENTERPRISES)
# What a form cannot meet, and why. Every other code of reach `fiche` must be found by both.
OF_THE_TEXT = "a fault of the text itself: the form starts from a record that was read, and writes its own text"
OF_THE_SHAPE = "the form writes the keys of the schema alone, each with a value of its kind"
OTHER_COLLECTION = "about thresholds, buyers or territories, which the form does not write"
NOT_MET = {
    **dict.fromkeys(
        (
            "lecture-impossible",
            "lien-symbolique",
            "fichier-extension",
            "dossier-imbrique",
            "fichier-trop-gros",
            "encodage",
            "marque-bom",
            "caractere-nul",
            "tabulation",
            "syntaxe-yaml",
            "guillemet-mal-ferme",
            "fichier-vide",
            "racine",
            "plusieurs-documents",
            "alias",
            "etiquette",
            "trop-profond",
            "cle-complexe",
            "cle-en-double",
            "texte-coupe",
        ),
        OF_THE_TEXT,
    ),
    **dict.fromkeys(
        ("champ-inconnu", "champ-mal-place", "champ-premier-niveau", "valeur-vide", "structure"), OF_THE_SHAPE
    ),
    **dict.fromkeys(
        (
            "mrc-inconnue",
            "region-inconnue",
            "seuil-sans-source",
            "seuil-non-verifie",
            "exemption-sans-forme",
            "reglement-sans-organisme",
            "montants-inverses",
            "periode-inversee",
            "territoire-fichier",
            "territoire-hors-region",
        ),
        OTHER_COLLECTION,
    ),
}


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """Start the form's code in Node, with the data of a site of Mauricie; give what asks it one question."""
    with asking(PROGRAM) as found:
        found("load", data=data(), polygons=form.polygons(context(REPOSITORY).settings))
        yield found


def data() -> dict[str, Any]:
    """Make the data file of the form for the site that judges the corpus."""
    here = context(REPOSITORY)
    catalogue = Catalogue([], [], here.territories, here.vocabularies, here.settings.regions, REPOSITORY)
    found: dict[str, Any] = json.loads(form.to_json(catalogue, here.settings))
    return found


def records() -> Iterator[Record]:
    """List every readable record of an enterprise among the cases."""
    for case in cases():
        files = [case.path]
        if case.path.is_dir():
            folder = case.path / ENTERPRISES if (case.path / ENTERPRISES).is_dir() else case.path
            files = sorted(folder.glob("*.yml")) if not any(folder.glob("*/")) else []
        for path in files:
            record = from_file(path, f"{case}/{path.name}", SCHEMA)
            if record.is_readable and record.values:
                yield record


RECORDS = list(records())
OWN = sorted((REPOSITORY / "content" / ENTERPRISES).glob("*.yml"))[::5]
EVERY_TEXT = {path.stem: path for path in (*OWN, *sorted((EXAMPLES / "content" / ENTERPRISES).glob("*.yml")))}


def expected(record: Record) -> list[list[Any]]:
    """Judge a record as the command line does; leave out what a form cannot meet."""
    found = []
    for finding in examine(record, context(REPOSITORY)):
        if finding.code not in NOT_MET:
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
    met = {finding.code for record in RECORDS for finding in examine(record, context(REPOSITORY))}
    own = {code for code, wording in wordings().items() if wording.reach is Reach.RECORD}
    assert own - met - set(NOT_MET) == set()
    assert set(NOT_MET) <= own
    folder = REPOSITORY / "src/annuaire/theme/js/parts/form/rules"
    written = {
        rule.__name__.rpartition(".")[2]
        for rule in rules()
        if rule.REACH is Reach.RECORD
        and ENTERPRISES in getattr(rule, "COLLECTIONS", (ENTERPRISES,))
        and not set(rule.CODES) <= set(NOT_MET)
    }
    assert {path.stem for path in folder.glob("*.js")} - {"days"} == written


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


@pytest.mark.parametrize("slug", EVERY_TEXT)
def test_writing_a_record_unchanged_changes_nothing(slug: str, ask: Ask) -> None:
    text = EVERY_TEXT[slug].read_text(encoding="utf-8")
    assert ask("write", text=text, values=ask("read", text=text), ranks=same_ranks(ask("read", text=text))) == text


def same_ranks(values: dict[str, Any]) -> dict[str, list[int]]:
    """Say that no item moved."""
    return {key: list(range(1, len(values.get(key, [])) + 1)) for key in SCHEMA.children}


RECORD = EXAMPLES / "content" / ENTERPRISES / "entretien-exemple-entreprise-d-insertion.yml"


def test_one_change_is_one_line(ask: Ask) -> None:
    text = RECORD.read_text(encoding="utf-8").replace("site_web: https", "# à vérifier\nsite_web: https", 1)
    values = ask("read", text=text)
    values["etablissements"][0]["telephone"] = "819 555-0199"
    written = ask("write", text=text, values=values, ranks=same_ranks(values))
    assert written == text.replace('"819 555-0110"\n    courriel', '"819 555-0199"\n    courriel')


def test_items_take_their_comments_along(ask: Ask) -> None:
    text = (
        "nom: Coop Exemple\noffres:\n  # la première\n  - nom: Un\n    categorie: traiteur\n"
        "  - nom: Deux\n    categorie: traiteur\nverification:\n  statut: a-confirmer\n"
    )
    values = ask("read", text=text)
    new = {"nom": "Trois", "categorie": "deneigement", "delai": "2 jours"}
    values["offres"] = [values["offres"][1], new, values["offres"][0]]
    written = ask("write", text=text, values=values, ranks={"offres": [2, 0, 1]})
    assert source.parse(written, Path("x.yml")).values == values
    assert "# la première\n  - nom: Un\n" in written
    assert format_text(written, SCHEMA) == written


def test_a_new_record_is_written_as_the_formatter_does(ask: Ask) -> None:
    for path in EVERY_TEXT.values():
        text = path.read_text(encoding="utf-8")
        values = ask("read", text=text)
        written = ask("write", text="", values=values, ranks={})
        assert source.parse(written, path).values == values
        header = "# yaml-language-server: $schema=../../schemas/entreprise.schema.json\n"
        assert written.startswith(header)
        assert written == format_text(written, SCHEMA), path.name


def collapsed(message: str) -> str:
    """Take a message as `annuaire apply` does: one space for all white space."""
    return " ".join(message.split())


def test_message_of_a_correction(ask: Ask) -> None:
    text = RECORD.read_text(encoding="utf-8")
    values = ask("read", text=text)
    values["etablissements"][0]["telephone"] = "819 555-0142"
    del values["site_web"]
    values["mission"] = "Dire « bonjour ».\n\nEt servir."
    values["certifications"] = ["ecologo", "concilivi"]
    values["offres"] = [values["offres"][1], values["offres"][0], {"nom": "Déneigement", "categorie": "deneigement"}]
    nom = values["nom"]
    ranks = {**same_ranks(values), "offres": [2, 1, 0]}
    message = ask("message", slug=RECORD.stem, nom=nom, text=text, values=values, ranks=ranks)
    base = hashlib.sha256(text.encode()).hexdigest()[:8]
    body = collapsed(message)
    assert f"[annuaire 1] fiche {RECORD.stem}, base {base} •" in body
    assert "• Téléphone [etablissements.1.telephone] : « 819 555-0142 » (était « 819 555-0110 »)" in body
    assert "• Site web [site_web] : retiré (était « https://entretien.example.org/ »)" in body
    assert "• Mission [mission] : « Dire ‹‹ bonjour ››.¶¶Et servir. » (était " in body  # noqa: RUF001
    assert "• Certifications [certifications] : « ecologo | concilivi » (était " in body
    assert "• Ordre [offres] : « 2, 1, nouveau 1 » •" in body
    assert "• Produit ou service [offres.nouveau 1.nom] : « Déneigement » •" in body
    assert "• Catégorie d’achat [offres.nouveau 1.categorie] : « deneigement » •" in body
    assert body.count("•") == 7
    begin, end = body.index("[annuaire 1]"), body.index(" [fin]")
    control = hashlib.sha256(body[begin:end].encode()).hexdigest()[:8]
    assert body.endswith(f"[fin] contrôle {control}")


def test_the_file_says_what_it_started_from(ask: Ask) -> None:
    """The last line names the base, once, and is no part of the record."""
    text = RECORD.read_text(encoding="utf-8")
    base = hashlib.sha256(text.encode()).hexdigest()[:8]
    file = ask("file", slug=RECORD.stem, base=base, text=text)
    assert file == f"{text}# annuaire 1, fiche {RECORD.stem}, base {base}\n"
    assert source.parse(file, RECORD).values == source.parse(text, RECORD).values
    assert ask("file", slug=RECORD.stem, base="nouvelle", text=file) == file.replace(f"base {base}", "base nouvelle")


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


def test_pages_of_a_forge(ask: Ask) -> None:
    """A new record is prefilled while its address stays short; else the page is opened empty, where there is one."""
    modifier, depot = "https://github.com/pole/repertoire/edit/main/content", "https://github.com/pole/repertoire"
    edit, new = ask("forge", modifier=modifier, depot=depot, slug="coop", text="nom: Coop Élan\n")
    assert edit == f"{modifier}/enterprises/coop.yml"
    page = "https://github.com/pole/repertoire/new/main/content/enterprises?filename=coop.yml"
    assert new == {"href": f"{page}&value=nom%3A%20Coop%20%C3%89lan%0A", "isPrefilled": True}
    _, new = ask("forge", modifier=modifier, depot=depot, slug="coop", text="é" * 1300)
    assert new == {"href": page, "isPrefilled": False}
    _, new = ask("forge", modifier="https://forge.example.org/a/b/_edit/main/", depot="", slug="coop", text="nom: A\n")
    assert new["href"].startswith("https://forge.example.org/a/b/_new/main/enterprises?filename=coop.yml&value=")
    unknown = ask("forge", modifier="https://forge.example.org/modifier", depot=depot, slug="coop", text="nom: A\n")
    assert unknown[1] == {"href": depot, "isPrefilled": False}
    assert ask("forge", modifier="", depot=depot, slug="coop", text="")[0] == ""


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
    bases = [source.parse(path.read_text(encoding="utf-8"), path).values for path in EVERY_TEXT.values()]
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


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """List the places of the texts of a record."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield from leaves(inner, (*path, step))
    if isinstance(value, str):
        yield path
