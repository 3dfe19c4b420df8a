// The writer of Word documents, fetched only when a buyer asks for one (common/selection/bundle.js): it lays out the pieces that
// purchase/blocks.js makes, with the styles that readers of screens and navigation panes know. It packs without a worker, which the
// policy refuses.
import {
  AlignmentType,
  BorderStyle,
  Document,
  ExternalHyperlink,
  Footer,
  Header,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import { chapters } from "./purchase/chapters.js";

const [WIDTH, HEIGHT, MARGIN] = [12240, 15840, 1080]; // twips: Letter
const INNER = WIDTH - 2 * MARGIN;
const LANGUAGE = { value: "fr-CA", eastAsia: "fr-CA", bidirectional: "fr-CA" };
const INK = "1F2A37";
const LINE = { style: BorderStyle.SINGLE, size: 4, color: "8A94A0" };
const BULLETS = "puces";
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]/gu; // what XML cannot hold, or turns a text around

const clean = (text) => String(text).replace(UNSEEN, "").replace(/\r\n?|\n/g, " ");

// {title, description, creator, mark, facts (`gather` of purchase/dossier.js)}: give a Blob.
globalThis[Symbol.for("annuaire-document")] = ({ title, description, creator, mark, facts }) => {
  const blocks = chapters(facts);
  return Packer.toBlob(
    new Document({
      title: clean(title),
      description: clean(description),
      subject: clean(title),
      creator: clean(creator),
      lastModifiedBy: clean(creator),
      styles: STYLES,
      numbering: { config: [{ reference: BULLETS, levels: [{ level: 0, format: LevelFormat.BULLET, text: "•", alignment: AlignmentType.LEFT, style: { paragraph: { indent: { left: 425, hanging: 283 } } } }] }] },
      sections: [
        {
          properties: { page: { size: { width: WIDTH, height: HEIGHT }, margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN } } },
          headers: { default: new Header({ children: [new Paragraph({ style: "Mention", children: [new TextRun(clean(mark))] })] }) },
          footers: { default: new Footer({ children: [new Paragraph({ style: "Mention", children: [new TextRun({ children: ["Page ", PageNumber.CURRENT, " de ", PageNumber.TOTAL_PAGES] })] })] }) },
          children: blocks.flatMap((block, rank) => laid(block, blocks[rank - 1]?.kind === "table")),
        },
      ],
    }),
  );
};

const heading = (size, before) => ({ run: { size, bold: true, color: INK }, paragraph: { spacing: { before, after: 120 }, keepNext: true } });
const STYLES = {
  default: {
    document: { run: { font: "Arial", size: 21, language: LANGUAGE }, paragraph: { spacing: { after: 120, line: 276 } } },
    title: { run: { size: 40, bold: true, color: INK }, paragraph: { spacing: { before: 240, after: 160 } } },
    heading1: heading(30, 360),
    heading2: heading(24, 240),
    hyperlink: { run: { color: "0B5394", underline: {} } },
  },
  paragraphStyles: [
    { id: "Remarque", name: "Remarque", basedOn: "Normal", quickFormat: true, run: { italics: true, color: "44505C" }, paragraph: { spacing: { before: 120, after: 120 } } },
    { id: "Mention", name: "Mention", basedOn: "Normal", quickFormat: true, run: { size: 17, color: "44505C" }, paragraph: { spacing: { after: 0 } } },
    { id: "Cellule", name: "Cellule", basedOn: "Normal", quickFormat: true, run: { size: 18 }, paragraph: { spacing: { after: 40, line: 240 } } },
  ],
};

// What follows a table is set apart from it.
function laid(block, isAfterTable) {
  if (block.kind === "title") return [new Paragraph({ heading: HeadingLevel.TITLE, children: runs([block.text]) })];
  if (block.kind === "heading") {
    return [new Paragraph({ heading: block.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2, pageBreakBefore: block.isNewPage, children: runs([block.text]) })];
  }
  if (block.kind === "list") return block.lines.map((line) => new Paragraph({ numbering: { reference: BULLETS, level: 0 }, children: runs(line) }));
  if (block.kind === "table") return [table(block)];
  return [new Paragraph({ ...(block.kind === "note" ? { style: "Remarque" } : {}), ...(isAfterTable ? { spacing: { before: 160 } } : {}), children: runs(block.line) })];
}

function runs(line) {
  return line.map((run) => {
    if (typeof run === "string") return new TextRun(clean(run));
    if (run.blank) return new TextRun({ text: `[à compléter\u00a0: ${clean(run.blank)}]`, highlight: "yellow" });
    if (run.strong) return new TextRun({ text: clean(run.strong), bold: true });
    return new ExternalHyperlink({ link: run.href, children: [new TextRun({ text: clean(run.text), style: "Hyperlink" })] });
  });
}

// The header comes again on each page; a row is never cut; the first cell of a row says what the row is about.
function table({ header, rows, widths }) {
  const sum = widths.reduce((total, share) => total + share, 0);
  const columns = widths.map((share) => Math.floor((INNER * share) / sum));
  const cell = (content, rank, options = {}) =>
    new TableCell({
      width: { size: columns[rank], type: WidthType.DXA },
      margins: { top: 60, bottom: 60, left: 90, right: 90 },
      children: linesOf(content).map((line) => new Paragraph({ style: "Cellule", children: options.isHead ? [new TextRun({ text: clean(line[0]), bold: true })] : runs(line) })),
      ...(options.isHead ? { shading: { type: ShadingType.CLEAR, fill: "E4EAF0", color: "auto" } } : {}),
    });
  const head = new TableRow({ tableHeader: true, cantSplit: true, children: header.map((text, rank) => cell(text, rank, { isHead: true })) });
  const body = rows.map((cells) => new TableRow({ cantSplit: true, children: cells.map((content, rank) => cell(rank === 0 && typeof content === "string" ? { strong: content } : content, rank)) }));
  return new Table({
    width: { size: columns.reduce((total, width) => total + width, 0), type: WidthType.DXA },
    columnWidths: columns,
    layout: TableLayoutType.FIXED,
    borders: { top: LINE, bottom: LINE, left: LINE, right: LINE, insideHorizontal: LINE, insideVertical: LINE },
    rows: [head, ...body],
  });
}

// A cell is a run, or a list of lines; one that says nothing says so.
function linesOf(content) {
  const lines = (Array.isArray(content) ? content : [content]).map((line) => [line].flat());
  return lines.length > 0 && lines.some((line) => line.some((run) => run !== "")) ? lines : [["–"]];
}
