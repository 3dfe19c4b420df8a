"""`annuaire serve` shows the site and brings it up to date at each change, whatever happens in between."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.sites import Project, clean_environment, minimal_record, tool, until

from annuaire.serve import Preview, reserve, serve


@dataclass
class Server:
    """Hold `annuaire serve` as it runs: its site, what it said."""

    project: Project
    port: int
    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Keep every line it says."""
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self.said.append(line)

    def bytes(self, url: str) -> bytes:
        """Ask the server for a file."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{url}", timeout=20) as answer:
            content: bytes = answer.read()
            return content

    def read(self, url: str) -> str:
        """Ask the server for a page."""
        return self.bytes(url).decode("utf-8")

    def has(self, url: str, text: str) -> bool:
        """Tell whether a page holds a text."""
        try:
            return text in self.read(url)
        except urllib.error.HTTPError as error:
            return error.code == 404 and text == "404"
        except UnicodeDecodeError:  # an image
            return False

    def says(self, text: str) -> bool:
        """Tell whether it said something."""
        return text in "".join(self.said)

    def comes(self, url: str, text: str) -> None:
        """Wait for a page to hold a text."""
        until(lambda: self.has(url, text) or self.process.poll() is not None)
        assert self.process.poll() is None, "".join(self.said)
        assert self.has(url, text), "".join(self.said)


@contextmanager
def serving(project: Project) -> Iterator[Server]:
    """Run `annuaire serve` on a site until it is no longer wanted."""
    port = free_port()
    process = subprocess.Popen(
        [str(tool("annuaire")), "serve", "--port", str(port)],
        cwd=project.root,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # What a shell starts in the background inherits that Ctrl+C is ignored, and Python then lets it be.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    found = Server(project, port, process)
    listening = threading.Thread(target=found.listen, daemon=True)
    listening.start()
    until(lambda: found.says("http://127.0.0.1") or process.poll() is not None)
    assert process.poll() is None, "".join(found.said)
    yield found
    process.send_signal(signal.SIGINT)
    code = process.wait(20)
    listening.join()
    assert code in (0, 130), "".join(found.said)
    assert not found.says("Traceback"), "".join(found.said)


@pytest.fixture(scope="module")
def server(laid: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the Exemple site from a folder of its own."""
    with serving(laid.copy(tmp_path_factory.mktemp("apercu"))) as found:
        yield found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_shows_the_whole_site(server: Server) -> None:
    assert server.says("http://127.0.0.1")
    assert "Exemplaire" in server.read("entreprises/exemplaire/")
    assert server.has("nulle-part/", "404")
    assert "entreprises.csv" in server.read("donnees/"), "the page of data lists its files, as in a build"
    assert not server.project.site.exists(), "the preview must not touch the site"


def test_edited_record_shows(server: Server) -> None:
    edit(server.project.record("exemplaire"), "Imprimer, dessiner", "Broder, dessiner")
    server.comes("entreprises/exemplaire/", "Broder, dessiner")
    until(lambda: "Broder, dessiner" in server.read("donnees/entreprises.csv"))


def test_wrong_record_is_told_and_the_page_stays(server: Server) -> None:
    path = server.project.record("exemplaire")
    edit(path, "secteur: medias-communications", "secteur: medias-comunications")
    until(lambda: server.says("le secteur «\u00a0medias-comunications\u00a0»"))
    assert "Broder, dessiner" in server.read("entreprises/exemplaire/")
    edit(path, "secteur: medias-comunications", "secteur: medias-communications")
    edit(path, "Broder, dessiner", "Tisser, dessiner")
    server.comes("entreprises/exemplaire/", "Tisser, dessiner")


def test_new_and_removed_record(server: Server) -> None:
    path = server.project.record("nouvelle-exemple")
    path.write_text(minimal_record("Nouvelle Exemple", "Exempleville"), encoding="utf-8")
    server.comes("entreprises/nouvelle-exemple/", "Nouvelle Exemple")
    server.comes("entreprises/", "Nouvelle Exemple")
    path.unlink()
    server.comes("entreprises/nouvelle-exemple/", "404")


def test_new_offer_has_its_page_and_its_data(server: Server) -> None:
    path = server.project.record("nouvelle-exemple")
    offer = "\noffres:\n  - nom: Portage de canots\n    categorie: equipement-sport"
    text = minimal_record("Nouvelle Exemple", "Exempleville").replace("\netablissements:", f"{offer}\netablissements:")
    path.write_text(text, encoding="utf-8")
    server.comes("acheter/categories/equipement-sport/exempleville/", "Portage de canots")
    until(lambda: "Portage de canots" in server.read("acheter/catalogue.json"))
    path.unlink()
    server.comes("acheter/categories/equipement-sport/", "404")
    until(lambda: "Portage de canots" not in server.read("acheter/catalogue.json"))


def test_hand_written_pages_show(server: Server) -> None:
    pages = server.project.root / "pages"
    edit(pages / "a-propos.md", "La consultation est gratuite", "Consulter est gratuit")
    server.comes("a-propos/", "Consulter est gratuit")
    (pages / "ajout.md").write_text("---\ntitle: Ajout\n---\n\nUne page de plus.\n", encoding="utf-8")
    server.comes("ajout/", "Une page de plus.")
    (pages / "ajout.md").unlink()
    server.comes("ajout/", "404")
    assert "Tisser, dessiner" in server.read("entreprises/exemplaire/")


def test_wrong_page_is_told_and_the_site_stays(server: Server) -> None:
    page = server.project.root / "pages" / "a-propos.md"
    edit(page, "(contribuer.md)", "(absente.md)")
    until(lambda: server.says("absente.md"))
    assert server.has("a-propos/", "Consulter est gratuit")
    edit(page, "(absente.md)", "(contribuer.md)")
    edit(page, "Consulter est gratuit", "On consulte sans payer")
    server.comes("a-propos/", "On consulte sans payer")


def test_page_that_could_act_is_told_and_the_site_stays(server: Server) -> None:
    page = server.project.root / "pages" / "vie-privee.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n<img src=x onerror=alert(1)>\n", encoding="utf-8")
    until(lambda: server.says("«\u00a0onerror\u00a0» ferait agir la page"))
    assert "onerror" not in server.read("vie-privee/")
    page.write_text(f"{text}\nUne phrase ajoutée.\n", encoding="utf-8")
    server.comes("vie-privee/", "Une phrase ajoutée.")


def test_configuration_and_vocabularies_show(server: Server) -> None:
    edit(server.project.config_file, "nom: Pôle Exemple", "nom: Pôle Exemple renommé")
    server.comes("a-propos/", "Pôle Exemple renommé")
    edit(server.project.config_file, "publication: officielle", "publication: secrete")
    until(lambda: server.says("«\u00a0publication\u00a0» doit être"))
    edit(server.project.config_file, "publication: secrete", "publication: officielle")
    words = server.project.root / "content" / "vocabularies" / "secteurs.yml"
    words.write_text("medias-communications:\n  libelle: Presses et médias\n", encoding="utf-8")
    server.comes("entreprises/exemplaire/", "Presses et médias")


def test_taken_port_is_told(server: Server) -> None:
    answer = server.project.run("serve", "--port", str(server.port))
    assert answer.returncode == 2
    assert answer.stdout == "", "nothing was built"
    assert f"Le port {server.port} est déjà pris" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_change_made_once_the_address_is_told_is_not_missed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    preview = Preview(project.settings, "", False, project.root / "apercu", lambda _: None)
    asked: list[list[str]] = []

    def refresh(changed: Iterable[str] = (), _: object = None) -> None:
        asked.append(list(changed))
        if changed:
            raise KeyboardInterrupt
        time.sleep(0.5)  # as reading a whole site does

    monkeypatch.setattr(preview, "refresh", refresh)
    monkeypatch.setattr(preview, "catch_up", lambda **_: None)
    waited_enough = threading.Timer(20, os.kill, (os.getpid(), signal.SIGINT))
    waited_enough.start()
    with reserve(preview, free_port()) as shown:
        serve(preview, shown, lambda _: edit(project.record("exemplaire"), "Imprimer", "Broder"))
    waited_enough.cancel()
    assert asked == [[], ["exemplaire"]]
