"""A new repository: of any region, without anything of another, and run by its own script."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from tests.sites import GIT_ENVIRONMENT, Project, call, tool

from annuaire import __version__, config
from annuaire.cli import console, repository
from annuaire.depot import making
from annuaire.places import regions, territories
from annuaire.text.problems import AnnuaireError

FREE = ("schemas/",)  # every municipality of Québec is named there
ROOT = making.NEW.parents[3]


def init(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return call("init", "depot", *words, folder=folder)


def texts(folder: Path) -> dict[str, str]:
    """Read all the files of a repository by name."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    files = {name: path for name, path in files.items() if not name.startswith(FREE) and path.suffix != ".png"}
    return {name: path.read_text(encoding="utf-8") for name, path in files.items()}


def test_a_new_repository_says_its_region_and_the_next_steps(tmp_path: Path) -> None:
    done = init(tmp_path, "--region", "CENTRE-DU-QUEBEC", "--paquet", "https://forge.example.org/annuaire.whl")
    assert done.returncode == 0, done.stderr
    assert "Centre-du-Québec" in done.stdout
    assert re.findall(r"(?m)^  (\d)\. ", done.stdout) == ["1", "2", "3"]
    assert "Avant tout" not in done.stdout
    made = texts(tmp_path / "depot")
    assert "https://forge.example.org/annuaire.whl" in made["paquet.txt"].splitlines()
    assert '--mrc "Arthabaska"' in made["docs/guide-du-pole.md"]
    for name, text in made.items():
        assert "{{" not in text.replace("${{", ""), name
        assert not re.search(r"(?i)mauricie|m[ée]kinac|trois-rivi|la tuque|shawinigan|04\"|examples/", text), name
    settings = config.load(tmp_path / "depot" / "mkdocs.yml")
    assert settings.regions == ("17",)
    assert settings.is_demonstration
    assert settings.site_name.endswith("du Centre-du-Québec")
    assert os.access(tmp_path / "depot" / "annuaire", os.X_OK)


def test_the_example_of_who_publishes_is_ready_to_be_replaced(tmp_path: Path) -> None:
    assert init(tmp_path, "--region", "17", "--adresse", "https://repertoire.exemple.quebec/").returncode == 0
    file = tmp_path / "depot" / "mkdocs.yml"
    head, mark, tail = file.read_text(encoding="utf-8").partition("    # pole:")
    lines, blank, rest = (mark + tail).partition("\n\n")
    text = head + lines.replace("    # ", "    ") + blank + rest
    file.write_text(text, encoding="utf-8")
    assert config.load(file).pole.responsable_renseignements == "Direction générale"
    file.write_text(text.replace("publication: demonstration", "publication: officielle"), encoding="utf-8")
    shown = {"Exempleville": "Ailleurs", "Exemple": "Tel", "example.org": "exemple.quebec", "555-0100": "000-0000"}
    for example, real in shown.items():
        with pytest.raises(AnnuaireError, match="est encore un exemple"):
            config.load(file)
        file.write_text(file.read_text(encoding="utf-8").replace(example, real), encoding="utf-8")
    assert not config.load(file).is_demonstration


def test_what_a_new_repository_names_is_there(tmp_path: Path) -> None:
    """Links of its documents, owners of its files, and nothing that only the program's repository has."""
    assert init(tmp_path, "--region", "17").returncode == 0
    root = tmp_path / "depot"
    for name, text in texts(root).items():
        if name.endswith(".md"):
            for target in re.findall(r"\]\(([^)#\s]+)", re.sub(r"(?s)```.*?```", "", text)):
                assert ":" in target or ((root / name).parent / target).exists(), (name, target)
        if name.startswith(".github/workflows/"):
            assert not re.search(r"\bmake\b|tools/|requirements/", text), name
            assert "run: " in text
    for line in (root / ".github" / "CODEOWNERS").read_text(encoding="utf-8").splitlines():
        if line.startswith("/") and not line.startswith(("/content/exceptions", "/content/import", "/content/vocab")):
            assert (root / line.split()[0].strip("/")).exists(), line
    forge = root / ".github"
    for schema, files in (
        ("github-workflows", forge.glob("workflows/*.yml")),
        ("github-issue-forms", forge.glob("ISSUE_TEMPLATE/[0-9]*.yml")),
        ("github-issue-config", [forge / "ISSUE_TEMPLATE" / "config.yml"]),
        ("dependabot", [forge / "dependabot.yml"]),
    ):
        done = subprocess.run(
            [tool("check-jsonschema"), "--builtin-schema", f"vendor.{schema}", *files],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("region", sorted(r.nom for r in territories.load().regions.values()))
def test_every_region_makes_a_repository(tmp_path: Path, region: str) -> None:
    assert init(tmp_path, "--region", region).returncode == 0
    (code,) = config.load(tmp_path / "depot" / "mkdocs.yml").regions
    assert territories.load().regions[code].nom == region
    assert call("validate", folder=tmp_path / "depot").returncode == 0
    guide = texts(tmp_path / "depot")["docs/guide-du-pole.md"]
    places = {mrc.nom: mrc for mrc in territories.load().mrcs.values()}
    named = re.findall(r"(?m)^ *(\./annuaire .*--mrc .*)$", guide)
    assert named
    for words in map(shlex.split, named):
        assert places[words[words.index("--mrc") + 1]].region == code


def test_what_may_name_persons_stays_out_of_the_history(tmp_path: Path) -> None:
    """The files that the guide makes at the root, added all at once as people do."""
    assert init(tmp_path, "--region", "17").returncode == 0
    root = tmp_path / "depot"
    private = ["membres.xlsx", "membres-correspondance.xlsx", "membres-correspondance-etat.json", "membres.csv"]
    private += ["membres.xls", "membres.ods", "demande.eml", "message.txt", "registre.xlsx", "Nom.csv"]
    kept = ["content/a-demander.csv", "content/import/membres-correspondance.xlsx", "reception/classeur.xlsx"]
    kept += ["content/vocabularies/regions.csv", "content/import/membres-correspondance-etat.json", "paquet.txt"]
    for name in (*private, *kept):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).touch()
    environment = {**os.environ, **GIT_ENVIRONMENT}
    subprocess.run(["git", "init", "-q"], cwd=root, env=environment, check=True)
    subprocess.run(["git", "add", "-A"], cwd=root, env=environment, check=True)
    listed = subprocess.run(["git", "ls-files"], cwd=root, env=environment, check=True, capture_output=True, text=True)
    assert not {*private} & {*listed.stdout.splitlines()}
    assert {*kept} <= {*listed.stdout.splitlines()}


def test_several_regions_or_all(tmp_path: Path) -> None:
    assert init(tmp_path, "--region", "4", "--region", "17").returncode == 0
    assert config.load(tmp_path / "depot" / "mkdocs.yml").regions == ("04", "17")
    assert call("init", "tout", "--region", "Toutes", folder=tmp_path).returncode == 0
    settings = config.load(tmp_path / "tout" / "mkdocs.yml")
    assert settings.regions == ()
    assert settings.site_name.endswith("du Québec")


def test_a_package_that_nobody_named_is_asked_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "package", lambda: "")
    done = CliRunner().invoke(repository.init, [str(tmp_path / "depot"), "--region", "17"])
    assert done.exit_code == 0, done.output
    first, steps = done.output.index("paquet.txt"), done.output.index("  1. ")
    assert first < steps
    assert "make wheel" in done.output[:steps]


@pytest.mark.parametrize(
    "package",
    ["annuaire.whl", "annuaire.zip", "annuaire", "http://forge.example.org/a.whl", "https://forge.example.org/a", ""],
)
def test_a_package_that_cannot_be_installed_is_refused(tmp_path: Path, package: str) -> None:
    (tmp_path / "annuaire.zip").touch()
    done = init(tmp_path, "--region", "17", "--paquet", package)
    assert done.returncode == 2
    assert "make wheel" in done.stderr
    assert not (tmp_path / "depot").exists()


def test_a_package_of_this_machine_is_named_whole(tmp_path: Path) -> None:
    (tmp_path / "annuaire.whl").touch()
    assert init(tmp_path, "--region", "17", "--paquet", "annuaire.whl").returncode == 0
    assert str(tmp_path / "annuaire.whl") in texts(tmp_path / "depot")["paquet.txt"].splitlines()


def test_the_address_of_the_site_is_written_where_it_is_asked(tmp_path: Path) -> None:
    assert init(tmp_path, "--region", "17", "--adresse", "https://repertoire.exemple.quebec").returncode == 0
    assert config.load(tmp_path / "depot" / "mkdocs.yml").site_url == "https://repertoire.exemple.quebec/"
    links = yaml.safe_load((tmp_path / "depot" / ".github/ISSUE_TEMPLATE/config.yml").read_text(encoding="utf-8"))
    assert {link["url"] for link in links["contact_links"]} == {"https://repertoire.exemple.quebec/contribuer/"}
    refused = call("init", "autre", "--region", "17", "--adresse", "javascript:x()", folder=tmp_path)
    assert refused.returncode == 2
    assert not (tmp_path / "autre").exists()


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "depot").mkdir()
    (tmp_path / "depot" / "these.txt").write_text("dix ans de travail", encoding="utf-8")
    done = init(tmp_path, "--region", "17")
    assert done.returncode == 2
    assert "n’est pas vide" in done.stderr
    assert [path.name for path in (tmp_path / "depot").iterdir()] == ["these.txt"]
    (tmp_path / "clone" / ".git").mkdir(parents=True)
    assert call("init", "clone", "--region", "17", folder=tmp_path).returncode == 0, "an empty repository, just cloned"
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    assert call("init", "fichier", "--region", "17", folder=tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Centre du Quebec", "17"),
        ("17", "17"),
        ("4", "04"),
        ("gaspésie-îles de la madeleine", "11"),
        ("saguenay lac saint jean", "02"),
        ("Moricie", "vouliez-vous dire «\u00a0Mauricie\u00a0»"),
        ("Saguenay", "«\u00a0Saguenay–Lac-Saint-Jean\u00a0»"),
        ("Ontario", "choisir parmi\u00a0: Bas-Saint-Laurent (01)"),
        ("99", "choisir parmi"),
        ("", "n’existe pas"),
    ],
)
def test_a_region_is_named_as_people_write_it(name: str, said: str) -> None:
    if said.isdigit():
        assert [region.code for region in regions.find([name])] == [said]
    else:
        with pytest.raises(AnnuaireError, match=re.escape(said)):
            regions.find([name])


def test_regions_of_the_settings_have_names_too(tmp_path: Path) -> None:
    text = "site_name: A\nsite_url: https://exemple.org/\nextra: {annuaire: {regions: [%s]}}\n"
    file = tmp_path / "mkdocs.yml"
    file.write_text(text % '"mauricie", Estrie', encoding="utf-8")
    assert config.load(file).regions == ("04", "05")
    file.write_text(text % "Estri", encoding="utf-8")
    with pytest.raises(AnnuaireError, match=r"mkdocs\.yml.*regions.*«\u00a0Estrie\u00a0»"):
        config.load(file)


def test_a_folder_that_is_no_site_says_what_to_do(tmp_path: Path) -> None:
    done = call("validate", folder=tmp_path)
    assert done.returncode == 2
    assert "annuaire init DOSSIER --region" in done.stderr
    assert call("--version", folder=tmp_path).stdout == f"annuaire {__version__}\n"


PIP = """#!/bin/sh
# What pip and the module venv would do: keep what is asked, and make a program that says how it is called.
echo "$@" >>"{log}"
case "$*" in
  *"-m venv"*)
    for last in "$@"; do :; done
    mkdir -p "$last/bin"
    cp "$0" "$last/bin/python"
    ;;
  *"--require-hashes"*)
    printf '#!/bin/sh\\necho "lancé $*"\\n' >"$(dirname "$0")/annuaire"
    chmod +x "$(dirname "$0")/annuaire"
    ;;
  *"importlib.resources"*) echo /verrou.txt ;;
esac
"""


def test_the_script_installs_what_is_missing_once_then_runs(tmp_path: Path) -> None:
    assert init(tmp_path, "--region", "17", "--paquet", "https://forge.example.org/annuaire.whl").returncode == 0
    package = tmp_path / "depot" / "paquet.txt"
    text = package.read_text(encoding="utf-8").replace("https://forge.example.org", "./paquets")
    package.write_text(text, encoding="utf-8")
    log, straw = tmp_path / "demandes", tmp_path / "bin"
    straw.mkdir()
    (straw / "python3").write_text(PIP.format(log=log), encoding="utf-8")
    (straw / "python3").chmod(0o755)
    environment = {"PATH": f"{straw}:/usr/bin:/bin"}

    def start(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [tmp_path / "depot" / "annuaire", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    done = start("validate", "un fichier.yml")
    assert (done.returncode, done.stdout) == (0, "lancé validate un fichier.yml\n"), done.stderr
    asked = log.read_text(encoding="utf-8")
    assert "--no-deps ./paquets/annuaire.whl" in asked
    assert "--require-hashes --requirement /verrou.txt" in asked
    assert start("build").stdout == "lancé build\n"
    assert log.read_text(encoding="utf-8") == asked, "nothing is installed twice"
    package.write_text(package.read_text(encoding="utf-8").replace("annuaire.whl", "plus-recent.whl"), encoding="utf-8")
    assert start("build").returncode == 0
    assert "--no-deps ./paquets/plus-recent.whl" in log.read_text(encoding="utf-8")
    package.write_text("# rien\n", encoding="utf-8")
    done = start("build")
    assert done.returncode == 2
    assert "paquet.txt ne dit pas où est le programme" in done.stderr


def test_in_the_repository_of_the_program_make_installs(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "environment.sh").write_text("", encoding="utf-8")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    for place, text in ((".venv/bin/annuaire", 'echo "lancé $*"'), ("make", f'echo "$@" >>"{tmp_path}/cibles"')):
        (tmp_path / place).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (tmp_path / place).chmod(0o755)
    shutil.copy(ROOT / "annuaire", tmp_path)
    for words, target in ((["validate", "x y"], ".venv/.stamps/base"), (["--config", "a.yml", "build"], "bundles")):
        done = subprocess.run(
            [tmp_path / "annuaire", *words],
            env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout == f"lancé {' '.join(words)}\n", done.stderr
        assert (tmp_path / "cibles").read_text(encoding="utf-8").splitlines()[-1].endswith(f" {target}")


def test_automata_run_the_scripts_of_the_package(project: Project) -> None:
    done = project.run("forge", "classeur")
    assert done.returncode != 0
    assert "1: " in done.stderr, "the folder is asked by the script itself"
    assert project.run("forge", "autre").returncode == 2
    for name in ("classeur", "reception", "relecture"):
        subprocess.run(["bash", "-n", making.FORGE / f"{name}.sh"], check=True)
    workflows = [path.read_text(encoding="utf-8") for path in (ROOT / ".github" / "workflows").glob("*.yml")]
    used = set(re.findall(r"annuaire forge (\w+)", "".join(workflows)))
    assert used == {path.stem for path in making.FORGE.glob("*.sh")}


@pytest.mark.parametrize(
    ("told", "remote", "package"),
    [
        ("", "", ""),
        (
            '{"url": "https://forge.example.org/annuaire.whl", "archive_info": {}}',
            "",
            "https://forge.example.org/annuaire.whl",
        ),
        (
            '{"url": "https://forge.example.org/a.whl", "archive_info": {"hashes": {"sha256": "ab"}}}',
            "",
            "https://forge.example.org/a.whl#sha256=ab",
        ),
        ('{"url": "file:///tmp/annuaire.whl", "archive_info": {}}', "", ""),
        *(
            (
                '{"url": "file:///ici", "dir_info": {"editable": true}}',
                remote,
                f"https://forge.example.org/pole/annuaire/releases/download/v{__version__}/annuaire-{__version__}-py3-none-any.whl",
            )
            for remote in ("https://forge.example.org/pole/annuaire.git", "git@forge.example.org:pole/annuaire")
        ),
        ('{"url": "file:///ici", "dir_info": {}}', "/ailleurs/annuaire", ""),
        ('{"url": "file:///ici", "dir_info": {}}', "https://moi:secret@forge.example.org/pole/annuaire", ""),
    ],
)
def test_where_the_program_comes_from_is_told_or_left_out(
    monkeypatch: pytest.MonkeyPatch, told: str, remote: str, package: str
) -> None:
    class Told:
        def read_text(self, _: str) -> str | None:
            return told or None

    monkeypatch.setattr(making.importlib.metadata, "distribution", lambda _: Told())
    monkeypatch.setattr(making.git, "answer", lambda *_: remote.encode())
    assert making.package() == package


@pytest.mark.parametrize(("script", "shown"), [("", "annuaire validate"), ("1", "./annuaire validate")])
def test_a_command_is_shown_as_the_person_starts_it(monkeypatch: pytest.MonkeyPatch, script: str, shown: str) -> None:
    monkeypatch.setenv("ANNUAIRE_SCRIPT", script)
    assert console.started("validate") == shown
    assert "export ANNUAIRE_SCRIPT=1" in (ROOT / "annuaire").read_text(encoding="utf-8").splitlines()[6]


def test_this_repository_has_the_same_script() -> None:
    assert os.access(ROOT / "annuaire", os.X_OK)
    assert (making.NEW / "annuaire").samefile(ROOT / "annuaire")
    assert tool("annuaire").is_file()
