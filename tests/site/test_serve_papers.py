"""`annuaire serve` with documents, pictures to share and images of records: each is brought up to date at a change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests import pictures
from tests.printing import pages
from tests.sites import Project, until

from .test_serve import Server, edit, serving

SHEET, CARD = "documents/fiches/{0}.pdf", "entreprises/{0}/{0}.png"
CHANGED, OTHER = "exemplaire", "navette-exemple"
LEAFLET = "documents/prospectus-exempleville.pdf"


@pytest.fixture(scope="module", name="server")
def server_of_papers(laid: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    project = laid.copy(tmp_path_factory.mktemp("apercu"))
    project.configure(documents="[prospectus, fiches]", partage_images="[entreprises]")
    with serving(project) as found:
        yield found


def text(server: Server, url: str) -> str:
    return " ".join(pages(server.bytes(url)))


def test_a_change_makes_again_what_says_it_and_nothing_else(server: Server) -> None:
    kept = [form.format(OTHER) for form in (SHEET, CARD)]
    before = {url: server.bytes(url) for url in [*kept, CARD.format(CHANGED)]}
    assert server.has("territoires/exempleville/", LEAFLET.rpartition("/")[2]), "pages lead to documents at once"
    edit(server.project.record(CHANGED), "nom: Exemplaire", "nom: Exemplaire Tout Neuf")
    until(lambda: "Exemplaire Tout Neuf" in text(server, SHEET.format(CHANGED)))
    until(lambda: server.bytes(CARD.format(CHANGED)) != before[CARD.format(CHANGED)])
    assert "Exemplaire Tout Neuf" in text(server, LEAFLET)
    assert {url: server.bytes(url) for url in kept} == {url: before[url] for url in kept}
    assert server.has("territoires/exempleville/", LEAFLET.rpartition("/")[2])


def test_a_logo_comes_with_its_file(server: Server) -> None:
    folder = server.project.root / "content" / "images" / OTHER
    folder.mkdir(parents=True)
    (folder / "logo.png").write_bytes(pictures.picture("PNG", (400, 100)))
    record = server.project.record(OTHER)
    said = "images:\n  - fichier: logo.png\n    genre: logo\n    alternative: Un logo\n    credit: Navette Exemple\n"
    record.write_text(record.read_text(encoding="utf-8") + said + "    consentement: sans-personne\n", encoding="utf-8")
    server.comes(f"entreprises/{OTHER}/", "logo-png-320.jpg")
    path = f"entreprises/{OTHER}/images/logo-png-320.jpg"
    until(lambda: not server.has(path, "404"))  # pages come first
    assert server.bytes(path)[:3] == b"\xff\xd8\xff"
