// The oldest browsers that the site serves, named once: esbuild rewrites styles and scripts for them, the page
// « Accessibilité » names them, and what esbuild lets pass without rewriting it is refused here.
//
// Each feature says from which versions it is read (MDN, browser-compat-data); a property that an older browser leaves
// aside without harm (`text-wrap`, `accent-color`, `field-sizing`, the margin boxes of `@page`) is none of them.
export const BROWSERS = { chrome: "92", edge: "92", firefox: "98", safari: "15.4" };

export const TARGET = Object.entries(BROWSERS).map(([name, version]) => name + version);

const NEVER = "999";
const since = (chrome, firefox, safari) => ({ chrome, edge: chrome, firefox, safari });

// Selectors and rules: what an older browser cannot read takes the whole rule away.
const STYLES = [
  ["media query written as a range", /@media[^{]*\([^)]*[<>]/, since("104", "63", "16.4")],
  ["media query that begins with « not »", /@media[^{]*\bnot \(/, since("104", "102", "16.4")],
  [":has()", /:has\(/, since("105", "121", "15.4")],
  ["nesting", /[{;}]\s*&|[{;]\s*@nest\b/, since("120", "117", "17.2")],
  ["@layer", /@layer\b/, since("99", "97", "15.4")],
  ["container query", /@container\b/, since("105", "110", "16")],
  ["@scope", /@scope\b/, since("118", "128", "17.4")],
  ["@starting-style", /@starting-style\b/, since("117", "129", "17.5")],
  [":nth-child(… of …)", /:nth-(?:last-)?child\([^)]*\bof\b/, since("111", "113", "9")],
  [":user-invalid", /:user-(?:in)?valid/, since("119", "88", "16.5")],
  [":modal, :open or :popover-open", /:(?:modal|open|popover-open)\b/, since("133", "136", NEVER)],
  ["color-mix()", /\bcolor-mix\(/, since("111", "113", "16.2")],
  ["light-dark()", /\blight-dark\(/, since("123", "120", "17.5")],
  ["oklch() and the like", /\b(?:ok)?(?:lch|lab)\(/, since("111", "113", "15.4")],
  ["subgrid", /:\s*subgrid\b/, since("117", "71", "16")],
  ["a height that follows the bars (dvh, svh)", /\d[dsl]v(?:h|w|i|b|min|max)\b/, since("108", "101", "15.4")],
  ["rotate, scale and translate alone", /[{;]\s*(?:rotate|scale|translate)\s*:/, since("104", "72", "14.1")],
];

// Syntax is esbuild's affair; names that are not there stop a script, an expression that is not read stops a bundle.
const SCRIPTS = [
  ["(?<= or (?<! in an expression", /\(\?<[=!]/, since("62", "78", "16.4")],
  ["flag v of an expression", /RegExp\([^()]*(?:\([^()]*\)[^()]*)*,\s*["'`][a-z]*v[a-z]*["'`]\)/, since("112", "116", "17")],
  ["structuredClone", /\bstructuredClone\b/, since("98", "94", "15.4")],
  ["Object.hasOwn", /\bObject\.hasOwn\b/, since("93", "92", "15.4")],
  ["Array.prototype.at", /\.at\(/, since("92", "90", "15.4")],
  ["findLast", /\.findLast(?:Index)?\b/, since("97", "104", "15.4")],
  ["toSorted, toReversed, toSpliced", /\.to(?:Sorted|Reversed|Spliced)\b/, since("110", "115", "16")],
  ["Object.groupBy, Map.groupBy", /\b(?:Object|Map)\.groupBy\b/, since("117", "119", "17.4")],
  ["Array.fromAsync", /\.fromAsync\b/, since("121", "115", "16.4")],
  ["Promise.withResolvers, Promise.try", /\bPromise\.(?:withResolvers|try)\b/, since("128", "134", "18.2")],
  ["operations on Set", /\.(?:isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(/, since("122", "127", "17")],
  ["methods of iterators", /\.(?:values|keys|entries)\(\)\.(?:map|filter|take|drop|flatMap|some|every|find|toArray|forEach)\(/, since("122", "131", "18.4")],
  ["checkVisibility", /\.checkVisibility\b/, since("105", "106", "17.4")],
  ["inert", /\.inert\b/, since("102", "112", "15.5")],
  ["popover", /\.(?:showPopover|togglePopover|popover)\b/, since("114", "125", "17")],
  ["adoptedStyleSheets", /\badoptedStyleSheets\b/, since("73", "101", "16.4")],
  ["CompressionStream", /\b(?:Dec|C)ompressionStream\b/, since("103", "113", "16.4")],
  ["AbortSignal.any, AbortSignal.timeout", /\bAbortSignal\.(?:any|timeout)\b/, since("116", "124", "17.4")],
  ["Intl.Segmenter", /\bIntl\.Segmenter\b/, since("87", "125", "14.1")],
  ["startViewTransition", /\bstartViewTransition\b/, since("111", "144", "18")],
  ["URL.canParse", /\bURL\.(?:canParse|parse)\b/, since("126", "126", "18")],
  ["isWellFormed", /\.(?:isWellFormed|toWellFormed)\b/, since("111", "119", "16.4")],
  ["base64 of bytes", /\.(?:toBase64|fromBase64|toHex|fromHex)\b/, since("140", "133", "18.2")],
  ["module worker", /new Worker\([^;]*type\s*:\s*["']module/, since("80", "114", "15")],
];

// What is asked for although older browsers lack it: in which bundle, as it is written there, and why it does no harm.
const ALLOWED = [
  ["editor.js", /try\{return new RegExp\(`\^\(\?:\$\{\w+\}\)\$`,"v"\)\}catch/g], // `pattern` does without the flag
  ["judging.js", /try\{[^{}]*new RegExp\([^{}]*\(\?<![^{}]*\}catch/g], // so does the library `yaml`, twice
  ["help.css", /body:has\(\[data-funding\]\)|\[data-help\]:has\(\.leaf\)/g], // on paper, several pages instead of one
  ["document.js", /new RegExp\(`\(\?<=\$\{[^`]*`,"gs"\)/g], // the library `docx`, where it fills a template: never here
];

function isOlder(version, other) {
  const [one, two] = [version, other].map((text) => text.split(".").map(Number));
  return one[0] === two[0] ? (one[1] ?? 0) < (two[1] ?? 0) : one[0] < two[0];
}

// List what a bundle holds that one of the browsers cannot read; `name`: its file, whose end says what it is.
export function unreadable(name, text) {
  const own = ALLOWED.filter(([file]) => file === name).reduce((left, [, allowed]) => left.replace(allowed, ""), text);
  return (name.endsWith(".css") ? STYLES : SCRIPTS)
    .filter(([, pattern]) => pattern.test(own))
    .flatMap(([feature, , first]) => {
      const older = Object.entries(BROWSERS).filter(([browser, version]) => isOlder(version, first[browser]));
      return older.length > 0 ? [`${name}: ${feature} (not read by ${older.map(([browser, version]) => `${browser} ${version}`).join(", ")})`] : [];
    });
}
