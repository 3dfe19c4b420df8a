"""Compare what is said of a proposal, whole, with what is expected; `--rewrite-golden` accepts a change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.coach.proposing import REFUGE, RIVALE, TRAITEUR, Proposals, lay

from annuaire.coach import writing

EXPECTED = Path(__file__).with_name("attendu")


@pytest.fixture
def site(tmp_path: Path) -> Proposals:
    """Lay a small site in a repository."""
    return lay(tmp_path)


def good(site: Proposals) -> None:
    """Change a telephone, complete the mission, add an offer and drop another."""
    text = TRAITEUR.replace("819 555-0142", "819 555-0199").replace("Nourrir les gens", "Nourrir et former les gens")
    text = text.replace("  - nom: Repas livrés\n    categorie: traiteur\n", "")
    site.record(
        "traiteur-exemple",
        text.replace("5 jours\n", "5 jours\n  - nom: Location de salle\n    categorie: location-salles\n"),
    )


def faulty(site: Proposals) -> None:
    """Write a sector that does not exist and a wrong postal code."""
    text = TRAITEUR.replace("alimentation-restauration", "alimentation").replace("G9X 2E8", "G9X2E8")
    site.record("traiteur-exemple", text)


def duplicate(site: Proposals) -> None:
    """Propose an enterprise that is already there under nearly the same name, and one with its NEQ."""
    site.record(
        "traiteur-exempel", TRAITEUR.replace("Traiteur Exemple", "Traiteur Exempel").replace('neq: "1142934315"\n', "")
    )
    site.record("autre", TRAITEUR.replace("Traiteur Exemple", "Autre").replace("traiteur.ex", "autre.ex"))


def rename(site: Proposals) -> None:
    """Rename a record without a word of its old address."""
    (site.enterprises / "traiteur-exemple.yml").unlink()
    site.record("traiteur-l-exemple", TRAITEUR.replace("Traiteur Exemple", "Traiteur L’Exemple"))


def rename_declared(site: Proposals) -> None:
    """Rename a record and declare its old address."""
    (site.enterprises / "traiteur-exemple.yml").unlink()
    site.record("traiteur", TRAITEUR.replace("neq:", "anciens_slugs: [traiteur-exemple]\nneq:"))


def deletion(site: Proposals) -> None:
    """Take a record away."""
    (site.enterprises / "cantine-rivale.yml").unlink()


def stranger(site: Proposals) -> None:
    """Confirm oneself, and declare a competitor closed."""
    site.record(
        "traiteur-exemple", TRAITEUR.replace("2026-03-15", "2026-11-20").replace("par: entreprise", "par: pole")
    )
    site.record("cantine-rivale", RIVALE.replace("statut: active", 'statut: fermee\ndate_fermeture: "2026-11-01"'))


def machinery(site: Proposals) -> None:
    """Change a workflow, the theme, the code, a setting and a page along with a record."""
    site.write(".github/workflows/ci.yml", "on: pull_request_target\njobs: {}\n")
    site.write("src/annuaire/theme/main.html", "<script>alert(1)</script>\n")
    site.write("src/annuaire/cli/main.py", "raise SystemExit\n")
    site.write("mkdocs.yml", "site_name: [\n")
    site.write("content/exceptions.yml", "exceptions: []\n")
    site.write("content/pages/index.md", "---\ntitle: Autre accueil\n---\n")
    site.write("LISEZ-MOI.txt", "Bonjour\n")
    site.record("cantine-rivale", RIVALE.replace("819 555-0177", "819 555-0178"))


def crowd(site: Proposals) -> None:
    """Propose 200 records at once; one is at fault."""
    for number in range(200):
        text = RIVALE.replace("Cantine Rivale", f"Organisme numéro {number} {'abcdefghij'[number % 10] * 9}{number}")
        text = text.replace("819 555-0177", f"819 555-{1000 + number}")
        site.record(f"organisme-{number:03}", text.replace("obnl", "obln") if number == 77 else text)


def hostile(site: Proposals) -> None:
    """Fill a record with what could act in a comment."""
    text = TRAITEUR.replace(
        "Nourrir les gens de La Tuque.",
        '"@equipe #1 ![x](https://mal.example/p.png) [ici](https://mal.example) <img src=x onerror=alert(1)>'
        ' ``` | $x$ \\u202Etxt www.mal.example"',
    )
    text = text.replace("nom: Traiteur Exemple", 'nom: "</sub> `@equipe`\u00a0» @equipe <!-- https://mal.example"')
    site.record(
        "traiteur-exemple",
        text.replace("secteur: alim", "secteur: '@equipe\u00a0» ![x](https://mal.example) alim").replace(
            "restauration\n", "restauration'\n", 1
        ),
    )
    site.write("content/enterprises/`@equipe` [x](https://mal.example).yml", RIVALE.replace("Rivale", "Deux"))


def unreadable(site: Proposals) -> None:
    """Write files that cannot be read: broken, not UTF-8, empty, with a tab, too big, of another kind."""
    site.record("traiteur-exemple", "nom: [\n")
    site.write("content/enterprises/latin.yml", "nom: Café\n".encode("latin-1"))
    site.record("vide", "")
    site.record("tabulation", "nom: A\n\tstatut: x\n")
    site.record("enorme", "nom: " + "a" * 70_000 + "\n")
    site.write("content/enterprises/fiche.yaml", RIVALE)
    site.write("content/enterprises/dossier/fiche.yml", RIVALE)


def odd(site: Proposals) -> None:
    """Put a symbolic link and a submodule among the records."""
    (site.enterprises / "lien.yml").symlink_to("/etc/passwd")
    site.git("add", "-A")
    site.git(
        "update-index", "--add", "--cacheinfo", f"160000,{site.git('rev-parse', 'HEAD')},content/enterprises/module"
    )


def unveiled(site: Proposals) -> None:
    """Show the address of a shelter."""
    text = REFUGE.replace("adresse_confidentielle: oui\n", "adresse_confidentielle: non\n")
    site.record("maison-d-hebergement-exemple", text.replace("    tele", '    adresse: "99, rue Cachée"\n    tele'))


def pages(site: Proposals) -> None:
    """Bring pages that would act, each in its way, one that is only text, and a program among the pages."""
    head = "---\ntitle: Bonjour\n---\n"
    site.write("content/pages/accueil.md", f"{head}Bonjour.\n\n<script>location = 'https://mal.example'</script>\n")
    site.write(
        "content/pages/liens.md",
        f"{head}[Un](javascript:alert(1)) <b onclick=x>mot</b> ![x](https://mal.example/@equipe) <iframe></iframe>\n",
    )
    site.write("content/pages/simple.md", "---\ntitle: Simple\n---\n\nDu **texte** et [un lien](accueil.md).\n")
    site.write("content/pages/assets/bundles/annuaire.js", "alert(1)\n")
    site.write("content/pages/enorme.md", "a " * 600_000)


CASES: tuple[Callable[[Proposals], None], ...] = (
    good,
    faulty,
    duplicate,
    rename,
    rename_declared,
    deletion,
    stranger,
    machinery,
    crowd,
    hostile,
    unreadable,
    odd,
    unveiled,
    pages,
)
MARKDOWN = {"good", "crowd", "hostile", "pages", "stranger"}


def propose(site: Proposals, case: Callable[[Proposals], None]) -> None:
    site.start()
    case(site)
    if case is odd:  # `add -A` would take the submodule away: its folder is not there
        site.git("commit", "-q", "-m", "Proposition")
        site.git("checkout", "-q", "-f", "main")
    else:
        site.propose()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_what_is_said(site: Proposals, case: Callable[[Proposals], None], rewrite_golden: bool) -> None:
    propose(site, case)
    report = site.coach()
    written = {f"{case.__name__}.txt": writing.text(report) + "\n"}
    if case.__name__ in MARKDOWN:
        written[f"{case.__name__}.md"] = writing.markdown(report)
    for name, found in written.items():
        path = EXPECTED / name
        if rewrite_golden:
            path.write_text(found, encoding="utf-8", newline="\n")
        assert path.is_file(), "nothing to compare with: use --rewrite-golden, then read it"
        assert found == path.read_text(encoding="utf-8")


def test_no_file_is_left_over() -> None:
    names = {case.__name__ for case in CASES}
    assert {path.name for path in EXPECTED.iterdir()} == {f"{n}.txt" for n in names} | {f"{n}.md" for n in MARKDOWN}
