"""Read the settings of a site once, from `mkdocs.yml`; they are then passed explicitly.

Everything a Pôle sets is in that one file, under `extra: annuaire:`, so that the theme and this package
read the same words whatever engine renders the shells. This module reads no record.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from annuaire import git
from annuaire.places import regions, territories
from annuaire.text.addresses import is_plain, judge_link, judge_web, refused
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile.source import parse_trusted

FILE = "mkdocs.yml"
DEMONSTRATION = "demonstration"
OFFICIAL = "officielle"
TABLES = "vocabularies"
PRINTED = ("prospectus", "repertoires", "financement", "fiches")  # what `documents` may ask for
SHARED = ("entreprises", "territoires", "secteurs")  # what `partage_images` may ask for
LONGEST_CAMPAIGN = 80  # characters: what stands on a picture
PAGES = "content/pages"  # where a site has the pages that it writes
KNOWN = {
    *("publication", "regions", "contenu", "pole", "licence_donnees", "depot", "depot_modifier", "portes", "exemples"),
    *("carte", "sources_exclues", "sources_gardees", "documents", "partage_images", "partage_mots", "alerte"),
}
ALERT_KEYS = {"texte", "adresse", "lien"}
DOOR_KEYS = {"titre", "adresse", "onglet"}
MAP_KEYS = {"tuiles", "mention"}
POLE_KEYS = {"nom", "courriel", "telephone", "site_web", "adresse", "responsable_renseignements", "hebergeur"}
_PLACE_OF_TILE = re.compile(r"\{[xyz]\}")
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#\[\]@]+(/[^\s?#]*)?$")
_ANY_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
# The last two: the law asks that the function of the person responsible be published, and visitors be told who hosts.
OFFICIAL_NEEDS = ("nom", "courriel", "telephone", "responsable_renseignements", "hebergeur")
# What shows that a setting was never filled: the words of `init`, a number of no one (555-01XX), a host that nobody
# owns (RFC 2606, RFC 6761).
_EXAMPLE = re.compile(r"\bExemple(?:ville)?\b|\b555[ -]?01[0-9]{2}\b")
_HOST = re.compile(r"(?:@|//)([^\s/?#:@<>\"]+)")
_NO_HOST = re.compile(r"(?:.*\.)?(?:example\.(?:com|net|org|edu)|example|test|invalid|localhost)\.?")


@dataclass(frozen=True, slots=True)
class Pole:
    """Say who publishes the site; every text may be empty in a demonstration.

    `responsable_renseignements` is the function, never the name, of the person responsible for personal information
    (Act respecting the protection of personal information in the private sector, s. 3.1); `hebergeur` is the host.
    """

    nom: str = ""
    courriel: str = ""
    telephone: str = ""
    site_web: str = ""
    adresse: str = ""
    responsable_renseignements: str = ""
    hebergeur: str = ""


@dataclass(frozen=True, slots=True)
class Tiles:
    """Name the server of a detailed map: the address of its pictures, with `{z}`, `{x}` and `{y}`, and its notice.

    No page asks it for anything before the visitor says so.
    """

    address: str
    notice: str

    @property
    def host(self) -> str:
        """Give its host."""
        return urlsplit(self.address).netloc


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold the settings of one site. Paths are absolute."""

    root: Path
    config_file: Path
    site_name: str
    site_url: str
    site_dir: Path
    pages: Path
    content: Path
    publication: str
    regions: tuple[str, ...]
    pole: Pole
    data_licence: str
    repository: str
    edit_prefix: str
    examples: tuple[str, ...] = ()
    excluded_sources: tuple[str, ...] = ()
    kept_sources: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    shared_pictures: tuple[str, ...] = ()
    campaign: str = ""
    tiles: Tiles | None = None

    @property
    def is_demonstration(self) -> bool:
        """Tell whether every page must say that this is a demonstration, closed to search engines."""
        return self.publication == DEMONSTRATION

    @property
    def cache(self) -> Path:
        """Give the folder where shells and other remains of a build are kept."""
        return self.root / ".annuaire"

    @property
    def told(self) -> str:
        """Say all that is set, wherever the folder stands: what is kept inside may be carried with it."""
        values = (getattr(self, one.name) for one in fields(self))
        return repr([os.path.relpath(value, self.root) if isinstance(value, Path) else value for value in values])

    @property
    def own_tables(self) -> Path:
        """Give the folder where a site has its own vocabularies and rows of the official tables; it may be absent."""
        return self.content / TABLES

    @property
    def base_path(self) -> str:
        """Give the path of the site on its host, with both slashes (`/` or `/annuaire/`)."""
        path = urlsplit(self.site_url).path
        return "/" + path.strip("/") + "/" if path.strip("/") else "/"

    def relative(self, path: Path) -> str:
        """Name a file as a person of the project sees it: relative to the root where possible."""
        try:
            return path.resolve().relative_to(self.root).as_posix()
        except (ValueError, RuntimeError, OSError):  # outside, or a link that leads to itself
            return path.as_posix()


def load(config_file: Path) -> Settings:
    """Read the settings; raise AnnuaireError, in French, on a missing file or a wrong setting."""
    config_file = config_file.resolve()
    if not config_file.is_file() and config_file.name != FILE:
        raise AnnuaireError(f"Le fichier {config_file.name} est introuvable\u00a0: vérifier «\u00a0--config\u00a0».")
    if not config_file.is_file():
        raise AnnuaireError(
            f"Ce dossier n’est pas celui d’un répertoire (il y manque {FILE})\u00a0: se rendre dans le sien "
            "(cd DOSSIER), dire où il est (annuaire --config DOSSIER/mkdocs.yml …), ou en faire un "
            "(annuaire init DOSSIER --region RÉGION)."
        )
    values = parse_trusted(config_file, lenient_tags=True)
    root = config_file.parent
    extra = values.get("extra")
    own = extra.get("annuaire", {}) if isinstance(extra, dict) else {}
    _check_keys(own, KNOWN, "extra.annuaire")
    pole = own.get("pole", {})
    _check_keys(pole, POLE_KEYS, "extra.annuaire.pole")
    content = root / (_text(own, "contenu") or "content")
    if content.exists() and not content.is_dir():
        raise AnnuaireError(f"{config_file.name}\u00a0: «\u00a0{content.name}\u00a0» n’est pas un dossier.")
    settings = Settings(
        root=root,
        config_file=config_file,
        site_name=_text(values, "site_name") or "Annuaire",
        site_url=_text(values, "site_url").rstrip("/") + "/",
        site_dir=root / (_text(values, "site_dir") or "site"),
        pages=root / (_text(values, "docs_dir") or PAGES),
        content=content,
        publication=_text(own, "publication") or DEMONSTRATION,
        regions=_regions(own, config_file.name, content / TABLES),
        pole=Pole(**{key: _text(pole, key) for key in pole}),
        data_licence=_text(own, "licence_donnees"),
        repository=_text(own, "depot"),
        edit_prefix=_text(own, "depot_modifier"),
        examples=_texts(own, "exemples"),
        excluded_sources=_texts(own, "sources_exclues"),
        kept_sources=_texts(own, "sources_gardees"),
        documents=_texts(own, "documents"),
        shared_pictures=_texts(own, "partage_images"),
        campaign=_text(own, "partage_mots"),
        tiles=_tiles(own),
    )
    _check(settings)
    _check_addresses(settings, own)
    _refuse_examples(settings, own)
    return settings


_LONGEST_EPOCH = 11  # digits: until the year 5138


def reference_date(root: Path) -> datetime:
    """Give the date pages are dated with: SOURCE_DATE_EPOCH, else the last commit's, else now (UTC).

    Raise AnnuaireError when SOURCE_DATE_EPOCH is not a number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        if not (epoch.isascii() and epoch.isdigit() and len(epoch) <= _LONGEST_EPOCH):
            raise AnnuaireError(
                f"SOURCE_DATE_EPOCH vaut «\u00a0{epoch}\u00a0»\u00a0: écrire un nombre entier de secondes depuis 1970 "
                "(git log -1 --format=%ct le donne), ou ne rien y mettre."
            )
        return datetime.fromtimestamp(int(epoch), UTC)
    stamp = git.answer(root, "log", "-1", "--format=%ct").decode("ascii", "replace").strip()
    return datetime.fromtimestamp(int(stamp), UTC) if stamp.isdigit() else datetime.now(UTC).replace(microsecond=0)


def commit_id(root: Path) -> str:
    """Give the abbreviated identifier of the last commit, or an empty text outside a repository."""
    return git.answer(root, "rev-parse", "--short=10", "HEAD").decode("ascii", "replace").strip()


def today() -> date:
    """Give today's date, for judging only: pages use `reference_date`."""
    return datetime.now(UTC).astimezone().date()


def judging_date(root: Path) -> date:
    """Give the day records are judged on before a build.

    It is today, since a record verified since the last commit is not of the future; or the reference date, when the
    clock of this machine is behind it.
    """
    return max(today(), reference_date(root).date())


def _check(settings: Settings) -> None:
    where = f"{settings.config_file.name}\u00a0:"
    if settings.publication not in (DEMONSTRATION, OFFICIAL):
        raise AnnuaireError(
            f"{where} «\u00a0publication\u00a0» doit être «\u00a0{DEMONSTRATION}\u00a0» ou «\u00a0{OFFICIAL}\u00a0»."
        )
    # A preview may stand on this machine: the host is judged once the publication is official.
    if not _WEB_ADDRESS.match(settings.site_url) or not is_plain(settings.site_url):
        raise AnnuaireError(f"{where} «\u00a0site_url\u00a0» doit être l’adresse complète du site, avec https://.")
    if settings.publication == OFFICIAL:
        missing = [f"pole.{name}" for name in OFFICIAL_NEEDS if not getattr(settings.pole, name)]
        missing += [] if settings.data_licence else ["licence_donnees"]
        if missing:
            raise AnnuaireError(
                f"{where} une publication officielle exige aussi, sous «\u00a0extra.annuaire\u00a0»\u00a0: "
                f"{', '.join(missing)}."
            )
    asked = {"documents": (settings.documents, PRINTED), "partage_images": (settings.shared_pictures, SHARED)}
    for name, (words, known) in asked.items():
        unknown = sorted({*words} - {*known})
        if unknown:
            raise AnnuaireError(
                f"{where} «\u00a0{unknown[0]}\u00a0» n’est pas de ceux que «\u00a0{name}\u00a0» peut "
                f"demander\u00a0: choisir parmi {', '.join(known)}."
            )
    if len(settings.campaign) > LONGEST_CAMPAIGN:
        raise AnnuaireError(
            f"{where} «\u00a0partage_mots\u00a0» doit tenir en {LONGEST_CAMPAIGN} caractères, sur une seule image."
        )
    both = sorted({*settings.excluded_sources} & {*settings.kept_sources})
    if both:
        raise AnnuaireError(
            f"{where} «\u00a0{both[0]}\u00a0» est à la fois sous «\u00a0sources_exclues\u00a0» et sous "
            "«\u00a0sources_gardees\u00a0»\u00a0: choisir."
        )
    for name in ("repository", "edit_prefix"):
        value = getattr(settings, name)
        if value and not (value.startswith("https://") and _WEB_ADDRESS.match(value)):
            raise AnnuaireError(f"{where} l’adresse «\u00a0{value}\u00a0» doit commencer par https://.")


def _check_addresses(settings: Settings, own: dict[str, Any]) -> None:
    """Refuse the settings that would put on every page an address that leads nowhere public, or that acts."""
    written = {"depot": settings.repository, "depot_modifier": settings.edit_prefix}
    written["pole.site_web"] = settings.pole.site_web
    written |= {"licence_donnees": address[0]} if (address := _ANY_ADDRESS.search(settings.data_licence)) else {}
    faults = {name: refused(value, judge_web(value)) for name, value in written.items() if value}
    for rank, door in enumerate(_doors(own), 1):
        faults[f"portes, ligne {rank}, adresse"] = refused(door, judge_link(door))
    faults["alerte.adresse"] = refused(alert, judge_link(alert)) if (alert := _alert(own)) else ""
    for name, fault in faults.items():
        if fault:
            raise AnnuaireError(f"{settings.config_file.name}\u00a0: «\u00a0{name}\u00a0»\u00a0: {fault}")


def _alert(own: dict[str, Any]) -> str:
    """Give the address of the alert banner, which the theme reads by itself; nothing when there is none."""
    alert = own.get("alerte") or {}
    _check_keys(alert, ALERT_KEYS, "extra.annuaire.alerte")
    if alert and not (_text(alert, "texte") and bool(_text(alert, "adresse")) == bool(_text(alert, "lien"))):
        raise AnnuaireError(
            "mkdocs.yml\u00a0: «\u00a0alerte\u00a0» doit donner «\u00a0texte\u00a0», et, s’il y a un lien, "
            "«\u00a0adresse\u00a0» et «\u00a0lien\u00a0» (ses mots)."
        )
    return _text(alert, "adresse")


def _doors(own: dict[str, Any]) -> Iterator[str]:
    """Yield the addresses of the doors of the header, which the theme reads by itself."""
    doors = own.get("portes", [])
    for door in doors if isinstance(doors, list) else [None]:
        if not isinstance(door, dict) or set(door) - DOOR_KEYS or not all(isinstance(v, str) for v in door.values()):
            raise AnnuaireError(
                "mkdocs.yml\u00a0: «\u00a0portes\u00a0» doit être une liste dont chaque ligne donne "
                "«\u00a0titre\u00a0», «\u00a0adresse\u00a0» et «\u00a0onglet\u00a0»."
            )
        yield door.get("adresse", "")


def _refuse_examples(settings: Settings, own: dict[str, Any]) -> None:
    """Refuse, in an official publication, what still is an example; a site of an invented region is one throughout."""
    if settings.publication != OFFICIAL or (settings.regions and not {*settings.regions} & {*territories.regions()}):
        return
    written = {"site_name": settings.site_name, "site_url": settings.site_url}
    written |= {f"pole.{name}": text for name, text in asdict(settings.pole).items()}
    written |= {"licence_donnees": settings.data_licence, "depot": settings.repository}
    written["depot_modifier"] = settings.edit_prefix
    written |= {f"portes, ligne {rank}, adresse": door for rank, door in enumerate(_doors(own), 1)}
    for name, value in written.items():
        if _EXAMPLE.search(value) or any(_NO_HOST.fullmatch(host.lower()) for host in _HOST.findall(value)):
            raise AnnuaireError(
                f"{settings.config_file.name}\u00a0: «\u00a0{name}\u00a0» est encore un exemple "
                f"(«\u00a0{value}\u00a0»)\u00a0: écrire ce qui est vrai, ou revenir à "
                "«\u00a0publication: demonstration\u00a0»."
            )


def _check_keys(values: Any, known: set[str], where: str) -> None:
    if not isinstance(values, dict):
        raise AnnuaireError(
            f"mkdocs.yml\u00a0: «\u00a0{where}\u00a0» doit contenir des lignes «\u00a0clé\u00a0: valeur\u00a0»."
        )
    unknown = sorted(set(values) - known)
    if unknown:
        raise AnnuaireError(
            f"mkdocs.yml\u00a0: «\u00a0{unknown[0]}\u00a0» n’existe pas sous «\u00a0{where}\u00a0»; "
            f"choisir parmi\u00a0: {', '.join(sorted(known))}."
        )


def _regions(own: dict[str, Any], file: str, tables: Path) -> tuple[str, ...]:
    """Give the codes of the regions, which may be named; none stands for all of Québec."""
    value = own.get("regions", regions.ALL)
    names = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()
    if not names or not all(isinstance(name, str) and name for name in names):
        raise AnnuaireError(
            f"{file}\u00a0: «\u00a0regions\u00a0» doit être une liste de noms ou de codes de régions, ou "
            f"«\u00a0{regions.ALL}\u00a0» pour tout le Québec."
        )
    try:
        return tuple(region.code for region in regions.find(names, tables))
    except AnnuaireError as error:
        raise AnnuaireError(f"{file}\u00a0: «\u00a0regions\u00a0»\u00a0: {error}") from error


def _tiles(own: dict[str, Any]) -> Tiles | None:
    """Read the server of a detailed map; it is nobody's by default."""
    on_map = own.get("carte", {})
    _check_keys(on_map, MAP_KEYS, "extra.annuaire.carte")
    address, notice = _text(on_map, "tuiles"), _text(on_map, "mention")
    if not address and not notice:
        return None
    plain = _PLACE_OF_TILE.sub("0", address)
    fault = refused(plain, judge_web(plain)) if plain else ""
    held = set(_PLACE_OF_TILE.findall(address))
    if not fault and not (address.startswith("https://") and held == {"{z}", "{x}", "{y}"}):
        fault = "écrire une adresse https:// qui contient {z}, {x} et {y}."
    if fault or not notice:
        name = "tuiles" if fault else "mention"
        said = fault or "écrire la mention que demande le serveur, par exemple «\u00a0© qui a fait la carte\u00a0»."
        raise AnnuaireError(f"mkdocs.yml\u00a0: «\u00a0carte.{name}\u00a0»\u00a0: {said}")
    return Tiles(address, notice)


def _texts(values: dict[str, Any], key: str) -> tuple[str, ...]:
    found = values.get(key, [])
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise AnnuaireError(f"mkdocs.yml\u00a0: «\u00a0{key}\u00a0» doit être une liste de textes.")
    return tuple(text.strip() for text in found)


def _text(values: dict[str, Any], key: str) -> str:
    value = values.get(key, "")
    if not isinstance(value, str):
        raise AnnuaireError(f"mkdocs.yml\u00a0: «\u00a0{key}\u00a0» doit être un texte.")
    return value.strip()
