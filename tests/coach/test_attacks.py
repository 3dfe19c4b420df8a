"""Hold what a hostile proposal meets: whose record it is, what would be merged, what could act, what floods."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.coach.proposing import RIVALE, TRAITEUR, Proposals, lay

from annuaire.coach import writing
from annuaire.coach.files import kind_of
from annuaire.text.problems import AnnuaireError

PREVIEW = "https://forge.example.org/pole/repertoire/actions/runs/1"
OTHER = TRAITEUR.replace("Traiteur Exemple", "Buanderie Neuve").replace("traiteur.example", "buanderie.example")


@pytest.fixture
def site(tmp_path: Path) -> Proposals:
    """Lay a small site in a repository."""
    return lay(tmp_path)


def codes(site: Proposals, span: str = "main..proposition", *, staff: bool = False) -> list[str]:
    return [flag.code for flag in site.coach(span, staff=staff).flags]


@pytest.mark.parametrize(
    ("slug", "text", "expected"),
    [
        ("cantine-rivale", RIVALE.replace("0177", "0199"), ["fiche-d-autrui"]),
        ("cantine-rivale", RIVALE.replace("verif", "site_web: https://mal.example/\nverif"), ["fiche-d-autrui"]),
        ("cantine-rivale", RIVALE.replace("nom:", "# remarque\nnom:"), []),
        ("buanderie-neuve", OTHER.replace("confirmee", "a-confirmer"), ["fiche-nouvelle"]),
        ("traiteur-exemple", TRAITEUR.replace("1142934315", "1143920115"), ["neq"]),
        (
            "cantine-rivale",
            RIVALE.replace("Cantine Rivale", "Buanderie Neuve").replace("0177", "0199"),
            ["identite"],
        ),
        ("cantine-rivale", RIVALE.replace("Cantine Rivale", "Buanderie Neuve"), ["fiche-d-autrui"]),
        ("cantine-rivale", "nom: [\n", ["fiche-d-autrui"]),
    ],
)
def test_whose_record_it_is(site: Proposals, slug: str, text: str, expected: list[str]) -> None:
    site.start()
    site.record(slug, text)
    site.propose()
    assert codes(site) == expected
    assert codes(site, staff=True) == []
    said = writing.text(site.coach())
    assert ("peut être acceptée" in said) == (not expected)


def test_a_record_that_takes_the_place_and_the_address_of_another(site: Proposals) -> None:
    site.start()
    (site.enterprises / "cantine-rivale.yml").unlink()
    site.record(
        "buanderie", OTHER.replace("1142934315", "1143920115").replace("neq", "anciens_slugs: [cantine-rivale]\nneq")
    )
    site.propose()
    assert codes(site) == ["identite", "verification"]
    assert (
        "La fiche de «\u00a0Cantine Rivale\u00a0» deviendrait celle de «\u00a0Buanderie Neuve\u00a0»"
        in writing.text(site.coach())
    )


def test_what_main_changed_since_is_not_said_to_change_back(site: Proposals) -> None:
    site.start()
    site.record("traiteur-exemple", TRAITEUR.replace("5 jours", "6 jours"))
    site.propose()
    site.record("traiteur-exemple", TRAITEUR.replace("Nourrir les gens", "Nourrir tous les gens"))
    site.commit()
    report = site.coach()
    assert [difference.after for difference in report.changes[0].differences] == ["6 jours"]
    assert "conflit" not in [flag.code for flag in report.flags]


def test_a_conflict_is_said_and_what_is_proposed_shown(site: Proposals) -> None:
    site.start()
    site.record("traiteur-exemple", TRAITEUR.replace("5 jours", "6 jours"))
    site.propose()
    site.record("traiteur-exemple", TRAITEUR.replace("5 jours", "7 jours"))
    site.commit()
    report = site.coach(staff=True)
    assert [(flag.code, flag.files) for flag in report.flags] == [
        ("conflit", ("content/enterprises/traiteur-exemple.yml",))
    ]
    (change,) = report.changes
    assert [(d.before, d.after) for d in change.differences] == [("7 jours", "6 jours")]
    assert not change.faults, "the marks of git are not those of the proposal"


def test_a_merge_that_undoes_is_seen_whatever_the_shape_of_the_history(site: Proposals) -> None:
    """Two best common ancestors: from one of them, the head changed nothing of a record that the other changed."""
    site.git("checkout", "-q", "-b", "autre", "main")
    site.record("cantine-rivale", RIVALE.replace("active", 'fermee\ndate_fermeture: "2026-11-01"'))
    site.commit("Fermeture")
    site.git("checkout", "-q", "main")
    site.write("docs/note.md", "Note\n")
    site.commit("Note")
    site.git("branch", "un", "main")
    site.git("merge", "-q", "--no-ff", "-m", "Fusion", "autre")
    for one, other in (("un", "autre"), ("autre", "un")):
        site.git("checkout", "-q", "-B", "proposition", one)
        site.git("merge", "-q", "--no-ff", "--no-commit", other)
        site.record("cantine-rivale", RIVALE)
        site.propose()
        assert "fermeture" in codes(site)


def test_steps_that_undo_one_another_leave_nothing_to_accept(site: Proposals) -> None:
    site.start()
    site.record("cantine-rivale", RIVALE.replace("0177", "0199"))
    site.commit()
    site.record("cantine-rivale", RIVALE)
    site.propose()
    said = writing.markdown(site.coach())
    assert "rien à accepter" in said
    assert "la fermer sans l’accepter" in said
    site.git("checkout", "-q", "proposition")
    site.record("cantine-rivale", RIVALE.replace("0177", "0198"))
    site.propose()
    assert "`Squash and merge`" in writing.markdown(site.coach())


def test_histories_that_have_nothing_in_common(site: Proposals) -> None:
    site.git("checkout", "-q", "--orphan", "proposition")
    site.propose()
    with pytest.raises(AnnuaireError, match="histoire commune"):
        site.coach()


def test_a_comment_names_the_version_it_speaks_of(site: Proposals) -> None:
    """A later version may keep the automata from answering: the former answer must not pass for its own."""
    site.start()
    site.record("cantine-rivale", RIVALE.replace("0177", "0199"))
    site.propose()
    assert f"pour la version `{site.git('rev-parse', 'proposition')[:10]}`" in writing.markdown(site.coach())


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (".github/dependabot.yml", "workflows"),
        ("src/annuaire/theme/js/form.js", "theme"),
        ("src/annuaire/cli/main.py", "code"),
        ("sitecustomize.py", "code"),
        ("conftest.py", "code"),
        (".python-version", "code"),
        ("outils/nouveau.sh", "code"),
        (".gitmodules", "code"),
        ("content/enterprises/.gitattributes", "code"),
        ("content/enterprises/.gitkeep", "autres"),
        ("mkdocs.yml", "configuration"),
        ("content/exceptions.yml", "configuration"),
        ("content/import/mauricie.yml", "configuration"),
        ("content/vocabularies/secteurs.yml", "configuration"),
        ("content/pages/index.md", "pages"),
        ("content/pages/x.html", "pages"),
        ("content/photo.jpg", "autres"),
        ("README.md", "autres"),
        ("annuaire", "code"),
        ("paquet.txt", "code"),
        ("notes.txt", "autres"),
        ("docs/guide-du-pole.md", "autres"),
        ("reception/fiches.xlsx", "autres"),
    ],
)
def test_what_a_file_is(path: str, kind: str) -> None:
    assert kind_of(path, "content/", "mkdocs.yml") == kind


@pytest.mark.parametrize(
    ("path", "for_all", "for_staff"),
    [
        ("mkdocs.yml", False, True),
        ("content/pages/index.md", False, True),
        ("sitecustomize.py", False, False),
        ("content/enterprises/.gitattributes", False, False),
        ("docs/note.md", True, True),
    ],
)
def test_a_preview_that_could_act_is_not_named(site: Proposals, path: str, for_all: bool, for_staff: bool) -> None:
    site.start()
    site.write(path, "hooks: [x.py]\n" if path.endswith(".yml") else "---\ntitle: Un texte\n---\n")
    site.propose()
    for staff, is_named in ((False, for_all), (True, for_staff)):
        said = writing.markdown(site.coach(staff=staff), PREVIEW)
        assert (PREVIEW in said) == is_named
        assert ("ne pas l’ouvrir" in said) != is_named


def test_files_that_are_no_more_are_counted(site: Proposals) -> None:
    site.write("content/import/liste.yml", "a: b\n")
    site.write("content/import/etat.json", "{}\n")
    site.commit()
    site.start()
    site.write("content/import/liste.yml", "a: c\n")
    (site.root / "content" / "import" / "etat.json").unlink()
    site.propose()
    said = writing.text(site.coach()).replace("\u00a0", " ")
    assert "importation modifiés : 2 fichiers, dont 1 supprimé." in said


def test_a_large_file_is_told_by_its_weight(site: Proposals) -> None:
    site.start()
    site.write("content/gros.bin", os.urandom(1_500_000))
    site.propose()
    assert codes(site, staff=True) == ["autres", "gros-fichiers"]
    assert "1,5\u00a0Mo" in writing.text(site.coach())


def closed(text: str) -> str:
    return text.replace("statut: active", "statut: fermee")


def wrong(text: str) -> str:
    return text.replace("obnl", "obln")


def gone(_: str) -> str:
    return ""


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (closed, "200 fiches sont déclarées fermées"),
        (wrong, "200 fiches à corriger"),
        (gone, "200 fiches sont supprimées"),
    ],
)
def test_two_hundred_records_do_not_flood_the_reader(site: Proposals, how: Callable[[str], str], said: str) -> None:
    names = [f"Organisme {'abcdefghij'[number % 10] * 9}{number}" for number in range(200)]
    for number, name in enumerate(names):
        site.record(f"organisme-{number:03}", RIVALE.replace("Cantine Rivale", name).replace("0177", f"1{number:03}"))
    site.commit()
    site.start()
    for path in site.enterprises.glob("organisme-*.yml"):
        text = how(path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8") if text else path.unlink()
    site.propose()
    report = site.coach()
    assert len(report.changes) == 200
    written = writing.markdown(report).splitlines()
    assert len(written) < 160
    assert max(map(len, written)) < 300
    assert any(said in line.replace("\u00a0", " ") for line in written[:40])
    assert writing.text(report).count("organisme-") >= 200, "a terminal has them all"
