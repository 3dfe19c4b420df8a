// The pieces of a Word document, before any library: what `document.js` lays out. A line is a list of runs: texts, and the objects
// made here. Nothing of a record is more than a text.

import { isLink } from "../common/selection/export.js";

// What the buyer must write, highlighted.
export const blank = (what) => ({ blank: what });

export const strong = (text) => ({ strong: text });

// A text, or what stands in its place.
export const or = (text, what) => text || blank(what);

// A link to an address of the web or to an e-mail; any other one is only its text.
export const link = (text, href = text) => (isLink(href) ? { text, href } : text);

export const title = (text) => ({ kind: "title", text });
export const chapter = (text, isNewPage = false) => ({ kind: "heading", level: 1, text, isNewPage });
export const section = (text) => ({ kind: "heading", level: 2, text });
export const p = (...line) => ({ kind: "text", line });
export const note = (...line) => ({ kind: "note", line });
export const list = (...lines) => ({ kind: "list", lines: lines.map((line) => [line].flat()) });

// `header`: texts; `rows`: cells, each a run or a list of lines; `widths`: shares of the width of the page.
export const table = (header, rows, widths) => ({ kind: "table", header, rows, widths });
