"""Build regions.csv, mrc.csv, municipalites.csv and polygones.geojson from the ministries' open tables.

Usage: python tools/donnees/territoires.py DOSSIER_SOURCE [DOSSIER_DESTINATION]

DOSSIER_SOURCE holds regions.csv, mrc.csv, municipalites.csv (Répertoire des municipalités, MAMH) and
mrc-polygones.geojson (Système sur les découpages administratifs, MERN). Names and codes are the official ones; this
tool adds slugs and grammatical forms, formats postal codes and addresses of sites, and corrects only what
`CORRECTED_MRC` and `WHOLE_DESIGNATIONS` list. It computes no neighbour: see `voisins.py`.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from grammaire import AREA_CODES, REGIONS, forms_of, slug_of
from tableaux import Row, read_table, write_table

DESTINATION = Path(__file__).resolve().parents[2] / "src" / "annuaire" / "data"

REGION_COLUMNS = ("code", "nom", "slug", "en", "de", "population", "lettres_postales", "indicatif")
MRC_COLUMNS = ("code", "nom", "slug", "type", "titre", "dans", "de", "region", "population", "nb_municipalites")
MUNICIPALITY_COLUMNS = (
    "code",
    "nom",
    "slug",
    "designation",
    "mrc",
    "population",
    "latitude",
    "longitude",
    "source_coord",
    "code_postal",
    "site_web",
)

INUIT_LANDS = (
    "99877",
    "99878",
    "99879",
    "99883",
    "99885",
    "99887",
    "99888",
    "99889",
    "99890",
    "99891",
    "99892",
    "99893",
    "99894",
)

# Places that the source files under the wrong MRC or equivalent. Their point was that of the wrong territory, so it
# goes too.
CORRECTED_MRC = {
    # Inuit category I lands lie around the northern village of the same name, in Nunavik, not in Eeyou Istchee (whose
    # polygon, in the very same source, does not hold them).
    **dict.fromkeys(INUIT_LANDS, "992"),
    # The Naskapi village sits on the Kativik regional council; these two unorganised territories are north of 55°.
    "99065": "992",
    "99902": "992",
    "99904": "992",
    # Around Schefferville, in the MRC de Caniapiscau.
    "97806": "972",
    "97808": "972",
    "97810": "972",
}

# Cut by the source after 34 characters.
WHOLE_DESIGNATIONS = {
    "Village cri (Terre de la catégorie": "Village cri (Terre de la catégorie IB)",
    "Village naskapi (Terre de la catégo": "Village naskapi (Terre de la catégorie IB-N)",
}

SITE = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+(/[A-Za-z0-9._~/-]*)?")


def postal_code(raw: str) -> str:
    """Write a postal code « G9A 5K8 »; empty stays empty; raise `ValueError` on any other shape."""
    if not raw:
        return ""
    compact = raw.replace(" ", "").upper()
    if not re.fullmatch(r"[GHJ]\d[A-Z]\d[A-Z]\d", compact):
        raise ValueError(f"postal code: {raw!r}")
    return f"{compact[:3]} {compact[3:]}"


def site_address(raw: str) -> str:
    """Write the address of a site with its scheme, https when the source gives none; raise `ValueError` if not one."""
    if not raw:
        return ""
    address = raw.replace(",", ".")  # « www.msvalere.qc,ca »
    if "://" not in address:
        address = f"https://{address}"
    scheme, rest = address.split("://", 1)
    host, slash, path = rest.partition("/")
    address = f"{scheme.lower()}://{host.lower()}{slash}{path}"
    if not SITE.fullmatch(address):
        raise ValueError(f"site: {raw!r}")
    return address


def municipality_rows(source: Path) -> list[Row]:
    """Return the municipalities by code; two of one name in one MRC both take « -code » at the end of the slug."""
    raw_rows = sorted(read_table(source / "municipalites.csv"), key=lambda row: row["code"])
    homonyms: Counter[tuple[str, str]] = Counter()
    rows: list[Row] = []
    for raw in raw_rows:
        corrected = CORRECTED_MRC.get(raw["code"])
        moved = corrected is not None
        row = {
            "code": raw["code"],
            "nom": raw["nom"],
            "slug": slug_of(raw["nom"]),
            "designation": WHOLE_DESIGNATIONS.get(raw["designation"], raw["designation"]),
            "mrc": corrected or raw["mrc_code"],
            "population": raw["population"],
            "latitude": "" if moved else raw["lat"],
            "longitude": "" if moved else raw["lon"],
            "source_coord": "" if moved else raw["source_coord"],
            "code_postal": postal_code(raw["code_postal"]),
            "site_web": site_address(raw["web"]),
        }
        homonyms[row["mrc"], row["slug"]] += 1
        rows.append(row)
    for row in rows:
        if homonyms[row["mrc"], row["slug"]] > 1:
            row["slug"] = f"{row['slug']}-{row['code']}"
    return rows


def mrc_rows(source: Path, municipalities: list[Row]) -> list[Row]:
    """Return the MRCs and equivalents by code, with population and number of municipalities counted again."""
    population: Counter[str] = Counter()
    number: Counter[str] = Counter()
    for town in municipalities:
        population[town["mrc"]] += int(town["population"] or 0)
        number[town["mrc"]] += 1
    rows: list[Row] = []
    for raw in sorted(read_table(source / "mrc.csv"), key=lambda row: row["code_mamh"]):
        code = raw["code_mamh"]
        forms = forms_of(code, raw["nom"], raw["type"])
        rows.append(
            {
                "code": code,
                "nom": forms.nom,
                "slug": slug_of(forms.nom),
                "type": raw["type"],
                "titre": forms.titre,
                "dans": forms.dans,
                "de": forms.de,
                "region": raw["region_code"],
                "population": str(population[code]),
                "nb_municipalites": str(number[code]),
            }
        )
    return rows


def region_rows(source: Path, mrcs: list[Row], municipalities: list[Row]) -> list[Row]:
    """Return the regions by code, with population and the first letters of the postal codes in use there."""
    region_of = {mrc["code"]: mrc["region"] for mrc in mrcs}
    letters: defaultdict[str, set[str]] = defaultdict(set)
    population: Counter[str] = Counter()
    for town in municipalities:
        region = region_of[town["mrc"]]
        letters[region].update(town["code_postal"][:1])
        population[region] += int(town["population"] or 0)
    rows: list[Row] = []
    for raw in sorted(read_table(source / "regions.csv"), key=lambda row: row["code"]):
        in_form, of_form = REGIONS[raw["code"]]
        rows.append(
            {
                "code": raw["code"],
                "nom": raw["nom"],
                "slug": slug_of(raw["nom"]),
                "en": in_form,
                "de": of_form,
                "population": str(population[raw["code"]]),
                "lettres_postales": "".join(sorted(letters[raw["code"]])),
                "indicatif": AREA_CODES[raw["code"]],
            }
        )
    return rows


def polygons_text(source: Path) -> str:
    """Return the polygons as GeoJSON, one territory a line in order of code, coordinates as delivered."""
    collection = json.loads((source / "mrc-polygones.geojson").read_text(encoding="utf-8"))
    features = sorted(collection["features"], key=lambda feature: str(feature["properties"]["code"]))
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {"code": feature["properties"]["code"]},
                "geometry": feature["geometry"],
            },
            separators=(",", ":"),
        )
        for feature in features
    ]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def main(arguments: list[str]) -> None:
    """Write the four files into the destination folder."""
    source = Path(arguments[0])
    destination = Path(arguments[1]) if len(arguments) > 1 else DESTINATION
    municipalities = municipality_rows(source)
    mrcs = mrc_rows(source, municipalities)
    write_table(destination / "municipalites.csv", MUNICIPALITY_COLUMNS, municipalities)
    write_table(destination / "mrc.csv", MRC_COLUMNS, mrcs)
    write_table(destination / "regions.csv", REGION_COLUMNS, region_rows(source, mrcs, municipalities))
    (destination / "polygones.geojson").write_text(polygons_text(source), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(sys.argv[1:])
