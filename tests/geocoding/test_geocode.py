"""Find points with a server of our own, which answers well, badly, slowly or not at all: never with the network."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.sites import Project, minimal_record

from annuaire import __version__, config
from annuaire.catalogue.loading import Loader
from annuaire.exports import points
from annuaire.intake import geocoding
from annuaire.intake.geocoding import nominatim
from annuaire.pages.profile import profile
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile import source

TOWN_HALL = (46.56986, -72.74806)  # in Shawinigan
FAR = (45.5, -73.6)
ADDRESS = '    adresse: "1, rue Exemple"'


def answer(position: tuple[float, float] = TOWN_HALL, **address: str) -> list[dict[str, Any]]:
    """Write what a Nominatim server answers."""
    return [{"lat": str(position[0]), "lon": str(position[1]), "display_name": "Exemple", "address": address}]


HOUSE = answer(house_number="1", road="rue Exemple")
STREET = answer(road="rue Exemple")


@dataclass
class Server:
    """Answer as a test wants, and remember who asked what, and when."""

    reply: Callable[[], tuple[int, str]]
    wait: float = 0
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    address: str = ""

    def says(self, body: object, status: int = 200) -> None:
        """Answer with JSON from now on."""
        self.reply = lambda: (status, json.dumps(body))


@pytest.fixture
def server() -> Iterator[Server]:
    """Start a server of one's own on this machine."""
    found = Server(lambda: (200, json.dumps(HOUSE)))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.moments.append(time.monotonic())
            found.asked.append(parse_qs(urlsplit(self.path).query))
            found.agents.append(self.headers["User-Agent"])
            time.sleep(found.wait)
            status, body = found.reply()
            try:
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body.encode())
            except OSError:
                return  # who asked has left

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.address = f"http://127.0.0.1:{listening.server_port}"
    threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield found
    listening.shutdown()
    listening.server_close()


def record(name: str, *lines: str, place: str = ADDRESS) -> str:
    """Write a record with an address, and a comment that must stay."""
    text = minimal_record(name, "Shawinigan").replace(
        "  - municipalite: Shawinigan",
        f"{place.replace('    ', '  - ', 1)}\n    municipalite: Shawinigan  # vu en mars",
    )
    assert "vu en mars" in text, text
    return text + "".join(f"{line}\n" for line in lines)


@pytest.fixture
def site(tmp_path: Path) -> Project:
    """Lay out a site of Mauricie with one record that has an address and no point."""
    project = Project(tmp_path)
    project.enterprises.mkdir(parents=True)
    project.record("cafe-exemple").write_text(record("Café Exemple"), encoding="utf-8")
    project.config_file.write_text(
        "site_name: Essai\nsite_url: https://exemple.org/\nextra:\n  annuaire:\n    publication: demonstration\n"
        "    regions: ['04']\n    contenu: content\n    pole: {courriel: info@pole.example.org}\n",
        encoding="utf-8",
    )
    project.commit()
    return project


def asking(site: Project, server: Server, **options: float) -> nominatim.Asking:
    """Make what asks the server, without the second between two requests."""
    agent = nominatim.user_agent(site.settings, "0")
    return nominatim.Asking(site.settings.cache, agent, server.address, **{"delay": 0.0, "patience": 0.4, **options})


def find(site: Project, geocoder: geocoding.Geocoder | None) -> geocoding.Run:
    """Look for points as the command does, without writing."""
    loaded = Loader(site.settings).load(config.today())
    return geocoding.run(loaded, site.enterprises, geocoder)


def fates(run: geocoding.Run) -> list[str]:
    """List what became of each place."""
    return [outcome.fate.name for outcome in run.outcomes]


def place_of(site: Project, slug: str = "cafe-exemple") -> dict[str, Any]:
    """Read the first place of a record."""
    path = site.record(slug)
    found: dict[str, Any] = source.parse(path.read_text(encoding="utf-8"), path).values["etablissements"][0]
    return found


def test_a_point_is_written_and_comments_stay(site: Project, server: Server) -> None:
    tried = site.call("geocode", "--essai", "--serveur", server.address)
    assert (tried.returncode, "latitude" in place_of(site)) == (0, False), tried.stdout + tried.stderr
    assert "lieu 1\u00a0: trouvé\u00a0: 46.56986, -72.74806" in tried.stdout
    assert "1\u00a0fiche à écrire." in tried.stdout
    done = site.call("geocode", "--serveur", server.address)
    assert done.returncode == 0, done.stdout + done.stderr
    place = place_of(site)
    assert (place["latitude"], place["longitude"], place["precision"]) == ("46.56986", "-72.74806", "adresse")
    assert "# vu en mars" in site.record("cafe-exemple").read_text(encoding="utf-8")
    assert len(server.asked) == 1, "the answer was kept by the first run"
    assert server.agents == [f"annuaire/{__version__} (info@pole.example.org)"]
    assert server.asked[0]["street"] == ["1, rue Exemple"]
    assert server.asked[0]["city"] == ["Shawinigan"]
    assert site.call("validate").returncode == 0
    again = site.call("geocode", "--serveur", server.address)
    assert (again.returncode, again.stdout) == (0, "0\u00a0fiche écrite.\n")


def test_what_openstreetmap_gave_is_credited(site: Project, server: Server) -> None:
    text = site.record("cafe-exemple").read_text(encoding="utf-8")
    other = "provenances:\n  - champs: [nom]\n    source: Liste d’Exemple\n    licence: CC BY 4.0\n"
    site.record("cafe-exemple").write_text(text + other, encoding="utf-8")
    assert site.call("geocode", "--serveur", server.address).returncode == 0
    path = site.record("cafe-exemple")
    given = source.parse(path.read_text(encoding="utf-8"), path).values["provenances"]
    assert given[0]["source"] == "Liste d’Exemple"
    assert (given[1]["source"], given[1]["licence"]) == ("OpenStreetMap", "ODbL 1.0")
    assert given[1]["champs"] == ["etablissements.latitude", "etablissements.longitude"]
    assert site.call("validate").returncode == 0
    moved = path.read_text(encoding="utf-8").replace("1, rue Exemple", "2, rue Exemple")
    path.write_text(
        "\n".join(x for x in moved.split("\n") if not x.strip().startswith(("lat", "lon", "prec"))), encoding="utf-8"
    )
    assert site.call("geocode", "--serveur", server.address).returncode == 0
    again = source.parse(path.read_text(encoding="utf-8"), path).values["provenances"]
    assert [each["source"] for each in again] == ["Liste d’Exemple", "OpenStreetMap"]


def test_the_point_of_a_municipality_credits_nobody_else(site: Project) -> None:
    assert fates(run := find(site, None)) == ["APPROXIMATE"]
    assert "OpenStreetMap" not in run.writings[0].text


def test_a_street_alone_is_said(site: Project, server: Server) -> None:
    server.says(STREET)
    run = find(site, asking(site, server))
    assert fates(run) == ["FOUND"]
    assert "precision: rue" in run.writings[0].text


@pytest.mark.parametrize("body", [[], answer(city="Shawinigan")])
def test_what_is_not_found_is_told_and_kept(site: Project, server: Server, body: object) -> None:
    server.says(body)
    for _ in range(2):
        run = find(site, asking(site, server))
        assert (fates(run), run.writings) == (["UNKNOWN"], [])
    assert len(server.asked) == 1
    done = site.call("geocode", "--serveur", server.address)
    assert done.returncode == 1, "somebody must look"
    assert "introuvable\u00a0: 1, rue Exemple, Shawinigan" in done.stdout


def test_a_point_outside_its_mrc_is_told_and_not_written(site: Project, server: Server) -> None:
    server.says(answer(FAR, house_number="1", road="rue Exemple"))
    run = find(site, asking(site, server))
    assert (fates(run), run.writings) == (["OUTSIDE"], [])


@pytest.mark.parametrize(
    "body", ["<html>", "[{]", '{"error": "non"}', '[{"lat": "nan", "lon": "-72"}]', '[{"lon": 1}]']
)
def test_a_bad_answer_writes_nothing_and_is_asked_again(site: Project, server: Server, body: str) -> None:
    server.reply = lambda: (200, body)
    assert fates(find(site, asking(site, server))) == ["WRONG"]
    server.says(HOUSE)
    assert fates(find(site, asking(site, server))) == ["FOUND"]


@pytest.mark.parametrize("status", [403, 429, 500])
def test_a_server_that_refuses_is_left_alone(site: Project, server: Server, status: int) -> None:
    site.record("atelier-exemple").write_text(record("Atelier Exemple"), encoding="utf-8")
    server.says({}, status)
    run = find(site, asking(site, server))
    assert (fates(run), run.writings, len(server.asked)) == (["LEFT", "LEFT"], [], 1)
    assert "plus tard" in run.stopped


def test_a_slow_server_is_as_none(site: Project, server: Server) -> None:
    """The point of the municipality stands in, and a later run does better."""
    server.wait = 1
    run = find(site, asking(site, server, patience=0.1))
    assert fates(run) == ["APPROXIMATE"]
    assert "ne répond pas" in run.stopped
    assert len(server.asked) == 2
    site.record("cafe-exemple").write_text(run.writings[0].text, encoding="utf-8")
    assert place_of(site)["precision"] == "municipalite"
    server.wait = 0
    assert fates(find(site, None)) == [], "nothing is better than what stands"
    better = find(site, asking(site, server))
    assert fates(better) == ["FOUND"]
    assert "precision: adresse" in better.writings[0].text


def test_without_a_server_the_municipality_stands_in(site: Project, server: Server) -> None:
    nobody = nominatim.Asking(site.settings.cache, "essai", "http://127.0.0.1:9", delay=0, patience=0.3)
    assert fates(find(site, nobody)) == ["APPROXIMATE"]
    done = site.call("geocode", "--hors-ligne")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "approximatif" in done.stdout
    assert place_of(site)["precision"] == "municipalite"
    assert server.asked == []
    catalogue = Loader(site.settings).load(config.today()).catalogue()
    own = catalogue.by_slug["cafe-exemple"]
    assert own.lieu.position is None, "it does not pass for the place itself"
    shown = profile(catalogue, site.settings, own, "2026-11-29").view
    assert shown.main_place.is_approximate
    assert "Approximatif, au centre de la municipalité" in points.to_geojson(catalogue, [own], "https://exemple.org/")


@pytest.mark.parametrize("lines", [("adresse_confidentielle: oui",), ()])
def test_a_confidential_place_is_never_asked_for(site: Project, server: Server, lines: tuple[str, ...]) -> None:
    """Nor is one that its name says may be, whatever the record says of it."""
    site.record("cafe-exemple").write_text(record("Maison d’hébergement pour femmes Exemple", *lines), encoding="utf-8")
    for geocoder in (asking(site, server), None):
        run = find(site, geocoder)
        assert (run.outcomes, run.writings, run.confidential) == ([], [], 1)
    assert server.asked == []


def test_one_request_a_second(site: Project, server: Server) -> None:
    assert nominatim.DELAY == 1.0, "the server's rule"
    for number in range(2):
        place = ADDRESS.replace("1,", f"{number + 2},")
        text = record(f"Atelier Exemple {number}", place=place)
        site.record(f"atelier-exemple-{number}").write_text(text, encoding="utf-8")
    find(site, asking(site, server, delay=0.3))
    gaps = [after - before for before, after in zip(server.moments, server.moments[1:], strict=False)]
    assert len(gaps) == 2
    assert min(gaps) >= 0.28


def test_a_run_that_is_stopped_goes_on(site: Project, server: Server) -> None:
    site.record("atelier-exemple").write_text(record("Atelier Exemple", place='    adresse: "2, rue Exemple"'), "utf-8")
    replies = iter([(200, json.dumps(HOUSE)), (429, "{}"), (200, json.dumps(HOUSE))])
    server.reply = lambda: next(replies)
    assert fates(find(site, asking(site, server))) == ["FOUND", "LEFT"]
    assert fates(find(site, asking(site, server))) == ["FOUND", "FOUND"]
    assert len(server.asked) == 3


@pytest.mark.parametrize("kept", ["", "[", "[]", '{"1, rue Exemple, Shawinigan": ["a", 1, "rue"]}'])
def test_a_cache_that_was_cut_is_as_none(site: Project, server: Server, kept: str) -> None:
    site.settings.cache.mkdir(exist_ok=True)
    (site.settings.cache / nominatim.FILE).write_text(kept, encoding="utf-8")
    assert fates(find(site, asking(site, server))) == ["FOUND"]


def test_who_asks_must_be_said(site: Project) -> None:
    text = site.config_file.read_text(encoding="utf-8")
    site.config_file.write_text(text.replace("    pole: {courriel: info@pole.example.org}\n", ""), encoding="utf-8")
    done = site.call("geocode")
    assert done.returncode == 2
    assert "«\u00a0courriel\u00a0»" in done.stderr
    assert site.call("geocode", "--hors-ligne", "--essai").returncode == 0


def test_what_is_unknown_is_refused(site: Project) -> None:
    done = site.call("geocode", "--hors-ligne", "nulle-part")
    assert done.returncode == 2
    assert "n’existe pas" in done.stderr
    with pytest.raises(AnnuaireError, match="adresse d’un serveur"):
        nominatim.Asking(site.settings.cache, "essai", "file:///etc")
