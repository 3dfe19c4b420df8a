"""The story of a record, from a real temporary repository: field by field, through its names, without anyone's name."""

import json
import os
import subprocess
from datetime import date
from pathlib import Path

import pytest
from tests.sites import GIT_ENVIRONMENT, call

from annuaire import config
from annuaire.text.problems import AnnuaireError
from annuaire.timeline.story import Story, tell
from annuaire.timeline.writing import FORMATS

SETTINGS = 'site_name: Exemple\nsite_url: https://example.org/\nextra:\n  annuaire:\n    regions: ["04"]\n'
COOP = """\
nom: Coop Exemple
forme_juridique: obnl
statut: active
secteur: alimentation-restauration
mission: Nourrir les gens de La Tuque.
etablissements:
  - adresse: "12, rue Commerciale"
    municipalite: La Tuque
    code_postal: G9X 2E8
    telephone: 819 555-0100
verification:
  statut: a-confirmer
"""
PERSON = "Prénom Nom"


class Site:
    """Lay a site in a repository, one commit a day of June 2026."""

    def __init__(self, root: Path, project: str = "") -> None:
        self.top = root
        self.root = root / project
        self.records = self.root / "content" / "enterprises"
        self.records.mkdir(parents=True)
        (self.root / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
        self.day = 0
        self.git("init", "-q", "-b", "main")

    def git(self, *words: str) -> None:
        """Run git as a person whose name must never show."""
        stamp = f"2026-06-{max(self.day, 1):02d}T20:30:00-05:00"
        who = {f"GIT_{role}_NAME": PERSON for role in ("AUTHOR", "COMMITTER")}
        when = {f"GIT_{role}_DATE": stamp for role in ("AUTHOR", "COMMITTER")}
        subprocess.run(
            ["git", *words], cwd=self.top, env={**os.environ, **GIT_ENVIRONMENT, **who, **when}, check=True,
            capture_output=True,
        )  # fmt: skip

    def commit(self, **texts: str | bytes | None) -> None:
        """Write (or take away) records by slug, `_` standing for `-`, and commit everything."""
        for name, text in texts.items():
            path = self.records / f"{name.replace('_', '-')}.yml"
            if text is None:
                path.unlink()
            else:
                path.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.day += 1
        self.git("add", "--all")
        self.git("commit", "-q", "--allow-empty", "-m", f"Change par {PERSON}")

    def tell(self, slug: str = "coop") -> Story:
        """Ask the module under test."""
        return tell(config.load(self.root / "mkdocs.yml"), slug)

    def text(self, slug: str = "coop") -> str:
        """Give the story as a person reads it, plain spaces only; nobody's name is in it."""
        story = self.tell(slug)
        data = FORMATS["json"](story, story.states)
        written = FORMATS["text"](story, story.states).replace("\u00a0", " ")
        for found in (written, data):
            assert PERSON.split()[0] not in found
            assert all(c.isprintable() or c in "\n\u202f" for c in found)
        assert len(json.loads(data)["etats"]) == len(story.states)
        return written


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "dépôt [1] *")


def fates(story: Story) -> list[str]:
    return [str(state.fate) for state in story.states]


def test_each_field_that_changed_and_when(site: Site) -> None:
    site.commit(coop=COOP, autre=COOP.replace("Coop", "Autre"))
    site.commit(autre=COOP.replace("Coop", "Autre chose"))
    site.commit(coop=COOP.replace("555-0100", "555-0142").replace("statut: active", "statut: fermee"))
    site.commit(coop=COOP.replace("555-0100", "555-0142").replace("mission", "# note\nmission"))
    written = site.text()
    assert written.startswith("Coop Exemple (content/enterprises/coop.yml)\n3 versions dans l’histoire du dépôt.\n")
    newest, middle, oldest = written.split("\n\n")[1:]
    assert newest == "4 juin 2026\n  Statut : « Fermée » → « Active »"
    assert middle.splitlines()[0] == "3 juin 2026"
    assert "Téléphone : « 819 555-0100 » → « 819 555-0142 »" in middle
    assert "Statut : « Active » → « Fermée »" in middle
    assert oldest == "1er juin 2026\n  Fiche créée"
    assert site.tell().states[0].day == date(2026, 6, 4), "the day where it was recorded, not the one in Greenwich"


def test_through_a_new_name_and_another_folder(site: Site) -> None:
    site.records.joinpath("../../fiches").mkdir()
    (site.root / "fiches" / "vieille-coop.yml").write_text(COOP, encoding="utf-8")
    site.commit()
    site.git("mv", "fiches/vieille-coop.yml", "content/enterprises/vieille-coop.yml")
    site.commit()
    site.commit(vieille_coop=COOP.replace("0100", "0142"))
    renamed = COOP.replace("0100", "0142").replace("Coop Exemple", "Tout Autre Nom\nanciens_slugs: [vieille-coop]")
    site.commit(vieille_coop=None, coop=renamed.replace("Nourrir les gens", "Servir tout le monde"))
    site.commit(coop=renamed)
    story = site.tell()
    assert fates(story) == ["changement", "nouveau-nom", "changement", "nouveau-nom", "creation"]
    written = site.text()
    assert "Nouveau nom : « vieille-coop » → « coop »" in written
    assert "« Coop Exemple » → « Tout Autre Nom »" in written
    assert "Fichier déplacé" in written
    assert [state.file for state in story.states][-2:] == [
        "content/enterprises/vieille-coop.yml",
        "fiches/vieille-coop.yml",
    ]
    assert fates(site.tell("vieille-coop"))[0] == "retrait"


def test_the_old_file_may_go_later_than_the_new_one_comes(site: Site) -> None:
    site.commit(vieille=COOP)
    site.commit(coop=COOP.replace("statut: active", "anciens_slugs: [vieille]\nstatut: active"))
    site.commit(vieille=None)
    assert fates(site.tell()) == ["nouveau-nom", "creation"]


def test_another_enterprise_is_not_followed(site: Site) -> None:
    """Short records are alike: git takes one for the other, we do not."""
    site.commit(cantine=COOP.replace("Coop Exemple", "Cantine du Coin"))
    site.commit(cantine=None, coop=COOP)
    assert fates(site.tell()) == ["creation"]


def test_a_record_that_takes_its_first_name_again(site: Site) -> None:
    site.commit(coop=COOP)
    site.git("mv", "content/enterprises/coop.yml", "content/enterprises/essai.yml")
    site.commit()
    site.git("mv", "content/enterprises/essai.yml", "content/enterprises/coop.yml")
    site.commit()
    assert fates(site.tell()) == ["nouveau-nom", "nouveau-nom", "creation"]
    assert fates(site.tell("essai")) == ["retrait", "nouveau-nom", "creation"]


def test_a_record_that_claims_its_own_name_ends(site: Site) -> None:
    own = COOP.replace("statut: active", "anciens_slugs: [coop]\nstatut: active")
    site.commit(coop=own)
    site.commit(coop=None)
    site.commit(coop=own)
    assert fates(site.tell()) == ["retour", "retrait", "creation"]


def test_the_address_of_a_record_taken_by_another_enterprise(site: Site) -> None:
    """Nothing is compared with the enterprise that had the name before."""
    site.commit(coop=COOP)
    site.commit(coop=None)
    site.commit(coop=COOP.replace("Coop Exemple", "Cantine du Coin").replace("0100", "0142"))
    assert fates(site.tell()) == ["creation", "retrait", "creation"]
    newest = site.text().split("\n\n")[1]
    assert newest == "3 juin 2026\n  Fiche créée\n  « Coop Exemple » avait cette adresse auparavant."


def test_taken_away_and_put_back(site: Site) -> None:
    site.commit(coop=COOP)
    site.commit(coop=None)
    assert fates(site.tell()) == ["retrait", "creation"]
    site.commit(coop=COOP.replace("0100", "0142"))
    assert fates(site.tell()) == ["retour", "retrait", "creation"]
    assert "Téléphone" in site.text()
    assert "Fiche remise" in site.text()


@pytest.mark.parametrize("bad", ["nom: [", b"\xff\xfe", "", "- a", b"nom: " + b"x" * 70_000, "&a [*a]"])
def test_an_unreadable_version_is_said(site: Site, bad: str | bytes) -> None:
    site.commit(coop=COOP)
    site.commit(coop=bad)
    site.commit(coop=COOP.replace("0100", "0142"))
    written = site.text()
    assert "2 juin 2026\n  Cette version ne pouvait pas être lue : rien ne peut en être dit." in written
    assert "Comparée au dernier état lisible, du 1er juin 2026." in written
    assert "« 819 555-0100 » → « 819 555-0142 »" in written


def test_links_and_folders_are_no_record(site: Site) -> None:
    site.commit(coop=COOP)
    path = site.records / "coop.yml"
    path.unlink()
    path.symlink_to("/etc/hostname")
    site.commit()
    path.unlink()
    path.mkdir()
    (path / "coop.yml").write_text(COOP, encoding="utf-8")
    site.commit()
    assert "ne pouvait pas être lue" in site.text()


def test_a_place_that_became_confidential_is_told_by_no_version(site: Site) -> None:
    secret = COOP.replace("rue Commerciale", "rue du Refuge").replace("G9X 2E8", "G9X 3Z3")
    site.commit(coop=secret)
    site.commit(coop=secret.replace("12, rue", "14, rue"))
    hidden = secret.replace("statut: active", "statut: active\nadresse_confidentielle: oui")
    hidden = hidden.replace('  - adresse: "12, rue du Refuge"\n    m', "  - m").replace(
        "    code_postal: G9X 3Z3\n", ""
    )
    site.commit(coop=hidden)
    written = site.text() + FORMATS["json"](site.tell(), site.tell().states)
    assert "Refuge" not in written
    assert "3Z3" not in written
    assert "(masqué)" in written
    assert "Le lieu de cette entreprise est confidentiel" in written


def test_a_shallow_copy_says_so(site: Site, tmp_path: Path) -> None:
    site.commit(coop=COOP)
    site.commit(coop=COOP.replace("0100", "0142"))
    site.commit(coop=COOP)
    clone = tmp_path / "copie"
    site.git("clone", "-q", "--depth", "2", f"file://{site.top}", str(clone))
    story = tell(config.load(clone / "mkdocs.yml"), "coop")
    assert story.is_partial
    assert fates(story) == ["changement", "premier-connu"]
    assert "Cette copie du dépôt n’a qu’une partie de son histoire" in FORMATS["text"](story, story.states)
    assert "Fiche créée" not in FORMATS["text"](story, story.states)
    with pytest.raises(AnnuaireError, match="n’a qu’une partie"):
        tell(config.load(clone / "mkdocs.yml"), "inconnue")


def test_a_merged_proposal_is_one_change(site: Site) -> None:
    site.commit(coop=COOP)
    site.git("switch", "-q", "-c", "proposition")
    site.commit(coop=COOP.replace("0100", "0111"))
    site.commit(coop=COOP.replace("0100", "0142"))
    site.git("switch", "-q", "main")
    site.commit(autre=COOP)
    site.day += 1
    site.git("merge", "-q", "--no-ff", "-m", "Exemple", "proposition")
    assert fates(site.tell()) == ["changement", "creation"]
    assert "0111" not in site.text()
    assert "5 juin 2026" in site.text()


def test_what_is_not_recorded_yet(site: Site) -> None:
    path = site.records / "coop.yml"
    path.write_text(COOP, encoding="utf-8")
    assert "Pas encore enregistré dans git\n  Fiche nouvelle." in site.text(), "no commit at all"
    site.commit(coop=COOP)
    path.write_text(COOP.replace("\n", "\r\n"), encoding="utf-8")
    assert fates(site.tell()) == ["creation"], "line ends are no change"
    path.write_text(COOP.replace("0100", "0142"), encoding="utf-8")
    assert "Pas encore enregistré dans git\n  " in site.text()
    assert "« 819 555-0142 »" in site.text()
    path.write_text("nom: [", encoding="utf-8")
    assert fates(site.tell()) == ["pas-enregistre", "creation"]
    path.unlink()
    assert "Le fichier n’est plus dans le dossier." in site.text()


def test_hostile_names_and_values_are_inert(site: Site) -> None:
    hostile = COOP.replace("Coop Exemple", '"Coop\\x1b[31m\\u202e Exemple"')
    odd = site.records / "--output=x\n:(glob)*\x1b[31m é.yml"
    odd.write_text(hostile, encoding="utf-8")
    site.commit()
    site.git("mv", "--", str(odd), str(site.records / "coop.yml"))
    site.commit()
    site.commit(coop=hostile.replace("0100", "0142"))
    assert fates(site.tell()) == ["changement", "nouveau-nom", "creation"]
    assert "\\x1b" in site.text()
    for setting in ("log.showSignature=true", "color.ui=always", "diff.renames=copies", "core.quotePath=true"):
        site.git("config", *setting.split("="))
    site.git("config", "diff.external", "false")
    assert fates(site.tell()) == ["changement", "nouveau-nom", "creation"]


def test_a_project_inside_a_larger_repository(tmp_path: Path) -> None:
    site = Site(tmp_path / "tout", "projets/annuaire")
    site.commit(coop=COOP)
    site.commit(coop=COOP.replace("0100", "0142"))
    story = site.tell()
    assert fates(story) == ["changement", "creation"]
    assert story.states[0].file == "content/enterprises/coop.yml"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("coopp", "Vouliez-vous dire"),
        ("ancienne", "est l’ancien nom de"),
        ("", "n’est pas le nom"),
        ("../../etc/passwd", "Aucune fiche"),
        ("--output=x", "n’est pas le nom"),
        ("a\0b", "n’est pas le nom"),
        ("É", "n’est pas le nom"),
    ],
)
def test_a_name_that_leads_nowhere(site: Site, given: str, words: str) -> None:
    site.commit(coop=COOP.replace("statut: active", "anciens_slugs: [ancienne]\nstatut: active"))
    with pytest.raises(AnnuaireError, match=words):
        site.tell(given)


def test_a_file_may_be_named_instead(site: Site) -> None:
    site.commit(coop=COOP)
    assert site.tell("content/enterprises/coop.yml") == site.tell("coop")


def test_no_repository_no_git_damaged_objects(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site.commit(coop=COOP)
    site.commit(coop=COOP.replace("0100", "0142"))
    for path in (site.top / ".git" / "objects").rglob("*"):
        if path.is_file():
            path.chmod(0o644)
            path.write_bytes(b"")
    with pytest.raises(AnnuaireError):
        site.tell()
    monkeypatch.setenv("PATH", "")
    with pytest.raises(AnnuaireError, match="git"):
        site.tell()


def test_what_became_of_the_enterprise(site: Site) -> None:
    closed = COOP.replace("active", 'fermee\ndate_fermeture: "2026-06-01"')
    site.commit(autre=COOP, coop=closed.replace("secteur", "fusionnee_avec: autre\nsecteur"), fin=closed)
    assert site.tell("autre").notes == ()
    assert "Entreprise fermée le 1er juin 2026." in site.text("fin")
    assert "Fusionnée avec « autre », où mène son adresse : annuaire history autre" in site.text()
    site.commit(autre=None, nouvelle=COOP.replace("forme", "anciens_slugs: [autre]\nforme"))
    assert "« autre » est l’ancien nom de « nouvelle » : annuaire history nouvelle" in site.text("autre")
    assert json.loads(FORMATS["json"](site.tell("autre"), ()))["notes"]


def test_command(site: Site) -> None:
    site.commit(coop=COOP)
    site.commit(coop=COOP.replace("0100", "0142"))
    newest = call("history", "coop", folder=site.root)
    oldest = call("history", "coop", "--oldest-first", "--format", "json", folder=site.root)
    assert newest.returncode == oldest.returncode == 0, newest.stderr + oldest.stderr
    written = newest.stdout.replace("\u00a0", " ")
    assert written.index("2 juin 2026") < written.index("1er juin 2026")
    assert [state["sort"] for state in json.loads(oldest.stdout)["etats"]] == ["creation", "changement"]
    assert PERSON.split()[0] not in newest.stdout + oldest.stdout
    refused = call("history", "inconnue\x1b[31m", folder=site.root)
    assert refused.returncode == 2
    assert "\x1b" not in refused.stderr
    assert "Traceback" not in refused.stderr
