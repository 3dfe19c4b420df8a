"""Write a whole new repository for a Pôle, whose first build gives an empty site in demonstration mode.

What it holds is `nouveau/`, where `{{…}}` stands for what the region decides, and what this repository shares with it.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from annuaire import __version__, files, git
from annuaire.places import territories
from annuaire.places.regions import ALL
from annuaire.places.territories import Region
from annuaire.text import french
from annuaire.text.names import fold
from annuaire.text.problems import AnnuaireError

FORGE = Path(__file__).parent / "forge"  # what the forge's automata run
NEW = Path(__file__).parent / "nouveau"
ADDRESS = "https://example.org/"
_HIDDEN = {"gitignore": ".gitignore", "gitattributes": ".gitattributes"}  # under these names they would act here
_EMPTY = ("content/enterprises/.gitkeep", "content/pages/.gitkeep")  # git keeps no empty folder
_PICTURE = ".png"
_PROGRAM = "annuaire"  # the only file that is run
_MRC = "Mékinac"  # the one that the guide names
_SUFFIX = ".whl"
_WHEEL = "{address}/releases/download/v{version}/annuaire-{version}-py3-none-any.whl"


def contents(regions: Iterable[Region], address: str, package: str) -> dict[str, str | bytes]:
    """Give what every file of a new repository holds, by its path; no region means all of Québec."""
    regions = tuple(regions)
    places = territories.load()
    mrc = places.mrcs_of([region.code for region in regions])[0]
    values = {
        "{{de}}": french.enumeration([region.de for region in regions]) if regions else "du Québec",
        "{{regions}}": ", ".join(json.dumps(r.nom, ensure_ascii=False) for r in regions) or ALL,
        "{{adresse}}": address,
        "{{paquet}}": package,
        f"{ADDRESS}contribuer/": f"{address}contribuer/",
        _MRC: mrc.nom,
        fold(_MRC): mrc.slug,
    }
    found: dict[str, str | bytes] = dict.fromkeys(_EMPTY, "")
    for path in sorted(path for path in NEW.rglob("*") if path.is_file()):
        name = path.relative_to(NEW).as_posix()
        is_picture = path.suffix == _PICTURE
        text = path.read_bytes() if is_picture else _filled(path.read_text(encoding="utf-8"), values)
        found[_HIDDEN.get(name, name)] = text
    return found


def _filled(text: str, values: Mapping[str, str]) -> str:
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text


def write(folder: Path, made: Mapping[str, str | bytes]) -> None:
    """Write a repository in a folder that is not there, or empty; raise AnnuaireError where it holds something.

    The fresh clone of an empty repository counts as empty.
    """
    if folder.exists() and (not folder.is_dir() or any(path.name != ".git" for path in folder.iterdir())):
        raise AnnuaireError(
            f"«\u00a0{folder.name}\u00a0» existe déjà et n’est pas vide\u00a0: donner le nom d’un dossier nouveau. "
            "Rien n’a été écrit."
        )
    for name, text in made.items():
        files.write(folder, name, text)
    (folder / _PROGRAM).chmod(0o755)


def judged_package(said: str) -> str:
    """Give what `paquet.txt` holds for the package that a person named: an https address, or the whole path of a file.

    Raise AnnuaireError when it is neither of a .whl.
    """
    address, path = urlsplit(said), Path(said)
    is_address = address.scheme == "https" and address.hostname and not re.search(r"\s", said)
    if is_address and address.path.endswith(_SUFFIX):
        return said
    if path.suffix == _SUFFIX and path.is_file():
        return str(path.resolve())
    raise AnnuaireError(
        f"--paquet\u00a0: «\u00a0{said}\u00a0» n’est ni l’adresse d’un paquet (https://….whl), ni un fichier .whl "
        "qui existe\u00a0: donner l’adresse du paquet d’une parution, ou faire le paquet («\u00a0make wheel\u00a0», "
        "dans le dépôt du programme) et donner son chemin. Rien n’a été écrit."
    )


def package() -> str:
    """Say where this very version of the program can be installed from; an empty text when nobody told it.

    An installed program remembers where it came from (PEP 610); one that runs from its repository knows its origin.
    """
    try:
        told = importlib.metadata.distribution("annuaire").read_text("direct_url.json")
    except importlib.metadata.PackageNotFoundError:
        return ""
    origin = json.loads(told or "{}")
    url = origin.get("url", "")
    if url.startswith("https://") and "archive_info" in origin:
        digest = origin["archive_info"].get("hashes", {}).get("sha256", "")
        return f"{url}#sha256={digest}" if digest else str(url)
    if not url.startswith("file://") or "dir_info" not in origin:
        return ""
    remote = git.answer(Path(__file__).parent, "config", "--get", "remote.origin.url").decode("utf-8", "replace")
    home = re.fullmatch(r"(?:https://|ssh://git@|git@)([\w.-]+)[:/]([\w./-]+?)(?:\.git)?/?", remote.strip())
    return _WHEEL.format(address=f"https://{home[1]}/{home[2]}", version=__version__) if home else ""
