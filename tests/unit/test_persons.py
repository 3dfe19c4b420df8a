"""Hold the detector of persons to what it promises: few are missed, hardly any body is taken for one."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from tests.forming import ask_the_form  # noqa: F401 - the fixture « ask »
from tests.node import Ask
from tests.persons import made_up
from tests.sites import EXAMPLES, REPOSITORY

from annuaire.records.collections import ENTERPRISES, EVERY
from annuaire.records.reading import Record, from_file
from annuaire.rules.person import kind_of, own_of
from annuaire.schema import load
from annuaire.text.persons import Kind, Own, Reason, codes, suspects
from annuaire.text.persons.lexicon import lists

BODIES = (REPOSITORY / "tests" / "noms" / "organismes.txt").read_text(encoding="utf-8").splitlines()
SEED = 9
LEAST_RECALL = 0.95
MOST_FALSE_ALARMS = 3


def records(site: Path) -> Iterator[Record]:
    for collection in EVERY:
        for path in sorted((site / "content" / collection).glob("*.yml")):
            yield from_file(path, path.name, load(collection))


def texts_of(record: Record) -> Iterator[tuple[str, Kind, Own]]:
    """List every text of a record that is judged, and its name, which is not."""
    own = own_of(record)
    for cell in record.cells:
        kind = kind_of(cell.field)
        if kind is not None:
            yield cell.value, kind, own
    if record.schema.name == ENTERPRISES:
        yield record.text("nom"), Kind.NAME, Own(())


@pytest.mark.parametrize("seeds", [[SEED], range(20)], ids=["200", "4000"])
def test_made_up_persons_are_found(seeds: Sequence[int], capsys: pytest.CaptureFixture[str]) -> None:
    written = [one for seed in seeds for one in made_up(seed)]
    missed = [one.text for one in written if not any(suspects(one.text, one.kind))]
    recall = 1 - len(missed) / len(written)
    with capsys.disabled():
        sys.stdout.write(f"\n  personnes inventées : {len(written) - len(missed)} sur {len(written)} ({recall:.1%})\n")
    assert len(written) == 200 * len(seeds)
    assert recall >= LEAST_RECALL, missed


def test_bodies_are_not_taken_for_persons(capsys: pytest.CaptureFixture[str]) -> None:
    texts = [one for record in records(REPOSITORY) for one in texts_of(record)]
    alarms = [(found.words, text) for text, kind, own in texts for found in suspects(text, kind, own)]
    alarms += [(found.words, name) for name in BODIES for found in suspects(name, Kind.NAME)]
    with capsys.disabled():
        told = f"{len(alarms)} sur {len(texts)} textes du répertoire et {len(BODIES)} noms"
        sys.stdout.write(f"\n  fausses alarmes : {told}\n")
    assert len(BODIES) > 2000
    assert len(texts) > 1000
    assert len(alarms) <= MOST_FALSE_ALARMS, alarms


def test_the_example_region_names_nobody() -> None:
    found = [
        s.words
        for record in records(EXAMPLES)
        for text, kind, own in texts_of(record)
        for s in suspects(text, kind, own)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Friperie Saint-Vincent", Kind.NAME),
        ("Centre communautaire de loisirs Jean-Noël-Trudel", Kind.NAME),
        ("Coopérative de solidarité santé Shooner et Jauvin", Kind.NAME),
        ("Fondation Marie Exemple", Kind.NAME),
        ("12, rue Marie-Victorin", Kind.STREET),
        ("2900, Mgr. Saint-Arnaud", Kind.STREET),
        ("Les repas se prennent à la salle Jean Exemple du centre.", Kind.FREE),
        ("LES REPAS SE PRENNENT AU PAVILLON MARIE LAVOIE", Kind.FREE),
        ("Madame la directrice et monsieur le maire y étaient.", Kind.FREE),
        ("Tailleur de pierre, rose des vents et prix de France", Kind.FREE),
        ("Le père Noël passe le 24 décembre", Kind.FREE),
        ("Boulanger, service du matin", Kind.FUNCTION),
        ("Travail manuel et emploi", Kind.FUNCTION),
        ("Direction générale, C.P.A. et C.O.M.S.E.P.", Kind.FUNCTION),
        ("du 2024-2025, 250 000 repas, 12 500 1234 et le NEQ 1142934315", Kind.FREE),
        ("https://exemple.org/8195550142", Kind.FREE),
        ("ventes@coop.example.org", Kind.EMAIL),
    ],
)
def test_what_names_nobody_passes(text: str, kind: Kind) -> None:
    assert list(suspects(text, kind)) == []


@pytest.mark.parametrize(
    ("text", "kind", "words", "reason"),
    [
        ("Pour réserver, Mme Exemple.", Kind.FREE, "Mme Exemple", Reason.PERSON),
        ("demander MONSIEUR EXEMPLE", Kind.FREE, "MONSIEUR EXEMPLE", Reason.PERSON),
        ("le **Dr** Exemple", Kind.FREE, "Dr** Exemple", Reason.PERSON),
        ("projet de l’abbé Exemple", Kind.FREE, "abbé Exemple", Reason.MAYBE),
        ("Marie Tremblay", Kind.FREE, "Marie Tremblay", Reason.MAYBE),
        ("fondée par marie tremblay", Kind.FREE, "marie tremblay", Reason.MAYBE),
        ("TREMBLAY, Marie", Kind.FREE, "TREMBLAY, Marie", Reason.MAYBE),
        ("La directrice du Centre, Marie-E\u0300ve St-Pierre", Kind.FREE, "Marie-Ève St-Pierre", Reason.MAYBE),
        ("m. tremblay", Kind.FUNCTION, "m. tremblay", Reason.PERSON),
        ("lise t., achats", Kind.FUNCTION, "lise t.", Reason.PERSON),
        ("Marie Tremblay", Kind.NAME, "Marie Tremblay", Reason.MAYBE),
        ("a/s Mme Tremblay, 12, rue X", Kind.STREET, "Mme Tremblay", Reason.PERSON),
        ("Appeler le (819)555.0142", Kind.FREE, "(819)555.0142", Reason.TELEPHONE),
        ("819\u00a0555\u20110142", Kind.FREE, "819 555-0142", Reason.TELEPHONE),
        ("tél.819 555 0142 poste 12", Kind.FREE, "819 555 0142 poste 12", Reason.TELEPHONE),
        ("écrire à marie.exemple@coop.example.org", Kind.FREE, "marie.exemple@coop.example.org", Reason.ADDRESS),
        ("gtremblay@coop.example.org", Kind.EMAIL, "gtremblay@coop.example.org", Reason.ADDRESS),
    ],
)
def test_what_names_somebody_is_found(text: str, kind: Kind, words: str, reason: Reason) -> None:
    assert [(found.words, found.reason) for found in suspects(text, kind)] == [(words, reason)]


def test_words_of_the_enterprise_pass() -> None:
    own = Own(("Traiteur Marie Tremblay", "Shawinigan"))
    assert list(suspects("L’équipe de Marie Tremblay", Kind.FREE, own)) == []
    assert [found.words for found in suspects("Marie Gagnon", Kind.FREE, own)] == ["Marie Gagnon"]
    assert list(suspects("marie@traiteur.example.org", Kind.EMAIL, own)) == []


def test_lists_are_folded_and_whole() -> None:
    found = lists()
    assert len(found["prenoms"]) > 2800
    assert {"genevieve", "rejean", "marie"} <= found["prenoms"]
    assert not {"pan", "venus", "hercule"} & found["prenoms"]
    assert all(word == word.lower() and word.isascii() for words in found.values() for word in words)


def test_reasons_are_the_codes_of_the_rule() -> None:
    from annuaire.rules import person

    assert set(person.CODES) == set(codes())


def test_the_form_finds_the_same(ask: Ask) -> None:
    asked = [(one.text, one.kind.value) for seed in range(3) for one in made_up(seed)]
    asked += [(name, kind.value) for name in BODIES for kind in (Kind.NAME, Kind.FREE, Kind.FUNCTION)]
    expected = [[[s.reason.value, s.words] for s in suspects(text, Kind(kind))] for text, kind in asked]
    assert ask("suspects", texts=asked) == expected
    assert sum(map(bool, expected)) > 600
