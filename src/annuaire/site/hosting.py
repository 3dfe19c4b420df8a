"""Write what tells a web server how to serve the site: types, compression, caching, headers that a page cannot carry.

One table, four writings: `_headers` (Netlify, Cloudflare Pages), `.htaccess` (Apache), `web.config` (IIS) are read by
the server that knows them and by no other; `nginx.conf` is to be included by hand. Nothing of a record is in them.
HSTS is left to the owner of the domain: it holds for all that the domain serves, and cannot be taken back for a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr

from annuaire import files
from annuaire.config import Settings

# By extension: servers that do not know a type refuse the file (IIS) or call it a text (others, with `nosniff`).
TYPES: Mapping[str, str] = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "geojson": "application/geo+json",
    "webmanifest": "application/manifest+json",
    "xml": "application/xml",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "yml": "text/yaml; charset=utf-8",
    "vcf": "text/vcard; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "png": "image/png",
    "ico": "image/x-icon",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
    "woff2": "font/woff2",
    "wasm": "application/wasm",
}
_PACKED = ("xlsx", "docx", "pdf", "png", "ico", "jpg", "jpeg", "webp", "avif", "woff2")  # compressed already
EMBEDDED = "integre"  # the folder of the pages that other sites may frame
HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self)",
}
_POLICY = "Content-Security-Policy"
OWN, ANY = "frame-ancestors 'self'", "frame-ancestors *"
# What is in the folder of bundles bears in its name the hash of what it holds; all the rest is asked again.
FOR_EVER, AGAIN = "public, max-age=31536000, immutable", "no-cache"
HSTS = "Strict-Transport-Security"
_HSTS_VALUE = "max-age=31536000"
_MADE = "Écrit par annuaire\u00a0: refait à chaque construction du site."
_LEFT = f"{HSTS}\u00a0: à activer par qui tient le domaine, une fois tout le domaine en https"


def write(settings: Settings, out: Path) -> None:
    """Write the four files at the top of a site made in `out`."""
    folders = sorted(path.name for path in out.iterdir() if path.is_dir())
    files.write(out, "_headers", headers(settings.base_path, folders))
    files.write(out, ".htaccess", apache(settings.base_path))
    files.write(out, "web.config", iis(settings.base_path))
    files.write(out, "nginx.conf", nginx(settings.base_path))


def headers(base: str, folders: Iterable[str]) -> str:
    """Write the headers for Netlify and Cloudflare Pages, whose rules add up: each folder has its own policy."""
    rules: list[tuple[str, Mapping[str, str]]] = [(f"{base}*", HEADERS), (base, {_POLICY: OWN})]
    rules += [(f"{base}{name}/*", {_POLICY: ANY if name == EMBEDDED else OWN}) for name in folders]
    rules.append((f"{base}assets/bundles/*", {"Cache-Control": FOR_EVER}))
    lines = [f"# {_MADE}", f"# {_LEFT}.", ""]
    for path, values in rules:
        lines += [path, *(f"  {name}: {value}" for name, value in values.items()), ""]
    return "\n".join(lines)


def apache(base: str) -> str:
    """Write the rules for Apache 2.4; a module that is not there leaves its rules aside.

    `AllowOverride FileInfo` is enough: a rule that is not allowed would stop the whole site. Apache shows `index.html`
    of a folder already.
    """
    types = "\n".join(f"  AddType '{kind}' .{extension}" for extension, kind in TYPES.items())
    packed = "|".join(_PACKED)
    own = "\n".join(f'  Header always set {name} "{value}"' for name, value in HEADERS.items())
    return f"""# {_MADE}
ErrorDocument 404 {base}404.html
# Ce qui comprime change l’ETag sans le reconnaître ensuite\u00a0: «\u00a0inchangé\u00a0» vient de la date seule.
FileETag None
<IfModule mod_mime.c>
{types}
</IfModule>
<IfModule mod_filter.c>
<IfModule mod_deflate.c>
  SetOutputFilter DEFLATE
  SetEnvIfNoCase Request_URI "\\.({packed})$" no-gzip
</IfModule>
</IfModule>
<IfModule mod_setenvif.c>
  SetEnvIf Request_URI "/{EMBEDDED}/" embedded
  SetEnvIf Request_URI "/assets/bundles/" hashed
</IfModule>
<IfModule mod_headers.c>
{own}
  Header always set {_POLICY} "{OWN}" env=!embedded
  Header always set {_POLICY} "{ANY}" env=embedded
  Header set Cache-Control "{AGAIN}" env=!hashed
  Header set Cache-Control "{FOR_EVER}" env=hashed
  # {_LEFT}\u00a0:
  # Header always set {HSTS} "{_HSTS_VALUE}"
</IfModule>
"""


def iis(base: str) -> str:
    """Write the rules for IIS 10, which answers 404 for a file whose type it was not told."""
    types = "\n".join(
        f'      <remove fileExtension=".{extension}" />'
        f"<mimeMap fileExtension={quoteattr('.' + extension)} mimeType={quoteattr(kind)} />"
        for extension, kind in TYPES.items()
    )
    own = "\n".join(f"        {_added(name, value)}" for name, value in {**HEADERS, _POLICY: OWN}.items())
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!-- {_MADE} -->
<configuration>
  <system.webServer>
    <staticContent>
      <clientCache cacheControlMode="DisableCache" />
{types}
    </staticContent>
    <urlCompression doStaticCompression="true" doDynamicCompression="false" />
    <defaultDocument><files><clear /><add value="index.html" /></files></defaultDocument>
    <httpErrors errorMode="Custom" existingResponse="Replace">
      <remove statusCode="404" subStatusCode="-1" />
      <error statusCode="404" path={quoteattr(base + "404.html")} responseMode="ExecuteURL" />
    </httpErrors>
    <httpProtocol>
      <customHeaders>
{own}
        <!-- {_LEFT}\u00a0: -->
        <!-- <add name="{HSTS}" value="{_HSTS_VALUE}" /> -->
      </customHeaders>
    </httpProtocol>
  </system.webServer>
  <location path="assets/bundles">
    <system.webServer>
      <staticContent>
        <clientCache cacheControlMode="UseMaxAge" cacheControlMaxAge="365.00:00:00" cacheControlCustom="immutable" />
      </staticContent>
    </system.webServer>
  </location>
  <location path="{EMBEDDED}">
    <system.webServer>
      <httpProtocol><customHeaders>{_added(_POLICY, ANY)}</customHeaders></httpProtocol>
    </system.webServer>
  </location>
</configuration>
"""


def _added(name: str, value: str) -> str:
    return f'<remove name="{name}" /><add name="{name}" value={quoteattr(value)} />'


def nginx(base: str) -> str:
    """Write the rules for nginx, to include in a `server` block whose `root` is the folder that holds the site."""
    types = "\n".join(f"  {kind.partition(';')[0]} {extension};" for extension, kind in TYPES.items())
    zipped = sorted({kind.partition(";")[0] for ext, kind in TYPES.items() if ext not in _PACKED} - {"text/html"})
    own = "\n".join(f'  add_header {name} "{value}" always;' for name, value in HEADERS.items())

    def location(path: str, policy: str, cache: str) -> str:
        return (
            f'location {path} {{\n{own}\n  add_header {_POLICY} "{policy}" always;\n'
            f'  add_header Cache-Control "{cache}";\n}}\n'
        )

    return f"""# {_MADE}
# À inclure dans un bloc «\u00a0server\u00a0»\u00a0: include /chemin/du/site/nginx.conf;
index index.html;
error_page 404 {base}404.html;
charset utf-8;
charset_types {" ".join(zipped)};
types {{
{types}
}}
gzip on;
gzip_vary on;
gzip_types {" ".join(zipped)};
# {_LEFT}\u00a0:
# add_header {HSTS} "{_HSTS_VALUE}" always;  (à répéter dans chaque bloc)
{location(base, OWN, AGAIN)}{location(f"^~ {base}assets/bundles/", OWN, FOR_EVER)}\
{location(f"^~ {base}{EMBEDDED}/", ANY, AGAIN)}\
location ~ /(nginx\\.conf|web\\.config|_headers|\\.ht)  {{ deny all; }}
"""
