"""Lay a small site in a real git repository, and propose changes to it on a branch; nothing here asserts anything."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.sites import GIT_ENVIRONMENT

from annuaire import config
from annuaire.coach import coach
from annuaire.coach.report import Report

TODAY = date(2026, 11, 22)
SETTINGS = """\
site_name: Exemple
site_url: https://example.org/
docs_dir: content/pages
extra:
  annuaire:
    regions: ["04"]
"""
TRAITEUR = """\
nom: Traiteur Exemple
neq: "1142934315"
forme_juridique: cooperative-de-solidarite
statut: active
secteur: alimentation-restauration
mission: Nourrir les gens de La Tuque.
offres:
  - nom: Repas livrés
    categorie: traiteur
  - nom: Buffets froids
    categorie: traiteur
    delai: 5 jours
etablissements:
  - adresse: "12, rue Commerciale"
    municipalite: La Tuque
    code_postal: G9X 2E8
    telephone: 819 555-0142
site_web: https://traiteur.example.org/
verification:
  statut: confirmee
  date: "2026-03-15"
  par: entreprise
"""
RIVALE = """\
nom: Cantine Rivale
forme_juridique: obnl
statut: active
secteur: alimentation-restauration
etablissements:
  - municipalite: La Tuque
    telephone: 819 555-0177
verification:
  statut: a-confirmer
  par: import
"""
REFUGE = """\
nom: Maison d’hébergement Exemple
forme_juridique: obnl
statut: active
secteur: sante-services-sociaux
adresse_confidentielle: oui
etablissements:
  - municipalite: Shawinigan
    telephone: 819 555-0188
verification:
  statut: a-confirmer
"""
WORKFLOW = "on: push\njobs: {}\n"


@dataclass(frozen=True)
class Proposals:
    """Hold the folder of a site; a branch is proposed as a stranger would push it, without a checkout of main."""

    root: Path

    @property
    def enterprises(self) -> Path:
        """Give the folder of its records."""
        return self.root / "content" / "enterprises"

    def write(self, path: str, text: str | bytes) -> None:
        """Write a file of the branch that is checked out."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))

    def record(self, slug: str, text: str) -> None:
        """Write a record."""
        self.write(f"content/enterprises/{slug}.yml", text)

    def git(self, *words: str, given: bytes | None = None) -> str:
        """Run git here, whatever the machine's own settings."""
        done = subprocess.run(
            ["git", "-C", str(self.root), *words],
            env={**os.environ, **GIT_ENVIRONMENT},
            check=True,
            capture_output=True,
            input=given,
        )
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def start(self, branch: str = "proposition") -> None:
        """Start a branch from main."""
        self.git("checkout", "-q", "-b", branch, "main")

    def commit(self, message: str = "Proposition") -> None:
        """Commit everything on the branch that is checked out."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)

    def propose(self, branch: str = "proposition") -> None:
        """Commit what was written, then go back to main, where the command runs."""
        self.commit()
        self.git("checkout", "-q", "-f", "main")
        self.git("clean", "-qfdx")

    def coach(self, span: str = "main..proposition", *, staff: bool = False) -> Report:
        """Read a proposal."""
        return coach(config.load(self.root / "mkdocs.yml"), span, TODAY, staff=staff)


def lay(root: Path) -> Proposals:
    """Lay a site of three records in a repository whose branch is main."""
    site = Proposals(root)
    site.write("mkdocs.yml", SETTINGS)
    site.record("traiteur-exemple", TRAITEUR)
    site.record("cantine-rivale", RIVALE)
    site.record("maison-d-hebergement-exemple", REFUGE)
    site.write(".github/workflows/ci.yml", WORKFLOW)
    site.git("init", "-q", "-b", "main")
    site.commit("Début")
    return site
