// Bundle the theme's sources: every file directly in theme/js and theme/css becomes one minified file of the same
// name in theme/assets/bundles, which git ignores and the wheel carries. Folders below them hold what these files
// import: theme/README.md says which.
import { build } from "esbuild";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const theme = join(dirname(dirname(fileURLToPath(import.meta.url))), "src", "annuaire", "theme");
const bundles = join(theme, "assets", "bundles");
const beside = `${bundles}.new`;

function entries(folder, extension) {
  const path = join(theme, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && extname(entry.name) === extension)
    .map((entry) => join(path, entry.name))
    .sort();
}

const shared = {
  assetNames: "media/[name]-[hash]",
  bundle: true,
  charset: "utf8",
  legalComments: "eof",
  loader: { ".png": "file", ".svg": "file", ".webp": "file", ".woff2": "file" },
  logLevel: "warning",
  minify: true,
  outdir: beside,
};

rmSync(beside, { recursive: true, force: true });
mkdirSync(beside, { recursive: true });
try {
  // Browsers rather than a year for CSS: nesting and the like are rewritten for what es2022 already asks.
  await build({ ...shared, entryPoints: entries("js", ".js"), format: "iife", target: "es2022" });
  await build({
    ...shared,
    entryPoints: entries("css", ".css"),
    target: ["chrome94", "edge94", "firefox93", "safari15.4"],
  });
} catch {
  // esbuild has already shown what is wrong and where.
  rmSync(beside, { recursive: true, force: true });
  process.exit(1);
}
rmSync(bundles, { recursive: true, force: true });
renameSync(beside, bundles);
