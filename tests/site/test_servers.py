"""Apache and nginx read the files that are written for them: types, compression, caching, headers, the page of 404.

Each is left aside where it is not installed (`apt-get install apache2-bin nginx-light`). The server runs as who tests.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.exporting import make_settings

from annuaire.site import hosting

BASE = "/repertoire/"
POLICY = "Content-Security-Policy"
FILES = {
    "index.html": "<p>Accueil</p>" * 200,
    "404.html": "<p>Page introuvable</p>" * 200,
    "integre/liste/index.html": "<p>Liste</p>",
    "assets/bundles/annuaire.0123456789.css": "p{}" * 500,
    "donnees/entreprises.geojson": "{}" * 500,
    "donnees/entreprises.xlsx": "x" * 2000,
    "entreprises/coop/coop.vcf": "BEGIN:VCARD",
}
_MODULES = ("authz_core", "dir", "mime", "filter", "deflate", "setenvif", "headers")
_PLACES = ("/usr/lib/apache2/modules", "/usr/lib64/httpd/modules", "/usr/libexec/apache2")


def apache(port: int, folder: Path) -> list[str]:
    """Write what starts Apache, with no more than `AllowOverride FileInfo`; give its command."""
    program = shutil.which("apache2") or shutil.which("httpd")
    modules = next((Path(place) for place in _PLACES if Path(place).is_dir()), None)
    if program is None or modules is None:
        pytest.skip("Apache is not installed")
    mpm = next(name for name in ("mpm_event", "mpm_prefork") if (modules / f"mod_{name}.so").is_file())
    loaded = "\n".join(f"LoadModule {name}_module {modules}/mod_{name}.so" for name in (mpm, *_MODULES))
    (folder / "mime.types").touch()
    run_as = "User nobody\nGroup nogroup" if os.geteuid() == 0 else ""
    (folder / "httpd.conf").write_text(
        f"{loaded}\n{run_as}\nServerRoot {folder}\nPidFile {folder}/pid\nListen 127.0.0.1:{port}\n"
        f"ServerName localhost\nErrorLog {folder}/error.log\nTypesConfig {folder}/mime.types\n"
        f"DocumentRoot {folder}/www\n"
        f"<Directory {folder}/www>\nAllowOverride FileInfo\nRequire all granted\n</Directory>\n",
        encoding="utf-8",
    )
    return [program, "-f", str(folder / "httpd.conf"), "-DFOREGROUND"]


def nginx(port: int, folder: Path) -> list[str]:
    """Write what starts nginx and includes the file of the site; give its command."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed")
    kept = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; {kept}\n server {{ listen 127.0.0.1:{port}; root {folder}/www;\n"
        f"  include {folder}/www{BASE}nginx.conf; }} }}\n",
        encoding="utf-8",
    )
    return [program, "-c", str(folder / "nginx.conf")]


Ask = Callable[..., tuple[int, dict[str, str]]]


@pytest.fixture(params=[apache, nginx], ids=["apache", "nginx"], name="ask")
def of_a_server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ask]:
    """Give what asks a real server for an address of a small site: the status, and the headers in small letters."""
    site = tmp_path / "www" / BASE.strip("/")
    for name, text in FILES.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    hosting.write(make_settings(), site)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() == tmp_path.owner() and not folder.stat().st_mode & 0o001:
            folder.chmod(0o755)  # the server runs as another where root tests
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(request.param(port, tmp_path), stderr=subprocess.DEVNULL)

    def asked(path: str, **headers: str) -> tuple[int, dict[str, str]]:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        question = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept-Encoding": "gzip", **sent})
        try:
            with urllib.request.urlopen(question, timeout=10) as answer:  # noqa: S310 - our own server
                return answer.status, {name.lower(): value for name, value in answer.headers.items()}
        except urllib.error.HTTPError as error:
            return error.code, {name.lower(): value for name, value in error.headers.items()}

    try:
        for _ in range(100):
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, "the server stopped at once: its file is refused"
            time.sleep(0.05)
        yield asked
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def test_a_server_reads_its_file(ask: Ask) -> None:
    def of(name: str) -> dict[str, str]:
        status, headers = ask(f"{BASE}{name}")
        assert status == 200, name
        return headers

    for name in ("donnees/entreprises.geojson", "donnees/entreprises.xlsx", "entreprises/coop/coop.vcf"):
        expected = hosting.TYPES[name.rpartition(".")[2]].partition(";")[0]
        assert of(name)["content-type"].partition(";")[0] == expected
    for name in ("", "assets/bundles/annuaire.0123456789.css", "donnees/entreprises.geojson"):
        assert of(name)["content-encoding"] == "gzip"
    assert "content-encoding" not in of("donnees/entreprises.xlsx")
    assert of("")["cache-control"] == hosting.AGAIN
    assert of("assets/bundles/annuaire.0123456789.css")["cache-control"] == hosting.FOR_EVER
    assert (of("")[POLICY.lower()], of("integre/liste/")[POLICY.lower()]) == (hosting.OWN, hosting.ANY)
    for name, value in hosting.HEADERS.items():
        assert of("")[name.lower()] == value


def test_a_server_says_unchanged_and_shows_the_page_of_the_site(ask: Ask) -> None:
    for name in ("", "assets/bundles/annuaire.0123456789.css", "donnees/entreprises.xlsx"):
        _, headers = ask(f"{BASE}{name}")
        known = {"If_Modified_Since": headers["last-modified"]}
        if "etag" in headers:
            known["If_None_Match"] = headers["etag"]
        assert ask(f"{BASE}{name}", **known)[0] == 304, "a browser sends back both, the entity tag first"
    status, headers = ask(f"{BASE}absente/")
    assert status == 404
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["content-encoding"] == "gzip", "the whole page of the site, not the line of the server"
