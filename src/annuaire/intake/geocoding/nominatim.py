"""Ask a Nominatim server where an address is, politely: one request a second, who asks is said, no address twice.

What it answered is kept in a file of the site's cache, after each answer: a run that is stopped goes on where it was.
The rules of its use (https://operations.osmfoundation.org/policies/nominatim/): one request a second, a name of one's
own, answers kept. What it finds is OpenStreetMap's, under the ODbL.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from geopy.adapters import AdapterHTTPError, URLLibAdapter
from geopy.exc import (
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim

from annuaire import files
from annuaire.config import Settings
from annuaire.intake.geocoding import EXACT, STREET, BusyError, NoNetworkError, Point
from annuaire.text.problems import AnnuaireError

SERVER = "https://nominatim.openstreetmap.org"
FILE = "geocodage.json"
DELAY = 1.0  # seconds between two requests: the server's own rule
PATIENCE = 10.0  # seconds for an answer
_TRIES = 2  # for one address: then nobody is there


def user_agent(settings: Settings, version: str) -> str:
    """Say who asks, as the server wants it; raise AnnuaireError when the settings name nobody to write to."""
    contact = settings.pole.courriel or settings.pole.site_web or settings.repository
    if not contact:
        raise AnnuaireError(
            "Le serveur d’adresses veut savoir qui demande\u00a0: remplir «\u00a0courriel\u00a0» sous "
            "«\u00a0pole\u00a0» dans mkdocs.yml, ou ajouter «\u00a0--hors-ligne\u00a0»."
        )
    return f"annuaire/{version} ({contact})"


class Asking:
    """Ask a server, and remember what it answered in `cache`."""

    def __init__(
        self,
        cache: Path,
        agent: str,
        server: str = SERVER,
        *,
        delay: float = DELAY,
        patience: float = PATIENCE,
    ) -> None:
        parts = urlsplit(server)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise AnnuaireError(f"«\u00a0{server}\u00a0» n’est pas l’adresse d’un serveur, comme {SERVER}.")
        client = Nominatim(
            user_agent=agent,
            domain=parts.netloc + parts.path.rstrip("/"),
            scheme=parts.scheme,
            timeout=patience,
            adapter_factory=URLLibAdapter,  # the other one asks three times at once when nobody answers
        )
        self._ask = RateLimiter(client.geocode, min_delay_seconds=delay, max_retries=0, swallow_exceptions=False)
        self._file = cache / FILE
        self._known = _read(self._file)

    def find(self, street: str, town: str) -> Point | None:
        """Give the point of an address (see `annuaire.intake.geocoding.Geocoder`)."""
        key = f"{street}, {town}"
        if key not in self._known:
            self._known[key] = self._answer(street, town)
            files.save(self._file, json.dumps(self._known, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
        kept = self._known[key]
        return Point(*kept) if kept else None

    def _answer(self, street: str, town: str) -> list[Any] | None:
        query = {"street": street, "city": town, "state": "Québec", "country": "Canada"}
        for _ in range(_TRIES):
            try:
                return _point(self._ask(query, country_codes="ca", addressdetails=True, language="fr"))
            except (GeocoderTimedOut, GeocoderUnavailable):
                continue
            except GeocoderQuotaExceeded as error:  # « too many requests » too
                raise BusyError("le serveur demande d’attendre\u00a0: relancer la commande plus tard") from error
            except (GeocoderParseError, GeocoderQueryError, ValueError, TypeError, KeyError, AttributeError) as error:
                raise AnnuaireError("réponse illisible") from error
            except GeocoderServiceError as error:
                if not isinstance(error.__cause__, AdapterHTTPError):
                    continue  # nobody answered: no name, no road, a door that is closed
                raise BusyError("le serveur refuse de répondre\u00a0: relancer la commande plus tard") from error
        raise NoNetworkError("le serveur d’adresses ne répond pas")


def _point(found: Any) -> list[Any] | None:
    """Take latitude, longitude and precision from an answer; None when it is not at least a street."""
    if found is None:
        return None
    if not (-90 <= found.latitude <= 90 and -180 <= found.longitude <= 180):  # nor is NaN
        raise ValueError(found)
    address = found.raw.get("address", {})
    if address.get("house_number"):
        return [found.latitude, found.longitude, EXACT]
    return [found.latitude, found.longitude, STREET] if address.get("road") else None


def _read(file: Path) -> dict[str, Any]:
    """Read the answers kept; a file that was cut or changed is as none."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(kept, dict):
        return {}
    return {key: value for key, value in kept.items() if value is None or _is_kept(value)}


def _is_kept(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 3
        and all(isinstance(degrees, float) for degrees in value[:2])
        and value[2] in (EXACT, STREET)
    )
