// Bundle the theme's sources: every file directly in theme/js and theme/css becomes one minified file of the same
// name in theme/assets/bundles, which git ignores and the wheel carries. Folders below them hold what these files
// import: theme/README.md says which.
//
// `node tools/bundle.mjs PROGRAM OUT` bundles one program that imports these sources the same way, for the tests to run
// in Node.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { TARGET, unreadable } from "./browsers.mjs";

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

// The rules of the form are found, as those of the command line are: `import { RULES } from "annuaire:rules"` gives the
// module of each file of js/form/rules by the name of the file.
const rules = {
  name: "rules",
  setup(build) {
    build.onResolve({ filter: /^annuaire:rules$/ }, ({ path }) => ({ path, namespace: "rules" }));
    build.onLoad({ filter: /.*/, namespace: "rules" }, () => {
      const resolveDir = join(theme, "js", "form", "rules");
      const names = entries(join("js", "form", "rules"), ".js").map((path) => basename(path, ".js"));
      const lines = names.map((name) => `import * as ${name} from "./${name}.js";`);
      return { contents: `${lines.join("\n")}\nexport const RULES = { ${names.join(", ")} };`, resolveDir };
    });
  },
};

// What other scripts fetch by name, bundled first: the site publishes each file under a name that holds the hash of what
// is in it (annuaire.site.shells), and those that fetch it must know that name.
const FETCHED = ["document", "editor", "judging", "ledger-worker", "map", "results", "workbook"];
const FETCHING = ["editor", "results"]; // the writers of files, the map

function hashed(name) {
  const hash = createHash("sha256").update(readFileSync(join(beside, `${name}.js`))).digest("hex");
  return [name, `${name}.${hash.slice(0, 10)}.js`];
}

const shared = {
  assetNames: "media/[name]-[hash]",
  bundle: true,
  charset: "utf8",
  legalComments: "eof",
  loader: { ".png": "file", ".svg": "dataurl", ".webp": "file", ".woff2": "file" },
  logLevel: "warning",
  define: { ANNUAIRE_BUNDLES: "{}" },
  plugins: [rules],
};

const [program, out] = process.argv.slice(2);
if (program) {
  await build({ ...shared, entryPoints: [program], outfile: out, format: "esm", external: ["node:*"] }).catch(() => process.exit(1));
  process.exit(0);
}

rmSync(beside, { recursive: true, force: true });
mkdirSync(beside, { recursive: true });
try {
  const site = { ...shared, minify: true, outdir: beside, target: TARGET };
  const scripts = { ...site, format: "iife" };
  const isFetched = (path) => FETCHED.includes(basename(path, ".js"));
  const fetched = entries("js", ".js").filter(isFetched);
  // Those that fetch some themselves come after the others.
  const isLast = (path) => FETCHING.includes(basename(path, ".js"));
  await build({ ...scripts, entryPoints: fetched.filter((path) => !isLast(path)) });
  const known = FETCHED.filter((name) => !FETCHING.includes(name)).map(hashed);
  await build({ ...scripts, define: { ANNUAIRE_BUNDLES: JSON.stringify(Object.fromEntries(known)) }, entryPoints: fetched.filter(isLast) });
  const names = JSON.stringify(Object.fromEntries(FETCHED.map(hashed)));
  const others = entries("js", ".js").filter((path) => !isFetched(path));
  await build({ ...scripts, define: { ANNUAIRE_BUNDLES: names }, entryPoints: others });
  await build({ ...site, entryPoints: entries("css", ".css") });
  const faults = readdirSync(beside)
    .filter((name) => [".css", ".js"].includes(extname(name)))
    .flatMap((name) => unreadable(name, readFileSync(join(beside, name), "utf8")));
  if (faults.length > 0) {
    console.error(faults.map((fault) => `erreur : ${fault}`).join("\n"));
    throw new Error("browsers");
  }
} catch {
  // What is wrong and where has already been shown.
  rmSync(beside, { recursive: true, force: true });
  process.exit(1);
}
rmSync(bundles, { recursive: true, force: true });
renameSync(beside, bundles);
