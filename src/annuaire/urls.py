"""Give every address of the site and the file each one is written to; no other module builds one.

Addresses here are relative to the site's root, without a leading slash and with a trailing one (`""` is the
home page): `entreprises/coop-exemple/`. Pages reach one another with relative links, so that a preview works
from any folder. Those that the scripts of the pages know too stand in `data/adresses.json`.
"""

from __future__ import annotations

import re

from annuaire.shared import ADDRESSES

HOME = ""
ENTERPRISES = ADDRESSES["entreprises"]
TERRITORIES = "territoires/"
SECTORS = ADDRESSES["secteurs"]
FORMS = "formes/"
SEARCH = ADDRESSES["recherche"]
SEARCH_DATA = ADDRESSES["fichesCherchees"]
DATA = "donnees/"
VOCABULARIES = "donnees/vocabulaires/"
DICTIONARY = "donnees/dictionnaire/"
PROBLEMS = "donnees/messages/"
DCAT = "donnees/dcat.jsonld"
FEED = "donnees/nouveautes.xml"
EVENTS = "evenements/"
EVENTS_FEED = "evenements/evenements.ics"
ECOSYSTEM = "aide/ecosysteme/"
STATISTICS = "statistiques/"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
MANIFEST = "site.webmanifest"
CONTRIBUTE = "contribuer/"
FORM_DATA = ADDRESSES["donneesDuFormulaire"]
FORM_RECORDS = ADDRESSES["fiches"]
PRIVACY = "vie-privee/"
BUY = "acheter/"
CATEGORIES = ADDRESSES["categories"]
CATALOGUE = ADDRESSES["catalogue"]
CATALOGUE_DATA = ADDRESSES["donneesDuCatalogue"]
CATALOGUE_DETAILS = ADDRESSES["detailsDuCatalogue"]
CATALOGUE_TEXTS = ADDRESSES["textesDuCatalogue"]
SELECTION = "acheter/selection/"
SEARCH_RECORD = ADDRESSES["releve"]
VERIFY = "acheter/verifier/"
LEDGER = "acheter/carnet/"
LEDGER_DATA = ADDRESSES["donneesDuCarnet"]
MODE = "acheter/mode/"
TOGETHER = ADDRESSES["ensemble"]
NEEDS = "acheter/besoins/"
NEEDS_FEED = "acheter/besoins/besoins.xml"
ROTATION = "acheter/rotation/"
INITIATIVE = "acheter/initiative/"
JOIN = "acheter/participer/"
MAP = ADDRESSES["carte"]
MAP_DATA = ADDRESSES["donneesDeLaCarte"]
EMBEDDING = "integrer/"
EMBEDDED_LIST = ADDRESSES["integreListe"]
EMBEDDED_SEARCH = ADDRESSES["integreRecherche"]
EMBEDDED_MAP = ADDRESSES["integreCarte"]
GAPS = "acheter/lacunes/"
GAPS_DATA = "donnees/lacunes.csv"
HELP = ADDRESSES["aide"]
HELP_DATA = ADDRESSES["donneesDeLAide"]
FILES = "fichiers/"  # what the folder of the same name of the pages holds
PROJECT = "aide/mon-projet/"
FUNDING = "aide/financement/"
DOCUMENTS = "documents/"
RESERVED_SLUGS = frozenset({"index", "page", "gabarits", "404"})
PAGED_SLUG = re.compile(r"page-[0-9]+")


def is_reserved(slug: str) -> bool:
    """Tell whether the site keeps an address for itself: `entreprises/page-2/` is the second page of the listing."""
    return slug in RESERVED_SLUGS or PAGED_SLUG.fullmatch(slug) is not None


def enterprise(slug: str) -> str:
    """Give the address of a profile."""
    return f"{ENTERPRISES}{slug}/"


def item(address: str, slug: str) -> str:
    """Give the address of a record of a collection whose listing is at `address`."""
    return f"{address}{slug}/"


def event(slug: str) -> str:
    """Give the address of an event."""
    return item(EVENTS, slug)


def event_file(slug: str) -> str:
    """Give the address of the entry that an agenda reads, beside an event."""
    return f"{event(slug)}{slug}.ics"


def territory_feed(mrc: str) -> str:
    """Give the address of the iCalendar feed of an MRC, by slug."""
    return f"{EVENTS}territoires/{mrc}.ics"


def territory_news(mrc: str) -> str:
    """Give the address of the feed of an MRC, by slug: what changed in its enterprises."""
    return f"{territory(mrc)}nouveautes.xml"


def ecosystem(mrc: str) -> str:
    """Give the address of the picture of who helps in an MRC, by slug."""
    return f"{ECOSYSTEM}{mrc}/"


def correct(reference: str) -> str:
    """Give the address of the form, open at a record (see `annuaire.records.collections.reference`)."""
    return f"{CONTRIBUTE}?fiche={reference}"


def new_record(collection: str) -> str:
    """Give the address of the form, open at a new record of a collection."""
    return f"{CONTRIBUTE}?nouvelle={collection}"


def form_data(collection: str = "") -> str:
    """Give the address of what the form of corrections reads of a collection, of enterprises when none is named."""
    return f"{ADDRESSES['donneesDUnFormulaire']}{collection}.json" if collection else FORM_DATA


def form_rules(collection: str = "") -> str:
    """Give the address of what the form judges a record of a collection with, of enterprises when none is named."""
    return ADDRESSES["reglesDUnFormulaire"] + f"{collection}.json" if collection else ADDRESSES["reglesDuFormulaire"]


def record_text(reference: str) -> str:
    """Give the address of the text of a record, which the form of corrections starts from."""
    return f"{ADDRESSES['textesDesFiches']}{reference}.yml"


def polygon(mrc: str) -> str:
    """Give the address of the polygon of an MRC, by code, which the form fetches when a place needs it."""
    return f"{ADDRESSES['polygones']}{mrc}.json"


def vcard(slug: str) -> str:
    """Give the address of a profile's vCard."""
    return f"{ENTERPRISES}{slug}/{slug}.vcf"


def image(slug: str, name: str, side: int, ending: str) -> str:
    """Give the address of an image of a profile at one of its sizes, by its file: `facade-jpg-320.jpg`."""
    return f"{ENTERPRISES}{slug}/images/{name.replace('.', '-')}-{side}.{ending}"


def shared_picture(page: str) -> str:
    """Give the address of the picture to share of a page, beside it and of the same name."""
    return f"{page}{page.rstrip('/').rpartition('/')[2]}.png"


def region(slug: str) -> str:
    """Give the address of a region."""
    return f"regions/{slug}/"


def territory(mrc: str) -> str:
    """Give the address of an MRC or equivalent, by slug."""
    return f"territoires/{mrc}/"


def territory_sector(mrc: str, sector: str) -> str:
    """Give the address of the enterprises of one sector in one MRC."""
    return f"territoires/{mrc}/secteurs/{sector}/"


def municipality(mrc: str, municipality: str) -> str:
    """Give the address of a municipality, under its MRC (29 of them share a name with an MRC)."""
    return f"territoires/{mrc}/municipalites/{municipality}/"


def sector(slug: str) -> str:
    """Give the address of a sector."""
    return f"{SECTORS}{slug}/"


def form(slug: str) -> str:
    """Give the address of a legal form."""
    return f"formes/{slug}/"


def help_need(slug: str) -> str:
    """Give the address of what helps with one need."""
    return f"{HELP}besoins/{slug}/"


def help_in(mrc: str) -> str:
    """Give the address of who helps in an MRC, by slug."""
    return f"{HELP}territoires/{mrc}/"


def help_asked(mrc_code: str) -> str:
    """Give the address of « Trouver de l’aide » with a territory chosen, by its code."""
    return f"{HELP}?mrc={mrc_code}"


def category(slug: str) -> str:
    """Give the address of a purchase category."""
    return f"{CATEGORIES}{slug}/"


def category_territory(slug: str, mrc: str) -> str:
    """Give the address of the suppliers of one purchase category in one MRC."""
    return f"{CATEGORIES}{slug}/{mrc}/"


def gaps_region(slug: str) -> str:
    """Give the address of the supply gaps of one region, on a site that covers several."""
    return f"{GAPS}{slug}/"


def data_file(name: str) -> str:
    """Give the address of a data file."""
    return DATA + name


def statistics_file(table: str) -> str:
    """Give the address of the figures of one table of the statistics, by its code."""
    return data_file(f"statistiques-{table}.csv")


def document(name: str) -> str:
    """Give the address of a document to print, by its name (`prospectus-mekinac`, `fiches/coop-exemple`)."""
    return f"{DOCUMENTS}{name}.pdf"


def record_schema(name: str) -> str:
    """Give the address of the JSON Schema of a kind of record, for editors."""
    return f"schemas/{name}.schema.json"


def sitemap_part(number: int) -> str:
    """Give the address of the n-th part of a sitemap too long for one file."""
    return f"sitemap-{number}.xml"


def page(base: str, number: int) -> str:
    """Give the address of the n-th page of a listing (the first one is the listing itself)."""
    return base if number == 1 else f"{base}page-{number}/"


def output_path(url: str) -> str:
    """Give the file an address is written to, relative to the site's folder."""
    return f"{url}index.html" if url == "" or url.endswith("/") else url


def depth(url: str) -> int:
    """Count the folders between the site's root and the page of an address (0 for the home page)."""
    return url.count("/")


def prefix(url: str) -> str:
    """Give what leads from a page back to the site's root (`../../` for a profile, `./` for the home page)."""
    return "../" * depth(url) or "./"


def nearer(html: str, url: str) -> str:
    """Write the addresses of a page that climb to the root only to come back to its own folders from where it stands.

    `../../entreprises/b/` in the page `entreprises/a/` becomes `../b/`: the same place, in fewer bytes.
    """
    folders = url.split("/")[:-1]
    for count in range(len(folders), 0, -1):
        back = prefix(url) + "".join(f"{name}/" for name in folders[:count])
        html = html.replace(f'="{back}', f'="{"../" * (len(folders) - count) or "./"}')
    return html
