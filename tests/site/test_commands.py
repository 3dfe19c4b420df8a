"""The command line: French throughout, three exit codes, and never a traceback."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.sites import Project, call, minimal_record

from annuaire.places import boundaries, outlines

Call = Callable[..., subprocess.CompletedProcess[str]]

COMMANDS = ("build", "stamp", "serve", "validate", "import", "new", "format")
POLE = "site_url: https://x.example\nextra:\n  annuaire:\n    pole:\n      "
ENGLISH = re.compile(
    r"\b(?:Usage|Commands?|Show|Error|Missing|Invalid|No such|Try|required|default|TEXT|PATH|INTEGER|RANGE|ARGS|COMMAND"
    r"|directory|file not|unexpected|argument|Traceback|codec|Errno)\b"
)


@pytest.fixture(scope="module")
def site(laid: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Lay out the Exemple site once; a test that changes it puts it back."""
    return laid.copy(tmp_path_factory.mktemp("commandes"))


@pytest.fixture
def annuaire(site: Project) -> Call:
    """Give what runs a command from the folder of the Exemple site."""
    return site.call


def test_help_speaks_french(annuaire: Call) -> None:
    whole = annuaire("--help")
    assert whole.returncode == 0
    assert "Commandes\u00a0:" in whole.stdout
    assert "COMMANDE […]" in whole.stdout
    for name in COMMANDS:
        assert re.search(rf"(?m)^  {name} +[A-ZÉ]", whole.stdout), name
        own = annuaire(name, "--help")
        assert own.returncode == 0
        assert own.stdout.startswith("Utilisation\u00a0: annuaire "), own.stdout
        assert "Montrer cette aide." in own.stdout
        assert not ENGLISH.search(own.stdout), own.stdout
    assert not ENGLISH.search(whole.stdout)


def test_no_command_shows_help_and_fails(annuaire: Call) -> None:
    answer = annuaire()
    assert answer.returncode == 2
    assert "Commandes\u00a0:" in answer.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("buld", "la commande «\u00a0buld\u00a0» n’existe pas; vouliez-vous dire «\u00a0build\u00a0»?"),
        ("build --skip", "l’option «\u00a0--skip\u00a0» n’existe pas; vouliez-vous dire «\u00a0--skip-invalid\u00a0»?"),
        ("build --out", "l’option «\u00a0--out\u00a0»"),
        ("validate --format xml", "«\u00a0--format\u00a0» ne convient pas; choisir parmi\u00a0: text, github, json"),
        ("serve --port abc", "«\u00a0--port\u00a0» ne convient pas; écrire un nombre entier de 1 à 65535"),
        ("serve --port 0", "«\u00a0--port\u00a0» ne convient pas"),
        ("build --out /proc/site", "introuvable"),
        ("stamp", "il manque «\u00a0DOSSIER\u00a0»"),
        ("stamp pages", "il manque «\u00a0--out\u00a0»"),
        ("import nexiste.csv", "«\u00a0nexiste.csv\u00a0» est introuvable"),
        ("import mkdocs.yml", "Ajouter «\u00a0--preparer\u00a0»"),
        ("template z.xlsx --maximum=-1", "«\u00a0--maximum\u00a0» ne convient pas; écrire un nombre entier, 0 ou plus"),
        ("import mkdocs.yml --mapping liste.csv", "liste.csv\u00a0: ce n’est pas une correspondance"),
        ("new", "il manque «\u00a0NOM\u00a0»"),
        ("new Café fictif", "mettre entre guillemets"),
        ("new !!!", "au moins une lettre"),
        ("validate absente.yml", "«\u00a0absente.yml\u00a0» est introuvable"),
        ("--config absente.yml validate", "Le fichier absente.yml est introuvable"),
        ("stamp absent --out site", "gabarits"),
        ("import absent.csv --mapping absent.yml", "absent"),
        ("build --engine absent", "«\u00a0absent\u00a0» n’a pas pu être lancé"),
        ("build --engine false", "n’ont pas pu être mises en forme"),
    ],
)
def test_wrong_usage_is_explained(annuaire: Call, line: str, said: str) -> None:
    answer = annuaire(*line.split())
    assert answer.returncode == 2
    assert said in answer.stderr
    assert answer.stdout == ""
    assert not ENGLISH.search(answer.stderr), answer.stderr


def test_validate_tells_three_ways(annuaire: Call, site: Project) -> None:
    path = site.record("fautive-exemple")
    path.write_text(minimal_record("Fautive Exemple", "Exempleville", adhesion="membre"), encoding="utf-8")
    try:
        file = "content/enterprises/fautive-exemple.yml"
        text = annuaire("validate")
        assert text.returncode == 1
        assert f"{file}:5:11: erreur\u00a0: " in text.stdout
        github = annuaire("validate", "--format", "github")
        assert f"::error file={file},line=5,col=11," in github.stdout
        listed = json.loads(annuaire("validate", "--format", "json").stdout)
        own = [p for p in listed if p["fichier"] == file]
        assert [(p["code"], p["ligne"], p["gravite"]) for p in own] == [("choix-inconnu", 5, "erreur")]
        assert annuaire("validate", "content/enterprises/exemplaire.yml").returncode == 0
        assert annuaire("validate", file).returncode == 1
        notes = annuaire("validate", "content/territories")
        assert notes.returncode == 0
        assert re.fullmatch(r"Aucune erreur dans \d+\xa0fiches de territoires\n", notes.stdout), notes.stdout
        judged = r"dans \d+\xa0fiches d’entreprises, \d+\xa0fiches de territoires, .* et \d+\xa0fiches? d.+\n$"
        assert re.search(judged, text.stdout), text.stdout
        assert annuaire("validate", file).stdout.endswith("1\xa0erreur dans 1\xa0fiche\n")
        assert annuaire("validate", ".").stdout == text.stdout
        assert "::error file=" in annuaire("validate", GITHUB_ACTIONS="true").stdout
        assert "::error file=" in annuaire("build", GITHUB_ACTIONS="true").stderr
        assert "::error" not in annuaire("validate", "--format", "text", GITHUB_ACTIONS="true").stdout
    finally:
        path.unlink()


def test_warnings_fail_only_when_strict(annuaire: Call) -> None:
    usual = annuaire("validate")
    assert usual.returncode == 0
    assert "avertissement" in usual.stdout
    assert annuaire("validate", "--strict").returncode == 1


def test_new_then_format_then_validate(annuaire: Call, site: Project) -> None:
    answer = annuaire("new", "L’Œuvre d’Exemple & Cie")
    path = site.record("l-oeuvre-d-exemple-cie")
    try:
        assert answer.returncode == 0
        assert "content/enterprises/l-oeuvre-d-exemple-cie.yml" in answer.stdout
        assert "L’Œuvre d’Exemple & Cie" in path.read_text(encoding="utf-8")
        again = annuaire("new", "L’Œuvre d’Exemple & Cie")
        assert again.returncode == 2
        assert "existe déjà" in again.stderr
        assert "municipalite" in annuaire("validate", str(path)).stdout, "what is left to fill is told"
        assert annuaire("format", "--check").returncode == 0, "the template is in the usual order"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("nom:", "nom:   ", 1), encoding="utf-8")
        assert annuaire("format", "--check").returncode == 1
        assert annuaire("format", str(path)).returncode == 0
        assert path.read_text(encoding="utf-8") == text
    finally:
        path.unlink()


def as_folder(path: Path) -> None:
    path.mkdir()


def as_bytes(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 8)


def as_pipe(path: Path) -> None:
    os.mkfifo(path)


def as_link(path: Path) -> None:
    path.symlink_to("/nulle/part")


def as_loop(path: Path) -> None:
    path.symlink_to(path)


def as_bomb(path: Path) -> None:
    path.write_text("a: &a [x,x]\nb: &b [*a,*a]\n" + "[" * 5000, encoding="utf-8")


@pytest.mark.parametrize("make", [as_folder, as_bytes, as_pipe, as_link, as_loop, as_bomb])
@pytest.mark.parametrize("command", ["validate", "build", "format"])
def test_strange_file_among_the_records(annuaire: Call, site: Project, make: object, command: str) -> None:
    path = site.record("etrange")
    assert callable(make)
    make(path)
    try:
        answer = annuaire(command)
        said = answer.stdout + answer.stderr
        assert answer.returncode in ((1, 2) if command != "format" else (0, 1, 2)), said
        assert "content/enterprises/etrange.yml" in said
        assert not ENGLISH.search(said), said
    finally:
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator reads everything")
def test_unreadable_folder(annuaire: Call, site: Project) -> None:
    site.enterprises.chmod(0)
    try:
        answer = annuaire("validate")
        assert answer.returncode == 2
        assert "l’accès est refusé" in answer.stderr
    finally:
        site.enterprises.chmod(0o755)


def test_folder_that_cannot_be_listed(annuaire: Call, site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, where the tests run as the administrator."""

    def refuse(path: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    answer = annuaire("validate")
    assert answer.returncode == 2
    assert "l’accès est refusé" in answer.stderr


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("mkdocs.yml", "a: [", "YAML illisible\u00a0: le fichier ne peut pas être lu ici"),
        ("mkdocs.yml", "", "YAML illisible\u00a0: le fichier est vide.\n"),
        ("mkdocs.yml", "- a", "YAML illisible\u00a0: le fichier n’est pas une suite de"),
        ("mkdocs.yml", "x: &a [1]\n", "les renvois YAML (& et *) ne sont pas permis; écrire la valeur au complet"),
        ("mkdocs.yml", "? [a]: b\n", "une clé doit être un simple mot; écrire la clé"),
        ("mkdocs.yml", b"\xff\xfe\x00", "UTF-8"),
        ("mkdocs.yml", "site_url: https://[x\n", "site_url"),
        ("mkdocs.yml", "site_url: [https://x.example]\n", "site_url"),
        ("mkdocs.yml", "site_url: https://x.example\nextra:\n  annuaire: 3\n", "extra.annuaire"),
        ("mkdocs.yml", "site_url: https://x.example\nextra:\n  annuaire:\n    pole: []\n", "extra.annuaire.pole"),
        ("mkdocs.yml", 'site_url: https://x.example\nextra:\n  annuaire:\n    regions: ["444"]\n', "444"),
        ("mkdocs.yml", "site_url: https://x.example\nextra:\n  annuaire:\n    regoins: []\n", "regoins"),
        ("mkdocs.yml", "site_url: https://x.example\nextra:\n  annuaire:\n    contenu: rien\n", "rien"),
        ("mkdocs.yml", "site_url: https://x.example\nextra:\n  annuaire:\n    publication: officielle\n", "pole.nom"),
        ("mkdocs.yml", f"{POLE}courriel: info\n", "pole.courriel"),
        ("mkdocs.yml", f"{POLE}telephone: 555-0142\n", "pole.telephone"),
        ("mkdocs.yml", f"{POLE}site_web: pole.example.org\n", "pole.site_web"),
        ("content/vocabularies/mrc.csv", "x\n", "mrc.csv"),
        ("content/vocabularies/mrc.csv", b"\xff", "UTF-8"),
        ("content/vocabularies/secteurs.yml", "a: [", "secteurs.yml"),
        ("content/vocabularies/secteurs.yml", "arts-culture: 3\n", "arts-culture"),
        ("content/vocabularies/categories.yml", "categories: 3\n", "categories"),
        ("content/vocabularies/polygones.geojson", "{", "polygones.geojson"),
        ("content/exceptions.yml", "exceptions: 3\n", "exceptions.yml"),
        ("content/exceptions.yml", b"\xff\x00", "exceptions.yml"),
    ],
)
def test_file_of_the_site_that_is_wrong(
    annuaire: Call, site: Project, name: str, text: str | bytes, said: str, tmp_path: Path
) -> None:
    path = site.root / name
    kept = tmp_path / "kept"
    if path.exists():
        shutil.copy(path, kept)
    outlines.outlines.cache_clear()
    boundaries.boundaries.cache_clear()
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        answer = annuaire("validate")
        assert answer.returncode == (1 if "exceptions" in name else 2), answer
        assert said in answer.stdout + answer.stderr
        assert not ENGLISH.search(answer.stderr), answer.stderr
    finally:
        if kept.exists():
            shutil.copy(kept, path)
        else:
            path.unlink()


@pytest.mark.parametrize("name", ["content", "content/enterprises"])
def test_folder_of_the_site_that_is_a_file(annuaire: Call, site: Project, name: str) -> None:
    path = site.root / name
    aside = site.root / "aside"
    path.rename(aside)
    path.write_text("", encoding="utf-8")
    try:
        answer = annuaire("validate")
        assert answer.returncode == 2
        assert name in answer.stderr
    finally:
        path.unlink()
        aside.rename(path)


def test_outside_of_any_site(tmp_path: Path) -> None:
    for command in (["build"], ["validate"], ["serve"], ["new", "Café"], ["format"], ["stamp", "x", "--out", "y"]):
        answer = call(*command, folder=tmp_path)
        assert answer.returncode == 2
        assert "il y manque mkdocs.yml" in answer.stderr
        assert list(tmp_path.iterdir()) == []


def test_program_itself_answers(site: Project) -> None:
    """The entry point, once as people start it."""
    answer = site.run("validate", "--format", "json")
    assert answer.returncode == 0, answer.stderr
    assert isinstance(json.loads(answer.stdout), list)
    assert answer.stderr == ""
